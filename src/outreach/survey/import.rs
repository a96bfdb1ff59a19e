//! A table of a form service as answers, with a report of what was mended and left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::cell::{self, Asked, Cell, Other, Value, folded};
use super::table::{Column, Table};
use super::{Question, Survey, Timing};
use crate::error::{Error, shown};
use crate::proposal::Date;
use crate::register::sha;

/// The most lines of one list of a report; what is beyond is counted.
const LONGEST_LIST: usize = 100;
/// The most unreadable cells, and unknown options of a question, that are kept by themselves.
const MOST_KEPT: usize = 1_000;

/// What one respondent answered. Who it was is kept as a hash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Answer {
    /// A hash of the id that the form service gave; empty where it gave none.
    pub respondent: String,
    /// The day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// The audience.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// What was answered, by the ids of questions.
    pub values: BTreeMap<String, Value>,
}

/// A cell that cannot be an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Unreadable {
    /// The line of the table on which its row begins.
    pub line: u64,
    /// The head of its column.
    pub column: String,
    /// What stands there, shortened.
    pub cell: String,
    /// Why it is no answer.
    pub reason: String,
}

/// What was mended and left out. Its `Display` form is a few lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ImportReport {
    /// Rows with an answer.
    pub rows: usize,
    /// What separates the cells: `,`, `;` or a tab.
    pub separator: char,
    /// Rows of the head: one or two.
    pub head_rows: usize,
    /// What was mended to read the table.
    pub repairs: Vec<String>,
    /// Columns that are no question, and are not kept.
    pub unknown_columns: Vec<String>,
    /// Questions and other columns that the table does not have.
    pub missing_columns: Vec<String>,
    /// Answers that are on no list of options, by question, with their number.
    pub unknown_options: BTreeMap<String, BTreeMap<String, usize>>,
    /// Respondents that are in the table more than once, with their lines: the last one counts.
    pub repeated: BTreeMap<String, Vec<u64>>,
    /// Rows without an id of a respondent: each counts for itself.
    pub unnamed: usize,
    /// Answers after the last round, which are kept and not counted.
    pub late: Vec<u64>,
    /// Answers whose day is not known.
    pub undated: Vec<u64>,
    /// Free texts that are not kept: there is no consent.
    pub without_consent: usize,
    /// Cells that cannot be an answer, the first thousand of them.
    pub unreadable: Vec<Unreadable>,
    /// How many more there are.
    pub more_unreadable: usize,
}

/// A table that was read.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Import {
    /// The answers, in the order of the table; of a respondent the last one.
    pub answers: Vec<Answer>,
    /// What was mended and left out.
    pub report: ImportReport,
}

impl Survey {
    /// Reads a table of answers: UTF-8 with or without its mark, cells between `,`, `;` or tabs,
    /// one or two rows of heads.
    ///
    /// # Errors
    /// [too large](Error::is_too_large) beyond 10 MiB, 10,000 rows or 2,000 columns;
    /// [malformed](Error::is_malformed) when it is no such table, or none of its columns is known.
    pub fn import(&self, table: &[u8]) -> Result<Import, Error> {
        let table = Table::read(table, &self.known(), |heads, row| self.is_answer(heads, row))?;
        let mut importer = Importer::new(self, &table)?;
        for (line, row) in &table.rows {
            importer.row(*line, row);
        }
        Ok(importer.end())
    }

    fn special(&self) -> [(&'static str, &Option<String>); 4] {
        [
            ("the respondent", &self.respondent),
            ("the day", &self.day),
            ("the audience", &self.audience),
            ("the consent", &self.consent),
        ]
    }

    /// Heads that the table may have, folded.
    fn known(&self) -> Vec<String> {
        let special = self.special().into_iter().filter_map(|(_, column)| column.as_deref());
        special.chain(self.questions.iter().map(Question::column)).map(folded).collect()
    }

    /// False for a second row of heads: where a day or a respondent should be stands a name, or
    /// nothing.
    fn is_answer(&self, heads: &[(String, Option<String>)], row: &[String]) -> bool {
        if let Some(count) = self.head_rows {
            return count != 2;
        }
        let cell = |column: &Option<String>| {
            let wanted = folded(column.as_deref()?);
            let at = heads.iter().position(|(head, _)| folded(head) == wanted)?;
            Some(Table::cell(row, at))
        };
        let digits = |text: &str| text.contains(|c: char| c.is_ascii_digit());
        match (cell(&self.day), cell(&self.respondent)) {
            (Some(day), _) if digits(day) => true,
            (Some(""), Some(respondent)) | (None, Some(respondent)) => !respondent.is_empty(),
            (Some(_), _) => false,
            (None, None) => true,
        }
    }
}

/// What a table is read into.
struct Importer<'a> {
    survey: &'a Survey,
    respondent: Option<usize>,
    day: Option<usize>,
    audience: Option<usize>,
    consent: Option<usize>,
    consent_words: Vec<String>,
    /// For each question its columns, with the options that they name.
    columns: Vec<(Asked<'a>, Vec<Column>)>,
    heads: Vec<String>,
    /// Each answer with its line and the id of the respondent.
    answers: Vec<(u64, String, Answer)>,
    report: ImportReport,
}

impl<'a> Importer<'a> {
    fn new(survey: &'a Survey, table: &Table) -> Result<Importer<'a>, Error> {
        let mut used = BTreeSet::new();
        let mut missing = Vec::new();
        let mut only = |name: &str, column: &Option<String>| {
            let column = column.as_deref()?;
            let found = table.columns(column).first().map(|one| one.at);
            match found {
                Some(at) => {
                    used.insert(at);
                }
                None => missing.push(format!("{name}: «{}»", shown(column))),
            }
            found
        };
        let [respondent, day, audience, consent] =
            survey.special().map(|(name, column)| only(name, column));
        let mut columns = Vec::new();
        for question in &survey.questions {
            let own = table.columns(question.column());
            if own.is_empty() {
                missing.push(format!("{}: «{}»", shown(&question.id), shown(question.column())));
            }
            used.extend(own.iter().map(|one| one.at));
            columns.push((Asked::new(question), own));
        }
        if columns.iter().all(|(_, own)| own.is_empty()) {
            return Err(crate::register::damaged(
                "no column of the table is a question",
                "give each question the head of its column",
            ));
        }
        let unknown = (0..table.width()).filter(|at| !used.contains(at));
        let report = ImportReport {
            separator: table.separator,
            head_rows: table.head_rows,
            repairs: table.repairs.clone(),
            unknown_columns: unknown.map(|at| shown(&table.head(at))).collect(),
            missing_columns: missing,
            ..ImportReport::default()
        };
        let consent_words = survey.consent_words.iter().map(|word| folded(word)).collect();
        let heads = (0..table.width()).map(|at| table.head(at)).collect();
        let answers = Vec::new();
        Ok(Importer {
            survey,
            respondent,
            day,
            audience,
            consent,
            consent_words,
            columns,
            heads,
            answers,
            report,
        })
    }

    fn row(&mut self, line: u64, row: &[String]) {
        let of = |at: Option<usize>| at.map_or("", |at| Table::cell(row, at));
        self.report.rows += 1;
        let respondent = of(self.respondent).to_owned();
        if respondent.is_empty() {
            self.report.unnamed += 1;
        }
        let written = of(self.day);
        let day = cell::day(written, self.survey.day_order);
        if day.is_none() && !written.is_empty() {
            let reason = "it is no day, or could be two: write it as 2031-11-20, or say in \
                          `day_order` which number is first";
            self.unreadable(line, self.day, written, reason);
        }
        match self.survey.timing(day) {
            Timing::Late => self.report.late.push(line),
            Timing::Undated => self.report.undated.push(line),
            Timing::InTime(_) => {}
        }
        let audience = Some(of(self.audience)).filter(|text| !text.is_empty()).map(clean);
        let consent = self.consent_words.contains(&folded(of(self.consent)));
        let mut values = BTreeMap::new();
        for at in 0..self.columns.len() {
            let (asked, columns) = &self.columns[at];
            let cells: Vec<(Option<&str>, &str)> = columns
                .iter()
                .map(|one| (one.option.as_deref(), Table::cell(row, one.at)))
                .collect();
            let first = columns.first().map(|one| one.at);
            let (question, read) = (asked.question, cell::read(asked, &cells));
            if let Cell::Unreadable(reason) = read {
                let text = cells.iter().map(|(_, cell)| *cell).find(|cell| !cell.is_empty());
                let text = text.unwrap_or("").to_owned();
                self.unreadable(line, first, &text, reason);
            } else if let Some(value) = self.value(question, read, consent) {
                values.insert(question.id.clone(), value);
            }
        }
        let hash = if respondent.is_empty() { String::new() } else { hashed(&respondent) };
        self.answers.push((line, respondent, Answer { respondent: hash, day, audience, values }));
    }

    fn value(&mut self, question: &Question, read: Cell, consent: bool) -> Option<Value> {
        Some(match read {
            Cell::Nothing | Cell::Unreadable(_) => return None,
            Cell::Number(number) => Value::Number(number),
            Cell::Text(text) => {
                self.report.without_consent += usize::from(!consent);
                Value::Text(consent.then(|| clean_lines(&text)))
            }
            Cell::Options(options, other) => {
                if !other.is_empty() {
                    let known = self.report.unknown_options.entry(question.id.clone()).or_default();
                    for text in &other {
                        let text = shown(text);
                        let is_full = known.len() >= MOST_KEPT && !known.contains_key(&text);
                        let name = if is_full { "others".to_owned() } else { text };
                        *known.entry(name).or_default() += 1;
                    }
                }
                let kept = |text: String| Other { text: consent.then(|| clean(&text)) };
                Value::Chosen { options, other: other.into_iter().map(kept).collect() }
            }
        })
    }

    fn unreadable(&mut self, line: u64, at: Option<usize>, cell: &str, reason: &str) {
        let column =
            at.and_then(|at| self.heads.get(at)).map_or_else(String::new, |head| shown(head));
        if self.report.unreadable.len() >= MOST_KEPT {
            self.report.more_unreadable += 1;
            return;
        }
        let (cell, reason) = (shown(cell), reason.to_owned());
        self.report.unreadable.push(Unreadable { line, column, cell, reason });
    }

    /// Of each respondent the last answer; one that is late stands behind one in time.
    fn end(mut self) -> Import {
        let mut lines: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for (line, respondent, _) in self.answers.iter().filter(|(_, id, _)| !id.is_empty()) {
            lines.entry(respondent).or_default().push(*line);
        }
        let repeated = lines.into_iter().filter(|(_, lines)| lines.len() > 1);
        self.report.repeated =
            repeated.map(|(respondent, lines)| (shown(respondent), lines)).collect();
        let answers = self.answers.into_iter().map(|(_, _, answer)| answer);
        Import { answers: last_ones(self.survey, answers), report: self.report }
    }
}

/// Of each respondent the last answer, by day and then by order; one that is late counts only where
/// none is in time.
pub(super) fn last_ones(survey: &Survey, answers: impl IntoIterator<Item = Answer>) -> Vec<Answer> {
    let mut kept: Vec<Option<Answer>> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let rank = |one: &Answer| (survey.timing(one.day) != Timing::Late, one.day);
    for answer in answers {
        let place =
            places.get(&answer.respondent).copied().filter(|_| !answer.respondent.is_empty());
        match place {
            Some(at) if kept[at].as_ref().is_some_and(|old| rank(old) > rank(&answer)) => continue,
            Some(at) => kept[at] = None,
            None => {}
        }
        places.insert(answer.respondent.clone(), kept.len());
        kept.push(Some(answer));
    }
    kept.into_iter().flatten().collect()
}

/// The id of a respondent is personal; its hash tells two respondents apart as well.
fn hashed(respondent: &str) -> String {
    sha(respondent.as_bytes())[..24].to_owned()
}

fn clean(text: &str) -> String {
    crate::text::display::one_line(text.trim()).chars().take(500).collect()
}

/// A text whose lines stay lines.
fn clean_lines(text: &str) -> String {
    text.lines().map(crate::text::display::one_line).collect::<Vec<_>>().join("\n")
}

impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let separator = if self.separator == '\t' {
            "tabs".to_owned()
        } else {
            format!("`{}`", self.separator)
        };
        write!(
            f,
            "{} answers; cells between {separator}; rows of the head: {}",
            self.rows, self.head_rows
        )?;
        list(f, "mended", self.repairs.iter().cloned())?;
        list(f, "columns that are no question, not kept", self.unknown_columns.iter().cloned())?;
        list(f, "not in the table", self.missing_columns.iter().cloned())?;
        let options = self.unknown_options.iter().flat_map(|(question, texts)| {
            texts.iter().map(move |(text, count)| format!("{question}: «{text}» ({count})"))
        });
        list(f, "answers that are no option, counted apart", options)?;
        let repeated = self.repeated.iter().map(|(respondent, lines)| {
            let lines: Vec<String> = lines.iter().map(u64::to_string).collect();
            format!("{respondent}: lines {}", lines.join(", "))
        });
        list(f, "respondents that are there more than once; the last answer counts", repeated)?;
        let lines =
            |lines: &[u64]| lines.iter().map(|line| format!("line {line}")).collect::<Vec<_>>();
        list(f, "after the last round, kept and not counted", lines(&self.late).into_iter())?;
        list(f, "without a day, counted in no round", lines(&self.undated).into_iter())?;
        let unreadable = self.unreadable.iter().map(|one| {
            format!("line {}, «{}»: «{}»: {}", one.line, one.column, one.cell, one.reason)
        });
        list(f, "cells that cannot be an answer", unreadable)?;
        if self.more_unreadable > 0 {
            write!(f, "\nmore cells that cannot be an answer: {}", self.more_unreadable)?;
        }
        if self.unnamed > 0 {
            write!(
                f,
                "\nrows without an id of a respondent, each counted for itself: {}",
                self.unnamed
            )?;
        }
        if self.without_consent > 0 {
            write!(f, "\nfree texts without consent, not kept: {}", self.without_consent)?;
        }
        Ok(())
    }
}

fn list(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    lines: impl Iterator<Item = String>,
) -> fmt::Result {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return Ok(());
    }
    write!(f, "\n{title}:")?;
    for line in lines.iter().take(LONGEST_LIST) {
        write!(f, "\n  {line}")?;
    }
    match lines.len().checked_sub(LONGEST_LIST) {
        Some(more @ 1..) => write!(f, "\n  and {more} more"),
        _ => Ok(()),
    }
}
