#![doc = include_str!("../../../../docs/rules/C16.md")]

use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c16;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{first, holds, spaced, work};
use crate::matching::{Closeness, Overlap};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C16",
    name: "alternatives-to-new-work",
    group: Group::ExistingWork,
    principle: Principle::OneHome,
    severity: Severity::Warning,
    question: "Why new work, and not use, reference, revision or adoption of what exists?",
    explanation: include_str!("../../../../docs/rules/C16.md"),
    since: "0.1.0",
    support: Support::SupportedAndInference,
    source: "ISO/IEC Directives, Part 1 (2020), C.4.11.1, B.4.2.3 and F.2.1; comparison with an index of standards: inference",
    applies_to: &[],
    needs: &[Need::Overlaps],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let close = context.live_overlaps(Closeness::Strong)?;
    let Some(nearest) = close.first() else {
        return Ok(Verdict::not_applicable(c16::NothingClose {}));
    };
    let list: Vec<String> = close.iter().map(|one| work(one)).collect();
    let mut evidence = vec![context.field("alternatives_considered")];
    evidence.extend(context.work_evidence(&close));
    let mut review = Review::default();
    let reference = nearest.reference.clone();
    let answer = context.proposal.alternatives_considered.as_deref().unwrap_or_default();
    if answer.trim().is_empty() {
        let fault = c16::NoAlternative { works: first(&list, 3), nearest: reference };
        review.find(Severity::Warning, fault.of(close.len()), evidence);
    } else if !close.iter().any(|one| is_addressed(context, one, answer)) {
        let fault = c16::NearestNotSpokenOf { work: work(nearest), nearest: reference };
        review.find(Severity::Warning, fault, evidence);
    }
    review.verdict()
}

/// True when the answer names the work, a part of its series, or its title.
fn is_addressed(context: &Context<'_>, overlap: &Overlap, answer: &str) -> bool {
    context.naming().fields_of_work(overlap).any(|field| field == "alternatives_considered")
        || crate::checklist::naming::references(overlap).any(|reference| answer.contains(reference))
        || (overlap.title.split_whitespace().count() >= 3 && holds(&spaced(answer), &overlap.title))
}
