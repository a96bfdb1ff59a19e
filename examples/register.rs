//! Keeps a register of proposals: from a screening to a decision.
//!
//! ```text
//! cargo run --example register -- --register REGISTER init
//! cargo run --example register -- --register REGISTER open 2031-02-spare-parts \
//!     --file proposal.toml --day 2031-02-01 --as tmb-secretary
//! cargo run --example register -- --register REGISTER status --today 2031-02-20
//! ```
//!
//! `docs/register.md` walks through a case.

#[path = "support/mod.rs"]
mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use spcg::proposal::Date;
use spcg::recommendation::Recommendation;
use spcg::register::*;
use spcg::{Organization, Proposal};
use support::output::Output;
use support::{Failure, Status};

const STATUSES: &str = "Exit status:
  0  done
  1  refused by the procedure, something is due with --fail-due, or a check failed
  2  something could not be read or done; the message says what
  3  the result could not be written to its end";

/// Keeps a register of proposals for new fields of work
#[derive(Debug, Parser)]
#[command(name = "register", version, after_help = STATUSES)]
struct Options {
    /// The folder of the register
    #[arg(long, value_name = "FOLDER", default_value = "register")]
    register: PathBuf,
    /// Say what would be written, and write nothing
    #[arg(long, global = true)]
    dry_run: bool,
    #[command(subcommand)]
    command: Command,
}

/// Who writes what of which day.
#[derive(Debug, Args)]
struct Entry {
    /// The case
    case: String,
    /// The day on which it happened
    #[arg(long)]
    day: Date,
    /// Who writes: an actor of the register
    #[arg(long = "as", value_name = "ACTOR")]
    by: String,
    /// Where another person finds it
    #[arg(long)]
    source: Option<String>,
    /// For SPCG alone: it appears in no paper, report or export
    #[arg(long)]
    internal: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a new register
    Init {
        /// A committee beyond the built-in catalogue; may be repeated
        #[arg(long = "committee")]
        committees: Vec<String>,
    },
    /// Open a case with a proposal
    Open {
        #[command(flatten)]
        entry: Entry,
        /// The proposal
        #[arg(long)]
        file: PathBuf,
        /// Its number
        #[arg(long)]
        reference: Option<String>,
        /// The organization whose board decides; else as the proposal says
        #[arg(long)]
        board: Option<Organization>,
    },
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
    /// Ask a committee
    Ask {
        #[command(flatten)]
        entry: Entry,
        /// Which one
        committee: String,
        /// Who thought of it: person, proposal or machine
        #[arg(long, default_value = "person", value_parser = word::<SuggestedBy>)]
        suggested_by: SuggestedBy,
        /// The machine's probability, 0 to 1
        #[arg(long)]
        probability: Option<f64>,
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
        /// Number of the paper of a recommendation
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
        /// Hash of the text that was read, as `log --ids` and `recommend` print it
        #[arg(long)]
        sha: Option<String>,
    },
    /// Record that the outcome was sent to the board
    Send {
        #[command(flatten)]
        entry: Entry,
        /// Which board
        #[arg(long)]
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
        #[arg(long)]
        board: Organization,
        /// accepted, accepted_changed, assigned_to_existing, deferred, rejected, withdrawn, not_known
        #[arg(long, value_parser = word::<Decision>)]
        decision: Decision,
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
    /// Close a case
    Close {
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
        /// The day of today
        #[arg(long)]
        today: Date,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// What is to be done
    Due {
        /// The day of today
        #[arg(long)]
        today: Date,
        /// End with 1 when something is due
        #[arg(long)]
        fail_due: bool,
    },
    /// Everything on file of a case
    Log {
        /// The case
        case: String,
        /// Print JSON Lines
        #[arg(long)]
        json: bool,
    },
    /// Compare every file with its hash
    Check {
        /// Remove half-written files older than a day
        #[arg(long)]
        clean: bool,
    },
    /// Draft a recommendation, or check one that was edited
    Recommend {
        /// The case
        case: String,
        /// Number of the paper
        #[arg(long)]
        number: String,
        /// Its revision letter
        #[arg(long)]
        revision: Option<String>,
        /// Its day
        #[arg(long)]
        day: Date,
        /// A text of it that people have edited, to check
        #[arg(long)]
        check: Option<PathBuf>,
    },
    /// Closed cases as labels for evaluate and fit
    Export,
    /// How the answers agree with the machine's probabilities
    Calibration,
}

/// Reads a word as the files of the register write it.
fn word<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(serde_json::Value::from(text)).map_err(|error| error.to_string())
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(status) => support::end(Ok(status)),
        Err(Stop::Library(error)) if error.is_refused() || error.is_conflict() => {
            support::error(error);
            ExitCode::from(1)
        }
        Err(Stop::Library(error)) => support::end(Err(Failure::new(error))),
        Err(Stop::Program(failure)) => support::end(Err(failure)),
    }
}

enum Stop {
    Library(spcg::Error),
    Program(Failure),
}

impl From<spcg::Error> for Stop {
    fn from(error: spcg::Error) -> Stop {
        Stop::Library(error)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Program(failure)
    }
}

fn print(text: &str) -> Result<(), Failure> {
    let mut output = Output::stdout();
    output.write(text)?;
    output.finish()
}

fn run(options: &Options) -> Result<Status, Stop> {
    if let Command::Init { committees } = &options.command {
        let settings = Settings { committees: committees.clone(), ..Settings::default() };
        Rules::new(settings.clone(), spcg::Catalogue::builtin())?;
        if !options.dry_run {
            Register::create(&options.register, &settings)?;
        }
        return Ok(Status::Done);
    }
    let register = Register::open(&options.register)?;
    match &options.command {
        Command::Open { entry, file, reference, board } => {
            open(&register, options, entry, file, reference.clone(), *board)
        }
        Command::Status { .. }
        | Command::Due { .. }
        | Command::Log { .. }
        | Command::Check { .. }
        | Command::Recommend { .. }
        | Command::Export
        | Command::Calibration => read(&register, &options.command),
        command => write(&register, options, command),
    }
}

fn open(
    register: &Register,
    options: &Options,
    entry: &Entry,
    file: &PathBuf,
    reference: Option<String>,
    board: Option<Organization>,
) -> Result<Status, Stop> {
    let proposal = Proposal::from_path(file)?;
    let Some(addressed_to) = board.or(proposal.organization) else {
        return Err(Failure::new("the proposal names no board; say which with --board").into());
    };
    let bytes = support::input::read(file, support::input::LARGEST_PROPOSAL)?;
    let ending = file.extension().and_then(|one| one.to_str()).unwrap_or("txt");
    let name = format!("proposal.{ending}");
    let stored = FileRef::of(&name, &bytes);
    let body = Body::Received(Received {
        proposal: stored.clone(),
        title: proposal.title.clone(),
        addressed_to,
        reference: reference.or_else(|| proposal.reference.clone()),
        form: None,
        proposer: proposal.proposer.clone(),
        ballot_closes: None,
        same_subject_as: None,
    });
    let received = Event::new(entry.day, &entry.by, body);
    register.may_begin(&entry.case, &received)?;
    let screening = spcg::Screener::builtin()?.with_today(entry.day).screen(&proposal);
    let json = serde_json::to_vec_pretty(&screening).map_err(Failure::new)?;
    if !options.dry_run {
        let mut case = register.begin(&entry.case, received, &[(&name, &bytes)])?;
        let body = Body::Screened(Screened {
            screening: case.store("screening.json", &json)?,
            proposal_sha: stored.sha,
            provenance: screening.provenance.data.clone(),
        });
        case.append(Event::new(entry.day, &entry.by, body))?;
    }
    let mut text = format!("{}: received. Committees to think of asking:\n", entry.case);
    for one in screening.flagged() {
        let percent = one.probability * 100.0;
        let _ = writeln!(text, "  {} ({percent:.0} %): {}", one.committee, one.because());
    }
    print(&text)?;
    Ok(Status::Done)
}

fn write(register: &Register, options: &Options, command: &Command) -> Result<Status, Stop> {
    let Some((entry, body)) = body(register, command)? else {
        return Err(Failure::new("this command writes nothing").into());
    };
    let mut event = Event::new(entry.day, &entry.by, body);
    event.source.clone_from(&entry.source);
    if entry.internal {
        event.visible = Visible::Spcg;
    }
    let mut case = register.case(&entry.case)?;
    let event = case.prepare(event)?;
    if options.dry_run {
        print(&format!("would write:\n{}", event.to_toml()?))?;
        return Ok(Status::Done);
    }
    if let Body::Proposed(Proposed { paper: Some(paper), .. }) = &event.body {
        let mut draft =
            Recommendation::draft(&case, &paper.number, paper.revision.as_deref(), entry.day);
        draft.urgent = proposed_urgent(&event);
        let name = format!("{}.md", draft.name().replace(' ', "-"));
        case.store(&name, draft.to_markdown(&case).as_bytes())?;
    }
    let line = event.to_string();
    let id = case.append(event)?;
    print(&format!("{id}  {line}\n"))?;
    Ok(Status::Done)
}

fn proposed_urgent(event: &Event) -> Option<String> {
    match &event.body {
        Body::Proposed(proposed) => proposed.urgent.clone(),
        _ => None,
    }
}

fn body<'a>(register: &Register, command: &'a Command) -> Result<Option<(&'a Entry, Body)>, Stop> {
    Ok(Some(match command {
        Command::Share { entry, with, deadline, reason } => {
            let shared = Shared { with: with.clone(), deadline: *deadline, reason: reason.clone() };
            (entry, Body::Shared(shared))
        }
        Command::Ask { entry, committee, suggested_by, probability } => {
            let asked = Asked {
                committee: committee.clone(),
                suggested_by: *suggested_by,
                probability: *probability,
                because: None,
                deadline: None,
            };
            (entry, Body::Asked(asked))
        }
        Command::State { entry, committee, organization, unnamed, answer, level, aspect } => {
            let said = Statement {
                committee: committee.clone(),
                organization: *organization,
                unnamed: *unnamed,
                answer: *answer,
                level: *level,
                aspect: aspect.clone(),
                text: None,
                works: Vec::new(),
            };
            (entry, Body::Statement(said))
        }
        Command::Comment { entry, organization, text, forward } => {
            let comment = Comment {
                organization: *organization,
                text: text.clone(),
                forward: *forward,
                on: Vec::new(),
            };
            (entry, Body::Comment(comment))
        }
        Command::Note { entry, events, disposition, text } => {
            let noted =
                Noted { events: events.clone(), disposition: *disposition, text: text.clone() };
            (entry, Body::Noted(noted))
        }
        Command::Hold { entry, until, reason } => {
            (entry, Body::Held(Held { until: *until, reason: reason.clone() }))
        }
        Command::Remind { entry, to, about } => {
            (entry, Body::Reminded(Reminded { to: to.clone(), about: *about }))
        }
        _ => return outcome(register, command),
    }))
}

fn outcome<'a>(
    register: &Register,
    command: &'a Command,
) -> Result<Option<(&'a Entry, Body)>, Stop> {
    Ok(Some(match command {
        Command::Decide { entry, outcome, reason, urgent, number, revision } => {
            let paper = match (outcome, number) {
                (CaseOutcome::Recommendation, Some(number)) => {
                    let case = register.case(&entry.case)?;
                    let mut draft =
                        Recommendation::draft(&case, number, revision.as_deref(), entry.day);
                    draft.urgent.clone_from(urgent);
                    draft.check(&case)?;
                    Some(draft.paper(&case))
                }
                _ => None,
            };
            let proposed = Proposed {
                outcome: *outcome,
                reason: reason.clone(),
                urgent: urgent.clone(),
                paper,
            };
            (entry, Body::Proposed(proposed))
        }
        Command::Agree { entry, position, text, sha } => {
            let agreed = Agreed { position: *position, text: text.clone(), paper_sha: sha.clone() };
            (entry, Body::Agreed(agreed))
        }
        Command::Send { entry, to, document } => {
            let sent = Sent { to: *to, document: document.clone(), attachments: Vec::new() };
            (entry, Body::Sent(sent))
        }
        Command::Board { entry, board, decision } => {
            let decided = BoardDecided {
                board: *board,
                decision: *decision,
                reference: None,
                items: Vec::new(),
            };
            (entry, Body::BoardDecided(decided))
        }
        Command::Settle { entry, winner, set_aside, reason } => {
            let settled = Settled {
                winner: winner.clone(),
                set_aside: set_aside.clone(),
                reason: reason.clone(),
            };
            (entry, Body::Settled(settled))
        }
        Command::Close { entry, reason } => {
            (entry, Body::Closed(Closed { reason: reason.clone() }))
        }
        _ => return Ok(None),
    }))
}

fn read(register: &Register, command: &Command) -> Result<Status, Stop> {
    let mut text = String::new();
    let mut status = Status::Done;
    match command {
        Command::Status { case, today, json } => {
            for one in
                register.cases().filter(|one| case.as_deref().is_none_or(|id| id == one.id()))
            {
                let status = one.status(*today);
                let _ = if *json {
                    writeln!(text, "{}", serde_json::to_string(&status).map_err(Failure::new)?)
                } else {
                    writeln!(text, "{}: {status}", one.id())
                };
            }
            if let Some(id) = case {
                register.case(id)?;
            }
        }
        Command::Due { today, fail_due } => {
            let due = register.due(*today);
            for one in &due {
                let _ = writeln!(text, "{one}");
            }
            if *fail_due && !due.is_empty() {
                status = Status::Blocked;
            }
        }
        Command::Log { case, json } => {
            for entry in register.case(case)?.log() {
                let _ = if *json {
                    writeln!(text, "{}", serde_json::to_string(&entry.event).map_err(Failure::new)?)
                } else {
                    writeln!(text, "{}  {}", entry.id, entry.event)
                };
            }
        }
        Command::Check { clean } => {
            let problems = register.check();
            for one in &problems {
                let _ = writeln!(text, "{}", support::visible(one));
            }
            if !problems.is_empty() {
                status = Status::Blocked;
            }
            if *clean {
                let removed = register.clean()?;
                let _ = writeln!(text, "{removed} half-written files removed");
            }
        }
        Command::Recommend { case, number, revision, day, check } => {
            let case = register.case(case)?;
            let paper = Recommendation::draft(&case, number, revision.as_deref(), *day);
            if let Some(file) = check {
                let edited = fs::read_to_string(file).map_err(Failure::new)?;
                for one in paper.check_text(&case, &edited) {
                    let _ = writeln!(text, "{}: {one}", file.display());
                    status = Status::Blocked;
                }
            } else {
                text = paper.to_markdown(&case);
                let _ = writeln!(text, "\nHash of this text: {}", paper.paper(&case).sha);
            }
        }
        Command::Export => text = labels(register.cases()),
        Command::Calibration => {
            for bin in calibration(register.cases()) {
                let few = if bin.is_too_small() { " (too few)" } else { "" };
                let (from, to) = (bin.from * 100.0, bin.to * 100.0);
                let _ = writeln!(
                    text,
                    "{from:.0}-{to:.0} %: {} of {} stated interest{few}",
                    bin.interested, bin.answered
                );
            }
        }
        _ => {}
    }
    print(&text)?;
    Ok(status)
}
