//! Working together.

pub mod horizontal_committees;
pub mod joint_work_was_considered;
pub mod lead_is_arranged;
pub mod liaisons_are_named;
pub mod mode_fits_the_closeness;
pub mod mode_is_proposed;
pub mod rights_are_clear;
