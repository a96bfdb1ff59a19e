//! The committees and standards that a proposal names, and its text without them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::interest::Mention;
use super::knowledge::Knowledge;
use super::names::{without_committees, without_name};
use super::query::{Address, Subject};
use crate::proposal::Proposal;
use crate::reference::{CommitteeRef, Reference, StandardRef, find_references};

/// The committees and standards that a proposal names, with the place of each.
#[derive(Default)]
pub(crate) struct Named {
    committees: Vec<(CommitteeRef, String, Range<usize>)>,
    pub(crate) standards: Vec<(StandardRef, String)>,
    texts: BTreeMap<String, String>,
}

impl Named {
    pub(crate) fn in_proposal(proposal: &Proposal) -> Named {
        let mut named =
            Named { committees: Vec::new(), standards: Vec::new(), texts: BTreeMap::new() };
        for (field, text) in proposal.texts() {
            let mut found_any = false;
            for found in find_references(text, proposal.organization) {
                match found.reference {
                    Reference::Committee(committee) => {
                        named.committees.push((committee, field.clone(), found.span));
                        found_any = true;
                    }
                    Reference::Standard(standard) => {
                        named.standards.push((standard, field.clone()))
                    }
                }
            }
            if found_any {
                named.texts.insert(field, text.to_owned());
            }
        }
        // Lists of bodies may hold references that running text would not show, such as a bare `TC
        // 57`.
        for (at, body) in proposal.related_committees.iter().enumerate() {
            if let Some(committee) = body.committee() {
                let field = format!("related_committees[{at}]");
                if !named
                    .committees
                    .iter()
                    .any(|(known, place, _)| known == committee && *place == field)
                {
                    named.committees.push((committee.clone(), field.clone(), 0..body.text().len()));
                    named.texts.insert(field, body.text().to_owned());
                }
            }
        }
        named
    }

    /// The committees that are named anywhere without being told to have nothing to do with the work.
    fn concerned(&self) -> impl Iterator<Item = &CommitteeRef> {
        let is_concerned = |(_, field, span): &&(CommitteeRef, String, Range<usize>)| {
            let text = self.texts.get(field).map_or("", String::as_str);
            !denies(&sentence_around(text, span.clone()))
        };
        self.committees.iter().filter(is_concerned).map(|(committee, _, _)| committee)
    }

    /// The candidate of each named committee with its position in the list, ordered.
    pub(super) fn candidates(&self, knowledge: &Knowledge) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = self
            .committees
            .iter()
            .enumerate()
            .filter_map(|(position, (committee, _, _))| {
                Some((knowledge.candidates.exact(committee)?, position))
            })
            .collect();
        found.sort_unstable();
        found
    }

    /// Where a candidate is named, a part of it, or one whose work it took over.
    pub(super) fn mentions_of(
        &self,
        candidate: usize,
        named: &[(usize, usize)],
        proposal: &Proposal,
    ) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = Vec::new();
        for (_, position) in named.iter().filter(|(number, _)| *number == candidate) {
            let (committee, field, span) = &self.committees[*position];
            if mentions.iter().any(|mention| mention.field == *field) {
                continue;
            }
            let text = self.texts.get(field).map_or("", String::as_str);
            mentions.push(Mention {
                field: field.clone(),
                named: committee.clone(),
                sentence: sentence_around(text, span.clone()),
                line: proposal.place(field).map(|place| place.line),
            });
        }
        mentions
    }
}

/// The text that is matched, without the names in it: title and scope first, then purpose.
pub(crate) fn subject_of<'a>(
    proposal: &'a Proposal,
    named: &Named,
    knowledge: &Knowledge,
) -> Subject<'a> {
    let context = proposal.organization;
    let texts = [&proposal.scope, &proposal.purpose, &proposal.justification];
    let texts = texts.into_iter().chain(&proposal.programme);
    Subject {
        title: without_name(&proposal.title, context),
        bodies: texts.map(|text| without_committees(text, context)).collect(),
        ics: proposal.ics_codes.iter().map(ToString::to_string).collect(),
        address: Address {
            organization: proposal.organization,
            has_committee: proposal.committee.is_some(),
        },
        mentioned: knowledge.mentioned(named.concerned()),
        cited: knowledge.cited(named.standards.iter().map(|(standard, _)| standard)),
    }
}

/// What a sentence says that takes a committee out: it is named, and has nothing to do with it.
const DENIALS: [&str; 12] = [
    "nothing to do with",
    "not concerned",
    "not affected",
    "not interested",
    "not related",
    "not relevant",
    "unrelated to",
    "irrelevant",
    "no relation",
    "no connection",
    "no overlap",
    "no interest",
];

/// True for a sentence that denies any relation with what it names.
fn denies(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    DENIALS.iter().any(|words| lower.contains(words))
}

/// The sentence around a place, at most 300 characters.
fn sentence_around(text: &str, span: Range<usize>) -> String {
    const MOST: usize = 300;
    let (Some(before), Some(after)) = (text.get(..span.start), text.get(span.end..)) else {
        return String::new();
    };
    let start = before.rfind(['.', ';', '\n', '!', '?']).map_or(0, |at| at + 1);
    let end = after.find([';', '\n', '!', '?']).unwrap_or(after.len());
    let end = after[..end].find(". ").map_or(end, |at| at + 1) + span.end;
    let sentence = text[start..end].trim();
    if sentence.chars().count() <= MOST {
        return sentence.to_owned();
    }
    // A long sentence: what stands around the reference.
    let skip = text[start..span.start].chars().count().saturating_sub(MOST / 2);
    let shown: String = text[start..end].chars().skip(skip).take(MOST).collect();
    format!("…{}…", shown.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_committee_that_is_told_to_have_no_part_is_not_concerned() {
        assert!(denies("The work has nothing to do with ISO/TC 262."));
        assert!(denies("There is no overlap with ISO/TC 262."));
        assert!(!denies("Risk is left to ISO/TC 262, which is to be asked."));
    }

    #[test]
    fn a_sentence_is_cut_out() {
        let text = "First. Excluded: risk (ISO/TC 262). Last.";
        let at = text.find("ISO/TC 262").unwrap();
        assert_eq!(sentence_around(text, at..at + 10), "Excluded: risk (ISO/TC 262).");
        let long = "x ".repeat(400) + "ISO/TC 262" + &" y".repeat(400);
        let at = long.find("ISO/TC 262").unwrap();
        let sentence = sentence_around(&long, at..at + 10);
        assert!(sentence.contains("ISO/TC 262") && sentence.chars().count() <= 302);
    }
}
