//! JSON Schemas of what goes in and what comes out (feature `schema`).
//!
//! The same stand in the repository as `proposal.schema.json` and `screening.schema.json`, for
//! editors and for programs in other languages.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::reference::{CommitteeRef, Organization};
use crate::{Proposal, Screening};

/// The schema of a [`Proposal`] as files hold it.
///
/// ```
/// let schema = spcg::schema::proposal();
/// assert_eq!(schema["title"], "Proposal");
/// assert!(schema["properties"]["scope"].is_object());
/// ```
#[must_use]
pub fn proposal() -> serde_json::Value {
    schemars::schema_for!(Proposal).to_value()
}

/// The schema of a [`Screening`] as [`Screening::to_json`] writes it.
///
/// ```
/// let schema = spcg::schema::screening();
/// assert!(schema["properties"]["verdict"].is_object());
/// ```
#[must_use]
pub fn screening() -> serde_json::Value {
    // What is left out when it is empty may be missing in what is written.
    let settings = schemars::generate::SchemaSettings::default().for_serialize();
    settings.into_generator().into_root_schema_for::<Screening>().to_value()
}

impl JsonSchema for Organization {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Organization".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": Organization::ALL.map(Organization::name) })
    }
}

impl JsonSchema for CommitteeRef {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CommitteeRef".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The reference of a committee, study group or Question.",
            "type": "string",
            "examples": ["ISO/TC 262", "IEC SC 65C", "ISO/IEC JTC 1/SC 27", "ITU-T Q1/17"],
        })
    }
}
