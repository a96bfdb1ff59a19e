#![doc = include_str!("../../../../docs/rules/C34.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c34;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::proposal::answer::{PHRASES, says};
use crate::proposal::{Kind, Supporter};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C34",
    name: "supporters-are-enough",
    group: Group::Need,
    principle: Principle::RealNeed,
    severity: Severity::Warning,
    question: "Who will do the work, and are they enough by the rules of the organization?",
    explanation: include_str!("../../../../docs/rules/C34.md"),
    since: "0.1.0",
    support: Support::Supported,
    source: "ISO/IEC Directives, Part 1 (2020), 1.5.7, 2.3.5, C.4.8 and K.1; WTSA Resolution 1 (2016), 7.2.2 (Questions); ITU-T A.1 (10/2016), Annex A (work items: no number); what the number is measured by before a ballot: own",
    applies_to: &[],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let thresholds = context.thresholds;
    let kind = context
        .proposal
        .kind
        .ok_or_else(|| CannotTell::because("the proposal does not say what kind it is"))?;
    let (wanted, rule) = match kind {
        Kind::NewField | Kind::ProjectCommittee => (
            thresholds.supporters_new_committee,
            "national members that take part in a new committee",
        ),
        Kind::NewWorkItem => (
            thresholds.supporters_new_work_item,
            "national members that nominate experts for a new work item in a committee of up to 16 participating members",
        ),
        Kind::ItuQuestion => {
            (thresholds.supporters_itu, "members that commit themselves to a Question of ITU-T")
        }
        Kind::ItuWorkItem => (
            thresholds.supporters_itu_item,
            "members of ITU-T that take part, by the measure of a Question; none is prescribed for a work item",
        ),
        _ => {
            return Ok(Verdict::not_applicable(c34::NotPrescribed {}));
        }
    };
    let supporters = &context.proposal.supporters;
    // By country where countries are what counts and are given.
    let mut names: Vec<String> = supporters
        .iter()
        .filter(|one| takes_part(one))
        .filter_map(|one| {
            let by_country = if matches!(kind, Kind::ItuQuestion | Kind::ItuWorkItem) {
                None
            } else {
                one.country.as_ref()
            };
            by_country.or(one.name.as_ref()).or(one.country.as_ref())
        })
        .map(|name| name.trim().to_lowercase())
        .filter(|name| !name.is_empty())
        .collect();
    names.sort();
    names.dedup();
    let number = names.len();
    let mut review = Review::default();
    if number < wanted {
        let evidence =
            vec![context.field("supporters"), Evidence::fact(format!("rule: {wanted} {rule}"))];
        let (wanted, rule) = (wanted.to_string(), rule.to_owned());
        let fault = match number {
            0 => c34::NoneNamed { wanted, rule }.into(),
            _ => c34::TooFew { wanted, rule }.of(number),
        };
        let severity = if kind == Kind::ItuWorkItem { Severity::Advice } else { Severity::Warning };
        review.find(severity, fault, evidence);
    } else if kind == Kind::NewWorkItem && number < thresholds.supporters_new_work_item_large {
        review.note(c34::EnoughForSmall {
            named: number.to_string(),
            wanted: thresholds.supporters_new_work_item_large.to_string(),
        });
    }
    review.verdict()
}

/// False for one that abstains, is undecided or sends nobody: that is no support yet.
fn takes_part(supporter: &Supporter) -> bool {
    supporter.support.as_deref().is_none_or(|text| says(text, &PHRASES.abstains).is_none())
}
