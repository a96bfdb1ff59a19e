//! Whether close works foretell coordination: the check of the similarity from which they count.
//!
//! Works until some year are compared, as for finds. For each pair of committees that had no text
//! in common then, the most similar pair of their works puts the two into a band; counted is how
//! many have published a text in common since, and how many are in liaison today. Beside it stands
//! chance: the same for two works drawn at random. Liaisons have no dates in the register, so that
//! some of them are older than the works.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::record::{common_texts, in_liaison};
use super::{FindSettings, are_apart, compared_groups, is_one_text};
use crate::matching::{KnownWork, Matcher};
use crate::reference::{CommitteeRef, Organization};

/// Lower ends of the bands of similarity.
const BANDS: [f64; 10] = [0.08, 0.10, 0.12, 0.14, 0.16, 0.18, 0.20, 0.25, 0.30, 0.40];

/// Pairs of committees whose closest works are as similar.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WorthBand {
    /// The least similarity of the band; the next band begins where it ends.
    pub from: f64,
    /// Pairs of committees.
    pub pairs: usize,
    /// Those that published a text in common afterwards.
    pub common_later: usize,
    /// Those between a committee of ISO and a study group of ITU-T.
    pub with_itu: usize,
    /// Of these, the ones whose committee is in liaison with ITU-T.
    pub liaison: usize,
}

/// Two committees whose works were close, and that published a text in common afterwards.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WorthPair {
    /// The one.
    pub first: CommitteeRef,
    /// The other.
    pub second: CommitteeRef,
    /// How similar their closest works were.
    pub similarity: f64,
}

/// What became of committees whose works were close.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Worth {
    /// The earlier data.
    pub before: String,
    /// The later data.
    pub after: String,
    /// The year until which works were compared.
    pub year: u16,
    /// By similarity.
    pub bands: Vec<WorthBand>,
    /// Pairs of committees of publishers that share nothing, without a text in common before.
    pub chance_pairs: usize,
    /// By chance: the share of pairs of works whose committees published in common afterwards.
    pub chance_common: f64,
    /// By chance: of pairs of works of ISO and ITU-T, the share whose committee is in liaison.
    pub chance_liaison: f64,
    /// Those that published in common afterwards, the closest first.
    pub later: Vec<WorthPair>,
}

impl FindSettings {
    /// What became of committees whose works were close in `before`, as `after` shows it; `None`
    /// where one of the two has no works. The similarity of the settings is not used: every band
    /// is shown.
    #[must_use]
    pub fn worth(&self, before: &Matcher, after: &Matcher) -> Option<Worth> {
        let works: Vec<KnownWork> = before.works().collect();
        let later: Vec<KnownWork> = after.works().collect();
        let year = works.iter().filter_map(|work| work.year).max()?;
        let catalogue = after.catalogue();
        let (known, common) = (common_texts(&works), common_texts(&later));
        let is_new = |pair: &Pair<'_>| !known.contains_key(pair) && common.contains_key(pair);
        let groups = compared_groups(&works, year, self);
        let closest = self.closest(before, &works, &groups);
        let empty = WorthBand { from: 0.0, pairs: 0, common_later: 0, with_itu: 0, liaison: 0 };
        let mut bands = BANDS.map(|from| WorthBand { from, ..empty.clone() });
        let mut later_pairs = Vec::new();
        for (pair, similarity) in closest.iter().filter(|(pair, _)| !known.contains_key(*pair)) {
            let band = bands.iter_mut().rev().find(|band| band.from <= *similarity);
            let Some(band) = band else { continue };
            band.pairs += 1;
            band.with_itu += usize::from(is_with_itu(pair));
            band.liaison += usize::from(is_with_itu(pair) && in_liaison(catalogue, pair.0, pair.1));
            if is_new(pair) {
                band.common_later += 1;
                let (first, second) = (pair.0.clone(), pair.1.clone());
                later_pairs.push(WorthPair { first, second, similarity: *similarity });
            }
        }
        later_pairs.sort_by(|one, other| other.similarity.total_cmp(&one.similarity));

        let mut chance = Chance::default();
        for (pair, weight) in by_chance(&works, &groups) {
            if known.contains_key(&pair) {
                continue;
            }
            chance.pairs += 1;
            chance.all += weight;
            chance.common += if is_new(&pair) { weight } else { 0.0 };
            if is_with_itu(&pair) {
                chance.with_itu += weight;
                chance.liaison += if in_liaison(catalogue, pair.0, pair.1) { weight } else { 0.0 };
            }
        }
        Some(Worth {
            before: before.data().to_owned(),
            after: after.data().to_owned(),
            year,
            bands: bands.to_vec(),
            chance_pairs: chance.pairs,
            chance_common: share(chance.common, chance.all),
            chance_liaison: share(chance.liaison, chance.with_itu),
            later: later_pairs,
        })
    }

    /// For each pair of committees the similarity of their closest works.
    fn closest<'a>(
        &self,
        matcher: &Matcher,
        works: &'a [KnownWork],
        groups: &[Option<u8>],
    ) -> BTreeMap<Pair<'a>, f64> {
        let mut closest: BTreeMap<Pair<'_>, f64> = BTreeMap::new();
        for pair in matcher.mutual_pairs(groups, are_apart, self.nearest, BANDS[0]) {
            let (one, other) = (&works[pair.first], &works[pair.second]);
            if is_one_text(one, other) {
                continue;
            }
            for first in &one.owners {
                for second in other.owners.iter().filter(|second| *second != first) {
                    let known = closest.entry(ordered(first, second)).or_default();
                    *known = known.max(pair.similarity);
                }
            }
        }
        closest
    }
}

/// Two committees, the smaller one first.
type Pair<'a> = (&'a CommitteeRef, &'a CommitteeRef);

fn ordered<'a>(one: &'a CommitteeRef, other: &'a CommitteeRef) -> Pair<'a> {
    (one.min(other), one.max(other))
}

/// True for a committee of ISO and one of ITU-T: of these the register of liaisons can tell.
fn is_with_itu((one, other): &Pair<'_>) -> bool {
    let belong = |one: &CommitteeRef, other: &CommitteeRef| {
        one.belongs_to(Organization::Iso) && other.belongs_to(Organization::ItuT)
    };
    belong(one, other) || belong(other, one)
}

/// What pairs of works drawn at random give.
#[derive(Default)]
struct Chance {
    pairs: usize,
    all: f64,
    common: f64,
    with_itu: f64,
    liaison: f64,
}

fn share(part: f64, all: f64) -> f64 {
    if all > 0.0 { part / all } else { 0.0 }
}

/// Each pair of committees of publishers that share nothing, with the number of pairs of works.
fn by_chance<'a>(
    works: &'a [KnownWork],
    groups: &[Option<u8>],
) -> impl Iterator<Item = (Pair<'a>, f64)> {
    let mut active: BTreeMap<(&CommitteeRef, u8), usize> = BTreeMap::new();
    for (work, group) in works.iter().zip(groups) {
        let owners =
            group.iter().flat_map(|group| work.owners.iter().map(move |one| (one, *group)));
        owners.for_each(|owner| *active.entry(owner).or_default() += 1);
    }
    let mut pairs: BTreeMap<Pair<'_>, f64> = BTreeMap::new();
    for ((one, group), count) in &active {
        for ((other, others), more) in active.range((*one, *group)..) {
            if one != other && are_apart(*group, *others) {
                *pairs.entry(ordered(one, other)).or_default() += (count * more) as f64;
            }
        }
    }
    pairs.into_iter()
}

impl fmt::Display for Worth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Works until {} compared; what became of it: {}.", self.year, self.after)?;
        writeln!(
            f,
            "similarity   committee pairs   text in common later   with ITU-T   in liaison"
        )?;
        let of = |count: usize, all: usize| {
            format!("{count} ({:.1} %)", share(count as f64, all as f64) * 100.0)
        };
        for band in self.bands.iter().rev() {
            writeln!(
                f,
                "from {:.2}    {:>15}   {:>20}   {:>10}   {:>12}",
                band.from,
                band.pairs,
                of(band.common_later, band.pairs),
                band.with_itu,
                of(band.liaison, band.with_itu),
            )?;
        }
        write!(
            f,
            "by chance    {:>15}   {:>18.2} %   {:>10}   {:>10.1} %",
            self.chance_pairs,
            self.chance_common * 100.0,
            "",
            self.chance_liaison * 100.0
        )?;
        for one in &self.later {
            let WorthPair { first, second, similarity } = one;
            write!(f, "\n  {first} and {second} ({similarity:.2}) published in common later")?;
        }
        Ok(())
    }
}
