//! One cause is told once.
//!
//! A committee that is neither mentioned nor asked nor in liaison fails three rules, and a work
//! that is not named fails as many. Each failure stays on record, since each asks for something of
//! its own; but the later ones point to the gravest, and a report tells them there.

use std::cmp::Reverse;

use super::evidence::Evidence;
use super::finding::Finding;

/// Rules that rest on the same fact, the one that tells it best first: committees nearby that the
/// proposal passes over, and works nearby.
const FAMILIES: [&[&str]; 2] = [&["C18", "C03", "C28"], &["C13", "C14", "C16", "C01"]];

/// Makes failures that rest on the same committees or works point to the gravest of them.
///
/// A failure points to another only where all that it is about stands there too.
pub(super) fn join(findings: &mut [Finding]) {
    for family in FAMILIES {
        let mut members: Vec<Member> = findings
            .iter()
            .enumerate()
            .filter(|(_, one)| one.is_failure() && one.blank_field().is_none())
            .filter_map(|(at, one)| {
                let place = family.iter().position(|id| *id == one.rule)?;
                Some(Member { at, place, subjects: subjects(one) })
            })
            .collect();
        // Of equal severity and rule, the one that is about most.
        members
            .sort_by_key(|one| (findings[one.at].severity, one.place, Reverse(one.subjects.len())));
        let mut tellers: Vec<&Member> = Vec::new();
        for member in &members {
            let own = &member.subjects;
            // Two failures of one rule are about different things.
            let teller = tellers.iter().find(|teller| {
                teller.place != member.place && own.iter().any(|one| teller.subjects.contains(one))
            });
            let is_told = |one: &String| tellers.iter().any(|other| other.subjects.contains(one));
            match teller {
                Some(teller) if own.iter().all(is_told) => {
                    findings[member.at].told_with = Some(family[teller.place].to_owned());
                }
                _ => tellers.push(member),
            }
        }
    }
}

/// A failure of a family: where it stands, the place of its rule, and what it is about.
struct Member {
    at: usize,
    place: usize,
    subjects: Vec<String>,
}

/// The committees and works that a failure is about.
fn subjects(finding: &Finding) -> Vec<String> {
    finding
        .evidence
        .iter()
        .filter_map(|one| match one {
            Evidence::Committee { reference, .. } => Some(reference.to_string()),
            Evidence::Work { reference, .. } => Some(reference.clone()),
            Evidence::Field { .. } | Evidence::Fact { .. } => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::{Outcome, Severity};
    use crate::standards::Status;

    fn finding(rule: &str, severity: Severity, works: &[&str]) -> Finding {
        let work = |reference: &&str| Evidence::Work {
            reference: (*reference).to_owned(),
            title: String::new(),
            similarity: 0.5,
            owners: Vec::new(),
            status: Status::Published,
            named_in: None,
        };
        let mut finding = Finding::new(rule, Outcome::Fail, severity, "wrong");
        finding.evidence = works.iter().map(work).collect();
        finding
    }

    fn told_with(mut findings: Vec<Finding>) -> Vec<Option<String>> {
        join(&mut findings);
        findings.into_iter().map(|one| one.told_with).collect()
    }

    #[test]
    fn what_rests_on_the_same_works_is_told_once() {
        use Severity::{Advice, Blocker, Warning};
        let told = told_with(vec![
            finding("C13", Blocker, &["ISO 1", "ISO 2"]),
            finding("C16", Warning, &["ISO 1"]),
            finding("C01", Advice, &["ISO 3"]),
            finding("C17", Advice, &["ISO 1"]),
        ]);
        assert_eq!(told, [None, Some("C13".to_owned()), None, None]);
    }

    #[test]
    fn the_gravest_tells() {
        use Severity::{Blocker, Warning};
        let told = told_with(vec![
            finding("C13", Warning, &["ISO 1"]),
            finding("C14", Blocker, &["ISO 1"]),
            finding("C16", Warning, &[]),
        ]);
        assert_eq!(told, [Some("C14".to_owned()), None, None]);
    }

    #[test]
    fn failures_of_one_rule_stand_beside_each_other() {
        use Severity::Warning;
        let told = told_with(vec![
            finding("C13", Warning, &["ISO 1"]),
            finding("C13", Warning, &["ISO 2"]),
            finding("C16", Warning, &["ISO 2", "ISO 1"]),
        ]);
        assert_eq!(told, [None, None, Some("C13".to_owned())]);
    }
}
