//! The features of all candidates, a column each: what the scores are computed from.
//!
//! A column stands in one piece, so that weighing it is one pass over neighbouring numbers, eight
//! at a time.

use super::signals::{COUNT, Row};

/// `COUNT` columns with one number for each candidate.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    candidates: usize,
    values: Vec<f32>,
}

impl Columns {
    /// For so many candidates. The columns of `sparse` are zero; what the others hold is to be
    /// written over.
    pub(crate) fn begin(&mut self, candidates: usize, sparse: &[usize]) {
        self.candidates = candidates;
        self.values.resize(COUNT * candidates, 0.0);
        for feature in sparse {
            self.get_mut(*feature).fill(0.0);
        }
    }

    /// One feature of all candidates.
    pub(crate) fn get(&self, feature: usize) -> &[f32] {
        &self.values[feature * self.candidates..(feature + 1) * self.candidates]
    }

    pub(crate) fn get_mut(&mut self, feature: usize) -> &mut [f32] {
        &mut self.values[feature * self.candidates..(feature + 1) * self.candidates]
    }

    /// Makes a column of another one's values times `mask`.
    pub(crate) fn mask(&mut self, feature: usize, of: usize, mask: &[f32]) {
        for (candidate, mask) in mask.iter().enumerate() {
            self.values[feature * self.candidates + candidate] =
                self.values[of * self.candidates + candidate] * mask;
        }
    }

    /// All features of one candidate.
    pub(crate) fn row(&self, candidate: usize) -> Row {
        std::array::from_fn(|feature| self.values[feature * self.candidates + candidate])
    }

    /// The rows of all candidates.
    pub(crate) fn rows(&self) -> Vec<Row> {
        (0..self.candidates).map(|candidate| self.row(candidate)).collect()
    }

    /// `Σ weight · feature` of each candidate.
    pub(crate) fn weigh(&self, weights: &[f32; COUNT], scores: &mut Vec<f32>) {
        scores.clear();
        scores.resize(self.candidates, 0.0);
        for (weight, column) in weights.iter().zip(self.values.chunks_exact(self.candidates.max(1)))
        {
            if *weight != 0.0 {
                scores.iter_mut().zip(column).for_each(|(score, value)| *score += weight * value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_rows_agree() {
        let mut columns = Columns::default();
        columns.begin(3, &[]);
        for feature in 0..COUNT {
            for candidate in 0..3 {
                columns.get_mut(feature)[candidate] = (feature * 3 + candidate) as f32;
            }
        }
        let weights: [f32; COUNT] = std::array::from_fn(|feature| feature as f32 - 2.0);
        let mut scores = vec![7.0];
        columns.weigh(&weights, &mut scores);
        let expected: Vec<f32> = columns
            .rows()
            .iter()
            .map(|row| row.iter().zip(weights).map(|(value, weight)| value * weight).sum())
            .collect();
        assert_eq!(scores, expected);
        assert_eq!((columns.get(1)[2], columns.row(2)[1]), (5.0, 5.0));
        columns.begin(3, &[4]);
        assert_eq!((columns.get(4), columns.get(5)[0]), (&[0.0; 3][..], 15.0));
        columns.begin(0, &[4]);
        columns.weigh(&weights, &mut scores);
        assert!(scores.is_empty() && columns.rows().is_empty());
    }
}
