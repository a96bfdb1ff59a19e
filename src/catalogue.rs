//! The committees of the three organizations: built in, or with imported scopes.
//!
//! ```
//! use spcg::Catalogue;
//!
//! let catalogue = Catalogue::builtin();
//! let committee = catalogue.find("JTC1/SC42")?;
//! assert_eq!(committee.title(), "Artificial intelligence");
//! assert!(catalogue.liaisons(committee.reference()).any(|other| other.title() == "Information security, cybersecurity and privacy protection"));
//! # Ok::<(), spcg::Error>(())
//! ```

mod builtin;
mod committee;
#[cfg(feature = "import")]
mod office;
#[cfg(feature = "import")]
pub mod register;
mod standing;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

#[cfg(feature = "import")]
use committee::ScopeExclusion;
pub use committee::{Committee, Status};
#[cfg(feature = "import")]
pub use office::{CatalogueChanges, CommitteeList};
pub use standing::Standing;

use crate::error::{Class, Error, Failure};
use crate::reference::{CommitteeRef, Organization};

/// All committees, ordered by reference, with their families and liaisons.
///
/// A catalogue is immutable and cheap to clone.
#[derive(Clone, Debug)]
pub struct Catalogue(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    name: String,
    committees: Vec<Committee>,
    positions: BTreeMap<CommitteeRef, usize>,
    children: Vec<Vec<usize>>,
    liaisons: Vec<Vec<usize>>,
    /// Committees that have an organization as such in liaison on record.
    organization_liaisons: BTreeMap<Organization, Vec<usize>>,
}

/// Two committees in formal liaison.
pub(crate) type LiaisonPair = (CommitteeRef, CommitteeRef);

static BUILTIN: LazyLock<Catalogue> = LazyLock::new(builtin::load);

/// Successors that are followed one after the other; a list may name them in a circle.
const MOST_SUCCESSORS: usize = 8;

impl Catalogue {
    /// The catalogue inside the crate: 785 committees of ISO and joint ones, 208 of IEC, 142 study
    /// groups and Questions of ITU-T, and the liaisons that the ISO register records.
    #[must_use]
    pub fn builtin() -> Catalogue {
        BUILTIN.clone()
    }

    /// Puts committees and links together. Later entries of the same reference are dropped; links
    /// to committees that are not in the list are dropped too.
    pub(crate) fn new(
        name: String,
        mut committees: Vec<Committee>,
        liaisons: &[LiaisonPair],
        organization_liaisons: &[(CommitteeRef, Organization)],
    ) -> Catalogue {
        committees.sort_by(|a, b| a.reference.cmp(&b.reference));
        committees.dedup_by(|later, first| later.reference == first.reference);
        let positions: BTreeMap<CommitteeRef, usize> = committees
            .iter()
            .enumerate()
            .map(|(position, committee)| (committee.reference.clone(), position))
            .collect();
        let mut children = vec![Vec::new(); committees.len()];
        for (position, committee) in committees.iter().enumerate() {
            if let Some(parent) = committee.parent.as_ref().and_then(|parent| positions.get(parent))
            {
                children[*parent].push(position);
            }
        }
        let mut links = vec![Vec::new(); committees.len()];
        for (one, other) in liaisons {
            if let (Some(&one), Some(&other)) = (positions.get(one), positions.get(other))
                && one != other
            {
                links[one].push(other);
                links[other].push(one);
            }
        }
        for list in &mut links {
            list.sort_unstable();
            list.dedup();
        }
        let mut with_organizations: BTreeMap<Organization, Vec<usize>> = BTreeMap::new();
        for (committee, organization) in organization_liaisons {
            if let Some(&position) = positions.get(committee) {
                with_organizations.entry(*organization).or_default().push(position);
            }
        }
        for list in with_organizations.values_mut() {
            list.sort_unstable();
            list.dedup();
        }
        Catalogue(Arc::new(Inner {
            name,
            committees,
            positions,
            children,
            liaisons: links,
            organization_liaisons: with_organizations,
        }))
    }

    /// This catalogue with what a register adds: official scopes, exclusions, committees and
    /// liaisons that are new. Keywords and what the register does not hold stay as they are.
    #[cfg(feature = "import")]
    #[must_use]
    pub fn with_register(
        &self,
        name: &str,
        register: &[register::RegisteredCommittee],
    ) -> Catalogue {
        let inner = &*self.0;
        let mut committees: BTreeMap<CommitteeRef, Committee> = inner
            .committees
            .iter()
            .map(|committee| (committee.reference.clone(), committee.clone()))
            .collect();
        let (mut liaisons, mut organization_liaisons) = self.all_liaisons();
        for registered in register {
            let committee =
                committees.entry(registered.reference.clone()).or_insert_with(|| Committee {
                    parent: None,
                    ..Committee::untitled(registered.reference.clone(), Status::Active)
                });
            committee.title.clone_from(&registered.title);
            committee.parent = registered.parent.clone().or_else(|| committee.parent.clone());
            committee.status = match registered.status.to_lowercase().as_str() {
                "suspended" => Status::Suspended,
                "disbanded" => Status::Disbanded,
                _ => Status::Active,
            };
            committee.established = registered.created.or(committee.established);
            committee.scope.clone_from(&registered.scope);
            committee.exclusions = registered
                .exclusions
                .iter()
                .map(|one| ScopeExclusion {
                    subject: one.text.clone(),
                    committees: one.committees.clone(),
                })
                .collect();
            committee.excludes.extend(registered.excluded_to.iter().cloned());
            committee.excludes.sort_unstable();
            committee.excludes.dedup();
            liaisons.extend(
                registered
                    .liaisons
                    .iter()
                    .map(|other| (registered.reference.clone(), other.clone())),
            );
            // `ITU` is the union; `ITUC` is the trade-union body and not ours.
            let has_itu = registered
                .organization_liaisons
                .iter()
                .any(|name| matches!(name.as_str(), "ITU" | "ITU-T"));
            organization_liaisons
                .extend(has_itu.then(|| (registered.reference.clone(), Organization::ItuT)));
        }
        Catalogue::new(
            name.to_owned(),
            committees.into_values().collect(),
            &liaisons,
            &organization_liaisons,
        )
    }

    /// The whole catalogue as JSON, for an index on disk.
    pub(crate) fn to_json(&self) -> String {
        let inner = &*self.0;
        let reference = |position: &usize| &inner.committees[*position].reference;
        let liaisons = inner.liaisons.iter().enumerate().flat_map(|(one, others)| {
            others
                .iter()
                .filter(move |other| one < **other)
                .map(move |other| (reference(&one).clone(), reference(other).clone()))
        });
        let organization_liaisons =
            inner.organization_liaisons.iter().flat_map(|(organization, positions)| {
                positions.iter().map(move |position| (reference(position).clone(), *organization))
            });
        let file = CatalogueFile {
            name: inner.name.clone(),
            committees: inner.committees.clone(),
            liaisons: liaisons.collect(),
            organization_liaisons: organization_liaisons.collect(),
        };
        serde_json::to_string(&file).unwrap_or_default()
    }

    /// Reads what [`Catalogue::to_json`] wrote.
    pub(crate) fn from_json(text: &str) -> Result<Catalogue, Error> {
        let file: CatalogueFile = serde_json::from_str(text).map_err(|source| {
            Error::new(BadCatalogue(source.to_string()))
                .at(source.line().max(1), source.column().max(1))
        })?;
        Ok(Catalogue::new(file.name, file.committees, &file.liaisons, &file.organization_liaisons))
    }

    /// What the catalogue is and of when.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// How many committees, study groups and Questions, active or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.committees.len()
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.committees.is_empty()
    }

    /// All, ordered by reference.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Committee> {
        self.0.committees.iter()
    }

    /// The committee with exactly this reference, whatever its status.
    #[must_use]
    pub fn get(&self, reference: &CommitteeRef) -> Option<&Committee> {
        self.0.positions.get(reference).map(|position| &self.0.committees[*position])
    }

    /// The committee of a reference in any spelling. A working group leads to its committee.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when it is no reference, [not found](Error::is_not_found)
    /// when the catalogue does not have it.
    pub fn find(&self, reference: &str) -> Result<&Committee, Error> {
        let reference: CommitteeRef = reference.parse()?;
        self.get(&reference)
            .or_else(|| self.get(&reference.committee()))
            .ok_or_else(|| Error::new(Unknown { reference, catalogue: self.0.name.clone() }))
    }

    /// The committee that does the work of `reference` today: the successor of a merged one, the
    /// committee of a working group, the study group of a Question. `None` when the catalogue knows
    /// neither.
    ///
    /// ```
    /// let catalogue = spcg::Catalogue::builtin();
    /// let committee = catalogue.current(&"ITU-T SG 16".parse()?).unwrap();
    /// assert_eq!(committee.reference().to_string(), "ITU-T SG 21");
    /// # Ok::<(), spcg::Error>(())
    /// ```
    #[must_use]
    pub fn current(&self, reference: &CommitteeRef) -> Option<&Committee> {
        let mut found = self.get(&reference.committee())?;
        for _ in 0..MOST_SUCCESSORS {
            let Status::Merged { into } = found.status() else { break };
            let Some(successor) = self.get(&into.committee()) else { break };
            found = successor;
        }
        Some(found)
    }

    /// Committees directly below: subcommittees, technical areas, Questions.
    pub fn children(&self, reference: &CommitteeRef) -> impl Iterator<Item = &Committee> {
        self.positions_of(&self.0.children, reference)
    }

    /// The committee above.
    #[must_use]
    pub fn parent(&self, reference: &CommitteeRef) -> Option<&Committee> {
        self.get(reference)?.parent.as_ref().and_then(|parent| self.get(parent))
    }

    /// Committees with the same parent, without `reference` itself.
    pub fn siblings(&self, reference: &CommitteeRef) -> impl Iterator<Item = &Committee> {
        let own = self.0.positions.get(reference).copied();
        let parent = self.parent(reference).map(|parent| parent.reference.clone());
        parent
            .and_then(|parent| self.0.positions.get(&parent).copied())
            .into_iter()
            .flat_map(|parent| &self.0.children[parent])
            .filter(move |child| Some(**child) != own)
            .map(|child| &self.0.committees[*child])
    }

    /// Committees in formal liaison, in either direction.
    pub fn liaisons(&self, reference: &CommitteeRef) -> impl Iterator<Item = &Committee> {
        self.positions_of(&self.0.liaisons, reference)
    }

    /// True when the register shows `organization` itself in liaison with the committee.
    #[must_use]
    pub fn has_liaison_with(&self, reference: &CommitteeRef, organization: Organization) -> bool {
        self.0.positions.get(reference).is_some_and(|position| {
            self.0
                .organization_liaisons
                .get(&organization)
                .is_some_and(|list| list.binary_search(position).is_ok())
        })
    }

    /// The committees of an organization; a joint committee belongs to both of its organizations.
    pub fn of_organization(&self, organization: Organization) -> impl Iterator<Item = &Committee> {
        self.iter().filter(move |committee| committee.reference.belongs_to(organization))
    }

    /// Committees at work today: neither disbanded nor merged.
    pub fn active(&self) -> impl Iterator<Item = &Committee> {
        self.iter().filter(|committee| committee.is_active())
    }

    fn positions_of<'a>(
        &'a self,
        lists: &'a [Vec<usize>],
        reference: &CommitteeRef,
    ) -> impl Iterator<Item = &'a Committee> {
        self.0
            .positions
            .get(reference)
            .into_iter()
            .flat_map(move |position| &lists[*position])
            .map(|position| &self.0.committees[*position])
    }
}

/// The file form.
#[derive(Serialize, Deserialize)]
struct CatalogueFile {
    name: String,
    committees: Vec<Committee>,
    liaisons: Vec<LiaisonPair>,
    organization_liaisons: Vec<(CommitteeRef, Organization)>,
}

#[derive(Debug, thiserror::Error)]
#[error("the catalogue cannot be read: {0}")]
struct BadCatalogue(String);

impl Failure for BadCatalogue {
    fn class(&self) -> Class {
        Class::IncompatibleIndex
    }
}

#[derive(Debug, thiserror::Error)]
#[error("`{reference}` is not in the catalogue ({catalogue})")]
struct Unknown {
    reference: CommitteeRef,
    catalogue: String,
}

impl Failure for Unknown {
    fn class(&self) -> Class {
        Class::NotFound
    }
    fn remedy(&self) -> Option<std::borrow::Cow<'_, str>> {
        Some("check the number, or import a newer register".into())
    }
}
