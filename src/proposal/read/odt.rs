//! OpenDocument texts as blocks.
//!
//! Sections, content controls and tracked insertions are transparent; deletions, comments, hidden
//! text and placeholders do not count; notes follow the paragraph that they belong to. «Lines» are
//! counted as they are met, as in Word files.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::{Block, Cell, Table};
use super::document::{Document, Spans, mark_label};
use super::failure::Unreadable;
use super::line::{Line, Standing};
use super::package::Package;
use super::tree::Spot;
use super::xml::{Element, Kept, TEXT};
use crate::error::Error;

/// What is kept of the XML of OpenDocument.
const KEPT: Kept = Kept {
    attributes: &[
        "name",
        "style-name",
        "parent-style-name",
        "display-name",
        "outline-level",
        "default-outline-level",
        "font-weight",
        "display",
        "number-columns-spanned",
        "number-rows-spanned",
        "c",
        "checkbox",
        "checked",
        "showing-place-holder",
        "type",
        "value",
        "note-class",
    ],
    text_of: None,
};

/// The most columns or rows that a cell is taken to span.
const SPAN: usize = 1_000;

/// Reads an OpenDocument text.
pub(super) fn read(package: &mut Package<'_>) -> Result<Document, Error> {
    let label = package.label("mimetype").unwrap_or_default();
    for (ending, name) in [
        ("spreadsheet", "an OpenDocument spreadsheet"),
        ("presentation", "an OpenDocument presentation"),
        ("graphics", "an OpenDocument drawing"),
    ] {
        if label.contains(ending) {
            return Err(Error::new(Unreadable::Foreign(name)));
        }
    }
    let manifest = package.part("META-INF/manifest.xml", KEPT)?;
    if manifest.is_some_and(|manifest| holds(&manifest, "encryption-data", 4)) {
        return Err(Error::new(Unreadable::Foreign("a file with a password")));
    }
    let Some(content) = package.part("content.xml", KEPT)? else {
        return Err(Error::new(package.foreign()));
    };
    let styles = package.part("styles.xml", KEPT)?;
    let mut walk = Walk::default();
    for part in styles.iter().chain([&content]) {
        for child in &part.children {
            if matches!(&*child.name, "styles" | "automatic-styles") {
                walk.styles(child);
            }
        }
    }
    let mut blocks = Vec::new();
    if let Some(text) = content.at(&["body", "text"]) {
        walk.container(text, &mut blocks, false);
    }
    let mut margins = Vec::new();
    let masters = styles.iter().filter_map(|styles| styles.child("master-styles"));
    for page in masters.flat_map(|masters| &masters.children) {
        for margin in &page.children {
            if margin.name.starts_with("header") || margin.name.starts_with("footer") {
                let mut blocks = Vec::new();
                walk.container(margin, &mut blocks, false);
                Document::margin(&mut margins, &blocks);
            }
        }
    }
    Ok(Document { blocks, margins, lines: walk.lines })
}

/// True when an element of a name stands in another.
fn holds(element: &Element, name: &str, depth: usize) -> bool {
    depth > 0
        && element
            .children
            .iter()
            .any(|child| &*child.name == name || holds(child, name, depth - 1))
}

/// What a style says.
#[derive(Clone, Copy, Debug, Default)]
struct Style {
    bold: Option<bool>,
    hidden: bool,
    level: Option<u8>,
}

#[derive(Default)]
struct Walk {
    styles: BTreeMap<Box<str>, Style>,
    lines: Vec<String>,
    in_table: usize,
    bold_lines: BTreeSet<usize>,
}

impl Walk {
    /// Reads styles; a style stands behind its parent, or does without what that says.
    fn styles(&mut self, element: &Element) {
        for style in element.children.iter().filter(|style| &*style.name == "style") {
            let Some(name) = style.attribute("name") else { continue };
            let mut known = style
                .attribute("parent-style-name")
                .and_then(|parent| self.styles.get(parent).copied())
                .unwrap_or_default();
            if let Some(text) = style.child("text-properties") {
                if let Some(weight) = text.attribute("font-weight") {
                    known.bold = Some(matches!(weight, "bold" | "600" | "700" | "800" | "900"));
                }
                known.hidden |= text.attribute("display") == Some("none");
            }
            let level = style
                .attribute("default-outline-level")
                .or_else(|| name.strip_prefix("Heading_20_"))
                .and_then(|level| level.parse::<u8>().ok())
                .filter(|level| (1..=10).contains(level))
                .map(|level| level.min(6));
            known.level = level.or(known.level);
            if name == "Title" {
                known.level = Some(1);
            }
            self.styles.insert(Box::from(name), known);
        }
    }

    fn style(&self, element: &Element) -> Style {
        let name = element.attribute("style-name");
        name.and_then(|name| self.styles.get(name).copied()).unwrap_or_default()
    }

    fn spot(&self) -> Spot {
        Spot::new(self.lines.len() + 1, 1)
    }

    fn container(&mut self, element: &Element, blocks: &mut Vec<Block>, in_list: bool) {
        for child in &element.children {
            match &*child.name {
                "p" => self.paragraph(child, blocks, None, in_list),
                "h" => {
                    let level = child.attribute("outline-level");
                    let level = level.and_then(|level| level.parse::<u8>().ok()).unwrap_or(1);
                    self.paragraph(child, blocks, Some(level.clamp(1, 6)), false);
                }
                "list" => self.container(child, blocks, true),
                "table" => {
                    let mut table = Table::default();
                    self.in_table += 1;
                    self.rows(child, &mut table, &mut Spans::default());
                    self.in_table -= 1;
                    blocks.push(Block::Table(table));
                }
                "tracked-changes" | "annotation" | "forms" | "sequence-decls" | "sender" => {}
                "section" if child.attribute("display") == Some("none") => {}
                name if name.ends_with("-source") || name.ends_with("-decls") => {}
                _ => self.container(child, blocks, in_list),
            }
        }
    }

    fn rows(&mut self, element: &Element, table: &mut Table, spans: &mut Spans) {
        for child in &element.children {
            match &*child.name {
                "table-row" => {
                    let mut row = self.cells(child, spans);
                    mark_label(&mut row, |line| self.bold_lines.contains(&line));
                    table.rows.push(row);
                }
                "table-header-rows" | "table-rows" | "table-row-group" => {
                    self.rows(child, table, spans);
                }
                _ => {}
            }
        }
    }

    fn cells(&mut self, element: &Element, spans: &mut Spans) -> Vec<Cell> {
        let mut row = Vec::new();
        let mut column = 0;
        for child in &element.children {
            match &*child.name {
                "table-cell" => {
                    let mut cell = Cell { blocks: Vec::new(), spot: self.spot(), continues: false };
                    self.container(child, &mut cell.blocks, false);
                    let span = |name| {
                        let span = child.attribute(name).and_then(|span| span.parse().ok());
                        span.unwrap_or(1usize).clamp(1, SPAN)
                    };
                    let columns = span("number-columns-spanned");
                    spans.begin(column, columns, span("number-rows-spanned"), &cell);
                    row.push(cell);
                    column += 1;
                }
                // Every column has a cell here: what another cell covers is covered.
                "covered-table-cell" => {
                    row.extend(spans.go_on(column, self.spot()).map(|(cell, _)| cell));
                    column += 1;
                }
                _ => {}
            }
        }
        row
    }

    fn paragraph(
        &mut self,
        paragraph: &Element,
        blocks: &mut Vec<Block>,
        level: Option<u8>,
        is_item: bool,
    ) {
        let style = self.style(paragraph);
        let mut inline = Inline::default();
        if !style.hidden {
            inline.walk(self, paragraph, style.bold.unwrap_or(false));
        }
        let text = inline.line.text.trim();
        if !text.is_empty() {
            let spot = self.spot();
            self.lines.extend(text.lines().map(str::to_owned));
            if inline.line.is_bold_label() {
                self.bold_lines.insert(spot.line);
            }
            let level = level.or(style.level);
            let standing = Standing { level, is_item, in_table: self.in_table > 0 };
            blocks.push(inline.line.block(standing, spot));
        }
        for content in inline.beside {
            self.container(content, blocks, false);
        }
    }
}

/// The text of a paragraph, and what stands beside it: notes and text boxes.
#[derive(Default)]
struct Inline<'a> {
    line: Line,
    beside: Vec<&'a Element>,
}

impl<'a> Inline<'a> {
    fn walk(&mut self, styles: &Walk, element: &'a Element, bold: bool) {
        let mut control: Option<bool> = None;
        for child in &element.children {
            match &*child.name {
                TEXT => self.text(&child.text, bold),
                "s" => {
                    let count = child.attribute("c").and_then(|count| count.parse().ok());
                    let count: usize = count.unwrap_or(1);
                    self.line.push(&" ".repeat(count.min(100)), bold);
                }
                "tab" => self.line.push("\t", bold),
                "line-break" => self.line.push("\n", bold),
                "span" | "a" => {
                    let style = styles.style(child);
                    if !style.hidden {
                        self.walk(styles, child, style.bold.unwrap_or(bold));
                    }
                }
                "content-control" => self.control(styles, child, bold),
                "note" => self.beside.extend(child.child("note-body")),
                "text-box" => self.beside.push(child),
                // A field of an old form that Word wrote; what it shows follows it.
                "fieldmark" | "fieldmark-start" => {
                    control = tick(child);
                    if let Some(ticked) = control.filter(|_| &*child.name == "fieldmark") {
                        self.line.push(if ticked { "☒" } else { "☐" }, false);
                    }
                }
                "fieldmark-end" => {
                    if let Some(ticked) = control.take() {
                        self.line.push(if ticked { "☒" } else { "☐" }, false);
                    }
                }
                "annotation" | "annotation-end" | "param" | "hidden-text" | "title" | "desc" => {}
                _ => self.walk(styles, child, bold),
            }
        }
    }

    /// White space in the file is one blank.
    fn text(&mut self, text: &str, bold: bool) {
        let mut collapsed = String::with_capacity(text.len());
        for c in text.chars() {
            if !c.is_ascii_whitespace() {
                collapsed.push(c);
            } else if !collapsed.ends_with(' ') {
                collapsed.push(' ');
            }
        }
        self.line.push(&collapsed, bold);
    }

    fn control(&mut self, styles: &Walk, control: &'a Element, bold: bool) {
        let is_on = |name| control.attribute(name) == Some("true");
        if is_on("checkbox") {
            self.line.push(if is_on("checked") { "☒" } else { "☐" }, false);
        } else if !is_on("showing-place-holder") {
            self.walk(styles, control, bold);
        }
    }
}

/// Whether the check box of an old form is ticked; nothing for other fields.
fn tick(field: &Element) -> Option<bool> {
    if !field.attribute("type").is_some_and(|kind| kind.ends_with("FORMCHECKBOX")) {
        return None;
    }
    let is_ticked = |param: &Element| {
        param.attribute("name").is_some_and(|name| name.contains("Checked"))
            && matches!(param.attribute("value"), Some("true" | "1"))
    };
    Some(field.children.iter().any(is_ticked))
}
