//! What can be shown for a finding.

use serde::{Deserialize, Serialize};

use crate::matching::{Interest, Overlap};
use crate::proposal::in_words;
use crate::reference::CommitteeRef;
use crate::standards::Status;

/// A fact that a finding rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "FindingEvidence"))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Evidence {
    /// A field of the proposal, and where it stands in the proposer's file.
    Field {
        /// Its name: `contacts_made[2].outcome`.
        field: String,
        /// The line, from 1; nothing when the field is missing or the proposal was not read from a
        /// file.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<usize>,
        /// The column in characters, from 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        column: Option<usize>,
        /// What stands there, cut to a readable length; empty when the field is missing.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        excerpt: String,
    },
    /// A committee, with the probability that the proposal concerns it.
    Committee {
        /// The committee.
        reference: CommitteeRef,
        /// Its title.
        title: String,
        /// From 0 to 1; nothing when the matcher has no part in the finding.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        probability: Option<f64>,
        /// The fields that name it, its parent or a part of it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mentioned_in: Vec<String>,
    },
    /// An existing or planned work.
    Work {
        /// Its reference.
        reference: String,
        /// Its title.
        title: String,
        /// Similarity of the texts, from 0 to 1.
        similarity: f64,
        /// The committees responsible.
        owners: Vec<CommitteeRef>,
        /// Whether it is in force.
        status: Status,
        /// The field that names it, where one does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        named_in: Option<String>,
    },
    /// Anything else, in words.
    Fact {
        /// One short sentence or list.
        text: String,
    },
}

impl Evidence {
    pub(crate) fn fact(text: impl Into<String>) -> Evidence {
        Evidence::Fact { text: text.into() }
    }

    /// The same, without names of the program in what it says.
    pub(crate) fn in_words(self) -> Evidence {
        match self {
            Evidence::Fact { text } => Evidence::Fact { text: in_words(&text) },
            other => other,
        }
    }

    pub(crate) fn committee(interest: &Interest, mentioned_in: Vec<String>) -> Evidence {
        Evidence::Committee {
            reference: interest.committee.clone(),
            title: interest.title.clone(),
            probability: Some(interest.probability_by_texts()),
            mentioned_in,
        }
    }

    pub(crate) fn work(overlap: &Overlap, named_in: Option<String>) -> Evidence {
        Evidence::Work {
            reference: overlap.reference.clone(),
            title: overlap.title.clone(),
            similarity: overlap.similarity,
            owners: overlap.owners.clone(),
            status: overlap.status,
            named_in,
        }
    }
}
