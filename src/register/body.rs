//! What happened, by kind, with the fields of each.

use serde::{Deserialize, Serialize};

use super::event::Event;
use super::vocabulary::*;
use crate::proposal::Date;
use crate::reference::Organization;

/// A file beside the events, by its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRef {
    /// Its plain name.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha: String,
}

/// A paper that was proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperRef {
    /// Its number, such as `SPCG-90`.
    pub number: String,
    /// Its revision letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// SHA-256 of its text.
    pub sha: String,
}

/// How a board took one item of a recommendation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemFollowed {
    /// Number of the item.
    pub item: u32,
    /// Whether it was followed.
    pub followed: Followed,
    /// A note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident {
        $($(#[$field_doc:meta])* $field:ident : $type:ty $(= $skip:literal)?),* $(,)?
    })*) => {
        /// What happened, by kind.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Body { $($(#[$doc])* $name($name),)* }

        impl Body {
            /// Every kind, as files write it.
            pub(crate) fn kind(&self) -> &'static str {
                match self { $(Body::$name(_) => kind_name(stringify!($name)),)* }
            }
        }

        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $name {
                $($(#[$field_doc])* $(#[serde(default, skip_serializing_if = $skip)])?
                  pub $field: $type,)*
            }
        )*
    };
}

bodies! {
    /// A proposal came in.
    Received {
        /// The proposal.
        proposal: FileRef,
        /// Its title.
        title: String,
        /// The organization whose board decides.
        addressed_to: Organization,
        /// Its number at the proposer's or the board's.
        reference: Option<String> = "Option::is_none",
        /// What it asks for.
        form: Option<String> = "Option::is_none",
        /// Who proposes.
        proposer: Option<String> = "Option::is_none",
        /// The day on which its ballot closes.
        ballot_closes: Option<Date> = "Option::is_none",
        /// Another case that is known to have the same subject.
        same_subject_as: Option<String> = "Option::is_none",
    }
    /// It was screened.
    Screened {
        /// The screening, as JSON.
        screening: FileRef,
        /// The proposal that was screened, by its hash.
        proposal_sha: String,
        /// With what it was made.
        provenance: String,
    }
    /// It was shared with other offices.
    Shared {
        /// With whom.
        with: Vec<Organization>,
        /// The last day for answers.
        deadline: Date,
        /// Why the period is shorter than usual.
        reason: Option<String> = "Option::is_none",
    }
    /// The deadline was moved.
    Extended {
        /// The new last day.
        deadline: Date,
        /// Why.
        reason: String,
    }
    /// A committee was asked.
    Asked {
        /// Which one.
        committee: String,
        /// Who thought of it.
        suggested_by: SuggestedBy,
        /// The machine's probability, where the machine suggested it.
        probability: Option<f64> = "Option::is_none",
        /// What the machine found, for SPCG alone.
        because: Option<String> = "Option::is_none",
        /// Its own last day.
        deadline: Option<Date> = "Option::is_none",
    }
    /// Those who owe an answer were reminded.
    Reminded {
        /// Committees.
        to: Vec<String>,
        /// The deadline that it was about.
        about: Date,
    }
    /// A committee said something.
    Statement {
        /// Which one.
        committee: Option<String> = "Option::is_none",
        /// Whose groups, where the source names none.
        organization: Option<Organization> = "Option::is_none",
        /// True when the source does not name the group.
        unnamed: bool = "is_false",
        /// What it said.
        answer: Answer,
        /// Whose word it is.
        level: Level,
        /// The part of the proposal that it is about.
        aspect: Option<String> = "Option::is_none",
        /// Its words.
        text: Option<String> = "Option::is_none",
        /// Works that it names.
        works: Vec<String> = "Vec::is_empty",
    }
    /// An organization commented.
    Comment {
        /// Whose comment.
        organization: Organization,
        /// The comment.
        text: String,
        /// Whether it is to be forwarded to the board.
        forward: bool = "is_false",
        /// Fields or items that it is about.
        on: Vec<String> = "Vec::is_empty",
    }
    /// An earlier event was wrong.
    Corrected {
        /// Its id.
        of: String,
        /// Why.
        reason: String,
        /// The whole new content.
        content: Box<Event>,
    }
    /// An earlier event is taken back.
    Retracted {
        /// Its id.
        of: String,
        /// Why.
        reason: String,
    }
    /// The proposal was revised.
    Revised {
        /// The new text.
        proposal: FileRef,
        /// What changed.
        changes: String,
        /// Whether earlier statements stand.
        statements_stand: bool,
    }
    /// An outcome is held back.
    Held {
        /// Until which day.
        until: Date,
        /// Why.
        reason: String,
    }
    /// A hold is lifted.
    Released {
        /// Why.
        reason: String,
    }
    /// Comments and statements were dealt with.
    Noted {
        /// Their ids.
        events: Vec<String>,
        /// How.
        disposition: Disposition,
        /// In words.
        text: String,
    }
    /// An outcome is on the table.
    Proposed {
        /// Which.
        outcome: CaseOutcome,
        /// Why.
        reason: String,
        /// Why it cannot wait for the deadline.
        urgent: Option<String> = "Option::is_none",
        /// The paper of a recommendation.
        paper: Option<PaperRef> = "Option::is_none",
    }
    /// An office took its position.
    Agreed {
        /// Which.
        position: Stand,
        /// In words; needed for a reservation and an objection.
        text: Option<String> = "Option::is_none",
        /// The hash of the paper that it read.
        paper_sha: Option<String> = "Option::is_none",
    }
    /// The outcome was sent to the board.
    Sent {
        /// Which board.
        to: Organization,
        /// The number of the document.
        document: String,
        /// What goes with it.
        attachments: Vec<String> = "Vec::is_empty",
    }
    /// A board decided.
    BoardDecided {
        /// Which board.
        board: Organization,
        /// What.
        decision: Decision,
        /// Its number at the board.
        reference: Option<String> = "Option::is_none",
        /// Item by item.
        items: Vec<ItemFollowed> = "Vec::is_empty",
    }
    /// Whether a committee turned out to be concerned.
    Feedback {
        /// Which one.
        committee: String,
        /// Yes or no.
        concerned: bool,
        /// What says so.
        basis: FeedbackBasis,
    }
    /// A conflict was settled.
    Settled {
        /// The event that stands.
        winner: String,
        /// Those that do not.
        set_aside: Vec<String>,
        /// Why.
        reason: String,
    }
    /// The case has to do with another one.
    Linked {
        /// The other case.
        case: Option<String> = "Option::is_none",
        /// An area of the landscape.
        area: Option<String> = "Option::is_none",
        /// How.
        relation: Relation,
    }
    /// The proposal was withdrawn.
    Withdrawn {
        /// Why.
        reason: String,
    }
    /// The case is closed.
    Closed {
        /// Why.
        reason: String,
    }
    /// The case is open again.
    Reopened {
        /// Why.
        reason: String,
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // the form that serde calls
fn is_false(value: &bool) -> bool {
    !value
}

/// The kind as files write it: the only name of two words is that of a board's decision.
fn kind_name(name: &'static str) -> &'static str {
    match name {
        "Received" => "received",
        "Screened" => "screened",
        "Shared" => "shared",
        "Extended" => "extended",
        "Asked" => "asked",
        "Reminded" => "reminded",
        "Statement" => "statement",
        "Comment" => "comment",
        "Corrected" => "corrected",
        "Retracted" => "retracted",
        "Revised" => "revised",
        "Held" => "held",
        "Released" => "released",
        "Noted" => "noted",
        "Proposed" => "proposed",
        "Agreed" => "agreed",
        "Sent" => "sent",
        "BoardDecided" => "board_decided",
        "Feedback" => "feedback",
        "Settled" => "settled",
        "Linked" => "linked",
        "Withdrawn" => "withdrawn",
        "Closed" => "closed",
        _ => "reopened",
    }
}
