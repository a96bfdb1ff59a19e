//! The coordination checklist: what a proposal should answer before it is balloted.
//!
//! A [`Checklist`] runs its rules over a [`Context`] (a proposal and what is known around it) and gives
//! [`Finding`]s: values that inform the proposer, not errors.
//!
//! ```
//! use spcg::checklist::{Checklist, Context};
//!
//! let proposal = spcg::Proposal::builder().title("Smart lifts").scope("Lifts that call themselves.").build();
//! let findings = Checklist::standard().run(&Context::new(&proposal));
//! for finding in findings.iter().filter(|finding| finding.is_blocker()) {
//!     println!("{finding}");
//! }
//! # assert!(findings.iter().any(|finding| finding.is_blocker()));
//! ```
//!
//! # Whose checklist this is
//!
//! The Standardization Programme Coordination Group has a paper of its own, SPCG-32C, with a checklist for proposers.
//! Its text is not public, and nothing here is a quotation or restatement of it. The rules were built from public
//! procedures that ask for the same things; each says what supports it ([`Rule::source`], [`Rule::support`]) and
//! where it is inference. An office that holds the paper can put its wording, severities and thresholds in their
//! place from a file.

mod context;
mod evidence;
mod finding;
mod naming;
mod rule;
pub mod rules;
mod thresholds;
mod verdict;
pub(crate) mod wording;

pub use context::{Context, KnownProposal};
pub use evidence::Evidence;
pub use finding::{Finding, Outcome};
pub use rule::{Group, HEADINGS, Need, Principle, Rule, Severity, Support};
pub use thresholds::Thresholds;
pub use verdict::CannotTell;

use rules::RULES;
use verdict::Verdict;

/// The rules that are run, with their thresholds.
#[derive(Clone, Debug)]
pub struct Checklist {
    thresholds: Thresholds,
}

impl Checklist {
    /// The checklist as this crate has it.
    #[must_use]
    pub fn standard() -> Checklist {
        Checklist { thresholds: Thresholds::default() }
    }

    /// The numbers that its rules compare with.
    #[must_use]
    pub fn thresholds(&self) -> &Thresholds {
        &self.thresholds
    }

    /// Runs all rules. Failures come first, the gravest of them first, then what could not be told, then passes, then
    /// what does not apply; equal ones in the order of the checklist.
    #[must_use]
    pub fn run(&self, context: &Context<'_>) -> Vec<Finding> {
        let context = context.clone().with_thresholds(&self.thresholds);
        let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| findings_of(rule, &context)).collect();
        findings.sort_by(Finding::order);
        findings
    }
}

fn findings_of(rule: &Rule, context: &Context<'_>) -> Vec<Finding> {
    let applies =
        rule.applies_to.is_empty() || context.proposal.kind.is_none_or(|kind| rule.applies_to.contains(&kind));
    let verdict = if applies {
        (rule.check)(context)
    } else {
        Ok(Verdict::not_applicable("it is not asked of this kind of proposal"))
    };
    let finding = |outcome, message| Finding {
        rule: rule.id.to_owned(),
        name: rule.name.to_owned(),
        outcome,
        severity: rule.severity,
        message,
        evidence: Vec::new(),
        remedy: None,
        source: rule.source.to_owned(),
        support: rule.support,
        model: None,
    };
    match verdict {
        Ok(Verdict::Pass { note }) => {
            vec![finding(Outcome::Pass, note.unwrap_or_else(|| "nothing to complain of".to_owned()))]
        }
        Ok(Verdict::NotApplicable { why }) => vec![finding(Outcome::NotApplicable, why)],
        Err(missing) => vec![finding(Outcome::CannotTell, missing.why().to_owned())],
        Ok(Verdict::Fail(shortcomings)) => shortcomings
            .into_iter()
            .map(|one| Finding {
                severity: one.severity,
                evidence: one.evidence,
                remedy: Some(one.remedy),
                model: model(rule, context),
                ..finding(Outcome::Fail, one.message)
            })
            .collect(),
    }
}

/// What the matcher was and which thresholds were used, for a rule that rests on it.
fn model(rule: &Rule, context: &Context<'_>) -> Option<String> {
    let mut parts = Vec::new();
    if !context.provenance.is_empty() {
        parts.push(context.provenance.to_owned());
    }
    if rule.needs.contains(&Need::Interests) {
        parts.push(context.thresholds.of_committees());
    }
    if rule.needs.contains(&Need::Overlaps) {
        parts.push(context.thresholds.of_texts());
    }
    let rests = rule.needs.iter().any(|need| matches!(need, Need::Interests | Need::Overlaps));
    rests.then(|| {
        parts.push(context.thresholds.provenance());
        parts.join("; ")
    })
}
