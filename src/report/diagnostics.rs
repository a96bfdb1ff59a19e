//! Findings as a compiler shows them: the line of the proposer's file with the place marked.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::ReportOptions;
use super::outline::{evidence, untold};
use crate::checklist::wording::count;
use crate::checklist::{Evidence, Finding, Severity};
use crate::error::Error;
use crate::screening::Screening;
use crate::text::display::{one_line, visible};

/// Characters shown before and after the marked place of a long line.
const AROUND: usize = 60;
/// Characters marked at most.
const MARKED: usize = 120;
/// Lines after that of a field in which its text is looked for.
const LINES_BELOW: usize = 400;
/// Further places that are shown of one finding.
const FURTHER: usize = 3;

impl Screening {
    /// The failures as a compiler shows them: rule and message, the line of the file with the place
    /// marked, what to do, and what supports the rule.
    ///
    /// `source` is the text of the file that the proposal was read from. Without it (a Word file
    /// has none; its places count paragraphs) the place is named instead of shown. Control
    /// characters of the file are replaced, long lines are cut.
    ///
    /// ```
    /// # fn main() -> Result<(), spcg::Error> {
    /// use spcg::report::ReportOptions;
    ///
    /// let source = "title = \"Robots\"\norganization = \"ISO\"\nscope = \"Robots.\"";
    /// let screening = spcg::Screener::builtin()?.screen(&spcg::Proposal::from_toml(source)?);
    /// let shown = screening.to_diagnostics(Some(source), &ReportOptions::default());
    /// assert!(shown.contains("warning[C02]: the scope has 7 characters"));
    /// assert!(shown.contains("3 | scope = \"Robots.\""));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn to_diagnostics(&self, source: Option<&str>, options: &ReportOptions) -> String {
        let path = self.proposal.source.as_deref().map_or_else(|| "proposal".to_owned(), one_line);
        let lines = Lines::of(source);
        let renderer = renderer(options);
        let mut out = String::new();
        for finding in self.findings.iter().filter(|finding| finding.is_failure()) {
            out.push_str(&renderer.render(&[group(finding, &path, &lines)]));
            out.push_str("\n\n");
        }
        for (why, rules) in untold(self) {
            let title = one_line(&format!("{} could not be told: {why}", rules.join(", ")));
            out.push_str(&renderer.render(&[Group::with_title(Level::NOTE.primary_title(title))]));
            out.push_str("\n\n");
        }
        let title = format!("{}: {}", self.verdict.sentence(), counts(self));
        let level = if self.is_blocked() { Level::ERROR } else { Level::INFO };
        out.push_str(&renderer.render(&[Group::with_title(
            level.with_name("result").primary_title(one_line(&title)),
        )]));
        out.push('\n');
        out
    }
}

impl Error {
    /// The error as a compiler shows it, with the line of the file in which it happened where
    /// `source` is its text.
    ///
    /// ```
    /// use spcg::report::ReportOptions;
    ///
    /// let source = "title = \"Smart lifts\"\nscoop = \"Lifts.\"";
    /// let error = spcg::Proposal::from_toml(source).unwrap_err();
    /// let shown = error.to_diagnostic(Some(source), &ReportOptions::default());
    /// assert!(shown.contains("2 | scoop = \"Lifts.\""));
    /// assert!(shown.contains("help: did you mean `scope`?"));
    /// ```
    #[must_use]
    pub fn to_diagnostic(&self, source: Option<&str>, options: &ReportOptions) -> String {
        let path = self
            .path()
            .map_or_else(|| "input".to_owned(), |path| one_line(&path.display().to_string()));
        let lines = Lines::of(source);
        let mut group = Group::with_title(Level::ERROR.primary_title(one_line(&self.what())));
        if let Some(line) = self.line() {
            let column = self.column().unwrap_or(1);
            group = match lines.get(line) {
                Some(text) => {
                    let start = byte_of(text, column);
                    let end = text[start..]
                        .find([' ', '=', ':', ','])
                        .map_or(text.len(), |at| start + at);
                    group.elements(shown(&path, line, text, start..end))
                }
                None => group.element(Origin::path(path).line(line).char_column(column)),
            };
        } else if self.path().is_some() {
            group = group.element(Origin::path(path));
        }
        if let Some(remedy) = self.remedy() {
            group = group.element(Level::HELP.message(one_line(&remedy)));
        }
        let mut out = renderer(options).render(&[group]);
        out.push('\n');
        out
    }
}

/// `1 blocker, 3 warnings, 2 pieces of advice`
fn counts(screening: &Screening) -> String {
    let number = |severity| screening.failures(severity).count();
    format!(
        "{}, {}, {}",
        count(number(Severity::Blocker), "blocker", "blockers"),
        count(number(Severity::Warning), "warning", "warnings"),
        count(number(Severity::Advice), "piece of advice", "pieces of advice"),
    )
}

fn renderer(options: &ReportOptions) -> Renderer {
    let renderer = if options.color { Renderer::styled() } else { Renderer::plain() };
    // Room for a whole cut line: it is we who cut.
    renderer.term_width(options.width.max(2 * AROUND + MARKED + 20))
}

/// The lines of a file.
struct Lines<'a>(Option<Vec<&'a str>>);

impl<'a> Lines<'a> {
    fn of(source: Option<&'a str>) -> Lines<'a> {
        Lines(
            source
                .map(|source| source.strip_prefix('\u{feff}').unwrap_or(source).lines().collect()),
        )
    }

    /// A line by its number from 1.
    fn get(&self, number: usize) -> Option<&'a str> {
        self.0.as_ref()?.get(number.checked_sub(1)?).copied()
    }
}

fn group(finding: &Finding, path: &str, lines: &Lines<'_>) -> Group<'static> {
    let level = match finding.severity {
        Severity::Blocker => Level::ERROR.with_name("blocker"),
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::INFO.with_name("advice"),
    };
    let title = level.primary_title(one_line(&finding.message)).id(finding.rule.clone());
    let mut elements: Vec<Element<'static>> = Vec::new();
    let mut notes: Vec<String> = Vec::new();
    let mut places: Vec<(usize, Range<usize>)> = Vec::new();
    for one in &finding.evidence {
        let Evidence::Field { field, line, column, excerpt } = one else { continue };
        let Some(line) = *line else {
            notes.push(if excerpt.is_empty() {
                format!("`{field}` is blank")
            } else {
                format!("{field}: «{excerpt}»")
            });
            continue;
        };
        let Some((line, span)) = locate(lines, line, column.unwrap_or(1), excerpt) else {
            // No text to show: a Word file, or another text than the one that was read.
            let unit = if lines.0.is_none() && is_word(path) { "paragraph" } else { "line" };
            notes.push(format!("{field} ({unit} {line}): «{excerpt}»"));
            continue;
        };
        if places.len() <= FURTHER && !places.iter().any(|(other, _)| *other == line) {
            places.push((line, span));
        }
    }
    for (line, span) in places {
        elements.extend(shown(path, line, lines.get(line).unwrap_or_default(), span));
    }
    if elements.is_empty() {
        elements.push(Origin::path(path.to_owned()).into());
    }
    notes.extend(evidence(finding));
    elements.extend(notes.into_iter().map(|note| Level::NOTE.message(one_line(&note)).into()));
    if let Some(remedy) = &finding.remedy {
        elements.push(Level::HELP.message(one_line(remedy)).into());
    }
    elements.push(Level::NOTE.with_name("source").message(one_line(&finding.source)).into());
    title.elements(elements)
}

fn is_word(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("docx"))
}

/// Where in the file the text of a field stands: in the line of the field, or in one below it when
/// the text has lines of its own. The bytes of the line are to be marked.
fn locate(
    lines: &Lines<'_>,
    line: usize,
    column: usize,
    excerpt: &str,
) -> Option<(usize, Range<usize>)> {
    let first = lines.get(line)?;
    let start = byte_of(first, column);
    let words: Vec<&str> =
        excerpt.trim_end_matches(" …").trim_end_matches('…').split_whitespace().collect();
    if let Some(whole) = first.get(start..) {
        // The excerpt is the line itself: what is after the key is meant.
        let is_line = first.split_whitespace().take(words.len()).eq(words.iter().copied());
        if is_line || words.is_empty() {
            let end = first.trim_end().len().max(start);
            let value = whole.find(['=', ':']).map(|at| start + at + 1);
            let value = value.map(|at| at + first[at..].len() - first[at..].trim_start().len());
            return Some((line, value.filter(|at| *at < end).unwrap_or(start)..end));
        }
    }
    let beginning = words[..words.len().min(3)].join(" ");
    for number in line..line.saturating_add(LINES_BELOW) {
        let text = lines.get(number)?;
        let from = if number == line { start } else { 0 };
        if let Some(at) = text[from..].find(&beginning) {
            let from = from + at;
            return Some((number, from..matched(text, from, &words)));
        }
    }
    None
}

/// The end of the words in a line from a place on.
fn matched(line: &str, from: usize, words: &[&str]) -> usize {
    let mut end = from;
    for word in words {
        let rest = &line[end..];
        let blanks = rest.len() - rest.trim_start().len();
        if !rest[blanks..].starts_with(word) {
            break;
        }
        end += blanks + word.len();
    }
    end
}

/// The byte at which a column in characters, from 1, begins.
fn byte_of(line: &str, column: usize) -> usize {
    line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
}

/// A line with a part of it marked, cut around that part when it is long.
fn shown(path: &str, number: usize, line: &str, span: Range<usize>) -> Vec<Element<'static>> {
    let before: Vec<char> = line[..span.start].chars().collect();
    let marked: Vec<char> = line[span.clone()].chars().take(MARKED).collect();
    let is_cut = line[span.clone()].chars().nth(MARKED).is_some();
    let after: Vec<char> = line[span.end..].chars().take(AROUND + 1).collect();
    let mut text = String::new();
    if before.len() > AROUND {
        text.push('…');
    }
    let skipped = before.len().saturating_sub(AROUND);
    text.extend(before[skipped..].iter().filter_map(shown_as));
    let start = text.len();
    text.extend(marked.iter().filter_map(shown_as));
    let end = text.len();
    if is_cut {
        text.push('…');
    } else {
        text.extend(after.iter().take(AROUND).filter_map(shown_as));
        if after.len() > AROUND {
            text.push('…');
        }
    }
    let snippet = Snippet::source(text)
        .line_start(number)
        .annotation(AnnotationKind::Primary.span(start..end));
    if skipped == 0 {
        return vec![snippet.path(path.to_owned()).into()];
    }
    // The column counts from the beginning of the whole line.
    vec![
        Origin::path(path.to_owned()).line(number).char_column(before.len() + 1).into(),
        snippet.into(),
    ]
}

/// A character as it is shown: tabs keep the marks in their place.
fn shown_as(c: &char) -> Option<char> {
    if *c == '\t' { Some(*c) } else { visible(*c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(source: &str, line: usize, column: usize, excerpt: &str) -> Option<(usize, String)> {
        let lines = Lines::of(Some(source));
        let (line, span) = locate(&lines, line, column, excerpt)?;
        Some((line, lines.get(line).unwrap_or_default()[span].to_owned()))
    }

    #[test]
    fn the_text_of_a_field_is_found() {
        let source = "title = \"Robots\"\nkind = \"new_field\" \nscope = \"\"\"\nRobots that walk.\nToys are left out.\"\"\"\n";
        assert_eq!(find(source, 1, 1, "Robots"), Some((1, "Robots".to_owned())));
        assert_eq!(
            find(source, 2, 1, "kind = \"new_field\""),
            Some((2, "\"new_field\"".to_owned()))
        );
        assert_eq!(
            find(source, 3, 1, "Robots that walk. Toys are …"),
            Some((4, "Robots that walk.".to_owned()))
        );
        assert_eq!(
            find(source, 3, 1, "Toys are left out."),
            Some((5, "Toys are left out.".to_owned()))
        );
        assert_eq!(find(source, 3, 1, "Something else"), None);
        assert_eq!(find(source, 9, 1, "Robots"), None);
        assert_eq!(find("", 1, 7, ""), None);
        assert_eq!(find("é", 1, 9, ""), Some((1, String::new())));
    }
}
