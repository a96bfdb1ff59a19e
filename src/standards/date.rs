//! Dates as catalogues give them: a year, often a month, sometimes a day.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A year, with its month and day as far as the source tells them.
///
/// ```
/// use spcg::standards::PartialDate;
/// let date: PartialDate = "2019-07".parse().unwrap();
/// assert_eq!((date.year(), date.month(), date.day()), (2019, Some(7), None));
/// assert_eq!(date.to_string(), "2019-07");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: u16,
    /// 0 where not known.
    month: u8,
    /// 0 where not known.
    day: u8,
}

/// A text is not a date that this crate reads.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date such as `2019`, `2019-07` or `2019-07-31`, from 1800 to 2199")]
#[non_exhaustive]
pub struct NotADate;

impl PartialDate {
    /// A year alone. `None` before 1800 and after 2199.
    #[must_use]
    pub fn from_year(year: u16) -> Option<PartialDate> {
        (1800..2200).contains(&year).then_some(PartialDate { year, month: 0, day: 0 })
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1 to 12, where known.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        (self.month > 0).then_some(self.month)
    }

    /// The day of the month, from 1 to 31, where known.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        (self.day > 0).then_some(self.day)
    }
}

impl FromStr for PartialDate {
    type Err = NotADate;

    /// Reads `2019`, `2019-07`, `2019-07-31`, and a date with a time after it.
    fn from_str(text: &str) -> Result<PartialDate, NotADate> {
        let date = text.trim();
        let date = date.split_once(['T', ' ']).map_or(date, |(date, _)| date);
        let mut parts = date.splitn(4, '-');
        let mut piece = |digits: usize, most: u16| match parts.next() {
            None => Ok(0),
            Some(part) if part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()) => part
                .parse::<u16>()
                .ok()
                .filter(|number| (1..=most).contains(number))
                .ok_or(NotADate),
            Some(_) => Err(NotADate),
        };
        let (year, month, day) = (piece(4, 2199)?, piece(2, 12)?, piece(2, 31)?);
        if year < 1800 || parts.next().is_some() {
            return Err(NotADate);
        }
        let small = |number: u16| u8::try_from(number).map_err(|_| NotADate);
        Ok(PartialDate { year, month: small(month)?, day: small(day)? })
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
            if self.day > 0 {
                write!(f, "-{:02}", self.day)?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PartialDate, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dates_are_dates() {
        for (written, printed) in [
            ("2019", "2019"),
            ("2019-07", "2019-07"),
            ("1983-09-01", "1983-09-01"),
            ("2012-05-02T00:00:00Z", "2012-05-02"),
        ] {
            assert_eq!(written.parse::<PartialDate>().unwrap().to_string(), printed);
        }
        for text in [
            "",
            "19",
            "2019-",
            "2019-13",
            "2019-00",
            "2019-1-1",
            "2019-01-32",
            "2019-01-01-01",
            "0999",
            "-2019",
        ] {
            assert_eq!(text.parse::<PartialDate>(), Err(NotADate), "{text}");
        }
    }
}
