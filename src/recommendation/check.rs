//! The check of a text that people have edited.

use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Recommendation, shareable};
use crate::document::{Document, Form, plain, text_of};
use crate::error::{Error, Refusal};
use crate::reference::{CommitteeRef, Organization, Reference, find_references};
use crate::register::{Answer, Case, Voice};

/// A sentence that a paper must not have.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Its line, from 1.
    pub line: usize,
    /// The sentence.
    pub sentence: String,
    /// What is wrong with it.
    pub reason: Refusal,
    /// In words.
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sentence, what) = (&self.sentence, &self.what);
        write!(f, "line {}: {what}: «{}»", self.line, crate::error::shown(sentence))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    interest: Vec<String>,
    concern: Vec<String>,
    objection: Vec<String>,
    denial: Vec<String>,
    pronouns: Vec<String>,
    absence: Vec<String>,
    decides: Vec<String>,
    score: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("words.toml"))
        .expect("the list in this folder is whole: tests read it")
});

impl Recommendation {
    /// The same of a file that went around, which must tell all that is on record; paragraphs of a
    /// page or of a Word file are told by their number in place of a line.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when the file is not of the form.
    pub fn check_file(
        &self,
        case: &Case,
        form: Form,
        bytes: &[u8],
    ) -> Result<Vec<Violation>, Error> {
        let text = text_of(form, bytes)?;
        let mut found = self.check_text(case, &text);
        found.extend(self.left_out(case, &text));
        if form != Form::Markdown {
            found.iter_mut().for_each(|one| one.line = one.line.div_ceil(2));
        }
        Ok(found)
    }

    /// What the paper tells of the record and the text leaves out or words otherwise.
    fn left_out(&self, case: &Case, text: &str) -> Vec<Violation> {
        let lines: Vec<String> = text.lines().map(|line| folded(&plain(line))).collect();
        let whole = folded(&lines.join(" "));
        let missing = super::facts::facts(&self.seen(case)).into_iter();
        missing
            .map(|fact| folded(&fact.sentence))
            .filter(|fact| !whole.contains(fact.as_str()))
            .map(|fact| Violation {
                line: lines.len().max(1),
                sentence: fact,
                reason: Refusal::Unanswered,
                what: "the text leaves out what is on record".into(),
            })
            .collect()
    }

    /// Reads a text of the paper as people have edited it, and finds the sentences that nothing on
    /// file carries. A sentence may go over several lines; its first line is told.
    #[must_use]
    pub fn check_text(&self, case: &Case, text: &str) -> Vec<Violation> {
        // What is told of a statement, word for word, stands: its source may name anybody.
        let seen = self.seen(case);
        let facts = super::facts::facts(&seen);
        // As a row of Markdown, or as the cell of a page or of a Word file.
        let rows = Document(vec![super::facts::table(&facts)]).to_markdown();
        let rows = rows.lines().map(|line| folded(&plain(line)));
        let told = rows.chain(facts.iter().map(|fact| folded(&fact.sentence))).collect::<Vec<_>>();
        let mut all = Vec::new();
        let mut before: Vec<CommitteeRef> = Vec::new();
        for (sentence, line) in sentences(text, &told) {
            // A title may have any words; what stands around it may not.
            let own = match case.title() {
                "" => sentence.clone(),
                title => sentence.replace(&folded(title), ""),
            };
            let mut named = committees(case, &own);
            let lower = own.to_lowercase();
            if named.is_empty() && WORDS.pronouns.iter().any(|one| lower.starts_with(one.as_str()))
            {
                named.clone_from(&before);
            }
            all.extend(wrong(case, &lower, &named).map(|(reason, what)| Violation {
                line,
                sentence: sentence.chars().take(300).collect(),
                reason,
                what,
            }));
            before = named;
        }
        all
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sentences of a text with their first lines: lines that follow each other are one text, as
/// they are for readers, until a blank line, a heading, a row or an item. Items that say word for
/// word what is told of the record are left out.
fn sentences(text: &str, told: &[String]) -> Vec<(String, usize)> {
    let mut all = Vec::new();
    let mut open: Vec<(usize, String)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || begins_anew(line) {
            cut(&mut open, told, &mut all);
        }
        if !line.is_empty() {
            open.push((number, folded(&plain(line))));
        }
        if line.starts_with(['#', '|']) {
            cut(&mut open, told, &mut all);
        }
    }
    cut(&mut open, told, &mut all);
    all
}

/// Whether a line of Markdown begins a heading, a row of a table or an item of a list.
fn begins_anew(line: &str) -> bool {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let numbered = (1..=3).contains(&digits) && line[digits..].starts_with([')', '.']);
    numbered
        || line.starts_with(['#', '|'])
        || ["- ", "* ", "+ ", "<!--"].iter().any(|one| line.starts_with(one))
}

fn cut(open: &mut Vec<(usize, String)>, told: &[String], all: &mut Vec<(String, usize)>) {
    let lines = std::mem::take(open);
    let whole = lines.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ");
    if told.contains(&whole) {
        return;
    }
    // The end of each line in the whole text, so that a sentence is told by its first line.
    let mut ends = lines.iter().scan(0, |end, (number, text)| {
        *end += text.len() + 1;
        Some((*end, *number))
    });
    let mut line = ends.next();
    let mut begins = 0;
    for sentence in whole.split_inclusive(['.', ';', '?', '!']).collect::<Vec<_>>().joined() {
        let first = begins + sentence.len() - sentence.trim_start().len();
        while let Some((end, _)) = line
            && end <= first
            && let Some(next) = ends.next()
        {
            line = Some(next);
        }
        begins += sentence.len();
        let sentence = sentence.trim().to_owned();
        if !sentence.is_empty() {
            all.push((sentence, line.map_or(1, |(_, number)| number)));
        }
    }
}

/// A stop ends a sentence only before a space or at the end.
trait Joined {
    fn joined(self) -> Vec<String>;
}

impl Joined for Vec<&str> {
    fn joined(self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for part in self {
            match all.last_mut() {
                Some(last) if !part.starts_with(' ') => last.push_str(part),
                _ => all.push(part.to_owned()),
            }
        }
        all
    }
}

fn committees(case: &Case, sentence: &str) -> Vec<CommitteeRef> {
    let found = find_references(sentence, case.addressed_to());
    found
        .filter_map(|found| match found.reference {
            Reference::Committee(committee) => Some(committee),
            _ => None,
        })
        .collect()
}

fn wrong(case: &Case, lower: &str, named: &[CommitteeRef]) -> Option<(Refusal, String)> {
    let has = |list: &[String]| list.iter().any(|one| lower.contains(one.as_str()));
    if let (Some(open), Some(close)) = (lower.find('{'), lower.rfind('}'))
        && open < close
    {
        return Some((Refusal::PlaceholderLeft, "a place for a text is still empty".into()));
    }
    if has(&WORDS.absence) {
        let what = "silence is told as silence: nothing on file says that there is none";
        return Some((Refusal::NoGround, what.into()));
    }
    if decides(lower) {
        return Some((Refusal::NoGround, "SPCG recommends; a board decides".into()));
    }
    if has(&WORDS.score) {
        return Some((Refusal::MachineGroundOnly, "a score is no ground".into()));
    }
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
    let begins = |list: &[String]| {
        words.iter().any(|word| list.iter().any(|one| word.starts_with(one.as_str())))
    };
    let (denies, objects) = (has(&WORDS.denial), begins(&WORDS.objection));
    if !begins(&WORDS.interest) && !has(&WORDS.concern) && !objects {
        return None;
    }
    if let Some(name) = claimed_for_all(lower) {
        let what = format!("groups speak for themselves: nobody has said so for {name}");
        return Some((Refusal::InterestWithoutStatement, what));
    }
    let unfounded = named.iter().find(|one| !has_said(case, one, denies, objects))?;
    let what = format!("no statement of {unfounded} says so");
    Some((Refusal::InterestWithoutStatement, what))
}

/// The organization of which an interest or objection is claimed as a whole: its name with such a
/// verb close behind. What one of its groups said is not said by it.
fn claimed_for_all(lower: &str) -> Option<&'static str> {
    const HELPS: &[&str] = &[
        "is", "are", "was", "has", "have", "had", "also", "strongly", "clearly", "stated", "an",
        "no", "not", "does", "did",
    ];
    let words: Vec<&str> = lower.split_whitespace().collect();
    let claims = |word: &&str| {
        let mut lists = WORDS.interest.iter().chain(&WORDS.objection);
        lists.any(|one| word.starts_with(one.as_str())) || word.starts_with("concerned")
    };
    Organization::ALL.into_iter().map(Organization::name).find(|name| {
        let own = name.to_lowercase();
        (0..words.len()).filter(|at| words[*at] == own).any(|at| {
            // «of ISO», «groups of ITU-T»: a part of it.
            let is_part = at > 0 && ["of", "within", "from"].contains(&words[at - 1]);
            let mut rest = words[at + 1..].iter().skip_while(|word| HELPS.contains(word));
            !is_part && rest.next().is_some_and(claims)
        })
    })
}

/// Whether SPCG is said to decide something: its name with such a verb close behind.
fn decides(lower: &str) -> bool {
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let helps = ["has", "have", "had", "also", "therefore", "formally", "then", "already", "and"];
    (0..words.len()).filter(|at| words[*at] == "spcg").any(|at| {
        let mut rest = words[at + 1..].iter().skip_while(|word| helps.contains(word));
        rest.next().is_some_and(|word| WORDS.decides.iter().any(|one| one == word))
    })
}

/// A statement of a subcommittee is none of its parent, nor the other way round.
fn has_said(case: &Case, committee: &CommitteeRef, denies: bool, objects: bool) -> bool {
    let voice = Voice::Committee(committee.clone());
    shareable(case).filter(|one| one.voice == voice).any(|one| match one.said.answer {
        Answer::NoInterest => denies,
        Answer::Objection => objects,
        answer => answer.is_interest() && !denies && !objects,
    })
}
