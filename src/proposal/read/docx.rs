//! Proposals in Word files: the parts of the archive, within bounds.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::failure::Unreadable;
use super::word::{self, Beside, Word};
use super::xml::{self, Element, Refused};
use super::{Format, detect, one_line};
use crate::error::Error;

/// The most entries of an archive; a Word file with many pictures has some hundreds.
const ENTRIES: usize = 2_000;

/// The most that one part may unpack to. The text of a long form is below one MiB.
const PART_BYTES: u64 = 16 << 20;

/// The most headers and footers; a section may have three of each.
const MARGINS: usize = 12;

/// Reads the text of a Word file.
pub(super) fn read(bytes: &[u8]) -> Result<Word, Error> {
    let mut archive = open(bytes)?;
    let main = main_part(&mut archive)?;
    let Some(document) = part(&mut archive, &main)? else {
        return Err(Error::new(foreign(&archive)));
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let mut beside =
        |name: &str| part(&mut archive, format!("{folder}/{name}").trim_start_matches('/'));
    let mut parts = Beside {
        styles: beside("styles.xml")?,
        footnotes: beside("footnotes.xml")?,
        endnotes: beside("endnotes.xml")?,
        margins: Vec::new(),
    };
    let file = main.rsplit('/').next().unwrap_or_default();
    let relations = beside(&format!("_rels/{file}.rels"))?;
    for relation in relations.iter().flat_map(|relations| &relations.children) {
        let is_margin = relation
            .attribute("Type")
            .is_some_and(|kind| kind.ends_with("/header") || kind.ends_with("/footer"));
        if is_margin
            && parts.margins.len() < MARGINS
            && let Some(part) = beside(relation.attribute("Target").unwrap_or_default())?
        {
            parts.margins.push(part);
        }
    }
    Ok(word::read(&document, &parts))
}

/// The part of a Word file that holds its text.
pub(super) fn document(bytes: &[u8]) -> Result<Element, Error> {
    let mut archive = open(bytes)?;
    let main = main_part(&mut archive)?;
    let document = part(&mut archive, &main)?;
    document.ok_or_else(|| Error::new(foreign(&archive)))
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Error> {
    if entries(bytes).is_some_and(|count| count > ENTRIES) {
        return Err(Error::new(Unreadable::ManyParts { limit: ENTRIES }));
    }
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if archive.len() > ENTRIES {
        return Err(Error::new(Unreadable::ManyParts { limit: ENTRIES }));
    }
    Ok(archive)
}

/// How many entries the end of the archive announces.
fn entries(bytes: &[u8]) -> Option<usize> {
    // The record stands at the end, before a comment of at most 64 KiB.
    let from = bytes.len().saturating_sub(22 + 0xFFFF);
    let at = bytes[from..].windows(4).rposition(|window| window == b"PK\x05\x06")? + from;
    let count = bytes.get(at + 10..at + 12)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
}

/// The name of the part that holds the document.
fn main_part(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<String, Error> {
    let relations = part(archive, "_rels/.rels")?;
    let target = relations.as_ref().and_then(|relations| {
        let main = relations.children.iter().find(|one| {
            one.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
        })?;
        main.attribute("Target")
    });
    Ok(target.unwrap_or("word/document.xml").trim_start_matches('/').to_owned())
}

/// A part as XML, where the archive has it.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<Element>, Error> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(broken(&error)),
    };
    let mut bytes = Vec::new();
    file.take(PART_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| syntax(&format!("its part `{name}` is damaged: {error}")))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > PART_BYTES {
        return Err(Error::new(Unreadable::Expands { limit: PART_BYTES }));
    }
    let text =
        detect::text(&bytes).map_err(|_| syntax(&format!("its part `{name}` is no text")))?;
    match xml::read(&text) {
        Ok(root) => Ok(Some(root)),
        Err(Refused::TooLarge) => Err(Error::new(Unreadable::Expands { limit: PART_BYTES })),
        Err(Refused::Malformed(message)) => {
            Err(syntax(&format!("its part `{name}` is damaged: {message}")))
        }
    }
}

fn syntax(message: &str) -> Error {
    Error::new(Unreadable::Syntax { format: Format::Docx, message: one_line(message) })
}

fn broken(error: &ZipError) -> Error {
    match error {
        ZipError::UnsupportedArchive(message) if message.contains("assword") => {
            Error::new(Unreadable::Foreign("a file with a password"))
        }
        other => syntax(&format!("its archive is damaged: {other}")),
    }
}

/// What an archive without a Word document may be.
fn foreign(archive: &ZipArchive<Cursor<&[u8]>>) -> Unreadable {
    const OTHERS: &[(&str, &str)] = &[
        ("content.xml", "an OpenDocument file"),
        ("xl/workbook.xml", "an Excel file"),
        ("ppt/presentation.xml", "a PowerPoint file"),
    ];
    match OTHERS.iter().find(|(name, _)| archive.index_for_name(name).is_some()) {
        Some((_, name)) => Unreadable::Foreign(name),
        None => {
            Unreadable::Syntax { format: Format::Docx, message: "it holds no document".to_owned() }
        }
    }
}
