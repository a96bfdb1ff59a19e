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
pub mod standards;
pub mod text;

pub use catalogue::Catalogue;
pub use error::Error;
pub use proposal::Proposal;
