//! Need, interests and means.

pub mod need_is_shown;
