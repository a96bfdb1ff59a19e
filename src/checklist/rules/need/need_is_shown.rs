#![doc = include_str!("../../../../docs/rules/C32.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::{Note, c32};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{count, has_any, likeness, listed, spaced, words};
use crate::proposal::field_label;
use crate::reference::find_references;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C32",
    name: "need-is-shown",
    group: Group::Need,
    principle: Principle::RealNeed,
    severity: Severity::Blocker,
    question: "Who needs the work, and how is that known?",
    explanation: include_str!("../../../../docs/rules/C32.md"),
    since: "0.1.0",
    support: Support::Supported,
    source: "ISO/IEC Directives, Part 1 (2020), C.1.1, C.3.2, C.3.3 and C.4.13.1; WTSA Resolution 1 (2016), 7.1.2 (reasons and urgency); kinds of evidence: own, after C.4.13.3",
    applies_to: &[],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let proposal = context.proposal;
    let fields = [
        ("purpose", &proposal.purpose),
        ("justification", &proposal.justification),
        ("market_need", &proposal.market_need),
    ];
    let given: Vec<(&str, &str)> = fields
        .iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let mut review = Review::default();
    if given.is_empty() {
        review.find(
            Severity::Blocker,
            c32::NothingGiven {},
            fields.iter().map(|(name, _)| context.field(name)).collect(),
        );
        return review.verdict();
    }
    if given.iter().all(|(name, _)| *name == "market_need") {
        review.find(
            Severity::Warning,
            c32::NoPurpose {},
            vec![context.field("purpose"), context.field("justification")],
        );
    }
    let copies: Vec<&str> = given
        .iter()
        .filter(|(_, text)| is_copy(text, &proposal.scope))
        .map(|(name, _)| *name)
        .collect();
    if !copies.is_empty() {
        let labels: Vec<String> = copies.iter().map(|name| field_label(name)).collect();
        review.find(
            Severity::Warning,
            c32::RepeatsScope { fields: listed(&labels) }.of(copies.len()),
            copies.iter().map(|name| context.field(name)).collect(),
        );
    }
    match given.iter().find_map(|(name, text)| evidence_of_need(name, text)) {
        Some(shown) => review.note(shown),
        None => {
            let length: usize = given.iter().map(|(_, text)| words(text).count()).sum();
            let mut evidence: Vec<Evidence> =
                given.iter().map(|(name, _)| context.field(name)).collect();
            evidence.push(Evidence::fact(format!(
                "{} without a figure, a user's statement or a regulation",
                count(length, "word", "words")
            )));
            review.find(Severity::Warning, c32::NotShown {}, evidence);
        }
    }
    review.verdict()
}

/// True when a text says hardly more than the scope.
fn is_copy(text: &str, scope: &str) -> bool {
    // Texts of very different lengths are no copies; comparing letters is slow.
    let near = text.len().abs_diff(scope.len()) * 4 <= text.len().max(scope.len());
    !scope.trim().is_empty() && near && likeness(text, scope) >= 0.9
}

const REGULATION: &[&str] = &[
    "regulation",
    "regulations",
    "regulatory",
    "regulator",
    "regulators",
    "directive",
    "directives",
    "law",
    "laws",
    "legislation",
    "legal requirement",
    "legal requirements",
    "decree",
    "ordinance",
    "treaty",
    "mandate",
    "wto",
    "tbt",
    "building code",
];

const STATEMENT: &[&str] = &[
    "survey",
    "surveys",
    "questionnaire",
    "respondents",
    "interviewed",
    "interviews",
    "requested by",
    "asked for by",
    "request from",
    "requests from",
    "asked by",
    "users report",
    "users reported",
    "reported by",
    "according to",
    "consultation",
    "workshop",
    "stakeholder meeting",
    "statistics",
    "letters of support",
    "letter of support",
    "members of the industry",
    "demand from",
    "complaints",
    "user statement",
];

/// What in the text of a field shows a need.
fn evidence_of_need(field: &str, text: &str) -> Option<Note> {
    let (field, spaced) = (field_label(field), spaced(text));
    if has_any(&spaced, WORDS_OF_NUMBER) || has_figure(text) {
        return Some(c32::HasFigure { field }.into());
    }
    if has_any(&spaced, STATEMENT) {
        return Some(c32::HasStatement { field }.into());
    }
    has_any(&spaced, REGULATION).then(|| c32::HasRegulation { field }.into())
}

/// Numbers that are written as words and count something.
const WORDS_OF_NUMBER: &[&str] = &[
    "dozens of",
    "hundreds of",
    "thousands of",
    "millions of",
    "billions of",
    "one million",
    "a million",
    "half of",
    "a third of",
    "two thirds of",
    "a quarter of",
    "three quarters of",
];

/// A number that is not part of a reference, a year or a mere enumeration.
fn has_figure(text: &str) -> bool {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let mut rest = text.to_owned();
    for found in find_references(text, None) {
        rest.replace_range(found.span.clone(), &" ".repeat(found.span.len()));
    }
    let parts: Vec<&str> = rest.split_whitespace().collect();
    parts.iter().enumerate().any(|(at, part)| {
        let word =
            part.trim_matches(|c: char| !c.is_alphanumeric() && c != '%' && c != '€' && c != '$');
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        let letters = word.chars().any(char::is_alphabetic);
        let next = parts.get(at + 1).map(|next| next.to_lowercase()).unwrap_or_default();
        let counted = [
            "%",
            "percent",
            "per",
            "million",
            "millions",
            "billion",
            "thousand",
            "countries",
            "companies",
            "users",
            "people",
            "deaths",
            "accidents",
            "injuries",
            "eur",
            "usd",
        ]
        .iter()
        .any(|unit| next.starts_with(unit));
        let year = digits.len() == 4
            && matches!(digits.parse::<u16>(), Ok(1900..=2100))
            && digits.len() == word.len();
        !digits.is_empty()
            && (word.contains(['%', '€', '$'])
                || counted
                || (!letters && digits.len() >= 2 && !year))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_not_references_or_years() {
        for text in [
            "sales grew by 12%",
            "in 40 countries",
            "7 million lifts",
            "1,200 accidents a year",
            "€5 bn",
        ] {
            assert!(has_figure(text), "{text}");
        }
        for text in [
            "ISO 9001:2015 applies",
            "since 2019",
            "5G networks",
            "two reasons: 1. cost 2. time",
            "IEC 61508-1",
        ] {
            assert!(!has_figure(text), "{text}");
        }
    }
}
