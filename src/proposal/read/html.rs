//! Web pages as blocks, those of word processors among them.
//!
//! Scripts, styles, comments, navigation and hidden text do not count; what was filled into the
//! fields of a form does. «Lines» are counted as they are met, as in Word files: a paragraph, or a
//! line of it after a break.

use std::collections::{BTreeMap, BTreeSet};

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use super::blocks::{Block, Cell, Table};
use super::budget::{Budget, Exhausted};
use super::document::{Document, Spans, mark_label};
use super::failure::Unreadable;
use super::line::{Line, Standing};
use super::tree::Spot;
use crate::error::Error;

/// The deepest nesting of tables; what stands deeper is read as text of the last.
const TABLES: usize = 16;

/// The most elements that are open at a time; what is opened beyond these is not tracked.
const OPEN: usize = 1_000;

/// The most columns or rows that a cell is taken to span.
const SPAN: usize = 1_000;

/// Elements whose content is not text to read.
const SILENT: &[&str] =
    &["script", "style", "head", "template", "noscript", "svg", "object", "nav", "title", "del"];

/// Elements that have no end.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements that end the paragraph before and behind them.
const BREAKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// True for a text that is a web page by its first element.
pub(super) fn is_page(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(400).collect::<String>().to_lowercase();
    let mut rest = start.as_str();
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some((_, behind)) = comment.split_once("-->") else { return false };
        rest = behind.trim_start();
    }
    if let Some(declared) = rest.strip_prefix("<?xml") {
        let Some((_, behind)) = declared.split_once("?>") else { return false };
        rest = behind.trim_start();
    }
    ["<!doctype html", "<html", "<head", "<body", "<meta"].iter().any(|tag| rest.starts_with(tag))
}

/// Reads a web page.
pub(super) fn read(text: &str) -> Result<Document, Error> {
    let mut walk = Walk::default();
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        walk.token(token).map_err(|_| Error::new(Unreadable::Expands { limit: Budget::LIMIT }))?;
    }
    Ok(walk.finish())
}

/// An element that is open.
#[derive(Debug)]
struct Open {
    name: String,
    bold: bool,
    silent: bool,
    level: Option<u8>,
    is_item: bool,
    keeps_space: bool,
}

/// A table that is open.
#[derive(Debug, Default)]
struct OpenTable {
    table: Table,
    row: Vec<Cell>,
    in_row: bool,
    cell: Option<(Cell, usize, usize)>,
    column: usize,
    spans: Spans,
}

#[derive(Debug)]
struct Walk {
    open: Vec<Open>,
    /// How many elements are open beyond those that are tracked.
    beyond: usize,
    tables: Vec<OpenTable>,
    blocks: Vec<Block>,
    line: Line,
    lines: Vec<String>,
    bold_lines: BTreeSet<usize>,
    budget: Budget,
    /// In a list to choose from, only what is chosen counts.
    chosen: Option<bool>,
    /// What stands apart from the text, while it is read.
    apart: Option<Apart>,
    /// The notes to which the paragraph refers.
    refers: Vec<String>,
    notes: BTreeMap<String, Vec<Block>>,
    margins: Vec<(String, Spot)>,
}

/// A part of the page that stands apart from its text.
#[derive(Debug)]
struct Apart {
    /// The identifier of a note; a header or footer has none.
    note: Option<String>,
    blocks: Vec<Block>,
    /// How many elements are open around it.
    depth: usize,
}

/// Marks the paragraph in whose place the text of a note is put.
const NOTE: char = '\u{E000}';

impl Default for Walk {
    fn default() -> Walk {
        Walk {
            open: Vec::new(),
            beyond: 0,
            tables: Vec::new(),
            blocks: Vec::new(),
            line: Line::default(),
            lines: Vec::new(),
            bold_lines: BTreeSet::new(),
            budget: Budget::new(),
            chosen: None,
            apart: None,
            refers: Vec::new(),
            notes: BTreeMap::new(),
            margins: Vec::new(),
        }
    }
}

impl Walk {
    fn token(&mut self, token: Token) -> Result<(), Exhausted> {
        match token {
            Token::StartTag(tag) => self.start(&tag)?,
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
                self.end(&name);
            }
            Token::String(text) => self.text(&String::from_utf8_lossy(&text)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
        Ok(())
    }

    fn silent(&self) -> bool {
        self.open.last().is_some_and(|open| open.silent)
    }

    fn text(&mut self, text: &str) {
        if self.silent() || self.chosen == Some(false) {
            return;
        }
        let bold = self.open.last().is_some_and(|open| open.bold);
        if self.open.last().is_some_and(|open| open.keeps_space) {
            return self.line.push(&text.replace("\r\n", "\n"), bold);
        }
        let mut collapsed = String::with_capacity(text.len());
        for c in text.chars() {
            if !c.is_ascii_whitespace() {
                collapsed.push(if c == '\u{a0}' { ' ' } else { c });
            } else if !(collapsed.ends_with(' ') || collapsed.is_empty() && self.ends_in_space()) {
                collapsed.push(' ');
            }
        }
        self.line.push(&collapsed, bold);
    }

    fn ends_in_space(&self) -> bool {
        self.line.text.is_empty() || self.line.text.ends_with([' ', '\n'])
    }

    fn start(&mut self, tag: &StartTag<()>) -> Result<(), Exhausted> {
        self.budget.spend_element()?;
        let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
        let name = name.as_str();
        match name {
            "br" if !self.silent() => self.line.push("\n", false),
            "input" if !self.silent() => self.input(tag),
            "select" | "textarea" if !self.silent() => self.label_ends(),
            // A label begins a line, unless its box stands before it.
            "label" if !self.line.text.trim_end().ends_with(['☒', '☐']) => self.flush(),
            "option" => self.chosen = Some(attribute(tag, "selected").is_some()),
            _ => {}
        }
        // What a paragraph or an item leaves open, the next one ends.
        match name {
            "li" => self.end_open("li", &["ul", "ol", "table", "td", "th"]),
            "tr" => self.end_open("tr", &["table"]),
            "td" | "th" => {
                self.end_open("td", &["tr", "table"]);
                self.end_open("th", &["tr", "table"]);
            }
            "dt" | "dd" => {
                self.end_open("dt", &["dl"]);
                self.end_open("dd", &["dl"]);
            }
            _ => {}
        }
        if is_break(name) {
            self.flush();
            self.end_open("p", &["td", "th", "table", "li", "div"]);
        }
        if VOID.contains(&name) || tag.self_closing && name.contains(':') {
            return Ok(());
        }
        match name {
            "table" if self.tables.len() < TABLES => self.tables.push(OpenTable::default()),
            "tr" => self.begin_row(),
            "td" | "th" => self.begin_cell(tag),
            _ => {}
        }
        if self.open.len() >= OPEN {
            self.beyond += 1;
            return Ok(());
        }
        let style = attribute(tag, "style").unwrap_or_default().to_lowercase().replace(' ', "");
        let class = attribute(tag, "class").unwrap_or_default().to_lowercase();
        let outer = self.open.last();
        let mark = note_mark(tag, &class);
        if let Some(note) = mark.clone().filter(|_| !outer.is_some_and(|outer| outer.silent)) {
            self.refers.push(note);
        }
        let hidden = SILENT.contains(&name)
            || mark.is_some()
            || class.contains("footnotesym")
            || class.contains("endnotesym")
            || attribute(tag, "hidden").is_some()
            || ["display:none", "mso-hide:all", "visibility:hidden", "mso-list:ignore"]
                .iter()
                .any(|hides| style.contains(hides));
        let weighs = |weights: &[&str]| {
            weights.iter().any(|weight| style.contains(&format!("font-weight:{weight}")))
        };
        let bold = match name {
            "b" | "strong" | "th" => !weighs(&["normal", "400"]),
            _ if weighs(&["bold", "600", "700", "800"]) => true,
            _ if weighs(&["normal", "400"]) => false,
            _ => outer.is_some_and(|outer| outer.bold),
        };
        let is_item = name == "li"
            || style.contains("mso-list:")
            || class.starts_with("msolistparagraph")
            || class.starts_with("msolistbullet")
            || !is_break(name) && outer.is_some_and(|outer| outer.is_item)
            || matches!(name, "p" | "div") && outer.is_some_and(|outer| outer.name == "li");
        let level = match name.as_bytes() {
            [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
            _ if class == "msotitle" || class == "title" && name == "p" => Some(1),
            _ if is_break(name) => None,
            _ => outer.and_then(|outer| outer.level),
        };
        let keeps_space =
            matches!(name, "pre" | "textarea") || outer.is_some_and(|outer| outer.keeps_space);
        let silent = hidden || outer.is_some_and(|outer| outer.silent);
        let name = name.to_owned();
        if name == "div" && self.apart.is_none() && self.tables.is_empty() {
            let note = attribute(tag, "id").as_deref().and_then(note_number);
            let margin = attribute(tag, "title")
                .is_some_and(|title| matches!(&*title.to_lowercase(), "header" | "footer"));
            if note.is_some() || margin {
                let depth = self.open.len();
                self.apart = Some(Apart { note, blocks: Vec::new(), depth });
            }
        }
        self.open.push(Open { name, bold, silent, level, is_item, keeps_space });
        Ok(())
    }

    /// What was filled into a field.
    fn input(&mut self, tag: &StartTag<()>) {
        let kind = attribute(tag, "type").unwrap_or_default().to_lowercase();
        match kind.as_str() {
            "checkbox" | "radio" => {
                let ticked = attribute(tag, "checked").is_some();
                self.line.push(if ticked { "☒ " } else { "☐ " }, false);
            }
            "hidden" | "submit" | "button" | "reset" | "image" | "password" | "file" => {}
            _ => {
                self.label_ends();
                self.line.push(&attribute(tag, "value").unwrap_or_default(), false);
            }
        }
    }

    /// What stands before a field to fill, in the same line, is its label.
    fn label_ends(&mut self) {
        let label = self.line.text.trim_end();
        if !label.is_empty() && !label.ends_with([':', '?', '☒', '☐', '\n']) {
            self.line.push(": ", false);
        }
    }

    /// Ends an element of a name that is still open, unless one of the others stands between.
    fn end_open(&mut self, name: &str, within: &[&str]) {
        let found = self.open.iter().rposition(|open| open.name == name);
        let bar = self.open.iter().rposition(|open| within.contains(&open.name.as_str()));
        if let Some(at) = found
            && bar.is_none_or(|bar| bar < at)
        {
            self.end(name);
        }
    }

    fn end(&mut self, name: &str) {
        if matches!(name, "option" | "select") {
            self.chosen = None;
        }
        if VOID.contains(&name) {
            return;
        }
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else {
            self.beyond = self.beyond.saturating_sub(1);
            if is_break(name) {
                self.flush();
            }
            return;
        };
        // A stray end of a paragraph ends no cell.
        let bar = self.open.iter().rposition(|open| matches!(&*open.name, "td" | "th" | "table"));
        if bar.is_some_and(|bar| bar > at)
            && !matches!(name, "td" | "th" | "tr" | "table" | "body" | "html" | "tbody" | "thead")
        {
            return;
        }
        if is_break(name) {
            self.flush();
        }
        while self.open.len() > at {
            let Some(open) = self.open.pop() else { break };
            match &*open.name {
                "td" | "th" => self.end_cell(),
                "tr" => self.end_row(),
                "table" => self.end_table(),
                _ => {}
            }
        }
        if self.apart.as_ref().is_some_and(|apart| apart.depth >= self.open.len()) {
            self.end_apart();
        }
    }

    fn begin_row(&mut self) {
        self.end_row();
        if let Some(table) = self.tables.last_mut() {
            table.in_row = true;
        }
    }

    fn begin_cell(&mut self, tag: &StartTag<()>) {
        let spot = self.spot();
        self.end_cell();
        let span = |name| {
            let span = attribute(tag, name).and_then(|span| span.trim().parse().ok());
            span.unwrap_or(1usize).clamp(1, SPAN)
        };
        let Some(table) = self.tables.last_mut() else { return };
        table.in_row = true;
        while let Some((cell, columns)) = table.spans.go_on(table.column, spot) {
            table.row.push(cell);
            table.column += columns;
        }
        let cell = Cell { blocks: Vec::new(), spot, continues: false };
        table.cell = Some((cell, span("colspan"), span("rowspan")));
    }

    fn end_cell(&mut self) {
        self.flush();
        let Some(table) = self.tables.last_mut() else { return };
        if let Some((cell, columns, rows)) = table.cell.take() {
            table.spans.begin(table.column, columns, rows, &cell);
            table.row.push(cell);
            table.column += columns;
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        let spot = self.spot();
        let Some(table) = self.tables.last_mut().filter(|table| table.in_row) else { return };
        while let Some((cell, columns)) = table.spans.go_on(table.column, spot) {
            table.row.push(cell);
            table.column += columns;
        }
        let mut row = std::mem::take(&mut table.row);
        mark_label(&mut row, |line| self.bold_lines.contains(&line));
        table.table.rows.push(row);
        table.column = 0;
        table.in_row = false;
    }

    fn end_table(&mut self) {
        self.end_row();
        if let Some(done) = self.tables.pop() {
            self.push(Block::Table(done.table));
        }
    }

    /// A note waits for the paragraph that refers to it; a header or footer is a margin.
    fn end_apart(&mut self) {
        let Some(apart) = self.apart.take() else { return };
        match apart.note {
            Some(note) => self.notes.entry(note).or_default().extend(apart.blocks),
            None => Document::margin(&mut self.margins, &apart.blocks),
        }
    }

    fn push(&mut self, block: Block) {
        if self.tables.is_empty()
            && let Some(apart) = &mut self.apart
        {
            return apart.blocks.push(block);
        }
        match self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            Some((cell, ..)) => cell.blocks.push(block),
            None => self.blocks.push(block),
        }
    }

    fn spot(&self) -> Spot {
        Spot::new(self.lines.len() + 1, 1)
    }

    /// Ends the paragraph.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let text = line.text.trim();
        if text.is_empty() {
            return;
        }
        let spot = self.spot();
        self.lines.extend(text.lines().map(|line| line.trim().to_owned()));
        if line.is_bold_label() {
            self.bold_lines.insert(spot.line);
        }
        let open = self.open.last();
        let standing = Standing {
            level: open.and_then(|open| open.level),
            is_item: open.is_some_and(|open| open.is_item),
            in_table: !self.tables.is_empty(),
        };
        let block = line.block(standing, spot);
        self.push(block);
        for note in std::mem::take(&mut self.refers) {
            self.push(Block::Paragraph { text: format!("{NOTE}{note}"), spot });
        }
    }

    fn finish(mut self) -> Document {
        self.flush();
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.end_apart();
        put_notes(&mut self.blocks, &mut self.notes);
        // What no paragraph refers to stands at the end.
        let rest = self.notes.into_values().flatten();
        self.blocks.extend(rest);
        Document { blocks: self.blocks, margins: self.margins, lines: self.lines }
    }
}

/// Puts the texts of notes in the place of their marks, each once.
fn put_notes(blocks: &mut Vec<Block>, notes: &mut BTreeMap<String, Vec<Block>>) {
    let mut put = Vec::with_capacity(blocks.len());
    for mut block in blocks.drain(..) {
        match &mut block {
            Block::Paragraph { text, .. } if text.starts_with(NOTE) => {
                put.extend(notes.remove(&text[NOTE.len_utf8()..]).unwrap_or_default());
                continue;
            }
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flatten() {
                    put_notes(&mut cell.blocks, notes);
                }
            }
            _ => {}
        }
        put.push(block);
    }
    *blocks = put;
}

/// The note that a mark in the text refers to: LibreOffice and Word write them so.
fn note_mark(tag: &StartTag<()>, class: &str) -> Option<String> {
    let target = attribute(tag, "href")?;
    let target = target.strip_prefix('#')?;
    if class.contains("footnoteanc") || class.contains("endnoteanc") {
        return note_number(target.trim_end_matches("sym"));
    }
    let target = target.strip_prefix('_')?;
    if target.contains("ref") { None } else { note_number(target) }
}

/// `sdfootnote3` and `ftn3` are note 3 of their kind.
fn note_number(id: &str) -> Option<String> {
    let number = id.trim_start_matches(|c: char| !c.is_ascii_digit());
    let kind = &id[..id.len() - number.len()];
    let is_note = matches!(kind, "sdfootnote" | "sdendnote" | "ftn" | "edn");
    (is_note && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| id.to_owned())
}

fn is_break(name: &str) -> bool {
    BREAKS.contains(&name) || matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(value).into_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::proposal::read::blocks::text_of;

    fn text(page: &str) -> String {
        text_of(&read(page).unwrap().blocks)
    }

    #[test]
    fn what_a_page_shows() {
        for (page, shown) in [
            ("<p>One<p>Two &amp; three<br>four", "One\n\nTwo & three\nfour"),
            ("<ul><li>a<li><p>b</p></ul>", "- a\n- b"),
            ("<script>x</script><p hidden>y</p><p style='display: none'>z</p>w", "w"),
            ("<table><tr><td>a<td>b</tr><tr><td colspan=2>c</table>d", "a | b\nc\n\nd"),
            ("<table><tr><td>a<table><tr><td>b</table></td><td>c</table>", "a  b | c"),
            ("<input type=checkbox checked>yes <input type=radio>no", "☒ yes ☐ no"),
            ("<select><option>a<option selected>b</select>", "b"),
            ("<h2>Title</h2>  <p>  Lifts\n that\ttalk </p>", "Title\n\nLifts that talk"),
            ("<p class=MsoListParagraph><span style='mso-list:Ignore'>1. </span>a", "- a"),
            ("a</p></td></table></x>b", "a\n\nb"),
        ] {
            assert_eq!(text(page), shown, "{page}");
        }
    }

    #[test]
    fn cells_over_several_rows_are_repeated() {
        let page = "<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e</table>";
        let blocks = read(page).unwrap().blocks;
        let [Block::Table(table)] = blocks.as_slice() else { panic!("{blocks:?}") };
        let row = |at: usize| -> Vec<(String, bool)> {
            table.rows[at].iter().map(|cell| (cell.text(), cell.continues)).collect()
        };
        assert_eq!(row(1), [("a".to_owned(), true), ("c".to_owned(), false)]);
        assert_eq!(row(2), [("d".to_owned(), false), ("e".to_owned(), false)]);
    }

    #[test]
    fn pages_are_told_by_their_start() {
        assert!(is_page("<!DOCTYPE html><p>a") && is_page("\n<!-- x -->\n<HTML>"));
        assert!(is_page("<?xml version=\"1.0\"?>\n<html xmlns=\"x\">"));
        assert!(
            !is_page("# Lifts\n<html>") && !is_page("") && !is_page("<!-- a") && !is_page("<p")
        );
    }

    #[test]
    fn hostile_pages_end() {
        for piece in ["<table><tr><td>", "<td rowspan=1000 colspan=1000>", "<div>", "</p>", "<p>a"]
        {
            let _ = read(&piece.repeat(20_000));
        }
        assert!(read(&"<td>".repeat(700_000)).is_err());
    }
}
