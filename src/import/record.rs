//! What the readers of records share: why a record is left out, and what all of them check.

use std::borrow::Cow;

use super::markup::squeezed;
use crate::date::Date;
use crate::reference::{Organization, StandardRef};
use crate::standards::{ExternalDocument, Publication, PublicationKind, RelationKind, Status};

/// A record that was read, with what it lacks.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) publication: Publication,
    /// A committee that is named and not understood.
    pub(super) strange_committee: Option<String>,
    /// Ties with other records of the same file, by their keys there.
    pub(super) keyed: Vec<(RelationKind, u64)>,
}

/// A record of a bibliography.
pub(super) enum Found {
    Publication(Read),
    /// One of another body.
    External(ExternalDocument),
}

impl Found {
    /// The year of publication.
    pub(super) fn year(&self) -> Option<u16> {
        match self {
            Found::Publication(read) => read.publication.year(),
            Found::External(document) => document.published.map(Date::year),
        }
    }
}

/// Why a record is not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum LeftOut {
    #[error("larger than {} MiB", super::LARGEST_RECORD >> 20)]
    TooLarge,
    #[error("not UTF-8")]
    NotUtf8,
    #[error("not readable")]
    Malformed(String),
    #[error("no reference")]
    NoReference,
    #[error("no English title")]
    NoTitle,
    #[error("published after the limit")]
    AfterLimit,
    #[error("no year, and a limit is set")]
    NoYear,
    #[error("not a regular file")]
    NotAFile,
    #[error("published together with ISO or IEC, whose lists hold it")]
    OfTheThree,
}

impl LeftOut {
    /// True for a record that is wrong, not one that the caller asked to leave out.
    pub(super) fn is_failure(&self) -> bool {
        !matches!(self, LeftOut::AfterLimit | LeftOut::NoYear | LeftOut::OfTheThree)
    }

    /// What exactly is wrong, where more is known than the kind.
    pub(super) fn detail(&self) -> Cow<'_, str> {
        match self {
            LeftOut::Malformed(detail) => Cow::Borrowed(detail),
            other => Cow::Owned(other.to_string()),
        }
    }

    /// One line of at most 200 characters out of the message of a parser.
    pub(super) fn malformed(message: impl std::fmt::Display) -> LeftOut {
        let message = message.to_string();
        let line = message.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        LeftOut::Malformed(line.trim().chars().take(200).collect())
    }
}

/// Takes back a withdrawal that came after `until`, as far as the record dates it: by the day of
/// the withdrawal, or by the reference of the edition that took its place.
pub(super) fn as_of(publication: &mut Publication, until: u16) {
    if publication.status != Status::Withdrawn {
        return;
    }
    if let Some(withdrawn) = publication.withdrawn {
        if withdrawn.year() > until {
            publication.status = Status::Published;
        }
        return;
    }
    let own = publication.year();
    let later = publication.relations.iter().filter_map(|relation| {
        let next = matches!(relation.kind, RelationKind::ReplacedBy | RelationKind::Edition);
        let other: StandardRef = relation.reference.parse().ok().filter(|_| next)?;
        other.year().filter(|year| other.supplements().is_empty() && Some(*year) > own)
    });
    // The first edition after it is the one that took its place.
    if later.min().is_some_and(|year| year > until) {
        publication.status = Status::Published;
    }
}

/// Fills in what follows from the reference, and checks what no record may lack.
pub(super) fn completed(publication: Publication) -> Result<Publication, LeftOut> {
    let publication = completed_untitled(publication)?;
    if publication.title.is_empty() { Err(LeftOut::NoTitle) } else { Ok(publication) }
}

/// The same for records of a register that may lack titles: other records of the same text may
/// have one.
pub(super) fn completed_untitled(mut publication: Publication) -> Result<Publication, LeftOut> {
    publication.reference = squeezed(&publication.reference);
    publication.title = squeezed(&publication.title);
    if publication.reference.is_empty() || publication.reference.len() > 500 {
        return Err(LeftOut::NoReference);
    }
    if !publication.title.chars().any(char::is_alphanumeric) {
        publication.title.clear();
    }
    let standard: Option<StandardRef> = publication.reference.parse().ok();
    if publication.organizations.is_empty() {
        let all = publication.also.iter().filter_map(|also| also.parse::<StandardRef>().ok());
        publication.organizations =
            standard.iter().cloned().chain(all).flat_map(|all| all.organizations()).collect();
        publication
            .organizations
            .extend(publication.committee.iter().flat_map(|all| all.organizations()));
    }
    publication.organizations.sort_unstable();
    publication.organizations.dedup();
    if let Some(standard) = &standard {
        publication.supplement |= is_supplement(&publication.reference, standard);
        if publication.kind == PublicationKind::Other {
            publication.kind = kind_of(standard);
        }
    }
    Ok(publication)
}

/// True where the reference is that of an amendment, corrigendum and the like. A consolidated
/// edition (`IEC 60335-1:2010+AMD1:2013 CSV`) is an edition, a supplement of ITU-T a text of its
/// own.
fn is_supplement(written: &str, standard: &StandardRef) -> bool {
    let consolidated =
        written.contains('+') && !written.rsplit('+').next().unwrap_or_default().contains('/');
    let standing = usize::from(standard.is_standing_supplement());
    standard.supplements().len() > standing && !consolidated
}

/// The kind that the reference itself tells.
fn kind_of(standard: &StandardRef) -> PublicationKind {
    let printed = standard.to_string();
    let words = || printed.split([' ', '/']).take(5);
    let has = |word: &str| words().any(|other| other == word);
    if standard.organizations() == [Organization::ItuT] {
        return if standard.is_standing_supplement() {
            PublicationKind::SeriesSupplement
        } else {
            PublicationKind::Recommendation
        };
    }
    [
        ("TS", PublicationKind::TechnicalSpecification),
        ("TR", PublicationKind::TechnicalReport),
        ("PAS", PublicationKind::PubliclyAvailableSpecification),
        ("Guide", PublicationKind::Guide),
        ("IWA", PublicationKind::WorkshopAgreement),
        ("ISP", PublicationKind::StandardizedProfile),
        ("R", PublicationKind::Recommendation),
    ]
    .into_iter()
    .find(|(mark, _)| has(mark))
    .map_or(PublicationKind::InternationalStandard, |(_, kind)| kind)
}
