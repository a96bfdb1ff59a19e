//! References of organizations, committees and standards: parse, normalize, print, order, compare,
//! and find in text.
//!
//! People write one committee in many ways. [`CommitteeRef`] reads the usual ones and prints the
//! one form that this crate uses everywhere:
//!
//! ```
//! use spcg::reference::CommitteeRef;
//!
//! for (written, printed) in [
//!     ("ISO TC176 SC2", "ISO/TC 176/SC 2"),
//!     ("JTC1/SC42", "ISO/IEC JTC 1/SC 42"),
//!     ("IEC/TC 57", "IEC TC 57"),
//!     ("Study Group 17", "ITU-T SG 17"),
//!     ("Q.10/17", "ITU-T Q10/17"),
//! ] {
//!     assert_eq!(written.parse::<CommitteeRef>()?.to_string(), printed);
//! }
//! # Ok::<(), spcg::Error>(())
//! ```

mod adoption;
mod committee;
mod document;
mod find;
mod list;
mod scan;
mod standard;

pub use committee::CommitteeRef;
pub(crate) use document::document_in;
pub use find::{Found, Reference, find_references};
pub use standard::{StandardRef, Supplement, SupplementKind};

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Class, Error, Failure, shown};

/// One of the three organizations that SPCG coordinates.
///
/// Joint committees such as ISO/IEC JTC 1 belong to two of them: see
/// [`CommitteeRef::organizations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Organization {
    /// International Organization for Standardization.
    Iso,
    /// International Electrotechnical Commission.
    Iec,
    /// ITU Telecommunication Standardization Sector.
    ItuT,
}

impl Organization {
    /// The three, in the order that this crate always uses.
    pub const ALL: [Organization; 3] = [Organization::Iso, Organization::Iec, Organization::ItuT];

    /// `ISO`, `IEC` or `ITU-T`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Organization::Iso => "ISO",
            Organization::Iec => "IEC",
            Organization::ItuT => "ITU-T",
        }
    }

    /// The board that decides on new fields of work: ISO/TMB, IEC/SMB or ITU-T TSAG.
    #[must_use]
    pub const fn board(self) -> &'static str {
        match self {
            Organization::Iso => "ISO/TMB",
            Organization::Iec => "IEC/SMB",
            Organization::ItuT => "ITU-T TSAG",
        }
    }
}

impl fmt::Display for Organization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Organization {
    type Err = Error;

    /// Reads `ISO`, `IEC`, `ITU-T`, `ITU` and `ITU/T`, and the full names, in any case.
    fn from_str(text: &str) -> Result<Organization, Error> {
        let letters: String =
            text.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect();
        match letters.as_str() {
            "ISO"
            | "INTERNATIONALORGANIZATIONFORSTANDARDIZATION"
            | "INTERNATIONALORGANISATIONFORSTANDARDISATION" => Ok(Organization::Iso),
            "IEC" | "INTERNATIONALELECTROTECHNICALCOMMISSION" => Ok(Organization::Iec),
            "ITUT"
            | "ITU"
            | "TSB"
            | "INTERNATIONALTELECOMMUNICATIONUNION"
            | "INTERNATIONALTELECOMMUNICATIONSUNION"
            | "ITUTELECOMMUNICATIONSTANDARDIZATIONSECTOR" => Ok(Organization::ItuT),
            _ => Err(Error::new(Malformed::Organization(shown(text)))),
        }
    }
}

impl Serialize for Organization {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Organization {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Organization, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Why a text is not a reference.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Malformed {
    #[error("`{0}` is not one of the three organizations")]
    Organization(String),
    #[error("`{0}` is not a committee reference")]
    Committee(String),
    #[error("`{0}` names no organization")]
    CommitteeWithoutOrganization(String),
    #[error("`{0}` is not a reference of a standard")]
    Standard(String),
}

impl Failure for Malformed {
    fn class(&self) -> Class {
        Class::Malformed
    }
    fn remedy(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(match self {
            Malformed::Organization(_) => "write `ISO`, `IEC` or `ITU-T`",
            Malformed::Committee(_) => {
                "write it like `ISO/TC 176/SC 2`, `IEC SC 65C` or `ITU-T SG 17`"
            }
            Malformed::CommitteeWithoutOrganization(_) => "put `ISO/` or `IEC` before it",
            Malformed::Standard(_) => {
                "write it like `ISO 9001:2015`, `IEC 61508-1` or `ITU-T X.509`"
            }
        }))
    }
}
