//! Who can be named: the committees that are ranked.

use std::collections::BTreeMap;

use crate::catalogue::{Catalogue, Committee, Status};
use crate::reference::{CommitteeRef, Organization};

/// Ranked committees, in the order of their references, and what is known of them before any
/// proposal.
#[derive(Clone, Debug)]
pub(crate) struct Candidates {
    all: Vec<Candidate>,
    numbers: BTreeMap<CommitteeRef, u16>,
}

/// One of them.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) committee: Committee,
    /// Its parent among the candidates.
    pub(crate) parent: Option<u16>,
    /// Its children among the candidates.
    pub(crate) children: Vec<u16>,
    /// True when its reference has one above.
    pub(crate) is_subcommittee: bool,
    /// Candidates in formal liaison.
    pub(crate) liaisons: Vec<u16>,
    /// How many works it owns in the index.
    pub(crate) works: u32,
    /// The year of its latest work.
    pub(crate) latest_year: Option<u16>,
}

impl Candidate {
    pub(crate) fn reference(&self) -> &CommitteeRef {
        &self.committee.reference
    }

    /// The organization under which it is ranked. Joint committees are ISO's, as in the ISO
    /// register.
    pub(crate) fn organization(&self) -> Organization {
        self.committee.reference.organization()
    }
}

impl Candidates {
    /// The committees and study groups of the catalogue (Questions stand for their study group,
    /// merged groups for their successor), and `owners` of works that the catalogue does not have.
    pub(crate) fn new<'a>(
        catalogue: &Catalogue,
        owners: impl Iterator<Item = &'a CommitteeRef>,
    ) -> Candidates {
        let mut all: Vec<Committee> = catalogue
            .iter()
            .filter(|committee| {
                !committee.reference().is_question()
                    && !matches!(committee.status(), Status::Merged { .. })
            })
            .cloned()
            .collect();
        let mut outside: Vec<&CommitteeRef> =
            owners.filter(|owner| catalogue.current(owner).is_none()).collect();
        outside.sort_unstable();
        outside.dedup();
        all.extend(
            outside.into_iter().map(|owner| Committee::untitled(owner.clone(), Status::Outside)),
        );
        all.sort_by(|a, b| a.reference.cmp(&b.reference));
        let own: BTreeMap<CommitteeRef, u16> = (0..)
            .zip(&all)
            .map(|(number, committee)| (committee.reference.clone(), number))
            .collect();
        let mut numbers = own.clone();
        for committee in catalogue.iter() {
            let current = catalogue
                .current(committee.reference())
                .and_then(|current| own.get(current.reference()));
            if let Some(number) = current {
                numbers.entry(committee.reference().clone()).or_insert(*number);
            }
        }
        let mut all: Vec<Candidate> = all
            .into_iter()
            .map(|committee| Candidate {
                parent: committee.parent().and_then(|parent| own.get(parent)).copied(),
                children: Vec::new(),
                is_subcommittee: committee.reference.parent().is_some(),
                liaisons: catalogue
                    .liaisons(committee.reference())
                    .filter_map(|other| numbers.get(other.reference()))
                    .copied()
                    .collect(),
                works: 0,
                latest_year: None,
                committee,
            })
            .collect();
        for number in 0..all.len() {
            if let Some(parent) = all[number].parent {
                all[usize::from(parent)].children.push(number as u16);
            }
        }
        Candidates { all, numbers }
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn get(&self, number: usize) -> &Candidate {
        &self.all[number]
    }

    pub(crate) fn get_mut(&mut self, number: usize) -> &mut Candidate {
        &mut self.all[number]
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &Candidate> {
        self.all.iter()
    }

    /// The candidate that stands for a reference: its committee, study group, successor, or the
    /// nearest one above.
    pub(crate) fn number_of(&self, reference: &CommitteeRef) -> Option<usize> {
        let mut reference = reference.clone();
        loop {
            if let Some(number) = self.exact(&reference) {
                return Some(number);
            }
            reference = reference.parent()?;
        }
    }

    /// The candidate with exactly this reference or its successor.
    pub(crate) fn exact(&self, reference: &CommitteeRef) -> Option<usize> {
        self.numbers
            .get(reference)
            .or_else(|| self.numbers.get(&reference.committee()))
            .map(|number| usize::from(*number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_and_merged_groups_stand_for_their_study_group() {
        let candidates = Candidates::new(&Catalogue::builtin(), std::iter::empty());
        let of = |text: &str| {
            let number = candidates.number_of(&text.parse().unwrap()).unwrap();
            candidates.get(number).reference().to_string()
        };
        assert_eq!(of("Q10/17"), "ITU-T SG 17");
        assert_eq!(of("ITU-T SG 16"), "ITU-T SG 21");
        assert_eq!(of("ISO/TC 22/SC 32/WG 8"), "ISO/TC 22/SC 32");
        assert_eq!(of("ISO/TC 22/SC 99"), "ISO/TC 22");
    }
}
