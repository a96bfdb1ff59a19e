//! Documents as Markdown.

use super::Block;
use crate::text::display::{NOTHING, markdown as escaped};

pub(super) fn write(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect::<Vec<_>>().join("\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(level, text) => {
            let marks = "#".repeat(usize::from(*level).clamp(1, 6));
            format!("{marks} {}\n", heading(text))
        }
        Block::Paragraph(text) => format!("{}\n", escaped(text)),
        Block::Numbered(items) => (1..)
            .zip(items)
            .map(|(number, item)| format!("{number}. {}\n", escaped(item)))
            .collect(),
        Block::List(items) => items.iter().map(|item| format!("- {}\n", escaped(item))).collect(),
        Block::Fields(fields) => fields
            .iter()
            .map(|(name, value)| format!("- **{}:** {}\n", escaped(name), escaped(value)))
            .collect(),
        Block::Table(head, rows) => {
            let row = |cells: &[String]| {
                let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
                format!("| {} |\n", cells.join(" | "))
            };
            let line = format!("|{}\n", " --- |".repeat(head.len()));
            let rows: String = rows.iter().map(|cells| row(cells)).collect();
            format!("{}{line}{rows}", row(head))
        }
        Block::Fixed(name, inner) => {
            let inner = write(inner);
            let mark = mark_of(&inner);
            format!("<!-- spcg {name} begin {mark} -->\n\n{inner}\n<!-- spcg {name} end -->\n")
        }
    }
}

/// The mark of a text: a hash over it with its white space folded.
pub(crate) fn mark_of(text: &str) -> String {
    let folded: Vec<&str> = text.split_whitespace().collect();
    crate::register::sha(folded.join(" ").as_bytes())[..16].to_owned()
}

/// The text of a heading: a number at its beginning is no list there.
fn heading(text: &str) -> String {
    let text = escaped(text);
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    match text[digits..].strip_prefix("\\.") {
        Some(rest) if digits > 0 => format!("{}.{rest}", &text[..digits]),
        _ => text,
    }
}

/// A line of Markdown as people read it: without marks of headings, lists and escapes.
pub(crate) fn plain(line: &str) -> String {
    let line = line.replace(NOTHING, "");
    let line = line.trim().trim_start_matches('#').trim_start();
    let line = line.strip_prefix("- ").or_else(|| line.strip_prefix("+ ")).unwrap_or(line);
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let numbered = if digits > 0 { line[digits..].strip_prefix(". ") } else { None };
    let line = numbered.unwrap_or(line);
    let mut out = String::with_capacity(line.len());
    let mut escaped = false;
    for c in line.chars() {
        if !escaped && c == '\\' {
            escaped = true;
            continue;
        }
        if escaped && !c.is_ascii_punctuation() {
            out.push('\\');
        }
        escaped = false;
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_looks_like_a_part_of_a_page_is_none() {
        assert_eq!(escaped("1. Scope"), "1\\. Scope");
        assert_eq!(escaped("2031 was"), "2031 was");
        assert_eq!(heading("2.2 Plan"), "2.2 Plan");
        assert_eq!(escaped("- no list"), "\\- no list");
        assert_eq!(escaped("# no heading"), "\\# no heading");
        assert_eq!(escaped("a &lt; b & c"), "a \\&lt; b & c");
        assert_eq!(escaped("well-known = 3"), "well-known = 3");
    }

    #[test]
    fn a_line_is_read_as_it_was_before_it_was_escaped() {
        for text in ["1 < 2 | *plain*", "# no heading", "SPCG_90", "a\\b", "3) yes", "«–»"] {
            assert_eq!(plain(&format!("- {}", escaped(text))), text);
        }
    }
}
