#![doc = include_str!("../../../../docs/rules/C09.md")]

use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c09;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{first, listed};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C09",
    name: "search-can-be-repeated",
    group: Group::ExistingWork,
    principle: Principle::LookFirst,
    severity: Severity::Warning,
    question: "Could someone else repeat the search and come to the same result?",
    explanation: include_str!("../../../../docs/rules/C09.md"),
    since: "0.1.0",
    support: Support::Inference,
    source: "inference; compare ITU-T A-series Supplement 6 (08/2024), on gap analysis, whose text was not read",
    applies_to: &[],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let searches = &context.proposal.existing_work_searched;
    if searches.is_empty() {
        return Ok(Verdict::not_applicable(c09::NothingSearched {}));
    }
    let mut review = Review::default();
    let mut incomplete = Vec::new();
    for (at, search) in searches.iter().enumerate() {
        let blank =
            |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
        let mut missing = Vec::new();
        if blank(&search.database) {
            missing.push("database");
        }
        if search.date.is_none() {
            missing.push("date");
        }
        if blank(&search.query) {
            missing.push("words searched for");
        }
        if search.findings.is_empty() {
            missing.push("result");
        }
        if !missing.is_empty() {
            incomplete.push((at, listed(&missing)));
        }
    }
    if !incomplete.is_empty() {
        // Searches that lack the same are told together.
        let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
        for (at, missing) in &incomplete {
            match groups.iter_mut().find(|(one, _)| one == missing) {
                Some((_, names)) => names.push(name(context, *at)),
                None => groups.push((missing, vec![name(context, *at)])),
            }
        }
        let lines: Vec<String> = groups
            .iter()
            .map(|(missing, names)| {
                format!(
                    "{} {} {missing}",
                    first(names, 3),
                    if names.len() == 1 { "lacks" } else { "lack" }
                )
            })
            .collect();
        review.find(
            Severity::Warning,
            c09::Incomplete { searches: first(&lines, 3) },
            context.items("existing_work_searched", incomplete.iter().map(|(at, _)| *at)),
        );
    }
    let dated: Vec<usize> = (0..searches.len()).filter(|at| searches[*at].date.is_some()).collect();
    if !dated.is_empty()
        && let Some(submission) = review.ask(context.submission())
    {
        let most = context.thresholds.search_age_days;
        // Where a date is only a month or a year, its last day counts in favour of the proposer.
        let age = |at: usize| {
            searches[at].date.map_or(0, |date| date.last_day().days_until(submission.first_day()))
        };
        let old: Vec<usize> = dated.iter().copied().filter(|at| age(*at) > most).collect();
        if let Some(oldest) = old.iter().copied().max_by_key(|at| age(*at)) {
            review.find(
                Severity::Warning,
                c09::TooOld {
                    search: name(context, oldest),
                    days: age(oldest).to_string(),
                    most: most.to_string(),
                },
                context.items("existing_work_searched", old),
            );
        }
        let late: Vec<usize> = dated
            .iter()
            .copied()
            .filter(|at| {
                searches[*at].date.is_some_and(|date| submission.last_day() < date.first_day())
            })
            .collect();
        if let Some(at) = late.first() {
            review.find(
                Severity::Warning,
                c09::AfterSubmission {
                    search: name(context, *at),
                    submission: submission.to_string(),
                },
                context.items("existing_work_searched", late),
            );
        }
    }
    review.verdict()
}

/// `the search in IEC (no. 2)`
fn name(context: &Context<'_>, at: usize) -> String {
    match context.proposal.existing_work_searched[at].organization.as_deref() {
        Some(organization) => format!("the search in {organization} (no. {})", at + 1),
        None => format!("search no. {}", at + 1),
    }
}
