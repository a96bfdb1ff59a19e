//! Reports of a screening: for a terminal, as Markdown, as JSON.
//!
//! A report shows what a [`Screening`] holds and adds nothing. The same screening gives the same
//! bytes.

#[cfg(feature = "terminal")]
mod diagnostics;
mod markdown;
mod text;

use crate::screening::Screening;

/// How a report is written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReportOptions {
    /// Committees shown per organization.
    pub top: usize,
    /// Escape sequences for colours, for a terminal.
    pub color: bool,
    /// Columns of the text form.
    pub width: usize,
}

impl Default for ReportOptions {
    fn default() -> ReportOptions {
        ReportOptions { top: 8, color: false, width: 100 }
    }
}

impl Screening {
    /// The report for people at a terminal.
    #[must_use]
    pub fn to_text(&self, options: &ReportOptions) -> String {
        text::write(self, options)
    }

    /// The report as Markdown, for people who edit it further.
    #[must_use]
    pub fn to_markdown(&self, options: &ReportOptions) -> String {
        markdown::write(self, options)
    }

    /// The whole result as JSON, for programs.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Nothing in a screening can fail to serialize: there are no maps with other keys than
        // strings.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The whole result as JSON on one line, for programs that read line by line.
    #[must_use]
    pub fn to_json_line(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
