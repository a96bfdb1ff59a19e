//! What a proposal asks for, and what is to come out of it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::words::{squashed, words};
use crate::error::Error;

/// What a proposal asks its organization to start.
///
/// ```
/// use spcg::proposal::Kind;
/// assert_eq!("new-field".parse::<Kind>()?, Kind::NewField);
/// assert_eq!(Kind::NewField.to_string(), "new_field");
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A new field of technical activity: a new technical committee (ISO TS/P, IEC NTC).
    NewField,
    /// A project committee: one standard outside all existing scopes.
    ProjectCommittee,
    /// A new work item of an existing committee (NP).
    NewWorkItem,
    /// A preliminary work item: not ripe for a plan.
    PreliminaryItem,
    /// A Question of an ITU-T study group.
    ItuQuestion,
    /// A work item under a Question of ITU-T.
    ItuWorkItem,
    /// An ITU-T focus group.
    ItuFocusGroup,
    /// A joint body of two or more organizations.
    JointGroup,
}

words!(Kind, "kind of proposal", {
    NewField => "new_field" | "new technical committee" | "new field of technical activity" | "new technical activity"
        | "new committee" | "technical committee",
    ProjectCommittee => "project_committee" | "PC",
    NewWorkItem => "new_work_item" | "new work item proposal" | "NWIP" | "NP" | "NWI",
    PreliminaryItem => "preliminary_item" | "preliminary work item" | "PWI",
    ItuQuestion => "itu_question" | "ITU-T Question" | "Question" | "new Question",
    ItuWorkItem => "itu_work_item" | "ITU-T work item" | "new ITU-T Recommendation",
    ItuFocusGroup => "itu_focus_group" | "ITU-T focus group" | "focus group",
    JointGroup => "joint_group" | "joint technical committee" | "joint working group",
});

/// The kind of document that a proposal wants to publish.
///
/// What is none of the usual kinds is kept as it was written, in [`Deliverable::Other`].
///
/// ```
/// use spcg::proposal::Deliverable;
/// assert_eq!("TS".parse::<Deliverable>()?, Deliverable::TechnicalSpecification);
/// assert_eq!(Deliverable::from("data base").to_string(), "data base");
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Deliverable {
    /// International Standard (IS).
    InternationalStandard,
    /// Technical Specification (TS).
    TechnicalSpecification,
    /// Technical Report (TR).
    TechnicalReport,
    /// Publicly Available Specification (PAS).
    PubliclyAvailableSpecification,
    /// Guide of ISO, IEC or both.
    Guide,
    /// International Workshop Agreement (IWA).
    InternationalWorkshopAgreement,
    /// IEC systems reference deliverable (SRD).
    SystemsReferenceDeliverable,
    /// ITU-T Recommendation.
    Recommendation,
    /// Supplement to Recommendations of ITU-T.
    Supplement,
    /// Technical paper of ITU-T.
    TechnicalPaper,
    /// Text of an ITU-T Question.
    Question,
    /// Anything else, as it was written.
    Other(String),
}

/// The usual kinds with the names that are read; the first is printed.
const DELIVERABLES: &[(Deliverable, &[&str])] = &[
    (
        Deliverable::InternationalStandard,
        &["international_standard", "IS", "standard", "ISO standard", "IEC standard"],
    ),
    (Deliverable::TechnicalSpecification, &["technical_specification", "TS"]),
    (Deliverable::TechnicalReport, &["technical_report", "TR"]),
    (Deliverable::PubliclyAvailableSpecification, &["publicly_available_specification", "PAS"]),
    (Deliverable::Guide, &["guide"]),
    (Deliverable::InternationalWorkshopAgreement, &["international_workshop_agreement", "IWA"]),
    (Deliverable::SystemsReferenceDeliverable, &["systems_reference_deliverable", "SRD"]),
    (
        Deliverable::Recommendation,
        &["recommendation", "ITU-T Recommendation", "Rec.", "Rec. ITU-T"],
    ),
    (Deliverable::Supplement, &["supplement", "ITU-T Supplement", "Suppl."]),
    (Deliverable::TechnicalPaper, &["technical_paper", "ITU-T technical paper"]),
    (Deliverable::Question, &["question", "ITU-T Question"]),
];

impl Deliverable {
    /// The name that files carry, or the text of [`Other`](Deliverable::Other).
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Deliverable::Other(text) => text,
            usual => {
                DELIVERABLES.iter().find(|(one, _)| one == usual).map_or("", |(_, names)| names[0])
            }
        }
    }

    /// One of the usual kinds, where the text is one of their names.
    pub(crate) fn read(text: &str) -> Option<Deliverable> {
        let word = squashed(text);
        let (usual, _) = DELIVERABLES
            .iter()
            .find(|(_, names)| names.iter().any(|name| squashed(name) == word))?;
        Some(usual.clone())
    }
}

impl From<&str> for Deliverable {
    fn from(text: &str) -> Deliverable {
        Deliverable::read(text).unwrap_or_else(|| Deliverable::Other(text.trim().to_owned()))
    }
}

impl FromStr for Deliverable {
    type Err = Error;

    /// Never fails: see [`Deliverable::Other`].
    fn from_str(text: &str) -> Result<Deliverable, Error> {
        Ok(Deliverable::from(text))
    }
}

impl fmt::Display for Deliverable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Deliverable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Deliverable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Deliverable, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Ok(Deliverable::from(text.as_ref()))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Deliverable {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Deliverable".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let usual: Vec<&str> = DELIVERABLES.iter().map(|(_, names)| names[0]).collect();
        schemars::json_schema!({ "type": "string", "examples": usual })
    }
}
