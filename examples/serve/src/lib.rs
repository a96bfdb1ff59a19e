//! A service over `spcg`: a page to read a report on, and an interface for programs.
//!
//! ```text
//! cargo run --release --package serve
//! curl --data-binary @proposal.docx http://127.0.0.1:8080/screenings
//! ```
//!
//! It keeps nothing of what it screens: a proposal is read, screened and forgotten, and no text of
//! one comes into the log. With `--register FILE` it keeps a register of proposals beside, as rows
//! of a database of its own ([`register`]). What it answers is byte for byte what the library gives.

pub mod answer;
pub mod app;
pub mod intake;
pub mod openapi;
pub mod problem;
pub mod register;
pub mod serving;
pub mod state;

pub use app::{app, app_with};
pub use state::{Limits, Service};
