#![doc = include_str!("../../../../docs/rules/C42.md")]

use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c42;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::has_any;
use crate::proposal::Kind;
use crate::reference::CommitteeRef;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C42",
    name: "parent-question-is-named",
    group: Group::Subject,
    principle: Principle::RightPlace,
    severity: Severity::Warning,
    question: "Under which Question does the work item stand, and by which process would it be approved?",
    explanation: include_str!("../../../../docs/rules/C42.md"),
    since: "0.2.0",
    support: Support::Supported,
    source: "ITU-T A.1 (10/2016), 1.8.2.10, 3.2.9 and Annex A",
    applies_to: &[Kind::ItuWorkItem],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let proposal = context.proposal;
    let is_question = |committee: &CommitteeRef| committee.is_question();
    let addressed = proposal.committee.as_ref().is_some_and(is_question);
    let mut review = Review::default();
    if !addressed && context.naming().fields_of(is_question).is_empty() {
        review.find(Severity::Warning, c42::NoQuestion {}, vec![context.field("committee")]);
    }
    let process = proposal.timeline.approval_process.as_deref().unwrap_or_default();
    let is_told = !process.trim().is_empty()
        || context.texts().iter().any(|text| has_any(&text.spaced, PROCESSES));
    review.ask(is_told.then_some(()).ok_or_else(|| {
        CannotTell::because("nothing says by which process the result would be approved")
    }));
    review.verdict()
}

/// How ITU-T approves, by the names of the processes.
const PROCESSES: &[&str] = &[
    "aap",
    "tap",
    "alternative approval process",
    "traditional approval process",
    "consent",
    "determination",
    "agreement",
];
