//! Looking at existing work.

pub mod all_three_searched;
pub mod alternatives_to_new_work;
pub mod distinction_from_each_overlap;
pub mod documents_have_a_meaning;
pub mod drafts_were_searched;
pub mod every_overlap_named;
pub mod other_sources_considered;
pub mod search_can_be_repeated;
pub mod submitted_elsewhere;
pub mod what_came_before;
