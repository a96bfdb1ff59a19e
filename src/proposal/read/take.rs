//! From the tree to the record: a serde deserializer that knows where every value stands.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, Unexpected, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use super::failure::Unreadable;
use super::tree::{Entry, Node, Spot, Value};
use crate::error::Error;
use crate::proposal::malformed::shown;

/// Turns a tree into a record.
pub(crate) fn take<'a, T: Deserialize<'a>>(node: &'a Node, inside: &'a str) -> Result<T, Error> {
    T::deserialize(Taken { node, inside }).map_err(Refusal::into_error)
}

/// Why the record refuses a value, and where that stands.
#[derive(Debug)]
struct Refusal {
    failure: Box<Unreadable>,
    spot: Option<Spot>,
}

impl Refusal {
    /// Sets place and field, where they are not set yet.
    fn at(mut self, at: Spot, name: &str) -> Refusal {
        self.spot.get_or_insert(at);
        match &mut *self.failure {
            Unreadable::UnknownWord { field, .. }
            | Unreadable::WrongType { field, .. }
            | Unreadable::Value { field, .. }
            | Unreadable::Missing { inside: field, .. }
                if field.is_empty() =>
            {
                name.clone_into(field);
            }
            _ => {}
        }
        self
    }

    fn into_error(self) -> Error {
        let spot = self.spot.unwrap_or_default();
        spot.on(Error::new(*self.failure))
    }
}

impl From<Unreadable> for Refusal {
    fn from(failure: Unreadable) -> Refusal {
        Refusal { failure: Box::new(failure), spot: None }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.failure, f)
    }
}

impl std::error::Error for Refusal {}

impl de::Error for Refusal {
    fn custom<T: fmt::Display>(message: T) -> Refusal {
        let message = message.to_string();
        let (message, remedy) = match message.rsplit_once("; ") {
            Some((message, remedy)) => (message.to_owned(), Some(remedy.to_owned())),
            None => (message, None),
        };
        Unreadable::Value { field: String::new(), message, remedy }.into()
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Refusal {
        let expected = match expected.to_string() {
            kind if kind == "a string" => "a text in quotes".to_owned(),
            kind if kind == "a boolean" => "`true` or `false`".to_owned(),
            kind if kind == "a sequence" => "a list".to_owned(),
            kind if kind.starts_with("struct ") => "a table of named fields".to_owned(),
            kind if kind.len() <= 4 && kind.starts_with(['i', 'u']) => "a whole number".to_owned(),
            other => other,
        };
        Unreadable::WrongType { field: String::new(), found: found_words(found), expected }.into()
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn de::Expected) -> Refusal {
        Refusal::invalid_type(found, expected)
    }

    fn unknown_variant(value: &str, expected: &'static [&'static str]) -> Refusal {
        Unreadable::UnknownWord { field: String::new(), value: shown(value), expected }.into()
    }

    fn unknown_field(name: &str, expected: &'static [&'static str]) -> Refusal {
        Unreadable::UnknownField { name: shown(name), inside: None, expected }.into()
    }

    fn missing_field(field: &'static str) -> Refusal {
        Unreadable::Missing { field, inside: String::new() }.into()
    }
}

fn found_words(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(answer) => format!("`{answer}`"),
        Unexpected::Unsigned(number) => format!("the number {number}"),
        Unexpected::Signed(number) => format!("the number {number}"),
        Unexpected::Float(number) => format!("the number {number}"),
        Unexpected::Str(text) => format!("the text `{}`", shown(text)),
        Unexpected::Unit | Unexpected::Option => "empty".to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "a table".to_owned(),
        other => other.to_string(),
    }
}

/// A node as serde sees it; `inside` is the name of the field that it stands in.
#[derive(Clone, Copy)]
struct Taken<'a> {
    node: &'a Node,
    inside: &'a str,
}

impl<'de> Deserializer<'de> for Taken<'de> {
    type Error = Refusal;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match &self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(answer) => visitor.visit_bool(*answer),
            Value::Integer(number) => match u64::try_from(*number) {
                Ok(number) => visitor.visit_u64(number),
                Err(_) => visitor.visit_i64(*number),
            },
            Value::Float(number) => visitor.visit_f64(*number),
            Value::Text(text) => visitor.visit_borrowed_str(text),
            Value::List(nodes) => {
                visitor.visit_seq(Items { nodes: nodes.iter(), inside: self.inside })
            }
            Value::Table(entries) => visitor.visit_map(Entries {
                entries: entries.iter(),
                current: None,
                inside: self.inside,
            }),
        }
        .map_err(|refusal: Refusal| refusal.at(self.node.spot, self.inside))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self.node.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
        .map_err(|refusal: Refusal| refusal.at(self.node.spot, self.inside))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Items<'a> {
    nodes: std::slice::Iter<'a, Node>,
    inside: &'a str,
}

impl<'a> de::SeqAccess<'a> for Items<'a> {
    type Error = Refusal;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Refusal> {
        let Some(node) = self.nodes.next() else { return Ok(None) };
        seed.deserialize(Taken { node, inside: self.inside }).map(Some)
    }
}

struct Entries<'a> {
    entries: std::slice::Iter<'a, Entry>,
    current: Option<&'a Entry>,
    inside: &'a str,
}

impl<'a> de::MapAccess<'a> for Entries<'a> {
    type Error = Refusal;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Refusal> {
        self.current = self.entries.next();
        let Some(entry) = self.current else { return Ok(None) };
        let key = de::value::CowStrDeserializer::<Refusal>::new(Cow::Borrowed(entry.key.as_str()));
        seed.deserialize(key).map(Some).map_err(|refusal| {
            let mut refusal = refusal.at(entry.spot, &entry.key);
            if let Unreadable::UnknownField { inside, .. } = &mut *refusal.failure
                && inside.is_none()
                && !self.inside.is_empty()
            {
                *inside = Some(self.inside.to_owned());
            }
            refusal
        })
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Refusal> {
        match self.current.take() {
            Some(entry) => seed
                .deserialize(Taken { node: &entry.node, inside: &entry.key })
                .map_err(|refusal| refusal.at(entry.node.spot, &entry.key)),
            None => Err(de::Error::custom("a value without a key")),
        }
    }
}

/// The names of the fields of a record, as its `Deserialize` asks for them.
pub(crate) fn field_names<T: for<'a> Deserialize<'a>>() -> &'static [&'static str] {
    struct Names<'a>(&'a mut &'static [&'static str]);
    impl<'de> Deserializer<'de> for Names<'_> {
        type Error = Refusal;
        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Refusal> {
            Err(de::Error::custom("only the names are asked for"))
        }
        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            _: V,
        ) -> Result<V::Value, Refusal> {
            *self.0 = fields;
            Err(de::Error::custom("only the names are asked for"))
        }
        forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
            newtype_struct seq tuple tuple_struct map enum identifier ignored_any option
        }
    }
    let mut names: &'static [&'static str] = &[];
    let _ = T::deserialize(Names(&mut names));
    names
}
