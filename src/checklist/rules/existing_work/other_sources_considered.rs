#![doc = include_str!("../../../../docs/rules/C11.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c11;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{external, has_any, listed, percent, sentences, spaced, words};
use crate::matching::Elsewhere;
use crate::proposal::RelatedStandard;
use crate::reference::Organization;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C11",
    name: "other-sources-considered",
    group: Group::ExistingWork,
    principle: Principle::LookFirst,
    severity: Severity::Warning,
    question: "Which regional, national and consortium documents matter to the work?",
    explanation: include_str!("../../../../docs/rules/C11.md"),
    since: "0.1.0",
    support: Support::Supported,
    source: "ISO/IEC Directives, Part 1 (2020), C.4.6",
    applies_to: &[],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let proposal = context.proposal;
    let mut review = Review::default();
    let close: Vec<&Elsewhere> = context.unnamed_elsewhere().collect();
    if !close.is_empty() {
        tell_close(context, &close, &mut review);
        return review.verdict();
    }
    let others = proposal.related_standards.iter().filter(|one| is_of_others(one)).count();
    // A search elsewhere is an answer, whatever it found.
    let searched = proposal.existing_work_searched.iter().any(|one| {
        one.organization.as_deref().is_some_and(|name| !name.trim().is_empty())
            && one.organizations().is_empty()
    });
    if others > 0 || searched || says_none(context) {
        return review.verdict();
    }
    let of = |organization: Organization| {
        proposal
            .related_standards
            .iter()
            .filter(|one| one.organizations().contains(&organization))
            .count()
    };
    let counts: Vec<String> = Organization::ALL
        .into_iter()
        .map(|organization| format!("{organization} {}", of(organization)))
        .collect();
    review.find(
        if context.is_new_field() { Severity::Warning } else { Severity::Advice },
        match proposal.related_standards.len() {
            0 => c11::NothingListed {}.into(),
            listed => c11::NoneOfOthers {}.of(listed),
        },
        vec![
            context.field("related_standards"),
            Evidence::fact(format!("documents listed: {}, others 0", counts.join(", "))),
        ],
    );
    review.verdict()
}

/// Documents of other bodies that are close and not named.
fn tell_close(context: &Context<'_>, close: &[&Elsewhere], review: &mut Review) {
    let most = context.thresholds.shown;
    let names: Vec<String> = close.iter().take(most).map(|one| external(one)).collect();
    let facts = close.iter().take(most).map(|one| {
        let group = one.group.as_ref().map_or(String::new(), |group| format!(", by {group}"));
        let year = one.year.map_or(String::new(), |year| format!(", {year}"));
        Evidence::fact(format!(
            "{}{year}{group}, {}; {} likely to be on the same subject",
            external(one),
            one.status,
            percent(one.probability)
        ))
    });
    let is_probable =
        close.iter().any(|one| one.probability >= context.thresholds.elsewhere_probable);
    review.find(
        if is_probable { Severity::Warning } else { Severity::Advice },
        c11::CloseNotListed { documents: listed(&names) }.of(close.len()),
        std::iter::once(context.field("related_standards")).chain(facts).collect(),
    );
}

/// True for a document of none of the three, as far as its reference tells: `ISO/IEC Directives` is
/// one of theirs.
fn is_of_others(document: &RelatedStandard) -> bool {
    let own = |word: &str| matches!(word.to_uppercase().as_str(), "ISO" | "IEC" | "ITU");
    document.organizations().is_empty()
        && !words(document.reference.text()).next().is_none_or(|word| own(&word))
}

/// True when a sentence says that no such document is known.
fn says_none(context: &Context<'_>) -> bool {
    const OTHERS: &[&str] = &["regional", "national", "consortium", "consortia"];
    const NONE: &[&str] = &["no", "none", "not aware", "not known", "nothing"];
    const DOCUMENT: &[&str] = &[
        "standard",
        "standards",
        "document",
        "documents",
        "specification",
        "specifications",
        "known",
        "found",
    ];
    context.texts().iter().filter(|text| has_any(&text.spaced, OTHERS)).any(|text| {
        sentences(&text.text).any(|sentence| {
            let words = spaced(sentence);
            [OTHERS, NONE, DOCUMENT].iter().all(|group| has_any(&words, group))
        })
    })
}
