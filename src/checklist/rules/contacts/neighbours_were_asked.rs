#![doc = include_str!("../../../../docs/rules/C18.md")]

use crate::checklist::context::{Context, LeftOut, is_foreign};
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c18;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{first, listed, named_with_share};
use crate::matching::Interest;
use crate::proposal::Body;
use crate::reference::{CommitteeRef, Organization};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C18",
    name: "neighbours-were-asked",
    group: Group::Contacts,
    principle: Principle::TalkEarly,
    severity: Severity::Blocker,
    question: "Which committees with nearby work were asked before the proposal was submitted?",
    explanation: include_str!("../../../../docs/rules/C18.md"),
    since: "0.1.0",
    support: Support::SupportedAndInference,
    source: "ISO/IEC Directives, Part 1 (2020), 1.5.5 (encouraged) and C.4.9.3; ISO/IEC committees exchange proposals by 1.15.1; duty of the proposer across organizations and the severity of a blocker: inference",
    applies_to: &[],
    needs: &[Need::Interests],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    // Those that the proposal itself names are to be asked at a lower level: it thought of them.
    let is_named = |one: &Interest| {
        let fields =
            ["liaisons", "related_committees", "lead_arrangement", "joint_work_considered"];
        context.mentioned_in(&one.committee, &fields)
    };
    let addressed = context.addressed().unwrap_or_default();
    let mut likely = context.likely()?;
    let named = context
        .possible()?
        .into_iter()
        .filter(|one| is_foreign(&one.committee, &addressed) && is_named(one));
    let named: Vec<&Interest> =
        named.filter(|one| likely.iter().all(|other| other.committee != one.committee)).collect();
    likely.extend(named);
    if likely.is_empty() {
        return Ok(Verdict::not_applicable(c18::NobodyNear {}));
    }
    let addressed = context.addressed()?;
    let contacted = |one: &Interest| context.mentioned_in(&one.committee, &["contacts_made"]);
    let unasked: Vec<&Interest> = likely.iter().copied().filter(|one| !contacted(one)).collect();
    let (foreign, own): (Vec<&Interest>, Vec<&Interest>) =
        unasked.into_iter().partition(|one| is_foreign(&one.committee, &addressed));
    // Another organization in which nobody at all was asked, not even its central office.
    let silent: Vec<Organization> = Organization::ALL
        .into_iter()
        .filter(|organization| foreign.iter().any(|one| one.committee.belongs_to(*organization)))
        .filter(|organization| {
            !context
                .proposal
                .contacts_made
                .iter()
                .any(|contact| contact.organizations().contains(organization))
        })
        .collect();
    let (unheard, passed_over): (Vec<&Interest>, Vec<&Interest>) = foreign
        .into_iter()
        .partition(|one| silent.iter().any(|organization| one.committee.belongs_to(*organization)));
    let mut review = Review::default();
    owners_of_exclusions(context, &likely, &mut review);
    let told = |missing: &[&Interest]| {
        let list: Vec<String> = missing.iter().map(|one| named_with_share(one)).collect();
        first(&list, 3)
    };
    let evidence = |missing: &[&Interest]| {
        let mut evidence = vec![context.field("contacts_made")];
        evidence.extend(context.committee_evidence(missing));
        evidence
    };
    if !silent.is_empty() {
        let names: Vec<&str> = silent.iter().map(|organization| organization.name()).collect();
        // Below the level that counts at home, a likeness alone holds nothing up.
        let likely = unheard
            .iter()
            .any(|one| one.probability_by_texts() >= context.thresholds.committee_likely);
        let severity =
            if context.is_new_field() && likely { Severity::Blocker } else { Severity::Warning };
        let fault =
            c18::OrganizationNotAsked { organizations: listed(&names), committees: told(&unheard) };
        review.find(severity, fault, evidence(&unheard));
    }
    if !passed_over.is_empty() {
        let fault = c18::OthersNotAsked { committees: told(&passed_over) };
        review.find(Severity::Warning, fault, evidence(&passed_over));
    }
    if !own.is_empty() {
        let fault = c18::OwnNotAsked { committees: told(&own) }.of(own.len());
        review.find(Severity::Warning, fault, evidence(&own));
    }
    review.note(c18::AllAsked {}.of(likely.len()));
    review.verdict()
}

/// Committees to which the proposal itself leaves a part of the subject, and that nobody asked
/// whether they agree. Those that are likely to be concerned anyhow are told by their own finding.
fn owners_of_exclusions(context: &Context<'_>, likely: &[&Interest], review: &mut Review) {
    let Ok(catalogue) = context.catalogue() else { return };
    if context.proposal.contacts_made.is_empty() {
        return;
    }
    let mut unasked: Vec<&CommitteeRef> = Vec::new();
    for committee in context.left_out().iter().flat_map(LeftOut::committees) {
        let is_known = catalogue.get(committee).is_some_and(|one| one.is_active());
        let is_told = unasked.contains(&committee)
            || likely.iter().any(|one| context.is_family(committee, &one.committee));
        let is_asked = context.proposal.contacts_made.iter().any(|contact| {
            contact.committee.as_ref().and_then(Body::committee).is_some_and(|asked| {
                context.is_family(asked, committee) || context.is_family(committee, asked)
            })
        });
        if is_known && !is_told && !is_asked && !context.is_addressee(committee) {
            unasked.push(committee);
        }
    }
    if unasked.is_empty() {
        return;
    }
    let names: Vec<String> = unasked.iter().map(ToString::to_string).collect();
    review.find(
        Severity::Warning,
        c18::OwnerNotAsked { committees: first(&names, 4) }.of(names.len()),
        vec![context.field("out_of_scope"), context.field("contacts_made")],
    );
}
