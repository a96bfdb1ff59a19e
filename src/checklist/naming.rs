//! Which committees and works a proposal names, and where.

use std::collections::{HashMap, HashSet};

use super::context::Text;
use crate::catalogue::Committee;
use crate::matching::Overlap;
use crate::proposal::Body;
use crate::reference::{CommitteeRef, Reference, StandardRef, find_references};
use crate::{Catalogue, Proposal};

/// Every committee and work that a proposal names, with the field, in the order of the record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Naming {
    /// Each once, in the order in which they come first.
    committees: Vec<NamedCommittee>,
    /// Their places in that list.
    places: HashMap<CommitteeRef, usize>,
    /// How many fields name a committee.
    mentions: usize,
    works: Vec<NamedWork>,
    /// References of related standards as they were written, for those that cannot be read.
    citations: Vec<(String, String)>,
}

/// A committee with the fields that name it.
#[derive(Clone, Debug)]
struct NamedCommittee {
    reference: CommitteeRef,
    /// Who does its work today, where that is another.
    current: Option<CommitteeRef>,
    /// In the order of the record, each with its place among all that name a committee. What is
    /// inside of another is left out.
    fields: Vec<(usize, String)>,
    known: HashSet<String>,
}

/// A work with the field that names it.
#[derive(Clone, Debug)]
struct NamedWork {
    field: String,
    standard: StandardRef,
    /// Comparing keys is much faster than making them.
    series: String,
}

impl NamedWork {
    fn new(field: &str, standard: StandardRef) -> NamedWork {
        NamedWork { field: field.to_owned(), series: standard.series_key(), standard }
    }

    fn is_same_series(&self, other: &StandardRef, series: &str) -> bool {
        // Only second numbers of Recommendations need more than the key.
        self.series == series
            || (self.standard.alias().is_some() || other.alias().is_some())
                && other.is_same_series(&self.standard)
    }
}

impl Naming {
    pub(crate) fn of(proposal: &Proposal, texts: &[Text], catalogue: Option<&Catalogue>) -> Naming {
        let mut naming = Naming::default();
        naming.add_bodies(proposal);
        for (at, standard) in proposal.related_standards.iter().enumerate() {
            let field = format!("related_standards[{at}]");
            if let Some(standard) = standard.reference.standard() {
                naming.works.push(NamedWork::new(&field, standard.clone()));
            }
            naming.citations.push((field, plain(standard.reference.text())));
        }
        for Text { field, text, .. } in texts {
            // Who proposes is no statement on where the work belongs.
            if field == "proposer" {
                continue;
            }
            for found in find_references(text, proposal.organization) {
                match found.reference {
                    Reference::Committee(committee) => naming.add(field, &committee),
                    Reference::Standard(standard) => {
                        naming.works.push(NamedWork::new(field, standard))
                    }
                }
            }
        }
        for one in &mut naming.committees {
            let current = catalogue.and_then(|catalogue| catalogue.current(&one.reference));
            one.current = current
                .map(Committee::reference)
                .filter(|current| **current != one.reference)
                .cloned();
        }
        naming
    }

    fn add_bodies(&mut self, proposal: &Proposal) {
        for (at, exclusion) in proposal.out_of_scope.iter().enumerate() {
            for committee in exclusion.committees() {
                self.add(&format!("out_of_scope[{at}]"), committee);
            }
        }
        let mut one = |field: &str, body: Option<&Body>| {
            if let Some(committee) = body.and_then(Body::committee) {
                self.add(field, committee);
            }
        };
        for (at, body) in proposal.related_committees.iter().enumerate() {
            one(&format!("related_committees[{at}]"), Some(body));
        }
        for body in proposal.existing_committee_option.iter().flat_map(|option| &option.committees)
        {
            one("existing_committee_option", Some(body));
        }
        for (at, contact) in proposal.contacts_made.iter().enumerate() {
            one(&format!("contacts_made[{at}]"), contact.committee.as_ref());
        }
        for (at, disagreement) in proposal.open_disagreements.iter().enumerate() {
            one(&format!("open_disagreements[{at}]"), disagreement.committee.as_ref());
        }
        for (at, liaison) in proposal.liaisons.iter().enumerate() {
            one(&format!("liaisons[{at}]"), Some(&liaison.body));
        }
        one(
            "submitted_elsewhere",
            proposal.submitted_elsewhere.as_ref().and_then(|one| one.body.as_ref()),
        );
        one(
            "lead_arrangement",
            proposal.lead_arrangement.as_ref().and_then(|one| one.lead.as_ref()),
        );
    }

    fn add(&mut self, field: &str, committee: &CommitteeRef) {
        let order = self.mentions;
        let at = *self.places.entry(committee.clone()).or_insert_with(|| {
            self.committees.push(NamedCommittee {
                reference: committee.clone(),
                current: None,
                fields: Vec::new(),
                known: HashSet::new(),
            });
            self.committees.len() - 1
        });
        let named = &mut self.committees[at];
        if !with_ancestors(field).any(|one| named.known.contains(one)) {
            named.known.insert(field.to_owned());
            named.fields.push((order, field.to_owned()));
            self.mentions += 1;
        }
    }

    /// The fields whose committee, or its successor, is one of those asked for, each once.
    pub(crate) fn fields_of(&self, wanted: impl Fn(&CommitteeRef) -> bool) -> Vec<String> {
        let is_wanted = |one: &&NamedCommittee| {
            wanted(&one.reference) || one.current.as_ref().is_some_and(&wanted)
        };
        let found = self.committees.iter().filter(is_wanted);
        let mut fields: Vec<&(usize, String)> = found.flat_map(|one| &one.fields).collect();
        fields.sort_unstable_by_key(|(order, _)| *order);
        let mut seen = HashSet::new();
        fields.retain(|(_, field)| seen.insert(field.as_str()));
        fields.into_iter().map(|(_, field)| field.clone()).collect()
    }

    /// The first field that names a work: year, edition and part do not count.
    pub(crate) fn field_of_work(&self, overlap: &Overlap) -> Option<String> {
        self.fields_of_work(overlap).next().map(str::to_owned)
    }

    /// All fields that name a work or another part of its series.
    pub(crate) fn fields_of_work(&self, overlap: &Overlap) -> impl Iterator<Item = &str> {
        let references: Vec<&str> = references(overlap).collect();
        let parsed: Vec<(StandardRef, String)> = references
            .iter()
            .filter_map(|reference| reference.parse::<StandardRef>().ok())
            .map(|reference| (reference.clone(), reference.series_key()))
            .collect();
        let written: Vec<String> = references.iter().map(|reference| plain(reference)).collect();
        let works = self
            .works
            .iter()
            .filter(move |named| {
                parsed.iter().any(|(reference, series)| named.is_same_series(reference, series))
            })
            .map(|named| named.field.as_str());
        let citations = self
            .citations
            .iter()
            .filter(move |(_, cited)| written.contains(cited))
            .map(|(field, _)| field.as_str());
        works.chain(citations)
    }

    /// Every work that is named, with its field.
    pub(crate) fn works(&self) -> impl Iterator<Item = (&str, &StandardRef)> {
        self.works.iter().map(|named| (named.field.as_str(), &named.standard))
    }
}

/// A field and those that it is in: `contacts_made[2].note`, `contacts_made[2]`, `contacts_made`.
pub(crate) fn with_ancestors(field: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(field), |one| one.rfind(['.', '[']).map(|end| &one[..end]))
}

/// All references of a work.
pub(crate) fn references(overlap: &Overlap) -> impl Iterator<Item = &str> {
    std::iter::once(overlap.reference.as_str()).chain(overlap.references.iter().map(String::as_str))
}

/// A reference without year, spaces and case.
fn plain(reference: &str) -> String {
    let undated = reference.rsplit_once(':').map_or(reference, |(number, _)| number);
    undated.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}
