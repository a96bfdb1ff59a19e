//! AsciiDoc as Markdown: headings, tables and lists, each in the line where it stood.

/// A text in AsciiDoc with the marks of Markdown; nothing for any other text. Lines keep their
/// numbers.
pub(super) fn as_markdown(text: &str) -> Option<String> {
    if !is_asciidoc(text) {
        return None;
    }
    let mut lines: Vec<String> = Vec::new();
    let mut table: Option<Rows> = None;
    let mut columns = 0;
    for line in text.lines() {
        let trimmed = line.trim_end();
        if is_table_end(trimmed) {
            if let Some(rows) = table.take() {
                rows.write(&mut lines);
                columns = 0;
            } else {
                table = Some(Rows { columns, cells: Vec::new() });
            }
            lines.push(String::new());
        } else if let Some(rows) = &mut table {
            rows.line(trimmed, lines.len());
            lines.push(String::new());
        } else if let Some(attributes) = attributes(trimmed) {
            columns = columns_of(attributes).unwrap_or(columns);
            lines.push(String::new());
        } else {
            lines.push(plain_line(trimmed));
        }
    }
    if let Some(rows) = table {
        rows.write(&mut lines);
    }
    Some(lines.join("\n"))
}

/// True for a text with a table of AsciiDoc, or with its headings and none of Markdown.
fn is_asciidoc(text: &str) -> bool {
    let mut headings = 0;
    for line in text.lines() {
        if is_table_end(line.trim_end()) {
            return true;
        }
        if super::markdown::is_heading(line) {
            return false;
        }
        headings += usize::from(heading(line).is_some());
    }
    headings >= 2
}

/// `|===`
fn is_table_end(line: &str) -> bool {
    line.strip_prefix('|').is_some_and(|rest| rest.len() >= 3 && rest.bytes().all(|b| b == b'='))
}

/// `== Scope`
fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|b| *b == b'=').count();
    let rest = line.get(level..)?.strip_prefix(' ')?.trim();
    ((1..=6).contains(&level) && !rest.is_empty()).then_some((level, rest))
}

/// `[cols="1,2",options="header"]`, alone in its line.
fn attributes(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('[')?.strip_suffix(']')?;
    let known = inner.contains('=') || inner.starts_with(['%', '.', '#']);
    (known || inner.bytes().all(|b| b.is_ascii_lowercase())).then_some(inner)
}

/// How many columns `cols="1,2"` or `cols=3*` asks for.
fn columns_of(attributes: &str) -> Option<usize> {
    let value = attributes.split_once("cols=")?.1.trim_start_matches('"');
    let value = value.split('"').next()?;
    match value.split_once('*') {
        Some((count, _)) => count.trim().parse().ok(),
        None => Some(value.split([',', ';']).count()),
    }
}

/// A line outside of tables. An attribute of the document, a comment and the title of a block
/// leave a blank line.
fn plain_line(line: &str) -> String {
    if let Some((level, text)) = heading(line) {
        return format!("{} {text}", "#".repeat(level));
    }
    let is_attribute = line.strip_prefix(':').is_some_and(|rest| {
        rest.split_once(':').is_some_and(|(name, _)| {
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_!".contains(c))
        })
    });
    if is_attribute || line.starts_with("//") {
        return String::new();
    }
    // Items of all depths, and numbered ones.
    let depth = line.bytes().take_while(|b| *b == b'*').count();
    if depth > 0 && line[depth..].starts_with(' ') {
        return format!("- {}", line[depth..].trim());
    }
    match line.strip_prefix(". ") {
        Some(item) => format!("- {}", item.trim()),
        None => line.to_owned(),
    }
}

/// The cells of a table; those of a row may stand in lines of their own.
struct Rows {
    columns: usize,
    cells: Vec<(usize, String)>,
}

impl Rows {
    fn line(&mut self, line: &str, at: usize) {
        let Some(start) = line.find('|') else {
            // What goes on with the cell above.
            if let Some((_, cell)) = self.cells.last_mut()
                && !line.trim().is_empty()
            {
                cell.push(' ');
                cell.push_str(line.trim());
            }
            return;
        };
        let cells: Vec<&str> = line[start + 1..].split('|').collect();
        // The first line with cells tells how many a row has.
        if self.columns == 0 {
            self.columns = cells.len();
        }
        self.cells.extend(cells.into_iter().map(|cell| (at, cell.trim().to_owned())));
    }

    /// Puts each row into the line of its first cell.
    fn write(self, lines: &mut [String]) {
        for row in self.cells.chunks(self.columns.max(1)) {
            let Some((at, _)) = row.first() else { continue };
            let cells: Vec<&str> = row.iter().map(|(_, cell)| cell.as_str()).collect();
            if let Some(line) = lines.get_mut(*at) {
                line.push_str(&format!("| {} |", cells.join(" | ")));
            }
        }
        fill_gaps(lines);
    }
}

/// A table of Markdown ends at a blank line; rows whose cells stand in several lines leave some.
fn fill_gaps(lines: &mut [String]) {
    let mut last = None;
    let from = lines.iter().rposition(|line| !line.is_empty() && !line.starts_with('|'));
    for at in from.map_or(0, |at| at + 1)..lines.len() {
        if lines[at].starts_with('|') {
            if let Some(last) = last {
                for line in &mut lines[last + 1..at] {
                    "|".clone_into(line);
                }
            }
            last = Some(at);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_one_line_and_of_several() {
        let text = "= Lifts\n:author: A\n\n== Liaisons\n\n[cols=\"1,2\"]\n|===\n|Body |Why\n\n|IMO\n|ships\n|FAO |fish\n|===\n";
        let read = as_markdown(text).unwrap();
        let lines: Vec<&str> = read.lines().collect();
        assert_eq!(lines[0], "# Lifts");
        assert_eq!((lines[1], lines[3]), ("", "## Liaisons"));
        assert_eq!(
            (lines[7], lines[9], lines[11]),
            ("| Body | Why |", "| IMO | ships |", "| FAO | fish |")
        );
        assert_eq!(as_markdown("# Lifts\n\n= nothing\n\n== nothing\n"), None);
        assert_eq!(as_markdown("Title = lifts\n"), None);
    }
}
