//! Contacts and searches told in sentences: dates, people, outcomes.

use std::ops::Range;

use super::{PHRASES, is_denied, position, words};
use crate::proposal::{Date, Outcome};

/// The dates that a running text holds, with where they stand, in their order.
pub(crate) fn dates_in(text: &str) -> Vec<(Range<usize>, Date)> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        // The longest reading first: a day before its month, a month before its year.
        let read = (1..=3).rev().find_map(|length| {
            let span = tokens.get(at)?.start..tokens.get(at + length - 1)?.end;
            let piece = &text[span.clone()];
            // A bare number is a year of many things.
            if length == 1 && piece.len() < 7 || piece.contains(['(', '"', ';']) {
                return None;
            }
            Date::read_written(piece).map(|date| (length, span, date))
        });
        match read {
            Some((length, span, date)) => {
                found.push((span, date));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// Words and dates of one piece, by their places.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut start = None;
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/');
    for (at, c) in text.char_indices() {
        // `17.05.2024`
        let is_dot = c == '.'
            && text[..at].ends_with(|c: char| c.is_ascii_digit())
            && text[at + 1..].starts_with(|c: char| c.is_ascii_digit());
        match (start, inside(c) || is_dot) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                tokens.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    tokens.extend(start.map(|from| from..text.len()));
    tokens
}

/// Whom in a committee a text names, as it was written.
pub(crate) fn role_in(text: &str) -> Option<&str> {
    // Lower case may change lengths; then nothing is cut out of the text.
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let bytes = lower.as_bytes();
    let is_whole = |from: usize, to: usize| {
        let letter = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
        !letter(from.checked_sub(1).and_then(|at| bytes.get(at))) && !letter(bytes.get(to))
    };
    PHRASES
        .role
        .iter()
        .flat_map(|role| lower.match_indices(role.as_str()))
        .map(|(at, role)| (at, at + role.len()))
        .filter(|(from, to)| is_whole(*from, *to))
        // The first named, and of what begins there the longest.
        .min_by_key(|(from, to)| (*from, std::cmp::Reverse(*to)))
        .and_then(|(from, to)| text.get(from..to))
}

/// What a committee answered, as a text tells it, and the phrase that decided.
///
/// Objection is looked for first, then the closer cooperation before the looser: who asks for a
/// liaison and sees no conflict wants a liaison.
pub(crate) fn outcome_in(text: &str) -> Option<(Outcome, &'static str)> {
    let whole = without_statements(words(text));
    // «No objection, would like liaison»: a denial ends with its clause.
    let clauses: Vec<Vec<String>> = text
        .split([',', ';', '.', ':', '\n'])
        .map(|clause| without_statements(words(clause)))
        .collect();
    let affirmed = |phrases: &'static [String]| {
        let is_affirmed = |phrase: &&str| clauses.iter().any(|words| says_plainly(words, phrase));
        phrases.iter().map(String::as_str).find(is_affirmed)
    };
    let said = |phrases: &'static [String]| {
        phrases.iter().map(String::as_str).find(|phrase| position(&whole, phrase).is_some())
    };
    let phrases = &*PHRASES;
    // An objection that is none must not be told: «they have not, so far, objected».
    let objection =
        phrases.objection.iter().map(String::as_str).find(|phrase| says_plainly(&whole, phrase));
    objection
        .map(|phrase| (Outcome::Objection, phrase))
        .or_else(|| said(&phrases.no_answer).map(|phrase| (Outcome::NoAnswer, phrase)))
        .or_else(|| affirmed(&phrases.joint_work).map(|phrase| (Outcome::JointWork, phrase)))
        .or_else(|| affirmed(&phrases.contribute).map(|phrase| (Outcome::Contribute, phrase)))
        .or_else(|| affirmed(&phrases.liaison).map(|phrase| (Outcome::Liaison, phrase)))
        .or_else(|| affirmed(&phrases.inform_us).map(|phrase| (Outcome::InformUs, phrase)))
        .or_else(|| said(&phrases.no_interest).map(|phrase| (Outcome::NoInterest, phrase)))
}

/// True when words hold a phrase that no negation before it denies.
fn says_plainly(words: &[String], phrase: &str) -> bool {
    let length = phrase.split(' ').count();
    (0..words.len().saturating_sub(length - 1))
        .any(|at| position(&words[at..at + length], phrase).is_some() && !is_denied(words, at))
}

/// Words without the names of liaison statements, which say how somebody wrote and not what.
fn without_statements(mut words: Vec<String>) -> Vec<String> {
    for phrase in &PHRASES.statement {
        while let Some(at) = position(&words, phrase) {
            words.drain(at..at + phrase.split(' ').count());
        }
    }
    words
}

/// True when a text tells of a liaison statement: it goes to the group and not to a person.
pub(crate) fn is_statement(text: &str) -> bool {
    let words = words(text);
    PHRASES.statement.iter().any(|phrase| position(&words, phrase).is_some())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn dates_stand_in_sentences() {
        for (text, dates) in [
            ("we wrote on 20 January 2026; the answer of 6 February is kind", vec!["2026-01-20"]),
            ("call of March 3rd, 2026 with the chair", vec!["2026-03-03"]),
            ("asked in May 2025, again 2025-06-01.", vec!["2025-05", "2025-06-01"]),
            ("on 17.05.2024 and 05/2024", vec!["2024-05-17", "2024-05"]),
            ("143 of 191 operators, since 2019", vec![]),
        ] {
            let found: Vec<String> =
                dates_in(text).iter().map(|(_, date)| date.to_string()).collect();
            assert_eq!(found, dates, "{text}");
        }
    }

    #[test]
    fn outcomes_are_read_from_sentences() {
        for (text, outcome) in [
            ("They see no conflict and would like a liaison.", Some(Outcome::Liaison)),
            ("No interest in the work, no objection.", Some(Outcome::NoInterest)),
            ("asks to be kept informed", Some(Outcome::InformUs)),
            ("The committee does not object.", Some(Outcome::NoInterest)),
            ("They object, since they plan the same.", Some(Outcome::Objection)),
            ("will send experts", Some(Outcome::Contribute)),
            (
                "Wants to see drafts; no joint work, since cars are not touched",
                Some(Outcome::Liaison),
            ),
            ("has not replied so far", Some(Outcome::NoAnswer)),
            ("prefers a joint working group", Some(Outcome::JointWork)),
            ("letter to the chair", None),
            ("no objection, would like liaison", Some(Outcome::Liaison)),
            ("liaison statement of May; please keep us informed", Some(Outcome::InformUs)),
            ("They have not, so far, objected", None),
        ] {
            assert_eq!(outcome_in(text).map(|(outcome, _)| outcome), outcome, "{text}");
        }
    }

    #[test]
    fn people_are_found() {
        assert_eq!(role_in("call with the Committee Manager on Monday"), Some("Committee Manager"));
        assert_eq!(role_in("letter to the chairman and the TSB counsellor"), Some("chairman"));
        assert_eq!(role_in("an armchair"), None);
        assert_eq!(role_in("sends its report on the management of shafts"), None);
    }
}
