//! Every number that a rule compares with, its reason, and the data it was set on.

use serde::{Deserialize, Serialize};

use crate::matching::OverlapThresholds;

/// The matcher's own levels, which are the default.
const OVERLAP: OverlapThresholds = OverlapThresholds::DEFAULT;

/// Declares the thresholds once: field, type, value, and the text that is documentation and table
/// alike.
macro_rules! thresholds {
    ($($(#[doc = $doc:literal])+ $name:ident: $kind:ident = $value:expr;)*) => {
        /// The numbers of the checklist.
        ///
        /// A configuration may set each of them. Those on committees and texts are statements about
        /// a matcher and the data it was fitted on: [`set_on`](Thresholds::set_on) and
        /// [`data`](Thresholds::data) say which.
        ///
        /// ```
        /// let thresholds = spcg::checklist::Thresholds::default();
        /// assert!(thresholds.committee_possible < thresholds.committee_likely);
        /// ```
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        #[non_exhaustive]
        pub struct Thresholds {
            $($(#[doc = $doc])+ pub $name: $kind,)*
            /// When the thresholds on committees and texts were set: a date.
            pub set_on: String,
            /// On which data they were set.
            pub data: String,
        }

        impl Thresholds {
            /// Name, value and reason of each number, in order, for reports.
            #[must_use]
            pub fn table(&self) -> Vec<(&'static str, f64, &'static str)> {
                vec![$((stringify!($name), number::$kind(self.$name), concat!($($doc),+).trim_ascii()),)*]
            }

            /// Sets a number by its name; false when there is none of that name.
            pub(crate) fn set(&mut self, name: &str, value: f64) -> Result<(), Unsuitable> {
                match name {
                    $(stringify!($name) => { self.$name = from::$kind(value).ok_or(Unsuitable::Value(kind::$kind))?; })*
                    _ => return Err(Unsuitable::Name),
                }
                Ok(())
            }

            /// The names of all numbers.
            pub(crate) const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];
        }

        impl Default for Thresholds {
            fn default() -> Thresholds {
                Thresholds {
                    $($name: $value,)*
                    set_on: "2026-11-22".to_owned(),
                    data: "twelve real proposals and unrelated pairs of works in the development data".to_owned(),
                }
            }
        }
    };
}

/// Why a threshold cannot be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unsuitable {
    /// There is none of that name.
    Name,
    /// It cannot have that value; what it may be.
    Value(&'static str),
}

thresholds! {
    /// Committees from this probability on must be named, and asked. On the twelve real proposals
    /// of the development data four in ten of them were on record as concerned; more may have been,
    /// since registers are incomplete.
    committee_likely: f64 = 0.2;
    /// The same for committees of an organization that is not addressed. Between 10 % and 20 % five
    /// in a hundred and twenty were on record as concerned in real cases across organizations: not
    /// worth a finding each.
    committee_likely_elsewhere: f64 = 0.2;
    /// Committees from this probability on may be concerned: one or two in ten of them are on
    /// record as concerned.
    committee_possible: f64 = 0.1;
    /// Committees from this probability on are worth a liaison of their own; below it, only those
    /// whose works the proposal cites: shared words alone are not worth a finding.
    committee_liaison: f64 = 0.2;
    /// By how much the share of another organization must lead before the address is questioned:
    /// beyond what one single committee more or less can do.
    organization_lead: f64 = 0.25;
    /// How many committees of an organization count for its share: the long tail says how many
    /// committees an organization has, not what the subject is.
    organization_committees: usize = 5;
    /// Probability of being the home of the work from which an existing committee is a serious
    /// alternative.
    home_likely: f64 = 0.5;
    /// Similarity of texts that unrelated pairs hardly reach. The matcher gives no works below its
    /// own level, which is the same by default.
    overlap_moderate: f64 = OVERLAP.moderate;
    /// Similarity of texts on the same subject.
    overlap_strong: f64 = OVERLAP.strong;
    /// Similarity that texts published in common reach.
    overlap_near_duplicate: f64 = OVERLAP.near_duplicate;
    /// Probability from which a work may be on the same subject, though the texts are little alike.
    overlap_possible: f64 = OVERLAP.possible;
    /// Probability from which a work counts as being on the same subject, where the similarity is
    /// moderate.
    overlap_probable: f64 = OVERLAP.probable;
    /// Probability from which a document of another body must be named.
    elsewhere_close: f64 = 0.15;
    /// Similarity below which no probability makes a document of another body close. Set on ten
    /// subjects tried by hand, with one document of another body each.
    elsewhere_similarity: f64 = 0.15;
    /// Probability from which not naming it is more than advice.
    elsewhere_probable: f64 = 0.4;
    /// Likeness of two titles from which they count as equal: a word or two may differ.
    title_equal: f64 = 0.9;
    /// Likeness of two titles from which one proposal may have come before the other.
    title_related: f64 = 0.65;
    /// Characters of a title that still fit a line of a work programme and a ballot paper.
    title_length: usize = 150;
    /// Characters of a scope below which it can hardly name both an object and a limit.
    scope_length: usize = 80;
    /// Words of a distinction or a reason below which it can hardly name an object, aspect or
    /// limit.
    reason_words: usize = 5;
    /// Days after which a search no longer tells what is under way: half a year of meetings lies
    /// between.
    search_age_days: i64 = 180;
    /// Weeks that a committee needs to answer: its officers have to ask its members.
    contact_weeks: i64 = 6;
    /// Days before submission within which contacts were made for the record only.
    contact_late_days: i64 = 7;
    /// National members that take part: new committees of ISO and IEC and project committees need
    /// five.
    supporters_new_committee: usize = 5;
    /// National members that nominate experts for a new work item: four in a committee of up to 16
    /// participating members.
    supporters_new_work_item: usize = 4;
    /// The same in a committee of 17 or more.
    supporters_new_work_item_large: usize = 5;
    /// Members that commit themselves to an ITU-T Question: normally four.
    supporters_itu: usize = 4;
    /// The same for a work item of ITU-T, for which no number is prescribed: as many as a Question
    /// has, as advice.
    supporters_itu_item: usize = 4;
    /// Years for which a published text counts as recent work of its committee: one period of
    /// systematic review.
    recent_work_years: u16 = 5;
    /// Likely committees in an organization from which a field counts as wide there.
    wide_field_committees: usize = 4;
    /// Committees and works that a finding names; the rest is counted.
    shown: usize = 10;
}

/// Pairs of which the first is not above the second: a level that is stricter than the one above it
/// would never be told.
const ORDER: &[(&str, &str)] = &[
    ("committee_possible", "committee_likely"),
    ("committee_possible", "committee_likely_elsewhere"),
    ("overlap_moderate", "overlap_strong"),
    ("overlap_strong", "overlap_near_duplicate"),
    ("overlap_possible", "overlap_probable"),
    ("elsewhere_close", "elsewhere_probable"),
    ("title_related", "title_equal"),
    ("supporters_new_work_item", "supporters_new_work_item_large"),
];

impl Thresholds {
    /// The first two that contradict each other, with their values.
    pub(crate) fn contradiction(&self) -> Option<[(&'static str, f64); 2]> {
        let table = self.table();
        let value = |name: &str| table.iter().find(|(one, ..)| *one == name).map(|one| one.1);
        ORDER.iter().find_map(|(lower, upper)| {
            let (low, high) = (value(lower)?, value(upper)?);
            (low > high).then_some([(*lower, low), (*upper, high)])
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "thresholds are small")]
mod number {
    pub(super) fn f64(value: f64) -> f64 {
        value
    }
    pub(super) fn usize(value: usize) -> f64 {
        value as f64
    }
    pub(super) fn i64(value: i64) -> f64 {
        value as f64
    }
    pub(super) fn u16(value: u16) -> f64 {
        f64::from(value)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is checked before"
)]
mod from {
    fn whole(value: f64, most: f64) -> Option<f64> {
        (value.fract() == 0.0 && (0.0..=most).contains(&value)).then_some(value)
    }
    pub(super) fn f64(value: f64) -> Option<f64> {
        (0.0..=1.0).contains(&value).then_some(value)
    }
    pub(super) fn usize(value: f64) -> Option<usize> {
        whole(value, 100_000.0).map(|value| value as usize)
    }
    pub(super) fn i64(value: f64) -> Option<i64> {
        whole(value, 100_000.0).map(|value| value as i64)
    }
    pub(super) fn u16(value: f64) -> Option<u16> {
        whole(value, 200.0).map(|value| value as u16)
    }
}

#[expect(non_upper_case_globals, reason = "named like the types")]
mod kind {
    pub(super) const f64: &str = "a number from 0 to 1";
    pub(super) const usize: &str = "a whole number from 0 to 100000";
    pub(super) const i64: &str = usize;
    pub(super) const u16: &str = "a whole number from 0 to 200";
}

impl Thresholds {
    /// The thresholds that decide on committees, as findings show them.
    pub(crate) fn of_committees(&self) -> String {
        use super::wording::percent;
        format!(
            "committees likely from {} ({} in other organizations), possible from {}",
            percent(self.committee_likely),
            percent(self.committee_likely_elsewhere),
            percent(self.committee_possible)
        )
    }

    /// The thresholds that decide on texts, as findings show them.
    pub(crate) fn of_texts(&self) -> String {
        format!(
            "texts moderate from {:.2}, strong from {:.2}, near-duplicate from {:.2}",
            self.overlap_moderate, self.overlap_strong, self.overlap_near_duplicate
        )
    }

    /// When and on which data they were set.
    pub(crate) fn provenance(&self) -> String {
        format!("thresholds of {} ({})", self.set_on, self.data)
    }
}
