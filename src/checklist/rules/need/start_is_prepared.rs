#![doc = include_str!("../../../../docs/rules/C35.md")]

use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::{Fault, c35};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::proposal::answer::{PHRASES, says};
use crate::proposal::{BaseDocumentForm, Deliverable, Kind};
use crate::reference::Organization;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C35",
    name: "start-is-prepared",
    group: Group::Need,
    principle: Principle::RealNeed,
    severity: Severity::Blocker,
    question: "Who leads, which text does the work start from, and what is to be published?",
    explanation: include_str!("../../../../docs/rules/C35.md"),
    since: "0.1.0",
    support: Support::Supported,
    source: "ISO/IEC Directives, Part 1 (2020), 2.3.4, C.4.5, C.4.11.2 and C.4.12",
    applies_to: &[],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let proposal = context.proposal;
    let given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    // The rules of ISO and IEC demand leader and text of a new work item, and of nothing else.
    let demanded =
        if context.is(Kind::NewWorkItem) { Severity::Blocker } else { Severity::Warning };
    let mut review = Review::default();
    let secretariat = matches!(proposal.kind, Some(Kind::NewField | Kind::ProjectCommittee));
    // «To be found by the first meeting» names nobody.
    let leader = given(&proposal.leadership.project_leader)
        && proposal
            .leadership
            .project_leader
            .as_deref()
            .is_some_and(|text| says(text, &PHRASES.postponed).is_none());
    if secretariat && !given(&proposal.leadership.secretariat_offer) && !leader {
        review.find(
            Severity::Warning,
            c35::NoSecretariat {},
            vec![context.field("leadership.secretariat_offer")],
        );
    } else if !secretariat && !leader && !given(&proposal.leadership.secretariat_offer) {
        let fault: Fault = match context.proposal.kind {
            Some(Kind::ItuFocusGroup | Kind::JointGroup) => c35::NoChair {}.into(),
            _ if context.is_itu() => c35::NoEditor {}.into(),
            _ => c35::NoLeader {}.into(),
        };
        review.find(demanded, fault, vec![context.field("leadership.project_leader")]);
    }
    let starts_from_text = matches!(
        proposal.kind,
        Some(Kind::NewWorkItem | Kind::ItuWorkItem | Kind::ProjectCommittee)
    );
    let text = proposal.base_document.as_ref().is_some_and(|base| {
        matches!(base.form, Some(BaseDocumentForm::Attached | BaseDocumentForm::Outline))
            || (base.form.is_none() && given(&base.description))
    });
    if starts_from_text && !text {
        review.find(demanded, c35::NoText {}, vec![context.field("base_document")]);
    }
    deliverable(context, &mut review);
    review.verdict()
}

fn deliverable(context: &Context<'_>, review: &mut Review) {
    let Some(deliverable) = &context.proposal.target_deliverable else {
        if !matches!(context.proposal.kind, Some(Kind::JointGroup)) {
            review.find(
                Severity::Warning,
                c35::NoDeliverable {},
                vec![context.field("target_deliverable")],
            );
        }
        return;
    };
    let Some(organizations) = context.addressed().ok() else { return };
    if !organizations.iter().any(|organization| publishes(*organization, deliverable)) {
        let names: Vec<&str> =
            organizations.iter().map(|organization| organization.name()).collect();
        review.find(
            Severity::Warning,
            c35::ForeignDeliverable {
                deliverable: deliverable.to_string(),
                organizations: names.join(" or "),
            },
            vec![context.field("target_deliverable")],
        );
    }
}

/// Which kinds of documents come out of the committees of an organization.
fn publishes(organization: Organization, deliverable: &Deliverable) -> bool {
    use Deliverable as D;
    match deliverable {
        D::InternationalStandard
        | D::TechnicalSpecification
        | D::TechnicalReport
        | D::PubliclyAvailableSpecification
        | D::Guide => organization != Organization::ItuT,
        D::InternationalWorkshopAgreement => organization == Organization::Iso,
        D::SystemsReferenceDeliverable => organization == Organization::Iec,
        D::Recommendation | D::Supplement | D::TechnicalPaper | D::Question => {
            organization == Organization::ItuT
        }
        // What is kept as it was written is not judged.
        _ => true,
    }
}
