#![doc = include_str!("../../../../docs/rules/C07.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c07;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{count, first, listed};
use crate::matching::Closeness;
use crate::proposal::IcsCode;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C07",
    name: "classification-fits",
    group: Group::Subject,
    principle: Principle::LookFirst,
    severity: Severity::Advice,
    question: "Which codes of the International Classification for Standards describe the subject?",
    explanation: include_str!("../../../../docs/rules/C07.md"),
    since: "0.1.0",
    support: Support::Inference,
    source: "inference",
    applies_to: &[],
    needs: &[Need::Overlaps],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let codes = &context.proposal.ics_codes;
    if codes.is_empty() && context.is_itu() {
        return Ok(Verdict::not_applicable(c07::NotForItu {}));
    }
    let mut review = Review::default();
    if codes.is_empty() {
        review.find(Severity::Advice, c07::NoCode {}, vec![context.field("ics_codes")]);
        return review.verdict();
    }
    let unknown: Vec<usize> =
        (0..codes.len()).filter(|at| !codes[*at].is_in_use() && codes[*at].field() != 99).collect();
    if !unknown.is_empty() {
        let names: Vec<String> = unknown.iter().map(|at| codes[*at].to_string()).collect();
        review.find(
            Severity::Advice,
            c07::UnknownCode { codes: listed(&names) },
            unknown.iter().map(|at| context.field(&format!("ics_codes[{at}]"))).collect(),
        );
    }
    if let Some(overlaps) = review.ask(context.live_overlaps(Closeness::Moderate)) {
        let nearest: Vec<_> =
            overlaps.iter().copied().filter(|one| !one.ics.is_empty()).take(5).collect();
        let theirs: Vec<IcsCode> =
            nearest.iter().flat_map(|one| &one.ics).filter_map(|code| code.parse().ok()).collect();
        let shares = |one: &IcsCode| {
            theirs.iter().any(|other| group(*one).contains(*other) || group(*other).contains(*one))
        };
        if !theirs.is_empty() && !codes.iter().any(shares) {
            let mut names: Vec<String> = theirs.iter().map(ToString::to_string).collect();
            names.sort();
            names.dedup();
            let own: Vec<String> = codes.iter().map(ToString::to_string).collect();
            let mut evidence = vec![
                context.field("ics_codes"),
                Evidence::fact(format!("codes given: {}", listed(&own))),
            ];
            evidence.extend(context.work_evidence(&nearest));
            let fault = c07::OtherCodes {
                own: count(codes.len(), "code", "codes"),
                works: count(nearest.len(), "work", "works"),
                theirs: first(&names, 4),
            };
            review.find(Severity::Advice, fault, evidence);
        }
    }
    review.verdict()
}

/// Field and group of a code.
fn group(code: IcsCode) -> IcsCode {
    match code.subgroup() {
        Some(_) => code.parent().unwrap_or(code),
        None => code,
    }
}
