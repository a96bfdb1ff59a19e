#![doc = include_str!("../../../../docs/rules/C38.md")]

use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::rules::cooperation::lead_is_arranged::is_joint;
use crate::checklist::sentences::c38;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::phrase_in;
use crate::proposal::TextForm;
use crate::reference::{Reference, find_references};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C38",
    name: "maintenance-in-step",
    group: Group::Coherence,
    principle: Principle::KeepItWorking,
    severity: Severity::Warning,
    question: "Who keeps the result up to date, and in step with the texts of the partners?",
    explanation: include_str!("../../../../docs/rules/C38.md"),
    since: "0.1.0",
    support: Support::Supported,
    source: "ISO/IEC Directives, Part 1 (2020), B.4.2.3, B.4.2.10 and K.7; ITU-T A.23 Annex A, 5.3 (title read)",
    applies_to: &[],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let proposal = context.proposal;
    let shared = matches!(proposal.text_form, Some(TextForm::TwinText | TextForm::Adoption));
    if !is_joint(context) && !shared {
        return Ok(Verdict::not_applicable(c38::NoSharedText {}));
    }
    let common = proposal.text_form == Some(TextForm::CommonText);
    let severity = if common { Severity::Warning } else { Severity::Advice };
    let mut review = Review::default();
    let text = proposal.maintenance.as_deref().unwrap_or_default();
    let evidence = || {
        let form = if proposal.text_form.is_some() { "text_form" } else { "collaboration_mode" };
        vec![context.field("maintenance"), context.field(form)]
    };
    if text.trim().is_empty() {
        review.find(severity, c38::NobodyKeepsIt {}, evidence());
    } else if !names_somebody(context, text) {
        review.find(Severity::Advice, c38::NamesNobody {}, evidence());
    }
    review.verdict()
}

/// True when the text names a committee, an organization or a group by its role.
fn names_somebody(context: &Context<'_>, text: &str) -> bool {
    find_references(text, context.proposal.organization)
        .any(|found| matches!(found.reference, Reference::Committee(_)))
        || phrase_in(
            text,
            &[
                "iso",
                "iec",
                "itu",
                "joint working group",
                "jwg",
                "both committees",
                "both groups",
                "maintenance agency",
                "maintenance team",
                "secretariat",
                "the committee",
                "study group",
            ],
        )
        .is_some()
}
