//! Working together.

pub mod liaisons_are_named;
pub mod mode_is_proposed;
