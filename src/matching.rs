//! Which committees are likely to be interested, and which existing works are close.
//!
//! A [`Matcher`] knows the committees and, where an index of standards was imported, their works.
//! It gives every committee a probability, with the reasons: [`Signal`]s that are each computed for
//! all committees at once and go through a learned, additive model ([`Model`]), so that the
//! contributions of the signals sum to the log-odds.
//!
//! A probability is a statement about texts and records. Nobody is «interested» who has not said
//! so: the words are *likely to be interested*.

mod bytes;
pub(crate) mod candidates;
mod cards;
mod columns;
pub(crate) mod compile;
mod compiled;
mod evidence;
mod interest;
mod matcher;
#[doc(hidden)]
pub mod measure;
pub(crate) mod model;
mod overlap;
pub(crate) mod portfolio;
pub(crate) mod postings;
mod profile;
pub(crate) mod query;
pub(crate) mod score;
pub(crate) mod signals;
#[doc(hidden)]
pub mod slow;
pub(crate) mod tables;
mod title_similarity;

pub(crate) use evidence::OverlapThresholds;
pub use interest::{Contribution, Evidence, Interest, Mention, Neighbour, WeightedTerm};
pub use matcher::Matcher;
pub use model::Model;
pub use overlap::{Closeness, Overlap};
pub use profile::Profile;
pub use signals::Signal;
