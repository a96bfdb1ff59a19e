//! Everything that matching knows, laid out for it. Made by [`compile`](super::compile), kept on
//! disk by [`stored`](super::stored).

use super::candidates::Candidates;
use super::ids::WorkId;
use super::portfolio::Portfolio;
use super::prior::Prior;
use super::tables::OwnerTable;
use super::works::Works;
use crate::reference::{CommitteeRef, StandardRef};
use crate::text::Lexicon;

/// Everything that matching needs to know, laid out for it.
#[derive(Clone, Debug)]
pub(crate) struct Knowledge {
    pub(crate) candidates: Candidates,
    /// What is known of them before any subject.
    pub(crate) prior: Prior,
    pub(crate) lexicon: Lexicon,
    /// Inverse document frequency per term.
    pub(crate) idf: Vec<f32>,
    /// Vocabulary of published works, title and keywords.
    pub(crate) portfolio: Portfolio,
    /// Title, keywords and official scope.
    pub(crate) scope: Portfolio,
    /// Titles of committees alone.
    pub(crate) titles: Portfolio,
    /// Beginnings of titles.
    pub(crate) series: OwnerTable,
    /// Classification codes.
    pub(crate) classification: OwnerTable,
    /// The works, where an index of standards is there.
    pub(crate) works: Option<Works>,
}

impl Knowledge {
    /// The candidates that some references stand for, ordered.
    pub(crate) fn mentioned<'a>(
        &self,
        references: impl Iterator<Item = &'a CommitteeRef>,
    ) -> Vec<usize> {
        let mut numbers: Vec<usize> =
            references.filter_map(|reference| self.candidates.exact(reference)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The known works among some references, in the order of the references.
    pub(crate) fn cited<'a>(
        &self,
        references: impl Iterator<Item = &'a StandardRef>,
    ) -> Vec<(StandardRef, WorkId)> {
        let Some(works) = &self.works else { return Vec::new() };
        let mut cited: Vec<(StandardRef, WorkId)> = references
            .filter_map(|reference| Some((reference.clone(), works.of_reference(reference)?)))
            .collect();
        cited.sort_unstable();
        cited.dedup();
        cited
    }
}
