#![doc = include_str!("../../../../docs/rules/C25.md")]

use crate::checklist::context::{Context, is_foreign};
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::sentences::{Fault, c25};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{first, listed, named_with_share, work};
use crate::matching::{Closeness, Overlap};
use crate::proposal::CollaborationMode;
use crate::reference::Organization;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C25",
    name: "mode-is-proposed",
    group: Group::Cooperation,
    principle: Principle::ChosenCooperation,
    severity: Severity::Blocker,
    question: "Where two or three organizations are concerned, which mode of cooperation is proposed?",
    explanation: include_str!("../../../../docs/rules/C25.md"),
    since: "0.1.0",
    support: Support::SupportedAndInference,
    source: "ISO/IEC Directives, Part 1 (2020), B.4.1, B.4.2.2 and 2.3.3; ISO Form 4, \"Joint/parallel work\"; ITU-T A.23 Annex A, 4.4 (contents read); severity of a blocker: own",
    applies_to: &[],
    needs: &[Need::Interests, Need::Overlaps],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let mode = context.proposal.collaboration_mode;
    if let Some(mode) = mode
        && mode != CollaborationMode::None
    {
        return Ok(Verdict::Pass {
            notes: vec![c25::ModeProposed { mode: mode.to_string() }.into()],
        });
    }
    let addressed = context.addressed()?;
    let concerned = context.other_organizations(context.thresholds.committee_possible)?;
    let mut review = Review::default();
    let across: Vec<&Overlap> =
        review.ask(context.live_overlaps(Closeness::Strong)).map_or_else(Vec::new, |overlaps| {
            overlaps.into_iter().filter(|one| is_elsewhere(one, &addressed)).collect()
        });
    let nobody_near = concerned.is_empty() && across.is_empty();
    if nobody_near
        && mode.is_none()
        && let Some((committees, evidence)) = context.counted_on("collaboration_mode")?
    {
        review.find(Severity::Warning, c25::NoModeWithPartners { committees }, evidence);
        review.verdict()
    } else if nobody_near {
        review
            .ask(context.overlaps())
            .map_or(review.verdict(), |_| Ok(Verdict::not_applicable(c25::NobodyElseConcerned {})))
    } else if mode.is_none() || !across.is_empty() {
        let mut names: Vec<&str> =
            concerned.iter().map(|(organization, _)| organization.name()).collect();
        for organization in across.iter().flat_map(|one| &one.organizations) {
            if !names.contains(&organization.name()) && !addressed.contains(organization) {
                names.push(organization.name());
            }
        }
        let committees = context.elsewhere(context.thresholds.committee_possible)?;
        let mut evidence = vec![context.field("collaboration_mode")];
        evidence.extend(context.committee_evidence(&committees));
        evidence.extend(context.work_evidence(&across));
        let fault: Fault = match across.first().map(|nearest| work(nearest)) {
            Some(work) if mode.is_none() => c25::NoModeNearWork { work }.into(),
            Some(work) => c25::NoneNearWork { work }.into(),
            None => {
                let list: Vec<String> =
                    committees.iter().map(|one| named_with_share(one)).collect();
                let (organizations, committees) = (listed(&names), first(&list, 3));
                c25::NoMode { organizations, committees }.into()
            }
        };
        let severity = if across.is_empty() { Severity::Warning } else { Severity::Blocker };
        review.find(severity, fault, evidence);
        review.verdict()
    } else {
        review.note(c25::NonePlanned {});
        review.verdict()
    }
}

/// True when the work belongs to no organization that is addressed.
fn is_elsewhere(overlap: &Overlap, addressed: &[Organization]) -> bool {
    let published = !overlap.organizations.is_empty()
        && !overlap.organizations.iter().any(|organization| addressed.contains(organization));
    published && overlap.owners.iter().all(|owner| is_foreign(owner, addressed))
}
