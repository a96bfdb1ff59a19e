//! What the cases teach the model.

use serde::Serialize;

use super::case::{Case, Voice};
use super::event::*;
use super::folder::Register;
use crate::{CommitteeRef, Proposal};

/// A label that `evaluate` and `fit` read, with what an office should know of it.
#[derive(Serialize)]
struct LabelLine<'a> {
    reference: &'a str,
    title: &'a str,
    #[serde(rename = "abstract", skip_serializing_if = "String::is_empty")]
    scope: String,
    organization: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    committee: Option<&'a str>,
    interested: Vec<String>,
    no_interest: Vec<String>,
    asked_by_machine: Vec<String>,
    year: u16,
}

/// Closed cases as labels, one JSON object a line: who said to be concerned. Only cases whose list
/// of committees asked is on file; entries for SPCG alone stay out, and so does a case in which
/// nobody turned out to be concerned: there is nothing in it that a model could be asked for.
///
/// `asked_by_machine` marks the committees that the machine suggested: who was not suggested could
/// not answer, so such labels favour the model that asked.
#[must_use]
pub fn labels<'a>(cases: impl IntoIterator<Item = &'a Case>) -> String {
    labels_with(cases, |_| String::new())
}

impl Register {
    /// The same of every case of the register, with the scope that the proposal on file gives.
    #[must_use]
    pub fn labels(&self) -> String {
        labels_with(self.cases(), |case| {
            let read = self.case(case.id()).ok().zip(case.proposal()).and_then(|(open, file)| {
                let bytes = open.read(file).ok()?;
                Proposal::from_file(&bytes, &file.file).ok()
            });
            read.map(|proposal| proposal.scope).unwrap_or_default()
        })
    }
}

fn labels_with<'a>(
    cases: impl IntoIterator<Item = &'a Case>,
    scope: impl Fn(&Case) -> String,
) -> String {
    let mut text = String::new();
    for case in cases {
        let ended = case.facts.closed && case.facts.duplicate_of.is_none();
        if !ended || case.asked().is_empty() {
            continue;
        }
        let (mut interested, mut none) = (Vec::new(), Vec::new());
        for one in case.statements() {
            let Voice::Committee(committee) = &one.voice else { continue };
            if one.visible == Visible::Spcg {
                continue;
            }
            match one.said.answer {
                Answer::NoInterest => none.push(committee.to_string()),
                Answer::Objection | Answer::Unspecified => {}
                _ => interested.push(committee.to_string()),
            }
        }
        for feedback in told(case) {
            let list = if feedback.concerned { &mut interested } else { &mut none };
            // In the one spelling of the catalogue.
            let committee: Option<CommitteeRef> = feedback.committee.parse().ok();
            list.push(committee.map_or_else(|| feedback.committee.clone(), |one| one.to_string()));
        }
        for list in [&mut interested, &mut none] {
            list.sort();
            list.dedup();
        }
        if interested.is_empty() {
            continue;
        }
        let machine = |one: &&super::case::AskedCommittee| {
            one.asked.suggested_by == SuggestedBy::Machine && one.visible == Visible::Boards
        };
        let mut asked_by_machine: Vec<String> =
            case.asked().iter().filter(machine).map(|one| one.committee.to_string()).collect();
        asked_by_machine.sort();
        asked_by_machine.dedup();
        let line = LabelLine {
            reference: case.reference().unwrap_or(case.id()),
            title: case.title(),
            scope: scope(case),
            committee: assigned(case),
            organization: case.addressed_to().map_or("", |one| one.name()),
            interested,
            no_interest: none,
            asked_by_machine,
            year: case.received_on().map_or(0, |day| day.year()),
        };
        if let Ok(line) = serde_json::to_string(&line) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

/// The committee that was given the work.
fn assigned(case: &Case) -> Option<&str> {
    let given = |one: &&Feedback| one.concerned && one.basis == FeedbackBasis::WorkAssigned;
    told(case).filter(given).last().map(|one| one.committee.as_str())
}

/// What is known of committees afterwards, without what is for SPCG alone.
fn told(case: &Case) -> impl Iterator<Item = &Feedback> {
    let all = case.facts.feedback.iter().filter(|(_, visible)| *visible == Visible::Boards);
    all.map(|(one, _)| one)
}

/// Of the committees that the machine suggested with a probability in a range, how many stated
/// interest.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CalibrationBin {
    /// Lower end of the range, inclusive.
    pub from: f64,
    /// Upper end.
    pub to: f64,
    /// How many of them answered.
    pub answered: usize,
    /// How many of those stated interest.
    pub interested: usize,
}

impl CalibrationBin {
    /// True when there are too few answers to say anything: fewer than twenty.
    #[must_use]
    pub const fn is_too_small(&self) -> bool {
        self.answered < 20
    }
}

/// The answers of committees that the machine suggested, by the probability that it gave.
#[must_use]
pub fn calibration<'a>(cases: impl IntoIterator<Item = &'a Case>) -> Vec<CalibrationBin> {
    let ends = [0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.0];
    let mut bins: Vec<CalibrationBin> = ends
        .windows(2)
        .map(|pair| CalibrationBin { from: pair[0], to: pair[1], answered: 0, interested: 0 })
        .collect();
    for case in cases {
        for asked in case.asked() {
            let Some(p) = asked.asked.probability else { continue };
            let voice = Voice::Committee(asked.committee.clone());
            let Some(answer) = case.statements().iter().find(|one| one.voice == voice) else {
                continue;
            };
            let last = bins.len() - 1;
            let at = bins.iter().position(|bin| p < bin.to).unwrap_or(last);
            bins[at].answered += 1;
            bins[at].interested += usize::from(answer.said.answer.is_interest());
        }
    }
    bins
}
