#![doc = include_str!("../../../../docs/rules/C43.md")]

use crate::checklist::context::{Context, Text};
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c43;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{excerpt, first, has_any, words};
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
        return Ok(Verdict::not_applicable(c43::NoProgramme {}));
    }
    let mut review = Review::default();
    let bare: Vec<usize> =
        (0..programme.len()).filter(|at| words(&programme[*at]).count() < 2).collect();
    if !bare.is_empty() {
        let names: Vec<String> =
            bare.iter().map(|at| format!("\"{}\"", excerpt(&programme[*at], 40))).collect();
        let evidence = bare.iter().take(context.thresholds.shown);
        review.find(
            Severity::Advice,
            c43::BareItems { items: first(&names, 3) }.of(bare.len()),
            evidence.map(|at| context.field(&format!("programme[{at}]"))).collect(),
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
