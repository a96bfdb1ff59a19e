//! Where a case stands on a day: computed, never stored.

use std::fmt;

use serde::Serialize;

use super::case::Case;
use crate::proposal::Date;

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It came in.
    Received,
    /// Offices have it, and the deadline has not passed.
    Shared,
    /// The deadline has passed.
    Due,
    /// An outcome is on the table.
    Proposed,
    /// Every office has agreed.
    Agreed,
    /// The outcome went to the board.
    Sent,
    /// The board has decided.
    Answered,
    /// It is closed.
    Closed,
    /// The proposal was withdrawn.
    Withdrawn,
    /// Another case is about the same proposal.
    Duplicate,
}

impl State {
    /// The word for people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            State::Received => "received",
            State::Shared => "shared",
            State::Due => "due",
            State::Proposed => "proposed",
            State::Agreed => "agreed",
            State::Sent => "sent",
            State::Answered => "answered",
            State::Closed => "closed",
            State::Withdrawn => "withdrawn",
            State::Duplicate => "duplicate",
        }
    }
}

impl State {
    /// How a report tells it.
    pub(crate) const fn told(self) -> &'static str {
        match self {
            State::Shared => "shared, answers awaited",
            State::Due => "outcome awaited",
            State::Proposed => "outcome on the table",
            State::Agreed => "outcome agreed",
            State::Sent => "sent to the board",
            State::Answered => "answered by the board",
            other => other.word(),
        }
    }
}

/// State and marks of a case on a day. Its `Display` form is one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Status {
    /// The case.
    pub case: String,
    /// The state.
    pub state: State,
    /// Days to the deadline; negative after it; `None` without one.
    pub days_left: Option<i64>,
    /// Committees that were asked.
    pub asked: usize,
    /// Those of them that have answered.
    pub answered: usize,
    /// Who is waited for.
    pub waiting_for: Vec<String>,
    /// What is to be known beside the state.
    pub marks: Vec<String>,
}

impl Case {
    /// State and marks on a day.
    #[must_use]
    pub fn status(&self, today: Date) -> Status {
        let state = self.state(today);
        let owing = self.owing();
        let asked: std::collections::BTreeSet<_> =
            self.asked().iter().map(|one| &one.committee).collect();
        let waiting_for = match state {
            State::Shared | State::Due => {
                let mut waiting: Vec<_> = owing.iter().map(|one| &one.committee).collect();
                waiting.sort();
                waiting.iter().map(|one| format!("{one} ({})", one.organization())).collect()
            }
            State::Proposed => {
                self.missing_positions().iter().map(|office| office.name().to_owned()).collect()
            }
            State::Sent => {
                self.addressed_to().map(|office| office.board().to_owned()).into_iter().collect()
            }
            _ => Vec::new(),
        };
        Status {
            case: self.id().to_owned(),
            state,
            days_left: self.deadline().map(|deadline| today.days_until(deadline)),
            asked: asked.len(),
            answered: asked.len() - owing.len(),
            waiting_for,
            marks: self.marks(today),
        }
    }

    /// The state on a day.
    #[must_use]
    pub fn state(&self, today: Date) -> State {
        let facts = &self.facts;
        if facts.duplicate_of.is_some() {
            State::Duplicate
        } else if facts.withdrawn {
            State::Withdrawn
        } else if facts.closed {
            State::Closed
        } else if facts.sent.is_some() && !facts.decided.is_empty() {
            State::Answered
        } else if facts.sent.is_some() {
            State::Sent
        } else if facts.proposed.is_some() {
            if self.missing_positions().is_empty() && self.objecting().is_empty() {
                State::Agreed
            } else {
                State::Proposed
            }
        } else if facts.shared.is_some() {
            let open = facts.deadline.is_some_and(|deadline| today <= deadline);
            if open { State::Shared } else { State::Due }
        } else {
            State::Received
        }
    }

    fn marks(&self, today: Date) -> Vec<String> {
        let facts = &self.facts;
        let mut marks = Vec::new();
        if !self.conflicts().is_empty() {
            marks.push("in conflict".into());
        }
        if let Some(held) = &facts.held
            && held.until >= today
            && facts.sent.is_none()
        {
            marks.push(format!("held until {}", held.until));
        }
        let late = facts.statements.iter().filter(|one| one.late).count();
        if late > 0 {
            marks.push(format!("late answers {late}"));
        }
        let unseen = self.unseen().len();
        if unseen > 0 {
            marks.push(format!("unseen answers {unseen}"));
        }
        if self.is_outdated() {
            marks.push("outdated basis".into());
        }
        marks.extend(self.objecting().iter().map(|office| format!("{office} objects")));
        if self.log().iter().any(|entry| entry.event.day > today) {
            marks.push("an event lies after today".into());
        }
        marks
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.state.word())?;
        if let (State::Shared | State::Due, Some(days)) = (self.state, self.days_left) {
            match days {
                0 => f.write_str(", last day today")?,
                1 => f.write_str(", 1 day left")?,
                2.. => write!(f, ", {days} days left")?,
                -1 => f.write_str(", 1 day overdue")?,
                _ => write!(f, ", {} days overdue", -days)?,
            }
            write!(f, "; answers {} of {}", self.answered, self.asked)?;
        }
        if !self.waiting_for.is_empty() {
            write!(f, "; waiting for {}", self.waiting_for.join(", "))?;
        }
        for mark in &self.marks {
            write!(f, "; {mark}")?;
        }
        Ok(())
    }
}
