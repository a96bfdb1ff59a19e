//! The signals: what speaks for a committee, each computed for all candidates at once and
//! explainable by itself.

use serde::{Deserialize, Serialize};

/// A reason to think that a committee is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Signal {
    /// The proposal against the committee's title, keywords and (imported) official scope.
    Scope,
    /// The proposal against the vocabulary of what the committee has published.
    Portfolio,
    /// The nearest existing works vote for the committees that own them.
    Neighbours,
    /// The proposal's title begins like titles of the committee's works.
    Series,
    /// Similarity of titles.
    Title,
    /// The proposal names the committee.
    Mention,
    /// The proposal cites a standard that the committee owns.
    Citation,
    /// Committees in formal liaison with those that score high.
    Liaison,
    /// Parent, subcommittees and siblings of committees that score high.
    Family,
    /// Shared codes of the International Classification for Standards.
    Classification,
    /// How much the committee publishes, and in which organization it is: what is known before the
    /// proposal is read.
    Prior,
}

impl Signal {
    /// All signals, in the order of reports.
    pub const ALL: [Signal; 11] = [
        Signal::Scope,
        Signal::Portfolio,
        Signal::Neighbours,
        Signal::Series,
        Signal::Title,
        Signal::Mention,
        Signal::Citation,
        Signal::Liaison,
        Signal::Family,
        Signal::Classification,
        Signal::Prior,
    ];

    /// Its name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Signal::Scope => "scope",
            Signal::Portfolio => "portfolio",
            Signal::Neighbours => "neighbours",
            Signal::Series => "series",
            Signal::Title => "title",
            Signal::Mention => "mention",
            Signal::Citation => "citation",
            Signal::Liaison => "liaison",
            Signal::Family => "family",
            Signal::Classification => "classification",
            Signal::Prior => "prior",
        }
    }
}

/// A number computed for every candidate, which the model weighs. Several features may make one
/// signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Feature {
    pub(crate) name: &'static str,
    pub(crate) signal: Signal,
}

const fn feature(name: &'static str, signal: Signal) -> Feature {
    Feature { name, signal }
}

/// All features, in the order in which a row of [`Row`] holds them.
pub(crate) const FEATURES: [Feature; COUNT] = [
    feature("scope_log", Signal::Scope),
    feature("portfolio", Signal::Portfolio),
    feature("portfolio_log", Signal::Portfolio),
    feature("neighbours", Signal::Neighbours),
    feature("neighbours_log", Signal::Neighbours),
    feature("title_neighbours_log", Signal::Neighbours),
    feature("series", Signal::Series),
    feature("title_terms_log", Signal::Title),
    feature("title_similarity", Signal::Title),
    feature("mention", Signal::Mention),
    feature("citation", Signal::Citation),
    feature("liaison", Signal::Liaison),
    feature("liaison_log", Signal::Liaison),
    feature("near_liaison_log", Signal::Liaison),
    feature("liaisons_held", Signal::Liaison),
    feature("no_liaisons", Signal::Liaison),
    feature("family_log", Signal::Family),
    feature("classification", Signal::Classification),
    feature("works", Signal::Prior),
    feature("no_works", Signal::Prior),
    feature("inactive", Signal::Prior),
    feature("subcommittee", Signal::Prior),
    feature("is_iec", Signal::Prior),
    feature("is_itu_t", Signal::Prior),
    feature("portfolio_log_outside_iso", Signal::Portfolio),
    feature("neighbours_outside_iso", Signal::Neighbours),
    feature("scope_log_outside_iso", Signal::Scope),
];

/// How many features.
pub(crate) const COUNT: usize = 27;

/// The features of one candidate.
pub(crate) type Row = [f32; COUNT];

pub(crate) const SCOPE_LOG: usize = 0;
pub(crate) const PORTFOLIO: usize = 1;
pub(crate) const PORTFOLIO_LOG: usize = 2;
pub(crate) const NEIGHBOURS: usize = 3;
pub(crate) const NEIGHBOURS_LOG: usize = 4;
pub(crate) const TITLE_NEIGHBOURS_LOG: usize = 5;
pub(crate) const SERIES: usize = 6;
pub(crate) const TITLE_TERMS_LOG: usize = 7;
pub(crate) const TITLE_SIMILARITY: usize = 8;
pub(crate) const MENTION: usize = 9;
pub(crate) const CITATION: usize = 10;
pub(crate) const LIAISON: usize = 11;
pub(crate) const LIAISON_LOG: usize = 12;
pub(crate) const NEAR_LIAISON_LOG: usize = 13;
pub(crate) const LIAISONS_HELD: usize = 14;
pub(crate) const NO_LIAISONS: usize = 15;
pub(crate) const FAMILY_LOG: usize = 16;
pub(crate) const CLASSIFICATION: usize = 17;
pub(crate) const WORKS: usize = 18;
pub(crate) const NO_WORKS: usize = 19;
pub(crate) const INACTIVE: usize = 20;
pub(crate) const SUBCOMMITTEE: usize = 21;
pub(crate) const IS_IEC: usize = 22;
pub(crate) const IS_ITU_T: usize = 23;
pub(crate) const PORTFOLIO_LOG_OUTSIDE_ISO: usize = 24;
pub(crate) const NEIGHBOURS_OUTSIDE_ISO: usize = 25;
pub(crate) const SCOPE_LOG_OUTSIDE_ISO: usize = 26;

/// Divides by the largest; leaves zeros where all are zero.
pub(crate) fn over_largest(values: &mut [f32]) {
    let largest = values.iter().copied().fold(0.0, f32::max);
    if largest > 1e-9 {
        for value in values {
            *value /= largest;
        }
    }
}

/// The logarithms of shares of the largest, with a floor so that nothing is minus infinity.
pub(crate) fn log_shares(shares: &[f32], floor: f32, logarithms: &mut [f32]) {
    for (logarithm, share) in logarithms.iter_mut().zip(shares) {
        *logarithm = natural_logarithm(share + floor);
    }
}

/// The natural logarithm of a positive, normal number, to some units of the last place.
///
/// Unlike the one of a system's library it is the same on every machine, and a loop over it is
/// computed several numbers at a time: `x` is `2^e · m` with `m` near 1, and `ln m` is `2 ·
/// artanh((m - 1) / (m + 1))`, whose series ends quickly.
#[inline]
fn natural_logarithm(x: f32) -> f32 {
    // The bits of √½: what is above them by whole exponents is e, the rest m, from √½ to √2.
    const ROOT_OF_HALF: u32 = 0x3f35_04f3;
    let above = x.to_bits().wrapping_sub(ROOT_OF_HALF);
    let exponent = above as i32 >> 23;
    let mantissa = f32::from_bits((above & 0x007f_ffff) + ROOT_OF_HALF);
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let square = s * s;
    let series =
        1.0 + square * (1.0 / 3.0 + square * (0.2 + square * (1.0 / 7.0 + square * (1.0 / 9.0))));
    exponent as f32 * std::f32::consts::LN_2 + 2.0 * s * series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_names_agree() {
        for (position, name) in [
            (SCOPE_LOG, "scope_log"),
            (PORTFOLIO_LOG, "portfolio_log"),
            (TITLE_NEIGHBOURS_LOG, "title_neighbours_log"),
            (TITLE_SIMILARITY, "title_similarity"),
            (NEAR_LIAISON_LOG, "near_liaison_log"),
            (FAMILY_LOG, "family_log"),
            (INACTIVE, "inactive"),
            (IS_ITU_T, "is_itu_t"),
            (SCOPE_LOG_OUTSIDE_ISO, "scope_log_outside_iso"),
        ] {
            assert_eq!(FEATURES[position].name, name);
        }
    }

    #[test]
    fn logarithms_are_those_of_the_library() {
        for step in 1..20_000 {
            let x = step as f32 * 1e-4;
            let (own, expected) = (natural_logarithm(x), x.ln());
            assert!(
                (own - expected).abs() <= 1e-6 * expected.abs().max(1.0),
                "{x}: {own} {expected}"
            );
        }
        for x in [f32::MIN_POSITIVE, 1e-30, 1.0, 1e30] {
            assert!((natural_logarithm(x) - x.ln()).abs() <= 1e-5, "{x}");
        }
    }

    #[test]
    fn every_signal_has_a_feature() {
        for signal in Signal::ALL {
            assert!(FEATURES.iter().any(|feature| feature.signal == signal), "{}", signal.name());
        }
    }
}
