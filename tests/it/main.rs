//! Behaviour of the crate as its users meet it: one binary, a module a theme.
#![allow(missing_docs)]

mod batch;
#[cfg(feature = "import")]
mod import;
mod index_folder;
mod readers;
mod references;
mod stream;
