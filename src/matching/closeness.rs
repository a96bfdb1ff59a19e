//! Closeness: how probable it is that an existing work is on the subject of a proposal.
//!
//! One similarity over all text of a proposal is no measure of it: what is said of the market or of
//! the procedure dilutes it until nothing is close. Here each *passage* (the scope, the purpose, the
//! justification) is compared on its own, always together with the title, and a work has the best
//! of what its passages give: further text can bring a work nearer and never push it away.
//!
//! 1. *Candidates*: the works with the largest sums for a passage, and those whose titles have the
//!    largest sums for the title alone.
//! 2. *Signals* of each candidate, all between 0 and 1: [`signals`].
//! 3. A fitted linear model gives a score, and a logistic curve the probability: [`model`].

pub(crate) mod fit;
pub(crate) mod model;
pub(crate) mod signals;

use std::sync::OnceLock;

pub use self::model::ClosenessModel;

use rustc_hash::FxHashMap;

use self::signals::{Signals, TitleSide, TitleVector};
use super::ids::WorkId;
use super::knowledge::Knowledge;
use super::postings::Postings;
use super::query::{Query, Subject};
use super::works::Works;
use crate::reference::CommitteeRef;
use crate::text::WordMemo;
use crate::text::title_similarity::TitlePairs;

/// Candidates of a passage. Of the replaced works of the development labels 97 in 100 are among
/// so many, and no more among twice as many.
const OF_PASSAGE: usize = 100;
/// Candidates of the title.
const OF_TITLE: usize = 80;
/// Passages that are compared at most. A proposal has a scope, a purpose and a justification; a
/// programme of parts may add some.
const MOST_PASSAGES: usize = 6;

/// What is compared with the works.
#[derive(Clone, Debug, Default)]
pub(crate) struct Compared<'a> {
    pub(crate) title: &'a str,
    /// Scope, purpose, justification, …; empty ones count only where all are.
    pub(crate) passages: Vec<&'a str>,
    /// The committee that is to do the work.
    pub(crate) committee: Option<&'a CommitteeRef>,
    pub(crate) ics: &'a [String],
    /// Works that are named, ordered.
    pub(crate) cited: Vec<WorkId>,
}

/// A work with what speaks for it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ranked {
    pub(crate) work: WorkId,
    pub(crate) signals: Signals,
    /// The passage that speaks most for it.
    pub(crate) passage: usize,
    /// The share of the first passage and the title that it holds: what the levels of closeness
    /// are set on.
    pub(crate) core: f32,
    /// Score of the model; the probability grows with it.
    pub(crate) score: f64,
    /// The logarithm of its share among the candidates of the first passage. Against these alone,
    /// so that what further passages bring near takes nothing from the others.
    pub(crate) lead: f64,
}

impl Ranked {
    /// How probable it is that the work is on the same subject.
    pub(crate) fn probability(&self, model: &ClosenessModel) -> f64 {
        model.probability(self.score, self.lead)
    }
}

/// Lengths of the works' vectors, worked out when they are first asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lengths(OnceLock<Vec<f32>>);

impl Lengths {
    fn of(&self, postings: &Postings, terms: usize) -> &[f32] {
        self.0.get_or_init(|| {
            let mut squares = vec![0.0_f32; postings.works()];
            for term in 0..u32::try_from(terms).unwrap_or(u32::MAX) {
                postings.for_each_impact(term, |work, impact| {
                    squares[work.index()] += impact * impact;
                });
            }
            squares.into_iter().map(f32::sqrt).collect()
        })
    }
}

/// Memory of a ranking, used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Workspace {
    query: Query,
    memo: WordMemo,
    sums: Vec<f32>,
    pairs: TitlePairs,
    /// Of the works met so far, what speaks for them whatever the passage.
    sides: FxHashMap<u32, TitleSide>,
    /// Works with a sum.
    found: Vec<(f32, WorkId)>,
}

/// The candidates of `compared` with their signals, without the works for which `is_hidden` is
/// true; the best first by `model`, ties by number.
pub(crate) fn rank(
    knowledge: &Knowledge,
    works: &Works,
    compared: &Compared<'_>,
    model: &ClosenessModel,
    is_hidden: &dyn Fn(WorkId) -> bool,
    space: &mut Workspace,
) -> Vec<Ranked> {
    let title = TitleVector::new(knowledge, compared.title, &mut space.memo);
    space.pairs.fill(compared.title);
    space.sides.clear();
    let by_title = sums_of_title(works, &title, is_hidden, space);
    let mut passages: Vec<(usize, &str)> = compared
        .passages
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, text)| !text.trim().is_empty())
        .take(MOST_PASSAGES)
        .collect();
    if passages.is_empty() {
        passages.push((0, ""));
    }
    let mut best: Vec<Ranked> = Vec::new();
    for (order, (number, text)) in passages.into_iter().enumerate() {
        let is_first = order == 0;
        let subject = Subject {
            title: compared.title.into(),
            bodies: vec![text.into()],
            ..Subject::default()
        };
        space.query.fill(&subject, &knowledge.lexicon, &mut space.memo);
        let passage = Passage::new(knowledge, works, text, space);
        let mut candidates = largest(&space.sums, OF_PASSAGE, is_hidden, &mut space.found);
        candidates.extend(by_title.iter().map(|(_, work)| (space.sums[work.index()], *work)));
        candidates.sort_unstable_by_key(|(_, work)| *work);
        candidates.dedup_by_key(|(_, work)| *work);
        for (sum, work) in candidates {
            let mut comparison = signals::Comparison {
                knowledge,
                works,
                compared,
                title: &title,
                passage: &passage,
                query: &space.query,
                memo: &mut space.memo,
                pairs: &mut space.pairs,
                sides: &mut space.sides,
            };
            let signals = comparison.of(work, sum);
            let score = model.score(&signals);
            let core = if is_first { signals[signals::TEXT_SHARE] } else { 0.0 };
            best.push(Ranked { work, signals, passage: number, core, score, lead: score });
        }
    }
    let first = best.first().map_or(0, |one| one.passage);
    let sum = fit::log_sum(best.iter().filter(|one| one.passage == first).map(|one| one.score));
    for one in &mut best {
        one.lead = one.score - sum;
    }
    // Of each work its best passage, the earlier one where two are equal.
    best.sort_by(|a, b| {
        a.work.cmp(&b.work).then(b.score.total_cmp(&a.score)).then(a.passage.cmp(&b.passage))
    });
    best.dedup_by(|later, kept| {
        let is_same = later.work == kept.work;
        if is_same {
            kept.core = kept.core.max(later.core);
        }
        is_same
    });
    best.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.work.cmp(&b.work)));
    best
}

/// A passage as it is compared.
pub(crate) struct Passage {
    /// Length of its vector.
    pub(crate) length: f32,
    /// What a work with all its terms would have.
    pub(crate) full: f32,
    /// The largest sum of any work.
    pub(crate) largest: f32,
    /// Its sentences as vectors.
    pub(crate) sentences: Vec<TitleVector>,
}

/// Sentences of a passage that are compared with titles, at most.
const MOST_SENTENCES: usize = 12;

impl Passage {
    fn new(knowledge: &Knowledge, works: &Works, text: &str, space: &mut Workspace) -> Passage {
        let Workspace { query, memo, sums, .. } = space;
        sums.clear();
        sums.resize(works.postings.works(), 0.0);
        let (mut square, mut full) = (0.0, 0.0);
        for term in &query.terms {
            let frequency = term.frequency_weight();
            let weight = frequency * knowledge.idf[term.term as usize];
            square += weight * weight;
            full += weight;
            works.postings.add_impacts(term.term, frequency, sums);
        }
        let largest = sums.iter().copied().fold(0.0, f32::max);
        let sentences = text
            .split(['.', ';', '\n'])
            .filter(|sentence| sentence.trim().len() > 20)
            .take(MOST_SENTENCES)
            .map(|sentence| TitleVector::flat(knowledge, sentence, memo))
            .collect();
        Passage { length: square.sqrt(), full, largest, sentences }
    }
}

/// The works whose titles have the largest sums for the title.
fn sums_of_title(
    works: &Works,
    title: &TitleVector,
    is_hidden: &dyn Fn(WorkId) -> bool,
    space: &mut Workspace,
) -> Vec<(f32, WorkId)> {
    let Workspace { sums, found, .. } = space;
    sums.clear();
    sums.resize(works.postings.works(), 0.0);
    for term in title.terms() {
        works.title_postings.add_impacts(term, 1.0, sums);
    }
    largest(sums, OF_TITLE, is_hidden, found)
}

/// The largest sums, in no order.
fn largest(
    sums: &[f32],
    most: usize,
    is_hidden: &dyn Fn(WorkId) -> bool,
    all: &mut Vec<(f32, WorkId)>,
) -> Vec<(f32, WorkId)> {
    all.clear();
    all.extend(
        sums.iter()
            .copied()
            .zip((0..).map(WorkId::new))
            .filter(|(sum, work)| *sum > 0.0 && !is_hidden(*work)),
    );
    if all.len() > most {
        all.select_nth_unstable_by(most - 1, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        all.truncate(most);
    }
    all.clone()
}
