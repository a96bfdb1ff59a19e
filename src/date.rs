//! Dates as people and registers give them: a year, often a month, sometimes a day.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::error::{Class, Error, Failure, shown};

/// A day, or only a month or a year, as much as is known.
///
/// The order is that of time; a year stands before its months and a month before its days.
///
/// ```
/// use spcg::proposal::Date;
///
/// let month: Date = "2024-05".parse()?;
/// assert_eq!((month.year(), month.month(), month.day()), (2024, Some(5), None));
/// assert!(month < "2024-05-17".parse()?);
/// assert_eq!(month.last_day().to_string(), "2024-05-31");
/// assert!("2023-02-29".parse::<Date>().is_err());
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl Date {
    /// A date out of its parts; nothing when there is no such day, or a day without a month.
    ///
    /// ```
    /// use spcg::proposal::Date;
    /// assert!(Date::new(2024, Some(2), Some(29)).is_some());
    /// assert!(Date::new(2023, Some(2), Some(29)).is_none());
    /// ```
    #[must_use]
    pub fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Date> {
        let year = i16::try_from(year).ok().filter(|year| (1000..=9999).contains(year))?;
        let month = month.map(i8::try_from).transpose().ok()?;
        let day = day.map(i8::try_from).transpose().ok()?;
        if month.is_none() && day.is_some() {
            return None;
        }
        civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Date { year, month, day })
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year.unsigned_abs()
    }

    /// The month, 1 to 12, where it is known.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        self.month.map(i8::unsigned_abs)
    }

    /// The day of the month, where it is known.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        self.day.map(i8::unsigned_abs)
    }

    /// The first day that it may mean.
    #[must_use]
    pub fn first_day(self) -> Date {
        Date {
            year: self.year,
            month: Some(self.month.unwrap_or(1)),
            day: Some(self.day.unwrap_or(1)),
        }
    }

    /// The last day that it may mean.
    #[must_use]
    pub fn last_day(self) -> Date {
        let month = self.month.unwrap_or(12);
        let day = self.day.unwrap_or_else(|| civil_day(self.year, month, 1).days_in_month());
        Date { year: self.year, month: Some(month), day: Some(day) }
    }

    /// Days from the first day of this date to the first day of `later`; negative when `later` is
    /// earlier.
    ///
    /// ```
    /// use spcg::proposal::Date;
    /// let (asked, sent): (Date, Date) = ("2024-02-01".parse()?, "2024-03".parse()?);
    /// assert_eq!(asked.days_until(sent), 29);
    /// # Ok::<(), spcg::Error>(())
    /// ```
    #[must_use]
    pub fn days_until(self, later: Date) -> i64 {
        let day = |date: Date| civil_day(date.year, date.month.unwrap_or(1), date.day.unwrap_or(1));
        let seconds = day(later).duration_since(day(self)).as_secs();
        seconds / 86_400
    }

    /// A date out of a register, where a time of the day may follow. Nothing before 1800 and after
    /// 2199: such a number is no year of a publication.
    #[cfg(feature = "import")]
    pub(crate) fn read_recorded(text: &str) -> Option<Date> {
        let text = text.trim();
        let date = read(text.split_once(['T', ' ']).map_or(text, |(date, _)| date))?;
        (1800..2200).contains(&date.year()).then_some(date)
    }

    /// A date as people write it in documents: also `17 May 2024`, `May 17, 2024`, `17.05.2024` and
    /// `2024/05/17`.
    ///
    /// A day and month that could be either way round (`03/04/2024`) are not a date.
    pub(crate) fn read_written(text: &str) -> Option<Date> {
        let text = text.trim().trim_end_matches('.');
        if text.len() > 40 {
            return None;
        }
        if let Some(date) = read(text) {
            return Some(date);
        }
        let parts: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let number = |part: &str| {
            let digits = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            (!digits.is_empty()
                && digits.len() <= 2
                && digits.bytes().all(|b| b.is_ascii_digit())
                && matches!(&part[digits.len()..], "" | "st" | "nd" | "rd" | "th"))
            .then(|| digits.parse::<u8>().ok())
            .flatten()
        };
        let year = |part: &str| (part.len() == 4).then(|| part.parse::<u16>().ok()).flatten();
        match parts.as_slice() {
            [only] => Date::new(year(only)?, None, None),
            [a, b] => match (month_named(a), year(b)) {
                (Some(month), Some(year)) => Date::new(year, Some(month), None),
                // 05/2024, as Recommendations are dated
                _ => match (number(a), year(b)) {
                    (Some(month), Some(year)) => Date::new(year, Some(month), None),
                    _ => Date::new(year(a)?, month_named(b).or_else(|| number(b)), None),
                },
            },
            [a, b, c] => {
                if let (Some(day), Some(month), Some(year)) = (number(a), month_named(b), year(c)) {
                    return Date::new(year, Some(month), Some(day));
                }
                if let (Some(month), Some(day), Some(year)) = (month_named(a), number(b), year(c)) {
                    return Date::new(year, Some(month), Some(day));
                }
                if let Some(year) = year(a) {
                    return Date::new(
                        year,
                        Some(month_named(b).or_else(|| number(b))?),
                        Some(number(c)?),
                    );
                }
                let (a, b, year) = (number(a)?, number(b)?, year(c)?);
                match (a > 12, b > 12) {
                    (true, _) => Date::new(year, Some(b), Some(a)),
                    (false, true) => Date::new(year, Some(a), Some(b)),
                    // Dots are only used with the day in front.
                    _ if a == b || text.contains('.') => Date::new(year, Some(b), Some(a)),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// A text is no date in the notation of this crate.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a date")]
struct NotADate(String);

impl Failure for NotADate {
    fn class(&self) -> Class {
        Class::Malformed
    }
    fn remedy(&self) -> Option<Cow<'_, str>> {
        Some("write it like `2024`, `2024-05` or `2024-05-17`".into())
    }
}

/// A day that is known to exist; an impossible one falls back to the first of the year.
fn civil_day(year: i16, month: i8, day: i8) -> civil::Date {
    civil::Date::new(year, month, day).unwrap_or(civil::Date::constant(2000, 1, 1))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month_named(text: &str) -> Option<u8> {
    let word = text.to_lowercase();
    if word.len() < 3 {
        return None;
    }
    let at = MONTHS
        .iter()
        .position(|month| *month == word || (word.len() <= 4 && month.starts_with(&word)))?;
    u8::try_from(at + 1).ok()
}

/// `2024`, `2024-05`, `2024-05-17`
fn read(text: &str) -> Option<Date> {
    let text = text.trim();
    let bytes = text.as_bytes();
    if !matches!(bytes.len(), 4 | 7 | 10)
        || !bytes
            .iter()
            .enumerate()
            .all(|(at, b)| if matches!(at, 4 | 7) { *b == b'-' } else { b.is_ascii_digit() })
    {
        return None;
    }
    let part =
        |range: std::ops::Range<usize>| text.get(range).map(str::parse::<u8>).transpose().ok();
    Date::new(text[..4].parse().ok()?, part(5..7)?, part(8..10)?)
}

impl FromStr for Date {
    type Err = Error;

    fn from_str(text: &str) -> Result<Date, Error> {
        read(text).ok_or_else(|| Error::new(NotADate(shown(text))))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            _ => format!("{:04}", self.year),
        };
        f.pad(&text)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Date;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date such as \"2024-05\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
                // `6 October 2025` is as good as `2025-10-06`.
                match Date::read_written(text) {
                    Some(date) => Ok(date),
                    None => text.parse().map_err(E::custom),
                }
            }
            fn visit_u64<E: de::Error>(self, year: u64) -> Result<Date, E> {
                let year = u16::try_from(year).ok().and_then(|year| Date::new(year, None, None));
                year.ok_or_else(|| E::invalid_type(de::Unexpected::Other("a number"), &self))
            }
            fn visit_i64<E: de::Error>(self, year: i64) -> Result<Date, E> {
                self.visit_u64(u64::try_from(year).unwrap_or(0))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A day, or only a month or a year, as much as is known.",
            "anyOf": [
                { "type": "string", "pattern": "^[1-9][0-9]{3}(-((0[13578]|1[02])(-(0[1-9]|[12][0-9]|3[01]))?|(0[469]|11)(-(0[1-9]|[12][0-9]|30))?|02(-(0[1-9]|[12][0-9]))?))?$" },
                { "type": "integer", "minimum": 1000, "maximum": 9999 },
            ],
            "examples": ["2024-05"],
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        for (written, date) in [
            ("17 May 2024", "2024-05-17"),
            ("May 17th, 2024", "2024-05-17"),
            ("Sept. 2024", "2024-09"),
            ("2024 Sep", "2024-09"),
            ("17.05.2024", "2024-05-17"),
            ("03.04.2024", "2024-04-03"),
            ("17/05/2024", "2024-05-17"),
            ("05/17/2024", "2024-05-17"),
            ("2024/5/7", "2024-05-07"),
            ("05/2024", "2024-05"),
            ("2024", "2024"),
        ] {
            assert_eq!(
                Date::read_written(written).map(|date| date.to_string()).as_deref(),
                Some(date),
                "{written}"
            );
        }
        for written in [
            "03/04/2024",
            "soon",
            "",
            "2024-13",
            "32 May 2024",
            "Q3 2024",
            "1.2.3.4",
            "99999",
            "0000",
        ] {
            assert_eq!(Date::read_written(written), None, "{written}");
        }
    }

    #[cfg(feature = "import")]
    #[test]
    fn dates_of_registers() {
        for (written, date) in [
            ("2019", Some("2019")),
            ("2012-05-02T00:00:00Z", Some("2012-05-02")),
            (" 1983-09-01 12:00", Some("1983-09-01")),
            ("0999", None),
            ("2201-01", None),
            ("2019-01-32", None),
            ("2019-1-1", None),
            ("-2019", None),
        ] {
            let read = Date::read_recorded(written).map(|date| date.to_string());
            assert_eq!(read.as_deref(), date, "{written}");
        }
    }

    #[test]
    fn order_and_distance() {
        let mut dates: Vec<Date> = ["2024-05-17", "2024", "2025-01", "2024-05"]
            .iter()
            .map(|date| date.parse().unwrap())
            .collect();
        dates.sort();
        let printed: Vec<String> = dates.iter().map(Date::to_string).collect();
        assert_eq!(printed, ["2024", "2024-05", "2024-05-17", "2025-01"]);
        assert_eq!(dates[2].days_until(dates[0]), -137);
        assert_eq!(dates[0].last_day().to_string(), "2024-12-31");
    }
}
