//! Documents as HTML.

use std::fmt::Write as _;

use super::Block;
use super::markdown::{self, mark_of};
use crate::text::display::one_line;

/// How a page looks: it needs no other file.
const STYLE: &str = "body{font:1rem/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}\
table{border-collapse:collapse}th,td{border:1px solid #888;padding:.3rem .6rem;text-align:left;\
vertical-align:top}dt{font-weight:bold}";

pub(super) fn write(title: &str, blocks: &[Block]) -> String {
    let title = escaped(title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">\
         <title>{title}</title><style>{STYLE}</style></head>\n<body>\n"
    );
    body(blocks, &mut out);
    out.push_str("</body>\n</html>\n");
    out
}

/// Text as it stands between tags and in values of attributes.
pub(crate) fn escaped(text: &str) -> String {
    let text = one_line(text).replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

fn body(blocks: &[Block], out: &mut String) {
    let cells = |tag: &str, cells: &[String]| {
        let cells: String =
            cells.iter().map(|one| format!("<{tag}>{}</{tag}>", escaped(one))).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let items = |tag: &str, items: &[String]| {
        let items: String =
            items.iter().map(|one| format!("<li>{}</li>\n", escaped(one))).collect();
        format!("<{tag}>\n{items}</{tag}>\n")
    };
    for block in blocks {
        match block {
            Block::Heading(level, text) => {
                let level = (*level).clamp(1, 6);
                let _ = writeln!(out, "<h{level}>{}</h{level}>", escaped(text));
            }
            Block::Paragraph(text) => {
                let _ = writeln!(out, "<p>{}</p>", escaped(text));
            }
            Block::Numbered(list) => out.push_str(&items("ol", list)),
            Block::List(list) => out.push_str(&items("ul", list)),
            Block::Fields(fields) => {
                out.push_str("<dl>\n");
                for (name, value) in fields {
                    let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", escaped(name), escaped(value));
                }
                out.push_str("</dl>\n");
            }
            Block::Table(head, rows) => {
                out.push_str("<table>\n");
                out.push_str(&cells("th", head));
                rows.iter().for_each(|row| out.push_str(&cells("td", row)));
                out.push_str("</table>\n");
            }
            Block::Fixed(name, inner) => {
                let mark = mark_of(&markdown::write(inner));
                let name = escaped(name);
                let _ = writeln!(out, "<section data-spcg=\"{name}\" data-mark=\"{mark}\">");
                body(inner, out);
                out.push_str("</section>\n");
            }
        }
    }
}
