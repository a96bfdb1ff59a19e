//! The fitted model of closeness: weights of the signals, a curve of probability, thresholds of the
//! classes. All of it is data, `src/matching/data/closeness.json`, written by
//! `examples/fit_closeness.rs`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::signals::{COUNT, NAMES, Signals};
use crate::error::{Class, Error, Failure};
use crate::files;

/// How probable it is that a work is on the same subject, from its signals.
///
/// ```
/// let model = spcg::matching::ClosenessModel::builtin();
/// assert!(model.fitted_on().contains("replace"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClosenessModel {
    fitted_on: String,
    date: String,
    /// Log odds of a work with score 0 and nothing beside it.
    bias: f64,
    /// Log odds that a score of 1 adds.
    slope: f64,
    /// Log odds that the logarithm of its share among all candidates adds: a work that stands out
    /// is more probable than one of many.
    lead: f64,
    weights: BTreeMap<String, f64>,
    #[serde(skip)]
    in_order: [f64; COUNT],
}

/// The largest file of a model.
const LARGEST: u64 = 1 << 20;

impl ClosenessModel {
    /// The model of the crate.
    #[must_use]
    pub fn builtin() -> ClosenessModel {
        ClosenessModel::from_json(include_str!("../data/closeness.json"))
            .unwrap_or_else(|_| ClosenessModel::new([0.0; COUNT], [0.0; 3], "", ""))
    }

    /// The model of the crate, read once.
    pub(crate) fn shared() -> &'static ClosenessModel {
        static SHARED: std::sync::OnceLock<ClosenessModel> = std::sync::OnceLock::new();
        SHARED.get_or_init(ClosenessModel::builtin)
    }

    /// A model out of a file that the fitting program wrote.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) for a file that is no model or names other signals than
    /// this version has; those of the file system.
    pub fn from_path(path: impl AsRef<Path>) -> Result<ClosenessModel, Error> {
        let path = path.as_ref();
        let text = files::read_text(path, LARGEST)?;
        ClosenessModel::from_json(&text)
            .map_err(|reason| Error::new(NotAModel(reason)).at_path(path))
    }

    fn from_json(text: &str) -> Result<ClosenessModel, String> {
        let mut model: ClosenessModel =
            serde_json::from_str(text).map_err(|error| error.to_string())?;
        for (name, at) in NAMES.iter().zip(0..) {
            model.in_order[at] = *model
                .weights
                .get(*name)
                .ok_or_else(|| format!("the signal `{name}` has no weight"))?;
        }
        if model.weights.len() > COUNT {
            return Err("it has weights of signals that this version does not know".to_owned());
        }
        Ok(model)
    }

    pub(crate) fn new(
        weights: [f64; COUNT],
        [bias, slope, lead]: [f64; 3],
        fitted_on: &str,
        date: &str,
    ) -> ClosenessModel {
        // Four digits say enough, and the same on every machine.
        let rounded = |value: f64| (value * 1e4).round() / 1e4;
        let weights = weights.map(rounded);
        ClosenessModel {
            fitted_on: fitted_on.to_owned(),
            date: date.to_owned(),
            bias: rounded(bias),
            slope: rounded(slope),
            lead: rounded(lead),
            weights: NAMES.iter().map(|name| (*name).to_owned()).zip(weights).collect(),
            in_order: weights,
        }
    }

    /// The model as a file holds it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// What it was fitted on, in a sentence.
    #[must_use]
    pub fn fitted_on(&self) -> &str {
        &self.fitted_on
    }

    /// The day on which it was fitted.
    #[must_use]
    pub fn date(&self) -> &str {
        &self.date
    }

    pub(crate) fn score(&self, signals: &Signals) -> f64 {
        self.in_order.iter().zip(signals).map(|(weight, signal)| weight * f64::from(*signal)).sum()
    }

    /// The probability of a score, whose logarithmic share among all candidates is `lead`.
    pub(crate) fn probability(&self, score: f64, lead: f64) -> f64 {
        1.0 / (1.0 + (-self.bias - self.slope * score - self.lead * lead).exp())
    }
}

#[derive(Debug, thiserror::Error)]
#[error("not a model of closeness: {0}")]
struct NotAModel(String);

impl Failure for NotAModel {
    fn class(&self) -> Class {
        Class::Malformed
    }
    fn remedy(&self) -> Option<std::borrow::Cow<'_, str>> {
        Some("write it with the program `fit_closeness` of this version".into())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_model_comes_back_from_its_file_and_a_strange_one_is_refused() {
        let model =
            ClosenessModel::new([0.5; COUNT], [-3.0, 1.0, 0.5], "invented pairs", "2026-11-25");
        assert_eq!(ClosenessModel::from_json(&model.to_json()).unwrap(), model);
        assert!(ClosenessModel::from_json(&model.to_json().replace("letters", "x")).is_err());
        assert!(model.probability(model.score(&[1.0; COUNT]), 0.0) > 0.99);
        assert!(model.probability(0.0, 0.0) < 0.05);
        assert!(model.probability(3.0, -2.0) < model.probability(3.0, -1.0));
        // The file in the crate is one.
        ClosenessModel::from_json(include_str!("../data/closeness.json")).unwrap();
    }
}
