//! What a rule answers.

use std::fmt;

use super::evidence::Evidence;
use super::rule::Severity;
use super::sentences::{Fault, Note};

/// Why a rule could not be decided.
///
/// Rules get what they need from their context as `Result<_, CannotTell>`: with `?` an absence ends
/// the rule, and can never read as a pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CannotTell {
    why: String,
}

impl CannotTell {
    pub(crate) fn because(why: impl Into<String>) -> CannotTell {
        CannotTell { why: why.into() }
    }

    /// The reason, in one sentence.
    #[must_use]
    pub fn why(&self) -> &str {
        &self.why
    }
}

impl fmt::Display for CannotTell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.why)
    }
}

/// What a rule found out.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// Nothing to complain of.
    Pass { notes: Vec<Note> },
    /// The question does not arise.
    NotApplicable { why: Note },
    /// At least one shortcoming.
    Fail(Vec<Shortcoming>),
}

impl Verdict {
    pub(crate) fn not_applicable(why: impl Into<Note>) -> Verdict {
        Verdict::NotApplicable { why: why.into() }
    }
}

/// One thing that is wrong, and what to do about it.
#[derive(Debug)]
pub(crate) struct Shortcoming {
    pub(crate) severity: Severity,
    pub(crate) fault: Fault,
    pub(crate) evidence: Vec<Evidence>,
}

/// How a fact begins that tells what part of a rule could not be checked.
pub(crate) const UNCHECKED: &str = "not everything could be checked: ";

/// Collects what a rule with several parts finds.
///
/// A part that lacks its data is remembered: the rule then fails where another part fails, and else
/// cannot tell.
#[derive(Debug, Default)]
pub(crate) struct Review {
    shortcomings: Vec<Shortcoming>,
    missing: Option<CannotTell>,
    notes: Vec<Note>,
}

impl Review {
    /// Adds a shortcoming.
    pub(crate) fn find(
        &mut self,
        severity: Severity,
        fault: impl Into<Fault>,
        evidence: Vec<Evidence>,
    ) {
        self.shortcomings.push(Shortcoming { severity, fault: fault.into(), evidence });
    }

    /// Adds a shortcoming in the words of a rule of an office's own.
    pub(crate) fn fail(
        &mut self,
        severity: Severity,
        message: impl Into<String>,
        remedy: impl Into<String>,
        evidence: Vec<Evidence>,
    ) {
        self.find(severity, Fault::plain(message.into(), remedy.into()), evidence);
    }

    /// What was asked for, or nothing: the absence is remembered.
    pub(crate) fn ask<T>(&mut self, wanted: Result<T, CannotTell>) -> Option<T> {
        match wanted {
            Ok(value) => Some(value),
            Err(missing) => {
                self.missing.get_or_insert(missing);
                None
            }
        }
    }

    /// Something worth knowing although it is no shortcoming.
    pub(crate) fn note(&mut self, note: impl Into<Note>) {
        self.notes.push(note.into());
    }

    /// True while nothing is wrong.
    pub(crate) fn is_clean(&self) -> bool {
        self.shortcomings.is_empty()
    }

    /// The sum of it.
    pub(crate) fn verdict(mut self) -> Result<Verdict, CannotTell> {
        match (self.shortcomings.last_mut(), self.missing) {
            (Some(last), Some(missing)) => {
                last.evidence.push(Evidence::fact(format!("{UNCHECKED}{}", missing.why())));
                Ok(Verdict::Fail(self.shortcomings))
            }
            (Some(_), None) => Ok(Verdict::Fail(self.shortcomings)),
            (None, Some(missing)) => Err(missing),
            (None, None) => Ok(Verdict::Pass { notes: self.notes }),
        }
    }
}
