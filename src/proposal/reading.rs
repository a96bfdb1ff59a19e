//! What was recognized in a form or another text with headings, and what was not.

use serde::{Deserialize, Serialize};

/// How a proposal was read from a form or another text with headings.
///
/// Nothing is guessed silently: every heading is listed with the field that it filled, or as not
/// recognized; the text under the latter is kept in
/// [`Proposal::unrecognized`](super::Proposal::unrecognized).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Reading {
    /// Headings that were recognized, in the order of the file.
    pub recognized: Vec<RecognizedHeading>,
    /// Headings that were not recognized, in the order of the file.
    pub unrecognized: Vec<UnrecognizedHeading>,
    /// Fields that the checklist asks for and that the file does not fill.
    pub missing: Vec<String>,
    /// Remarks on what could be read only in part, such as a date in words.
    pub remarks: Vec<Remark>,
    /// Instructions printed in the form, which were not taken for answers.
    pub guidance: Vec<Guidance>,
    /// The encoding of the text, where it is a guess from its bytes, such as `windows-1252`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
}

impl Reading {
    /// The headings that were not understood and resemble a field most: a blank field may stand
    /// under one of them. A part such as `timeline.draft` counts for its field.
    ///
    /// ```
    /// let proposal = spcg::Proposal::from_text(
    ///     "# Smart lifts\n\n## Scope\n\nLifts.\n\n## Relevant documents we read\n\nA guide of a hotel.\n",
    /// )?;
    /// let reading = proposal.reading().unwrap();
    /// let heading = reading.resembling("related_standards").next().unwrap();
    /// assert_eq!((heading.heading.as_str(), heading.line), ("Relevant documents we read", 7));
    /// # Ok::<(), spcg::Error>(())
    /// ```
    pub fn resembling<'a>(
        &'a self,
        field: &'a str,
    ) -> impl Iterator<Item = &'a UnrecognizedHeading> + 'a {
        let top = |name: &'a str| name.split('.').next().unwrap_or_default();
        self.unrecognized.iter().filter(move |heading| {
            heading.nearest.as_deref().is_some_and(|near| top(near) == top(field))
        })
    }
}

/// A heading of the file and the field that it filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RecognizedHeading {
    /// The heading as it stands in the file.
    pub heading: String,
    /// The field, such as `scope` or `timeline.draft`; for administrative headings, which fill
    /// none, it is empty.
    pub field: String,
    /// The line of the heading, counted from 1.
    pub line: usize,
    /// False when the heading only resembles the one that is known.
    pub exact: bool,
}

/// A heading of the file that fills no field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UnrecognizedHeading {
    /// The heading as it stands in the file.
    pub heading: String,
    /// The line of the heading, counted from 1.
    pub line: usize,
    /// The field whose headings it resembles most, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<String>,
}

/// An instruction printed in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Guidance {
    /// The instruction, on one line.
    pub text: String,
    /// The line, counted from 1.
    pub line: usize,
}

/// Something that could be read only in part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Remark {
    /// The field.
    pub field: String,
    /// What was found there and what became of it.
    pub text: String,
    /// The line, counted from 1.
    pub line: usize,
}
