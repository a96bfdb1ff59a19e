//! Works that are each other's nearest.
//!
//! Every work is compared with every other one of another group by the cosine of their impacts
//! (see [`Postings`](super::postings::Postings)). Terms that stand in more than a tenth of the
//! works are left out. Sums are whole numbers, so that neither the order of the works nor the
//! number of threads can change them; ties go by reference.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::ids::WorkId;
use super::knowledge::Knowledge;
use super::matcher::Matcher;
use super::rows::Rows;
use super::works::Works;
use crate::reference::{CommitteeRef, Organization};
use crate::standards::Status;
use crate::text::TermId;

/// A term in more than one of so many works says nothing about their subject.
const FREQUENT_SHARE: usize = 10;
/// Terms that speak for a pair, at most.
const TERMS_OF_PAIR: usize = 12;

/// A work of an index, as far as it is kept in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KnownWork {
    /// The reference by which it is named.
    pub reference: String,
    /// The title of its latest text.
    pub title: String,
    /// The committees responsible for it.
    pub owners: Vec<CommitteeRef>,
    /// Who publishes it.
    pub organizations: Vec<Organization>,
    /// Whether it is in force.
    pub status: Status,
    /// The year of its latest text, where any is known.
    pub year: Option<u16>,
}

/// Two works, each among the nearest of the other in the other's group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MutualPair {
    /// Places in the list of works that was given.
    pub(crate) first: usize,
    pub(crate) second: usize,
    /// Cosine, 0 to 1.
    pub(crate) similarity: f64,
    /// What both hold, with its part of the cosine, the largest first.
    pub(crate) shared: Vec<(TermId, f64)>,
}

impl Matcher {
    /// The works of its index, in the order of the index; none without one.
    ///
    /// ```
    /// let matcher = spcg::matching::Matcher::builtin()?;
    /// assert_eq!(matcher.works().count(), 0);
    /// # Ok::<(), spcg::Error>(())
    /// ```
    pub fn works(&self) -> impl Iterator<Item = KnownWork> + '_ {
        let works = self.knowledge().works.as_ref();
        works.into_iter().flat_map(|works| (0..works.len()).map(|at| works.known(WorkId::at(at))))
    }

    /// Pairs of mutual nearest neighbours: of each work its `count` nearest in every other group,
    /// at `least` this similar, where it is among theirs too. `group_of` names the group of each
    /// work, or `None` for one that is not compared; `is_pair` says which groups are.
    pub(crate) fn mutual_pairs(
        &self,
        group_of: &[Option<u8>],
        is_pair: impl Fn(u8, u8) -> bool + Sync,
        count: usize,
        least: f64,
    ) -> Vec<MutualPair> {
        let knowledge = self.knowledge();
        let Some(works) = &knowledge.works else { return Vec::new() };
        let vectors = Vectors::new(knowledge, works, group_of);
        let nearest: Vec<Vec<u32>> = (0..vectors.len())
            .into_par_iter()
            .map_init(Vec::new, |sums, work| vectors.nearest(work, &is_pair, count, least, sums))
            .collect();
        let mut pairs = Vec::new();
        for (first, near) in nearest.iter().enumerate() {
            for second in near.iter().map(|near| *near as usize).filter(|second| first < *second) {
                if nearest[second].contains(&(first as u32)) {
                    pairs.push((first, second));
                }
            }
        }
        pairs.into_par_iter().map(|(first, second)| vectors.pair(first, second)).collect()
    }

    /// True for each work that holds all words of one of the phrases, in its title or abstract;
    /// words of a phrase that the index knows as neighbours must be neighbours.
    pub(crate) fn works_with(&self, phrases: &[String]) -> Vec<bool> {
        let knowledge = self.knowledge();
        let Some(works) = &knowledge.works else { return Vec::new() };
        let mut found = vec![false; works.len()];
        let mut memo = crate::text::WordMemo::default();
        // Two letters are too few to tell a word by its stem: AI is that of AIS too.
        for phrase in phrases.iter().filter(|phrase| phrase.chars().count() > 2) {
            let Some(terms) = terms_of_phrase(knowledge, phrase, &mut memo) else { continue };
            let mut held = vec![0_u8; works.len()];
            for term in &terms {
                works.postings.for_each_impact(*term, |work, _| held[work.index()] += 1);
            }
            for (found, held) in found.iter_mut().zip(&held) {
                *found |= usize::from(*held) == terms.len();
            }
        }
        found
    }

    /// A term as it is shown: the words of one of the titles; `None` for one that stands in none, or
    /// that says nothing about a subject.
    pub(crate) fn shown_term<'a>(
        &self,
        term: TermId,
        titles: impl IntoIterator<Item = &'a str>,
    ) -> Option<String> {
        let lexicon = &self.knowledge().lexicon;
        if lexicon.is_generic(term) {
            return None;
        }
        let pair = lexicon.pair(term);
        let mut memo = crate::text::WordMemo::default();
        for title in titles {
            let (mut previous, mut shown) = (None, None);
            lexicon.analyze(title, &mut memo, |token| {
                let crate::text::lexicon::Token::Known(stem, start, end) = token else {
                    previous = None;
                    return;
                };
                match (pair, previous) {
                    (None, _) if stem == term => shown = title.get(start..end),
                    (Some((first, second)), Some((before, from)))
                        if before == first && stem == second =>
                    {
                        shown = title.get(from..end);
                    }
                    _ => {}
                }
                previous = Some((stem, start));
            });
            if let Some(shown) = shown {
                return Some(lower_case(shown));
            }
        }
        None
    }
}

/// In lower case, but for what is written in capitals throughout or within.
fn lower_case(text: &str) -> String {
    let word = |word: &str| {
        let has_capitals_within = word.chars().skip(1).any(char::is_uppercase);
        if has_capitals_within { word.to_owned() } else { word.to_lowercase() }
    };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// The terms that a work must hold to hold the phrase; `None` where the index does not know one.
fn terms_of_phrase(
    knowledge: &Knowledge,
    phrase: &str,
    memo: &mut crate::text::WordMemo,
) -> Option<Vec<TermId>> {
    use crate::text::lexicon::Token;
    let (mut terms, mut previous, mut is_known) = (Vec::new(), None, true);
    knowledge.lexicon.analyze(phrase, memo, |token| match token {
        Token::Known(term, ..) => {
            terms.push(term);
            terms.extend(previous.and_then(|first| knowledge.lexicon.id_of_pair(first, term)));
            previous = Some(term);
        }
        Token::Unknown => is_known = false,
        Token::Break => previous = None,
    });
    terms.sort_unstable();
    terms.dedup();
    (is_known && !terms.is_empty() && terms.len() < 100).then_some(terms)
}

impl Works {
    fn known(&self, work: WorkId) -> KnownWork {
        KnownWork {
            reference: self.cards.reference(work).to_owned(),
            title: self.cards.title(work).to_owned(),
            owners: self.cards.owners(work).cloned().collect(),
            organizations: self.cards.organizations(work),
            status: self.cards.status(work),
            year: self.cards.year(work),
        }
    }
}

/// The works that are compared, by work and by term.
struct Vectors {
    /// Place in the list that was given, of each compared work.
    places: Vec<u32>,
    groups: Vec<u8>,
    /// Place in the order of the references.
    order: Vec<u32>,
    /// 1 / length.
    inverse: Vec<f64>,
    of_work: Rows<(TermId, u8)>,
    of_term: Rows<(u32, u8)>,
}

impl Vectors {
    fn new(knowledge: &Knowledge, works: &Works, group_of: &[Option<u8>]) -> Vectors {
        let (mut places, mut groups, mut local) = (Vec::new(), Vec::new(), Vec::new());
        for (at, group) in (0_u32..).zip(group_of) {
            local.push(group.map_or(u32::MAX, |_| places.len() as u32));
            if let Some(group) = group {
                places.push(at);
                groups.push(*group);
            }
        }
        let (mut of_term, mut by_work) = (Rows::default(), vec![Vec::new(); places.len()]);
        let most = (places.len() / FREQUENT_SHARE).max(2);
        let mut row: Vec<(u32, u8)> = Vec::new();
        for term in 0..knowledge.lexicon.len() as TermId {
            row.clear();
            works.postings.for_each_level(term, |work, level| {
                if let Some(own) = local.get(work.index()).filter(|own| **own != u32::MAX) {
                    row.push((*own, level));
                }
            });
            if row.len() <= most {
                for (work, level) in &row {
                    by_work[*work as usize].push((term, *level));
                }
                of_term.push_row(row.iter().copied());
            } else {
                of_term.finish_row();
            }
        }
        let square = |terms: &Vec<(TermId, u8)>| -> u64 {
            terms.iter().map(|(_, level)| u64::from(*level) * u64::from(*level)).sum()
        };
        let inverse = by_work.iter().map(|terms| 1.0 / (square(terms).max(1) as f64).sqrt());
        let inverse = inverse.collect();
        let mut of_work = Rows::default();
        by_work.into_iter().for_each(|terms| of_work.push_row(terms));
        let order = order_of(&places, works);
        Vectors { places, groups, order, inverse, of_work, of_term }
    }

    fn len(&self) -> usize {
        self.places.len()
    }

    /// The nearest works of each group that makes a pair with its own.
    fn nearest(
        &self,
        work: usize,
        is_pair: impl Fn(u8, u8) -> bool,
        count: usize,
        least: f64,
        sums: &mut Vec<u32>,
    ) -> Vec<u32> {
        sums.clear();
        sums.resize(self.len(), 0);
        for (term, level) in self.of_work.get(work) {
            for (other, theirs) in self.of_term.get(*term as usize) {
                sums[*other as usize] += u32::from(*level) * u32::from(*theirs);
            }
        }
        let own = self.groups[work];
        let mut best: BTreeMap<u8, Vec<(f64, u32)>> = BTreeMap::new();
        for (other, sum) in (0_u32..).zip(sums.iter()).filter(|(_, sum)| **sum > 0) {
            let similarity = self.cosine(work, other as usize, *sum);
            let group = self.groups[other as usize];
            if similarity < least || !is_pair(own, group) {
                continue;
            }
            let list = best.entry(group).or_default();
            let is_before = |a: &(f64, u32), b: (f64, u32)| {
                a.0 > b.0 || a.0 == b.0 && self.order[a.1 as usize] < self.order[b.1 as usize]
            };
            let at = list.partition_point(|one| is_before(one, (similarity, other)));
            if at < count {
                list.insert(at, (similarity, other));
                list.truncate(count);
            }
        }
        best.into_values().flatten().map(|(_, other)| other).collect()
    }

    fn cosine(&self, one: usize, other: usize, sum: u32) -> f64 {
        f64::from(sum) * (self.inverse[one] * self.inverse[other])
    }

    fn pair(&self, first: usize, second: usize) -> MutualPair {
        let others = self.of_work.get(second);
        let shared = self.of_work.get(first).iter().filter_map(|(term, level)| {
            let at = others.binary_search_by_key(term, |(other, _)| *other).ok()?;
            Some((*term, u32::from(*level) * u32::from(others[at].1)))
        });
        let mut shared: Vec<(TermId, u32)> = shared.collect();
        let sum = shared.iter().map(|(_, product)| product).sum();
        shared.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        shared.truncate(TERMS_OF_PAIR);
        let part = |product| self.cosine(first, second, product);
        MutualPair {
            first: self.places[first] as usize,
            second: self.places[second] as usize,
            similarity: part(sum),
            shared: shared.into_iter().map(|(term, product)| (term, part(product))).collect(),
        }
    }
}

/// The place of each work in the order of the references.
fn order_of(places: &[u32], works: &Works) -> Vec<u32> {
    let reference = |at: u32| works.cards.reference(WorkId::new(places[at as usize]));
    let mut sorted: Vec<u32> = (0..places.len() as u32).collect();
    sorted.sort_by(|a, b| reference(*a).cmp(reference(*b)).then(a.cmp(b)));
    let mut order = vec![0; places.len()];
    for (place, work) in (0..).zip(sorted) {
        order[work as usize] = place;
    }
    order
}
