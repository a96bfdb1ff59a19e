#![doc = include_str!("../../../../docs/rules/C39.md")]

use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c39;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::sentences;
use crate::proposal::answer::{PHRASES, affirms, denies_telling, role_in};
use crate::proposal::{Body, Contact, Kind};
use crate::reference::{Found, Reference, find_references};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C39",
    name: "own-leadership-was-asked",
    group: Group::Contacts,
    principle: Principle::TalkEarly,
    severity: Severity::Warning,
    question: "Was the work discussed with the leadership of the committee that is addressed, before the form was filled in?",
    explanation: include_str!("../../../../docs/rules/C39.md"),
    since: "0.2.0",
    support: Support::Supported,
    source: "ISO/IEC Directives, Part 1 (2020), 2.3.4",
    applies_to: &[Kind::NewWorkItem],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let proposal = context.proposal;
    let committee = proposal.committee.as_ref().ok_or_else(|| {
        CannotTell::because("the proposal does not name the committee that it is addressed to")
    })?;
    let mut review = Review::default();
    let proposer = proposal.proposer.as_deref().unwrap_or_default();
    let is_own = |found: Found| match found.reference {
        Reference::Committee(named) => context.is_family(&named, committee),
        Reference::Standard(_) => false,
    };
    if find_references(proposer, proposal.organization).any(is_own) {
        review.note(c39::ProposesItself {});
        return review.verdict();
    }
    let is_with_own = |contact: &Contact| {
        let asked = contact.committee.as_ref().and_then(Body::committee);
        asked.is_some_and(|asked| context.is_family(asked, committee))
    };
    if proposal.contacts_made.iter().any(is_with_own) {
        review.note(c39::SpokenTo { committee: committee.to_string() });
        return review.verdict();
    }
    let mut is_told = false;
    for text in context.texts() {
        for sentence in sentences(&text.text).filter(|one| speaks_of_leadership(one)) {
            if denies_telling(sentence) {
                let committee = committee.to_string();
                let evidence = vec![context.field(&text.field)];
                review.find(Severity::Warning, c39::NotSpokenTo { committee }, evidence);
                return review.verdict();
            }
            is_told |= affirms(sentence, &PHRASES.told).is_some();
        }
    }
    if is_told {
        return review.verdict();
    }
    Err(CannotTell::because(format!(
        "nothing says whether the leadership of {committee} was spoken to"
    )))
}

/// True for a sentence on the officers of the committee that is addressed; other committees have
/// their own contacts.
fn speaks_of_leadership(sentence: &str) -> bool {
    role_in(sentence).is_some() && find_references(sentence, None).next().is_none()
}
