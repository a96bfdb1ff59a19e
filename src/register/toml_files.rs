//! Files of a register in TOML: what is wrong in them is told with its place, an unfinished merge
//! by its name.

use std::path::Path;

use serde::de::DeserializeOwned;

use super::failure::damaged;
use crate::error::Error;
use crate::files;

/// A text in TOML. `what` says what it is not, where it cannot be read: `not an event`.
///
/// # Errors
/// [malformed](Error::is_malformed) with line and column.
pub(crate) fn parsed<T: DeserializeOwned>(
    text: &str,
    what: &str,
    remedy: &'static str,
) -> Result<T, Error> {
    if let Some(at) = text.lines().position(|line| line.starts_with("<<<<<<<")) {
        return Err(damaged(
            "marks of an unfinished merge",
            "take one of the two sides; an event is never put together out of both",
        )
        .at(at + 1, 1));
    }
    toml::from_str(text).map_err(|source| {
        let error = damaged(format!("{what}: {}", source.message()), remedy);
        let Some(span) = source.span() else { return error };
        let before = text.get(..span.start).unwrap_or(text);
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        error.at(before.matches('\n').count() + 1, column)
    })
}

/// A file in TOML that people edit.
///
/// # Errors
/// [malformed](Error::is_malformed) with path and place; those of reading a file.
pub(crate) fn read<T: DeserializeOwned>(path: &Path, limit: u64) -> Result<T, Error> {
    let text = files::read_text(path, limit)?;
    parsed(&text, "the file cannot be read", "correct the field")
        .map_err(|error| error.at_path(path))
}
