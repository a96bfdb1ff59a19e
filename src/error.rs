//! The one public error of the crate.
//!
//! An *error* stops the work: a file that cannot be read, an index that is not ours. What a
//! proposal lacks is not an error but a [`Finding`](crate::checklist::Finding), and is reported as
//! a value.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::text::display::{one_line, visible};

/// Anything that can stop this crate.
///
/// The type is opaque: ask it through its predicates ([`Error::is_not_found`],
/// [`Error::is_malformed`], …), and for the place where it happened ([`Error::path`],
/// [`Error::line`], [`Error::column`]). Its [`Display`](fmt::Display) form is one line: place, what
/// is wrong, and what to do about it.
///
/// ```
/// let error = spcg::Proposal::from_toml("title = \"Smart lifts\"\nscoop = \"Lifts.\"").unwrap_err();
/// assert!(error.is_malformed());
/// assert_eq!((error.line(), error.column()), (Some(2), Some(1)));
/// assert!(error.to_string().contains("did you mean `scope`?"));
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    failure: Box<dyn Failure>,
    path: Option<PathBuf>,
    line: Option<usize>,
    column: Option<usize>,
}

/// Why the register of proposals refuses something ([`Error::refusal`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// `by` is on no list of the register.
    UnknownActor,
    /// Another office or role does this.
    WrongRole,
    /// No such committee in the catalogue.
    UnknownCommittee,
    /// Nothing says where another person finds it.
    NoSource,
    /// A deadline is a day.
    DeadlineMissing,
    /// The deadline is not later than it must be.
    DeadlineNotLater,
    /// The case was not shared yet.
    NotShared,
    /// Answers are missing and the deadline has not passed.
    StillOpen,
    /// Somebody holds the case.
    Held,
    /// A comment or statement has no disposition.
    Unanswered,
    /// Nothing on file carries it.
    NoGround,
    /// Only what the machine found carries it.
    MachineGroundOnly,
    /// A text speaks of interest that no statement carries.
    InterestWithoutStatement,
    /// The text is not the one that was proposed.
    TextChanged,
    /// Not every office has agreed.
    NotAgreed,
    /// An office objects.
    Objected,
    /// The proposal was revised since.
    OutdatedBasis,
    /// The number, reference or title is another's.
    NumberTaken,
    /// A place for a text is still empty.
    PlaceholderLeft,
    /// Reports do not say the same.
    BlocksDiffer,
    /// A signature is missing.
    NotSigned,
    /// Two events exclude each other and wait to be settled.
    Conflict,
    /// The case has ended.
    Ended,
    /// It would change what is on file.
    WouldRewrite,
    /// A field is missing, too long or has a value that has no place there.
    Invalid,
}

/// What an error is about, as far as a caller may want to branch on it: [`Error::kind`].
///
/// ```
/// use spcg::{ErrorKind, Proposal};
///
/// let kind = |text| Proposal::from_text(text).unwrap_err().kind();
/// assert_eq!(kind("Dear colleagues, see you on Monday."), ErrorKind::NotAProposal);
/// let error = Proposal::from_toml("title = Smart lifts").unwrap_err();
/// assert_eq!((error.kind(), error.kind().http_status()), (ErrorKind::Malformed, 400));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file, committee or rule that is not there.
    NotFound,
    /// Input that does not follow its format.
    Malformed,
    /// Input in its format, with a field or value that has no place in it.
    Invalid,
    /// A text in which there is nothing of a proposal.
    NotAProposal,
    /// Input beyond a bound of size, depth or expansion.
    TooLarge,
    /// A format or feature that this build does not have.
    Unsupported,
    /// An index that this version cannot use: foreign, partial, corrupted or of another format.
    IncompatibleIndex,
    /// The operating system refused.
    Io,
    /// A defect of this crate or a library it stands on.
    Internal,
    /// The procedure of the register says no: [`Error::refusal`] tells why.
    Refused,
    /// The case has moved on since it was read, or a conflict in it waits to be settled.
    Conflict,
}

/// The name of the kind inside this crate.
pub(crate) use ErrorKind as Class;

impl ErrorKind {
    /// The status with which a service answers a request whose content led to such an error
    /// (RFC 9110, section 15): 400, 404, 413, 415 or 422 where the sender can mend it, else 500.
    #[must_use]
    pub const fn http_status(self) -> u16 {
        match self {
            ErrorKind::Malformed => 400,
            ErrorKind::NotFound => 404,
            ErrorKind::Conflict | ErrorKind::Refused => 409,
            ErrorKind::TooLarge => 413,
            ErrorKind::Unsupported => 415,
            ErrorKind::Invalid | ErrorKind::NotAProposal => 422,
            ErrorKind::IncompatibleIndex | ErrorKind::Io | ErrorKind::Internal => 500,
        }
    }

    /// A few words for people, such as a heading of an error.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            ErrorKind::NotFound => "not there",
            ErrorKind::Malformed => "not in its format",
            ErrorKind::Invalid => "a field or value that has no place there",
            ErrorKind::NotAProposal => "not a proposal",
            ErrorKind::TooLarge => "too large",
            ErrorKind::Unsupported => "not supported",
            ErrorKind::IncompatibleIndex => "an index that cannot be used",
            ErrorKind::Io => "refused by the system",
            ErrorKind::Internal => "a defect of the program",
            ErrorKind::Refused => "refused by the procedure",
            ErrorKind::Conflict => "in conflict with what others wrote",
        }
    }
}

/// The failures of one room: a private enum with [`thiserror`], made public only through [`Error`].
pub(crate) trait Failure: StdError + Send + Sync + 'static {
    /// What a caller may branch on.
    fn class(&self) -> Class;
    /// What to do about it, in the imperative.
    fn remedy(&self) -> Option<Cow<'_, str>> {
        None
    }
    /// Why the register refused it.
    fn refusal(&self) -> Option<Refusal> {
        None
    }
}

/// At most 60 characters of hostile text on one line, for a message.
pub(crate) fn shown(text: &str) -> String {
    let mut shown: String = text.trim().chars().filter_map(visible).take(61).collect();
    if shown.chars().count() > 60 {
        shown = shown.chars().take(60).collect();
        shown.push('…');
    }
    shown
}

impl Error {
    #[cold]
    #[inline(never)]
    pub(crate) fn new(failure: impl Failure) -> Error {
        Error(Box::new(Inner { failure: Box::new(failure), path: None, line: None, column: None }))
    }

    /// An error of the operating system about `path`.
    #[cold]
    #[inline(never)]
    pub(crate) fn io(source: std::io::Error, path: impl Into<PathBuf>) -> Error {
        Error::new(IoFailure(source)).at_path(path)
    }

    /// Sets the file, where it is not set yet.
    #[must_use]
    pub(crate) fn at_path(mut self, path: impl Into<PathBuf>) -> Error {
        self.0.path.get_or_insert_with(|| path.into());
        self
    }

    /// Sets line and column (both from 1), where they are not set yet.
    #[must_use]
    pub(crate) fn at(mut self, line: usize, column: usize) -> Error {
        if self.0.line.is_none() {
            self.0.line = Some(line);
            self.0.column = Some(column);
        }
        self
    }

    /// The file in which it happened, where there is one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// The line, counted from 1.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.0.line
    }

    /// The column in characters, counted from 1.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        self.0.column
    }

    /// What to do about it, where the crate knows.
    #[must_use]
    pub fn remedy(&self) -> Option<Cow<'_, str>> {
        self.0.failure.remedy()
    }

    /// What is wrong, without place and remedy.
    #[must_use]
    pub fn what(&self) -> String {
        self.0.failure.to_string()
    }

    /// What it is about, to branch on: one of the cases that the predicates ask for.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.failure.class()
    }

    /// True when the procedure of the register says no; nothing was written.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.kind() == Class::Refused
    }

    /// True when the case has moved on since it was read, or a conflict in it waits; nothing was
    /// written.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.kind() == Class::Conflict
    }

    /// Why the register refused it.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        self.0.failure.refusal()
    }

    /// True when a file, committee or rule was asked for that does not exist.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.0.failure.class() == Class::NotFound
    }

    /// True when an input does not follow its format, has a field or value that has no place in
    /// it, or is no proposal at all.
    #[must_use]
    pub fn is_malformed(&self) -> bool {
        matches!(self.kind(), Class::Malformed | Class::Invalid | Class::NotAProposal)
    }

    /// True when an input passes a bound of size, depth or expansion.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        self.0.failure.class() == Class::TooLarge
    }

    /// True when this build lacks the format or feature.
    #[must_use]
    pub fn is_unsupported(&self) -> bool {
        self.0.failure.class() == Class::Unsupported
    }

    /// True when an index is foreign, partial, corrupted or of another format version.
    #[must_use]
    pub fn is_incompatible_index(&self) -> bool {
        self.0.failure.class() == Class::IncompatibleIndex
    }

    /// True when the operating system refused (permissions, a full disk, …).
    #[must_use]
    pub fn is_io(&self) -> bool {
        self.0.failure.class() == Class::Io
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = self.0.column.unwrap_or(1);
        // The name of a file may hold anything.
        let path = self.0.path.as_ref().map(|path| one_line(&path.display().to_string()));
        match (path, self.0.line) {
            (Some(path), Some(line)) => write!(f, "{path}:{line}:{column}: ")?,
            (Some(path), None) => write!(f, "{path}: ")?,
            (None, Some(line)) => write!(f, "line {line}, column {column}: ")?,
            (None, None) => {}
        }
        f.write_str(&one_line(&self.0.failure.to_string()))?;
        if let Some(remedy) = self.remedy() {
            write!(f, "; {remedy}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("failure", &self.0.failure)
            .field("path", &self.0.path)
            .field("line", &self.0.line)
            .field("column", &self.0.column)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.failure.source()
    }
}

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct IoFailure(#[source] std::io::Error);

impl Failure for IoFailure {
    fn class(&self) -> Class {
        match self.0.kind() {
            std::io::ErrorKind::NotFound => Class::NotFound,
            _ => Class::Io,
        }
    }
    fn remedy(&self) -> Option<Cow<'_, str>> {
        match self.0.kind() {
            std::io::ErrorKind::NotFound => Some("check the path".into()),
            std::io::ErrorKind::PermissionDenied => Some("check who may read or write it".into()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_one_line_with_place_and_remedy() {
        let error = Error::io(std::io::Error::from(std::io::ErrorKind::NotFound), "a.toml")
            .at(3, 4)
            .at(9, 9);
        assert_eq!(error.to_string(), "a.toml:3:4: entity not found; check the path");
        assert!(error.is_not_found() && !error.is_malformed());
        assert_eq!(error.path(), Some(Path::new("a.toml")));
    }
}
