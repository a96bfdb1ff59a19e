//! Near works vote for the committees that own them.

use super::best::keep_smallest;
use super::ids::WorkId;
use super::knowledge::Knowledge;
use super::near::Near;
use super::postings::{Accumulator, BLOCK, Postings};
use super::query::QueryTerm;
use super::scratch::Scratch;
use super::works::Works;

/// Works below this share of the best one's sum have no vote; with the sixth power they would have
/// less than 0.001.
const NEIGHBOUR_SHARE: f32 = 0.3;
/// Works that vote on titles alone.
const TITLE_NEIGHBOURS: usize = 30;
/// Titles of fewer postings than one for so many works are added up without looking at all sums.
const SPARSE_SHARE: usize = 2;

impl Knowledge {
    /// Nearest works, by full text and by title, vote for their owners.
    pub(super) fn vote(&self, works: &Works, hidden: &[WorkId], scratch: &mut Scratch) {
        let Scratch { query, sums, title_sums, zeros, near, near_titles, .. } = scratch;
        sums.begin(&works.postings, query.terms.iter().copied());
        let in_title = query.terms.iter().filter(|term| term.title > 0);
        title_sums
            .begin(&works.title_postings, in_title.map(|term| QueryTerm { body: 0, ..*term }));
        let is_sparse = title_sums
            .sparse()
            .is_some_and(|postings| postings < works.postings.works() / SPARSE_SHARE);
        for block in 0..works.postings.works().div_ceil(BLOCK) {
            let first = block * BLOCK;
            let add = |sums: &mut Accumulator, postings: &Postings, near: &mut Near| {
                let sums = sums.block(postings, block);
                for work in hidden {
                    if let Some(sum) =
                        work.index().checked_sub(first).and_then(|at| sums.get_mut(at))
                    {
                        *sum = 0;
                    }
                }
                near.sift(first, sums);
            };
            add(sums, &works.postings, near);
            if !is_sparse {
                add(title_sums, &works.title_postings, near_titles);
            }
        }
        if is_sparse {
            title_sums.for_each_sum(&works.title_postings, zeros, |work, sum| {
                if hidden.binary_search(&work).is_err() {
                    near_titles.take(sum, work);
                }
            });
        }
        near.settle();
        near_titles.settle();

        let largest = scratch.near.largest as f32;
        let least = (largest * NEIGHBOUR_SHARE) as u32;
        for (sum, work) in scratch.near.works.iter().filter(|(sum, _)| *sum > least) {
            let share = *sum as f32 / largest;
            let vote = share.powi(6);
            for owner in works.owners_of(*work) {
                let owner = usize::from(*owner);
                scratch.neighbours[owner] += vote;
                scratch.nearest_work[owner] = scratch.nearest_work[owner].max(share);
            }
        }

        let largest = scratch.near_titles.largest as f32;
        let least = (largest * NEIGHBOUR_SHARE) as u32;
        let best = &mut scratch.best_titles;
        best.clear();
        // Sums in reverse, so that the ascending order begins with the best, ties by number.
        let near = scratch.near_titles.works.iter().filter(|(sum, _)| *sum > least);
        best.extend(near.map(|(sum, work)| (u32::MAX - sum, *work)));
        keep_smallest(best, TITLE_NEIGHBOURS);
        for (reversed, work) in &*best {
            let vote = ((u32::MAX - reversed) as f32 / largest).powi(4);
            for owner in works.owners_of(*work) {
                scratch.title_neighbours[usize::from(*owner)] += vote;
            }
        }
    }
}
