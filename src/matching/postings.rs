//! The rows of the works: which work holds which term, and how much that counts.
//!
//! # Layout
//! A term that is in more than a tenth of the works has a *dense row*: one byte per work. Every
//! other term has a *posting list*: four bytes per posting, the work in the upper 24 bits and its
//! impact in the lower 8. An impact is the BM25 weight of the term in the work, inverse document
//! frequency included, in 255 steps. Works are ordered by committee, so that a committee's works
//! are neighbours in memory.
//!
//! # Accumulation
//! Works are taken in blocks of [`BLOCK`]: [`Accumulator::block`] adds up all terms of a query for
//! one block, whose sums fit the second-level cache, and the caller looks through them while they
//! are there; no array of all sums is made, however many works there are. A posting's place in its
//! block is its lower bits, which needs no check of bounds. Impacts of dense rows are added in 16
//! bits, eight at a time, as long as their largest possible sum fits; the rest is whole numbers of
//! 32 bits. A query of few postings (a title) is added up by [`Accumulator::for_each_sum`], which
//! touches nothing else.
//!
//! Reading the same postings once and doing nothing with them costs a sixth of adding them up (the
//! `floor` of `benches/matching.rs`): it is the scattered additions that cost, about three cycles
//! each, not memory. Smaller blocks, whose sums would fit the first-level cache, were slower: every
//! list has to be cut once more for each block. So was skipping terms by bounds: every work is
//! wanted that reaches a quarter of the best one's sum, and the frequent terms that could be
//! skipped are the dense rows, which cost little.
//!
//! # Bound
//! An impact is rounded to one of 255 steps of the largest impact (never to zero), and the weight
//! of a query's term, at most 2.45, to the nearest of 64 steps a unit. The sum over `n` terms
//! differs from the unrounded BM25 by less than `n · largest · (2.45 / 255 + 1 / 128)`; a property
//! test holds it to that. Sums are whole numbers: the order of addition cannot change them.

use super::bytes::{Damaged, Reader, Writer};
use super::ids::{Posting, WorkId};
use super::query::QueryTerm;
use super::rows::Rows;
use crate::text::TermId;

/// The two free parameters of BM25.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bm25 {
    /// Saturation of term frequency.
    pub(crate) k1: f32,
    /// Share of the length normalization.
    pub(crate) b: f32,
}

/// For titles with abstracts: the usual values, which did best on the development data.
pub(crate) const FULL_TEXT: Bm25 = Bm25 { k1: 1.2, b: 0.75 };
/// For titles alone, which are short: repetition hardly counts, length less.
pub(crate) const TITLES: Bm25 = Bm25 { k1: 0.6, b: 0.5 };

/// The title of a work counts as often.
pub(crate) const TITLE_WEIGHT: u32 = 2;
/// A term in more than one of so many works gets a dense row: adding a row costs as much as adding
/// a list of a tenth of the works.
const DENSE_SHARE: usize = 10;
/// At most so many of all terms' postings, as bytes of dense rows, so that rows do not make the
/// whole much larger: the most frequent terms come first.
const DENSE_PART: usize = 2;
/// Works in a block: 256 kilobytes of sums.
pub(crate) const BLOCK: usize = 1 << 16;
/// Steps of a query term's weight.
const QUERY_STEPS: f32 = 64.0;

/// Frequencies per term: work and frequency, ordered by work.
pub(crate) type Frequencies = Rows<(WorkId, u16)>;

/// BM25 impacts of all works, by term.
#[derive(Clone, Debug, Default)]
pub(crate) struct Postings {
    works: usize,
    /// The posting list of each term; empty for one with a dense row.
    lists: Rows<Posting>,
    /// Start of each term's dense row, in units of `works`, or `u32::MAX`.
    dense_of: Vec<u32>,
    dense: Vec<u8>,
    /// Largest impact of each dense row.
    dense_largest: Vec<u8>,
    /// Largest impact, which the 255 steps divide.
    largest: f32,
}

/// Inverse document frequency: 0 for a term that no work holds.
pub(crate) fn inverse_document_frequency(works: usize, holding: usize) -> f32 {
    if holding == 0 {
        return 0.0;
    }
    let (works, holding) = (works as f32, holding as f32);
    (1.0 + (works - holding + 0.5) / (holding + 0.5)).ln()
}

impl Postings {
    /// Compiles frequencies (title occurrences already weighted) into impacts.
    pub(crate) fn new(frequencies: &Frequencies, works: usize, parameters: Bm25) -> Postings {
        let Bm25 { k1, b } = parameters;
        let mut lengths = vec![0_u32; works];
        for (work, frequency) in frequencies.entries() {
            lengths[work.index()] += u32::from(*frequency);
        }
        let mean = (lengths.iter().map(|length| f64::from(*length)).sum::<f64>()
            / works.max(1) as f64)
            .max(1.0) as f32;
        let norms: Vec<f32> =
            lengths.iter().map(|length| k1 * (1.0 - b + b * *length as f32 / mean)).collect();
        let rows = || frequencies.iter();
        let impact = |frequency: u16, work: WorkId, idf: f32| {
            let frequency = f32::from(frequency);
            idf * frequency * (k1 + 1.0) / (frequency + norms[work.index()])
        };
        let largest = rows()
            .map(|row| {
                let idf = inverse_document_frequency(works, row.len());
                row.iter()
                    .map(|(work, frequency)| impact(*frequency, *work, idf))
                    .fold(0.0, f32::max)
            })
            .fold(0.0, f32::max);
        let step = if largest > 0.0 { 255.0 / largest } else { 0.0 };
        let mut postings = Postings { works, largest, ..Postings::default() };
        let least_dense =
            least_dense(rows().map(<[_]>::len), works, DENSE_PART * frequencies.entries().len());
        for row in rows() {
            let idf = inverse_document_frequency(works, row.len());
            // Every posting keeps at least one step, so that holding a term always counts.
            let quantized = |frequency: u16, work: WorkId| {
                (impact(frequency, work, idf) * step).round().clamp(1.0, 255.0) as u8
            };
            if row.len() >= least_dense {
                let number = postings.dense.len() / works.max(1);
                postings.dense_of.push(u32::try_from(number).unwrap_or(u32::MAX));
                let start = postings.dense.len();
                postings.dense.resize(start + works, 0);
                for (work, frequency) in row {
                    postings.dense[start + work.index()] = quantized(*frequency, *work);
                }
            } else {
                postings.dense_of.push(u32::MAX);
                for (work, frequency) in row {
                    postings.lists.push(Posting::new(*work, quantized(*frequency, *work)));
                }
            }
            postings.lists.finish_row();
        }
        postings.dense_largest = largest_of_rows(&postings.dense, works);
        postings
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.count(self.works);
        out.words(self.lists.offsets());
        out.words(self.lists.map(|posting| posting.bits()).entries());
        out.words(&self.dense_of);
        out.bytes(&self.dense);
        out.floats(&[self.largest]);
    }

    pub(crate) fn read(reader: &mut Reader<'_>, terms: usize) -> Result<Postings, Damaged> {
        let mut postings = Postings {
            works: reader.number()? as usize,
            lists: Rows::from_parts(reader.words()?, reader.words()?)?
                .map(|bits| Posting::from_bits(*bits)),
            dense_of: reader.words()?,
            dense: reader.bytes()?,
            dense_largest: Vec::new(),
            largest: reader.floats()?.first().copied().ok_or(Damaged)?,
        };
        postings.dense_largest = largest_of_rows(&postings.dense, postings.works);
        let rows = postings.dense.len() / postings.works.max(1);
        let is_sound = postings.lists.len() == terms
            && postings.dense_of.len() == terms
            && postings.dense_of.iter().all(|row| *row == u32::MAX || (*row as usize) < rows)
            && postings.lists.entries().iter().all(|one| one.work().index() < postings.works)
            && postings.lists.iter().all(|list| list.is_sorted_by_key(|one| one.work()));
        if is_sound { Ok(postings) } else { Err(Damaged) }
    }

    /// How many works.
    pub(crate) fn works(&self) -> usize {
        self.works
    }

    /// Whole-number weight of a query's term.
    #[inline]
    pub(crate) fn query_weight(term: QueryTerm) -> u32 {
        (term.frequency_weight() * QUERY_STEPS).round() as u32
    }

    /// Factor that turns a sum into BM25 (with the query weights of
    /// [`QueryTerm::frequency_weight`]).
    pub(crate) fn unit(&self) -> f32 {
        self.largest / 255.0 / QUERY_STEPS
    }

    #[inline]
    fn list(&self, term: TermId) -> &[Posting] {
        self.lists.get(term as usize)
    }

    #[inline]
    fn dense_row(&self, term: TermId) -> Option<&[u8]> {
        let number = *self.dense_of.get(term as usize)?;
        let start = (number != u32::MAX).then_some(number as usize * self.works)?;
        self.dense.get(start..start + self.works)
    }

    /// Adds the sums of a query to `sums`, one per work: the simple form of [`Accumulator`].
    #[cfg(test)]
    pub(crate) fn accumulate(&self, terms: &[QueryTerm], sums: &mut [u32]) {
        debug_assert_eq!(sums.len(), self.works);
        for term in terms {
            let weight = Postings::query_weight(*term);
            if let Some(row) = self.dense_row(term.term) {
                for (sum, impact) in sums.iter_mut().zip(row) {
                    *sum += weight * u32::from(*impact);
                }
            } else {
                for posting in self.list(term.term) {
                    sums[posting.work().index()] += weight * posting.impact();
                }
            }
        }
    }

    #[cfg(any(test, feature = "testing"))]
    /// Reads all postings of some terms once and does nothing with them: the floor of any
    /// accumulation.
    pub(crate) fn read_once(&self, terms: &[QueryTerm]) -> u32 {
        let mut all = 0_u32;
        for term in terms {
            match self.dense_row(term.term) {
                Some(row) => {
                    all = row.iter().fold(all, |all, impact| all.wrapping_add(u32::from(*impact)))
                }
                None => {
                    all = self
                        .list(term.term)
                        .iter()
                        .fold(all, |all, posting| all.wrapping_add(posting.bits()))
                }
            }
        }
        all
    }

    /// What one term adds to the sum of one work.
    pub(crate) fn part(&self, term: QueryTerm, work: WorkId) -> u32 {
        let impact = match self.dense_row(term.term) {
            Some(row) => u32::from(row[work.index()]),
            None => {
                let list = self.list(term.term);
                list.binary_search_by_key(&work, |posting| posting.work())
                    .map_or(0, |at| list[at].impact())
            }
        };
        Postings::query_weight(term) * impact
    }

    /// The most that a term of this inverse document frequency can add to the sum of a work.
    pub(crate) fn most(&self, term: QueryTerm, inverse_document_frequency: f32) -> u32 {
        let step = if self.largest > 0.0 { 255.0 / self.largest } else { 0.0 };
        // An impact is at most `idf · (k1 + 1)`, whatever the parameters; those of titles are
        // smaller.
        let impact =
            (inverse_document_frequency * (FULL_TEXT.k1 + 1.0) * step + 1.0).min(255.0) as u32;
        Postings::query_weight(term) * impact
    }

    /// Calls `receive` for each work that holds the term, with the impact in the unit of BM25.
    pub(crate) fn for_each_impact(&self, term: TermId, mut receive: impl FnMut(WorkId, f32)) {
        let step = self.largest / 255.0;
        self.for_each_level(term, |work, level| receive(work, f32::from(level) * step));
    }

    /// Adds `factor` times the impact, in the unit of BM25, to the sum of each work.
    pub(crate) fn add_impacts(&self, term: TermId, factor: f32, sums: &mut [f32]) {
        let step = self.largest / 255.0;
        match self.dense_row(term) {
            // Where there is none, nothing is added: a loop without a branch.
            Some(row) => sums
                .iter_mut()
                .zip(row)
                .for_each(|(sum, level)| *sum += factor * (f32::from(*level) * step)),
            None => self.list(term).iter().for_each(|posting| {
                sums[posting.work().index()] += factor * (posting.impact() as u8 as f32 * step);
            }),
        }
    }

    /// The same with the impact in its 255 steps.
    pub(crate) fn for_each_level(&self, term: TermId, mut receive: impl FnMut(WorkId, u8)) {
        match self.dense_row(term) {
            Some(row) => row
                .iter()
                .enumerate()
                .filter(|(_, impact)| **impact > 0)
                .for_each(|(work, impact)| receive(WorkId::at(work), *impact)),
            None => self
                .list(term)
                .iter()
                .for_each(|posting| receive(posting.work(), posting.impact() as u8)),
        }
    }

    #[cfg(any(test, feature = "testing"))]
    /// How many postings, dense rows included.
    pub(crate) fn count(&self) -> usize {
        self.lists.entries().len() + self.dense.iter().filter(|impact| **impact > 0).count()
    }

    #[cfg(any(test, feature = "testing"))]
    /// Bytes of memory.
    pub(crate) fn memory(&self) -> usize {
        self.lists.memory() + 4 * self.dense_of.len() + self.dense.len()
    }
}

/// The number of postings from which a term gets a dense row, so that all rows take at most `most`
/// bytes.
fn least_dense(lengths: impl Iterator<Item = usize>, works: usize, most: usize) -> usize {
    let mut frequent: Vec<usize> = lengths.filter(|length| length * DENSE_SHARE > works).collect();
    frequent.sort_unstable_by(|a, b| b.cmp(a));
    let rows = most / works.max(1);
    match frequent.get(rows) {
        // Terms as frequent as the first that has no place have none either.
        Some(length) => length + 1,
        None => works / DENSE_SHARE + 1,
    }
}

fn largest_of_rows(dense: &[u8], works: usize) -> Vec<u8> {
    dense.chunks(works.max(1)).map(|row| row.iter().copied().max().unwrap_or(0)).collect()
}

/// Adds up a query block by block. Its memory is used again and again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Accumulator {
    /// The posting lists of the query's terms.
    lists: Vec<List>,
    /// The dense rows of the query's terms.
    rows: Vec<Row>,
    /// Of one block, once a query has begun.
    sums: Vec<u32>,
    narrow: Vec<u16>,
}

/// What is left of a posting list.
#[derive(Clone, Copy, Debug)]
struct List {
    at: u32,
    end: u32,
    weight: u32,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    number: u32,
    weight: u16,
    /// The largest product of weight and impact.
    largest: u32,
}

impl Accumulator {
    /// Begins a query; the blocks are then asked for from the first to the last.
    pub(crate) fn begin(&mut self, postings: &Postings, terms: impl Iterator<Item = QueryTerm>) {
        self.lists.clear();
        self.rows.clear();
        self.sums.resize(BLOCK, 0);
        self.narrow.resize(BLOCK, 0);
        for term in terms {
            let weight = Postings::query_weight(term);
            let index = term.term as usize;
            match postings.dense_of.get(index) {
                Some(&u32::MAX) => {
                    let list = postings.lists.range(index);
                    if !list.is_empty() {
                        let (at, end) = (list.start as u32, list.end as u32);
                        self.lists.push(List { at, end, weight });
                    }
                }
                Some(&number) => {
                    let largest = weight * u32::from(postings.dense_largest[number as usize]);
                    // A weight is at most 157; see `QueryTerm::frequency_weight`.
                    self.rows.push(Row { number, weight: weight as u16, largest });
                }
                None => {}
            }
        }
    }

    /// How many postings there are to be added, and `None` when there are dense rows among them.
    pub(crate) fn sparse(&self) -> Option<usize> {
        let lists = self.lists.iter();
        self.rows.is_empty().then(|| lists.map(|list| (list.end - list.at) as usize).sum())
    }

    /// Hands each work that holds a term and its sum to `receive`, in no order: for a query of few
    /// postings, where most works have no sum. `sums` has a zero for each work, before and after.
    pub(crate) fn for_each_sum(
        &self,
        postings: &Postings,
        sums: &mut Vec<u32>,
        mut receive: impl FnMut(WorkId, u32),
    ) {
        sums.resize(postings.works, 0);
        let lists = || {
            let of = |list: &List| &postings.lists.entries()[list.at as usize..list.end as usize];
            self.lists.iter().map(move |list| (list.weight, of(list)))
        };
        for (weight, list) in lists() {
            list.iter()
                .for_each(|posting| sums[posting.work().index()] += weight * posting.impact());
        }
        for posting in lists().flat_map(|(_, list)| list) {
            let work = posting.work();
            let sum = std::mem::take(&mut sums[work.index()]);
            if sum > 0 {
                receive(work, sum);
            }
        }
    }

    /// The sums of the works from `number * BLOCK` on.
    pub(crate) fn block(&mut self, postings: &Postings, number: usize) -> &mut [u32] {
        let first = number * BLOCK;
        let count = BLOCK.min(postings.works - first);
        self.sums[..count].fill(0);
        self.add_rows(postings, first, count);
        let Accumulator { lists, sums, .. } = self;
        let Some(sums) = sums.first_chunk_mut::<BLOCK>() else { return &mut [] };
        // A list has one posting a work.
        let next_block = WorkId::at(first + BLOCK);
        for list in lists {
            let rest = &postings.lists.entries()[list.at as usize..list.end as usize];
            let here = &rest[..postings_before(rest, next_block)];
            list.at += here.len() as u32;
            let mut add = |posting: Posting| {
                sums[posting.work().index() % BLOCK] += list.weight * posting.impact()
            };
            let (fours, others) = here.as_chunks::<4>();
            for [one, two, three, four] in fours {
                add(*one);
                add(*two);
                add(*three);
                add(*four);
            }
            others.iter().for_each(|posting| add(*posting));
        }
        &mut self.sums[..count]
    }

    fn add_rows(&mut self, postings: &Postings, first: usize, count: usize) {
        let mut rows = self.rows.as_slice();
        while !rows.is_empty() {
            let mut largest = 0;
            let fitting = rows.iter().take_while(|row| {
                largest += row.largest;
                largest <= u32::from(u16::MAX)
            });
            let (together, rest) = rows.split_at(fitting.count().max(1));
            let narrow = &mut self.narrow[..count];
            for (position, row) in together.iter().enumerate() {
                let start = row.number as usize * postings.works + first;
                let impacts = &postings.dense[start..start + count];
                let products =
                    impacts.iter().map(|impact| row.weight.wrapping_mul(u16::from(*impact)));
                if position == 0 {
                    narrow.iter_mut().zip(products).for_each(|(sum, product)| *sum = product);
                } else {
                    narrow
                        .iter_mut()
                        .zip(products)
                        .for_each(|(sum, product)| *sum = sum.wrapping_add(product));
                }
            }
            self.sums[..count]
                .iter_mut()
                .zip(&*narrow)
                .for_each(|(sum, narrow)| *sum += u32::from(*narrow));
            rows = rest;
        }
    }
}

/// How many of `postings` are of works before `work`.
#[inline]
fn postings_before(postings: &[Posting], work: WorkId) -> usize {
    match postings.last() {
        Some(last) if last.work() >= work => {
            postings.partition_point(|posting| posting.work() < work)
        }
        _ => postings.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn frequencies(rows: &[Vec<u16>]) -> Frequencies {
        let mut all = Frequencies::default();
        for row in rows {
            let held = row.iter().enumerate().filter(|(_, f)| **f > 0);
            all.push_row(held.map(|(work, f)| (WorkId::at(work), *f)));
        }
        all
    }

    /// BM25 written out, without rounding.
    fn slow(rows: &[Vec<u16>], works: usize, terms: &[QueryTerm]) -> Vec<f32> {
        let Bm25 { k1, b } = FULL_TEXT;
        let lengths: Vec<f32> =
            (0..works).map(|work| rows.iter().map(|row| f32::from(row[work])).sum()).collect();
        let mean = (lengths.iter().sum::<f32>() / works as f32).max(1.0);
        (0..works)
            .map(|work| {
                terms
                    .iter()
                    .map(|term| {
                        let row = &rows[term.term as usize];
                        let idf = inverse_document_frequency(
                            works,
                            row.iter().filter(|f| **f > 0).count(),
                        );
                        let f = f32::from(row[work]);
                        let norm = k1 * (1.0 - b + b * lengths[work] / mean);
                        if f > 0.0 {
                            term.frequency_weight() * idf * f * (k1 + 1.0) / (f + norm)
                        } else {
                            0.0
                        }
                    })
                    .sum()
            })
            .collect()
    }

    proptest! {
        #[test]
        fn fast_equals_slow_within_the_bound(
            rows in proptest::collection::vec(proptest::collection::vec(0_u16..4, 12), 1..30),
            query in proptest::collection::vec((0_u16..3, 0_u16..5), 30),
        ) {
            let postings = Postings::new(&frequencies(&rows), 12, FULL_TEXT);
            let terms: Vec<QueryTerm> = (0..)
                .zip(&query)
                .take(rows.len())
                .filter(|(_, (title, body))| title + body > 0)
                .map(|(term, (title, body))| QueryTerm { term, title: *title, body: *body })
                .collect();
            let mut sums = vec![0; 12];
            postings.accumulate(&terms, &mut sums);
            let expected = slow(&rows, 12, &terms);
            let bound = terms.len() as f32 * postings.largest * (2.45 / 255.0 + 1.0 / 128.0) + 1e-4;
            for work in 0..12_usize {
                prop_assert!((sums[work] as f32 * postings.unit() - expected[work]).abs() <= bound);
                let parts: u32 = terms.iter().map(|term| postings.part(*term, WorkId::at(work))).sum();
                prop_assert_eq!(parts, sums[work]);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn blocks_give_the_sums_of_the_simple_form(
            seed in any::<u64>(),
            works in prop_oneof![1_usize..50, BLOCK - 1..BLOCK + 2, 2 * BLOCK..3 * BLOCK],
            query in proptest::collection::vec((0_u16..3, 0_u16..40), 24),
        ) {
            // The first terms are in nearly every work, the last in few.
            let mut random = seed | 1;
            let mut all = Frequencies::default();
            for term in 0..24_u32 {
                for work in 0..works as u32 {
                    random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    if (random >> 40) % (1 + u64::from(term)) == 0 {
                        all.push((WorkId::new(work), 1 + (random >> 33 & 3) as u16));
                    }
                }
                all.finish_row();
            }
            let postings = Postings::new(&all, works, FULL_TEXT);
            let terms: Vec<QueryTerm> =
                (0..).zip(&query).map(|(term, (title, body))| QueryTerm { term, title: *title, body: *body }).collect();
            let mut expected = vec![0; works];
            postings.accumulate(&terms, &mut expected);
            let mut accumulator = Accumulator::default();
            // The memory is used a second time.
            for _ in 0..2 {
                accumulator.begin(&postings, terms.iter().copied());
                let blocks = works.div_ceil(BLOCK);
                let sums: Vec<u32> =
                    (0..blocks).flat_map(|block| accumulator.block(&postings, block).to_vec()).collect();
                prop_assert_eq!(&sums, &expected);
            }
            let rare = &terms[12..];
            accumulator.begin(&postings, rare.iter().copied());
            if accumulator.sparse().is_some() {
                expected.fill(0);
                postings.accumulate(rare, &mut expected);
                let (mut found, mut memory) = (vec![0; works], Vec::new());
                for _ in 0..2 {
                    found.fill(0);
                    accumulator.for_each_sum(&postings, &mut memory, |work, sum| found[work.index()] += sum);
                    prop_assert_eq!(&found, &expected);
                    prop_assert!(memory.iter().all(|sum| *sum == 0));
                }
            }
        }
    }
}
