//! The plan: messages, audiences, milestones, and what was sent to whom.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::boards::{Milestone, MilestoneState, Paper, PaperStatus};
use crate::error::shown;
use crate::proposal::Date;
use crate::recommendation::written;
use crate::reference::Organization;

/// What an audience is to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Its id.
    pub id: String,
    /// The message, in the words of SPCG.
    pub text: String,
    /// Ids of the audiences it is for.
    #[serde(default)]
    pub audience: Vec<String>,
    /// Where SPCG agreed on it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evidence: String,
}

/// Who is to be told: a group of roles, never a list of addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// Its id.
    pub id: String,
    /// Its name in neutral words.
    pub name: String,
    /// What each organization calls it.
    #[serde(default)]
    pub words: BTreeMap<Organization, String>,
    /// How each organization reaches it: circular, liaison statement, newsletter.
    #[serde(default)]
    pub channel: BTreeMap<Organization, String>,
}

/// A document that went to an audience.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// The day.
    pub day: Date,
    /// The organization whose office sent it.
    pub organization: Organization,
    /// Number and revision of the document.
    pub document: String,
    /// The id of the audience.
    pub audience: String,
    /// The reference of the circular by which another person finds it.
    pub reference: String,
}

/// How a milestone counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Standing {
    /// Planned.
    Planned,
    /// Under way.
    UnderWay,
    /// Done, and a document shows it.
    Done,
    /// Said to be done: no document shows it, or its day is still to come.
    NotShown,
    /// Given up.
    Dropped,
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Standing::Planned => "planned",
            Standing::UnderWay => "under way",
            Standing::Done => "done",
            Standing::NotShown => "said to be done, not shown",
            Standing::Dropped => "dropped",
        })
    }
}

/// A milestone as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MilestoneStanding<'a> {
    /// The milestone.
    pub milestone: &'a Milestone,
    /// How it counts.
    pub standing: Standing,
    /// Days by which it is late; none where it is not.
    pub days_late: Option<i64>,
}

/// The milestones of one plan, by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Sums {
    /// All of them.
    pub milestones: usize,
    /// Planned.
    pub planned: usize,
    /// Under way.
    pub under_way: usize,
    /// Done, with evidence.
    pub done: usize,
    /// Said to be done, without evidence.
    pub not_shown: usize,
    /// Given up.
    pub dropped: usize,
    /// Of those planned and under way, the late ones.
    pub late: usize,
}

impl fmt::Display for Sums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} milestones: done {}, under way {}, planned {}, dropped {}",
            self.milestones, self.done, self.under_way, self.planned, self.dropped
        )?;
        if self.not_shown > 0 {
            write!(f, ", said to be done and not shown {}", self.not_shown)?;
        }
        write!(f, "; late {}", self.late)
    }
}

/// The plan.
///
/// ```
/// use spcg::outreach::Plan;
///
/// let plan = Plan {
///     milestones: vec![toml::from_str(
///         "id = \"circular\"\nwhat = \"send it\"\ndue = \"2031-06-01\"\nstate = \"done\"",
///     )?],
///     ..Plan::default()
/// };
/// let sums = plan.sums("2031-07-01".parse()?);
/// assert_eq!((sums["work"].done, sums["work"].not_shown), (0, 1)); // no document shows it
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// What audiences are to know.
    pub messages: Vec<Message>,
    /// Who is to be told.
    pub audiences: Vec<Audience>,
    /// What is to be done until when.
    pub milestones: Vec<Milestone>,
    /// What was sent, by day.
    pub sent: Vec<Sent>,
    /// The documents of the group.
    pub papers: Vec<Paper>,
}

impl Plan {
    /// The audience of an id.
    #[must_use]
    pub fn audience(&self, id: &str) -> Option<&Audience> {
        self.audiences.iter().find(|one| one.id == id)
    }

    /// The milestones as they stand on a day: by the day on which they are due, then by id.
    #[must_use]
    pub fn milestones(&self, today: Date) -> Vec<MilestoneStanding<'_>> {
        let mut all: Vec<MilestoneStanding<'_>> = self
            .milestones
            .iter()
            .map(|milestone| MilestoneStanding {
                milestone,
                standing: standing(milestone, today),
                days_late: milestone
                    .is_late(today)
                    .then(|| milestone.due.last_day().days_until(today)),
            })
            .collect();
        all.sort_by_key(|one| (one.milestone.due, &one.milestone.id));
        all
    }

    /// Sums by plan (`communications`, `work`) and state.
    #[must_use]
    pub fn sums(&self, today: Date) -> BTreeMap<&str, Sums> {
        let mut all: BTreeMap<&str, Sums> = BTreeMap::new();
        for one in self.milestones(today) {
            let sums = all.entry(&one.milestone.plan).or_default();
            sums.milestones += 1;
            sums.late += usize::from(one.days_late.is_some());
            *match one.standing {
                Standing::Planned => &mut sums.planned,
                Standing::UnderWay => &mut sums.under_way,
                Standing::Done => &mut sums.done,
                Standing::NotShown => &mut sums.not_shown,
                Standing::Dropped => &mut sums.dropped,
            } += 1;
        }
        all
    }

    /// The paper that took the place of one: the same number with a later revision, approved.
    #[must_use]
    pub fn successor(&self, paper: &Paper) -> Option<&Paper> {
        let place = |one: &Paper| {
            let revision = one.revision.clone().unwrap_or_default();
            (revision.len(), revision)
        };
        let later = self.papers.iter().filter(|one| {
            one.number == paper.number
                && one.status == PaperStatus::Approved
                && place(one) > place(paper)
        });
        later.max_by_key(|one| place(one))
    }

    /// What in the plan does not hold together, in words: claims without evidence, names of
    /// audiences and documents that nobody listed, revisions that were replaced since they were
    /// sent.
    #[must_use]
    pub fn problems(&self, today: Date) -> Vec<String> {
        let mut all = Vec::new();
        for one in self.milestones(today) {
            all.extend(problem_of(&one, today));
        }
        for message in &self.messages {
            for id in message.audience.iter().filter(|id| self.audience(id).is_none()) {
                all.push(format!(
                    "the message {} is for {}, which is no audience: list it",
                    shown(&message.id),
                    shown(id)
                ));
            }
        }
        for sent in &self.sent {
            all.extend(self.problem_of_sent(sent, today));
        }
        all.extend(self.replaced());
        all
    }

    fn problem_of_sent(&self, sent: &Sent, today: Date) -> Option<String> {
        let what = if self.audience(&sent.audience).is_none() {
            format!("went to {}, which is no audience: list it", shown(&sent.audience))
        } else if !self.papers.iter().any(|paper| paper.name() == sent.document) {
            "is not listed among the documents: list it".to_owned()
        } else if sent.day.first_day() > today {
            format!("is recorded as sent on {}, a day to come", written(sent.day))
        } else {
            return None;
        };
        Some(format!("{} of {} {what}", shown(&sent.document), sent.organization))
    }

    /// Audiences whose newest copy of a document was replaced since.
    fn replaced(&self) -> Vec<String> {
        let mut all = Vec::new();
        let reached: BTreeSet<(Organization, &str, &str)> = self
            .sent
            .iter()
            .map(|one| (one.organization, one.audience.as_str(), one.document.as_str()))
            .collect();
        for (organization, audience, document) in &reached {
            let paper = self.papers.iter().find(|paper| paper.name() == *document);
            let Some(next) = paper.and_then(|paper| self.successor(paper)) else { continue };
            let name = next.name();
            if !reached.contains(&(*organization, *audience, name.as_str())) {
                let audience = self.audience(audience).map_or(*audience, |one| &one.name);
                all.push(format!(
                    "{audience} of {organization} have {}, and {name} took its place: send it",
                    shown(document)
                ));
            }
        }
        all
    }
}

fn standing(milestone: &Milestone, today: Date) -> Standing {
    let is_to_come = milestone.done_on.is_some_and(|day| day.first_day() > today);
    match milestone.state {
        MilestoneState::Planned => Standing::Planned,
        MilestoneState::UnderWay => Standing::UnderWay,
        MilestoneState::Done if milestone.is_done() && !is_to_come => Standing::Done,
        MilestoneState::Done => Standing::NotShown,
        MilestoneState::Dropped => Standing::Dropped,
    }
}

fn problem_of(one: &MilestoneStanding<'_>, today: Date) -> Option<String> {
    let milestone = one.milestone;
    let blank = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
    let what = match (one.standing, one.days_late) {
        (Standing::NotShown, _) if milestone.done_on.is_some_and(|day| day.first_day() > today) => {
            "is said to be done on a day to come: correct it".to_owned()
        }
        (Standing::NotShown, _) => {
            "is said to be done and no document shows it: name the document".to_owned()
        }
        (Standing::Done, _) if milestone.done_on.is_none() => {
            "is done on a day that nobody gave: give it".to_owned()
        }
        (Standing::Dropped, _) if blank(&milestone.reason) => {
            "was given up without a reason: give it".to_owned()
        }
        (_, Some(1)) => "is late by one day".to_owned(),
        (_, Some(days)) => format!("is late by {days} days"),
        _ => return None,
    };
    Some(format!("the milestone {} {what}", shown(&milestone.id)))
}
