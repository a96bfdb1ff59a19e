//! A committee that is likely to be interested, and why.

use serde::{Deserialize, Serialize};

use super::Signal;
use crate::reference::{CommitteeRef, Organization};

/// A committee with the probability that the proposal concerns it.
///
/// ```
/// use spcg::{Proposal, Screener};
///
/// let scope = "Safety of passenger lifts and escalators in buildings.";
/// let proposal = Proposal::builder().title("Smart lifts").scope(scope).build();
/// let screening = Screener::builtin()?.screen(&proposal);
/// let first = &screening.interests[0];
/// assert_eq!((first.committee.to_string().as_str(), first.rank), ("ISO/TC 178", 1));
/// assert!(first.flagged && first.probability > 0.5);
/// println!("{}: {}", first.title, first.because());
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Interest {
    /// The committee, or the study group that a Question belongs to.
    pub committee: CommitteeRef,
    /// Its title.
    pub title: String,
    /// The organization under which it is ranked; joint committees are ISO's.
    pub organization: Organization,
    /// Its place among the committees of that organization, from 1.
    pub rank: usize,
    /// Probability that it is concerned, from 0 to 1.
    pub probability: f64,
    /// The same, from 0 to 1, before a committee that the proposal names is lifted to what named
    /// ones have; nothing where it was not lifted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_probability: Option<f64>,
    /// Probability that it is the committee which would do such work, among those of its
    /// organization.
    pub home_probability: f64,
    /// True when the probability reaches the threshold for naming the committee.
    pub flagged: bool,
    /// True when it is the committee that the proposal is addressed to.
    pub addressee: bool,
    /// Where the proposal names it, or a working group or Question of it: empty when it does not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Mention>,
    /// What each signal adds to the log-odds; they sum to it. Largest first.
    pub contributions: Vec<Contribution>,
    /// What can be shown for it. Empty for committees that are not flagged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// What one signal adds to the log-odds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contribution {
    /// The signal; `None` for the baseline that all committees share.
    pub signal: Option<Signal>,
    /// Its part of the log-odds (natural logarithm).
    pub log_odds: f64,
}

/// A place where the proposal names a committee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mention {
    /// The field: `out_of_scope[2].subject`.
    pub field: String,
    /// The reference as it is named there, which may be a part of the committee or one whose work
    /// it took over.
    pub named: CommitteeRef,
    /// The sentence, at most 300 characters of it.
    pub sentence: String,
    /// The line in the proposal's file, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
}

/// A term that both sides share, and how much it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WeightedTerm {
    /// The word or words as the proposal writes them.
    pub term: String,
    /// Share of the score, from 0 to 1.
    pub weight: f64,
}

/// An existing work near the proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Neighbour {
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Similarity, from 0 to 1.
    pub similarity: f64,
}

/// Something that can be shown for a signal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "InterestEvidence"))]
#[serde(tag = "signal", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Evidence {
    /// Terms shared with title, keywords and scope.
    Scope {
        /// Strongest first.
        terms: Vec<WeightedTerm>,
        /// Questions of the study group that share them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        questions: Vec<CommitteeRef>,
    },
    /// Terms shared with the vocabulary of its publications.
    Portfolio {
        /// Strongest first.
        terms: Vec<WeightedTerm>,
    },
    /// Its works that are nearest.
    Neighbours {
        /// Nearest first.
        works: Vec<Neighbour>,
    },
    /// Its works whose titles begin like the proposal's.
    Series {
        /// How many.
        works: u32,
    },
    /// The proposal cites a work of it.
    Citation {
        /// References.
        works: Vec<String>,
    },
    /// Committees that score high and are in liaison with it.
    Liaison {
        /// Strongest first.
        with: Vec<CommitteeRef>,
    },
    /// Committees of its family that score high.
    Family {
        /// Strongest first.
        with: Vec<CommitteeRef>,
    },
    /// Shared classification codes.
    Classification {
        /// Codes.
        codes: Vec<String>,
    },
}

impl Interest {
    /// An interest put together in a program, for tests of what reads results: first in its
    /// organization, not flagged, without evidence.
    ///
    /// ```
    /// let interest = spcg::matching::Interest::new("ISO/TC 178".parse()?, "Lifts", 0.4);
    /// assert_eq!((interest.rank, interest.flagged), (1, false));
    /// assert_eq!(interest.because(), "weak signals only");
    /// # Ok::<(), spcg::Error>(())
    /// ```
    #[must_use]
    pub fn new(committee: CommitteeRef, title: impl Into<String>, probability: f64) -> Interest {
        Interest {
            organization: committee.organization(),
            committee,
            title: title.into(),
            rank: 1,
            probability,
            own_probability: None,
            home_probability: 0.0,
            flagged: false,
            addressee: false,
            mentions: Vec::new(),
            contributions: Vec::new(),
            evidence: Vec::new(),
        }
    }

    /// Probability that it is concerned by what texts and records say, without the lift that being
    /// named gives. Rules on neighbours that were passed over rest on it: a proposal that names a
    /// committee has thought of it.
    ///
    /// ```
    /// # use spcg::matching::Interest;
    /// let mut interest = Interest::new("ISO/TC 178".parse()?, "Lifts", 0.5);
    /// assert_eq!(interest.probability_by_texts(), 0.5);
    /// interest.own_probability = Some(0.1);
    /// assert_eq!(interest.probability_by_texts(), 0.1);
    /// # Ok::<(), spcg::Error>(())
    /// ```
    #[must_use]
    pub fn probability_by_texts(&self) -> f64 {
        self.own_probability.unwrap_or(self.probability)
    }

    /// Why, in one line: the strongest reasons first.
    ///
    /// The words are for people; programs read [`Interest::contributions`] and
    /// [`Interest::evidence`].
    #[must_use]
    pub fn because(&self) -> String {
        let mut reasons: Vec<String> = Vec::new();
        if let Some(mention) = self.mentions.first() {
            let line = mention.line.map_or(String::new(), |line| format!(", line {line}"));
            reasons.push(format!("named in {}{line}", mention.field));
        }
        let strength = |signal: Signal| {
            self.contributions
                .iter()
                .find(|part| part.signal == Some(signal))
                .map_or(0.0, |part| part.log_odds)
        };
        let mut evidence: Vec<&Evidence> = self.evidence.iter().collect();
        evidence.sort_by(|a, b| strength(b.signal()).total_cmp(&strength(a.signal())));
        reasons.extend(evidence.iter().take(3).filter_map(|one| one.summary()));
        if reasons.is_empty() {
            reasons.push("weak signals only".to_owned());
        }
        reasons.join("; ")
    }
}

impl Evidence {
    /// The signal that it belongs to.
    #[must_use]
    pub fn signal(&self) -> Signal {
        match self {
            Evidence::Scope { .. } => Signal::Scope,
            Evidence::Portfolio { .. } => Signal::Portfolio,
            Evidence::Neighbours { .. } => Signal::Neighbours,
            Evidence::Series { .. } => Signal::Series,
            Evidence::Citation { .. } => Signal::Citation,
            Evidence::Liaison { .. } => Signal::Liaison,
            Evidence::Family { .. } => Signal::Family,
            Evidence::Classification { .. } => Signal::Classification,
        }
    }

    /// The evidence in a few words; `None` when there is nothing to show.
    #[must_use]
    pub fn summary(&self) -> Option<String> {
        let words = |terms: &[WeightedTerm]| -> String {
            terms.iter().take(4).map(|term| term.term.as_str()).collect::<Vec<_>>().join(", ")
        };
        let list = |committees: &[CommitteeRef]| -> String {
            committees.iter().take(3).map(ToString::to_string).collect::<Vec<_>>().join(", ")
        };
        let text = match self {
            Evidence::Scope { terms, .. } if !terms.is_empty() => {
                format!("its subject: {}", words(terms))
            }
            Evidence::Portfolio { terms } if !terms.is_empty() => {
                format!("its publications: {}", words(terms))
            }
            Evidence::Neighbours { works } if !works.is_empty() => {
                let works: Vec<&str> =
                    works.iter().take(3).map(|work| work.reference.as_str()).collect();
                format!("owns {}", works.join(", "))
            }
            Evidence::Series { works } if *works > 0 => {
                format!("{works} of its titles begin alike")
            }
            Evidence::Citation { works } if !works.is_empty() => {
                format!("cited: {}", works.join(", "))
            }
            Evidence::Liaison { with } if !with.is_empty() => {
                format!("in liaison with {}", list(with))
            }
            Evidence::Family { with } if !with.is_empty() => format!("family of {}", list(with)),
            Evidence::Classification { codes } if !codes.is_empty() => {
                format!("classification {}", codes.join(", "))
            }
            _ => return None,
        };
        Some(text)
    }
}
