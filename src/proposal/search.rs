//! What the proposer looked for and found: searches and related standards.

use serde::{Deserialize, Serialize};

use super::answer::{self, PHRASES, dates_in};
use super::body::{Citation, organizations_in};
use super::lenient::{self, Short};
use super::words::words;
use crate::date::Date;
use crate::error::Error;
use crate::reference::{Organization, Reference, StandardRef, find_references};

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

/// Words behind which the words of a search stand.
const QUERY_LEADS: [&str; 14] = [
    "search terms",
    "search words",
    "key words",
    "keywords",
    "for the words",
    "for the terms",
    "with the words",
    "with the terms",
    "words:",
    "terms:",
    "searched for",
    "looked for",
    "search for",
    "query",
];

impl Search {
    /// `IEC: webstore and dashboards of projects, 13 January 2026, for the words vertical farm;
    /// published and under development. IEC 63403-1 was found.`
    fn from_sentences(text: &str) -> Search {
        let text = text.trim();
        // Whose work it is stands before a colon or the date; names behind are results.
        let dates = dates_in(text);
        let colon = text.find(": ").filter(|at| *at <= 80);
        let stop = text.find(". ").unwrap_or(text.len());
        let date = dates.first();
        let end = colon.or(date.map(|(span, _)| span.start)).unwrap_or(stop);
        let head = without_verb(text[..end].trim_end_matches([',', ' ', '(']));
        let named = organizations_in(if organizations_in(head).is_empty() { text } else { head });
        let organization = if head.is_empty() || head.chars().count() > 120 {
            let names: Vec<&str> = named.iter().map(|one| one.name()).collect();
            (!names.is_empty()).then(|| names.join(", "))
        } else if colon.is_some() || organizations_in(head).is_empty() || head.len() <= 60 {
            Some(head.to_owned())
        } else {
            let names: Vec<&str> = named.iter().map(|one| one.name()).collect();
            Some(names.join(", "))
        };
        let database = date.and_then(|(span, _)| {
            let from = colon.map_or(0, |at| at + 2);
            let between = text.get(from..span.start)?;
            let between = between.trim().trim_end_matches([',', '(', ' ']);
            let between = between.trim_end_matches(" on").trim_end_matches(" in");
            (!between.is_empty()).then(|| between.to_owned())
        });
        let spoken = answer::words(text).join(" ");
        let has = |phrases: &[String]| answer::says(&spoken, phrases).is_some();
        let covers = match (has(&PHRASES.published), has(&PHRASES.drafts)) {
            (true, true) => Some(Covers::Both),
            (true, false) => Some(Covers::Published),
            (false, true) => Some(Covers::UnderDevelopment),
            (false, false) => None,
        };
        let query = query_in(text);
        // Results stand behind the words of the search; without any, nothing is found to say.
        let rest = query
            .as_ref()
            .map(|(span, _)| span.end)
            .or(date.map(|(span, _)| span.end))
            .map_or("", |from| &text[from..]);
        let findings: Vec<String> = rest
            .split([';', '.'])
            .map(|piece| piece.trim_matches([',', ' ', ':']))
            .filter(|piece| {
                find_references(piece, None).next().is_some()
                    || answer::says(piece, &PHRASES.found).is_some()
            })
            .map(str::to_owned)
            .collect();
        let findings = if date.is_none() && query.is_none() && findings.is_empty() {
            vec![text.to_owned()]
        } else {
            findings
        };
        Search {
            organization,
            database,
            date: date.map(|(_, date)| *date),
            query: query.map(|(_, words)| words),
            covers,
            findings,
        }
    }
}

/// The words of a search: in quotation marks, behind words that lead to them, or «same words».
fn query_in(text: &str) -> Option<(std::ops::Range<usize>, String)> {
    for (open, close) in [('"', '"'), ('“', '”'), ('«', '»'), ('‘', '’'), ('\'', '\'')] {
        let is_start = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
        if let Some((at, _)) = text.match_indices(open).find(|(at, _)| is_start(*at))
            && let Some(end) = text[at + open.len_utf8()..].rfind(close)
        {
            let from = at + open.len_utf8();
            let words = text[from..from + end].trim();
            if !words.is_empty() {
                return Some((at..from + end + close.len_utf8(), words.to_owned()));
            }
        }
    }
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    for same in ["same words", "same terms", "same search", "same query", "same keywords"] {
        if let Some(at) = lower.find(same) {
            return Some((at..at + same.len(), same.to_owned()));
        }
    }
    // `searched on 12 January 2026 for drainage, sewer and manhole; …`
    if let Some((span, _)) = dates_in(text).first()
        && let Some(rest) = text[span.end..].strip_prefix(" for ")
    {
        let end = rest.find([';', '.']).unwrap_or(rest.len());
        let from = span.end + " for ".len();
        return Some((span.end..from + end, rest[..end].trim().to_owned()));
    }
    let (at, lead) = QUERY_LEADS.iter().find_map(|lead| Some((lower.find(lead)?, *lead)))?;
    let from = at + lead.len();
    let rest = &text[from..];
    let end = rest.find([';', '.']).unwrap_or(rest.len());
    let words = rest[..end].trim_matches([':', ' ', ',']);
    (!words.is_empty()).then(|| (at..from + end, words.to_owned()))
}

/// `IMO was asked on` is IMO.
fn without_verb(head: &str) -> &str {
    const VERBS: &[&str] =
        &[" was ", " were ", " has been ", " have been ", " is ", " are ", " has ", " have "];
    let names = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.any(|word| word.chars().filter(|c| c.is_uppercase()).count() >= 2)
    };
    let end = VERBS.iter().filter_map(|verb| head.find(verb)).min();
    match end {
        // A name: `IMO`, `the secretary of CEN/TC 15`.
        Some(end) if end <= 60 && names(&head[..end]) => head[..end].trim_end(),
        _ => head,
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
            return Ok(Search::from_sentences(text));
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

/// A document that a sentence speaks of and that is listed besides is one.
pub(crate) fn merge(documents: &mut Vec<RelatedStandard>) {
    let mut seen: std::collections::BTreeMap<StandardRef, usize> =
        std::collections::BTreeMap::new();
    let mut merged: Vec<RelatedStandard> = Vec::with_capacity(documents.len());
    for document in documents.drain(..) {
        let known = document.reference.standard().cloned();
        let is_bare = |one: &RelatedStandard| *one == RelatedStandard::new(one.reference.clone());
        if let Some(at) = known.as_ref().and_then(|known| seen.get(known)).copied()
            && (is_bare(&merged[at]) || is_bare(&document))
        {
            if is_bare(&merged[at]) {
                merged[at] = document;
            }
            continue;
        }
        if let Some(known) = known {
            seen.entry(known).or_insert(merged.len());
        }
        merged.push(document);
    }
    *documents = merged;
}

impl RelatedStandard {
    /// A reference and what is said of it: the title first, then what it means and how it differs.
    fn told(reference: &str, rest: &str) -> RelatedStandard {
        let mut parts = rest
            .split("; ")
            .flat_map(|part| part.split(". "))
            .map(|part| part.trim().trim_end_matches('.'))
            .filter(|part| !part.is_empty());
        let title = parts.next().map(str::to_owned);
        let said: Vec<&str> = parts.collect();
        let meaning = (!said.is_empty()).then(|| said.join("; "));
        RelatedStandard {
            title,
            significance: meaning.clone(),
            distinction: meaning,
            ..RelatedStandard::new(reference)
        }
    }
}

/// The documents of a line that are parted by semicolons: before each another reference begins.
fn semicolons(line: &str) -> Vec<&str> {
    let begins = |text: &str| {
        let text = text.trim();
        // `ETSI EN 303 645` is no reference of the three, and looks like one.
        let is_designation = text.len() <= 40
            && text.starts_with(|c: char| c.is_ascii_uppercase())
            && text.contains(|c: char| c.is_ascii_digit());
        text.is_empty()
            || is_designation
            || find_references(text, None).next().is_some_and(|found| found.span.start == 0)
    };
    let parts: Vec<&str> = line.split(';').collect();
    if parts.iter().skip(1).all(|part| begins(part)) { parts } else { vec![line] }
}

impl Short for RelatedStandard {
    const EXPECTED: &'static str = "a text such as \"ISO 31000:2018\" or a table with `reference`";

    /// `ISO 9001, 14001 and 45001` are three.
    fn parted(self) -> Vec<RelatedStandard> {
        if self != RelatedStandard::new(self.reference.text()) {
            return vec![self];
        }
        let parts: Vec<RelatedStandard> = super::body::references_only(self.reference.text())
            .into_iter()
            .filter_map(|(_, reference)| match reference {
                Reference::Standard(standard) => Some(RelatedStandard::new(standard)),
                Reference::Committee(_) => None,
            })
            .collect();
        if parts.len() < 2 { vec![self] } else { parts }
    }

    /// A reference at the beginning, and after it the title; without one the whole text is the
    /// reference.
    fn from_text(text: &str) -> Result<RelatedStandard, Error> {
        let text = text.trim();
        if text.parse::<crate::reference::StandardRef>().is_err()
            && let Some(found) = find_references(text, None).next()
            && found.span.start == 0
            && matches!(found.reference, Reference::Standard(_))
        {
            let rest = text[found.span.end..]
                .trim_start_matches([',', ':', ';', '-', '–', '—', ' ', '\t'])
                .trim();
            return Ok(RelatedStandard::told(&text[found.span], rest));
        }
        // A sentence on one document: what is said of it.
        let mut named = find_references(text, None)
            .filter(|found| matches!(found.reference, Reference::Standard(_)));
        if let (Some(found), None) = (named.next(), named.next())
            && text.ends_with('.')
            && text.split_whitespace().count() > 4
        {
            return Ok(RelatedStandard {
                significance: Some(text.to_owned()),
                ..RelatedStandard::new(&text[found.span])
            });
        }
        // `ANSI/ASABE S640 (USA): quantities of optical radiation for plants`
        match text.split_once(": ") {
            Some((head, rest))
                if head.chars().count() <= 60 && head.contains(|c: char| c.is_ascii_digit()) =>
            {
                Ok(RelatedStandard::told(head.trim(), rest.trim()))
            }
            _ => Ok(RelatedStandard::new(text)),
        }
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
        for part in lenient::lines(text).into_iter().flat_map(semicolons) {
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
