//! What a query must not use, so that history can be asked fairly.

use super::columns::Columns;
use super::ids::WorkId;
use super::knowledge::Knowledge;
use super::scratch::Scratch;

/// What is known and not to be used for a query. For a proposal that is [`Nothing`]; evaluation
/// hides the work that it asks about.
pub(crate) trait Hidden {
    /// Works that have no vote and are not cited, ordered.
    fn works(&self) -> &[WorkId] {
        &[]
    }

    /// A candidate whose liaisons are unknown.
    fn candidate(&self) -> Option<usize> {
        None
    }

    /// Takes the works from the vocabularies of their owners.
    fn correct_portfolios(&self, _: &Knowledge, _: &mut Scratch) {}

    /// Takes them from what is known before any subject.
    fn correct_prior(&self, _: &Knowledge, _: &mut Columns) {}

    /// How many of the works an owner has in a series.
    fn of_series(&self, _: &Knowledge, _owner: u16, _series: &str) -> u32 {
        0
    }

    /// How many of the works an owner has under a classification code.
    fn of_code(&self, _: &Knowledge, _owner: u16, _code: &str) -> u32 {
        0
    }
}

/// Everything may be used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nothing;

impl Hidden for Nothing {}
