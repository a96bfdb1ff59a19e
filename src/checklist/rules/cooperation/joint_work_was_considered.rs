#![doc = include_str!("../../../../docs/rules/C26.md")]

use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::rules::contacts::answers_are_recorded::name;
use crate::checklist::sentences::{Fault, c26};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{first, listed, words};
use crate::coordination::degree;
use crate::proposal::Outcome;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C26",
    name: "joint-work-was-considered",
    group: Group::Cooperation,
    principle: Principle::ChosenCooperation,
    severity: Severity::Blocker,
    question: "Was joint work considered, and if it is not proposed, why?",
    explanation: include_str!("../../../../docs/rules/C26.md"),
    since: "0.1.0",
    support: Support::SupportedAndInference,
    source: "ISO/IEC Directives, Part 1 (2020), 1.3.2, 1.12.6 and B.4.2.2; duty to explain: inference",
    applies_to: &[],
    needs: &[Need::Interests],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let proposal = context.proposal;
    let answer = proposal.joint_work_considered.as_ref();
    let considered = answer.and_then(|answer| answer.considered);
    let reason = answer.and_then(|answer| answer.reason.as_deref()).unwrap_or_default();
    let joint_mode = proposal.collaboration_mode.is_some_and(|mode| degree(mode) >= 3);
    let wanting: Vec<usize> = (0..proposal.contacts_made.len())
        .filter(|at| proposal.contacts_made[*at].outcome == Some(Outcome::JointWork))
        .collect();
    let mut review = Review::default();
    if !wanting.is_empty() && considered != Some(true) && !joint_mode {
        let names: Vec<&str> =
            wanting.iter().map(|at| name(&proposal.contacts_made[*at])).collect();
        let contacts = first(&names, 3);
        let fault: Fault = match considered {
            Some(false) => c26::AskedForAndRefused { contacts }.into(),
            _ => c26::AskedForAndOpen { contacts }.into(),
        };
        let mut evidence = vec![context.field("joint_work_considered")];
        evidence.extend(
            wanting
                .iter()
                .take(context.thresholds.shown)
                .map(|at| context.field(&format!("contacts_made[{at}].outcome"))),
        );
        review.find(Severity::Blocker, fault, evidence);
        return review.verdict();
    }
    if joint_mode {
        review.note(c26::JointMode {});
        return review.verdict();
    }
    if considered.is_some() || !reason.trim().is_empty() {
        if words(reason).count() < context.thresholds.reason_words {
            review.find(
                Severity::Warning,
                match considered {
                    Some(false) => Fault::from(c26::NotConsideredNoReason {}),
                    _ => c26::NotProposedNoReason {}.into(),
                },
                vec![context.field("joint_work_considered")],
            );
        }
        return review.verdict();
    }
    let concerned = context.other_organizations(context.thresholds.committee_possible)?;
    if concerned.is_empty() {
        let Some((committees, evidence)) = context.counted_on("joint_work_considered")? else {
            return Ok(Verdict::not_applicable(c26::NobodyElseConcerned {}));
        };
        review.find(Severity::Warning, c26::OpenWithPartners { committees }, evidence);
        return review.verdict();
    }
    let names: Vec<&str> = concerned.iter().map(|(organization, _)| organization.name()).collect();
    let committees = context.elsewhere(context.thresholds.committee_possible)?;
    let mut evidence = vec![context.field("joint_work_considered")];
    evidence.extend(context.committee_evidence(&committees));
    review.find(Severity::Warning, c26::Open { organizations: listed(&names) }, evidence);
    review.verdict()
}
