//! Leaving out the work that a label asks about, as if it had never been published.

use std::collections::BTreeMap;

use crate::matching::columns::Columns;
use crate::matching::compile::{code_keys, series_keys};
use crate::matching::hidden::Hidden;
use crate::matching::ids::WorkId;
use crate::matching::knowledge::Knowledge;
use crate::matching::prior::{liaisons_held, works_owned};
use crate::matching::query::{Query, Subject};
use crate::matching::scratch::Scratch;
use crate::matching::signals::{LIAISONS_HELD, NO_LIAISONS, NO_WORKS, WORKS};
use crate::standards::Work;
use crate::text::TermId;

/// What is not to be used for a query.
#[derive(Clone, Debug, Default)]
pub(crate) struct LeftOut {
    /// Works, ordered.
    pub(crate) works: Vec<WorkId>,
    /// The works themselves, as far as their texts count in portfolios.
    pub(crate) records: Vec<Work>,
    /// A candidate whose liaisons are unknown.
    pub(crate) candidate: Option<usize>,
}

impl LeftOut {
    /// How many of the works `owner` has with a property.
    fn count(&self, knowledge: &Knowledge, owner: u16, has: impl Fn(&Work) -> bool) -> u32 {
        let Some(works) = &knowledge.works else { return 0 };
        let of_owner = self.works.iter().zip(&self.records);
        let count = of_owner
            .filter(|(work, record)| works.owners_of(**work).contains(&owner) && has(record))
            .count();
        u32::try_from(count).unwrap_or(0)
    }
}

impl Hidden for LeftOut {
    fn works(&self) -> &[WorkId] {
        &self.works
    }

    fn candidate(&self) -> Option<usize> {
        self.candidate
    }

    fn correct_portfolios(&self, knowledge: &Knowledge, scratch: &mut Scratch) {
        let Some(works) = &knowledge.works else { return };
        let mut without: BTreeMap<usize, BTreeMap<TermId, u16>> = BTreeMap::new();
        let mut query = Query::default();
        for (number, record) in self.works.iter().zip(&self.records) {
            let mut bodies = vec![record.abstract_text.as_str().into()];
            bodies.extend(record.titles.iter().skip(1).map(|title| title.as_str().into()));
            let subject = Subject { title: record.title().into(), bodies, ..Subject::default() };
            query.fill(&subject, &knowledge.lexicon, &mut scratch.memo);
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
                knowledge.portfolio.score_without(&scratch.query.terms, candidate, &counts);
        }
    }

    fn correct_prior(&self, knowledge: &Knowledge, columns: &mut Columns) {
        if let Some(hidden) = self.candidate {
            for (number, candidate) in knowledge.candidates.iter().enumerate() {
                let links = candidate.liaisons.len();
                let without =
                    candidate.liaisons.iter().filter(|link| usize::from(**link) == hidden).count();
                let links = if number == hidden { 0 } else { links - without };
                columns.get_mut(LIAISONS_HELD)[number] = liaisons_held(links);
                columns.get_mut(NO_LIAISONS)[number] = f32::from(u8::from(links == 0));
            }
        }
        let Some(works) = &knowledge.works else { return };
        let mut missing: BTreeMap<u16, u32> = BTreeMap::new();
        for owner in self.works.iter().flat_map(|work| works.owners_of(*work)) {
            *missing.entry(*owner).or_default() += 1;
        }
        for (owner, missing) in missing {
            let number = usize::from(owner);
            let works = knowledge.candidates.get(number).works.saturating_sub(missing);
            columns.get_mut(WORKS)[number] = works_owned(works);
            columns.get_mut(NO_WORKS)[number] = f32::from(u8::from(works == 0));
        }
    }

    fn of_series(&self, knowledge: &Knowledge, owner: u16, series: &str) -> u32 {
        self.count(knowledge, owner, |work| series_keys(work).iter().any(|key| key == series))
    }

    fn of_code(&self, knowledge: &Knowledge, owner: u16, code: &str) -> u32 {
        self.count(knowledge, owner, |work| code_keys(work).contains(&code))
    }
}
