//! A document as the readers of texts and of Word files see it: headings, paragraphs, list items
//! and tables.

use super::tree::Spot;

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading that is marked as one; level 1 is the highest.
    Heading { level: u8, text: String, spot: Spot },
    /// A paragraph; in a plain text, its lines are kept.
    Paragraph { text: String, spot: Spot },
    /// An item of a list.
    Item { text: String, spot: Spot },
    /// Text that is shown as it is, such as code: nothing in it is a heading or label.
    Verbatim { text: String, spot: Spot },
    /// A line across the page.
    Rule { spot: Spot },
    /// A table.
    Table(Table),
}

impl Block {
    /// Where it begins; nothing for a table without cells.
    pub(super) fn spot(&self) -> Option<Spot> {
        match self {
            Block::Heading { spot, .. }
            | Block::Paragraph { spot, .. }
            | Block::Item { spot, .. }
            | Block::Verbatim { spot, .. }
            | Block::Rule { spot } => Some(*spot),
            Block::Table(table) => Some(table.rows.first()?.first()?.spot),
        }
    }
}

/// A table: rows of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell of a table, which may hold paragraphs, items and tables itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) blocks: Vec<Block>,
    pub(super) spot: Spot,
    /// True for the part of a cell of several rows that is not its first; it repeats what stands in
    /// the first, if that is short.
    pub(super) continues: bool,
}

impl Cell {
    pub(super) fn of_text(text: &str, spot: Spot) -> Cell {
        let text = text.trim();
        let blocks = if text.is_empty() {
            Vec::new()
        } else {
            vec![Block::Paragraph { text: text.to_owned(), spot }]
        };
        Cell { blocks, spot, continues: false }
    }

    /// Everything in the cell as text.
    pub(super) fn text(&self) -> String {
        text_of(&self.blocks)
    }
}

/// Blocks as one text: paragraphs apart by a blank line, items with a dash, rows of tables in
/// lines.
pub(super) fn text_of(blocks: &[Block]) -> String {
    let mut text = String::new();
    let mut after_item = false;
    for block in blocks {
        let is_item = matches!(block, Block::Item { .. });
        let piece = match block {
            Block::Heading { text, .. }
            | Block::Paragraph { text, .. }
            | Block::Verbatim { text, .. } => text.trim().to_owned(),
            Block::Rule { .. } => String::new(),
            Block::Item { text, .. } => format!("- {}", text.trim()),
            Block::Table(table) => {
                let rows: Vec<String> = table
                    .rows
                    .iter()
                    .map(|row| row_text(row))
                    .filter(|row| !row.is_empty())
                    .collect();
                rows.join("\n")
            }
        };
        if piece.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push_str(if is_item && after_item { "\n" } else { "\n\n" });
        }
        text.push_str(&piece);
        after_item = is_item;
    }
    text
}

/// A row as text, its cells parted by bars.
pub(super) fn row_text(row: &[Cell]) -> String {
    let cells: Vec<String> = row
        .iter()
        .filter(|cell| !cell.continues)
        .map(|cell| cell.text().replace('\n', " "))
        .collect();
    cells.iter().filter(|text| !text.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" | ")
}

/// The lines or items of blocks, each with its place: what a list is made of.
pub(super) fn lines_of(blocks: &[Block]) -> Vec<(String, Spot)> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Rule { .. } => {}
            Block::Heading { text, spot, .. }
            | Block::Paragraph { text, spot }
            | Block::Verbatim { text, spot } => {
                for (at, line) in text.lines().enumerate() {
                    if !line.trim().is_empty() {
                        let spot = if at == 0 { *spot } else { Spot::new(spot.line + at, 1) };
                        lines.push((line.trim().to_owned(), spot));
                    }
                }
            }
            Block::Item { text, spot } => lines.push((text.trim().to_owned(), *spot)),
            Block::Table(table) => {
                for row in &table.rows {
                    let text = row_text(row);
                    if !text.is_empty() {
                        lines.push((text, row.first().map_or(Spot::default(), |cell| cell.spot)));
                    }
                }
            }
        }
    }
    lines
}
