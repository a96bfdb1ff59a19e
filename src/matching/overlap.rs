//! Existing work that is close to a proposal.

use serde::{Deserialize, Serialize};

use super::WeightedTerm;
use crate::reference::{CommitteeRef, Organization};
use crate::standards::Status;

/// An existing work whose text is close to the proposal's.
///
/// Closeness of texts is a reason to ask, never a proof of overlap.
///
/// ```
/// use spcg::{Proposal, Screener};
///
/// let screener = Screener::builtin()?; // with an index: Screener::open("index-dir")?
/// let screening = screener.screen(&Proposal::builder().title("Smart lifts").build());
/// match &screening.overlaps {
///     None => println!("not known: there is no index"),
///     Some(overlaps) => {
///         for overlap in overlaps {
///             println!("{} {} ({})", overlap.reference, overlap.title, overlap.closeness.name());
///         }
///     }
/// }
/// # assert!(screening.overlaps.is_none());
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Overlap {
    /// The reference under which the work is named.
    pub reference: String,
    /// All its references.
    pub references: Vec<String>,
    /// The title of its latest text.
    pub title: String,
    /// The committees responsible for it.
    pub owners: Vec<CommitteeRef>,
    /// Who publishes it.
    pub organizations: Vec<Organization>,
    /// Whether it is in force.
    pub status: Status,
    /// Of a work that was withdrawn for good, what took its place, where the sources tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced_by: Vec<String>,
    /// The year of its latest text.
    pub year: Option<u16>,
    /// Similarity of title and text, from 0 to 1.
    pub similarity: f64,
    /// Similarity of the titles alone, from 0 to 1.
    pub title_similarity: f64,
    /// How probable it is that the work is on the proposal's subject, from 0 to 1, by the fitted
    /// model of closeness.
    #[serde(default)]
    pub probability: f64,
    /// The sentence of the proposal that shares most with the work's title, where one shares
    /// anything.
    #[serde(default)]
    pub passage: Option<String>,
    /// How close that is.
    pub closeness: Closeness,
    /// The terms that count most, strongest first.
    pub shared_terms: Vec<WeightedTerm>,
    /// The field in which the proposal names the work, where it does.
    pub named_in: Option<String>,
    /// True for another part of the proposal's own series, owned by the committee that is
    /// addressed.
    pub own_series: bool,
    /// Codes of the International Classification for Standards.
    pub ics: Vec<String>,
}

impl Overlap {
    /// An existing work put together in a program, for tests of what reads results: in force, of
    /// moderate closeness, with nothing shared that could be shown.
    ///
    /// ```
    /// let overlap = spcg::matching::Overlap::new("ISO 8100-1", "Lifts", 0.3);
    /// assert_eq!(overlap.references, ["ISO 8100-1"]);
    /// ```
    #[must_use]
    pub fn new(reference: impl Into<String>, title: impl Into<String>, similarity: f64) -> Overlap {
        let reference = reference.into();
        Overlap {
            references: vec![reference.clone()],
            reference,
            title: title.into(),
            owners: Vec::new(),
            organizations: Vec::new(),
            status: Status::Published,
            replaced_by: Vec::new(),
            year: None,
            similarity,
            title_similarity: 0.0,
            probability: 0.0,
            passage: None,
            closeness: Closeness::Moderate,
            shared_terms: Vec::new(),
            named_in: None,
            own_series: false,
            ics: Vec::new(),
        }
    }
}

/// How close a work is, by the thresholds of the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Closeness {
    /// Among the nearest of all works, and not close.
    Nearest,
    /// Above the level that nearly all unrelated pairs stay under (`O_mid` of the specification).
    Moderate,
    /// The same subject (`O_hi`).
    Strong,
    /// As close as texts published in common (`O_dup`).
    NearDuplicate,
}

impl Closeness {
    /// `near-duplicate`, `strong`, `moderate`, or `nearest, not close`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Closeness::Nearest => "nearest, not close",
            Closeness::Moderate => "moderate",
            Closeness::Strong => "strong",
            Closeness::NearDuplicate => "near-duplicate",
        }
    }
}
