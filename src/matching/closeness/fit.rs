//! Fits the weights: the works on the same subject against the other candidates of their query.

use super::model::ClosenessModel;
use super::signals::{COUNT, Signals};

/// The candidates of one query.
pub(crate) type Group = Vec<(Signals, Truth)>;

/// Whether a candidate is on the same subject, as far as the label tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    Right,
    Wrong,
    /// Another part of the series of a right one: it is not named, and may well be close.
    Open,
}

impl Truth {
    fn is_right(self) -> bool {
        self == Truth::Right
    }
}

/// Steps of Newton's method at most; ten are enough.
const STEPS: usize = 40;

/// The model that tells the right works of `groups` from their other candidates best.
///
/// All labels are of standards that had a work on their subject before them: the probability is
/// that a work is the one, or one of those, if there is any.
pub(crate) fn fit(groups: &[&Group], penalty: f64, fitted_on: &str, date: &str) -> ClosenessModel {
    let weights = ranking_weights(groups, penalty);
    let curve = curve(groups, &weights);
    ClosenessModel::new(weights, curve, fitted_on, date)
}

fn product(weights: &[f64; COUNT], signals: &Signals) -> f64 {
    weights.iter().zip(signals).map(|(weight, signal)| weight * f64::from(*signal)).sum()
}

/// Multinomial regression over each group's candidates, by Newton's method with halved steps.
fn ranking_weights(groups: &[&Group], penalty: f64) -> [f64; COUNT] {
    let groups: Vec<&Group> = groups
        .iter()
        .copied()
        .filter(|group| group.iter().any(|(_, truth)| truth.is_right()))
        .collect();
    let mut weights = [0.0; COUNT];
    let mut value = loss(&groups, &weights, penalty);
    for _ in 0..STEPS {
        let (gradient, curvature) = slopes(&groups, &weights, penalty);
        let step = solve(curvature, gradient);
        let mut length = 1.0;
        let better = (0..20).find_map(|_| {
            let next: [f64; COUNT] = std::array::from_fn(|at| weights[at] - length * step[at]);
            let next_value = loss(&groups, &next, penalty);
            length *= 0.5;
            (next_value < value).then_some((next, next_value))
        });
        let Some((next, next_value)) = better else { break };
        let gain = value - next_value;
        (weights, value) = (next, next_value);
        if gain < 1e-10 * value {
            break;
        }
    }
    weights
}

/// The share of each candidate, and how many are right.
fn shares(group: &Group, weights: &[f64; COUNT]) -> (Vec<f64>, f64, f64) {
    let scores: Vec<f64> = group.iter().map(|(signals, _)| product(weights, signals)).collect();
    let most = scores.iter().copied().fold(f64::MIN, f64::max);
    let sum: f64 = scores.iter().map(|score| (score - most).exp()).sum();
    let right = group.iter().filter(|(_, truth)| truth.is_right()).count() as f64;
    let mean: f64 = group
        .iter()
        .zip(&scores)
        .filter(|((_, truth), _)| truth.is_right())
        .map(|(_, score)| score / right)
        .sum();
    let loss = most + sum.ln() - mean;
    (scores.into_iter().map(|score| (score - most).exp() / sum).collect(), right, loss)
}

fn loss(groups: &[&Group], weights: &[f64; COUNT], penalty: f64) -> f64 {
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    groups.iter().map(|group| shares(group, weights).2).sum::<f64>() + penalty * squares
}

fn slopes(
    groups: &[&Group],
    weights: &[f64; COUNT],
    penalty: f64,
) -> ([f64; COUNT], [[f64; COUNT]; COUNT]) {
    let mut gradient: [f64; COUNT] = std::array::from_fn(|at| 2.0 * penalty * weights[at]);
    let mut curvature = [[0.0; COUNT]; COUNT];
    for (at, row) in curvature.iter_mut().enumerate() {
        row[at] = 2.0 * penalty;
    }
    for group in groups {
        let (shares, right, _) = shares(group, weights);
        let mut mean = [0.0; COUNT];
        for ((signals, _), share) in group.iter().zip(&shares) {
            for at in 0..COUNT {
                mean[at] += share * f64::from(signals[at]);
            }
        }
        for ((signals, truth), share) in group.iter().zip(&shares) {
            let error = share - if truth.is_right() { 1.0 / right } else { 0.0 };
            for row in 0..COUNT {
                gradient[row] += error * f64::from(signals[row]);
                let from_mean = share * (f64::from(signals[row]) - mean[row]);
                for column in 0..COUNT {
                    curvature[row][column] +=
                        from_mean * (f64::from(signals[column]) - mean[column]);
                }
            }
        }
    }
    (gradient, curvature)
}

/// The logarithm of the sum of the exponentials: what shares are measured against.
pub(crate) fn log_sum(scores: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = scores.clone().fold(f64::MIN, f64::max);
    most + scores.map(|score| (score - most).exp()).sum::<f64>().ln()
}

/// Bias, slope and lead of the probability: logistic regression of truth on score and logarithmic
/// share over all candidates.
fn curve(groups: &[&Group], weights: &[f64; COUNT]) -> [f64; 3] {
    let pairs: Vec<([f64; 3], f64)> = groups
        .iter()
        .flat_map(|group| {
            let scores: Vec<f64> =
                group.iter().map(|(signals, _)| product(weights, signals)).collect();
            let sum = log_sum(scores.iter().copied());
            let known = group.iter().zip(scores).filter(|((_, truth), _)| *truth != Truth::Open);
            known
                .map(|((_, truth), score)| {
                    ([1.0, score, score - sum], f64::from(u8::from(truth.is_right())))
                })
                .collect::<Vec<_>>()
        })
        .collect();
    let odds = |parameters: &[f64; 3], values: &[f64; 3]| -> f64 {
        parameters.iter().zip(values).map(|(parameter, value)| parameter * value).sum()
    };
    let loss = |parameters: &[f64; 3]| -> f64 {
        let of = |(values, right): &([f64; 3], f64)| {
            let odds = odds(parameters, values);
            let signed = if *right > 0.5 { -odds } else { odds };
            signed.max(0.0) + (-signed.abs()).exp().ln_1p()
        };
        pairs.iter().map(of).sum()
    };
    let mut parameters = [-5.0, 0.0, 0.5];
    let mut value = loss(&parameters);
    for _ in 0..STEPS {
        let (mut gradient, mut curvature) = ([0.0; 3], [[0.0; 3]; 3]);
        for (at, row) in curvature.iter_mut().enumerate() {
            row[at] = 1e-9;
        }
        for (values, right) in &pairs {
            let probability = 1.0 / (1.0 + (-odds(&parameters, values)).exp());
            let spread = probability * (1.0 - probability);
            for row in 0..3 {
                gradient[row] += (probability - right) * values[row];
                for column in 0..3 {
                    curvature[row][column] += spread * values[row] * values[column];
                }
            }
        }
        let step = solve(curvature, gradient);
        let mut length = 1.0;
        let better = (0..20).find_map(|_| {
            let next: [f64; 3] = std::array::from_fn(|at| parameters[at] - length * step[at]);
            let next_value = loss(&next);
            length *= 0.5;
            (next_value < value).then_some((next, next_value))
        });
        let Some((next, next_value)) = better else { break };
        let gain = value - next_value;
        (parameters, value) = (next, next_value);
        if gain < 1e-10 * value {
            break;
        }
    }
    parameters
}

/// Solves a system of linear equations by elimination with pivots.
pub(crate) fn solve<const N: usize>(mut matrix: [[f64; N]; N], mut right: [f64; N]) -> [f64; N] {
    for column in 0..N {
        let pivot = (column..N)
            .max_by(|a, b| matrix[*a][column].abs().total_cmp(&matrix[*b][column].abs()))
            .unwrap_or(column);
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        if matrix[column][column].abs() < 1e-15 {
            return [0.0; N];
        }
        for row in (0..N).filter(|row| *row != column) {
            let factor = matrix[row][column] / matrix[column][column];
            let pivot = matrix[column];
            matrix[row].iter_mut().zip(pivot).for_each(|(value, above)| *value -= factor * above);
            right[row] -= factor * right[column];
        }
    }
    std::array::from_fn(|at| right[at] / matrix[at][at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signal_that_tells_gets_the_weight_and_the_curve_the_rate() {
        let groups: Vec<Group> = (0..60)
            .map(|number: u32| {
                let noise = |at: u32| ((number * 31 + at * 17) % 10) as f32 / 10.0;
                (0..8)
                    .map(|at| {
                        let mut signals = [0.0; COUNT];
                        let right = at == number % 8;
                        signals[0] = if right { 0.9 } else { 0.2 } + noise(at) / 5.0;
                        signals[1] = noise(at + 3);
                        (signals, if right { Truth::Right } else { Truth::Wrong })
                    })
                    .collect()
            })
            .collect();
        let all: Vec<&Group> = groups.iter().collect();
        let model = fit(&all, 1e-2, "invented pairs", "2026-11-25");
        let (mut near, mut far) = ([0.0; COUNT], [0.0; COUNT]);
        (near[0], far[0], far[1]) = (1.0, 0.3, 0.9);
        let (near, far) = (model.score(&near), model.score(&far));
        let sum = log_sum([near, far].into_iter());
        assert!(model.probability(near, near - sum) > 0.9);
        assert!(model.probability(far, far - sum) < 0.1);
    }
}
