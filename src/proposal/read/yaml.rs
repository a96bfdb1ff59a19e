//! Proposals in YAML.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer};
use serde_saphyr::Spanned;

use super::failure::Unreadable;
use super::tree::{Entry, Node, Spot, Value};
use super::{Format, bounds, first_line_of, one_line};
use crate::error::Error;
use crate::proposal::malformed::shown;

/// Reads YAML into the tree. Anchors may be used, but an expansion beyond the bounds is refused.
pub(super) fn read(text: &str) -> Result<Node, Error> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: bounds::DEPTH + 1,
            flow_nesting_limit: bounds::DEPTH + 1,
            max_documents: 1,
            max_aliases: 1_000,
            max_anchors: 1_000,
            max_nodes: 4 * bounds::ITEMS,
            max_total_scalar_bytes: usize::try_from(bounds::TREE_FILE_BYTES).unwrap_or(usize::MAX),
            max_merge_keys: 100,
        },
    };
    match serde_saphyr::from_str_with_options::<Spanned<Yaml>>(text, options) {
        Ok(root) => Ok(node(root)),
        Err(error) => Err(failure(&error, text)),
    }
}

fn failure(error: &serde_saphyr::Error, text: &str) -> Error {
    let error = error.without_snippet();
    let spot = error.location().map(spot).unwrap_or_default();
    let failure = match error {
        serde_saphyr::Error::DuplicateMappingKey { key, .. } => {
            let key = key.as_deref().unwrap_or_default();
            Unreadable::Duplicate { key: shown(key), first: first_line_of(text, key, spot.line) }
        }
        serde_saphyr::Error::Budget { breach, .. } => match breach {
            serde_saphyr::budget::BudgetBreach::Depth { .. } => Unreadable::TooDeep,
            _ => Unreadable::LongList { items: 4 * bounds::ITEMS },
        },
        other => {
            let message = other.render();
            let message = message.split(" at line ").next().unwrap_or_default();
            match message.contains("recurs") {
                true => Unreadable::TooDeep,
                false => Unreadable::Syntax { format: Format::Yaml, message: one_line(message) },
            }
        }
    };
    spot.on(Error::new(failure))
}

fn spot(location: serde_saphyr::Location) -> Spot {
    let number = |number: u64| usize::try_from(number).unwrap_or(0);
    Spot::new(number(location.line()), number(location.column()))
}

fn node(yaml: Spanned<Yaml>) -> Node {
    let spot = spot(yaml.referenced);
    let value = match yaml.value {
        Yaml::Scalar(value) => value,
        Yaml::List(items) => Value::List(items.into_iter().map(node).collect()),
        Yaml::Table(entries) => Value::Table(
            entries
                .into_iter()
                .map(|(key, value)| Entry {
                    spot: self::spot(key.referenced),
                    key: key.value,
                    node: node(value),
                })
                .collect(),
        ),
    };
    Node::new(value, spot)
}

/// A value of YAML with the places of what it holds.
enum Yaml {
    Scalar(Value),
    List(Vec<Spanned<Yaml>>),
    Table(Vec<(Spanned<String>, Spanned<Yaml>)>),
}

impl<'de> Deserialize<'de> for Yaml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Yaml, D::Error> {
        deserializer.deserialize_any(YamlVisitor)
    }
}

struct YamlVisitor;

impl<'de> Visitor<'de> for YamlVisitor {
    type Value = Yaml;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a list or a table")
    }
    fn visit_unit<E: de::Error>(self) -> Result<Yaml, E> {
        Ok(Yaml::Scalar(Value::Null))
    }
    fn visit_none<E: de::Error>(self) -> Result<Yaml, E> {
        Ok(Yaml::Scalar(Value::Null))
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Yaml, D::Error> {
        Yaml::deserialize(deserializer)
    }
    fn visit_bool<E: de::Error>(self, answer: bool) -> Result<Yaml, E> {
        Ok(Yaml::Scalar(Value::Bool(answer)))
    }
    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Yaml, E> {
        Ok(Yaml::Scalar(Value::Integer(number)))
    }
    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Yaml, E> {
        Ok(Yaml::Scalar(i64::try_from(number).map_or(Value::Float(f64::MAX), Value::Integer)))
    }
    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Yaml, E> {
        Ok(Yaml::Scalar(Value::Float(number)))
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Yaml, E> {
        Ok(Yaml::Scalar(Value::Text(text.to_owned())))
    }
    fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<Yaml, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Yaml::List(list))
    }
    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Yaml, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Yaml::Table(entries))
    }
}
