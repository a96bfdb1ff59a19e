//! The fixed blocks of a document as people have edited its file.

use std::borrow::Cow;

use super::{Form, plain};
use crate::error::{Class, Error, Failure};

#[derive(Debug, thiserror::Error)]
pub(super) enum Unreadable {
    #[error("Word files need the feature `docx`")]
    #[cfg(not(feature = "docx"))]
    NoWord,
    #[error("the text is longer than a Word file may be")]
    #[cfg(feature = "docx")]
    TooLong,
    #[error("the text is not UTF-8")]
    Encoding,
}

impl Failure for Unreadable {
    fn class(&self) -> Class {
        match self {
            #[cfg(not(feature = "docx"))]
            Unreadable::NoWord => Class::Unsupported,
            #[cfg(feature = "docx")]
            Unreadable::TooLong => Class::TooLarge,
            Unreadable::Encoding => Class::Malformed,
        }
    }

    fn remedy(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            #[cfg(not(feature = "docx"))]
            Unreadable::NoWord => "build with the feature, or use Markdown".into(),
            #[cfg(feature = "docx")]
            Unreadable::TooLong => "shorten it".into(),
            Unreadable::Encoding => "save the file with the encoding UTF-8".into(),
        })
    }
}

/// A fixed block that was found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    /// Its name.
    pub(crate) name: String,
    /// Its lines, as people read them, with white space folded.
    pub(crate) lines: Vec<String>,
}

/// The fixed blocks of a file, in its order. One whose end is missing is none.
///
/// # Errors
/// [malformed](Error::is_malformed) when the file is not of the form.
pub(crate) fn marked(form: Form, bytes: &[u8]) -> Result<Vec<Marked>, Error> {
    match form {
        Form::Markdown => Ok(of_markdown(text(bytes)?)),
        Form::Html => Ok(of_html(text(bytes)?)),
        #[cfg(feature = "docx")]
        Form::Word => {
            let controls = crate::proposal::controls(bytes)?;
            let ours = controls.into_iter().filter_map(|(tag, lines)| {
                let name = tag.strip_prefix("spcg ")?.split_whitespace().next()?.to_owned();
                Some(Marked { name, lines })
            });
            Ok(ours.collect())
        }
        #[cfg(not(feature = "docx"))]
        Form::Word => Err(Error::new(Unreadable::NoWord)),
    }
}

/// The text of a file as Markdown that says the same: a paragraph of a page or of a Word file is a
/// line, with a blank one behind it.
///
/// # Errors
/// [malformed](Error::is_malformed) when the file is not of the form.
pub(crate) fn text_of(form: Form, bytes: &[u8]) -> Result<String, Error> {
    match form {
        Form::Markdown => Ok(text(bytes)?.to_owned()),
        Form::Html => {
            // What stands before the body is not read by people.
            let page = text(bytes)?;
            let body = page.find("<body").map_or(page, |at| &page[at..]);
            Ok(lines_of_html(body).join("\n\n"))
        }
        #[cfg(feature = "docx")]
        Form::Word => Ok(crate::proposal::paragraphs_of(bytes)?.join("\n\n")),
        #[cfg(not(feature = "docx"))]
        Form::Word => Err(Error::new(Unreadable::NoWord)),
    }
}

fn text(bytes: &[u8]) -> Result<&str, Error> {
    let text = std::str::from_utf8(bytes).map_err(|_| Error::new(Unreadable::Encoding))?;
    Ok(text.trim_start_matches('\u{feff}'))
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn of_markdown(text: &str) -> Vec<Marked> {
    let mut all = Vec::new();
    let mut open: Option<Marked> = None;
    for line in text.lines().map(str::trim) {
        let mark = line.strip_prefix("<!-- spcg ").and_then(|rest| rest.strip_suffix("-->"));
        let words: Vec<&str> = mark.unwrap_or("").split_whitespace().collect();
        match (words.as_slice(), &mut open) {
            ([name, "begin", ..], _) => {
                open = Some(Marked { name: (*name).to_owned(), lines: Vec::new() });
            }
            ([name, "end"], Some(begun)) if begun.name == *name => all.extend(open.take()),
            (_, Some(begun)) if !line.is_empty() => begun.lines.push(folded(&plain(line))),
            _ => {}
        }
    }
    all
}

/// Sections with their names; what they hold is told apart by its tags.
fn of_html(text: &str) -> Vec<Marked> {
    const BEGIN: &str = "<section data-spcg=\"";
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(BEGIN) {
        rest = &rest[at + BEGIN.len()..];
        // No further than the next one: each part of the page is looked at once.
        let own = &rest[..rest.find(BEGIN).unwrap_or(rest.len())];
        let (Some(name_ends), Some(tag_ends)) = (own.find('"'), own.find('>')) else { continue };
        let (name, inner) = (rest.get(..name_ends), &rest[tag_ends + 1..]);
        let next = inner.find(BEGIN).unwrap_or(inner.len());
        let Some(end) = inner[..next].find("</section>") else { continue };
        if let Some(name) = name.filter(|_| name_ends < tag_ends) {
            all.push(Marked { name: name.to_owned(), lines: lines_of_html(&inner[..end]) });
        }
        rest = &inner[end..];
    }
    all
}

fn lines_of_html(inner: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut tag: Option<String> = None;
    for c in inner.chars() {
        match (&mut tag, c) {
            (None, '<') => tag = Some(String::new()),
            (None, c) => lines.last_mut().into_iter().for_each(|line| line.push(c)),
            (Some(name), '>') => {
                // Only what stands within a line leaves it whole.
                let name = name.trim_start_matches('/').split_whitespace().next().unwrap_or("");
                if !matches!(name, "b" | "i" | "em" | "strong" | "span" | "a" | "u" | "code") {
                    lines.push(String::new());
                }
                tag = None;
            }
            (Some(name), c) => name.push(c),
        }
    }
    let unescaped = |line: &str| {
        let line = line.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        folded(&line.replace("&#39;", "'").replace("&nbsp;", " ").replace("&amp;", "&"))
    };
    lines.iter().map(|line| unescaped(line)).filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Block, Document};
    use super::*;

    fn document() -> Document {
        Document(vec![
            Block::Heading(1, "A report".into()),
            Block::Fixed(
                "F1".into(),
                vec![
                    Block::Heading(2, "Meetings".into()),
                    Block::List(vec!["One, of 3 < 4 days.".into(), "- Two & a half.".into()]),
                ],
            ),
            Block::Paragraph("Free words.".into()),
            Block::Fixed(
                "F2".into(),
                vec![
                    Block::Table(vec!["Case".into()], vec![vec!["«Lamps», 1. draft".into()]]),
                    Block::Numbered(vec!["First *thing*.".into()]),
                    Block::Fields(vec![("Day".into(), "1 May 2031".into())]),
                ],
            ),
        ])
    }

    #[test]
    fn every_form_gives_its_fixed_blocks_back() {
        for form in Form::ALL {
            let bytes = document().to_bytes(form).unwrap();
            assert_eq!(bytes, document().to_bytes(form).unwrap(), "{form:?}");
            let found = marked(form, &bytes).unwrap();
            let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
            assert_eq!(names, ["F1", "F2"], "{form:?}");
            assert_eq!(found[0].lines, ["Meetings", "One, of 3 < 4 days.", "- Two & a half."]);
            let second = found[1].lines.join(" ");
            assert!(second.contains("«Lamps», 1. draft"), "{form:?}: {second}");
            assert!(second.contains("First *thing*."), "{form:?}: {second}");
        }
    }

    #[test]
    fn a_block_without_its_end_is_none() {
        let page = document().to_html().replacen("</section>", "", 1);
        let names: Vec<String> = of_html(&page).into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["F2"]);
        let text = document().to_markdown().replacen("<!-- spcg F1 end -->", "", 1);
        let names: Vec<String> = of_markdown(&text).into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["F2"]);
        assert!(marked(Form::Word, b"PK\x03\x04 and no archive").unwrap_err().is_malformed());
        assert!(marked(Form::Html, b"\xff").unwrap_err().is_malformed());
    }
}
