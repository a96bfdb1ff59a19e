//! An area, and all of them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::arrangement::Arrangement;
use super::place::stems;
use super::read::{self, RefusedEntry};
use crate::proposal::Date;
use crate::reference::{CommitteeRef, Organization, StandardRef};

/// A subject on which committees of several organizations work. Only a name and committees are
/// required; what is not given is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Area {
    /// By which it is named everywhere; it never changes, and is made from the name where it is not
    /// given. Lower-case letters, digits and hyphens.
    pub id: String,
    /// Its name for people, unique in the landscape.
    pub name: String,
    /// What it is about.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Words and phrases by which texts of the area are known.
    pub keywords: Vec<String>,
    /// Codes of the International Classification for Standards.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ics_codes: Vec<String>,
    /// The committees that work in it.
    pub committees: Vec<Member>,
    /// What is arranged between the organizations: ids of arrangements. Empty where nothing is on
    /// record, which does not prove that there is nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub arrangements: Vec<String>,
    /// Texts published by several organizations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub joint_texts: Vec<StandardRef>,
    /// Cases of the register that belong to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<String>,
    /// Overlaps that are known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub known_overlaps: Vec<String>,
    /// What nobody works on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<String>,
    /// Disagreements that are not settled.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disagreements: Vec<Disagreement>,
    /// Contacts by role, never by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<String>,
    /// Works by which it was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub seeds: Vec<String>,
    /// How closely the committees work together, 1 to 5: see
    /// [`coordination`](crate::coordination).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ladder_level: Option<u8>,
    /// What would help.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub support_needed: String,
    /// How much policy or the market ask for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outside_need: Option<OutsideNeed>,
    /// Who looked at the entry last, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Reviewed>,
    /// Where another person finds what the entry says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// Whether it is worked on.
    pub state: AreaState,
    /// The priority that SPCG set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set_priority: Option<SetPriority>,
}

/// A committee of an area. A file may give the reference alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "MemberForm")]
#[non_exhaustive]
pub struct Member {
    /// Which one.
    #[serde(rename = "ref")]
    pub committee: CommitteeRef,
    /// Its part, such as `lead` or `contributing`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// Where that stands.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a committee, or a table with `ref`, `role` and `source`")]
enum MemberForm {
    Reference(CommitteeRef),
    Whole(WholeMember),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WholeMember {
    #[serde(rename = "ref")]
    committee: CommitteeRef,
    #[serde(default)]
    role: String,
    #[serde(default)]
    source: String,
}

impl From<MemberForm> for Member {
    fn from(form: MemberForm) -> Member {
        match form {
            MemberForm::Reference(committee) => {
                Member { committee, role: String::new(), source: String::new() }
            }
            MemberForm::Whole(WholeMember { committee, role, source }) => {
                Member { committee, role, source }
            }
        }
    }
}

/// Whether an area is worked on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AreaState {
    /// It is.
    #[default]
    Active,
    /// It is only looked at.
    Watched,
    /// It has ended, and stays on the list.
    Ended,
    /// Another area took it in.
    Merged {
        /// Which one.
        into: String,
    },
}

impl AreaState {
    /// True for one that has neither ended nor been merged.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, AreaState::Active | AreaState::Watched)
    }
}

impl fmt::Display for AreaState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AreaState::Active => f.write_str("active"),
            AreaState::Watched => f.write_str("watched"),
            AreaState::Ended => f.write_str("ended"),
            AreaState::Merged { into } => write!(f, "merged into {into}"),
        }
    }
}

/// A disagreement between committees that is not settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Disagreement {
    /// At which level it is dealt with, 1 to 4.
    pub level: u8,
    /// What about.
    pub about: String,
    /// Where another person finds it.
    pub source: String,
}

/// How much policy or the market ask for coordination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct OutsideNeed {
    /// 0 not at all, 3 much.
    pub value: u8,
    /// Who asks, and where that stands.
    pub source: String,
}

/// Who looked at an entry, by role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Reviewed {
    /// The day.
    pub day: Date,
    /// The role.
    pub by: String,
}

/// The priority that SPCG set. It stands beside the computed one until it runs out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SetPriority {
    /// How high.
    pub value: Height,
    /// Why.
    pub reason: String,
    /// In which meeting.
    pub meeting: u32,
    /// Until when it stands.
    pub review_by: Date,
}

/// How high a priority is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // they are what they are called
pub enum Height {
    None,
    Low,
    Medium,
    High,
}

impl fmt::Display for Height {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Height::None => "none",
            Height::Low => "low",
            Height::Medium => "medium",
            Height::High => "high",
        })
    }
}

impl Area {
    /// Its committees.
    pub fn committees(&self) -> impl Iterator<Item = &CommitteeRef> {
        self.committees.iter().map(|member| &member.committee)
    }

    /// True when the committee is listed.
    #[must_use]
    pub fn has(&self, committee: &CommitteeRef) -> bool {
        self.committees().any(|one| one == committee)
    }

    /// The organizations whose committees work in it, in order.
    #[must_use]
    pub fn organizations(&self) -> Vec<Organization> {
        let mut all: Vec<Organization> =
            self.committees().flat_map(CommitteeRef::organizations).copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// The areas, in the order of their files, and what is arranged.
///
/// ```
/// use spcg::landscape::Landscape;
///
/// let landscape = Landscape::builtin();
/// let proposal = spcg::Proposal::builder().title("Vocabulary of machine learning").build();
/// let placements = landscape.place(&proposal);
/// assert_eq!(placements[0].area, "artificial intelligence");
/// assert!(placements[0].committees.iter().any(|one| one.to_string() == "ISO/IEC JTC 1/SC 42"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Landscape {
    pub(super) areas: Vec<Area>,
    pub(super) arrangements: Vec<Arrangement>,
    /// The keywords of each area as words reduced to their stems.
    pub(super) stems: Vec<Vec<Vec<String>>>,
}

impl Landscape {
    /// The areas shipped with the crate.
    #[must_use]
    pub fn builtin() -> Landscape {
        read::landscape(include_str!("data/areas.toml")).0
    }

    /// The areas and arrangements of one text, and the entries that were refused: a bad entry is
    /// left out and reported, the rest goes on. A text that is no TOML at all gives no area and
    /// one report. [`Folder`](super::Folder) reads a folder with a file for each area.
    ///
    /// ```
    /// use spcg::landscape::Landscape;
    ///
    /// let text = "[[area]]\nname = \"lifts\"\nkeywords = [\"lift\"]\ncommittees = [\"ISO/TC 178\"]\n\
    ///             [[area]]\nname = \"nothing\"\n";
    /// let (landscape, refused) = Landscape::from_toml(text);
    /// assert_eq!(landscape.areas().len(), 1);
    /// assert_eq!(refused[0].line, 5);
    /// ```
    #[must_use]
    pub fn from_toml(text: &str) -> (Landscape, Vec<RefusedEntry>) {
        read::landscape(text)
    }

    pub(super) fn of(areas: Vec<Area>, arrangements: Vec<Arrangement>) -> Landscape {
        let stems = areas
            .iter()
            .map(|area| area.keywords.iter().map(|keyword| stems(keyword)).collect())
            .collect();
        Landscape { areas, arrangements, stems }
    }

    /// Its areas.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// An area by its id.
    #[must_use]
    pub fn area(&self, id: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.id == id)
    }

    /// What is arranged, ended or not.
    #[must_use]
    pub fn arrangements(&self) -> &[Arrangement] {
        &self.arrangements
    }

    /// The arrangements of an area that have not ended.
    pub fn arrangements_of<'a>(
        &'a self,
        area: &'a Area,
    ) -> impl Iterator<Item = &'a Arrangement> + 'a {
        let known = |id: &String| self.arrangements.iter().find(|one| one.id == *id);
        area.arrangements.iter().filter_map(known).filter(|one| one.end.is_none())
    }
}
