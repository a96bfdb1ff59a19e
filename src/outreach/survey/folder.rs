//! A questionnaire in a folder: `survey.toml`, and one file an import, which is never changed.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::import::{Answer, Import};
use super::{MOST_BYTES, Survey};
use crate::error::Error;
use crate::files;
use crate::proposal::Date;
use crate::register::{RealDisk, damaged, names, sha, write_file};

/// The largest import, in bytes.
const LARGEST: u64 = 64 << 20;
/// The most imports.
const MOST_IMPORTS: usize = 100;

/// What one import kept.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    imported: Date,
    answers: Vec<Answer>,
}

/// A questionnaire with its answers, in `surveys/ID`. Imports are files that are never changed;
/// respondents are kept as hashes, and free texts with consent only.
#[derive(Clone, Debug)]
pub struct SurveyFolder {
    root: PathBuf,
    survey: Survey,
}

impl SurveyFolder {
    /// Opens a questionnaire.
    ///
    /// # Errors
    /// [not found](Error::is_not_found) without `survey.toml`; those of [`Survey::from_toml`].
    pub fn open(root: impl AsRef<Path>) -> Result<SurveyFolder, Error> {
        let path = root.as_ref().join("survey.toml");
        let text = files::read_text(&path, MOST_BYTES as u64)?;
        let survey = Survey::from_toml(&text).map_err(|error| error.at_path(path))?;
        Ok(SurveyFolder { root: root.as_ref().to_owned(), survey })
    }

    /// What was asked.
    #[must_use]
    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    /// Keeps an import, and returns its file. The same answers again are the same file.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when the day is none; those of the file system.
    pub fn keep(&self, import: &Import, day: Date) -> Result<PathBuf, Error> {
        if day.day().is_none() {
            return Err(damaged(format!("{day} is no day"), "give year, month and day"));
        }
        let folder = self.root.join("answers");
        fs::create_dir_all(&folder).map_err(|source| Error::io(source, &folder))?;
        let kept = Kept { imported: day, answers: import.answers.clone() };
        let text = serde_json::to_string_pretty(&kept)
            .map_err(|source| damaged(source.to_string(), "report it"))?
            + "\n";
        let name = name_of(day, &text);
        write_file(&RealDisk, &folder, &name, text.as_bytes(), false)?;
        Ok(folder.join(name))
    }

    /// The answers of every import, in the order of their days.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when a file was changed or cannot be read.
    pub fn answers(&self) -> Result<Vec<Answer>, Error> {
        let folder = self.root.join("answers");
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let files = names(&folder)?;
        let files: Vec<&String> =
            files.iter().filter(|name| name.ends_with(".json") && !name.starts_with('.')).collect();
        if files.len() > MOST_IMPORTS {
            let what = format!("there are more than {MOST_IMPORTS} imports");
            return Err(damaged(what, "file those that a later one replaces").at_path(folder));
        }
        let mut all = Vec::new();
        for name in files {
            let path = folder.join(name);
            let text = files::read_text(&path, LARGEST)?.replace("\r\n", "\n");
            let kept: Kept = serde_json::from_str(&text).map_err(|source| {
                let error = damaged(source.to_string(), "restore the file, or import anew");
                error.at(source.line(), source.column()).at_path(&path)
            })?;
            if name_of(kept.imported, &text) != *name {
                let what = "it was changed after it was written, or its name was";
                return Err(damaged(what, "restore the file, or import anew").at_path(path));
            }
            all.extend(kept.answers);
        }
        Ok(all)
    }
}

fn name_of(day: Date, text: &str) -> String {
    format!("{day}.{}.json", &sha(text.as_bytes())[..24])
}
