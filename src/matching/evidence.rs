//! Reasons that can be shown, worked out for the shown few only.

use rustc_hash::FxHashMap;

use super::Matcher;
use super::compile::Knowledge;
use super::interest::{Evidence, Neighbour, WeightedTerm};
use super::matcher::Named;
use super::overlap::{Closeness, Overlap};
use super::query::Subject;
use super::score::{Scratch, full_weight, similarity};
use super::signals::{CLASSIFICATION, FAMILY_LOG, LIAISON_LOG, SERIES};
use super::tables::code_levels;
use crate::proposal::Proposal;
use crate::reference::CommitteeRef;
use crate::standards::Work;
use crate::text::lexicon::Token;
use crate::text::stop_words::is_generic_stem;
use crate::text::{TermId, WordMemo};

/// Terms shown at most.
const TERMS_SHOWN: usize = 8;
/// Works of a committee shown at most.
const WORKS_SHOWN: usize = 5;
/// Committees of a liaison or family shown at most.
const COMMITTEES_SHOWN: usize = 4;
/// Overlaps looked at in detail.
const OVERLAPS_EXAMINED: usize = 40;
/// Overlaps given at most.
const OVERLAPS_SHOWN: usize = 20;

/// Similarity from which a work counts as close.
///
/// Set on 2026-11-22 with 299 new works of 2019-2021 against the 39,088 works published up to 2018, works of the same title
/// left aside. From 0.25 on there is one pair in 10,000, four a proposal; from 0.45 on one in 80,000, one for every second
/// proposal, three in four of them of the same committee; from 0.75 on one for every thirtieth proposal, and none of another
/// committee. A work under the proposal's own title has 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OverlapThresholds {
    pub(crate) moderate: f64,
    pub(crate) strong: f64,
    pub(crate) near_duplicate: f64,
}

impl OverlapThresholds {
    pub(crate) const DEFAULT: OverlapThresholds =
        OverlapThresholds { moderate: 0.25, strong: 0.45, near_duplicate: 0.75 };

    fn closeness(self, similarity: f64) -> Option<Closeness> {
        if similarity >= self.near_duplicate {
            Some(Closeness::NearDuplicate)
        } else if similarity >= self.strong {
            Some(Closeness::Strong)
        } else if similarity >= self.moderate {
            Some(Closeness::Moderate)
        } else {
            None
        }
    }
}

/// What is worked out once per proposal for showing reasons.
pub(crate) struct Explainer<'a> {
    matcher: &'a Matcher,
    subject: &'a Subject<'a>,
    proposal: &'a Proposal,
    /// How the proposal writes each term.
    written: FxHashMap<TermId, String>,
    /// Nearest works, best first: sum and number.
    nearest: Vec<(u32, u32)>,
    /// What a work with all terms would have.
    full_weight: f32,
    /// Per shown candidate, the parts of its scope and portfolio scores.
    parts: FxHashMap<usize, [Vec<(TermId, f32)>; 2]>,
}

/// Nearest works kept for evidence.
const NEAREST: usize = 200;

impl<'a> Explainer<'a> {
    pub(crate) fn new(
        matcher: &'a Matcher,
        proposal: &'a Proposal,
        subject: &'a Subject<'a>,
        shown: &[usize],
        scratch: &mut Scratch,
    ) -> Explainer<'a> {
        let mut nearest: Vec<(u32, u32)> = Vec::new();
        if matcher.has_standards() && scratch.largest_sum > 0 {
            let least = scratch.largest_sum / 4;
            nearest.extend(
                (0..).zip(&scratch.sums).filter(|(_, sum)| **sum > least).map(|(work, sum)| (u32::MAX - sum, work)),
            );
            if nearest.len() > NEAREST {
                nearest.select_nth_unstable(NEAREST - 1);
                nearest.truncate(NEAREST);
            }
            nearest.sort_unstable();
            for (sum, _) in &mut nearest {
                *sum = u32::MAX - *sum;
            }
        }
        let written = written_terms(matcher, subject, &mut scratch.memo);
        let full_weight = full_weight(matcher.knowledge(), &scratch.query);
        Explainer {
            matcher,
            subject,
            proposal,
            written,
            nearest,
            full_weight,
            parts: parts(matcher.knowledge(), shown, scratch),
        }
    }

    /// Everything that can be shown for one candidate.
    pub(crate) fn evidence(&self, number: usize, scratch: &Scratch) -> Vec<Evidence> {
        let knowledge = self.matcher.knowledge();
        let row = &scratch.rows[number];
        let mut evidence = Vec::new();
        let terms = self.shared_terms(0, number);
        if !terms.is_empty() {
            let questions = self.questions(number);
            evidence.push(Evidence::Scope { terms, questions });
        }
        let terms = self.shared_terms(1, number);
        if !terms.is_empty() && (knowledge.candidates.get(number).works > 0) {
            evidence.push(Evidence::Portfolio { terms });
        }
        let works = self.nearest_of(number);
        if !works.is_empty() {
            evidence.push(Evidence::Neighbours { works });
        }
        if row[SERIES] > 0.0 {
            let works = scratch.query.series.iter().rev().find_map(|key| {
                let owners = knowledge.series.get(key);
                owners.iter().find(|(owner, _)| usize::from(*owner) == number).map(|(_, count)| *count)
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
            let siblings = candidate.parent.map(|parent| &knowledge.candidates.get(usize::from(parent)).children);
            let family = candidate.parent.into_iter().chain(candidate.children.iter().copied());
            let with = self.best_of(family.chain(siblings.into_iter().flatten().copied()), number, scratch);
            if !with.is_empty() {
                evidence.push(Evidence::Family { with });
            }
        }
        if row[CLASSIFICATION] > 0.0 {
            let holds = |level: &str| {
                knowledge.classification.get(level).iter().any(|(owner, _)| usize::from(*owner) == number)
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

    /// Terms that count most in one of the cosines (0 scope, 1 portfolio), as the proposal writes them.
    fn shared_terms(&self, cosine: usize, number: usize) -> Vec<WeightedTerm> {
        let parts = self.parts.get(&number).map_or(&[][..], |parts| parts[cosine].as_slice());
        self.strongest(parts.iter().copied())
    }

    /// The strongest of some weighted terms, without those that say nothing and those inside a pair that is shown.
    fn strongest(&self, parts: impl Iterator<Item = (TermId, f32)>) -> Vec<WeightedTerm> {
        let lexicon = &self.matcher.knowledge().lexicon;
        let mut parts: Vec<(TermId, f32)> = parts.filter(|(_, part)| *part > 0.0).collect();
        let total: f32 = parts.iter().map(|(_, part)| part).sum();
        parts.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let is_generic = |term: TermId| lexicon.stems().get(term as usize).is_some_and(|stem| is_generic_stem(stem));
        parts
            .into_iter()
            .filter(|(term, _)| !is_generic(*term))
            .take(TERMS_SHOWN)
            .map(|(term, part)| WeightedTerm {
                term: self.written.get(&term).cloned().unwrap_or_else(|| lexicon.show(term)),
                weight: f64::from(part / total),
            })
            .collect()
    }

    /// Questions of a study group whose titles or keywords share terms with the proposal.
    fn questions(&self, number: usize) -> Vec<CommitteeRef> {
        let idf = &self.matcher.knowledge().idf;
        let mut found: Vec<(f32, &CommitteeRef)> = Vec::new();
        for question in self.matcher.questions().iter().filter(|question| question.group == number) {
            let shared = question.terms.iter().filter(|term| self.written.contains_key(term));
            let (count, weight) =
                shared.fold((0, 0.0), |(count, weight), term| (count + 1, weight + idf[*term as usize]));
            if count >= 2 {
                found.push((weight, &question.reference));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        found.into_iter().take(3).map(|(_, question)| question.clone()).collect()
    }

    fn nearest_of(&self, number: usize) -> Vec<Neighbour> {
        let knowledge = self.matcher.knowledge();
        let Some(works) = &knowledge.works else { return Vec::new() };
        self.nearest
            .iter()
            .filter(|(_, work)| works.owners_of(*work).contains(&(number as u16)))
            .take(WORKS_SHOWN)
            .filter_map(|(sum, work)| {
                let record = self.matcher.work(*work)?;
                let similarity = f64::from(similarity(&works.postings, self.full_weight, *sum));
                Some(Neighbour { title: record.title().to_owned(), reference: record.reference, similarity })
            })
            .collect()
    }

    fn cited_of(&self, number: usize) -> Vec<String> {
        let Some(works) = &self.matcher.knowledge().works else { return Vec::new() };
        self.subject
            .cited
            .iter()
            .filter(|cited| {
                works.of_reference(cited).is_some_and(|work| works.owners_of(work).contains(&(number as u16)))
            })
            .map(ToString::to_string)
            .take(WORKS_SHOWN)
            .collect()
    }

    /// The best-scoring of some candidates.
    fn best_of(&self, some: impl Iterator<Item = u16>, without: usize, scratch: &Scratch) -> Vec<CommitteeRef> {
        let mut best: Vec<(f32, usize)> = some
            .map(usize::from)
            .filter(|number| *number != without)
            .map(|number| (scratch.base_of(number), number))
            .filter(|(score, _)| *score > 0.3)
            .collect();
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        best.dedup();
        let candidates = &self.matcher.knowledge().candidates;
        best.into_iter().take(COMMITTEES_SHOWN).map(|(_, number)| candidates.get(number).reference().clone()).collect()
    }

    /// The closest existing works.
    pub(crate) fn overlaps(&self, named: &Named, scratch: &Scratch) -> Vec<Overlap> {
        let knowledge = self.matcher.knowledge();
        let Some(works) = &knowledge.works else { return Vec::new() };
        let mut overlaps: Vec<Overlap> = Vec::new();
        let title: String = self.subject.title.chars().take(300).collect();
        for (sum, number) in self.nearest.iter().take(OVERLAPS_EXAMINED) {
            let Some(work) = self.matcher.work(*number) else { continue };
            let text = f64::from(similarity(&works.postings, self.full_weight, *sum));
            let titles = work.titles.iter().map(|other| strsim::sorensen_dice(&title, other));
            let title_similarity = titles.fold(0.0, f64::max);
            // Near-identical titles count whatever the abstracts say.
            let similarity = if title_similarity >= 0.9 { text.max(title_similarity) } else { text };
            let Some(closeness) = OverlapThresholds::DEFAULT.closeness(similarity) else { continue };
            let parts = scratch.query.terms.iter().map(|term| (term.term, works.postings.part(*term, *number) as f32));
            overlaps.push(Overlap {
                named_in: named_in(&work, named),
                own_series: self.is_own_series(&work),
                similarity,
                title_similarity,
                closeness,
                shared_terms: self.strongest(parts),
                title: work.title().to_owned(),
                reference: work.reference,
                references: work.references,
                owners: work.owners,
                organizations: work.organizations,
                status: work.status,
                year: work.latest_year,
                ics: work.ics,
            });
        }
        overlaps.sort_by(|a, b| b.similarity.total_cmp(&a.similarity).then_with(|| a.reference.cmp(&b.reference)));
        overlaps.truncate(OVERLAPS_SHOWN);
        overlaps
    }

    /// True when the addressed committee owns the work and the titles begin alike.
    fn is_own_series(&self, work: &Work) -> bool {
        let Some(own) = &self.proposal.committee else { return false };
        let key = |title: &str| super::query::series_of(title).next();
        work.owners.iter().any(|owner| owner == &own.committee())
            && key(self.subject.title)
                .is_some_and(|own| work.titles.iter().any(|title| key(title).as_ref() == Some(&own)))
    }
}

/// The parts of the scores of some candidates, in one pass over the rows of the query's terms.
fn parts(knowledge: &Knowledge, shown: &[usize], scratch: &Scratch) -> FxHashMap<usize, [Vec<(TermId, f32)>; 2]> {
    let mut is_shown = vec![false; knowledge.candidates.len()];
    shown.iter().for_each(|number| is_shown[*number] = true);
    let mut parts: FxHashMap<usize, [Vec<(TermId, f32)>; 2]> = FxHashMap::default();
    for (cosine, rows) in [&knowledge.scope, &knowledge.portfolio].into_iter().enumerate() {
        for term in &scratch.query.terms {
            for (candidate, part) in rows.parts(*term).filter(|(candidate, _)| is_shown[*candidate]) {
                parts.entry(candidate).or_default()[cosine].push((term.term, part));
            }
        }
    }
    parts
}

/// How the proposal writes each term: the first place decides.
fn written_terms(matcher: &Matcher, subject: &Subject<'_>, memo: &mut WordMemo) -> FxHashMap<TermId, String> {
    let lexicon = &matcher.knowledge().lexicon;
    let mut written: FxHashMap<TermId, String> = FxHashMap::default();
    for text in std::iter::once(subject.title).chain(subject.bodies.iter().copied()) {
        let mut previous: Option<(TermId, usize)> = None;
        lexicon.analyze(text, memo, |token| match token {
            Token::Known(term, start, end) => {
                let mut remember = |term: TermId, start: usize| {
                    if let Some(words) = text.get(start..end) {
                        written.entry(term).or_insert_with(|| shown_words(words));
                    }
                };
                remember(term, start);
                if let Some((first, from)) = previous
                    && let Some(pair) = lexicon.id_of_pair(first, term)
                {
                    remember(pair, from);
                }
                previous = Some((term, start));
            }
            Token::Unknown | Token::Break => previous = None,
        });
    }
    written
}

/// Words as they stand, in lower case unless they are an abbreviation, on one line.
fn shown_words(words: &str) -> String {
    let mut shown = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !shown.is_empty() {
            shown.push(' ');
        }
        let is_abbreviation =
            word.chars().filter(|c| c.is_uppercase()).count() > 1 || word.chars().any(|c| c.is_ascii_digit());
        if is_abbreviation { shown.push_str(word) } else { shown.push_str(&word.to_lowercase()) }
    }
    shown
}

fn named_in(work: &Work, named: &Named) -> Option<String> {
    let references: Vec<crate::reference::StandardRef> =
        work.references.iter().filter_map(|reference| reference.parse().ok()).collect();
    named
        .standards
        .iter()
        .find(|(standard, _)| references.iter().any(|reference| reference.is_same_series(standard)))
        .map(|(_, field)| field.clone())
}
