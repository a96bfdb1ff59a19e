//! Which committees are likely to be interested, and which existing works are close.
//!
//! A [`Matcher`] knows the committees and, where an index of standards was imported, their works.
//! It gives every committee a probability, with the reasons: [`Signal`]s that are each computed for
//! all committees at once and go through a learned, additive model ([`Model`]), so that the
//! contributions of the signals sum to the log-odds.
//!
//! A probability is a statement about texts and records. Nobody is «interested» who has not said
//! so: the words are *likely to be interested*.

mod best;
mod bytes;
mod candidates;
mod cards;
pub(crate) mod closeness;
pub(crate) mod columns;
pub(crate) mod compile;
mod elsewhere;
mod evidence;
pub(crate) mod hidden;
pub(crate) mod ids;
mod interest;
pub(crate) mod knowledge;
mod matcher;
pub(crate) mod model;
pub(crate) mod named;
pub(crate) mod names;
mod near;
mod neighbourhood;
mod overlap;
mod portfolio;
mod postings;
pub(crate) mod prior;
mod profile;
pub(crate) mod query;
mod questions;
mod ranking;
mod rows;
mod score;
pub(crate) mod scratch;
pub(crate) mod signals;
#[cfg(any(test, feature = "testing"))]
pub mod slow;
mod spread;
#[cfg(any(test, feature = "testing"))]
pub mod steps;
mod stored;
mod tables;
mod vote;
pub(crate) mod works;

pub use closeness::ClosenessModel;
pub use elsewhere::Elsewhere;
pub(crate) use evidence::OverlapThresholds;
pub use interest::{Contribution, Evidence, Interest, Mention, Neighbour, WeightedTerm};
pub use matcher::{Matcher, Matches};
pub use model::Model;
pub use neighbourhood::KnownWork;
pub(crate) use neighbourhood::MutualPair;
pub use overlap::{Closeness, Overlap};
pub use profile::Profile;
pub use signals::Signal;
