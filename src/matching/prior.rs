//! What is known of the candidates before any subject.

use super::candidates::Candidates;
use super::columns::Columns;
use super::signals::{
    INACTIVE, IS_IEC, IS_ITU_T, LIAISONS_HELD, NO_LIAISONS, NO_WORKS, SUBCOMMITTEE, WORKS,
};
use crate::reference::Organization;

/// What is known of the candidates before any subject.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prior {
    liaisons_held: Vec<f32>,
    no_liaisons: Vec<f32>,
    works: Vec<f32>,
    no_works: Vec<f32>,
    inactive: Vec<f32>,
    subcommittee: Vec<f32>,
    iec: Vec<f32>,
    itu_t: Vec<f32>,
    /// 1 for candidates of IEC and ITU-T.
    pub(super) outside_iso: Vec<f32>,
    /// What is spread is divided by this among the committees in liaison.
    pub(super) spread_over: Vec<f32>,
    /// What is gathered is divided by this: committees with many liaisons gather from everywhere.
    pub(super) gathered_over: Vec<f32>,
    organizations: Vec<Organization>,
    /// Technical areas with the committees that they are parts of.
    areas: Vec<(u16, u16)>,
    /// Candidates at work, for each organization in the order of [`Organization::ALL`].
    at_work: [Vec<u16>; 3],
}

pub(crate) fn liaisons_held(links: usize) -> f32 {
    (1.0 + links as f32).ln()
}

pub(crate) fn works_owned(works: u32) -> f32 {
    (1.0 + works as f32).ln() / 5.0
}

pub(crate) fn spread_over(links: usize) -> f32 {
    (links.max(1) as f32).sqrt()
}

pub(crate) fn gathered_over(links: usize) -> f32 {
    (links.max(1) as f32).powf(0.15)
}

impl Prior {
    pub(crate) fn of(candidates: &Candidates) -> Prior {
        let flag = |is: bool| f32::from(u8::from(is));
        let mut prior = Prior::default();
        for candidate in candidates.iter() {
            let links = candidate.liaisons.len();
            prior.liaisons_held.push(liaisons_held(links));
            prior.no_liaisons.push(flag(links == 0));
            prior.works.push(works_owned(candidate.works));
            prior.no_works.push(flag(candidate.works == 0));
            prior
                .inactive
                .push(flag(*candidate.committee.status() != crate::catalogue::Status::Active));
            prior.subcommittee.push(flag(candidate.is_subcommittee));
            prior.iec.push(flag(candidate.organization() == Organization::Iec));
            prior.itu_t.push(flag(candidate.organization() == Organization::ItuT));
            prior.organizations.push(candidate.organization());
            prior.outside_iso.push(flag(candidate.organization() != Organization::Iso));
            prior.spread_over.push(spread_over(links));
            prior.gathered_over.push(gathered_over(links));
        }
        let parts = (0_u16..).zip(candidates.iter()).filter_map(|(number, candidate)| {
            let reference = candidate.reference();
            Some((number, candidate.parent?)).filter(|_| reference.committee() != *reference)
        });
        prior.areas = parts.collect();
        for (organization, at_work) in Organization::ALL.into_iter().zip(&mut prior.at_work) {
            let all = (0_u16..).zip(candidates.iter());
            let members = all
                .filter(|(_, one)| one.committee.is_active() && one.organization() == organization);
            at_work.extend(members.map(|(number, _)| number));
        }
        prior
    }

    /// True for a candidate of IEC or ITU-T.
    pub(crate) fn is_outside_iso(&self, candidate: usize) -> bool {
        self.outside_iso[candidate] > 0.0
    }

    /// Technical areas with the committees that they are parts of.
    pub(crate) fn areas(&self) -> &[(u16, u16)] {
        &self.areas
    }

    /// The organization under which a candidate is ranked.
    pub(crate) fn organization(&self, candidate: usize) -> Organization {
        self.organizations[candidate]
    }

    /// The candidates of an organization that are at work, in their order.
    pub(crate) fn at_work(&self, organization: Organization) -> &[u16] {
        let at = Organization::ALL.iter().position(|one| *one == organization);
        at.map_or(&[], |at| &self.at_work[at])
    }

    pub(super) fn fill(&self, columns: &mut Columns) {
        for (feature, values) in [
            (LIAISONS_HELD, &self.liaisons_held),
            (NO_LIAISONS, &self.no_liaisons),
            (WORKS, &self.works),
            (NO_WORKS, &self.no_works),
            (INACTIVE, &self.inactive),
            (SUBCOMMITTEE, &self.subcommittee),
            (IS_IEC, &self.iec),
            (IS_ITU_T, &self.itu_t),
        ] {
            columns.get_mut(feature).copy_from_slice(values);
        }
    }
}
