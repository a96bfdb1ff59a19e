//! What speaks for a work being on the subject of a proposal, each signal from 0 to 1.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::super::ids::WorkId;
use super::super::knowledge::Knowledge;
use super::super::query::{Query, QueryTerm};
use super::super::tables::code_levels;
use super::super::works::Works;
use super::{Compared, MOST_SENTENCES, Passage};
use crate::text::lexicon::Token;
use crate::text::title_similarity::TitlePairs;
use crate::text::{TermId, WordMemo};

/// How many signals there are.
pub(crate) const COUNT: usize = NAMES.len();

/// One value a signal.
pub(crate) type Signals = [f32; COUNT];

/// The names of the signals, in their order; the model's file uses them.
///
/// The last ones are logarithms of some before them: between a trace and a little in common lies as
/// much as between a little and half.
pub(crate) const NAMES: [&str; 26] = [
    "text",
    "text_share",
    "text_of_best",
    "title",
    "earlier_title",
    "title_in_title",
    "title_in_text",
    "own_title_in_text",
    "letters",
    "head",
    "tail",
    "tail_in_tail",
    "sentence",
    "rarest_shared",
    "owner",
    "family",
    "classification",
    "cited",
    "title_and_owner",
    "text_logarithm",
    "text_share_logarithm",
    "title_logarithm",
    "title_in_text_logarithm",
    "own_title_in_text_logarithm",
    "letters_logarithm",
    "sentence_logarithm",
];

/// The signals whose logarithms count too, in the order of the logarithms.
const WITH_LOGARITHMS: [usize; 7] = [0, TEXT_SHARE, 3, 6, 7, LETTERS, 12];

/// What is added before the logarithm is taken: below it there is no telling from chance.
const TRACE: f32 = 0.02;

/// The logarithm of a signal, brought to 0 to 1.
fn logarithm(signal: f32) -> f32 {
    ((signal + TRACE) / TRACE).ln() / ((1.0 + TRACE) / TRACE).ln()
}

/// Where the share of the passage stands among them.
pub(crate) const TEXT_SHARE: usize = 1;
/// Where the similarity of the titles' letters stands.
pub(crate) const LETTERS: usize = 8;

/// The sentences of a text, for telling which is nearest to a title.
pub(crate) struct Sentences<'a>(Vec<(&'a str, TitleVector)>);

impl<'a> Sentences<'a> {
    pub(crate) fn of(knowledge: &Knowledge, text: &'a str, memo: &mut WordMemo) -> Sentences<'a> {
        let sentences = text.split(['.', ';', '\n']).take(MOST_SENTENCES);
        Sentences(sentences.map(|one| (one, TitleVector::flat(knowledge, one, memo))).collect())
    }

    /// The sentence that shares most with `title`, at most 300 characters of it.
    pub(crate) fn nearest(&self, title: &TitleVector) -> Option<String> {
        let mut best: Option<(f32, &str)> = None;
        for (sentence, vector) in &self.0 {
            let cosine = vector.cosine(title);
            if cosine > best.map_or(0.0, |(most, _)| most) {
                best = Some((cosine, sentence));
            }
        }
        best.map(|(_, sentence)| sentence.trim().chars().take(300).collect())
    }
}

/// A short text as weighted terms, ordered by term.
#[derive(Clone, Debug, Default)]
pub(crate) struct TitleVector {
    terms: Vec<(TermId, f32)>,
    length: f32,
    sum: f32,
    /// The part before the first dash and that after the last, where there are dashes.
    parts: Vec<TitleVector>,
}

impl TitleVector {
    pub(crate) fn new(knowledge: &Knowledge, text: &str, memo: &mut WordMemo) -> TitleVector {
        let mut whole = TitleVector::flat(knowledge, text, memo);
        let parts = segments(text);
        if let [first, .., last] = parts.as_slice() {
            whole.parts = vec![
                TitleVector::flat(knowledge, first, memo),
                TitleVector::flat(knowledge, last, memo),
            ];
        }
        whole
    }

    pub(super) fn flat(knowledge: &Knowledge, text: &str, memo: &mut WordMemo) -> TitleVector {
        let lexicon = &knowledge.lexicon;
        let mut terms: Vec<TermId> = Vec::new();
        let mut previous = None;
        lexicon.analyze(text, memo, |token| match token {
            Token::Known(term, ..) => {
                terms.push(term);
                terms.extend(previous.and_then(|first| lexicon.id_of_pair(first, term)));
                previous = Some(term);
            }
            Token::Unknown | Token::Break => previous = None,
        });
        terms.sort_unstable();
        terms.dedup();
        let terms: Vec<(TermId, f32)> =
            terms.into_iter().map(|term| (term, knowledge.idf[term as usize])).collect();
        let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        let sum = terms.iter().map(|(_, weight)| weight).sum();
        TitleVector { terms, length, sum, parts: Vec::new() }
    }

    pub(crate) fn terms(&self) -> impl Iterator<Item = TermId> + '_ {
        self.terms.iter().map(|(term, _)| *term)
    }

    fn head(&self) -> &TitleVector {
        self.parts.first().unwrap_or(self)
    }

    fn tail(&self) -> &TitleVector {
        self.parts.last().unwrap_or(self)
    }

    /// The weights of the terms that both hold.
    fn shared<'a>(&'a self, other: &'a TitleVector) -> impl Iterator<Item = f32> + 'a {
        let mut at = 0;
        self.terms.iter().filter_map(move |(term, weight)| {
            while other.terms.get(at).is_some_and(|(known, _)| known < term) {
                at += 1;
            }
            other.terms.get(at).is_some_and(|(known, _)| known == term).then_some(*weight)
        })
    }

    fn cosine(&self, other: &TitleVector) -> f32 {
        let product: f32 = self.shared(other).map(|weight| weight * weight).sum();
        ratio(product, self.length * other.length)
    }

    /// The share of this text's weight that the other holds too.
    fn covered_by(&self, other: &TitleVector) -> f32 {
        ratio(self.shared(other).sum(), self.sum)
    }
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { (part / whole).min(1.0) } else { 0.0 }
}

/// A title cut at its dashes: titles of standards go from the field to the aspect.
fn segments(title: &str) -> Vec<&str> {
    [" — ", " – ", ": "]
        .iter()
        .fold(title.split(" - ").collect::<Vec<&str>>(), |parts, mark| {
            parts.into_iter().flat_map(|part| part.split(mark)).collect()
        })
        .into_iter()
        .map(str::trim)
        .filter(|part| part.len() > 2 && !is_part_number(part))
        .collect()
}

/// `Part 3` alone says nothing.
fn is_part_number(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    first.eq_ignore_ascii_case("part") && words.count() <= 1
}

/// Idf that counts as rare: a term of one work in 40,000.
const RAREST: f32 = 10.6;
/// A term that stands in a work once or twice has this weight on the average; see BM25.
const USUAL_SATURATION: f32 = 1.6;

/// Titles of works as they are compared, each analysed when it is first met: a proposal looks at some
/// hundred of them, several times over. When all have been met they take some 20 megabytes for 40,000
/// works.
#[derive(Clone, Debug, Default)]
pub(crate) struct TitleVectors(OnceLock<Vec<OnceLock<Box<[TitleVector]>>>>);

impl TitleVectors {
    /// The titles of a work, the latest first.
    pub(crate) fn of(
        &self,
        knowledge: &Knowledge,
        works: &Works,
        work: WorkId,
        memo: &mut WordMemo,
    ) -> &[TitleVector] {
        let all = self.0.get_or_init(|| (0..works.len()).map(|_| OnceLock::new()).collect());
        all[work.index()].get_or_init(|| {
            let titles = works.cards.titles(work);
            titles.map(|title| TitleVector::new(knowledge, title, memo)).collect()
        })
    }
}

/// What speaks for a work whatever the passage.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TitleSide {
    /// Which of its titles is nearest.
    best: usize,
    title: f32,
    earlier_title: f32,
    title_in_title: f32,
    own_title_in_text: f32,
    letters: f32,
    head: f32,
    tail: f32,
    tail_in_tail: f32,
    rarest: f32,
    owner: f32,
    family: f32,
    classification: f32,
    cited: f32,
}

/// A passage and a title beside the works.
pub(crate) struct Comparison<'a, 'b> {
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) works: &'a Works,
    pub(crate) compared: &'a Compared<'a>,
    pub(crate) title: &'a TitleVector,
    pub(crate) passage: &'a Passage,
    pub(crate) query: &'a Query,
    pub(crate) memo: &'b mut WordMemo,
    pub(crate) pairs: &'b mut TitlePairs,
    /// What is known of works that another passage met before.
    pub(crate) sides: &'b mut FxHashMap<u32, TitleSide>,
}

impl Comparison<'_, '_> {
    /// The signals of one work, whose sum for the passage is known.
    pub(crate) fn of(&mut self, work: WorkId, sum: f32) -> Signals {
        let Comparison { knowledge, works, passage, .. } = *self;
        let length = works.lengths.of(&works.postings, knowledge.lexicon.len())[work.index()];
        let titles = works.title_vectors.of(knowledge, works, work, self.memo);
        let side = match self.sides.get(&work.number()) {
            Some(side) => *side,
            None => {
                let side = self.side(work, titles);
                self.sides.insert(work.number(), side);
                side
            }
        };
        let nothing = TitleVector::default();
        let best = titles.get(side.best).unwrap_or(&nothing);
        let plain = [
            ratio(sum, passage.length * length),
            ratio(sum, passage.full * USUAL_SATURATION),
            ratio(sum, passage.largest),
            side.title,
            side.earlier_title,
            side.title_in_title,
            self.share_in_query(best),
            side.own_title_in_text,
            side.letters,
            side.head,
            side.tail,
            side.tail_in_tail,
            passage.sentences.iter().map(|one| one.cosine(best)).fold(0.0, f32::max),
            side.rarest,
            side.owner,
            side.family,
            side.classification,
            side.cited,
            side.earlier_title * side.owner,
        ];
        std::array::from_fn(|at| match at.checked_sub(plain.len()) {
            None => plain[at],
            Some(logged) => logarithm(plain[WITH_LOGARITHMS[logged]]),
        })
    }

    /// What speaks for a work whatever the passage.
    fn side(&mut self, work: WorkId, titles: &[TitleVector]) -> TitleSide {
        let nothing = TitleVector::default();
        let own = self.title;
        let cosines = titles.iter().map(|title| own.cosine(title)).enumerate();
        let best = cosines.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(at, _)| at);
        let nearest = titles.get(best).unwrap_or(&nothing);
        let mut letters = 0.0_f64;
        for title in self.works.cards.titles(work) {
            letters = letters.max(self.pairs.similarity(title));
        }
        TitleSide {
            best,
            title: own.cosine(titles.first().unwrap_or(&nothing)),
            earlier_title: own.cosine(nearest),
            title_in_title: nearest.covered_by(own),
            own_title_in_text: self.own_title_in(work),
            letters: letters as f32,
            head: own.head().cosine(nearest.head()),
            tail: own.tail().cosine(nearest.tail()),
            tail_in_tail: nearest.tail().covered_by(own.tail()),
            rarest: ratio(own.shared(nearest).fold(0.0, f32::max), RAREST),
            owner: self.owner(work),
            family: self.family(work),
            classification: self.classification(work),
            cited: f32::from(u8::from(self.compared.cited.binary_search(&work).is_ok())),
        }
    }

    /// The share of a work's title that the passage and the title hold.
    fn share_in_query(&self, title: &TitleVector) -> f32 {
        let held = title
            .terms
            .iter()
            .filter(|(term, _)| self.query.place_of(*term).is_some())
            .map(|(_, weight)| weight)
            .sum();
        ratio(held, title.sum)
    }

    /// The share of the proposal's title that the work holds anywhere.
    fn own_title_in(&self, work: WorkId) -> f32 {
        let held = self
            .title
            .terms
            .iter()
            .filter(|(term, _)| {
                let term = QueryTerm { term: *term, title: 1, body: 0 };
                self.works.postings.part(term, work) > 0
            })
            .map(|(_, weight)| weight)
            .sum();
        ratio(held, self.title.sum)
    }

    fn owner(&self, work: WorkId) -> f32 {
        let Some(own) = self.compared.committee else { return 0.0 };
        f32::from(u8::from(self.works.cards.owners(work).any(|owner| owner == own)))
    }

    /// True for a work of a committee above, below or beside.
    fn family(&self, work: WorkId) -> f32 {
        let Some(own) = self.compared.committee else { return 0.0 };
        let root = own.parent();
        let root = root.as_ref().unwrap_or(own);
        let related = self.works.cards.owners(work).any(|owner| {
            let parent = owner.parent();
            parent.as_ref().unwrap_or(owner) == root
        });
        f32::from(u8::from(related))
    }

    /// 1 for a code in common, less for a group or field in common.
    fn classification(&self, work: WorkId) -> f32 {
        let mut best = 0.0_f32;
        for code in self.compared.ics {
            for other in self.works.cards.ics(work) {
                let level = if code == other {
                    1.0
                } else {
                    let shared = code_levels(code)
                        .find(|(level, _)| code_levels(other).any(|(theirs, _)| theirs == *level));
                    shared.map_or(0.0, |(level, _)| if level.contains('.') { 0.6 } else { 0.3 })
                };
                best = best.max(level);
            }
        }
        best
    }
}
