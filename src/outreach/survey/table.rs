//! A table of comma-separated values as form services write it.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use super::cell::folded;
use crate::error::{Error, shown};
use crate::register::{RegisterFailure, damaged};

/// The largest file, in bytes.
pub(super) const MOST_BYTES: usize = 10 << 20;
/// The most rows.
const MOST_ROWS: usize = 10_000;
/// The most columns.
const MOST_COLUMNS: usize = 2_000;

/// A column that belongs to a question.
#[derive(Debug)]
pub(super) struct Column {
    /// Its place.
    pub(super) at: usize,
    /// The option that it stands for, where each option has a column.
    pub(super) option: Option<String>,
}

/// A table with its head and what was mended to read it.
#[derive(Debug)]
pub(super) struct Table {
    /// For each column, the head of the first row and, with two rows, that of the second.
    heads: Vec<(String, Option<String>)>,
    /// The same as they are compared.
    folded: Vec<(String, Option<String>)>,
    /// Rows with the lines on which they begin.
    pub(super) rows: Vec<(u64, Vec<String>)>,
    /// What separates cells.
    pub(super) separator: char,
    /// One row or two.
    pub(super) head_rows: usize,
    pub(super) repairs: Vec<String>,
}

impl Table {
    /// Reads a table. Of the separators the one counts that gives most of the known columns; the
    /// second row is a head too when `is_answer` says that it holds none.
    pub(super) fn read(
        bytes: &[u8],
        known: &[String],
        is_answer: impl Fn(&[(String, Option<String>)], &[String]) -> bool,
    ) -> Result<Table, Error> {
        let mut repairs = Vec::new();
        let text = decoded(bytes, &mut repairs)?;
        let mut text = text.as_ref();
        let mut lines_before = 0;
        // A line for spreadsheet programs.
        let first = text.lines().next().unwrap_or("");
        if let Some(named) = folded(first).strip_prefix("sep=") {
            repairs.push(format!("the first line names the separator {}", shown(named)));
            text = text[first.len()..].trim_start_matches(['\r', '\n']);
            lines_before = 1;
        }
        let separator = [',', ';', '\t']
            .into_iter()
            .max_by_key(|separator| {
                let rows = start(text, *separator);
                let matching = rows.iter().flatten().filter(|cell| known.contains(&folded(cell)));
                let cells = rows.first().map_or(0, Vec::len);
                // Where nothing else tells, the first of the three.
                (matching.count(), cells, usize::from(*separator == ','))
            })
            .unwrap_or(',');
        let rows = parse(text, separator).map_err(|error| {
            damaged(shown(&error.to_string()), "save the table as comma-separated values anew")
        })?;
        let mut table =
            Table { heads: Vec::new(), folded: Vec::new(), rows, separator, head_rows: 1, repairs };
        table.rows.iter_mut().for_each(|(line, _)| *line += lines_before);
        table.take_heads(is_answer)?;
        table.bounded()?;
        table.tell_uneven();
        let below = |below: &Option<String>| below.as_deref().map(folded);
        table.folded = table.heads.iter().map(|(head, two)| (folded(head), below(two))).collect();
        Ok(table)
    }

    fn bounded(&self) -> Result<(), Error> {
        let what = if self.rows.len() > MOST_ROWS {
            ("the number of rows", MOST_ROWS)
        } else if self.heads.len() > MOST_COLUMNS {
            ("the number of columns", MOST_COLUMNS)
        } else {
            return Ok(());
        };
        Err(Error::new(RegisterFailure::TooLarge {
            what: what.0.to_owned(),
            bound: what.1.to_string(),
        }))
    }

    fn take_heads(
        &mut self,
        is_answer: impl Fn(&[(String, Option<String>)], &[String]) -> bool,
    ) -> Result<(), Error> {
        if self.rows.is_empty() {
            return Err(damaged("the table is empty", "export the answers once more"));
        }
        let (_, first) = self.rows.remove(0);
        self.heads = first.into_iter().map(|head| (head, None)).collect();
        let second = self.rows.first().map(|(_, cells)| cells.clone());
        let Some(second) = second.filter(|cells| !is_answer(&self.heads, cells)) else {
            return Ok(());
        };
        self.rows.remove(0);
        self.head_rows = 2;
        // Some services add a row of their own names.
        let of_program = |cells: &[String]| {
            let mut filled = cells.iter().filter(|cell| !cell.is_empty()).peekable();
            filled.peek().is_some() && filled.all(|cell| cell.starts_with("{\"ImportId\""))
        };
        if self.rows.first().is_some_and(|(_, cells)| of_program(cells)) {
            self.rows.remove(0);
            self.repairs.push("a third row, of names for programs, is left out".to_owned());
        }
        self.repairs.push("the head has two rows".to_owned());
        let width = self.heads.len().max(second.len());
        self.heads.resize(width, (String::new(), None));
        let mut last = String::new();
        for (at, (head, below)) in self.heads.iter_mut().enumerate() {
            // A question over several columns is named over the first of them.
            if head.trim().is_empty() {
                head.clone_from(&last);
            }
            last.clone_from(head);
            *below = Some(second.get(at).cloned().unwrap_or_default());
        }
        Ok(())
    }

    /// Rows without a cell are left out; rows of another width than the head are told.
    fn tell_uneven(&mut self) {
        let (width, before) = (self.heads.len(), self.rows.len());
        self.rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
        let told = |lines: Vec<u64>, what: &str| {
            let first = lines.first()?;
            Some(match lines.len() {
                1 => format!("line {first} {what}"),
                more => format!("{more} rows, the first of them line {first}: each {what}"),
            })
        };
        let of = |wrong: &dyn Fn(&[String]) -> bool| {
            let rows = self.rows.iter().filter(|(_, cells)| wrong(cells));
            rows.map(|(line, _)| *line).collect::<Vec<u64>>()
        };
        let longer = of(&|cells| cells.iter().skip(width).any(|cell| !cell.trim().is_empty()));
        let shorter = of(&|cells| cells.len() < width);
        let repairs = [
            told(longer, "has cells beyond the head, which are left out"),
            told(shorter, "has fewer cells than the head; those missing are empty"),
            (self.rows.len() < before)
                .then(|| format!("empty rows are left out: {}", before - self.rows.len())),
        ];
        self.repairs.extend(repairs.into_iter().flatten());
    }

    /// The columns of a head.
    pub(super) fn columns(&self, column: &str) -> Vec<Column> {
        let wanted = folded(column);
        let group = self.folded.iter().filter(|(head, _)| *head == wanted).count();
        let of_head = |(at, (head, below)): (usize, &(String, Option<String>))| {
            if *head == wanted || below.as_ref() == Some(&wanted) {
                let option = self.heads[at].1.as_deref().map(str::trim);
                let names_option = group > 1 && *head == wanted;
                let option = option.filter(|option| names_option && !option.is_empty());
                return Some(Column { at, option: option.map(str::to_owned) });
            }
            // `Topics [Energy]`
            let rest = head.strip_prefix(&wanted)?.trim_start();
            rest.strip_prefix('[')?.strip_suffix(']')?;
            let option = self.heads[at].0.split_once('[')?.1.trim_end().strip_suffix(']')?;
            Some(Column { at, option: Some(option.trim().to_owned()) })
        };
        self.folded.iter().enumerate().filter_map(of_head).collect()
    }

    /// The head of a column as people read it.
    pub(super) fn head(&self, at: usize) -> String {
        match self.heads.get(at) {
            Some((head, Some(below))) if !below.trim().is_empty() && below != head => {
                format!("{} / {}", head.trim(), below.trim())
            }
            Some((head, _)) => head.trim().to_owned(),
            None => String::new(),
        }
    }

    /// A cell of a row; empty where the row is shorter.
    pub(super) fn cell(row: &[String], at: usize) -> &str {
        row.get(at).map_or("", |cell| cell.trim())
    }

    pub(super) fn width(&self) -> usize {
        self.heads.len()
    }
}

/// UTF-8 with or without its mark, and UTF-16 with it.
fn decoded<'a>(bytes: &'a [u8], repairs: &mut Vec<String>) -> Result<Cow<'a, str>, Error> {
    if bytes.len() > MOST_BYTES {
        return Err(Error::new(RegisterFailure::TooLarge {
            what: "the table".to_owned(),
            bound: format!("{} MiB", MOST_BYTES >> 20),
        }));
    }
    let (encoding, length) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    if length > 0 {
        repairs.push(format!("a mark of the encoding {} is taken off", encoding.name()));
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[length..]);
    text.ok_or_else(|| damaged("the text is not UTF-8", "save the table with the encoding UTF-8"))
}

fn reader(text: &str, separator: char) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(separator).unwrap_or(b','))
        .from_reader(text.as_bytes())
}

/// The first two rows, by which the separator is told.
fn start(text: &str, separator: char) -> Vec<Vec<String>> {
    let rows = reader(text, separator).into_records().take(2);
    rows.filter_map(Result::ok)
        .map(|row| row.iter().take(MOST_COLUMNS).map(str::to_owned).collect())
        .collect()
}

fn parse(text: &str, separator: char) -> Result<Vec<(u64, Vec<String>)>, csv::Error> {
    let (mut counted, mut line) = (0, 1);
    let rows = reader(text, separator).into_records().take(MOST_ROWS + 4);
    rows.map(|row| {
        let row = row?;
        // Where a row begins, line ends before it may not be passed yet.
        let at = row.position().map_or(counted, |place| place.byte() as usize).min(text.len());
        let rest = &text.as_bytes()[at..];
        let at = at + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        line += text.as_bytes()[counted..at].iter().filter(|byte| **byte == b'\n').count() as u64;
        counted = at;
        Ok((line, row.iter().take(MOST_COLUMNS + 1).map(str::to_owned).collect()))
    })
    .collect()
}
