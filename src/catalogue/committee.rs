//! A committee and its life.

use serde::{Deserialize, Serialize};

use crate::reference::CommitteeRef;

/// A committee of ISO, IEC or both, or a study group or Question of ITU-T.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Committee {
    pub(crate) reference: CommitteeRef,
    pub(crate) title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) parent: Option<CommitteeRef>,
    pub(crate) status: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) established: Option<u16>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) keywords: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) excludes: Vec<CommitteeRef>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) remark: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) scope: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) exclusions: Vec<ScopeExclusion>,
}

/// What an imported scope leaves to others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScopeExclusion {
    /// The subject, as text.
    pub(crate) subject: String,
    /// The committees named there.
    pub(crate) committees: Vec<CommitteeRef>,
}

/// Where a committee stands in its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// At work.
    Active,
    /// On hold; it may be taken up again.
    Suspended,
    /// Ended.
    Disbanded,
    /// Its work went to another committee.
    Merged {
        /// Which one.
        into: CommitteeRef,
    },
    /// Owner of publications, but not a committee of the registers (a board, a partner
    /// organization).
    Outside,
}

impl Committee {
    /// A committee of which only the reference is known, with the parent that it tells.
    pub(crate) fn untitled(reference: CommitteeRef, status: Status) -> Committee {
        Committee {
            parent: reference.parent(),
            reference,
            title: String::new(),
            status,
            established: None,
            keywords: Vec::new(),
            excludes: Vec::new(),
            remark: None,
            scope: String::new(),
            exclusions: Vec::new(),
        }
    }

    /// Its reference.
    #[must_use]
    pub fn reference(&self) -> &CommitteeRef {
        &self.reference
    }

    /// Its title in English.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The committee above it.
    #[must_use]
    pub fn parent(&self) -> Option<&CommitteeRef> {
        self.parent.as_ref()
    }

    /// Where it stands in its life.
    #[must_use]
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// True when it is at work or on hold: somebody is there to be asked.
    #[must_use]
    pub fn is_active(&self) -> bool {
        matches!(self.status, Status::Active | Status::Suspended)
    }

    /// The year in which it was set up, where known.
    #[must_use]
    pub fn established(&self) -> Option<u16> {
        self.established
    }

    /// Words for its subject, written for this crate.
    #[must_use]
    pub fn keywords(&self) -> &[String] {
        &self.keywords
    }

    /// Committees to which its scope leaves neighbouring subjects.
    #[must_use]
    pub fn excludes(&self) -> &[CommitteeRef] {
        &self.excludes
    }

    /// How sure the entry is, and what came before.
    #[must_use]
    pub fn remark(&self) -> Option<&str> {
        self.remark.as_deref()
    }

    /// The official scope, without its exclusions; empty in the built-in catalogue.
    #[must_use]
    pub fn scope(&self) -> &str {
        &self.scope
    }
}
