//! Lists of committees that an office keeps itself: IEC committees, study groups and Questions have
//! no open register.
//!
//! A list is a table with tabs between its columns (`.tsv`) or a JSON object a line (`.jsonl`), with
//! the columns of the lists that the crate carries: `reference`, `title`, `parent`, `status`,
//! `established`, `keywords`, `excludes`, `remark`. Only `reference` and `title` are required.
//! A status is `active`, `suspended`, `disbanded` or `merged into REFERENCE`. Several keywords or
//! committees in one column are kept apart by semicolons, or are a list in JSON.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Catalogue, Committee, LiaisonPair, Status};
use crate::error::{Class, Error, Failure};
use crate::files;
use crate::reference::{CommitteeRef, Organization};

/// The largest file: some hundred thousand committees.
const LARGEST: u64 = 64 << 20;

/// Names of the columns.
const COLUMNS: [&str; 8] =
    ["reference", "title", "parent", "status", "established", "keywords", "excludes", "remark"];

/// A list of committees that an office keeps.
#[derive(Clone, Debug, PartialEq)]
pub struct CommitteeList {
    committees: Vec<Committee>,
}

/// What a list changes in a catalogue, by reference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CatalogueChanges {
    /// Committees that are new.
    pub added: Vec<CommitteeRef>,
    /// Committees that were at work and are not any more, with their successor where one is named.
    pub ended: Vec<(CommitteeRef, Option<CommitteeRef>)>,
    /// Committees under another title: the one before.
    pub renamed: Vec<(CommitteeRef, String)>,
    /// Committees of which anything else is different.
    pub changed: Vec<CommitteeRef>,
    /// Committees that are as they were.
    pub same: usize,
    /// Committees at work of the same organizations that the list does not hold; they stay.
    pub unlisted: Vec<CommitteeRef>,
    /// Successors and parents that neither the list nor the catalogue holds.
    pub unknown: Vec<CommitteeRef>,
}

/// A line as JSON holds it.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Line {
    reference: String,
    title: String,
    parent: String,
    status: String,
    established: Option<u16>,
    keywords: Items,
    excludes: Items,
    remark: String,
}

/// Several things: a list, or one text with semicolons.
#[derive(Deserialize)]
#[serde(untagged)]
enum Items {
    Listed(Vec<String>),
    Joined(String),
}

impl Default for Items {
    fn default() -> Items {
        Items::Listed(Vec::new())
    }
}

impl Items {
    fn parts(&self) -> Vec<&str> {
        let parts: Vec<&str> = match self {
            Items::Listed(list) => list.iter().map(String::as_str).collect(),
            Items::Joined(text) => text.split(';').collect(),
        };
        parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
    }
}

impl CommitteeList {
    /// Reads a file: a table where its name ends in `.tsv`, else a JSON object a line.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) with the line for what is no entry of a list or stands in it
    /// twice; [too large](Error::is_too_large) beyond 64 MiB; those of the file system.
    pub fn from_path(path: impl AsRef<Path>) -> Result<CommitteeList, Error> {
        let path = path.as_ref();
        let text = files::read_text(path, LARGEST)?;
        let is_table = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tsv"));
        CommitteeList::parse(&text, is_table).map_err(|error| error.at_path(path))
    }

    fn parse(text: &str, is_table: bool) -> Result<CommitteeList, Error> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        let columns = match lines.next().filter(|_| is_table) {
            Some((number, header)) => columns(header).map_err(|reason| bad(number, reason))?,
            None => Vec::new(),
        };
        // Of lines of JSON the first is an entry too.
        let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        let mut found: BTreeMap<CommitteeRef, usize> = BTreeMap::new();
        let mut committees = Vec::new();
        for (number, line) in lines.skip(usize::from(is_table)) {
            let line = if is_table { of_cells(line, &columns) } else { of_json(line) };
            let committee =
                line.and_then(|line| entry(&line)).map_err(|reason| bad(number, reason))?;
            if let Some(before) = found.insert(committee.reference.clone(), number) {
                let reason = format!("{} stands in line {before} too", committee.reference);
                return Err(bad(number, reason));
            }
            committees.push(committee);
        }
        Ok(CommitteeList { committees })
    }

    /// How many committees it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.committees.len()
    }

    /// True when it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.committees.is_empty()
    }
}

/// The column of each cell of the header's line.
fn columns(header: &str) -> Result<Vec<usize>, String> {
    let place = |name: &str| {
        let place = COLUMNS.iter().position(|column| name.trim().eq_ignore_ascii_case(column));
        place.ok_or_else(|| format!("there is no column `{}` in such a list", name.trim()))
    };
    let found: Vec<usize> = header.split('\t').map(place).collect::<Result<_, _>>()?;
    match COLUMNS[..2].iter().zip(0..).find(|(_, at)| !found.contains(at)) {
        Some((name, _)) => Err(format!("the first line names no column `{name}`")),
        None => Ok(found),
    }
}

fn of_cells(line: &str, columns: &[usize]) -> Result<Line, String> {
    let mut cells = [""; COLUMNS.len()];
    for (at, cell) in line.split('\t').enumerate() {
        let column = columns.get(at).ok_or("it has more columns than the first line names")?;
        cells[*column] = cell.trim();
    }
    let [reference, title, parent, status, established, keywords, excludes, remark] =
        cells.map(str::to_owned);
    let established = match established.as_str() {
        "" => None,
        year => Some(year.parse().map_err(|_| format!("`{year}` is no year"))?),
    };
    let (keywords, excludes) = (Items::Joined(keywords), Items::Joined(excludes));
    Ok(Line { reference, title, parent, status, established, keywords, excludes, remark })
}

fn of_json(line: &str) -> Result<Line, String> {
    serde_json::from_str(line).map_err(|error| error.to_string())
}

fn entry(line: &Line) -> Result<Committee, String> {
    let parse = |text: &str| {
        text.parse::<CommitteeRef>().map_err(|_| format!("`{text}` is no reference of a committee"))
    };
    if line.title.trim().is_empty() {
        return Err(format!("`{}` has no title", line.reference));
    }
    let reference = parse(&line.reference)?;
    let lower = line.status.trim().to_lowercase();
    let status = match lower.as_str() {
        "" | "active" => Status::Active,
        "suspended" => Status::Suspended,
        "disbanded" | "ended" => Status::Disbanded,
        other => match other.find(" into ") {
            Some(at) => Status::Merged { into: parse(line.status.trim()[at + 6..].trim())? },
            None => return Err(format!("`{}` is no status", line.status)),
        },
    };
    if matches!(&status, Status::Merged { into } if *into == reference) {
        return Err(format!("{reference} cannot be merged into itself"));
    }
    let parent = match line.parent.trim() {
        "" => reference.parent(),
        parent => Some(parse(parent)?),
    };
    let remark = line.remark.trim();
    Ok(Committee {
        title: line.title.trim().to_owned(),
        parent,
        established: line.established,
        keywords: line.keywords.parts().into_iter().map(str::to_owned).collect(),
        excludes: line.excludes.parts().into_iter().map(parse).collect::<Result<_, _>>()?,
        remark: (!remark.is_empty()).then(|| remark.to_owned()),
        ..Committee::untitled(reference, status)
    })
}

fn bad(line: usize, reason: String) -> Error {
    Error::new(BadEntry(reason)).at(line, 1)
}

#[derive(Debug, thiserror::Error)]
#[error("not an entry of a list of committees: {0}")]
struct BadEntry(String);

impl Failure for BadEntry {
    fn class(&self) -> Class {
        Class::Malformed
    }
    fn remedy(&self) -> Option<Cow<'_, str>> {
        Some(
            format!("the columns are {}; reference and title are needed", COLUMNS.join(", "))
                .into(),
        )
    }
}

impl Catalogue {
    /// This catalogue with the entries of an office's list in the place of its own, and what that
    /// changes. What an entry leaves out (keywords, year, remark) stays; committees that the list
    /// does not hold stay too.
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("own.tsv");
    /// std::fs::write(&path, "reference\ttitle\tstatus\nIEC TC 999\tSmart lifts\tactive\n\
    ///                        IEC TC 1\tTerminology\tmerged into IEC TC 999\n")?;
    /// let list = spcg::catalogue::CommitteeList::from_path(&path)?;
    /// let (catalogue, changes) = spcg::Catalogue::builtin().with_list(&list);
    /// assert_eq!(changes.added[0].to_string(), "IEC TC 999");
    /// assert_eq!(changes.ended[0].0.to_string(), "IEC TC 1");
    /// let today = catalogue.current(&"IEC TC 1".parse()?).unwrap();
    /// assert_eq!(today.title(), "Smart lifts");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_list(&self, list: &CommitteeList) -> (Catalogue, CatalogueChanges) {
        let inner = &*self.0;
        let mut changes = CatalogueChanges::default();
        let mut committees: BTreeMap<CommitteeRef, Committee> = inner
            .committees
            .iter()
            .map(|committee| (committee.reference.clone(), committee.clone()))
            .collect();
        for entry in &list.committees {
            let merged = match committees.get(&entry.reference) {
                Some(before) => {
                    let merged = filled(entry, before);
                    changes.note(before, &merged);
                    merged
                }
                None => {
                    changes.added.push(entry.reference.clone());
                    entry.clone()
                }
            };
            committees.insert(merged.reference.clone(), merged);
        }
        changes.note_missing(list, &committees);
        let (liaisons, organization_liaisons) = self.all_liaisons();
        let name = format!("{}, with {} entries of an office's list", inner.name, list.len());
        let committees = committees.into_values().collect();
        (Catalogue::new(name, committees, &liaisons, &organization_liaisons), changes)
    }

    /// All links, as [`Catalogue::new`] takes them.
    pub(super) fn all_liaisons(&self) -> (Vec<LiaisonPair>, Vec<(CommitteeRef, Organization)>) {
        let inner = &*self.0;
        let reference = |position: &usize| inner.committees[*position].reference.clone();
        let pairs = inner.liaisons.iter().enumerate().flat_map(|(one, others)| {
            others.iter().map(move |other| (reference(&one), reference(other)))
        });
        let with_organizations =
            inner.organization_liaisons.iter().flat_map(|(organization, positions)| {
                positions.iter().map(|position| (reference(position), *organization))
            });
        (pairs.collect(), with_organizations.collect())
    }
}

/// An entry, with what it leaves out as it was before.
fn filled(entry: &Committee, before: &Committee) -> Committee {
    let or_before = |own: &Vec<String>, other: &Vec<String>| {
        if own.is_empty() { other.clone() } else { own.clone() }
    };
    Committee {
        keywords: or_before(&entry.keywords, &before.keywords),
        excludes: if entry.excludes.is_empty() {
            before.excludes.clone()
        } else {
            entry.excludes.clone()
        },
        established: entry.established.or(before.established),
        parent: entry.parent.clone().or_else(|| before.parent.clone()),
        remark: entry.remark.clone().or_else(|| before.remark.clone()),
        scope: before.scope.clone(),
        exclusions: before.exclusions.clone(),
        ..entry.clone()
    }
}

impl CatalogueChanges {
    /// Notes what became of a committee.
    fn note(&mut self, before: &Committee, after: &Committee) {
        let reference = || after.reference.clone();
        if before == after {
            self.same += 1;
        } else if before.is_active() && !after.is_active() {
            let successor = match &after.status {
                Status::Merged { into } => Some(into.clone()),
                _ => None,
            };
            self.ended.push((reference(), successor));
        } else if before.title != after.title {
            self.renamed.push((reference(), before.title.clone()));
        } else {
            self.changed.push(reference());
        }
    }

    /// Notes what the list does not hold, and what nobody holds.
    fn note_missing(&mut self, list: &CommitteeList, all: &BTreeMap<CommitteeRef, Committee>) {
        let listed: BTreeSet<&CommitteeRef> =
            list.committees.iter().map(|entry| &entry.reference).collect();
        let organizations: BTreeSet<Organization> =
            listed.iter().map(|reference| reference.organization()).collect();
        let unlisted = all.values().filter(|one| {
            one.is_active()
                && organizations.contains(&one.reference.organization())
                && !listed.contains(&one.reference)
        });
        self.unlisted = unlisted.map(|one| one.reference.clone()).collect();
        let named = list.committees.iter().flat_map(|entry| {
            let successor = match &entry.status {
                Status::Merged { into } => Some(into),
                _ => None,
            };
            successor.into_iter().chain(&entry.parent)
        });
        let unknown: BTreeSet<&CommitteeRef> =
            named.filter(|reference| !all.contains_key(*reference)).collect();
        self.unknown = unknown.into_iter().cloned().collect();
    }
}

impl fmt::Display for CatalogueChanges {
    /// A line for each kind of change with the committees; nothing for a kind without any.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |f: &mut fmt::Formatter<'_>, what: &str, all: Vec<String>| {
            if all.is_empty() {
                Ok(())
            } else {
                writeln!(f, "{:>9} {what}: {}", all.len(), all.join("; "))
            }
        };
        let plain = |all: &[CommitteeRef]| all.iter().map(ToString::to_string).collect();
        line(f, "added", plain(&self.added))?;
        let ended = self.ended.iter().map(|(reference, successor)| match successor {
            Some(successor) => format!("{reference} (now {successor})"),
            None => reference.to_string(),
        });
        line(f, "ended", ended.collect())?;
        let renamed =
            self.renamed.iter().map(|(reference, title)| format!("{reference} (was «{title}»)"));
        line(f, "renamed", renamed.collect())?;
        line(f, "changed", plain(&self.changed))?;
        writeln!(f, "{:>9} as they were", self.same)?;
        line(f, "at work and not in the list, kept", plain(&self.unlisted))?;
        line(f, "named and not known", plain(&self.unknown))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn changes(text: &str, is_table: bool) -> (Catalogue, CatalogueChanges) {
        Catalogue::builtin().with_list(&CommitteeList::parse(text, is_table).unwrap())
    }

    #[test]
    fn a_table_and_lines_of_json_say_the_same() {
        let table = "title\treference\tkeywords\n\nTerminology of lifts\tIEC TC 1\tcars; doors\n";
        let json = r#"{"reference": "IEC TC 1", "title": "Terminology of lifts", "keywords": ["cars", "doors"]}"#;
        let (catalogue, one) = changes(table, true);
        assert_eq!((one.renamed.len(), one.added.len(), one.same), (1, 0, 0));
        assert_eq!(one, changes(json, false).1);
        assert_eq!(catalogue.find("IEC TC 1").unwrap().keywords(), ["cars", "doors"]);
        assert!(one.unlisted.iter().all(|other| other.organization() == Organization::Iec));
    }

    #[test]
    fn successors_are_followed_over_several_steps_and_never_in_a_circle() {
        let table = "reference\ttitle\tstatus\nITU-T SG 16\tA\tmerged into ITU-T SG 21\n\
                     ITU-T SG 21\tB\tmerged into ITU-T SG 99\nITU-T SG 99\tC\tactive\n";
        let (catalogue, told) = changes(table, true);
        let of = |catalogue: &Catalogue, text: &str| {
            catalogue.current(&text.parse().unwrap()).unwrap().reference().to_string()
        };
        assert_eq!(of(&catalogue, "ITU-T SG 16"), "ITU-T SG 99");
        assert_eq!(told.ended.len(), 1, "{told}");
        let circle =
            table.replace("ITU-T SG 99\tC\tactive", "ITU-T SG 99\tC\tmerged into ITU-T SG 16");
        let (catalogue, _) = changes(&circle, true);
        of(&catalogue, "ITU-T SG 16");
    }

    #[test]
    fn what_is_no_entry_is_told_with_its_line() {
        let line = |text: &str, is_table: bool| {
            let error = CommitteeList::parse(text, is_table).unwrap_err();
            assert!(error.is_malformed());
            error.to_string()
        };
        assert!(line("reference\ttitle\nIEC TC 1\t\n", true).contains("no title"));
        assert!(line("reference\tname\n", true).contains("`name`"));
        assert!(line("title\nx\n", true).contains("`reference`"));
        assert!(line("reference\ttitle\nIEC TC 1\tA\nIEC TC 1\tB\n", true).contains("line 2 too"));
        assert!(
            line("{\"reference\": \"IEC TC 1\", \"title\": \"A\", \"status\": \"asleep\"}", false)
                .contains("asleep")
        );
        assert!(line("reference\ttitle\nIEC TC 1\tA\tB\n", true).contains("more columns"));
    }
}
