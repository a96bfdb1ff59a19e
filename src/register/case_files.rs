//! The files of a case: one an event, and those that events name by their hash.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::begin::check_case_id;
use super::body::*;
use super::case::Case;
use super::disk::{self, Disk, RealDisk, TEMPORARY, names};
use super::event::{Event, LARGEST_EVENT, MOST_EVENTS, id_of, plain_lines, sha};
use super::failure::{RegisterFailure, damaged, refuse};
use super::rules::Rules;
use crate::error::{Error, Refusal};
use crate::files;

/// Largest file beside the events.
const LARGEST_FILE: u64 = 64 << 20;

/// The name under which [`OpenCase::store`] keeps a file, with its hash.
pub(crate) fn reference_of(name: &str, bytes: &[u8]) -> FileRef {
    let sha = sha(bytes);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "bin"));
    FileRef { file: format!("{stem}.{}.{ending}", &sha[..8]), sha }
}

impl FileRef {
    /// The reference under which a file of this name and these bytes is stored.
    #[must_use]
    pub fn of(name: &str, bytes: &[u8]) -> FileRef {
        reference_of(name, bytes)
    }
}

pub(super) fn store(folder: &Path, name: &str, bytes: &[u8]) -> Result<FileRef, Error> {
    plain_name(name)?;
    let reference = reference_of(name, bytes);
    let files = folder.join("files");
    fs::create_dir_all(&files).map_err(|source| Error::io(source, &files))?;
    // Its name holds its hash: what is there under it is an older whole or an edit by hand.
    let path = files.join(&reference.file);
    if no_link(&path).is_ok() && files::read(&path, LARGEST_FILE)? == bytes {
        return Ok(reference);
    }
    disk::write(&RealDisk, &files, &reference.file, bytes, false)?;
    Ok(reference)
}

pub(super) fn read_stored(folder: &Path, file: &FileRef) -> Result<Vec<u8>, Error> {
    plain_name(&file.file)?;
    let path = folder.join("files").join(&file.file);
    no_link(&path)?;
    let bytes = files::read(&path, LARGEST_FILE)?;
    if sha(&bytes) == file.sha {
        return Ok(bytes);
    }
    Err(damaged("the file is not the one that the event names", "restore it").at_path(path))
}

fn plain_name(name: &str) -> Result<(), Error> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let fits = !name.is_empty()
        && name.len() <= 100
        && name.chars().all(allowed)
        && !name.starts_with('.')
        && !name.contains("..")
        && !is_device(name);
    if fits {
        return Ok(());
    }
    Err(refuse(
        Refusal::Invalid,
        format!("`{}` is no plain name of a file", crate::error::shown(name)),
        "use letters, digits, `-`, `_` and `.`, without a path",
    ))
}

/// Names that stand for a device on Windows, whatever their ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || port.is_some_and(|number| number.len() == 1 && number.as_bytes()[0].is_ascii_digit())
}

fn no_link(path: &Path) -> Result<(), Error> {
    let data = fs::symlink_metadata(path).map_err(|source| Error::io(source, path))?;
    if data.is_file() {
        return Ok(());
    }
    Err(damaged("no plain file", "put the file itself in its place").at_path(path))
}

pub(super) fn write_event(disk: &dyn Disk, folder: &Path, event: &Event) -> Result<String, Error> {
    let text = event.to_toml()?;
    let id = id_of(text.as_bytes());
    let name = format!("{}.{}.{id}.toml", event.day, event.kind());
    disk::write(disk, folder, &name, text.as_bytes(), false)?;
    Ok(id)
}

/// What was read of a case.
pub(super) struct Read {
    pub(super) case: Option<Case>,
    pub(super) problems: Vec<Error>,
    pub(super) files: usize,
}

pub(super) fn read_case(rules: &Arc<Rules>, folder: &Path, id: &str) -> Result<Read, Error> {
    check_case_id(id)?;
    let mut problems = Vec::new();
    let mut events = BTreeMap::new();
    for name in names(folder)? {
        if !name.ends_with(".toml") || name.starts_with(TEMPORARY) {
            continue;
        }
        if events.len() >= MOST_EVENTS {
            return Err(Error::new(RegisterFailure::TooLarge {
                what: "the case".into(),
                bound: format!("{MOST_EVENTS} events"),
            }));
        }
        match read_event(&folder.join(&name), &name) {
            Ok((id, event)) => {
                events.insert(id, event);
            }
            Err(error) => problems.push(error),
        }
    }
    let files = events.len();
    if events.is_empty() && problems.is_empty() {
        // A case whose opening was interrupted before its first event.
        return Ok(Read { case: None, problems, files });
    }
    let mut case = Case::of_entries(rules.clone(), id, events.clone());
    if case.is_err() && !problems.is_empty() {
        case = largest_readable(rules, id, events);
    }
    match case {
        Ok(case) => Ok(Read { case: Some(case), problems, files }),
        Err(error) => {
            problems.push(error);
            Ok(Read { case: None, problems, files })
        }
    }
}

/// The events of which everything before is there: what can still be read of a damaged case.
fn largest_readable(
    rules: &Arc<Rules>,
    id: &str,
    mut events: BTreeMap<String, Event>,
) -> Result<Case, Error> {
    let mut after: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (id, event) in &events {
        for before in &event.after {
            after.entry(before.clone()).or_default().push(id.clone());
        }
    }
    let missing = after.keys().filter(|id| !events.contains_key(*id));
    let mut lost: Vec<String> = missing.cloned().collect();
    while let Some(id) = lost.pop() {
        events.remove(&id);
        lost.extend(after.remove(&id).into_iter().flatten());
    }
    Case::of_entries(rules.clone(), id, events)
}

fn read_event(path: &Path, name: &str) -> Result<(String, Event), Error> {
    no_link(path)?;
    let bytes = plain_lines(&files::read(path, LARGEST_EVENT)?);
    let id = id_of(&bytes);
    let text = String::from_utf8(bytes)
        .map_err(|_| damaged("the file is not UTF-8", "restore the file").at_path(path))?;
    let event = Event::from_toml(&text).map_err(|error| error.at_path(path))?;
    if name != format!("{}.{}.{id}.toml", event.day, event.kind()) {
        return Err(damaged(
            "the content is not what the name of the file promises: it was changed after it was \
             written",
            "restore the file; to correct an event, write a correction",
        )
        .at_path(path));
    }
    Ok((id, event))
}
