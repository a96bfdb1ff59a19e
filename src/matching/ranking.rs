//! From features to scores and probabilities.

use super::columns::Columns;
use super::model::{Circumstances, Heads, peaks, probability};
use super::prior::Prior;
use super::query::Address;
use super::signals::MENTION;

/// All candidates of one subject with score and probability, in the order of their references.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ranking {
    pub(crate) scored: Vec<Scored>,
    /// What all candidates share.
    pub(crate) around: Circumstances,
    interests: Vec<f32>,
    homes: Vec<f32>,
}

/// One candidate's result.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scored {
    #[cfg_attr(not(any(test, feature = "testing")), allow(dead_code))] // benchmarks look at it
    pub(crate) interest: f32,
    pub(crate) home: f32,
    pub(crate) log_odds: f64,
    /// The same before named candidates are lifted to what named ones have.
    pub(crate) own_log_odds: f64,
    /// What candidates are ordered by: the score, and for those that are named what would give
    /// their log-odds.
    pub(crate) rank: f32,
}

impl Scored {
    /// Probability that the candidate is concerned.
    pub(crate) fn probability(self) -> f64 {
        probability(self.log_odds)
    }

    /// The same without the lift that being named gives, where it gave one.
    pub(crate) fn own_probability(self) -> Option<f64> {
        (self.own_log_odds < self.log_odds).then(|| probability(self.own_log_odds))
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
        address: Address,
    ) {
        let Ranking { scored, around, interests, homes } = self;
        columns.weigh(&heads.interest, interests);
        columns.weigh(heads.home_weights(has_codes), homes);
        let named = columns.get(MENTION);
        *around = Circumstances {
            peaks: peaks(interests.iter().copied()),
            has_addressee: address.has_committee,
            ..Circumstances::default()
        };
        scored.clear();
        let all = interests.iter().zip(&*homes).enumerate();
        scored.extend(all.map(|(number, (interest, home))| {
            let around = around.of(number, prior, address);
            let own = heads.calibration.log_odds(f64::from(*interest), around, false);
            let log_odds =
                heads.calibration.log_odds(f64::from(*interest), around, named[number] > 0.0);
            Scored {
                interest: *interest,
                home: *home,
                rank: interest + heads.calibration.score_of(log_odds - own),
                log_odds: if is_silent { f64::NEG_INFINITY } else { log_odds },
                own_log_odds: if is_silent { f64::NEG_INFINITY } else { own },
            }
        }));
        // A technical area is no committee of its own: whom it concerns is the one it is part of.
        for (area, committee) in prior.areas() {
            let of_area = scored[usize::from(*area)];
            let of_committee = &mut scored[usize::from(*committee)];
            of_committee.log_odds = of_committee.log_odds.max(of_area.log_odds);
            of_committee.own_log_odds = of_committee.own_log_odds.max(of_area.own_log_odds);
            of_committee.rank = of_committee.rank.max(of_area.rank);
        }
    }
}

impl Circumstances {
    /// Those of one candidate.
    pub(crate) fn of(self, candidate: usize, prior: &Prior, address: Address) -> Circumstances {
        Circumstances {
            is_outside_iso: prior.is_outside_iso(candidate),
            is_of_own_organization: address.organization == Some(prior.organization(candidate)),
            ..self
        }
    }
}
