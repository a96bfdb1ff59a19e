#![doc = include_str!("../../../../docs/rules/C21.md")]

use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::{Fault, Note, c21};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::listed;
use crate::proposal::{Contact, Disagreement, Outcome};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C21",
    name: "objections-have-a-level",
    group: Group::Contacts,
    principle: Principle::KeepItWorking,
    severity: Severity::Blocker,
    question: "Is any objection still open, at which level is it being dealt with, and what happens next?",
    explanation: include_str!("../../../../docs/rules/C21.md"),
    since: "0.1.0",
    support: Support::Supported,
    source: "Technical coordination mechanism among IEC, ISO and ITU; ISO/IEC Directives, Part 1, B.2 and B.3",
    applies_to: &[],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let proposal = context.proposal;
    if proposal.contacts_made.is_empty() && proposal.open_disagreements.is_empty() {
        return Ok(Verdict::not_applicable(c21::NobodyAsked {}));
    }
    let mut review = Review::default();
    for (at, contact) in proposal.contacts_made.iter().enumerate() {
        if !contact.objects() || is_settled(context, at, contact) {
            continue;
        }
        if !proposal.open_disagreements.iter().any(|one| is_about(context, one, contact)) {
            let who =
                contact.committee.as_ref().map_or("a body that is not named", |body| body.text());
            let told = if contact.outcome == Some(Outcome::Objection) { "outcome" } else { "note" };
            review.find(
                Severity::Blocker,
                c21::NoLevel { committee: who.to_owned() },
                vec![
                    context.field(&format!("contacts_made[{at}].{told}")),
                    context.field(&format!("contacts_made[{at}]")),
                ],
            );
        }
    }
    for (at, one) in proposal.open_disagreements.iter().enumerate() {
        let mut missing = Vec::new();
        if one.level.is_none() {
            missing.push("the level that deals with it");
        }
        if one.next_step.as_deref().is_none_or(|step| step.trim().is_empty()) {
            missing.push("the next step");
        }
        if !missing.is_empty() {
            let missing = listed(&missing);
            let fault = match &one.committee {
                None => Fault::from(c21::Incomplete { missing }),
                Some(body) => {
                    c21::IncompleteWith { committee: body.text().to_owned(), missing }.into()
                }
            };
            let evidence = vec![context.field(&format!("open_disagreements[{at}]"))];
            review.find(Severity::Warning, fault, evidence);
        }
    }
    let open = proposal.open_disagreements.len();
    review.note(match open {
        0 => Note::from(c21::NoObjection {}),
        _ => c21::DisagreementsComplete {}.of(open),
    });
    review.verdict()
}

/// True when the same committee gave another answer afterwards.
fn is_settled(context: &Context<'_>, at: usize, objection: &Contact) -> bool {
    context.proposal.contacts_made.iter().enumerate().any(|(later, contact)| {
        later != at
            && contact.committee == objection.committee
            && contact.committee.is_some()
            && !contact.objects()
            && !matches!(contact.outcome, None | Some(Outcome::Objection | Outcome::NoAnswer))
            && matches!((objection.date, contact.date), (Some(before), Some(after)) if after > before)
    })
}

fn is_about(context: &Context<'_>, disagreement: &Disagreement, contact: &Contact) -> bool {
    let Some(asked) = &contact.committee else {
        return disagreement.committee.is_none();
    };
    let Some(with) = &disagreement.committee else {
        return disagreement.description.as_deref().is_some_and(|text| text.contains(asked.text()));
    };
    match (with.committee(), asked.committee()) {
        (Some(with), Some(asked)) => context.is_family(with, asked),
        _ => with.text().eq_ignore_ascii_case(asked.text()),
    }
}
