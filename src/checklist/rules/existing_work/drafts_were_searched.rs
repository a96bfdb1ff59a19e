#![doc = include_str!("../../../../docs/rules/C10.md")]

use super::all_three_searched::organizations_searched;
use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c10;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{first, listed, work};
use crate::matching::Closeness;
use crate::proposal::Covers;
use crate::reference::Organization;
use crate::standards::Status;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C10",
    name: "drafts-were-searched",
    group: Group::ExistingWork,
    principle: Principle::LookFirst,
    severity: Severity::Warning,
    question: "Does the search cover drafts and work programmes, and not only published texts?",
    explanation: include_str!("../../../../docs/rules/C10.md"),
    since: "0.1.0",
    support: Support::Supported,
    source: "ITU-T A.1 (10/2016), 1.4.7 and Annex A; ISO/IEC Directives, Part 1 (2020), 1.15.1 and C.4.9.2",
    applies_to: &[],
    needs: &[Need::Overlaps],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let searches = &context.proposal.existing_work_searched;
    let mut review = Review::default();
    let without: Vec<Organization> = Organization::ALL
        .into_iter()
        .filter(|organization| {
            let mut own = searches
                .iter()
                .filter(|one| organizations_searched(one).contains(organization))
                .peekable();
            own.peek().is_some()
                && !own
                    .any(|one| matches!(one.covers, Some(Covers::Both | Covers::UnderDevelopment)))
        })
        .collect();
    if !without.is_empty() {
        let names: Vec<&str> = without.iter().map(|organization| organization.name()).collect();
        let those = (0..searches.len()).filter(|at| {
            organizations_searched(&searches[*at]).iter().any(|one| without.contains(one))
        });
        review.find(
            Severity::Warning,
            c10::DraftsNotCovered { organizations: listed(&names) },
            context.items("existing_work_searched", those),
        );
    }
    if let Some(overlaps) = review.ask(context.live_overlaps(Closeness::Moderate)) {
        let unnamed: Vec<_> = overlaps
            .into_iter()
            .filter(|one| {
                one.status == Status::UnderDevelopment && context.work_field(one).is_none()
            })
            .collect();
        if !unnamed.is_empty() {
            let list: Vec<String> = unnamed.iter().map(|one| work(one)).collect();
            review.find(
                Severity::Warning,
                c10::DraftNotNamed { works: first(&list, 3) }.of(unnamed.len()),
                context.work_evidence(&unnamed),
            );
        }
    }
    if searches.is_empty() && review.is_clean() {
        return Ok(Verdict::not_applicable(c10::NothingSearched {}));
    }
    review.verdict()
}
