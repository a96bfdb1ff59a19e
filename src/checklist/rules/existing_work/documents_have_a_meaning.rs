#![doc = include_str!("../../../../docs/rules/C12.md")]

use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c12;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::first;
use crate::proposal::answer::tells_nothing;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C12",
    name: "documents-have-a-meaning",
    group: Group::ExistingWork,
    principle: Principle::LookFirst,
    severity: Severity::Warning,
    question: "What does each document on the list mean for the work?",
    explanation: include_str!("../../../../docs/rules/C12.md"),
    since: "0.1.0",
    support: Support::Supported,
    source: "ISO/IEC Directives, Part 1 (2020), C.4.6",
    applies_to: &[],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let documents = &context.proposal.related_standards;
    if documents.is_empty() {
        return Ok(Verdict::not_applicable(c12::NothingListed {}));
    }
    let mut review = Review::default();
    let said = |text: &Option<String>| text.as_deref().is_some_and(|text| !tells_nothing(text));
    let bare: Vec<usize> = (0..documents.len())
        .filter(|at| !said(&documents[*at].significance) && !said(&documents[*at].distinction))
        .collect();
    if !bare.is_empty() {
        let names: Vec<&str> = bare.iter().map(|at| documents[*at].reference.text()).collect();
        review.find(
            Severity::Warning,
            c12::NoMeaning { documents: first(&names, 4) }.of(bare.len()),
            context.items("related_standards", bare),
        );
    }
    review.verdict()
}
