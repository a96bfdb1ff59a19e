#![doc = include_str!("../../../../docs/rules/C43.md")]

use crate::checklist::context::{Context, Text};
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{count, excerpt, first, has_any, words};
use crate::proposal::Kind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C43",
    name: "programme-is-told",
    group: Group::Subject,
    principle: Principle::RealNeed,
    severity: Severity::Advice,
    question: "Does each item of the programme have a subject and an aspect, and are priorities and dates told?",
    explanation: include_str!("../../../../docs/rules/C43.md"),
    since: "0.2.0",
    support: Support::Supported,
    source: "ISO/IEC Directives, Part 1 (2020), C.4.4.1 to C.4.4.4",
    applies_to: &[Kind::NewField],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let programme = &context.proposal.programme;
    if programme.is_empty() {
        return Ok(Verdict::not_applicable("no programme is given; see C06"));
    }
    let mut review = Review::default();
    let bare: Vec<usize> =
        (0..programme.len()).filter(|at| words(&programme[*at]).count() < 2).collect();
    if !bare.is_empty() {
        let names: Vec<String> =
            bare.iter().map(|at| format!("\"{}\"", excerpt(&programme[*at], 40))).collect();
        review.fail(
            Severity::Advice,
            format!(
                "{} subject or aspect only: {}",
                count(bare.len(), "item of the programme names", "items of the programme name"),
                first(&names, 3)
            ),
            "Give each item its subject and the aspect of it, such as \"Lifts - Vocabulary\".",
            bare.iter()
                .take(context.thresholds.shown)
                .map(|at| context.field(&format!("programme[{at}]")))
                .collect(),
        );
    }
    let ranks = |text: &Text| {
        let is_of_programme = text.field.starts_with("programme");
        has_any(&text.spaced, &["priority", "priorities"])
            || is_of_programme && text.text.contains(|c: char| c.is_ascii_digit())
    };
    let is_ranked = context.texts().iter().any(ranks) || context.proposal.timeline.draft.is_some();
    review.ask(is_ranked.then_some(()).ok_or_else(|| {
        CannotTell::because("nothing tells priorities or target dates of the items")
    }));
    review.verdict()
}
