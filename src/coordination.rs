//! Working together: which mode fits, and who settles what is disputed.
//!
//! ```
//! use spcg::coordination::LADDER;
//!
//! assert_eq!(LADDER[0].level, 1);
//! assert!(LADDER[0].who.starts_with("the officers"));
//! ```

mod advice;
mod ladder;
mod mode;

pub(crate) use advice::is_in_liaison;
pub use advice::{Advice, SITUATIONS, Situation, advise};
pub use ladder::{LADDER, Level, Step, steps};
pub use mode::{Pair, degree};
