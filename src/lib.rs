//! Screens proposals for new standards work.
mod error;
pub mod reference;

pub use error::Error;
