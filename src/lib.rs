//! Screens proposals for new standards work.
mod error;
pub mod proposal;
pub mod reference;

pub use error::Error;
pub use proposal::Proposal;
