//! The plan of communications: what SPCG tells whom, what was sent, and what people answered.
//!
//! [`Plan`] holds messages, audiences, milestones and the record of what was sent; whether a
//! milestone is late, and what counts as done, is computed. [`Circular`] fills the patterns of
//! cover notes and circular letters for the three organizations and refuses what is not ready to
//! go out. A [`Folder`] keeps all of it as plain files beside the register.
//!
//! With the feature `survey`, the module `survey` reads the tables of form services and counts what
//! was answered.
//!
//! Nothing is mailed and no address is kept.

mod circular;
mod folder;
mod pattern;
mod plan;
#[cfg(feature = "survey")]
pub mod survey;
mod text;

pub use circular::{Circular, Letter, Office};
pub use folder::Folder;
pub use pattern::{PLACEHOLDERS, Pattern};
pub use plan::{Audience, Message, MilestoneStanding, Plan, Sent, Standing, Sums};
