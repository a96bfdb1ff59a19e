#![doc = include_str!("../../../../docs/rules/C20.md")]

use std::collections::HashMap;

use super::answers_are_recorded::name;
use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c20;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{first, phrase_in};
use crate::proposal::{Body, Contact, Date, Outcome};
use crate::reference::Organization;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C20",
    name: "time-to-react",
    group: Group::Contacts,
    principle: Principle::TalkEarly,
    severity: Severity::Warning,
    question: "Did those who were asked have time to react?",
    explanation: include_str!("../../../../docs/rules/C20.md"),
    since: "0.1.0",
    support: Support::SupportedAndInference,
    source: "Technical coordination mechanism among IEC, ISO and ITU (earliest stage); ISO/IEC Directives, Part 1 (2020), 1.17.1; ITU-T A.1 (10/2016), 1.5.1; number of weeks: inference",
    applies_to: &[],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let contacts = &context.proposal.contacts_made;
    let dated: Vec<(usize, &Contact, Date)> = contacts
        .iter()
        .enumerate()
        .filter_map(|(at, contact)| Some((at, contact, contact.date?)))
        .collect();
    if contacts.is_empty() {
        return Ok(Verdict::not_applicable(c20::NobodyAsked {}));
    }
    if dated.is_empty() {
        return Err(CannotTell::because("no contact has a date"));
    }
    let submission = context.submission()?;
    // Where a date is only a month or a year, it is read in favour of the proposer.
    let days = |date: Date| date.first_day().days_until(submission.last_day());
    let wanted = context.thresholds.contact_weeks * 7;
    let mut review = Review::default();
    let evidence = |of: &[usize]| -> Vec<Evidence> {
        let mut evidence = context.items("contacts_made", of.iter().copied());
        let line: Vec<String> =
            dated.iter().map(|(_, contact, date)| format!("{date} {}", name(contact))).collect();
        evidence.push(Evidence::fact(format!("{}, {submission} submission", line.join(", "))));
        evidence
    };
    let all: Vec<usize> = dated.iter().map(|(at, ..)| *at).collect();
    if dated.iter().all(|(.., date)| days(*date) <= context.thresholds.contact_late_days) {
        review.find(
            Severity::Warning,
            c20::AskedAtTheEnd {
                days: context.thresholds.contact_late_days.to_string(),
                weeks: context.thresholds.contact_weeks.to_string(),
            },
            evidence(&all),
        );
    } else {
        for organization in Organization::ALL {
            let own: Vec<_> = dated
                .iter()
                .filter(|(_, contact, _)| contact.organizations().contains(&organization))
                .collect();
            let Some((_, _, earliest)) = own.iter().min_by_key(|(.., date)| date.first_day())
            else {
                continue;
            };
            if days(*earliest) < wanted {
                let at: Vec<usize> = own.iter().map(|(at, ..)| *at).collect();
                review.find(
                    Severity::Advice,
                    c20::FirstContactLate {
                        organization: organization.to_string(),
                        days: days(*earliest).max(0).to_string(),
                        weeks: context.thresholds.contact_weeks.to_string(),
                    },
                    evidence(&at),
                );
            }
        }
    }
    let after: Vec<usize> = dated
        .iter()
        .filter(|(.., date)| date.first_day() > submission.last_day())
        .map(|(at, ..)| *at)
        .collect();
    if !after.is_empty() && after.len() < dated.len() {
        let names: Vec<&str> = after.iter().map(|at| name(&contacts[*at])).collect();
        let (contacts, submission) = (first(&names, 4), submission.to_string());
        review.find(
            Severity::Warning,
            c20::AskedAfterwards { contacts, submission }.of(names.len()),
            evidence(&after),
        );
    }
    let mut asked: HashMap<&Body, usize> = HashMap::new();
    for body in contacts.iter().filter_map(|contact| contact.committee.as_ref()) {
        *asked.entry(body).or_default() += 1;
    }
    let waiting: Vec<usize> = dated
        .iter()
        .filter(|(_, contact, date)| {
            contact.outcome == Some(Outcome::NoAnswer)
                && date.last_day().days_until(submission.first_day()) > wanted
        })
        .filter(|(_, contact, _)| !is_reminded(&asked, contact))
        .map(|(at, ..)| *at)
        .collect();
    if !waiting.is_empty() {
        let names: Vec<&str> = waiting.iter().map(|at| name(&contacts[*at])).collect();
        review.find(
            Severity::Advice,
            c20::NoReminder { contacts: first(&names, 4) },
            evidence(&waiting),
        );
    }
    review.verdict()
}

/// True when the same body was asked again, or the note tells of a reminder.
fn is_reminded(asked: &HashMap<&Body, usize>, contact: &Contact) -> bool {
    contact.note.as_deref().is_some_and(|note| {
        phrase_in(note, &["reminder", "reminded", "asked again", "second letter"]).is_some()
    }) || contact.committee.as_ref().is_some_and(|body| asked.get(body).is_some_and(|n| *n > 1))
}
