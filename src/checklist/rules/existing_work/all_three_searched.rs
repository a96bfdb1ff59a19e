#![doc = include_str!("../../../../docs/rules/C08.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c08;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::listed;
use crate::proposal::answer::{PHRASES, says};
use crate::proposal::{Search, field_label};
use crate::reference::{Organization, Reference, find_references};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C08",
    name: "all-three-searched",
    group: Group::ExistingWork,
    principle: Principle::LookFirst,
    severity: Severity::Blocker,
    question: "Was existing work searched for in ISO, in IEC, in their JTC 1 and in ITU-T?",
    explanation: include_str!("../../../../docs/rules/C08.md"),
    since: "0.1.0",
    support: Support::SupportedAndInference,
    source: "ISO/IEC Directives, Part 1 (2020), 1.5.4 e (\"if applicable\") and C.4.6; search in all three organizations and the severity of a blocker: inference",
    applies_to: &[],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let searches = &context.proposal.existing_work_searched;
    let mut review = Review::default();
    if searches.is_empty() {
        review.find(
            Severity::Blocker,
            c08::NothingSearched {},
            vec![context.field("existing_work_searched")],
        );
        return review.verdict();
    }
    let searched = |organization: Organization| -> Vec<usize> {
        searches
            .iter()
            .enumerate()
            .filter(|(_, search)| !is_put_off(search))
            .filter(|(_, search)| organizations_searched(search).contains(&organization))
            .map(|(at, _)| at)
            .collect()
    };
    let missing: Vec<Organization> = Organization::ALL
        .into_iter()
        .filter(|organization| searched(*organization).is_empty())
        .collect();
    if !missing.is_empty() {
        let names: Vec<&str> = missing.iter().map(|organization| organization.name()).collect();
        let mut evidence: Vec<Evidence> = Organization::ALL
            .into_iter()
            .map(|organization| {
                let fields: Vec<String> = searched(organization)
                    .iter()
                    .map(|at| field_label(&format!("existing_work_searched[{at}]")))
                    .collect();
                let fields =
                    if fields.is_empty() { "no search".to_owned() } else { fields.join("; ") };
                Evidence::fact(format!("{organization}: {fields}"))
            })
            .collect();
        evidence.insert(0, context.field("existing_work_searched"));
        review.find(
            if context.is_new_field() || missing.len() == 3 {
                Severity::Blocker
            } else {
                Severity::Warning
            },
            c08::NotEverywhere { organizations: listed(&names) },
            evidence,
        );
    }
    review.verdict()
}

/// True when a search says that it has not been made yet.
pub(crate) fn is_put_off(search: &Search) -> bool {
    let texts = [&search.database, &search.query].into_iter().flatten().chain(&search.findings);
    // «Drafts were left aside» tells of a search of published texts, which C10 looks at.
    let is_of_drafts = |text: &str| {
        says(text, &PHRASES.drafts).is_some() && says(text, &PHRASES.published).is_none()
    };
    texts.into_iter().any(|text| says(text, &PHRASES.not_searched).is_some() && !is_of_drafts(text))
        && !search.findings.iter().any(|text| {
            says(text, &PHRASES.found).is_some() && says(text, &PHRASES.not_searched).is_none()
        })
}

/// Whose whole work was searched. A search in JTC 1 alone is a search neither in all of ISO nor in
/// all of IEC.
pub(crate) fn organizations_searched(search: &Search) -> Vec<Organization> {
    let organizations = search.organizations();
    let named = [&search.organization, &search.database].into_iter().flatten().map(String::as_str);
    let text = named.collect::<Vec<_>>().join("; ");
    let mut rest = text.clone();
    let mut committees = 0;
    for found in find_references(&text, None) {
        if let Reference::Committee(committee) = &found.reference
            && committee.is_joint()
        {
            committees += 1;
            rest.replace_range(found.span.clone(), &" ".repeat(found.span.len()));
        }
    }
    if committees == 0 {
        return organizations;
    }
    let mut narrowed = search.clone();
    narrowed.organization = Some(rest);
    narrowed.database = None;
    narrowed.organizations()
}
