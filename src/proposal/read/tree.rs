//! The one tree into which every format is read: values, and where they stand.

use super::bounds;
use super::failure::Unreadable;
use crate::error::Error;
use crate::proposal::malformed::shown;

/// A place: line and column in characters, both from 1. Zero where a place is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spot {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Spot {
    pub(crate) fn new(line: usize, column: usize) -> Spot {
        Spot { line, column }
    }

    /// Puts the place on an error, where it is known.
    pub(crate) fn on(self, error: Error) -> Error {
        if self.line > 0 { error.at(self.line, self.column.max(1)) } else { error }
    }
}

/// A value with its place.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) spot: Spot,
}

/// What the formats have in common. Dates of TOML are texts here.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

/// A key of a table with its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) spot: Spot,
    pub(crate) node: Node,
}

impl Node {
    pub(crate) fn new(value: Value, spot: Spot) -> Node {
        Node { value, spot }
    }

    pub(crate) fn text(text: impl Into<String>, spot: Spot) -> Node {
        Node::new(Value::Text(text.into()), spot)
    }

    /// Refuses what is too long or too deep, and a key that comes twice.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.check_below(bounds::DEPTH)
    }

    fn check_below(&self, depth: usize) -> Result<(), Error> {
        match &self.value {
            Value::Text(text) if text.len() > bounds::TEXT_BYTES => {
                Err(self.spot.on(Error::new(Unreadable::LongText { bytes: text.len() })))
            }
            Value::List(_) | Value::Table(_) if depth == 0 => {
                Err(self.spot.on(Error::new(Unreadable::TooDeep)))
            }
            Value::List(nodes) => {
                if nodes.len() > bounds::ITEMS {
                    return Err(self
                        .spot
                        .on(Error::new(Unreadable::LongList { items: nodes.len() })));
                }
                nodes.iter().try_for_each(|node| node.check_below(depth - 1))
            }
            Value::Table(entries) => {
                if entries.len() > bounds::ITEMS {
                    return Err(self
                        .spot
                        .on(Error::new(Unreadable::LongList { items: entries.len() })));
                }
                let mut seen = std::collections::BTreeMap::new();
                for entry in entries {
                    if let Some(first) = seen.insert(entry.key.as_str(), entry.spot.line) {
                        let failure = Unreadable::Duplicate { key: shown(&entry.key), first };
                        return Err(entry.spot.on(Error::new(failure)));
                    }
                    entry.node.check_below(depth - 1)?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// Turns bytes of a text into places, cheaply when they come in order.
pub(crate) struct Spots<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
    last: (usize, usize, usize),
    first_line: usize,
}

impl<'a> Spots<'a> {
    pub(crate) fn new(text: &'a str) -> Spots<'a> {
        let line_starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Spots { text, line_starts, last: (0, 0, 1), first_line: 1 }
    }

    /// Counts lines from another number than 1.
    pub(crate) fn counted_from(self, first_line: usize) -> Spots<'a> {
        Spots { first_line, ..self }
    }

    /// The place of a byte.
    pub(crate) fn at(&mut self, byte: usize) -> Spot {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.line_starts.partition_point(|start| *start <= byte) - 1;
        let (last_line, last_byte, last_column) = self.last;
        let (from, column) = if last_line == line && last_byte <= byte {
            (last_byte, last_column)
        } else {
            (self.line_starts[line], 1)
        };
        // A last place in another line starts this one anew.
        let (from, column) = if from < self.line_starts[line] {
            (self.line_starts[line], 1)
        } else {
            (from, column)
        };
        let column = column + self.text[from..byte].chars().count();
        self.last = (line, byte, column);
        Spot::new(line + self.first_line, column)
    }
}
