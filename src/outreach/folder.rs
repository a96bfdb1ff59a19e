//! The plan in a folder, beside the register: `plan/` and `documents.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::circular::{Circular, Letter};
use super::pattern::Pattern;
use super::plan::{Plan, Sent};
use crate::boards::{Milestone, Paper};
use crate::error::{Error, Refusal, shown};
use crate::files;
use crate::landscape::{RefusedEntry, entries};
use crate::reference::Organization;
use crate::register::{RealDisk, damaged, names, refuse, sha, write_file};

/// The longest file that is read, in bytes.
const LARGEST: u64 = 1 << 20;
/// The most entries of one list, and the most files of one folder.
const MOST_ENTRIES: usize = 5_000;
/// The longest text of an entry, in bytes.
const LONGEST: usize = 20_000;

/// A folder with a plan: `plan/messages.toml`, `plan/audiences.toml`, `plan/milestones.toml`,
/// `plan/circulars/ID.toml`, `plan/patterns/{iso,iec,itu-t}.{cover,circular}.md`, `plan/sent/` with
/// one file an entry that is never changed, and `documents.toml`. What is not there is empty, and
/// the patterns are those of the crate. A mistake is reported, and the rest goes on.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    plan: Plan,
    problems: Vec<RefusedEntry>,
}

impl Folder {
    /// Makes `plan/` with audiences to begin with and the patterns of the crate, to be edited.
    /// What is there already stays.
    ///
    /// # Errors
    /// Those of the file system, and of [`Folder::open`].
    pub fn create(root: impl AsRef<Path>) -> Result<Folder, Error> {
        let root = root.as_ref();
        let plan = root.join("plan");
        let patterns = plan.join("patterns");
        for folder in [&patterns, &plan.join("circulars"), &plan.join("sent")] {
            fs::create_dir_all(folder).map_err(|source| Error::io(source, folder))?;
        }
        write_new(&plan, "audiences.toml", include_str!("data/audiences.toml"))?;
        for organization in Organization::ALL {
            for letter in Letter::ALL {
                let name = pattern_name(organization, letter);
                write_new(&patterns, &name, letter.builtin(organization))?;
            }
        }
        Folder::open(root)
    }

    /// Reads a plan. What cannot be read is in [`Folder::problems`].
    ///
    /// # Errors
    /// [not found](Error::is_not_found) when there is no such folder; those of the file system.
    pub fn open(root: impl AsRef<Path>) -> Result<Folder, Error> {
        let root = root.as_ref().to_owned();
        fs::metadata(&root).map_err(|source| Error::io(source, &root))?;
        let mut reader = Reader { root: &root, problems: Vec::new() };
        let mut plan = Plan {
            messages: reader.list("plan/messages.toml", &["message"])?,
            audiences: reader.list("plan/audiences.toml", &["audience"])?,
            milestones: reader.list("plan/milestones.toml", &["milestone", "milestones"])?,
            papers: reader.list::<Paper>("documents.toml", &["document"])?,
            sent: reader.sent()?,
        };
        reader.once("plan/messages.toml", &mut plan.messages, |one| one.id.clone());
        reader.once("plan/audiences.toml", &mut plan.audiences, |one| one.id.clone());
        reader.once("plan/milestones.toml", &mut plan.milestones, |one: &Milestone| one.id.clone());
        reader.once("documents.toml", &mut plan.papers, Paper::name);
        let problems = reader.problems;
        Ok(Folder { root, plan, problems })
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What could not be read, with file, line and remedy.
    #[must_use]
    pub fn problems(&self) -> &[RefusedEntry] {
        &self.problems
    }

    /// The circular of an id: `plan/circulars/ID.toml`.
    ///
    /// # Errors
    /// [not found](Error::is_not_found); [malformed](Error::is_malformed) with the line.
    pub fn circular(&self, id: &str) -> Result<Circular, Error> {
        let path = self.root.join("plan").join("circulars").join(plain_name(id, "toml")?);
        let text = files::read_text(&path, LARGEST)?;
        toml::from_str(&text).map_err(|error| {
            let line = 1 + text[..error.span().map_or(0, |span| span.start)].matches('\n').count();
            damaged(shown(error.message()), "correct the field").at(line, 1).at_path(path)
        })
    }

    /// The patterns of a letter: those of the folder, else those of the crate.
    ///
    /// # Errors
    /// Those of reading a [`Pattern`], with the file.
    pub fn patterns(&self, letter: Letter) -> Result<BTreeMap<Organization, Pattern>, Error> {
        let one = |organization| {
            let name = pattern_name(organization, letter);
            let path = self.root.join("plan").join("patterns").join(name);
            let own = match files::read_text(&path, LARGEST) {
                Ok(text) => Some(text),
                Err(error) if error.is_not_found() => None,
                Err(error) => return Err(error),
            };
            let text = own.as_deref().unwrap_or_else(|| letter.builtin(organization));
            let pattern: Pattern = text.parse().map_err(|error: Error| error.at_path(path))?;
            Ok((organization, pattern))
        };
        Organization::ALL.into_iter().map(one).collect()
    }

    /// Records that a document went to an audience, and returns the file of the entry. The same
    /// entry again is the same file.
    ///
    /// # Errors
    /// [refused](Error::is_refused) for an audience or a document that is not listed, a day that
    /// is none or an entry without a reference; those of the file system.
    pub fn record(&mut self, sent: Sent) -> Result<PathBuf, Error> {
        let paper = self.plan.papers.iter().any(|paper| paper.name() == sent.document);
        let wrong = if self.plan.audience(&sent.audience).is_none() {
            Some((format!("{} is no audience", shown(&sent.audience)), "list it first"))
        } else if !paper {
            let what = format!("{} is not listed among the documents", shown(&sent.document));
            Some((what, "list it in documents.toml first"))
        } else if sent.day.day().is_none() {
            Some((format!("{} is no day", sent.day), "give year, month and day"))
        } else if sent.reference.trim().is_empty() {
            Some(("the reference is empty".to_owned(), "say where another person finds it"))
        } else {
            None
        };
        if let Some((what, remedy)) = wrong {
            return Err(refuse(Refusal::NoSource, what, remedy));
        }
        let folder = self.root.join("plan").join("sent");
        fs::create_dir_all(&folder).map_err(|source| Error::io(source, &folder))?;
        let text =
            toml::to_string(&sent).map_err(|source| damaged(source.to_string(), "report it"))?;
        let name = sent_name(&sent, &text);
        write_file(&RealDisk, &folder, &name, text.as_bytes(), false)?;
        if !self.plan.sent.contains(&sent) {
            self.plan.sent.push(sent);
            self.plan.sent.sort();
        }
        Ok(folder.join(name))
    }
}

/// The name of an entry: its day, whose it is, and a hash of what it says.
fn sent_name(sent: &Sent, text: &str) -> String {
    format!("{}.{}.{}.toml", sent.day, stem(sent.organization), &sha(text.as_bytes())[..24])
}

const fn stem(organization: Organization) -> &'static str {
    match organization {
        Organization::Iso => "iso",
        Organization::Iec => "iec",
        Organization::ItuT => "itu-t",
    }
}

fn pattern_name(organization: Organization, letter: Letter) -> String {
    format!("{}.{}.md", stem(organization), letter.name())
}

/// The name of a file without a way out of its folder.
pub(super) fn plain_name(id: &str, ending: &str) -> Result<String, Error> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if (1..=80).contains(&id.len()) && id.chars().all(plain) {
        return Ok(format!("{id}.{ending}"));
    }
    Err(damaged(
        format!("`{}` is no name of a file here", shown(id)),
        "use lower-case letters, digits and hyphens",
    ))
}

/// Writes a file that is not there yet.
fn write_new(folder: &Path, name: &str, text: &str) -> Result<(), Error> {
    if folder.join(name).exists() {
        return Ok(());
    }
    write_file(&RealDisk, folder, name, text.as_bytes(), false)
}

struct Reader<'a> {
    root: &'a Path,
    problems: Vec<RefusedEntry>,
}

impl Reader<'_> {
    fn problem(&mut self, file: &str, line: usize, reason: String) {
        self.problems.push(RefusedEntry { file: Some(file.to_owned()), line, reason });
    }

    /// The entries of a file that may be missing.
    fn list<T: DeserializeOwned>(&mut self, file: &str, keys: &[&str]) -> Result<Vec<T>, Error> {
        let text = match files::read_text(&self.root.join(file), LARGEST) {
            Ok(text) => text,
            Err(error) if error.is_not_found() => return Ok(Vec::new()),
            Err(error) if error.is_io() => return Err(error),
            Err(error) => {
                self.problem(file, 1, error.what());
                return Ok(Vec::new());
            }
        };
        let (kept, refused) = entries::<T>(&text, keys);
        for entry in refused {
            self.problem(file, entry.line, entry.reason);
        }
        if kept.len() > MOST_ENTRIES {
            self.problem(file, 1, format!("more than {MOST_ENTRIES} entries: divide the plan"));
        }
        Ok(kept.into_iter().take(MOST_ENTRIES).map(|(one, _)| one).collect())
    }

    /// Keeps the first entry of each id.
    fn once<T>(&mut self, file: &str, all: &mut Vec<T>, id: impl Fn(&T) -> String) {
        let mut seen = BTreeSet::new();
        let mut again = Vec::new();
        all.retain(|one| {
            let id = id(one);
            let is_new = !id.trim().is_empty() && id.len() <= LONGEST && seen.insert(id.clone());
            if !is_new {
                again.push(id);
            }
            is_new
        });
        for id in again {
            let id = shown(&id);
            self.problem(file, 1, format!("the id `{id}` is empty or given twice: change it"));
        }
    }

    /// What was sent: one file an entry, whose name says what it must hold.
    fn sent(&mut self) -> Result<Vec<Sent>, Error> {
        let folder = self.root.join("plan").join("sent");
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let mut all = Vec::new();
        let files = names(&folder)?;
        let entries = files.iter().filter(|name| name.ends_with(".toml") && !name.starts_with('.'));
        for (count, name) in entries.enumerate() {
            let file = format!("plan/sent/{name}");
            if count == MOST_ENTRIES {
                self.problem(&file, 1, format!("more than {MOST_ENTRIES} entries: file old ones"));
                break;
            }
            match read_sent(&folder.join(name), name) {
                Ok(sent) => all.push(sent),
                Err(error) => self.problem(&file, error.line().unwrap_or(1), error.what()),
            }
        }
        all.sort();
        all.dedup();
        Ok(all)
    }
}

fn read_sent(path: &Path, name: &str) -> Result<Sent, Error> {
    let text = files::read_text(path, LARGEST)?.replace("\r\n", "\n");
    let sent: Sent = toml::from_str(&text)
        .map_err(|error| damaged(shown(error.message()), "restore the file"))?;
    if sent_name(&sent, &text) == name {
        return Ok(sent);
    }
    let what =
        "it was changed after it was written, or its name was: what is on file is never changed";
    Err(damaged(what, "restore the file"))
}
