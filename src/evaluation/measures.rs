//! How well a matcher does on labels.

use std::collections::BTreeMap;
use std::fmt;

use rayon::prelude::*;
use serde::Serialize;

use super::labels::{Case, LabelSet, Pool};
use crate::matching::{Matcher, Model};

/// The results of all files.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Evaluation {
    /// What was measured: data and model.
    pub subject: String,
    /// One entry a file, in the order given.
    pub sets: Vec<SetResult>,
}

/// The results of one file.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct SetResult {
    /// The name of the file.
    pub name: String,
    /// How many labels.
    pub labels: usize,
    /// Right answers that the catalogue does not have: they count as missed.
    pub unknown: usize,
    /// Committees that the labels name as concerned.
    pub concerned: usize,
    /// Those of them that were asked because the machine suggested them.
    pub asked_by_machine: usize,
    /// Measures over all labels and per organization (`ISO`, `IEC`, `ITU-T`), in the order hit@1,
    /// hit@5, MRR or recall@5, recall@10, recall@20, MAP.
    pub measures: BTreeMap<String, Vec<Measure>>,
    /// Predicted against observed, in ten bins of probability.
    pub reliability: Vec<Bin>,
    /// Expected calibration error over all pairs of label and committee.
    pub calibration_error: f64,
    /// The same over the pairs with a probability of at least 0.05, which are those that people
    /// see.
    pub calibration_error_shown: f64,
    /// Of the flagged committees, the share that is right.
    pub flagged_precision: f64,
    /// Of the right committees, the share that is flagged.
    pub flagged_recall: f64,
    /// Labels whose first place is wrong: reference, title, right committee, first committee.
    pub wrong_first: Vec<(String, String, String, String)>,
}

/// A mean over labels with its 95 % bootstrap interval.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Measure {
    /// `hit@1`, `MRR`, …
    pub name: &'static str,
    /// The mean.
    pub mean: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Pairs whose probability falls into one tenth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Bin {
    /// How many pairs.
    pub pairs: usize,
    /// Mean of the predicted probabilities.
    pub predicted: f64,
    /// Share that is right.
    pub observed: f64,
}

/// What one label gives.
struct Answer {
    per_pool: Vec<(Option<String>, Vec<f64>)>,
    /// Probability and whether it is right.
    pairs: Vec<(f64, bool)>,
    flagged: usize,
    flagged_right: usize,
    right: usize,
    wrong_first: Option<(String, String)>,
}

const HOME: [&str; 3] = ["hit@1", "hit@5", "MRR"];
const INTEREST: [&str; 4] = ["recall@5", "recall@10", "recall@20", "MAP"];

impl Evaluation {
    /// Asks `matcher` about every label. Labels are spread over rayon's current pool; the result is
    /// the same on any number of threads.
    #[must_use]
    pub fn run(matcher: &Matcher, sets: &[LabelSet]) -> Evaluation {
        Evaluation::run_with(matcher, sets, &|_, _| matcher.model())
    }

    /// The same with a model for each label, by the numbers of its file and line.
    pub(super) fn run_with<'a>(
        matcher: &Matcher,
        sets: &[LabelSet],
        model_of: &(dyn Fn(usize, usize) -> &'a Model + Sync),
    ) -> Evaluation {
        let subject = format!("{}; model {}", matcher.data(), matcher.model().name());
        let sets = sets.iter().enumerate();
        let sets =
            sets.map(|(number, set)| evaluate_set(matcher, set, &|label| model_of(number, label)));
        Evaluation { subject, sets: sets.collect() }
    }
}

fn evaluate_set<'a>(
    matcher: &Matcher,
    set: &LabelSet,
    model_of: &(dyn Fn(usize) -> &'a Model + Sync),
) -> SetResult {
    let asks_interest = set.labels.iter().any(|label| !label.interested.is_empty());
    let answers: Vec<(Answer, usize)> = set
        .labels
        .par_iter()
        .enumerate()
        .map(|(number, label)| {
            let case = Case::new(label, matcher);
            (answer(matcher, &case, model_of(number)), case.unknown)
        })
        .collect();
    let unknown = answers.iter().map(|(_, unknown)| unknown).sum();
    let names: &[&'static str] = if asks_interest { &INTEREST } else { &HOME };
    let mut measures: BTreeMap<String, Vec<Measure>> = BTreeMap::new();
    let mut rows: BTreeMap<String, Vec<Vec<f64>>> = BTreeMap::new();
    for (answer, unknown) in &answers {
        let known: Vec<&Vec<f64>> = answer.per_pool.iter().map(|(_, values)| values).collect();
        let known_right = answer.right.max(1) as f64;
        // Right answers outside the catalogue are misses.
        let share = known_right / (known_right + *unknown as f64);
        let overall: Vec<f64> = if known.is_empty() {
            vec![0.0; names.len()]
        } else {
            (0..names.len()).map(|at| share * mean(known.iter().map(|values| values[at]))).collect()
        };
        rows.entry("all".to_owned()).or_default().push(overall);
        for (organization, values) in &answer.per_pool {
            if let Some(organization) = organization {
                rows.entry(organization.clone()).or_default().push(values.clone());
            }
        }
    }
    for (group, rows) in rows {
        measures.insert(
            group,
            names.iter().enumerate().map(|(at, name)| interval(name, &rows, at)).collect(),
        );
    }
    let pairs: Vec<(f64, bool)> =
        answers.iter().flat_map(|(answer, _)| answer.pairs.iter().copied()).collect();
    let shown: Vec<(f64, bool)> =
        pairs.iter().copied().filter(|(probability, _)| *probability >= 0.05).collect();
    let total = |of: fn(&Answer) -> usize| {
        answers.iter().map(|(answer, _)| of(answer)).sum::<usize>() as f64
    };
    let flagged_right = total(|answer| answer.flagged_right);
    let (concerned, asked_by_machine) = set.asked_by_machine();
    SetResult {
        name: set.name.clone(),
        labels: set.labels.len(),
        unknown,
        concerned,
        asked_by_machine,
        measures,
        calibration_error: calibration_error(&bins(&pairs)),
        calibration_error_shown: calibration_error(&bins(&shown)),
        reliability: bins(&pairs),
        flagged_precision: flagged_right / total(|answer| answer.flagged).max(1.0),
        flagged_recall: flagged_right / (total(|answer| answer.right) + unknown as f64).max(1.0),
        wrong_first: set
            .labels
            .iter()
            .zip(&answers)
            .filter_map(|(label, (answer, _))| {
                let (right, first) = answer.wrong_first.clone()?;
                Some((label.reference.clone(), label.title.clone(), right, first))
            })
            .collect(),
    }
}

fn answer(matcher: &Matcher, case: &Case, model: &Model) -> Answer {
    matcher.with_scratch(|scratch| {
        matcher.knowledge().score(&case.subject(), &case.left_out, scratch);
        let ranking = matcher.ranking_by(model, scratch);
        let candidates = &matcher.knowledge().candidates;
        let mut result = Answer {
            per_pool: Vec::new(),
            pairs: Vec::new(),
            flagged: 0,
            flagged_right: 0,
            right: case.right.len(),
            wrong_first: None,
        };
        for pool in case.pools(matcher) {
            let score = |number: usize| {
                let scored = ranking.scored[number];
                if case.asks_interest { scored.rank } else { scored.home }
            };
            let ranks = ranks(&pool, score);
            let values = if case.asks_interest {
                let recall = |most: usize| {
                    ranks.iter().filter(|rank| **rank <= most).count() as f64 / ranks.len() as f64
                };
                vec![recall(5), recall(10), recall(20), average_precision(&ranks)]
            } else {
                let rank = ranks.first().copied().unwrap_or(usize::MAX);
                vec![
                    f64::from(u8::from(rank == 1)),
                    f64::from(u8::from(rank <= 5)),
                    1.0 / rank as f64,
                ]
            };
            if !case.asks_interest && ranks.first() != Some(&1) {
                let first = pool
                    .members
                    .iter()
                    .copied()
                    .max_by(|a, b| score(*a).total_cmp(&score(*b)).then(b.cmp(a)));
                let name = |number: usize| candidates.get(number).reference().to_string();
                result.wrong_first = Some((
                    pool.right.first().copied().map_or_else(String::new, name),
                    first.map_or_else(String::new, name),
                ));
            }
            result
                .per_pool
                .push((pool.organization.map(|organization| organization.to_string()), values));
            let home_total: f64 = pool
                .members
                .iter()
                .map(|number| f64::from(ranking.scored[*number].home).exp())
                .sum();
            for number in &pool.members {
                // Who would develop it is asked of the home probability, who is concerned of the
                // flag probability.
                let probability = if case.asks_interest {
                    ranking.scored[*number].probability()
                } else {
                    f64::from(ranking.scored[*number].home).exp() / home_total
                };
                let is_right = pool.right.contains(number);
                result.pairs.push((probability, is_right));
                let is_elsewhere = case
                    .context
                    .is_some_and(|own| !candidates.get(*number).reference().belongs_to(own));
                let threshold =
                    if is_elsewhere { model.threshold_elsewhere() } else { model.threshold() };
                if probability >= threshold {
                    result.flagged += 1;
                    result.flagged_right += usize::from(is_right);
                }
            }
        }
        result
    })
}

/// Ranks of the right answers, from 1, ascending; ties go by the order of references.
fn ranks(pool: &Pool, score: impl Fn(usize) -> f32) -> Vec<usize> {
    let mut ranks: Vec<usize> = pool
        .right
        .iter()
        .map(|right| {
            let own = score(*right);
            1 + pool
                .members
                .iter()
                .filter(|other| {
                    let theirs = score(**other);
                    theirs > own || (theirs == own && *other < right)
                })
                .count()
        })
        .collect();
    ranks.sort_unstable();
    ranks
}

fn average_precision(ranks: &[usize]) -> f64 {
    mean(ranks.iter().enumerate().map(|(found, rank)| (found + 1) as f64 / *rank as f64))
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0_usize);
    for value in values {
        sum += value;
        count += 1;
    }
    if count == 0 { 0.0 } else { sum / count as f64 }
}

/// Resamplings of the bootstrap.
const RESAMPLINGS: usize = 1_000;

fn interval(name: &'static str, rows: &[Vec<f64>], at: usize) -> Measure {
    let values: Vec<f64> = rows.iter().map(|row| row[at]).collect();
    let mut random = SplitMix(0x5eed);
    let mut means: Vec<f64> = (0..RESAMPLINGS)
        .map(|_| mean((0..values.len()).map(|_| values[random.below(values.len())])))
        .collect();
    means.sort_by(f64::total_cmp);
    let percentile = |share: f64| means[((means.len() - 1) as f64 * share).round() as usize];
    Measure {
        name,
        mean: mean(values.iter().copied()),
        low: percentile(0.025),
        high: percentile(0.975),
    }
}

fn bins(pairs: &[(f64, bool)]) -> Vec<Bin> {
    let mut bins = vec![Bin::default(); 10];
    for (probability, is_right) in pairs {
        let bin = &mut bins[((probability * 10.0) as usize).min(9)];
        bin.pairs += 1;
        bin.predicted += probability;
        bin.observed += f64::from(u8::from(*is_right));
    }
    for bin in &mut bins {
        if bin.pairs > 0 {
            bin.predicted /= bin.pairs as f64;
            bin.observed /= bin.pairs as f64;
        }
    }
    bins
}

fn calibration_error(bins: &[Bin]) -> f64 {
    let pairs: usize = bins.iter().map(|bin| bin.pairs).sum();
    bins.iter().map(|bin| bin.pairs as f64 * (bin.predicted - bin.observed).abs()).sum::<f64>()
        / pairs.max(1) as f64
}

/// A small generator with a fixed seed, so that intervals are the same each time.
pub(super) struct SplitMix(pub(super) u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

impl fmt::Display for Evaluation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# Evaluation\n\n{}\n", self.subject)?;
        for set in &self.sets {
            writeln!(
                f,
                "## {} ({} labels, {} right answers outside the catalogue)\n",
                set.name, set.labels, set.unknown
            )?;
            if let Some(measures) = set.measures.get("all") {
                let names: Vec<&str> = measures.iter().map(|measure| measure.name).collect();
                writeln!(f, "| | {} |\n|---|{}", names.join(" | "), "---|".repeat(names.len()))?;
            }
            for (group, measures) in &set.measures {
                let cells: Vec<String> = measures
                    .iter()
                    .map(|m| format!("{:.3} ({:.3}-{:.3})", m.mean, m.low, m.high))
                    .collect();
                writeln!(f, "| {group} | {} |", cells.join(" | "))?;
            }
            writeln!(f, "\n| probability | pairs | predicted | observed |\n|---|---|---|---|")?;
            for (at, bin) in set.reliability.iter().enumerate().filter(|(_, bin)| bin.pairs > 0) {
                let (low, high) = (at as f64 / 10.0, (at + 1) as f64 / 10.0);
                writeln!(
                    f,
                    "| {low:.1}-{high:.1} | {} | {:.3} | {:.3} |",
                    bin.pairs, bin.predicted, bin.observed
                )?;
            }
            writeln!(
                f,
                "\nexpected calibration error {:.4} over all pairs, {:.4} over pairs of 0.05 and more; flagged: precision {:.3}, recall {:.3}\n",
                set.calibration_error,
                set.calibration_error_shown,
                set.flagged_precision,
                set.flagged_recall
            )?;
            if set.asked_by_machine > 0 {
                writeln!(
                    f,
                    "of {} committees named as concerned, {} were asked because the machine \
                     suggested them: who was not suggested could not answer, and the measures \
                     favour the model that asked\n",
                    set.concerned, set.asked_by_machine
                )?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_by_hand() {
        let pool = Pool { organization: None, members: vec![0, 1, 2, 3], right: vec![1, 3] };
        let scores = [0.9, 0.8, 0.8, 0.1];
        assert_eq!(ranks(&pool, |number| scores[number]), [2, 4]);
        assert!((average_precision(&[2, 4]) - 0.5).abs() < 1e-12);
        assert!((average_precision(&[1, 2]) - 1.0).abs() < 1e-12);
        let bins = bins(&[(0.05, false), (0.95, true), (1.0, true)]);
        assert_eq!((bins[0].pairs, bins[9].pairs), (1, 2));
        assert!((calibration_error(&bins) - (0.05 + 2.0 * 0.025) / 3.0).abs() < 1e-12);
    }

    #[test]
    fn intervals_hold_the_mean_and_repeat() {
        let rows: Vec<Vec<f64>> = (0..50).map(|at| vec![f64::from(at % 2)]).collect();
        let first = interval("hit@1", &rows, 0);
        assert!(first.low < first.mean && first.mean < first.high);
        assert_eq!(first, interval("hit@1", &rows, 0));
    }
}
