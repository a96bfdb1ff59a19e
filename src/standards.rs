//! Published and planned standards: one record as a source gives it ([`Publication`]), and what all
//! records of one text come to ([`Work`]); documents of other bodies ([`ExternalDocument`]).
//!
//! One text appears in the sources many times: as editions, amendments and drafts, in the lists of
//! ISO and of IEC, and under the two numbers of a text common to ITU-T and JTC 1. The importer
//! joins them: what is compared with a proposal is a [`Work`].

mod external;
mod publication;
mod work;

pub use crate::date::Date;
pub use crate::text::normalized_title;
pub use external::ExternalDocument;
pub use publication::{Publication, PublicationKind, Relation, RelationKind, Status};
pub use work::Work;
