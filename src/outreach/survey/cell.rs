//! One cell of a table as the answer to a question.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{DayOrder, Question, QuestionKind};
use crate::proposal::Date;

/// The most bytes of a free text that are kept.
const LONGEST: usize = 20_000;
/// What may stand between options in one cell; the first that a cell holds counts.
const SEPARATORS: [char; 4] = [';', '\n', '|', ','];
/// The most separators within an option that are looked for.
const MOST_SEPARATORS: usize = 20;
/// The most answers in one cell that are on no list.
const MOST_OTHER: usize = 20;

/// What was answered and is on no list of options. Its text is kept with consent only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Other {
    /// Its text, with consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Value {
    /// What was chosen.
    Chosen {
        /// Of the options.
        options: Vec<String>,
        /// Of what is on no list.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        other: Vec<Other>,
    },
    /// A number.
    Number(f64),
    /// A text, with consent; without it only that there was one.
    Text(Option<String>),
}

/// What a cell holds, or why it cannot be an answer.
pub(super) enum Cell {
    Nothing,
    Options(Vec<String>, Vec<String>),
    Number(f64),
    Text(String),
    Unreadable(&'static str),
}

/// A text as heads and options are compared: case and white space do not count.
pub(super) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A question with its options as they are compared.
pub(super) struct Asked<'a> {
    pub(super) question: &'a Question,
    /// Options by their folded texts.
    options: BTreeMap<String, &'a String>,
    /// Of a scale, options that are numbers.
    numbers: Vec<(f64, &'a String)>,
    /// The most separators that an option holds.
    separators: usize,
}

impl<'a> Asked<'a> {
    pub(super) fn new(question: &'a Question) -> Asked<'a> {
        let options = &question.options;
        let is_scale = question.kind == QuestionKind::Scale;
        let numbers = options.iter().filter_map(|one| Some((number(one)?, one)));
        let separators = |one: &String| one.matches(SEPARATORS).count().min(MOST_SEPARATORS);
        Asked {
            question,
            options: options.iter().map(|one| (folded(one), one)).collect(),
            numbers: if is_scale { numbers.collect() } else { Vec::new() },
            separators: options.iter().map(separators).max().unwrap_or(0),
        }
    }

    fn option(&self, text: &str) -> Option<&'a String> {
        self.options.get(&folded(text)).copied().or_else(|| {
            // 4.0 is the option 4.
            let value = number(text)?;
            self.numbers.iter().find(|(number, _)| *number == value).map(|(_, option)| *option)
        })
    }
}

/// Reads the cells of one question in one row: each with the option that the head of its column
/// names, where it names one.
pub(super) fn read(asked: &Asked<'_>, cells: &[(Option<&str>, &str)]) -> Cell {
    let question = asked.question;
    let mut filled = cells.iter().filter(|(_, cell)| !cell.trim().is_empty()).peekable();
    if filled.peek().is_none() {
        return Cell::Nothing;
    }
    match question.kind {
        QuestionKind::Text => {
            let texts: Vec<&str> = filled.map(|(_, cell)| cell.trim()).collect();
            let mut text = texts.join("\n");
            if text.len() > LONGEST {
                let end = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at));
                text.truncate(end.unwrap_or(0));
                text += "… (shortened)";
            }
            Cell::Text(text)
        }
        QuestionKind::Number => match (number(cells_text(cells)), filled.count()) {
            (Some(number), 1) => Cell::Number(number),
            _ => Cell::Unreadable("it is no number"),
        },
        QuestionKind::Single | QuestionKind::Scale | QuestionKind::Several => {
            if cells.iter().any(|(_, cell)| cell.len() > LONGEST) {
                return Cell::Unreadable("it is longer than any choice");
            }
            let mut picked = Picked::default();
            for (named, cell) in filled {
                picked.cell(asked, *named, cell.trim());
            }
            let Picked { mut options, other } = picked;
            // In the order in which they were offered, each once.
            let place = |one: &String| question.options.iter().position(|option| option == one);
            options.sort_by_key(place);
            options.dedup();
            match (options.len() + other.len(), question.kind) {
                (0, _) => Cell::Nothing,
                (2.., QuestionKind::Single | QuestionKind::Scale) => {
                    Cell::Unreadable("more than one option is chosen where one may be")
                }
                _ if other.len() > MOST_OTHER => Cell::Unreadable("it is a list of other answers"),
                _ => Cell::Options(options, other),
            }
        }
    }
}

fn cells_text<'a>(cells: &[(Option<&str>, &'a str)]) -> &'a str {
    cells.iter().map(|(_, cell)| cell.trim()).find(|cell| !cell.is_empty()).unwrap_or("")
}

/// What is chosen.
#[derive(Default)]
struct Picked {
    options: Vec<String>,
    other: Vec<String>,
}

impl Picked {
    /// What one cell chooses. In a column of one option stands the option again, or a mark.
    fn cell(&mut self, asked: &Asked<'_>, named: Option<&str>, cell: &str) {
        if let Some(named) = named {
            match folded(cell).as_str() {
                "0" | "no" | "n" | "false" | "off" | "not selected" | "unchecked" => return,
                "1" | "yes" | "y" | "x" | "true" | "on" | "selected" | "checked" | "✓" => {
                    return self.text(asked, named);
                }
                _ => {}
            }
        }
        let in_parts = asked.question.kind == QuestionKind::Several && named.is_none();
        if in_parts && asked.option(cell).is_none() {
            self.parts(asked, cell);
        } else {
            self.text(asked, cell);
        }
    }

    fn text(&mut self, asked: &Asked<'_>, text: &str) {
        match asked.option(text) {
            Some(option) => self.options.push(option.clone()),
            None => self.other.push(text.to_owned()),
        }
    }

    /// Options in one cell, between separators; an option may hold a separator itself.
    fn parts(&mut self, asked: &Asked<'_>, cell: &str) {
        let separator = SEPARATORS.into_iter().find(|one| cell.contains(*one)).unwrap_or(',');
        let parts: Vec<&str> = cell.split(separator).collect();
        let mut at = 0;
        while at < parts.len() {
            let most = (1 + asked.separators).min(parts.len() - at);
            let found = (1..=most).rev().find_map(|count| {
                let joined = parts[at..at + count].join(&separator.to_string());
                asked.option(&joined).map(|option| (option, count))
            });
            if let Some((option, count)) = found {
                self.options.push(option.clone());
                at += count;
                continue;
            }
            let part = parts[at].trim();
            if !part.is_empty() {
                self.other.push(part.to_owned());
            }
            at += 1;
        }
    }
}

/// A number with a point or a comma before its decimals.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = !text.is_empty()
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+'))
        && text.matches([',', '.']).count() <= 1;
    let number: f64 = plain.then(|| text.replace(',', ".").parse().ok()).flatten()?;
    number.is_finite().then_some(number)
}

/// The day of an answer; a time behind it does not count. `None` where it could be two days.
pub(super) fn day(cell: &str, order: Option<DayOrder>) -> Option<Date> {
    let cell = cell.trim();
    if cell.len() > 60 {
        return None;
    }
    let is_time = |word: &&str| word.contains(':');
    let words: Vec<&str> = cell.split_whitespace().take_while(|word| !is_time(word)).collect();
    let mut text = words.join(" ");
    if text.is_empty() {
        // 2031-11-20T10:15:00Z
        text = cell.split_once('T')?.0.to_owned();
    }
    let text = text.trim_end_matches(',');
    if let (Some(order), [a, b, year]) = (order, text.split('/').collect::<Vec<_>>().as_slice())
        && year.len() == 4
    {
        let (day, month) = if order == DayOrder::DayFirst { (a, b) } else { (b, a) };
        return Date::new(year.parse().ok()?, month.parse().ok(), day.parse().ok());
    }
    Date::read_written(text).filter(|date| date.day().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: QuestionKind, options: &[&str]) -> Question {
        let options = options.iter().map(|one| (*one).to_owned()).collect();
        Question { id: "q".into(), text: "Q".into(), kind, options, column: None }
    }

    fn options(question: &Question, cells: &[(Option<&str>, &str)]) -> (Vec<String>, Vec<String>) {
        match read(&Asked::new(question), cells) {
            Cell::Options(options, other) => (options, other),
            Cell::Nothing => Default::default(),
            _ => panic!("unreadable"),
        }
    }

    #[test]
    fn options_are_found_in_one_cell_and_in_columns_of_their_own() {
        let several = question(QuestionKind::Several, &["Energy", "Cities, smart", "Health"]);
        let (found, other) = options(&several, &[(None, "health, Cities,  Smart, Trains")]);
        assert_eq!(
            (found.as_slice(), other.as_slice()),
            (
                ["Cities, smart".to_owned(), "Health".to_owned()].as_slice(),
                ["Trains".to_owned()].as_slice(),
            )
        );
        assert_eq!(options(&several, &[(None, "Energy;Cities, smart;Energy")]).0.len(), 2);
        let columns = [(Some("Energy"), "x"), (Some("Health"), "No"), (Some("Trains"), "1")];
        let (found, other) = options(&several, &columns);
        assert_eq!((found, other), (vec!["Energy".to_owned()], vec!["Trains".to_owned()]));
        let single = question(QuestionKind::Single, &["Yes", "No"]);
        assert_eq!(options(&single, &[(None, " yes ")]).0, ["Yes"]);
        assert!(matches!(
            read(&Asked::new(&single), &[(None, "Yes"), (None, "No")]),
            Cell::Unreadable(_)
        ));
        let scale = question(QuestionKind::Scale, &["1", "2", "3"]);
        assert_eq!(options(&scale, &[(None, "2.0")]).0, ["2"]);
        assert_eq!(options(&scale, &[(None, "7")]).1, ["7"]);
    }

    #[test]
    fn numbers_and_days_are_read_as_people_and_programs_write_them() {
        for (text, expected) in [
            ("3,5", Some(3.5)),
            ("-2", Some(-2.0)),
            ("1.000,5", None),
            ("NaN", None),
            ("3 h", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
        let read = |text: &str, order| day(text, order).map(|date| date.to_string());
        let told = Some("2031-11-20".to_owned());
        for text in [
            "2031-11-20 10:15:22",
            "2031-11-20T10:15Z",
            "20.11.2031",
            "20 Nov 2031, 9:00",
            "11/20/2031 3:04:05 PM",
            "2031/11/20",
        ] {
            assert_eq!(read(text, None), told, "{text}");
        }
        assert_eq!(read("03/04/2031", None), None);
        assert_eq!(read("03/04/2031", Some(DayOrder::DayFirst)).unwrap(), "2031-04-03");
        assert_eq!(read("03/04/2031 8:00", Some(DayOrder::MonthFirst)).unwrap(), "2031-03-04");
        assert_eq!((read("2031-11", None), read("soon", None), read("", None)), (None, None, None));
    }
}
