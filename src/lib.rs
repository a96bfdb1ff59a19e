//! Screens proposals for new standards work.
mod error;
pub mod reference;
pub mod standards;

pub use error::Error;
