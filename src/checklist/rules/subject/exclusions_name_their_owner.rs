#![doc = include_str!("../../../../docs/rules/C03.md")]

use crate::catalogue::Status;
use crate::checklist::context::{Context, is_foreign};
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c03;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{excerpt, first, named_with_share};
use crate::matching::Interest;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C03",
    name: "exclusions-name-their-owner",
    group: Group::Subject,
    principle: Principle::OneHome,
    severity: Severity::Blocker,
    question: "Does the proposal say what it leaves to others, and to which committees by name?",
    explanation: include_str!("../../../../docs/rules/C03.md"),
    since: "0.1.0",
    support: Support::SupportedAndInference,
    source: "ISO/IEC Directives, Part 1 (2020), C.4.7.2 and J.4, for work items also C.4.3.2; committees that a matcher finds: inference",
    applies_to: &[],
    needs: &[Need::Interests, Need::Catalogue],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let mut review = Review::default();
    let excludes = !context.left_out().is_empty();
    if let Some(likely) = review.ask(context.likely()) {
        let likely = context.foreign_first(likely);
        let unnamed: Vec<_> =
            likely.iter().copied().filter(|one| context.mentions_of(one).is_empty()).collect();
        if !excludes && !likely.is_empty() {
            let committees = context.by_house(&unnamed);
            review.find(
                if context.is_new_field() { Severity::Blocker } else { Severity::Warning },
                match committees.is_empty() {
                    true => c03::NothingExcluded {}.of(likely.len()),
                    false => c03::NothingExcludedNorMentioned { committees }.of(likely.len()),
                },
                std::iter::once(context.field("out_of_scope"))
                    .chain(context.committee_evidence(&likely))
                    .collect(),
            );
        } else if !unnamed.is_empty() {
            not_mentioned(context, &unnamed, &mut review);
        } else if !excludes && context.is_new_field() {
            review.find(
                Severity::Advice,
                c03::NoEdgeOfField {},
                vec![context.field("out_of_scope")],
            );
        }
    }
    register(context, &mut review)?;
    review.verdict()
}

/// Where the proposal leaves something out.
fn exclusions(context: &Context<'_>) -> Evidence {
    match context.left_out().first() {
        Some(one) if one.field == "scope" => context.field_saying("scope", one.spaced.trim()),
        _ => context.field("out_of_scope"),
    }
}

/// Those of other organizations are told apart: they are the ones that a proposer forgets.
fn not_mentioned(context: &Context<'_>, unnamed: &[&Interest], review: &mut Review) {
    let addressed = context.addressed().unwrap_or_default();
    let (foreign, own): (Vec<&Interest>, Vec<&Interest>) = unnamed
        .iter()
        .copied()
        .partition(|one| !addressed.is_empty() && is_foreign(&one.committee, &addressed));
    for (committees, is_other) in [(foreign, true), (own, false)] {
        if committees.is_empty() {
            continue;
        }
        let list: Vec<String> = committees.iter().map(|one| named_with_share(one)).collect();
        let told = first(&list, 3);
        review.find(
            Severity::Warning,
            match is_other {
                true => c03::OthersNotMentioned { committees: told }.of(list.len()),
                false => c03::OwnNotMentioned { committees: told }.of(list.len()),
            },
            std::iter::once(exclusions(context))
                .chain(context.committee_evidence(&committees))
                .collect(),
        );
    }
}

/// Exclusions that lead to nobody.
fn register(context: &Context<'_>, review: &mut Review) -> Result<(), CannotTell> {
    let exclusions = &context.proposal.out_of_scope;
    let mut nameless = Vec::new();
    let mut unknown = Vec::new();
    let mut moved = Vec::new();
    for (at, exclusion) in exclusions.iter().enumerate() {
        let field = format!("out_of_scope[{at}]");
        if exclusion.committees.is_empty() {
            nameless.push(at);
        }
        for committee in exclusion.committees() {
            let Some(catalogue) = review.ask(context.catalogue()) else { return Ok(()) };
            match catalogue.get(&committee.committee()).map(crate::catalogue::Committee::status) {
                None => unknown.push((field.clone(), committee.to_string())),
                Some(Status::Disbanded) => {
                    moved.push((field.clone(), format!("{committee} (disbanded)")))
                }
                Some(Status::Merged { into }) => {
                    moved.push((field.clone(), format!("{committee} (now {into})")))
                }
                Some(_) => {}
            }
        }
    }
    let evidence = |fields: &[(String, String)]| -> Vec<Evidence> {
        fields
            .iter()
            .take(context.thresholds.shown)
            .map(|(field, _)| context.field(field))
            .collect()
    };
    let names = |fields: &[(String, String)]| -> Vec<String> {
        fields.iter().map(|(_, name)| name.clone()).collect()
    };
    if !unknown.is_empty() {
        review.find(
            Severity::Warning,
            c03::OwnerUnknown { committees: first(&names(&unknown), 4) },
            evidence(&unknown),
        );
    }
    if !moved.is_empty() {
        review.find(
            Severity::Advice,
            c03::OwnerNotAtWork { committees: first(&names(&moved), 4) },
            evidence(&moved),
        );
    }
    if !nameless.is_empty() {
        let subjects: Vec<String> = exclusions
            .iter()
            .filter(|one| one.committees.is_empty())
            .map(|one| format!("\"{}\"", excerpt(&one.subject, 50)))
            .collect();
        review.find(
            Severity::Advice,
            c03::NoOwner { subjects: first(&subjects, 3) }.of(nameless.len()),
            context.items("out_of_scope", nameless),
        );
    }
    Ok(())
}
