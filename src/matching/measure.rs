//! Steps of matching by themselves, and the forms that it is compared with. For benchmarks and
//! tests only: nothing here is part of the crate's interface.

use super::Matcher;
use super::matcher::{Named, subject_of};
use super::query::QueryTerm;
use crate::proposal::Proposal;
use crate::reference::CommitteeRef;

/// The simple form: rows of work and weight, added up in floating point, and the ten best of the
/// sums.
#[derive(Clone, Debug)]
pub struct PlainRows {
    offsets: Vec<u32>,
    entries: Vec<(u32, f32)>,
    works: usize,
    sums: Vec<f32>,
}

impl PlainRows {
    /// The same postings as the matcher's; `None` without an index of standards.
    #[must_use]
    pub fn new(matcher: &Matcher) -> Option<PlainRows> {
        let knowledge = matcher.knowledge();
        let postings = &knowledge.works.as_ref()?.postings;
        let mut rows = PlainRows {
            offsets: vec![0],
            entries: Vec::new(),
            works: postings.works(),
            sums: Vec::new(),
        };
        for term in 0..knowledge.lexicon.len() {
            postings.for_each_impact(term as u32, |work, impact| rows.entries.push((work, impact)));
            rows.offsets.push(rows.entries.len() as u32);
        }
        Some(rows)
    }

    /// The ten best works for these terms and their scores.
    pub fn top_ten(&mut self, terms: &Terms) -> Vec<(f32, u32)> {
        self.sums.clear();
        self.sums.resize(self.works, 0.0);
        for term in &terms.0 {
            let weight = term.frequency_weight();
            let row = self.offsets[term.term as usize] as usize
                ..self.offsets[term.term as usize + 1] as usize;
            for (work, impact) in &self.entries[row] {
                self.sums[*work as usize] += weight * impact;
            }
        }
        let mut best: Vec<(f32, u32)> = Vec::with_capacity(11);
        for (work, sum) in (0_u32..).zip(&self.sums) {
            if *sum > 0.0 && (best.len() < 10 || *sum > best[best.len() - 1].0) {
                let at = best.partition_point(|(other, _)| other >= sum);
                best.insert(at, (*sum, work));
                best.truncate(10);
            }
        }
        best
    }

    /// How many postings there are.
    #[must_use]
    pub fn postings(&self) -> usize {
        self.entries.len()
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
    #[doc(hidden)]
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
    #[doc(hidden)]
    #[must_use]
    pub fn measure_scoring(&self, proposal: &Proposal) -> f32 {
        let named = Named::default();
        let subject = subject_of(proposal, &named, self.knowledge());
        self.with_scratch(|scratch| {
            self.knowledge().score(&subject, None, scratch);
            self.ranking(scratch).scored.iter().map(|scored| scored.interest).sum()
        })
    }

    /// Prepares a proposal and hands the scoring itself, analysis and all signals, to `observe`,
    /// which may call it as often as it likes and count what it does.
    #[doc(hidden)]
    pub fn measure_loop(&self, proposal: &Proposal, observe: impl FnOnce(&mut dyn FnMut())) {
        let named = Named::in_proposal(proposal);
        let subject = subject_of(proposal, &named, self.knowledge());
        self.with_scratch(|scratch| {
            observe(&mut || self.knowledge().score(&subject, None, scratch))
        });
    }

    /// The score of every candidate for the question who is concerned, in the order of their
    /// references: what [`SlowForm`](super::slow::SlowForm) computes slowly.
    #[doc(hidden)]
    #[must_use]
    pub fn measure_scores(&self, proposal: &Proposal) -> Vec<(CommitteeRef, f64)> {
        let named = Named::in_proposal(proposal);
        let subject = subject_of(proposal, &named, self.knowledge());
        self.with_scratch(|scratch| {
            self.knowledge().score(&subject, None, scratch);
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
    #[doc(hidden)]
    #[must_use]
    pub fn measure_accumulation(&self, terms: &Terms) -> Vec<(f32, u32)> {
        let Some(works) = &self.knowledge().works else { return Vec::new() };
        self.with_scratch(|scratch| scratch.top_ten(&works.postings, &terms.0))
    }

    /// Reads the postings of these terms once and does nothing with them.
    #[doc(hidden)]
    #[must_use]
    pub fn measure_floor(&self, terms: &Terms) -> u32 {
        self.knowledge().works.as_ref().map_or(0, |works| works.postings.read_once(&terms.0))
    }

    /// tantivy's own search for the ten best documents with the same text; `exhaustive` asks for
    /// the count too, which turns its pruning off.
    #[doc(hidden)]
    #[must_use]
    pub fn measure_tantivy(&self, proposal: &Proposal, exhaustive: bool) -> usize {
        let text = [&proposal.title, &proposal.scope, &proposal.purpose, &proposal.justification]
            .map(String::as_str)
            .join("\n");
        self.index().search(&text, 10, exhaustive).map_or(0, |found| found.len())
    }

    /// Bytes that the compiled form takes.
    #[doc(hidden)]
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
