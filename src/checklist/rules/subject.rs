//! Subject and scope.

pub mod exclusions_name_their_owner;
pub mod scope_has_an_edge;
pub mod title_speaks_for_itself;
pub mod widening_a_committee;
