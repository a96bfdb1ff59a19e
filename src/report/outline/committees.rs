//! Who may be concerned, by organization.

use super::findings::unit;
use crate::matching::{Closeness, Evidence, Interest, Overlap};
use crate::proposal::field_label;
use crate::reference::{CommitteeRef, Organization};
use crate::screening::Screening;
use crate::text::display::percent;

/// Probability from which a committee is called *likely to be interested*. Probabilities are
/// calibrated: above a half, more committees of the past were concerned than were not. Below it,
/// down to the level from which committees are named at all, one *may be concerned*.
pub(super) const LIKELY: f64 = 0.5;

/// The committees of one organization.
#[derive(Debug)]
pub(in crate::report) struct House<'a> {
    pub(in crate::report) organization: Organization,
    /// `3 likely to be interested, 8 more may be concerned`
    pub(in crate::report) sentence: String,
    /// Those that are flagged or addressed, most probable first.
    pub(in crate::report) committees: Vec<Committee<'a>>,
    /// Those that are named and lie below the level, and where nobody reaches it the nearest.
    pub(in crate::report) below: Vec<Committee<'a>>,
}

/// A committee with what speaks for its interest.
#[derive(Debug)]
pub(in crate::report) struct Committee<'a> {
    pub(in crate::report) interest: &'a Interest,
    pub(in crate::report) reference: String,
    pub(in crate::report) probability: String,
    pub(in crate::report) standing: Standing,
    pub(in crate::report) named: Cell,
    pub(in crate::report) asked: Cell,
    pub(in crate::report) in_liaison: Cell,
    pub(in crate::report) owns_close_work: Cell,
    /// In a few words.
    pub(in crate::report) reason: String,
}

/// How sure it is that a committee is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Standing {
    /// The proposal is addressed to it.
    Addressee,
    Likely,
    Possible,
    /// Named by the proposal, below the level.
    Named,
    /// Among the nearest of its organization, below the level.
    Nearest,
}

impl Standing {
    pub(in crate::report) const fn words(self) -> &'static str {
        match self {
            Standing::Addressee => "addressed",
            Standing::Likely => "likely to be interested",
            Standing::Possible => "may be concerned",
            Standing::Named => "named, below the level",
            Standing::Nearest => "below the level",
        }
    }
}

/// A fact that holds, does not, or is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Cell {
    Yes,
    No,
    Unknown,
}

impl Cell {
    const fn of(fact: bool) -> Cell {
        if fact { Cell::Yes } else { Cell::No }
    }

    pub(in crate::report) const fn mark(self) -> &'static str {
        match self {
            Cell::Yes => "yes",
            Cell::No => "–",
            Cell::Unknown => "?",
        }
    }
}

/// Committees that are told where nobody of an organization reaches the level.
const NEAREST: usize = 3;

pub(super) fn houses(screening: &Screening) -> Vec<House<'_>> {
    Organization::ALL.into_iter().map(|organization| house(screening, organization)).collect()
}

fn house(screening: &Screening, organization: Organization) -> House<'_> {
    let (shown, rest): (Vec<&Interest>, Vec<&Interest>) =
        screening.ranking(organization).partition(|one| one.flagged || one.addressee);
    let likely = shown.iter().filter(|one| one.probability >= LIKELY && !one.addressee).count();
    let possible = shown.iter().filter(|one| one.probability < LIKELY && !one.addressee).count();
    let (named, others): (Vec<&Interest>, Vec<&Interest>) =
        rest.into_iter().partition(|one| !one.mentions.is_empty());
    let nearest = if likely + possible == 0 { NEAREST } else { 0 };
    House {
        organization,
        sentence: sentence(likely, possible, screening),
        committees: shown.into_iter().map(|one| committee(one, screening)).collect(),
        below: named
            .into_iter()
            .chain(others.into_iter().take(nearest))
            .map(|one| committee(one, screening))
            .collect(),
    }
}

fn sentence(likely: usize, possible: usize, screening: &Screening) -> String {
    match (likely, possible) {
        (0, 0) => {
            let level =
                screening.provenance.threshold.min(screening.provenance.threshold_elsewhere);
            match percent(level).as_str() {
                "0 %" => "none is probable enough to be named".to_owned(),
                level => format!("none reaches {level}"),
            }
        }
        (0, 1) => "1 may be concerned".to_owned(),
        (0, _) => format!("{possible} may be concerned"),
        (1, 0) => "1 is likely to be interested".to_owned(),
        (_, 0) => format!("{likely} are likely to be interested"),
        (1, _) => format!("1 is likely to be interested, {possible} more may be concerned"),
        _ => format!("{likely} are likely to be interested, {possible} more may be concerned"),
    }
}

fn committee<'a>(interest: &'a Interest, screening: &'a Screening) -> Committee<'a> {
    let is_named_in =
        |field: &str| interest.mentions.iter().any(|mention| mention.field.starts_with(field));
    let is_on_record = screening.liaisons.contains(&interest.committee);
    let standing = if interest.addressee {
        Standing::Addressee
    } else if !interest.flagged {
        if interest.mentions.is_empty() { Standing::Nearest } else { Standing::Named }
    } else if interest.probability >= LIKELY {
        Standing::Likely
    } else {
        Standing::Possible
    };
    let owned = screening.overlaps.as_ref().map(|overlaps| owned(interest, overlaps));
    Committee {
        interest,
        reference: interest.committee.to_string(),
        probability: percent(interest.probability),
        standing,
        named: Cell::of(!interest.mentions.is_empty()),
        asked: Cell::of(is_named_in("contacts_made")),
        in_liaison: Cell::of(is_on_record || is_named_in("liaisons")),
        owns_close_work: match &owned {
            None => Cell::Unknown,
            Some(works) => Cell::of(!works.is_empty()),
        },
        reason: reason(interest, owned.unwrap_or_default().first().copied(), unit(screening)),
    }
}

/// The works of a committee that are close, closest first.
fn owned<'a>(interest: &Interest, overlaps: &'a [Overlap]) -> Vec<&'a Overlap> {
    let is_owner = |overlap: &&Overlap| {
        overlap.closeness >= Closeness::Moderate
            && overlap.owners.iter().any(|owner| interest.committee.contains(owner))
    };
    overlaps.iter().filter(is_owner).collect()
}

/// Where it is named, what it owns, and what else speaks for it, the strongest first.
fn reason(interest: &Interest, owned: Option<&Overlap>, unit: &str) -> String {
    let mut reasons: Vec<String> = Vec::new();
    if let Some(mention) = interest.mentions.first() {
        let line = mention.line.map_or(String::new(), |line| format!(" ({unit} {line})"));
        reasons.push(format!("named under {}{line}", field_label(&mention.field)));
    }
    reasons.extend(owned.map(|work| format!("owns {}", work.reference)));
    let strength = |one: &Evidence| {
        let of_signal =
            interest.contributions.iter().find(|part| part.signal == Some(one.signal()));
        of_signal.map_or(0.0, |part| part.log_odds)
    };
    let mut evidence: Vec<_> = interest.evidence.iter().collect();
    evidence.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
    reasons.extend(evidence.into_iter().filter_map(summary).take(3));
    if reasons.is_empty() { "weak signals only".to_owned() } else { reasons.join("; ") }
}

/// Evidence in a few words. A liaison with others that may be concerned is not one with the
/// addressee.
fn summary(evidence: &Evidence) -> Option<String> {
    let with = |committees: &[CommitteeRef]| -> Option<String> {
        let names: Vec<String> = committees.iter().take(3).map(ToString::to_string).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    match evidence {
        Evidence::Liaison { with: others } => Some(format!("works with {}", with(others)?)),
        Evidence::Neighbours { works } if !works.is_empty() => {
            let works: Vec<&str> =
                works.iter().take(3).map(|work| work.reference.as_str()).collect();
            Some(format!("its nearest works: {}", works.join(", ")))
        }
        Evidence::Family { with: others } => Some(format!("of the family of {}", with(others)?)),
        other => other.summary(),
    }
}
