//! The short forms that files may use: a text instead of a table, one item instead of a list,
//! `true` instead of `{ considered = true }`.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::{Deserialize, Deserializer, de};

use super::{Answer, Body, IcsCode};
use crate::error::Error;

/// A part that can also be told in one text.
pub(crate) trait Short: Sized {
    /// Whether the short form is the only one.
    const IS_TEXT: bool = false;
    /// What a file may hold here, for messages.
    const EXPECTED: &'static str;
    /// Reads the text; an answer in words (`no, because …`) is understood where it can be.
    ///
    /// # Errors
    /// For values that have a notation of their own.
    fn from_text(text: &str) -> Result<Self, Error>;
    /// Where a list is told in one text: its items.
    fn split(text: &str) -> Vec<&str> {
        lines(text)
    }
    /// The items that one item of a list tells, such as `ISO/TCs 8 and 67`.
    fn parted(self) -> Vec<Self> {
        vec![self]
    }
    /// True for an item that says that there is none: a list of it is empty.
    fn says_none(&self) -> bool {
        false
    }
    /// Reads `true` or `false`, where that means something.
    fn from_answer(_answer: bool) -> Option<Self> {
        None
    }
}

/// A part in its short or its full form.
pub(crate) struct Lenient<T>(pub(crate) T);

impl<'de, T: Short + Deserialize<'de>> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Lenient<T>, D::Error> {
        deserializer.deserialize_any(PartVisitor(PhantomData)).map(Lenient)
    }
}

struct PartVisitor<T>(PhantomData<T>);

impl<'de, T: Short + Deserialize<'de>> de::Visitor<'de> for PartVisitor<T> {
    type Value = T;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        T::from_text(&tidy(text)).map_err(E::custom)
    }
    fn visit_bool<E: de::Error>(self, answer: bool) -> Result<T, E> {
        T::from_answer(answer).ok_or_else(|| E::invalid_type(de::Unexpected::Bool(answer), &self))
    }
    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}

struct OptionalVisitor<T>(PhantomData<T>);

impl<'de, T: Short + Deserialize<'de>> de::Visitor<'de> for OptionalVisitor<T> {
    type Value = Option<T>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }
    fn visit_unit<E: de::Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }
    fn visit_none<E: de::Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_any(self)
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Option<T>, E> {
        let text = tidy(text);
        (!text.is_empty()).then(|| T::from_text(&text).map_err(E::custom)).transpose()
    }
    fn visit_bool<E: de::Error>(self, answer: bool) -> Result<Option<T>, E> {
        PartVisitor(PhantomData).visit_bool(answer).map(Some)
    }
    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Option<T>, A::Error> {
        PartVisitor(PhantomData).visit_map(map).map(Some)
    }
}

/// A part that may be missing, in its short or its full form.
pub(crate) fn optional<'de, D: Deserializer<'de>, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Short + Deserialize<'de>,
{
    deserializer.deserialize_any(OptionalVisitor(PhantomData))
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Short + Deserialize<'de>> de::Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list, each item {}", T::EXPECTED)
    }
    fn visit_unit<E: de::Error>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }
    fn visit_none<E: de::Error>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_any(self)
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<T>, E> {
        let text = tidy(text);
        T::split(&text)
            .into_iter()
            .map(str::trim)
            .filter(|item| !item.is_empty() && Answer::of(item) != Answer::None)
            .map(|item| Lenient::deserialize(StrDeserializer::new(item)).map(|Lenient(item)| item))
            .map(|item| item.map(T::parted))
            .collect::<Result<Vec<_>, E>>()
            .map(|parts| parts.into_iter().flatten().collect())
    }
    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Vec<T>, A::Error> {
        if T::IS_TEXT {
            return Err(de::Error::invalid_type(de::Unexpected::Map, &self));
        }
        Ok(vec![T::deserialize(MapAccessDeserializer::new(map))?])
    }
    fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(Lenient::<T>(item)) = items.next_element()? {
            if !item.says_none() {
                list.extend(item.parted());
            }
        }
        Ok(list)
    }
}

/// A list, or its only item, or a text that tells the items.
pub(crate) fn list<'de, D: Deserializer<'de>, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    T: Short + Deserialize<'de>,
{
    deserializer.deserialize_any(ListVisitor(PhantomData))
}

/// One of the forms of a value that are read by their text alone, and that a list may hold.
macro_rules! short_by_text {
    ($type:ty, $expected:literal, $read:expr, $split:expr) => {
        impl Short for $type {
            const IS_TEXT: bool = true;
            const EXPECTED: &'static str = $expected;
            fn from_text(text: &str) -> Result<Self, Error> {
                $read(text)
            }
            fn split(text: &str) -> Vec<&str> {
                $split(text)
            }
        }
    };
}

short_by_text!(String, "a text in quotes", |text: &str| Ok(text.to_owned()), lines);
impl Short for Body {
    const IS_TEXT: bool = true;
    const EXPECTED: &'static str = "a committee in quotes such as \"ISO/TC 262\"";
    fn from_text(text: &str) -> Result<Body, Error> {
        Ok(Body::new(text))
    }
    fn split(text: &str) -> Vec<&str> {
        items(text)
    }
    fn parted(self) -> Vec<Body> {
        Body::parted(self)
    }
}
short_by_text!(IcsCode, "a code in quotes such as \"13.200\"", str::parse, codes);

/// Codes told in one text: `13.200 and 35.240.50`.
fn codes(text: &str) -> Vec<&str> {
    items(text).into_iter().flat_map(|item| item.split(" and ")).collect()
}

struct TextVisitor;

impl<'de> de::Visitor<'de> for TextVisitor {
    type Value = Option<String>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text in quotes")
    }
    fn visit_unit<E: de::Error>(self) -> Result<Option<String>, E> {
        Ok(None)
    }
    fn visit_none<E: de::Error>(self) -> Result<Option<String>, E> {
        Ok(None)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<String>, D::Error> {
        deserializer.deserialize_any(self)
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Option<String>, E> {
        let text = tidy(text);
        Ok((!text.is_empty()).then_some(text))
    }
}

/// A text without the white space around it; one that is blank is missing.
pub(crate) fn optional_text<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    deserializer.deserialize_any(TextVisitor)
}

/// A text without the white space around it.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(optional_text(deserializer)?.unwrap_or_default())
}

/// A value that is read by its own rule, and is missing where its text is blank.
pub(crate) fn unless_blank<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    struct Visitor<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>> de::Visitor<'de> for Visitor<T> {
        type Value = Option<T>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text in quotes")
        }
        fn visit_unit<E: de::Error>(self) -> Result<Option<T>, E> {
            Ok(None)
        }
        fn visit_none<E: de::Error>(self) -> Result<Option<T>, E> {
            Ok(None)
        }
        fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
            deserializer.deserialize_any(self)
        }
        fn visit_str<E: de::Error>(self, text: &str) -> Result<Option<T>, E> {
            match text.trim() {
                "" => Ok(None),
                text => T::deserialize(StrDeserializer::new(text)).map(Some),
            }
        }
        fn visit_u64<E: de::Error>(self, number: u64) -> Result<Option<T>, E> {
            T::deserialize(de::value::U64Deserializer::new(number)).map(Some)
        }
        fn visit_i64<E: de::Error>(self, number: i64) -> Result<Option<T>, E> {
            T::deserialize(de::value::I64Deserializer::new(number)).map(Some)
        }
    }
    deserializer.deserialize_any(Visitor(PhantomData))
}

/// Line ends as `\n`, and no white space around the text.
pub(crate) fn tidy(text: &str) -> String {
    let text = text.trim();
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}

/// A list told in lines.
pub(crate) fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

/// The pieces of a record that is told in one text: `IEC: webstore, 2024-05, nothing found`. A
/// comma parts where a blank follows, a colon only after the first words.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let head = text.find(": ").filter(|at| !text[..*at].contains([',', ';']));
    let (first, rest) = head.map_or(("", text), |at| (&text[..at], &text[at + 2..]));
    let parts = rest.split("; ").flat_map(|part| part.split(", "));
    std::iter::once(first).chain(parts).map(str::trim).filter(|piece| !piece.is_empty())
}

/// A list told in lines or parted by semicolons.
pub(crate) fn lines_and_semicolons(text: &str) -> Vec<&str> {
    text.split(['\n', ';']).collect()
}

/// The pieces between commas that stand outside parentheses; the last two may be joined by «and».
pub(crate) fn outer_commas(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut from, mut depth) = (0, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                pieces.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(&text[from..]);
    if pieces.len() > 1
        && let Some(last) = pieces.pop()
    {
        match last.trim_start().strip_prefix("and ") {
            Some(rest) => pieces.push(rest),
            None => pieces.extend(last.split(" and ")),
        }
    }
    pieces
}

/// A list of short things told in lines, or parted by semicolons or commas.
pub(crate) fn items(text: &str) -> Vec<&str> {
    text.split(['\n', ';', ',']).collect()
}

/// An answer at the beginning of a text, and what follows it: `No, because …`.
pub(crate) fn answer(text: &str) -> Option<(bool, &str)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let answer = match text[..end].to_lowercase().as_str() {
        "yes" | "true" => true,
        "no" | "none" | "false" | "not" => false,
        _ => return None,
    };
    // «No known patents» and «None known» are answers as a whole: nothing of them is dropped.
    let rest = text[end..].trim_start_matches([',', '.', ':', ';', '-', '–', '—', ' ', '\n']);
    let cut =
        text[end..].trim_start_matches(' ').starts_with([',', '.', ':', ';', '-', '–', '—', '\n']);
    Some((
        answer,
        if rest.is_empty() {
            ""
        } else if cut {
            rest
        } else {
            text
        },
    ))
}

#[cfg(feature = "schema")]
mod schema {
    use super::{Lenient, Short};
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    impl<T: Short + JsonSchema> JsonSchema for Lenient<T> {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            format!("{}OrShort", T::schema_name()).into()
        }
        fn inline_schema() -> bool {
            true
        }
        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let full = generator.subschema_for::<T>();
            if T::IS_TEXT {
                return full;
            }
            let mut forms = vec![full.to_value(), serde_json::json!({ "type": "string" })];
            if T::from_answer(true).is_some() {
                forms.push(serde_json::json!({ "type": "boolean" }));
            }
            json_schema!({ "anyOf": forms })
        }
    }

    /// A list, or its items in one text.
    pub(crate) struct LenientList<T>(std::marker::PhantomData<T>);

    impl<T: Short + JsonSchema> JsonSchema for LenientList<T> {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            format!("ListOf{}", T::schema_name()).into()
        }
        fn inline_schema() -> bool {
            true
        }
        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let item = generator.subschema_for::<Lenient<T>>();
            json_schema!({ "anyOf": [{ "type": "array", "items": item }, { "type": "string" }] })
        }
    }
}
#[cfg(feature = "schema")]
pub(crate) use schema::LenientList;
