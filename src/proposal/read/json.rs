//! Proposals in JSON. serde_json says whether the text is JSON and reads its strings and numbers;
//! the places, which it does not tell, come from a walk over the text.

use serde::de::IgnoredAny;

use super::failure::Unreadable;
use super::tree::{Entry, Node, Spot, Spots, Value};
use super::{Format, bounds, one_line};
use crate::error::Error;

/// Reads JSON into the tree. `first_line` is the number of the first line of the text.
pub(super) fn read(text: &str, first_line: usize) -> Result<Node, Error> {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        let message = error.to_string();
        let message =
            message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
        let failure = Unreadable::Syntax { format: Format::Json, message: one_line(message) };
        return Err(
            Spot::new(error.line() + first_line - 1, column(text, &error)).on(Error::new(failure))
        );
    }
    let mut walk = Walk { text, at: 0, spots: Spots::new(text).counted_from(first_line) };
    walk.blank();
    walk.node(bounds::DEPTH)
}

/// serde_json counts columns in bytes.
fn column(text: &str, error: &serde_json::Error) -> usize {
    let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let mut end = error.column().saturating_sub(1).min(line.len());
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    line[..end].chars().count() + 1
}

/// A walk over text that is known to be JSON.
struct Walk<'a> {
    text: &'a str,
    at: usize,
    spots: Spots<'a>,
}

impl<'a> Walk<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    /// Steps over white space, commas and colons.
    fn between(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n' | b',' | b':')) {
            self.at += 1;
        }
    }

    /// The text of a string or of a word, as it is written.
    fn token(&mut self) -> &'a str {
        let from = self.at;
        if self.peek() == Some(b'"') {
            self.at += 1;
            while let Some(byte) = self.peek() {
                self.at += if byte == b'\\' { 2 } else { 1 };
                if byte == b'"' {
                    break;
                }
            }
        } else {
            while !matches!(
                self.peek(),
                None | Some(b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' | b']' | b'}')
            ) {
                self.at += 1;
            }
        }
        self.text.get(from..self.at).unwrap_or_default()
    }

    fn node(&mut self, depth: usize) -> Result<Node, Error> {
        let spot = self.spots.at(self.at);
        if depth == 0 {
            return Err(spot.on(Error::new(Unreadable::TooDeep)));
        }
        let value = match self.peek() {
            Some(b'{') => {
                self.at += 1;
                let mut entries = Vec::new();
                loop {
                    self.between();
                    if matches!(self.peek(), None | Some(b'}')) {
                        break;
                    }
                    let spot = self.spots.at(self.at);
                    let key = decoded(self.token());
                    self.between();
                    entries.push(Entry { key, spot, node: self.node(depth - 1)? });
                }
                self.at += 1;
                Value::Table(entries)
            }
            Some(b'[') => {
                self.at += 1;
                let mut nodes = Vec::new();
                loop {
                    self.between();
                    if matches!(self.peek(), None | Some(b']')) {
                        break;
                    }
                    nodes.push(self.node(depth - 1)?);
                }
                self.at += 1;
                Value::List(nodes)
            }
            Some(b'"') => Value::Text(decoded(self.token())),
            _ => match self.token() {
                "null" | "" => Value::Null,
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                number => match number.parse() {
                    Ok(number) => Value::Integer(number),
                    Err(_) => Value::Float(number.parse().unwrap_or(f64::MAX)),
                },
            },
        };
        Ok(Node::new(value, spot))
    }
}

/// A string without its quotes and escapes.
fn decoded(token: &str) -> String {
    serde_json::from_str(token).unwrap_or_else(|_| token.trim_matches('"').to_owned())
}
