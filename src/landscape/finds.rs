//! Areas that nobody listed: works of two organizations that are each other's nearest.
//!
//! 1. For each work in force or in draft whose latest text is recent enough, its nearest works of
//!    every other publisher; pairs are kept where each is among the other's nearest. The publishers
//!    are ISO, IEC, the two jointly, and ITU-T; two that share an organization make no pair.
//! 2. Works joined by such pairs are a [`Find`]: the works are joined and not the committees, since
//!    a large committee touches everything.
//! 3. What is on record between the owners stands beside each find. Those with recent pairs without
//!    an arrangement come first.
//!
//! A find is a reason to look. Liaisons are known from the ISO register only, so the words are
//! *none on record*, never *no arrangement*.

mod cluster;
mod dismiss;
mod record;
mod text;
mod worth;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use self::cluster::Link;
use self::record::Records;
use super::Landscape;
use super::place::{stands_in, stems};
use crate::matching::{KnownWork, Matcher};
use crate::reference::{CommitteeRef, Organization, StandardRef};
use crate::standards::Status;
use crate::text::normalized_title;

pub use dismiss::{Dismissal, read_dismissals};
pub use record::OnRecord;
pub(super) use record::in_liaison;
pub use worth::{Worth, WorthBand, WorthPair};

/// How finds are sought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct FindSettings {
    /// Similarity from which a pair counts, 0 to 1. Checked on 25 November 2026 by what became of
    /// close works ([`FindSettings::worth`]): of 355 pairs of committees whose closest works until
    /// 2015 were as similar as this or more, 6 have published in common since (1.7 %); of 2,586
    /// pairs below, 2 (0.1 %), which is what chance gives. The counts are small.
    pub similarity: f64,
    /// How many nearest works of each are looked at.
    pub nearest: usize,
    /// Years since the latest text of a work that is compared, at most.
    pub years: u16,
    /// Years within which a text is recent.
    pub recent_years: u16,
    /// Works of a find at least.
    pub fewest_works: usize,
    /// Works of a find at most: a larger one is parted at a higher similarity.
    pub most_works: usize,
}

impl Default for FindSettings {
    fn default() -> FindSettings {
        FindSettings {
            similarity: 0.18,
            nearest: 3,
            years: 12,
            recent_years: 5,
            fewest_works: 3,
            most_works: 40,
        }
    }
}

/// A work of a find.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FoundWork {
    /// Its reference.
    pub reference: String,
    /// The title of its latest text.
    pub title: String,
    /// The committees responsible for it.
    pub owners: Vec<CommitteeRef>,
    /// Who publishes it.
    pub organizations: Vec<Organization>,
    /// The year of its latest text, where any is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Whether it is in force or in draft.
    pub status: Status,
}

/// Two works of a find that are each other's nearest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FoundPair {
    /// The reference of one.
    pub first: String,
    /// The reference of the other.
    pub second: String,
    /// How similar they are, 0 to 1, in hundredths.
    pub similarity: f64,
    /// Both have a recent text.
    pub is_recent: bool,
}

/// Works of several organizations on one subject.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Find {
    /// The reference of its first work, by which people name it until the works change.
    pub id: String,
    /// What the works have in common, the weightiest first.
    pub terms: Vec<String>,
    /// The works, by organization and reference.
    pub works: Vec<FoundWork>,
    /// The pairs, the most similar first.
    pub pairs: Vec<FoundPair>,
    /// What is on record between the owners, the owners with most pairs first.
    pub on_record: Vec<OnRecord>,
    /// Areas of the landscape that hold these owners and whose words the works use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<String>,
    /// Recent pairs between whose owners nothing is on record.
    pub unarranged: usize,
}

/// What was found, and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Finds {
    /// What the data are and of when.
    pub data: String,
    /// The year from which years are counted back.
    pub year: u16,
    /// How they were sought.
    pub settings: FindSettings,
    /// Works compared.
    pub works: usize,
    /// Pairs of mutual nearest works, before they were joined.
    pub pairs: usize,
    /// Finds between all of whose owners something is on record; they are not listed.
    pub arranged: usize,
    /// Finds that were dismissed, and whose ground has not changed.
    pub dismissed: usize,
    /// The others: areas nobody listed first, then by recent pairs without arrangement.
    pub finds: Vec<Find>,
}

impl Find {
    /// The committees that own its works, in order.
    #[must_use]
    pub fn committees(&self) -> Vec<&CommitteeRef> {
        let all: BTreeSet<&CommitteeRef> =
            self.works.iter().flat_map(|work| &work.owners).collect();
        all.into_iter().collect()
    }

    /// The first and last year of its works' latest texts.
    #[must_use]
    pub fn years(&self) -> Option<(u16, u16)> {
        let years = || self.works.iter().filter_map(|work| work.year);
        Some((years().min()?, years().max()?))
    }
}

impl Landscape {
    /// Areas that nobody listed, among the works of an index; `None` without an index, where nobody
    /// can tell. `year` is the one from which years are counted back; without it the latest year
    /// of any work. The order of the works and the number of threads have no influence.
    #[must_use]
    pub fn finds(
        &self,
        matcher: &Matcher,
        settings: &FindSettings,
        year: Option<u16>,
        dismissals: &[Dismissal],
    ) -> Option<Finds> {
        if !matcher.has_standards() {
            return None;
        }
        let works: Vec<KnownWork> = matcher.works().collect();
        let year = year.or_else(|| works.iter().filter_map(|work| work.year).max())?;
        let groups = compared_groups(&works, year, settings);
        let pairs = matcher.mutual_pairs(&groups, are_apart, settings.nearest, settings.similarity);
        let links: Vec<Link> = pairs
            .into_iter()
            .filter(|pair| !is_one_text(&works[pair.first], &works[pair.second]))
            .map(Link::from)
            .collect();
        let mut finds = Finds {
            data: matcher.data().to_owned(),
            year,
            settings: settings.clone(),
            works: groups.iter().flatten().count(),
            pairs: links.len(),
            arranged: 0,
            dismissed: 0,
            finds: Vec::new(),
        };
        let records = Records::new(&works, matcher.catalogue(), self);
        for cluster in cluster::clusters(links, settings.most_works) {
            let members = cluster.members();
            if members.len() < settings.fewest_works
                || !members.iter().any(|at| is_recent(&works[*at], year, settings))
            {
                continue;
            }
            let find = self.find(matcher, &works, &records, &cluster, (year, settings));
            if find.on_record.iter().all(OnRecord::is_arranged) {
                finds.arranged += 1;
            } else if dismissals.iter().any(|dismissal| dismissal.holds(&find)) {
                finds.dismissed += 1;
            } else {
                finds.finds.push(find);
            }
        }
        finds.finds.sort_by(|a, b| {
            (a.areas.is_empty().cmp(&b.areas.is_empty()).reverse())
                .then(b.unarranged.cmp(&a.unarranged))
                .then(b.pairs.len().cmp(&a.pairs.len()))
                .then_with(|| a.id.cmp(&b.id))
        });
        Some(finds)
    }

    fn find(
        &self,
        matcher: &Matcher,
        works: &[KnownWork],
        records: &Records<'_>,
        cluster: &cluster::Cluster,
        (year, settings): (u16, &FindSettings),
    ) -> Find {
        let mut members: Vec<&KnownWork> =
            cluster.members().into_iter().map(|at| &works[at]).collect();
        members.sort_by(|a, b| {
            (&a.organizations, &a.reference).cmp(&(&b.organizations, &b.reference))
        });
        let recent = |link: &Link| {
            is_recent(&works[link.first], year, settings)
                && is_recent(&works[link.second], year, settings)
        };
        let mut pairs: Vec<FoundPair> = cluster
            .links
            .iter()
            .map(|link| {
                let (one, other) = (&works[link.first], &works[link.second]);
                FoundPair::of(one, other, link.similarity, recent(link))
            })
            .collect();
        pairs.sort_by(FoundPair::order);
        let on_record = records.between(cluster, works);
        let is_arranged = |one: &CommitteeRef, other: &CommitteeRef| {
            on_record.iter().any(|known| known.is_between(one, other) && known.is_arranged())
        };
        let unarranged = cluster.links.iter().filter(|link| recent(link)).filter(|link| {
            let others = &works[link.second].owners;
            let owners = works[link.first].owners.iter();
            !owners.into_iter().any(|one| others.iter().any(|other| is_arranged(one, other)))
        });
        let titles = || members.iter().map(|work| work.title.as_str());
        Find {
            id: members.first().map_or(String::new(), |work| work.reference.clone()),
            terms: cluster.terms(|term| matcher.shown_term(term, titles())),
            unarranged: unarranged.count(),
            areas: self.holding(&members),
            works: members.iter().map(|work| FoundWork::from(*work)).collect(),
            pairs,
            on_record,
        }
    }

    /// The areas one of whose keywords stands in a title, and that hold committees of two
    /// organizations or more among the owners.
    fn holding(&self, works: &[&KnownWork]) -> Vec<String> {
        let titles: Vec<Vec<String>> = works.iter().map(|work| stems(&work.title)).collect();
        let holds = |(area, keywords): &(&super::Area, &Vec<Vec<String>>)| {
            let mut organizations: Vec<Organization> = works
                .iter()
                .filter(|work| work.owners.iter().any(|owner| area.has(owner)))
                .flat_map(|work| work.organizations.iter().copied())
                .collect();
            organizations.sort_unstable();
            organizations.dedup();
            organizations.len() > 1
                && keywords.iter().any(|words| titles.iter().any(|title| stands_in(words, title)))
        };
        let areas = self.areas.iter().zip(&self.stems).filter(holds);
        areas.map(|(area, _)| area.name.clone()).collect()
    }
}

impl FoundPair {
    pub(super) fn of(one: &KnownWork, other: &KnownWork, similarity: f64, is_recent: bool) -> Self {
        FoundPair {
            first: (&one.reference).min(&other.reference).clone(),
            second: (&one.reference).max(&other.reference).clone(),
            similarity: (similarity * 100.0).round() / 100.0,
            is_recent,
        }
    }

    /// The most similar first, then by reference.
    pub(super) fn order(one: &FoundPair, other: &FoundPair) -> std::cmp::Ordering {
        let by_similarity = other.similarity.total_cmp(&one.similarity);
        by_similarity.then_with(|| (&one.first, &one.second).cmp(&(&other.first, &other.second)))
    }
}

impl From<&KnownWork> for FoundWork {
    fn from(work: &KnownWork) -> FoundWork {
        FoundWork {
            reference: work.reference.clone(),
            title: work.title.clone(),
            owners: work.owners.clone(),
            organizations: work.organizations.clone(),
            year: work.year,
            status: work.status,
        }
    }
}

/// The publisher of each work that is compared.
pub(super) fn compared_groups(
    works: &[KnownWork],
    year: u16,
    settings: &FindSettings,
) -> Vec<Option<u8>> {
    let group = |work| publisher(work).filter(|_| is_compared(work, year, settings));
    works.iter().map(group).collect()
}

/// True for publishers that share no organization.
fn are_apart(one: u8, other: u8) -> bool {
    one & other == 0
}

/// A bit for each organization that publishes a work: two groups without a bit in common are
/// publishers that share nothing. `None` for a text of all three, or of ITU-T with one other.
fn publisher(work: &KnownWork) -> Option<u8> {
    let bit = |organization: &Organization| match organization {
        Organization::Iso => 1,
        Organization::Iec => 2,
        Organization::ItuT => 4,
    };
    let bits = work.organizations.iter().map(bit).fold(0, |all, one| all | one);
    (!work.owners.is_empty() && matches!(bits, 1..=4)).then_some(bits)
}

/// A draft is as recent as anything can be.
fn is_compared(work: &KnownWork, year: u16, settings: &FindSettings) -> bool {
    match work.status {
        Status::Withdrawn => false,
        Status::UnderDevelopment => true,
        Status::Published => work.year.is_some_and(|own| own + settings.years >= year),
    }
}

pub(super) fn is_recent(work: &KnownWork, year: u16, settings: &FindSettings) -> bool {
    work.status == Status::UnderDevelopment
        || work.year.is_some_and(|own| own + settings.recent_years >= year)
}

/// Equal titles, or parts of one series under one number: that is joint work already.
pub(super) fn is_one_text(one: &KnownWork, other: &KnownWork) -> bool {
    let reference = |work: &KnownWork| work.reference.parse::<StandardRef>().ok();
    let is_same_series = match (reference(one), reference(other)) {
        (Some(one), Some(other)) => one.is_same_series(&other),
        _ => false,
    };
    is_same_series || normalized_title(&one.title) == normalized_title(&other.title)
}
