#![doc = include_str!("../../../../docs/rules/C15.md")]

use crate::checklist::context::{Context, KnownProposal};
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::sentences::{Fault, c15};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{
    excerpt, external, has, has_any, listed, percent, sentences, spaced,
};
use crate::matching::Elsewhere;
use crate::proposal::Kind;
use crate::proposal::answer::{denies_telling, is_denied, words as words_of};
use crate::reference::Organization;
use crate::standards::Status;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C15",
    name: "submitted-elsewhere",
    group: Group::ExistingWork,
    principle: Principle::OneHome,
    severity: Severity::Blocker,
    question: "Has this proposal, or one like it, gone to another standards body, and what became of it?",
    explanation: include_str!("../../../../docs/rules/C15.md"),
    since: "0.1.0",
    support: Support::Supported,
    source: "ISO Form 4 (New work item proposal), V01/2025, \"Coordination of work\"",
    applies_to: &[],
    needs: &[Need::KnownProposals],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let mut review = Review::default();
    let answer = context.proposal.submitted_elsewhere.as_ref();
    let submitted =
        answer.and_then(|answer| answer.submitted.or(answer.body.is_some().then_some(true)));
    let iso_work_item = context.is(Kind::NewWorkItem)
        && context.organization().is_ok_and(|organization| organization == Organization::Iso);
    let known = context.known_proposals();
    let alike: Vec<(&KnownProposal, f64)> =
        known.as_deref().map(|known| elsewhere(context, known)).unwrap_or_default();
    let shown: Vec<Evidence> =
        alike.iter().map(|(one, likeness)| Evidence::fact(describe(one, *likeness))).collect();
    let evidence = || {
        std::iter::once(context.field("submitted_elsewhere"))
            .chain(shown.clone())
            .collect::<Vec<_>>()
    };
    match (answer, submitted) {
        (None, _) | (_, None) => {
            review.find(
                if iso_work_item || !alike.is_empty() {
                    Severity::Blocker
                } else {
                    Severity::Warning
                },
                match alike.first() {
                    None => Fault::from(c15::NotAnswered {}),
                    Some((one, likeness)) => {
                        let proposal = describe(one, *likeness);
                        c15::NotAnsweredThoughNear { proposal }.into()
                    }
                },
                evidence(),
            );
        }
        (Some(answer), Some(true)) => {
            let mut missing = Vec::new();
            if answer.body.is_none() {
                missing.push("the body");
            }
            if answer.date.is_none() {
                missing.push("the date");
            }
            if answer.state.as_deref().is_none_or(|state| state.trim().is_empty()) {
                missing.push("what became of it");
            }
            if !missing.is_empty() {
                review.find(
                    Severity::Warning,
                    c15::Incomplete { missing: listed(&missing) }.of(missing.len()),
                    evidence(),
                );
            }
            return review.verdict();
        }
        (Some(_), Some(false)) => {
            if let Some((field, sentence)) = told_of_another(context) {
                review.find(
                    Severity::Blocker,
                    c15::TextTellsOfAnother { sentence: excerpt(&sentence, 120) },
                    vec![context.field("submitted_elsewhere"), context.field(&field)],
                );
            }
            if let Some((one, likeness)) = alike.first() {
                review.find(
                    Severity::Blocker,
                    c15::KnownElsewhere { proposal: describe(one, *likeness) },
                    evidence(),
                );
            }
            if let Some(draft) = draft_alike(context) {
                review.find(
                    Severity::Warning,
                    c15::DraftElsewhere { draft: external(draft), body: draft.body.clone() },
                    vec![context.field("submitted_elsewhere")],
                );
            }
        }
    }
    review.ask(known.map(|_| ()).map_err(|missing| {
        let missing = missing.why().trim_end_matches(" to look in");
        CannotTell::because(match submitted {
            Some(_) => format!("the proposal says no, but {missing} to compare with"),
            None => format!("{missing} to compare with"),
        })
    }));
    review.verdict()
}

/// A draft of another body with nearly the same title, which the proposal does not name.
fn draft_alike<'a>(context: &Context<'a>) -> Option<&'a Elsewhere> {
    let equal = context.thresholds.title_equal;
    context.near_elsewhere().iter().find(|one| {
        one.status == Status::UnderDevelopment
            && one.named_in.is_none()
            && one.title_similarity >= equal
    })
}

/// Verbs by which a proposal comes to a body.
const HANDED_IN: &[&str] = &[
    "submitted to",
    "handed in to",
    "handed in at",
    "offered to",
    "presented to",
    "tabled at",
    "tabled in",
    "introduced in",
    "introduced to",
    "introduced at",
    "brought to",
    "proposed to",
    "submitted in",
    "submitted at",
    "was proposed in",
    "filed with",
    "lodged with",
    "went to",
    "sent as a proposal to",
    "under review at",
    "under review in",
    "accepted by",
    "rejected by",
    "being balloted in",
    "being processed by",
    "also before",
    "under ballot in",
    "under ballot at",
];

/// Bodies that publish standards, beside the three.
const BODIES: &[&str] = &[
    "etsi",
    "ieee",
    "cen",
    "cenelec",
    "w3c",
    "ietf",
    "oasis",
    "3gpp",
    "onem2m",
    "astm",
    "sae",
    "ul",
    "ecma",
    "ogc",
    "omg",
    "gsma",
    "asme",
    "nist",
    "ansi",
    "iso",
    "iec",
    "itu",
    "itu t",
    "itu r",
    "jtc 1",
    "bsi",
    "din",
    "afnor",
    "etsi smartm2m",
    "tm forum",
    "broadband forum",
    "uic",
    "cie",
    "oiml",
    "codex",
    "unece",
    "wmo",
    "icao",
    "imo",
];

/// A sentence that tells that the work went to another body, and its field.
fn told_of_another(context: &Context<'_>) -> Option<(String, String)> {
    let own: Vec<String> = context
        .addressed()
        .unwrap_or_default()
        .iter()
        .map(|one| spaced(one.name()).trim().to_owned())
        .collect();
    let fields = ["purpose", "justification", "market_need", "notes", "alternatives_considered"];
    let texts = context.texts().iter().filter(|text| fields.contains(&text.field.as_str()));
    for text in texts.filter(|text| has_any(&text.spaced, HANDED_IN)) {
        for sentence in sentences(&text.text) {
            let plain = spaced(sentence);
            let about_this = has_any(
                &plain,
                &[
                    "this proposal",
                    "the proposal",
                    "same text",
                    "same proposal",
                    "same work",
                    "this text",
                    "this work",
                    "same draft",
                    "this draft",
                    "same document",
                    "a similar proposal",
                    "the work item",
                ],
            );
            let handed = HANDED_IN.iter().filter(|verb| has(&plain, verb)).find(|verb| {
                let at = plain.find(**verb).unwrap_or_default();
                let behind = &plain[at + verb.len()..];
                let near: Vec<&str> = behind.split_whitespace().take(4).collect();
                let near = format!(" {} ", near.join(" "));
                BODIES.iter().any(|body| {
                    near.contains(&format!(" {body} "))
                        && !own.iter().any(|own| own == body || body.starts_with(own.as_str()))
                })
            });
            if about_this
                && handed.is_some()
                && !denies_telling(sentence)
                && !is_denied_verb(sentence)
            {
                return Some((text.field.clone(), sentence.to_owned()));
            }
        }
    }
    None
}

/// «was never submitted to CEN»
fn is_denied_verb(sentence: &str) -> bool {
    let words = words_of(sentence);
    HANDED_IN.iter().any(|verb| {
        let first = verb.split(' ').next().unwrap_or_default();
        words.iter().position(|word| word == first).is_some_and(|at| is_denied(&words, at))
    })
}

/// Known proposals of other bodies with nearly the same title, nearest first.
fn elsewhere<'a>(
    context: &Context<'_>,
    known: &'a [KnownProposal],
) -> Vec<(&'a KnownProposal, f64)> {
    let own = context.organization().ok();
    let mut alike: Vec<(&KnownProposal, f64)> = known
        .iter()
        .filter(|one| {
            one.organization
                .parse::<Organization>()
                .ok()
                .is_none_or(|organization| Some(organization) != own)
        })
        .filter(|one| one.reference.is_none() || one.reference != context.proposal.reference)
        .map(|one| (one, context.title().likeness(&one.title)))
        .filter(|(_, likeness)| *likeness >= context.thresholds.title_equal)
        .collect();
    alike.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.title.cmp(&b.0.title)));
    alike
}

/// `"Smart lifts" of CEN (2024-05), title alike at 96 %`
pub(crate) fn describe(known: &KnownProposal, likeness: f64) -> String {
    let mut text = format!("\"{}\"", known.title);
    if !known.organization.is_empty() {
        text.push_str(&format!(" of {}", known.organization));
    }
    let details: Vec<String> =
        known.reference.iter().cloned().chain(known.date.iter().map(ToString::to_string)).collect();
    if !details.is_empty() {
        text.push_str(&format!(" ({})", details.join(", ")));
    }
    text.push_str(&format!(", title alike at {}", percent(likeness)));
    text
}
