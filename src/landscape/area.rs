//! An area, and all of them.

use serde::{Deserialize, Serialize};

use super::place::stems;
use super::read::{self, RefusedEntry};
use crate::reference::{CommitteeRef, Organization, StandardRef};

/// A subject on which committees of several organizations work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Area {
    /// Its name, unique in the landscape.
    pub name: String,
    /// Words and phrases by which texts of the area are known.
    pub keywords: Vec<String>,
    /// The committees that work in it.
    pub committees: Vec<CommitteeRef>,
    /// What is arranged between the organizations; empty where nothing is on record, which does
    /// not prove that there is nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arrangements: Vec<String>,
    /// Texts published by several organizations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joint_texts: Vec<StandardRef>,
}

impl Area {
    /// True when the committee is listed.
    #[must_use]
    pub fn has(&self, committee: &CommitteeRef) -> bool {
        self.committees.contains(committee)
    }

    /// The organizations whose committees work in it, in order.
    #[must_use]
    pub fn organizations(&self) -> Vec<Organization> {
        let mut all: Vec<Organization> =
            self.committees.iter().flat_map(CommitteeRef::organizations).copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// The areas, in the order of their file.
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
    /// The keywords of each area as words reduced to their stems.
    pub(super) stems: Vec<Vec<Vec<String>>>,
}

impl Landscape {
    /// The areas shipped with the crate.
    #[must_use]
    pub fn builtin() -> Landscape {
        read::areas(include_str!("data/areas.toml")).0
    }

    /// The areas of a file, and the entries that were refused: a bad entry is left out and
    /// reported, the rest goes on. A text that is no TOML at all gives no area and one report.
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
        read::areas(text)
    }

    pub(super) fn of(areas: Vec<Area>) -> Landscape {
        let stems = areas
            .iter()
            .map(|area| area.keywords.iter().map(|keyword| stems(keyword)).collect())
            .collect();
        Landscape { areas, stems }
    }

    /// Its areas.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }
}
