//! Codes of the International Classification for Standards.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::malformed::{Malformed, shown};
use crate::error::Error;

/// A code of the International Classification for Standards: field, group and sub-group.
///
/// Checked for its form; whether the classification has such a code is another question, see
/// [`IcsCode::is_in_use`].
///
/// ```
/// use spcg::proposal::IcsCode;
///
/// let code: IcsCode = "35.240.50".parse()?;
/// assert_eq!(code.parent().unwrap().to_string(), "35.240");
/// assert!("35".parse::<IcsCode>()?.contains(code));
/// assert!("35.24".parse::<IcsCode>().is_err());
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IcsCode {
    field: u8,
    group: Option<u16>,
    subgroup: Option<u8>,
}

impl IcsCode {
    /// The two digits of the field: 35 of `35.240.50`.
    #[must_use]
    pub fn field(self) -> u8 {
        self.field
    }

    /// The three digits of the group: 240 of `35.240.50`.
    #[must_use]
    pub fn group(self) -> Option<u16> {
        self.group
    }

    /// The two digits of the sub-group: 50 of `35.240.50`.
    #[must_use]
    pub fn subgroup(self) -> Option<u8> {
        self.subgroup
    }

    /// The code one level up.
    #[must_use]
    pub fn parent(self) -> Option<IcsCode> {
        match (self.group, self.subgroup) {
            (_, Some(_)) => Some(IcsCode { subgroup: None, ..self }),
            (Some(_), None) => Some(IcsCode { group: None, ..self }),
            (None, None) => None,
        }
    }

    /// True when the classification has this code (edition of ISO Open Data, codes alone).
    ///
    /// ```
    /// use spcg::proposal::IcsCode;
    ///
    /// assert!("13.200".parse::<IcsCode>()?.is_in_use());
    /// assert!(!"13.205".parse::<IcsCode>()?.is_in_use());
    /// # Ok::<(), spcg::Error>(())
    /// ```
    #[must_use]
    pub fn is_in_use(self) -> bool {
        IN_USE.binary_search(&self).is_ok()
    }

    /// The nearest code above this one that the classification has, or the code itself.
    ///
    /// ```
    /// use spcg::proposal::IcsCode;
    ///
    /// let code: IcsCode = "13.200.77".parse()?;
    /// assert_eq!(code.nearest_in_use().unwrap().to_string(), "13.200");
    /// assert_eq!("02.010".parse::<IcsCode>()?.nearest_in_use(), None);
    /// # Ok::<(), spcg::Error>(())
    /// ```
    #[must_use]
    pub fn nearest_in_use(self) -> Option<IcsCode> {
        if self.is_in_use() { Some(self) } else { self.parent()?.nearest_in_use() }
    }

    /// True when `other` is this code or stands below it.
    #[must_use]
    pub fn contains(self, other: IcsCode) -> bool {
        self.field == other.field
            && (self.group.is_none() || self.group == other.group)
            && (self.subgroup.is_none() || self.subgroup == other.subgroup)
    }
}

/// All codes of the classification, in their order; a test holds the file to that.
static IN_USE: LazyLock<Vec<IcsCode>> =
    LazyLock::new(|| include_str!("data/ics-codes.txt").lines().filter_map(read).collect());

fn read(text: &str) -> Option<IcsCode> {
    let text = text.trim();
    let mut parts = text.split('.');
    let mut digits = |length: usize| match parts.next() {
        None => Some(None),
        Some(part) if part.len() == length && part.bytes().all(|b| b.is_ascii_digit()) => {
            part.parse::<u16>().ok().map(Some)
        }
        Some(_) => None,
    };
    let (field, group, subgroup) = (digits(2)??, digits(3)?, digits(2)?);
    if parts.next().is_some() || field == 0 {
        return None;
    }
    let subgroup = subgroup.map(u8::try_from).transpose().ok()?;
    Some(IcsCode { field: u8::try_from(field).ok()?, group, subgroup })
}

impl FromStr for IcsCode {
    type Err = Error;

    fn from_str(text: &str) -> Result<IcsCode, Error> {
        read(text).ok_or_else(|| Error::new(Malformed::IcsCode(shown(text))))
    }
}

impl fmt::Display for IcsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match (self.group, self.subgroup) {
            (Some(group), Some(subgroup)) => format!("{:02}.{group:03}.{subgroup:02}", self.field),
            (Some(group), None) => format!("{:02}.{group:03}", self.field),
            _ => format!("{:02}", self.field),
        };
        f.pad(&text)
    }
}

impl Serialize for IcsCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for IcsCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<IcsCode, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = IcsCode;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a code in quotes such as \"13.200\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<IcsCode, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for IcsCode {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "IcsCode".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A code of the International Classification for Standards.",
            "type": "string",
            "pattern": "^[0-9]{2}(\\.[0-9]{3}(\\.[0-9]{2})?)?$",
            "examples": ["13.200", "35.240.50"],
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_codes_is_whole_and_in_order() {
        let lines = include_str!("data/ics-codes.txt").lines().count();
        assert_eq!(IN_USE.len(), lines);
        assert!(IN_USE.is_sorted_by(|a, b| a < b));
        let orphans: Vec<_> =
            IN_USE.iter().filter(|code| code.parent().is_some_and(|up| !up.is_in_use())).collect();
        assert!(orphans.is_empty(), "{orphans:?}");
    }

    #[test]
    fn codes_are_read_strictly() {
        for code in ["01", "13.200", "35.240.50", "03.100.01"] {
            assert_eq!(code.parse::<IcsCode>().unwrap().to_string(), code);
        }
        for code in [
            "",
            "1",
            "13.2",
            "13.20",
            "13.200.",
            "13.200.1",
            "13.200.50.1",
            "00",
            "ab",
            "13,200",
            "１３",
        ] {
            assert!(code.parse::<IcsCode>().is_err(), "{code}");
        }
    }
}
