//! One record of a source.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::reference::{CommitteeRef, Organization, StandardRef};

/// One publication, draft or supplement, as one record of a source gives it.
///
/// Written as JSON, one object a line, this is the crate's own import format for whatever has no
/// reader of its own. Only `reference` and `title` are required; a field that this version does not
/// know makes the record unreadable, so that a misspelt name is not taken for missing data.
///
/// ```
/// use spcg::standards::{Publication, Status};
///
/// let line = r#"{"reference": "ISO 99901-2:2017", "title": "Smart lifts - Part 2: Doors", "committee": "ISO/TC 178",
///                "published": "2017-03", "status": "published", "abstract": "Doors of lifts."}"#;
/// let publication: Publication = serde_json::from_str(line)?;
/// assert_eq!(publication.year(), Some(2017));
/// assert_eq!(publication.standard().unwrap().number(), "99901-2");
/// assert_eq!(publication.status, Status::Published);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// The reference as the source writes it, with year and supplement: `ISO 99901-2:2017/Amd
    /// 1:2019`.
    pub reference: String,
    /// Further references of the same text, such as the second number of a common text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// The English title, plain text; parts of the title are kept apart by ` - `.
    pub title: String,
    /// What the text is about, in English, plain text; items of lists are sentences of their own.
    #[serde(default, rename = "abstract", skip_serializing_if = "String::is_empty")]
    pub abstract_text: String,
    /// The committee responsible for it: a technical committee, subcommittee or study group, never
    /// a working group. A study group that is closed is replaced by the one that keeps its texts
    /// today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committee: Option<CommitteeRef>,
    /// The committee as the source names it, where that differs from `committee`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_committee: Option<String>,
    /// Further committees responsible for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_committees: Vec<CommitteeRef>,
    /// Who publishes it, in the order ISO, IEC, ITU-T. Left empty in a file, it follows from the
    /// reference.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<Organization>,
    /// Codes of the International Classification for Standards: `35.030`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ics: Vec<String>,
    /// The stage in the words or numbers of the source: `60.60`, `95.99`, `REVISED`, `Published`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stage: String,
    /// Whether it is in force.
    #[serde(default)]
    pub status: Status,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// When it was withdrawn or replaced, where the source says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Date>,
    /// What kind of text it is.
    #[serde(default)]
    pub kind: PublicationKind,
    /// True for an amendment, a corrigendum or another text that changes one and cannot stand
    /// alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub supplement: bool,
    /// Its ties with other publications.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
}

/// Whether a text is in force.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Published and in force.
    #[default]
    Published,
    /// A project that has not been published yet.
    UnderDevelopment,
    /// Withdrawn, superseded or cancelled.
    Withdrawn,
}

/// What kind of text a publication is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PublicationKind {
    /// International Standard of ISO or IEC.
    InternationalStandard,
    /// Technical Specification.
    TechnicalSpecification,
    /// Technical Report.
    TechnicalReport,
    /// Publicly Available Specification.
    PubliclyAvailableSpecification,
    /// Guide.
    Guide,
    /// International Workshop Agreement.
    WorkshopAgreement,
    /// International Standardized Profile.
    StandardizedProfile,
    /// Recommendation of ISO (until 1972) or ITU-T.
    Recommendation,
    /// Supplement to a series of ITU-T Recommendations, which stands alone.
    SeriesSupplement,
    /// Anything else.
    #[default]
    Other,
}

/// A tie between two publications, as the source states it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// What ties them.
    pub kind: RelationKind,
    /// The reference of the other publication, as the source writes it.
    pub reference: String,
}

/// How a publication stands to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RelationKind {
    /// It takes the place of the other.
    Replaces,
    /// The other takes its place.
    ReplacedBy,
    /// It changes the other.
    Amends,
    /// The other changes it.
    AmendedBy,
    /// The other is an edition of the same text.
    Edition,
    /// It was adopted from the other.
    AdoptedFrom,
    /// The other was adopted from it.
    AdoptedAs,
    /// Both are one text under two numbers.
    CommonText,
    /// It is a part of the other, or belongs to it.
    PartOf,
    /// The other is a part of it, or belongs to it.
    HasPart,
    /// Any other tie.
    Related,
}

impl Publication {
    /// A publication of which only reference and title are known.
    #[must_use]
    pub fn new(reference: impl Into<String>, title: impl Into<String>) -> Publication {
        Publication {
            reference: reference.into(),
            also: Vec::new(),
            title: title.into(),
            abstract_text: String::new(),
            committee: None,
            original_committee: None,
            further_committees: Vec::new(),
            organizations: Vec::new(),
            ics: Vec::new(),
            stage: String::new(),
            status: Status::default(),
            published: None,
            withdrawn: None,
            kind: PublicationKind::default(),
            supplement: false,
            relations: Vec::new(),
        }
    }

    /// The reference, parsed; `None` where it is not one of ISO, IEC or ITU-T.
    #[must_use]
    pub fn standard(&self) -> Option<StandardRef> {
        self.reference.parse().ok()
    }

    /// The year of publication; without a date, the year that the reference carries.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        self.published.map(Date::year).or_else(|| {
            let standard = self.standard()?;
            standard
                .supplements()
                .iter()
                .filter_map(|supplement| supplement.year)
                .max()
                .or(standard.year())
        })
    }

    /// The committees responsible, `committee` first.
    pub fn committees(&self) -> impl Iterator<Item = &CommitteeRef> {
        self.committee.iter().chain(&self.further_committees)
    }
}

impl Status {
    /// `published`, `under development` or `withdrawn`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Status::Published => "published",
            Status::UnderDevelopment => "under development",
            Status::Withdrawn => "withdrawn",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
