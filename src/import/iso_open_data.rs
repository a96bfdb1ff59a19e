//! ISO Open Data, deliverables: `iso_deliverables_metadata.jsonl`, one JSON object a line.
//!
//! Fields may be missing or null. Read are `reference`, `title`, `scope`, `deliverableType`,
//! `supplementType`, `publicationDate`, `icsCode`, `ownerCommittee`, `currentStage`, `replaces`,
//! `replacedBy`.

use serde::Deserialize;
use serde_json::Value;

use super::markup::to_text;
use super::owner;
use super::record::{LeftOut, Read, completed};
use super::relaton::status_of;
use crate::date::Date;
use crate::reference::Organization;
use crate::standards::{Publication, PublicationKind, Relation, RelationKind};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Deliverable {
    reference: Option<String>,
    deliverable_type: Option<String>,
    supplement_type: Option<String>,
    title: Option<Languages>,
    scope: Option<Languages>,
    publication_date: Option<String>,
    ics_code: Option<Vec<Value>>,
    owner_committee: Option<String>,
    current_stage: Option<Value>,
    replaces: Option<Vec<Value>>,
    replaced_by: Option<Vec<Value>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Languages {
    en: Option<String>,
}

/// Reads one line.
pub(super) fn read(line: &[u8]) -> Result<Read, LeftOut> {
    let line = std::str::from_utf8(line).map_err(|_| LeftOut::NotUtf8)?;
    let deliverable: Deliverable = serde_json::from_str(line).map_err(LeftOut::malformed)?;
    let english = |text: Option<Languages>| {
        text.and_then(|text| text.en).map(|text| to_text(&text)).unwrap_or_default()
    };
    let mut publication = Publication::new(
        deliverable.reference.ok_or(LeftOut::NoReference)?,
        english(deliverable.title),
    );
    publication.abstract_text = english(deliverable.scope);
    publication.published =
        deliverable.publication_date.and_then(|date| Date::read_recorded(&date));
    publication.ics = deliverable.ics_code.unwrap_or_default().iter().filter_map(text).collect();
    publication.kind = match deliverable.deliverable_type.as_deref().unwrap_or_default() {
        "IS" => PublicationKind::InternationalStandard,
        "TS" => PublicationKind::TechnicalSpecification,
        "TR" => PublicationKind::TechnicalReport,
        "PAS" => PublicationKind::PubliclyAvailableSpecification,
        "GUIDE" | "Guide" => PublicationKind::Guide,
        "IWA" => PublicationKind::WorkshopAgreement,
        "ISP" => PublicationKind::StandardizedProfile,
        "R" => PublicationKind::Recommendation,
        _ => PublicationKind::Other,
    };
    publication.supplement = deliverable.supplement_type.is_some_and(|kind| !kind.is_empty());
    // 6060 is stage 60.60; early stages may have lost their leading zero.
    let stage = deliverable.current_stage.as_ref().and_then(text).unwrap_or_default();
    let digits: String = stage.chars().filter(char::is_ascii_digit).collect();
    if (1..=4).contains(&digits.len()) {
        let digits = format!("{digits:0>4}");
        let (stage, substage) = digits.split_at(2);
        publication.status = status_of(stage, substage);
        publication.stage = format!("{stage}.{substage}");
    }
    for (kind, all) in [
        (RelationKind::Replaces, deliverable.replaces),
        (RelationKind::ReplacedBy, deliverable.replaced_by),
    ] {
        // Numbers are the register's own keys of other records, not references.
        let references = all.unwrap_or_default().into_iter().filter_map(|other| match other {
            Value::String(reference) if reference.contains(' ') => Some(reference),
            _ => None,
        });
        publication.relations.extend(references.map(|reference| Relation { kind, reference }));
    }
    let mut strange_committee = None;
    if let Some(name) = deliverable.owner_committee.filter(|name| !name.trim().is_empty()) {
        match owner::read(&name, Some(Organization::Iso)) {
            Some(owner) => publication.committee = Some(owner.committee),
            None => strange_committee = Some(name),
        }
    }
    Ok(Read { publication: completed(publication)?, strange_committee })
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
