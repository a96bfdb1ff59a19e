#![doc = include_str!("../../../../docs/rules/C05.md")]

use crate::checklist::context::{Context, is_foreign};
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::sentences::{Fault, c05};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{first, named_with_share, percent, words};
use crate::matching::Interest;
use crate::proposal::{Body, Kind};
use crate::reference::find_references;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C05",
    name: "widening-a-committee",
    group: Group::Subject,
    principle: Principle::RightPlace,
    severity: Severity::Blocker,
    question: "Could an existing committee take the work if its scope were widened a little, and if not, why?",
    explanation: include_str!("../../../../docs/rules/C05.md"),
    since: "0.1.0",
    support: Support::Supported,
    source: "ISO/IEC Directives, Part 1 (2020), C.4.7.3 and 1.5.7",
    applies_to: &[
        Kind::NewField,
        Kind::ProjectCommittee,
        Kind::ItuQuestion,
        Kind::ItuFocusGroup,
        Kind::JointGroup,
    ],
    needs: &[Need::Interests],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let mut review = Review::default();
    // Those that look like its home in the organization that is addressed come first.
    let addressed = context.addressed().unwrap_or_default();
    let is_home = |one: &Interest| {
        one.home_probability >= context.thresholds.home_likely
            && !is_foreign(&one.committee, &addressed)
    };
    let likely = context.likely().map(|likely| {
        let (mut homes, others): (Vec<&Interest>, Vec<&Interest>) =
            likely.into_iter().partition(|one| is_home(one));
        homes.extend(others);
        homes
    });
    let nearest = |most: usize| -> (Vec<String>, Vec<Evidence>) {
        let likely = likely.as_deref().unwrap_or_default();
        let name = |one: &&Interest| match is_home(one) {
            true => format!(
                "{} (as its home at {})",
                named_with_share(one),
                percent(one.home_probability)
            ),
            false => named_with_share(one),
        };
        (likely.iter().take(most).map(name).collect(), context.committee_evidence(likely))
    };
    let answer = context.proposal.existing_committee_option.as_ref();
    let reason = answer.and_then(|answer| answer.reason.as_deref()).unwrap_or_default();
    let Some(answer) =
        answer.filter(|answer| !answer.committees.is_empty() || !reason.trim().is_empty())
    else {
        let (names, mut evidence) = nearest(3);
        evidence.insert(0, context.field("existing_committee_option"));
        let severity = if context.is_new_field() { Severity::Blocker } else { Severity::Warning };
        let fault: Fault = match first(&names, 3) {
            committees if committees.is_empty() => c05::NotAnswered {}.into(),
            committees => c05::NotAnsweredThoughNear { committees }.into(),
        };
        review.find(severity, fault, evidence);
        review.ask(likely.map(|_| ()));
        return review.verdict();
    };
    if reason_words(reason) < context.thresholds.reason_words {
        review.find(
            Severity::Warning,
            c05::NoReason {},
            vec![context.field("existing_committee_option")],
        );
    }
    if let Some(likely) = review.ask(likely) {
        let is_considered = |one: &Interest| {
            answer
                .committees
                .iter()
                .filter_map(Body::committee)
                .any(|named| context.is_family(named, &one.committee))
                || context.mentioned_in(&one.committee, &["existing_committee_option"])
        };
        // Each that looks like a home; else one of those that may be concerned will do.
        let home = likely.iter().find(|one| is_home(one) && !is_considered(one));
        let nearest = likely.first().filter(|_| !likely.iter().any(|one| is_considered(one)));
        if let Some(top) = home.or(nearest) {
            let mut evidence = vec![context.field("existing_committee_option")];
            evidence.extend(context.committee_evidence(&likely));
            let (told, committee) = (named_with_share(top), top.committee.to_string());
            review.find(Severity::Warning, c05::NotConsidered { told, committee }, evidence);
        }
    }
    review.verdict()
}

/// Words of a reason that are no names of committees.
fn reason_words(reason: &str) -> usize {
    let mut rest = reason.to_owned();
    for found in find_references(reason, None) {
        rest.replace_range(found.span.clone(), &" ".repeat(found.span.len()));
    }
    words(&rest).count()
}
