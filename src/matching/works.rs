//! What is known of the published works beside the text index.

use rustc_hash::FxHashMap;

use super::cards::Cards;
use super::ids::WorkId;
use super::postings::Postings;
use super::rows::Rows;
use crate::reference::StandardRef;

/// What is kept of the works beside the index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Works {
    pub(crate) postings: Postings,
    pub(crate) title_postings: Postings,
    /// Candidates that own each work.
    pub(crate) owners: Rows<u16>,
    /// Hash of each normalized title with its work, ordered.
    pub(crate) titles: Vec<(u64, WorkId)>,
    /// Work of each reference key.
    pub(crate) references: FxHashMap<Box<str>, WorkId>,
    /// What is shown of them.
    pub(crate) cards: Cards,
    /// Lengths of their vectors.
    pub(crate) lengths: super::closeness::Lengths,
    /// Their titles as terms.
    pub(crate) title_vectors: super::closeness::signals::TitleVectors,
}

impl Works {
    /// How many.
    pub(crate) fn len(&self) -> usize {
        self.postings.works()
    }

    /// Candidates that own a work.
    #[inline]
    pub(crate) fn owners_of(&self, work: WorkId) -> &[u16] {
        self.owners.get(work.index())
    }

    /// Works that had this normalized title at any time.
    pub(crate) fn with_title(&self, key: &str) -> impl Iterator<Item = WorkId> + '_ {
        let hash = title_hash(key);
        let start = self.titles.partition_point(|(other, _)| *other < hash);
        self.titles[start..]
            .iter()
            .take_while(move |(other, _)| *other == hash)
            .map(|(_, work)| *work)
    }

    /// The work of a reference in any of its forms.
    pub(crate) fn of_reference(&self, reference: &StandardRef) -> Option<WorkId> {
        self.references
            .get(reference.work_key().as_str())
            .or_else(|| {
                reference.aliased().and_then(|alias| self.references.get(alias.work_key().as_str()))
            })
            .copied()
    }
}

/// 64-bit FNV-1a: stable over versions and machines, since it is written to disk.
pub(crate) fn title_hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
