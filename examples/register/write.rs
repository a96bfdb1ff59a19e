//! Commands that write.

use std::fmt::Write as _;
use std::path::Path;

use spcg::recommendation::Recommendation;
use spcg::register::*;
use spcg::{Proposal, Screening};

use super::options::{Command, Entry, Open, Options};
use super::recommend::paper;
use super::support::{self, Failure, Status};
use super::{Done, Stop, print};

/// Files of a case, by the name under which it keeps them.
struct Stored {
    name: String,
    bytes: Vec<u8>,
}

impl Stored {
    fn proposal(file: &Path) -> Result<Stored, Failure> {
        let bytes = support::input::read(file, support::input::LARGEST_PROPOSAL)?;
        let ending = file.extension().and_then(|one| one.to_str()).unwrap_or("txt");
        Ok(Stored { name: format!("proposal.{ending}"), bytes })
    }

    fn reference(&self) -> FileRef {
        FileRef::of(&self.name, &self.bytes)
    }
}

pub(crate) fn open(register: &Register, options: &Options, asked: &Open) -> Done {
    let entry = &asked.entry;
    let proposal = Proposal::from_path(&asked.file)?;
    let Some(addressed_to) = asked.board.or(proposal.organization) else {
        return Err(Failure::new("the proposal names no board; say which with --board").into());
    };
    let stored = Stored::proposal(&asked.file)?;
    let body = Body::Received(Received {
        proposal: stored.reference(),
        title: proposal.title.clone(),
        addressed_to,
        reference: asked.reference.clone().or_else(|| proposal.reference.clone()),
        form: None,
        proposer: proposal.proposer.clone(),
        ballot_closes: None,
        same_subject_as: asked.same_subject_as.clone(),
    });
    let received = event(options, entry, body)?;
    register.may_begin(&entry.case, &received)?;
    if options.dry_run {
        print(format!("would write:\n{}", received.to_toml()?))?;
        return Ok(Status::Done);
    }
    let mut case =
        register.begin(&entry.case, received, &[(&stored.name, stored.bytes.as_slice())])?;
    let screening = screen(&mut case, entry, &proposal, &stored)?;
    let mut text = format!("{}: received\n", entry.case);
    let blockers = screening.findings.iter().filter(|one| one.is_blocker()).count();
    if blockers > 0 {
        let _ = writeln!(text, "The screening found {blockers} blockers; `screen` tells them.");
    }
    text.push_str(match screening.flagged().next() {
        Some(_) => "Committees to think of asking, as the machine found them:\n",
        None => "The machine found no committee to think of asking.\n",
    });
    for one in screening.flagged() {
        let percent = one.probability * 100.0;
        let _ = writeln!(text, "  {} ({percent:.0} %): {}", one.committee, one.because());
    }
    print(&text)?;
    Ok(Status::Done)
}

/// Screens the text that is in force and puts the result on file.
fn screen(
    case: &mut OpenCase,
    entry: &Entry,
    proposal: &Proposal,
    stored: &Stored,
) -> Result<Screening, Stop> {
    let screening = spcg::Screener::builtin()?.with_today(entry.day).screen(proposal);
    let json = serde_json::to_vec_pretty(&screening).map_err(Failure::new)?;
    let body = Body::Screened(Screened {
        screening: case.store("screening.json", &json)?,
        proposal_sha: stored.reference().sha,
        provenance: screening.provenance.data.clone(),
    });
    case.append(Event::new(entry.day, &entry.by, body))?;
    Ok(screening)
}

/// The event of an entry; one of a day after today is refused where the day of today is given.
fn event(options: &Options, entry: &Entry, body: Body) -> Result<Event, Stop> {
    if options.today.is_some_and(|today| entry.day > today) {
        let what = format!("{} lies after today: check the day and the clock", entry.day);
        return Err(Stop::Refused(what));
    }
    let mut event = Event::new(entry.day, &entry.by, body);
    event.source.clone_from(&entry.source);
    if entry.internal {
        event.visible = Visible::Spcg;
    }
    Ok(event)
}

pub(crate) fn run(register: &Register, options: &Options, command: &Command) -> Done {
    let mut stored = Vec::new();
    let mut draft = None;
    let Some((entry, body)) = body(register, command, &mut stored, &mut draft)? else {
        return Err(Failure::new("this command writes nothing").into());
    };
    let mut case = register.case(&entry.case)?;
    let event = case.prepare(event(options, entry, body)?)?;
    if options.dry_run {
        print(format!("would write:\n{}", event.to_toml()?))?;
        return Ok(Status::Done);
    }
    for one in &stored {
        case.store(&one.name, &one.bytes)?;
    }
    if let Some(paper) = draft {
        // What is on the table is kept: the paper to be edited no more, and its text.
        register.put_paper(&paper)?;
        case.store(&format!("{}.md", paper.name()), paper.to_markdown(&case).as_bytes())?;
    }
    let line = event.to_string();
    let id = case.append(event)?;
    if let Command::Revise { file, .. } = command
        && let Some(new) = stored.first()
    {
        screen(&mut case, entry, &Proposal::from_path(file)?, new)?;
    }
    print(format!("{id}  {line}\n"))?;
    Ok(Status::Done)
}

type Asked<'a> = Option<(&'a Entry, Body)>;

fn body<'a>(
    register: &Register,
    command: &'a Command,
    stored: &mut Vec<Stored>,
    draft: &mut Option<Recommendation>,
) -> Result<Asked<'a>, Stop> {
    Ok(Some(match command {
        Command::Share { entry, with, deadline, reason } => {
            let shared = Shared { with: with.clone(), deadline: *deadline, reason: reason.clone() };
            (entry, Body::Shared(shared))
        }
        Command::Extend { entry, deadline, reason } => {
            (entry, Body::Extended(Extended { deadline: *deadline, reason: reason.clone() }))
        }
        Command::Ask { entry, committee, suggested_by, probability, deadline } => {
            let found = screened(register, &entry.case, committee)?;
            let by_machine = *suggested_by == SuggestedBy::Machine;
            let asked = spcg::register::Asked {
                committee: named(register, committee)?,
                suggested_by: *suggested_by,
                probability: probability.or(found.as_ref().filter(|_| by_machine).map(|one| one.0)),
                because: found.filter(|_| by_machine).map(|one| one.1),
                deadline: *deadline,
            };
            (entry, Body::Asked(asked))
        }
        Command::State {
            entry, committee, organization, unnamed, answer, level, aspect, ..
        } => {
            let Command::State { text, works, .. } = command else { return Ok(None) };
            let said = Statement {
                committee: committee.as_ref().map(|one| named(register, one)).transpose()?,
                organization: *organization,
                unnamed: *unnamed,
                answer: *answer,
                level: *level,
                aspect: aspect.clone(),
                text: text.clone(),
                works: works.clone(),
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
        Command::Correct { entry, event, reason, set } => {
            let content = Box::new(corrected(register, &entry.case, event, set)?);
            let (of, reason) = (event.clone(), reason.clone());
            (entry, Body::Corrected(Corrected { of, reason, content }))
        }
        Command::Retract { entry, event, reason } => {
            let (of, reason) = (event.clone(), reason.clone());
            (entry, Body::Retracted(Retracted { of, reason }))
        }
        Command::Revise { entry, file, changes, statements_stand } => {
            Proposal::from_path(file)?; // a text that nobody can read is no revision
            let new = Stored::proposal(file)?;
            let proposal = new.reference();
            stored.push(new);
            let (changes, statements_stand) = (changes.clone(), *statements_stand);
            (entry, Body::Revised(Revised { proposal, changes, statements_stand }))
        }
        Command::Note { entry, events, disposition, text } => {
            let noted =
                Noted { events: events.clone(), disposition: *disposition, text: text.clone() };
            (entry, Body::Noted(noted))
        }
        Command::Hold { entry, until, reason } => {
            (entry, Body::Held(Held { until: *until, reason: reason.clone() }))
        }
        Command::Lift { entry, reason } => {
            (entry, Body::Released(Released { reason: reason.clone() }))
        }
        Command::Remind { entry, to, about } => {
            let to = to.iter().map(|one| named(register, one)).collect::<Result<_, Stop>>()?;
            (entry, Body::Reminded(Reminded { to, about: *about }))
        }
        Command::Decide { entry, outcome, reason, urgent, number, revision } => {
            if let (CaseOutcome::Recommendation, Some(number)) = (outcome, number) {
                let name = (number.as_str(), revision.as_deref());
                let day = Some(entry.day);
                let paper = paper(register, &entry.case, name, day, urgent.as_deref())?;
                let case = register.case(&entry.case)?;
                paper.check(&case)?;
                *draft = Some(paper);
            }
            let case = register.case(&entry.case)?;
            let proposed = Proposed {
                outcome: *outcome,
                reason: reason.clone(),
                urgent: urgent.clone(),
                paper: draft.as_ref().map(|paper| paper.paper(&case)),
            };
            (entry, Body::Proposed(proposed))
        }
        Command::Feedback { entry, committee, concerned, basis } => {
            let (concerned, basis) = (*concerned, *basis);
            let committee = named(register, committee)?;
            (entry, Body::Feedback(Feedback { committee, concerned, basis }))
        }
        _ => return Ok(after_the_outcome(command)),
    }))
}

fn after_the_outcome(command: &Command) -> Asked<'_> {
    Some(match command {
        Command::Agree { entry, position, text, sha } => {
            let agreed = Agreed { position: *position, text: text.clone(), paper_sha: sha.clone() };
            (entry, Body::Agreed(agreed))
        }
        Command::Send { entry, to, document } => {
            let sent = Sent { to: *to, document: document.clone(), attachments: Vec::new() };
            (entry, Body::Sent(sent))
        }
        Command::Board { entry, board, decision, reference, items } => {
            let decided = BoardDecided {
                board: *board,
                decision: *decision,
                reference: reference.clone(),
                items: items.clone(),
            };
            (entry, Body::BoardDecided(decided))
        }
        Command::Link { entry, relation, to, area } => {
            let (case, area, relation) = (to.clone(), area.clone(), *relation);
            (entry, Body::Linked(Linked { case, area, relation }))
        }
        Command::Settle { entry, winner, set_aside, reason } => {
            let settled = Settled {
                winner: winner.clone(),
                set_aside: set_aside.clone(),
                reason: reason.clone(),
            };
            (entry, Body::Settled(settled))
        }
        Command::Withdraw { entry, reason } => {
            (entry, Body::Withdrawn(Withdrawn { reason: reason.clone() }))
        }
        Command::Close { entry, reason } => {
            (entry, Body::Closed(Closed { reason: reason.clone() }))
        }
        Command::Reopen { entry, reason } => {
            (entry, Body::Reopened(Reopened { reason: reason.clone() }))
        }
        _ => return None,
    })
}

/// A committee in the one spelling of the catalogue.
fn named(register: &Register, committee: &str) -> Result<String, Stop> {
    Ok(register.rules().committee(committee)?.to_string())
}

/// What the screening on file found of a committee: its probability, and why.
fn screened(register: &Register, id: &str, name: &str) -> Result<Option<(f64, String)>, Stop> {
    let case = register.case(id)?;
    let Some(screened) = case.screened() else { return Ok(None) };
    let bytes = case.read(&screened.screening)?;
    let screening: Screening = serde_json::from_slice(&bytes).map_err(Failure::new)?;
    let committee = register.rules().committee(name)?;
    let found = screening.interests.iter().find(|one| one.committee == committee);
    Ok(found.map(|one| (one.probability, one.because())))
}

/// An event with fields changed. A value is JSON where it reads as such, and else a text.
fn corrected(register: &Register, id: &str, event: &str, set: &[String]) -> Result<Event, Stop> {
    let case = register.case(id)?;
    let Some(event) = case.event(event) else {
        let what = format!("no event {event} in the case; `log --ids` lists them");
        return Err(Failure::new(what).into());
    };
    let mut value = serde_json::to_value(event).map_err(Failure::new)?;
    for one in set {
        let Some((field, new)) = one.split_once('=') else {
            return Err(Failure::new(format!("`{one}` is no FIELD=VALUE")).into());
        };
        value[field] = serde_json::from_str(new).unwrap_or_else(|_| new.into());
    }
    Ok(serde_json::from_value(value).map_err(Failure::new)?)
}
