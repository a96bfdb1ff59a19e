#![doc = include_str!("../../../../docs/rules/C37.md")]

use crate::checklist::context::{Context, EXCLUDING};
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c37;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{first, has_any, phrase_in, sentences, spaced};
use crate::reference::{CommitteeRef, StandardRef};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C37",
    name: "existing-terms-are-used",
    group: Group::Coherence,
    principle: Principle::CoherentContent,
    severity: Severity::Warning,
    question: "Will the work use the terms and requirements that exist, and refer to them?",
    explanation: include_str!("../../../../docs/rules/C37.md"),
    since: "0.1.0",
    support: Support::Supported,
    source: "ISO/IEC Directives, Part 1 (2020), B.4.2.3 and 1.15.1; Consolidated ISO Supplement (2020), SP.3, SP.4 and SP.5.1",
    applies_to: &[],
    needs: &[],
    check,
};

/// Requirements for management systems, and who keeps them.
const MANAGEMENT_SYSTEMS: &[(&str, &str)] = &[
    ("ISO 9001", "ISO/TC 176"),
    ("ISO 14001", "ISO/TC 207"),
    ("ISO 22000", "ISO/TC 34"),
    ("ISO 22301", "ISO/TC 292"),
    ("ISO/IEC 20000-1", "ISO/IEC JTC 1/SC 40"),
    ("ISO/IEC 27001", "ISO/IEC JTC 1/SC 27"),
    ("ISO/IEC 42001", "ISO/IEC JTC 1/SC 42"),
    ("ISO 37001", "ISO/TC 309"),
    ("ISO 37301", "ISO/TC 309"),
    ("ISO 41001", "ISO/TC 267"),
    ("ISO 45001", "ISO/TC 283"),
    ("ISO 50001", "ISO/TC 301"),
    ("ISO 55001", "ISO/TC 251"),
];

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let mut review = Review::default();
    let used = references_are_planned(context, &mut review);
    let applied = management_systems(context, &mut review);
    if review.is_clean() && !used && !applied {
        return Ok(Verdict::not_applicable(c37::NoBasis {}));
    }
    review.verdict()
}

/// Documents that the work builds on are to be referred to. True when there are any.
fn references_are_planned(context: &Context<'_>, review: &mut Review) -> bool {
    let documents = &context.proposal.related_standards;
    let building: Vec<usize> = (0..documents.len())
        .filter(|at| {
            documents[*at].relation.as_deref().is_some_and(|relation| {
                phrase_in(
                    relation,
                    &["terminology", "vocabulary", "terms", "basis", "basic", "base", "foundation"],
                )
                .is_some()
            })
        })
        .collect();
    let unplanned: Vec<usize> = building
        .iter()
        .copied()
        .filter(|at| {
            let one = &documents[*at];
            let said = [&one.significance, &one.distinction, &one.relation].into_iter().flatten();
            !said.map(|text| spaced(text)).any(|text| {
                [
                    "refer",
                    "normative",
                    "use",
                    "used",
                    "uses",
                    "using",
                    "adopt",
                    "appl",
                    "build",
                    "built",
                    "reuse",
                    "taken",
                    "take",
                    "cite",
                ]
                .iter()
                .any(|stem| text.contains(&format!(" {stem}")))
            })
        })
        .collect();
    if !unplanned.is_empty() {
        let names: Vec<&str> = unplanned.iter().map(|at| documents[*at].reference.text()).collect();
        review.find(
            Severity::Advice,
            c37::BasisNotReferredTo { documents: first(&names, 3) }.of(names.len()),
            context.items("related_standards", unplanned),
        );
    }
    !building.is_empty()
}

/// Management systems for a sector are kept together with their owners. True when there are any.
fn management_systems(context: &Context<'_>, review: &mut Review) -> bool {
    let proposal = context.proposal;
    // What the scope leaves to others is not what it is about.
    let scope: Vec<&str> = sentences(&proposal.scope)
        .filter(|sentence| !has_any(&spaced(sentence), EXCLUDING))
        .collect();
    let subject = [proposal.title.as_str(), &scope.join("\n")].join("\n");
    // A standard that is cited without a management system in the subject is a reference like any
    // other.
    if phrase_in(&subject, &["management system", "management systems"]).is_none() {
        return false;
    }
    let mut named: Vec<(&str, CommitteeRef)> = Vec::new();
    for (reference, owner) in MANAGEMENT_SYSTEMS {
        let (Ok(standard), Ok(owner)) =
            (reference.parse::<StandardRef>(), owner.parse::<CommitteeRef>())
        else {
            continue;
        };
        let mut works = context.naming().works();
        if works
            .any(|(field, one)| !field.starts_with("out_of_scope") && one.is_same_work(&standard))
        {
            named.push((reference, owner));
        }
    }
    let is_linked =
        |owner: &CommitteeRef| context.is_addressee(owner) || !context.mentions(owner).is_empty();
    let unlinked: Vec<&(&str, CommitteeRef)> =
        named.iter().filter(|(_, owner)| !is_linked(owner)).collect();
    if !unlinked.is_empty() {
        let names: Vec<String> =
            unlinked.iter().map(|(reference, owner)| format!("{reference} ({owner})")).collect();
        let mut evidence = vec![context.field("scope")];
        evidence.extend(
            names.iter().map(|name| {
                Evidence::fact(format!("requirements kept by another committee: {name}"))
            }),
        );
        review.find(
            Severity::Warning,
            c37::NoLinkWithOwner { standards: first(&names, 3) },
            evidence,
        );
    } else if named.is_empty() {
        review.find(
            Severity::Advice,
            c37::NoManagementSystem {},
            vec![context.field("scope"), context.field("related_standards")],
        );
    }
    true
}
