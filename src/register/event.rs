//! Events: what an office puts on file, never changed afterwards.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};

pub use super::body::*;
use super::failure::{RegisterFailure, damaged};
use super::toml_files;
pub use super::vocabulary::*;
use crate::error::Error;
use crate::proposal::Date;

/// Largest event, in bytes of its file.
pub(crate) const LARGEST_EVENT: u64 = 256 << 10;
/// Longest text of one field, in characters.
pub(crate) const LONGEST_TEXT: usize = 20_000;
/// Most events of one case.
pub(crate) const MOST_EVENTS: usize = 5_000;
/// Most events of a register.
pub(crate) const MOST_IN_REGISTER: usize = 100_000;

/// One event of a case.
///
/// It names the events that its writer had seen (`after`), and its [id](Event::id) is a hash of
/// its content: nothing is numbered by software, and two offices may write apart.
///
/// ```
/// use spcg::register::{Answer, Event, Level};
///
/// let event = Event::statement("ITU-T SG 99", Answer::Liaison)
///     .level(Level::Group)
///     .on("2031-03-11".parse()?)
///     .by("tsb-secretary")
///     .source("SG99-LS-12");
/// let text = event.to_toml()?;
/// assert_eq!(Event::from_toml(&text)?, event);
/// assert_eq!(event.id()?.len(), 24);
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// When it happened.
    pub day: Date,
    /// When it was put on file, if on another day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Date>,
    /// The actor, as the settings of the register list it.
    pub by: String,
    /// The heads of the case that its writer had seen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// Where another person finds it: a document number, a minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Who may read it in what is rendered.
    #[serde(skip_serializing_if = "Visible::is_boards")]
    pub visible: Visible,
    /// What happened.
    #[serde(flatten)]
    pub body: Body,
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Event, D::Error> {
        #[derive(Deserialize)]
        struct Open {
            day: Date,
            recorded: Option<Date>,
            by: String,
            #[serde(default)]
            after: Vec<String>,
            source: Option<String>,
            #[serde(default)]
            visible: Visible,
            #[serde(flatten)]
            rest: serde_json::Map<String, serde_json::Value>,
        }
        let open = Open::deserialize(deserializer)?;
        let body = serde_json::from_value(serde_json::Value::Object(open.rest));
        Ok(Event {
            day: open.day,
            recorded: open.recorded,
            by: open.by,
            after: open.after,
            source: open.source,
            visible: open.visible,
            body: body.map_err(D::Error::custom)?,
        })
    }
}

impl Event {
    /// An event of a day, by an actor.
    #[must_use]
    pub fn new(day: Date, by: &str, body: Body) -> Event {
        Event {
            day,
            recorded: None,
            by: by.to_owned(),
            after: Vec::new(),
            source: None,
            visible: Visible::Boards,
            body,
        }
    }

    /// A statement of a committee; say when, by whom and from where with the methods below.
    #[must_use]
    pub fn statement(committee: &str, answer: Answer) -> Event {
        let body = Body::Statement(Statement {
            committee: Some(committee.to_owned()),
            organization: None,
            unnamed: false,
            answer,
            level: Level::NotSaid,
            aspect: None,
            text: None,
            works: Vec::new(),
        });
        let unset = Date::new(1000, Some(1), Some(1)).expect("the first day of that year is a day");
        Event::new(unset, "", body)
    }

    /// The same with the level of a statement.
    #[must_use]
    pub fn level(mut self, level: Level) -> Event {
        if let Body::Statement(statement) = &mut self.body {
            statement.level = level;
        }
        self
    }

    /// The same on another day.
    #[must_use]
    pub fn on(self, day: Date) -> Event {
        Event { day, ..self }
    }

    /// The same by another actor.
    #[must_use]
    pub fn by(self, by: &str) -> Event {
        Event { by: by.to_owned(), ..self }
    }

    /// The same with its source.
    #[must_use]
    pub fn source(self, source: &str) -> Event {
        Event { source: Some(source.to_owned()), ..self }
    }

    /// The same, written on top of `heads`.
    #[must_use]
    pub fn after(self, heads: &[String]) -> Event {
        Event { after: heads.to_vec(), ..self }
    }

    /// Its kind, as files write it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.body.kind()
    }

    /// Its form as a file: TOML.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when a value has no form in TOML;
    /// [too large](Error::is_too_large) beyond 256 KiB.
    pub fn to_toml(&self) -> Result<String, Error> {
        let text = toml::to_string(self).map_err(|source| {
            damaged(format!("an event that cannot be written: {source}"), "report it")
        })?;
        if text.len() as u64 > LARGEST_EVENT {
            return Err(Error::new(RegisterFailure::TooLarge {
                what: "the event".into(),
                bound: "256 KiB".into(),
            }));
        }
        Ok(text)
    }

    /// Reads the form of [`Event::to_toml`].
    ///
    /// # Errors
    /// [malformed](Error::is_malformed), with the line where TOML knows it.
    pub fn from_toml(text: &str) -> Result<Event, Error> {
        toml_files::parsed(
            text,
            "not an event",
            "restore the file as it was written, or use a newer version of this program",
        )
    }

    /// Its id: the first 24 hexadecimal digits of the SHA-256 of its file.
    ///
    /// # Errors
    /// Those of [`Event::to_toml`].
    pub fn id(&self) -> Result<String, Error> {
        Ok(id_of(self.to_toml()?.as_bytes()))
    }
}

/// The id of a file of these bytes; line endings of Windows count as plain ones.
pub(crate) fn id_of(bytes: &[u8]) -> String {
    sha(&plain_lines(bytes))[..24].to_owned()
}

/// Bytes with CRLF read as LF.
pub(crate) fn plain_lines(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            plain.push(*byte);
        }
    }
    plain
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn sha(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}"); // writing to a string cannot fail
        text
    })
}
