//! From features to scores and probabilities.

use super::columns::Columns;
use super::model::{Heads, peak, probability};
use super::prior::Prior;

/// All candidates of one subject with score and probability, in the order of their references.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ranking {
    pub(crate) scored: Vec<Scored>,
    pub(crate) peak: f64,
    interests: Vec<f32>,
    homes: Vec<f32>,
}

/// One candidate's result.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scored {
    pub(crate) interest: f32,
    pub(crate) home: f32,
    pub(crate) log_odds: f64,
}

impl Scored {
    /// Probability that the candidate is concerned.
    pub(crate) fn probability(self) -> f64 {
        probability(self.log_odds)
    }
}

impl Ranking {
    /// Scores all candidates from their features; the memory of this ranking is used again.
    ///
    /// The features compare candidates with each other; where nothing is known of the subject
    /// (`is_silent`), all are equal and none is concerned.
    pub(crate) fn fill(
        &mut self,
        columns: &Columns,
        heads: &Heads,
        prior: &Prior,
        has_codes: bool,
        is_silent: bool,
    ) {
        let Ranking { scored, peak: highest, interests, homes } = self;
        columns.weigh(&heads.interest, interests);
        columns.weigh(heads.home_weights(has_codes), homes);
        *highest = peak(interests.iter().copied());
        scored.clear();
        scored.extend(interests.iter().zip(&*homes).enumerate().map(
            |(number, (interest, home))| Scored {
                interest: *interest,
                home: *home,
                log_odds: if is_silent {
                    f64::NEG_INFINITY
                } else {
                    let is_outside_iso = prior.is_outside_iso(number);
                    heads.calibration.log_odds(f64::from(*interest), *highest, is_outside_iso)
                },
            },
        ));
    }
}
