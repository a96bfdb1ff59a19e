//! What an index says of the areas: who publishes how much and how recently, what is close, and
//! what is on record.
//!
//! The works of an area are those of its committees that hold all words of one of its keywords. A
//! work of a joint committee counts for each of its organizations, and once in the sum.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::area::{Area, Landscape};
use super::finds::{FindSettings, FoundPair, compared_groups, in_liaison, is_one_text, is_recent};
use crate::matching::{KnownWork, Matcher};
use crate::proposal::Proposal;
use crate::reference::{CommitteeRef, Organization};
use crate::standards::Status;
use crate::text::normalized_title;

/// Years that the counts by year go back.
const YEARS_SHOWN: u16 = 20;
/// Years within which a text is new: what is meant by movement.
const NEW_YEARS: u16 = 3;
/// Close pairs that are kept of an area.
const PAIRS: usize = 12;
/// Works of an unlisted committee from which it is suggested.
const WORTH_LISTING: usize = 3;
/// Unlisted committees that are suggested at most.
const SUGGESTED: usize = 8;
/// Joint works that are named.
const JOINT: usize = 12;

/// What an index says of one area.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// Works of its committees that match its words, each once.
    pub works: usize,
    /// The same by committee, in the order of the area.
    pub committees: Vec<CommitteeCount>,
    /// The same by organization.
    pub organizations: Vec<OrganizationCount>,
    /// Latest texts by year, the oldest year first.
    pub years: Vec<YearCount>,
    /// Works whose latest text is at most five years old, drafts included.
    pub recent_works: usize,
    /// Works newer than three years or in draft.
    pub new_works: usize,
    /// Works published by two organizations or more: the first of them by reference, and how many.
    pub joint_works: Vec<String>,
    /// How many of those there are.
    pub joint_work_count: usize,
    /// Titles under which committees of two organizations publish works of their own.
    pub equal_titles: usize,
    /// The nearest pairs across organizations, the most similar first.
    pub pairs: Vec<FoundPair>,
    /// How many of those there are.
    pub pair_count: usize,
    /// Committees of two organizations in liaison, or one with the organization of the other.
    pub liaisons: Vec<(CommitteeRef, CommitteeRef)>,
    /// Committees with works on the words of the area, or with a high probability, that nobody
    /// listed.
    pub suggested: Vec<Suggested>,
    /// Committees that are listed and have no work on its words.
    pub without_works: Vec<CommitteeRef>,
}

/// How much a committee publishes in an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CommitteeCount {
    /// Which one.
    pub committee: CommitteeRef,
    /// How much.
    #[serde(flatten)]
    pub count: Count,
}

/// How much an organization publishes in an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OrganizationCount {
    /// Which one.
    pub organization: Organization,
    /// How much.
    #[serde(flatten)]
    pub count: Count,
}

/// How much is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Count {
    /// Works in force.
    pub in_force: usize,
    /// Works under development and not yet published.
    pub under_development: usize,
    /// Works whose latest text is at most five years old, drafts included.
    pub recent: usize,
    /// The year of the latest text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<u16>,
}

/// Latest texts of a year by organization.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct YearCount {
    /// The year.
    pub year: u16,
    /// Of ISO alone or with others, but not IEC.
    pub iso: usize,
    /// Of IEC alone or with others, but not ISO.
    pub iec: usize,
    /// Of ISO and IEC together.
    pub iso_iec: usize,
    /// Of ITU-T alone.
    pub itu_t: usize,
}

/// A committee that the data suggest. Nobody is interested who has not said so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Suggested {
    /// Which one.
    pub committee: CommitteeRef,
    /// Its works on the words of the area.
    pub works: usize,
    /// The matcher's probability that it is concerned, in hundredths, where it is high.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
}

/// What counts once however many areas it is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Totals {
    /// Open areas.
    pub areas: usize,
    /// Their committees, each once.
    pub committees: usize,
    /// Their works, each once; `None` without an index.
    pub works: Option<usize>,
}

/// Everything that was found in an index.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) year: u16,
    pub(super) areas: Vec<Evidence>,
    pub(super) works: usize,
}

/// The works of an index with what is asked of them again and again.
struct Shelf<'a> {
    matcher: &'a Matcher,
    works: Vec<KnownWork>,
    of_owner: BTreeMap<CommitteeRef, Vec<usize>>,
    pairs: Vec<(usize, usize, f64)>,
    year: u16,
    settings: FindSettings,
}

/// The evidence of every area; `None` without an index.
pub(super) fn gather(landscape: &Landscape, matcher: &Matcher, year: Option<u16>) -> Option<Found> {
    let shelf = Shelf::new(matcher, year)?;
    let mut all: BTreeSet<usize> = BTreeSet::new();
    let mut areas = Vec::new();
    for area in landscape.areas() {
        let (evidence, own) = shelf.evidence(area);
        all.extend(own);
        areas.push(evidence);
    }
    Some(Found { year: shelf.year, areas, works: all.len() })
}

impl<'a> Shelf<'a> {
    fn new(matcher: &'a Matcher, year: Option<u16>) -> Option<Shelf<'a>> {
        if !matcher.has_standards() {
            return None;
        }
        let works: Vec<KnownWork> = matcher.works().collect();
        let year = year.or_else(|| works.iter().filter_map(|work| work.year).max())?;
        let settings = FindSettings::default();
        let mut of_owner: BTreeMap<CommitteeRef, Vec<usize>> = BTreeMap::new();
        for (at, work) in works.iter().enumerate() {
            for owner in &work.owners {
                of_owner.entry(owner.clone()).or_default().push(at);
            }
        }
        let groups = compared_groups(&works, year, &settings);
        let are_apart = |one, other| one & other == 0;
        let found = matcher.mutual_pairs(&groups, are_apart, settings.nearest, settings.similarity);
        let pairs = found.into_iter().map(|pair| (pair.first, pair.second, pair.similarity));
        let pairs =
            pairs.filter(|(one, other, _)| !is_one_text(&works[*one], &works[*other])).collect();
        Some(Shelf { matcher, works, of_owner, pairs, year, settings })
    }

    /// The evidence of one area, and its works.
    fn evidence(&self, area: &Area) -> (Evidence, BTreeSet<usize>) {
        let matching = self.matcher.works_with(&area.keywords);
        let is_live = |at: &usize| self.works[*at].status != Status::Withdrawn;
        let of = |committee: &CommitteeRef| -> Vec<usize> {
            let own = self.of_owner.get(committee).into_iter().flatten().copied();
            own.filter(|at| matching[*at]).filter(is_live).collect()
        };
        let committees: Vec<(CommitteeRef, Vec<usize>)> =
            area.committees().map(|one| (one.clone(), of(one))).collect();
        let own: BTreeSet<usize> =
            committees.iter().flat_map(|(_, works)| works).copied().collect();
        let joint: Vec<&KnownWork> =
            own.iter().map(|at| &self.works[*at]).filter(|work| is_joint(work)).collect();
        let mut joint_works: Vec<String> =
            joint.iter().map(|work| work.reference.clone()).collect();
        joint_works.sort();
        joint_works.truncate(JOINT);
        let (pairs, pair_count) = self.pairs_within(&own);
        let without = committees.iter().filter(|(_, works)| works.is_empty());
        let evidence = Evidence {
            works: own.len(),
            organizations: self.by_organization(&own),
            years: self.by_year(&own),
            recent_works: self.count(own.iter()).recent,
            new_works: own.iter().filter(|at| self.is_new(**at)).count(),
            joint_work_count: joint.len(),
            joint_works,
            equal_titles: self.equal_titles(&own),
            pairs,
            pair_count,
            liaisons: self.liaisons(area),
            suggested: self.suggested(area, &matching),
            without_works: without.map(|(committee, _)| committee.clone()).collect(),
            committees: committees
                .into_iter()
                .map(|(committee, works)| CommitteeCount {
                    committee,
                    count: self.count(works.iter()),
                })
                .collect(),
        };
        (evidence, own)
    }

    fn count<'b>(&self, works: impl Iterator<Item = &'b usize>) -> Count {
        let mut count = Count::default();
        for work in works.map(|at| &self.works[*at]) {
            match work.status {
                Status::Published => count.in_force += 1,
                Status::UnderDevelopment => count.under_development += 1,
                Status::Withdrawn => {}
            }
            count.recent += usize::from(is_recent(work, self.year, &self.settings));
            count.latest = count.latest.max(work.year);
        }
        count
    }

    fn by_organization(&self, own: &BTreeSet<usize>) -> Vec<OrganizationCount> {
        let of = |organization: Organization| OrganizationCount {
            organization,
            count: self.count(
                own.iter().filter(|at| self.works[**at].organizations.contains(&organization)),
            ),
        };
        Organization::ALL.into_iter().map(of).collect()
    }

    fn by_year(&self, own: &BTreeSet<usize>) -> Vec<YearCount> {
        let first = self.year.saturating_sub(YEARS_SHOWN - 1);
        let blank = |year| YearCount { year, ..YearCount::default() };
        let mut years: Vec<YearCount> = (first..=self.year).map(blank).collect();
        for work in own.iter().map(|at| &self.works[*at]) {
            let Some(at) = work.year.and_then(|year| year.checked_sub(first)) else { continue };
            let Some(year) = years.get_mut(usize::from(at)) else { continue };
            let has = |organization| work.organizations.contains(&organization);
            match (has(Organization::Iso), has(Organization::Iec)) {
                (true, true) => year.iso_iec += 1,
                (true, false) => year.iso += 1,
                (false, true) => year.iec += 1,
                (false, false) => year.itu_t += 1,
            }
        }
        years
    }

    fn is_new(&self, at: usize) -> bool {
        let work = &self.works[at];
        work.status == Status::UnderDevelopment
            || work.year.is_some_and(|year| year + NEW_YEARS > self.year)
    }

    fn equal_titles(&self, own: &BTreeSet<usize>) -> usize {
        let mut by_title: BTreeMap<String, Vec<&[Organization]>> = BTreeMap::new();
        for work in own.iter().map(|at| &self.works[*at]) {
            let title = normalized_title(&work.title);
            by_title.entry(title).or_default().push(&work.organizations);
        }
        let are_apart = |one: &[Organization], other: &[Organization]| {
            one.iter().all(|organization| !other.contains(organization))
        };
        let is_shared = |all: &&Vec<&[Organization]>| {
            all.iter().any(|one| all.iter().any(|other| are_apart(one, other)))
        };
        by_title.values().filter(is_shared).count()
    }

    fn pairs_within(&self, own: &BTreeSet<usize>) -> (Vec<FoundPair>, usize) {
        let within =
            self.pairs.iter().filter(|(one, other, _)| own.contains(one) && own.contains(other));
        let mut pairs: Vec<FoundPair> = within
            .map(|(one, other, similarity)| {
                let (one, other) = (&self.works[*one], &self.works[*other]);
                let recent = |work| is_recent(work, self.year, &self.settings);
                FoundPair::of(one, other, *similarity, recent(one) && recent(other))
            })
            .collect();
        let count = pairs.len();
        pairs.sort_by(FoundPair::order);
        pairs.truncate(PAIRS);
        (pairs, count)
    }

    fn liaisons(&self, area: &Area) -> Vec<(CommitteeRef, CommitteeRef)> {
        let catalogue = self.matcher.catalogue();
        let all: Vec<&CommitteeRef> = area.committees().collect();
        let mut found = Vec::new();
        for (at, one) in all.iter().enumerate() {
            for other in &all[at + 1..] {
                let shares = one.organizations().iter().any(|own| other.belongs_to(*own));
                if !shares && in_liaison(catalogue, one, other) {
                    found.push(((*one).clone(), (*other).clone()));
                }
            }
        }
        found
    }

    /// Committees at work that nobody listed: with works on the words, or flagged by the matcher.
    fn suggested(&self, area: &Area, matching: &[bool]) -> Vec<Suggested> {
        let text = format!("{} {}", area.description, area.keywords.join(". "));
        let proposal = Proposal::builder().title(&area.name).scope(&text).build();
        let interests = self.matcher.matches(&proposal).interests;
        let threshold = self.matcher.model().threshold();
        let mut probabilities: BTreeMap<&CommitteeRef, f64> = BTreeMap::new();
        for one in interests.iter().filter(|one| one.probability >= threshold) {
            probabilities.insert(&one.committee, (one.probability * 100.0).round() / 100.0);
        }
        let catalogue = self.matcher.catalogue();
        let is_open = |committee: &CommitteeRef| {
            !area.has(committee)
                && catalogue.get(committee).is_some_and(crate::catalogue::Committee::is_active)
        };
        let mut all: Vec<Suggested> = self
            .of_owner
            .iter()
            .filter(|(committee, _)| is_open(committee))
            .map(|(committee, works)| {
                let recent = |at: &&usize| is_recent(&self.works[**at], self.year, &self.settings);
                Suggested {
                    committee: committee.clone(),
                    works: works.iter().filter(|at| matching[**at]).filter(recent).count(),
                    probability: probabilities.get(committee).copied(),
                }
            })
            .filter(|one| one.works >= WORTH_LISTING || one.works > 0 && one.probability.is_some())
            .collect();
        all.sort_by(|a, b| b.works.cmp(&a.works).then_with(|| a.committee.cmp(&b.committee)));
        all.truncate(SUGGESTED);
        all
    }
}

/// True for a text of more organizations than its first owner belongs to: what a joint committee
/// publishes is not counted, and common texts are.
fn is_joint(work: &KnownWork) -> bool {
    let Some(owner) = work.owners.first() else { return false };
    work.organizations.iter().any(|organization| !owner.belongs_to(*organization))
}
