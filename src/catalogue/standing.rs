//! Whether a committee that somebody names is at work, and who does its work if not.

use super::{Catalogue, Status};
use crate::reference::CommitteeRef;

/// How a committee stands in a catalogue: see [`Catalogue::standing`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Standing {
    /// It is at work.
    Active,
    /// It has ended; its work went to the successor, where there is one.
    Ended {
        /// The committee that does its work today.
        successor: Option<CommitteeRef>,
    },
    /// The catalogue does not have it: it may be misspelt, new, or long ended.
    Unknown {
        /// Committees at work whose reference is written nearly so, at most three.
        near: Vec<CommitteeRef>,
    },
}

/// Committees that ended before the registers that the built-in lists were made from, with those
/// that took on their work.
const ENDED: &[(&str, &str)] = &[
    ("ISO/TC 97", "ISO/IEC JTC 1"),
    ("ISO/TC 184/SC 2", "ISO/TC 299"),
    ("ISO/TC 223", "ISO/TC 292"),
    ("ISO/TC 242", "ISO/TC 301"),
    ("ISO/TC 247", "ISO/TC 292"),
    ("ISO/TC 257", "ISO/TC 301"),
    ("ISO/PC 251", "ISO/TC 251"),
    ("ISO/PC 271", "ISO/TC 309"),
    ("ISO/PC 278", "ISO/TC 309"),
    ("ISO/PC 283", "ISO/TC 283"),
    ("ISO/PC 284", "ISO/TC 292"),
    ("ISO/PC 317", ""),
    ("IEC TC 83", "ISO/IEC JTC 1"),
    ("ITU-T SG 4", "ITU-T SG 2"),
    ("ITU-T SG 6", "ITU-T SG 15"),
    ("ITU-T SG 7", "ITU-T SG 17"),
    ("ITU-T SG 8", "ITU-T SG 16"),
    ("ITU-T SG 10", "ITU-T SG 17"),
    ("ITU-T SG 18", "ITU-T SG 13"),
    ("ITU-T SG 19", "ITU-T SG 13"),
];

/// The most successions that are followed, one after the other.
const STEPS: usize = 4;

impl Catalogue {
    /// How a committee stands: at work, ended with or without a successor, or not known. A working
    /// group counts as its committee, a Question that is not listed as its study group.
    ///
    /// ```
    /// use spcg::catalogue::{Catalogue, Standing};
    ///
    /// let catalogue = Catalogue::builtin();
    /// let successor = Some("ITU-T SG 21".parse()?);
    /// assert_eq!(catalogue.standing(&"ITU-T SG 16".parse()?), Standing::Ended { successor });
    /// assert_eq!(catalogue.standing(&"ISO/TC 22/SC 32/WG 8".parse()?), Standing::Active);
    /// assert!(matches!(catalogue.standing(&"ISO/TC 998".parse()?), Standing::Unknown { .. }));
    /// # Ok::<(), spcg::Error>(())
    /// ```
    #[must_use]
    pub fn standing(&self, reference: &CommitteeRef) -> Standing {
        let known = self.get(reference).or_else(|| self.get(&reference.committee()));
        if let Some(found) = known {
            return match found.status() {
                Status::Active | Status::Suspended | Status::Outside => Standing::Active,
                Status::Disbanded => Standing::Ended { successor: None },
                Status::Merged { into } => Standing::Ended { successor: self.latest(into) },
            };
        }
        if let Some(next) = ended(&reference.committee()) {
            return Standing::Ended { successor: next.and_then(|next| self.latest(&next)) };
        }
        // Groups of boards, focus groups and the like are in no list.
        if reference.number().is_none() && reference.parent().is_none() {
            return Standing::Active;
        }
        Standing::Unknown { near: self.near(&reference.committee()) }
    }

    /// The committee at work at the end of a chain of successions.
    fn latest(&self, reference: &CommitteeRef) -> Option<CommitteeRef> {
        let mut reference = reference.committee();
        for _ in 0..STEPS {
            match self.get(&reference).map(super::Committee::status) {
                Some(Status::Active | Status::Suspended) => return Some(reference),
                Some(Status::Merged { into }) => reference = into.committee(),
                Some(Status::Disbanded | Status::Outside) => return None,
                None => reference = ended(&reference)??,
            }
        }
        None
    }

    /// Committees whose reference differs least in its letters, the parent first.
    fn near(&self, reference: &CommitteeRef) -> Vec<CommitteeRef> {
        let written = reference.to_string();
        let parent = reference.parent().filter(|parent| self.get(parent).is_some());
        let mut near: Vec<(usize, &CommitteeRef)> = self
            .active()
            .map(super::Committee::reference)
            .filter(|other| {
                other.organizations() == reference.organizations() && !other.is_question()
            })
            .map(|other| (strsim::damerau_levenshtein(&written, &other.to_string()), other))
            .filter(|(distance, _)| *distance <= 1)
            .collect();
        near.sort();
        let near = near.into_iter().map(|(_, other)| other.clone());
        parent.into_iter().chain(near).take(3).collect()
    }
}

/// What became of a committee that ended long ago.
fn ended(reference: &CommitteeRef) -> Option<Option<CommitteeRef>> {
    let written = reference.to_string();
    let (_, next) = ENDED.iter().find(|(name, _)| *name == written)?;
    Some(next.parse().ok())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_of_committees_that_ended_and_of_such_that_are_at_work() {
        let catalogue = Catalogue::builtin();
        for (name, next) in ENDED {
            let committee: CommitteeRef = name.parse().unwrap();
            assert_eq!(committee.to_string(), *name);
            assert!(catalogue.get(&committee).is_none(), "{name}");
            let Standing::Ended { successor } = catalogue.standing(&committee) else {
                panic!("{name}")
            };
            assert_eq!(successor.is_some(), !next.is_empty(), "{name}");
        }
    }

    #[test]
    fn unknown_committees_lead_to_near_ones() {
        let catalogue = Catalogue::builtin();
        let near = |text: &str| match catalogue.standing(&text.parse().unwrap()) {
            Standing::Unknown { near } => near.iter().map(ToString::to_string).collect(),
            other => vec![format!("{other:?}")],
        };
        assert_eq!(near("ISO/IEC JTC 1/SC 98")[0], "ISO/IEC JTC 1");
        assert!(near("ISO/TC 999").len() <= 3);
    }
}
