//! The report at a terminal.

use std::fmt::{self, Write as _};

use super::ReportOptions;
use crate::checklist::verdict::UNCHECKED;
use crate::checklist::{Evidence, Finding, Outcome, Severity};
use crate::matching::{Interest, Overlap};
use crate::reference::Organization;
use crate::screening::{Screening, Verdict};
use crate::standards::Status;
use crate::text::display::{one_line, visible};

/// Writes the report. A `String` takes everything, so the results of writing carry no news.
pub(super) fn write(screening: &Screening, options: &ReportOptions) -> String {
    let mut out = Paper { text: String::new(), color: options.color, width: options.width.max(40) };
    let _ = out.head(screening);
    let _ = out.findings(screening);
    let _ = out.committees(screening, options.top);
    let _ = out.overlaps(screening, options.top);
    let _ = out.areas(screening);
    let _ = out.untold(screening);
    let _ = out.foot(screening);
    out.text
}

struct Paper {
    text: String,
    color: bool,
    width: usize,
}

const BOLD: &str = "1";
const RED: &str = "31";
const YELLOW: &str = "33";
const GREEN: &str = "32";
const DIM: &str = "2";

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

    fn heading(&mut self, text: &str) -> fmt::Result {
        let heading = self.paint(BOLD, &text.to_uppercase());
        writeln!(self.text, "\n{heading}")
    }

    fn head(&mut self, screening: &Screening) -> fmt::Result {
        let proposal = &screening.proposal;
        let title = if proposal.title.is_empty() { "(no title)" } else { &proposal.title };
        let title = self.paint(BOLD, &one_line(title));
        writeln!(self.text, "{title}")?;
        let mut parts: Vec<String> = Vec::new();
        parts.extend(proposal.reference.clone());
        match (&proposal.committee, proposal.organization) {
            (Some(committee), _) => parts.push(format!("to {committee}")),
            (None, Some(organization)) => parts.push(format!("to {organization}")),
            (None, None) => {}
        }
        parts.extend(
            proposal.kind.map(|kind| kind.to_string().replace("itu_", "ITU-T ").replace('_', " ")),
        );
        parts.extend(proposal.proposer.as_ref().map(|proposer| format!("from {proposer}")));
        if !parts.is_empty() {
            writeln!(self.text, "{}", one_line(&parts.join(", ")))?;
        }
        let style = match screening.verdict {
            Verdict::Ready => GREEN,
            Verdict::AnswerFirst => YELLOW,
            Verdict::NotReady => RED,
        };
        let verdict = self.paint(style, screening.verdict.sentence());
        writeln!(
            self.text,
            "\n=> {verdict}: {}; {} likely to be interested",
            counts(screening),
            counted(screening.flagged().count(), "committee"),
        )?;
        match blanks(screening) {
            Some(text) => self.paragraph("   ", 3, &text),
            None => Ok(()),
        }
    }

    fn findings(&mut self, screening: &Screening) -> fmt::Result {
        for (severity, heading, style) in [
            (Severity::Blocker, "Blockers", RED),
            (Severity::Warning, "Warnings", YELLOW),
            (Severity::Advice, "Advice", GREEN),
        ] {
            let mut failures = screening.failures(severity).peekable();
            if failures.peek().is_none() {
                continue;
            }
            self.heading(heading)?;
            for finding in failures {
                self.finding(finding, style)?;
            }
        }
        Ok(())
    }

    fn finding(&mut self, finding: &Finding, style: &str) -> fmt::Result {
        let rule = self.paint(style, &finding.rule);
        // The escape sequences have no width.
        self.text.push_str(&rule);
        self.paragraph("  ", 5, &finding.message)?;
        for line in evidence_lines(finding) {
            self.paragraph("     - ", 7, &line)?;
        }
        if let Some(remedy) = &finding.remedy {
            self.paragraph("     To do: ", 12, remedy)?;
        }
        Ok(())
    }

    fn committees(&mut self, screening: &Screening, top: usize) -> fmt::Result {
        self.heading("Committees likely to be interested")?;
        if screening.flagged().next().is_none() {
            writeln!(self.text, "None reaches {:.0} %.", screening.provenance.threshold * 100.0)?;
        }
        for organization in Organization::ALL {
            let all: Vec<&Interest> = screening.ranking(organization).collect();
            let flagged = all.iter().filter(|interest| interest.flagged).count();
            let named = all
                .iter()
                .filter(|interest| !interest.mentions.is_empty() && !interest.flagged)
                .count();
            writeln!(
                self.text,
                "{organization}: {flagged} flagged{}",
                if named > 0 {
                    format!(", {named} more named by the proposal")
                } else {
                    String::new()
                }
            )?;
            let mut shown = 0;
            for interest in all.iter().filter(|one| one.flagged || one.addressee) {
                if shown == top {
                    break;
                }
                shown += 1;
                self.interest(interest)?;
            }
            let rest: Vec<&&Interest> =
                all.iter().filter(|one| one.flagged || one.addressee).skip(shown).collect();
            if !rest.is_empty() {
                let names: Vec<String> = rest
                    .iter()
                    .map(|one| format!("{} ({:.0} %)", one.committee, one.probability * 100.0))
                    .collect();
                self.paragraph("  also ", 7, &names.join(", "))?;
            }
            let mentioned: Vec<String> = all
                .iter()
                .filter(|one| !one.flagged && !one.addressee && !one.mentions.is_empty())
                .map(|one| format!("{} ({:.0} %)", one.committee, one.probability * 100.0))
                .collect();
            if !mentioned.is_empty() {
                self.paragraph("  named, below the threshold: ", 4, &mentioned.join(", "))?;
            }
            if flagged == 0 {
                let next: Vec<String> = all
                    .iter()
                    .filter(|one| one.mentions.is_empty() && !one.addressee)
                    .take(3)
                    .map(|one| format!("{} ({:.0} %)", one.committee, one.probability * 100.0))
                    .collect();
                self.paragraph("  nearest: ", 4, &next.join(", "))?;
            }
        }
        Ok(())
    }

    fn interest(&mut self, interest: &Interest) -> fmt::Result {
        let mark = if interest.addressee {
            "addressee".to_owned()
        } else if interest.mentions.is_empty() {
            "not named".to_owned()
        } else {
            "named".to_owned()
        };
        let percent = self.paint(BOLD, &format!("{:>3.0} %", interest.probability * 100.0));
        writeln!(
            self.text,
            "  {percent}  {}  {} [{mark}]",
            interest.committee,
            one_line(&interest.title)
        )?;
        self.paragraph("         ", 9, &interest.because())?;
        for mention in interest.mentions.iter().take(2) {
            let line = mention.line.map_or(String::new(), |line| format!(" (line {line})"));
            let text = format!("{}{line}: «{}»", mention.field, mention.sentence);
            self.paragraph("         ", 9, &text)?;
        }
        Ok(())
    }

    fn overlaps(&mut self, screening: &Screening, top: usize) -> fmt::Result {
        let Some(overlaps) = &screening.overlaps else { return Ok(()) };
        self.heading("Existing work that is close")?;
        if overlaps.is_empty() {
            writeln!(self.text, "None of {} works comes near.", screening.provenance.works)?;
        }
        for overlap in overlaps.iter().take(top) {
            let line = overlap_line(overlap);
            self.paragraph("  ", 9, &line)?;
        }
        if overlaps.len() > top {
            writeln!(self.text, "  and {} more", overlaps.len() - top)?;
        }
        Ok(())
    }

    fn untold(&mut self, screening: &Screening) -> fmt::Result {
        if untold_by_reason(screening).is_empty() {
            return Ok(());
        }
        self.heading("Could not be told")?;
        for (why, rules) in untold_by_reason(screening) {
            self.paragraph(&format!("{}  ", rules.join(", ")), 5, &why)?;
        }
        Ok(())
    }

    fn areas(&mut self, screening: &Screening) -> fmt::Result {
        if screening.areas.is_empty() {
            return Ok(());
        }
        self.heading("Areas of coordination")?;
        for area in &screening.areas {
            self.paragraph("  ", 4, &format!("{area} ({})", area.because()))?;
        }
        Ok(())
    }

    fn foot(&mut self, screening: &Screening) -> fmt::Result {
        let provenance = &screening.provenance;
        let text = format!(
            "{} passed, {} not applicable. spcg {}; {}; model {}. Probabilities are statements about texts and records: \
             nobody is interested who has not said so, and closeness is no proof of overlap.",
            screening.count(Outcome::Pass),
            screening.count(Outcome::NotApplicable),
            provenance.crate_version,
            provenance.data,
            provenance.model,
        );
        self.text.push('\n');
        let start = self.text.len();
        self.paragraph("", 0, &text)?;
        if self.color {
            let dimmed = self.paint(DIM, self.text[start..].trim_end());
            self.text.truncate(start);
            writeln!(self.text, "{dimmed}")?;
        }
        Ok(())
    }
}

/// How many failures are about fields that are left blank, and which fields those are.
pub(super) fn blanks(screening: &Screening) -> Option<String> {
    let blank = screening.blank_fields();
    let failures = screening.findings.iter().filter(|finding| finding.is_failure()).count();
    let gaps = screening.findings.iter().filter(|finding| finding.blank_field().is_some()).count();
    (gaps > 0).then(|| {
        format!("{gaps} of {failures} are about fields that are left blank: {}", blank.join(", "))
    })
}

/// `1 blocker, 3 warnings, 2 pieces of advice`
pub(super) fn counts(screening: &Screening) -> String {
    let count = |severity| screening.failures(severity).count();
    format!(
        "{}, {}, {}",
        counted(count(Severity::Blocker), "blocker"),
        counted(count(Severity::Warning), "warning"),
        counted(count(Severity::Advice), "piece of advice").replace("advices", "advice"),
    )
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s").replace("piece of advices", "pieces of advice"),
    }
}

/// Lines of evidence shown of one finding.
const LINES: usize = 12;

/// The evidence of a finding, a line each; committees that are named in the same fields share one.
/// Their titles stand in the list of committees.
pub(super) fn evidence_lines(finding: &Finding) -> Vec<String> {
    lines_of(finding.evidence.iter())
}

/// The same without the fields, which are shown in another way.
#[cfg(feature = "terminal")]
pub(super) fn evidence_lines_beside_fields(finding: &Finding) -> Vec<String> {
    lines_of(finding.evidence.iter().filter(|evidence| !matches!(evidence, Evidence::Field { .. })))
}

fn lines_of<'a>(evidence: impl Iterator<Item = &'a Evidence>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    // Committees so far with the fields that name them.
    let mut groups: Vec<(&[String], Vec<String>)> = Vec::new();
    let mut end = 0;
    for evidence in evidence {
        match evidence {
            Evidence::Committee {
                reference, probability: Some(probability), mentioned_in, ..
            } => {
                let one = format!("{reference} {:.0} %", probability * 100.0);
                match groups.iter_mut().find(|(fields, _)| *fields == mentioned_in.as_slice()) {
                    Some((_, group)) => group.push(one),
                    None => groups.push((mentioned_in, vec![one])),
                }
                end = lines.len();
            }
            Evidence::Fact { text } if text.starts_with(UNCHECKED) => {}
            _ => {
                let line = evidence_line(evidence);
                if !line.is_empty() {
                    lines.push(line);
                }
            }
        }
    }
    let groups = groups.into_iter().map(|(fields, group)| {
        let named = if fields.is_empty() {
            "not mentioned".to_owned()
        } else {
            format!("in {}", fields.join(", "))
        };
        format!("{}: {named}", group.join(", "))
    });
    lines.splice(end..end, groups);
    if lines.len() > LINES {
        let more = lines.len() - LINES;
        lines.truncate(LINES);
        lines.push(format!("and {more} more"));
    }
    lines
}

/// Why rules could not tell, with the rules; those that failed could not tell in part.
pub(super) fn untold_by_reason(screening: &Screening) -> Vec<(String, Vec<String>)> {
    let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
    let mut add =
        |why: &str, rule: String| match reasons.iter_mut().find(|(reason, _)| reason == why) {
            Some((_, rules)) if rules.contains(&rule) => {}
            Some((_, rules)) => rules.push(rule),
            None => reasons.push((why.to_owned(), vec![rule])),
        };
    for finding in screening.untold() {
        add(&finding.message, finding.rule.clone());
    }
    for finding in &screening.findings {
        for evidence in &finding.evidence {
            if let Evidence::Fact { text } = evidence
                && let Some(why) = text.strip_prefix(UNCHECKED)
            {
                add(why, format!("{} (in part)", finding.rule));
            }
        }
    }
    reasons
}

/// One line for a piece of evidence.
pub(super) fn evidence_line(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Field { field, line, excerpt, .. } => {
            let place = line.map_or(String::new(), |line| format!(" (line {line})"));
            let shown =
                if excerpt.is_empty() { "blank".to_owned() } else { format!("«{excerpt}»") };
            format!("{field}{place}: {shown}")
        }
        Evidence::Committee { reference, title, probability, mentioned_in } => {
            let probability =
                probability.map_or(String::new(), |p| format!(", {:.0} %", p * 100.0));
            let named = if mentioned_in.is_empty() {
                "not mentioned".to_owned()
            } else {
                format!("in {}", mentioned_in.join(", "))
            };
            format!("{reference} {title}{probability}: {named}")
        }
        Evidence::Work { reference, title, similarity, owners, status, named_in } => {
            let owners: Vec<String> = owners.iter().map(ToString::to_string).collect();
            let named =
                named_in.as_ref().map_or("not mentioned".to_owned(), |field| format!("in {field}"));
            format!(
                "{reference} {title} ({}{}; similarity {:.0} %): {named}",
                owners.join(", "),
                status_mark(*status),
                similarity * 100.0
            )
        }
        Evidence::Fact { text } => text.clone(),
    }
}

/// One line for an overlap.
pub(super) fn overlap_line(overlap: &Overlap) -> String {
    let owners: Vec<String> = overlap.owners.iter().map(ToString::to_string).collect();
    let year = overlap.year.map_or(String::new(), |year| format!(", {year}"));
    let named = overlap
        .named_in
        .as_ref()
        .map_or("not named".to_owned(), |field| format!("named in {field}"));
    let terms: Vec<&str> =
        overlap.shared_terms.iter().take(5).map(|term| term.term.as_str()).collect();
    format!(
        "{:>3.0} %  {} {} [{}; {}{year}{}; {named}{}]: {}",
        overlap.similarity * 100.0,
        overlap.reference,
        overlap.title,
        overlap.closeness.name(),
        owners.join(", "),
        status_mark(overlap.status),
        if overlap.own_series { "; own series" } else { "" },
        terms.join(", ")
    )
}

fn status_mark(status: Status) -> &'static str {
    match status {
        Status::Published => "",
        Status::UnderDevelopment => ", under development",
        Status::Withdrawn => ", withdrawn",
    }
}
