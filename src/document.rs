//! A small model of a document: headings, paragraphs, lists, tables and fixed blocks, written as
//! Markdown or HTML. Texts are escaped here and nowhere else.

use std::fmt::Write as _;

/// A part of a document. Texts are plain: they are escaped when they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading of a level from 1.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(String),
    /// A numbered list.
    Numbered(Vec<String>),
    /// A list.
    List(Vec<String>),
    /// A table: its head and its rows.
    Table(Vec<String>, Vec<Vec<String>>),
    /// A block that is the same wherever it stands, with its name and a mark of its content.
    Fixed(String, Vec<Block>),
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
        markdown(&self.0)
    }

    /// Its HTML form: a whole page.
    #[must_use]
    pub fn to_html(&self) -> String {
        let mut out = String::from("<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">\n");
        html(&self.0, &mut out);
        out.push_str("</html>\n");
        out
    }
}

/// Control characters and those that turn the direction of a text are made visible.
fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => {
                '\u{fffd}'
            }
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '!') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn escaped_html(text: &str) -> String {
    let text = visible(text).replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

fn markdown(blocks: &[Block]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for block in blocks {
        parts.push(match block {
            Block::Heading(level, text) => {
                format!("{} {}\n", "#".repeat(usize::from(*level).clamp(1, 6)), escaped(text))
            }
            Block::Paragraph(text) => format!("{}\n", escaped(text)),
            Block::Numbered(items) => (1..)
                .zip(items)
                .fold(String::new(), |all, (n, item)| format!("{all}{n}. {}\n", escaped(item))),
            Block::List(items) => {
                items.iter().fold(String::new(), |all, item| format!("{all}- {}\n", escaped(item)))
            }
            Block::Table(head, rows) => {
                let row = |cells: &[String]| {
                    let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
                    format!("| {} |\n", cells.join(" | "))
                };
                let mut table = row(head);
                let _ = writeln!(table, "|{}", " --- |".repeat(head.len()));
                rows.iter().for_each(|cells| table.push_str(&row(cells)));
                table
            }
            Block::Fixed(name, inner) => {
                let inner = markdown(inner);
                let mark = mark_of(&inner);
                format!("<!-- spcg {name} begin {mark} -->\n\n{inner}\n<!-- spcg {name} end -->\n")
            }
        });
    }
    parts.join("\n")
}

/// The mark of a text: a hash over it with its white space folded.
pub(crate) fn mark_of(text: &str) -> String {
    let folded: Vec<&str> = text.split_whitespace().collect();
    crate::register::sha(folded.join(" ").as_bytes())[..16].to_owned()
}

fn html(blocks: &[Block], out: &mut String) {
    let cells = |tag: &str, cells: &[String]| {
        let cells: String =
            cells.iter().map(|one| format!("<{tag}>{}</{tag}>", escaped_html(one))).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let items = |tag: &str, items: &[String]| {
        let items: String =
            items.iter().map(|one| format!("<li>{}</li>\n", escaped_html(one))).collect();
        format!("<{tag}>\n{items}</{tag}>\n")
    };
    for block in blocks {
        match block {
            Block::Heading(level, text) => {
                let level = (*level).clamp(1, 6);
                let _ = writeln!(out, "<h{level}>{}</h{level}>", escaped_html(text));
            }
            Block::Paragraph(text) => {
                let _ = writeln!(out, "<p>{}</p>", escaped_html(text));
            }
            Block::Numbered(list) => out.push_str(&items("ol", list)),
            Block::List(list) => out.push_str(&items("ul", list)),
            Block::Table(head, rows) => {
                out.push_str("<table>\n");
                out.push_str(&cells("th", head));
                rows.iter().for_each(|row| out.push_str(&cells("td", row)));
                out.push_str("</table>\n");
            }
            Block::Fixed(name, inner) => {
                let mark = mark_of(&markdown(inner));
                let name = escaped_html(name);
                let _ = writeln!(out, "<section data-spcg=\"{name}\" data-mark=\"{mark}\">");
                html(inner, out);
                out.push_str("</section>\n");
            }
        }
    }
}
