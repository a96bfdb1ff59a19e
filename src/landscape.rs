//! The landscape of areas in which ISO, IEC and ITU-T work side by side.
//!
//! [`Landscape::builtin`] holds the areas shipped with the crate; a file of the same form can take
//! their place ([`Landscape::from_toml`]). [`Landscape::place`] tells in which areas a proposal
//! lies, and why.

mod area;
mod finds;
mod place;
mod read;

pub use area::{Area, Landscape};
pub use finds::{
    Dismissal, Find, FindSettings, Finds, FoundPair, FoundWork, OnRecord, read_dismissals,
};
pub use place::{Placement, Reason};
pub use read::RefusedEntry;
