//! One report for three boards: renderings of one frozen record, checked to be equal block by
//! block as the offices edited them.

mod compare;

pub use compare::{Comparison, compare, release};

use serde::{Deserialize, Serialize};

use crate::document::{Block, Document};
use crate::error::Error;
use crate::proposal::Date;
use crate::recommendation::written;
use crate::reference::Organization;
use crate::register::{Body, Case, CaseOutcome, Visible, sha};

/// A meeting or workshop of the group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// Its number.
    pub number: u32,
    /// Its day.
    pub day: Date,
    /// `virtual`, `physical` or `mixed`.
    pub form: String,
    /// The document that reports on it.
    #[serde(default)]
    pub report: Option<String>,
    /// The day of the next one.
    #[serde(default)]
    pub next: Option<Date>,
}

/// A document of the group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Its number, with the revision letter.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The day on which it was approved.
    #[serde(default)]
    pub approved: Option<Date>,
}

/// One case of the period, as it stood when the record was frozen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseRecord {
    /// Its id.
    pub id: String,
    /// The title of the proposal.
    pub title: String,
    /// The board that decides.
    pub board: String,
    /// The state on the last day of the period.
    pub state: String,
    /// The outcome.
    pub outcome: Option<String>,
    /// The paper of a recommendation.
    pub paper: Option<String>,
    /// Comments that were forwarded, with their organization.
    pub comments: Vec<String>,
    /// Ids on which the record was made.
    pub heads: Vec<String>,
    /// True when events exclude each other.
    pub in_conflict: bool,
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
    /// Documents of the period.
    pub papers: Vec<Paper>,
}

/// What one board's report says for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Free {
    /// Number of the document.
    pub document: String,
    /// What it is about, in a few sentences.
    pub summary: String,
    /// What the board is asked to do.
    pub action: String,
}

/// A signature under the fixed blocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Whose board.
    pub office: Organization,
    /// The hash that was signed.
    pub fixed_sha: String,
    /// The actor.
    pub by: String,
    /// The day.
    pub day: Date,
}

impl Record {
    /// Freezes what is on file of a period.
    #[must_use]
    pub fn freeze<'a>(
        cases: impl IntoIterator<Item = &'a Case>,
        meetings: &[Meeting],
        papers: &[Paper],
        (from, to): (Date, Date),
    ) -> Record {
        let inside = |day: Date| from <= day && day <= to;
        let mut records: Vec<CaseRecord> = cases
            .into_iter()
            .filter(|case| case.log().iter().any(|entry| inside(entry.event.day)))
            .filter(|case| case.state(to) != crate::register::State::Duplicate)
            .map(|case| case_record(case, to))
            .collect();
        records.sort_by(|one, other| one.id.cmp(&other.id));
        let mut meetings: Vec<Meeting> =
            meetings.iter().filter(|one| inside(one.day)).cloned().collect();
        meetings.sort_by_key(|one| (one.day, one.number));
        let mut papers: Vec<Paper> = papers.to_vec();
        papers.sort_by(|one, other| one.number.cmp(&other.number));
        Record { from, to, cases: records, meetings, papers }
    }

    /// The hash that offices sign: of every fixed block.
    #[must_use]
    pub fn fixed_sha(&self) -> String {
        sha(Document(self.fixed()).to_markdown().as_bytes())
    }

    /// The report to one board.
    #[must_use]
    pub fn report(&self, board: Organization, free: &Free) -> Document {
        let period = format!("{} to {}", written(self.from), written(self.to));
        let mut blocks = vec![
            Block::Heading(1, format!("Progress report to {}, {period}", board.board())),
            Block::Paragraph(free.document.clone()),
            Block::Paragraph(free.summary.clone()),
            Block::Paragraph(free.action.clone()),
        ];
        blocks.retain(|block| !matches!(block, Block::Paragraph(text) if text.trim().is_empty()));
        blocks.extend(self.fixed());
        Document(blocks)
    }

    fn fixed(&self) -> Vec<Block> {
        let list = |lines: Vec<String>, none: &str| {
            if lines.is_empty() { Block::Paragraph(none.to_owned()) } else { Block::List(lines) }
        };
        let outcome = |name: CaseOutcome| {
            self.cases.iter().filter(|one| one.outcome.as_deref() == Some(name.words())).count()
        };
        let meetings = self.meetings.iter().map(|one| {
            let report = one.report.as_ref().map_or(String::new(), |r| format!(", report {r}"));
            format!("Meeting {}, {}, {}{report}.", one.number, written(one.day), one.form)
        });
        let cases = self.cases.iter().map(|one| {
            let outcome = one.outcome.as_deref().unwrap_or("no outcome yet");
            format!("«{}», to {}: {}, {outcome}.", one.title, one.board, one.state)
        });
        let counted = match outcome(CaseOutcome::Recommendation) {
            0 => "No formal recommendation was proposed.".to_owned(),
            1 => "One formal recommendation was proposed.".to_owned(),
            more => format!("{more} formal recommendations were proposed."),
        };
        let recommended = self.cases.iter().filter_map(|one| {
            let paper = one.paper.as_ref()?;
            Some(format!("{paper} to {} on «{}».", one.board, one.title))
        });
        let comments = self.cases.iter().flat_map(|one| {
            one.comments.iter().map(move |c| format!("On «{}», to {}: {c}", one.title, one.board))
        });
        let approved = self.papers.iter().filter_map(|one| {
            let day = one.approved.filter(|day| self.from <= *day && *day <= self.to)?;
            Some(format!("{}, {}, approved on {}.", one.number, one.title, written(day)))
        });
        let open = self.cases.iter().filter(|one| one.in_conflict).map(|one| {
            format!("«{}»: events on file exclude each other and wait to be settled.", one.title)
        });
        let next = self.meetings.last().and_then(|one| one.next);
        let next = match next {
            Some(day) => format!("The next meeting is on {}.", written(day)),
            None => "The next meeting is not fixed.".to_owned(),
        };
        let blocks = [
            ("F1", "Meetings", vec![list(meetings.collect(), "No meeting was held.")]),
            (
                "F2",
                "Proposals for new fields",
                vec![
                    Block::Paragraph(format!("Cases in the period: {}.", self.cases.len())),
                    list(cases.collect(), "No proposal was on file."),
                ],
            ),
            (
                "F3",
                "Recommendations",
                vec![
                    Block::Paragraph(counted),
                    list(recommended.collect(), "There is no formal recommendation."),
                ],
            ),
            ("F4", "Comments forwarded", vec![list(comments.collect(), "None on record.")]),
            ("F5", "Papers approved", vec![list(approved.collect(), "None on record.")]),
            ("F8", "Open points", vec![list(open.collect(), "None on record.")]),
            ("F9", "Next steps", vec![Block::Paragraph(next)]),
            ("F10", "Attachments", vec![list(self.attachments(), "None.")]),
        ];
        let fixed = |(name, title, mut inner): (&str, &str, Vec<Block>)| {
            inner.insert(0, Block::Heading(2, title.to_owned()));
            Block::Fixed(name.to_owned(), inner)
        };
        blocks.into_iter().map(fixed).collect()
    }

    /// Papers, recommendations and reports of meetings, each once.
    fn attachments(&self) -> Vec<String> {
        let reports = self.meetings.iter().filter_map(|one| one.report.clone());
        let papers = self.papers.iter().map(|one| one.number.clone());
        let recommended = self.cases.iter().filter_map(|one| one.paper.clone());
        let mut all: Vec<String> = reports.chain(papers).chain(recommended).collect();
        all.sort();
        all.dedup();
        all
    }

    /// Cases that have moved since the record was frozen.
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
            .map_err(|source| crate::register::damaged(source.to_string(), "report it"))
    }
}

fn case_record(case: &Case, to: Date) -> CaseRecord {
    let comments = case.log().iter().filter_map(|entry| match &entry.event.body {
        Body::Comment(one) if one.forward && entry.event.visible == Visible::Boards => {
            Some(format!("{}: {}", one.organization, one.text))
        }
        _ => None,
    });
    let proposed = case.proposed();
    let paper = proposed.and_then(|one| one.paper.as_ref());
    CaseRecord {
        id: case.id().to_owned(),
        title: case.title().to_owned(),
        board: case.addressed_to().map_or("", |one| one.board()).to_owned(),
        state: case.state(to).word().to_owned(),
        outcome: proposed.map(|one| one.outcome.words().to_owned()),
        paper: paper.map(|one| format!("{}{}", one.number, one.revision.as_deref().unwrap_or(""))),
        comments: comments.collect(),
        heads: case.heads().to_vec(),
        in_conflict: !case.conflicts().is_empty(),
    }
}
