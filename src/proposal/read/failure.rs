//! Why a file cannot be read as a proposal.

use std::borrow::Cow;

use super::{Format, bounds};
use crate::error::{Class, Failure};
use crate::proposal::malformed::{listed, nearest};

/// The failures of the readers.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("the input is empty")]
    Empty,
    #[error("the input has more than {} MiB", .limit >> 20)]
    LargeFile { limit: u64 },
    #[error("the input cannot be read to its end: {0}")]
    Reading(#[source] std::io::Error),
    #[error("a text has {bytes} bytes, more than {} MiB", bounds::TEXT_BYTES >> 20)]
    LongText { bytes: usize },
    #[error("a list has {items} items, more than {}", bounds::ITEMS)]
    LongList { items: usize },
    #[error("the nesting is deeper than {} levels", bounds::DEPTH)]
    TooDeep,
    #[error("the input is binary, not text")]
    Binary,
    #[error("this is {0}, which is not read")]
    Foreign(&'static str),
    #[error("the text is not UTF-8")]
    Encoding,
    #[error("this is not {format}: {message}")]
    Syntax { format: Format, message: String },
    #[cfg(not(all(feature = "yaml", feature = "odt", feature = "web")))]
    #[error("this build does not read {0}")]
    NotBuilt(Format),
    #[error("`{key}` comes twice{}", if *first > 0 { format!(", first in line {first}") } else { String::new() })]
    Duplicate { key: String, first: usize },
    #[error("the {0} holds no proposal but {1}")]
    NotATable(Format, &'static str),
    #[error("unknown field `{name}`{}", .inside.as_ref().map_or(String::new(), |inside| format!(" in `{inside}`")))]
    UnknownField { name: String, inside: Option<String>, expected: &'static [&'static str] },
    #[error("`{field}` is `{value}`")]
    UnknownWord { field: String, value: String, expected: &'static [&'static str] },
    #[error("`{field}` is {found}")]
    WrongType { field: String, found: String, expected: String },
    #[error("`{inside}` has no `{field}`")]
    Missing { field: &'static str, inside: String },
    #[error("`{field}`: {message}")]
    Value { field: String, message: String, remedy: Option<String> },
    #[cfg(feature = "docx")]
    #[error("the archive has more than {limit} parts")]
    ManyParts { limit: usize },
    #[cfg(any(feature = "docx", feature = "web"))]
    #[error("the file unpacks to more than {} MiB, or to too many or too deep elements", .limit >> 20)]
    Expands { limit: u64 },
    #[error("{0} has no headings or labels of a proposal")]
    NoHeadings(Format),
    #[cfg(feature = "web")]
    #[error("the message has no text{}", if .0.is_empty() { String::new() } else { format!(", only attachments: {}", .0) })]
    NoText(String),
    #[error("this is no proposal: {0}")]
    NoProposal(String),
}

impl Failure for Unreadable {
    fn class(&self) -> Class {
        match self {
            Unreadable::LargeFile { .. }
            | Unreadable::LongText { .. }
            | Unreadable::LongList { .. }
            | Unreadable::TooDeep => Class::TooLarge,
            #[cfg(feature = "docx")]
            Unreadable::ManyParts { .. } => Class::TooLarge,
            #[cfg(any(feature = "docx", feature = "web"))]
            Unreadable::Expands { .. } => Class::TooLarge,
            #[cfg(feature = "web")]
            Unreadable::NoText(_) => Class::NotAProposal,
            #[cfg(not(all(feature = "yaml", feature = "odt", feature = "web")))]
            Unreadable::NotBuilt(_) => Class::Unsupported,
            Unreadable::Foreign(_) => Class::Unsupported,
            Unreadable::Reading(_) => Class::Io,
            Unreadable::NoHeadings(_) | Unreadable::NoProposal(_) => Class::NotAProposal,
            Unreadable::UnknownField { .. }
            | Unreadable::UnknownWord { .. }
            | Unreadable::WrongType { .. }
            | Unreadable::Missing { .. }
            | Unreadable::Value { .. } => Class::Invalid,
            _ => Class::Malformed,
        }
    }

    fn remedy(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Unreadable::Empty
            | Unreadable::NotATable(..)
            | Unreadable::NoHeadings(_)
            | Unreadable::NoProposal(_) => "write at least a `title` and a `scope`".into(),
            Unreadable::Reading(_) => "try again".into(),
            Unreadable::LargeFile { .. } => "leave out pictures and annexes".into(),
            #[cfg(feature = "docx")]
            Unreadable::ManyParts { .. } => "leave out pictures and annexes".into(),
            #[cfg(any(feature = "docx", feature = "web"))]
            Unreadable::Expands { .. } => "leave out pictures and annexes".into(),
            #[cfg(feature = "web")]
            Unreadable::NoText(_) => "save the attachment, and read that".into(),
            Unreadable::LongText { .. } => {
                "shorten it, or check for a quote that is not closed".into()
            }
            Unreadable::LongList { .. } => "shorten it".into(),
            Unreadable::TooDeep => {
                "write the fields as the documentation of `Proposal` shows them".into()
            }
            Unreadable::Foreign("a picture") => {
                "type its text into a `.md`, `.txt` or `.docx` file".into()
            }
            Unreadable::Foreign("a gzip archive" | "an archive") => {
                "unpack it, and read the files in it".into()
            }
            Unreadable::Foreign("an RTF file") => {
                "open it in a word processor and save it as `.docx` or `.odt`".into()
            }
            Unreadable::Binary | Unreadable::Foreign(_) => {
                "save it as `.docx` or `.odt`, or copy its text to a `.md`, `.txt` or `.toml` file"
                    .into()
            }
            Unreadable::Encoding => "save the file with the encoding UTF-8".into(),
            Unreadable::Syntax { format, .. } => match format {
                Format::Toml => "correct it; texts stand in quotes, as in `title = \"…\"`".into(),
                Format::Json => {
                    "correct it; keys and texts stand in double quotes, as in `\"title\": \"…\"`"
                        .into()
                }
                Format::Yaml => "correct it; put texts that hold `: ` or `#` in quotes".into(),
                _ => "save it again with a word processor".into(),
            },
            #[cfg(not(all(feature = "yaml", feature = "odt", feature = "web")))]
            Unreadable::NotBuilt(format) => {
                format!("build with the feature `{}`", format.feature()).into()
            }
            Unreadable::Duplicate { .. } => "keep one of the two".into(),
            Unreadable::UnknownField { name, expected, .. } => match nearest(name, expected) {
                Some(near) => format!("did you mean `{near}`?").into(),
                None => format!("the fields are {}", listed(expected)).into(),
            },
            Unreadable::UnknownWord { value, expected, .. } => {
                let near = nearest(value, expected)
                    .map_or(String::new(), |near| format!("did you mean `{near}`? "));
                format!("{near}write one of {}", listed(expected)).into()
            }
            Unreadable::WrongType { expected, .. } => format!("write {expected}").into(),
            Unreadable::Missing { field, .. } => format!("add `{field}`").into(),
            Unreadable::Value { remedy, .. } => return remedy.as_deref().map(Cow::Borrowed),
        })
    }
}
