//! What somebody has to do on a day.

use std::fmt;

use serde::Serialize;

use super::case::Case;
use super::event::Body;
use super::status::State;
use crate::proposal::Date;
use crate::reference::CommitteeRef;

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DueKind {
    /// Committees that owe an answer are to be reminded.
    Reminder,
    /// Reminders did not help: a matter for the secretary.
    Secretary,
    /// The deadline has passed: an outcome is to be proposed.
    Outcome,
    /// A hold ends today or has ended.
    HoldEnds,
    /// Offices owe a position.
    Positions,
    /// A conflict waits to be settled.
    Conflict,
}

/// Whether a text names the committee, in whatever spelling.
fn is_of(text: &str, committee: &CommitteeRef) -> bool {
    text.parse::<CommitteeRef>().is_ok_and(|one| one == *committee)
}

/// Something that is due in a case; its `Display` form is one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Due {
    /// The case.
    pub case: String,
    /// What.
    pub kind: DueKind,
    /// Of whom.
    pub who: Vec<String>,
    /// The day that it is about.
    pub about: Option<Date>,
}

impl Case {
    /// What is due on a day.
    #[must_use]
    pub fn due(&self, today: Date) -> Vec<Due> {
        let due = |kind, who, about| Due { case: self.id().to_owned(), kind, who, about };
        let mut all = Vec::new();
        for conflict in self.conflicts() {
            all.push(due(DueKind::Conflict, conflict.ids.clone(), None));
        }
        let state = self.state(today);
        if matches!(state, State::Shared | State::Due) {
            self.reminders(today, &mut all);
        }
        if state == State::Due && self.owing().is_empty() {
            all.push(due(DueKind::Outcome, Vec::new(), self.deadline()));
        }
        if let Some(held) = &self.facts.held
            && held.until <= today
            && self.facts.sent.is_none()
        {
            all.push(due(DueKind::HoldEnds, Vec::new(), Some(held.until)));
        }
        if state == State::Proposed {
            let offices = self.missing_positions();
            let who = offices.iter().map(|office| office.name().to_owned()).collect();
            all.push(due(DueKind::Positions, who, None));
        }
        all
    }

    /// Each step of the ladder once, for those that have neither answered nor been reminded since.
    fn reminders(&self, today: Date, all: &mut Vec<Due>) {
        let settings = self.rules.settings();
        let (mut remind, mut tell) = (Vec::new(), Vec::new());
        let mut about = self.deadline();
        for asked in self.owing() {
            let Some(deadline) = asked.asked.deadline.or(self.deadline()) else { continue };
            let left = today.days_until(deadline);
            // The step of the ladder that today has reached: the day on which it was reached.
            let reached = if left >= 0 {
                let steps = settings.remind_before.iter().map(|step| i64::from(*step));
                steps.filter(|step| left <= *step).min()
            } else {
                let every = i64::from(settings.remind_every.max(1));
                Some(-(-left / every) * every).filter(|step| *step < 0)
            };
            let Some(step) = reached else { continue };
            let committee = asked.committee.clone();
            let reminded: Vec<Date> = self
                .facts
                .reminded
                .iter()
                .filter(|(day, one)| {
                    *day >= asked.day && one.to.iter().any(|to| is_of(to, &committee))
                })
                .map(|(day, _)| *day)
                .collect();
            let since_step = |day: &Date| day.days_until(deadline) <= step;
            if reminded.len() >= usize::from(settings.most_reminders) {
                tell.push(committee);
            } else if !reminded.iter().any(since_step) && !since_step(&asked.day) {
                remind.push(committee);
            }
            about = Some(deadline);
        }
        for (kind, who) in [(DueKind::Reminder, remind), (DueKind::Secretary, tell)] {
            if !who.is_empty() {
                let mut who = who;
                who.sort();
                let who = who.iter().map(ToString::to_string).collect();
                all.push(Due { case: self.id().to_owned(), kind, who, about });
            }
        }
    }

    /// Days on which somebody was reminded: how often the ladder was climbed.
    #[must_use]
    pub fn reminders_sent(&self) -> usize {
        self.log().iter().filter(|entry| matches!(entry.event.body, Body::Reminded(_))).count()
    }
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.case)?;
        let who = self.who.join(", ");
        match self.kind {
            DueKind::Reminder => write!(f, "remind {who}")?,
            DueKind::Secretary => write!(f, "no answer after every reminder: {who}")?,
            DueKind::Outcome => f.write_str("propose an outcome")?,
            DueKind::HoldEnds => f.write_str("the hold has ended")?,
            DueKind::Positions => write!(f, "positions wanted of {who}")?,
            DueKind::Conflict => write!(f, "settle the conflict of {who}")?,
        }
        match (self.kind, self.about) {
            (DueKind::Outcome, Some(day)) => write!(f, ": the deadline was {day}"),
            (DueKind::HoldEnds, Some(day)) => write!(f, ": it was until {day}"),
            (_, Some(day)) => write!(f, " (deadline {day})"),
            (_, None) => Ok(()),
        }
    }
}
