//! The report at a terminal.

use std::fmt::{self, Write as _};

use super::ReportOptions;
use super::outline::{CAVEAT, Committee, Entry, FillIn, House, Outline, Standing, Work};
use crate::checklist::Severity;
use crate::screening::{Screening, Verdict};
use crate::text::display::{one_line, visible};

/// What the columns of the list of committees say.
const LEGEND: &str = "(named by the proposal; asked by its record of contacts; in liaison with the addressee, on record or planned)";

/// Existing works on the first page.
const WORKS: usize = 5;
/// Documents of other bodies there.
const DOCUMENTS: usize = 3;
/// Suggestions of cooperation, places and evidence of a finding that are shown without `full`.
const SUGGESTIONS: usize = 5;
const PLACES: usize = 2;
const EVIDENCE: usize = 2;

/// Writes the report. A `String` takes everything, so the results of writing carry no news.
pub(super) fn write(screening: &Screening, options: &ReportOptions) -> String {
    let outline = Outline::of(screening);
    let mut out = Paper {
        text: String::new(),
        color: options.color,
        width: options.width.max(60),
        top: options.top,
        full: options.full,
    };
    let _ = out.head(&outline);
    let _ = out.committees(&outline.houses);
    let _ = out.works(&outline);
    let _ = out.outside(&outline);
    let _ = out.findings(&outline);
    let _ = out.fill_in(&outline.fill_in);
    let _ = out.cooperation(&outline);
    let _ = out.areas(&outline);
    let _ = out.untold(&outline);
    let _ = out.foot(&outline);
    out.text
}

struct Paper {
    text: String,
    color: bool,
    width: usize,
    top: usize,
    full: bool,
}

const BOLD: &str = "1";
const RED: &str = "31";
const YELLOW: &str = "33";
const GREEN: &str = "32";
const DIM: &str = "2";

const fn style_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocker => RED,
        Severity::Warning => YELLOW,
        Severity::Advice => GREEN,
    }
}

impl Paper {
    fn paint(&self, style: &str, text: &str) -> String {
        if self.color { format!("\u{1b}[{style}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// A paragraph, broken at the width, every line after the first indented by `indent` blanks.
    fn paragraph(&mut self, first: &str, indent: usize, text: &str) -> fmt::Result {
        let mut column = first.chars().count();
        write!(self.text, "{first}")?;
        let mut is_first = true;
        // A number and its sign stay together.
        let text = text.replace(" %", "\u{a0}%");
        let text =
            text.replace("< 1\u{a0}", "<\u{a0}1\u{a0}").replace("> 99\u{a0}", ">\u{a0}99\u{a0}");
        for word in
            text.split(|c: char| c.is_whitespace() && c != '\u{a0}').filter(|word| !word.is_empty())
        {
            let length = word.chars().count();
            if !is_first && column + 1 + length > self.width {
                write!(self.text, "\n{:indent$}", "")?;
                column = indent;
            } else if !is_first {
                self.text.push(' ');
                column += 1;
            }
            self.text.extend(word.chars().filter_map(visible));
            column += length;
            is_first = false;
        }
        self.text.push('\n');
        Ok(())
    }

    /// A text on one line, cut at the width.
    fn line(&mut self, first: &str, text: &str) -> fmt::Result {
        let room = self.width.saturating_sub(first.chars().count());
        writeln!(self.text, "{first}{}", cut(&one_line(text), room))
    }

    /// A paragraph where everything is shown, else one line of it.
    fn short(&mut self, first: &str, indent: usize, text: &str) -> fmt::Result {
        if self.full { self.paragraph(first, indent, text) } else { self.line(first, text) }
    }

    fn heading(&mut self, text: &str) -> fmt::Result {
        let heading = self.paint(BOLD, &text.to_uppercase());
        writeln!(self.text, "\n{heading}")
    }

    fn head(&mut self, outline: &Outline<'_>) -> fmt::Result {
        let title = cut(&one_line(outline.title), 2 * self.width);
        let title = self.paint(BOLD, &title);
        writeln!(self.text, "{title}")?;
        let facts: Vec<String> =
            outline.facts.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        if !facts.is_empty() {
            self.paragraph("", 0, &facts.join("; "))?;
        }
        let style = match outline.verdict {
            Verdict::Ready => GREEN,
            Verdict::AnswerFirst => YELLOW,
            Verdict::NotReady => RED,
        };
        let arrow = self.paint(style, "=>");
        // The escape sequences have no width.
        write!(self.text, "\n{arrow}")?;
        self.paragraph(" ", 3, &outline.sentence)?;
        match &outline.reading {
            Some(reading) => self.paragraph("   ", 3, reading),
            None => Ok(()),
        }
    }

    fn committees(&mut self, houses: &[House<'_>]) -> fmt::Result {
        let heading = self.paint(BOLD, "WHO MAY BE CONCERNED");
        writeln!(self.text, "\n{heading}            named  asked  in liaison  owns close work")?;
        writeln!(self.text, "{LEGEND}")?;
        for house in houses {
            writeln!(self.text, "{}: {}", house.organization, house.sentence)?;
            let most = if self.full { usize::MAX } else { self.top };
            for committee in house.committees.iter().take(most) {
                self.committee(committee)?;
            }
            self.also(house, most)?;
        }
        Ok(())
    }

    fn committee(&mut self, committee: &Committee<'_>) -> fmt::Result {
        let percent = format!("{:>6}", committee.probability);
        let percent = self.paint(BOLD, &percent);
        let [named, asked, liaison, owns] = [
            committee.named.mark(),
            committee.asked.mark(),
            committee.in_liaison.mark(),
            committee.owns_close_work.mark(),
        ];
        let mark = if committee.standing == Standing::Addressee { " (addressed)" } else { "" };
        write!(self.text, "{percent}")?;
        let matrix = format!(
            "  {:<22}  {named:<5}  {asked:<5}  {liaison:<10}  {owns:<3}  ",
            committee.reference
        );
        let title = format!("{}{mark}", committee.interest.title);
        let room = self.width.saturating_sub(6 + matrix.chars().count());
        writeln!(self.text, "{matrix}{}", cut(&one_line(&title), room.max(20)))?;
        self.short("        ", 8, &committee.reason)?;
        if self.full {
            for mention in &committee.interest.mentions {
                self.paragraph("        ", 8, &format!("«{}»", mention.sentence))?;
            }
        }
        Ok(())
    }

    /// Committees that are not shown, in a line.
    fn also(&mut self, house: &House<'_>, shown: usize) -> fmt::Result {
        let list = |committees: &[&Committee<'_>]| -> String {
            let names: Vec<String> = committees
                .iter()
                .map(|one| format!("{} {}", one.reference, one.probability))
                .collect();
            names.join(", ")
        };
        let rest: Vec<&Committee<'_>> = house.committees.iter().skip(shown).collect();
        let of = |standing| -> Vec<&Committee<'_>> {
            house.below.iter().filter(|one| one.standing == standing).collect()
        };
        let (named, nearest) = (of(Standing::Named), of(Standing::Nearest));
        let parts: Vec<String> =
            [("also", &rest), ("named, below the level", &named), ("nearest", &nearest)]
                .into_iter()
                .filter(|(_, committees)| !committees.is_empty())
                .map(|(what, committees)| format!("{what}: {}", list(committees)))
                .collect();
        if parts.is_empty() { Ok(()) } else { self.short("        ", 8, &parts.join("; ")) }
    }

    fn works(&mut self, outline: &Outline<'_>) -> fmt::Result {
        let heading = self.paint(BOLD, "EXISTING WORK");
        writeln!(self.text, "\n{heading}: {}", outline.nearest.sentence)?;
        if let Some(legend) = outline.nearest.legend {
            writeln!(self.text, "({legend})")?;
        }
        let most = if self.full { usize::MAX } else { WORKS };
        for work in outline.nearest.works.iter().take(most) {
            self.work(work)?;
        }
        let more = outline.nearest.works.iter().skip(most).filter(|one| one.is_close()).count();
        if more > 0 {
            writeln!(self.text, "        and {more} more that are close")?;
        }
        Ok(())
    }

    fn work(&mut self, work: &Work<'_>) -> fmt::Result {
        let state = if work.state.is_empty() { String::new() } else { format!(", {}", work.state) };
        let percent = self.paint(BOLD, &format!("{:>6}", work.probability));
        write!(self.text, "{percent}")?;
        let facts = format!("[{}; {}{state}; {}]", work.likeness, work.owners, work.named);
        self.titled(&format!("  {} ", work.overlap.reference), &work.overlap.title, &facts)?;
        if !self.full {
            return Ok(());
        }
        let terms: Vec<&str> =
            work.overlap.shared_terms.iter().map(|term| term.term.as_str()).collect();
        if !terms.is_empty() {
            self.paragraph("        ", 8, &format!("both speak of {}", terms.join(", ")))?;
        }
        match &work.overlap.passage {
            Some(passage) => self.paragraph("        ", 8, &format!("«{passage}»")),
            None => Ok(()),
        }
    }

    /// A title between its number and the facts on it, behind a figure. On one line it gives way:
    /// the facts are to be seen.
    fn titled(&mut self, first: &str, title: &str, facts: &str) -> fmt::Result {
        if self.full {
            return self.paragraph(first, 8, &format!("{title} {facts}"));
        }
        let taken = 6 + first.chars().count() + facts.chars().count() + 1;
        let title = cut(&one_line(title), self.width.saturating_sub(taken).max(24));
        let line = one_line(&format!("{first}{title} {facts}"));
        writeln!(self.text, "{}", cut(&line, self.width.saturating_sub(6)))
    }

    fn outside(&mut self, outline: &Outline<'_>) -> fmt::Result {
        let Some(outside) = &outline.outside else { return Ok(()) };
        let heading = self.paint(BOLD, "DOCUMENTS OF OTHER BODIES");
        writeln!(self.text, "\n{heading}: {}", outside.sentence)?;
        let most = if self.full { usize::MAX } else { DOCUMENTS };
        for document in outside.documents.iter().take(most) {
            let percent = self.paint(BOLD, &format!("{:>6}", document.probability));
            write!(self.text, "{percent}")?;
            let group = document.one.group.as_deref().filter(|_| self.full);
            let group = group.map_or(String::new(), |group| format!("; {group}"));
            let facts = format!("[{}{group}; {}]", document.state, document.named);
            let first = format!("  {} ", document.one.reference);
            self.titled(&first, &document.one.title, &facts)?;
        }
        Ok(())
    }

    fn findings(&mut self, outline: &Outline<'_>) -> fmt::Result {
        for group in &outline.groups {
            self.heading(group.heading)?;
            if !group.blank.is_empty() {
                let text =
                    format!("{} (see \u{201c}To be filled in\u{201d})", group.blank.join(", "));
                self.paragraph("Blank  ", 5, &text)?;
            }
            for entry in &group.entries {
                self.entry(entry, group.severity)?;
            }
        }
        Ok(())
    }

    fn entry(&mut self, entry: &Entry<'_>, severity: Severity) -> fmt::Result {
        let rule = self.paint(style_of(severity), &entry.finding.rule);
        // The escape sequences have no width.
        self.text.push_str(&rule);
        self.paragraph("  ", 5, &entry.message)?;
        let (places, evidence) =
            if self.full { (usize::MAX, usize::MAX) } else { (PLACES, EVIDENCE) };
        for place in entry.places.iter().take(places) {
            self.paragraph("     - ", 7, &place.line())?;
        }
        for line in entry.evidence.iter().take(evidence) {
            self.paragraph("     - ", 7, line)?;
        }
        let more = entry.places.len().saturating_sub(places)
            + entry.evidence.len().saturating_sub(evidence);
        if more > 0 {
            writeln!(self.text, "     - and {more} more")?;
        }
        match &entry.remedy {
            Some(remedy) => self.paragraph("     To do: ", 12, remedy),
            None => Ok(()),
        }
    }

    fn fill_in(&mut self, fields: &[FillIn<'_>]) -> fmt::Result {
        if fields.is_empty() {
            return Ok(());
        }
        self.heading("To be filled in")?;
        for field in fields {
            let mark = if field.severity == Severity::Blocker { "blocks; " } else { "" };
            let name = self.paint(style_of(field.severity), &field.name);
            writeln!(self.text, "{name} ({mark}{})", field.rules.join(", "))?;
            if self.full {
                for message in &field.messages {
                    self.paragraph("     - ", 7, message)?;
                }
            }
            let asks = if field.remedies.is_empty() {
                field.asks.to_owned()
            } else {
                field.remedies.join(" ")
            };
            self.paragraph("     ", 5, &asks)?;
        }
        Ok(())
    }

    fn cooperation(&mut self, outline: &Outline<'_>) -> fmt::Result {
        if outline.cooperation.is_empty() {
            return Ok(());
        }
        self.heading("How the work could be done together")?;
        let most = if self.full { usize::MAX } else { SUGGESTIONS };
        for one in outline.cooperation.iter().take(most) {
            self.paragraph("", 5, &format!("{}: {}", one.with, one.mode))?;
            self.paragraph("     ", 5, &one.reason)?;
        }
        match outline.cooperation.len().saturating_sub(most) {
            0 => Ok(()),
            more => writeln!(self.text, "and {more} more"),
        }
    }

    fn areas(&mut self, outline: &Outline<'_>) -> fmt::Result {
        if outline.areas.is_empty() {
            return Ok(());
        }
        self.heading("Areas of coordination")?;
        for (area, because) in &outline.areas {
            self.paragraph("  ", 4, &format!("{area} ({because})"))?;
        }
        Ok(())
    }

    fn untold(&mut self, outline: &Outline<'_>) -> fmt::Result {
        if outline.untold.is_empty() {
            return Ok(());
        }
        self.heading("Could not be told")?;
        for (why, rules) in &outline.untold {
            self.paragraph(&format!("{}  ", rules.join(", ")), 5, why)?;
        }
        Ok(())
    }

    fn foot(&mut self, outline: &Outline<'_>) -> fmt::Result {
        self.heading("Made with")?;
        let start = self.text.len();
        for (name, value) in &outline.made_with {
            self.paragraph(&format!("{name}: "), 5, value)?;
        }
        self.paragraph("", 0, CAVEAT)?;
        if !self.full {
            self.paragraph("", 0, "Everything that was found stands in the full report.")?;
        }
        if self.color {
            let dimmed = self.paint(DIM, self.text[start..].trim_end());
            self.text.truncate(start);
            writeln!(self.text, "{dimmed}")?;
        }
        Ok(())
    }
}

/// At most so many characters, the last a mark where something is left out.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut shown: String = text.chars().take(most.saturating_sub(1)).collect();
    shown.truncate(shown.trim_end().len());
    shown.push('…');
    shown
}
