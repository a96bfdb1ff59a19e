//! What the text of a field says: an answer, or that there is none yet.
//!
//! People write «TBD», «see annex B», «not yet searched» or «none» where an answer is asked for. A
//! phrase is no fact: this room tells which is which, with the words that decided, so that every
//! rule understands the same text in the same way. The phrases are data (`answer/phrases.toml`),
//! English first, with the few French ones that forms hold.

mod blank;
mod prose;

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

pub use blank::NonAnswer;
pub(crate) use prose::{dates_in, is_statement, outcome_in, role_in};

/// What a text says when an answer is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Answer {
    /// Nothing but white space and punctuation.
    Blank,
    /// It is put off: «TBD», «to be nominated».
    NotYet,
    /// Nobody knows: «unclear», «not investigated».
    Unknown,
    /// It stands in another place: «see annex B».
    Elsewhere,
    /// There is none of what is asked for: «none known».
    None,
    /// The question does not arise: «not applicable».
    NotApplicable,
    /// Anything else: an answer for a person to weigh.
    Given,
}

impl Answer {
    /// Reads a text.
    ///
    /// ```
    /// use spcg::proposal::Answer;
    ///
    /// assert_eq!(Answer::of("To be nominated by the Swiss committee"), Answer::NotYet);
    /// assert_eq!(Answer::of("See annex B."), Answer::Elsewhere);
    /// assert_eq!(Answer::of("None to our knowledge"), Answer::None);
    /// assert_eq!(Answer::of("Limits to be determined by the tests of clause 7"), Answer::Given);
    /// ```
    #[must_use]
    pub fn of(text: &str) -> Answer {
        read(text).0
    }

    /// True where the text leaves the question open: blank, put off, unknown or elsewhere.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Answer::Blank | Answer::NotYet | Answer::Unknown | Answer::Elsewhere)
    }

    /// How a sentence calls it: `is put off`.
    #[must_use]
    pub const fn told(self) -> &'static str {
        match self {
            Answer::Blank => "is blank",
            Answer::NotYet => "puts the answer off",
            Answer::Unknown => "says that it is not known",
            Answer::Elsewhere => "points to another place",
            Answer::None => "says that there is none",
            Answer::NotApplicable => "says that the question does not apply",
            Answer::Given => "is answered",
        }
    }
}

/// What a text says, and the phrase that decided.
pub(crate) fn read(text: &str) -> (Answer, &'static str) {
    // Nobody puts a question off in more words than these, and long texts are read by rules.
    if text.len() > LONGEST {
        return (Answer::Given, "");
    }
    let mut whole: Option<(Answer, &'static str)> = None;
    for sentence in text.split(['\n', '.', ';', '!', '?']).map(words).filter(|one| !one.is_empty())
    {
        let Some(said) = read_sentence(&sentence) else {
            // «N.N.» and «t.b.d.» fall apart at their full stops.
            return match read_sentence(&words(text)) {
                Some(said) => said,
                None => (Answer::Given, ""),
            };
        };
        whole = match whole {
            // «None. See annex» is open still.
            Some(before) if before.0.is_open() => Some(before),
            _ => Some(said),
        };
    }
    whole.unwrap_or((Answer::Blank, ""))
}

/// Characters above which a text is an answer.
const LONGEST: usize = 160;

fn read_sentence(sentence: &[String]) -> Option<(Answer, &'static str)> {
    // How many words a phrase may leave over: who is to name somebody, which annex.
    let lists = [
        (Answer::NotYet, &PHRASES.postponed, 2),
        (Answer::Unknown, &PHRASES.unknown, 1),
        (Answer::Elsewhere, &PHRASES.elsewhere, 3),
        (Answer::NotApplicable, &PHRASES.not_applicable, 0),
        (Answer::None, &PHRASES.none, 0),
    ];
    lists.into_iter().find_map(|(answer, phrases, over)| {
        let phrase = phrases.iter().find(|phrase| is_whole(sentence, phrase, over))?;
        Some((answer, phrase.as_str()))
    })
}

/// True when a sentence is a phrase, words that add nothing, and at most so many others.
fn is_whole(sentence: &[String], phrase: &str, over: usize) -> bool {
    let length = phrase.split(' ').count();
    let Some(at) = position(sentence, phrase) else { return false };
    let rest = sentence[..at].iter().chain(&sentence[at + length..]);
    let others = rest.filter(|word| !PHRASES.filler.contains(word.as_str())).count();
    // A short phrase in a longer sentence, such as «open interfaces», is another thing.
    others <= if length == 1 { over.min(1) * usize::from(phrase.len() <= 3) } else { over }
}

/// Where a phrase of whole words begins.
fn position(words: &[String], phrase: &str) -> Option<usize> {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    words.windows(phrase.len()).position(|window| window.iter().zip(&phrase).all(|(a, b)| a == b))
}

/// The lower-case words of a text.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// True when a text has only words that tell nothing: «relevant», «of general interest».
pub(crate) fn tells_nothing(text: &str) -> bool {
    let words = words(text);
    words.is_empty()
        || read(text).0 != Answer::Given
        || (words.len() <= 8 && PHRASES.empty.iter().any(|phrase| is_whole(&words, phrase, 0)))
}

/// True when a sentence says that somebody was not told.
pub(crate) fn denies_telling(sentence: &str) -> bool {
    let words = words(sentence);
    PHRASES
        .told
        .iter()
        .any(|phrase| position(&words, phrase).is_some_and(|at| is_denied(&words, at)))
}

/// Words before a phrase in which a negation denies it.
const REACH: usize = 4;

/// True when a sentence says one of the phrases and does not deny it.
pub(crate) fn affirms<'a>(sentence: &str, phrases: &'a [String]) -> Option<&'a str> {
    let words = words(sentence);
    phrases
        .iter()
        .map(String::as_str)
        .find(|phrase| position(&words, phrase).is_some_and(|at| !is_denied(&words, at)))
}

/// True when a sentence says one of the phrases, denied or not.
pub(crate) fn says<'a>(sentence: &str, phrases: &'a [String]) -> Option<&'a str> {
    let words = words(sentence);
    phrases.iter().map(String::as_str).find(|phrase| position(&words, phrase).is_some())
}

/// True when a negation stands shortly before a word.
pub(crate) fn is_denied(words: &[String], at: usize) -> bool {
    let before = &words[at.saturating_sub(REACH)..at];
    PHRASES.negation.iter().any(|phrase| position(before, phrase).is_some())
}

/// The lists of phrases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Phrases {
    filler: FxHashSet<String>,
    pub(crate) postponed: Vec<String>,
    unknown: Vec<String>,
    elsewhere: Vec<String>,
    none: Vec<String>,
    not_applicable: Vec<String>,
    negation: Vec<String>,
    pub(crate) objection: Vec<String>,
    joint_work: Vec<String>,
    contribute: Vec<String>,
    liaison: Vec<String>,
    statement: Vec<String>,
    inform_us: Vec<String>,
    no_interest: Vec<String>,
    no_answer: Vec<String>,
    role: Vec<String>,
    pub(crate) drafts: Vec<String>,
    pub(crate) published: Vec<String>,
    pub(crate) not_searched: Vec<String>,
    pub(crate) found: Vec<String>,
    pub(crate) not_made: Vec<String>,
    pub(crate) consent: Vec<String>,
    pub(crate) abstains: Vec<String>,
    pub(crate) empty: Vec<String>,
    pub(crate) told: Vec<String>,
}

/// The table inside the crate. A test reads it, so the fallback is never met.
pub(crate) static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    toml::from_str(include_str!("answer/phrases.toml")).unwrap_or_else(|_| Phrases::none())
});

impl Phrases {
    fn none() -> Phrases {
        let empty = Vec::new;
        Phrases {
            filler: FxHashSet::default(),
            postponed: empty(),
            unknown: empty(),
            elsewhere: empty(),
            none: empty(),
            not_applicable: empty(),
            negation: empty(),
            objection: empty(),
            joint_work: empty(),
            contribute: empty(),
            liaison: empty(),
            statement: empty(),
            inform_us: empty(),
            no_interest: empty(),
            no_answer: empty(),
            role: empty(),
            drafts: empty(),
            published: empty(),
            not_searched: empty(),
            found: empty(),
            not_made: empty(),
            consent: empty(),
            abstains: empty(),
            empty: empty(),
            told: empty(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_its_form() {
        let phrases: Phrases = toml::from_str(include_str!("answer/phrases.toml")).unwrap();
        let table: std::collections::BTreeMap<String, Vec<String>> =
            toml::from_str(include_str!("answer/phrases.toml")).unwrap();
        for phrase in table.values().flatten() {
            assert_eq!(words(phrase).join(" "), *phrase);
        }
        assert!(phrases.postponed.len() > 50);
    }

    #[test]
    fn answers_are_told_from_what_is_none() {
        for (text, answer) in [
            ("", Answer::Blank),
            (" — ", Answer::Blank),
            ("TBD", Answer::NotYet),
            ("t.b.d.", Answer::NotYet),
            ("N.N.", Answer::NotYet),
            ("[TBC]", Answer::NotYet),
            ("To be decided at a later stage.", Answer::NotYet),
            ("Will be appointed by the first plenary", Answer::NotYet),
            ("not yet known", Answer::NotYet),
            ("Under discussion", Answer::NotYet),
            ("Click or tap here to enter text.", Answer::NotYet),
            ("à déterminer", Answer::NotYet),
            ("Unclear at present", Answer::Unknown),
            ("See annex B, part 2", Answer::Elsewhere),
            ("Please see the attached presentation", Answer::Elsewhere),
            ("No open disagreement.", Answer::None),
            ("voir annexe A", Answer::Elsewhere),
            ("None.", Answer::None),
            ("none so far", Answer::None),
            ("Néant", Answer::None),
            ("N/A", Answer::NotApplicable),
            ("Open interfaces", Answer::Given),
            ("No patents are known to us", Answer::Given),
            ("Ms Brandt (DE)", Answer::Given),
            ("Limits to be determined by the tests of clause 7", Answer::Given),
            ("Not applicable, only to ITU-T", Answer::Given),
        ] {
            assert_eq!(Answer::of(text), answer, "{text}");
        }
    }
}
