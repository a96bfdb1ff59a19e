//! Subject and scope.

pub mod classification_fits;
pub mod exclusions_name_their_owner;
pub mod lightest_structure;
pub mod parent_question_is_named;
pub mod programme_is_told;
pub mod right_organization;
pub mod scope_has_an_edge;
pub mod title_speaks_for_itself;
pub mod widening_a_committee;
