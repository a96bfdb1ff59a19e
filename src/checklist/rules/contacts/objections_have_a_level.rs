#![doc = include_str!("../../../../docs/rules/C21.md")]

use std::collections::{HashMap, HashSet};

use aho_corasick::AhoCorasick;

use crate::catalogue::Committee;
use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::{Fault, Note, c21};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::listed;
use crate::proposal::{Body, Contact, Date, Outcome};
use crate::reference::CommitteeRef;

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
    source: "Technical coordination mechanism among IEC, ISO and ITU; ISO/IEC Directives, Part 1 (2020), B.2 and B.3",
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
    let later = later_answers(&proposal.contacts_made);
    let recorded = Recorded::of(context);
    for (at, contact) in proposal.contacts_made.iter().enumerate() {
        if !contact.objects() || is_settled(&later, contact) {
            continue;
        }
        if !recorded.is_about(context, contact) {
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

/// The last day on which each body gave an answer that is no objection.
fn later_answers(contacts: &[Contact]) -> HashMap<&Body, Date> {
    let mut last = HashMap::new();
    for contact in contacts {
        let answered = !contact.objects()
            && !matches!(contact.outcome, None | Some(Outcome::Objection | Outcome::NoAnswer));
        if let (true, Some(body), Some(date)) = (answered, &contact.committee, contact.date) {
            let day = last.entry(body).or_insert(date);
            *day = date.max(*day);
        }
    }
    last
}

/// True when the same body gave another answer afterwards.
fn is_settled(later: &HashMap<&Body, Date>, objection: &Contact) -> bool {
    let after = objection.committee.as_ref().and_then(|body| later.get(body));
    matches!((objection.date, after), (Some(before), Some(after)) if *after > before)
}

/// Longest name of a body that is looked for in descriptions, in bytes.
const LONGEST_NAME: usize = 100;

/// Disagreements on record by those that they are with, so that each objection is looked up once.
#[derive(Default)]
struct Recorded {
    /// Committees that are named, and those that do their work today.
    with: HashSet<CommitteeRef>,
    /// The same, and all above them.
    above: HashSet<CommitteeRef>,
    /// Committees as they are named.
    named: HashSet<CommitteeRef>,
    /// Names in lower case of all bodies, and of those that are no committees.
    names: HashSet<String>,
    other_names: HashSet<String>,
    /// True when one says not with whom.
    is_open: bool,
    /// Names of bodies asked that the descriptions of those hold.
    described: HashSet<String>,
}

impl Recorded {
    fn of(context: &Context<'_>) -> Recorded {
        let mut all = Recorded::default();
        let mut described = String::new();
        for one in &context.proposal.open_disagreements {
            let Some(body) = &one.committee else {
                all.is_open = true;
                described.push_str(one.description.as_deref().unwrap_or_default());
                described.push('\n');
                continue;
            };
            let name = body.text().to_ascii_lowercase();
            match body.committee() {
                Some(committee) => all.add(context, committee),
                None => drop(all.other_names.insert(name.clone())),
            }
            all.names.insert(name);
        }
        let asked = context.proposal.contacts_made.iter().filter(|contact| contact.objects());
        let names: Vec<&str> = asked
            .filter_map(|contact| contact.committee.as_ref().map(Body::text))
            .filter(|name| !name.is_empty() && name.len() <= LONGEST_NAME)
            .collect();
        if let (false, Ok(search)) = (described.trim().is_empty(), AhoCorasick::new(&names)) {
            let mut found = vec![false; names.len()];
            for one in search.find_overlapping_iter(&described) {
                found[one.pattern()] = true;
            }
            let found = names.iter().zip(found).filter(|(_, is_found)| *is_found);
            all.described = found.map(|(name, _)| (*name).to_owned()).collect();
        }
        all
    }

    fn add(&mut self, context: &Context<'_>, committee: &CommitteeRef) {
        let current = context.catalogue().ok().and_then(|catalogue| catalogue.current(committee));
        for one in std::iter::once(committee).chain(current.map(Committee::reference)) {
            self.with.insert(one.clone());
            self.above.extend(with_those_above(one));
        }
        self.named.insert(committee.clone());
    }

    /// True when one of them is with the body that objects, or its family.
    fn is_about(&self, context: &Context<'_>, contact: &Contact) -> bool {
        let Some(asked) = &contact.committee else { return self.is_open };
        if self.described.contains(asked.text()) {
            return true;
        }
        let name = asked.text().to_ascii_lowercase();
        let Some(committee) = asked.committee() else { return self.names.contains(&name) };
        let parent = context.catalogue().ok().and_then(|catalogue| catalogue.parent(committee));
        self.other_names.contains(&name)
            || self.above.contains(committee)
            || with_those_above(committee).any(|one| self.with.contains(&one))
            || parent.is_some_and(|parent| self.named.contains(parent.reference()))
    }
}

fn with_those_above(committee: &CommitteeRef) -> impl Iterator<Item = CommitteeRef> {
    std::iter::successors(Some(committee.clone()), CommitteeRef::parent)
}
