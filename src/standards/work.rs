//! One text with all its editions, supplements, drafts and numbers.

use serde::{Deserialize, Serialize};

use super::{PublicationKind, Status};
use crate::reference::{CommitteeRef, Organization, StandardRef};
use crate::text::normalized_title;

/// All that the sources hold on one text: its editions, amendments and drafts, under all its
/// numbers.
///
/// The parts of a series are works of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// The reference by which the work is named everywhere: undated, of the latest text. Two
    /// imports of the same records name a work equally.
    pub reference: String,
    /// All its undated references, `reference` first, then in order: `ISO/IEC 9594-8`, `ITU-T
    /// X.509`.
    pub references: Vec<String>,
    /// Its distinct titles: first that of the latest text, then the others from the latest to the
    /// oldest. Titles of amendments are not among them.
    pub titles: Vec<String>,
    /// The abstract of the latest text that has one.
    #[serde(rename = "abstract")]
    pub abstract_text: String,
    /// The committees responsible for the latest text under each of its numbers; that of the latest
    /// text first.
    pub owners: Vec<CommitteeRef>,
    /// Committees responsible for earlier texts only.
    pub earlier_owners: Vec<CommitteeRef>,
    /// Who publishes it, in the order ISO, IEC, ITU-T.
    pub organizations: Vec<Organization>,
    /// Published where any of its texts is in force, or a newer edition of the same number has taken
    /// the place of the latest one here; else under development where any is; else withdrawn.
    pub status: Status,
    /// Of a work that was withdrawn for good, the references of what took its place, in order; empty
    /// where nothing did or the sources do not tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced_by: Vec<String>,
    /// The year of its first text, where any has one.
    pub first_year: Option<u16>,
    /// The year of its latest text, supplements included, where any has one.
    pub latest_year: Option<u16>,
    /// Codes of the International Classification for Standards, of the latest text that has any.
    pub ics: Vec<String>,
    /// The kind of the latest text.
    pub kind: PublicationKind,
    /// How many editions the sources hold, drafts included, each counted once.
    pub editions: u32,
    /// How many amendments, corrigenda and other supplements the sources hold, each counted once.
    pub supplements: u32,
}

impl Work {
    /// The title of the latest text.
    #[must_use]
    pub fn title(&self) -> &str {
        self.titles.first().map_or("", String::as_str)
    }

    /// The primary reference, parsed; `None` where it is not one of ISO, IEC or ITU-T.
    #[must_use]
    pub fn standard(&self) -> Option<StandardRef> {
        self.reference.parse().ok()
    }

    /// All its titles in the form in which [`normalized_title`] compares them, in order, each once.
    #[must_use]
    pub fn normalized_titles(&self) -> Vec<String> {
        let mut titles: Vec<String> = Vec::with_capacity(self.titles.len());
        for title in self.titles.iter().map(|title| normalized_title(title)) {
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        titles
    }
}
