//! What is arranged between organizations, as far as on record.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::proposal::Date;
use crate::reference::{CommitteeRef, Organization};

/// An arrangement: it stays on the list when it has ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Arrangement {
    /// By which areas name it: lower-case letters, digits and hyphens.
    pub id: String,
    /// What it is, for people.
    pub name: String,
    /// Of what kind.
    pub kind: ArrangementKind,
    /// Committees or organizations that take part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<String>,
    /// Since when, as far as known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begin: Option<Date>,
    /// Until when, where it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Date>,
    /// Where another person finds it.
    pub source: String,
}

/// Kinds of arrangements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ArrangementKind {
    /// Each is told what the other does.
    Liaison,
    /// Experts of two committees write one text.
    JointWorkingGroup,
    /// One committee of two organizations.
    JointCommittee,
    /// ITU-T and a joint committee write one text together.
    CollaborativeTeam,
    /// ITU-T coordinates groups of its own, and others take part.
    JointCoordinationActivity,
    /// People of several organizations for one task.
    TaskForce,
    /// A group of ITU-T that is open to all and ends.
    FocusGroup,
    /// Texts published by several organizations.
    CommonTexts,
    /// Anything else.
    Other,
}

impl Arrangement {
    /// True when both committees take part, by their own name or that of an organization. Where no
    /// party is given, nobody can be left out.
    #[must_use]
    pub fn is_between(&self, one: &CommitteeRef, other: &CommitteeRef) -> bool {
        let takes_part = |committee: &CommitteeRef| {
            self.parties.iter().any(|party| {
                let is_organization =
                    |own: &Organization| own.name() == party || own.name() == format!("{party}-T");
                committee.organizations().iter().any(is_organization)
                    || party
                        .parse::<CommitteeRef>()
                        .is_ok_and(|party| party == *committee || party.contains(committee))
            })
        };
        self.parties.is_empty() || takes_part(one) && takes_part(other)
    }
}

impl ArrangementKind {
    /// For people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ArrangementKind::Liaison => "liaison",
            ArrangementKind::JointWorkingGroup => "joint working group",
            ArrangementKind::JointCommittee => "joint committee",
            ArrangementKind::CollaborativeTeam => "collaborative team",
            ArrangementKind::JointCoordinationActivity => "joint coordination activity",
            ArrangementKind::TaskForce => "task force",
            ArrangementKind::FocusGroup => "focus group",
            ArrangementKind::CommonTexts => "common texts",
            ArrangementKind::Other => "other arrangement",
        }
    }

    /// True where people of the parties work in one group.
    #[must_use]
    pub const fn is_joint_group(self) -> bool {
        !matches!(
            self,
            ArrangementKind::Liaison | ArrangementKind::CommonTexts | ArrangementKind::Other
        )
    }
}

impl fmt::Display for ArrangementKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Display for Arrangement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match (self.begin, self.end) {
            (Some(begin), Some(end)) => write!(f, " ({begin} to {end})"),
            (Some(begin), None) => write!(f, " (since {begin})"),
            (None, Some(end)) => write!(f, " (ended {end})"),
            (None, None) => Ok(()),
        }
    }
}
