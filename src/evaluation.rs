//! Measuring and fitting on decisions of the past.
//!
//! A *label* is a text with what became of it: the committee that developed it, or the committees
//! that were concerned. [`Evaluation`] asks the matcher about each label as if it were a proposal,
//! leaving out what the matcher could only know afterwards, and says how well it did. [`fit`] finds
//! the weights that do best.
//!
//! # Protocol
//! Works whose normalized title (lower case, letters and digits only) equals the label's are left
//! out of every signal for that label: neighbours, portfolios, series, classification, citations.
//! References of the label's own work are taken from its text. Where `interested` is asked, the
//! label's own committee is not ranked, and its liaisons are unknown. A label without a committee
//! is ranked among all committees, any other among those of one organization; joint committees are
//! ISO's.

mod fit;
mod labels;
mod left_out;
mod measures;
mod overlaps;

pub use fit::{FitOptions, fit};
pub use labels::{Label, LabelSet};
pub use measures::{Bin, Evaluation, Measure, SetResult};
pub use overlaps::{OverlapEvaluation, fit_closeness};
