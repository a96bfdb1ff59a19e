#![cfg_attr(docsrs, feature(doc_cfg))]
#![doc = include_str!("../README.md")]
//!
//! # Where to read on
//!
//! - [`Screener`] is the front door, [`Screening`] the whole result, [`Proposal`] what goes in.
//! - [`checklist`] holds the rules, [`coordination`] the advice on modes of cooperation.
//! - [`matching`] says how committees are ranked, [`evaluation`] how well, and how the model is
//!   fitted.
//! - [`catalogue`] and [`standards`] hold what is known, [`reference`](mod@reference) how it is
//!   named.
//! - [`landscape`] holds the areas in which the organizations work side by side.
//! - [`outreach`] holds the plan of communications, cover notes and circulars, questionnaires.
//! - [`documentation`] holds the longer pages: embedding in a service, large backlogs.

pub mod boards;
pub mod catalogue;
pub mod checklist;
pub mod coordination;
mod date;
pub mod document;
pub mod documentation;
mod error;
pub mod evaluation;
mod files;
#[cfg(feature = "import")]
pub mod import;
mod index;
pub mod landscape;
pub mod matching;
pub mod outreach;
pub mod proposal;
pub mod recommendation;
pub mod reference;
pub mod register;
pub mod report;
#[cfg(feature = "schema")]
pub mod schema;
mod screening;
pub mod standards;
pub mod text;

pub use catalogue::Catalogue;
pub use error::{Error, ErrorKind, Refusal};
pub use proposal::Proposal;
pub use reference::{CommitteeRef, Organization, StandardRef};
pub use screening::{Provenance, SCREENING_FORMAT, Screener, Screening, Summary, Verdict};
