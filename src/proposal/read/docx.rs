//! Proposals in Word files: which parts of the archive hold the document.

use super::package::Package;
use super::word::{self, Beside};
use super::xml::{Element, Kept};
use crate::error::Error;
use crate::proposal::read::document::Document;

/// The most headers and footers; a section may have three of each.
const MARGINS: usize = 12;

/// What is kept of the XML of Word.
const KEPT: Kept = Kept {
    attributes: &["val", "id", "char", "Type", "Target", "styleId", "type"],
    text_of: Some("t"),
};

/// Reads the text of a Word file.
pub(super) fn read(package: &mut Package<'_>) -> Result<Document, Error> {
    let main = main_part(package)?;
    let Some(document) = package.part(&main, KEPT)? else {
        return Err(Error::new(package.foreign()));
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let mut beside =
        |name: &str| package.part(format!("{folder}/{name}").trim_start_matches('/'), KEPT);
    let mut parts = Beside {
        styles: beside("styles.xml")?,
        footnotes: beside("footnotes.xml")?,
        endnotes: beside("endnotes.xml")?,
        margins: Vec::new(),
    };
    let file = main.rsplit('/').next().unwrap_or_default();
    let relations = beside(&format!("_rels/{file}.rels"))?;
    for relation in relations.iter().flat_map(|relations| &relations.children) {
        if is_margin(relation)
            && parts.margins.len() < MARGINS
            && let Some(part) = beside(relation.attribute("Target").unwrap_or_default())?
        {
            parts.margins.push(part);
        }
    }
    Ok(word::read(&document, &parts))
}

/// True for a relation to a header or footer.
fn is_margin(relation: &Element) -> bool {
    relation
        .attribute("Type")
        .is_some_and(|kind| kind.ends_with("/header") || kind.ends_with("/footer"))
}

/// The part of a Word file that holds its text.
pub(super) fn document(bytes: &[u8]) -> Result<Element, Error> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let document = package.part(&main, KEPT)?;
    document.ok_or_else(|| Error::new(package.foreign()))
}

/// The name of the part that holds the document.
fn main_part(package: &mut Package<'_>) -> Result<String, Error> {
    let relations = package.part("_rels/.rels", KEPT)?;
    let target = relations.as_ref().and_then(|relations| {
        let main = relations.children.iter().find(|one| {
            one.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
        })?;
        main.attribute("Target")
    });
    Ok(target.unwrap_or("word/document.xml").trim_start_matches('/').to_owned())
}
