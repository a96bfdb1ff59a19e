//! Scores spread along liaisons and inside families.

use super::best::{falling, keep_smallest, number_of};
use super::knowledge::Knowledge;
use super::prior::{gathered_over, spread_over};
use super::scratch::Scratch;
use super::signals::over_largest;

/// Candidates from which scores spread along liaisons.
const SPREADING: usize = 200;
/// The same for the near form.
const SPREADING_NEAR: usize = 50;

impl Knowledge {
    /// Orders candidates by base score, the best [`SPREADING`] first.
    pub(super) fn rank_base(&self, scratch: &mut Scratch) {
        let Scratch { base, order, keys, .. } = scratch;
        keys.clear();
        let positive = (0_u16..).zip(&*base).filter(|(_, score)| **score > 0.0);
        keys.extend(positive.map(|(candidate, score)| falling(*score, candidate)));
        keep_smallest(keys, SPREADING);
        order.clear();
        order.extend(keys.iter().copied().map(number_of));
    }

    /// Scores spread from committees that score high to those in liaison with them and to their
    /// families.
    pub(super) fn spread(&self, hidden: Option<usize>, scratch: &mut Scratch) {
        let Scratch { base, order, liaison, near_liaison, family, .. } = scratch;
        // Liaisons of a candidate without those with the hidden one.
        let known_links = |candidate: usize| {
            let links = &self.candidates.get(candidate).liaisons;
            links.len() - links.iter().filter(|link| hidden == Some(usize::from(**link))).count()
        };
        for (position, candidate) in order.iter().enumerate() {
            let candidate = usize::from(*candidate);
            let score = base[candidate];
            let data = self.candidates.get(candidate);
            if hidden != Some(candidate) {
                let square = score * score;
                let over = match hidden {
                    None => self.prior.spread_over[candidate],
                    Some(_) => spread_over(known_links(candidate)),
                };
                let share = square / over;
                for link in &data.liaisons {
                    liaison[usize::from(*link)] += share;
                    if position < SPREADING_NEAR {
                        near_liaison[usize::from(*link)] += square;
                    }
                }
            }
            let fourth = score.powi(4);
            for child in &data.children {
                family[usize::from(*child)] += fourth;
            }
            if let Some(parent) = data.parent {
                family[usize::from(parent)] += fourth;
                for sibling in &self.candidates.get(usize::from(parent)).children {
                    if usize::from(*sibling) != candidate {
                        family[usize::from(*sibling)] += 0.5 * fourth;
                    }
                }
            }
        }
        for (candidate, value) in liaison.iter_mut().enumerate() {
            *value /= match hidden {
                None => self.prior.gathered_over[candidate],
                Some(_) => gathered_over(known_links(candidate)),
            };
        }
        if let Some(hidden) = hidden {
            liaison[hidden] = 0.0;
            near_liaison[hidden] = 0.0;
        }
        over_largest(liaison);
        over_largest(near_liaison);
        over_largest(family);
    }
}
