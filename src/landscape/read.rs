//! Areas from a file edited by hand.

use std::fmt;

use serde::Deserialize;
use toml::{Spanned, Value};

use super::area::{Area, Landscape};
use crate::error::shown;

/// The longest file that is read, in bytes.
const MOST_BYTES: usize = 4 << 20;
/// The most keywords, committees, arrangements or joint texts of one area.
const MOST_ITEMS: usize = 200;
/// The longest name, keyword or arrangement, in bytes.
const LONGEST: usize = 500;

/// An entry of a landscape that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefusedEntry {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// What is wrong, and what would mend it.
    pub reason: String,
}

impl fmt::Display for RefusedEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "area")]
    areas: Vec<Spanned<Value>>,
}

pub(super) fn areas(text: &str) -> (Landscape, Vec<RefusedEntry>) {
    let mut areas = Vec::new();
    if text.len() > MOST_BYTES {
        let reason = format!("the file is longer than {MOST_BYTES} bytes: divide it");
        return (Landscape::default(), vec![RefusedEntry { line: 1, reason }]);
    }
    let file: File = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            let line = line_at(text, error.span().map_or(0, |span| span.start));
            let reason = format!("the file cannot be read: {}", shown(error.message()));
            return (Landscape::default(), vec![RefusedEntry { line, reason }]);
        }
    };
    let mut refused = Vec::new();
    let mut names = std::collections::BTreeMap::new();
    for entry in file.areas {
        let line = line_at(text, entry.span().start);
        match area(entry.into_inner()) {
            Ok(area) => match names.get(&area.name.to_lowercase()) {
                Some(first) => refused.push(RefusedEntry {
                    line,
                    reason: format!(
                        "the area {} is already given on line {first}: join the two",
                        shown(&area.name)
                    ),
                }),
                None => {
                    names.insert(area.name.to_lowercase(), line);
                    areas.push(area);
                }
            },
            Err(reason) => refused.push(RefusedEntry { line, reason }),
        }
    }
    (Landscape::of(areas), refused)
}

fn area(value: Value) -> Result<Area, String> {
    let area: Area = value.try_into().map_err(|error: toml::de::Error| shown(error.message()))?;
    if area.name.trim().is_empty() {
        return Err("the area has no name: give it one".to_owned());
    }
    let name = shown(&area.name);
    if area.committees.is_empty() {
        return Err(format!("the area {name} has no committee: name at least one"));
    }
    let lists = [
        area.keywords.len(),
        area.committees.len(),
        area.arrangements.len(),
        area.joint_texts.len(),
    ];
    if lists.into_iter().any(|items| items > MOST_ITEMS) {
        return Err(format!("a list of the area {name} is longer than {MOST_ITEMS}: shorten it"));
    }
    let too_long = |text: &String| text.len() > LONGEST;
    if too_long(&area.name)
        || area.keywords.iter().any(too_long)
        || area.arrangements.iter().any(too_long)
    {
        return Err(format!(
            "a text of the area {name} is longer than {LONGEST} bytes: shorten it"
        ));
    }
    if area.keywords.iter().any(|keyword| !keyword.chars().any(char::is_alphanumeric)) {
        return Err(format!("a keyword of the area {name} has no letter or digit: remove it"));
    }
    Ok(area)
}

pub(super) fn line_at(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_area_of_the_crate_is_read() {
        let (landscape, refused) = areas(include_str!("data/areas.toml"));
        assert_eq!(refused, []);
        assert_eq!(landscape.areas().len(), 24);
        for area in landscape.areas() {
            assert!(area.organizations().len() >= 2, "{}", area.name);
            assert!(!area.keywords.is_empty(), "{}", area.name);
        }
    }

    #[test]
    fn a_bad_entry_is_reported_and_the_rest_goes_on() {
        let text = "[[area]]\nname = \"lifts\"\nkeywords = []\ncommittees = [\"ISO/TC 178\"]\n\
                    [[area]]\nname = \"Lifts\"\nkeywords = []\ncommittees = [\"ISO/TC 178\"]\n\
                    [[area]]\nname = \"doors\"\nkeywords = []\ncommittees = [\"the door people\"]\n\
                    [[area]]\nname = \"ropes\"\nkeywords = []\ncommittees = [\"ISO/TC 105\"]\n";
        let (landscape, refused) = areas(text);
        let names: Vec<&str> = landscape.areas().iter().map(|area| area.name.as_str()).collect();
        assert_eq!(names, ["lifts", "ropes"]);
        assert_eq!(refused.iter().map(|one| one.line).collect::<Vec<_>>(), [5, 9]);
        assert!(refused[0].to_string().contains("already given on line 1"), "{}", refused[0]);
    }

    #[test]
    fn what_is_no_toml_gives_one_report_with_its_line() {
        let (landscape, refused) = areas("\n[[area]\n");
        assert!(landscape.areas().is_empty());
        assert_eq!(refused.len(), 1);
        assert_eq!(refused[0].line, 2);
    }
}
