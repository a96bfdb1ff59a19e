//! Looking at existing work.

pub mod all_three_searched;
pub mod distinction_from_each_overlap;
pub mod every_overlap_named;
pub mod submitted_elsewhere;
