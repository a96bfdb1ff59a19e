//! The zip archives that office programs write: their parts as XML, within bounds.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::budget::Budget;
use super::failure::Unreadable;
use super::xml::{self, Element, Kept, Refused};
use super::{Format, decode, one_line};
use crate::error::Error;

/// The most entries of an archive; a Word file with many pictures has some hundreds.
const ENTRIES: usize = 2_000;

/// An archive, with the account of what it may unpack to.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    budget: Budget,
    read: BTreeSet<String>,
    format: Format,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Package<'a>, Error> {
        if entries(bytes).is_some_and(|count| count > ENTRIES) {
            return Err(Error::new(Unreadable::ManyParts { limit: ENTRIES }));
        }
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error, Format::Docx))?;
        if archive.len() > ENTRIES {
            return Err(Error::new(Unreadable::ManyParts { limit: ENTRIES }));
        }
        let has = |name| archive.index_for_name(name).is_some();
        let is_odt = has("content.xml") && !has("word/document.xml");
        let format = if is_odt { Format::Odt } else { Format::Docx };
        Ok(Package { archive, budget: Budget::new(), read: BTreeSet::new(), format })
    }

    pub(super) fn format(&self) -> Format {
        self.format
    }

    #[cfg(feature = "odt")]
    /// The text of a part that is no XML, such as its type; at most 200 bytes.
    pub(super) fn label(&mut self, name: &str) -> Option<String> {
        let mut label = String::new();
        self.archive.by_name(name).ok()?.take(200).read_to_string(&mut label).ok()?;
        Some(label.trim().to_owned())
    }

    /// A part as XML, where the archive has it and it was not read before.
    pub(super) fn part(&mut self, name: &str, kept: Kept) -> Result<Option<Element>, Error> {
        if !self.read.insert(name.to_owned()) {
            return Ok(None);
        }
        let format = self.format;
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(broken(&error, format)),
        };
        let expands = || Error::new(Unreadable::Expands { limit: Budget::LIMIT });
        let mut bytes = Vec::new();
        file.take(self.budget.bytes_left() + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| syntax(format, &format!("its part `{name}` is damaged: {error}")))?;
        self.budget.spend_bytes(bytes.len()).map_err(|_| expands())?;
        let decoded = decode::decode(&bytes)
            .map_err(|_| syntax(format, &format!("its part `{name}` is no text")))?;
        match xml::read(&decoded.text, kept, &mut self.budget) {
            Ok(root) => Ok(Some(root)),
            Err(Refused::TooLarge) => Err(expands()),
            Err(Refused::Malformed(message)) => {
                Err(syntax(format, &format!("its part `{name}` is damaged: {message}")))
            }
        }
    }

    /// What an archive without a document may be.
    pub(super) fn foreign(&self) -> Unreadable {
        const OTHERS: &[(&str, &str)] = &[
            ("xl/workbook.xml", "an Excel file"),
            ("ppt/presentation.xml", "a PowerPoint file"),
            ("META-INF/container.xml", "an electronic book"),
        ];
        let has = |name: &str| self.archive.index_for_name(name).is_some();
        match OTHERS.iter().find(|(name, _)| has(name)) {
            Some((_, name)) => Unreadable::Foreign(name),
            None => {
                let message = "it holds no document".to_owned();
                Unreadable::Syntax { format: self.format, message }
            }
        }
    }
}

/// How many entries the end of the archive announces.
fn entries(bytes: &[u8]) -> Option<usize> {
    // The record stands at the end, before a comment of at most 64 KiB.
    let from = bytes.len().saturating_sub(22 + 0xFFFF);
    let at = bytes[from..].windows(4).rposition(|window| window == b"PK\x05\x06")? + from;
    let count = bytes.get(at + 10..at + 12)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
}

fn syntax(format: Format, message: &str) -> Error {
    Error::new(Unreadable::Syntax { format, message: one_line(message) })
}

fn broken(error: &ZipError, format: Format) -> Error {
    match error {
        ZipError::UnsupportedArchive(message) if message.contains("assword") => {
            Error::new(Unreadable::Foreign("a file with a password"))
        }
        other => syntax(format, &format!("its archive is damaged: {other}")),
    }
}
