//! Tables of a TOML file with their places.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::failure::Unusable;
use crate::error::Error;
use crate::proposal::malformed::shown;

/// The text of a file, for places.
pub(super) struct Source<'a>(pub(super) &'a str);

impl Source<'_> {
    /// A failure at a byte of the text.
    pub(super) fn error(&self, failure: Unusable, at: usize) -> Error {
        let before = &self.0.as_bytes()[..at.min(self.0.len())];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        Error::new(failure).at(line, column)
    }
}

/// A key of a table with its place, and its value.
pub(super) type Entry<'a> = (&'a str, usize, &'a Spanned<DeValue<'a>>);

/// A table of which every key is known.
pub(super) struct Table<'a> {
    source: &'a Source<'a>,
    /// What it is, for messages: `[rules.C03]`.
    pub(super) name: String,
    entries: &'a DeTable<'a>,
    pub(super) at: usize,
}

impl<'a> Table<'a> {
    /// A table whose keys must be among `expected`.
    pub(super) fn new(
        source: &'a Source<'a>,
        name: String,
        entries: &'a DeTable<'a>,
        at: usize,
        expected: &'static [&'static str],
    ) -> Result<Table<'a>, Error> {
        for key in entries.keys() {
            if !expected.contains(&key.get_ref().as_ref()) {
                let failure = Unusable::Key { key: shown(key.get_ref()), table: name, expected };
                return Err(source.error(failure, key.span().start));
            }
        }
        Ok(Table { source, name, entries, at })
    }

    pub(super) fn error(&self, failure: Unusable, at: usize) -> Error {
        self.source.error(failure, at)
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.entries.iter().find(|(name, _)| name.get_ref().as_ref() == key).map(|(_, value)| value)
    }

    /// The value of a key that must be there.
    pub(super) fn must<T>(&self, key: &'static str, value: Option<T>) -> Result<T, Error> {
        value
            .ok_or_else(|| self.error(Unusable::Missing { table: self.name.clone(), key }, self.at))
    }

    fn wrong(&self, key: &str, value: &Spanned<DeValue<'_>>, expected: &'static str) -> Error {
        let found = format!("a value of type {}", value.get_ref().type_str());
        self.error(Unusable::Type { key: key.to_owned(), found, expected }, value.span().start)
    }

    pub(super) fn text(&self, key: &str) -> Result<Option<String>, Error> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match value.get_ref().as_str() {
            Some(text) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
            None => Err(self.wrong(key, value, "a text in quotes")),
        }
    }

    pub(super) fn answer(&self, key: &str) -> Result<bool, Error> {
        let Some(value) = self.get(key) else { return Ok(false) };
        value.get_ref().as_bool().ok_or_else(|| self.wrong(key, value, "`true` or `false`"))
    }

    pub(super) fn length(&self, key: &str) -> Result<Option<usize>, Error> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match number(value.get_ref()) {
            Some(number) if number.fract() == 0.0 && (0.0..=1e6).contains(&number) =>
            {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "checked before"
                )]
                Ok(Some(number as usize))
            }
            _ => Err(self.wrong(key, value, "a whole number from 0 to 1000000")),
        }
    }

    pub(super) fn texts(&self, key: &str) -> Result<Vec<(String, usize)>, Error> {
        let Some(value) = self.get(key) else { return Ok(Vec::new()) };
        let expected = "a list of texts such as [\"a\", \"b\"]";
        let list = value.get_ref().as_array().ok_or_else(|| self.wrong(key, value, expected))?;
        list.iter()
            .map(|item| match item.get_ref().as_str() {
                Some(text) => Ok((text.trim().to_owned(), item.span().start)),
                None => Err(self.wrong(key, item, expected)),
            })
            .collect()
    }

    /// One of the words of a closed list.
    pub(super) fn word<T>(
        &self,
        key: &str,
        read: impl Fn(&str) -> Option<T>,
        expected: &'static [&'static str],
    ) -> Result<Option<T>, Error> {
        let Some(text) = self.text(key)? else { return Ok(None) };
        let at = self.get(key).map_or(self.at, |value| value.span().start);
        match read(&text) {
            Some(word) => Ok(Some(word)),
            None => Err(self
                .error(Unusable::Word { key: key.to_owned(), value: shown(&text), expected }, at)),
        }
    }

    /// A list of words of a closed list.
    pub(super) fn words<T>(
        &self,
        key: &str,
        read: impl Fn(&str) -> Option<T>,
        expected: &'static [&'static str],
    ) -> Result<Vec<T>, Error> {
        self.texts(key)?
            .into_iter()
            .map(|(text, at)| {
                read(&text).ok_or_else(|| {
                    self.error(
                        Unusable::Word { key: key.to_owned(), value: shown(&text), expected },
                        at,
                    )
                })
            })
            .collect()
    }

    /// The tables in a list of tables.
    pub(super) fn tables(
        &self,
        key: &str,
        expected: &'static [&'static str],
    ) -> Result<Vec<Table<'a>>, Error> {
        let Some(value) = self.get(key) else { return Ok(Vec::new()) };
        let list = value
            .get_ref()
            .as_array()
            .ok_or_else(|| self.wrong(key, value, "tables under [[…]]"))?;
        list.iter()
            .map(|item| {
                let entries = item
                    .get_ref()
                    .as_table()
                    .ok_or_else(|| self.wrong(key, item, "tables under [[…]]"))?;
                Table::new(self.source, format!("[[{key}]]"), entries, item.span().start, expected)
            })
            .collect()
    }

    /// The entries of a table with names of their own: name, its place, value.
    pub(super) fn entries(&self, key: &str) -> Result<Vec<Entry<'a>>, Error> {
        let Some(value) = self.get(key) else { return Ok(Vec::new()) };
        let table = value
            .get_ref()
            .as_table()
            .ok_or_else(|| self.wrong(key, value, "a table under […]"))?;
        Ok(table
            .iter()
            .map(|(name, value)| (name.get_ref().as_ref(), name.span().start, value))
            .collect())
    }

    /// One of [`entries`](Table::entries) as a table.
    pub(super) fn entry(
        &self,
        key: &str,
        (name, at, value): Entry<'a>,
        expected: &'static [&'static str],
    ) -> Result<Table<'a>, Error> {
        let entries = value
            .get_ref()
            .as_table()
            .ok_or_else(|| self.wrong(name, value, "a table under […]"))?;
        Table::new(self.source, format!("[{key}.{name}]"), entries, at, expected)
    }
}

/// A number, whole or not.
pub(super) fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(number) if number.radix() == 10 => {
            number.as_str().replace('_', "").parse().ok()
        }
        DeValue::Float(number) => {
            number.as_str().replace('_', "").parse().ok().filter(|number: &f64| number.is_finite())
        }
        _ => None,
    }
}
