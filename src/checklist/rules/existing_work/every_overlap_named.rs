#![doc = include_str!("../../../../docs/rules/C13.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c13;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{first, listed, percent, work};
use crate::matching::{Closeness, Overlap};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C13",
    name: "every-overlap-named",
    group: Group::ExistingWork,
    principle: Principle::OneHome,
    severity: Severity::Blocker,
    question: "Does the proposal name every existing or planned work that it may overlap with?",
    explanation: include_str!("../../../../docs/rules/C13.md"),
    since: "0.1.0",
    support: Support::SupportedAndInference,
    source: "ISO/IEC Directives, Part 1 (2020), C.4.7.1 (statement) and C.4.9.2 (conflicts); comparison with an index of standards and the severity of a blocker: inference",
    applies_to: &[],
    needs: &[Need::Overlaps],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let overlaps = context.live_overlaps(Closeness::Moderate)?;
    let unnamed: Vec<&Overlap> =
        overlaps.iter().copied().filter(|one| context.work_field(one).is_none()).collect();
    let (strong, moderate): (Vec<&Overlap>, Vec<&Overlap>) =
        unnamed.into_iter().partition(|one| context.closeness(one) >= Some(Closeness::Strong));
    let mut review = Review::default();
    if !strong.is_empty() {
        let fault = c13::CloseNotNamed { works: told(&strong) }.of(strong.len());
        review.find(Severity::Blocker, fault, evidence(context, &strong));
    }
    if !moderate.is_empty() {
        let fault = c13::OverlapNotNamed { works: told(&moderate) }.of(moderate.len());
        review.find(Severity::Warning, fault, evidence(context, &moderate));
    }
    let withdrawn = context.withdrawn_overlaps(Closeness::Strong);
    if let Some(one) = withdrawn.first() {
        match one.replaced_by.as_slice() {
            [] => review.note(c13::Withdrawn { work: work(one) }),
            others => review.note(c13::Replaced { work: work(one), instead: listed(others) }),
        }
    }
    if !overlaps.is_empty() {
        review.note(c13::AllNamed {}.of(overlaps.len()));
    }
    review.verdict()
}

/// `ISO 31000 (Risk management — Guidelines) at 62 %`, of the first few.
fn told(works: &[&Overlap]) -> String {
    let list: Vec<String> = works
        .iter()
        .map(|overlap| format!("{} at {}", work(overlap), percent(overlap.similarity)))
        .collect();
    first(&list, 3)
}

/// The passage that is nearest to a work, the works, and the words that they share with it.
fn evidence(context: &Context<'_>, works: &[&Overlap]) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> =
        works.first().map(|nearest| context.field_like(nearest)).into_iter().collect();
    evidence.extend(context.work_evidence(works));
    for overlap in works.iter().take(3) {
        if !overlap.shared_terms.is_empty() {
            let terms: Vec<&str> =
                overlap.shared_terms.iter().take(6).map(|term| term.term.as_str()).collect();
            evidence.push(Evidence::fact(format!(
                "shared with {}: {}",
                overlap.reference,
                terms.join(", ")
            )));
        }
    }
    evidence
}
