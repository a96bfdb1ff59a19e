//! Documents of other bodies that are close to a proposal.
//!
//! They have a text index and arrays of their own beside those of the works, with terms and weights
//! of their own: nothing of them enters a ranking of committees or works.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::bytes::Damaged;
use super::closeness::signals::{LETTERS, Sentences, TitleVector};
use super::closeness::{ClosenessModel, Compared, Workspace, rank};
use super::compile::{compile, documents};
use super::evidence::OverlapThresholds;
use super::knowledge::Knowledge;
use super::query::Subject;
use super::works::Works;
use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::index::TextIndex;
use crate::proposal::Proposal;
use crate::standards::{ExternalDocument, PublicationKind, Status, Work, normalized_title};
use crate::text::WordMemo;

/// Folder of the text index of these documents in a generation.
const TEXT: &str = "external";
/// File of their compiled form.
const COMPILED: &str = "external.bin";

/// Documents given at most.
const SHOWN: usize = 10;
/// Documents that are looked at: those of one body under one title are told as one.
const LOOKED_AT: usize = 20;
/// Documents that are given whether they are close or not.
const NEAREST_SHOWN: usize = 3;
/// Probability from which a document is given.
const WORTH_TELLING: f64 = 0.1;

/// A document of another body (IEEE, ETSI, W3C, ITU-R, …) that is near a proposal.
///
/// It stands apart from the existing work of ISO, IEC and ITU-T. Closeness of texts is a reason to
/// look, never a proof of overlap.
///
/// ```
/// let one = spcg::matching::Elsewhere::new("ETSI", "ETSI EN 399 901", "Smart lifts", 0.4);
/// assert!(one.named_in.is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Elsewhere {
    /// Who publishes it.
    pub body: String,
    /// Its reference without edition and date.
    pub reference: String,
    /// The title of its latest edition.
    pub title: String,
    /// The group of the body that is responsible for it, where its bibliography names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Whether it is in force.
    pub status: Status,
    /// The year of its latest edition.
    pub year: Option<u16>,
    /// How probable it is that the document is on the proposal's subject, from 0 to 1, by the model
    /// that was fitted on works of ISO.
    pub probability: f64,
    /// Similarity of title and scope with its title and abstract, from 0 to 1.
    pub similarity: f64,
    /// Similarity of the titles alone, from 0 to 1.
    pub title_similarity: f64,
    /// The sentence of the proposal that shares most with the document's title, where one shares
    /// anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passage: Option<String>,
    /// The field in which the proposal names the document, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub named_in: Option<String>,
}

impl Elsewhere {
    /// A document put together in a program, for tests of what reads results: in force, not
    /// named, as alike as it is probable.
    #[must_use]
    pub fn new(
        body: impl Into<String>,
        reference: impl Into<String>,
        title: impl Into<String>,
        probability: f64,
    ) -> Elsewhere {
        Elsewhere {
            body: body.into(),
            reference: reference.into(),
            title: title.into(),
            group: None,
            status: Status::Published,
            year: None,
            probability,
            similarity: probability,
            title_similarity: 0.0,
            passage: None,
            named_in: None,
        }
    }
}

/// The documents of other bodies, laid out for comparing.
#[derive(Clone, Debug)]
pub(crate) struct ExternalDocuments(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    knowledge: Knowledge,
    index: TextIndex,
}

/// A catalogue of nobody: no committee owns these documents.
fn nobody() -> Catalogue {
    Catalogue::new("none".to_owned(), Vec::new(), &[], &[])
}

/// A document as a work that nobody owns.
fn as_work(document: &ExternalDocument) -> Work {
    Work {
        reference: document.reference.clone(),
        references: vec![document.reference.clone()],
        titles: vec![document.title.clone()],
        abstract_text: document.abstract_text.clone(),
        owners: Vec::new(),
        earlier_owners: Vec::new(),
        organizations: Vec::new(),
        status: document.status,
        replaced_by: Vec::new(),
        first_year: None,
        latest_year: document.published.map(crate::date::Date::year),
        ics: Vec::new(),
        kind: PublicationKind::Other,
        editions: document.editions,
        supplements: 0,
    }
}

/// Writes `documents` into the folder of a generation.
pub(crate) fn write(folder: &Path, external: &[ExternalDocument]) -> Result<(), Error> {
    let text = folder.join(TEXT);
    std::fs::create_dir(&text).map_err(|source| Error::io(source, &text))?;
    let works: Vec<Work> = external.iter().map(as_work).collect();
    let catalogue = nobody();
    let written = documents(&catalogue, &works).zip(external).map(|(mut document, external)| {
        document.record = serde_json::to_vec(external).unwrap_or_default();
        document
    });
    let index = TextIndex::create(&text, written)?;
    let path = folder.join(COMPILED);
    let compiled = compile(&catalogue, &index, &works, None)?.to_bytes();
    std::fs::write(&path, compiled).map_err(|source| Error::io(source, &path))
}

impl ExternalDocuments {
    /// Opens what [`write`] wrote, of which there are `count`.
    pub(crate) fn open(folder: &Path, count: usize) -> Result<Option<ExternalDocuments>, Error> {
        if count == 0 {
            return Ok(None);
        }
        let path = folder.join(COMPILED);
        let damaged = || super::matcher::bad_record("it does not hold together").at_path(&path);
        let index = TextIndex::open(&folder.join(TEXT))?;
        let bytes = std::fs::read(&path).map_err(|source| Error::io(source, &path))?;
        let knowledge = Knowledge::from_bytes(&bytes, &nobody()).map_err(|Damaged| damaged())?;
        if index.len() != count || knowledge.works.as_ref().map_or(0, Works::len) != count {
            return Err(damaged());
        }
        Ok(Some(ExternalDocuments(Arc::new(Inner { knowledge, index }))))
    }

    /// How many.
    pub(crate) fn len(&self) -> usize {
        self.0.knowledge.works.as_ref().map_or(0, Works::len)
    }

    /// The nearest ones, the most probable first. Of those of one body under one title, which are
    /// editions that the references do not tell, the nearest stands for all.
    pub(crate) fn near(
        &self,
        proposal: &Proposal,
        subject: &Subject<'_>,
        space: &mut Workspace,
    ) -> Vec<Elsewhere> {
        let Inner { knowledge, index } = &*self.0;
        let Some(works) = &knowledge.works else { return Vec::new() };
        let model = ClosenessModel::shared();
        let compared = Compared {
            title: &subject.title,
            passages: subject.bodies.iter().map(|body| &**body).collect(),
            ..Compared::default()
        };
        let ranked = rank(knowledge, works, &compared, model, &|_| false, space);
        let mut near: Vec<Elsewhere> = Vec::new();
        let names = Names::of(proposal);
        let mut memo = WordMemo::default();
        let bodies = subject.bodies.iter();
        let sentences: Vec<Sentences<'_>> =
            bodies.map(|body| Sentences::of(knowledge, body, &mut memo)).collect();
        for one in ranked.iter().take(LOOKED_AT) {
            let record = index.record(one.work.number()).ok();
            let Some(document) =
                record.and_then(|record| serde_json::from_slice::<ExternalDocument>(&record).ok())
            else {
                continue;
            };
            let probability = one.probability(model);
            let title = normalized_title(&document.title);
            let again = near.iter_mut().find(|known| {
                known.body == document.body && normalized_title(&known.title) == title
            });
            if let Some(known) = again {
                known.probability = 1.0 - (1.0 - known.probability) * (1.0 - probability);
                known.similarity = known.similarity.max(f64::from(one.core));
                if known.named_in.is_none() {
                    known.named_in = names.place_of(&document);
                }
                // What is in force stands for its drafts.
                if known.status != Status::Published && document.status == Status::Published {
                    known.year = document.published.map(crate::date::Date::year);
                    known.status = document.status;
                    known.reference = document.reference;
                }
                continue;
            }
            let vector = TitleVector::new(knowledge, &document.title, &mut memo);
            near.push(Elsewhere {
                named_in: names.place_of(&document),
                year: document.published.map(crate::date::Date::year),
                probability,
                similarity: f64::from(one.core),
                title_similarity: f64::from(one.signals[LETTERS]),
                passage: sentences.get(one.passage).and_then(|passage| passage.nearest(&vector)),
                body: document.body,
                reference: document.reference,
                title: document.title,
                group: Some(document.group).filter(|group| !group.is_empty()),
                status: document.status,
            });
        }
        near.sort_by(|a, b| {
            b.probability.total_cmp(&a.probability).then_with(|| a.reference.cmp(&b.reference))
        });
        let strong = OverlapThresholds::DEFAULT.strong;
        let mut position = 0;
        near.retain(|one| {
            position += 1;
            position <= NEAREST_SHOWN
                || one.probability >= WORTH_TELLING
                || one.similarity >= strong
        });
        near.truncate(SHOWN);
        near
    }
}

/// The texts of a proposal as runs of letters and digits, for looking for references in them.
struct Names(Vec<(String, Vec<String>)>);

/// Words of a title from which on its mention is taken for one of the document.
const WORDS_OF_TITLE: usize = 4;

impl Names {
    fn of(proposal: &Proposal) -> Names {
        let texts = proposal.texts().map(|(field, text)| (field, runs(text)));
        Names(texts.filter(|(field, _)| field != "title").collect())
    }

    /// The field that names a document: by its reference, with any spaces and hyphens and with or
    /// without `Std`, by the number alone where that is long, or by its whole title.
    fn place_of(&self, document: &ExternalDocument) -> Option<String> {
        let whole = runs(&document.reference).concat();
        let body: String = runs(&document.body).concat();
        let number = whole.strip_prefix(&body).unwrap_or(&whole);
        let is_long = number.bytes().filter(u8::is_ascii_digit).count() >= 5
            && number.starts_with(|c: char| c.is_alphabetic());
        let title = runs(&document.title);
        let title_counts = title.len() >= WORDS_OF_TITLE;
        let title = title.concat();
        let names = |text: &[String]| {
            let without_std: Vec<&str> =
                text.iter().map(String::as_str).filter(|word| *word != "std").collect();
            holds(&without_std, &whole)
                || is_long && holds(&without_std, number)
                || title_counts && holds(&without_std, &title)
        };
        self.0.iter().find(|(_, text)| names(text)).map(|(field, _)| field.clone())
    }
}

/// The runs of letters and digits, in lower case.
fn runs(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|run| !run.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// True where some neighbouring words, put together, are `name`.
fn holds(words: &[&str], name: &str) -> bool {
    !name.is_empty()
        && (0..words.len()).any(|start| {
            let mut rest = name;
            for word in &words[start..] {
                match rest.strip_prefix(word) {
                    Some("") => return true,
                    Some(left) => rest = left,
                    None => return false,
                }
            }
            false
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_named_by_its_reference_in_any_spelling_or_by_its_title() {
        let mut proposal = Proposal::builder().title("Cars of silent lifts in harbours").build();
        proposal.scope = "See EN 399 901 V1.2.1, IEEE Std 9935-2018 and ECMA-991.".to_owned();
        proposal.purpose = "As told in Doors of fast lifts in harbours.".to_owned();
        let names = Names::of(&proposal);
        let place = |body: &str, reference: &str, title: &str| {
            names.place_of(&ExternalDocument::new(body, reference, title))
        };
        let scope = Some("scope".to_owned());
        assert_eq!(place("ETSI", "ETSI EN 399 901", "Lifts"), scope);
        assert_eq!(place("IEEE", "IEEE 9935", "Lifts"), scope);
        assert_eq!(place("ECMA", "ECMA-991", "Lifts"), scope);
        assert_eq!(place("ECMA", "ECMA-99", "Lifts"), None);
        assert_eq!(place("IEEE", "IEEE 993", "Lifts"), None);
        let by_title = place("OGC", "OGC 99-1", "Doors of fast lifts in harbours");
        assert_eq!(by_title, Some("purpose".to_owned()));
        assert_eq!(place("OGC", "OGC 99-1", "Lifts"), None);
        // The proposal's own title names nothing.
        assert_eq!(place("OGC", "OGC 99-1", "Cars of silent lifts in harbours"), None);
    }
}
