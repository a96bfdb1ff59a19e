//! A small model of a document: headings, paragraphs, lists, tables and fixed blocks, written as
//! Markdown, HTML or Word. Texts are escaped in the writers of this room and nowhere else.

mod edited;
mod html;
mod markdown;
#[cfg(feature = "docx")]
mod word;

pub(crate) use edited::{Marked, marked, text_of};
pub(crate) use html::escaped;
pub(crate) use markdown::plain;

use crate::error::Error;

/// A part of a document. Texts are plain: they are escaped when they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Block {
    /// A heading of a level from 1.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(String),
    /// A numbered list.
    Numbered(Vec<String>),
    /// A list.
    List(Vec<String>),
    /// Names with their values, such as the head of a paper.
    Fields(Vec<(String, String)>),
    /// A table: its head and its rows.
    Table(Vec<String>, Vec<Vec<String>>),
    /// A block that is the same wherever it stands, with its name and a mark of its content.
    Fixed(String, Vec<Block>),
}

impl Block {
    /// The same block with each of its texts put through `change`, in their order.
    pub(crate) fn map(&self, change: &mut impl FnMut(&str) -> String) -> Block {
        let mut all = |texts: &[String]| texts.iter().map(|text| change(text)).collect();
        match self {
            Block::Heading(level, text) => Block::Heading(*level, change(text)),
            Block::Paragraph(text) => Block::Paragraph(change(text)),
            Block::Numbered(texts) => Block::Numbered(all(texts)),
            Block::List(texts) => Block::List(all(texts)),
            Block::Fields(fields) => Block::Fields(
                fields.iter().map(|(name, value)| (change(name), change(value))).collect(),
            ),
            Block::Table(head, rows) => {
                Block::Table(all(head), rows.iter().map(|row| all(row)).collect())
            }
            Block::Fixed(name, inner) => {
                Block::Fixed(name.clone(), inner.iter().map(|block| block.map(change)).collect())
            }
        }
    }
}

/// A form in which a document is written.
///
/// ```
/// use spcg::document::Form;
///
/// assert_eq!(Form::of_name("tmb.docx"), Some(Form::Word));
/// assert_eq!(Form::Html.ending(), "html");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Form {
    /// Markdown (`.md`): the form that is agreed and signed.
    Markdown,
    /// A page (`.html`).
    Html,
    /// Word (`.docx`); needs the feature `docx`.
    Word,
}

impl Form {
    /// Every form.
    pub const ALL: [Form; 3] = [Form::Markdown, Form::Html, Form::Word];

    /// The ending of its files.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Form::Markdown => "md",
            Form::Html => "html",
            Form::Word => "docx",
        }
    }

    /// The form of a file of this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Form> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        Form::ALL.into_iter().find(|form| form.ending() == ending)
    }
}

/// A document.
///
/// ```
/// use spcg::document::{Block, Document};
///
/// let document = Document(vec![Block::Paragraph("1 < 2 | *plain*".into())]);
/// assert_eq!(document.to_markdown(), "1 \\< 2 \\| \\*plain\\*\n");
/// assert!(document.to_html().contains("<p>1 &lt; 2 | *plain*</p>"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document(pub Vec<Block>);

impl Document {
    /// Its Markdown form.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        markdown::write(&self.0)
    }

    /// Its HTML form: a whole page that needs nothing else.
    #[must_use]
    pub fn to_html(&self) -> String {
        html::write(self.title(), &self.0)
    }

    /// Its Word form, as bytes of a `.docx` file. The same document gives the same bytes. Fixed
    /// blocks are locked content controls with the name of the block as tag.
    ///
    /// ```
    /// use spcg::document::{Block, Document};
    ///
    /// let document = Document(vec![Block::Heading(1, "Spare parts".into())]);
    /// assert!(document.to_word()?.starts_with(b"PK"));
    /// # Ok::<(), spcg::Error>(())
    /// ```
    ///
    /// # Errors
    /// [too large](Error::is_too_large) when its text is beyond what such a file holds.
    #[cfg(feature = "docx")]
    pub fn to_word(&self) -> Result<Vec<u8>, Error> {
        word::write(self.title(), &self.0)
    }

    /// The bytes of a file in a form.
    ///
    /// # Errors
    /// [unsupported](Error::is_unsupported) for Word without the feature `docx`; else those of
    /// the form.
    pub fn to_bytes(&self, form: Form) -> Result<Vec<u8>, Error> {
        match form {
            Form::Markdown => Ok(self.to_markdown().into_bytes()),
            Form::Html => Ok(self.to_html().into_bytes()),
            #[cfg(feature = "docx")]
            Form::Word => self.to_word(),
            #[cfg(not(feature = "docx"))]
            Form::Word => Err(Error::new(edited::Unreadable::NoWord)),
        }
    }

    /// The first heading.
    fn title(&self) -> &str {
        let heading = |block: &Block| matches!(block, Block::Heading(..));
        match self.0.iter().find(|block| heading(block)) {
            Some(Block::Heading(_, text)) => text,
            _ => "",
        }
    }
}
