//! Modes of cooperation: between whom, and how close.

use crate::proposal::CollaborationMode;
use crate::reference::{CommitteeRef, Organization};

/// Between whom: the modes have other names with ITU-T than between ISO and IEC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pair {
    /// ISO and IEC: the five modes of ISO/IEC Directives, Part 1, B.4.2.2.
    IsoIec,
    /// ITU-T and ISO/IEC JTC 1: ITU-T A.23 Annex A.
    ItuJtc1,
    /// ITU-T and any other committee: Supplement 5 to the A series of ITU-T, and its successors.
    ItuOther,
}

impl Pair {
    /// The pair of the organization that is addressed (and its committee, where there is one) and
    /// another committee.
    #[must_use]
    pub fn of(
        addressed: Organization,
        addressee: Option<&CommitteeRef>,
        other: &CommitteeRef,
    ) -> Pair {
        let itu = addressed == Organization::ItuT || other.belongs_to(Organization::ItuT);
        if !itu {
            return Pair::IsoIec;
        }
        let jtc1 =
            |committee: &CommitteeRef| committee.is_joint() && committee.top().number() == Some(1);
        if jtc1(other) || addressee.is_some_and(jtc1) { Pair::ItuJtc1 } else { Pair::ItuOther }
    }

    /// The mode of exchanging documents.
    #[must_use]
    pub const fn informing(self) -> CollaborationMode {
        match self {
            Pair::IsoIec => CollaborationMode::Informative,
            Pair::ItuJtc1 | Pair::ItuOther => CollaborationMode::Liaison,
        }
    }

    /// The mode in which one leads and the other takes part, and what else would do.
    #[must_use]
    pub const fn contributing(self) -> (CollaborationMode, &'static [CollaborationMode]) {
        use CollaborationMode::{
            Collaborative, CollaborativeInterchange, Contributive, Liaison, Subcontracting,
        };
        match self {
            Pair::IsoIec => (Collaborative, &[Contributive, Subcontracting]),
            Pair::ItuJtc1 => (Liaison, &[CollaborativeInterchange]),
            Pair::ItuOther => (Liaison, &[Collaborative]),
        }
    }

    /// The mode in which both make one text, and what else would do.
    #[must_use]
    pub const fn joint(self) -> (CollaborationMode, &'static [CollaborationMode]) {
        use CollaborationMode::{
            Collaborative, CollaborativeInterchange, CollaborativeTeam, CommonTeam, Integrated,
            JointCommittee,
        };
        match self {
            Pair::IsoIec => (Integrated, &[JointCommittee]),
            Pair::ItuJtc1 => (CollaborativeInterchange, &[CollaborativeTeam]),
            Pair::ItuOther => (CommonTeam, &[Collaborative]),
        }
    }
}

/// How close a mode brings two groups, in steps: 0 none, 1 exchange of documents, 2 taking part in
/// the other's work, 3 one text made by both, 4 a standing joint body.
///
/// ```
/// use spcg::coordination::degree;
/// use spcg::proposal::CollaborationMode;
/// assert!(degree(CollaborationMode::Informative) < degree(CollaborationMode::Integrated));
/// ```
#[must_use]
pub const fn degree(mode: CollaborationMode) -> u8 {
    match mode {
        CollaborationMode::None => 0,
        CollaborationMode::Informative | CollaborationMode::Liaison => 1,
        CollaborationMode::Contributive
        | CollaborationMode::Subcontracting
        | CollaborationMode::Collaborative => 2,
        CollaborationMode::Integrated
        | CollaborationMode::CollaborativeInterchange
        | CollaborationMode::CollaborativeTeam
        | CollaborationMode::CommonTeam => 3,
        CollaborationMode::JointCommittee
        | CollaborationMode::JointCoordinationActivity
        | CollaborationMode::FocusGroup
        | CollaborationMode::JointTaskForce => 4,
    }
}
