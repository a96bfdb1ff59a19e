//! Reports of a screening: for a terminal, as Markdown, as a Word file, as JSON.
//!
//! A report shows what a [`Screening`] holds and adds nothing. The same screening gives the same
//! bytes.

#[cfg(feature = "terminal")]
mod diagnostics;
#[cfg(feature = "html")]
mod html;
mod outline;
mod paper;
mod text;

use crate::screening::Screening;

/// How a report is written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReportOptions {
    /// Committees shown per organization on the first page.
    pub top: usize,
    /// Everything that was found: all committees, works, places and evidence. Without it the first
    /// forty lines hold verdict, committees and nearest work, and the rest is kept short.
    pub full: bool,
    /// Escape sequences for colours, for a terminal.
    pub color: bool,
    /// Columns of the text form.
    pub width: usize,
}

impl Default for ReportOptions {
    fn default() -> ReportOptions {
        ReportOptions { top: 3, full: false, color: false, width: 100 }
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
        paper::document(self, options).to_markdown()
    }

    /// The report as a page (feature `html`): one file that needs nothing else and no script, with
    /// the text of the proposal beside what was found in it, and what the considerations ask.
    ///
    /// `proposal` and `checklist` are those of the screening; with others, places and explanations
    /// are those of the others.
    ///
    /// ```
    /// # fn main() -> Result<(), spcg::Error> {
    /// use spcg::report::ReportOptions;
    ///
    /// let screener = spcg::Screener::builtin()?;
    /// let proposal = spcg::Proposal::builder().title("Smart <b>lifts</b>").scope("Lifts.").build();
    /// let page = screener.screen(&proposal).to_html(
    ///     &proposal,
    ///     screener.checklist(),
    ///     &ReportOptions::default(),
    /// );
    /// assert!(page.contains("<h1>Smart &lt;b&gt;lifts&lt;/b&gt;</h1>"));
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "html")]
    #[must_use]
    pub fn to_html(
        &self,
        proposal: &crate::Proposal,
        checklist: &crate::checklist::Checklist,
        options: &ReportOptions,
    ) -> String {
        html::write(self, proposal, checklist, options)
    }

    /// The report as a Word file: the bytes of a `.docx`.
    ///
    /// # Errors
    /// [too large](crate::Error::is_too_large) when its text is beyond what such a file holds.
    #[cfg(feature = "docx")]
    pub fn to_word(&self, options: &ReportOptions) -> Result<Vec<u8>, crate::Error> {
        paper::document(self, options).to_word()
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
