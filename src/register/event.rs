//! Events: what an office puts on file, never changed afterwards.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};

use super::failure::{RegisterFailure, damaged};
use crate::error::Error;
use crate::proposal::Date;
use crate::reference::Organization;

/// Largest event, in bytes of its file.
pub(crate) const LARGEST_EVENT: u64 = 256 << 10;
/// Longest text of one field, in characters.
pub(crate) const LONGEST_TEXT: usize = 20_000;
/// Most events of one case.
pub(crate) const MOST_EVENTS: usize = 5_000;
/// Most events of a register.
pub(crate) const MOST_IN_REGISTER: usize = 100_000;

/// One event of a case.
///
/// It names the events that its writer had seen (`after`), and its [id](Event::id) is a hash of
/// its content: nothing is numbered by software, and two offices may write apart.
///
/// ```
/// use spcg::register::{Answer, Event, Level};
///
/// let event = Event::statement("ITU-T SG 99", Answer::Liaison)
///     .level(Level::Group)
///     .on("2031-03-11".parse()?)
///     .by("tsb-secretary")
///     .source("SG99-LS-12");
/// let text = event.to_toml()?;
/// assert_eq!(Event::from_toml(&text)?, event);
/// assert_eq!(event.id()?.len(), 24);
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// When it happened.
    pub day: Date,
    /// When it was put on file, if on another day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Date>,
    /// The actor, as the settings of the register list it.
    pub by: String,
    /// The heads of the case that its writer had seen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// Where another person finds it: a document number, a minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Who may read it in what is rendered.
    #[serde(skip_serializing_if = "Visible::is_boards")]
    pub visible: Visible,
    /// What happened.
    #[serde(flatten)]
    pub body: Body,
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Event, D::Error> {
        #[derive(Deserialize)]
        struct Open {
            day: Date,
            recorded: Option<Date>,
            by: String,
            #[serde(default)]
            after: Vec<String>,
            source: Option<String>,
            #[serde(default)]
            visible: Visible,
            #[serde(flatten)]
            rest: serde_json::Map<String, serde_json::Value>,
        }
        let open = Open::deserialize(deserializer)?;
        let body = serde_json::from_value(serde_json::Value::Object(open.rest));
        Ok(Event {
            day: open.day,
            recorded: open.recorded,
            by: open.by,
            after: open.after,
            source: open.source,
            visible: open.visible,
            body: body.map_err(D::Error::custom)?,
        })
    }
}

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
    fn is_boards(&self) -> bool {
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

impl Event {
    /// An event of a day, by an actor.
    #[must_use]
    pub fn new(day: Date, by: &str, body: Body) -> Event {
        Event {
            day,
            recorded: None,
            by: by.to_owned(),
            after: Vec::new(),
            source: None,
            visible: Visible::Boards,
            body,
        }
    }

    /// A statement of a committee; say when, by whom and from where with the methods below.
    #[must_use]
    pub fn statement(committee: &str, answer: Answer) -> Event {
        let body = Body::Statement(Statement {
            committee: Some(committee.to_owned()),
            organization: None,
            unnamed: false,
            answer,
            level: Level::NotSaid,
            aspect: None,
            text: None,
            works: Vec::new(),
        });
        let unset = Date::new(1000, Some(1), Some(1)).expect("the first day of that year is a day");
        Event::new(unset, "", body)
    }

    /// The same with the level of a statement.
    #[must_use]
    pub fn level(mut self, level: Level) -> Event {
        if let Body::Statement(statement) = &mut self.body {
            statement.level = level;
        }
        self
    }

    /// The same on another day.
    #[must_use]
    pub fn on(self, day: Date) -> Event {
        Event { day, ..self }
    }

    /// The same by another actor.
    #[must_use]
    pub fn by(self, by: &str) -> Event {
        Event { by: by.to_owned(), ..self }
    }

    /// The same with its source.
    #[must_use]
    pub fn source(self, source: &str) -> Event {
        Event { source: Some(source.to_owned()), ..self }
    }

    /// The same, written on top of `heads`.
    #[must_use]
    pub fn after(self, heads: &[String]) -> Event {
        Event { after: heads.to_vec(), ..self }
    }

    /// Its kind, as files write it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.body.kind()
    }

    /// Its form as a file: TOML.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when a value has no form in TOML;
    /// [too large](Error::is_too_large) beyond 256 KiB.
    pub fn to_toml(&self) -> Result<String, Error> {
        let text = toml::to_string(self).map_err(|source| {
            damaged(format!("an event that cannot be written: {source}"), "report it")
        })?;
        if text.len() as u64 > LARGEST_EVENT {
            return Err(Error::new(RegisterFailure::TooLarge {
                what: "the event".into(),
                bound: "256 KiB".into(),
            }));
        }
        Ok(text)
    }

    /// Reads the form of [`Event::to_toml`].
    ///
    /// # Errors
    /// [malformed](Error::is_malformed), with the line where TOML knows it.
    pub fn from_toml(text: &str) -> Result<Event, Error> {
        if let Some(at) = text.lines().position(|line| line.starts_with("<<<<<<<")) {
            return Err(damaged(
                "marks of an unfinished merge",
                "take the file as one of the two sides wrote it: events are never merged",
            )
            .at(at + 1, 1));
        }
        toml::from_str(text).map_err(|source| {
            let at = source.span().map(|span| place(text, span.start));
            let error = damaged(
                format!("not an event: {}", source.message()),
                "restore the file as it was written, or use a newer version of this program",
            );
            match at {
                Some((line, column)) => error.at(line, column),
                None => error,
            }
        })
    }

    /// Its id: the first 24 hexadecimal digits of the SHA-256 of its file.
    ///
    /// # Errors
    /// Those of [`Event::to_toml`].
    pub fn id(&self) -> Result<String, Error> {
        Ok(id_of(self.to_toml()?.as_bytes()))
    }
}

fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    (before.matches('\n').count() + 1, column)
}

/// The id of a file of these bytes; line endings of Windows count as plain ones.
pub(crate) fn id_of(bytes: &[u8]) -> String {
    sha(&plain_lines(bytes))[..24].to_owned()
}

/// Bytes with CRLF read as LF.
pub(crate) fn plain_lines(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            plain.push(*byte);
        }
    }
    plain
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn sha(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}"); // writing to a string cannot fail
        text
    })
}
