//! What is on record between two committees.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::cluster::Cluster;
use crate::catalogue::Catalogue;
use crate::landscape::Landscape;
use crate::matching::KnownWork;
use crate::reference::CommitteeRef;
use crate::text::normalized_title;

/// What is on record between two owners of a find. *Nothing on record* says nothing about what
/// there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OnRecord {
    /// The one.
    pub first: CommitteeRef,
    /// The other.
    pub second: CommitteeRef,
    /// Pairs of the find between works of the two.
    pub pairs: usize,
    /// Works that both own, or own under equal titles.
    pub common_texts: usize,
    /// The register of liaisons shows the two in liaison, or the organization of the one with the
    /// other.
    pub liaison: bool,
    /// Arrangements of areas of the landscape that hold both.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arrangements: Vec<String>,
}

impl OnRecord {
    /// True when anything is on record.
    #[must_use]
    pub fn is_arranged(&self) -> bool {
        self.liaison || self.common_texts > 0 || !self.arrangements.is_empty()
    }

    /// True for these two, in either order.
    #[must_use]
    pub fn is_between(&self, one: &CommitteeRef, other: &CommitteeRef) -> bool {
        (&self.first, &self.second) == (one, other) || (&self.second, &self.first) == (one, other)
    }
}

impl fmt::Display for OnRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        write!(f, "{} and {}: ", self.first, self.second)?;
        write!(f, "{} close pair{}; ", self.pairs, plural(self.pairs))?;
        let mut known = Vec::new();
        if self.common_texts > 0 {
            known.push(format!("{} common text{}", self.common_texts, plural(self.common_texts)));
        }
        if self.liaison {
            known.push("liaison".to_owned());
        }
        known.extend(self.arrangements.iter().cloned());
        if known.is_empty() {
            f.write_str("nothing on record")
        } else {
            write!(f, "on record: {}", known.join(", "))
        }
    }
}

/// Where to look.
pub(super) struct Records<'a> {
    catalogue: &'a Catalogue,
    landscape: &'a Landscape,
    common: CommonTexts<'a>,
}

/// Texts in common by committees, the smaller one first.
pub(super) type CommonTexts<'a> = BTreeMap<(&'a CommitteeRef, &'a CommitteeRef), usize>;

impl<'a> Records<'a> {
    pub(super) fn new(
        works: &'a [KnownWork],
        catalogue: &'a Catalogue,
        landscape: &'a Landscape,
    ) -> Records<'a> {
        Records { catalogue, landscape, common: common_texts(works) }
    }

    /// The pairs of owners of a cluster, those with most pairs of works first.
    pub(super) fn between(&self, cluster: &Cluster, works: &[KnownWork]) -> Vec<OnRecord> {
        let mut pairs: BTreeMap<(&CommitteeRef, &CommitteeRef), usize> = BTreeMap::new();
        for link in &cluster.links {
            for one in &works[link.first].owners {
                for other in works[link.second].owners.iter().filter(|other| *other != one) {
                    *pairs.entry((one.min(other), one.max(other))).or_default() += 1;
                }
            }
        }
        let mut all: Vec<OnRecord> = pairs
            .into_iter()
            .map(|((first, second), pairs)| OnRecord {
                first: first.clone(),
                second: second.clone(),
                pairs,
                common_texts: self.common.get(&(first, second)).copied().unwrap_or(0),
                liaison: self.in_liaison(first, second),
                arrangements: self.arrangements(first, second),
            })
            .collect();
        all.sort_by_key(|one| std::cmp::Reverse(one.pairs));
        all
    }

    fn in_liaison(&self, one: &CommitteeRef, other: &CommitteeRef) -> bool {
        in_liaison(self.catalogue, one, other)
    }

    fn arrangements(&self, one: &CommitteeRef, other: &CommitteeRef) -> Vec<String> {
        let areas = self.landscape.areas().iter();
        let both = areas.filter(|area| area.has(one) && area.has(other));
        let mut all: Vec<String> = both
            .flat_map(|area| self.landscape.arrangements_of(area))
            .filter(|known| known.is_between(one, other))
            .map(|one| one.name.clone())
            .collect();
        all.sort();
        all.dedup();
        all
    }
}

/// How many texts two committees have in common: works that both own, or own under equal titles.
pub(super) fn common_texts(works: &[KnownWork]) -> CommonTexts<'_> {
    let mut by_title: BTreeMap<String, Vec<&CommitteeRef>> = BTreeMap::new();
    for work in works {
        let title = normalized_title(&work.title);
        if !title.is_empty() {
            by_title.entry(title).or_default().extend(&work.owners);
        }
    }
    let mut common = BTreeMap::new();
    for mut owners in by_title.into_values() {
        owners.sort_unstable();
        owners.dedup();
        // A title that so many use is none of a common text.
        for (at, one) in owners.iter().enumerate().filter(|_| owners.len() <= 4) {
            for other in &owners[at + 1..] {
                *common.entry((*one, *other)).or_default() += 1;
            }
        }
    }
    common
}

/// True where the register of liaisons shows two committees in liaison, or the organization of the
/// one with the other.
pub(in crate::landscape) fn in_liaison(
    catalogue: &Catalogue,
    one: &CommitteeRef,
    other: &CommitteeRef,
) -> bool {
    let with_organization = |committee, other: &CommitteeRef| {
        let organizations = other.organizations().iter();
        organizations.copied().any(|organization| {
            !CommitteeRef::belongs_to(committee, organization)
                && catalogue.has_liaison_with(committee, organization)
        })
    };
    catalogue.liaisons(one).any(|known| known.reference() == other)
        || with_organization(one, other)
        || with_organization(other, one)
}
