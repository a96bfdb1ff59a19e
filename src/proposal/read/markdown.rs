//! Plain text and Markdown as blocks.

use super::blocks::{Block, Cell, Table};
use super::headings;
use super::tree::Spot;

/// True for a text with `#` headings: there, the ends of lines within a paragraph mean nothing.
pub(super) fn is_markdown(text: &str) -> bool {
    text.lines().any(|line| atx(line).is_some())
}

/// True for a heading in the way of Markdown.
pub(super) fn is_heading(line: &str) -> bool {
    atx(line).is_some()
}

/// Cuts a text into blocks. The lines of a paragraph are kept.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let text = without_comments(text);
    let lines: Vec<&str> = text.lines().collect();
    let mut cutter = Cutter { blocks: Vec::new(), open: None };
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let trimmed = line.trim();
        let spot = Spot::new(at + 1, 1 + line.chars().take_while(|c| c.is_whitespace()).count());
        at += 1;
        if let Some(fence) = fence(trimmed) {
            cutter.close();
            let end = lines[at..].iter().position(|line| closes(line.trim(), fence));
            // What is fenced and holds nearly all of the text is the text.
            if let Some(end) = end.filter(|end| *end * 5 < lines.len() * 4) {
                let text = lines[at..at + end].join("\n");
                let spot = Spot::new(at + 1, 1);
                cutter.blocks.push(Block::Verbatim { text, spot });
                at += end + 1;
            }
            continue;
        }
        if trimmed.is_empty() {
            cutter.close();
            continue;
        }
        if is_rule(trimmed) {
            cutter.close();
            cutter.blocks.push(Block::Rule { spot });
            continue;
        }
        if let Some((level, heading)) = atx(line) {
            cutter.close();
            cutter.blocks.push(Block::Heading { level, text: plain(heading), spot });
            continue;
        }
        let next = lines.get(at).map_or("", |line| line.trim());
        let underline =
            next.len() >= 3 && (next.bytes().all(|b| b == b'=') || next.bytes().all(|b| b == b'-'));
        if underline
            && cutter.open.is_none()
            && trimmed.len() <= 200
            && item(trimmed).is_none()
            && !trimmed.starts_with('|')
        {
            let level = if next.starts_with('=') { 1 } else { 2 };
            cutter.blocks.push(Block::Heading { level, text: plain(trimmed), spot });
            at += 1;
            continue;
        }
        if trimmed.starts_with('|') && trimmed.len() > 1 {
            cutter.close();
            let from = at - 1;
            while at < lines.len() && lines[at].trim().starts_with('|') {
                at += 1;
            }
            cutter.blocks.push(Block::Table(table(&lines[from..at], from + 1)));
            continue;
        }
        if let Some(rest) = item(trimmed) {
            // «1. Scope» is a heading that is numbered, not the first item of a list.
            let is_heading = trimmed.starts_with(|c: char| c.is_ascii_digit() || c == '(')
                && headings::exactly(trimmed).is_some();
            if !is_heading {
                cutter.close();
                cutter.open = Some((true, plain(rest), spot));
                continue;
            }
        }
        // The answer in a list of terms: `:   Lifts that talk.`
        if let Some(answer) = trimmed.strip_prefix(':')
            && answer.starts_with([' ', '\t'])
            && cutter.open.is_some()
        {
            cutter.line(answer.trim(), spot);
            continue;
        }
        if let Some(quoted) = trimmed.strip_prefix('>') {
            cutter.line(quoted.trim(), spot);
            continue;
        }
        cutter.line(trimmed, spot);
    }
    cutter.close();
    cutter.blocks
}

/// Puts lines together to paragraphs and items.
struct Cutter {
    blocks: Vec<Block>,
    open: Option<(bool, String, Spot)>,
}

impl Cutter {
    fn line(&mut self, line: &str, spot: Spot) {
        let line_text = plain(line);
        // A line that is a label or a heading of its own begins a new paragraph.
        let starts_anew = super::sections::begins_section(line);
        match &mut self.open {
            Some((is_item, text, _)) if !starts_anew => {
                text.push(if *is_item { ' ' } else { '\n' });
                text.push_str(&line_text);
            }
            _ => {
                self.close();
                // Marks such as ** are kept here where they make a heading of the line.
                let text = if is_bold_start(line) { line.to_owned() } else { line_text };
                self.open = Some((false, text, spot));
            }
        }
    }

    fn close(&mut self) {
        if let Some((is_item, text, spot)) = self.open.take() {
            self.blocks.push(if is_item {
                Block::Item { text, spot }
            } else {
                Block::Paragraph { text, spot }
            });
        }
    }
}

fn is_bold_start(line: &str) -> bool {
    line.starts_with("**") || line.starts_with("__")
}

/// `## Heading ##`
fn atx(line: &str) -> Option<(u8, &str)> {
    let text = line.trim();
    let level = text.bytes().take_while(|b| *b == b'#').count();
    let rest = &text[level..];
    if !(1..=6).contains(&level) || !rest.starts_with([' ', '\t']) {
        return None;
    }
    let heading = rest.trim().trim_end_matches('#').trim();
    (!heading.is_empty()).then_some((u8::try_from(level).ok()?, heading))
}

/// The mark of a fence about code: three or more of one kind.
fn fence(line: &str) -> Option<&str> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|c| *c == mark).count();
    (length >= 3).then(|| &line[..length])
}

/// True for the line that ends what a fence began.
fn closes(line: &str, fence: &str) -> bool {
    line.starts_with(fence) && line.trim_start_matches(&fence[..1]).is_empty()
}

/// The lines between `---` and `---` at the head of a text, each a key and a value; and the text
/// below, in which they are blank so that lines keep their numbers.
pub(super) fn front_matter(text: &str) -> Option<(Vec<(String, Spot)>, String)> {
    const LINES: usize = 100;
    let mut lines = text.lines();
    if lines.next()?.trim_end() != "---" {
        return None;
    }
    let mut matter = Vec::new();
    for (at, line) in lines.take(LINES).enumerate() {
        let trimmed = line.trim_end();
        if matches!(trimmed, "---" | "...") {
            let skipped = at + 2;
            let rest = text.split_inclusive('\n').skip(skipped).collect::<String>();
            return Some((matter, format!("{}{rest}", "\n".repeat(skipped))));
        }
        let is_nested = line.starts_with([' ', '\t', '-', '#']);
        let is_entry = line.split_once(':').is_some_and(|(key, _)| {
            !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-. ".contains(c))
        });
        if !trimmed.is_empty() && !is_nested && !is_entry {
            return None;
        }
        if is_entry && let Some((key, value)) = trimmed.split_once(':') {
            let value = value.trim().trim_matches(['"', '\'']);
            matter.push((format!("{}: {value}", key.trim()), Spot::new(at + 2, 1)));
        }
    }
    None
}

/// `---`, `***`, `___`
fn is_rule(line: &str) -> bool {
    line.len() >= 3
        && ["-", "*", "_", "="]
            .iter()
            .any(|mark| line.replace(' ', "").replace(mark, "").is_empty())
}

/// What follows the mark of a list item.
fn item(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix(['-', '*', '+', '•', '–', '·', '‣', '◦', '▪'])
    {
        let rest = rest.strip_prefix([' ', '\t'])?;
        return Some(rest.trim());
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        let rest = line[digits..].strip_prefix(['.', ')'])?;
        return Some(rest.strip_prefix([' ', '\t'])?.trim());
    }
    let rest = line.strip_prefix(|c: char| c.is_ascii_lowercase())?.strip_prefix(')')?;
    Some(rest.strip_prefix([' ', '\t'])?.trim())
}

/// Rows of bars; the row of dashes below the head is left out.
fn table(lines: &[&str], first_line: usize) -> Table {
    let mut rows = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let inner = line.trim().trim_start_matches('|');
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        if inner.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ')) && inner.contains('-') {
            continue;
        }
        let inner = inner.replace("\\|", "\u{1}");
        let cells = inner.split('|').map(|cell| {
            Cell::of_text(
                &plain(&cell.replace('\u{1}', "|").replace("<br>", "\n")),
                Spot::new(first_line + at, 1),
            )
        });
        rows.push(cells.collect());
    }
    Table { rows }
}

/// A line without the marks of Markdown for bold and code.
pub(super) fn plain(text: &str) -> String {
    let text = text.trim();
    if !text.contains(['*', '_', '`', '\\']) {
        return text.to_owned();
    }
    let text = text.replace("**", "").replace('`', "");
    // Rules to write on are no marks.
    let text = if text.contains("___") {
        text
    } else if text.starts_with("__") || text.contains(" __") {
        text.replace("__", "")
    } else {
        text
    };
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        // A backslash before punctuation only protects it.
        if c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation) {
            continue;
        }
        plain.push(c);
    }
    plain.trim().to_owned()
}

/// Instructions in comments are no part of the text; their lines stay, so that places are right.
fn without_comments(text: &str) -> String {
    let mut rest = text;
    let mut clean = String::with_capacity(text.len());
    while let Some(start) = rest.find("<!--") {
        let Some(length) = rest[start..].find("-->") else { break };
        clean.push_str(&rest[..start]);
        clean.extend(rest[start..start + length].chars().filter(|c| *c == '\n'));
        rest = &rest[start + length + 3..];
    }
    clean.push_str(rest);
    clean
}
