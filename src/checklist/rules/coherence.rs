//! Coherence over time.

pub mod existing_terms_are_used;
pub mod justification_study;
pub mod maintenance_in_step;
pub mod timetable_fits;
