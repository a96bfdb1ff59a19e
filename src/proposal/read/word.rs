//! The document of a Word file as blocks.
//!
//! Content controls, hyperlinks and insertions are transparent; deletions, hidden text,
//! placeholders and the second form of alternative content do not count; check boxes of all three
//! kinds become `☒` and `☐`; notes follow the paragraph that they belong to. «Lines» are counted as
//! they are met: a paragraph, or a line of it after a break.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::{Block, Cell, Table};
use super::document::{Document, mark_label, repeated};
use super::line::{Line, Standing};
use super::tree::Spot;
use super::xml::Element;

/// The parts of a Word file beside its document.
#[derive(Default)]
pub(super) struct Beside {
    pub(super) styles: Option<Element>,
    pub(super) footnotes: Option<Element>,
    pub(super) endnotes: Option<Element>,
    /// Headers and footers.
    pub(super) margins: Vec<Element>,
}

/// Reads the document with its styles, notes, headers and footers.
pub(super) fn read(document: &Element, beside: &Beside) -> Document {
    let mut walk = Walk {
        levels: beside.styles.as_ref().map(heading_levels).unwrap_or_default(),
        footnotes: beside.footnotes.as_ref().map(notes).unwrap_or_default(),
        endnotes: beside.endnotes.as_ref().map(notes).unwrap_or_default(),
        lines: Vec::new(),
        in_table: 0,
        bold_lines: BTreeSet::new(),
    };
    let mut blocks = Vec::new();
    for child in &document.children {
        if &*child.name == "body" {
            walk.container(child, &mut blocks);
        }
    }
    let mut margins = Vec::new();
    for part in &beside.margins {
        let mut blocks = Vec::new();
        walk.container(part, &mut blocks);
        Document::margin(&mut margins, &blocks);
    }
    Document { blocks, margins, lines: walk.lines }
}

/// Identifiers of styles that are headings, with their level.
fn heading_levels(styles: &Element) -> BTreeMap<Box<str>, u8> {
    let mut levels = BTreeMap::new();
    for style in styles.children.iter().filter(|style| &*style.name == "style") {
        let Some(id) = style.attribute("styleId") else { continue };
        let name = style
            .child("name")
            .and_then(|name| name.attribute("val"))
            .unwrap_or_default()
            .to_lowercase();
        let by_name =
            name.strip_prefix("heading ").and_then(|level| level.trim().parse::<u8>().ok());
        let outline = style.at(&["pPr", "outlineLvl"]).and_then(|level| level.attribute("val"));
        let by_outline = outline
            .and_then(|level| level.parse::<u8>().ok())
            .filter(|level| *level < 9)
            .map(|level| level + 1);
        let level = if name == "title" { Some(1) } else { by_name.or(by_outline) };
        if let Some(level) = level {
            levels.insert(Box::from(id), level.clamp(1, 6));
        }
    }
    levels
}

/// The texts of notes by their identifiers.
fn notes(part: &Element) -> BTreeMap<Box<str>, String> {
    let mut texts = BTreeMap::new();
    for note in &part.children {
        // The lines that part notes from the text are notes too, of a type of their own.
        if let (Some(id), None) = (note.attribute("id"), note.attribute("type")) {
            let mut text = Inline::default();
            note.children.iter().for_each(|paragraph| text.walk(paragraph));
            texts.insert(Box::from(id), text.line.text.trim().to_owned());
        }
    }
    texts
}

struct Walk {
    levels: BTreeMap<Box<str>, u8>,
    footnotes: BTreeMap<Box<str>, String>,
    endnotes: BTreeMap<Box<str>, String>,
    lines: Vec<String>,
    in_table: usize,
    bold_lines: BTreeSet<usize>,
}

impl Walk {
    fn container(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        for child in &element.children {
            match &*child.name {
                "p" => self.paragraph(child, blocks),
                "tbl" => {
                    let mut table = Table::default();
                    self.in_table += 1;
                    self.rows(child, &mut table);
                    self.in_table -= 1;
                    blocks.push(Block::Table(table));
                }
                "sdt" => {
                    if let Some(content) = control_content(child) {
                        self.container(content, blocks);
                    }
                }
                "AlternateContent" => {
                    if let Some(chosen) = alternative(child) {
                        self.container(chosen, blocks);
                    }
                }
                "customXml" | "smartTag" | "ins" | "moveTo" => self.container(child, blocks),
                _ => {}
            }
        }
    }

    fn rows(&mut self, element: &Element, table: &mut Table) {
        let mut above = Columns::new();
        for child in &element.children {
            match &*child.name {
                "tr" if child.at(&["trPr", "del"]).is_none() => {
                    let mut row = Vec::new();
                    let mut columns = Columns::new();
                    self.cells(child, &mut row, &mut columns);
                    go_on(&mut row, &columns, &above, table.rows.last());
                    above = columns;
                    mark_label(&mut row, |line| self.bold_lines.contains(&line));
                    table.rows.push(row);
                }
                "sdt" => {
                    if let Some(content) = child.child("sdtContent") {
                        self.rows(content, table);
                    }
                }
                "customXml" | "ins" | "moveTo" => self.rows(child, table),
                _ => {}
            }
        }
    }

    /// The cells of a row, and the columns of the grid in which they begin.
    fn cells(&mut self, element: &Element, row: &mut Vec<Cell>, columns: &mut Columns) {
        for child in &element.children {
            match &*child.name {
                "tc" => {
                    let merge = child.at(&["tcPr", "vMerge"]);
                    let continues =
                        merge.is_some_and(|merge| merge.attribute("val") != Some("restart"));
                    let mut cell = Cell { blocks: Vec::new(), spot: self.spot(), continues };
                    self.container(child, &mut cell.blocks);
                    row.push(cell);
                    let span = child
                        .at(&["tcPr", "gridSpan"])
                        .and_then(|span| span.attribute("val")?.parse().ok());
                    columns.push(span.unwrap_or(1));
                }
                "sdt" => {
                    if let Some(content) = child.child("sdtContent") {
                        let from = row.len();
                        self.cells(content, row, columns);
                        if is_placeholder(child) {
                            row[from..].iter_mut().for_each(|cell| cell.blocks.clear());
                        }
                    }
                }
                "customXml" | "ins" | "moveTo" => self.cells(child, row, columns),
                _ => {}
            }
        }
    }

    fn spot(&self) -> Spot {
        Spot::new(self.lines.len() + 1, 1)
    }

    fn paragraph(&mut self, paragraph: &Element, blocks: &mut Vec<Block>) {
        let mut inline = Inline::default();
        inline.walk(paragraph);
        let text = inline.line.text.trim();
        if !text.is_empty() {
            let spot = self.spot();
            self.lines.extend(text.lines().map(str::to_owned));
            if inline.line.is_bold_label() {
                self.bold_lines.insert(spot.line);
            }
            blocks.push(inline.line.block(self.standing(paragraph), spot));
        }
        for (is_end, id) in &inline.notes {
            let notes = if *is_end { &self.endnotes } else { &self.footnotes };
            if let Some(note) = notes.get(id).filter(|note| !note.is_empty()).cloned() {
                let spot = self.spot();
                self.lines.extend(note.lines().map(str::to_owned));
                blocks.push(Block::Paragraph { text: note, spot });
            }
        }
        for content in inline.boxes {
            self.container(content, blocks);
        }
    }

    /// How a paragraph stands by its style and properties.
    fn standing(&self, paragraph: &Element) -> Standing {
        let properties = paragraph.child("pPr");
        let style = properties.and_then(|properties| properties.child("pStyle")?.attribute("val"));
        let outline = properties
            .and_then(|properties| {
                properties.child("outlineLvl")?.attribute("val")?.parse::<u8>().ok()
            })
            .filter(|level| *level < 6)
            .map(|level| level + 1);
        let is_item = properties.is_some_and(|properties| properties.child("numPr").is_some())
            || style.is_some_and(|style| style.to_lowercase().starts_with("list"));
        Standing {
            level: style.and_then(|style| self.levels.get(style).copied()).or(outline),
            is_item,
            in_table: self.in_table > 0,
        }
    }
}

/// The columns of the grid in which the cells of a row begin, and the one behind the last.
struct Columns(Vec<usize>);

impl Columns {
    fn new() -> Columns {
        Columns(vec![0])
    }

    fn push(&mut self, span: u16) {
        let last = self.0.last().copied().unwrap_or_default();
        self.0.push(last + usize::from(span.max(1)));
    }
}

/// Cells that go on from the row above repeat what stands there, so that each row of a list of
/// records is whole.
fn go_on(row: &mut [Cell], columns: &Columns, above: &Columns, row_above: Option<&Vec<Cell>>) {
    for (cell, column) in
        row.iter_mut().zip(&columns.0).filter(|(cell, _)| cell.continues && cell.blocks.is_empty())
    {
        let over = above.0.binary_search(column).ok().and_then(|over| row_above?.get(over));
        cell.blocks.extend(over.and_then(repeated));
    }
}

/// What a content control holds, unless that is only its placeholder.
fn control_content(control: &Element) -> Option<&Element> {
    if is_placeholder(control) { None } else { control.child("sdtContent") }
}

fn is_placeholder(control: &Element) -> bool {
    control.is_on(&["sdtPr", "showingPlcHdr"])
}

/// The first form of alternative content; the second says the same for older programs.
fn alternative(element: &Element) -> Option<&Element> {
    element.child("Choice").or_else(|| element.child("Fallback"))
}

/// The text of a paragraph, and what hangs on it.
#[derive(Default)]
struct Inline<'a> {
    line: Line,
    /// Notes that it refers to: whether they are at the end of the document, and their identifier.
    notes: Vec<(bool, Box<str>)>,
    /// Contents of text boxes.
    boxes: Vec<&'a Element>,
}

impl<'a> Inline<'a> {
    fn walk(&mut self, element: &'a Element) {
        for child in &element.children {
            match &*child.name {
                "r" => self.run(child),
                "sdt" => self.control(child),
                "AlternateContent" => {
                    if let Some(chosen) = alternative(child) {
                        self.walk(chosen);
                    }
                }
                "txbxContent" => self.boxes.push(child),
                "pPr" | "rPr" | "sdtPr" | "del" | "moveFrom" | "instrText" | "delText" => {}
                _ => self.walk(child),
            }
        }
    }

    /// A content control within a line; a check box says itself whether it is ticked.
    fn control(&mut self, control: &'a Element) {
        if let Some(checkbox) = control.at(&["sdtPr", "checkbox"]) {
            self.line.push(if checkbox.is_on(&["checked"]) { "☒" } else { "☐" }, false);
        } else if let Some(content) = control_content(control) {
            self.walk(content);
        }
    }

    fn run(&mut self, run: &'a Element) {
        let style = run.at(&["rPr", "rStyle"]).and_then(|style| style.attribute("val"));
        if run.is_on(&["rPr", "vanish"]) || style == Some("PlaceholderText") {
            return;
        }
        let bold = run.is_on(&["rPr", "b"]);
        for child in &run.children {
            match &*child.name {
                "t" => self.line.push(&child.text, bold),
                "tab" => self.line.push("\t", bold),
                "br" | "cr" => self.line.push("\n", bold),
                "noBreakHyphen" => self.line.push("-", bold),
                "sym" => self.line.push(symbol(child), bold),
                "footnoteReference" | "endnoteReference" => {
                    if let Some(id) = child.attribute("id") {
                        self.notes.push((&*child.name == "endnoteReference", Box::from(id)));
                    }
                }
                "fldChar" => {
                    if let Some(checkbox) = child.at(&["ffData", "checkBox"]) {
                        let ticked = match checkbox.child("checked") {
                            Some(_) => checkbox.is_on(&["checked"]),
                            None => checkbox.is_on(&["default"]),
                        };
                        self.line.push(if ticked { "☒" } else { "☐" }, false);
                    }
                }
                "AlternateContent" => {
                    if let Some(chosen) = alternative(child) {
                        self.walk(chosen);
                    }
                }
                "drawing" | "pict" | "object" => self.walk(child),
                _ => {}
            }
        }
    }
}

/// The boxes among the characters of symbol fonts.
fn symbol(element: &Element) -> &'static str {
    match element.attribute("char").unwrap_or_default().to_uppercase().as_str() {
        "F0FE" | "F0FD" | "F053" | "F052" | "F054" | "00FE" => "☒",
        "F0A8" | "F06F" | "F071" | "F0A3" | "00A8" => "☐",
        _ => "",
    }
}
