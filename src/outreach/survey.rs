//! Questionnaires: what was asked, and tables of answers of form services.
//!
//! [`Survey`] says which questions were asked in which rounds; [`Survey::import`] reads a table
//! (CSV) as form services write it, and reports whatever it mended or left out; [`Summary`] counts.
//! Groups of fewer than five are never told apart, and free texts are kept with consent only.
//!
//! What people say in a questionnaire is not a statement of a committee: nothing here becomes an
//! event of the register.

mod cell;
mod export;
mod folder;
mod import;
mod summary;
mod table;
mod text;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use cell::{Other, Value};
pub use folder::SurveyFolder;
pub use import::{Answer, Import, ImportReport, Unreadable};
pub use summary::{
    Group, Grouping, NamedCommittee, NumberSummary, OptionCount, QuestionSummary, Said, Summary,
};

use crate::error::{Error, shown};
use crate::proposal::Date;
use crate::register::damaged;

/// The longest definition, in bytes.
const MOST_BYTES: usize = 256 << 10;
/// The most questions.
const MOST_QUESTIONS: usize = 200;
/// The most options of a question, and the most rounds.
const MOST_OPTIONS: usize = 100;
/// The longest text of a definition, in bytes.
const LONGEST: usize = 2_000;

/// A round: answers that come until the end of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// Its name.
    pub name: String,
    /// Its last day.
    pub closes: Date,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum QuestionKind {
    /// One of the options.
    Single,
    /// Any of the options.
    Several,
    /// One of the options, which are in an order.
    Scale,
    /// A number.
    Number,
    /// In words.
    Text,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// What was asked.
    pub text: String,
    /// How it is answered.
    #[serde(rename = "type")]
    pub kind: QuestionKind,
    /// What could be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// The head of its column in the table, where that is not its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

impl Question {
    /// The head of its column.
    #[must_use]
    pub fn column(&self) -> &str {
        self.column.as_deref().unwrap_or(&self.text)
    }
}

/// Which number stands first in `03/04/2031`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayOrder {
    /// The day.
    DayFirst,
    /// The month.
    MonthFirst,
}

/// When an answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Timing<'a> {
    /// In a round; without rounds every day is in time.
    InTime(Option<&'a str>),
    /// After the last round.
    Late,
    /// Its day is not known.
    Undated,
}

/// A questionnaire: the file `survey.toml`.
///
/// ```
/// use spcg::outreach::survey::{Survey, Timing};
///
/// let survey = Survey::from_toml(r#"
/// title = "Coordination at work"
/// respondent = "Response ID"
/// day = "Submitted"
/// rounds = [{ name = "first", closes = "2031-11-28" }]
///
/// [[questions]]
/// id = "useful"
/// text = "How useful are the questions?"
/// type = "scale"
/// options = ["1", "2", "3", "4", "5"]
/// "#)?;
/// assert_eq!(survey.timing("2031-11-28".parse().ok()), Timing::InTime(Some("first")));
/// assert_eq!(survey.timing("2031-11-29".parse().ok()), Timing::Late);
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// Its title.
    pub title: String,
    /// The head of the column with the id of a respondent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respondent: Option<String>,
    /// The head of the column with the day of an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// The head of the column that tells which audience answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// The head of the column that tells whether free texts may be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<String>,
    /// What stands there when they may.
    #[serde(default = "yes")]
    pub consent_words: Vec<String>,
    /// Which number of a day stands first, where the table does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day_order: Option<DayOrder>,
    /// How many rows of the table are its head, one or two, where the table does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head_rows: Option<u8>,
    /// Its rounds, by their last days.
    #[serde(default)]
    pub rounds: Vec<Round>,
    /// Its questions.
    pub questions: Vec<Question>,
}

fn yes() -> Vec<String> {
    vec!["yes".to_owned()]
}

impl Survey {
    /// Reads a definition.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) with the line where there is one: an id, column or option
    /// given twice, a choice without options, rounds that are not in their order.
    pub fn from_toml(text: &str) -> Result<Survey, Error> {
        if text.len() > MOST_BYTES {
            return Err(damaged("the questionnaire is longer than 256 KiB", "divide it"));
        }
        let survey: Survey = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = 1 + text.get(..at).unwrap_or("").matches('\n').count();
            damaged(shown(error.message()), "correct the field").at(line, 1)
        })?;
        match survey.mistake() {
            Some((what, remedy)) => Err(damaged(what, remedy)),
            None => Ok(survey),
        }
    }

    /// When an answer of a day came.
    #[must_use]
    pub fn timing(&self, day: Option<Date>) -> Timing<'_> {
        let Some(day) = day else {
            return if self.rounds.is_empty() { Timing::InTime(None) } else { Timing::Undated };
        };
        match self.rounds.iter().find(|round| day <= round.closes) {
            Some(round) => Timing::InTime(Some(&round.name)),
            None if self.rounds.is_empty() => Timing::InTime(None),
            None => Timing::Late,
        }
    }

    /// The question of an id.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|one| one.id == id)
    }

    /// What is wrong with it, and what would mend it.
    fn mistake(&self) -> Option<(String, &'static str)> {
        if self.questions.is_empty() || self.questions.len() > MOST_QUESTIONS {
            let what = format!("it asks nothing, or more than {MOST_QUESTIONS} questions");
            return Some((what, "divide it"));
        }
        if self.rounds.len() > MOST_OPTIONS
            || self.rounds.windows(2).any(|pair| pair[0].closes >= pair[1].closes)
            || self.rounds.iter().any(|round| round.closes.day().is_none())
        {
            return Some((
                "the rounds are not in the order of their last days".to_owned(),
                "give each round its last day, the first one first",
            ));
        }
        let mut seen = BTreeSet::new();
        let asked = [&self.respondent, &self.day, &self.audience, &self.consent];
        for column in asked
            .into_iter()
            .flatten()
            .map(String::as_str)
            .chain(self.questions.iter().map(Question::column))
        {
            if column.trim().is_empty()
                || column.len() > LONGEST
                || !seen.insert(cell::folded(column))
            {
                let what = format!("the column «{}» is empty or named twice", shown(column));
                return Some((what, "name each column once"));
            }
        }
        let mut ids = BTreeSet::new();
        self.questions.iter().find_map(|question| {
            (!ids.insert(&question.id))
                .then(|| {
                    (format!("the id {} is given twice", shown(&question.id)), "change one of them")
                })
                .or_else(|| mistake_of(question))
        })
    }
}

fn mistake_of(question: &Question) -> Option<(String, &'static str)> {
    let id = shown(&question.id);
    let chosen =
        matches!(question.kind, QuestionKind::Single | QuestionKind::Several | QuestionKind::Scale);
    let options: BTreeSet<String> =
        question.options.iter().map(|option| cell::folded(option)).collect();
    if question.id.trim().is_empty() {
        return Some(("a question has no id".to_owned(), "give it one"));
    }
    if chosen && question.options.is_empty() {
        return Some((format!("the question {id} has no options"), "list what could be chosen"));
    }
    if !chosen && !question.options.is_empty() {
        let what = format!("the question {id} has options and is answered in another way");
        return Some((what, "take them out, or change its type"));
    }
    if options.len() < question.options.len()
        || options.contains("")
        || options.len() > MOST_OPTIONS
        || question.options.iter().any(|option| option.len() > LONGEST)
    {
        let what = format!("an option of the question {id} is empty, too long or given twice");
        return Some((what, "give each option once"));
    }
    None
}
