//! Screens proposals for new standards work.
pub mod catalogue;
mod error;
mod index;
pub mod reference;
pub mod text;
pub mod standards;

pub use catalogue::Catalogue;
pub use error::Error;
