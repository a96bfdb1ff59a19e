//! A landscape in a folder that people edit by hand.

use std::fs;
use std::path::{Path, PathBuf};

use super::area::Landscape;
use super::edition::Edition;
use super::finds::{Dismissal, read_dismissals};
use super::read::{self, Entries, RefusedEntry};
use crate::error::Error;
use crate::files;
use crate::register::damaged;
use crate::register::disk::{RealDisk, write};

/// The longest file of an area.
const LARGEST: u64 = 1 << 20;
/// The largest edition.
const LARGEST_EDITION: u64 = 64 << 20;
/// The most areas.
const MOST_AREAS: usize = 2_000;

/// A folder with a landscape: `areas/ID.toml`, `arrangements.toml`, `dismissed.toml`,
/// `editions/YYYY-MM.json`. A file with a mistake is reported, and the others go on.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    landscape: Landscape,
    dismissals: Vec<Dismissal>,
    problems: Vec<RefusedEntry>,
}

impl Folder {
    /// Makes a folder with the areas shipped with the crate, to be edited further.
    ///
    /// # Errors
    /// Those of the file system; [refused](Error::is_refused) where areas are there already.
    pub fn create(root: impl AsRef<Path>) -> Result<Folder, Error> {
        let root = root.as_ref();
        let areas = root.join("areas");
        for folder in [&areas, &root.join("editions")] {
            fs::create_dir_all(folder).map_err(|source| Error::io(source, folder))?;
        }
        let landscape = Landscape::builtin();
        for area in landscape.areas() {
            // Texts, numbers and lists of them can always be written.
            let text = toml::to_string(area).unwrap_or_default();
            write(&RealDisk, &areas, &format!("{}.toml", area.id), text.as_bytes(), false)?;
        }
        let mut text = String::new();
        for one in landscape.arrangements() {
            text += &format!("[[arrangement]]\n{}\n", toml::to_string(one).unwrap_or_default());
        }
        write(&RealDisk, root, "arrangements.toml", text.as_bytes(), false)?;
        Folder::open(root)
    }

    /// Reads a folder. What cannot be read is in [`Folder::problems`].
    ///
    /// # Errors
    /// [not found](Error::is_not_found) when there are no areas; those of the file system.
    pub fn open(root: impl AsRef<Path>) -> Result<Folder, Error> {
        let root = root.as_ref().to_owned();
        let mut problems = Vec::new();
        let mut entries = Entries::default();
        if let Some(text) = text_of(&root, "arrangements.toml", &mut problems) {
            let (read, refused) = read::arrangements(&text);
            problems.extend(named(refused, "arrangements.toml"));
            for (one, line) in read {
                let added = entries.add_arrangement(one, line);
                let refused = added.err().map(|reason| RefusedEntry { file: None, line, reason });
                problems.extend(named(refused, "arrangements.toml"));
            }
        }
        for name in area_files(&root.join("areas"))? {
            let file = format!("areas/{name}");
            let Some(text) = text_of(&root, &file, &mut problems) else { continue };
            let refused = match read::area_of_file(&text, name.trim_end_matches(".toml")) {
                Ok(area) => match entries.add_area(area, 1) {
                    Ok(()) => entries.unknown_arrangements(1),
                    Err(reason) => vec![RefusedEntry { file: None, line: 1, reason }],
                },
                Err(entry) => vec![entry],
            };
            problems.extend(named(refused, &file));
        }
        let mut dismissals = Vec::new();
        if let Some(text) = text_of(&root, "dismissed.toml", &mut problems) {
            let (read, refused) = read_dismissals(&text);
            dismissals = read;
            problems.extend(named(refused, "dismissed.toml"));
        }
        Ok(Folder { root, landscape: entries.landscape(), dismissals, problems })
    }

    /// Its areas and arrangements.
    #[must_use]
    pub fn landscape(&self) -> &Landscape {
        &self.landscape
    }

    /// Finds that were set aside.
    #[must_use]
    pub fn dismissals(&self) -> &[Dismissal] {
        &self.dismissals
    }

    /// What could not be read, with file, line and remedy.
    #[must_use]
    pub fn problems(&self) -> &[RefusedEntry] {
        &self.problems
    }

    /// Sets a find aside.
    ///
    /// # Errors
    /// Those of the file system; [malformed](Error::is_malformed) while `dismissed.toml` cannot be
    /// read, since it would be written anew.
    pub fn dismiss(&mut self, dismissal: Dismissal) -> Result<(), Error> {
        let name = "dismissed.toml";
        if self.problems.iter().any(|one| one.file.as_deref() == Some(name)) {
            return Err(damaged(format!("{name} holds a mistake"), "mend it first")
                .at_path(self.root.join(name)));
        }
        self.dismissals.push(dismissal);
        let text: Vec<String> = self.dismissals.iter().map(Dismissal::to_toml).collect();
        write(&RealDisk, &self.root, name, text.join("\n").as_bytes(), true)
    }

    /// Releases an edition under a month (`2031-02`). It is never changed afterwards.
    ///
    /// # Errors
    /// [refused](Error::is_refused) when there is another edition of that month;
    /// [malformed](Error::is_malformed) when the label is no month; those of the file system.
    pub fn release(&self, edition: &Edition, label: &str) -> Result<PathBuf, Error> {
        let name = edition_name(label)?;
        let folder = self.root.join("editions");
        fs::create_dir_all(&folder).map_err(|source| Error::io(source, &folder))?;
        let released = Edition { label: Some(label.to_owned()), ..edition.clone() };
        write(&RealDisk, &folder, &name, released.to_json().as_bytes(), false)?;
        Ok(folder.join(name))
    }

    /// An edition that was released.
    ///
    /// # Errors
    /// [not found](Error::is_not_found) when there is none of that month;
    /// [malformed](Error::is_malformed) when it cannot be read.
    pub fn edition(&self, label: &str) -> Result<Edition, Error> {
        let path = self.root.join("editions").join(edition_name(label)?);
        let text = files::read_text(&path, LARGEST_EDITION)?;
        Edition::from_json(&text).map_err(|error| error.at_path(path))
    }
}

fn edition_name(label: &str) -> Result<String, Error> {
    let is_month = label.parse::<crate::proposal::Date>().is_ok_and(|date| {
        date.month().is_some() && date.day().is_none() && date.to_string() == label
    });
    if is_month {
        Ok(format!("{label}.json"))
    } else {
        let what = format!("`{}` is no month", crate::error::shown(label));
        Err(damaged(what, "name an edition by year and month, such as 2031-02"))
    }
}

fn named(
    entries: impl IntoIterator<Item = RefusedEntry>,
    file: &str,
) -> impl Iterator<Item = RefusedEntry> {
    entries.into_iter().map(move |entry| RefusedEntry { file: Some(file.to_owned()), ..entry })
}

/// The text of a file that may be missing; what is wrong with it is a problem.
fn text_of(root: &Path, name: &str, problems: &mut Vec<RefusedEntry>) -> Option<String> {
    match files::read_text(&root.join(name), LARGEST) {
        Ok(text) => Some(text),
        Err(error) if error.is_not_found() => None,
        Err(error) => {
            let entry = RefusedEntry { file: None, line: 1, reason: error.what() };
            problems.extend(named([entry], name));
            None
        }
    }
}

/// The files of areas, in order.
fn area_files(folder: &Path) -> Result<Vec<String>, Error> {
    let io = |source| Error::io(source, folder);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(io)? {
        let name = entry.map_err(io)?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".toml") && !name.starts_with('.') {
            names.push(name);
        }
    }
    if names.len() > MOST_AREAS {
        let what = format!("there are more than {MOST_AREAS} areas");
        return Err(damaged(what, "divide the landscape").at_path(folder));
    }
    names.sort_unstable();
    Ok(names)
}
