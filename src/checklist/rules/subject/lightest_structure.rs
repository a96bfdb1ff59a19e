#![doc = include_str!("../../../../docs/rules/C06.md")]

use crate::Proposal;
use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::sentences::{Fault, c06};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{named, percent, phrase_in};
use crate::proposal::{BaseDocumentForm, CollaborationMode, Kind};
use crate::reference::Organization;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C06",
    name: "lightest-structure",
    group: Group::Subject,
    principle: Principle::RightPlace,
    severity: Severity::Warning,
    question: "Is the structure that is asked for the lightest that would do?",
    explanation: include_str!("../../../../docs/rules/C06.md"),
    since: "0.1.0",
    support: Support::SupportedAndInference,
    source: "ISO/IEC Directives, Part 1 (2020), 1.10, 2.2.1, C.2, C.4.4 and K.1; ISO Form 4 (2022), resources; ITU-T A.7 (08/2024), 2.1 and 2.2 (contents read); table of cases: inference",
    applies_to: &[],
    needs: &[Need::Interests],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let mut review = Review::default();
    let proposal = context.proposal;
    let Some(kind) = proposal.kind else {
        review.find(Severity::Warning, c06::NoKind {}, vec![context.field("kind")]);
        return review.verdict();
    };
    let mut warn = |case: &str, fault: Fault, fields: &[&str]| {
        let mut evidence: Vec<Evidence> = fields.iter().map(|field| context.field(field)).collect();
        evidence.push(Evidence::fact(format!("case: {case}")));
        review.find(Severity::Warning, fault, evidence);
    };
    let itu_kind = matches!(kind, Kind::ItuQuestion | Kind::ItuWorkItem | Kind::ItuFocusGroup);
    let iso_iec_kind = matches!(kind, Kind::NewField | Kind::ProjectCommittee | Kind::NewWorkItem);
    if let Ok(organization) = context.organization()
        && ((itu_kind && organization != Organization::ItuT)
            || (iso_iec_kind && organization == Organization::ItuT))
    {
        warn(
            "the organization has no such kind",
            c06::KindOfAnother { kind: kind.to_string(), organization: organization.to_string() }
                .into(),
            &["kind", "organization"],
        );
    }
    let items = proposal.programme.len();
    match kind {
        Kind::NewField if items == 0 => {
            warn("a new field has a programme of work", c06::NoProgramme {}.into(), &["programme"])
        }
        Kind::NewField if items == 1 => warn(
            "one standard outside all scopes: project committee",
            c06::OneItem {}.into(),
            &["kind", "programme"],
        ),
        Kind::ProjectCommittee if items > 1 => warn(
            "several standards outside all scopes: new field",
            c06::SeveralItems { items: items.to_string() }.into(),
            &["kind", "programme"],
        ),
        Kind::NewWorkItem | Kind::ItuWorkItem
            if proposal.timeline.dates().next().is_none()
                && proposal.timeline.track_months.is_none()
                && !has_text(proposal) =>
        {
            warn(
                "not ripe for a plan: preliminary item",
                c06::NotRipe {}.into(),
                &["base_document", "timeline"],
            );
        }
        _ => {}
    }
    let texts = [&proposal.scope, &proposal.purpose, &proposal.justification]
        .map(String::as_str)
        .join("\n");
    if matches!(kind, Kind::ItuQuestion | Kind::ItuWorkItem)
        && let Some(word) = phrase_in(&texts, EXPLORING)
    {
        warn(
            "exploration in ITU-T: focus group",
            c06::Exploration {
                kind: kind.name().replace('_', " ").replace("itu", "ITU-T"),
                words: word.to_owned(),
            }
            .into(),
            &["kind", "purpose"],
        );
    }
    if kind != Kind::JointGroup
        && proposal.collaboration_mode == Some(CollaborationMode::JointCommittee)
    {
        warn(
            "two or more organizations: joint group",
            c06::JointCommittee { kind: kind.to_string() }.into(),
            &["kind", "collaboration_mode"],
        );
    }
    if matches!(kind, Kind::NewField | Kind::ProjectCommittee) {
        inside_a_scope(context, &mut review)?;
    }
    review.verdict()
}

const EXPLORING: &[&str] = &[
    "pre standardization",
    "prestandardization",
    "pre standardisation",
    "exploratory",
    "exploratory study",
    "feasibility study",
    "explores",
    "explore whether",
    "exploration",
    "open research questions",
    "research questions",
    "prepares the ground",
    "prepare the ground",
    "before standardization",
    "no requirements are expected",
    "no requirements are planned",
    "could one day be standardized",
    "whether standards are needed",
    "whether standardization is needed",
    "gap analysis",
    "state of the art survey",
    "collects use cases",
    "study of feasibility",
    "proof of concept",
];

/// True when there is a draft or an outline to start from, or a text that describes one.
fn has_text(proposal: &Proposal) -> bool {
    proposal.base_document.as_ref().is_some_and(|base| match base.form {
        Some(form) => form != BaseDocumentForm::None,
        None => base.description.as_deref().is_some_and(|text| !text.trim().is_empty()),
    })
}

/// A committee of the same organization that would do such work.
fn inside_a_scope(context: &Context<'_>, review: &mut Review) -> Result<(), CannotTell> {
    let Ok(addressed) = context.addressed() else { return Ok(()) };
    let Some(likely) = review.ask(context.likely()) else { return Ok(()) };
    let home = likely
        .iter()
        .copied()
        .filter(|one| one.home_probability >= context.thresholds.home_likely)
        .find(|one| addressed.iter().any(|organization| one.committee.belongs_to(*organization)));
    if let Some(home) = home
        && !context.mentioned_in(&home.committee, &["existing_committee_option", "out_of_scope"])
        && context.left_to(home).is_none()
    {
        let mut evidence = vec![
            context.field("kind"),
            Evidence::fact("case: inside an existing scope: new work item"),
        ];
        evidence.extend(context.committee_evidence(&[home]));
        let fault = c06::InsideAScope {
            told: named(home),
            probability: percent(home.home_probability),
            committee: home.committee.to_string(),
        };
        review.find(Severity::Warning, fault, evidence);
    }
    Ok(())
}
