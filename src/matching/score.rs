//! All features of all candidates for one subject: the hot path.
//!
//! Nothing is allocated here once a worker's [`Scratch`] has grown to the size of the index and met
//! the words (the test `allocation` counts).
//!
//! # How far from the floor
//! With 42,470 works and proposals of some hundred terms, one run of `benches/matching.rs` gave:
//! one read of the postings, the floor, 0.038 ms; adding them up 0.122; all signals 0.212;
//! everything with evidence 0.393; the plain loop over rows of work and weight, which only finds
//! ten works, 0.163. Counted instead of timed (`benches/instructions.rs`, one fixed proposal): 2.16
//! million instructions for all signals and 3.29 million for everything, from 4.76 and 10.42
//! million when sums stood in one array, features in rows and records in JSON.
//!
//! Of what is above the accumulation, looking through the sums for near works takes most, then
//! portfolios, then spreading along liaisons; in the evidence, memory for the texts that are given
//! out.

use super::hidden::Hidden;
use super::knowledge::Knowledge;
use super::query::Subject;
use super::scratch::Scratch;
use super::signals::{
    CITATION, CLASSIFICATION, FAMILY_LOG, LIAISON, LIAISON_LOG, MENTION, NEAR_LIAISON_LOG,
    NEAREST_WORK, NEIGHBOURS, NEIGHBOURS_LOG, NEIGHBOURS_OUTSIDE_ISO, PORTFOLIO, PORTFOLIO_LOG,
    PORTFOLIO_LOG_OUTSIDE_ISO, SCOPE_LOG, SCOPE_LOG_OUTSIDE_ISO, SERIES, TITLE_NEIGHBOURS_LOG,
    TITLE_SIMILARITY, TITLE_TERMS_LOG, log_shares, over_largest,
};
use super::tables::code_levels;

/// Candidates whose titles are compared letter by letter.
const TITLES_COMPARED: usize = 24;

/// Features that only some candidates have; all others are computed for each.
const SPARSE: [usize; 5] = [SERIES, TITLE_SIMILARITY, MENTION, CITATION, CLASSIFICATION];

impl Knowledge {
    /// Computes the features of all candidates into `scratch.columns`, as if nothing were known of
    /// what is `hidden`.
    pub(crate) fn score(&self, subject: &Subject<'_>, hidden: &impl Hidden, scratch: &mut Scratch) {
        let candidates = self.candidates.len();
        scratch.query.fill(subject, &self.lexicon, &mut scratch.memo);
        scratch.address = subject.address;
        scratch.columns.begin(candidates, &SPARSE);
        for values in [
            &mut scratch.portfolio,
            &mut scratch.scope,
            &mut scratch.titles,
            &mut scratch.neighbours,
            &mut scratch.title_neighbours,
            &mut scratch.nearest_work,
            &mut scratch.base,
            &mut scratch.liaison,
            &mut scratch.near_liaison,
            &mut scratch.family,
        ] {
            values.clear();
            values.resize(candidates, 0.0);
        }
        let terms = &scratch.query.terms;
        self.portfolio.score(terms, &mut scratch.portfolio);
        self.scope.score(terms, &mut scratch.scope);
        self.titles.score(terms, &mut scratch.titles);
        scratch.near.clear();
        scratch.near_titles.clear();
        if let Some(works) = &self.works {
            self.vote(works, hidden.works(), scratch);
        }
        hidden.correct_portfolios(self, scratch);
        for values in [
            &mut scratch.portfolio,
            &mut scratch.scope,
            &mut scratch.titles,
            &mut scratch.neighbours,
            &mut scratch.title_neighbours,
        ] {
            over_largest(values);
        }
        self.stand_in_for_works(scratch);
        for (candidate, base) in scratch.base.iter_mut().enumerate() {
            *base = scratch.portfolio[candidate] + scratch.scope[candidate];
        }
        over_largest(&mut scratch.base);
        self.rank_base(scratch);
        self.spread(hidden.candidate(), scratch);
        self.fill_columns(subject, hidden, scratch);
        self.compare_titles(subject, scratch);
    }

    /// A committee without works, being new, can have no near one, which says nothing about the
    /// subject: its title, keywords and scope stand in for it.
    fn stand_in_for_works(&self, scratch: &mut Scratch) {
        if self.works.is_none() {
            return;
        }
        for (number, candidate) in self.candidates.iter().enumerate() {
            if candidate.works == 0 {
                scratch.nearest_work[number] = scratch.scope[number];
            }
        }
    }

    fn fill_columns(&self, subject: &Subject<'_>, hidden: &impl Hidden, scratch: &mut Scratch) {
        let columns = &mut scratch.columns;
        for (feature, shares, floor) in [
            (SCOPE_LOG, &scratch.scope, 0.03),
            (PORTFOLIO_LOG, &scratch.portfolio, 0.03),
            (NEIGHBOURS_LOG, &scratch.neighbours, 0.02),
            (TITLE_NEIGHBOURS_LOG, &scratch.title_neighbours, 0.05),
            (TITLE_TERMS_LOG, &scratch.titles, 0.1),
            (LIAISON_LOG, &scratch.liaison, 0.03),
            (NEAR_LIAISON_LOG, &scratch.near_liaison, 0.03),
            (FAMILY_LOG, &scratch.family, 0.05),
        ] {
            log_shares(shares, floor, columns.get_mut(feature));
        }
        columns.get_mut(PORTFOLIO).copy_from_slice(&scratch.portfolio);
        columns.get_mut(NEIGHBOURS).copy_from_slice(&scratch.neighbours);
        columns.get_mut(NEAREST_WORK).copy_from_slice(&scratch.nearest_work);
        columns.get_mut(LIAISON).copy_from_slice(&scratch.liaison);
        for (feature, of) in [
            (PORTFOLIO_LOG_OUTSIDE_ISO, PORTFOLIO_LOG),
            (NEIGHBOURS_OUTSIDE_ISO, NEIGHBOURS),
            (SCOPE_LOG_OUTSIDE_ISO, SCOPE_LOG),
        ] {
            columns.mask(feature, of, &self.prior.outside_iso);
        }
        self.prior.fill(columns);
        hidden.correct_prior(self, columns);
        self.fill_series(hidden, scratch);
        self.fill_classification(subject, hidden, scratch);
        for number in &subject.mentioned {
            scratch.columns.get_mut(MENTION)[*number] = 1.0;
        }
        if let Some(works) = &self.works {
            let column = scratch.columns.get_mut(CITATION);
            let known = subject
                .cited
                .iter()
                .filter(|(_, work)| hidden.works().binary_search(work).is_err());
            for (_, work) in known {
                let owners = works.owners_of(*work);
                for owner in owners {
                    let value = &mut column[usize::from(*owner)];
                    *value = value.max(1.0 / owners.len() as f32);
                }
            }
        }
    }

    /// Beginnings of the title that titles of existing works share; a longer one counts instead of
    /// a shorter one.
    fn fill_series(&self, hidden: &impl Hidden, scratch: &mut Scratch) {
        let Scratch { query, columns, .. } = scratch;
        let column = columns.get_mut(SERIES);
        for key in query.series.iter() {
            let owners = self.series.get(key);
            let count = |(owner, count): &(u16, u32)| {
                (*owner, count.saturating_sub(hidden.of_series(self, *owner, key)))
            };
            let total: u32 = owners.iter().map(|entry| count(entry).1).sum();
            if total > 0 {
                for (owner, count) in owners.iter().map(count) {
                    column[usize::from(owner)] = count as f32 / (total as f32 + 1.0);
                }
            }
        }
    }

    fn fill_classification(
        &self,
        subject: &Subject<'_>,
        hidden: &impl Hidden,
        scratch: &mut Scratch,
    ) {
        let column = scratch.columns.get_mut(CLASSIFICATION);
        for code in &subject.ics {
            for (level, weight) in code_levels(code) {
                let owners = self.classification.get(level);
                let count = |(owner, count): &(u16, u32)| {
                    (*owner, count.saturating_sub(hidden.of_code(self, *owner, level)))
                };
                let total: u32 = owners.iter().map(|entry| count(entry).1).sum();
                for (owner, count) in owners.iter().map(count) {
                    let part = (1.0 + count as f32).ln() / (2.0 + total as f32).ln();
                    column[usize::from(owner)] += weight * part;
                }
            }
        }
        scratch.has_codes = column.iter().any(|value| *value > 0.0);
        if scratch.has_codes {
            column.iter_mut().for_each(|value| *value = value.sqrt());
        }
    }

    /// Letter-by-letter similarity of titles, for the best candidates only.
    fn compare_titles(&self, subject: &Subject<'_>, scratch: &mut Scratch) {
        let Scratch { title, order, columns, .. } = scratch;
        title.fill(&subject.title);
        let column = columns.get_mut(TITLE_SIMILARITY);
        for number in order.iter().take(TITLES_COMPARED) {
            let number = usize::from(*number);
            column[number] = title.similarity(self.candidates.get(number).committee.title()) as f32;
        }
    }
}
