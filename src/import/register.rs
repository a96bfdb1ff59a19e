//! The register of committees as ISO publishes it, `iso_technical_committees.jsonl` of ISO Open
//! Data: one JSON object a line, its scopes with fragments of HTML.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use super::markup::{Block, blocks, sentences, to_text};
use super::{ImportFailure, RecordPlace, SourceReport, read_records};
use crate::catalogue::register::{Exclusion, RegisteredCommittee};
use crate::error::Error;
use crate::reference::{CommitteeRef, Organization, Reference, find_references};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    id: Option<u64>,
    reference: String,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    title: Option<English>,
    #[serde(default)]
    creation_date: Option<String>,
    #[serde(default)]
    scope: Option<English>,
    #[serde(default)]
    parent_id: Option<u64>,
    #[serde(default)]
    p_members: Option<Vec<serde::de::IgnoredAny>>,
    #[serde(default)]
    o_members: Option<Vec<serde::de::IgnoredAny>>,
    #[serde(default)]
    committee_liaisons: Option<Vec<Liaison>>,
    #[serde(default)]
    organization_liaisons: Option<Vec<OrganizationLiaison>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct English {
    en: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Liaison {
    reference: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct OrganizationLiaison {
    acronym: Option<String>,
}

/// Reads the register of ISO's committees, in the order of their references.
///
/// Liaisons without a reference, references that are not understood and parents that the
/// register does not hold are remarks in the report. With `strict`, the first line that cannot
/// be read is an error.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("iso_technical_committees.jsonl");
/// # std::fs::write(&path, concat!(r#"{"id": 1, "reference": "ISO/TC 998", "status": "Active", "title": {"en": "Smart lifts"},"#,
/// #     r#" "scope": {"en": "<p>Lifts.</p><p>Excluded: batteries (IEC/TC 21).</p>"}, "creationDate": "2019-02-01"}"#))?;
/// let (committees, report) = spcg::import::read_iso_committees(&path, false)?;
/// assert_eq!(report.kept, 1);
/// assert_eq!(committees[0].scope, "Lifts.");
/// assert_eq!(committees[0].exclusions[0].committees[0].to_string(), "IEC TC 21");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [not found](Error::is_not_found) or [io](Error::is_io) for a file that cannot be read;
/// [malformed](Error::is_malformed) in strict mode for the first line that cannot be kept.
pub fn read_iso_committees(
    path: impl AsRef<Path>,
    strict: bool,
) -> Result<(Vec<RegisteredCommittee>, SourceReport), Error> {
    let path = path.as_ref();
    let mut report = SourceReport::new(path, "iso committees");
    let mut read: BTreeMap<CommitteeRef, (Line, RegisteredCommittee)> = BTreeMap::new();
    let mut by_id: BTreeMap<u64, CommitteeRef> = BTreeMap::new();
    read_records(path, RecordPlace::Lines, |batch| {
        for raw in batch {
            report.read += 1;
            let result = raw.text().and_then(|text| {
                report.bytes += text.len() as u64;
                let line: Line = serde_json::from_str(text).map_err(|error| error.to_string())?;
                let committee = committee(&line, &mut report)?;
                if read.contains_key(&committee.reference) {
                    return Err(format!("`{}` stands in an earlier line", committee.reference));
                }
                Ok((line, committee))
            });
            match result {
                Ok((line, committee)) => {
                    report.kept += 1;
                    if let Some(id) = line.id {
                        by_id.insert(id, committee.reference.clone());
                    }
                    read.insert(committee.reference.clone(), (line, committee));
                }
                Err(detail) if strict => {
                    return Err(Error::new(ImportFailure::Record { place: raw.place, detail })
                        .at_path(path));
                }
                Err(detail) => report.fail(raw.place, "not readable".to_owned(), detail),
            }
        }
        Ok(())
    })?;
    let committees = read
        .into_values()
        .map(|(line, mut committee)| {
            if let Some(parent) = line.parent_id {
                match by_id.get(&parent) {
                    Some(parent) => committee.parent = Some(parent.clone()),
                    None => report.remark("parent that the register does not hold".to_owned()),
                }
            }
            committee
        })
        .collect();
    Ok((committees, report))
}

fn committee(line: &Line, report: &mut SourceReport) -> Result<RegisteredCommittee, String> {
    let reference = reference(&line.reference).ok_or("its reference is not understood")?;
    let title =
        line.title.as_ref().and_then(|title| title.en.as_deref()).map(to_text).unwrap_or_default();
    if title.is_empty() {
        return Err("no English title".to_owned());
    }
    let scope = line.scope.as_ref().and_then(|scope| scope.en.as_deref()).unwrap_or_default();
    let (scope, exclusions) = split(&blocks(scope), &reference);
    let mut excluded_to: Vec<CommitteeRef> = Vec::new();
    for committee in exclusions.iter().flat_map(|exclusion| &exclusion.committees) {
        if !excluded_to.contains(committee) {
            excluded_to.push(committee.clone());
        }
    }
    let mut liaisons = BTreeSet::new();
    for liaison in line.committee_liaisons.iter().flatten() {
        match liaison.reference.as_deref().map(self::reference) {
            Some(Some(other)) => drop(liaisons.insert(other)),
            Some(None) => {
                report.remark("liaison with a committee that is not understood".to_owned())
            }
            None => report.remark("liaison without a reference".to_owned()),
        }
    }
    let count = |members: &Option<Vec<serde::de::IgnoredAny>>| {
        members.as_ref().map_or(0, |members| u32::try_from(members.len()).unwrap_or(u32::MAX))
    };
    let organizations = line.organization_liaisons.iter().flatten();
    Ok(RegisteredCommittee {
        parent: reference.parent(),
        reference,
        title,
        status: line.status.clone().unwrap_or_default(),
        created: line.creation_date.as_deref().and_then(|date| date.get(..4)?.parse().ok()),
        scope,
        exclusions,
        excluded_to,
        liaisons: liaisons.into_iter().collect(),
        organization_liaisons: organizations.filter_map(|other| other.acronym.clone()).collect(),
        participating_members: count(&line.p_members),
        observing_members: count(&line.o_members),
    })
}

fn reference(text: &str) -> Option<CommitteeRef> {
    CommitteeRef::parse_in(text, Organization::Iso)
        .ok()
        // `ISO/IEC/JTC 4`
        .or_else(|| text.strip_prefix("ISO/IEC/").and_then(|rest| rest.parse().ok()))
}

/// How a paragraph begins that says what is excluded.
const OPENINGS: &[&str] = &["excluded", "exclusions", "exclusion", "excluding", "excludes"];

/// Takes the exclusions out of the paragraphs of a scope.
fn split(blocks: &[Block], own: &CommitteeRef) -> (String, Vec<Exclusion>) {
    let mut scope: Vec<Block> = Vec::new();
    let mut excluded: Vec<String> = Vec::new();
    // Inside a list of exclusions; and whether its heading had no text of its own yet.
    let (mut inside, mut awaiting) = (false, false);
    for block in blocks {
        if inside && block.is_item || awaiting {
            excluded.push(block.text.clone());
            awaiting = false;
            continue;
        }
        inside = false;
        match opening(&block.text) {
            Some((before, after)) => {
                let before = before.trim();
                if !before.is_empty() {
                    scope.push(Block { text: before.to_owned(), is_item: block.is_item });
                }
                inside = true;
                if after.chars().any(char::is_alphanumeric) {
                    excluded.push(after.to_owned());
                } else {
                    awaiting = true;
                }
            }
            None => {
                let (kept, left) = apart(&block.text);
                excluded.extend(left);
                if !kept.is_empty() {
                    scope.push(Block { text: kept, is_item: block.is_item });
                }
            }
        }
    }
    let exclusions = excluded
        .iter()
        .flat_map(|text| text.split(';'))
        .map(|text| text.trim().trim_end_matches(['.', ',', ':']).trim())
        .filter(|text| text.chars().any(char::is_alphanumeric))
        .map(|text| Exclusion { text: text.to_owned(), committees: committees(text, own) })
        .collect();
    (sentences(&scope), exclusions)
}

/// The sentences of a paragraph, and those among them that say of something that it is
/// excluded.
fn apart(text: &str) -> (String, Vec<String>) {
    let (mut kept, mut excluded) = (String::new(), Vec::new());
    for sentence in text.split_inclusive(". ") {
        let lower = sentence.to_ascii_lowercase();
        // In brackets it is a remark on the words before it.
        let says = |words: &str| lower.find(words).is_some_and(|at| !lower[..at].contains('('));
        if [" are excluded", " is excluded", "scope excludes", " are not included"]
            .iter()
            .any(|words| says(words))
        {
            excluded.push(sentence.trim().to_owned());
        } else if !is_placeholder(&lower) {
            kept.push_str(sentence);
        }
    }
    (kept.trim().to_owned(), excluded)
}

/// True for a sentence that stands in the place of a scope: who keeps the files of a joint committee,
/// and where they are.
fn is_placeholder(lower: &str) -> bool {
    lower.contains("supported administratively by")
        || lower.contains("information") && lower.contains("is available on")
}

/// Splits a paragraph where a sentence begins that says what is excluded: what stands before
/// it, and what is excluded.
fn opening(text: &str) -> Option<(&str, &str)> {
    let starts = std::iter::once(0).chain(text.match_indices(". ").map(|(at, _)| at + 2));
    for at in starts {
        let sentence = text[at..].trim_start_matches([' ', '-', '–', '—', '(']);
        let word = OPENINGS.iter().find(|word| {
            sentence.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
                && !sentence[word.len()..].starts_with(char::is_alphabetic)
        });
        let after = match word {
            Some(word) => sentence[word.len()..].trim_start(),
            // `The following are excluded: …`, `The scope excludes: …`
            None => {
                let Some(end) = sentence.find(':').filter(|end| *end < 120) else { continue };
                let heading = sentence[..end].to_ascii_lowercase();
                if !heading.contains("exclud") && !heading.contains("exclusion") {
                    continue;
                }
                &sentence[end..]
            }
        };
        // `Excluded from this scope are: …`, `Excluded are the fields …`
        let after =
            match after.find(':').filter(|end| *end < 60 && !after[..*end].contains(['(', ','])) {
                Some(end) => &after[end + 1..],
                None => after.strip_prefix("are ").unwrap_or(after),
            };
        return Some((&text[..at], after.trim_start_matches([':', ' ', '-'])));
    }
    None
}

/// The committees that a text names, the committee itself aside.
fn committees(text: &str, own: &CommitteeRef) -> Vec<CommitteeRef> {
    let mut committees = Vec::new();
    for found in find_references(text, Some(own.organization())) {
        if let Reference::Committee(committee) = found.reference
            && committee != *own
            && !committees.contains(&committee)
        {
            committees.push(committee);
        }
    }
    committees
}
