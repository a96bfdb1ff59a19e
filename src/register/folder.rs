//! A register in a folder: one file an event.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::begin::may_begin;
use super::case::Case;
use super::case_files::{Read, read_case, read_stored, store, write_event};
use super::disk::{self, Disk, RealDisk, TEMPORARY, names};
use super::due::Due;
use super::event::*;
use super::failure::{RegisterFailure, damaged, refuse};
use super::open_case::OpenCase;
use super::rules::{Rules, Settings};
use super::toml_files;
use crate::catalogue::Catalogue;
use crate::error::{Error, Refusal};
use crate::proposal::Date;
use crate::text::normalized_title;

const SETTINGS: &str = "spcg-register.toml";
const ATTRIBUTES: &str = "* text eol=lf\n**/files/** -text\n";

/// What could not be read, or does not fit together.
#[derive(Debug)]
#[non_exhaustive]
pub struct Problem {
    /// The case, where it is about one; it is read-only then.
    pub case: Option<String>,
    /// What.
    pub error: Error,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.case {
            Some(case) => write!(f, "{case}: {}", self.error),
            None => write!(f, "{}", self.error),
        }
    }
}

/// A register in a folder.
#[derive(Debug)]
pub struct Register {
    root: PathBuf,
    rules: Arc<Rules>,
    cases: BTreeMap<String, Case>,
    problems: Vec<Problem>,
}

impl Register {
    /// Makes a new, empty register.
    ///
    /// # Errors
    /// [refused](Error::is_refused) where one is already; those of the file system.
    pub fn create(root: impl AsRef<Path>, settings: &Settings) -> Result<Register, Error> {
        let root = root.as_ref();
        fs::create_dir_all(root.join("cases")).map_err(|source| Error::io(source, root))?;
        let text = toml::to_string(settings)
            .map_err(|source| damaged(source.to_string(), "correct the settings"))?;
        disk::write(&RealDisk, root, SETTINGS, text.as_bytes(), false)?;
        disk::write(&RealDisk, root, ".gitattributes", ATTRIBUTES.as_bytes(), true)?;
        Register::open(root)
    }

    /// Opens a register over the built-in catalogue.
    ///
    /// It never fails for one bad file of a case: [`Register::problems`] lists them, the case is
    /// read-only, the others work.
    ///
    /// # Errors
    /// [not found](Error::is_not_found) when there is none; [malformed](Error::is_malformed) when
    /// its settings cannot be read.
    pub fn open(root: impl AsRef<Path>) -> Result<Register, Error> {
        Register::open_over(root, Catalogue::builtin())
    }

    /// Opens a register over a catalogue.
    ///
    /// # Errors
    /// Those of [`Register::open`].
    pub fn open_over(root: impl AsRef<Path>, catalogue: Catalogue) -> Result<Register, Error> {
        let root = root.as_ref().to_owned();
        let path = root.join(SETTINGS);
        let settings: Settings = toml_files::read(&path, 1 << 20)?;
        let rules =
            Arc::new(Rules::new(settings, catalogue).map_err(|error| error.at_path(&path))?);
        let mut register = Register { root, rules, cases: BTreeMap::new(), problems: Vec::new() };
        register.read_cases()?;
        register.find_duplicates();
        Ok(register)
    }

    fn read_cases(&mut self) -> Result<(), Error> {
        let folder = self.root.join("cases");
        let ids = names(&folder)?;
        let mut lower = BTreeMap::new();
        for id in &ids {
            if let Some(other) = lower.insert(id.to_lowercase(), id.clone()) {
                let what = format!("`{other}` and `{id}` differ only in letter case");
                self.problems.push(Problem {
                    case: Some(id.clone()),
                    error: damaged(what, "rename one of the two folders"),
                });
            }
        }
        let rules = &self.rules;
        let read: Vec<(String, Result<Read, Error>)> = ids
            .into_par_iter()
            .map(|id| {
                let read = read_case(rules, &folder.join(&id), &id);
                (id, read)
            })
            .collect();
        let mut events = 0;
        for (id, result) in read {
            match result {
                Ok(read) => {
                    events += read.files;
                    let problem = |error| Problem { case: Some(id.clone()), error };
                    self.problems.extend(read.problems.into_iter().map(problem));
                    if let Some(case) = read.case {
                        self.cases.insert(id, case);
                    }
                }
                Err(error) => self.problems.push(Problem { case: Some(id), error }),
            }
        }
        if events > MOST_IN_REGISTER {
            return Err(Error::new(RegisterFailure::TooLarge {
                what: "the register".into(),
                bound: format!("{MOST_IN_REGISTER} events"),
            }));
        }
        Ok(())
    }

    /// The same proposal opened twice, in clones that did not know of each other.
    fn find_duplicates(&mut self) {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for (id, case) in &self.cases {
            let allowed = case.facts.received.as_ref().and_then(|r| r.1.same_subject_as.clone());
            if case.facts.duplicate_of.is_some() || allowed.is_some() {
                continue;
            }
            let mut keys = vec![format!("the title «{}»", normalized_title(case.title()))];
            let paper = case.proposed().and_then(|one| one.paper.as_ref());
            keys.extend(paper.map(|one| {
                format!("the paper {}{}", one.number, one.revision.as_deref().unwrap_or(""))
            }));
            keys.extend(case.reference().map(|one| format!("the reference {}", one.trim())));
            for key in keys {
                if let Some(first) = seen.get(&key) {
                    let what = format!("`{first}` and `{id}` have {key}");
                    let remedy = "link one as duplicate of the other";
                    let error = refuse(Refusal::NumberTaken, what, remedy);
                    self.problems.push(Problem { case: None, error });
                    break;
                }
                seen.insert(key, id.clone());
            }
        }
    }

    /// What could not be read, or does not fit together.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The rules.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Every case that can be read, in the order of their ids.
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.cases.values()
    }

    /// The case of an id, to read and to write.
    ///
    /// # Errors
    /// [not found](Error::is_not_found) when there is none.
    pub fn case(&self, id: &str) -> Result<OpenCase, Error> {
        let case = self.cases.get(id).cloned();
        let broken = |problem: &&Problem| problem.case.as_deref() == Some(id);
        match case {
            Some(case) => Ok(OpenCase {
                case,
                folder: self.root.join("cases").join(id),
                damage: self.problems.iter().find(broken).map(Problem::to_string),
            }),
            None => match self.problems.iter().find(broken) {
                Some(problem) => Err(damaged(problem.to_string(), "mend it first")),
                None => Err(Error::new(RegisterFailure::NoCase(crate::error::shown(id)))),
            },
        }
    }

    /// What is due on a day, case by case.
    #[must_use]
    pub fn due(&self, today: Date) -> Vec<Due> {
        self.cases.values().flat_map(|case| case.due(today)).collect()
    }

    /// Begins a case: `id` is a month and a few words, such as `2031-02-spare-parts`.
    ///
    /// # Errors
    /// [refused](Error::is_refused) when a case has the same reference or title and
    /// `same_subject_as` does not name it; those of the file system.
    pub fn begin(
        &self,
        id: &str,
        event: Event,
        files: &[(&str, &[u8])],
    ) -> Result<OpenCase, Error> {
        self.may_begin(id, &event)?;
        let parent = self.root.join("cases");
        let folder = parent.join(id);
        fs::create_dir_all(&folder).map_err(|source| Error::io(source, &folder))?;
        for (name, bytes) in files {
            store(&folder, name, bytes)?;
        }
        write_event(&RealDisk, &folder, &event)?;
        let _ = RealDisk.sync(&parent); // as after every event
        let case = Case::fold_under(self.rules.clone(), id, [event])?;
        Ok(OpenCase { case, folder, damage: None })
    }

    /// Whether a case may begin so; nothing is written.
    ///
    /// # Errors
    /// Those of [`Register::begin`].
    pub fn may_begin(&self, id: &str, event: &Event) -> Result<(), Error> {
        may_begin(&self.rules, self.cases(), id, event)
    }

    /// Reads every file beside the events and compares it with its hash; also what
    /// [`Register::problems`] has.
    #[must_use]
    pub fn check(&self) -> Vec<String> {
        let mut all: Vec<String> = self.problems.iter().map(Problem::to_string).collect();
        for case in self.cases.values() {
            let folder = self.root.join("cases").join(case.id());
            for entry in case.log() {
                for file in files_of(&entry.event.body) {
                    if let Err(error) = read_stored(&folder, file) {
                        all.push(format!("{}: {error}", case.id()));
                    }
                }
                if personal(&entry.event) {
                    all.push(format!(
                        "{}: event {} seems to hold an address of a person; such data belongs in \
                         people.toml",
                        case.id(),
                        entry.id
                    ));
                }
            }
        }
        all
    }

    /// Removes half-written files that are older than a day, of cases, papers and reports.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn clean(&self) -> Result<usize, Error> {
        let mut places = vec![self.root.clone()];
        for folder in ["cases", "papers", "reports"].map(|name| self.root.join(name)) {
            for name in names(&folder).unwrap_or_default() {
                places.extend([folder.join(&name), folder.join(&name).join("files")]);
            }
        }
        let mut removed = 0;
        for place in places {
            for name in names(&place).unwrap_or_default() {
                let path = place.join(&name);
                if name.starts_with(TEMPORARY) && is_a_day_old(&path) {
                    fs::remove_file(&path).map_err(|source| Error::io(source, &path))?;
                    removed += 1;
                }
            }
        }
        Ok(removed)
    }
}

fn is_a_day_old(path: &Path) -> bool {
    let changed = fs::symlink_metadata(path).and_then(|data| data.modified()).ok();
    let age = changed.and_then(|time| time.elapsed().ok());
    age.is_some_and(|age| age.as_secs() > 86_400)
}

fn files_of(body: &Body) -> Vec<&FileRef> {
    match body {
        Body::Received(one) => vec![&one.proposal],
        Body::Revised(one) => vec![&one.proposal],
        Body::Screened(one) => vec![&one.screening],
        _ => Vec::new(),
    }
}

/// An address of electronic mail or a telephone number in a text.
fn personal(event: &Event) -> bool {
    let text = serde_json::to_string(event).unwrap_or_default();
    let mail = text.split_whitespace().any(|word| {
        word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
    });
    let telephone = text.match_indices('+').any(|(at, _)| {
        let rest = text[at + 1..].chars();
        let number = rest.take_while(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')'));
        number.filter(char::is_ascii_digit).count() >= 8
    });
    mail || telephone
}
