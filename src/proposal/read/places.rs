//! Where every field stands, by the name that the record has for it.

use std::collections::BTreeMap;

use super::bounds;
use super::tree::{Node, Spot, Value};
use crate::proposal::Place;

/// Notes where every field stands, by the name that the record has for it.
pub(super) struct Notes<'a> {
    pub(super) lines: &'a [&'a str],
    pub(super) first_line: usize,
    pub(super) places: &'a mut BTreeMap<String, Place>,
}

impl Notes<'_> {
    pub(super) fn below(&mut self, node: &Node, name: &str) {
        match &node.value {
            Value::Table(entries) => {
                for entry in entries {
                    let key = own_name(name, &entry.key);
                    let field =
                        if name.is_empty() { key.to_owned() } else { format!("{name}.{key}") };
                    self.note(&field, entry.spot);
                    self.below(&entry.node, &field);
                }
            }
            Value::List(nodes) => {
                for (at, node) in nodes.iter().enumerate() {
                    let field = format!("{name}[{at}]");
                    self.note(&field, node.spot);
                    self.below(node, &field);
                }
            }
            _ => {}
        }
    }

    fn note(&mut self, field: &str, spot: Spot) {
        if spot.line == 0 || self.places.contains_key(field) {
            return;
        }
        let line =
            self.lines.get(spot.line.saturating_sub(self.first_line)).copied().unwrap_or_default();
        let text = line.trim().chars().take(bounds::SHOWN_CHARACTERS).collect();
        self.places
            .insert(field.to_owned(), Place { line: spot.line, column: spot.column.max(1), text });
    }
}

/// The record's own name of a key that files may write in another way.
fn own_name<'a>(inside: &str, key: &'a str) -> &'a str {
    let part = inside.split(['[', '.']).next().unwrap_or_default();
    match (part, key) {
        ("related_standards", "ref") => "reference",
        ("out_of_scope" | "existing_committee_option", "committee") => "committees",
        ("liaisons", "committee") => "body",
        ("liaisons", "type") => "category",
        ("stakeholders", "benefit") => "effect",
        ("timeline", "track") => "track_months",
        _ => key,
    }
}
