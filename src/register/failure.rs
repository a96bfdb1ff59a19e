//! What can go wrong in the register.

use std::borrow::Cow;

use crate::error::{Class, Error, Failure, Refusal};

#[derive(Debug, thiserror::Error)]
pub(crate) enum RegisterFailure {
    #[error("{what}")]
    Refused { reason: Refusal, what: String, remedy: String },
    #[error("{what}")]
    Damaged { what: String, remedy: &'static str },
    #[error("no case `{0}` in the register")]
    NoCase(String),
    #[error("nothing is frozen as `{0}`")]
    NoRecord(String),
    #[error("the case has moved on since it was read")]
    HeadsMoved,
    #[error("{what} is beyond the bound of {bound}")]
    TooLarge { what: String, bound: String },
}

impl Failure for RegisterFailure {
    fn class(&self) -> Class {
        match self {
            RegisterFailure::Refused { reason: Refusal::Conflict, .. }
            | RegisterFailure::HeadsMoved => Class::Conflict,
            RegisterFailure::Refused { .. } => Class::Refused,
            RegisterFailure::Damaged { .. } => Class::Malformed,
            RegisterFailure::NoCase(_) | RegisterFailure::NoRecord(_) => Class::NotFound,
            RegisterFailure::TooLarge { .. } => Class::TooLarge,
        }
    }

    fn remedy(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            RegisterFailure::Refused { remedy, .. } => Cow::Borrowed(remedy.as_str()),
            RegisterFailure::Damaged { remedy, .. } => Cow::Borrowed(*remedy),
            RegisterFailure::NoCase(_) => Cow::Borrowed("`status` lists the cases"),
            RegisterFailure::NoRecord(_) => Cow::Borrowed("freeze the period first"),
            RegisterFailure::HeadsMoved => Cow::Borrowed("read it again and repeat"),
            RegisterFailure::TooLarge { .. } => Cow::Borrowed("shorten or split it"),
        })
    }

    fn refusal(&self) -> Option<Refusal> {
        match self {
            RegisterFailure::Refused { reason, .. } => Some(*reason),
            _ => None,
        }
    }
}

/// The procedure says no.
#[cold]
pub(crate) fn refuse(reason: Refusal, what: impl Into<String>, remedy: impl Into<String>) -> Error {
    Error::new(RegisterFailure::Refused { reason, what: what.into(), remedy: remedy.into() })
}

/// A file or record that cannot be what it says.
#[cold]
pub(crate) fn damaged(what: impl Into<String>, remedy: &'static str) -> Error {
    Error::new(RegisterFailure::Damaged { what: what.into(), remedy })
}
