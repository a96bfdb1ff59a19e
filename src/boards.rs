//! One report for three boards: renderings of one frozen record, checked to be equal block by
//! block as the offices edited them.
//!
//! [`Register::freeze`](crate::register::Register::freeze) makes the record; `Reports` keeps it in
//! `reports/2031-04` with what each board's report says for itself, the signatures, and the days
//! of release. The order of a report is that of SPCG's progress report of January 2021: abstract,
//! action, background, situation, next steps, attachments. Its sentences are ours.

mod compare;
mod editions;
mod fixed;
mod folder;
mod record;
mod report;
mod translation;

pub(crate) use compare::compare_with;
pub use compare::{Comparison, compare};
pub use folder::{Release, Reports, Standing};
pub use record::{
    AreaRecord, Beside, CaseRecord, LandscapeRecord, Meeting, Milestone, MilestoneState, Paper,
    PaperStatus, RecommendationRecord, Record,
};
pub use report::{Free, Signature, release};
pub use translation::Translation;
