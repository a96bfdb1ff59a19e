//! Areas from a file edited by hand.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::{Spanned, Value};

use super::area::{Area, Landscape};
use super::arrangement::Arrangement;
use crate::error::shown;

/// The longest file that is read, in bytes.
const MOST_BYTES: usize = 4 << 20;
/// The most keywords, committees, arrangements or joint texts of one area.
const MOST_ITEMS: usize = 200;
/// The longest name, keyword or other short text, in bytes.
const LONGEST: usize = 500;
/// The longest description, in bytes.
const LONGEST_TEXT: usize = 20_000;
/// The longest id.
const LONGEST_ID: usize = 80;

/// An entry of a landscape that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefusedEntry {
    /// The file within the folder of the landscape, where there is one.
    pub file: Option<String>,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// What is wrong, and what would mend it.
    pub reason: String,
}

impl fmt::Display for RefusedEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) => write!(f, "{}:{}: {}", shown(file), self.line, self.reason),
            None => write!(f, "line {}: {}", self.line, self.reason),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "area")]
    areas: Vec<Spanned<Value>>,
    #[serde(default, rename = "arrangement")]
    arrangements: Vec<Spanned<Value>>,
}

/// The entries of one text.
pub(super) fn landscape(text: &str) -> (Landscape, Vec<RefusedEntry>) {
    let mut refused = Vec::new();
    let (areas, arrangements) = match file(text) {
        Ok(File { areas, arrangements }) => (areas, arrangements),
        Err(entry) => return (Landscape::default(), vec![entry]),
    };
    let mut kept = Entries::default();
    for entry in arrangements {
        let line = line_at(text, entry.span().start);
        let added = arrangement(entry.into_inner()).and_then(|one| kept.add_arrangement(one, line));
        refused.extend(added.err().map(|reason| RefusedEntry { file: None, line, reason }));
    }
    for entry in areas {
        let line = line_at(text, entry.span().start);
        let added = area(entry.into_inner()).and_then(|one| kept.add_area(one, line));
        refused.extend(added.err().map(|reason| RefusedEntry { file: None, line, reason }));
        refused.extend(kept.unknown_arrangements(line));
    }
    refused.sort_by_key(|entry| entry.line);
    (kept.landscape(), refused)
}

/// The arrangements of `arrangements.toml` with their lines, and what was refused.
pub(super) fn arrangements(text: &str) -> (Vec<(Arrangement, usize)>, Vec<RefusedEntry>) {
    let entries = match file(text) {
        Ok(file) if file.areas.is_empty() => file.arrangements,
        Ok(_) => {
            let reason = "areas stand in files of their own, in the folder areas".to_owned();
            return (Vec::new(), vec![RefusedEntry { file: None, line: 1, reason }]);
        }
        Err(entry) => return (Vec::new(), vec![entry]),
    };
    let (mut kept, mut refused) = (Vec::new(), Vec::new());
    for entry in entries {
        let line = line_at(text, entry.span().start);
        match arrangement(entry.into_inner()) {
            Ok(one) => kept.push((one, line)),
            Err(reason) => refused.push(RefusedEntry { file: None, line, reason }),
        }
    }
    (kept, refused)
}

/// The area of a file of its own, whose name is its id.
pub(super) fn area_of_file(text: &str, id: &str) -> Result<Area, RefusedEntry> {
    let mut own: Area = toml::from_str(text).map_err(|error| unreadable(text, &error))?;
    let refused = |reason| RefusedEntry { file: None, line: 1, reason };
    if own.id.is_empty() {
        own.id = id.to_owned();
    } else if own.id != id {
        let own = shown(&own.id);
        return Err(refused(format!("the file is not named after its id {own}: rename one")));
    }
    checked(own).map_err(refused)
}

fn file(text: &str) -> Result<File, RefusedEntry> {
    if text.len() > MOST_BYTES {
        let reason = format!("the file is longer than {MOST_BYTES} bytes: divide it");
        return Err(RefusedEntry { file: None, line: 1, reason });
    }
    toml::from_str(text).map_err(|error| unreadable(text, &error))
}

/// The entries of a file in which each is a table `[[name]]`, with their lines, and what was
/// refused. An entry with a mistake stops no other.
pub(crate) fn entries<T: DeserializeOwned>(
    text: &str,
    names: &[&str],
) -> (Vec<(T, usize)>, Vec<RefusedEntry>) {
    let refused = |line, reason| RefusedEntry { file: None, line, reason };
    if text.len() > MOST_BYTES {
        let reason = format!("the file is longer than {MOST_BYTES} bytes: divide it");
        return (Vec::new(), vec![refused(1, reason)]);
    }
    let tables: BTreeMap<String, Vec<Spanned<Value>>> = match toml::from_str(text) {
        Ok(tables) => tables,
        Err(error) => return (Vec::new(), vec![unreadable(text, &error)]),
    };
    let (mut kept, mut left_out) = (Vec::new(), Vec::new());
    for (name, entries) in tables {
        for entry in entries {
            let line = line_at(text, entry.span().start);
            if !names.contains(&name.as_str()) {
                let (name, known) = (shown(&name), names.first().unwrap_or(&""));
                let reason = format!("`{name}` has no place here: begin an entry with [[{known}]]");
                left_out.push(refused(line, reason));
                continue;
            }
            match entry.into_inner().try_into() {
                Ok(one) => kept.push((one, line)),
                Err(error) => {
                    left_out.push(refused(line, shown(error.message())));
                }
            }
        }
    }
    left_out.sort_by_key(|entry| entry.line);
    (kept, left_out)
}

/// A text that is no TOML, or holds what has no place in it.
pub(super) fn unreadable(text: &str, error: &toml::de::Error) -> RefusedEntry {
    let line = line_at(text, error.span().map_or(0, |span| span.start));
    RefusedEntry {
        file: None,
        line,
        reason: format!("the file cannot be read: {}", shown(error.message())),
    }
}

/// What was read so far, each under one name.
#[derive(Default)]
pub(super) struct Entries {
    areas: Vec<Area>,
    arrangements: Vec<Arrangement>,
    /// Names and ids with the line on which each was given.
    names: BTreeMap<String, usize>,
}

impl Entries {
    pub(super) fn add_area(&mut self, area: Area, line: usize) -> Result<(), String> {
        for name in [format!("area {}", area.name.to_lowercase()), format!("area id {}", area.id)] {
            if let Some(first) = self.names.get(&name) {
                let name = shown(&area.name);
                return Err(format!(
                    "the area {name} is already given on line {first}: join the two"
                ));
            }
        }
        self.names.insert(format!("area {}", area.name.to_lowercase()), line);
        self.names.insert(format!("area id {}", area.id), line);
        self.areas.push(area);
        Ok(())
    }

    pub(super) fn add_arrangement(&mut self, one: Arrangement, line: usize) -> Result<(), String> {
        if let Some(first) = self.names.insert(format!("arrangement {}", one.id), line) {
            let id = shown(&one.id);
            return Err(format!("the arrangement {id} is already given on line {first}: keep one"));
        }
        self.arrangements.push(one);
        Ok(())
    }

    /// What the last area names and nobody listed. The area stays.
    pub(super) fn unknown_arrangements(&mut self, line: usize) -> Vec<RefusedEntry> {
        let Entries { areas, arrangements, .. } = self;
        let Some(area) = areas.last_mut() else { return Vec::new() };
        let is_known = |id: &String| arrangements.iter().any(|one| one.id == *id);
        let unknown: Vec<String> =
            area.arrangements.iter().filter(|id| !is_known(id)).cloned().collect();
        area.arrangements.retain(is_known);
        let name = shown(&area.name);
        let told = |id: String| RefusedEntry {
            file: None,
            line,
            reason: format!(
                "the area {name} names the arrangement {}, which is not listed: list it",
                shown(&id)
            ),
        };
        unknown.into_iter().map(told).collect()
    }

    pub(super) fn landscape(self) -> Landscape {
        Landscape::of(self.areas, self.arrangements)
    }
}

/// An arrangement that can be kept, or what is wrong with it.
pub(super) fn arrangement(value: Value) -> Result<Arrangement, String> {
    let one: Arrangement =
        value.try_into().map_err(|error: toml::de::Error| shown(error.message()))?;
    let id = shown(&one.id);
    if !is_id(&one.id) {
        return Err(format!(
            "the id {id} of an arrangement holds more than lower-case letters, digits and hyphens"
        ));
    }
    if one.name.trim().is_empty() || one.source.trim().is_empty() {
        return Err(format!("the arrangement {id} has no name or no source: give it both"));
    }
    if one.parties.len() > MOST_ITEMS
        || [&one.name, &one.source].into_iter().chain(&one.parties).any(|text| text.len() > LONGEST)
    {
        return Err(format!(
            "a text of the arrangement {id} is longer than {LONGEST} bytes: shorten it"
        ));
    }
    Ok(one)
}

/// An area that can be kept, or what is wrong with it.
pub(super) fn area(value: Value) -> Result<Area, String> {
    checked(value.try_into().map_err(|error: toml::de::Error| shown(error.message()))?)
}

fn checked(mut area: Area) -> Result<Area, String> {
    if area.name.trim().is_empty() {
        return Err("the area has no name: give it one".to_owned());
    }
    let name = shown(&area.name);
    if area.id.is_empty() {
        area.id = id_of(&area.name);
    }
    if !is_id(&area.id) {
        return Err(format!(
            "the id of the area {name} holds more than lower-case letters, digits and hyphens, or \
             more than {LONGEST_ID} of them"
        ));
    }
    if area.committees.is_empty() {
        return Err(format!("the area {name} has no committee: name at least one"));
    }
    bounds(&area, &name)?;
    if area.keywords.iter().any(|keyword| !keyword.chars().any(char::is_alphanumeric)) {
        return Err(format!("a keyword of the area {name} has no letter or digit: remove it"));
    }
    values(&area, &name)?;
    Ok(area)
}

fn bounds(area: &Area, name: &str) -> Result<(), String> {
    let lists = [
        &area.keywords,
        &area.ics_codes,
        &area.arrangements,
        &area.cases,
        &area.known_overlaps,
        &area.gaps,
        &area.contacts,
        &area.seeds,
        &area.sources,
    ];
    let others = [area.committees.len(), area.joint_texts.len(), area.disagreements.len()];
    if lists.iter().map(|list| list.len()).chain(others).any(|items| items > MOST_ITEMS) {
        return Err(format!("a list of the area {name} is longer than {MOST_ITEMS}: shorten it"));
    }
    let members = area.committees.iter().flat_map(|member| [&member.role, &member.source]);
    let disagreements = area.disagreements.iter().flat_map(|one| [&one.about, &one.source]);
    let texts = lists.into_iter().flatten().chain(members).chain(disagreements);
    if texts.chain([&area.name]).any(|text| text.len() > LONGEST)
        || [&area.description, &area.support_needed].iter().any(|text| text.len() > LONGEST_TEXT)
    {
        return Err(format!(
            "a text of the area {name} is longer than {LONGEST} bytes: shorten it"
        ));
    }
    Ok(())
}

fn values(area: &Area, name: &str) -> Result<(), String> {
    if area.outside_need.as_ref().is_some_and(|need| need.value > 3) {
        return Err(format!("the outside need of the area {name} is over 3: give 0 to 3"));
    }
    if area.disagreements.iter().any(|one| !(1..=4).contains(&one.level)) {
        return Err(format!("a disagreement of the area {name} has no level from 1 to 4"));
    }
    if area.set_priority.as_ref().is_some_and(|set| set.reason.trim().is_empty()) {
        return Err(format!("the priority set for the area {name} has no reason: give one"));
    }
    Ok(())
}

fn is_id(id: &str) -> bool {
    (1..=LONGEST_ID).contains(&id.len())
        && id.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-')
}

/// `Internet of things` -> `internet-of-things`.
fn id_of(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut id = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    id.truncate(LONGEST_ID);
    id.trim_end_matches('-').to_owned()
}

pub(super) fn line_at(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_area_of_the_crate_is_read() {
        let (landscape, refused) = landscape(include_str!("data/areas.toml"));
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
        let (landscape, refused) = landscape(text);
        let names: Vec<&str> = landscape.areas().iter().map(|area| area.name.as_str()).collect();
        assert_eq!(names, ["lifts", "ropes"]);
        assert_eq!(refused.iter().map(|one| one.line).collect::<Vec<_>>(), [5, 9]);
        assert!(refused[0].to_string().contains("already given on line 1"), "{}", refused[0]);
    }

    #[test]
    fn what_is_no_toml_gives_one_report_with_its_line() {
        let (landscape, refused) = landscape("\n[[area]\n");
        assert!(landscape.areas().is_empty());
        assert_eq!(refused.len(), 1);
        assert_eq!(refused[0].line, 2);
    }
}
