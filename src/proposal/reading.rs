//! What was recognized in a form or another text with headings, and what was not.

/// How a proposal was read from a form or another text with headings.
///
/// Nothing is guessed silently: every heading is listed with the field that it filled, or as not
/// recognized; the text under the latter is kept in
/// [`Proposal::unrecognized`](super::Proposal::unrecognized).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
}

/// A heading of the file and the field that it filled.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnrecognizedHeading {
    /// The heading as it stands in the file.
    pub heading: String,
    /// The line of the heading, counted from 1.
    pub line: usize,
}

/// Something that could be read only in part.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remark {
    /// The field.
    pub field: String,
    /// What was found there and what became of it.
    pub text: String,
    /// The line, counted from 1.
    pub line: usize,
}
