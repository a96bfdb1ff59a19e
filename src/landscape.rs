//! The landscape of areas in which ISO, IEC and ITU-T work side by side.
//!
//! [`Landscape::builtin`] holds the areas shipped with the crate; a file of the same form can take
//! their place ([`Landscape::from_toml`]). [`Landscape::place`] tells in which areas a proposal
//! lies, and why.
//!
//! With an index, [`Edition::build`] adds what is published and what is close, and a priority whose
//! parts are shown; [`Landscape::finds`] tells what no area lists. A [`Folder`] keeps areas that
//! people edit by hand, dismissals, and editions that are never changed.

mod area;
mod arrangement;
mod changes;
mod document;
mod edition;
mod evidence;
mod finds;
mod folder;
mod page;
mod place;
mod priority;
mod read;

pub use area::{
    Area, AreaState, Disagreement, Height, Landscape, Member, OutsideNeed, Reviewed, SetPriority,
};
pub use arrangement::{Arrangement, ArrangementKind};
pub use changes::Change;
pub use edition::{AreaEntry, EDITION_FORMAT, Edition, Sources};
pub use evidence::{
    CommitteeCount, Count, Evidence, OrganizationCount, Suggested, Totals, YearCount,
};
pub use finds::{
    Dismissal, Find, FindSettings, Finds, FoundPair, FoundWork, OnRecord, Worth, WorthBand,
    WorthPair, read_dismissals,
};
pub use folder::Folder;
pub use place::{Placement, Reason};
pub use priority::{Part, PartName, Priority, Terciles, Weighting};
pub use read::RefusedEntry;
pub(crate) use read::entries;
