//! The learned part: weights of the features, and the step from scores to probabilities.
//!
//! A model is data: a small JSON file with its provenance. It is additive, so that what each signal
//! adds can be shown:
//!
//! * the *score* of a candidate is `Σ weight · feature`, with one set of weights for the question
//!   «who is concerned?» and one for «who would do it?»;
//! * the *log-odds* that it is concerned are `bias + slope · score − crowd · peak` (and a constant
//!   for committees outside ISO), where `peak` is the score that the best candidates of the
//!   proposal reach (the logarithm of the mean of their exponentials), so that a subject which many
//!   committees share, or none, is judged fairly.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

use super::best::insert;
use super::interest::Contribution;
use super::signals::{COUNT, FEATURES, IS_IEC, IS_ITU_T, Row, Signal};
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

/// Best candidates that make the peak.
const PEAK_CANDIDATES: usize = 10;

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
            calibration: Calibration { bias: -9.0, slope: 0.0, crowd: 0.0, outside_iso: 0.0 },
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
    pub(crate) fn contributions(&self, row: &Row, peak: f64) -> Vec<Contribution> {
        let slope = self.calibration.slope;
        let baseline = self.calibration.baseline(peak, is_outside_iso(row));
        let mut parts = Vec::with_capacity(Signal::ALL.len() + 1);
        parts.push(Contribution { signal: None, log_odds: baseline });
        parts
            .extend(Signal::ALL.map(|signal| Contribution { signal: Some(signal), log_odds: 0.0 }));
        for ((feature, weight), value) in FEATURES.iter().zip(self.interest).zip(row) {
            // The signals stand in the order of their declaration.
            parts[1 + feature.signal as usize].log_odds +=
                slope * f64::from(weight) * f64::from(*value);
        }
        parts[1..].sort_by(|a, b| b.log_odds.total_cmp(&a.log_odds).then(a.signal.cmp(&b.signal)));
        parts
    }
}

impl Calibration {
    /// Log-odds of a score.
    pub(crate) fn log_odds(self, score: f64, peak: f64, is_outside_iso: bool) -> f64 {
        self.baseline(peak, is_outside_iso) + self.slope * score
    }

    fn baseline(self, peak: f64, is_outside_iso: bool) -> f64 {
        self.bias - self.crowd * peak + if is_outside_iso { self.outside_iso } else { 0.0 }
    }
}

/// True for a candidate of IEC or ITU-T.
pub(crate) fn is_outside_iso(row: &Row) -> bool {
    row[IS_IEC] + row[IS_ITU_T] > 0.5
}

/// The logistic function.
pub(crate) fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// The logarithm of the mean of the exponentials of the ten best scores.
pub(crate) fn peak(scores: impl Iterator<Item = f32>) -> f64 {
    let mut best: Vec<f32> = Vec::with_capacity(PEAK_CANDIDATES + 1);
    for score in scores {
        insert(&mut best, PEAK_CANDIDATES, score, |one, other| one > other);
    }
    let Some(largest) = best.first().map(|best| f64::from(*best)) else { return 0.0 };
    let sum: f64 = best.iter().map(|score| (f64::from(*score) - largest).exp()).sum();
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
            let parts = heads.contributions(&row, 1.5);
            let sum: f64 = parts.iter().map(|part| part.log_odds).sum();
            let expected = heads.calibration.log_odds(
                f64::from(heads.interest_score(&row)),
                1.5,
                is_outside_iso(&row),
            );
            assert!((sum - expected).abs() < 1e-4, "{sum} {expected}");
        }
    }

    #[test]
    fn a_peak_is_the_soft_mean_of_the_best() {
        assert_eq!(peak(std::iter::empty()), 0.0);
        assert!((peak(std::iter::repeat_n(2.0, 50)) - 2.0).abs() < 1e-9);
        assert!(peak([5.0, 1.0].into_iter()) < 5.0);
    }
}
