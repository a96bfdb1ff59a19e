//! How much an area needs coordination, as a sum of parts that are each shown with their reason.
//!
//! A part that nobody can tell makes the sum a range. Data propose; SPCG sets.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::area::{Area, Landscape};
use super::arrangement::ArrangementKind;
use super::evidence::Evidence;
use crate::reference::Organization;

/// Works of the last five years from which an organization counts as active.
const ACTIVE: usize = 3;
/// Areas from which they can be compared with each other.
const FEWEST_AREAS: usize = 6;
/// The most that a part can be.
const MOST: u8 = 3;
/// Works of an area from which a share of them means something.
const FEWEST_WORKS: usize = 3;
/// How much the part counts that a weighting puts first.
const FIRST: u16 = 3;
/// Places by which an area may move between weightings before it says so.
const STEADY: usize = 3;

/// A part of a priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PartName {
    /// How many of the three organizations have published lately.
    Organizations,
    /// How many close pairs across organizations there are a hundred works.
    Closeness,
    /// The share of works that are new or in draft.
    Movement,
    /// Proposals of the last two years.
    Proposals,
    /// The highest level of an open disagreement.
    Disagreement,
    /// What is missing between the organizations.
    MissingArrangement,
    /// What policy or the market ask for.
    OutsideNeed,
}

impl PartName {
    /// All parts, in the order in which they are shown.
    pub const ALL: [PartName; 7] = [
        PartName::Organizations,
        PartName::Closeness,
        PartName::Movement,
        PartName::Proposals,
        PartName::Disagreement,
        PartName::MissingArrangement,
        PartName::OutsideNeed,
    ];

    /// For people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            PartName::Organizations => "organizations active",
            PartName::Closeness => "closeness",
            PartName::Movement => "movement",
            PartName::Proposals => "proposals",
            PartName::Disagreement => "disagreement",
            PartName::MissingArrangement => "arrangement missing",
            PartName::OutsideNeed => "outside need",
        }
    }
}

impl fmt::Display for PartName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One part with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Part {
    /// Which one.
    pub name: PartName,
    /// 0 to 3; `None` where nobody can tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<u8>,
    /// Why.
    pub because: String,
}

/// How parts are weighed against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Weighting {
    /// All alike.
    Equal,
    /// Movement counts three times.
    MovementFirst,
    /// The missing arrangement counts three times.
    MissingArrangementFirst,
}

impl Weighting {
    /// All weightings.
    pub const ALL: [Weighting; 3] =
        [Weighting::Equal, Weighting::MovementFirst, Weighting::MissingArrangementFirst];

    /// For people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Weighting::Equal => "equal",
            Weighting::MovementFirst => "movement first",
            Weighting::MissingArrangementFirst => "missing arrangement first",
        }
    }

    fn weight(self, part: PartName) -> u16 {
        let first = match self {
            Weighting::Equal => None,
            Weighting::MovementFirst => Some(PartName::Movement),
            Weighting::MissingArrangementFirst => Some(PartName::MissingArrangement),
        };
        if first == Some(part) { FIRST } else { 1 }
    }
}

impl fmt::Display for Weighting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What the data propose for an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Priority {
    /// The parts, in the order of [`PartName::ALL`].
    pub parts: Vec<Part>,
    /// The sum, where every part that nobody can tell is 0.
    pub low: u16,
    /// The sum, where every such part is 3.
    pub high: u16,
    /// The place under each weighting, by the middle of the range, 1 the most urgent; none without
    /// an index, and for an area that has ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<(Weighting, usize)>,
    /// With how many areas the range touches: against those it is not ordered by data.
    pub unordered_against: usize,
}

impl Priority {
    /// `9` or `7 to 13`.
    #[must_use]
    pub fn range(&self) -> String {
        if self.low == self.high {
            self.low.to_string()
        } else {
            format!("{} to {}", self.low, self.high)
        }
    }

    /// True when the place moves by more than three with the weighting.
    #[must_use]
    pub fn is_unsteady(&self) -> bool {
        let places = || self.places.iter().map(|(_, place)| *place);
        match (places().min(), places().max()) {
            (Some(least), Some(most)) => most - least > STEADY,
            _ => false,
        }
    }

    fn bounds(&self, weighting: Weighting) -> (u16, u16) {
        self.parts.iter().fold((0, 0), |(low, high), part| {
            let weight = weighting.weight(part.name);
            let value = |unknown| weight * u16::from(part.value.unwrap_or(unknown));
            (low + value(0), high + value(MOST))
        })
    }
}

/// What is known of the cases of one area: how many were received within the last two years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CaseCount(pub(super) Option<usize>);

/// Bounds of the thirds of all areas, kept with an edition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Terciles {
    /// Close pairs a hundred works: the end of the lower third and of the middle one.
    pub closeness: Option<(f64, f64)>,
    /// Share of new works in hundredths, likewise.
    pub movement: Option<(f64, f64)>,
}

impl Terciles {
    pub(super) fn of(areas: &[Evidence]) -> Terciles {
        let bounds = |of: &dyn Fn(&Evidence) -> Option<f64>| {
            let mut values: Vec<f64> = areas.iter().filter_map(of).collect();
            values.sort_by(f64::total_cmp);
            let third = values.len() / 3;
            (values.len() >= FEWEST_AREAS)
                .then(|| (values[third.saturating_sub(1)], values[2 * third - 1]))
        };
        Terciles { closeness: bounds(&closeness), movement: bounds(&movement) }
    }
}

fn closeness(evidence: &Evidence) -> Option<f64> {
    share(evidence.pair_count, evidence.works)
}

fn movement(evidence: &Evidence) -> Option<f64> {
    share(evidence.new_works, evidence.works)
}

/// In a hundred, to one decimal; `None` of too few.
fn share(part: usize, works: usize) -> Option<f64> {
    (works >= FEWEST_WORKS).then(|| (part as f64 * 1000.0 / works as f64).round() / 10.0)
}

/// The priorities of all areas.
pub(super) fn priorities(
    landscape: &Landscape,
    evidence: Option<&[Evidence]>,
    terciles: &Terciles,
    cases: &[CaseCount],
) -> Vec<Priority> {
    let mut all: Vec<Priority> = Vec::new();
    for (at, area) in landscape.areas().iter().enumerate() {
        let own = evidence.and_then(|all| all.get(at));
        let cases = cases.get(at).copied().unwrap_or_default();
        let parts: Vec<Part> = PartName::ALL
            .into_iter()
            .map(|name| {
                let (value, because) = part(name, landscape, area, own, terciles, cases);
                Part { name, value, because }
            })
            .collect();
        let mut priority =
            Priority { parts, low: 0, high: 0, places: Vec::new(), unordered_against: 0 };
        (priority.low, priority.high) = priority.bounds(Weighting::Equal);
        all.push(priority);
    }
    let open: Vec<usize> =
        (0..all.len()).filter(|at| landscape.areas()[*at].state.is_open()).collect();
    for at in &open {
        let (low, high) = (all[*at].low, all[*at].high);
        let touches =
            |other: &&usize| *other != at && all[**other].low <= high && all[**other].high >= low;
        all[*at].unordered_against = open.iter().filter(touches).count();
    }
    if evidence.is_some() {
        for weighting in Weighting::ALL {
            place(&mut all, &open, weighting);
        }
    }
    all
}

/// Places by the middle of the range; areas with the same middle share a place.
fn place(all: &mut [Priority], open: &[usize], weighting: Weighting) {
    let middles: Vec<u16> =
        all.iter().map(|one| one.bounds(weighting)).map(|(low, high)| low + high).collect();
    for at in open {
        let above = open.iter().filter(|other| middles[**other] > middles[*at]).count();
        all[*at].places.push((weighting, above + 1));
    }
}

fn part(
    name: PartName,
    landscape: &Landscape,
    area: &Area,
    evidence: Option<&Evidence>,
    terciles: &Terciles,
    cases: CaseCount,
) -> (Option<u8>, String) {
    let untold = || (None, "cannot tell without an index".to_owned());
    match name {
        PartName::Organizations => evidence.map_or_else(untold, organizations),
        PartName::Closeness => evidence.map_or_else(untold, |evidence| {
            let told = format!("{} close pairs in {} works", evidence.pair_count, evidence.works);
            third(closeness(evidence), terciles.closeness, told)
        }),
        PartName::Movement => evidence.map_or_else(untold, |evidence| {
            let told = format!(
                "{} of {} works newer than three years or in draft",
                evidence.new_works, evidence.works
            );
            third(movement(evidence), terciles.movement, told)
        }),
        PartName::Proposals => match cases.0 {
            Some(count) => (
                Some(u8::try_from(count).unwrap_or(MOST).min(MOST)),
                format!("{count} in the register within two years"),
            ),
            None => (None, "cannot tell without a register".to_owned()),
        },
        PartName::Disagreement => match area.disagreements.iter().max_by_key(|one| one.level) {
            Some(one) => (
                Some(one.level.min(MOST)),
                format!("level {}: {} ({})", one.level, one.about, one.source),
            ),
            None => (Some(0), "none on record".to_owned()),
        },
        PartName::MissingArrangement => arrangement(landscape, area, evidence),
        PartName::OutsideNeed => match &area.outside_need {
            Some(need) => (Some(need.value.min(MOST)), need.source.clone()),
            None => (None, "nobody has said".to_owned()),
        },
    }
}

fn organizations(evidence: &Evidence) -> (Option<u8>, String) {
    let is_active = |organization: &Organization| {
        evidence
            .organizations
            .iter()
            .any(|one| one.organization == *organization && one.count.recent >= ACTIVE)
    };
    let active: Vec<&str> = Organization::ALL
        .iter()
        .filter(|organization| is_active(organization))
        .map(|organization| organization.name())
        .collect();
    let value = u8::try_from(active.len()).unwrap_or(MOST).min(MOST);
    let because = if active.is_empty() {
        "none with three works in five years".to_owned()
    } else {
        format!("{} with at least three works in five years", active.join(", "))
    };
    (Some(value), because)
}

/// 0 for nothing, else the third of all areas in which a value lies.
fn third(value: Option<f64>, bounds: Option<(f64, f64)>, told: String) -> (Option<u8>, String) {
    let Some(value) = value else { return (None, format!("{told}: too few to tell")) };
    let Some((lower, upper)) = bounds else {
        return (None, format!("{told}: fewer than {FEWEST_AREAS} areas to compare with"));
    };
    let third = match value {
        0.0 => 0,
        value if value <= lower => 1,
        value if value <= upper => 2,
        _ => 3,
    };
    let name = ["nothing", "the lower third", "the middle third", "the upper third"];
    (
        Some(third),
        format!("{told}: {} of the areas", name[usize::from(third)])
            .replace("nothing of the areas", "nothing"),
    )
}

fn arrangement(
    landscape: &Landscape,
    area: &Area,
    evidence: Option<&Evidence>,
) -> (Option<u8>, String) {
    let kinds: Vec<ArrangementKind> = landscape.arrangements_of(area).map(|one| one.kind).collect();
    let names: Vec<&str> = landscape.arrangements_of(area).map(|one| one.name.as_str()).collect();
    let has_texts = !area.joint_texts.is_empty() || kinds.contains(&ArrangementKind::CommonTexts);
    let has_group = kinds.iter().any(|kind| kind.is_joint_group());
    let liaisons = evidence.map_or(0, |evidence| evidence.liaisons.len());
    let told = || {
        let mut told: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        if !area.joint_texts.is_empty() {
            told.push(format!("{} joint texts", area.joint_texts.len()));
        }
        if liaisons > 0 {
            told.push(format!("{liaisons} liaisons in the register"));
        }
        told.join(", ")
    };
    match (has_group, has_texts) {
        (true, true) => (Some(0), told()),
        (true, false) | (false, true) => (Some(1), told()),
        (false, false) if liaisons > 0 || !kinds.is_empty() => (Some(2), told()),
        _ if area.reviewed.is_some() => (Some(3), "none known to those who looked".to_owned()),
        _ => (None, "none on record, and nobody has said that there is none".to_owned()),
    }
}
