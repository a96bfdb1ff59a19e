#![doc = include_str!("../../../../docs/rules/C17.md")]

use super::submitted_elsewhere::describe;
use crate::checklist::context::{Context, KnownProposal};
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c17;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{first, holds};
use crate::reference::Organization;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C17",
    name: "what-came-before",
    group: Group::ExistingWork,
    principle: Principle::LookFirst,
    severity: Severity::Advice,
    question: "What came before: earlier proposals, study and focus groups, committees that ended?",
    explanation: include_str!("../../../../docs/rules/C17.md"),
    since: "0.1.0",
    support: Support::Inference,
    source: "inference",
    applies_to: &[],
    needs: &[Need::KnownProposals, Need::Catalogue],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let mut review = Review::default();
    if let Some(known) = review.ask(context.known_proposals()) {
        let mut before: Vec<(&KnownProposal, f64)> = known
            .iter()
            .filter(|one| one.reference.is_none() || one.reference != context.proposal.reference)
            .filter(|one| match (one.date, context.submitted()) {
                (Some(date), Some(submitted)) => date.first_day() < submitted.first_day(),
                _ => true,
            })
            .map(|one| (one, context.title().likeness(&one.title)))
            .filter(|(one, likeness)| !is_this_one(context, one, *likeness))
            .filter(|(one, likeness)| {
                *likeness >= context.thresholds.title_related && !is_told(context, one)
            })
            .collect();
        before.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.title.cmp(&b.0.title)));
        if !before.is_empty() {
            let list: Vec<String> =
                before.iter().map(|(one, likeness)| describe(one, *likeness)).collect();
            review.find(
                Severity::Advice,
                c17::EarlierNotTold { proposals: first(&list, 3) },
                std::iter::once(context.field("justification"))
                    .chain(list.into_iter().take(context.thresholds.shown).map(Evidence::fact))
                    .collect(),
            );
        }
    }
    if let Some(catalogue) = review.ask(context.catalogue()) {
        let ended: Vec<_> = catalogue
            .iter()
            .filter(|one| matches!(one.status(), crate::catalogue::Status::Disbanded))
            .filter(|one| context.title().is_like(one.title(), context.thresholds.title_related))
            .filter(|one| context.mentions(one.reference()).is_empty())
            .collect();
        if !ended.is_empty() {
            let names: Vec<String> =
                ended.iter().map(|one| format!("{} ({})", one.reference(), one.title())).collect();
            let evidence = ended.iter().map(|one| Evidence::Committee {
                reference: one.reference().clone(),
                title: one.title().to_owned(),
                probability: None,
                mentioned_in: Vec::new(),
            });
            review.find(
                Severity::Advice,
                c17::EndedNotTold { committees: first(&names, 3) },
                std::iter::once(context.field("justification")).chain(evidence).collect(),
            );
        }
    }
    review.verdict()
}

/// True for the entry of the proposal itself: same title, same organization, and no number or date
/// that differs.
fn is_this_one(context: &Context<'_>, known: &KnownProposal, likeness: f64) -> bool {
    let organization = known.organization.parse::<Organization>().ok();
    likeness > 0.99
        && organization.is_some()
        && organization == context.organization().ok()
        && known.reference.is_none()
        && (known.date.is_none() || known.date == context.submitted())
}

/// True when a text of the proposal names the earlier one.
fn is_told(context: &Context<'_>, known: &KnownProposal) -> bool {
    context.texts().iter().filter(|text| text.field != "title").any(|text| {
        known.reference.as_ref().is_some_and(|reference| text.text.contains(reference.as_str()))
            || holds(&text.spaced, &known.title)
    })
}
