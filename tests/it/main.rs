//! Behaviour of the crate as its users meet it: one binary, a module a theme.
#![allow(missing_docs)]

mod checklist;
#[cfg(feature = "import")]
mod import;
mod readers;
mod references;
