#![doc = include_str!("../../../../docs/rules/C19.md")]

use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::{Fault, c19};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::first;
use crate::proposal::Contact;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C19",
    name: "answers-are-recorded",
    group: Group::Contacts,
    principle: Principle::TalkEarly,
    severity: Severity::Warning,
    question: "Who was asked, when, and what was the answer?",
    explanation: include_str!("../../../../docs/rules/C19.md"),
    since: "0.1.0",
    support: Support::Supported,
    source: "ISO/IEC Directives, Part 1 (2020), C.4.9.3; ITU-T A.1 (10/2016), 1.5.1",
    applies_to: &[],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let contacts = &context.proposal.contacts_made;
    if contacts.is_empty() {
        return Ok(Verdict::not_applicable(c19::NobodyAsked {}));
    }
    let mut review = Review::default();
    let mut lacking =
        |severity, lacks: &dyn Fn(&Contact) -> bool, fault: fn(String, usize) -> Fault| {
            let bare: Vec<usize> = (0..contacts.len()).filter(|at| lacks(&contacts[*at])).collect();
            if bare.is_empty() {
                return;
            }
            let names: Vec<&str> = bare.iter().map(|at| name(&contacts[*at])).collect();
            let fault = fault(first(&names, 4), names.len());
            review.find(severity, fault, context.items("contacts_made", bare));
        };
    lacking(Severity::Warning, &|contact| contact.outcome.is_none(), |contacts, number| {
        c19::NoOutcome { contacts }.of(number)
    });
    lacking(Severity::Warning, &|contact| contact.date.is_none(), |contacts, number| {
        c19::NoDate { contacts }.of(number)
    });
    let no_person = |contact: &Contact| {
        contact.role.as_deref().is_none_or(|role| role.trim().is_empty())
            && !contact.by_liaison_statement()
    };
    lacking(Severity::Advice, &no_person, |contacts, number| c19::NoPerson { contacts }.of(number));
    review.verdict()
}

/// Whom a contact is with, as the proposal says it.
pub(crate) fn name(contact: &Contact) -> &str {
    match (&contact.committee, &contact.organization) {
        (Some(committee), _) => committee.text(),
        (None, Some(organization)) => organization,
        (None, None) => "a body that is not named",
    }
}
