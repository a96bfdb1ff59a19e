//! The closed vocabularies of events.

use serde::{Deserialize, Serialize};

/// Who may read an event in what is rendered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visible {
    /// The boards: it may appear in papers and reports.
    #[default]
    Boards,
    /// SPCG alone: it appears in no paper, report or export.
    Spcg,
}

impl Visible {
    pub(super) fn is_boards(&self) -> bool {
        *self == Visible::Boards
    }
}

/// What a committee says of a proposal. What the machine finds is
/// [`Interest`](crate::matching::Interest), and never one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It has no interest.
    NoInterest,
    /// It asks to be kept informed.
    InformUs,
    /// It wishes a liaison.
    Liaison,
    /// It wishes to contribute.
    Contribute,
    /// It proposes joint work.
    JointWork,
    /// It objects.
    Objection,
    /// The record says «interest» and no more; for historical entries alone.
    Unspecified,
}

/// Whose word a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The committee or group.
    Group,
    /// Its officers.
    Officers,
    /// A rapporteur.
    Rapporteur,
    /// The source does not say.
    NotSaid,
}

/// Who thought of asking a committee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuggestedBy {
    /// A person.
    Person,
    /// The proposal names it.
    Proposal,
    /// The screening found it.
    Machine,
}

/// What became of a comment or statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// Taken up.
    TakenUp,
    /// Answered.
    Answered,
    /// Forwarded to the board.
    Forwarded,
    /// Outside of what is decided here.
    OutOfScope,
    /// Taken back by who made it.
    Withdrawn,
}

/// The outcome of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseOutcome {
    /// A formal recommendation to the board.
    Recommendation,
    /// Comments of members are forwarded.
    CommentsForwarded,
    /// There is nothing to add.
    NothingToAdd,
}

/// The position of an office on what was proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    /// It agrees.
    Agree,
    /// It agrees with a reservation.
    Reservation,
    /// It abstains.
    Abstain,
    /// It objects, which blocks.
    Object,
}

/// What a board decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Accepted.
    Accepted,
    /// Accepted with changes.
    AcceptedChanged,
    /// Given to an existing committee.
    AssignedToExisting,
    /// Deferred.
    Deferred,
    /// Rejected.
    Rejected,
    /// Withdrawn by the proposer.
    Withdrawn,
    /// Not known.
    NotKnown,
}

/// Whether a board followed an item of a recommendation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Followed {
    /// Yes.
    Yes,
    /// In part.
    Partly,
    /// No.
    No,
    /// The source does not say.
    NotStated,
}

/// What the answer on a committee's concern rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedbackBasis {
    /// A statement on file.
    Statement,
    /// A liaison was set up.
    Liaison,
    /// Work was given to it.
    WorkAssigned,
    /// Somebody told the office.
    ToldBy,
}

/// How two cases are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The same subject.
    SameSubject,
    /// The same proposal: this case counts no more.
    Duplicate,
    /// This one takes the place of the other.
    Supersedes,
    /// It belongs to an area.
    BelongsTo,
}
