//! Need, interests and means.

pub mod need_is_shown;
pub mod proposer_may_propose;
pub mod stakeholders_are_told;
pub mod start_is_prepared;
pub mod supporters_are_enough;
