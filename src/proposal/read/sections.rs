//! From blocks to sections: which heading each part of a document stands under.

use super::blocks::{Block, Cell, Table};
use super::bounds;
use super::columns;
use super::headings::{self, Target};
use super::markdown::plain;
use super::tree::Spot;
use crate::proposal::Kind;

/// A heading or label with what stands under it.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub(super) heading: String,
    pub(super) spot: Spot,
    pub(super) target: Option<Target>,
    /// 1 to 6 for headings, 0 for labels.
    pub(super) level: u8,
    pub(super) body: Vec<Block>,
    from_item: bool,
}

impl Section {
    fn field(&self) -> &'static str {
        self.target.map_or("", |target| target.field)
    }
}

/// Sorts blocks under their headings. In Markdown the lines of a paragraph belong together.
pub(super) fn sections(blocks: Vec<Block>, is_markdown: bool) -> Sections {
    let mut sorter = Sections { is_markdown, ..Sections::default() };
    for block in blocks {
        sorter.block(block);
    }
    sorter
}

/// The sections of a document, and headings that stand inside lists.
#[derive(Debug, Default)]
pub(super) struct Sections {
    pub(super) list: Vec<Section>,
    pub(super) inner_headings: Vec<(String, Spot)>,
    /// Texts beside labels, which are taken for instructions of the form.
    pub(super) asides: Vec<(String, Spot)>,
    /// What the name of the form says: «New work item proposal».
    pub(super) form: Option<(Kind, String, Spot)>,
    is_markdown: bool,
    /// True when there are more headings than are read.
    pub(super) is_full: bool,
}

impl Sections {
    fn open(
        &mut self,
        heading: &str,
        spot: Spot,
        target: Option<Target>,
        level: u8,
        body: Vec<Block>,
    ) {
        if self.list.len() >= bounds::ITEMS {
            self.is_full = true;
            return;
        }
        let heading =
            headings::without_number(&plain(heading)).trim_end_matches([':', ' ', '*']).to_owned();
        self.list.push(Section { heading, spot, target, level, body, from_item: false });
    }

    fn push(&mut self, block: Block) {
        if self.list.is_empty() {
            let spot = match &block {
                Block::Heading { spot, .. }
                | Block::Paragraph { spot, .. }
                | Block::Item { spot, .. } => *spot,
                Block::Table(_) => Spot::default(),
            };
            self.open("", spot, None, 0, Vec::new());
        }
        if let Some(last) = self.list.last_mut() {
            last.body.push(block);
        }
    }

    fn field(&self) -> &'static str {
        self.list.last().map_or("", Section::field)
    }

    fn block(&mut self, block: Block) {
        match block {
            Block::Heading { level, text, spot } => self.heading(level, &text, spot),
            Block::Paragraph { text, spot } => self.paragraph(&text, spot),
            Block::Item { text, spot } => self.item(text, spot),
            Block::Table(table) => self.table(table),
        }
    }

    fn heading(&mut self, level: u8, text: &str, spot: Spot) {
        if let Some((heading, rest, target)) = label(text).filter(|(_, rest, _)| !rest.is_empty()) {
            let body = vec![Block::Paragraph { text: plain(rest), spot }];
            return self.open(heading, spot, target, level, body);
        }
        if self.is_form_name(text, spot) {
            return;
        }
        let target = headings::resembling(text);
        if target.is_none()
            && let Some(open) = self.list.last()
            && open.target.is_some()
            && open.level > 0
            && open.level < level
        {
            // A heading inside a known section: part of its text, or a remark on a list.
            if columns::has_parts(open.field()) {
                self.inner_headings.push((text.to_owned(), spot));
            } else {
                self.push(Block::Paragraph { text: text.to_owned(), spot });
            }
            return;
        }
        self.open(text, spot, target, level, Vec::new());
    }

    fn paragraph(&mut self, text: &str, spot: Spot) {
        let (first, more) = text.split_once('\n').unwrap_or((text, ""));
        let own_part = columns::labelled(self.field(), &plain(first)).is_some()
            || columns::part(self.field(), first.trim_end_matches(':')).is_some();
        if more.is_empty() && self.is_form_name(first, spot) {
            return;
        }
        let found = if own_part { None } else { label(first).or_else(|| lone_heading(first)) };
        // «Excluded: …» inside a scope is a part of it.
        let in_scope = |target: Option<Target>| {
            self.field() == "scope"
                && !first.starts_with("**")
                && target.is_some_and(|target| target.field == "out_of_scope")
        };
        let found = found.filter(|(_, _, target)| !in_scope(*target));
        let found = found.or_else(|| if more.is_empty() { shouted(first) } else { None });
        let Some((heading, rest, target)) = found else {
            let text = self.joined(&plain_lines(text));
            return self.push(Block::Paragraph { text, spot });
        };
        let mut body = Vec::new();
        if !rest.is_empty() {
            body.push(Block::Paragraph { text: plain(rest), spot });
        }
        if !more.is_empty() {
            body.push(Block::Paragraph {
                text: plain_lines(more),
                spot: Spot::new(spot.line + 1, 1),
            });
        }
        // What follows a label directly belongs to the same paragraph.
        if let [Block::Paragraph { text, .. }, Block::Paragraph { text: more, .. }] =
            body.as_mut_slice()
        {
            text.push('\n');
            text.push_str(more);
            body.truncate(1);
        }
        self.open(heading, spot, target, 0, body);
        if self.is_markdown
            && let Some(mut section) = self.list.pop()
        {
            for block in std::mem::take(&mut section.body) {
                section.body.push(match block {
                    Block::Paragraph { text, spot } if !columns::has_parts(section.field()) => {
                        Block::Paragraph { text: text.replace('\n', " "), spot }
                    }
                    other => other,
                });
            }
            self.list.push(section);
        }
    }

    /// The lines of a paragraph of Markdown put together, unless they are a list of parts.
    fn joined(&self, text: &str) -> String {
        if !self.is_markdown || !text.contains('\n') {
            return text.to_owned();
        }
        let field = self.field();
        let listed = columns::has_parts(field)
            && text
                .lines()
                .all(|line| line.chars().count() <= 100 && !line.starts_with(char::is_lowercase));
        if listed { text.to_owned() } else { text.replace('\n', " ") }
    }

    /// Notes the name of a form, which tells the kind of the proposal; it heads no section.
    fn is_form_name(&mut self, text: &str, spot: Spot) -> bool {
        let Some(kind) = headings::form(text) else { return false };
        if self.form.is_none() {
            self.form = Some((kind, plain(text), spot));
        }
        true
    }

    fn item(&mut self, text: String, spot: Spot) {
        let free = self.list.last().is_none_or(|open| open.target.is_none() || open.from_item);
        if free
            && let Some((heading, rest, target)) = label(&text)
            && target.is_some()
        {
            let body = if rest.is_empty() {
                Vec::new()
            } else {
                vec![Block::Paragraph { text: plain(rest), spot }]
            };
            self.open(heading, spot, target, 0, body);
            if let Some(last) = self.list.last_mut() {
                last.from_item = true;
            }
            return;
        }
        self.push(Block::Item { text, spot });
    }

    fn table(&mut self, table: Table) {
        let field = self.field();
        if is_data(field, &table) || !is_form(&table) {
            return self.push(Block::Table(table));
        }
        let mut rows = table.rows;
        // The rest of a label beside several rows is no label again.
        rows.iter_mut().for_each(|row| row.retain(|cell| !cell.continues));
        let mut rows = rows.into_iter().peekable();
        while let Some(row) = rows.next() {
            let all_labels =
                row.len() >= 2 && row.iter().all(|cell| is_label(cell) && !has_value(cell));
            let values_follow = rows
                .peek()
                .is_some_and(|next| next.len() == row.len() && !next.iter().any(is_label));
            if all_labels && values_follow {
                // Labels above their values.
                let values = rows.next().unwrap_or_default();
                for (label, value) in row.into_iter().zip(values) {
                    self.pair(&label, value);
                }
                continue;
            }
            self.row(row);
        }
    }

    /// A row of a form: pairs of label and value, or one cell with both.
    fn row(&mut self, row: Vec<Cell>) {
        let mut cells: std::collections::VecDeque<Cell> = row.into();
        // A number in front only counts the rows.
        if cells.len() >= 3 && cells.front().is_some_and(|cell| is_number(&cell.text())) {
            cells.pop_front();
        }
        if cells.len() == 1 {
            return cells.into_iter().for_each(|cell| self.cell(cell));
        }
        // A logo stands beside the rows of a letterhead.
        if cells.len() >= 3 && cells[0].blocks.is_empty() && is_label(&cells[1]) {
            cells.pop_front();
        }
        let first_is_empty = cells.front().is_some_and(|cell| cell.blocks.is_empty());
        if first_is_empty {
            cells.into_iter().flat_map(|cell| cell.blocks).for_each(|block| self.push(block));
            return;
        }
        while let Some(cell) = cells.pop_front() {
            if cell.blocks.is_empty() {
                continue;
            }
            if has_value(&cell)
                || value_below(&cell) && cells.front().is_none_or(is_label)
                || number_below(&cell)
            {
                self.cell(cell);
            } else if is_label(&cell) || could_be_label(&cell) && !cells.is_empty() {
                match cells.pop_front() {
                    Some(value) => self.pair(&cell, value),
                    None => cell.blocks.into_iter().for_each(|block| self.block(block)),
                }
            } else {
                cell.blocks.into_iter().for_each(|block| self.push(block));
            }
        }
    }

    /// A cell that holds its label itself.
    fn cell(&mut self, mut cell: Cell) {
        if let Some((label, spot, target)) = headed(&cell) {
            cell.blocks.remove(0);
            self.open(&label, spot, Some(target), 0, Vec::new());
        } else if let [Block::Paragraph { text, spot }, _, ..] = cell.blocks.as_slice()
            && text.len() <= 200
            && text.ends_with(['?', ':'])
            && !text.contains('\n')
            && !columns::has_parts(self.field())
        {
            // A question of the form that is not known.
            let (text, spot) = (text.clone(), *spot);
            cell.blocks.remove(0);
            self.open(&text, spot, None, 0, Vec::new());
            return cell.blocks.into_iter().for_each(|block| self.push(block));
        }
        cell.blocks.into_iter().for_each(|block| self.block(block));
    }

    fn pair(&mut self, label: &Cell, value: Cell) {
        let text = label.text();
        if let Some((_, beside)) = text.split_once('\n')
            && !beside.trim().is_empty()
        {
            self.asides.push((super::one_line(beside), label.spot));
        }
        let heading = text.lines().next().unwrap_or_default().to_owned();
        let target = headings::resembling(&text).or_else(|| headings::resembling(&heading));
        self.open(&heading, label.spot, target, 0, value.blocks);
    }
}

/// True when a label stands in the first paragraph of a cell and something below it.
fn value_below(cell: &Cell) -> bool {
    headed(cell).is_some()
}

/// True when what stands below the label is a date or a number: no instruction of the form.
fn number_below(cell: &Cell) -> bool {
    let below = super::blocks::text_of(cell.blocks.get(1..).unwrap_or_default());
    value_below(cell)
        && below.len() <= 60
        && below.contains(|c: char| c.is_ascii_digit())
        && !below.starts_with('(')
}

/// The label of a cell that begins with one, in a paragraph of its own.
fn headed(cell: &Cell) -> Option<(String, Spot, Target)> {
    let [Block::Paragraph { text, spot }, _, ..] = cell.blocks.as_slice() else { return None };
    let is_line = !text.contains('\n') && text.len() <= 200 && !super::ticks::has_boxes(text);
    if !is_line
        || label(text).is_some_and(|(_, rest, _)| !rest.is_empty())
        || headings::form(text).is_some()
    {
        return None;
    }
    Some((text.clone(), *spot, headings::resembling(text)?))
}

fn plain_lines(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

/// True when a line begins a section of its own, so that it does not go on with the paragraph
/// before it.
pub(super) fn begins_section(line: &str) -> bool {
    label(line).or_else(|| lone_heading(line)).is_some()
}

/// A label in bold, or a known label with a colon or a tab behind it; then the rest of the line.
pub(super) fn label(line: &str) -> Option<(&str, &str, Option<Target>)> {
    let line = line.trim();
    for mark in ["**", "__"] {
        if let Some(inner) = line.strip_prefix(mark)
            && let Some(end) = inner.find(mark)
        {
            let (heading, rest) = (&inner[..end], inner[end + 2..].trim_start());
            let colon = heading.trim_end().ends_with(':') || rest.starts_with(':');
            let rest = rest.trim_start_matches([':', ' ']);
            let target = headings::resembling(heading);
            let is_heading = heading.len() <= 200
                && (colon || rest.is_empty() || target.is_some_and(|target| target.exact));
            return is_heading.then_some((heading, rest, target));
        }
    }
    let at = line.char_indices().take(200).find(|(_, c)| matches!(c, ':' | '\t' | '：'))?.0;
    let (heading, rest) = line.split_at(at);
    let rest = rest.trim_start_matches([':', '\t', '：', ' ']);
    let target = headings::exactly(heading)?;
    Some((heading, rest, Some(target)))
}

/// A line that is nothing but a known heading.
fn lone_heading(line: &str) -> Option<(&str, &str, Option<Target>)> {
    let heading = line.trim().trim_end_matches([':', ' ']);
    // A sentence that happens to be a known word is still a word of the text.
    if heading.len() > 120
        || heading.ends_with(['.', ',', ';'])
        || heading.starts_with(char::is_lowercase) && !heading.contains('_')
    {
        return None;
    }
    let target = headings::exactly(heading)?;
    Some((heading, "", Some(target)))
}

/// A line in capitals that is no sentence: a heading that is not known.
fn shouted(line: &str) -> Option<(&str, &str, Option<Target>)> {
    let text = headings::without_number(line);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = letters >= 5
        && text.contains(' ')
        && text.len() <= 80
        && !text.contains(char::is_lowercase)
        && !text.contains(|c: char| c.is_ascii_digit())
        && !text.ends_with(['.', ',', ';']);
    shouted.then_some((line, "", headings::resembling(line)))
}

fn is_number(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 6
        && text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || ".)".contains(c))
}

/// True when the cell is a known heading and nothing else.
fn is_label(cell: &Cell) -> bool {
    let text = cell.text();
    let first = text.lines().next().unwrap_or_default();
    if super::ticks::has_boxes(first) {
        return false;
    }
    headings::resembling(&text).is_some()
        || (text.len() <= 400 && headings::exactly(first).is_some())
}

/// True when the cell may be a heading that is not known: short, and no sentence.
fn could_be_label(cell: &Cell) -> bool {
    let text = cell.text();
    text.len() <= 160 && !text.ends_with('.') && !super::ticks::has_boxes(&text)
}

/// True when the cell holds a label and its value: `Title: Smart lifts`, or a heading line with
/// text below.
fn has_value(cell: &Cell) -> bool {
    match cell.blocks.as_slice() {
        [Block::Paragraph { text, .. }] => {
            let (first, more) = text.split_once('\n').unwrap_or((text, ""));
            match label(first) {
                Some((_, rest, Some(_))) => !rest.is_empty() || !more.trim().is_empty(),
                _ => false,
            }
        }
        [Block::Paragraph { text, .. }, rest @ ..] => {
            !rest.is_empty()
                && label(text).is_some_and(|(_, rest, target)| target.is_some() && !rest.is_empty())
        }
        _ => false,
    }
}

/// A table whose head names the parts of the field that it stands under.
fn is_data(field: &str, table: &Table) -> bool {
    if !columns::has_parts(field) {
        return false;
    }
    let Some(head) = table.rows.first() else { return false };
    let filled = head.iter().filter(|cell| !cell.blocks.is_empty()).count();
    let known = head.iter().filter(|cell| columns::part(field, &cell.text()).is_some()).count();
    // Rows of label and value, as below «Timeline», are data too.
    let labelled = table
        .rows
        .iter()
        .filter(|row| row.first().is_some_and(|cell| columns::part(field, &cell.text()).is_some()))
        .count();
    known >= 2 && known * 2 >= filled
        || known == 1 && filled == 1
        || labelled * 2 > table.rows.len()
}

/// A table of labels and values.
fn is_form(table: &Table) -> bool {
    table.rows.iter().any(|row| row.iter().any(|cell| is_label(cell) || has_value(cell)))
}
