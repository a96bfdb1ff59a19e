//! Proposals in TOML.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::failure::Unreadable;
use super::tree::{Entry, Node, Spots, Value};
use super::{Format, first_line_of, one_line};
use crate::error::Error;
use crate::proposal::malformed::shown;

/// Reads TOML into the tree.
pub(super) fn read(text: &str) -> Result<Node, Error> {
    let mut spots = Spots::new(text);
    match DeTable::parse(text) {
        Ok(table) => Ok(Node::new(table_value(table.get_ref(), &mut spots), spots.at(0))),
        Err(error) => {
            let span = error.span().unwrap_or(text.len()..text.len());
            let spot = spots.at(span.start);
            if error.message().contains("duplicate key") {
                let key = text.get(span.clone()).unwrap_or_default();
                let first = first_line_of(text, key, spot.line);
                return Err(spot.on(Error::new(Unreadable::Duplicate { key: shown(key), first })));
            }
            if error.message().contains("recurs") {
                return Err(spot.on(Error::new(Unreadable::TooDeep)));
            }
            let failure =
                Unreadable::Syntax { format: Format::Toml, message: one_line(error.message()) };
            Err(spot.on(Error::new(failure)))
        }
    }
}

fn node(value: &Spanned<DeValue<'_>>, spots: &mut Spots<'_>) -> Node {
    let spot = spots.at(value.span().start);
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => {
            let digits = number.as_str().replace('_', "");
            match i64::from_str_radix(&digits, number.radix()) {
                Ok(number) => Value::Integer(number),
                Err(_) => Value::Float(digits.parse().unwrap_or(f64::MAX)),
            }
        }
        DeValue::Float(number) => {
            Value::Float(number.as_str().replace('_', "").parse().unwrap_or(f64::MAX))
        }
        DeValue::Boolean(answer) => Value::Bool(*answer),
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(|item| node(item, spots)).collect()),
        DeValue::Table(table) => table_value(table, spots),
    };
    Node::new(value, spot)
}

fn table_value(table: &DeTable<'_>, spots: &mut Spots<'_>) -> Value {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let entries = entries.into_iter().map(|(key, value)| Entry {
        key: key.get_ref().to_string(),
        spot: spots.at(key.span().start),
        node: node(value, spots),
    });
    Value::Table(entries.collect())
}
