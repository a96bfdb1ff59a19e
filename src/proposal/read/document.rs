//! A document with formats as it was read: its blocks, margins and lines.

use super::blocks::{Block, Cell, lines_of};
use super::tree::Spot;

/// The most lines of headers and footers that are looked at.
const MARGIN_LINES: usize = 50;

/// The longest text of a cell over several rows that is repeated in each: a longer one could make
/// the file unpack to any size.
const REPEATED: usize = 200;

/// The blocks of a document, and its lines by their numbers.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) blocks: Vec<Block>,
    /// What stands in headers and footers, each line once.
    pub(super) margins: Vec<(String, Spot)>,
    pub(super) lines: Vec<String>,
}

impl Document {
    /// Adds the lines of a header or footer to the margins.
    pub(super) fn margin(margins: &mut Vec<(String, Spot)>, blocks: &[Block]) {
        for (line, spot) in cell_lines(blocks) {
            if margins.len() < MARGIN_LINES && margins.iter().all(|(known, _)| *known != line) {
                margins.push((line, spot));
            }
        }
    }
}

/// The lines of blocks; cells of tables are lines of their own.
fn cell_lines(blocks: &[Block]) -> Vec<(String, Spot)> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Table(table) => {
                for cell in table.rows.iter().flatten().filter(|cell| !cell.continues) {
                    lines.extend(cell_lines(&cell.blocks));
                }
            }
            other => lines.extend(lines_of(std::slice::from_ref(other))),
        }
    }
    lines
}

/// What the cell of the next row repeats of a cell that goes on over several rows.
pub(super) fn repeated(cell: &Cell) -> Option<Block> {
    match cell.blocks.as_slice() {
        [block @ Block::Paragraph { text, .. }] if text.len() <= REPEATED => Some(block.clone()),
        _ => None,
    }
}

/// A line in bold above the text of a cell that fills its row is a label, known or not.
pub(super) fn mark_label(row: &mut [Cell], is_bold: impl Fn(usize) -> bool) {
    if let [cell] = row
        && let [Block::Paragraph { text, spot }, _, ..] = cell.blocks.as_mut_slice()
        && is_bold(spot.line)
    {
        *text = format!("**{text}**");
    }
}

/// Cells over several rows, by the column in which they begin: how many rows are left, and what is
/// repeated in each.
#[cfg(any(feature = "odt", feature = "web"))]
#[derive(Debug, Default)]
pub(super) struct Spans {
    open: std::collections::BTreeMap<usize, (usize, usize, Option<Block>)>,
}

#[cfg(any(feature = "odt", feature = "web"))]
impl Spans {
    /// Notes a cell of `columns` and `rows` that begins in a column.
    pub(super) fn begin(&mut self, column: usize, columns: usize, rows: usize, cell: &Cell) {
        if rows > 1 {
            self.open.insert(column, (rows - 1, columns, repeated(cell)));
        }
    }

    /// The cell that goes on in a column from the row above, and how many columns it takes.
    pub(super) fn go_on(&mut self, column: usize, spot: Spot) -> Option<(Cell, usize)> {
        let (rows, columns, block) = self.open.get_mut(&column)?;
        let cell = Cell { blocks: block.iter().cloned().collect(), spot, continues: true };
        let columns = *columns;
        *rows -= 1;
        if *rows == 0 {
            self.open.remove(&column);
        }
        Some((cell, columns))
    }
}
