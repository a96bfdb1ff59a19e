//! Talking to others.

pub mod neighbours_were_asked;
pub mod objections_have_a_level;
