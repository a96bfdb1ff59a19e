#![doc = include_str!("../../../../docs/rules/C30.md")]

use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c30;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::listed;
use crate::proposal::{CollaborationMode, TextForm};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C30",
    name: "lead-is-arranged",
    group: Group::Cooperation,
    principle: Principle::ChosenCooperation,
    severity: Severity::Warning,
    question: "In joint work: who leads, who ballots, under which number and logo, and whose is the copyright?",
    explanation: include_str!("../../../../docs/rules/C30.md"),
    since: "0.1.0",
    support: Support::Supported,
    source: "ISO/IEC Directives, Part 1 (2020), 1.12.6, B.4.2.6, B.4.2.9 and 1.3.2.2; ITU-T A.23 Annex A, 7 and 8 (contents read)",
    applies_to: &[],
    needs: &[],
    check,
};

/// True when two groups are to make one text.
pub(crate) fn is_joint(context: &Context<'_>) -> bool {
    let proposal = context.proposal;
    matches!(
        proposal.collaboration_mode,
        Some(
            CollaborationMode::Integrated
                | CollaborationMode::JointCommittee
                | CollaborationMode::CollaborativeTeam
                | CollaborationMode::CollaborativeInterchange
                | CollaborationMode::CommonTeam
        )
    ) || matches!(proposal.text_form, Some(TextForm::CommonText | TextForm::DualLogo))
}

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    if !is_joint(context) {
        return Ok(Verdict::not_applicable(c30::NoJointText {}));
    }
    let mut review = Review::default();
    let blank = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
    let mut missing = Vec::new();
    match &context.proposal.lead_arrangement {
        None => missing.extend([
            "who leads",
            "whether approval runs in parallel",
            "who publishes under which number",
            "who holds the copyright",
        ]),
        Some(lead) => {
            if lead.lead.is_none() {
                missing.push("who leads");
            }
            if lead.parallel_approval.is_none() {
                missing.push("whether approval runs in parallel");
            }
            if blank(&lead.publication) {
                missing.push("who publishes under which number");
            }
            if blank(&lead.copyright_owner) {
                missing.push("who holds the copyright");
            }
        }
    }
    if !missing.is_empty() {
        review.find(
            Severity::Warning,
            c30::NotArranged { missing: listed(&missing) },
            vec![context.field("lead_arrangement"), context.field("collaboration_mode")],
        );
    }
    review.verdict()
}
