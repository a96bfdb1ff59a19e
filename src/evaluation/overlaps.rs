//! How well existing works on the same subject are found: labels that name the works.
//!
//! Everything is indexed; works that hold the query's own number are left out; the rank of the best
//! placed named work among all others counts. Three systems answer in one run: the model of
//! closeness, fitted on four fifths of the labels for the other fifth; a plain TF-IDF over title
//! (twice) and abstract, words and pairs of words; and tantivy's own BM25.

use std::collections::HashMap;
use std::fmt;

use rayon::prelude::*;

use super::labels::{Label, LabelSet};
use crate::matching::Matcher;
use crate::matching::closeness::fit::{Group, Truth, fit, log_sum};
use crate::matching::closeness::{ClosenessModel, Compared, Ranked, Workspace, rank};
use crate::matching::ids::WorkId;
use crate::matching::works::{Works, title_hash};
use crate::reference::{CommitteeRef, Reference, StandardRef, find_references};

/// Parts of the labels in cross-validation.
const FOLDS: usize = 5;
/// Penalty on the squares of the weights; a tenth and ten times as much change hit@1 by less than
/// one in two hundred.
const PENALTY: f64 = 1.0;

/// How a label is asked: as it stands, and as other proposals would put it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// As it stands.
    Whole,
    /// From nobody known, and without classification: an existing work may be of any committee.
    Unplaced,
    /// In other words, of which half of the title and three fifths of the text are the label's.
    Reworded,
    /// The same from nobody known.
    RewordedUnplaced,
}

impl Form {
    const ALL: [Form; 4] = [Form::Whole, Form::Unplaced, Form::Reworded, Form::RewordedUnplaced];

    fn is_placed(self) -> bool {
        matches!(self, Form::Whole | Form::Reworded)
    }

    fn name(self) -> &'static str {
        match self {
            Form::Whole => "closeness, cross-validated",
            Form::Unplaced => "the same, without committee and classification",
            Form::Reworded => "the same, half of the words left out",
            Form::RewordedUnplaced => "the same, both",
        }
    }

    /// Title and text.
    fn texts(self, label: &Label, seed: u64) -> (String, String) {
        match self {
            Form::Whole | Form::Unplaced => (label.title.clone(), label.abstract_text.clone()),
            Form::Reworded | Form::RewordedUnplaced => {
                let mut coin = Coin(seed);
                (coin.some_words(&label.title, 50), coin.some_words(&label.abstract_text, 60))
            }
        }
    }
}

/// Chance that is the same in every run.
struct Coin(u64);

impl Coin {
    /// Some words of a text, each kept in so many of a hundred cases.
    fn some_words(&mut self, text: &str, percent: u64) -> String {
        let kept = text.split_whitespace().filter(|_| {
            // The constants are Knuth's, for MMIX.
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
            self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % 100 < percent
        });
        kept.collect::<Vec<_>>().join(" ")
    }
}

/// The best rank of a named work, of each label that has one.
type Ranks = Vec<Option<usize>>;

/// One system's answers.
#[derive(Clone, Debug)]
struct System {
    name: &'static str,
    ranks: Ranks,
}

/// What came of the labels of one file.
#[derive(Clone, Debug)]
pub struct OverlapEvaluation {
    name: String,
    systems: Vec<System>,
    /// Probability and truth of each candidate of the cross-validated model.
    pairs: Vec<(f64, bool)>,
    /// Labels none of whose works is in the index.
    without_answer: usize,
}

impl OverlapEvaluation {
    /// Asks about each label of `set` that names overlaps. Nothing without an index of standards.
    #[must_use]
    pub fn run(matcher: &Matcher, set: &LabelSet) -> Option<OverlapEvaluation> {
        let works = matcher.knowledge().works.as_ref()?;
        let series = series_of_works(matcher);
        let questions: Vec<Question<'_>> =
            set.labels.iter().filter_map(|label| Question::new(label, matcher, &series)).collect();
        let named = set.labels.iter().filter(|label| !label.overlaps.is_empty()).count();
        let model = ClosenessModel::builtin();
        let ranked: Vec<Vec<Vec<Ranked>>> = questions
            .par_iter()
            .map_init(Workspace::default, |space, question| {
                question.ranked(matcher, works, &model, space)
            })
            .collect();
        let (by_form, pairs) = cross_validated(&questions, &ranked);
        let plain = Plain::new(matcher);
        let by_plain = questions.par_iter().map(|question| plain.rank(question)).collect();
        let by_tantivy = questions
            .par_iter()
            .map(|question| {
                let text = format!("{} {}", question.label.title, question.label.abstract_text);
                let first = u32::try_from(matcher.catalogue().len()).unwrap_or(u32::MAX);
                let hits = matcher.index().search(&text, 400, true).unwrap_or_default();
                let works =
                    hits.iter().filter_map(|(_, at)| at.checked_sub(first)).map(WorkId::new);
                question.rank_in(works)
            })
            .collect();
        Some(OverlapEvaluation {
            name: set.name.clone(),
            without_answer: named - questions.len(),
            systems: Form::ALL
                .into_iter()
                .zip(by_form)
                .map(|(form, ranks)| System { name: form.name(), ranks })
                .chain([
                    System { name: "plain TF-IDF", ranks: by_plain },
                    System { name: "BM25 of tantivy", ranks: by_tantivy },
                ])
                .collect(),
            pairs,
        })
    }

    /// The share of labels whose work is among the first `most`, by the first system.
    #[must_use]
    pub fn hit(&self, most: usize) -> f64 {
        self.systems.first().map_or(0.0, |system| system.hit(most))
    }
}

/// Fits the model of closeness on the labels of `sets` that name overlaps.
///
/// The model of the crate is only used to choose each work's best passage, and labels have one
/// passage: the result does not depend on it.
#[must_use]
pub fn fit_closeness(
    matcher: &Matcher,
    sets: &[LabelSet],
    fitted_on: &str,
    date: &str,
) -> ClosenessModel {
    let Some(works) = matcher.knowledge().works.as_ref() else {
        return ClosenessModel::builtin();
    };
    let series = series_of_works(matcher);
    let labels: Vec<&Label> = sets.iter().flat_map(|set| &set.labels).collect();
    let model = ClosenessModel::builtin();
    let groups: Vec<Group> = labels
        .par_iter()
        .filter_map(|label| Question::new(label, matcher, &series))
        .map_init(Workspace::default, |space, question| {
            let ranked = question.ranked(matcher, works, &model, space);
            ranked.iter().map(|ranked| question.group(ranked)).collect::<Vec<Group>>()
        })
        .flatten_iter()
        .collect();
    let groups: Vec<&Group> = groups.iter().collect();
    fit(&groups, PENALTY, fitted_on, date)
}

/// Ranks, by form and label, by models that have not seen the label; and probability and truth of
/// the candidates of all forms.
fn cross_validated(
    questions: &[Question<'_>],
    ranked: &[Vec<Vec<Ranked>>],
) -> (Vec<Ranks>, Vec<(f64, bool)>) {
    let groups: Vec<Vec<Group>> = questions
        .iter()
        .zip(ranked)
        .map(|(question, forms)| forms.iter().map(|ranked| question.group(ranked)).collect())
        .collect();
    let mut ranks = vec![vec![None; questions.len()]; Form::ALL.len()];
    let mut pairs = Vec::new();
    for fold in 0..FOLDS {
        let seen = groups.iter().enumerate().filter(|(number, _)| number % FOLDS != fold);
        let seen: Vec<&Group> = seen.flat_map(|(_, forms)| forms).collect();
        let model = fit(&seen, PENALTY, "", "");
        for number in (fold..questions.len()).step_by(FOLDS) {
            for (form, ranked) in ranked[number].iter().enumerate() {
                let mut scored: Vec<(f64, WorkId)> =
                    ranked.iter().map(|one| (model.score(&one.signals), one.work)).collect();
                scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
                ranks[form][number] =
                    questions[number].rank_in(scored.iter().map(|(_, work)| *work));
                let group = &groups[number][form];
                let sum = log_sum(group.iter().map(|(signals, _)| model.score(signals)));
                for (signals, truth) in group.iter().filter(|(_, truth)| *truth != Truth::Open) {
                    let score = model.score(signals);
                    pairs.push((model.probability(score, score - sum), *truth == Truth::Right));
                }
            }
        }
    }
    (ranks, pairs)
}

/// Works by the number of their series, ordered.
type Series = HashMap<String, Vec<WorkId>>;

fn series_of_works(matcher: &Matcher) -> Series {
    let mut series = Series::new();
    let Some(works) = matcher.knowledge().works.as_ref() else { return series };
    for work in (0..matcher.work_count()).map(WorkId::at) {
        for reference in works.cards.references(work) {
            let Ok(reference) = reference.parse::<StandardRef>() else { continue };
            let row = series.entry(reference.series_key()).or_default();
            if row.last() != Some(&work) {
                row.push(work);
            }
        }
    }
    series
}

/// A label made ready.
struct Question<'a> {
    label: &'a Label,
    committee: Option<CommitteeRef>,
    expected: Vec<WorkId>,
    /// Works under its own number, other parts and editions included.
    own: Vec<WorkId>,
    /// Works under the numbers of the expected ones, these included.
    beside: Vec<WorkId>,
    cited: Vec<WorkId>,
}

impl<'a> Question<'a> {
    /// `None` where no named work is in the index.
    fn new(label: &'a Label, matcher: &Matcher, series: &Series) -> Option<Question<'a>> {
        let works = matcher.knowledge().works.as_ref()?;
        let of = |text: &str| works.of_reference(&text.parse::<StandardRef>().ok()?);
        let own: Vec<WorkId> = label
            .reference
            .parse::<StandardRef>()
            .ok()
            .and_then(|own| series.get(&own.series_key()).cloned())
            .unwrap_or_default();
        let mut expected: Vec<WorkId> = label
            .overlaps
            .iter()
            .filter_map(|text| of(text))
            .filter(|at| own.binary_search(at).is_err())
            .collect();
        expected.sort_unstable();
        expected.dedup();
        if expected.is_empty() {
            return None;
        }
        let mut beside: Vec<WorkId> = label
            .overlaps
            .iter()
            .filter_map(|text| text.parse::<StandardRef>().ok())
            .filter_map(|reference| series.get(&reference.series_key()))
            .flatten()
            .copied()
            .collect();
        beside.sort_unstable();
        let mut cited: Vec<WorkId> =
            find_references(&label.abstract_text, label.organization.parse().ok())
                .filter_map(|found| match found.reference {
                    Reference::Standard(standard) => works.of_reference(&standard),
                    Reference::Committee(_) => None,
                })
                .collect();
        cited.sort_unstable();
        let committee = label.committee.as_ref().and_then(|text| text.parse().ok());
        Some(Question { label, committee, expected, own, beside, cited })
    }

    /// The candidates of each form.
    fn ranked(
        &self,
        matcher: &Matcher,
        works: &Works,
        model: &ClosenessModel,
        space: &mut Workspace,
    ) -> Vec<Vec<Ranked>> {
        let seed = title_hash(&self.label.title);
        let forms = Form::ALL.iter().map(|form| {
            let (title, text) = form.texts(self.label, seed);
            let compared = Compared {
                title: &title,
                passages: vec![&text],
                committee: self.committee.as_ref().filter(|_| form.is_placed()),
                ics: if form.is_placed() { &self.label.ics } else { &[] },
                cited: self.cited.clone(),
            };
            rank(matcher.knowledge(), works, &compared, model, &|work| self.is_own(work), space)
        });
        forms.collect()
    }

    fn is_own(&self, work: WorkId) -> bool {
        self.own.binary_search(&work).is_ok()
    }

    fn group(&self, ranked: &[Ranked]) -> Group {
        let truth = |work: &WorkId| {
            if self.expected.contains(work) {
                Truth::Right
            } else if self.beside.binary_search(work).is_ok() {
                Truth::Open
            } else {
                Truth::Wrong
            }
        };
        ranked.iter().map(|one| (one.signals, truth(&one.work))).collect()
    }

    /// The place of the first named work, from 1.
    fn rank_in(&self, works: impl Iterator<Item = WorkId>) -> Option<usize> {
        works
            .filter(|work| !self.is_own(*work))
            .position(|work| self.expected.contains(&work))
            .map(|at| at + 1)
    }
}

/// A plain TF-IDF: raw counts times smoothed inverse document frequency, cosine.
struct Plain {
    vocabulary: HashMap<String, u32>,
    idf: Vec<f32>,
    rows: Vec<Vec<(u32, f32)>>,
    lengths: Vec<f32>,
}

impl Plain {
    fn new(matcher: &Matcher) -> Plain {
        let count = u32::try_from(matcher.work_count()).unwrap_or(u32::MAX);
        let mut plain = Plain {
            vocabulary: HashMap::new(),
            idf: Vec::new(),
            rows: Vec::new(),
            lengths: vec![0.0; count as usize],
        };
        for number in 0..count {
            let Some(work) = matcher.whole_work(WorkId::new(number)) else { continue };
            for (term, frequency) in counts(work.title(), &work.abstract_text) {
                let next = u32::try_from(plain.rows.len()).unwrap_or(u32::MAX);
                let id = *plain.vocabulary.entry(term).or_insert(next);
                if id == next {
                    plain.rows.push(Vec::new());
                }
                plain.rows[id as usize].push((number, frequency));
            }
        }
        for row in &mut plain.rows {
            let idf = ((1.0 + count as f32) / (1.0 + row.len() as f32)).ln() + 1.0;
            plain.idf.push(idf);
            for (work, frequency) in row {
                *frequency *= idf;
                plain.lengths[*work as usize] += *frequency * *frequency;
            }
        }
        plain
    }

    fn rank(&self, question: &Question<'_>) -> Option<usize> {
        let mut sums = vec![0.0_f32; self.lengths.len()];
        for (term, frequency) in counts(&question.label.title, &question.label.abstract_text) {
            let Some(id) = self.vocabulary.get(&term) else { continue };
            for (work, weight) in &self.rows[*id as usize] {
                sums[*work as usize] += frequency * self.idf[*id as usize] * weight;
            }
        }
        let cosine = |work: WorkId| {
            sums[work.index()] / self.lengths[work.index()].sqrt().max(f32::MIN_POSITIVE)
        };
        let best =
            question.expected.iter().copied().max_by(|a, b| cosine(*a).total_cmp(&cosine(*b)))?;
        let before =
            (0..sums.len()).map(WorkId::at).filter(|work| !question.is_own(*work)).filter(|work| {
                cosine(*work) > cosine(best) || cosine(*work) == cosine(best) && *work < best
            });
        Some(before.count() + 1)
    }
}

/// Words and pairs of words, those of the title twice, in the order of the alphabet so that sums
/// are the same in every run.
fn counts(title: &str, text: &str) -> std::collections::BTreeMap<String, f32> {
    let mut counts = std::collections::BTreeMap::new();
    for (text, weight) in [(title, 2.0), (text, 1.0)] {
        let lower = text.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).collect();
        for word in &words {
            *counts.entry((*word).to_owned()).or_insert(0.0) += weight;
        }
        for pair in words.windows(2) {
            *counts.entry(pair.join(" ")).or_insert(0.0) += weight;
        }
    }
    counts
}

impl System {
    fn hit(&self, most: usize) -> f64 {
        let found = self.ranks.iter().flatten().filter(|rank| **rank <= most).count();
        found as f64 / self.ranks.len().max(1) as f64
    }
}

impl fmt::Display for OverlapEvaluation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let labels = self.systems.first().map_or(0, |system| system.ranks.len());
        writeln!(f, "## {}\n", self.name)?;
        writeln!(
            f,
            "{labels} labels with a known work; {} whose works are not in the index.\n",
            self.without_answer
        )?;
        writeln!(f, "| system | hit@1 | hit@5 | hit@20 |\n|---|---|---|---|")?;
        for system in &self.systems {
            writeln!(
                f,
                "| {} | {:.3} | {:.3} | {:.3} |",
                system.name,
                system.hit(1),
                system.hit(5),
                system.hit(20)
            )?;
        }
        writeln!(f, "\n| probability | pairs | expected | right |\n|---|---|---|---|")?;
        for low in [0.0, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8] {
            let high = match low {
                0.0 => 0.05,
                0.05 => 0.1,
                0.1 => 0.2,
                0.8 => 1.01,
                other => other + 0.2,
            };
            let within: Vec<&(f64, bool)> =
                self.pairs.iter().filter(|(p, _)| (low..high).contains(p)).collect();
            let count = within.len().max(1) as f64;
            let expected = within.iter().map(|(p, _)| p).sum::<f64>() / count;
            let right = within.iter().filter(|(_, right)| *right).count() as f64 / count;
            writeln!(f, "| from {low:.2} | {} | {expected:.3} | {right:.3} |", within.len())?;
        }
        Ok(())
    }
}
