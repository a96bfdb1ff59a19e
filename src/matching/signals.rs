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

/// Declares every feature once: the name in model files, the signal to which it belongs, and a
/// constant with its place in a [`Row`].
macro_rules! features {
    ($($place:ident $name:literal of $signal:ident,)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)] // become constants below
        enum Place { $($place,)* End }
        $(pub(crate) const $place: usize = Place::$place as usize;)*

        /// How many features.
        pub(crate) const COUNT: usize = Place::End as usize;

        /// All features, in the order in which a [`Row`] holds them.
        pub(crate) const FEATURES: [Feature; COUNT] =
            [$(Feature { name: $name, signal: Signal::$signal },)*];
    };
}

features! {
    SCOPE_LOG "scope_log" of Scope,
    PORTFOLIO "portfolio" of Portfolio,
    PORTFOLIO_LOG "portfolio_log" of Portfolio,
    NEIGHBOURS "neighbours" of Neighbours,
    NEIGHBOURS_LOG "neighbours_log" of Neighbours,
    TITLE_NEIGHBOURS_LOG "title_neighbours_log" of Neighbours,
    NEAREST_WORK "nearest_work" of Neighbours,
    SERIES "series" of Series,
    TITLE_TERMS_LOG "title_terms_log" of Title,
    TITLE_SIMILARITY "title_similarity" of Title,
    MENTION "mention" of Mention,
    CITATION "citation" of Citation,
    LIAISON "liaison" of Liaison,
    LIAISON_LOG "liaison_log" of Liaison,
    NEAR_LIAISON_LOG "near_liaison_log" of Liaison,
    LIAISONS_HELD "liaisons_held" of Liaison,
    NO_LIAISONS "no_liaisons" of Liaison,
    FAMILY_LOG "family_log" of Family,
    CLASSIFICATION "classification" of Classification,
    WORKS "works" of Prior,
    NO_WORKS "no_works" of Prior,
    INACTIVE "inactive" of Prior,
    SUBCOMMITTEE "subcommittee" of Prior,
    IS_IEC "is_iec" of Prior,
    IS_ITU_T "is_itu_t" of Prior,
    PORTFOLIO_LOG_OUTSIDE_ISO "portfolio_log_outside_iso" of Portfolio,
    NEIGHBOURS_OUTSIDE_ISO "neighbours_outside_iso" of Neighbours,
    SCOPE_LOG_OUTSIDE_ISO "scope_log_outside_iso" of Scope,
}

/// The features of one candidate.
pub(crate) type Row = [f32; COUNT];

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
    fn places_are_the_names_in_capitals() {
        assert_eq!(FEATURES[SCOPE_LOG].name, "scope_log");
        assert_eq!(FEATURES[SCOPE_LOG_OUTSIDE_ISO].name, "scope_log_outside_iso");
        let mut names = FEATURES.map(|feature| feature.name);
        names.sort_unstable();
        assert!(names.windows(2).all(|two| two[0] != two[1]));
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
