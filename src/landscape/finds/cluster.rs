//! Works joined by pairs.

use std::collections::BTreeMap;

use crate::matching::MutualPair;
use crate::text::TermId;

/// Terms of a cluster that are told.
const TERMS: usize = 8;
/// By how much the similarity is raised to part a cluster that is too large.
const STEP: f64 = 0.02;

/// A pair of works, by their places.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Link {
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) similarity: f64,
    shared: Vec<(TermId, f64)>,
}

impl From<MutualPair> for Link {
    fn from(pair: MutualPair) -> Link {
        let MutualPair { first, second, similarity, shared } = pair;
        Link { first, second, similarity, shared }
    }
}

/// A connected component.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cluster {
    pub(super) links: Vec<Link>,
}

impl Cluster {
    /// The works, ordered.
    pub(super) fn members(&self) -> Vec<usize> {
        let mut members: Vec<usize> =
            self.links.iter().flat_map(|link| [link.first, link.second]).collect();
        members.sort_unstable();
        members.dedup();
        members
    }

    /// What its pairs share, the weightiest first; a term of which `show` makes nothing is left
    /// out, and so is a word that stands within one shown before.
    pub(super) fn terms(&self, show: impl Fn(TermId) -> Option<String>) -> Vec<String> {
        let mut weights: BTreeMap<TermId, f64> = BTreeMap::new();
        for (term, part) in self.links.iter().flat_map(|link| &link.shared) {
            *weights.entry(*term).or_default() += part;
        }
        let mut weights: Vec<(TermId, f64)> = weights.into_iter().collect();
        weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut terms: Vec<String> = Vec::new();
        for (term, _) in weights {
            let Some(shown) = show(term) else { continue };
            let is_within = |known: &String| known.split(' ').any(|word| word == shown);
            if !terms.iter().any(is_within) && !terms.contains(&shown) {
                terms.push(shown);
            }
            if terms.len() == TERMS {
                break;
            }
        }
        terms
    }
}

/// The connected components; one with more than `most` works is parted by dropping its weakest
/// pairs until every part is small enough.
pub(super) fn clusters(links: Vec<Link>, most: usize) -> Vec<Cluster> {
    let mut waiting = components(links);
    let mut done = Vec::new();
    while let Some(cluster) = waiting.pop() {
        let weakest = cluster.links.iter().map(|link| link.similarity).fold(1.0, f64::min);
        if cluster.members().len() <= most || weakest >= 1.0 {
            done.push(cluster);
            continue;
        }
        let level = weakest + STEP;
        let kept: Vec<Link> =
            cluster.links.into_iter().filter(|link| link.similarity >= level).collect();
        waiting.extend(components(kept));
    }
    done
}

fn components(links: Vec<Link>) -> Vec<Cluster> {
    let mut parent: BTreeMap<usize, usize> = BTreeMap::new();
    for link in &links {
        let (one, other) = (root(&mut parent, link.first), root(&mut parent, link.second));
        parent.insert(one.max(other), one.min(other));
    }
    let mut by_root: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
    for link in links {
        let root = root(&mut parent, link.first);
        by_root.entry(root).or_default().push(link);
    }
    by_root.into_values().map(|links| Cluster { links }).collect()
}

/// The representative of a work; what was walked over points to it afterwards.
fn root(parent: &mut BTreeMap<usize, usize>, work: usize) -> usize {
    let mut root = work;
    while let Some(above) = parent.get(&root).copied().filter(|above| *above != root) {
        root = above;
    }
    let mut at = work;
    while let Some(above) = parent.insert(at, root).filter(|above| *above != at && at != root) {
        at = above;
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(first: usize, second: usize, similarity: f64) -> Link {
        Link { first, second, similarity, shared: vec![(1, similarity)] }
    }

    fn members(clusters: Vec<Cluster>) -> Vec<Vec<usize>> {
        let mut all: Vec<Vec<usize>> = clusters.iter().map(Cluster::members).collect();
        all.sort();
        all
    }

    #[test]
    fn works_joined_by_pairs_are_one_cluster() {
        let links = vec![link(5, 6, 0.4), link(1, 2, 0.3), link(2, 3, 0.3), link(0, 3, 0.9)];
        assert_eq!(members(clusters(links, 9)), [vec![0, 1, 2, 3], vec![5, 6]]);
    }

    #[test]
    fn a_large_cluster_is_parted_at_its_weakest_pairs() {
        let links = vec![link(0, 1, 0.5), link(1, 2, 0.3), link(2, 3, 0.6), link(0, 2, 0.31)];
        assert_eq!(members(clusters(links.clone(), 3)), [vec![0, 1], vec![2, 3]]);
        // Nothing can part works that are the same; the end is reached all the same.
        let same = links.into_iter().map(|link| Link { similarity: 1.0, ..link }).collect();
        assert_eq!(members(clusters(same, 3)), [vec![0, 1, 2, 3]]);
    }

    #[test]
    fn a_word_within_a_shown_pair_is_not_shown_again() {
        let one = Link { first: 0, second: 1, similarity: 0.5, shared: vec![(2, 0.3), (7, 0.2)] };
        let show = |term| Some(if term == 2 { "smart lift" } else { "lift" }.to_owned());
        assert_eq!(Cluster { links: vec![one] }.terms(show), ["smart lift"]);
    }
}
