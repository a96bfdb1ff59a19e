#![doc = include_str!("../../../../docs/rules/C27.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::sentences::{Fault, c27};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::coordination::{Advice, advise, degree};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C27",
    name: "mode-fits-the-closeness",
    group: Group::Cooperation,
    principle: Principle::ChosenCooperation,
    severity: Severity::Advice,
    question: "Does the mode of cooperation fit the closeness of the work?",
    explanation: include_str!("../../../../docs/rules/C27.md"),
    since: "0.1.0",
    support: Support::Inference,
    source: "inference, built on ISO/IEC Directives, Part 1 (2020), B.4.2.2 and B.4.2.11, and ITU-T A.23 Annex A, 4.4",
    applies_to: &[],
    needs: &[Need::Interests, Need::Overlaps],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let Some(mode) = context.proposal.collaboration_mode else {
        return Ok(Verdict::not_applicable(c27::NoMode {}));
    };
    let advice = advise(context)?;
    context.overlaps()?;
    // One mode is given for the whole proposal: it is measured by the closest cooperation that any
    // committee calls for.
    let Some(closest) =
        advice.iter().filter(|one| one.committee.is_some()).max_by_key(|one| degree(one.mode))
    else {
        return Ok(Verdict::not_applicable(c27::NobodyElseConcerned {}));
    };
    let mut review = Review::default();
    if closest.distance(mode) > 1 {
        let is_looser = degree(mode) < degree(closest.mode);
        let committee = closest.committee.as_ref().map(ToString::to_string).unwrap_or_default();
        let mut evidence = vec![context.field("collaboration_mode")];
        evidence.extend(advice.iter().take(context.thresholds.shown).map(fact));
        let (mode, fitting) = (mode.to_string(), closest.mode.to_string());
        let reason = closest.reason.to_string();
        let fault: Fault = match is_looser {
            true => c27::MuchLooser { mode, committee, fitting, reason }.into(),
            false => c27::MuchCloser { mode, committee, fitting, reason }.into(),
        };
        review.find(Severity::Advice, fault, evidence);
    }
    review.verdict()
}

/// `with IEC TC 61: integrated (may be concerned (71 %) and …)`
fn fact(advice: &Advice) -> Evidence {
    let with = advice
        .committee
        .as_ref()
        .map_or_else(|| "as a whole".to_owned(), |committee| format!("with {committee}"));
    Evidence::fact(format!("{with}: {} ({})", advice.mode, advice.reason))
}
