//! Steps of matching by themselves, and the forms that it is compared with: for benchmarks and
//! tests, with the feature `testing` only.

use super::Matcher;
use super::best::insert;
use super::hidden::Nothing;
use super::ids::WorkId;
use super::named::{Named, subject_of};
use super::postings::{BLOCK, Postings};
use super::query::QueryTerm;
use super::rows::Rows;
use super::scratch::Scratch;
use crate::proposal::Proposal;
use crate::reference::CommitteeRef;

/// Works that the compared forms look for.
const TEN: usize = 10;

/// The simple form: rows of work and weight, added up in floating point, and the ten best of the
/// sums.
#[derive(Clone, Debug)]
pub struct PlainRows {
    rows: Rows<(WorkId, f32)>,
    works: usize,
    sums: Vec<f32>,
}

impl PlainRows {
    /// The same postings as the matcher's; `None` without an index of standards.
    #[must_use]
    pub fn new(matcher: &Matcher) -> Option<PlainRows> {
        let knowledge = matcher.knowledge();
        let postings = &knowledge.works.as_ref()?.postings;
        let mut rows =
            PlainRows { rows: Rows::default(), works: postings.works(), sums: Vec::new() };
        for term in 0..knowledge.lexicon.len() {
            postings.for_each_impact(term as u32, |work, impact| rows.rows.push((work, impact)));
            rows.rows.finish_row();
        }
        Some(rows)
    }

    /// The ten best works for these terms and their scores.
    pub fn top_ten(&mut self, terms: &Terms) -> Vec<(f32, u32)> {
        self.sums.clear();
        self.sums.resize(self.works, 0.0);
        for term in &terms.0 {
            let weight = term.frequency_weight();
            for (work, impact) in self.rows.get(term.term as usize) {
                self.sums[work.index()] += weight * impact;
            }
        }
        let mut best: Vec<(f32, u32)> = Vec::with_capacity(TEN + 1);
        for (work, sum) in (0_u32..).zip(&self.sums).filter(|(_, sum)| **sum > 0.0) {
            insert(&mut best, TEN, (*sum, work), |one, other| one.0 > other.0);
        }
        best
    }

    /// How many postings there are.
    #[must_use]
    pub fn postings(&self) -> usize {
        self.rows.entries().len()
    }
}

/// Bytes of memory.
#[derive(Clone, Copy, Debug, Default)]
pub struct Memory {
    /// What the postings of works would take at four bytes each.
    pub raw_postings: usize,
    /// What they take, with dense rows and offsets.
    pub postings: usize,
    /// Vocabularies of committees, with dense rows.
    pub portfolios: usize,
    /// Titles and references that are shown.
    pub cards: usize,
}

/// The analysed terms of a proposal.
#[derive(Clone, Debug)]
pub struct Terms(Vec<QueryTerm>);

impl Terms {
    /// How many terms.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Matcher {
    /// Text analysis alone.
    #[must_use]
    pub fn measure_terms(&self, proposal: &Proposal) -> Terms {
        let named = Named::default();
        let subject = subject_of(proposal, &named, self.knowledge());
        self.with_scratch(|scratch| {
            scratch.query.fill(&subject, &self.knowledge().lexicon, &mut scratch.memo);
            Terms(scratch.query.terms.clone())
        })
    }

    /// Analysis and all features of all candidates, without finding references and without
    /// evidence; gives the sum of all scores.
    #[must_use]
    pub fn measure_scoring(&self, proposal: &Proposal) -> f32 {
        let named = Named::default();
        let subject = subject_of(proposal, &named, self.knowledge());
        self.with_scratch(|scratch| {
            self.knowledge().score(&subject, &Nothing, scratch);
            self.ranking(scratch).scored.iter().map(|scored| scored.interest).sum()
        })
    }

    /// Prepares a proposal and hands the scoring itself, analysis and all signals, to `observe`,
    /// which may call it as often as it likes and count what it does.
    pub fn measure_loop(&self, proposal: &Proposal, observe: impl FnOnce(&mut dyn FnMut())) {
        let named = Named::in_proposal(proposal);
        let subject = subject_of(proposal, &named, self.knowledge());
        self.with_scratch(|scratch| {
            observe(&mut || self.knowledge().score(&subject, &Nothing, scratch))
        });
    }

    /// The score of every candidate for the question who is concerned, in the order of their
    /// references: what [`SlowForm`](super::slow::SlowForm) computes slowly.
    #[must_use]
    pub fn measure_scores(&self, proposal: &Proposal) -> Vec<(CommitteeRef, f64)> {
        let named = Named::in_proposal(proposal);
        let subject = subject_of(proposal, &named, self.knowledge());
        self.with_scratch(|scratch| {
            self.knowledge().score(&subject, &Nothing, scratch);
            let scored = self.ranking(scratch).scored;
            let candidates = self.knowledge().candidates.iter();
            candidates
                .zip(scored)
                .map(|(one, scored)| (one.reference().clone(), f64::from(scored.interest)))
                .collect()
        })
    }

    /// Accumulation over the works alone; gives the ten best sums in the unit of BM25, with their
    /// works.
    #[must_use]
    pub fn measure_accumulation(&self, terms: &Terms) -> Vec<(f32, u32)> {
        let Some(works) = &self.knowledge().works else { return Vec::new() };
        self.with_scratch(|scratch| top_ten(scratch, &works.postings, &terms.0))
    }

    /// Reads the postings of these terms once and does nothing with them.
    #[must_use]
    pub fn measure_floor(&self, terms: &Terms) -> u32 {
        self.knowledge().works.as_ref().map_or(0, |works| works.postings.read_once(&terms.0))
    }

    /// tantivy's own search for the ten best documents with the same text; `exhaustive` asks for
    /// the count too, which turns its pruning off.
    #[must_use]
    pub fn measure_tantivy(&self, proposal: &Proposal, exhaustive: bool) -> usize {
        let text = [&proposal.title, &proposal.scope, &proposal.purpose, &proposal.justification]
            .map(String::as_str)
            .join("\n");
        self.index().search(&text, 10, exhaustive).map_or(0, |found| found.len())
    }

    /// Bytes that the compiled form takes.
    #[must_use]
    pub fn measure_memory(&self) -> Memory {
        let knowledge = self.knowledge();
        let portfolios = [&knowledge.portfolio, &knowledge.scope, &knowledge.titles];
        let mut memory = Memory {
            portfolios: portfolios.iter().map(|portfolio| portfolio.memory()).sum(),
            ..Memory::default()
        };
        if let Some(works) = &knowledge.works {
            memory.postings = works.postings.memory() + works.title_postings.memory();
            memory.raw_postings = 4 * (works.postings.count() + works.title_postings.count());
            memory.cards = works.cards.memory();
        }
        memory
    }
}

/// The ten best works by accumulation alone, in the unit of BM25.
fn top_ten(scratch: &mut Scratch, postings: &Postings, terms: &[QueryTerm]) -> Vec<(f32, u32)> {
    let sums = &mut scratch.sums;
    sums.begin(postings, terms.iter().copied());
    let mut best: Vec<(u32, u32)> = Vec::with_capacity(TEN + 1);
    for block in 0..postings.works().div_ceil(BLOCK) {
        let sums = ((block * BLOCK) as u32..).zip(&*sums.block(postings, block));
        for (work, sum) in sums.filter(|(_, sum)| **sum > 0) {
            insert(&mut best, TEN, (*sum, work), |one, other| one.0 > other.0);
        }
    }
    best.into_iter().map(|(sum, work)| (sum as f32 * postings.unit(), work)).collect()
}
