//! What each committee's vocabulary is: terms with weights, laid out by term for accumulation.
//!
//! The weight of a term in a committee's portfolio is `count^0.7 · gain`, where `count` is the
//! number of its works that hold the term (and [`catalogue_count`] more if its title or keywords
//! do), and `gain` is the geometric mean of the term's inverse document frequency over works and
//! over committees. The score of a query is the cosine, without the query's own length, which is
//! the same for all committees.

use super::bytes::{Damaged, Reader, Writer};
use super::query::QueryTerm;
use super::rows::Rows;
use crate::text::TermId;

/// How many works the title and keywords of a committee with so many works count for.
pub(crate) fn catalogue_count(works: u32) -> u16 {
    (f64::from(works) + 1.0).sqrt().round() as u16
}

/// Growth of weight with the number of works that hold a term: less than linear, so that a
/// committee's main word does not hide its others.
pub(crate) const COUNT_POWER: f32 = 0.7;

/// Portfolios of all candidates, by term.
#[derive(Clone, Debug, Default)]
pub(crate) struct Portfolio {
    /// For each term: candidate in the upper 16 bits, level in the lower 16.
    rows: Rows<u32>,
    /// Weight of each level.
    levels: Vec<f32>,
    /// Per term: what a query's term weighs.
    query_gain: Vec<f32>,
    /// Per term: what the levels of its row are multiplied with.
    row_gain: Vec<f32>,
    /// Per candidate: one over the length of its vector.
    scale: Vec<f32>,
    /// Per candidate: its heaviest term's weight.
    heaviest_weight: Vec<f32>,
    /// Terms that more than one candidate in [`DENSE_SHARE`] has, ordered: their levels' weights
    /// stand once more in `dense`, a number for each candidate, which are added up eight at a time.
    dense_terms: Vec<TermId>,
    dense: Vec<f32>,
}

/// A term that more than one of so many candidates has gets a dense row.
const DENSE_SHARE: usize = 6;
/// Dense rows take at most so many bytes.
const DENSE_BYTES: usize = 4 << 20;

/// A main term weighs at least this share of the heaviest.
const MAIN_SHARE: f32 = 0.5;

/// Counts per term and candidate, as the import collects them.
pub(crate) type Counts = Rows<(u16, u16)>;

fn packed((candidate, level): &(u16, u16)) -> u32 {
    u32::from(*candidate) << 16 | u32::from(*level)
}

impl Portfolio {
    /// Portfolios from counts of works. `inverse_document_frequency` is per term, over works.
    pub(crate) fn from_counts(
        counts: &Counts,
        candidates: usize,
        inverse_document_frequency: &[f32],
    ) -> Portfolio {
        let rows = counts.iter().map(<[_]>::len);
        let gains = rows.zip(inverse_document_frequency).map(|(holding, idf)| {
            let inverse_committee_frequency =
                ((1.0 + candidates as f32) / (1.0 + holding as f32)).ln();
            (inverse_committee_frequency * idf).max(0.0).sqrt()
        });
        Portfolio::weighted(counts, candidates, gains.collect(), COUNT_POWER)
    }

    /// Cosine weights `count^power · gain`.
    pub(crate) fn weighted(
        counts: &Counts,
        candidates: usize,
        gain: Vec<f32>,
        power: f32,
    ) -> Portfolio {
        let most = counts.entries().iter().map(|(_, count)| *count).max().unwrap_or(0);
        let levels: Vec<f32> = (0..=most).map(|count| f32::from(count).powf(power)).collect();
        let mut squares = vec![0.0_f64; candidates];
        for (row, gain) in counts.iter().zip(&gain) {
            for &(candidate, count) in row {
                let weight = f64::from(levels[usize::from(count)] * gain);
                squares[usize::from(candidate)] += weight * weight;
            }
        }
        let scale = squares
            .iter()
            .map(|square| if *square > 0.0 { (1.0 / square.sqrt()) as f32 } else { 0.0 })
            .collect();
        Portfolio {
            rows: counts.map(packed),
            levels,
            query_gain: gain.clone(),
            row_gain: gain,
            scale,
            ..Portfolio::default()
        }
        .with_dense_rows()
    }

    /// From weights in 255 steps that hold all gains, as the built-in profile has them: `scale` is
    /// the weight of one step for each candidate.
    pub(crate) fn from_levels(counts: &Counts, scale: Vec<f32>) -> Portfolio {
        let terms = counts.len();
        Portfolio {
            rows: counts.map(packed),
            levels: (0..=255_u16).map(f32::from).collect(),
            row_gain: vec![1.0; terms],
            query_gain: vec![1.0; terms],
            scale,
            ..Portfolio::default()
        }
        .with_dense_rows()
    }

    /// Lays out the rows that many candidates share; the levels must be within their table.
    fn with_dense_rows(mut self) -> Portfolio {
        let candidates = self.scale.len();
        self.heaviest_weight = vec![0.0; candidates];
        for (row, gain) in self.rows.iter().zip(&self.row_gain) {
            for entry in row {
                let candidate = (entry >> 16) as usize;
                let level = self.levels[(entry & 0xffff) as usize];
                let weight = level * gain * self.scale[candidate];
                let heaviest = &mut self.heaviest_weight[candidate];
                *heaviest = heaviest.max(weight);
            }
        }
        for (term, row) in (0..).zip(self.rows.iter()) {
            let start = self.dense.len();
            if row.len() * DENSE_SHARE > candidates && 4 * (start + candidates) <= DENSE_BYTES {
                self.dense_terms.push(term);
                self.dense.resize(start + candidates, 0.0);
                for entry in row {
                    self.dense[start + (entry >> 16) as usize] =
                        self.levels[(entry & 0xffff) as usize];
                }
            }
        }
        self
    }

    #[inline]
    fn dense_row(&self, term: TermId) -> Option<&[f32]> {
        let number = self.dense_terms.binary_search(&term).ok()?;
        self.dense.get(number * self.scale.len()..(number + 1) * self.scale.len())
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.words(self.rows.offsets());
        out.words(self.rows.entries());
        for floats in [&self.levels, &self.query_gain, &self.row_gain, &self.scale] {
            out.floats(floats);
        }
    }

    /// The reverse of [`Portfolio::write`]; every number must be within its table.
    pub(crate) fn read(
        reader: &mut Reader<'_>,
        terms: usize,
        candidates: usize,
    ) -> Result<Portfolio, Damaged> {
        let portfolio = Portfolio {
            rows: Rows::from_parts(reader.words()?, reader.words()?)?,
            levels: reader.floats()?,
            query_gain: reader.floats()?,
            row_gain: reader.floats()?,
            scale: reader.floats()?,
            ..Portfolio::default()
        };
        let is_in_range = |entry: &u32| {
            ((entry >> 16) as usize) < candidates
                && ((entry & 0xffff) as usize) < portfolio.levels.len()
        };
        let is_sound = portfolio.rows.len() == terms
            && portfolio.query_gain.len() == terms
            && portfolio.row_gain.len() == terms
            && portfolio.scale.len() == candidates
            && portfolio.rows.entries().iter().all(is_in_range);
        if is_sound { Ok(portfolio.with_dense_rows()) } else { Err(Damaged) }
    }

    fn row(&self, term: TermId) -> &[u32] {
        self.rows.get(term as usize)
    }

    /// What one term of a query adds to the candidates of its row: candidate and part of the score.
    pub(crate) fn parts(&self, term: QueryTerm) -> impl Iterator<Item = (usize, f32)> + '_ {
        let factor = self.factor(term);
        self.row(term.term).iter().map(move |entry| {
            let candidate = (entry >> 16) as usize;
            (candidate, factor * self.levels[(entry & 0xffff) as usize] * self.scale[candidate])
        })
    }

    /// What one term of a query adds to the scores of some candidates at least: `receive` gets the
    /// candidate and the part.
    pub(crate) fn for_parts(
        &self,
        term: QueryTerm,
        some: &[usize],
        mut receive: impl FnMut(usize, f32),
    ) {
        match self.dense_row(term.term) {
            Some(row) => {
                let factor = self.factor(term);
                for candidate in some.iter().copied().filter(|candidate| row[*candidate] > 0.0) {
                    receive(candidate, factor * row[candidate] * self.scale[candidate]);
                }
            }
            None => self.parts(term).for_each(|(candidate, part)| receive(candidate, part)),
        }
    }

    /// True for one of the main terms of a candidate, to which the term of a query adds `part`.
    pub(crate) fn is_main(&self, term: QueryTerm, candidate: usize, part: f32) -> bool {
        let query = self.query_gain.get(term.term as usize).copied().unwrap_or(0.0);
        part >= MAIN_SHARE * self.heaviest_weight[candidate] * term.frequency_weight() * query
    }

    fn factor(&self, term: QueryTerm) -> f32 {
        let index = term.term as usize;
        match (self.query_gain.get(index), self.row_gain.get(index)) {
            (Some(query), Some(row)) => term.frequency_weight() * query * row,
            _ => 0.0,
        }
    }

    /// Adds the scores of a query to `scores`, one per candidate.
    pub(crate) fn score(&self, terms: &[QueryTerm], scores: &mut [f32]) {
        for term in terms {
            let factor = self.factor(*term);
            if factor <= 0.0 {
                continue;
            }
            if let Some(row) = self.dense_row(term.term) {
                scores.iter_mut().zip(row).for_each(|(score, level)| *score += factor * level);
            } else {
                for entry in self.row(term.term) {
                    scores[(entry >> 16) as usize] +=
                        factor * self.levels[(entry & 0xffff) as usize];
                }
            }
        }
        for (score, scale) in scores.iter_mut().zip(&self.scale) {
            *score *= scale;
        }
    }

    /// The score of one candidate as it would be without some of its works: `without` holds,
    /// ordered by term, in how many of the works left out each term occurs.
    pub(crate) fn score_without(
        &self,
        terms: &[QueryTerm],
        candidate: usize,
        without: &[(TermId, u16)],
    ) -> f32 {
        let scale = self.scale[candidate];
        let mut square = if scale > 0.0 { 1.0 / f64::from(scale).powi(2) } else { 0.0 };
        let mut removed: Vec<(TermId, f32)> = Vec::with_capacity(without.len());
        for &(term, count) in without {
            let row = self.row(term);
            if let Ok(at) = row.binary_search_by_key(&candidate, |entry| (entry >> 16) as usize) {
                let level = (row[at] & 0xffff) as u16;
                let gain = self.row_gain[term as usize];
                let old = self.levels[usize::from(level)];
                let new = self.levels[usize::from(level.saturating_sub(count))];
                square += f64::from(new * gain).powi(2) - f64::from(old * gain).powi(2);
                removed.push((term, old - new));
            }
        }
        if square <= 1e-9 {
            return 0.0;
        }
        let mut sum = 0.0_f64;
        for term in terms {
            let row = self.row(term.term);
            if let Ok(at) = row.binary_search_by_key(&candidate, |entry| (entry >> 16) as usize) {
                let mut weight = self.levels[(row[at] & 0xffff) as usize];
                if let Ok(found) = removed.binary_search_by_key(&term.term, |(term, _)| *term) {
                    weight -= removed[found].1;
                }
                sum += f64::from(self.factor(*term) * weight);
            }
        }
        (sum / square.sqrt()) as f32
    }

    /// The heaviest terms of one candidate, with their weight and query gain; for the built-in
    /// profile.
    pub(crate) fn heaviest(&self) -> Vec<Vec<(TermId, f32)>> {
        let mut all: Vec<Vec<(TermId, f32)>> = vec![Vec::new(); self.scale.len()];
        for term in 0..self.rows.len() {
            let term = TermId::try_from(term).unwrap_or(TermId::MAX);
            for entry in self.row(term) {
                let candidate = (entry >> 16) as usize;
                let weight = self.levels[(entry & 0xffff) as usize]
                    * self.row_gain[term as usize]
                    * self.scale[candidate];
                all[candidate].push((term, weight));
            }
        }
        for list in &mut all {
            list.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        }
        all
    }

    /// The level of a term for one candidate: how many works hold it, where the portfolio comes
    /// from counts.
    pub(crate) fn level(&self, term: TermId, candidate: usize) -> u16 {
        let row = self.row(term);
        row.binary_search_by_key(&candidate, |entry| (entry >> 16) as usize)
            .map_or(0, |at| (row[at] & 0xffff) as u16)
    }

    /// What a query's term weighs, per term.
    pub(crate) fn query_gains(&self) -> &[f32] {
        &self.query_gain
    }

    #[cfg(any(test, feature = "testing"))]
    /// Bytes of memory.
    pub(crate) fn memory(&self) -> usize {
        self.rows.memory() + 4 * (2 * self.query_gain.len() + self.scale.len() + self.dense.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(term: TermId) -> QueryTerm {
        QueryTerm { term, title: 0, body: 1 }
    }

    #[test]
    fn scores_are_cosines_and_parts_add_up() {
        let mut counts = Counts::default();
        counts.push_row([(0, 4), (1, 1)]);
        counts.push_row([(1, 3)]);
        let portfolio = Portfolio::from_counts(&counts, 3, &[1.0, 2.0]);
        let terms = [term(0), term(1)];
        let mut scores = vec![0.0; 3];
        portfolio.score(&terms, &mut scores);
        assert_eq!(scores[2], 0.0);
        for (candidate, score) in scores.iter().enumerate() {
            let parts = terms.iter().flat_map(|term| portfolio.parts(*term));
            let sum: f32 =
                parts.filter(|(other, _)| *other == candidate).map(|(_, part)| part).sum();
            assert!((sum - score).abs() < 1e-6);
            assert!((portfolio.score_without(&terms, candidate, &[]) - score).abs() < 1e-6);
        }
        // Without its three works that hold term 1, candidate 1 is left with term 0 alone.
        let only_first = portfolio.score_without(&terms, 1, &[(1, 3)]);
        assert!((only_first - portfolio.factor(term(0)) / portfolio.row_gain[0]).abs() < 1e-5);
    }
}
