//! ISO Open Data, deliverables: `iso_deliverables_metadata.jsonl`, one JSON object a line.
//!
//! Fields may be missing or null. The file has no titles in most of its editions: those come from
//! other sources, which the records are joined with by their references. `replaces` and
//! `replacedBy` are keys of other lines of the same file. Read are `id`, `reference`, `title`, `scope`, `deliverableType`,
//! `supplementType`, `publicationDate`, `icsCode`, `ownerCommittee`, `currentStage`, `replaces`,
//! `replacedBy`.

use serde::Deserialize;
use serde_json::Value;

use super::markup::to_text;
use super::owner;
use super::record::{LeftOut, Read, completed_untitled};
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

/// The key of a line and its reference, whatever else is wrong with it.
pub(super) fn key(line: &[u8]) -> Option<(u64, String)> {
    #[derive(Deserialize)]
    struct Key {
        id: Option<u64>,
        reference: Option<String>,
    }
    let key: Key = serde_json::from_slice(line).ok()?;
    Some((key.id?, key.reference?))
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
    let mut keyed = Vec::new();
    for (kind, all) in [
        (RelationKind::Replaces, deliverable.replaces),
        (RelationKind::ReplacedBy, deliverable.replaced_by),
    ] {
        for other in all.unwrap_or_default() {
            match other {
                Value::String(reference) if reference.contains(' ') => {
                    publication.relations.push(Relation { kind, reference });
                }
                // A number is the register's own key of another line.
                Value::Number(key) => keyed.extend(key.as_u64().map(|key| (kind, key))),
                _ => {}
            }
        }
    }
    let mut strange_committee = None;
    if let Some(name) = deliverable.owner_committee.filter(|name| !name.trim().is_empty()) {
        match owner::read(&name, Some(Organization::Iso)) {
            Some(owner) => publication.committee = Some(owner.committee),
            None => strange_committee = Some(name),
        }
    }
    let publication = completed_untitled(publication)?;
    Ok(Read { publication, strange_committee, keyed })
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
