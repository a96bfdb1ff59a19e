//! A circular: one record, and from it the cover notes and letters of three organizations.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::pattern::Pattern;
use super::plan::Plan;
use crate::boards::{Comparison, Paper, PaperStatus, compare_with};
use crate::document::{Block, Document};
use crate::error::{Error, Refusal, shown};
use crate::proposal::Date;
use crate::recommendation::written;
use crate::reference::Organization;
use crate::register::refuse;

/// Which text of a circular.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Letter {
    /// The page before a document.
    Cover,
    /// The circular letter itself.
    Circular,
}

impl Letter {
    /// Both.
    pub const ALL: [Letter; 2] = [Letter::Cover, Letter::Circular];

    /// `cover` or `circular`, as its file is named.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Letter::Cover => "cover",
            Letter::Circular => "circular",
        }
    }

    /// The pattern of the crate, in our own words.
    pub(super) const fn builtin(self, organization: Organization) -> &'static str {
        match (self, organization) {
            (Letter::Cover, Organization::Iso) => include_str!("patterns/iso.cover.md"),
            (Letter::Cover, Organization::Iec) => include_str!("patterns/iec.cover.md"),
            (Letter::Cover, Organization::ItuT) => include_str!("patterns/itu-t.cover.md"),
            (Letter::Circular, Organization::Iso) => include_str!("patterns/iso.circular.md"),
            (Letter::Circular, Organization::Iec) => include_str!("patterns/iec.circular.md"),
            (Letter::Circular, Organization::ItuT) => include_str!("patterns/itu-t.circular.md"),
        }
    }
}

/// What differs between the letters of the three offices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// The day of the letter.
    pub day: Date,
    /// Its reference at the organization.
    pub reference: String,
    /// The role to which questions go; without it the secretariat of the board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

/// A document that goes out with a letter of each organization: the file `plan/circulars/ID.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circular {
    /// Number and revision of the document, such as `SPCG-90C`.
    pub document: String,
    /// Other documents that go with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<String>,
    /// The id of the audience.
    pub audience: String,
    /// What it is asked to do, as in «are asked to …».
    pub act: String,
    /// The last day for an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_by: Option<Date>,
    /// What each office adds.
    pub office: BTreeMap<Organization, Office>,
}

impl Circular {
    /// A letter of one organization, filled in.
    ///
    /// # Errors
    /// [refused](Error::is_refused): a place is left open (`PlaceholderLeft`), a document is not
    /// approved (`NotAgreed`) or was replaced (`OutdatedBasis`), or is not listed; or the marked
    /// part of the three patterns differs (`BlocksDiffer`).
    pub fn fill(
        &self,
        plan: &Plan,
        patterns: &BTreeMap<Organization, Pattern>,
        organization: Organization,
    ) -> Result<Document, Error> {
        let papers = self.papers(plan)?;
        let letters = same_fixed(patterns)?;
        let pattern = letters.get(&organization).ok_or_else(|| missing(organization))?;
        let mut filled = pattern.fill(|name| self.value(plan, papers[0], organization, name))?;
        let attached = papers.iter().map(|one| format!("{}, {}", one.name(), one.title));
        filled.0.push(Block::Paragraph("Attached:".to_owned()));
        filled.0.push(Block::List(attached.collect()));
        Ok(filled)
    }

    /// Compares letters, as the offices have edited them, with the record, block by block. The
    /// names of the files tell their form.
    ///
    /// # Errors
    /// Those of [`Circular::fill`]; [malformed](Error::is_malformed) when a file cannot be read in
    /// its form.
    pub fn compare(
        &self,
        plan: &Plan,
        patterns: &BTreeMap<Organization, Pattern>,
        files: &[(&str, &[u8])],
    ) -> Result<Vec<Comparison>, Error> {
        let papers = self.papers(plan)?;
        // Any organization will do: what is compared is the same for all.
        let Some((&organization, pattern)) = same_fixed(patterns)?.first_key_value() else {
            return Err(missing(Organization::Iso));
        };
        let fixed = pattern.fixed();
        let fixed = fixed.fill(|name| self.value(plan, papers[0], organization, name))?;
        compare_with(&fixed, files)
    }

    /// The document and what goes with it, each listed, approved and not replaced.
    fn papers<'a>(&self, plan: &'a Plan) -> Result<Vec<&'a Paper>, Error> {
        let names = std::iter::once(&self.document).chain(&self.attachments);
        names.map(|name| ready(plan, name)).collect()
    }

    fn value(
        &self,
        plan: &Plan,
        paper: &Paper,
        organization: Organization,
        name: &str,
    ) -> Option<String> {
        let office = self.office.get(&organization);
        match name {
            "document" => Some(paper.name()),
            "revision" => paper.revision.clone(),
            "title" => Some(paper.title.clone()),
            "day" => office.map(|office| written(office.day)),
            "audience" => {
                plan.audience(&self.audience).and_then(|one| one.words.get(&organization)).cloned()
            }
            "act" => Some(self.act.clone()),
            "contact" => {
                let own = office.and_then(|office| office.contact.clone());
                Some(own.unwrap_or_else(|| format!("the secretariat of {}", organization.board())))
            }
            "reference" => office.map(|office| office.reference.clone()),
            "reply_by" => self.reply_by.map(written),
            _ => None,
        }
    }
}

/// The patterns, whose marked part is the same.
fn same_fixed(
    patterns: &BTreeMap<Organization, Pattern>,
) -> Result<&BTreeMap<Organization, Pattern>, Error> {
    let mut all = patterns.iter();
    let Some((first, one)) = all.next() else { return Ok(patterns) };
    let expected = one.fixed();
    for (organization, other) in all {
        if other.fixed() != expected {
            return Err(refuse(
                Refusal::BlocksDiffer,
                format!("the marked part of the patterns of {first} and {organization} differs"),
                "write it once, and copy it",
            ));
        }
    }
    Ok(patterns)
}

fn missing(organization: Organization) -> Error {
    refuse(
        Refusal::PlaceholderLeft,
        format!("there is no pattern for {organization}"),
        "put it into plan/patterns",
    )
}

/// A document that may go out.
fn ready<'a>(plan: &'a Plan, name: &str) -> Result<&'a Paper, Error> {
    let Some(paper) = plan.papers.iter().find(|paper| paper.name() == name) else {
        return Err(refuse(
            Refusal::NoSource,
            format!("{} is not listed among the documents", shown(name)),
            "list it in documents.toml with its revision, title and status",
        ));
    };
    let successor = plan.successor(paper);
    if paper.status == PaperStatus::Superseded || successor.is_some() {
        let next = successor.map_or("a later revision".to_owned(), Paper::name);
        return Err(refuse(
            Refusal::OutdatedBasis,
            format!("{name} is superseded: {next} took its place"),
            "send the revision that is in force",
        ));
    }
    if paper.status == PaperStatus::Draft {
        return Err(refuse(
            Refusal::NotAgreed,
            format!("{name} is not approved"),
            "wait for its approval, and set its status in documents.toml",
        ));
    }
    Ok(paper)
}
