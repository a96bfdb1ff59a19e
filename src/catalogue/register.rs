//! A committee as a published register knows it.
//!
//! What a scope excludes is kept apart from it, with the committees that it names: a proposal that
//! matches an exclusion speaks for the other committee, not for this one.

use serde::{Deserialize, Serialize};

use crate::reference::CommitteeRef;

/// A committee as a register knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisteredCommittee {
    /// Its reference.
    pub reference: CommitteeRef,
    /// Its English title.
    pub title: String,
    /// Its status in the words of the register: `Active`, `Suspended`.
    pub status: String,
    /// The committee above it.
    pub parent: Option<CommitteeRef>,
    /// The year in which it was created.
    pub created: Option<u16>,
    /// Its scope, plain text, without what it excludes; items of lists are sentences of their own.
    pub scope: String,
    /// What its scope excludes, each subject on its own.
    pub exclusions: Vec<Exclusion>,
    /// The committees that its exclusions name, in order, each once.
    pub excluded_to: Vec<CommitteeRef>,
    /// Committees in liaison with it, in order, each once.
    pub liaisons: Vec<CommitteeRef>,
    /// Acronyms of organizations in liaison with it, as the register writes them. `ITU` is the
    /// whole Union; `ITUC` is a trade union confederation.
    pub organization_liaisons: Vec<String>,
    /// Members that take part.
    pub participating_members: u32,
    /// Members that observe.
    pub observing_members: u32,
}

/// A subject that a scope excludes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// The subject, plain text.
    pub text: String,
    /// The committees that it names: those to which the subject is left.
    pub committees: Vec<CommitteeRef>,
}
