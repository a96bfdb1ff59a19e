//! The register of proposals for new fields of work: from a screening to a decision.
//!
//! Two layers. [`Case::fold`] is a pure state machine: no files, no clock. [`Register`] keeps the
//! events in a folder, one small TOML file an event that is never changed, so that offices may
//! write apart and merge. A portal with a database of its own stores [`Event`]s as rows and uses
//! the first layer alone:
//!
//! ```
//! use spcg::register::{Answer, Body, Case, Event, Shared};
//!
//! // Rows of your own database, one event each.
//! let rows = [
//!     r#"{"kind":"received","day":"2031-02-01","by":"tmb-secretary","title":"Spare parts",
//!        "addressed_to":"ISO","proposal":{"file":"proposal.toml","sha":"00"}}"#,
//! ];
//! let events: Vec<Event> = rows.iter().map(|row| serde_json::from_str(row)).collect::<Result<_, _>>()?;
//! let case = Case::fold("2031-02-spare-parts", events)?;
//! let share = Event::new("2031-02-02".parse()?, "tmb-secretary", Body::Shared(Shared {
//!     with: vec![spcg::Organization::ItuT], deadline: "2031-03-10".parse()?, reason: None,
//! })).after(case.heads());
//! case.allow(&share)?; // or why not: `error.refusal()`
//! let row = serde_json::to_string(&share)?; // insert, where the heads are still `case.heads()`
//! # let _ = (row, Answer::Liaison);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod allow;
mod begin;
mod body;
mod case;
mod case_files;
mod demands;
pub(crate) mod disk;
mod due;
mod event;
mod failure;
mod feedback;
mod folder;
mod gather;
mod open_case;
mod order;
mod outcomes;
mod people;
mod rules;
mod status;
mod toml_files;
mod vocabulary;
mod words;

pub use begin::may_begin;
pub use case::{AskedCommittee, Case, Conflict, Entry, Statement as StatementOnFile, Voice};
pub(crate) use disk::{RealDisk, names, write as write_file};
pub use due::{Due, DueKind};
pub(crate) use event::sha;
pub use event::*;
pub(crate) use failure::{RegisterFailure, damaged, refuse};
pub use feedback::{CalibrationBin, calibration, labels};
pub use folder::{Problem, Register};
pub use open_case::OpenCase;
pub use people::{People, Person};
pub use rules::{Actor, Role, Rules, Settings};
pub use status::{State, Status};
pub(crate) use toml_files::{parsed as parsed_toml, read as read_toml};
