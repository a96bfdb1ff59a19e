//! JSON Schemas of what goes in and what comes out (feature `schema`).
//!
//! The same stand in the repository as `proposal.schema.json` and `screening.schema.json`, for
//! editors and for programs in other languages.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use crate::checklist::{Finding, Outcome, Severity};
use crate::matching::Interest;
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
pub fn proposal() -> Value {
    without_programs(schemars::schema_for!(Proposal).to_value())
}

/// The schema of a [`Screening`] as [`Screening::to_json`] writes it.
///
/// ```
/// let schema = spcg::schema::screening();
/// assert!(schema["properties"]["verdict"].is_object());
/// let example: spcg::Screening = serde_json::from_value(schema["examples"][0].clone())?;
/// assert_eq!(example.interests[0].committee.to_string(), "ISO/TC 178");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[must_use]
pub fn screening() -> Value {
    // What is left out when it is empty may be missing in what is written.
    let settings = schemars::generate::SchemaSettings::default().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<Screening>().to_value();
    let mut schema = without_programs(schema);
    schema["examples"] = serde_json::to_value([example()]).unwrap_or_default();
    schema
}

/// The schema without the programs that show in Rust how a type is used: it is read by others.
fn without_programs(mut schema: Value) -> Value {
    match &mut schema {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                match value {
                    Value::String(text) if name == "description" => {
                        let end = text.find("\n\n```").unwrap_or(text.len());
                        text.truncate(end);
                    }
                    value => *value = without_programs(value.take()),
                }
            }
        }
        Value::Array(list) => {
            list.iter_mut().for_each(|value| *value = without_programs(value.take()));
        }
        _ => {}
    }
    schema
}

/// A small result.
fn example() -> Screening {
    let proposal = Proposal::builder().title("Smart lifts").scope("Safety of lifts.").build();
    let message = "no code of the classification is given";
    let mut finding = Finding::new("C07", Outcome::Fail, Severity::Advice, message);
    finding.remedy = Some("Add the codes under which a reader would look.".to_owned());
    let title = "Lifts, escalators and moving walks";
    let interests = "ISO/TC 178".parse().map(|one| Interest::new(one, title, 0.73));
    Screening::new(&proposal, vec![finding], interests.into_iter().collect(), None)
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
