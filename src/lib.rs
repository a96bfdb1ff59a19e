//! Screens proposals for new standards work.
mod error;
pub mod reference;
pub mod standards;

/// Committees and their registers.
pub mod catalogue {
    pub mod register;
}

pub use error::Error;
