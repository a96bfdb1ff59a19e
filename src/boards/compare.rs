//! Whether edited reports still say the same.

use std::fmt;

use super::{Record, Translation};
use crate::document::{Document, Form, Marked, marked};
use crate::error::Error;

/// How one fixed block of one file compares with the record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Comparison {
    /// The file.
    pub file: String,
    /// The block.
    pub block: String,
    /// `equal`, `differs`, `missing`, `twice` or `unknown`.
    pub result: &'static str,
    /// Where it differs: the line of the record and that of the file.
    pub lines: Option<(String, String)>,
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.block, self.result)?;
        if let Some((record, file)) = &self.lines {
            write!(f, "\n  record: {record}\n  file:   {file}")?;
        }
        Ok(())
    }
}

/// Compares files, as they were edited, with the record, block by block. Their names tell their
/// form: Markdown, HTML or Word. White space does not count. A file in another language is compared
/// with the translation of the record, which tells the same references, numbers and days.
///
/// # Errors
/// [malformed](Error::is_malformed) when a file cannot be read in its form.
pub fn compare(record: &Record, files: &[(&str, &[u8])]) -> Result<Vec<Comparison>, Error> {
    let mut all = Vec::new();
    for file in files {
        let translation = language_of(record, file)?;
        all.extend(compare_with(&Document(record.fixed(translation)), &[*file])?);
    }
    Ok(all)
}

/// The translation that a file has, by the language that its marks name.
fn language_of<'a>(
    record: &'a Record,
    (file, bytes): &(&str, &[u8]),
) -> Result<Option<&'a Translation>, Error> {
    if record.translations.is_empty() {
        return Ok(None);
    }
    let form = Form::of_name(file).unwrap_or(Form::Markdown);
    let found = marked(form, bytes).map_err(|error| error.at_path(*file))?;
    let language = found.iter().find_map(|one| one.name.split_once('.'));
    Ok(language.and_then(|(_, language)| record.translation(language)))
}

/// The same for any document with fixed blocks.
pub(crate) fn compare_with(
    fixed: &Document,
    files: &[(&str, &[u8])],
) -> Result<Vec<Comparison>, Error> {
    let mut all = Vec::new();
    for (file, bytes) in files {
        let form = Form::of_name(file).unwrap_or(Form::Markdown);
        let expected = marked(form, &fixed.to_bytes(form)?)?;
        let found = marked(form, bytes).map_err(|error| error.at_path(*file))?;
        let one = |block: &str, result, lines| Comparison {
            file: (*file).to_owned(),
            block: block.to_owned(),
            result,
            lines,
        };
        for Marked { name, lines: content } in &expected {
            let same: Vec<&Vec<String>> =
                found.iter().filter(|one| one.name == *name).map(|one| &one.lines).collect();
            all.push(match same[..] {
                [] => one(name, "missing", None),
                [lines] if lines.join(" ") == content.join(" ") => one(name, "equal", None),
                [lines] => one(name, "differs", first_difference(content, lines)),
                _ => one(name, "twice", None),
            });
        }
        for Marked { name, .. } in &found {
            if !expected.iter().any(|one| one.name == *name) {
                all.push(one(name, "unknown", None));
            }
        }
    }
    Ok(all)
}

fn first_difference(record: &[String], file: &[String]) -> Option<(String, String)> {
    let longest = record.len().max(file.len());
    let line = |lines: &[String], at: usize| lines.get(at).cloned().unwrap_or_default();
    let mut pairs = (0..longest).map(|at| (line(record, at), line(file, at)));
    pairs.find(|(one, other)| one != other)
}
