#![doc = include_str!("../../../../docs/rules/C02.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c02;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{excerpt, has_any, sentences, spaced, words};
use crate::reference::Organization;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C02",
    name: "scope-has-an-edge",
    group: Group::Subject,
    principle: Principle::RightPlace,
    severity: Severity::Blocker,
    question: "Does the scope say what the work is about, and where exactly it stops?",
    explanation: include_str!("../../../../docs/rules/C02.md"),
    since: "0.1.0",
    support: Support::Supported,
    source: "ISO/IEC Directives, Part 1 (2020), C.4.3.1 and J.3 (aims), J.5 and J.6 (lists), 1.5.10 (opening words of an agreed scope); lengths and the severity of a blocker: own",
    applies_to: &[],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let scope = context.proposal.scope.trim();
    let mut review = Review::default();
    if scope.is_empty() {
        review.find(Severity::Blocker, c02::NoScope {}, vec![context.field("scope")]);
        return review.verdict();
    }
    let length = scope.chars().count();
    if length < context.thresholds.scope_length || object_words(scope) < 3 {
        review.find(
            Severity::Warning,
            c02::HardlyAnObject { characters: length.to_string() },
            vec![context.field("scope")],
        );
    }
    let english = context
        .proposal
        .language
        .as_deref()
        .is_none_or(|language| language.to_lowercase().starts_with("en"));
    if english {
        form(context, scope, &mut review);
        aims(context, scope, &mut review);
    }
    review.verdict()
}

/// Words that say nothing about the object.
const EMPTY: &[&str] = &[
    "standardization",
    "standardisation",
    "standard",
    "standards",
    "field",
    "area",
    "work",
    "document",
    "scope",
    "this",
    "the",
    "and",
    "of",
    "in",
    "for",
    "to",
    "a",
    "an",
    "all",
    "aspects",
    "related",
    "relevant",
    "general",
    "proposed",
    "committee",
    "proposal",
    "subject",
    "new",
    "will",
    "be",
    "is",
    "are",
    "on",
    "with",
    "by",
    "or",
    "as",
    "it",
    "specifies",
    "specify",
    "provides",
    "requirements",
    "guidance",
    "guidelines",
];

/// Different words of the scope that may name an object.
fn object_words(scope: &str) -> usize {
    let mut found: Vec<String> =
        words(scope).filter(|word| !EMPTY.contains(&word.as_str())).collect();
    found.sort();
    found.dedup();
    found.len()
}

/// How the scope of a committee begins: as ISO and IEC prescribe, or as committees of IEC put it.
const FORMS: &[&str] = &[
    "standardization in ",
    "standardization of ",
    "standardization for ",
    "standardisation in ",
    "standardisation of ",
    "standardisation for ",
    "to standardize ",
    "to prepare standard",
    "to prepare international standard",
    "to prepare and maintain ",
    "to develop standard",
    "to develop international standard",
    "preparation of standard",
    "preparation of international standard",
];

/// The form that ISO and IEC prescribe for the scope of a committee.
fn form(context: &Context<'_>, scope: &str, review: &mut Review) {
    let asked = context.is_new_field()
        && context.organization().is_ok_and(|organization| organization != Organization::ItuT);
    let first = sentences(scope).next().unwrap_or_default();
    let opening = spaced(first);
    let opens = FORMS.iter().any(|form| opening.trim_start().starts_with(form));
    if asked && !opens {
        review.find(
            Severity::Warning,
            c02::OtherForm { opening: excerpt(first, 60) },
            vec![context.field("scope")],
        );
    }
}

/// Verbs of a sentence that praises the work instead of limiting it.
const AIMS: &[&str] = &[
    "aims to promote",
    "aims to improve",
    "aims to enhance",
    "aims to support",
    "aims to foster",
    "aims to contribute",
    "aims to help",
    "aims at promoting",
    "aims at improving",
    "aims at enhancing",
    "will promote",
    "will improve",
    "will enhance",
    "will contribute to",
    "will help",
    "will foster",
    "will facilitate",
    "will benefit",
    "will strengthen",
    "will boost",
    "will support the",
    "is intended to promote",
    "is intended to improve",
    "in order to promote",
    "helps to improve",
    "plays an important role",
    "contributes to the",
    "contribute to the achievement",
    "contributes to a",
    "in this way",
    "improves the",
    "enhances the",
    "strengthens",
    "boosts",
    "raises the",
    "is raised",
    "is improved",
    "is strengthened",
    "is promoted",
    "is fostered",
    "is increased",
    "are improved",
    "are strengthened",
    "will be improved",
    "will be enhanced",
    "will be strengthened",
    "will enable",
    "will allow",
    "will make",
    "will increase",
    "will reduce",
    "will raise",
    "will bring",
    "will serve",
    "of great importance",
    "is essential for",
    "is of benefit",
    "benefits the",
    "sustainable development goals",
    "quality of life",
    "competitiveness",
    "world leading",
    "is urgently needed",
    "are urgently needed",
    "cutting edge",
];

/// Words of a sentence that says what the text holds.
const CONTENT: &[&str] = &[
    "standardization",
    "standardisation",
    "specifies",
    "specify",
    "defines",
    "define",
    "describes",
    "establishes",
    "gives",
    "provides",
    "covers",
    "applies",
    "applicable",
    "excluded",
    "excluding",
    "does not",
];

fn aims(context: &Context<'_>, scope: &str, review: &mut Review) {
    let flagged: Vec<&str> = sentences(scope)
        .filter(|sentence| {
            let sentence = spaced(sentence);
            has_any(&sentence, AIMS) && !has_any(&sentence, CONTENT)
        })
        .collect();
    if !flagged.is_empty() {
        let mut evidence = vec![context.field_saying("scope", spaced(flagged[0]).trim())];
        evidence.extend(
            flagged.iter().skip(1).take(2).map(|sentence| Evidence::fact(excerpt(sentence, 160))),
        );
        review.find(Severity::Warning, c02::Aims {}.of(flagged.len()), evidence);
    }
}
