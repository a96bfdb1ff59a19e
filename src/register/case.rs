//! A case: what its events come to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use super::event::*;
use super::failure::{RegisterFailure, damaged};
use super::order;
use super::rules::Rules;
use crate::error::Error;
use crate::proposal::Date;
use crate::reference::{CommitteeRef, Organization};

/// An event with its id.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The event.
    pub event: Event,
}

/// Events that exclude each other, none written with the other in view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Ids of the events, in the order of the case.
    pub ids: Vec<String>,
}

/// Whose word a statement is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    /// A committee.
    Committee(CommitteeRef),
    /// Groups of an organization that the source does not name.
    Unnamed(Organization),
}

/// A statement as it stands: corrected where it was, without those taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Id of the event that first put it on file.
    pub id: String,
    /// When it was made.
    pub day: Date,
    /// By whom.
    pub voice: Voice,
    /// What it says, with its fields.
    pub said: super::body::Statement,
    /// Where it is to be found.
    pub source: String,
    /// Who may read it.
    pub visible: Visible,
    /// True when it came after the deadline.
    pub late: bool,
    /// The revision of the proposal that it is about, from 1.
    pub revision: usize,
    /// True while a later revision did not make it lapse.
    pub stands: bool,
}

/// A committee that was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct AskedCommittee {
    /// Id of the event.
    pub id: String,
    /// Which one.
    pub committee: CommitteeRef,
    /// When.
    pub day: Date,
    /// What was asked.
    pub asked: Asked,
    /// Who may read it.
    pub visible: Visible,
}

/// What the events come to, without any day of today.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) received: Option<(String, Received, Date)>,
    /// Hash of each revision, and whether earlier statements stand.
    pub(crate) revisions: Vec<(FileRef, bool)>,
    pub(crate) screened: Option<Screened>,
    pub(crate) shared: Option<(Shared, Date)>,
    pub(crate) deadline: Option<Date>,
    pub(crate) asked: Vec<AskedCommittee>,
    pub(crate) reminded: Vec<(Date, Reminded)>,
    pub(crate) statements: Vec<Statement>,
    pub(crate) comments: Vec<(Entry, Comment)>,
    /// What became of each event that was noted, and who may read it.
    pub(crate) noted: BTreeMap<String, (Disposition, Visible)>,
    pub(crate) held: Option<Held>,
    pub(crate) proposed: Option<(usize, Proposed)>,
    pub(crate) positions: BTreeMap<Organization, (Agreed, Visible)>,
    pub(crate) sent: Option<(Sent, Date)>,
    pub(crate) decided: Vec<(BoardDecided, Date, String, Visible)>,
    pub(crate) feedback: Vec<(Feedback, Visible)>,
    pub(crate) duplicate_of: Option<String>,
    pub(crate) withdrawn: bool,
    pub(crate) closed: bool,
}

/// A case of the register: events, and what they come to. Pure: no files, no clock.
#[derive(Clone, Debug)]
pub struct Case {
    id: String,
    pub(crate) rules: Arc<Rules>,
    pub(super) entries: Vec<Entry>,
    pub(super) behind: Vec<Vec<u64>>,
    heads: Vec<String>,
    pub(super) conflicts: Vec<Conflict>,
    pub(crate) dead: BTreeSet<String>,
    pub(crate) corrected: BTreeMap<String, Event>,
    pub(crate) facts: Facts,
}

static STANDARD: LazyLock<Arc<Rules>> = LazyLock::new(Rules::standard);

impl Case {
    /// The case of these events, in whatever order they come, under the standard rules.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when an event names one that is not there, two begin the
    /// case, or they name each other in a circle; [too large](Error::is_too_large) beyond 5,000.
    pub fn fold(id: &str, events: impl IntoIterator<Item = Event>) -> Result<Case, Error> {
        Case::fold_under(STANDARD.clone(), id, events)
    }

    /// The same under the rules of an office.
    ///
    /// # Errors
    /// Those of [`Case::fold`].
    pub fn fold_under(
        rules: Arc<Rules>,
        id: &str,
        events: impl IntoIterator<Item = Event>,
    ) -> Result<Case, Error> {
        let mut all = BTreeMap::new();
        for event in events {
            all.insert(event.id()?, event);
            if all.len() > MOST_EVENTS {
                return Err(Error::new(RegisterFailure::TooLarge {
                    what: "the case".into(),
                    bound: format!("{MOST_EVENTS} events"),
                }));
            }
        }
        Case::of_entries(rules, id, all)
    }

    pub(crate) fn of_entries(
        rules: Arc<Rules>,
        id: &str,
        all: BTreeMap<String, Event>,
    ) -> Result<Case, Error> {
        let (entries, behind) = order::sorted(all)?;
        let mut case = Case {
            id: id.to_owned(),
            rules,
            heads: heads(&entries),
            entries,
            behind,
            conflicts: Vec::new(),
            dead: BTreeSet::new(),
            corrected: BTreeMap::new(),
            facts: Facts::default(),
        };
        if let Some(first) = case.entries.first()
            && !matches!(first.event.body, Body::Received(_))
        {
            return Err(damaged("a case does not begin with `received`", "restore the first file"));
        }
        case.set_aside();
        case.find_conflicts();
        case.gather();
        Ok(case)
    }

    /// The case as it stood on a day: what happened later is left out, unless something earlier
    /// was written on top of it.
    #[must_use]
    pub fn until(&self, day: Date) -> Case {
        self.before(|entry| entry.event.day <= day)
    }

    /// The case as a writer saw it who had these heads in view. Heads that are not on file are
    /// left out.
    #[must_use]
    pub fn as_of(&self, heads: &[String]) -> Case {
        self.before(|entry| heads.contains(&entry.id))
    }

    /// Those events for which `keep` says so, with everything behind them.
    fn before(&self, keep: impl Fn(&Entry) -> bool) -> Case {
        let kept: Vec<usize> =
            (0..self.entries.len()).filter(|at| keep(&self.entries[*at])).collect();
        if kept.len() == self.entries.len() {
            return self.clone();
        }
        let stays = |at: usize| {
            kept.binary_search(&at).is_ok()
                || kept.iter().any(|later| order::contains(&self.behind[*later], at))
        };
        let all = self.entries.iter().enumerate().filter(|(at, _)| stays(*at));
        let all = all.map(|(_, entry)| (entry.id.clone(), entry.event.clone())).collect();
        // What is whole stays whole when it is cut at what events name.
        Case::of_entries(self.rules.clone(), &self.id, all).unwrap_or_else(|_| self.clone())
    }

    /// Its id: a month and a few words.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The rules that it is under.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Every event, also those corrected, taken back or set aside, in the one order of the case.
    #[must_use]
    pub fn log(&self) -> &[Entry] {
        &self.entries
    }

    /// Ids of the events on which a new one is written.
    #[must_use]
    pub fn heads(&self) -> &[String] {
        &self.heads
    }

    /// Conflicts that wait to be settled.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// The title of the proposal.
    #[must_use]
    pub fn title(&self) -> &str {
        self.facts.received.as_ref().map_or("", |(_, received, _)| &received.title)
    }

    /// Its number at the proposer's or the board's.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.facts.received.as_ref()?.1.reference.as_deref()
    }

    /// The organization whose board decides.
    #[must_use]
    pub fn addressed_to(&self) -> Option<Organization> {
        Some(self.facts.received.as_ref()?.1.addressed_to)
    }

    /// The day on which it came in.
    #[must_use]
    pub fn received_on(&self) -> Option<Date> {
        Some(self.facts.received.as_ref()?.2)
    }

    /// The text of the proposal that is in force.
    #[must_use]
    pub fn proposal(&self) -> Option<&FileRef> {
        self.facts.revisions.last().map(|(file, _)| file)
    }

    /// How many texts of the proposal are on file.
    #[must_use]
    pub fn revisions(&self) -> usize {
        self.facts.revisions.len()
    }

    /// The last day for answers, inclusive.
    #[must_use]
    pub fn deadline(&self) -> Option<Date> {
        self.facts.deadline
    }

    /// What committees said, as it stands.
    #[must_use]
    pub fn statements(&self) -> &[Statement] {
        &self.facts.statements
    }

    /// Committees that were asked.
    #[must_use]
    pub fn asked(&self) -> &[AskedCommittee] {
        &self.facts.asked
    }

    /// Comments that stand, with their events.
    pub fn comments(&self) -> impl Iterator<Item = (&Entry, &Comment)> {
        self.facts.comments.iter().map(|(entry, comment)| (entry, comment))
    }

    /// Offices that object to what is on the table.
    #[must_use]
    pub fn objecting(&self) -> Vec<Organization> {
        let objects = |one: &(&Organization, &(Agreed, Visible))| one.1.0.position == Stand::Object;
        self.facts.positions.iter().filter(objects).map(|(office, _)| *office).collect()
    }

    /// Offices that agree with a reservation that boards may be told of, and what it is.
    pub fn reservations(&self) -> impl Iterator<Item = (Organization, &str)> {
        let all = self.facts.positions.iter();
        all.filter(|(_, (agreed, visible))| {
            agreed.position == Stand::Reservation && *visible == Visible::Boards
        })
        .map(|(office, (agreed, _))| (*office, agreed.text.as_deref().unwrap_or_default()))
    }

    /// What was sent to the board, and when.
    #[must_use]
    pub fn sent(&self) -> Option<(&Sent, Date)> {
        self.facts.sent.as_ref().map(|(sent, day)| (sent, *day))
    }

    /// What boards decided, with the day and the source.
    pub fn decisions(&self) -> impl Iterator<Item = (&BoardDecided, Date, &str)> {
        self.facts.decided.iter().map(|(one, day, source, _)| (one, *day, source.as_str()))
    }

    /// Those decisions that may be told in a report.
    pub(crate) fn decisions_for_boards(&self) -> impl DoubleEndedIterator<Item = &BoardDecided> {
        let told = self.facts.decided.iter().filter(|one| one.3 == Visible::Boards);
        told.map(|(one, ..)| one)
    }

    /// The outcome on the table.
    #[must_use]
    pub fn proposed(&self) -> Option<&Proposed> {
        self.facts.proposed.as_ref().map(|(_, proposed)| proposed)
    }

    /// The screening that the case started from.
    #[must_use]
    pub fn screened(&self) -> Option<&Screened> {
        self.facts.screened.as_ref()
    }

    /// The event of an id, as it was written.
    #[must_use]
    pub fn event(&self, id: &str) -> Option<&Event> {
        self.entries.iter().find(|entry| entry.id == id).map(|entry| &entry.event)
    }

    /// Committees that were asked and have not answered.
    #[must_use]
    pub fn owing(&self) -> Vec<&AskedCommittee> {
        let has_spoken = |asked: &AskedCommittee| {
            let voice = Voice::Committee(asked.committee.clone());
            self.facts.statements.iter().any(|one| one.voice == voice && one.stands)
        };
        let mut seen = BTreeSet::new();
        let owing = self.facts.asked.iter().filter(|asked| !has_spoken(asked));
        owing.filter(|asked| seen.insert(&asked.committee)).collect()
    }

    /// Statements and comments that need a disposition before an outcome may be sent: comments,
    /// objections, and whatever the outcome does not know of.
    pub(crate) fn is_noted(&self, id: &str) -> bool {
        self.facts.noted.contains_key(id)
    }

    /// What became of a statement or comment, where boards may be told.
    #[must_use]
    pub fn disposition(&self, id: &str) -> Option<Disposition> {
        let (disposition, visible) = self.facts.noted.get(id)?;
        (*visible == Visible::Boards).then_some(*disposition)
    }

    /// Whether the event of `id` is behind the event at `place`.
    pub(crate) fn is_behind(&self, id: &str, place: usize) -> bool {
        let at = self.entries.iter().position(|entry| entry.id == id);
        at.is_some_and(|at| order::contains(&self.behind[place], at))
    }

    /// Statements that the paper on the table does not know.
    pub(crate) fn unseen(&self) -> Vec<&str> {
        let Some((place, _)) = &self.facts.proposed else { return Vec::new() };
        let statements = self.facts.statements.iter().map(|one| one.id.as_str());
        let comments = self.facts.comments.iter().map(|(entry, _)| entry.id.as_str());
        statements
            .chain(comments)
            .filter(|id| !self.is_behind(id, *place) && !self.is_noted(id))
            .collect()
    }

    /// True when the proposal was revised after the outcome was put on the table.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        let Some((place, _)) = &self.facts.proposed else { return false };
        let mut later = self.entries.iter().filter(|entry| !self.dead.contains(&entry.id));
        later.any(|e| matches!(e.event.body, Body::Revised(_)) && !self.is_behind(&e.id, *place))
    }

    /// The group within which two events exclude each other.
    pub(crate) fn exclusive_group(&self, event: &Event) -> Option<String> {
        Some(match &event.body {
            Body::Shared(_) | Body::Extended(_) => "sharing".into(),
            Body::Proposed(_)
            | Body::Sent(_)
            | Body::Closed(_)
            | Body::Reopened(_)
            | Body::Withdrawn(_) => "outcome".into(),
            Body::Agreed(_) => {
                let office = self.rules.actor(&event.by).ok()?.office?;
                format!("position of {office}")
            }
            Body::Revised(_) => "revision".into(),
            Body::BoardDecided(decided) => format!("decision of {}", decided.board),
            Body::Corrected(Corrected { of, .. }) | Body::Retracted(Retracted { of, .. }) => {
                format!("correction of {of}")
            }
            _ => return None,
        })
    }
}

fn heads(entries: &[Entry]) -> Vec<String> {
    let named: BTreeSet<&String> = entries.iter().flat_map(|entry| &entry.event.after).collect();
    let mut heads: Vec<String> =
        entries.iter().map(|entry| &entry.id).filter(|id| !named.contains(id)).cloned().collect();
    heads.sort();
    heads
}
