//! The learned part: weights of the features, and the step from scores to probabilities.
//!
//! A model is data: a small JSON file with its provenance. It is additive, so that what each signal
//! adds can be shown:
//!
//! * the *score* of a candidate is `Σ weight · feature`, with one set of weights for the question
//!   «who is concerned?» and one for «who would do it?»;
//! * the *log-odds* that it is concerned are `bias + slope · score − crowd · peak − followers ·
//!   followers' peak` and constants for committees outside ISO, for those of the organization that
//!   the proposal is addressed to and for proposals that name a committee to do the work. A peak is
//!   the score that some of the best candidates reach (the logarithm of the mean of their
//!   exponentials): the ten best, and the ten that follow the first two. So a subject which many
//!   committees share, or none, is judged fairly, and one strong winner presses the others down
//!   half as much as ten would.
//! * a committee that the proposal *names* has at least the log-odds that named ones had on the
//!   labels, whatever the signals say.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

use super::best::insert;
use super::interest::Contribution;
use super::signals::{COUNT, FEATURES, MENTION, Row, Signal};
use crate::error::{Class, Error, Failure};
use crate::files;

/// The largest file. A model is some kilobytes.
const LARGEST: u64 = 16 << 20;

/// A model with what it was fitted on. Immutable and cheap to clone.
#[derive(Clone, Debug)]
pub struct Model(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    file: ModelFile,
    with_works: Heads,
    without_works: Heads,
}

/// The file form.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModelFile {
    pub(crate) name: String,
    /// What it was fitted on.
    pub(crate) fitted_on: String,
    /// When, as a date.
    pub(crate) date: String,
    /// Probability from which a committee is flagged.
    pub(crate) threshold: f64,
    /// The same for committees of organizations that are not addressed. It is lower: registers
    /// record few interests across organizations, so probabilities there are too low, and asking
    /// costs little.
    pub(crate) threshold_elsewhere: f64,
    /// Measures reached when it was fitted, cross-validated.
    #[serde(default)]
    pub(crate) figures: BTreeMap<String, f64>,
    /// For an index with works.
    pub(crate) with_works: HeadsFile,
    /// For the built-in profile.
    pub(crate) without_works: HeadsFile,
}

/// Both sets of weights and the calibration.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeadsFile {
    /// Who is concerned?
    pub(crate) interest: BTreeMap<String, f32>,
    /// Who would do it?
    pub(crate) home: BTreeMap<String, f32>,
    /// The same for a proposal without classification codes.
    pub(crate) home_without_codes: BTreeMap<String, f32>,
    pub(crate) calibration: Calibration,
}

/// From score to log-odds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Calibration {
    pub(crate) bias: f64,
    pub(crate) slope: f64,
    pub(crate) crowd: f64,
    /// Added for committees of IEC and ITU-T: scores are ranked inside organizations, and only
    /// labels that name committees of several of them tell how these compare.
    pub(crate) outside_iso: f64,
    /// Taken off for the peak of those that follow the first two.
    #[serde(default)]
    pub(crate) followers: f64,
    /// Added for committees of the organization that is addressed.
    #[serde(default)]
    pub(crate) own_organization: f64,
    /// Added for all where the proposal names a committee that is to do the work.
    #[serde(default)]
    pub(crate) has_addressee: f64,
    /// Log-odds of a committee that the proposal names, at least.
    #[serde(default = "nothing")]
    pub(crate) named: f64,
}

fn nothing() -> f64 {
    NOTHING
}

/// Differences of sums that come of the order of adding in single precision.
const ROUNDING: f64 = 1e-3;

/// Log-odds that no signal goes below.
const NOTHING: f64 = -99.0;

/// What is known of a candidate, or of all of a proposal, beside the signals.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Circumstances {
    pub(crate) peaks: Peaks,
    pub(crate) is_outside_iso: bool,
    pub(crate) is_of_own_organization: bool,
    pub(crate) has_addressee: bool,
}

/// What the best candidates of a proposal reach.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Peaks {
    /// The ten best.
    pub(crate) best: f64,
    /// The ten that follow the first two.
    pub(crate) followers: f64,
}

/// The same as arrays.
#[derive(Clone, Debug)]
pub(crate) struct Heads {
    pub(crate) interest: [f32; COUNT],
    pub(crate) home: [f32; COUNT],
    pub(crate) home_without_codes: [f32; COUNT],
    pub(crate) calibration: Calibration,
}

static BUILTIN: LazyLock<Model> = LazyLock::new(|| {
    // The file is part of the crate; a test reads it. The fallback knows nothing and flags nothing.
    Model::from_json(include_str!("data/model.json")).unwrap_or_else(|_| Model::blank())
});

/// Candidates that make a peak.
const PEAK_CANDIDATES: usize = 10;
/// The first of the followers' peak: one committee may be the home of the work, and one its twin in
/// another organization.
const FIRST_FOLLOWER: usize = 2;

impl Model {
    /// The model inside the crate.
    #[must_use]
    pub fn builtin() -> Model {
        BUILTIN.clone()
    }

    /// Reads a model that the example `fit` wrote.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when it is not a model, or names features that this version
    /// does not compute.
    pub fn from_json(text: &str) -> Result<Model, Error> {
        let file: ModelFile = serde_json::from_str(text).map_err(|source| {
            Error::new(ModelFailure::Json(source.to_string()))
                .at(source.line().max(1), source.column().max(1))
        })?;
        Model::from_file(file)
    }

    /// Reads a model from a file.
    ///
    /// # Errors
    /// As [`Model::from_json`], and those of the file system.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Model, Error> {
        let path = path.as_ref();
        let text = files::read_text(path, LARGEST)?;
        Model::from_json(&text).map_err(|error| error.at_path(path))
    }

    pub(crate) fn from_file(file: ModelFile) -> Result<Model, Error> {
        let with_works = Heads::from_file(&file.with_works)?;
        let without_works = Heads::from_file(&file.without_works)?;
        Ok(Model(Arc::new(Inner { file, with_works, without_works })))
    }

    fn blank() -> Model {
        let heads = Heads {
            interest: [0.0; COUNT],
            home: [0.0; COUNT],
            home_without_codes: [0.0; COUNT],
            calibration: Calibration { bias: -9.0, named: NOTHING, ..Calibration::default() },
        };
        let file = ModelFile {
            name: "none".to_owned(),
            fitted_on: String::new(),
            date: String::new(),
            threshold: 0.5,
            threshold_elsewhere: 0.5,
            figures: BTreeMap::new(),
            with_works: HeadsFile::default(),
            without_works: HeadsFile::default(),
        };
        Model(Arc::new(Inner { file, with_works: heads.clone(), without_works: heads }))
    }

    /// Its name with the date on which it was fitted.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} ({})", self.0.file.name, self.0.file.date)
    }

    /// The data that it was fitted on.
    #[must_use]
    pub fn fitted_on(&self) -> &str {
        &self.0.file.fitted_on
    }

    /// Probability from which a committee of the addressed organization is flagged.
    #[must_use]
    pub fn threshold(&self) -> f64 {
        self.0.file.threshold
    }

    /// Probability from which a committee of another organization is flagged. It is lower, since
    /// registers record few interests across organizations, and asking costs little.
    #[must_use]
    pub fn threshold_elsewhere(&self) -> f64 {
        self.0.file.threshold_elsewhere
    }

    pub(crate) fn heads(&self, with_works: bool) -> &Heads {
        if with_works { &self.0.with_works } else { &self.0.without_works }
    }

    pub(crate) fn file(&self) -> &ModelFile {
        &self.0.file
    }
}

impl Heads {
    fn from_file(file: &HeadsFile) -> Result<Heads, Error> {
        Ok(Heads {
            interest: weights(&file.interest)?,
            home: weights(&file.home)?,
            home_without_codes: weights(&file.home_without_codes)?,
            calibration: file.calibration,
        })
    }

    /// Score of a row for the question «who is concerned?».
    #[cfg(test)]
    pub(crate) fn interest_score(&self, row: &Row) -> f32 {
        dot(&self.interest, row)
    }

    /// The weights for the question «who would do it?».
    pub(crate) fn home_weights(&self, has_codes: bool) -> &[f32; COUNT] {
        if has_codes { &self.home } else { &self.home_without_codes }
    }

    /// What the baseline and each signal add to the log-odds, the largest first.
    ///
    /// What lifts a candidate to `log_odds` beyond the sum is its family: see
    /// [`Prior::areas`](super::prior::Prior::areas).
    pub(crate) fn contributions(
        &self,
        row: &Row,
        around: Circumstances,
        log_odds: f64,
    ) -> Vec<Contribution> {
        let slope = self.calibration.slope;
        let baseline = self.calibration.baseline(around);
        let mut parts = Vec::with_capacity(Signal::ALL.len() + 1);
        parts.push(Contribution { signal: None, log_odds: baseline });
        parts
            .extend(Signal::ALL.map(|signal| Contribution { signal: Some(signal), log_odds: 0.0 }));
        for ((feature, weight), value) in FEATURES.iter().zip(self.interest).zip(row) {
            // The signals stand in the order of their declaration.
            parts[1 + feature.signal as usize].log_odds +=
                slope * f64::from(weight) * f64::from(*value);
        }
        let sum: f64 = parts.iter().map(|part| part.log_odds).sum();
        if row[MENTION] > 0.0 && sum < self.calibration.named {
            parts[1 + Signal::Mention as usize].log_odds += self.calibration.named - sum;
        }
        let lifted = log_odds - parts.iter().map(|part| part.log_odds).sum::<f64>();
        if lifted > ROUNDING {
            parts[1 + Signal::Family as usize].log_odds += lifted;
        }
        parts[1..].sort_by(|a, b| b.log_odds.total_cmp(&a.log_odds).then(a.signal.cmp(&b.signal)));
        parts
    }
}

impl Calibration {
    /// Log-odds of a score; `is_named` where the proposal names the candidate.
    pub(crate) fn log_odds(self, score: f64, around: Circumstances, is_named: bool) -> f64 {
        let log_odds = self.baseline(around) + self.slope * score;
        if is_named { log_odds.max(self.named) } else { log_odds }
    }

    /// The score that adds so much to the log-odds.
    pub(crate) fn score_of(self, log_odds: f64) -> f32 {
        if log_odds > 0.0 && self.slope > 0.0 { (log_odds / self.slope) as f32 } else { 0.0 }
    }

    fn baseline(self, around: Circumstances) -> f64 {
        let peaks = around.peaks;
        let when = |is: bool, constant: f64| if is { constant } else { 0.0 };
        self.bias - self.crowd * peaks.best - self.followers * peaks.followers
            + when(around.is_outside_iso, self.outside_iso)
            + when(around.is_of_own_organization, self.own_organization)
            + when(around.has_addressee, self.has_addressee)
    }
}

/// The logistic function.
pub(crate) fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// What the best of `scores` reach.
pub(crate) fn peaks(scores: impl Iterator<Item = f32>) -> Peaks {
    const KEPT: usize = PEAK_CANDIDATES + FIRST_FOLLOWER;
    let mut best: Vec<f32> = Vec::with_capacity(KEPT + 1);
    for score in scores {
        insert(&mut best, KEPT, score, |one, other| one > other);
    }
    let followers = best.get(FIRST_FOLLOWER..).unwrap_or_default();
    Peaks { best: peak(&best[..best.len().min(PEAK_CANDIDATES)]), followers: peak(followers) }
}

/// The logarithm of the mean of the exponentials, as if there were ten of them.
fn peak(falling: &[f32]) -> f64 {
    let Some(largest) = falling.first().map(|best| f64::from(*best)) else { return 0.0 };
    let sum: f64 = falling.iter().map(|score| (f64::from(*score) - largest).exp()).sum();
    largest + (sum / PEAK_CANDIDATES as f64).ln()
}

#[cfg(test)]
fn dot(weights: &[f32; COUNT], row: &Row) -> f32 {
    weights.iter().zip(row).map(|(weight, value)| weight * value).sum()
}

fn weights(named: &BTreeMap<String, f32>) -> Result<[f32; COUNT], Error> {
    let mut weights = [0.0; COUNT];
    for (name, weight) in named {
        let position = FEATURES.iter().position(|feature| feature.name == name);
        let position =
            position.ok_or_else(|| Error::new(ModelFailure::UnknownFeature(name.clone())))?;
        if !weight.is_finite() {
            return Err(Error::new(ModelFailure::NotFinite(name.clone())));
        }
        weights[position] = *weight;
    }
    Ok(weights)
}

#[derive(Debug, thiserror::Error)]
enum ModelFailure {
    #[error("not a model: {0}")]
    Json(String),
    #[error("the model weighs `{0}`, which this version does not compute")]
    UnknownFeature(String),
    #[error("the weight of `{0}` is not a number")]
    NotFinite(String),
}

impl Failure for ModelFailure {
    fn class(&self) -> Class {
        Class::Malformed
    }
    fn remedy(&self) -> Option<Cow<'_, str>> {
        Some("fit the model again with this version".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_model_is_read() {
        let model = Model::from_json(include_str!("data/model.json")).unwrap();
        assert!(model.threshold() > 0.0 && model.threshold() < 1.0);
        assert!(!model.fitted_on().is_empty());
    }

    #[test]
    fn contributions_sum_to_the_log_odds() {
        let model = Model::builtin();
        for heads in [model.heads(true), model.heads(false)] {
            let row: Row = std::array::from_fn(|at| at as f32 / 7.0 - 1.0);
            for best in [1.5, 90.0] {
                let peaks = Peaks { best, followers: 1.0 };
                let around =
                    Circumstances { peaks, is_outside_iso: true, ..Circumstances::default() };
                let score = f64::from(heads.interest_score(&row));
                let expected = heads.calibration.log_odds(score, around, row[MENTION] > 0.0);
                for expected in [expected, expected + 2.0] {
                    let parts = heads.contributions(&row, around, expected);
                    let sum: f64 = parts.iter().map(|part| part.log_odds).sum();
                    assert!((sum - expected).abs() < 1e-4, "{sum} {expected}");
                }
            }
        }
    }

    #[test]
    fn a_peak_is_the_soft_mean_of_the_best() {
        assert_eq!(peaks(std::iter::empty()), Peaks::default());
        let even = peaks(std::iter::repeat_n(2.0, 50));
        assert!((even.best - 2.0).abs() < 1e-9 && (even.followers - 2.0).abs() < 1e-9);
        let strong = peaks([9.0].into_iter().chain(std::iter::repeat_n(2.0, 50)));
        assert!(strong.best > 6.0 && (strong.followers - 2.0).abs() < 1e-9);
    }
}
