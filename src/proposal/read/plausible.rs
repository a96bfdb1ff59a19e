//! Telling a proposal from another text that happens to have a heading in common with one.
//!
//! The readers of texts take whatever headings they know: a description of a program with a section
//! "Background" has one. Who screens files of unknown content asks [`Proposal::ensure_plausible`]
//! first.

use std::collections::BTreeSet;

use super::failure::Unreadable;
use crate::error::Error;
use crate::proposal::{Proposal, Reading};

/// Fields whose headings stand in many texts that are no proposals, such as a date.
const OF_ANY_TEXT: &[&str] = &["", "title", "notes", "date", "language", "id", "reference"];

/// Headings of the description of a program, which proposals do not have.
const OF_PROGRAMS: &[&str] = &[
    "install",
    "installation",
    "installing",
    "usage",
    "getting started",
    "quick start",
    "quickstart",
    "building",
    "build",
    "contributing",
    "changelog",
    "license",
    "licence",
    "dependencies",
    "configuration",
    "development",
    "api",
    "features",
    "requirements and installation",
];

impl Proposal {
    /// Says why this is no proposal, where it was read from a text that has next to nothing of one:
    /// a description of a program, minutes, an article.
    ///
    /// The readers themselves take any text with a heading that they know. Records (TOML, JSON,
    /// YAML) name their fields, and are never refused.
    ///
    /// ```
    /// use spcg::{ErrorKind, Proposal};
    ///
    /// let text = "# robolift\n\n## Installation\n\nCopy it.\n\n## Background\n\nWe like lifts.\n";
    /// let error = Proposal::from_text(text)?.ensure_plausible().unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::NotAProposal);
    /// let text = "# Smart lifts\n\n## Scope\n\nLifts that talk to robots.\n";
    /// assert!(Proposal::from_text(text)?.ensure_plausible().is_ok());
    /// # Ok::<(), spcg::Error>(())
    /// ```
    ///
    /// # Errors
    /// [not a proposal](crate::ErrorKind::NotAProposal), with what was found instead.
    pub fn ensure_plausible(&self) -> Result<(), Error> {
        // A text that says to whom it goes, or what it asks for, is taken at its word.
        let addressed =
            self.kind.is_some() || self.committee.is_some() || self.organization.is_some();
        let why = self.reading().filter(|_| !addressed).and_then(why_not);
        match (why, self.source()) {
            (None, _) => Ok(()),
            (Some(why), None) => Err(Error::new(Unreadable::NoProposal(why))),
            (Some(why), Some(path)) => Err(Error::new(Unreadable::NoProposal(why)).at_path(path)),
        }
    }
}

fn why_not(reading: &Reading) -> Option<String> {
    let top = |field: &str| field.split(['.', '[']).next().unwrap_or_default().to_owned();
    let fields: BTreeSet<String> =
        reading.recognized.iter().map(|heading| top(&heading.field)).collect();
    let telling: Vec<&String> =
        fields.iter().filter(|field| !OF_ANY_TEXT.contains(&field.as_str())).collect();
    let others = reading.unrecognized.len();
    if telling.is_empty() {
        return Some(format!(
            "it tells neither a scope nor a purpose nor to whom it goes{}",
            unknown(reading)
        ));
    }
    let programs = reading.unrecognized.iter().filter(|one| {
        let heading = one.heading.trim().trim_end_matches([':', '.']).to_lowercase();
        OF_PROGRAMS.contains(&heading.as_str())
    });
    let has_scope = fields.contains("scope");
    // A section of a proposal among many of something else is chance.
    if programs.count() > usize::from(has_scope) || (!has_scope && others > telling.len()) {
        let headings: Vec<String> = reading
            .recognized
            .iter()
            .filter(|one| telling.iter().any(|field| **field == top(&one.field)))
            .map(|one| format!("\"{}\"", crate::error::shown(&one.heading)))
            .take(3)
            .collect();
        return Some(format!(
            "of one it has only {}{}",
            super::one_line(&headings.join(", ")),
            unknown(reading)
        ));
    }
    None
}

/// The headings that were found instead.
fn unknown(reading: &Reading) -> String {
    let all = reading.unrecognized.len();
    let shown: Vec<String> = reading
        .unrecognized
        .iter()
        .take(3)
        .map(|one| format!("\"{}\"", crate::error::shown(&one.heading)))
        .collect();
    match all {
        0 => String::new(),
        1..=3 => format!(", beside {}", shown.join(", ")),
        _ => format!(", beside {} and {} more", shown.join(", "), all - shown.len()),
    }
}
