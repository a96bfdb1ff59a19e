//! The works whose sums come near the best one's.

use super::ids::WorkId;
use super::postings::Postings;
use super::query::Query;

/// Works whose sums reach a share of the best one's.
#[derive(Clone, Debug, Default)]
pub(crate) struct Near {
    /// Largest sum of all.
    pub(crate) largest: u32,
    /// Sum and work, in the order of works but for sparse titles.
    pub(crate) works: Vec<(u32, WorkId)>,
}

/// Works at least so near are kept: one over the share of the best one's sum.
const NEAR_SHARE: u32 = 4;
/// Sums looked at together.
const STRIDE: usize = 16;

impl Near {
    pub(super) fn clear(&mut self) {
        self.largest = 0;
        self.works.clear();
    }

    /// Takes what is near from the sums of the works from `first` on.
    pub(super) fn sift(&mut self, first: usize, sums: &[u32]) {
        // Sums stay below 2^31: 4,000 terms of at most 157 · 255. In lanes, so that several numbers
        // are compared at a time.
        let mut lanes = [0_i32; STRIDE];
        let (strides, rest) = sums.as_chunks::<STRIDE>();
        for stride in strides {
            for (lane, sum) in lanes.iter_mut().zip(stride) {
                *lane = (*lane).max(*sum as i32);
            }
        }
        let largest =
            lanes.into_iter().chain(rest.iter().map(|sum| *sum as i32)).max().unwrap_or(0);
        self.largest = self.largest.max(largest as u32);
        let least = self.largest / NEAR_SHARE;
        let mut take = |first: usize, sums: &[u32]| {
            let near = sums.iter().enumerate().filter(|(_, sum)| **sum > least);
            self.works.extend(near.map(|(at, sum)| (*sum, WorkId::at(first + at))));
        };
        for (number, stride) in strides.iter().enumerate() {
            // The sign of a difference tells which is larger.
            if stride.iter().fold(0, |signs, sum| signs | least.wrapping_sub(*sum)) >> 31 == 1 {
                take(first + number * STRIDE, stride);
            }
        }
        take(first + sums.len() - rest.len(), rest);
    }

    /// Takes one work.
    pub(super) fn take(&mut self, sum: u32, work: WorkId) {
        if sum > self.largest / NEAR_SHARE {
            self.largest = self.largest.max(sum);
            self.works.push((sum, work));
        }
    }

    /// Drops what was near only to the best one so far.
    pub(super) fn settle(&mut self) {
        let least = self.largest / NEAR_SHARE;
        self.works.retain(|(sum, _)| *sum > least);
    }
}

/// What a work with every term of the query would have, in the unit of BM25: the measure of
/// [`similarity`].
pub(crate) fn full_weight(idf: &[f32], query: &Query) -> f32 {
    query.terms.iter().map(|term| term.frequency_weight() * idf[term.term as usize]).sum()
}

/// A term that stands in a work once or twice has this weight on the average; see BM25.
const USUAL_SATURATION: f32 = 1.6;

/// How close a work is to the query, from 0 to 1: its share of what a work with all the query's
/// terms would have.
pub(crate) fn similarity(postings: &Postings, full_weight: f32, sum: u32) -> f32 {
    if full_weight > 0.0 {
        (sum as f32 * postings.unit() / full_weight / USUAL_SATURATION).min(1.0)
    } else {
        0.0
    }
}
