//! What the program is asked.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use spcg::Organization;
use spcg::document::Form;
use spcg::proposal::Date;
use spcg::register::*;

use super::Stop;
use super::support::Failure;

const STATUSES: &str = "Exit status:
  0  done
  1  refused by the procedure, something is due with --fail-due, or a check failed
  2  something could not be read or done; the message says what
  3  the result could not be written to its end";

/// Keeps a register of proposals for new fields
#[derive(Debug, Parser)]
#[command(name = "register", version, after_help = STATUSES)]
pub(crate) struct Options {
    /// The folder of the register
    #[arg(long, value_name = "FOLDER", default_value = "register", global = true)]
    pub(crate) register: PathBuf,
    /// The day of today, or `now` for that of the clock (UTC); what lies after it is refused
    #[arg(long, value_name = "DAY", global = true, value_parser = today)]
    pub(crate) today: Option<Date>,
    /// Say what would be written, and write nothing
    #[arg(long, global = true)]
    pub(crate) dry_run: bool,
    /// For people, or for programs
    #[arg(long, value_enum, default_value_t = Style::Text, global = true)]
    pub(crate) format: Style,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Options {
    /// The day of today, where a command cannot do without it.
    pub(crate) fn needs_today(&self) -> Result<Date, Stop> {
        let missing = || Failure::new("the day of today is not known: give it with --today");
        self.today.ok_or_else(|| missing().into())
    }
}

/// For whom something is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Style {
    /// Sentences for people
    Text,
    /// JSON for programs, one object a line
    Json,
}

/// Who writes what of which day.
#[derive(Debug, Args)]
pub(crate) struct Entry {
    /// The case
    pub(crate) case: String,
    /// The day on which it happened
    #[arg(long)]
    pub(crate) day: Date,
    /// Who writes: an actor of the register
    #[arg(long = "as", value_name = "ACTOR")]
    pub(crate) by: String,
    /// Where another person finds it
    #[arg(long)]
    pub(crate) source: Option<String>,
    /// For SPCG alone: it appears in no paper, report or export
    #[arg(long)]
    pub(crate) internal: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Open {
    #[command(flatten)]
    pub(crate) entry: Entry,
    /// The proposal
    #[arg(long)]
    pub(crate) file: PathBuf,
    /// Its number
    #[arg(long)]
    pub(crate) reference: Option<String>,
    /// The organization whose board decides; else as the proposal says
    #[arg(long, value_parser = board)]
    pub(crate) board: Option<Organization>,
    /// Another case that is known to have the same subject
    #[arg(long, value_name = "CASE")]
    pub(crate) same_subject_as: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Recommend {
    /// The case
    pub(crate) case: String,
    /// Number of the paper
    #[arg(long)]
    pub(crate) number: String,
    /// Its revision letter
    #[arg(long)]
    pub(crate) revision: Option<String>,
    /// Its day, for a new draft
    #[arg(long)]
    pub(crate) day: Option<Date>,
    /// Why it does not wait for the deadline
    #[arg(long, value_name = "REASON")]
    pub(crate) urgent: Option<String>,
    /// Put the draft on file, to be edited there
    #[arg(long)]
    pub(crate) save: bool,
    /// Check a text of it that people have edited: .md, .html or .docx
    #[arg(long, value_name = "FILE")]
    pub(crate) check: Option<PathBuf>,
    /// What the machine found, for SPCG alone, in place of the paper
    #[arg(long)]
    pub(crate) annex: bool,
    /// Write it to a file: .md, .html or .docx
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a new register
    Init {
        /// A committee beyond the built-in catalogue; may be repeated
        #[arg(long = "committee")]
        committees: Vec<String>,
    },
    /// Open a case with a proposal
    Open(Open),
    /// Share it with other offices
    Share {
        #[command(flatten)]
        entry: Entry,
        /// With whom
        #[arg(long, value_delimiter = ',', required = true)]
        with: Vec<Organization>,
        /// The last day for answers
        #[arg(long)]
        deadline: Date,
        /// Why the period is short
        #[arg(long)]
        reason: Option<String>,
    },
    /// Move the deadline to a later day
    Extend {
        #[command(flatten)]
        entry: Entry,
        /// The new last day
        #[arg(long)]
        deadline: Date,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Ask a committee
    Ask {
        #[command(flatten)]
        entry: Entry,
        /// Which one
        committee: String,
        /// Who thought of it: person, proposal or machine
        #[arg(long, default_value = "person", value_parser = word::<SuggestedBy>)]
        suggested_by: SuggestedBy,
        /// The machine's probability, 0 to 1; else that of the screening on file
        #[arg(long)]
        probability: Option<f64>,
        /// Its own last day
        #[arg(long)]
        deadline: Option<Date>,
    },
    /// Record what a committee stated
    State {
        #[command(flatten)]
        entry: Entry,
        /// Which one
        committee: Option<String>,
        /// The organization, where the source does not name the group
        #[arg(long, conflicts_with = "committee", requires = "unnamed")]
        organization: Option<Organization>,
        /// The source does not name the group
        #[arg(long)]
        unnamed: bool,
        /// no_interest, inform_us, liaison, contribute, joint_work, objection or unspecified
        #[arg(long, value_parser = word::<Answer>)]
        answer: Answer,
        /// group, officers, rapporteur or not_said
        #[arg(long, default_value = "not_said", value_parser = word::<Level>)]
        level: Level,
        /// The part of the proposal that it is about
        #[arg(long)]
        aspect: Option<String>,
        /// Its words
        #[arg(long)]
        text: Option<String>,
        /// A work that it names; may be repeated
        #[arg(long = "work")]
        works: Vec<String>,
    },
    /// Record a comment of an organization
    Comment {
        #[command(flatten)]
        entry: Entry,
        /// Whose
        #[arg(long)]
        organization: Organization,
        /// The comment
        text: String,
        /// It is to be forwarded to the board
        #[arg(long)]
        forward: bool,
    },
    /// Correct an event: what it says anew
    Correct {
        #[command(flatten)]
        entry: Entry,
        /// Id of the event
        event: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// A field with its new value, such as `answer=no_interest`; may be repeated
        #[arg(long, required = true, value_name = "FIELD=VALUE")]
        set: Vec<String>,
    },
    /// Take an event back
    Retract {
        #[command(flatten)]
        entry: Entry,
        /// Id of the event
        event: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Record a new text of the proposal
    Revise {
        #[command(flatten)]
        entry: Entry,
        /// The new text
        #[arg(long)]
        file: PathBuf,
        /// What changed
        #[arg(long)]
        changes: String,
        /// Earlier statements are about the new text too
        #[arg(long)]
        statements_stand: bool,
    },
    /// Say what became of comments and statements
    Note {
        #[command(flatten)]
        entry: Entry,
        /// Ids of the events
        #[arg(required = true)]
        events: Vec<String>,
        /// taken_up, answered, forwarded, out_of_scope or withdrawn
        #[arg(long, value_parser = word::<Disposition>)]
        disposition: Disposition,
        /// In words
        #[arg(long)]
        text: String,
    },
    /// Hold the outcome back
    Hold {
        #[command(flatten)]
        entry: Entry,
        /// Until which day
        #[arg(long)]
        until: Date,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Lift a hold
    Lift {
        #[command(flatten)]
        entry: Entry,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Record that committees were reminded
    Remind {
        #[command(flatten)]
        entry: Entry,
        /// Which ones
        #[arg(required = true)]
        to: Vec<String>,
        /// The deadline
        #[arg(long)]
        about: Date,
    },
    /// Put an outcome on the table
    Decide {
        #[command(flatten)]
        entry: Entry,
        /// recommendation, comments_forwarded or nothing_to_add
        #[arg(value_parser = word::<CaseOutcome>)]
        outcome: CaseOutcome,
        /// Why
        #[arg(long)]
        reason: String,
        /// Why it cannot wait for the deadline
        #[arg(long)]
        urgent: Option<String>,
        /// Number of the paper of a recommendation: the one on file, or else a draft
        #[arg(long)]
        number: Option<String>,
        /// Its revision letter
        #[arg(long)]
        revision: Option<String>,
    },
    /// Take the position of an office on what is on the table
    Agree {
        #[command(flatten)]
        entry: Entry,
        /// agree, reservation, abstain or object
        #[arg(long, default_value = "agree", value_parser = word::<Stand>)]
        position: Stand,
        /// In words
        #[arg(long)]
        text: Option<String>,
        /// Hash of the text that was read, as `recommend` prints it
        #[arg(long)]
        sha: Option<String>,
    },
    /// Record that the outcome was sent to the board
    Send {
        #[command(flatten)]
        entry: Entry,
        /// Which board
        #[arg(long, value_parser = board)]
        to: Organization,
        /// Number of the document
        #[arg(long)]
        document: String,
    },
    /// Record what a board decided
    Board {
        #[command(flatten)]
        entry: Entry,
        /// Which board
        #[arg(long, value_parser = board)]
        board: Organization,
        /// accepted, accepted_changed, assigned_to_existing, deferred, rejected, withdrawn, not_known
        #[arg(long, value_parser = word::<Decision>)]
        decision: Decision,
        /// Its number at the board
        #[arg(long)]
        reference: Option<String>,
        /// How it took an item of the recommendation: `1=yes`, partly, no or not_stated, and a
        /// note behind a colon where there is one: `2=partly: its second half`; may be
        /// repeated
        #[arg(long = "item", value_name = "ITEM=HOW", value_parser = followed)]
        items: Vec<ItemFollowed>,
    },
    /// Record whether a committee turned out to be concerned
    Feedback {
        #[command(flatten)]
        entry: Entry,
        /// Which one
        committee: String,
        /// yes or no
        #[arg(long, action = clap::ArgAction::Set, value_parser = yes_or_no)]
        concerned: bool,
        /// statement, liaison, work_assigned or told_by
        #[arg(long, value_parser = word::<FeedbackBasis>)]
        basis: FeedbackBasis,
    },
    /// Record that the case has to do with another case, or with an area of the landscape
    Link {
        #[command(flatten)]
        entry: Entry,
        /// same_subject, duplicate, supersedes or belongs_to
        #[arg(value_parser = word::<Relation>)]
        relation: Relation,
        /// The other case
        #[arg(long, required_unless_present = "area")]
        to: Option<String>,
        /// The area
        #[arg(long)]
        area: Option<String>,
    },
    /// Settle a conflict
    Settle {
        #[command(flatten)]
        entry: Entry,
        /// The event that stands
        #[arg(long)]
        winner: String,
        /// Those that do not
        #[arg(long, required = true)]
        set_aside: Vec<String>,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Record that the proposal was withdrawn
    Withdraw {
        #[command(flatten)]
        entry: Entry,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Close a case
    Close {
        #[command(flatten)]
        entry: Entry,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Open a case that has ended
    Reopen {
        #[command(flatten)]
        entry: Entry,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Where cases stand
    Status {
        /// One case
        case: Option<String>,
    },
    /// What is to be done
    Due {
        /// End with 1 when something is due
        #[arg(long)]
        fail_due: bool,
    },
    /// Everything on file of a case
    Log {
        /// The case
        case: String,
        /// With the ids of the events
        #[arg(long)]
        ids: bool,
    },
    /// Compare every file with its hash
    Check {
        /// Remove half-written files older than a day
        #[arg(long)]
        clean: bool,
    },
    /// Draft a recommendation, or check one that was edited
    Recommend(Recommend),
    /// Reports to the three boards
    Report {
        #[command(subcommand)]
        command: Report,
    },
    /// Closed cases as labels for evaluate and fit
    Export,
    /// How the answers agree with the machine's probabilities
    Calibration,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Report {
    /// Freeze what is on file of a period; the report is named after the month of its end
    Freeze {
        /// First day
        #[arg(long)]
        from: Date,
        /// Last day
        #[arg(long)]
        to: Date,
    },
    /// Write the reports of a frozen period
    Render {
        /// The report, such as 2031-04
        name: String,
        /// One board; else all three
        #[arg(long, value_parser = board)]
        board: Option<Organization>,
        /// md, html or docx; may be repeated
        #[arg(long = "form", value_delimiter = ',', default_value = "md", value_parser = form)]
        forms: Vec<Form>,
    },
    /// Compare the reports, as they were edited, with the record
    Check {
        /// The report
        name: String,
        /// Files; else those beside the record
        files: Vec<PathBuf>,
    },
    /// Write the texts of the fixed blocks into a file, to be translated there
    Translate {
        /// The report
        name: String,
        /// The language, such as `fr`
        #[arg(long)]
        language: String,
    },
    /// Sign the fixed blocks for an office
    Sign {
        /// The report
        name: String,
        /// The secretary of the board
        #[arg(long = "as", value_name = "ACTOR")]
        by: String,
        /// The day
        #[arg(long)]
        day: Date,
    },
    /// Release the report of a board
    Release {
        /// The report
        name: String,
        /// The secretary of the board
        #[arg(long = "as", value_name = "ACTOR")]
        by: String,
        /// The day
        #[arg(long)]
        day: Date,
        /// Number of the document at the board
        #[arg(long, required_unless_present = "not_due")]
        document: Option<String>,
        /// Why no report is due at this board
        #[arg(long, value_name = "REASON", conflicts_with = "document")]
        not_due: Option<String>,
    },
    /// Who has signed, what went out, and what has moved since
    Standing {
        /// The report
        name: String,
    },
}

/// Reads a word as the files of the register write it.
fn word<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(serde_json::Value::from(text)).map_err(|error| error.to_string())
}

/// A board by its name or by that of its organization.
fn board(text: &str) -> Result<Organization, String> {
    let boards =
        [("TMB", Organization::Iso), ("SMB", Organization::Iec), ("TSAG", Organization::ItuT)];
    let upper = text.to_uppercase();
    let named = boards.into_iter().find(|(name, office)| upper == *name || text == office.board());
    named.map_or_else(
        || text.parse().map_err(|error: spcg::Error| error.to_string()),
        |(_, office)| Ok(office),
    )
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("say yes or no".into()),
    }
}

fn followed(text: &str) -> Result<ItemFollowed, String> {
    let (item, how) = text.split_once('=').ok_or("write the number of an item and how: `1=yes`")?;
    let item = item.trim().parse().map_err(|_| format!("`{item}` is no number of an item"))?;
    let (how, note) = match how.split_once(':') {
        Some((how, note)) => (how, Some(note.trim().to_owned())),
        None => (how, None),
    };
    Ok(ItemFollowed { item, followed: word(how)?, note })
}

fn form(text: &str) -> Result<Form, String> {
    Form::of_name(&format!("report.{text}")).ok_or_else(|| "take md, html or docx".into())
}

fn today(text: &str) -> Result<Date, String> {
    let day = match text {
        "now" => jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string(),
        day => day.to_owned(),
    };
    let day: Date = day.parse().map_err(|error: spcg::Error| error.to_string())?;
    if day.day().is_some() { Ok(day) } else { Err("write year, month and day".into()) }
}
