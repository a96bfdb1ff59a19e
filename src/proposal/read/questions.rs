//! Labels that are questions in plain words: «Who supports it?», «What is left out?».

use super::headings::words;

/// Words that change nothing about what a question asks for.
const FILLER: &[&str] = &[
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "do",
    "does",
    "did",
    "it",
    "its",
    "this",
    "that",
    "the",
    "a",
    "an",
    "we",
    "us",
    "you",
    "our",
    "there",
    "already",
    "now",
    "today",
    "of",
    "to",
    "in",
    "with",
    "by",
    "on",
    "or",
    "and",
    "work",
    "project",
    "proposal",
    "proposed",
    "document",
    "standard",
    "deliverable",
    "item",
    "new",
    "should",
    "will",
    "would",
    "can",
    "could",
    "shall",
    "any",
    "have",
    "has",
    "known",
    "like",
    "planned",
    "from",
];

/// The most words of a question that is looked up.
const LONGEST: usize = 12;

/// The field that a question asks for: the one whose key words all stand in it, and beside which it
/// has none that tell something else. Questions of which two fields have as many are not guessed.
pub(super) fn field<'t>(
    heading: &str,
    table: impl Iterator<Item = (&'t [String], &'t str)>,
) -> Option<&'t str> {
    if heading.len() > 120 || !heading.trim_end().ends_with('?') {
        return None;
    }
    let spoken = words(heading);
    let spoken: Vec<&str> = spoken.split(' ').collect();
    if spoken.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    let mut tie = false;
    for (keys, field) in table {
        let all = keys.iter().all(|key| spoken.contains(&key.as_str()));
        let only = || {
            spoken.iter().all(|word| keys.iter().any(|key| key == word) || FILLER.contains(word))
        };
        if !all || !only() {
            continue;
        }
        match best {
            Some((most, _)) if keys.len() < most => {}
            Some((most, of)) if keys.len() == most => tie |= of != field,
            _ => {
                best = Some((keys.len(), field));
                tie = false;
            }
        }
    }
    best.filter(|_| !tie).map(|(_, field)| field)
}
