//! Reasons that can be shown, worked out for the shown few only.

use super::best::{insert, keep_smallest};
use super::closeness::signals::{LETTERS, Sentences};
use super::closeness::{ClosenessModel, Compared, Ranked, rank};
use super::ids::WorkId;
use super::interest::{Evidence, Neighbour, WeightedTerm};
use super::knowledge::Knowledge;
use super::named::Named;
use super::near::{full_weight, similarity};
use super::overlap::{Closeness, Overlap};
use super::query::{Place, QueryTerm, Subject, series_of};
use super::questions::QuestionTerms;
use super::scratch::Scratch;
use super::signals::{CLASSIFICATION, FAMILY_LOG, LIAISON_LOG, MENTION, SERIES};
use super::tables::code_levels;
use super::works::Works;
use crate::proposal::Proposal;
use crate::reference::CommitteeRef;
use crate::reference::StandardRef;
use crate::text::TermId;

/// Terms shown at most.
const TERMS_SHOWN: usize = 8;
/// Works of a committee shown at most.
const WORKS_SHOWN: usize = 5;
/// Committees of a liaison or family shown at most.
const COMMITTEES_SHOWN: usize = 4;
/// Works that are shown whether they are close or not.
const NEAREST_SHOWN: usize = 5;
/// Similarity of titles from which two texts are close, whatever the abstracts say.
const SAME_TITLE: f64 = 0.9;
/// Overlaps given at most.
const OVERLAPS_SHOWN: usize = 20;

/// Similarity from which a work counts as close.
///
/// Set on 2026-11-22 with 299 new works of 2019-2021 against the 39,088 works published up to 2018,
/// works of the same title left aside. From 0.25 on there is one pair in 10,000, four a proposal;
/// from 0.45 on one in 80,000, one for every second proposal, three in four of them of the same
/// committee; from 0.75 on one for every thirtieth proposal, and none of another committee. A work
/// under the proposal's own title has 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OverlapThresholds {
    pub(crate) moderate: f64,
    pub(crate) strong: f64,
    pub(crate) near_duplicate: f64,
    /// Probability from which a work may be on the same subject.
    pub(crate) possible: f64,
    /// Probability from which it is taken to be, where the similarity is moderate at least.
    pub(crate) probable: f64,
}

/// Similarity below which two texts have hardly more than a few words in common, so that no
/// probability makes a work close: of works without an abstract little is known.
const LITTLE_IN_COMMON: f64 = 0.2;

impl OverlapThresholds {
    pub(crate) const DEFAULT: OverlapThresholds = OverlapThresholds {
        moderate: 0.25,
        strong: 0.45,
        near_duplicate: 0.75,
        possible: 0.15,
        probable: 0.4,
    };

    /// The class of a work. The probability is that of the one work which stands out; where five
    /// are alike, each of them has a fifth of it, and the similarity speaks for all of them.
    pub(crate) fn closeness(self, similarity: f64, probability: f64) -> Option<Closeness> {
        let is_moderate = similarity >= self.moderate;
        if similarity >= self.near_duplicate {
            Some(Closeness::NearDuplicate)
        } else if similarity >= self.strong || is_moderate && probability >= self.probable {
            Some(Closeness::Strong)
        } else if is_moderate || similarity >= LITTLE_IN_COMMON && probability >= self.possible {
            Some(Closeness::Moderate)
        } else {
            None
        }
    }
}

/// What is worked out once per proposal for showing reasons.
pub(crate) struct Explainer<'a> {
    knowledge: &'a Knowledge,
    questions: &'a [QuestionTerms],
    subject: &'a Subject<'a>,
    proposal: &'a Proposal,
    /// Nearest works, best first: sum and number.
    nearest: Vec<(u32, WorkId)>,
    /// What a work with all terms would have.
    full_weight: f32,
    /// Position of each candidate in `shown`, or [`NOT_SHOWN`].
    positions: Vec<u16>,
    shown: Vec<Shown>,
}

/// What is collected for one candidate that is shown.
#[derive(Default)]
struct Shown {
    scope: Strongest,
    portfolio: Strongest,
    /// Its nearest works: sum and number.
    nearest: Vec<(u32, WorkId)>,
}

/// Inverse document frequency of a term in one of 400 works: it says something by itself.
const RARE: f32 = 6.0;

/// Nearest works kept for evidence.
const NEAREST: usize = 200;
/// Mark of a candidate that is not shown.
const NOT_SHOWN: u16 = u16::MAX;

/// The terms with the largest parts of a score, and the sum of all parts.
#[derive(Default)]
struct Strongest {
    total: f32,
    /// Part and term, the largest part first, ties by term.
    best: Vec<(f32, TermId)>,
    /// True when one of them is no general word.
    is_telling: bool,
}

impl Strongest {
    /// Takes the part of a term; `is_told` is false for a term that says nothing.
    fn add(&mut self, term: TermId, part: f32, is_told: bool) {
        self.total += part;
        if is_told && part > 0.0 {
            insert(&mut self.best, TERMS_SHOWN, (part, term), |one, other| {
                one.0 > other.0 || one.0 == other.0 && one.1 < other.1
            });
        }
    }
}

impl<'a> Explainer<'a> {
    pub(crate) fn new(
        knowledge: &'a Knowledge,
        questions: &'a [QuestionTerms],
        proposal: &'a Proposal,
        subject: &'a Subject<'a>,
        shown: &[usize],
        scratch: &mut Scratch,
    ) -> Explainer<'a> {
        let keys = &mut scratch.keys;
        keys.clear();
        // Sums in reverse, so that the ascending order begins with the best, ties by number.
        keys.extend(
            scratch
                .near
                .works
                .iter()
                .map(|(sum, work)| u64::from(!sum) << 32 | u64::from(work.number())),
        );
        keep_smallest(keys, NEAREST);
        let nearest: Vec<(u32, WorkId)> =
            keys.iter().map(|key| (!((key >> 32) as u32), WorkId::new(*key as u32))).collect();

        let mut positions = vec![NOT_SHOWN; knowledge.candidates.len()];
        for (position, number) in (0..NOT_SHOWN).zip(shown) {
            positions[*number] = position;
        }
        let mut explainer = Explainer {
            knowledge,
            questions,
            subject,
            proposal,
            nearest,
            full_weight: full_weight(&knowledge.idf, &scratch.query),
            positions,
            shown: shown.iter().map(|_| Shown::default()).collect(),
        };
        explainer.collect_parts(knowledge, shown, scratch);
        explainer.collect_nearest(knowledge);
        explainer
    }

    /// The parts of the scores of the shown candidates, in one pass over the rows of the query's
    /// terms.
    fn collect_parts(&mut self, knowledge: &Knowledge, numbers: &[usize], scratch: &Scratch) {
        let Explainer { positions, shown, .. } = self;
        for term in &scratch.query.terms {
            let is_told = !knowledge.lexicon.is_generic(term.term);
            let is_rare = is_told && knowledge.idf[term.term as usize] >= RARE;
            knowledge.scope.for_parts(*term, numbers, |candidate, part| {
                if let Some(one) = shown.get_mut(usize::from(positions[candidate])) {
                    one.scope.add(term.term, part, is_told);
                    one.scope.is_telling |=
                        is_rare || is_told && knowledge.scope.is_main(*term, candidate, part);
                }
            });
            knowledge.portfolio.for_parts(*term, numbers, |candidate, part| {
                if let Some(one) = shown.get_mut(usize::from(positions[candidate])) {
                    one.portfolio.add(term.term, part, is_told);
                    one.portfolio.is_telling |=
                        is_rare || is_told && knowledge.portfolio.is_main(*term, candidate, part);
                }
            });
        }
    }

    fn collect_nearest(&mut self, knowledge: &Knowledge) {
        let Some(works) = &knowledge.works else { return };
        for (sum, work) in &self.nearest {
            for owner in works.owners_of(*work) {
                if let Some(one) =
                    self.shown.get_mut(usize::from(self.positions[usize::from(*owner)]))
                    && one.nearest.len() < WORKS_SHOWN
                {
                    one.nearest.push((*sum, *work));
                }
            }
        }
    }

    fn shown(&self, number: usize) -> Option<&Shown> {
        self.shown.get(usize::from(self.positions[number]))
    }

    /// True when something else than general words speaks for a candidate: a rare term or one of its
    /// main ones, a series, a class, a citation or mention, or committees close to it. A word such as
    /// «management» is a reason for the committee whose main word it is, and for no other.
    pub(crate) fn has_reason(
        &self,
        number: usize,
        evidence: &[Evidence],
        scratch: &Scratch,
    ) -> bool {
        let by_words =
            self.shown(number).is_some_and(|one| one.scope.is_telling || one.portfolio.is_telling);
        let by_facts = evidence.iter().any(|one| {
            !matches!(
                one,
                Evidence::Scope { .. } | Evidence::Portfolio { .. } | Evidence::Neighbours { .. }
            )
        });
        by_words || by_facts || scratch.columns.get(MENTION)[number] > 0.0
    }

    /// Everything that can be shown for one candidate.
    pub(crate) fn evidence(&self, number: usize, scratch: &Scratch) -> Vec<Evidence> {
        let knowledge = self.knowledge;
        let row = scratch.columns.row(number);
        let mut evidence = Vec::new();
        let Some(shown) = self.shown(number) else { return evidence };
        let terms = self.weighted(&shown.scope, scratch);
        if !terms.is_empty() {
            let questions = self.questions(number, scratch);
            evidence.push(Evidence::Scope { terms, questions });
        }
        if knowledge.candidates.get(number).works > 0 {
            let terms = self.weighted(&shown.portfolio, scratch);
            if !terms.is_empty() {
                evidence.push(Evidence::Portfolio { terms });
            }
        }
        let works = self.neighbours(shown);
        if !works.is_empty() {
            evidence.push(Evidence::Neighbours { works });
        }
        if row[SERIES] > 0.0 {
            let works = scratch.query.series.iter().rev().find_map(|key| {
                let owners = knowledge.series.get(key);
                owners
                    .iter()
                    .find(|(owner, _)| usize::from(*owner) == number)
                    .map(|(_, count)| *count)
            });
            evidence.push(Evidence::Series { works: works.unwrap_or(0) });
        }
        let cited = self.cited_of(number);
        if !cited.is_empty() {
            evidence.push(Evidence::Citation { works: cited });
        }
        if row[LIAISON_LOG] > -2.0 {
            let links = knowledge.candidates.get(number).liaisons.iter().copied();
            let with = self.best_of(links, number, scratch);
            if !with.is_empty() {
                evidence.push(Evidence::Liaison { with });
            }
        }
        if row[FAMILY_LOG] > -2.0 {
            let candidate = knowledge.candidates.get(number);
            let siblings = candidate
                .parent
                .map(|parent| &knowledge.candidates.get(usize::from(parent)).children);
            let family = candidate.parent.into_iter().chain(candidate.children.iter().copied());
            let with = self.best_of(
                family.chain(siblings.into_iter().flatten().copied()),
                number,
                scratch,
            );
            if !with.is_empty() {
                evidence.push(Evidence::Family { with });
            }
        }
        if row[CLASSIFICATION] > 0.0 {
            let holds = |level: &str| {
                knowledge
                    .classification
                    .get(level)
                    .iter()
                    .any(|(owner, _)| usize::from(*owner) == number)
            };
            let mut codes: Vec<String> = self
                .subject
                .ics
                .iter()
                .filter_map(|code| code_levels(code).find(|(level, _)| holds(level)))
                .map(|(level, _)| level.to_owned())
                .collect();
            codes.sort_unstable();
            codes.dedup();
            evidence.push(Evidence::Classification { codes });
        }
        evidence
    }

    /// Terms as the proposal writes them, with their shares.
    fn weighted(&self, strongest: &Strongest, scratch: &Scratch) -> Vec<WeightedTerm> {
        let lexicon = &self.knowledge.lexicon;
        // A word beside the pair that contains it says nothing more.
        let is_in_pair = |term: TermId| {
            let mut pairs = strongest.best.iter().filter_map(|(_, other)| lexicon.pair(*other));
            pairs.any(|(first, second)| first == term || second == term)
        };
        let told = strongest.best.iter().filter(|(_, term)| !is_in_pair(*term));
        let weighted = told.map(|(part, term)| WeightedTerm {
            term: self.written(*term, scratch),
            weight: f64::from(part / strongest.total),
        });
        weighted.collect()
    }

    /// How the proposal writes a term: the first place decides.
    fn written(&self, term: TermId, scratch: &Scratch) -> String {
        let text = |place: &Place| match place.text.checked_sub(1) {
            None => Some(&self.subject.title),
            Some(body) => self.subject.bodies.get(body as usize),
        };
        let place = scratch.query.place_of(term);
        let words =
            place.and_then(|place| text(&place)?.get(place.start as usize..place.end as usize));
        words.map_or_else(|| self.knowledge.lexicon.show(term), shown_words)
    }

    /// Questions of a study group whose titles or keywords share terms with the proposal.
    fn questions(&self, number: usize, scratch: &Scratch) -> Vec<CommitteeRef> {
        let idf = &self.knowledge.idf;
        let mut found: Vec<(f32, &CommitteeRef)> = Vec::new();
        for question in self.questions.iter().filter(|question| question.group == number) {
            let shared =
                question.terms.iter().filter(|term| scratch.query.place_of(**term).is_some());
            let (count, weight) = shared
                .fold((0, 0.0), |(count, weight), term| (count + 1, weight + idf[*term as usize]));
            if count >= 2 {
                found.push((weight, &question.reference));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        found.into_iter().take(3).map(|(_, question)| question.clone()).collect()
    }

    fn neighbours(&self, shown: &Shown) -> Vec<Neighbour> {
        let Some(works) = &self.knowledge.works else { return Vec::new() };
        let neighbours = shown.nearest.iter().map(|(sum, work)| Neighbour {
            reference: works.cards.reference(*work).to_owned(),
            title: works.cards.title(*work).to_owned(),
            similarity: f64::from(similarity(&works.postings, self.full_weight, *sum)),
        });
        neighbours.collect()
    }

    fn cited_of(&self, number: usize) -> Vec<String> {
        let Some(works) = &self.knowledge.works else { return Vec::new() };
        let own = self
            .subject
            .cited
            .iter()
            .filter(|(_, work)| works.owners_of(*work).contains(&(number as u16)));
        own.map(|(reference, _)| reference.to_string()).take(WORKS_SHOWN).collect()
    }

    /// The best-scoring of some candidates.
    fn best_of(
        &self,
        some: impl Iterator<Item = u16>,
        without: usize,
        scratch: &Scratch,
    ) -> Vec<CommitteeRef> {
        let mut best: Vec<(f32, usize)> = some
            .map(usize::from)
            .filter(|number| *number != without)
            .map(|number| (scratch.base_of(number), number))
            .filter(|(score, _)| *score > 0.3)
            .collect();
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        best.dedup();
        let candidates = &self.knowledge.candidates;
        best.into_iter()
            .take(COMMITTEES_SHOWN)
            .map(|(_, number)| candidates.get(number).reference().clone())
            .collect()
    }

    /// The existing works that are close, and the nearest ones also where none is: the most
    /// probable first.
    pub(crate) fn overlaps(&self, named: &Named, scratch: &mut Scratch) -> Vec<Overlap> {
        let Some(works) = &self.knowledge.works else { return Vec::new() };
        let model = ClosenessModel::shared();
        let mut close: Vec<Close<'_>> = Vec::new();
        for (position, one) in self.ranked(works, model, scratch).into_iter().enumerate() {
            let text = f64::from(one.core);
            let title_similarity = f64::from(one.signals[LETTERS]);
            // Near-identical titles count whatever the abstracts say.
            let similarity =
                if title_similarity >= SAME_TITLE { text.max(title_similarity) } else { text };
            let probability = one.probability(model);
            let closeness = match OverlapThresholds::DEFAULT.closeness(similarity, probability) {
                Some(closeness) => closeness,
                None if position < NEAREST_SHOWN => Closeness::Nearest,
                None => continue,
            };
            close.push(Close {
                number: one.work,
                reference: works.cards.reference(one.work),
                similarity,
                title_similarity,
                probability,
                passage: one.passage,
                closeness,
            });
        }
        close.sort_by(|a, b| {
            b.probability.total_cmp(&a.probability).then_with(|| a.reference.cmp(b.reference))
        });
        close.truncate(OVERLAPS_SHOWN);
        let bounds = self.bounds(works, scratch);
        let passages = self.nearest_sentences(works, &close, scratch);
        let overlap = |(one, passage): (Close<'_>, Option<String>)| Overlap {
            named_in: named_in(works, one.number, named),
            own_series: self.is_own_series(works, one.number),
            similarity: one.similarity,
            title_similarity: one.title_similarity,
            probability: one.probability,
            passage,
            closeness: one.closeness,
            shared_terms: self.shared_terms(works, &one, &bounds, scratch),
            title: works.cards.title(one.number).to_owned(),
            reference: one.reference.to_owned(),
            references: works.cards.references(one.number).map(str::to_owned).collect(),
            owners: works.cards.owners(one.number).cloned().collect(),
            organizations: works.cards.organizations(one.number),
            status: works.cards.status(one.number),
            replaced_by: Vec::new(),
            year: works.cards.year(one.number),
            ics: works.cards.ics(one.number).map(str::to_owned).collect(),
        };
        close.into_iter().zip(passages).map(overlap).collect()
    }

    /// The works by the model of closeness, the scope as the first passage.
    fn ranked(&self, works: &Works, model: &ClosenessModel, scratch: &mut Scratch) -> Vec<Ranked> {
        let committee = self.proposal.committee.as_ref().map(|own| own.committee());
        let mut cited: Vec<WorkId> = self.subject.cited.iter().map(|(_, work)| *work).collect();
        cited.sort_unstable();
        let compared = Compared {
            title: &self.subject.title,
            passages: self.subject.bodies.iter().map(|body| &**body).collect(),
            committee: committee.as_ref(),
            ics: &self.subject.ics,
            cited,
        };
        let knowledge = self.knowledge;
        rank(knowledge, works, &compared, model, &|_| false, &mut scratch.closeness)
    }

    /// Of each work the sentence of its passage that shares most with its title.
    fn nearest_sentences(
        &self,
        works: &Works,
        close: &[Close<'_>],
        scratch: &mut Scratch,
    ) -> Vec<Option<String>> {
        let (knowledge, memo) = (self.knowledge, &mut scratch.memo);
        let bodies = self.subject.bodies.iter();
        let sentences: Vec<Sentences<'_>> =
            bodies.map(|body| Sentences::of(knowledge, body, memo)).collect();
        let nearest = |one: &Close<'_>| {
            let titles = works.title_vectors.of(knowledge, works, one.number, memo);
            sentences.get(one.passage)?.nearest(titles.first()?)
        };
        close.iter().map(nearest).collect()
    }

    /// The terms that say something, with the most that each can add to a sum, the largest first.
    fn bounds(&self, works: &Works, scratch: &Scratch) -> Vec<(u32, QueryTerm)> {
        let knowledge = self.knowledge;
        let told =
            scratch.query.terms.iter().filter(|term| !knowledge.lexicon.is_generic(term.term));
        let mut bounds: Vec<(u32, QueryTerm)> = told
            .map(|term| (works.postings.most(*term, knowledge.idf[term.term as usize]), *term))
            .collect();
        bounds.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.term.cmp(&b.1.term)));
        bounds
    }

    /// The terms of a work that count most. What the others can add at most tells when no more need
    /// be looked up.
    fn shared_terms(
        &self,
        works: &Works,
        one: &Close<'_>,
        bounds: &[(u32, QueryTerm)],
        scratch: &Scratch,
    ) -> Vec<WeightedTerm> {
        let mut strongest = Strongest::default();
        for (most, term) in bounds {
            if strongest.best.len() == TERMS_SHOWN
                && strongest.best.last().is_some_and(|(least, _)| *least > *most as f32)
            {
                break;
            }
            strongest.add(term.term, works.postings.part(*term, one.number) as f32, true);
        }
        let parts = scratch.query.terms.iter().map(|term| works.postings.part(*term, one.number));
        strongest.total = (parts.sum::<u32>() as f32).max(1.0);
        self.weighted(&strongest, scratch)
    }

    /// True when the addressed committee owns the work and the titles begin alike.
    fn is_own_series(&self, works: &Works, number: WorkId) -> bool {
        let Some(own) = &self.proposal.committee else { return false };
        let own = own.committee();
        let key = |title: &str| series_of(title).into_iter().next();
        works.cards.owners(number).any(|owner| *owner == own)
            && key(&self.subject.title).is_some_and(|own| {
                works.cards.titles(number).any(|title| key(title).as_ref() == Some(&own))
            })
    }
}

/// A work that is close enough to be shown.
struct Close<'a> {
    number: WorkId,
    reference: &'a str,
    similarity: f64,
    title_similarity: f64,
    probability: f64,
    /// The passage that speaks most for it.
    passage: usize,
    closeness: Closeness,
}

/// Words as they stand, in lower case unless they are an abbreviation, on one line.
fn shown_words(words: &str) -> String {
    let mut shown = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !shown.is_empty() {
            shown.push(' ');
        }
        let capitals = word.chars().filter(|c| c.is_uppercase()).take(2).count();
        let is_abbreviation = capitals > 1 || word.bytes().any(|byte| byte.is_ascii_digit());
        if is_abbreviation || capitals == 0 {
            shown.push_str(word);
        } else if word.is_ascii() {
            shown.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            shown.push_str(&word.to_lowercase());
        }
    }
    shown
}

fn named_in(works: &Works, number: WorkId, named: &Named) -> Option<String> {
    if named.standards.is_empty() {
        return None;
    }
    let references: Vec<StandardRef> =
        works.cards.references(number).filter_map(|reference| reference.parse().ok()).collect();
    named
        .standards
        .iter()
        .find(|(standard, _)| references.iter().any(|reference| reference.is_same_series(standard)))
        .map(|(_, field)| field.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_class_follows_from_both_measures() {
        let class =
            |similarity, probability| OverlapThresholds::DEFAULT.closeness(similarity, probability);
        assert_eq!(class(0.8, 0.0), Some(Closeness::NearDuplicate));
        assert_eq!(class(0.5, 0.1), Some(Closeness::Strong));
        assert_eq!(class(0.3, 0.5), Some(Closeness::Strong));
        assert_eq!(class(0.3, 0.1), Some(Closeness::Moderate));
        assert_eq!(class(0.22, 0.3), Some(Closeness::Moderate));
        // A few words in common are nothing, however probable.
        assert_eq!(class(0.1, 0.9), None);
        assert_eq!(class(0.22, 0.1), None);
    }
}
