//! All features of all candidates for one subject: the hot path.
//!
//! Nothing is allocated here once a worker's [`Scratch`] has grown to the size of the index.

use super::compile::{Knowledge, Works, code_keys, series_keys};
use super::postings::Postings;
use super::query::{Query, QueryTerm, Subject};
use super::signals::{
    CITATION, CLASSIFICATION, COUNT, FAMILY_LOG, INACTIVE, IS_IEC, IS_ITU_T, LIAISON, LIAISON_LOG, LIAISONS_HELD,
    MENTION, NEAR_LIAISON_LOG, NEIGHBOURS, NEIGHBOURS_LOG, NEIGHBOURS_OUTSIDE_ISO, NO_LIAISONS, NO_WORKS, PORTFOLIO,
    PORTFOLIO_LOG, PORTFOLIO_LOG_OUTSIDE_ISO, Row, SCOPE_LOG, SCOPE_LOG_OUTSIDE_ISO, SERIES, SUBCOMMITTEE,
    TITLE_NEIGHBOURS_LOG, TITLE_SIMILARITY, TITLE_TERMS_LOG, WORKS, log_share, over_largest,
};
use super::tables::code_levels;
use crate::reference::Organization;
use crate::standards::Work;
use crate::text::{TermId, WordMemo};

/// Works below this share of the best one's sum have no vote; with the sixth power they would have less than 0.001.
const NEIGHBOUR_SHARE: f32 = 0.3;
/// Works that vote on titles alone.
const TITLE_NEIGHBOURS: usize = 30;
/// Candidates whose titles are compared letter by letter.
const TITLES_COMPARED: usize = 24;
/// Candidates from which scores spread along liaisons.
const SPREADING: usize = 200;
/// The same for the near form.
const SPREADING_NEAR: usize = 50;

/// Working memory of one worker, some 10 bytes a work and 200 a candidate.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) memo: WordMemo,
    pub(crate) query: Query,
    title_terms: Vec<QueryTerm>,
    /// Sum of each work.
    pub(crate) sums: Vec<u32>,
    title_sums: Vec<u32>,
    best_titles: Vec<(u32, u32)>,
    portfolio: Vec<f32>,
    scope: Vec<f32>,
    titles: Vec<f32>,
    neighbours: Vec<f32>,
    title_neighbours: Vec<f32>,
    base: Vec<f32>,
    liaison: Vec<f32>,
    near_liaison: Vec<f32>,
    family: Vec<f32>,
    order: Vec<u16>,
    /// The features of each candidate.
    pub(crate) rows: Vec<Row>,
    /// Largest sum of a work.
    pub(crate) largest_sum: u32,
    /// True when the subject has classification codes that some work shares.
    pub(crate) has_codes: bool,
}

/// What is not to be used for a query, so that history can be asked fairly.
#[derive(Clone, Debug, Default)]
pub(crate) struct LeftOut {
    /// Works, ordered.
    pub(crate) works: Vec<u32>,
    /// The works themselves, as far as their texts count in portfolios.
    pub(crate) records: Vec<Work>,
    /// A candidate whose liaisons are unknown.
    pub(crate) candidate: Option<usize>,
}

impl Scratch {
    /// True when the subject has no word that any committee or work has, and names nobody.
    pub(crate) fn is_silent(&self) -> bool {
        self.query.terms.is_empty() && self.rows.iter().all(|row| row[MENTION] == 0.0 && row[CITATION] == 0.0)
    }

    /// Score of a candidate by scope and portfolio alone, from 0 to 1.
    pub(crate) fn base_of(&self, candidate: usize) -> f32 {
        self.base.get(candidate).copied().unwrap_or(0.0)
    }
}

impl Knowledge {
    /// Computes the features of all candidates into `scratch.rows`.
    pub(crate) fn score(&self, subject: &Subject<'_>, left_out: Option<&LeftOut>, scratch: &mut Scratch) {
        let candidates = self.candidates.len();
        scratch.query.fill(subject, &self.lexicon, &mut scratch.memo);
        scratch.rows.clear();
        scratch.rows.resize(candidates, [0.0; COUNT]);
        for values in [
            &mut scratch.portfolio,
            &mut scratch.scope,
            &mut scratch.titles,
            &mut scratch.neighbours,
            &mut scratch.title_neighbours,
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
        scratch.largest_sum = 0;
        if let Some(works) = &self.works {
            self.vote(works, left_out, scratch);
        }
        if let Some(left_out) = left_out {
            self.correct_portfolios(left_out, scratch);
        }
        for values in [
            &mut scratch.portfolio,
            &mut scratch.scope,
            &mut scratch.titles,
            &mut scratch.neighbours,
            &mut scratch.title_neighbours,
        ] {
            over_largest(values);
        }
        for (candidate, base) in scratch.base.iter_mut().enumerate() {
            *base = scratch.portfolio[candidate] + scratch.scope[candidate];
        }
        over_largest(&mut scratch.base);
        self.rank_base(scratch);
        self.spread(left_out.and_then(|left_out| left_out.candidate), scratch);
        self.fill_rows(subject, left_out, scratch);
        self.compare_titles(subject, scratch);
    }

    /// Nearest works, by full text and by title, vote for their owners.
    fn vote(&self, works: &Works, left_out: Option<&LeftOut>, scratch: &mut Scratch) {
        let count = works.postings.works();
        scratch.sums.clear();
        scratch.sums.resize(count, 0);
        works.postings.accumulate(&scratch.query.terms, &mut scratch.sums);
        scratch.title_terms.clear();
        let in_title = scratch.query.terms.iter().filter(|term| term.title > 0);
        scratch.title_terms.extend(in_title.map(|term| QueryTerm { body: 0, ..*term }));
        scratch.title_sums.clear();
        scratch.title_sums.resize(count, 0);
        works.title_postings.accumulate(&scratch.title_terms, &mut scratch.title_sums);
        for work in left_out.iter().flat_map(|left_out| &left_out.works) {
            scratch.sums[*work as usize] = 0;
            scratch.title_sums[*work as usize] = 0;
        }

        let largest = scratch.sums.iter().copied().max().unwrap_or(0);
        scratch.largest_sum = largest;
        if largest > 0 {
            let least = (largest as f32 * NEIGHBOUR_SHARE) as u32;
            for (work, sum) in (0_u32..).zip(&scratch.sums) {
                if *sum > least {
                    let vote = (*sum as f32 / largest as f32).powi(6);
                    for owner in works.owners_of(work) {
                        scratch.neighbours[usize::from(*owner)] += vote;
                    }
                }
            }
        }

        let largest = scratch.title_sums.iter().copied().max().unwrap_or(0);
        if largest > 0 {
            let least = (largest as f32 * NEIGHBOUR_SHARE) as u32;
            let best = &mut scratch.best_titles;
            best.clear();
            // Sums in reverse, so that the ascending order begins with the best, ties by number.
            best.extend(
                (0_u32..)
                    .zip(&scratch.title_sums)
                    .filter(|(_, sum)| **sum > least)
                    .map(|(work, sum)| (u32::MAX - sum, work)),
            );
            if best.len() > TITLE_NEIGHBOURS {
                best.select_nth_unstable(TITLE_NEIGHBOURS - 1);
                best.truncate(TITLE_NEIGHBOURS);
            }
            best.sort_unstable();
            for (reversed, work) in &*best {
                let vote = ((u32::MAX - reversed) as f32 / largest as f32).powi(4);
                for owner in works.owners_of(*work) {
                    scratch.title_neighbours[usize::from(*owner)] += vote;
                }
            }
        }
    }

    /// Takes the works left out from the portfolios of their owners.
    fn correct_portfolios(&self, left_out: &LeftOut, scratch: &mut Scratch) {
        let Some(works) = &self.works else { return };
        let mut without: std::collections::BTreeMap<usize, std::collections::BTreeMap<TermId, u16>> =
            std::collections::BTreeMap::new();
        let mut query = Query::default();
        for (number, record) in left_out.works.iter().zip(&left_out.records) {
            let mut bodies = vec![record.abstract_text.as_str()];
            bodies.extend(record.titles.iter().skip(1).map(String::as_str));
            let subject = Subject { title: record.title(), bodies, ..Subject::default() };
            query.fill(&subject, &self.lexicon, &mut scratch.memo);
            for owner in works.owners_of(*number) {
                let counts = without.entry(usize::from(*owner)).or_default();
                for term in &query.terms {
                    *counts.entry(term.term).or_default() += 1;
                }
            }
        }
        for (candidate, counts) in without {
            let counts: Vec<(TermId, u16)> = counts.into_iter().collect();
            scratch.portfolio[candidate] = self.portfolio.score_without(&scratch.query.terms, candidate, &counts);
        }
    }

    /// Orders candidates by base score, the best [`SPREADING`] first.
    fn rank_base(&self, scratch: &mut Scratch) {
        let Scratch { base, order, .. } = scratch;
        order.clear();
        order.extend((0_u16..).zip(&*base).filter(|(_, score)| **score > 0.0).map(|(candidate, _)| candidate));
        let by_score = |a: &u16, b: &u16| base[usize::from(*b)].total_cmp(&base[usize::from(*a)]).then(a.cmp(b));
        if order.len() > SPREADING {
            order.select_nth_unstable_by(SPREADING - 1, by_score);
            order.truncate(SPREADING);
        }
        order.sort_unstable_by(by_score);
    }

    /// Scores spread from committees that score high to those in liaison with them and to their families.
    fn spread(&self, hidden: Option<usize>, scratch: &mut Scratch) {
        let Scratch { base, order, liaison, near_liaison, family, .. } = scratch;
        let degree = |candidate: usize| {
            let links = &self.candidates.get(candidate).liaisons;
            let without = hidden.is_some_and(|hidden| links.iter().any(|link| usize::from(*link) == hidden));
            (links.len() - usize::from(without)).max(1) as f32
        };
        for (position, candidate) in order.iter().enumerate() {
            let candidate = usize::from(*candidate);
            let score = base[candidate];
            let data = self.candidates.get(candidate);
            if hidden != Some(candidate) {
                let square = score * score;
                let share = square / degree(candidate).sqrt();
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
        for (candidate, value) in liaison.iter_mut().enumerate().filter(|(_, value)| **value > 0.0) {
            // Committees with many liaisons gather from everywhere.
            *value /= degree(candidate).powf(0.15);
        }
        if let Some(hidden) = hidden {
            liaison[hidden] = 0.0;
            near_liaison[hidden] = 0.0;
        }
        over_largest(liaison);
        over_largest(near_liaison);
        over_largest(family);
    }

    fn fill_rows(&self, subject: &Subject<'_>, left_out: Option<&LeftOut>, scratch: &mut Scratch) {
        let none = LeftOut::default();
        let left_out = left_out.unwrap_or(&none);
        for (number, row) in scratch.rows.iter_mut().enumerate() {
            let candidate = self.candidates.get(number);
            row[SCOPE_LOG] = log_share(scratch.scope[number], 0.03);
            row[PORTFOLIO] = scratch.portfolio[number];
            row[PORTFOLIO_LOG] = log_share(scratch.portfolio[number], 0.03);
            row[NEIGHBOURS] = scratch.neighbours[number];
            row[NEIGHBOURS_LOG] = log_share(scratch.neighbours[number], 0.02);
            row[TITLE_NEIGHBOURS_LOG] = log_share(scratch.title_neighbours[number], 0.05);
            row[TITLE_TERMS_LOG] = log_share(scratch.titles[number], 0.1);
            row[LIAISON] = scratch.liaison[number];
            row[LIAISON_LOG] = log_share(scratch.liaison[number], 0.03);
            row[NEAR_LIAISON_LOG] = log_share(scratch.near_liaison[number], 0.03);
            row[FAMILY_LOG] = log_share(scratch.family[number], 0.05);
            let hidden = |link: &u16| left_out.candidate == Some(usize::from(*link));
            let links = if left_out.candidate == Some(number) {
                0
            } else {
                candidate.liaisons.len() - usize::from(candidate.liaisons.iter().any(hidden))
            };
            row[LIAISONS_HELD] = (1.0 + links as f32).ln();
            row[NO_LIAISONS] = f32::from(u8::from(links == 0));
            let missing = match &self.works {
                Some(works) => {
                    left_out.works.iter().filter(|work| works.owners_of(**work).contains(&(number as u16))).count()
                }
                None => 0,
            };
            let works = candidate.works.saturating_sub(u32::try_from(missing).unwrap_or(0));
            row[WORKS] = (1.0 + works as f32).ln() / 5.0;
            row[NO_WORKS] = f32::from(u8::from(works == 0));
            row[INACTIVE] = f32::from(u8::from(*candidate.committee.status() != crate::catalogue::Status::Active));
            row[SUBCOMMITTEE] = f32::from(u8::from(candidate.is_subcommittee));
            if candidate.organization() != Organization::Iso {
                row[PORTFOLIO_LOG_OUTSIDE_ISO] = row[PORTFOLIO_LOG];
                row[NEIGHBOURS_OUTSIDE_ISO] = row[NEIGHBOURS];
                row[SCOPE_LOG_OUTSIDE_ISO] = row[SCOPE_LOG];
            }
            row[IS_IEC] = f32::from(u8::from(candidate.organization() == Organization::Iec));
            row[IS_ITU_T] = f32::from(u8::from(candidate.organization() == Organization::ItuT));
        }
        self.fill_series(left_out, scratch);
        self.fill_classification(subject, left_out, scratch);
        for mentioned in &subject.mentioned {
            if let Some(number) = self.candidates.exact(mentioned) {
                scratch.rows[number][MENTION] = 1.0;
            }
        }
        if let Some(works) = &self.works {
            for cited in &subject.cited {
                if let Some(work) = works.of_reference(cited).filter(|work| left_out.works.binary_search(work).is_err())
                {
                    let owners = works.owners_of(work);
                    for owner in owners {
                        let row = &mut scratch.rows[usize::from(*owner)];
                        row[CITATION] = row[CITATION].max(1.0 / owners.len() as f32);
                    }
                }
            }
        }
    }

    /// Beginnings of the title that titles of existing works share; a longer one counts instead of a shorter one.
    fn fill_series(&self, left_out: &LeftOut, scratch: &mut Scratch) {
        let Scratch { query, rows, .. } = scratch;
        for key in &query.series {
            let owners = self.series.get(key);
            let missing = |owner: u16| self.left_out_with(left_out, owner, |work| series_keys(work).contains(key));
            let count = |(owner, count): &(u16, u32)| (*owner, count.saturating_sub(missing(*owner)));
            let total: u32 = owners.iter().map(|entry| count(entry).1).sum();
            if total > 0 {
                for (owner, count) in owners.iter().map(count) {
                    rows[usize::from(owner)][SERIES] = count as f32 / (total as f32 + 1.0);
                }
            }
        }
    }

    fn fill_classification(&self, subject: &Subject<'_>, left_out: &LeftOut, scratch: &mut Scratch) {
        for code in &subject.ics {
            for (level, weight) in code_levels(code) {
                let owners = self.classification.get(level);
                let missing = |owner: u16| self.left_out_with(left_out, owner, |work| code_keys(work).contains(&level));
                let count = |(owner, count): &(u16, u32)| (*owner, count.saturating_sub(missing(*owner)));
                let total: u32 = owners.iter().map(|entry| count(entry).1).sum();
                for (owner, count) in owners.iter().map(count) {
                    let part = (1.0 + count as f32).ln() / (2.0 + total as f32).ln();
                    scratch.rows[usize::from(owner)][CLASSIFICATION] += weight * part;
                }
            }
        }
        scratch.has_codes = scratch.rows.iter().any(|row| row[CLASSIFICATION] > 0.0);
        for row in &mut scratch.rows {
            row[CLASSIFICATION] = row[CLASSIFICATION].sqrt();
        }
    }

    /// How many of the works left out `owner` has with a property.
    fn left_out_with(&self, left_out: &LeftOut, owner: u16, has: impl Fn(&Work) -> bool) -> u32 {
        let Some(works) = &self.works else { return 0 };
        let of_owner = left_out.works.iter().zip(&left_out.records);
        let count = of_owner.filter(|(work, record)| works.owners_of(**work).contains(&owner) && has(record)).count();
        u32::try_from(count).unwrap_or(0)
    }

    /// Letter-by-letter similarity of titles, for the best candidates only: it costs some microseconds each.
    fn compare_titles(&self, subject: &Subject<'_>, scratch: &mut Scratch) {
        let title: String = subject.title.chars().take(200).collect();
        for number in scratch.order.iter().take(TITLES_COMPARED) {
            let candidate = self.candidates.get(usize::from(*number));
            let similarity = strsim::sorensen_dice(&title, candidate.committee.title());
            scratch.rows[usize::from(*number)][TITLE_SIMILARITY] = similarity as f32;
        }
    }
}

/// What a work with every term of the query would have, in the unit of BM25: the measure of [`similarity`].
pub(crate) fn full_weight(knowledge: &Knowledge, query: &Query) -> f32 {
    query.terms.iter().map(|term| term.frequency_weight() * knowledge.idf[term.term as usize]).sum()
}

/// A term that stands in a work once or twice has this weight on the average; see BM25.
const USUAL_SATURATION: f32 = 1.6;

/// How close a work is to the query, from 0 to 1: its share of what a work with all the query's terms would have.
pub(crate) fn similarity(postings: &Postings, full_weight: f32, sum: u32) -> f32 {
    if full_weight > 0.0 { (sum as f32 * postings.unit() / full_weight / USUAL_SATURATION).min(1.0) } else { 0.0 }
}
