//! The rules: which event a case takes, and why not.

use std::collections::BTreeSet;

use super::case::Case;
use super::demands::{
    check_texts, deadline, invalid, not_after, of_office, role, source, whole_day,
};
use super::event::*;
use super::failure::{RegisterFailure, refuse};
use super::rules::{Actor, Role};
use crate::error::{Error, Refusal};
use crate::proposal::Date;

impl Case {
    /// Whether the case takes the event; the rules alone, nothing is written.
    ///
    /// # Errors
    /// [refused](Error::is_refused) with a [reason](Error::refusal);
    /// [conflict](Error::is_conflict) when the event was written on other heads than the case has,
    /// or a conflict waits to be settled.
    pub fn allow(&self, event: &Event) -> Result<(), Error> {
        let actor = self.rules.actor(&event.by)?;
        whole_day(event.day)?;
        let mut after = event.after.clone();
        after.sort();
        if after != self.heads() {
            return Err(Error::new(RegisterFailure::HeadsMoved));
        }
        check_texts(event)?;
        self.end_allows(event)?;
        if !self.conflicts().is_empty() && self.exclusive_group(event).is_some() {
            let ids: Vec<&str> =
                self.conflicts().iter().flat_map(|one| &one.ids).map(String::as_str).collect();
            return Err(refuse(
                Refusal::Conflict,
                format!("the case is in conflict: {} exclude each other", ids.join(", ")),
                "settle it first: say which one stands",
            ));
        }
        self.allow_body(event, actor)
    }

    /// The same on a day: what lies after it has not happened yet.
    ///
    /// # Errors
    /// Those of [`Case::allow`].
    pub fn allow_on(&self, event: &Event, today: Date) -> Result<(), Error> {
        not_after(event.day, today)?;
        self.allow(event)
    }

    fn end_allows(&self, event: &Event) -> Result<(), Error> {
        let ended = self.facts.closed || self.facts.withdrawn;
        let still = matches!(
            event.body,
            Body::Reopened(_)
                | Body::Statement(_)
                | Body::BoardDecided(_)
                | Body::Feedback(_)
                | Body::Linked(_)
                | Body::Settled(_)
        );
        if ended && !still {
            return Err(refuse(Refusal::Ended, "the case has ended", "reopen it, with a reason"));
        }
        Ok(())
    }

    fn allow_body(&self, event: &Event, actor: &Actor) -> Result<(), Error> {
        match &event.body {
            Body::Received(_) => Err(refuse(
                Refusal::NumberTaken,
                format!("the case `{}` has begun already", self.id()),
                "open another case",
            )),
            Body::Screened(screened) => self.allow_screened(screened),
            Body::Shared(shared) => self.allow_shared(event, shared, actor),
            Body::Extended(extended) => self.allow_extended(extended, actor),
            Body::Asked(asked) => self.allow_asked(asked, actor),
            Body::Reminded(reminded) => self.allow_reminded(reminded, actor),
            Body::Statement(said) => self.allow_statement(event, said, actor),
            Body::Comment(comment) => of_office(actor, comment.organization),
            Body::Corrected(Corrected { of, content, .. }) => {
                self.allow_rewording(of, actor)?;
                self.allow_content(of, content)
            }
            Body::Retracted(Retracted { of, .. }) => self.allow_rewording(of, actor),
            Body::Revised(revised) => self.allow_revised(revised, actor),
            Body::Held(held) => self.allow_held(event, held),
            Body::Noted(noted) => {
                role(actor, &[Role::Secretary, Role::Chair, Role::Import])?;
                self.known(&noted.events)
            }
            Body::Proposed(proposed) => self.allow_proposed(event, proposed, actor),
            Body::Agreed(agreed) => self.allow_agreed(agreed, actor),
            Body::Sent(sent) => self.allow_sent(sent, actor),
            Body::BoardDecided(decided) => {
                source(event)?;
                role(actor, &[Role::Secretary, Role::Import])?;
                of_office(actor, decided.board)
            }
            Body::Feedback(feedback) => self.allow_feedback(feedback),
            Body::Settled(settled) => self.allow_settled(settled, actor),
            Body::Linked(linked) => {
                if linked.case.is_none() && linked.area.is_none() {
                    return Err(invalid("a link names a case or an area"));
                }
                Ok(())
            }
            Body::Released(_) => Ok(()),
            Body::Withdrawn(_) | Body::Closed(_) | Body::Reopened(_) => {
                role(actor, &[Role::Secretary, Role::Import])
            }
        }
    }

    fn allow_screened(&self, screened: &Screened) -> Result<(), Error> {
        let present = self.proposal().map(|file| file.sha.as_str());
        if present == Some(screened.proposal_sha.as_str()) {
            return Ok(());
        }
        Err(refuse(
            Refusal::OutdatedBasis,
            "the screening is of another revision of the proposal",
            "screen the text that is in force",
        ))
    }

    fn allow_shared(&self, event: &Event, shared: &Shared, actor: &Actor) -> Result<(), Error> {
        self.of_the_addressed_board(actor)?;
        deadline(shared.deadline)?;
        if shared.deadline <= event.day {
            return Err(refuse(
                Refusal::DeadlineNotLater,
                format!("the deadline {} is not after {}", shared.deadline, event.day),
                "name a later day",
            ));
        }
        if shared.with.is_empty() {
            return Err(invalid("a proposal is shared with at least one office"));
        }
        let days = event.day.days_until(shared.deadline);
        let shortest = i64::from(self.rules.settings().shortest_period);
        if days < shortest && shared.reason.as_deref().is_none_or(|text| text.trim().is_empty()) {
            return Err(refuse(
                Refusal::DeadlineNotLater,
                format!("{days} days are fewer than the {shortest} that offices usually have"),
                "name a later day, or give a reason",
            ));
        }
        Ok(())
    }

    fn allow_extended(&self, extended: &Extended, actor: &Actor) -> Result<(), Error> {
        self.of_the_addressed_board(actor)?;
        self.shared_before()?;
        deadline(extended.deadline)?;
        if self.facts.proposed.is_some() {
            return Err(refuse(
                Refusal::WouldRewrite,
                "an outcome is on the table",
                "answers still come in; a deadline no longer moves",
            ));
        }
        if self.deadline().is_some_and(|present| extended.deadline <= present) {
            return Err(refuse(
                Refusal::DeadlineNotLater,
                format!("{} is not later than the present deadline", extended.deadline),
                "name a later day",
            ));
        }
        Ok(())
    }

    fn allow_asked(&self, asked: &Asked, actor: &Actor) -> Result<(), Error> {
        let committee = self.rules.committee(&asked.committee)?;
        self.shared_before_unless(actor)?;
        if let Some(own) = asked.deadline {
            deadline(own)?;
        }
        match (asked.suggested_by, asked.probability) {
            (SuggestedBy::Machine, Some(p)) if !(0.0..=1.0).contains(&p) => {
                return Err(invalid("a probability lies between 0 and 1"));
            }
            (SuggestedBy::Person | SuggestedBy::Proposal, Some(_)) => {
                return Err(invalid("only what the machine suggested has a probability"));
            }
            _ => {}
        }
        if committee.organizations().iter().any(|one| of_office(actor, *one).is_ok()) {
            return Ok(());
        }
        of_office(actor, committee.organization())
    }

    fn allow_reminded(&self, reminded: &Reminded, actor: &Actor) -> Result<(), Error> {
        role(actor, &[Role::Secretary, Role::Import])?;
        let owing: BTreeSet<String> =
            self.owing().iter().map(|asked| asked.committee.to_string()).collect();
        for one in &reminded.to {
            let committee = self.rules.committee(one)?;
            if !owing.contains(&committee.to_string()) {
                return Err(refuse(
                    Refusal::NoGround,
                    format!("{committee} owes no answer"),
                    "remind those that `status` waits for",
                ));
            }
        }
        Ok(())
    }

    fn allow_statement(
        &self,
        event: &Event,
        said: &super::body::Statement,
        actor: &Actor,
    ) -> Result<(), Error> {
        source(event)?;
        self.shared_before_unless(actor)?;
        if said.answer == Answer::Unspecified && actor.role != Role::Import {
            return Err(refuse(
                Refusal::WrongRole,
                "an answer without content is for historical entries alone",
                "say what the committee said",
            ));
        }
        match (&said.committee, said.organization, said.unnamed) {
            (Some(committee), None, false) => {
                let committee = self.rules.committee(committee)?;
                let offices = committee.organizations();
                match offices.iter().find(|one| of_office(actor, **one).is_ok()) {
                    Some(_) => Ok(()),
                    None => of_office(actor, committee.organization()),
                }
            }
            (None, Some(organization), true) => of_office(actor, organization),
            _ => Err(invalid(
                "a statement names its committee, or an organization whose groups are unnamed",
            )),
        }
    }

    /// What an event is corrected to obeys the rules of its kind, and stays its writer's.
    fn allow_content(&self, of: &str, content: &Event) -> Result<(), Error> {
        let mut written = self.event(of);
        while let Some(Event { body: Body::Corrected(before), .. }) = written {
            written = Some(before.content.as_ref());
        }
        let Some(written) = written else { return self.known(&[of.to_owned()]) };
        if written.kind() != content.kind() || written.by != content.by {
            return Err(invalid("a correction is of the same kind and by the same actor"));
        }
        whole_day(content.day)?;
        let actor = self.rules.actor(&content.by)?;
        match &content.body {
            Body::Statement(said) => self.allow_statement(content, said, actor),
            Body::Comment(comment) => of_office(actor, comment.organization),
            Body::Asked(asked) => self.allow_asked(asked, actor),
            Body::Feedback(feedback) => self.allow_feedback(feedback),
            Body::BoardDecided(_) => source(content),
            Body::Shared(Shared { deadline: day, .. })
            | Body::Extended(Extended { deadline: day, .. }) => deadline(*day),
            Body::Held(held) => deadline(held.until),
            _ => Ok(()),
        }
    }

    fn allow_rewording(&self, of: &str, actor: &Actor) -> Result<(), Error> {
        let Some(written) = self.event(of) else {
            return self.known(&[of.to_owned()]);
        };
        if matches!(written.body, Body::Received(_)) {
            return Err(refuse(
                Refusal::WouldRewrite,
                "the beginning of a case is neither corrected nor taken back",
                "withdraw the case, or record a revision",
            ));
        }
        let office = self.rules.actor(&written.by)?.office;
        if office != actor.office && actor.role != Role::Import {
            return Err(refuse(
                Refusal::WrongRole,
                "another office wrote it",
                "let the office that wrote it correct it",
            ));
        }
        for entry in self.log() {
            let touched = match &entry.event.body {
                Body::Corrected(before) => &before.of,
                Body::Retracted(before) => &before.of,
                _ => continue,
            };
            if touched == of && !self.dead.contains(&entry.id) {
                return Err(refuse(
                    Refusal::WouldRewrite,
                    format!("{of} was corrected or taken back by {}", entry.id),
                    format!("correct {} instead", entry.id),
                ));
            }
        }
        Ok(())
    }

    fn allow_revised(&self, revised: &Revised, actor: &Actor) -> Result<(), Error> {
        role(actor, &[Role::Secretary, Role::Import])?;
        if self.proposal().is_some_and(|file| file.sha == revised.proposal.sha) {
            return Err(refuse(
                Refusal::WouldRewrite,
                "the text is the one that is on file",
                "record a revision when the text differs",
            ));
        }
        Ok(())
    }

    fn allow_held(&self, event: &Event, held: &Held) -> Result<(), Error> {
        deadline(held.until)?;
        if self.facts.sent.is_some() {
            return Err(refuse(
                Refusal::Ended,
                "the outcome was sent",
                "write to the board instead",
            ));
        }
        let longest = i64::from(self.rules.settings().longest_hold);
        let days = event.day.days_until(held.until);
        if days < 1 || days > longest {
            return Err(refuse(
                Refusal::DeadlineNotLater,
                format!("a case is held for 1 to {longest} days, not for {days}"),
                "name another day",
            ));
        }
        Ok(())
    }

    fn known(&self, ids: &[String]) -> Result<(), Error> {
        match ids.iter().find(|id| self.event(id).is_none()) {
            None if ids.is_empty() => Err(invalid("at least one event is named")),
            None => Ok(()),
            Some(id) => Err(refuse(
                Refusal::NoGround,
                format!("no event `{}` in the case", crate::error::shown(id)),
                "`log` lists the ids",
            )),
        }
    }

    fn of_the_addressed_board(&self, actor: &Actor) -> Result<(), Error> {
        if matches!(actor.role, Role::Chair | Role::Import) {
            return Ok(());
        }
        role(actor, &[Role::Secretary])?;
        self.addressed_to().map_or(Ok(()), |office| of_office(actor, office))
    }

    fn shared_before(&self) -> Result<(), Error> {
        if self.facts.shared.is_some() {
            return Ok(());
        }
        Err(refuse(Refusal::NotShared, "the proposal was not shared yet", "share it first"))
    }

    pub(super) fn shared_before_unless(&self, actor: &Actor) -> Result<(), Error> {
        if actor.role == Role::Import { Ok(()) } else { self.shared_before() }
    }
}
