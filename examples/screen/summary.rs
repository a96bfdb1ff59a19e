//! What came of several files, as a table.

use std::fmt::Write as _;

use spcg::checklist::Severity;
use spcg::document::{Block, Document};
use spcg::{Screening, Verdict};

use super::support::Status;

/// A line a file.
#[derive(Default)]
pub(crate) struct Summary {
    rows: Vec<Row>,
}

struct Row {
    file: String,
    told: Result<Told, String>,
}

struct Told {
    verdict: Verdict,
    blockers: usize,
    warnings: usize,
    first: String,
}

const HEAD: [&str; 5] = ["File", "Result", "Blockers", "Warnings", "First committees"];

impl Summary {
    pub(crate) fn add(&mut self, file: String, screening: &Screening) {
        let mut named = Vec::new();
        // The committee that is addressed knows of the work.
        let own = screening.proposal.committee.as_ref().map(ToString::to_string);
        for one in screening.flagged() {
            let committee = one.committee.to_string();
            if Some(&committee) != own.as_ref() {
                named.push(committee);
            }
        }
        named.truncate(3);
        self.rows.push(Row {
            file,
            told: Ok(Told {
                verdict: screening.verdict,
                blockers: screening.failures(Severity::Blocker).count(),
                warnings: screening.failures(Severity::Warning).count(),
                first: named.join(", "),
            }),
        });
    }

    pub(crate) fn fail(&mut self, file: String, reason: String) {
        self.rows.push(Row { file, told: Err(reason) });
    }

    /// How many files were screened.
    pub(crate) fn screened(&self) -> usize {
        self.rows.iter().filter(|row| row.told.is_ok()).count()
    }

    pub(crate) fn status(&self) -> Status {
        let blocks =
            |row: &Row| row.told.as_ref().is_ok_and(|told| told.verdict == Verdict::NotReady);
        if self.rows.iter().any(|row| row.told.is_err()) {
            Status::Unread
        } else if self.rows.iter().any(blocks) {
            Status::Blocked
        } else {
            Status::Done
        }
    }

    fn cells(&self) -> impl Iterator<Item = [String; 5]> {
        self.rows.iter().map(|Row { file, told }| match told {
            Ok(told) => [
                file.clone(),
                told.verdict.sentence().to_owned(),
                told.blockers.to_string(),
                told.warnings.to_string(),
                told.first.clone(),
            ],
            Err(reason) => {
                [file.clone(), reason.clone(), String::new(), String::new(), String::new()]
            }
        })
    }

    pub(crate) fn text(&self) -> String {
        let rows: Vec<[String; 5]> =
            std::iter::once(HEAD.map(str::to_owned)).chain(self.cells()).collect();
        let width =
            |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or_default();
        let widths = [0, 1, 2, 3].map(width);
        let mut text = String::new();
        for [file, result, blockers, warnings, first] in &rows {
            let [w0, w1, w2, w3] = widths;
            let line =
                format!("{file:<w0$}  {result:<w1$}  {blockers:>w2$}  {warnings:>w3$}  {first}");
            let _ = writeln!(text, "{}", line.trim_end());
        }
        text
    }

    pub(crate) fn markdown(&self) -> String {
        let rows = self.cells().map(|cells| cells.to_vec()).collect();
        Document(vec![Block::Table(HEAD.map(str::to_owned).to_vec(), rows)]).to_markdown()
    }
}

/// A paragraph of plain text in Markdown.
pub(crate) fn paragraph(text: String) -> String {
    Document(vec![Block::Paragraph(text)]).to_markdown()
}
