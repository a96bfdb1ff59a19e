//! Screens proposals for new standards work.
pub mod catalogue;
pub mod checklist;
pub mod coordination;
mod error;
pub mod evaluation;
mod index;
pub mod matching;
pub mod proposal;
pub mod reference;
pub mod report;
mod screening;
pub mod standards;
pub mod text;

pub use catalogue::Catalogue;
pub use error::Error;
pub use proposal::Proposal;
pub use reference::{CommitteeRef, Organization, StandardRef};
pub use screening::{Provenance, SCREENING_FORMAT, Screener, Screening, Summary, Verdict};
