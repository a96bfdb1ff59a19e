//! Words for people.

use std::fmt;

use super::case::Voice;
use super::event::*;

impl Answer {
    /// What a committee did, in the fixed words of papers.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Answer::NoInterest => "has no interest",
            Answer::InformUs => "asks to be kept informed",
            Answer::Liaison => "wishes a liaison",
            Answer::Contribute => "wishes to contribute",
            Answer::JointWork => "proposes joint work",
            Answer::Objection => "objects",
            Answer::Unspecified => "is reported to be interested, without particulars",
        }
    }

    /// True for what may be summed up as stated interest.
    #[must_use]
    pub const fn is_interest(self) -> bool {
        matches!(self, Answer::Liaison | Answer::Contribute | Answer::JointWork)
    }
}

impl SuggestedBy {
    /// A word for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            SuggestedBy::Person => "a person",
            SuggestedBy::Proposal => "the proposal",
            SuggestedBy::Machine => "the machine",
        }
    }
}

impl CaseOutcome {
    /// A few words for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            CaseOutcome::Recommendation => "formal recommendation",
            CaseOutcome::CommentsForwarded => "comments forwarded",
            CaseOutcome::NothingToAdd => "nothing to add",
        }
    }
}

impl Decision {
    /// A few words for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Decision::Accepted => "accepted",
            Decision::AcceptedChanged => "accepted with changes",
            Decision::AssignedToExisting => "given to an existing committee",
            Decision::Deferred => "deferred",
            Decision::Rejected => "rejected",
            Decision::Withdrawn => "withdrawn by the proposer",
            Decision::NotKnown => "not known",
        }
    }
}

impl Followed {
    /// A few words for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Followed::Yes => "followed",
            Followed::Partly => "followed in part",
            Followed::No => "not followed",
            Followed::NotStated => "not spoken of",
        }
    }
}

impl ItemFollowed {
    /// How the item was taken, with the note.
    #[must_use]
    pub fn in_words(&self) -> String {
        let note = self.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
        let how = self.followed.words();
        note.map_or_else(|| how.to_owned(), |note| format!("{how} («{note}»)"))
    }
}

impl fmt::Display for Voice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Voice::Committee(committee) => committee.fmt(f),
            Voice::Unnamed(office) => write!(f, "groups of {office} that are not named"),
        }
    }
}

impl Disposition {
    /// A few words for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Disposition::TakenUp => "taken up",
            Disposition::Answered => "answered",
            Disposition::Forwarded => "forwarded",
            Disposition::OutOfScope => "outside of what is decided here",
            Disposition::Withdrawn => "withdrawn",
        }
    }
}

impl Stand {
    /// A few words for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Stand::Agree => "agrees",
            Stand::Reservation => "agrees with a reservation",
            Stand::Abstain => "abstains",
            Stand::Object => "objects",
        }
    }
}

/// One line for a log: day, actor, what happened, source.
impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, {}: {}",
            self.day,
            self.by,
            crate::text::display::one_line(&told(&self.body))
        )?;
        if let Some(source) = &self.source {
            write!(f, " ({})", crate::text::display::one_line(source))?;
        }
        if self.visible == Visible::Spcg {
            f.write_str(" [for SPCG alone]")?;
        }
        Ok(())
    }
}

fn told(body: &Body) -> String {
    match body {
        Body::Received(one) => format!("«{}» received for {}", one.title, one.addressed_to.board()),
        Body::Screened(_) => "screened".into(),
        Body::Shared(one) => {
            let with: Vec<&str> = one.with.iter().map(|office| office.name()).collect();
            format!("shared with {} until {}", with.join(", "), one.deadline)
        }
        Body::Extended(one) => format!("deadline moved to {}: {}", one.deadline, one.reason),
        Body::Asked(one) => format!("{} asked", one.committee),
        Body::Reminded(one) => format!("{} reminded", one.to.join(", ")),
        Body::Statement(one) => match (&one.committee, one.organization) {
            (Some(committee), _) => format!("{committee} {}", one.answer.words()),
            (None, Some(office)) if one.answer == Answer::Unspecified => {
                format!("interest of groups of {office} reported, which are not named")
            }
            (None, Some(office)) => {
                format!("a group of {office} that is not named {}", one.answer.words())
            }
            (None, None) => one.answer.words().into(),
        },
        Body::Comment(one) => format!("comment of {}: {}", one.organization, one.text),
        Body::Corrected(one) => {
            format!("{} corrected ({}) to: {}", one.of, one.reason, told(&one.content.body))
        }
        Body::Retracted(one) => format!("{} taken back: {}", one.of, one.reason),
        Body::Revised(one) => format!("proposal revised: {}", one.changes),
        Body::Held(one) => format!("held until {}: {}", one.until, one.reason),
        Body::Released(one) => format!("hold lifted: {}", one.reason),
        Body::Noted(one) => {
            format!("{} {}: {}", one.events.join(", "), one.disposition.words(), one.text)
        }
        Body::Proposed(one) => format!("{} proposed: {}", one.outcome.words(), one.reason),
        Body::Agreed(one) => one.position.words().into(),
        Body::Sent(one) => format!("sent to {} as {}", one.to.board(), one.document),
        Body::BoardDecided(one) => {
            format!("decision of {}: {}", one.board.board(), one.decision.words())
        }
        Body::Feedback(one) => {
            let was = if one.concerned { "was concerned" } else { "was not concerned" };
            format!("{} {was}", one.committee)
        }
        Body::Settled(one) => format!("settled: {} stands ({})", one.winner, one.reason),
        Body::Linked(one) => {
            let other = one.case.as_deref().or(one.area.as_deref()).unwrap_or("");
            match one.relation {
                Relation::SameSubject => format!("same subject as {other}"),
                Relation::Duplicate => format!("duplicate of {other}"),
                Relation::Supersedes => format!("takes the place of {other}"),
                Relation::BelongsTo => format!("belongs to {other}"),
            }
        }
        Body::Withdrawn(one) => format!("withdrawn: {}", one.reason),
        Body::Closed(one) => format!("closed: {}", one.reason),
        Body::Reopened(one) => format!("reopened: {}", one.reason),
    }
}
