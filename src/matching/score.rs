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

use super::candidates::Candidates;
use super::columns::Columns;
use super::compile::{Knowledge, Works, code_keys, series_keys};
use super::matcher::Ranking;
use super::postings::{Accumulator, BLOCK, Postings};
use super::query::{Query, QueryTerm, Subject};
use super::signals::{
    CITATION, CLASSIFICATION, FAMILY_LOG, INACTIVE, IS_IEC, IS_ITU_T, LIAISON, LIAISON_LOG,
    LIAISONS_HELD, MENTION, NEAR_LIAISON_LOG, NEIGHBOURS, NEIGHBOURS_LOG, NEIGHBOURS_OUTSIDE_ISO,
    NO_LIAISONS, NO_WORKS, PORTFOLIO, PORTFOLIO_LOG, PORTFOLIO_LOG_OUTSIDE_ISO, SCOPE_LOG,
    SCOPE_LOG_OUTSIDE_ISO, SERIES, SUBCOMMITTEE, TITLE_NEIGHBOURS_LOG, TITLE_SIMILARITY,
    TITLE_TERMS_LOG, WORKS, log_shares, over_largest,
};
use super::tables::code_levels;
use super::title_similarity::TitlePairs;
use crate::reference::Organization;
use crate::standards::Work;
use crate::text::{TermId, WordMemo};

/// Works below this share of the best one's sum have no vote; with the sixth power they would have
/// less than 0.001.
const NEIGHBOUR_SHARE: f32 = 0.3;
/// Works that vote on titles alone.
const TITLE_NEIGHBOURS: usize = 30;
/// Candidates whose titles are compared letter by letter.
const TITLES_COMPARED: usize = 24;
/// Candidates from which scores spread along liaisons.
const SPREADING: usize = 200;
/// The same for the near form.
const SPREADING_NEAR: usize = 50;

/// Features that only some candidates have; all others are computed for each.
const SPARSE: [usize; 5] = [SERIES, TITLE_SIMILARITY, MENTION, CITATION, CLASSIFICATION];

/// Working memory of one worker: some 800 kilobytes, 4 bytes a work, 200 a candidate and what the
/// near works take.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) memo: WordMemo,
    pub(crate) query: Query,
    sums: Accumulator,
    title_sums: Accumulator,
    /// A zero for each work, for queries of few postings.
    zeros: Vec<u32>,
    /// Works that reach a quarter of the best one's sum, with their sums, in their order.
    pub(crate) near: Near,
    near_titles: Near,
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
    /// Candidates that spread their scores, the best first.
    order: Vec<u16>,
    /// Working memory for ordering.
    pub(crate) keys: Vec<u64>,
    /// That of the last ranking.
    pub(crate) ranking: Ranking,
    /// The title, for comparing others with it.
    pub(crate) title: TitlePairs,
    /// The features of all candidates.
    pub(crate) columns: Columns,
    /// True when the subject has classification codes that some work shares.
    pub(crate) has_codes: bool,
}

/// Works whose sums reach a share of the best one's.
#[derive(Clone, Debug, Default)]
pub(crate) struct Near {
    /// Largest sum of all.
    pub(crate) largest: u32,
    /// Sum and work, in the order of works but for sparse titles.
    pub(crate) works: Vec<(u32, u32)>,
}

/// Works at least so near are kept: one over the share of the best one's sum.
const NEAR_SHARE: u32 = 4;
/// Titles of fewer postings than one for so many works are added up without looking at all sums.
const SPARSE_SHARE: usize = 2;
/// Sums looked at together.
const STRIDE: usize = 16;

impl Near {
    fn clear(&mut self) {
        self.largest = 0;
        self.works.clear();
    }

    /// Takes what is near from the sums of the works from `first` on.
    fn sift(&mut self, first: usize, sums: &[u32]) {
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
            self.works.extend(near.map(|(at, sum)| (*sum, (first + at) as u32)));
        };
        for (number, stride) in strides.iter().enumerate() {
            // The sign of a difference tells which is larger.
            if stride.iter().fold(0, |signs, sum| signs | least.wrapping_sub(*sum)) >> 31 == 1 {
                take(first + number * STRIDE, stride);
            }
        }
        take(first + sums.len() - rest.len(), rest);
    }

    /// Drops what was near only to the best one so far.
    fn settle(&mut self) {
        let least = self.largest / NEAR_SHARE;
        self.works.retain(|(sum, _)| *sum > least);
    }
}

/// What is known of the candidates before any subject.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prior {
    liaisons_held: Vec<f32>,
    no_liaisons: Vec<f32>,
    works: Vec<f32>,
    no_works: Vec<f32>,
    inactive: Vec<f32>,
    subcommittee: Vec<f32>,
    iec: Vec<f32>,
    itu_t: Vec<f32>,
    /// 1 for candidates of IEC and ITU-T.
    outside_iso: Vec<f32>,
    /// What is spread is divided by this among the committees in liaison.
    spread_over: Vec<f32>,
    /// What is gathered is divided by this: committees with many liaisons gather from everywhere.
    gathered_over: Vec<f32>,
    /// Candidates at work, for each organization in the order of [`Organization::ALL`].
    at_work: [Vec<u16>; 3],
}

fn liaisons_held(links: usize) -> f32 {
    (1.0 + links as f32).ln()
}

fn works_owned(works: u32) -> f32 {
    (1.0 + works as f32).ln() / 5.0
}

fn spread_over(links: usize) -> f32 {
    (links.max(1) as f32).sqrt()
}

fn gathered_over(links: usize) -> f32 {
    (links.max(1) as f32).powf(0.15)
}

impl Prior {
    pub(crate) fn of(candidates: &Candidates) -> Prior {
        let flag = |is: bool| f32::from(u8::from(is));
        let mut prior = Prior::default();
        for candidate in candidates.iter() {
            let links = candidate.liaisons.len();
            prior.liaisons_held.push(liaisons_held(links));
            prior.no_liaisons.push(flag(links == 0));
            prior.works.push(works_owned(candidate.works));
            prior.no_works.push(flag(candidate.works == 0));
            prior
                .inactive
                .push(flag(*candidate.committee.status() != crate::catalogue::Status::Active));
            prior.subcommittee.push(flag(candidate.is_subcommittee));
            prior.iec.push(flag(candidate.organization() == Organization::Iec));
            prior.itu_t.push(flag(candidate.organization() == Organization::ItuT));
            prior.outside_iso.push(flag(candidate.organization() != Organization::Iso));
            prior.spread_over.push(spread_over(links));
            prior.gathered_over.push(gathered_over(links));
        }
        for (organization, at_work) in Organization::ALL.into_iter().zip(&mut prior.at_work) {
            let all = (0_u16..).zip(candidates.iter());
            let members = all
                .filter(|(_, one)| one.committee.is_active() && one.organization() == organization);
            at_work.extend(members.map(|(number, _)| number));
        }
        prior
    }

    /// True for a candidate of IEC or ITU-T.
    pub(crate) fn is_outside_iso(&self, candidate: usize) -> bool {
        self.outside_iso[candidate] > 0.0
    }

    /// The candidates of an organization that are at work, in their order.
    pub(crate) fn at_work(&self, organization: Organization) -> &[u16] {
        let at = Organization::ALL.iter().position(|one| *one == organization);
        at.map_or(&[], |at| &self.at_work[at])
    }

    fn fill(&self, columns: &mut Columns) {
        for (feature, values) in [
            (LIAISONS_HELD, &self.liaisons_held),
            (NO_LIAISONS, &self.no_liaisons),
            (WORKS, &self.works),
            (NO_WORKS, &self.no_works),
            (INACTIVE, &self.inactive),
            (SUBCOMMITTEE, &self.subcommittee),
            (IS_IEC, &self.iec),
            (IS_ITU_T, &self.itu_t),
        ] {
            columns.get_mut(feature).copy_from_slice(values);
        }
    }
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
        let nobody = |feature: usize| self.columns.get(feature).iter().all(|value| *value == 0.0);
        self.query.terms.is_empty() && nobody(MENTION) && nobody(CITATION)
    }

    /// The ten best works by accumulation alone, in the unit of BM25.
    pub(crate) fn top_ten(&mut self, postings: &Postings, terms: &[QueryTerm]) -> Vec<(f32, u32)> {
        self.sums.begin(postings, terms.iter().copied());
        let mut best: Vec<(u32, u32)> = Vec::with_capacity(11);
        for block in 0..postings.works().div_ceil(BLOCK) {
            for (work, sum) in ((block * BLOCK) as u32..).zip(&*self.sums.block(postings, block)) {
                if *sum > 0 && (best.len() < 10 || *sum > best[best.len() - 1].0) {
                    let at = best.partition_point(|(other, _)| other >= sum);
                    best.insert(at, (*sum, work));
                    best.truncate(10);
                }
            }
        }
        best.into_iter().map(|(sum, work)| (sum as f32 * postings.unit(), work)).collect()
    }

    /// Score of a candidate by scope and portfolio alone, from 0 to 1.
    pub(crate) fn base_of(&self, candidate: usize) -> f32 {
        self.base.get(candidate).copied().unwrap_or(0.0)
    }
}

impl Knowledge {
    /// Computes the features of all candidates into `scratch.columns`.
    pub(crate) fn score(
        &self,
        subject: &Subject<'_>,
        left_out: Option<&LeftOut>,
        scratch: &mut Scratch,
    ) {
        let candidates = self.candidates.len();
        scratch.query.fill(subject, &self.lexicon, &mut scratch.memo);
        scratch.columns.begin(candidates, &SPARSE);
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
        scratch.near.clear();
        scratch.near_titles.clear();
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
        self.fill_columns(subject, left_out, scratch);
        self.compare_titles(subject, scratch);
    }

    /// Nearest works, by full text and by title, vote for their owners.
    fn vote(&self, works: &Works, left_out: Option<&LeftOut>, scratch: &mut Scratch) {
        let Scratch { query, sums, title_sums, zeros, near, near_titles, .. } = scratch;
        sums.begin(&works.postings, query.terms.iter().copied());
        let in_title = query.terms.iter().filter(|term| term.title > 0);
        title_sums
            .begin(&works.title_postings, in_title.map(|term| QueryTerm { body: 0, ..*term }));
        let hidden = left_out.map_or(&[][..], |left_out| &left_out.works);
        let is_sparse = title_sums
            .sparse()
            .is_some_and(|postings| postings < works.postings.works() / SPARSE_SHARE);
        for block in 0..works.postings.works().div_ceil(BLOCK) {
            let first = block * BLOCK;
            let add = |sums: &mut Accumulator, postings: &Postings, near: &mut Near| {
                let sums = sums.block(postings, block);
                for work in hidden {
                    if let Some(sum) =
                        (*work as usize).checked_sub(first).and_then(|at| sums.get_mut(at))
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
                if sum > near_titles.largest / NEAR_SHARE && hidden.binary_search(&work).is_err() {
                    near_titles.largest = near_titles.largest.max(sum);
                    near_titles.works.push((sum, work));
                }
            });
        }
        near.settle();
        near_titles.settle();

        let largest = scratch.near.largest as f32;
        let least = (largest * NEIGHBOUR_SHARE) as u32;
        for (sum, work) in scratch.near.works.iter().filter(|(sum, _)| *sum > least) {
            let vote = (*sum as f32 / largest).powi(6);
            for owner in works.owners_of(*work) {
                scratch.neighbours[usize::from(*owner)] += vote;
            }
        }

        let largest = scratch.near_titles.largest as f32;
        let least = (largest * NEIGHBOUR_SHARE) as u32;
        let best = &mut scratch.best_titles;
        best.clear();
        // Sums in reverse, so that the ascending order begins with the best, ties by number.
        let near = scratch.near_titles.works.iter().filter(|(sum, _)| *sum > least);
        best.extend(near.map(|(sum, work)| (u32::MAX - sum, *work)));
        if best.len() > TITLE_NEIGHBOURS {
            best.select_nth_unstable(TITLE_NEIGHBOURS - 1);
            best.truncate(TITLE_NEIGHBOURS);
        }
        best.sort_unstable();
        for (reversed, work) in &*best {
            let vote = ((u32::MAX - reversed) as f32 / largest).powi(4);
            for owner in works.owners_of(*work) {
                scratch.title_neighbours[usize::from(*owner)] += vote;
            }
        }
    }

    /// Takes the works left out from the portfolios of their owners.
    fn correct_portfolios(&self, left_out: &LeftOut, scratch: &mut Scratch) {
        let Some(works) = &self.works else { return };
        let mut without: std::collections::BTreeMap<
            usize,
            std::collections::BTreeMap<TermId, u16>,
        > = std::collections::BTreeMap::new();
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
            scratch.portfolio[candidate] =
                self.portfolio.score_without(&scratch.query.terms, candidate, &counts);
        }
    }

    /// Orders candidates by base score, the best [`SPREADING`] first.
    fn rank_base(&self, scratch: &mut Scratch) {
        let Scratch { base, order, keys, .. } = scratch;
        keys.clear();
        // Scores are positive, so that their bits are ordered as they are; reversed, the best comes
        // first, ties by number.
        let positive = (0_u16..).zip(&*base).filter(|(_, score)| **score > 0.0);
        keys.extend(
            positive
                .map(|(candidate, score)| u64::from(!score.to_bits()) << 16 | u64::from(candidate)),
        );
        if keys.len() > SPREADING {
            keys.select_nth_unstable(SPREADING - 1);
            keys.truncate(SPREADING);
        }
        keys.sort_unstable();
        order.clear();
        order.extend(keys.iter().map(|key| (key & 0xffff) as u16));
    }

    /// Scores spread from committees that score high to those in liaison with them and to their
    /// families.
    fn spread(&self, hidden: Option<usize>, scratch: &mut Scratch) {
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

    fn fill_columns(
        &self,
        subject: &Subject<'_>,
        left_out: Option<&LeftOut>,
        scratch: &mut Scratch,
    ) {
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
        columns.get_mut(LIAISON).copy_from_slice(&scratch.liaison);
        for (feature, of) in [
            (PORTFOLIO_LOG_OUTSIDE_ISO, PORTFOLIO_LOG),
            (NEIGHBOURS_OUTSIDE_ISO, NEIGHBOURS),
            (SCOPE_LOG_OUTSIDE_ISO, SCOPE_LOG),
        ] {
            columns.mask(feature, of, &self.prior.outside_iso);
        }
        self.prior.fill(columns);
        let none = LeftOut::default();
        if let Some(left_out) = left_out {
            self.correct_prior(left_out, columns);
        }
        let left_out = left_out.unwrap_or(&none);
        self.fill_series(left_out, scratch);
        self.fill_classification(subject, left_out, scratch);
        for number in &subject.mentioned {
            scratch.columns.get_mut(MENTION)[*number] = 1.0;
        }
        if let Some(works) = &self.works {
            let column = scratch.columns.get_mut(CITATION);
            let known = subject
                .cited
                .iter()
                .filter(|(_, work)| left_out.works.binary_search(work).is_err());
            for (_, work) in known {
                let owners = works.owners_of(*work);
                for owner in owners {
                    let value = &mut column[usize::from(*owner)];
                    *value = value.max(1.0 / owners.len() as f32);
                }
            }
        }
    }

    /// What is known before any subject, without what is left out.
    fn correct_prior(&self, left_out: &LeftOut, columns: &mut Columns) {
        if let Some(hidden) = left_out.candidate {
            for (number, candidate) in self.candidates.iter().enumerate() {
                let links = candidate.liaisons.len();
                let without =
                    candidate.liaisons.iter().filter(|link| usize::from(**link) == hidden).count();
                let links = if number == hidden { 0 } else { links - without };
                columns.get_mut(LIAISONS_HELD)[number] = liaisons_held(links);
                columns.get_mut(NO_LIAISONS)[number] = f32::from(u8::from(links == 0));
            }
        }
        let Some(works) = &self.works else { return };
        let mut missing: std::collections::BTreeMap<u16, u32> = std::collections::BTreeMap::new();
        for owner in left_out.works.iter().flat_map(|work| works.owners_of(*work)) {
            *missing.entry(*owner).or_default() += 1;
        }
        for (owner, missing) in missing {
            let number = usize::from(owner);
            let works = self.candidates.get(number).works.saturating_sub(missing);
            columns.get_mut(WORKS)[number] = works_owned(works);
            columns.get_mut(NO_WORKS)[number] = f32::from(u8::from(works == 0));
        }
    }

    /// Beginnings of the title that titles of existing works share; a longer one counts instead of
    /// a shorter one.
    fn fill_series(&self, left_out: &LeftOut, scratch: &mut Scratch) {
        let Scratch { query, columns, .. } = scratch;
        let column = columns.get_mut(SERIES);
        for key in query.series.iter() {
            let owners = self.series.get(key);
            let missing = |owner: u16| {
                self.left_out_with(left_out, owner, |work| {
                    series_keys(work).iter().any(|other| other == key)
                })
            };
            let count =
                |(owner, count): &(u16, u32)| (*owner, count.saturating_sub(missing(*owner)));
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
        left_out: &LeftOut,
        scratch: &mut Scratch,
    ) {
        let column = scratch.columns.get_mut(CLASSIFICATION);
        for code in &subject.ics {
            for (level, weight) in code_levels(code) {
                let owners = self.classification.get(level);
                let missing = |owner: u16| {
                    self.left_out_with(left_out, owner, |work| code_keys(work).contains(&level))
                };
                let count =
                    |(owner, count): &(u16, u32)| (*owner, count.saturating_sub(missing(*owner)));
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

    /// How many of the works left out `owner` has with a property.
    fn left_out_with(&self, left_out: &LeftOut, owner: u16, has: impl Fn(&Work) -> bool) -> u32 {
        let Some(works) = &self.works else { return 0 };
        let of_owner = left_out.works.iter().zip(&left_out.records);
        let count = of_owner
            .filter(|(work, record)| works.owners_of(**work).contains(&owner) && has(record))
            .count();
        u32::try_from(count).unwrap_or(0)
    }

    /// Letter-by-letter similarity of titles, for the best candidates only.
    fn compare_titles(&self, subject: &Subject<'_>, scratch: &mut Scratch) {
        let Scratch { title, order, columns, .. } = scratch;
        title.fill(subject.title);
        let column = columns.get_mut(TITLE_SIMILARITY);
        for number in order.iter().take(TITLES_COMPARED) {
            let number = usize::from(*number);
            column[number] = title.similarity(self.candidates.get(number).committee.title()) as f32;
        }
    }
}

/// What a work with every term of the query would have, in the unit of BM25: the measure of
/// [`similarity`].
pub(crate) fn full_weight(knowledge: &Knowledge, query: &Query) -> f32 {
    query.terms.iter().map(|term| term.frequency_weight() * knowledge.idf[term.term as usize]).sum()
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
