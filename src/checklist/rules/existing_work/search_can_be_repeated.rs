#![doc = include_str!("../../../../docs/rules/C09.md")]

use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
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
        return Ok(Verdict::not_applicable("no search is on record; see C08"));
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
        review.fail(
            Severity::Warning,
            first(&lines, 3),
            "Record for each search the database, the date, the words and the result, also when nothing was found.",
            fields(context, incomplete.iter().map(|(at, _)| *at)),
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
            review.fail(
                Severity::Warning,
                format!(
                    "{} is {} days older than the proposal; {most} are the limit",
                    name(context, oldest),
                    age(oldest)
                ),
                "Repeat the search shortly before submission.",
                fields(context, old.into_iter()),
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
            review.fail(
                Severity::Warning,
                format!("{} is dated after the submission ({submission})", name(context, *at)),
                "Check the dates of search and submission.",
                fields(context, late.into_iter()),
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

fn fields(
    context: &Context<'_>,
    at: impl Iterator<Item = usize>,
) -> Vec<crate::checklist::Evidence> {
    at.take(context.thresholds.shown)
        .map(|at| context.field(&format!("existing_work_searched[{at}]")))
        .collect()
}
