#![doc = include_str!("../../../../docs/rules/C14.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::sentences::{Fault, Note, c14};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{excerpt, words, work};
use crate::matching::{Closeness, Overlap};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C14",
    name: "distinction-from-each-overlap",
    group: Group::ExistingWork,
    principle: Principle::OneHome,
    severity: Severity::Blocker,
    question: "How does the work differ from each close one, or how will duplication be kept out?",
    explanation: include_str!("../../../../docs/rules/C14.md"),
    since: "0.1.0",
    support: Support::SupportedAndInference,
    source: "ISO/IEC Directives, Part 1 (2020), C.4.7.2 (shall) and C.4.7.1 (should); comparison with an index of standards: inference",
    applies_to: &[],
    needs: &[Need::Overlaps],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let close = context.live_overlaps(Closeness::Strong)?;
    // Works that are not named at all are the business of C13.
    let named: Vec<&Overlap> =
        close.iter().copied().filter(|one| context.work_field(one).is_some()).collect();
    if named.is_empty() {
        return Ok(Verdict::not_applicable(match close.len() {
            0 => Note::from(c14::NothingClose {}),
            _ => c14::NoneNamed {}.into(),
        }));
    }
    let mut review = Review::default();
    for overlap in named {
        let is_same = context.closeness(overlap) == Some(Closeness::NearDuplicate);
        let severity = if is_same { Severity::Blocker } else { Severity::Warning };
        let given = distinction(context, overlap);
        let field = context.work_field(overlap).unwrap_or_default();
        let evidence = |text: &str| {
            vec![
                Evidence::work(overlap, Some(field.clone())),
                context.field(&field),
                Evidence::fact(text.to_owned()),
            ]
        };
        let (work, reference) = (work(overlap), overlap.reference.clone());
        match given {
            None => {
                let fault = match is_same {
                    true => Fault::from(c14::SameNotToldApart { work, reference }),
                    false => c14::CloseNotToldApart { work, reference }.into(),
                };
                review.find(severity, fault, evidence("no distinction is given"));
            }
            Some(text) if !is_specific(context, &text) => {
                let distinction = excerpt(&text, 60);
                let evidence = evidence(&format!("given: {}", excerpt(&text, 160)));
                review.find(severity, c14::Vague { work, reference, distinction }, evidence);
            }
            Some(_) => {}
        }
    }
    review.verdict()
}

/// The distinctions that the proposal gives for a work or its series.
fn distinction(context: &Context<'_>, overlap: &Overlap) -> Option<String> {
    let mut texts: Vec<&str> = Vec::new();
    for field in context.naming().fields_of_work(overlap) {
        let at = field.strip_prefix("related_standards[").and_then(|rest| rest.split(']').next());
        let standard = at
            .and_then(|at| at.parse::<usize>().ok())
            .and_then(|at| context.proposal.related_standards.get(at));
        if let Some(text) = standard.and_then(|standard| standard.distinction.as_deref())
            && !text.trim().is_empty()
            && !texts.contains(&text)
        {
            texts.push(text);
        }
    }
    (!texts.is_empty()).then(|| texts.join(" "))
}

/// Words that tell no two works apart.
const GENERIC: &[&str] = &[
    "complementary",
    "complement",
    "complements",
    "different",
    "differs",
    "differ",
    "difference",
    "no",
    "not",
    "overlap",
    "overlaps",
    "overlapping",
    "duplication",
    "duplicate",
    "duplicates",
    "scope",
    "standard",
    "standards",
    "document",
    "this",
    "that",
    "these",
    "the",
    "a",
    "an",
    "is",
    "are",
    "be",
    "will",
    "work",
    "works",
    "other",
    "new",
    "proposal",
    "proposed",
    "purpose",
    "purposes",
    "similar",
    "related",
    "relation",
    "aspects",
    "aspect",
    "and",
    "or",
    "of",
    "to",
    "in",
    "for",
    "with",
    "from",
    "on",
    "by",
    "as",
    "it",
    "its",
    "has",
    "have",
    "does",
    "do",
    "there",
    "any",
    "between",
    "both",
    "each",
    "two",
    "existing",
    "content",
    "contents",
    "subject",
    "subjects",
    "field",
    "fields",
    "area",
    "areas",
    "completely",
    "totally",
    "only",
    "more",
    "general",
    "specific",
    "focus",
    "focuses",
    "our",
    "we",
    "exists",
    "none",
    "conflict",
    "conflicts",
    "conflicting",
    "can",
    "used",
    "together",
    "supplementary",
    "supplements",
    "topic",
    "topics",
    "another",
    "than",
    "own",
    "ours",
    "their",
    "such",
    "same",
    "text",
    "texts",
    "level",
    "way",
    "approach",
    "approaches",
    "respect",
    "regard",
    "regarding",
    "concerning",
    "concerns",
    "address",
    "addresses",
    "deals",
    "deal",
    "cover",
    "covers",
    "serves",
    "intended",
    "meant",
    "found",
    "was",
    "were",
    "been",
    "but",
    "also",
    "however",
    "therefore",
    "because",
    "since",
    "while",
    "whereas",
    "complementing",
    "beyond",
    "within",
    "outside",
    "part",
    "parts",
    "distinct",
    "separate",
    "apart",
    "clearly",
    "sufficiently",
    "target",
    "targets",
    "objective",
    "objectives",
    "aim",
    "aims",
    "goal",
    "goals",
    "perspective",
    "view",
    "angle",
];

/// True when a distinction names something by which two works could be told apart.
pub(crate) fn is_specific(context: &Context<'_>, text: &str) -> bool {
    let telling = words(text)
        .filter(|word| word.chars().count() > 2 && !GENERIC.contains(&word.as_str()))
        .count();
    telling >= 2 && words(text).count() >= context.thresholds.reason_words
}
