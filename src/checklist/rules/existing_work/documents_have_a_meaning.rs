#![doc = include_str!("../../../../docs/rules/C12.md")]

use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
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
        return Ok(Verdict::not_applicable("no document is listed"));
    }
    let mut review = Review::default();
    let said = |text: &Option<String>| text.as_deref().is_some_and(|text| !tells_nothing(text));
    let bare: Vec<usize> = (0..documents.len())
        .filter(|at| !said(&documents[*at].significance) && !said(&documents[*at].distinction))
        .collect();
    if !bare.is_empty() {
        let names: Vec<&str> = bare.iter().map(|at| documents[*at].reference.text()).collect();
        review.fail(
            Severity::Warning,
            format!(
                "nothing says what {} {} for the work",
                first(&names, 4),
                if bare.len() == 1 { "means" } else { "mean" }
            ),
            "Say of each document whether the work builds on it, refers to it, borders on it or replaces it.",
            bare.iter()
                .take(context.thresholds.shown)
                .map(|at| context.field(&format!("related_standards[{at}]")))
                .collect(),
        );
    }
    review.verdict()
}
