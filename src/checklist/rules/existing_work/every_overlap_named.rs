#![doc = include_str!("../../../../docs/rules/C13.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
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
    source: "ISO/IEC Directives, Part 1, C.4.7.1 and C.4.9.2; comparison with an index of standards: inference",
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
        fail(
            context,
            &mut review,
            Severity::Blocker,
            &strong,
            "comes close to it",
            "come close to it",
        );
    }
    if !moderate.is_empty() {
        fail(context, &mut review, Severity::Warning, &moderate, "may overlap", "may overlap");
    }
    let withdrawn = context.withdrawn_overlaps(Closeness::Strong);
    if let Some(one) = withdrawn.first() {
        let instead = match one.replaced_by.as_slice() {
            [] => String::new(),
            others => format!(", replaced by {}", listed(others)),
        };
        review.note(format!("a withdrawn text that comes close: {}{instead}", work(one)));
    }
    if !overlaps.is_empty() {
        review.note(match overlaps.len() {
            1 => "the one close work is named".to_owned(),
            number => format!("all {number} close works are named"),
        });
    }
    review.verdict()
}

fn fail(
    context: &Context<'_>,
    review: &mut Review,
    severity: Severity,
    works: &[&Overlap],
    one: &str,
    many: &str,
) {
    let list: Vec<String> = works
        .iter()
        .map(|overlap| format!("{} at {}", work(overlap), percent(overlap.similarity)))
        .collect();
    let verb = if works.len() == 1 { one } else { many };
    let is = if works.len() == 1 { "is" } else { "are" };
    let mut evidence = context.work_evidence(works);
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
    review.fail(
        severity,
        format!("{} {verb} and {is} not named", first(&list, 3)),
        "Name each work among the related standards and say how the proposed work differs from it; a likeness of texts is a reason to look, not a proof.",
        evidence,
    );
}
