//! Committees and standards as the proposer wrote them: kept whole, and understood where they can
//! be.

use std::collections::HashSet;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::reference::{CommitteeRef, Organization, Reference, StandardRef, find_references};

/// A committee or another body, as the proposer wrote it.
///
/// A body that is no committee of the three organizations (`CEN/TC 251`) is not an error: its text
/// is kept, and [`committee`](Body::committee) is empty. A bare number (`TC 57`) is read in the
/// context of the organization that the proposal is addressed to.
///
/// ```
/// use spcg::proposal::Body;
///
/// let committee = Body::new("ISO/TC 262 Risk management");
/// assert_eq!(committee.committee().unwrap().to_string(), "ISO/TC 262");
/// assert!(Body::new("CEN/TC 251").committee().is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Body {
    text: String,
    committee: Option<CommitteeRef>,
}

impl Body {
    /// A body out of its name; exactly one committee in the text is taken for the committee meant.
    #[must_use]
    pub fn new(text: &str) -> Body {
        let text = text.trim();
        Body { text: text.to_owned(), committee: only_committee(text, None) }
    }

    /// What was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The committee of ISO, IEC or ITU-T that is meant, where it is one.
    #[must_use]
    pub fn committee(&self) -> Option<&CommitteeRef> {
        self.committee.as_ref()
    }

    /// The committees of a text that names several and says nothing else: `ISO/TCs 8 and 67`.
    pub(crate) fn parted(self) -> Vec<Body> {
        let bodies: Vec<Body> = references_only(&self.text)
            .into_iter()
            .filter_map(|(_, reference)| match reference {
                Reference::Committee(committee) => Some(Body::from(committee)),
                Reference::Standard(_) => None,
            })
            .collect();
        if bodies.len() < 2 { vec![self] } else { bodies }
    }

    /// Reads a bare number in the context of the proposal's organization.
    pub(crate) fn settle(&mut self, context: Option<Organization>) {
        if self.committee.is_none() {
            self.committee = only_committee(&self.text, context);
        }
    }
}

fn only_committee(text: &str, context: Option<Organization>) -> Option<CommitteeRef> {
    let whole = match context {
        Some(organization) => CommitteeRef::parse_in(text, organization),
        None => text.parse(),
    };
    if let Ok(committee) = whole {
        return Some(committee);
    }
    let mut committees = committees_in(text, context).into_iter();
    let first = committees.next()?;
    committees.all(|other| other == first).then_some(first)
}

/// The references of a text that holds nothing else but what joins them; none where it says more.
pub(crate) fn references_only(text: &str) -> Vec<(std::ops::Range<usize>, Reference)> {
    let joins = |between: &str| {
        between
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '&' | '.' | '/'))
            .all(|word| matches!(word, "" | "and" | "or" | "the"))
    };
    let mut found = Vec::new();
    let mut at = 0;
    for one in find_references(text, None) {
        if one.span.start < at || !joins(&text[at..one.span.start]) {
            return Vec::new();
        }
        at = one.span.end;
        found.push((one.span, one.reference));
    }
    if joins(&text[at..]) { found } else { Vec::new() }
}

/// Every committee that a text names, in its order, without those that come again.
pub(crate) fn committees_in(text: &str, context: Option<Organization>) -> Vec<CommitteeRef> {
    let mut seen = HashSet::new();
    let committees = find_references(text, context).filter_map(|found| match found.reference {
        Reference::Committee(committee) => Some(committee),
        Reference::Standard(_) => None,
    });
    committees.filter(|committee| seen.insert(committee.clone())).collect()
}

impl From<CommitteeRef> for Body {
    fn from(committee: CommitteeRef) -> Body {
        Body { text: committee.to_string(), committee: Some(committee) }
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Body {
        Body::new(text)
    }
}

impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Body, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Ok(Body::new(&text))
    }
}

/// A reference of a document, as the proposer wrote it.
///
/// ```
/// use spcg::proposal::Citation;
///
/// assert_eq!(Citation::new("ISO 31000:2018").standard().unwrap().to_string(), "ISO 31000:2018");
/// assert!(Citation::new("EN 50126").standard().is_none());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Citation {
    text: String,
    standard: Option<StandardRef>,
}

impl Citation {
    /// A reference out of its text.
    #[must_use]
    pub fn new(text: &str) -> Citation {
        let text = text.trim();
        Citation { text: text.to_owned(), standard: text.parse().ok() }
    }

    /// What was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The document of ISO, IEC or ITU-T that is meant, where it is one.
    #[must_use]
    pub fn standard(&self) -> Option<&StandardRef> {
        self.standard.as_ref()
    }
}

impl From<StandardRef> for Citation {
    fn from(standard: StandardRef) -> Citation {
        Citation { text: standard.to_string(), standard: Some(standard) }
    }
}

impl From<&str> for Citation {
    fn from(text: &str) -> Citation {
        Citation::new(text)
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl Serialize for Citation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Citation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Citation, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Ok(Citation::new(&text))
    }
}

/// The organizations that a text names: `ISO/IEC JTC 1` names two.
pub(crate) fn organizations_in(text: &str) -> Vec<Organization> {
    let mut found: Vec<Organization> = text
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter_map(|word| match word.to_ascii_uppercase().as_str() {
            "ISO" => Some(vec![Organization::Iso]),
            "IEC" => Some(vec![Organization::Iec]),
            "ITU" | "ITU-T" => Some(vec![Organization::ItuT]),
            "JTC" | "JTC1" => Some(vec![Organization::Iso, Organization::Iec]),
            _ => None,
        })
        .flatten()
        .collect();
    found.sort();
    found.dedup();
    found
}

#[cfg(feature = "schema")]
mod schema {
    use super::{Body, Citation};
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    impl JsonSchema for Body {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "Body".into()
        }
        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "description": "A committee or another body, as the proposer wrote it.",
                "type": "string",
                "examples": ["ISO/TC 262", "IEC SC 65C", "ITU-T SG 17", "CEN/TC 251"],
            })
        }
    }

    impl JsonSchema for Citation {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "Citation".into()
        }
        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "description": "A reference of a document, as the proposer wrote it.",
                "type": "string",
                "examples": ["ISO 31000:2018", "IEC 61508-1", "ITU-T X.509", "EN 50126"],
            })
        }
    }
}
