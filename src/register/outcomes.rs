//! The rules for outcomes: what may be proposed, agreed, sent and settled.

use super::body::*;
use super::case::{Case, Voice};
use super::demands::{invalid, role, unanswered};
use super::event::Event;
use super::failure::refuse;
use super::rules::{Actor, Role};
use super::vocabulary::*;
use crate::error::{Error, Refusal};
use crate::reference::Organization;

impl Case {
    pub(super) fn allow_proposed(
        &self,
        event: &Event,
        proposed: &Proposed,
        actor: &Actor,
    ) -> Result<(), Error> {
        role(actor, &[Role::Secretary, Role::Chair, Role::Import])?;
        self.shared_before_unless(actor)?;
        let urgent = proposed.urgent.as_deref().is_some_and(|text| !text.trim().is_empty());
        let open = self.deadline().is_some_and(|deadline| event.day <= deadline);
        let owing: Vec<String> =
            self.owing().iter().map(|asked| asked.committee.to_string()).collect();
        if open && !owing.is_empty() && !urgent && actor.role != Role::Import {
            return Err(refuse(
                Refusal::StillOpen,
                format!("the deadline has not passed, and {} owe an answer", owing.join(", ")),
                "wait, or say why it is urgent",
            ));
        }
        if let Some(held) = &self.facts.held
            && held.until >= event.day
        {
            return Err(refuse(
                Refusal::Held,
                format!("the case is held until {}: {}", held.until, held.reason),
                "wait, or let it be released",
            ));
        }
        self.all_noted(proposed.outcome)?;
        match (proposed.outcome, &proposed.paper) {
            (CaseOutcome::Recommendation, None) => Err(refuse(
                Refusal::NoGround,
                "a recommendation without a paper",
                "draft one, check it, and propose its number and hash",
            )),
            (CaseOutcome::Recommendation, Some(_)) => Ok(()),
            (_, Some(_)) => Err(invalid("only a recommendation has a paper")),
            (_, None) => Ok(()),
        }
    }

    /// Comments and objections have a disposition; so has every statement from a liaison on, when
    /// there would be nothing to add.
    fn all_noted(&self, outcome: CaseOutcome) -> Result<(), Error> {
        let comments = self.facts.comments.iter().map(|(entry, _)| entry.id.as_str());
        let statements = self.facts.statements.iter().filter(|one| match one.said.answer {
            Answer::Objection => true,
            Answer::Liaison | Answer::Contribute | Answer::JointWork => {
                outcome == CaseOutcome::NothingToAdd
            }
            _ => false,
        });
        let open: Vec<&str> = comments
            .chain(statements.map(|one| one.id.as_str()))
            .filter(|id| !self.is_noted(id))
            .collect();
        unanswered(&open)
    }

    pub(super) fn allow_agreed(&self, agreed: &Agreed, actor: &Actor) -> Result<(), Error> {
        let Some((_, proposed)) = &self.facts.proposed else {
            return Err(refuse(
                Refusal::NotAgreed,
                "no outcome is on the table",
                "propose one first",
            ));
        };
        if actor.office.is_none() {
            return Err(refuse(
                Refusal::WrongRole,
                format!("`{}` speaks for no office", actor.id),
                "let each office take its own position",
            ));
        }
        if agreed.paper_sha.as_ref() != proposed.paper.as_ref().map(|paper| &paper.sha) {
            return Err(refuse(
                Refusal::TextChanged,
                "the position is on another text than the one that was proposed",
                "read the text that is on the table and agree to its hash",
            ));
        }
        let needs_text = matches!(agreed.position, Stand::Reservation | Stand::Object);
        if needs_text && agreed.text.as_deref().is_none_or(|text| text.trim().is_empty()) {
            return Err(invalid("a reservation or objection is put in words"));
        }
        Ok(())
    }

    pub(super) fn allow_sent(&self, sent: &Sent, actor: &Actor) -> Result<(), Error> {
        role(actor, &[Role::Secretary, Role::Import])?;
        if sent.document.trim().is_empty() {
            return Err(invalid("what is sent has a document number"));
        }
        if self.facts.proposed.is_none() {
            return Err(refuse(
                Refusal::NotAgreed,
                "no outcome is on the table",
                "propose one first",
            ));
        }
        if let Some(office) = self.objecting().first() {
            return Err(refuse(
                Refusal::Objected,
                format!("{office} objects"),
                "propose another outcome or text",
            ));
        }
        let missing: Vec<&str> = self.missing_positions().iter().map(|one| one.name()).collect();
        if !missing.is_empty() {
            return Err(refuse(
                Refusal::NotAgreed,
                format!("no position of {} is on file", missing.join(", ")),
                "wait for them",
            ));
        }
        if self.is_outdated() {
            return Err(refuse(
                Refusal::OutdatedBasis,
                "the proposal was revised after the outcome was proposed",
                "propose it anew on the present text",
            ));
        }
        unanswered(&self.unseen())
    }

    /// Offices of the agreement rule that have not spoken.
    #[must_use]
    pub fn missing_positions(&self) -> Vec<Organization> {
        let needed = self.rules.settings().agreement_of.iter().copied();
        needed.filter(|office| !self.facts.positions.contains_key(office)).collect()
    }

    pub(super) fn allow_feedback(&self, feedback: &Feedback) -> Result<(), Error> {
        let committee = self.rules.committee(&feedback.committee)?;
        let voice = Voice::Committee(committee);
        if feedback.basis == FeedbackBasis::Statement
            && !self.facts.statements.iter().any(|one| one.voice == voice)
        {
            return Err(refuse(
                Refusal::NoGround,
                "no statement of that committee is on file",
                "record the statement, or name another basis",
            ));
        }
        Ok(())
    }

    pub(super) fn allow_settled(&self, settled: &Settled, actor: &Actor) -> Result<(), Error> {
        role(actor, &[Role::Secretary])?;
        let mut named = settled.set_aside.clone();
        named.push(settled.winner.clone());
        named.sort();
        let is_it = self.conflicts().iter().any(|conflict| {
            let mut ids = conflict.ids.clone();
            ids.sort();
            ids == named
        });
        if is_it {
            return Ok(());
        }
        Err(refuse(
            Refusal::NoGround,
            "those events are not in conflict",
            "name the one that stands and every other one of the conflict",
        ))
    }
}
