//! What the proposer looked for and found: searches, related standards, exclusions.

use serde::{Deserialize, Serialize};

use super::body::{Body, Citation, committees_in, organizations_in};
use super::date::Date;
use super::lenient::{self, Short};
use super::words::words;
use crate::error::Error;
use crate::reference::{CommitteeRef, Organization, Reference, find_references};

/// Which texts a search looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Covers {
    /// Published texts only.
    Published,
    /// Drafts and work programmes only.
    UnderDevelopment,
    /// Published texts and work under way.
    Both,
}

words!(Covers, "coverage of a search", {
    Published => "published" | "approved" | "published texts" | "published documents" | "published standards",
    UnderDevelopment => "under_development" | "drafts" | "work programme" | "draft" | "projects",
    Both => "both" | "all" | "published and under development" | "approved or under development"
        | "published and drafts",
});

/// One search for existing work, such that someone else can repeat it.
///
/// In a file it may also be one text, which becomes its finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Search {
    /// Whose work was searched: `ISO`, `IEC`, `ITU-T`, `CEN`, …; see [`Search::organizations`].
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub organization: Option<String>,
    /// The data base, catalogue or work programme.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub database: Option<String>,
    /// When it was searched.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    pub date: Option<Date>,
    /// The words that were searched for.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub query: Option<String>,
    /// Published texts, work under way, or both.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    pub covers: Option<Covers>,
    /// What was found, also when it was nothing.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::LenientList<String>"))]
    pub findings: Vec<String>,
}

impl Search {
    /// Those of the three organizations whose work was searched, by its organization and data base.
    ///
    /// ```
    /// use spcg::proposal::Search;
    /// use spcg::reference::Organization;
    /// let mut search = Search::default();
    /// search.organization = Some("ISO/IEC JTC 1".to_owned());
    /// assert_eq!(search.organizations(), [Organization::Iso, Organization::Iec]);
    /// ```
    #[must_use]
    pub fn organizations(&self) -> Vec<Organization> {
        let named = organizations_in(self.organization.as_deref().unwrap_or_default());
        if named.is_empty() && self.organization.is_none() {
            return organizations_in(self.database.as_deref().unwrap_or_default());
        }
        named
    }
}

impl Short for Search {
    const EXPECTED: &'static str = "a table such as { organization = \"IEC\", date = \"2024-05\" } or a text";
    fn from_text(text: &str) -> Result<Search, Error> {
        let named = organizations_in(text);
        let organization =
            (!named.is_empty()).then(|| named.iter().map(|one| one.name()).collect::<Vec<_>>().join(", "));
        Ok(Search { organization, findings: vec![text.to_owned()], ..Search::default() })
    }
}

/// A document that matters to the proposed work.
///
/// In a file it may also be one text: `ISO 31000:2018, Risk management`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct RelatedStandard {
    /// Its reference.
    #[serde(alias = "ref")]
    pub reference: Citation,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub title: Option<String>,
    /// Who publishes it, where the reference does not tell.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub organization: Option<String>,
    /// How the proposed work relates to it: terminology, basis, overlap, …
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub relation: Option<String>,
    /// What it means for the proposed work.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub significance: Option<String>,
    /// How the proposed work differs from it, or how duplication is kept out.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub distinction: Option<String>,
}

impl RelatedStandard {
    /// A related standard of which only the reference is known.
    #[must_use]
    pub fn new(reference: impl Into<Citation>) -> RelatedStandard {
        RelatedStandard { reference: reference.into(), ..RelatedStandard::default() }
    }

    /// Those of the three organizations that publish it.
    #[must_use]
    pub fn organizations(&self) -> Vec<Organization> {
        match self.reference.standard() {
            Some(standard) => standard.organizations(),
            None => organizations_in(self.organization.as_deref().unwrap_or_default()),
        }
    }
}

impl Short for RelatedStandard {
    const EXPECTED: &'static str = "a text such as \"ISO 31000:2018\" or a table with `reference`";

    /// A reference at the beginning, and after it the title; without one the whole text is the reference.
    fn from_text(text: &str) -> Result<RelatedStandard, Error> {
        let text = text.trim();
        if text.parse::<crate::reference::StandardRef>().is_err()
            && let Some(found) = find_references(text, None).next()
            && found.span.start == 0
            && matches!(found.reference, Reference::Standard(_))
        {
            let title = text[found.span.end..].trim_start_matches([',', ':', ';', '-', '–', '—', ' ', '\t']).trim();
            return Ok(RelatedStandard {
                title: (!title.is_empty()).then(|| title.to_owned()),
                ..RelatedStandard::new(&text[found.span])
            });
        }
        Ok(RelatedStandard::new(text))
    }
    fn split(text: &str) -> Vec<&str> {
        lenient::lines_and_semicolons(text)
    }
}

/// A subject that the proposed work leaves to others.
///
/// In a file, `out_of_scope` may be a list of such parts, a list of texts, or one text; the committees are then
/// found in the texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Exclusion {
    /// What is left out.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub subject: String,
    /// Who deals with it. Files may also write `committee`.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list", alias = "committee")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::LenientList<Body>"))]
    pub committees: Vec<Body>,
}

impl Exclusion {
    /// An exclusion out of its wording, with the committees that it names.
    ///
    /// ```
    /// use spcg::proposal::Exclusion;
    /// let exclusion = Exclusion::new("risk management of organizations (ISO/TC 262)");
    /// assert_eq!(exclusion.committees().next().unwrap().to_string(), "ISO/TC 262");
    /// ```
    #[must_use]
    pub fn new(text: &str) -> Exclusion {
        let committees = committees_in(text, None).into_iter().map(Body::from).collect();
        Exclusion { subject: text.trim().to_owned(), committees }
    }

    /// The committees of the three organizations among [`committees`](Exclusion::committees).
    pub fn committees(&self) -> impl Iterator<Item = &CommitteeRef> {
        self.committees.iter().filter_map(Body::committee)
    }

    /// Finds bare numbers in the context of the proposal's organization.
    pub(crate) fn settle(&mut self, context: Option<Organization>) {
        self.committees.iter_mut().for_each(|body| body.settle(context));
        if self.committees.is_empty() {
            self.committees = committees_in(&self.subject, context).into_iter().map(Body::from).collect();
        }
    }
}

impl Short for Exclusion {
    const EXPECTED: &'static str = "a text such as \"risk management (ISO/TC 262)\" or a table with `subject`";
    fn from_text(text: &str) -> Result<Exclusion, Error> {
        Ok(Exclusion::new(text))
    }

    /// Parted by lines and semicolons, and by commas that follow a closing parenthesis.
    fn split(text: &str) -> Vec<&str> {
        let mut items = Vec::new();
        for line in text.split(['\n', ';']) {
            let mut from = 0;
            for (at, _) in line.match_indices("),") {
                items.push(&line[from..=at]);
                from = at + 2;
            }
            items.push(&line[from..]);
        }
        items
    }
}
