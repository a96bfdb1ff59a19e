//! How the proposal was read, with what the catalogue says to the committees that it names.

use std::collections::BTreeSet;

use crate::Proposal;
use crate::catalogue::{Catalogue, Standing};
use crate::checklist::Finding;
use crate::error::shown;
use crate::proposal::{Reading, Remark};
use crate::reference::CommitteeRef;

/// The most committees that are remarked on: near names of an unknown one are sought in the whole
/// catalogue.
const REMARKS: usize = 50;

/// How the proposal was read, and a remark on every committee named in a field that has ended or
/// that the catalogue does not know.
pub(super) fn reading(proposal: &Proposal, catalogue: &Catalogue) -> Option<Reading> {
    let mut reading = proposal.reading().cloned().unwrap_or_default();
    let mut seen: BTreeSet<&CommitteeRef> = BTreeSet::new();
    let mut told = 0;
    for (field, committee) in named(proposal) {
        if !seen.insert(committee) {
            continue;
        }
        let Some(mut text) = remark(committee, catalogue) else { continue };
        let line = proposal.place(&field).map_or(0, |place| place.line);
        told += 1;
        if told == REMARKS {
            text.push_str("; committees named behind it were not looked up");
        }
        reading.remarks.push(Remark { field, text, line });
        if told == REMARKS {
            break;
        }
    }
    (reading != Reading::default()).then_some(reading)
}

/// The most headings that a finding on a blank field points to.
const UNREAD: usize = 2;

/// Tells, where a field is blank, of the headings that were not understood and resemble it: the
/// answer may stand below one of them.
pub(super) fn point_to_unread(findings: &mut [Finding], reading: Option<&Reading>) {
    let Some(reading) = reading.filter(|reading| !reading.unrecognized.is_empty()) else { return };
    for finding in findings {
        let Some(field) = finding.blank_field() else { continue };
        let near: Vec<String> = reading
            .resembling(field)
            .take(UNREAD)
            .map(|one| format!("«{}», line {}", shown(&one.heading), one.line))
            .collect();
        if near.is_empty() {
            continue;
        }
        let unread = match near.as_slice() {
            [one] => format!("A section {one}, was not understood: the answer may stand there."),
            several => format!(
                "Sections {}, were not understood: the answer may stand there.",
                several.join(", and ")
            ),
        };
        finding.remedy = Some(match finding.remedy.take() {
            Some(remedy) => format!("{} {unread}", remedy.trim_end()),
            None => unread,
        });
    }
}

/// The committees that fields name, with the fields.
fn named(proposal: &Proposal) -> Vec<(String, &CommitteeRef)> {
    let mut named: Vec<(String, &CommitteeRef)> = Vec::new();
    named.extend(proposal.committee.iter().map(|one| ("committee".to_owned(), one)));
    let related = proposal.related_committees.iter().map(Some);
    let liaisons = proposal.liaisons.iter().map(|liaison| Some(&liaison.body));
    let contacts = proposal.contacts_made.iter().map(|contact| contact.committee.as_ref());
    let related = related.enumerate().map(|(at, body)| ("related_committees", at, body));
    let liaisons = liaisons.enumerate().map(|(at, body)| ("liaisons", at, body));
    let contacts = contacts.enumerate().map(|(at, body)| ("contacts_made", at, body));
    let all = related.chain(liaisons).chain(contacts);
    named.extend(
        all.filter_map(|(field, at, body)| Some((format!("{field}[{at}]"), body?.committee()?))),
    );
    named
}

/// What is to be said of a committee that is not at work.
fn remark(committee: &CommitteeRef, catalogue: &Catalogue) -> Option<String> {
    match catalogue.standing(committee) {
        Standing::Active => None,
        Standing::Ended { successor: Some(successor) } => {
            Some(format!("{committee} has ended; its work is now with {successor}"))
        }
        Standing::Ended { successor: None } => {
            Some(format!("{committee} has ended, and no successor is on record"))
        }
        Standing::Unknown { near } if near.is_empty() => {
            Some(format!("{committee} is not in the catalogue of committees; check the number"))
        }
        Standing::Unknown { near } => {
            let near: Vec<String> = near.iter().map(ToString::to_string).collect();
            Some(format!(
                "{committee} is not in the catalogue of committees; check the number (near it: {})",
                near.join(", ")
            ))
        }
    }
}
