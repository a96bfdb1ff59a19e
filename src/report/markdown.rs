//! The report as Markdown.

use std::fmt::{self, Write as _};

use super::ReportOptions;
use super::text::{blanks, counts, evidence_lines, overlap_line, untold_by_reason};
use crate::checklist::{Outcome, Severity};
use crate::matching::Interest;
use crate::reference::Organization;
use crate::screening::Screening;
use crate::text::display::markdown as escaped;

/// Writes the report. A `String` takes everything, so the results of writing carry no news.
pub(super) fn write(screening: &Screening, options: &ReportOptions) -> String {
    let mut out = String::new();
    let _ = all(&mut out, screening, options);
    out
}

fn all(out: &mut String, screening: &Screening, options: &ReportOptions) -> fmt::Result {
    let proposal = &screening.proposal;
    let title = if proposal.title.is_empty() { "(no title)" } else { &proposal.title };
    writeln!(out, "# {}\n", escaped(title))?;
    writeln!(out, "**{}**: {}\n", screening.verdict.sentence(), counts(screening))?;
    if let Some(blanks) = blanks(screening) {
        writeln!(out, "{}\n", escaped(&blanks))?;
    }
    let facts = [
        ("Reference", proposal.reference.clone()),
        ("Organization", proposal.organization.map(|one| one.to_string())),
        ("Committee", proposal.committee.as_ref().map(ToString::to_string)),
        (
            "Kind",
            proposal.kind.map(|kind| kind.to_string().replace("itu_", "ITU-T ").replace('_', " ")),
        ),
        ("Proposer", proposal.proposer.clone()),
        ("File", proposal.source.clone()),
    ];
    for (name, value) in facts {
        if let Some(value) = value {
            writeln!(out, "- {name}: {}", escaped(&value))?;
        }
    }
    for (severity, heading) in [
        (Severity::Blocker, "Blockers"),
        (Severity::Warning, "Warnings"),
        (Severity::Advice, "Advice"),
    ] {
        let mut failures = screening.failures(severity).peekable();
        if failures.peek().is_none() {
            continue;
        }
        writeln!(out, "\n## {heading}\n")?;
        for finding in failures {
            writeln!(out, "- **{}** {}", finding.rule, escaped(&finding.message))?;
            for line in evidence_lines(finding) {
                writeln!(out, "  - {}", escaped(&line))?;
            }
            if let Some(remedy) = &finding.remedy {
                writeln!(out, "  - *To do:* {}", escaped(remedy))?;
            }
            writeln!(out, "  - Source: {}", escaped(&finding.source))?;
        }
    }
    writeln!(out, "\n## Committees likely to be interested\n")?;
    for organization in Organization::ALL {
        let shown: Vec<&Interest> = screening
            .ranking(organization)
            .enumerate()
            .filter(|(at, one)| one.flagged || one.addressee || !one.mentions.is_empty() || *at < 3)
            .map(|(_, one)| one)
            .take(options.top.max(3))
            .collect();
        writeln!(
            out,
            "### {organization}\n\n| committee | title | probability | named | why |\n|---|---|---|---|---|"
        )?;
        for one in shown {
            let fields: Vec<&str> =
                one.mentions.iter().map(|mention| mention.field.as_str()).collect();
            let mark = if one.flagged { "**" } else { "" };
            writeln!(
                out,
                "| {mark}{}{mark} | {} | {:.0} % | {} | {} |",
                one.committee,
                escaped(&one.title),
                one.probability * 100.0,
                if one.addressee { "addressee".to_owned() } else { fields.join(", ") },
                escaped(&one.because())
            )?;
        }
        writeln!(out)?;
    }
    if let Some(overlaps) = &screening.overlaps {
        writeln!(out, "## Existing work that is close\n")?;
        if overlaps.is_empty() {
            writeln!(out, "None of {} works comes near.", screening.provenance.works)?;
        }
        for overlap in overlaps.iter().take(options.top) {
            writeln!(out, "- {}", escaped(overlap_line(overlap).trim()))?;
        }
        writeln!(out)?;
    }
    if !screening.areas.is_empty() {
        writeln!(out, "## Areas of coordination\n")?;
        for area in &screening.areas {
            writeln!(out, "- {} ({})", escaped(&area.to_string()), escaped(&area.because()))?;
        }
        writeln!(out)?;
    }
    let untold = untold_by_reason(screening);
    if !untold.is_empty() {
        writeln!(out, "## Could not be told\n")?;
        for (why, rules) in untold {
            writeln!(out, "- **{}** {}", rules.join(", "), escaped(&why))?;
        }
        writeln!(out)?;
    }
    let provenance = &screening.provenance;
    writeln!(
        out,
        "{} passed, {} not applicable. spcg {}; {}; model {}, fitted on {}. Probabilities are statements about texts and \
         records: nobody is interested who has not said so, and closeness is no proof of overlap.",
        screening.count(Outcome::Pass),
        screening.count(Outcome::NotApplicable),
        provenance.crate_version,
        escaped(&provenance.data),
        escaped(&provenance.model),
        escaped(&provenance.fitted_on)
    )
}
