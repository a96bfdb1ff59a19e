#![doc = include_str!("../../../../docs/rules/C26.md")]

use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::rules::contacts::answers_are_recorded::name;
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
    source: "ISO/IEC Directives, Part 1, 1.3.2 and B.4.2.2; duty to explain: inference",
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
        let said = if considered == Some(false) {
            "the answer is no"
        } else {
            "the question is not answered"
        };
        let mut evidence = vec![context.field("joint_work_considered")];
        evidence.extend(
            wanting
                .iter()
                .take(context.thresholds.shown)
                .map(|at| context.field(&format!("contacts_made[{at}].outcome"))),
        );
        review.fail(
            Severity::Blocker,
            format!(
                "{} asked for joint work, but {said} whether it was considered",
                first(&names, 3)
            ),
            "Consider joint work with those who asked for it, and say what came of it.",
            evidence,
        );
        return review.verdict();
    }
    if joint_mode {
        review.note("a joint mode is proposed");
        return review.verdict();
    }
    if considered.is_some() || !reason.trim().is_empty() {
        if words(reason).count() < context.thresholds.reason_words {
            review.fail(
                Severity::Warning,
                match considered {
                    Some(false) => "joint work was not considered, and no reason is given",
                    _ => "joint work was considered but is not proposed, and no reason is given",
                },
                "Give the reason why joint work is not proposed.",
                vec![context.field("joint_work_considered")],
            );
        }
        return review.verdict();
    }
    let concerned = context.other_organizations(context.thresholds.committee_possible)?;
    let partners = context.partners_elsewhere()?;
    if concerned.is_empty() && !partners.is_empty() {
        let names: Vec<String> = partners.iter().map(|(_, one)| one.to_string()).collect();
        let shown = partners.iter().take(context.thresholds.shown);
        let evidence = shown.map(|(field, _)| context.field(field));
        review.fail(
            Severity::Warning,
            format!(
                "the proposal counts on {}, and nothing says whether joint work was considered",
                first(&names, 4)
            ),
            "Say whether joint work was considered and, if it is not proposed, why.",
            std::iter::once(context.field("joint_work_considered")).chain(evidence).collect(),
        );
        return review.verdict();
    }
    if concerned.is_empty() {
        return Ok(Verdict::not_applicable("only the organization that is addressed is concerned"));
    }
    let names: Vec<&str> = concerned.iter().map(|(organization, _)| organization.name()).collect();
    let committees = context.elsewhere(context.thresholds.committee_possible)?;
    let mut evidence = vec![context.field("joint_work_considered")];
    evidence.extend(context.committee_evidence(&committees));
    review.fail(
        Severity::Warning,
        format!(
            "committees of {} may be concerned, and nothing says whether joint work was considered",
            listed(&names)
        ),
        "Say whether joint work was considered and, if it is not proposed, why.",
        evidence,
    );
    review.verdict()
}
