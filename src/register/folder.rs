//! A register in a folder: one file an event.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Deserialize;

use super::begin::{check_case_id, may_begin};
use super::case::Case;
use super::disk::{self, Disk, RealDisk, TEMPORARY, names};
use super::due::Due;
use super::event::*;
use super::failure::{RegisterFailure, damaged, refuse};
use super::rules::{Rules, Settings};
use crate::catalogue::Catalogue;
use crate::coordination::Advice;
use crate::error::{Error, Refusal};
use crate::files;
use crate::proposal::Date;
use crate::text::normalized_title;

const SETTINGS: &str = "spcg-register.toml";
const ATTRIBUTES: &str = "* text eol=lf\n**/files/** -text\n";
/// Largest file beside the events.
const LARGEST_FILE: u64 = 64 << 20;

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
        let text = files::read_text(&path, 1 << 20)?;
        let settings: Settings = toml::from_str(&text)
            .map_err(|source| damaged(source.message(), "correct the settings").at_path(&path))?;
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

    /// Removes half-written files that are older than a day.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn clean(&self) -> Result<usize, Error> {
        let mut removed = 0;
        let folder = self.root.join("cases");
        for id in names(&folder)? {
            for place in [folder.join(&id), folder.join(&id).join("files")] {
                for name in names(&place).unwrap_or_default() {
                    let path = place.join(&name);
                    let old = fs::symlink_metadata(&path)
                        .and_then(|data| data.modified())
                        .ok()
                        .and_then(|time| time.elapsed().ok())
                        .is_some_and(|age| age.as_secs() > 86_400);
                    if name.starts_with(TEMPORARY) && old {
                        fs::remove_file(&path).map_err(|source| Error::io(source, &path))?;
                        removed += 1;
                    }
                }
            }
        }
        Ok(removed)
    }
}

/// A case with its folder: reads as [`Case`], and takes events.
#[derive(Debug)]
pub struct OpenCase {
    case: Case,
    folder: PathBuf,
    damage: Option<String>,
}

impl Deref for OpenCase {
    type Target = Case;

    fn deref(&self) -> &Case {
        &self.case
    }
}

impl OpenCase {
    /// Puts an event on file and returns its id. Without `after` it is written on the heads of the
    /// case as it was read. The same event said again is on file already: a retry is harmless.
    ///
    /// # Errors
    /// [refused](Error::is_refused) or [conflict](Error::is_conflict): nothing was written;
    /// [malformed](Error::is_malformed) when the case is damaged; those of the file system.
    pub fn append(&mut self, event: Event) -> Result<String, Error> {
        self.append_to(&RealDisk, event)
    }

    pub(crate) fn append_to(&mut self, disk: &dyn Disk, event: Event) -> Result<String, Error> {
        let (event, said) = self.prepared(event)?;
        if let Some(id) = said {
            return Ok(id);
        }
        let id = write_event(disk, &self.folder, &event)?;
        let entries = self.case.log().iter().map(|one| (one.id.clone(), one.event.clone()));
        let all = entries.chain([(id.clone(), event)]).collect();
        self.case = Case::of_entries(self.case.rules.clone(), self.case.id(), all)?;
        Ok(id)
    }

    /// The event as it would be written; nothing is.
    ///
    /// # Errors
    /// Those of [`OpenCase::append`].
    pub fn prepare(&self, event: Event) -> Result<Event, Error> {
        self.prepared(event).map(|(event, _)| event)
    }

    fn prepared(&self, mut event: Event) -> Result<(Event, Option<String>), Error> {
        if let Some(damage) = &self.damage {
            return Err(damaged(
                format!("the case is read-only: {damage}"),
                "mend it first; `check` names the files",
            ));
        }
        let on_file = read_case(&self.case.rules, &self.folder, self.case.id())?;
        let moved = on_file.case.as_ref().is_none_or(|case| case.heads() != self.case.heads());
        if moved {
            return Err(Error::new(RegisterFailure::HeadsMoved));
        }
        if let Body::Linked(Linked { case: Some(other), .. }) = &event.body {
            self.linked(other)?;
        }
        if event.after.is_empty() {
            for head in self.case.heads() {
                let Some(present) = self.case.event(head) else { continue };
                let said = Event { after: present.after.clone(), ..event.clone() };
                if said == *present {
                    return Ok((said, Some(head.clone())));
                }
            }
            event.after = self.case.heads().to_vec();
        }
        let id = event.id()?;
        if self.case.event(&id).is_some() {
            return Ok((event, Some(id))); // the same content is the same file
        }
        self.case.allow(&event)?;
        Ok((event, None))
    }

    /// A link leads to another case that is there.
    fn linked(&self, other: &str) -> Result<(), Error> {
        check_case_id(other)?;
        let is_there = self.folder.parent().is_some_and(|cases| cases.join(other).is_dir());
        if is_there && other != self.case.id() {
            return Ok(());
        }
        Err(refuse(
            Refusal::NoGround,
            format!("there is no other case `{other}`"),
            "`status` lists the cases",
        ))
    }

    /// Stores a file beside the events, under its name and hash.
    ///
    /// # Errors
    /// [refused](Error::is_refused) for a name that is no plain name; those of the file system.
    pub fn store(&self, name: &str, bytes: &[u8]) -> Result<FileRef, Error> {
        store(&self.folder, name, bytes)
    }

    /// Reads a file beside the events.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when its hash does not fit; those of the file system.
    pub fn read(&self, file: &FileRef) -> Result<Vec<u8>, Error> {
        read_stored(&self.folder, file)
    }

    /// How the work could be done together with others, as the screening on file suggests it:
    /// nothing where none is on file, or it was made before screenings told it.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when the screening is not the one that was put on file, or
    /// cannot be read.
    pub fn advice(&self) -> Result<Vec<Advice>, Error> {
        #[derive(Deserialize)]
        struct Told {
            #[serde(default)]
            advice: Option<Vec<Advice>>,
        }
        let Some(screened) = self.screened() else { return Ok(Vec::new()) };
        let bytes = self.read(&screened.screening)?;
        let told: Told = serde_json::from_slice(&bytes).map_err(|source| {
            damaged(format!("not a screening: {source}"), "restore it")
                .at_path(&screened.screening.file)
        })?;
        Ok(told.advice.unwrap_or_default())
    }
}

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

fn store(folder: &Path, name: &str, bytes: &[u8]) -> Result<FileRef, Error> {
    plain_name(name)?;
    let reference = reference_of(name, bytes);
    let files = folder.join("files");
    fs::create_dir_all(&files).map_err(|source| Error::io(source, &files))?;
    // Its name holds its hash: what is there under it is an older whole or an edit by hand.
    let path = files.join(&reference.file);
    if fs::read(&path).is_ok_and(|present| present == bytes) {
        return Ok(reference);
    }
    disk::write(&RealDisk, &files, &reference.file, bytes, false)?;
    Ok(reference)
}

fn read_stored(folder: &Path, file: &FileRef) -> Result<Vec<u8>, Error> {
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

fn write_event(disk: &dyn Disk, folder: &Path, event: &Event) -> Result<String, Error> {
    let text = event.to_toml()?;
    let id = id_of(text.as_bytes());
    let name = format!("{}.{}.{id}.toml", event.day, event.kind());
    disk::write(disk, folder, &name, text.as_bytes(), false)?;
    Ok(id)
}

struct Read {
    case: Option<Case>,
    problems: Vec<Error>,
    files: usize,
}

fn read_case(rules: &Arc<Rules>, folder: &Path, id: &str) -> Result<Read, Error> {
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
    loop {
        let lost: Vec<String> = events
            .iter()
            .filter(|(_, event)| event.after.iter().any(|one| !events.contains_key(one)))
            .map(|(id, _)| id.clone())
            .collect();
        if lost.is_empty() {
            return Case::of_entries(rules.clone(), id, events);
        }
        for one in lost {
            events.remove(&one);
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::io;

    /// Fails the n-th call, having done half of it.
    struct FailingDisk(Cell<usize>);

    impl FailingDisk {
        fn step(&self) -> io::Result<()> {
            let left = self.0.get();
            self.0.set(left.wrapping_sub(1));
            if left == 0 { Err(io::Error::other("no room")) } else { Ok(()) }
        }
    }

    impl Disk for FailingDisk {
        fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
            if let Err(error) = self.step() {
                RealDisk.write(path, &bytes[..bytes.len() / 2])?;
                return Err(error);
            }
            RealDisk.write(path, bytes)
        }
        fn sync(&self, path: &Path) -> io::Result<()> {
            self.step()?;
            RealDisk.sync(path)
        }
        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            self.step()?;
            RealDisk.rename(from, to)
        }
    }

    #[test]
    fn a_call_that_fails_leaves_the_case_with_or_without_the_event() {
        for failing in 0..4 {
            let folder = tempfile::tempdir().unwrap();
            let register = Register::create(folder.path(), &Settings::default()).unwrap();
            let proposal = FileRef::of("proposal.toml", b"title = 'Lamps'");
            let first = Event::new(
                "2031-02-01".parse().unwrap(),
                "tmb-secretary",
                Body::Received(Received {
                    proposal,
                    title: "Lamps".into(),
                    addressed_to: crate::Organization::Iso,
                    reference: None,
                    form: None,
                    proposer: None,
                    ballot_closes: None,
                    same_subject_as: None,
                }),
            );
            let id = "2031-02-lamps";
            let mut case = register.begin(id, first, &[]).unwrap();
            let comment = Event::new(
                "2031-02-02".parse().unwrap(),
                "iec-member",
                Body::Comment(Comment {
                    organization: crate::Organization::Iec,
                    text: "Tell us more.".into(),
                    forward: false,
                    on: Vec::new(),
                }),
            );
            let disk = FailingDisk(Cell::new(failing));
            let written = case.append_to(&disk, comment.clone());
            // Only the sync of the folder comes after the event is on file.
            assert_eq!(written.is_ok(), failing == 3, "{written:?}");
            let again = Register::open(folder.path()).unwrap();
            assert!(again.problems().is_empty(), "{:?}", again.problems());
            let mut case = again.case(id).unwrap();
            assert_eq!(case.log().len(), if failing == 3 { 2 } else { 1 });
            case.append(comment).unwrap();
            assert_eq!(Register::open(folder.path()).unwrap().case(id).unwrap().log().len(), 2);
        }
    }
}
