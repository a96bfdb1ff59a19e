//! What the proposer looked for and found: searches and related standards.

use serde::{Deserialize, Serialize};

use super::body::{Citation, organizations_in};
use super::lenient::{self, Short};
use super::words::words;
use crate::date::Date;
use crate::error::Error;
use crate::reference::{Organization, Reference, find_references};

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
    const EXPECTED: &'static str =
        "a table such as { organization = \"IEC\", date = \"2024-05\" } or a text";
    fn from_text(text: &str) -> Result<Search, Error> {
        let named = organizations_in(text);
        let organization = (!named.is_empty())
            .then(|| named.iter().map(|one| one.name()).collect::<Vec<_>>().join(", "));
        let mut search = Search { organization, ..Search::default() };
        let mut rest: Vec<&str> = Vec::new();
        for piece in lenient::pieces(text) {
            let quoted = piece
                .strip_prefix(['\'', '"', '«', '“'])
                .and_then(|one| one.strip_suffix(['\'', '"', '»', '”']));
            match (Date::read_written(piece), quoted) {
                (date @ Some(_), _) if search.date.is_none() => search.date = date,
                (_, Some(query)) if search.query.is_none() => search.query = Some(query.to_owned()),
                _ => rest.push(piece),
            }
        }
        if search.date.is_none() || search.query.is_none() {
            search.date = None;
            search.query = None;
            search.findings = vec![text.to_owned()];
            return Ok(search);
        }
        // Organization and data base come before the rest.
        let is_name =
            |piece: &str| !organizations_in(piece).is_empty() && piece.chars().count() <= 40;
        if rest.first().is_some_and(|first| is_name(first)) {
            search.organization = Some(rest.remove(0).to_owned());
            if !rest.is_empty() {
                search.database = Some(rest.remove(0).to_owned());
            }
        }
        search.findings = rest.into_iter().map(str::to_owned).collect();
        Ok(search)
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

    /// A reference at the beginning, and after it the title; without one the whole text is the
    /// reference.
    fn from_text(text: &str) -> Result<RelatedStandard, Error> {
        let text = text.trim();
        if text.parse::<crate::reference::StandardRef>().is_err()
            && let Some(found) = find_references(text, None).next()
            && found.span.start == 0
            && matches!(found.reference, Reference::Standard(_))
        {
            let title = text[found.span.end..]
                .trim_start_matches([',', ':', ';', '-', '–', '—', ' ', '\t'])
                .trim();
            return Ok(RelatedStandard {
                title: (!title.is_empty()).then(|| title.to_owned()),
                ..RelatedStandard::new(&text[found.span])
            });
        }
        Ok(RelatedStandard::new(text))
    }
    /// Parted by lines and semicolons, and by commas before another reference: `Y.3090, Y.3172`.
    fn split(text: &str) -> Vec<&str> {
        let is_reference = |text: &str| {
            let found = find_references(text, None).next();
            found.is_some_and(|found| {
                found.span.start == 0 && matches!(found.reference, Reference::Standard(_))
            })
        };
        let mut items = Vec::new();
        for part in lenient::lines_and_semicolons(text) {
            let mut from = 0;
            for (at, comma) in part.match_indices(", ") {
                if is_reference(&part[at + comma.len()..])
                    && is_reference(part[from..].trim_start())
                {
                    items.push(&part[from..at]);
                    from = at + comma.len();
                }
            }
            items.push(&part[from..]);
        }
        items
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_in_a_row_are_parted() {
        let split = |text: &'static str| -> Vec<&str> {
            RelatedStandard::split(text).into_iter().map(str::trim).collect()
        };
        assert_eq!(split("Y.3090, Y.3172; ISO 23247-1"), ["Y.3090", "Y.3172", "ISO 23247-1"]);
        assert_eq!(split("ISO 31000:2018, Risk management"), ["ISO 31000:2018, Risk management"]);
        assert_eq!(split("EN 12182, ISO 9001"), ["EN 12182, ISO 9001"]);
    }
}
