//! Fitting the model on labels.
//!
//! The weights are those of a conditional logit: among the committees that are ranked together, the
//! right ones should have the largest share of the exponentials of the scores. Several right
//! answers count equally. The loss is convex; it is brought to its minimum by L-BFGS with a small
//! penalty on the squares of the weights. The calibration is a logistic regression on scores of
//! labels that were not used for fitting them (five folds).

use std::collections::{BTreeMap, VecDeque};

use rayon::prelude::*;

use super::labels::{Case, LabelSet};
use super::measures::{Evaluation, SplitMix};
use crate::matching::Matcher;
use crate::matching::closeness::fit::solve;
use crate::matching::model::{Calibration, Circumstances, HeadsFile, Model, ModelFile, peaks};
use crate::matching::query::Address;
use crate::matching::signals::{CLASSIFICATION, COUNT, FEATURES, MENTION, Row};

/// How a model is fitted.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FitOptions {
    /// The name of the model.
    pub name: String,
    /// The date that it carries.
    pub date: String,
    /// What the labels and the data are, in a sentence.
    pub fitted_on: String,
    /// Penalty on the squares of the weights.
    pub penalty: f64,
    /// Folds of the cross-validation.
    pub folds: usize,
    /// Features left out, for measuring what they are worth.
    pub without: Vec<String>,
}

impl Default for FitOptions {
    fn default() -> FitOptions {
        FitOptions {
            name: "model".to_owned(),
            date: String::new(),
            fitted_on: String::new(),
            penalty: 3e-4,
            folds: 5,
            without: Vec::new(),
        }
    }
}

/// Candidates ranked together, with their features.
struct Group {
    set: usize,
    label: usize,
    asks_interest: bool,
    rows: Vec<Row>,
    /// The candidates.
    members: Vec<usize>,
    address: Address,
    /// The committees of all organizations are ranked together.
    among_all: bool,
    right: Vec<usize>,
    /// Features of all candidates of the label, for the peak; shared by the groups of a label.
    all: std::sync::Arc<Vec<Row>>,
    weight: f64,
}

/// A file with fewer labels than this counts less than one file.
const FULL_SET: f64 = 25.0;

/// Fits both questions on `sets` and measures the result on labels that were left out of the fit.
/// Gives the model of `matcher` with the weights for its kind of data (with or without works)
/// replaced, and the cross-validated measures.
///
/// The result depends only on the arguments, not on the number of threads.
#[must_use]
pub fn fit(matcher: &Matcher, sets: &[LabelSet], options: &FitOptions) -> (String, Evaluation) {
    let groups = groups(matcher, sets);
    let fold_of = |set: usize, label: usize| fold(&sets[set].labels[label].title, options.folds);
    let active: Vec<bool> = FEATURES
        .iter()
        .map(|feature| !options.without.iter().any(|name| name == feature.name))
        .collect();

    let fit_heads = |uses: &dyn Fn(&Group) -> bool| -> [[f32; COUNT]; 3] {
        let fit_one = |asks_interest: bool, with_codes: bool| {
            let chosen: Vec<&Group> = groups
                .iter()
                .filter(|group| group.asks_interest == asks_interest && uses(group))
                .collect();
            let mut active = active.clone();
            active[CLASSIFICATION] &= with_codes;
            minimize(&chosen, &active, options.penalty)
        };
        [fit_one(true, true), fit_one(false, true), fit_one(false, false)]
    };
    let [interest, home, home_without_codes] = fit_heads(&|_| true);
    let folds: Vec<[[f32; COUNT]; 3]> = (0..options.folds)
        .map(|fold| fit_heads(&|group| fold_of(group.set, group.label) != fold))
        .collect();

    // Scores of labels by the weights that were fitted without them.
    let mut pairs: Vec<Pair> = Vec::new();
    for group in groups.iter().filter(|group| group.asks_interest) {
        let weights = &folds[fold_of(group.set, group.label)][0];
        let around = Circumstances {
            peaks: peaks(group.all.iter().map(|row| dot(weights, row))),
            has_addressee: group.address.has_committee,
            ..Circumstances::default()
        };
        let prior = &matcher.knowledge().prior;
        let members = group.members.iter().zip(&group.rows).enumerate();
        pairs.extend(members.map(|(at, (member, row))| Pair {
            score: f64::from(dot(weights, row)),
            around: around.of(*member, prior, group.address),
            named: row[MENTION] > 0.0,
            among_all: group.among_all,
            right: group.right.contains(&at),
            weight: group.weight / group.rows.len() as f64,
        }));
    }
    let calibration = calibrate(&pairs);
    let threshold = threshold(&pairs, calibration);

    let file_of = |[interest, home, home_without_codes]: &[[f32; COUNT]; 3]| HeadsFile {
        interest: named(interest),
        home: named(home),
        home_without_codes: named(home_without_codes),
        calibration,
    };
    let base = matcher.model().file().clone();
    let with = |heads: HeadsFile, figures: BTreeMap<String, f64>| {
        let mut file = ModelFile {
            name: options.name.clone(),
            fitted_on: options.fitted_on.clone(),
            date: options.date.clone(),
            figures,
            ..base.clone()
        };
        if matcher.has_standards() {
            file.threshold = threshold.unwrap_or(base.threshold);
            file.threshold_elsewhere = threshold.unwrap_or(base.threshold_elsewhere);
            file.with_works = heads
        } else {
            file.without_works = heads
        }
        file
    };
    let model_of = |heads: HeadsFile| {
        Model::from_file(with(heads, BTreeMap::new())).unwrap_or_else(|_| matcher.model().clone())
    };
    let models: Vec<Model> = folds.iter().map(|heads| model_of(file_of(heads))).collect();
    let evaluation =
        Evaluation::run_with(matcher, sets, &|set, label| &models[fold_of(set, label)]);

    let mut figures = base.figures.clone();
    let kind = if matcher.has_standards() { "with works" } else { "without works" };
    figures.retain(|name, _| !name.starts_with(kind));
    for set in &evaluation.sets {
        for measure in set.measures.get("all").into_iter().flatten() {
            figures.insert(
                format!("{kind}, {}: {}", set.name, measure.name),
                (measure.mean * 1e4).round() / 1e4,
            );
        }
    }
    let file = with(file_of(&[interest, home, home_without_codes]), figures);
    let text = serde_json::to_string_pretty(&file).unwrap_or_default() + "\n";
    (text, evaluation)
}

fn groups(matcher: &Matcher, sets: &[LabelSet]) -> Vec<Group> {
    let mut groups = Vec::new();
    for (set_number, set) in sets.iter().enumerate() {
        let weight = (set.labels.len() as f64 / FULL_SET).min(1.0) / set.labels.len().max(1) as f64;
        let found: Vec<Vec<Group>> = set
            .labels
            .par_iter()
            .enumerate()
            .map(|(label_number, label)| {
                let case = Case::new(label, matcher);
                let rows = matcher.with_scratch(|scratch| {
                    matcher.knowledge().score(&case.subject(), &case.left_out, scratch);
                    scratch.columns.rows()
                });
                let all = std::sync::Arc::new(rows);
                case.pools(matcher)
                    .into_iter()
                    .map(|pool| Group {
                        set: set_number,
                        label: label_number,
                        asks_interest: case.asks_interest,
                        right: (0..pool.members.len())
                            .filter(|at| pool.right.contains(&pool.members[*at]))
                            .collect(),
                        rows: pool.members.iter().map(|number| all[*number]).collect(),
                        members: pool.members,
                        among_all: pool.organization.is_none(),
                        address: case.subject().address,
                        all: all.clone(),
                        weight,
                    })
                    .collect()
            })
            .collect();
        groups.extend(found.into_iter().flatten());
    }
    groups
}

/// The fold of a label, by its title, so that the same title never stands on both sides.
fn fold(title: &str, folds: usize) -> usize {
    let hash = crate::matching::works::title_hash(&crate::text::normalized_title(title));
    SplitMix(hash).below(folds)
}

fn dot(weights: &[f32; COUNT], row: &Row) -> f32 {
    weights.iter().zip(row).map(|(weight, value)| weight * value).sum()
}

/// Four digits are enough for a weight, and keep the file readable.
fn named(weights: &[f32; COUNT]) -> BTreeMap<String, f32> {
    let rounded = weights.iter().map(|weight| (weight * 1e4).round() / 1e4);
    FEATURES
        .iter()
        .zip(rounded)
        .filter(|(_, weight)| *weight != 0.0)
        .map(|(feature, weight)| (feature.name.to_owned(), weight))
        .collect()
}

/// Groups whose gradients are added up by one worker: fixed, so that sums do not depend on the
/// number of threads.
const CHUNK: usize = 16;

/// Mean loss and gradient of the conditional logit.
fn loss(
    groups: &[&Group],
    total: f64,
    weights: &[f64; COUNT],
    penalty: f64,
) -> (f64, [f64; COUNT]) {
    let short: [f32; COUNT] = weights.map(|weight| weight as f32);
    let parts: Vec<(f64, [f64; COUNT])> = groups
        .par_chunks(CHUNK)
        .map(|chunk| {
            let mut sum = (0.0, [0.0; COUNT]);
            for group in chunk {
                let scores: Vec<f32> = group.rows.iter().map(|row| dot(&short, row)).collect();
                let largest = scores.iter().copied().fold(f32::MIN, f32::max);
                let exponentials: Vec<f64> =
                    scores.iter().map(|score| f64::from(score - largest).exp()).collect();
                let normalizer: f64 = exponentials.iter().sum();
                let share = 1.0 / group.right.len() as f64;
                let mut gradient = [0.0; COUNT];
                for (row, exponential) in group.rows.iter().zip(&exponentials) {
                    let probability = exponential / normalizer;
                    if probability > 1e-9 {
                        gradient
                            .iter_mut()
                            .zip(row)
                            .for_each(|(sum, value)| *sum += probability * f64::from(*value));
                    }
                }
                let mut loss = f64::from(largest) + normalizer.ln();
                for right in &group.right {
                    loss -= share * f64::from(scores[*right]);
                    gradient
                        .iter_mut()
                        .zip(&group.rows[*right])
                        .for_each(|(sum, value)| *sum -= share * f64::from(*value));
                }
                sum.0 += group.weight * loss;
                sum.1
                    .iter_mut()
                    .zip(gradient)
                    .for_each(|(sum, value)| *sum += group.weight * value);
            }
            sum
        })
        .collect();
    let mut loss = 0.0;
    let mut gradient = [0.0; COUNT];
    for (part, slope) in parts {
        loss += part / total;
        gradient.iter_mut().zip(slope).for_each(|(sum, value)| *sum += value / total);
    }
    for (slope, weight) in gradient.iter_mut().zip(weights) {
        loss += penalty * weight * weight;
        *slope += 2.0 * penalty * weight;
    }
    (loss, gradient)
}

/// Steps of L-BFGS at most.
const STEPS: usize = 200;
/// Earlier steps remembered.
const MEMORY: usize = 10;

/// The weights that minimize the loss. Features that are not active stay at zero.
fn minimize(groups: &[&Group], active: &[bool], penalty: f64) -> [f32; COUNT] {
    let mut weights = [0.0_f64; COUNT];
    let total: f64 = groups.iter().map(|group| group.weight).sum();
    if total <= 0.0 {
        return [0.0; COUNT];
    }
    let evaluate = |weights: &[f64; COUNT]| {
        let (value, mut gradient) = loss(groups, total, weights, penalty);
        gradient
            .iter_mut()
            .zip(active)
            .filter(|(_, active)| !**active)
            .for_each(|(slope, _)| *slope = 0.0);
        (value, gradient)
    };
    let product =
        |a: &[f64; COUNT], b: &[f64; COUNT]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    let (mut value, mut gradient) = evaluate(&weights);
    let mut history: VecDeque<([f64; COUNT], [f64; COUNT], f64)> = VecDeque::new();
    for _ in 0..STEPS {
        // The two loops of L-BFGS: the direction is the gradient seen through the curvature of the
        // last steps.
        let mut direction = gradient;
        let mut factors = Vec::with_capacity(history.len());
        for (step, change, inverse) in history.iter().rev() {
            let factor = inverse * product(step, &direction);
            direction.iter_mut().zip(change).for_each(|(d, c)| *d -= factor * c);
            factors.push(factor);
        }
        if let Some((step, change, _)) = history.back() {
            let scale = product(step, change) / product(change, change);
            direction.iter_mut().for_each(|d| *d *= scale);
        }
        for ((step, change, inverse), factor) in history.iter().zip(factors.into_iter().rev()) {
            let correction = factor - inverse * product(change, &direction);
            direction.iter_mut().zip(step).for_each(|(d, s)| *d += correction * s);
        }
        let slope = -product(&direction, &gradient);
        if slope > -1e-12 {
            break;
        }
        // Halve the step until the loss falls enough.
        let mut length = 1.0;
        let accepted = (0..30).find_map(|_| {
            let next: [f64; COUNT] = std::array::from_fn(|at| weights[at] - length * direction[at]);
            let (next_value, next_gradient) = evaluate(&next);
            if next_value <= value + 1e-4 * length * slope {
                return Some((next, next_value, next_gradient));
            }
            length *= 0.5;
            None
        });
        let Some((next, next_value, next_gradient)) = accepted else { break };
        let step: [f64; COUNT] = std::array::from_fn(|at| next[at] - weights[at]);
        let change: [f64; COUNT] = std::array::from_fn(|at| next_gradient[at] - gradient[at]);
        let curvature = product(&step, &change);
        if curvature > 1e-12 {
            if history.len() == MEMORY {
                history.pop_front();
            }
            history.push_back((step, change, 1.0 / curvature));
        }
        let gain = value - next_value;
        (weights, value, gradient) = (next, next_value, next_gradient);
        if gain < 1e-8 {
            break;
        }
    }
    weights.map(|weight| weight as f32)
}

/// A score with its truth.
#[derive(Clone, Copy, Debug)]
struct Pair {
    score: f64,
    around: Circumstances,
    /// The text names the candidate.
    named: bool,
    /// Of a label whose committees of all organizations are asked for.
    among_all: bool,
    right: bool,
    weight: f64,
}

/// Numbers of the calibration.
const NUMBERS: usize = 7;
/// Penalty on their squares, the bias aside: only twelve labels name committees of several
/// organizations, and numbers that hang on them alone are held back.
const CALIBRATION_PENALTY: f64 = 3e-4;

/// Logistic regression of truth on score, peaks and circumstances, by Newton's method with halved
/// steps. What the text names is left out: it has a rate of its own.
fn calibrate(pairs: &[Pair]) -> Calibration {
    let named = named_log_odds(pairs);
    let pairs: Vec<Pair> = pairs.iter().copied().filter(|pair| !pair.named).collect();
    let flag = |is: bool| f64::from(u8::from(is));
    let values = |pair: &Pair| {
        let Circumstances { peaks, .. } = pair.around;
        [
            1.0,
            pair.score,
            -peaks.best,
            -peaks.followers,
            flag(pair.around.is_outside_iso),
            flag(pair.around.is_of_own_organization),
            flag(pair.around.has_addressee),
        ]
    };
    let log_odds = |parameters: &[f64; NUMBERS], pair: &Pair| -> f64 {
        parameters.iter().zip(values(pair)).map(|(parameter, value)| parameter * value).sum()
    };
    let loss = |parameters: &[f64; NUMBERS]| -> f64 {
        let of = |pair: &Pair| {
            let signed =
                if pair.right { -log_odds(parameters, pair) } else { log_odds(parameters, pair) };
            // The logarithm of one plus the exponential, without overflow.
            pair.weight * (signed.max(0.0) + (-signed.abs()).exp().ln_1p())
        };
        let squares: f64 = parameters[1..].iter().map(|value| value * value).sum();
        pairs.iter().map(of).sum::<f64>() + CALIBRATION_PENALTY * squares
    };
    let mut parameters = [0.0; NUMBERS];
    let mut value = loss(&parameters);
    for _ in 0..50 {
        let mut gradient = [0.0; NUMBERS];
        let mut curvature = [[0.0; NUMBERS]; NUMBERS];
        for pair in &pairs {
            let values = values(pair);
            let probability = crate::matching::model::probability(log_odds(&parameters, pair));
            let error = probability - f64::from(u8::from(pair.right));
            let spread = (probability * (1.0 - probability)).max(1e-12);
            for row in 0..NUMBERS {
                gradient[row] += pair.weight * error * values[row];
                for column in 0..NUMBERS {
                    curvature[row][column] += pair.weight * spread * values[row] * values[column];
                }
            }
        }
        for (at, row) in curvature.iter_mut().enumerate() {
            let penalty = if at == 0 { 0.0 } else { 2.0 * CALIBRATION_PENALTY };
            row[at] += penalty + 1e-9;
            gradient[at] += penalty * parameters[at];
        }
        let step = solve(curvature, gradient);
        let mut length = 1.0;
        let better = (0..20).find_map(|_| {
            let next: [f64; NUMBERS] = std::array::from_fn(|at| parameters[at] - length * step[at]);
            let next_value = loss(&next);
            length *= 0.5;
            (next_value < value).then_some((next, next_value))
        });
        let Some((next, next_value)) = better else { break };
        let gain = value - next_value;
        (parameters, value) = (next, next_value);
        if gain < 1e-12 * value {
            break;
        }
    }
    let [bias, slope, crowd, followers, outside_iso, own_organization, has_addressee] =
        parameters.map(rounded);
    Calibration {
        bias,
        slope,
        crowd,
        followers,
        outside_iso,
        own_organization,
        has_addressee,
        named,
    }
}

/// Thresholds that are tried.
const THRESHOLDS: std::ops::RangeInclusive<u8> = 5..=60;

/// From which probability on flags have the largest F1, the harmonic mean of precision and recall,
/// on labels that ask for the committees of all organizations; `None` without such labels.
///
/// One threshold serves committees of the addressed organization and others: the calibration knows
/// the difference, and flags elsewhere below the threshold were nearly always wrong.
fn threshold(pairs: &[Pair], calibration: Calibration) -> Option<f64> {
    let asked = pairs.iter().filter(|pair| pair.among_all);
    let asked: Vec<(f64, bool)> = asked
        .map(|pair| {
            let log_odds = calibration.log_odds(pair.score, pair.around, pair.named);
            (crate::matching::model::probability(log_odds), pair.right)
        })
        .collect();
    let right = asked.iter().filter(|(_, right)| *right).count();
    let f1 = |percent: u8| {
        let threshold = f64::from(percent) / 100.0;
        let flagged = asked.iter().filter(|(probability, _)| *probability >= threshold);
        let (count, hits) = flagged
            .fold((0, 0), |(count, hits), (_, right)| (count + 1, hits + usize::from(*right)));
        2.0 * hits as f64 / (count + right).max(1) as f64
    };
    // The lowest of equals: asking costs little.
    let best = THRESHOLDS.max_by(|a, b| f1(*a).total_cmp(&f1(*b)).then(b.cmp(a)));
    best.filter(|_| right > 0).map(|percent| f64::from(percent) / 100.0)
}

/// Log-odds with which the committees that a text names were right.
fn named_log_odds(pairs: &[Pair]) -> f64 {
    let of = |right: bool| {
        pairs.iter().filter(|pair| pair.named && pair.right == right).count() as f64 + 0.5
    };
    rounded((of(true) / of(false)).ln())
}

/// Four digits are enough.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved() {
        let solution =
            solve([[2.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 4.0]], [4.0, 10.0, 14.0]);
        assert!(
            (solution[0] - 1.0).abs() < 1e-9
                && (solution[1] - 2.0).abs() < 1e-9
                && (solution[2] - 3.0).abs() < 1e-9
        );
    }

    #[test]
    fn the_feature_that_tells_gets_the_weight() {
        // Feature 0 marks the right candidate three times in four, feature 1 never says anything.
        let groups: Vec<Group> = (0..40)
            .map(|number| {
                let mut rows = vec![[0.0; COUNT]; 5];
                rows[if number % 4 == 0 { 1 } else { 2 }][0] = 1.0;
                rows[number % 5][1] = 1.0;
                Group {
                    set: 0,
                    label: number,
                    asks_interest: true,
                    members: (0..5).collect(),
                    address: Address::default(),
                    among_all: true,
                    right: vec![2],
                    all: rows.clone().into(),
                    rows,
                    weight: 1.0,
                }
            })
            .collect();
        let chosen: Vec<&Group> = groups.iter().collect();
        let weights = minimize(&chosen, &[true; COUNT], 1e-4);
        assert!(weights[0] > 1.5, "{weights:?}");
        assert!(weights[1].abs() < 0.3 && weights[2] == 0.0);
        let mut active = [true; COUNT];
        active[0] = false;
        assert_eq!(minimize(&chosen, &active, 1e-4)[0], 0.0);
    }

    #[test]
    fn calibration_finds_the_rate() {
        let around = |best: f64, is_outside_iso: bool| Circumstances {
            peaks: crate::matching::model::Peaks { best, followers: 0.0 },
            is_outside_iso,
            ..Circumstances::default()
        };
        let pairs: Vec<Pair> = (0..1000)
            .map(|at| Pair {
                score: f64::from(at % 10),
                around: around(f64::from(at % 7), at % 2 == 0),
                named: at % 100 == 9,
                among_all: false,
                right: (at / 10) % 10 < at % 10,
                weight: 1.0,
            })
            .collect();
        let calibration = calibrate(&pairs);
        let at_five = calibration.log_odds(5.0, around(3.0, false), false);
        let at_five = crate::matching::model::probability(at_five);
        assert!((at_five - 0.5).abs() < 0.1, "{at_five}");
        assert!(calibration.named > 1.0, "{calibration:?}");
    }
}
