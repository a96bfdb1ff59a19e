//! Records of one text become one work.
//!
//! Every number is a node: all editions, drafts and supplements of `ISO/IEC 27001` share one,
//! whoever of the joint publishers a record names, and the list it comes from. Nodes are joined
//!
//! 1. by `both numbers`: a record lists them as references of one text (ITU-T's records of common
//!    texts do);
//! 2. by `relation`: a record states a common text;
//! 3. by `abstract`: it begins with the number of the record, a bar, and the other number
//!    (`X.509 | ISO/IEC 9594-8 defines …`), the way in which common and twin texts are cited;
//! 4. by `title`: a text of JTC 1 and one of ITU-T that none of the rules above could join have the
//!    same long title, the prefix `Information technology` aside, and nobody else has it.
//!
//! A Recommendation that bears two numbers (`G.8031/Y.1342`) is one node under both. Parts of a
//! series have numbers of their own. No rule gives a Recommendation a second number of ISO and IEC:
//! where records list different ones (a series and later its part, or a slip), that of the newest
//! record counts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::report::JoinReport;
use crate::reference::{CommitteeRef, Organization, Reference, StandardRef, find_references};
use crate::standards::{
    Publication, PublicationKind, Relation, RelationKind, Status, Work, normalized_title,
};

/// A record with what joining needs of it.
struct Entry {
    source: usize,
    publication: Publication,
    standard: Option<StandardRef>,
    /// Number of its node.
    node: usize,
    year: Option<u16>,
}

/// Which number brought a record into a work.
struct Node {
    /// A number of ITU-T, or else of ISO or IEC.
    itu: bool,
}

#[derive(Default)]
struct Nodes {
    by_key: HashMap<String, usize>,
    nodes: Vec<Node>,
    parents: Vec<usize>,
    /// Of each root: the keys of ISO and IEC, and of ITU-T, in its work.
    members: Vec<Vec<usize>>,
}

impl Nodes {
    fn node(&mut self, key: String, itu: bool) -> usize {
        if let Some(known) = self.by_key.get(&key) {
            return *known;
        }
        let number = self.nodes.len();
        self.by_key.insert(key, number);
        self.nodes.push(Node { itu });
        self.parents.push(number);
        self.members.push(vec![number]);
        number
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.parents[node] != node {
            self.parents[node] = self.parents[self.parents[node]];
            node = self.parents[node];
        }
        node
    }

    /// Joins two nodes. Returns whether that brought something together that was apart.
    fn join(&mut self, one: usize, other: usize) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        if one == other {
            return false;
        }
        let (low, high) = (one.min(other), one.max(other));
        self.parents[high] = low;
        let moved = std::mem::take(&mut self.members[high]);
        self.members[low].extend(moved);
        true
    }

    /// True where joining would bring a second number of ISO and IEC to a Recommendation: the parts
    /// of one series are works of their own, and a text has one twin.
    fn has_another_twin(&mut self, one: usize, other: usize) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        let all =
            || self.members[one].iter().chain(&self.members[other]).map(|node| &self.nodes[*node]);
        all().any(|node| node.itu) && all().filter(|node| !node.itu).count() > 1
    }
}

/// Joins the records to works, in the order of their references. The order of the records does not
/// matter.
pub(super) fn join(publications: Vec<(usize, Publication)>) -> (Vec<Work>, JoinReport) {
    let mut report =
        JoinReport { publications: publications.len() as u64, ..JoinReport::default() };
    let mut entries: Vec<Entry> = publications
        .into_par_iter()
        .map(|(source, publication)| {
            let standard = publication.standard();
            let year = publication.year();
            Entry { source, publication, standard, node: 0, year }
        })
        .collect();
    // The order of files, folders and archives must not show in the result.
    entries.par_sort_by(|one, other| {
        let rank =
            |entry: &Entry| (entry.publication.published, entry.publication.status, entry.source);
        (
            &one.publication.reference,
            &one.publication.title,
            rank(one),
            &one.publication.abstract_text,
        )
            .cmp(&(
                &other.publication.reference,
                &other.publication.title,
                rank(other),
                &other.publication.abstract_text,
            ))
    });

    let mut nodes = Nodes::default();
    for entry in &mut entries {
        entry.node = match &entry.standard {
            Some(standard) => standard_node(&mut nodes, standard),
            None => {
                nodes.node(format!("? {}", normalized_title(&entry.publication.reference)), false)
            }
        };
    }
    by_references(&entries, &mut nodes, &mut report);
    by_abstracts(&entries, &mut nodes, &mut report);
    by_titles(&entries, &mut nodes, &mut report);

    let mut groups: BTreeMap<usize, Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        groups.entry(nodes.root(entry.node)).or_default().push(entry);
    }
    let groups: Vec<(Vec<Entry>, Vec<StandardRef>)> = groups
        .into_iter()
        .map(|(root, group)| {
            // Numbers that a record lists and that the sources hold no record of.
            let listed = group
                .iter()
                .flat_map(|entry| &entry.publication.also)
                .filter_map(|also| also.parse().ok());
            let joined = listed.filter(|other: &StandardRef| {
                nodes
                    .by_key
                    .get(&other.work_key())
                    .copied()
                    .is_some_and(|node| nodes.root(node) == root)
            });
            let joined = joined.collect();
            (group, joined)
        })
        .collect();
    report.in_several_sources = groups
        .iter()
        .filter(|(group, _)| group.iter().any(|entry| entry.source != group[0].source))
        .count() as u64;
    report.common_texts = groups
        .iter()
        .filter(|(group, _)| {
            group.iter().any(|entry| nodes.nodes[entry.node].itu)
                && group.iter().any(|entry| !nodes.nodes[entry.node].itu)
        })
        .count() as u64;
    let mut works: Vec<Work> = groups.into_par_iter().map(work).collect();
    let before = works.len();
    works.retain(|work| !work.titles.is_empty());
    report.untitled = (before - works.len()) as u64;
    works.par_sort_by(|one, other| {
        // References of the three organizations in their own order, others after them.
        let standard = |work: &Work| work.standard();
        match (standard(one), standard(other)) {
            (Some(one), Some(other)) => one.cmp(&other),
            (one, other) => other.is_some().cmp(&one.is_some()),
        }
        .then_with(|| one.reference.cmp(&other.reference))
    });
    report.works = works.len() as u64;
    (works, report)
}

/// The node of a number; a Recommendation's second number is the same node.
fn standard_node(nodes: &mut Nodes, standard: &StandardRef) -> usize {
    let itu = standard.organizations() == [Organization::ItuT];
    let node = nodes.node(standard.work_key(), itu);
    // `Q.400/I.400 Suppl. 3` has no second number of its own.
    if let Some(alias) = standard.aliased() {
        let alias = nodes.node(alias.work_key(), itu);
        nodes.join(node, alias);
    }
    node
}

/// Rules 1 and 2.
fn by_references(entries: &[Entry], nodes: &mut Nodes, report: &mut JoinReport) {
    // Records of different age may list different numbers; the newest one is right.
    let mut newest: Vec<&Entry> = entries
        .iter()
        .filter(|entry| {
            let common = |relation: &Relation| relation.kind == RelationKind::CommonText;
            !entry.publication.also.is_empty() || entry.publication.relations.iter().any(common)
        })
        .collect();
    newest.sort_by_key(|entry| std::cmp::Reverse(entry.year));
    for entry in newest {
        let own = entry.standard.as_ref();
        // A relation repeats what `also` lists; a supplement speaks for its base text.
        let common = entry
            .publication
            .relations
            .iter()
            .filter(|relation| relation.kind == RelationKind::CommonText);
        let listed = entry.publication.also.iter().map(|also| (also, "both numbers"));
        for (other, rule) in listed.chain(common.map(|relation| (&relation.reference, "relation")))
        {
            let Ok(other) = other.parse::<StandardRef>() else { continue };
            if own.is_none() {
                continue;
            }
            pair(nodes, entry.node, &other, rule, report);
        }
    }
}

fn pair(nodes: &mut Nodes, own: usize, other: &StandardRef, rule: &str, report: &mut JoinReport) {
    let other = standard_node(nodes, other);
    if nodes.root(own) == nodes.root(other) {
        return;
    }
    if nodes.has_another_twin(own, other) {
        *report.refused.entry(rule.to_owned()).or_default() += 1;
    } else if nodes.join(own, other) {
        *report.rules.entry(rule.to_owned()).or_default() += 1;
    }
}

/// Rule 3.
fn by_abstracts(entries: &[Entry], nodes: &mut Nodes, report: &mut JoinReport) {
    let found: Vec<(usize, StandardRef)> = entries
        .par_iter()
        .filter_map(|entry| {
            Some((
                entry.node,
                cited_twin(entry.standard.as_ref()?, &entry.publication.abstract_text)?,
            ))
        })
        .collect();
    for (node, twin) in found {
        pair(nodes, node, &twin, "abstract", report);
    }
}

/// The second of two numbers at the start of an abstract, `Recommendation ITU-T X.509 | ISO/IEC
/// 9594-8 …`, where the first is `own`.
fn cited_twin(own: &StandardRef, text: &str) -> Option<StandardRef> {
    let end = text.char_indices().nth(200).map_or(text.len(), |(at, _)| at);
    let start = &text[..end];
    let bar = start.find('|')?;
    let mut found = find_references(start, None).filter_map(|found| match found.reference {
        Reference::Standard(standard) => Some((found.span, standard)),
        Reference::Committee(_) => None,
    });
    let (first, second) = (found.next()?, found.next()?);
    let between = first.0.end <= bar && bar < second.0.start;
    let own_key = own.work_key();
    let twin = if first.1.work_key() == own_key {
        second.1
    } else if second.1.work_key() == own_key {
        first.1
    } else {
        return None;
    };
    let crosses = |standard: &StandardRef| standard.organizations() == [Organization::ItuT];
    (between && crosses(own) != crosses(&twin)).then_some(twin)
}

/// Titles shorter than this, normalized, say too little to join on: `general requirements`,
/// `vocabulary`.
const TELLING_TITLE: usize = 40;

/// Rule 4.
fn by_titles(entries: &[Entry], nodes: &mut Nodes, report: &mut JoinReport) {
    // Title → roots of ITU-T, roots of JTC 1, and whether anybody else has it.
    let mut titles: BTreeMap<String, [BTreeSet<usize>; 3]> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !entry.publication.supplement) {
        let key = comparable_title(&entry.publication.title);
        if key.len() < TELLING_TITLE {
            continue;
        }
        let side = match &entry.publication.committee {
            _ if nodes.nodes[entry.node].itu => 0,
            Some(owner) if owner.is_joint() => 1,
            _ => 2,
        };
        titles.entry(key).or_default()[side].insert(nodes.root(entry.node));
    }
    for [itu, joint, others] in titles.into_values() {
        let (Some(one), Some(other)) = (itu.first(), joint.first()) else { continue };
        let (one, other) = (nodes.root(*one), nodes.root(*other));
        if itu.len() > 1 || joint.len() > 1 || !others.is_empty() || one == other {
            continue;
        }
        // A text that has its twin already does not get a second one.
        let taken = |root: usize| {
            let mut kinds = nodes.members[root].iter().map(|node| nodes.nodes[*node].itu);
            kinds.clone().any(|itu| itu) && kinds.any(|itu| !itu)
        };
        if taken(one) || taken(other) {
            continue;
        }
        if nodes.join(one, other) {
            *report.rules.entry("title".to_owned()).or_default() += 1;
        }
    }
}

/// A title without the prefix that JTC 1 gives to its own and without the number of the part.
fn comparable_title(title: &str) -> String {
    let mut rest = title.trim();
    for prefix in ["Information technology", "Information technologies"] {
        if rest.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)) {
            rest = rest[prefix.len()..].trim_start_matches([' ', '-', '–', '—', ':', '.']);
        }
    }
    let mut kept = String::with_capacity(rest.len());
    let mut skip = false;
    let words: Vec<&str> = rest.split_whitespace().collect();
    for (position, word) in words.iter().enumerate() {
        let number = words
            .get(position + 1)
            .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        if word.eq_ignore_ascii_case("part") && number {
            skip = true;
        } else if skip {
            skip = false;
        } else {
            kept.push_str(word);
        }
    }
    normalized_title(&kept)
}

/// One work out of all its records.
fn work((mut group, further): (Vec<Entry>, Vec<StandardRef>)) -> Work {
    // The latest text first: editions before drafts before supplements; then by date, what is in
    // force first.
    group.sort_by(|one, other| {
        let rank = |entry: &Entry| {
            let kind = (
                entry.publication.supplement,
                entry.publication.status == Status::UnderDevelopment,
            );
            (
                kind,
                std::cmp::Reverse((entry.year, entry.publication.published)),
                entry.publication.status != Status::Published,
            )
        };
        rank(one)
            .cmp(&rank(other))
            .then_with(|| one.publication.reference.cmp(&other.publication.reference))
    });
    let latest = &group[0];
    // Common texts are named by their number of ISO and IEC, for that does not change with each
    // edition of either.
    let is_itu = |entry: &Entry| {
        entry.standard.as_ref().is_some_and(|all| all.organizations() == [Organization::ItuT])
    };
    let naming = group
        .iter()
        .find(|entry| !is_itu(entry) && !entry.publication.supplement)
        .unwrap_or(latest);
    let reference = undated(naming);

    let mut references: BTreeSet<String> = group.iter().map(undated).collect();
    references.extend(further.into_iter().map(|standard| standard.undated().to_string()));
    references.remove(&reference);
    let references: Vec<String> = std::iter::once(reference.clone()).chain(references).collect();

    let standing = |entry: &&Entry| !entry.publication.supplement;
    let mut titles: Vec<String> = Vec::new();
    let only_supplements = group.iter().all(|entry| entry.publication.supplement);
    for entry in group.iter().filter(|entry| only_supplements || standing(entry)) {
        let normalized = normalized_title(&entry.publication.title);
        if !normalized.is_empty()
            && !titles.iter().any(|title| normalized_title(title) == normalized)
        {
            titles.push(entry.publication.title.clone());
        }
    }
    let abstract_text =
        group.iter().map(|entry| &entry.publication.abstract_text).find(|text| !text.is_empty());
    if titles.is_empty() {
        titles.extend(abstract_text.and_then(|text| beginning(text)));
    }
    let ics = group.iter().map(|entry| &entry.publication.ics).find(|ics| !ics.is_empty());
    let (owners, earlier_owners) = owners(&group);
    let organizations: BTreeSet<Organization> =
        group.iter().flat_map(|entry| entry.publication.organizations.iter().copied()).collect();

    let (is_superseded, replaced_by) = successors(&group);
    let status = |wanted: Status| {
        group
            .iter()
            .filter(|entry| only_supplements || standing(entry))
            .any(|entry| entry.publication.status == wanted)
    };
    let status = [Status::Published, Status::UnderDevelopment]
        .into_iter()
        .find(|wanted| status(*wanted))
        .unwrap_or(if is_superseded { Status::Published } else { Status::Withdrawn });
    let distinct = |supplements: bool| {
        let texts = group.iter().filter(|entry| entry.publication.supplement == supplements);
        let distinct: BTreeSet<String> = texts
            .map(|entry| {
                entry
                    .standard
                    .as_ref()
                    .map_or_else(|| entry.publication.reference.clone(), ToString::to_string)
            })
            .collect();
        u32::try_from(distinct.len()).unwrap_or(u32::MAX)
    };
    Work {
        titles,
        abstract_text: abstract_text.cloned().unwrap_or_default(),
        owners,
        earlier_owners,
        organizations: organizations.into_iter().collect(),
        status,
        replaced_by: if status == Status::Withdrawn { replaced_by } else { Vec::new() },
        first_year: group.iter().filter_map(|entry| entry.year).min(),
        latest_year: group.iter().filter_map(|entry| entry.year).max(),
        ics: ics.cloned().unwrap_or_default(),
        kind: group
            .iter()
            .map(|entry| entry.publication.kind)
            .find(|kind| *kind != PublicationKind::Other)
            .unwrap_or_default(),
        editions: distinct(false),
        supplements: distinct(true),
        reference,
        references,
    }
}

/// Words of an abstract that stand for the title where no record has one.
const WORDS_FOR_TITLE: usize = 12;

/// The beginning of an abstract, in place of a title.
fn beginning(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let shown: Vec<&str> = words.by_ref().take(WORDS_FOR_TITLE).collect();
    let more = if words.next().is_some() { " …" } else { "" };
    (!shown.is_empty()).then(|| shown.join(" ") + more)
}

/// What took the place of the texts of a work: whether a newer edition of the same number did, and
/// the other works that did, by their undated references.
fn successors(group: &[Entry]) -> (bool, Vec<String>) {
    let latest = group.iter().filter(|entry| !entry.publication.supplement);
    let latest = latest.filter_map(|entry| entry.year).max();
    let keys: BTreeSet<String> = group
        .iter()
        .filter_map(|entry| entry.standard.as_ref())
        .map(StandardRef::work_key)
        .collect();
    // IEC's word for a text that a newer edition of its number replaced.
    let mut is_superseded = group.iter().any(|entry| {
        !entry.publication.supplement
            && entry.year == latest
            && entry.publication.stage.eq_ignore_ascii_case("revised")
    });
    let mut others = BTreeSet::new();
    for entry in group.iter().filter(|entry| !entry.publication.supplement) {
        for relation in &entry.publication.relations {
            let replaces = relation.kind == RelationKind::ReplacedBy;
            if !replaces && relation.kind != RelationKind::Edition {
                continue;
            }
            let Ok(other) = relation.reference.parse::<StandardRef>() else { continue };
            if !other.supplements().is_empty() {
                continue;
            }
            if keys.contains(&other.work_key()) {
                is_superseded |= other.year().is_some_and(|year| Some(year) > latest);
            } else if replaces {
                others.insert(other.undated().to_string());
            }
        }
    }
    (is_superseded, others.into_iter().collect())
}

/// The reference of the work that a record belongs to.
fn undated(entry: &Entry) -> String {
    match &entry.standard {
        Some(standard) => standard.undated().to_string(),
        None => entry.publication.reference.clone(),
    }
}

/// The committees of the latest texts, and those of earlier ones only.
fn owners(group: &[Entry]) -> (Vec<CommitteeRef>, Vec<CommitteeRef>) {
    // One list may be ahead of the other: the latest text counts for each number and each
    // organization that has it.
    let mut latest: BTreeMap<(usize, Organization), Option<u16>> = BTreeMap::new();
    for entry in group {
        for committee in entry.publication.committees() {
            let year = latest.entry((entry.node, committee.organization())).or_default();
            *year = (*year).max(entry.year);
        }
    }
    let mut owners: Vec<CommitteeRef> = Vec::new();
    let mut earlier: Vec<CommitteeRef> = Vec::new();
    for entry in group {
        for committee in entry.publication.committees() {
            let is_latest =
                latest.get(&(entry.node, committee.organization())) == Some(&entry.year);
            let list = if is_latest { &mut owners } else { &mut earlier };
            if !list.contains(committee) {
                list.push(committee.clone());
            }
        }
    }
    // The lists of ISO and IEC name one text under JTC 1 and under its subcommittee: the
    // subcommittee has it.
    let all = owners.clone();
    owners.retain(|owner| !all.iter().any(|other| other != owner && owner.contains(other)));
    earlier.retain(|committee| !all.contains(committee));
    (owners, earlier)
}
