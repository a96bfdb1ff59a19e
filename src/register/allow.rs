//! The rules: which event a case takes, and why not.

use std::collections::BTreeSet;

use super::case::{Case, Voice};
use super::event::*;
use super::failure::{RegisterFailure, refuse};
use super::rules::{Actor, Role};
use crate::error::{Error, Refusal};
use crate::proposal::Date;
use crate::reference::Organization;

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
        said: &super::event::Statement,
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

    fn allow_proposed(
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

    fn allow_agreed(&self, agreed: &Agreed, actor: &Actor) -> Result<(), Error> {
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

    fn allow_sent(&self, sent: &Sent, actor: &Actor) -> Result<(), Error> {
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

    fn allow_feedback(&self, feedback: &Feedback) -> Result<(), Error> {
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

    fn allow_settled(&self, settled: &Settled, actor: &Actor) -> Result<(), Error> {
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

    fn shared_before_unless(&self, actor: &Actor) -> Result<(), Error> {
        if actor.role == Role::Import { Ok(()) } else { self.shared_before() }
    }
}

fn invalid(what: &str) -> Error {
    refuse(Refusal::Invalid, what, "complete the entry")
}

fn unanswered(open: &[&str]) -> Result<(), Error> {
    if open.is_empty() {
        return Ok(());
    }
    Err(refuse(
        Refusal::Unanswered,
        format!("without a disposition: {}", open.join(", ")),
        "note what becomes of each",
    ))
}

/// The actor has one of the roles.
fn role(actor: &Actor, roles: &[Role]) -> Result<(), Error> {
    if roles.contains(&actor.role) {
        return Ok(());
    }
    Err(refuse(
        Refusal::WrongRole,
        format!("`{}` has not the role for this", actor.id),
        "let a secretary record it",
    ))
}

/// The actor writes for the organization.
fn of_office(actor: &Actor, office: Organization) -> Result<(), Error> {
    if actor.role == Role::Import || actor.office == Some(office) {
        return Ok(());
    }
    Err(refuse(
        Refusal::WrongRole,
        format!("`{}` does not write for {office}", actor.id),
        format!("let the secretary or a member of {office} record it"),
    ))
}

fn source(event: &Event) -> Result<(), Error> {
    if event.source.as_deref().is_some_and(|text| !text.trim().is_empty()) {
        return Ok(());
    }
    Err(refuse(
        Refusal::NoSource,
        "nothing says where another person finds it",
        "give a document number, a message or a minute as source",
    ))
}

fn deadline(day: Date) -> Result<(), Error> {
    if day.day().is_some() {
        return Ok(());
    }
    Err(refuse(
        Refusal::DeadlineMissing,
        format!("`{day}` is not a day"),
        "write the deadline as year, month and day",
    ))
}

fn whole_day(day: Date) -> Result<(), Error> {
    if day.day().is_some() && day.year() >= 1900 {
        return Ok(());
    }
    Err(refuse(
        Refusal::Invalid,
        format!("`{day}` is not a day on which it happened"),
        "write year, month and day",
    ))
}

/// Nothing is put on file before it happens.
pub(crate) fn not_after(day: Date, today: Date) -> Result<(), Error> {
    if day <= today {
        return Ok(());
    }
    Err(refuse(
        Refusal::Invalid,
        format!("the day {day} lies after today, {today}"),
        "check the day and the clock",
    ))
}

/// Bounds of texts, and reasons that are not blank.
pub(crate) fn check_texts(event: &Event) -> Result<(), Error> {
    let value = serde_json::to_value(event).unwrap_or_default();
    fn walk(name: &str, value: &serde_json::Value) -> Result<(), Error> {
        match value {
            serde_json::Value::String(text) => {
                if text.chars().count() > LONGEST_TEXT {
                    return Err(Error::new(RegisterFailure::TooLarge {
                        what: format!("`{name}`"),
                        bound: format!("{LONGEST_TEXT} characters"),
                    }));
                }
                let blank = text.trim().is_empty();
                if blank && matches!(name, "reason" | "text" | "title" | "changes") {
                    return Err(invalid(&format!("`{name}` is blank")));
                }
                Ok(())
            }
            serde_json::Value::Array(list) => list.iter().try_for_each(|one| walk(name, one)),
            serde_json::Value::Object(map) => map.iter().try_for_each(|(k, v)| walk(k, v)),
            _ => Ok(()),
        }
    }
    walk("event", &value)
}
