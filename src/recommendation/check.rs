//! The check of a text that people have edited.

use std::fmt;

use super::{Recommendation, shareable};
use crate::document::{Block, Document};
use crate::error::Refusal;
use crate::reference::{CommitteeRef, Reference, find_references};
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
        write!(f, "line {}: {}: «{}»", self.line, self.what, self.sentence)
    }
}

/// Beginnings of words that tell of an interest.
const INTEREST: [&str; 6] = ["interest", "wish", "support", "welcome", "endorse", "proposes"];
/// Beginnings of words that tell of an objection.
const OBJECTION: [&str; 2] = ["object", "oppose"];
/// What a paper never says.
const NEVER: [(&str, &str); 6] = [
    ("no overlap", "the absence of overlap is nothing that is known"),
    ("no conflict", "the absence of conflict is nothing that is known"),
    ("nobody objects", "silence is no consent"),
    ("spcg approved", "SPCG decides nothing"),
    ("spcg decided", "SPCG decides nothing"),
    ("spcg rejects", "SPCG decides nothing"),
];

impl Recommendation {
    /// Reads a text of the paper as people have edited it, and finds the sentences that nothing on
    /// file carries.
    #[must_use]
    pub fn check_text(&self, case: &Case, text: &str) -> Vec<Violation> {
        let mut all = Vec::new();
        // What is told of a statement, word for word, stands: its source may name anybody.
        let told = Document(vec![Block::List(super::facts(case))]).to_markdown();
        for (line, content) in (1..).zip(text.lines()) {
            if told.lines().any(|one| one == content) {
                continue;
            }
            for sentence in content.split_inclusive(". ").map(str::trim) {
                // A title may have any words; what stands around it may not.
                let own = match case.title() {
                    "" => sentence.to_owned(),
                    title => sentence.replace(title, ""),
                };
                let found = wrong(case, &own);
                all.extend(found.map(|(reason, what)| Violation {
                    line,
                    sentence: sentence.chars().take(300).collect(),
                    reason,
                    what,
                }));
            }
        }
        all
    }
}

fn wrong(case: &Case, sentence: &str) -> Option<(Refusal, String)> {
    let lower = sentence.to_lowercase();
    if let (Some(open), Some(close)) = (sentence.find('{'), sentence.rfind('}'))
        && open < close
    {
        return Some((Refusal::PlaceholderLeft, "a place for a text is still empty".into()));
    }
    if let Some((_, why)) = NEVER.iter().find(|(phrase, _)| lower.contains(phrase)) {
        return Some((Refusal::NoGround, (*why).into()));
    }
    if lower.contains('%') || lower.contains("probab") {
        return Some((Refusal::MachineGroundOnly, "a score is no ground".into()));
    }
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
    let begins =
        |list: &[&str]| words.iter().any(|word| list.iter().any(|one| word.starts_with(one)));
    let denies = lower.contains("no interest") || lower.contains("not interested");
    let objects = begins(&OBJECTION);
    if !begins(&INTEREST) && !objects {
        return None;
    }
    // An item tells what a board is asked to do, and has its grounds beside it.
    for found in find_references(sentence, case.addressed_to()) {
        let Reference::Committee(committee) = found.reference else { continue };
        if !has_said(case, &committee, denies, objects) {
            let what = format!("no statement of {committee} says so");
            return Some((Refusal::InterestWithoutStatement, what));
        }
    }
    None
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
