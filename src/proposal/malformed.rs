//! Why a single value of a proposal cannot be taken as it stands.

use std::borrow::Cow;

pub(crate) use crate::error::shown;
use crate::error::{Class, Failure};

/// A value that does not follow its notation.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Malformed {
    #[error("`{value}` is not a {what}")]
    Word { what: &'static str, value: String, expected: &'static [&'static str] },
    #[error("`{0}` is not an ICS code")]
    IcsCode(String),
    #[error("`{0}` is not the name of a format")]
    Format(String),
}

impl Failure for Malformed {
    fn class(&self) -> Class {
        Class::Malformed
    }
    fn remedy(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Malformed::Word { value, expected, .. } => choose(value, expected).into(),
            Malformed::IcsCode(_) => "write it like `13`, `13.200` or `35.240.50`".into(),
            Malformed::Format(_) => {
                "use a file that ends in `.toml`, `.json`, `.yaml`, `.md`, `.txt` or `.docx`".into()
            }
        })
    }
}

/// The advice for a word that is not in a list: the nearest one where it is near, or else the list.
pub(crate) fn choose(written: &str, expected: &[&str]) -> String {
    match nearest(written, expected) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", listed(expected)),
    }
}

/// The word of the list that `written` was probably meant to be.
pub(crate) fn nearest<'a>(written: &str, expected: &[&'a str]) -> Option<&'a str> {
    let written: String = written.chars().take(60).flat_map(char::to_lowercase).collect();
    let written = written.replace(['-', ' '], "_");
    expected
        .iter()
        .map(|word| {
            (
                strsim::damerau_levenshtein(&written, word),
                strsim::jaro_winkler(&written, word),
                *word,
            )
        })
        // A third of the letters may be wrong, or the words begin alike for most of their length.
        .filter(|(distance, alike, word)| {
            distance * 3 <= word.chars().count().max(3) || *alike >= 0.88
        })
        .min_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)))
        .map(|(_, _, word)| word)
}

/// `` `a`, `b` or `c` ``
pub(crate) fn listed(words: &[&str]) -> String {
    let mut text = String::new();
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            text.push_str(if at + 1 == words.len() { " or " } else { ", " });
        }
        text.push('`');
        text.push_str(word);
        text.push('`');
    }
    text
}
