//! Behaviour of the crate as its users meet it: one binary, a module a theme.
#![allow(missing_docs)]
// In a test a panic is the answer; and tests say what they skip and measure.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod batch;
mod boards;
mod checklist;
#[cfg(feature = "terminal")]
mod diagnostics;
#[cfg(feature = "schema")]
mod embedding;
mod endurance;
#[cfg(feature = "import")]
mod import;
#[cfg(feature = "import")]
mod import_program;
mod index_folder;
mod invariants;
mod landscape;
#[cfg(feature = "import")]
mod other_bodies;
mod outreach;
mod papers;
mod program_ends;
mod programs;
mod readers;
mod references;
mod register;
mod reports;
mod screening;
mod slow_form;
mod stream;
mod survey;
mod walk_through;
