#![doc = include_str!("../../../../docs/rules/C28.md")]

use crate::catalogue::{Committee, Status};
use crate::checklist::context::{Context, is_foreign};
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::sentences::{Fault, c28};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{first, has, has_any, named_with_share};
use crate::matching::{Interest, Signal};
use crate::proposal::{Body, Kind, field_label};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C28",
    name: "liaisons-are-named",
    group: Group::Cooperation,
    principle: Principle::ChosenCooperation,
    severity: Severity::Blocker,
    question: "Which liaisons does the work need, inside and outside the three organizations?",
    explanation: include_str!("../../../../docs/rules/C28.md"),
    since: "0.1.0",
    support: Support::SupportedAndInference,
    source: "ISO/IEC Directives, Part 1 (2020), 1.5.4 f, 1.15.1 (same organization), 1.16.1 (ISO and IEC) and C.4.9.1 (others); ISO Form 4; WTSA Resolution 1 (2016), Appendix I; ITU-T A.1 (10/2016), Annex A",
    applies_to: &[],
    needs: &[Need::Interests],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let liaisons = &context.proposal.liaisons;
    // A Question names those that it will work with among its relations.
    let has_relations =
        context.is(Kind::ItuQuestion) && !context.proposal.related_committees.is_empty();
    let is_blank = liaisons.is_empty() && !has_relations;
    let mut review = Review::default();
    if let Some(possible) = review.ask(context.possible()) {
        let unexplained: Vec<&Interest> =
            possible.iter().copied().filter(|one| has_ground(context, one)).collect();
        let unexplained: Vec<&Interest> =
            unexplained.into_iter().filter(|one| !is_answered_for(context, one)).collect();
        let unexplained = context.foreign_first(unexplained);
        let list: Vec<String> = unexplained.iter().map(|one| named_with_share(one)).collect();
        let mut evidence = vec![context.field("liaisons")];
        evidence.extend(context.committee_evidence(&unexplained));
        let likely = unexplained
            .iter()
            .any(|one| one.probability_by_texts() >= context.thresholds.committee_likely);
        if is_blank && (context.is_new_field() || !unexplained.is_empty()) {
            let said = spoken_of(context);
            let severity = if context.is_new_field() && said.is_none() {
                Severity::Blocker
            } else {
                Severity::Warning
            };
            let field = said.map(|(field, evidence_of_it)| {
                evidence.insert(1, evidence_of_it);
                field_label(&field)
            });
            let committees = context.by_house(&unexplained);
            let fault: Fault = match field {
                Some(field) if committees.is_empty() => c28::SpokenOfOnly { field }.into(),
                Some(field) => c28::SpokenOfOnlyThoughNear { field, committees }.into(),
                None if committees.is_empty() => c28::NonePlanned {}.into(),
                None => c28::NonePlannedThoughNear { committees }.into(),
            };
            review.find(severity, fault, evidence);
        } else if !unexplained.is_empty() {
            let committees = first(&list, 4);
            let fault = match liaisons.len() {
                0 => c28::RelationsLeaveOut { committees }.into(),
                number => c28::LiaisonsLeaveOut { committees }.of(number),
            };
            let severity = if likely { Severity::Warning } else { Severity::Advice };
            review.find(severity, fault, evidence);
        }
    } else if liaisons.is_empty() && context.is_new_field() {
        review.find(Severity::Blocker, c28::NonePlanned {}, vec![context.field("liaisons")]);
    }
    categories(context, &mut review);
    ended(context, &mut review);
    review.verdict()
}

/// A field beside the list in which the proposal plans a liaison.
fn spoken_of(context: &Context<'_>) -> Option<(String, Evidence)> {
    let fields = [
        "scope",
        "purpose",
        "justification",
        "market_need",
        "notes",
        "joint_work_considered",
        "unrecognized",
    ];
    context
        .texts()
        .iter()
        .filter(|text| fields.iter().any(|one| text.field.starts_with(one)))
        .find_map(|text| {
            let phrase =
                ["liaison", "liaisons"].into_iter().find(|phrase| has(&text.spaced, phrase))?;
            let denied = has_any(
                &text.spaced,
                &["no liaison", "no liaisons", "without liaison", "without liaisons"],
            );
            (!denied).then(|| (text.field.clone(), context.field_saying(&text.field, phrase)))
        })
}

/// True for a committee that is likely to be concerned, or may be and owns a work that the proposal
/// cites, or is named by it and belongs to another organization: shared words alone are not worth a
/// finding, and related committees of one house hear of the work anyhow.
fn has_ground(context: &Context<'_>, one: &Interest) -> bool {
    let addressed = context.addressed().unwrap_or_default();
    let cites = |one: &Interest| {
        let cited = |signal: Option<Signal>| match signal {
            Some(Signal::Citation | Signal::Series) => true,
            Some(Signal::Mention) => is_foreign(&one.committee, &addressed),
            _ => false,
        };
        one.contributions.iter().any(|part| cited(part.signal) && part.log_odds > 0.0)
    };
    one.probability_by_texts() >= context.thresholds.committee_liaison || cites(one)
}

/// True when the proposal plans a liaison with the committee, leaves a subject to it, or has its
/// answer.
fn is_answered_for(context: &Context<'_>, one: &Interest) -> bool {
    let fields: &[&str] = match context.proposal.kind {
        Some(Kind::ItuQuestion) => &["liaisons", "out_of_scope", "related_committees"],
        _ => &["liaisons", "out_of_scope"],
    };
    if context.mentioned_in(&one.committee, fields) || context.left_to(one).is_some() {
        return true;
    }
    context.proposal.contacts_made.iter().any(|contact| {
        contact.outcome.is_some()
            && contact
                .committee
                .as_ref()
                .and_then(|body| body.committee())
                .is_some_and(|asked| context.is_family(asked, &one.committee))
    })
}

/// Liaisons and related committees that are no longer at work.
fn ended(context: &Context<'_>, review: &mut Review) {
    let Ok(catalogue) = context.catalogue() else { return };
    let proposal = context.proposal;
    let liaisons = proposal
        .liaisons
        .iter()
        .enumerate()
        .map(|(at, one)| (format!("liaisons[{at}]"), &one.body));
    let related = proposal
        .related_committees
        .iter()
        .enumerate()
        .map(|(at, one)| (format!("related_committees[{at}]"), one));
    let mut names: Vec<String> = Vec::new();
    let mut evidence = Vec::new();
    for (field, body) in liaisons.chain(related) {
        let Some(committee) = Body::committee(body) else { continue };
        let now = match catalogue.get(&committee.committee()).map(Committee::status) {
            Some(Status::Disbanded) => "disbanded".to_owned(),
            Some(Status::Merged { into }) => format!("now {into}"),
            _ => continue,
        };
        names.push(format!("{committee} ({now})"));
        evidence.push(context.field(&field));
    }
    if names.is_empty() {
        return;
    }
    evidence.truncate(context.thresholds.shown);
    let fault = c28::NotAtWork { committees: first(&names, 4) }.of(names.len());
    review.find(Severity::Advice, fault, evidence);
}

/// Bodies outside the three organizations come into ISO and IEC under a category.
fn categories(context: &Context<'_>, review: &mut Review) {
    if context.is_itu() {
        return;
    }
    let bare: Vec<usize> = context
        .proposal
        .liaisons
        .iter()
        .enumerate()
        .filter(|(_, liaison)| liaison.body.committee().is_none() && liaison.category.is_none())
        // The other Sectors of ITU stand outside of such categories.
        .filter(|(_, liaison)| !liaison.body.text().to_uppercase().starts_with("ITU"))
        .map(|(at, _)| at)
        .collect();
    if !bare.is_empty() {
        let names: Vec<&str> =
            bare.iter().map(|at| context.proposal.liaisons[*at].body.text()).collect();
        review.find(
            Severity::Advice,
            c28::NoCategory { bodies: first(&names, 4) },
            context.items("liaisons", bare),
        );
    }
}
