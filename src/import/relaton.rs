//! Bibliographic records of Relaton, as relaton-data-iso, -iec and -itu keep them: one YAML file a
//! publication.
//!
//! Three dialects occur, and mixtures: references under `docid` (`id`) or `docidentifier`
//! (`content`); committees under `editorialgroup`, at the top or in `ext`, or as `contributor` with
//! `subdivision`; stages as numbers (`95`, `99`), as words (`REVISED`, `Withdrawal`), as text or as
//! a mapping; a single entry where others have a list.

use serde::Deserialize;

use super::external;
use super::loose::{Many, Scalar, Textual, optional_text, scalar, truth};
use super::markup::{squeezed, to_text};
use super::owner;
use super::prune::prune;
use super::record::{Found, LeftOut, Read, completed};
use crate::date::Date;
use crate::reference::Organization;
use crate::standards::{Publication, PublicationKind, Relation, RelationKind, Status};

/// Reads one file.
pub(super) fn read(bytes: &[u8]) -> Result<Found, LeftOut> {
    let text = std::str::from_utf8(bytes).map_err(|_| LeftOut::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let parse = |text: &str| {
        let options = serde_saphyr::options! { with_snippet: false };
        serde_saphyr::from_str_with_options::<Record>(text, options)
    };
    // A record that does not parse without the fields that are not read is parsed whole, for the
    // message's line.
    let record = match parse(&prune(text)) {
        Ok(record) => record,
        Err(_) => parse(text).map_err(LeftOut::malformed)?,
    };
    publication(record)
}

fn publication(record: Record) -> Result<Found, LeftOut> {
    let Record {
        title,
        docid,
        docidentifier,
        date,
        contributor,
        abstracts,
        docstatus,
        status,
        relation,
        ext,
        ..
    } = record;
    let Extension { editorialgroup, doctype, ics, pubstatus } = ext.unwrap_or_default();
    let group = EditorialGroup::joined(if editorialgroup.0.is_empty() {
        record.editorialgroup.0
    } else {
        editorialgroup.0
    });
    let doctype = doctype.or(record.doctype).map(|doctype| doctype.0).unwrap_or_default();
    let ics = if ics.0.is_empty() { record.ics } else { ics };

    let docids: Vec<Identifier> = docid.0.into_iter().chain(docidentifier.0).collect();
    // Whose list the record is from: a bare `TC 31` in IEC's record of `ISO/IEC 80079-20-2` is
    // IEC's.
    let first = docids.iter().find(|docid| docid.primary).or(docids.first());
    let body = first.and_then(|docid| external::body(&docid.r#type, &docid.text()));
    let keeper =
        docids.iter().find(|docid| docid.primary).and_then(|docid| docid.r#type.parse().ok());
    let mut identifiers = identifiers(docids.into_iter());
    if identifiers.is_empty() {
        return Err(LeftOut::NoReference);
    }
    let reference = identifiers.remove(0);
    let abstract_text = abstracts
        .0
        .iter()
        .find(|entry| entry.is_english())
        .map(|entry| to_text(entry.text()))
        .unwrap_or_default();
    let published = date_of(&date.0);
    let status = docstatus.0.into_iter().chain(status.0).next().unwrap_or_default();
    if let Some(body) = body {
        let stage = if status.stage.0.is_empty() { pubstatus.0 } else { status.stage.0 };
        return external::document(external::Record {
            body,
            reference: &reference,
            title: title_of(&title.0),
            abstract_text,
            group: group.responsible(&contributor.0),
            stage: &stage,
            published: published.or_else(|| date.0.iter().find_map(Dated::date)),
        })
        .map(Found::External);
    }
    let context = keeper.or_else(|| organization_of(&reference));
    let mut publication = Publication::new(reference, title_of(&title.0));
    publication.abstract_text = abstract_text;
    publication.ics =
        ics.0.into_iter().map(|entry| entry.0).filter(|code| !code.is_empty()).collect();
    publication.published = published;
    publication.withdrawn =
        date.0.iter().filter(|date| date.r#type == "obsoleted").find_map(Dated::date);
    (publication.stage, publication.status) = stage(status);
    publication.kind = kind(&doctype);
    publication.supplement = matches!(
        doctype.as_str(),
        "recommendation-amendment" | "recommendation-corrigendum" | "recommendation-annex"
    );
    publication.relations = relation.0.into_iter().filter_map(Related::relation).collect();
    publication.relations.extend(
        identifiers
            .iter()
            .map(|other| Relation { kind: RelationKind::CommonText, reference: other.clone() }),
    );
    publication.also = identifiers;

    let (names, context) = committees(group, contributor.0, context);
    let mut strange_committee = None;
    for names in names {
        match names
            .iter()
            .filter_map(|name| owner::read(name, context))
            .max_by_key(|owner| owner.committee.to_string().len())
        {
            Some(owner) if publication.committee.is_none() => {
                publication.original_committee = owner.original;
                publication.committee = Some(owner.committee);
            }
            Some(owner) if Some(&owner.committee) != publication.committee.as_ref() => {
                publication.further_committees.push(owner.committee);
            }
            Some(_) => {}
            None => {
                strange_committee =
                    names.into_iter().find(|name| !name.is_empty()).or(strange_committee)
            }
        }
    }
    let publication = completed(publication)?;
    Ok(Found::Publication(Read { publication, strange_committee, keyed: Vec::new() }))
}

/// The day of publication.
fn date_of(dates: &[Dated]) -> Option<Date> {
    dates.iter().filter(|date| date.r#type == "published").find_map(Dated::date)
}

/// The references, primary ones first, without addresses (URN) and variants of the same reference.
fn identifiers(all: impl Iterator<Item = Identifier>) -> Vec<String> {
    let mut primary = Vec::new();
    let mut others = Vec::new();
    for identifier in all {
        let text = squeezed(&identifier.text());
        let is_number = !matches!(
            identifier.r#type.as_str(),
            "URN"
                | "DOI"
                | "ISBN"
                | "ISSN"
                | "iso-reference"
                | "iso-undated"
                | "iso-with-lang"
                | "iso-tc"
                | "metanorma"
        ) && !text.starts_with("urn:");
        if is_number && !text.is_empty() {
            if identifier.primary { &mut primary } else { &mut others }.push(text);
        }
    }
    primary.append(&mut others);
    let mut distinct: Vec<String> = Vec::with_capacity(primary.len());
    for text in primary {
        if !distinct.contains(&text) {
            distinct.push(text);
        }
    }
    distinct
}

/// Whose list a reference belongs to: the context in which a bare `TC 57` is read.
fn organization_of(reference: &str) -> Option<Organization> {
    let first = reference.split([' ', '/']).next()?;
    if first == "CISPR" { Some(Organization::Iec) } else { first.parse().ok() }
}

/// The whole English title, or its parts put together.
fn title_of(titles: &[Text]) -> String {
    let english = || titles.iter().filter(|title| title.is_english());
    if let Some(whole) = english().find(|title| matches!(title.r#type.as_str(), "main" | "")) {
        return to_text(whole.text());
    }
    let parts: Vec<String> = ["title-intro", "title-main", "title-part"]
        .iter()
        .filter_map(|wanted| english().find(|title| title.r#type == *wanted))
        .map(|title| to_text(title.text()))
        .collect();
    if parts.is_empty() {
        english().next().map(|title| to_text(title.text())).unwrap_or_default()
    } else {
        parts.join(" - ")
    }
}

/// The stage as one text, and what it means.
fn stage(status: DocumentStatus) -> (String, Status) {
    let (stage, substage) = (status.stage.0, status.substage.0);
    let text = if substage.is_empty() { stage.clone() } else { format!("{stage}.{substage}") };
    (text, status_of(&stage, &substage))
}

/// Harmonized stage codes and the words of IEC and ITU-T. `.98` is a project that was given up.
pub(super) fn status_of(stage: &str, substage: &str) -> Status {
    match stage.trim().to_ascii_lowercase().as_str() {
        "withdrawn" | "withdrawal" | "revised" | "replaced" | "superseded" | "deleted"
        | "cancelled" | "obsolete" => Status::Withdrawn,
        "draft" | "development" | "under development" | "approval" | "in-force-prepublished" => {
            Status::UnderDevelopment
        }
        number => match (number.parse::<u8>(), substage.trim().parse::<u8>()) {
            (Ok(95), Ok(99)) | (Ok(0..60), Ok(98)) => Status::Withdrawn,
            (Ok(0..60), _) => Status::UnderDevelopment,
            _ => Status::Published,
        },
    }
}

fn kind(doctype: &str) -> PublicationKind {
    match doctype {
        "international-standard" => PublicationKind::InternationalStandard,
        "technical-specification" => PublicationKind::TechnicalSpecification,
        "technical-report" => PublicationKind::TechnicalReport,
        "publicly-available-specification" => PublicationKind::PubliclyAvailableSpecification,
        "guide" => PublicationKind::Guide,
        "international-workshop-agreement" => PublicationKind::WorkshopAgreement,
        "recommendation"
        | "recommendation-amendment"
        | "recommendation-corrigendum"
        | "recommendation-annex" => PublicationKind::Recommendation,
        "recommendation-supplement" => PublicationKind::SeriesSupplement,
        // The reference tells the rest.
        _ => PublicationKind::Other,
    }
}

/// For each committee the names under which the record knows it, and the organization of bare
/// names.
fn committees(
    group: EditorialGroup,
    contributors: Vec<Contributor>,
    context: Option<Organization>,
) -> (Vec<Vec<String>>, Option<Organization>) {
    let mut all = Vec::new();
    let subcommittees: Vec<String> =
        group.subcommittee.0.iter().filter_map(|committee| committee.numbered("SC")).collect();
    for committee in &group.technical_committee.0 {
        let mut names = vec![committee.identifier.clone(), committee.name.clone()];
        if let Some(number) = committee.numbered("TC") {
            names.extend(subcommittees.iter().map(|sub| format!("{number}/{sub}")));
            // The number of a joint committee carries no hint that it is one; its identifier does.
            if committee.identifier.is_empty() && owner::read(&committee.name, context).is_none() {
                names.push(number);
            }
        }
        all.push(names);
    }
    let mut context = context;
    if all.is_empty() {
        for contributor in contributors {
            let Some(organization) = contributor.organization else { continue };
            if organization.subdivision.0.is_empty() {
                continue;
            }
            let keeper = organization.abbreviation.map(|all| all.0).unwrap_or_default();
            context = keeper.parse().ok().or(context);
            let mut names: Vec<String> = Vec::new();
            for division in organization.subdivision.0 {
                names.extend(division.identifier.0.into_iter().map(|entry| entry.0));
                names.extend(division.name.0.into_iter().map(|entry| entry.0));
            }
            let joined: Vec<&str> = names
                .iter()
                .map(String::as_str)
                .filter(|name| owner::read(name, context).is_some() || name.starts_with("SC "))
                .collect();
            if joined.len() > 1 {
                names.push(joined.join("/"));
            }
            all.push(names);
        }
    }
    (all, context)
}

// ---- the shapes of the files ----

#[derive(Default, Deserialize)]
#[serde(default)]
struct Record {
    title: Many<Text>,
    docid: Many<Identifier>,
    docidentifier: Many<Identifier>,
    date: Many<Dated>,
    contributor: Many<Contributor>,
    #[serde(rename = "abstract")]
    abstracts: Many<Text>,
    docstatus: Many<DocumentStatus>,
    status: Many<DocumentStatus>,
    relation: Many<Related>,
    ext: Option<Extension>,
    editorialgroup: Many<EditorialGroup>,
    doctype: Option<Scalar>,
    ics: Many<Scalar>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Extension {
    editorialgroup: Many<EditorialGroup>,
    doctype: Option<Scalar>,
    ics: Many<Scalar>,
    /// Whether a text of IEEE is in force.
    #[serde(deserialize_with = "scalar")]
    pubstatus: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct EditorialGroup {
    technical_committee: Many<Committee>,
    subcommittee: Many<Committee>,
    /// Names of groups, as other bodies write them.
    committee: Many<Scalar>,
    name: Many<Scalar>,
}

impl EditorialGroup {
    /// Several as one: ETSI and OASIS list them.
    fn joined(groups: Vec<EditorialGroup>) -> EditorialGroup {
        groups.into_iter().fold(EditorialGroup::default(), |mut all, one| {
            all.technical_committee.0.extend(one.technical_committee.0);
            all.subcommittee.0.extend(one.subcommittee.0);
            all.committee.0.extend(one.committee.0);
            all.name.0.extend(one.name.0);
            all
        })
    }

    /// The group of another body that a document is by, or else the division of its publisher.
    fn responsible(&self, contributors: &[Contributor]) -> String {
        let named = self.name.0.iter().chain(&self.committee.0);
        let divisions = contributors
            .iter()
            .filter_map(|contributor| contributor.organization.as_ref())
            .flat_map(|organization| &organization.subdivision.0)
            .flat_map(|division| &division.name.0);
        let name = named.chain(divisions).map(|name| to_text(&name.0));
        let mut name = name.filter(|name| !name.trim().is_empty());
        name.next().map(|name| squeezed(&name).chars().take(200).collect()).unwrap_or_default()
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Committee {
    #[serde(deserialize_with = "optional_text")]
    identifier: String,
    #[serde(deserialize_with = "optional_text")]
    name: String,
    number: Option<Scalar>,
    #[serde(deserialize_with = "optional_text")]
    r#type: String,
}

impl Committee {
    /// `TC 184`, out of the fields of the older records.
    fn numbered(&self, fallback: &str) -> Option<String> {
        let number = self.number.as_ref()?;
        let kind = if matches!(self.r#type.as_str(), "TC" | "SC" | "PC" | "JTC") {
            self.r#type.as_str()
        } else {
            fallback
        };
        Some(format!("{kind} {}", number.0))
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Contributor {
    organization: Option<Body>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Body {
    abbreviation: Option<Scalar>,
    subdivision: Many<Division>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Division {
    name: Many<Scalar>,
    identifier: Many<Scalar>,
}

impl<'de> Textual<'de> for Division {
    fn from_text(text: String) -> Option<Division> {
        Some(Division { name: Many(vec![Scalar(text)]), identifier: Many::default() })
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Text {
    content: Option<String>,
    language: Many<Scalar>,
    #[serde(deserialize_with = "optional_text")]
    r#type: String,
}

impl Text {
    fn text(&self) -> &str {
        self.content.as_deref().unwrap_or_default()
    }
    /// True where the entry is in English or names no language.
    fn is_english(&self) -> bool {
        self.language.0.is_empty()
            || self.language.0.iter().any(|language| language.0 == "en" || language.0 == "eng")
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Identifier {
    id: Option<String>,
    content: Option<String>,
    #[serde(deserialize_with = "optional_text")]
    r#type: String,
    #[serde(deserialize_with = "truth")]
    primary: bool,
}

impl Identifier {
    fn text(&self) -> String {
        self.id.clone().or_else(|| self.content.clone()).unwrap_or_default()
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Dated {
    #[serde(deserialize_with = "optional_text")]
    r#type: String,
    value: Option<Scalar>,
    at: Option<Scalar>,
    on: Option<Scalar>,
}

impl Dated {
    fn date(&self) -> Option<Date> {
        [&self.value, &self.at, &self.on]
            .into_iter()
            .flatten()
            .find_map(|date| Date::read_recorded(&date.0))
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DocumentStatus {
    stage: Scalar,
    substage: Scalar,
}

impl<'de> Textual<'de> for DocumentStatus {
    fn from_text(text: String) -> Option<DocumentStatus> {
        Some(DocumentStatus { stage: Scalar(text), substage: Scalar::default() })
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Related {
    #[serde(deserialize_with = "optional_text")]
    r#type: String,
    bibitem: Option<RelatedItem>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RelatedItem {
    docid: Many<Identifier>,
    docidentifier: Many<Identifier>,
    formattedref: Option<Scalar>,
}

impl Related {
    /// `complementOf` is passed over: ITU-T's records state it between every text and every
    /// supplement of a series.
    fn relation(self) -> Option<Relation> {
        let item = self.bibitem?;
        let reference = identifiers(item.docid.0.into_iter().chain(item.docidentifier.0))
            .into_iter()
            .next()
            .or_else(|| item.formattedref.map(|text| squeezed(&text.0)))
            .filter(|reference| !reference.is_empty() && reference.len() <= 500)?;
        let kind = match self.r#type.as_str() {
            "complementOf" | "hasComplement" => return None,
            "obsoletes" | "supersedes" => RelationKind::Replaces,
            // In these files `updates` names what came after: the next edition or an amendment.
            "updates" | "obsoletedBy" | "supersededBy" if is_change(&reference) => {
                RelationKind::AmendedBy
            }
            "updates" | "obsoletedBy" | "supersededBy" => RelationKind::ReplacedBy,
            "updatedBy" => RelationKind::AmendedBy,
            "hasEdition" | "editionOf" | "hasInstance" | "instanceOf" => RelationKind::Edition,
            "adoptedFrom" | "nationalVersionOf" => RelationKind::AdoptedFrom,
            "adoptedAs" | "hasNationalVersion" => RelationKind::AdoptedAs,
            "equivalent" | "identical" | "commonText" => RelationKind::CommonText,
            "partOf" | "includedIn" => RelationKind::PartOf,
            "hasPart" | "includes" => RelationKind::HasPart,
            _ => RelationKind::Related,
        };
        Some(Relation { kind, reference })
    }
}

/// True for the reference of an amendment, corrigendum or addendum.
fn is_change(reference: &str) -> bool {
    reference
        .parse()
        .is_ok_and(|standard: crate::reference::StandardRef| !standard.supplements().is_empty())
}

// ---- what a bare text is ----

impl<'de> Textual<'de> for Text {
    fn from_text(text: String) -> Option<Text> {
        Some(Text { content: Some(text), language: Many::default(), r#type: String::new() })
    }
}

impl<'de> Textual<'de> for Identifier {
    fn from_text(text: String) -> Option<Identifier> {
        Some(Identifier { id: Some(text), primary: true, ..Identifier::default() })
    }
}

impl<'de> Textual<'de> for Committee {
    fn from_text(text: String) -> Option<Committee> {
        Some(Committee { name: text, ..Committee::default() })
    }
}

impl<'de> Textual<'de> for EditorialGroup {
    fn from_text(text: String) -> Option<EditorialGroup> {
        Some(EditorialGroup { name: Many(vec![Scalar(text)]), ..EditorialGroup::default() })
    }
}

impl<'de> Textual<'de> for Dated {
    fn from_text(_: String) -> Option<Dated> {
        None
    }
}

impl<'de> Textual<'de> for Contributor {
    fn from_text(_: String) -> Option<Contributor> {
        None
    }
}

impl<'de> Textual<'de> for Related {
    fn from_text(_: String) -> Option<Related> {
        None
    }
}
