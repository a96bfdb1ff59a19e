//! The working memory of one worker.

use super::columns::Columns;
use super::ids::WorkId;
use super::near::Near;
use super::postings::Accumulator;
use super::query::{Address, Query};
use super::ranking::Ranking;
use super::signals::{CITATION, MENTION};
use crate::text::WordMemo;
use crate::text::title_similarity::TitlePairs;

/// Working memory of one worker: some 800 kilobytes, 4 bytes a work, 200 a candidate and what the
/// near works take.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) memo: WordMemo,
    pub(crate) query: Query,
    pub(super) sums: Accumulator,
    pub(super) title_sums: Accumulator,
    /// A zero for each work, for queries of few postings.
    pub(super) zeros: Vec<u32>,
    /// Works that reach a quarter of the best one's sum, with their sums, in their order.
    pub(crate) near: Near,
    pub(super) near_titles: Near,
    pub(super) best_titles: Vec<(u32, WorkId)>,
    pub(crate) portfolio: Vec<f32>,
    pub(super) scope: Vec<f32>,
    pub(super) titles: Vec<f32>,
    pub(super) neighbours: Vec<f32>,
    pub(super) title_neighbours: Vec<f32>,
    /// Of each candidate its nearest work: the share of the largest sum.
    pub(super) nearest_work: Vec<f32>,
    pub(super) base: Vec<f32>,
    pub(super) liaison: Vec<f32>,
    pub(super) near_liaison: Vec<f32>,
    pub(super) family: Vec<f32>,
    /// Candidates that spread their scores, the best first.
    pub(super) order: Vec<u16>,
    /// Working memory for ordering.
    pub(crate) keys: Vec<u64>,
    /// Scores of the last ranking.
    pub(crate) ranking: Ranking,
    /// That of closeness.
    pub(crate) closeness: super::closeness::Workspace,
    /// That of documents of other bodies, which have terms of their own.
    pub(crate) elsewhere: super::closeness::Workspace,
    /// The title, for comparing others with it.
    pub(crate) title: TitlePairs,
    /// The features of all candidates.
    pub(crate) columns: Columns,
    /// True when the subject has classification codes that some work shares.
    pub(crate) has_codes: bool,
    /// To whom the subject is addressed.
    pub(crate) address: Address,
}

impl Scratch {
    /// True when the subject has no word that any committee or work has, and names nobody.
    pub(crate) fn is_silent(&self) -> bool {
        let nobody = |feature: usize| self.columns.get(feature).iter().all(|value| *value == 0.0);
        self.query.terms.is_empty() && nobody(MENTION) && nobody(CITATION)
    }

    /// Score of a candidate by scope and portfolio alone, from 0 to 1.
    pub(crate) fn base_of(&self, candidate: usize) -> f32 {
        self.base.get(candidate).copied().unwrap_or(0.0)
    }
}
