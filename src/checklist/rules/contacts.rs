//! Talking to others.

pub mod answers_are_recorded;
pub mod boards_were_told;
pub mod members_speak_as_one;
pub mod neighbours_were_asked;
pub mod objections_have_a_level;
pub mod other_sectors_of_itu;
pub mod own_leadership_was_asked;
pub mod time_to_react;
