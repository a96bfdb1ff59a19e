//! Longer pages. They hold no code of the crate; their examples are tested.

/// Embedding: async services, reloading, errors, schemas, tests.
#[doc = include_str!("../docs/embedding.md")]
pub mod embedding {}

/// Running a large backlog on machines that are there already.
#[doc = include_str!("../docs/backlog.md")]
pub mod backlog {}
