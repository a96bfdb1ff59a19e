//! The record that all reports are rendered from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::translation::Translation;
use crate::error::{Error, Refusal};
use crate::landscape::Disagreement;
use crate::proposal::Date;
use crate::recommendation::Recommendation;
use crate::reference::Organization;
use crate::register::{Answer, Body, Case, CaseOutcome, State, Visible, damaged, refuse};

/// A meeting or workshop of the group: a file `meetings/40.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// Its number, where meetings are numbered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// Its day.
    pub day: Date,
    /// `virtual`, `physical` or `mixed`.
    pub form: String,
    /// `meeting` or `workshop`.
    #[serde(default = "meeting", skip_serializing_if = "is_meeting")]
    pub kind: String,
    /// The document that reports on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
    /// The day of the next one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Date>,
}

fn meeting() -> String {
    "meeting".into()
}

fn is_meeting(kind: &String) -> bool {
    kind == "meeting"
}

/// Where a document of the group stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperStatus {
    /// Not agreed yet.
    Draft,
    /// Approved.
    #[default]
    Approved,
    /// A later revision took its place.
    Superseded,
}

/// A document of the group, in `documents.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Its number.
    pub number: String,
    /// Its revision letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// Its title.
    pub title: String,
    /// What it is: `paper`, `recommendation`, `meeting report`, or another word.
    #[serde(default = "paper")]
    pub kind: String,
    /// Where it stands.
    #[serde(default)]
    pub status: PaperStatus,
    /// The number of the meeting that approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_at: Option<u32>,
    /// Its day: of approval, or of its issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// Its file in the folder of the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

fn paper() -> String {
    "paper".into()
}

impl Paper {
    /// Number with revision letter.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}{}", self.number, self.revision.as_deref().unwrap_or(""))
    }
}

/// Where a milestone of a plan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MilestoneState {
    /// Planned.
    Planned,
    /// Under way.
    UnderWay,
    /// Done, with evidence.
    Done,
    /// Given up.
    Dropped,
}

/// A milestone of the communications plan or the work plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// Its id.
    pub id: String,
    /// What is to be done.
    pub what: String,
    /// The office or role that does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// Until when.
    pub due: Date,
    /// Where it stands.
    pub state: MilestoneState,
    /// When it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_on: Option<Date>,
    /// The document that shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// Why it was given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The plan that it belongs to: `communications` or `work`.
    #[serde(default = "work", skip_serializing_if = "is_work")]
    pub plan: String,
}

fn work() -> String {
    "work".into()
}

fn is_work(plan: &String) -> bool {
    plan == "work"
}

impl Milestone {
    /// Done counts only with the document that shows it.
    #[must_use]
    pub fn is_done(&self) -> bool {
        let shown = self.evidence.as_ref().is_some_and(|evidence| !evidence.trim().is_empty());
        self.state == MilestoneState::Done && shown
    }

    /// True when it is open on a day after the one on which it was due. It is computed, never
    /// written down.
    ///
    /// ```
    /// use spcg::boards::Milestone;
    ///
    /// let one: Milestone = toml::from_str(
    ///     "id = \"circular\"\nwhat = \"send it\"\ndue = \"2031-06-01\"\nstate = \"under_way\"",
    /// )?;
    /// assert!(!one.is_late("2031-06-01".parse()?));
    /// assert!(one.is_late("2031-06-02".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_late(&self, today: Date) -> bool {
        let open = matches!(self.state, MilestoneState::Planned | MilestoneState::UnderWay);
        open && self.due.last_day() < today
    }
}

/// An area of the landscape, as far as boards are told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaRecord {
    /// Its name.
    pub name: String,
    /// The priority that SPCG set.
    pub priority: Option<String>,
    /// The day on which it is to be looked at again.
    pub review_by: Option<Date>,
    /// Disagreements that are not settled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disagreements: Vec<Disagreement>,
}

/// The edition of the landscape.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LandscapeRecord {
    /// Its name, such as `2031-04`.
    pub edition: String,
    /// Its areas: those of high priority first, else in the order of the edition.
    pub areas: Vec<AreaRecord>,
    /// What differs from the edition before the period, in words.
    pub changes: Vec<String>,
}

/// What stands in the register beside the cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Meetings.
    pub meetings: Vec<Meeting>,
    /// Documents of the group.
    pub papers: Vec<Paper>,
    /// Recommendations in full.
    pub recommendations: Vec<Recommendation>,
    /// Milestones of the plans.
    pub milestones: Vec<Milestone>,
    /// The landscape.
    pub landscape: Option<LandscapeRecord>,
}

/// A recommendation that SPCG has agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecommendationRecord {
    /// Number with revision letter.
    pub paper: String,
    /// Its items in words; none where only the number is on file.
    pub items: Vec<String>,
    /// How the board took items, by their numbers, where its decision says so.
    pub followed: Vec<(u32, String)>,
}

/// One case of the period, as it stood on its last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseRecord {
    /// Its id.
    pub id: String,
    /// The title of the proposal.
    pub title: String,
    /// Its number.
    pub reference: Option<String>,
    /// The board that decides.
    pub board: String,
    /// The state on the last day of the period, in words.
    pub state: String,
    /// The outcome that the offices have agreed.
    pub outcome: Option<String>,
    /// The agreed recommendation.
    pub recommendation: Option<RecommendationRecord>,
    /// What the board decided, in words.
    pub decision: Option<String>,
    /// Comments that are forwarded: whose, and the comment.
    pub comments: Vec<(Organization, String)>,
    /// What is open in it.
    pub open: Vec<String>,
    /// Ids on which the record was made.
    pub heads: Vec<String>,
}

/// What all three reports are rendered from. A later event does not change it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Record {
    /// First day of the period.
    pub from: Date,
    /// Last day of the period.
    pub to: Date,
    /// Cases with something on file in the period, without duplicates.
    pub cases: Vec<CaseRecord>,
    /// Meetings in the period.
    pub meetings: Vec<Meeting>,
    /// Documents of the period that are in force: those approved in it, reports on its meetings,
    /// and its recommendations.
    pub papers: Vec<Paper>,
    /// Milestones of the plans.
    pub milestones: Vec<Milestone>,
    /// The landscape.
    pub landscape: Option<LandscapeRecord>,
    /// Translations of the fixed blocks, which stand in files of their own.
    #[serde(skip)]
    pub(super) translations: Vec<Translation>,
}

impl Record {
    /// Freezes what is on file of a period.
    ///
    /// # Errors
    /// [refused](Error::is_refused) when a report on a meeting or a recommendation is not listed
    /// among the documents, or a recommendation on file is not the text that was agreed.
    pub fn freeze<'a>(
        cases: impl IntoIterator<Item = &'a Case>,
        beside: &Beside,
        (from, to): (Date, Date),
    ) -> Result<Record, Error> {
        if from.day().is_none() || to.day().is_none() || to < from {
            return Err(refuse(
                Refusal::Invalid,
                format!("{from} to {to} is no period"),
                "give its first and its last day",
            ));
        }
        let inside = |day: Date| from <= day && day <= to;
        let mut records = Vec::new();
        for case in cases {
            let stood = case.until(to);
            let moved = stood.log().iter().any(|entry| inside(entry.event.day));
            if moved && stood.state(to) != State::Duplicate {
                records.push(case_record(case, &stood, to, beside)?);
            }
        }
        // By board, as secretariats look for what is theirs.
        records.sort_by(|one, other| (&one.board, &one.id).cmp(&(&other.board, &other.id)));
        let mut meetings: Vec<Meeting> =
            beside.meetings.iter().filter(|one| inside(one.day)).cloned().collect();
        meetings.sort_by_key(|one| (one.day, one.number));
        let mut milestones = beside.milestones.clone();
        milestones.sort_by(|one, other| (one.due, &one.id).cmp(&(other.due, &other.id)));
        let papers = attached(&records, &meetings, &beside.papers, inside)?;
        let landscape = beside.landscape.clone();
        let translations = Vec::new();
        Ok(Record {
            from,
            to,
            cases: records,
            meetings,
            papers,
            milestones,
            landscape,
            translations,
        })
    }

    /// Cases that have moved since the record was frozen, by their ids.
    #[must_use]
    pub fn since_frozen<'a>(&self, cases: impl IntoIterator<Item = &'a Case>) -> Vec<String> {
        let frozen = |case: &&Case| {
            let record = self.cases.iter().find(|one| one.id == case.id());
            record.is_some_and(|one| one.heads != case.heads())
        };
        cases.into_iter().filter(frozen).map(|case| case.id().to_owned()).collect()
    }

    /// The record as JSON.
    ///
    /// # Errors
    /// None in practice: every field has a form in JSON.
    pub fn to_json(&self) -> Result<String, Error> {
        serde_json::to_string_pretty(self)
            .map_err(|source| damaged(source.to_string(), "report it"))
    }

    /// Reads the form of [`Record::to_json`].
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) with the line.
    pub fn from_json(text: &str) -> Result<Record, Error> {
        serde_json::from_str(text).map_err(|source| {
            let error = damaged(source.to_string(), "freeze the period anew");
            error.at(source.line(), source.column())
        })
    }
}

/// Documents that go with the reports. One that is named and not listed stops it.
fn attached(
    cases: &[CaseRecord],
    meetings: &[Meeting],
    listed: &[Paper],
    inside: impl Fn(Date) -> bool,
) -> Result<Vec<Paper>, Error> {
    let in_force = |one: &&Paper| one.status == PaperStatus::Approved;
    let mut papers: Vec<Paper> = listed
        .iter()
        .filter(in_force)
        .filter(|one| one.day.is_some_and(&inside))
        .cloned()
        .collect();
    let reports = meetings.iter().filter_map(|one| {
        one.report.clone().map(|report| (report, format!("the meeting of {}", one.day)))
    });
    let recommended = cases.iter().filter_map(|one| {
        one.recommendation
            .as_ref()
            .map(|paper| (paper.paper.clone(), format!("the case {}", one.id)))
    });
    for (name, of) in reports.chain(recommended) {
        match listed.iter().find(|one| one.name() == name) {
            Some(paper) if paper.status == PaperStatus::Approved => papers.push(paper.clone()),
            found => {
                let why = if found.is_some() { "is not in force" } else { "is not listed" };
                return Err(refuse(
                    Refusal::Invalid,
                    format!("{name}, which {of} names, {why} among the documents"),
                    "list it in documents.toml with its revision, title and status",
                ));
            }
        }
    }
    papers
        .sort_by(|one, other| (&one.number, &one.revision).cmp(&(&other.number, &other.revision)));
    papers.dedup();
    for pair in papers.windows(2) {
        if pair[0].number == pair[1].number {
            return Err(refuse(
                Refusal::NumberTaken,
                format!("{} and {} are both in force", pair[0].name(), pair[1].name()),
                "mark the older one as superseded in documents.toml",
            ));
        }
    }
    Ok(papers)
}

fn case_record(case: &Case, stood: &Case, to: Date, beside: &Beside) -> Result<CaseRecord, Error> {
    let state = stood.state(to);
    // What is only on the table is no outcome of SPCG.
    let reached = stood.missing_positions().is_empty() && stood.objecting().is_empty();
    let proposed = stood.proposed().filter(|_| reached || stood.sent().is_some());
    let recommendation = proposed
        .filter(|one| one.outcome == CaseOutcome::Recommendation)
        .and_then(|one| one.paper.as_ref())
        .map(|paper| {
            let name = format!("{}{}", paper.number, paper.revision.as_deref().unwrap_or(""));
            let full = beside.recommendations.iter().find(|one| one.name() == name);
            if let Some(full) = full
                && full.paper(case).sha != paper.sha
            {
                return Err(refuse(
                    Refusal::TextChanged,
                    format!("{name} on file is not the text that was agreed"),
                    "restore its file, or propose the new text under the next letter",
                ));
            }
            let items = full.map_or_else(Vec::new, |full| full.items_in_words(case));
            let decided = stood.decisions_for_boards().flat_map(|one| &one.items);
            let followed = decided.map(|one| (one.item, one.in_words()));
            let followed: BTreeMap<u32, String> = followed.collect();
            let followed = followed.into_iter().collect();
            Ok(RecommendationRecord { paper: name, items, followed })
        })
        .transpose()?;
    let comments = stood
        .comments()
        .filter(|(entry, comment)| comment.forward && entry.event.visible == Visible::Boards);
    Ok(CaseRecord {
        id: case.id().to_owned(),
        title: case.title().to_owned(),
        reference: case.reference().map(str::to_owned),
        board: case.addressed_to().map_or("", |one| one.board()).to_owned(),
        state: state.told().to_owned(),
        outcome: proposed.map(|one| one.outcome.words().to_owned()),
        recommendation,
        decision: stood
            .decisions_for_boards()
            .next_back()
            .map(|one| one.decision.words().to_owned()),
        comments: comments.map(|(_, one)| (one.organization, one.text.clone())).collect(),
        open: open_points(stood, state),
        heads: case.heads().to_vec(),
    })
}

fn open_points(case: &Case, state: State) -> Vec<String> {
    let mut open = Vec::new();
    if !case.conflicts().is_empty() {
        open.push("entries on file exclude each other and wait to be settled".to_owned());
    }
    let objections = case.statements().iter().filter(|one| {
        let shown = one.visible == Visible::Boards && one.stands;
        shown && one.said.answer == Answer::Objection && case.disposition(&one.id).is_none()
    });
    open.extend(objections.map(|one| {
        let to = one.said.aspect.as_ref().map_or(String::new(), |aspect| format!(" to {aspect}"));
        format!("the objection of {}{to} ({}) has no disposition", one.voice, one.source)
    }));
    for office in case.objecting() {
        open.push(format!("{office} objects to the outcome on the table"));
    }
    for (office, text) in case.reservations() {
        open.push(format!("{office} agrees with a reservation, «{text}»"));
    }
    if state == State::Proposed {
        let missing = case.missing_positions();
        if !missing.is_empty() {
            let names: Vec<String> = missing.iter().map(|one| one.name().to_owned()).collect();
            let who = crate::recommendation::listed(&names);
            open.push(format!("an outcome is on the table; the position of {who} is awaited"));
        }
    }
    if case.is_outdated() {
        open.push("the proposal was revised after the outcome was proposed".to_owned());
    }
    let shared = case.log().iter().any(|entry| matches!(entry.event.body, Body::Shared(_)));
    if state == State::Due && shared {
        open.push("the deadline has passed without an outcome".to_owned());
    }
    open
}
