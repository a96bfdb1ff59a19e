//! Reports in the folder of a register: `reports/2031-04`.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::compare::{Comparison, compare};
use super::editions::landscape;
use super::record::{Beside, Meeting, Milestone, Paper, Record};
use super::report::{Free, Signature, release};
use super::translation::Translation;
use crate::document::{Document, Form};
use crate::error::{Error, Refusal};
use crate::files;
use crate::proposal::Date;
use crate::recommendation::written;
use crate::reference::Organization;
use crate::register::{
    RealDisk, Register, RegisterFailure, Role, damaged, names, read_toml, refuse, write_file,
};

/// Largest file that is read here.
pub(super) const LARGEST: u64 = 16 << 20;
const RECORD: &str = "record.json";
/// Beginning of the name of a translation of the fixed blocks: `fixed.fr.toml`.
const TRANSLATION: &str = "fixed.";

fn file_of(language: &str) -> String {
    format!("{TRANSLATION}{language}.toml")
}

/// When a board's report went out, or why it does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Whose board.
    pub office: Organization,
    /// The day.
    pub day: Date,
    /// The hash of the fixed blocks that went out.
    pub fixed_sha: String,
    /// Number of the document at the board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Why no report is due at this board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_due: Option<String>,
}

impl Release {
    /// One sentence for the reports to the other boards.
    pub(super) fn told(&self) -> String {
        let board = self.office.board();
        match (&self.document, &self.not_due) {
            (Some(document), _) => format!("{board}: {document}, {}.", written(self.day)),
            (None, Some(reason)) => format!("{board}: no report is due ({reason})."),
            (None, None) => format!("{board}: {}.", written(self.day)),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Documents {
    document: Vec<Paper>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Milestones {
    milestone: Vec<Milestone>,
    milestones: Vec<Milestone>,
}

/// The files of a board, without their ending.
const fn stem(office: Organization) -> &'static str {
    match office {
        Organization::Iso => "tmb",
        Organization::Iec => "smb",
        Organization::ItuT => "tsag",
    }
}

impl Register {
    /// Freezes what is on file of a period: cases, and beside them `meetings/*.toml`,
    /// `documents.toml`, `papers`, `plan/milestones.toml` and the newest edition of the landscape.
    ///
    /// # Errors
    /// Those of [`Record::freeze`]; [malformed](Error::is_malformed) when a file cannot be read;
    /// [refused](Error::is_refused) when one that a document names is not there.
    pub fn freeze(&self, from: Date, to: Date) -> Result<Record, Error> {
        if let Some(problem) = self.problems().first() {
            return Err(damaged(problem.to_string(), "mend it before a period is frozen"));
        }
        let record = Record::freeze(self.cases(), &self.beside(from, to)?, (from, to))?;
        for paper in &record.papers {
            if let Some(file) = &paper.file
                && !is_inside(self.root(), file)
            {
                return Err(refuse(
                    Refusal::Invalid,
                    format!("{} names the file {file}, which is not there", paper.name()),
                    "put it in the folder of the register, or correct documents.toml",
                ));
            }
        }
        Ok(record)
    }

    fn beside(&self, from: Date, to: Date) -> Result<Beside, Error> {
        let root = self.root();
        let mut meetings = Vec::new();
        let folder = root.join("meetings");
        if folder.is_dir() {
            for name in names(&folder)?.iter().filter(|name| name.ends_with(".toml")) {
                meetings.push(read_toml(&folder.join(name), LARGEST)?);
            }
        }
        let papers = read_where_there::<Documents>(&root.join("documents.toml"))?.document;
        let plan = read_where_there::<Milestones>(&root.join("plan").join("milestones.toml"))?;
        let milestones = plan.milestone.into_iter().chain(plan.milestones).collect();
        Ok(Beside {
            meetings: check_meetings(meetings)?,
            papers,
            recommendations: self.papers()?,
            milestones,
            landscape: landscape(root, from, to)?,
        })
    }

    /// The reports of a name, such as `2031-04`.
    ///
    /// # Errors
    /// [refused](Error::is_refused) for a name that is no month.
    pub fn reports(&self, name: &str) -> Result<Reports<'_>, Error> {
        let month: Option<Date> = name.parse().ok();
        if month.is_none_or(|month| month.month().is_none() || month.day().is_some()) {
            return Err(refuse(
                Refusal::Invalid,
                format!("`{}` is no name of a report", crate::error::shown(name)),
                "name it by the month of its end: `2031-04`",
            ));
        }
        let folder = self.root().join("reports").join(name);
        Ok(Reports { register: self, folder })
    }
}

/// A file of a plain relative path below `root`.
fn is_inside(root: &Path, file: &str) -> bool {
    let path = Path::new(file);
    let plain = path.components().all(|one| matches!(one, std::path::Component::Normal(_)));
    plain && root.join(path).is_file()
}

fn check_meetings(mut meetings: Vec<Meeting>) -> Result<Vec<Meeting>, Error> {
    meetings.sort_by_key(|one| (one.kind.clone(), one.number));
    for pair in meetings.windows(2) {
        if let Some(number) = pair[0].number
            && (&pair[0].kind, pair[0].number) == (&pair[1].kind, pair[1].number)
        {
            return Err(refuse(
                Refusal::NumberTaken,
                format!("two files are about {} {number}", pair[0].kind),
                "keep one of them",
            ));
        }
    }
    Ok(meetings)
}

fn read_where_there<T: DeserializeOwned + Default>(path: &Path) -> Result<T, Error> {
    if path.exists() { read_toml(path, LARGEST) } else { Ok(T::default()) }
}

/// The reports of a period, in their folder.
#[derive(Debug)]
pub struct Reports<'a> {
    register: &'a Register,
    folder: PathBuf,
}

/// Where the reports of a period stand. Its `Display` form is a few lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Standing {
    /// The hash that is to be signed.
    pub fixed_sha: String,
    /// Offices whose signature is valid.
    pub signed: Vec<Organization>,
    /// Offices whose signature is under another text.
    pub lapsed: Vec<Organization>,
    /// Files that are there.
    pub files: Vec<String>,
    /// Cases that have moved since the record was frozen.
    pub moved: Vec<String>,
    /// Fixed blocks that would differ if the period were frozen now.
    pub stale: Vec<String>,
    /// What was released.
    pub released: Vec<Release>,
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = |all: &[Organization]| {
            let names: Vec<&str> = all.iter().map(|one| one.name()).collect();
            if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
        };
        writeln!(f, "hash of the fixed blocks: {}", self.fixed_sha)?;
        let files = if self.files.is_empty() { "none".to_owned() } else { self.files.join(", ") };
        writeln!(f, "rendered: {files}")?;
        write!(f, "signed by {}", listed(&self.signed))?;
        if !self.lapsed.is_empty() {
            write!(f, "; lapsed: {}", listed(&self.lapsed))?;
        }
        for one in &self.released {
            write!(f, "\nreleased to {}", one.told())?;
        }
        if !self.moved.is_empty() {
            write!(f, "\nsince frozen, these cases have moved: {}", self.moved.join(", "))?;
        }
        if !self.stale.is_empty() {
            let blocks = self.stale.join(", ");
            write!(f, "\nout of date: {blocks} would differ if the period were frozen now")?;
        }
        Ok(())
    }
}

impl Reports<'_> {
    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Keeps a record to be rendered from. Signatures under an earlier one lapse and stay.
    ///
    /// # Errors
    /// [refused](Error::is_refused) when a report of the period was released already; those of the
    /// file system.
    pub fn keep(&self, record: &Record) -> Result<(), Error> {
        if let Some(one) = self.releases()?.first() {
            return Err(refuse(
                Refusal::WouldRewrite,
                format!("the report to {} was released", one.office.board()),
                "report what is new in the next period",
            ));
        }
        fs::create_dir_all(&self.folder).map_err(|source| Error::io(source, &self.folder))?;
        self.write(RECORD, format!("{}\n", record.to_json()?).as_bytes())
    }

    /// The frozen record.
    ///
    /// # Errors
    /// [not found](Error::is_not_found) when nothing was frozen; [malformed](Error::is_malformed).
    pub fn record(&self) -> Result<Record, Error> {
        let path = self.folder.join(RECORD);
        if !path.exists() {
            let name = self.folder.file_name().unwrap_or_default().to_string_lossy();
            return Err(Error::new(RegisterFailure::NoRecord(name.into_owned())));
        }
        let text = files::read_text(&path, LARGEST)?;
        let mut record = Record::from_json(&text).map_err(|error| error.at_path(path))?;
        for name in names(&self.folder)? {
            let is_one = name.starts_with(TRANSLATION) && name.ends_with(".toml");
            if is_one && name.matches('.').count() == 2 {
                let path = self.folder.join(&name);
                let translation: Translation = read_toml(&path, LARGEST)?;
                if name != file_of(&translation.language) {
                    let what = "the name of the file is not that of the language in it";
                    return Err(damaged(what, "rename the file").at_path(path));
                }
                record = record.with_translation(translation).map_err(|one| one.at_path(path))?;
            }
        }
        Ok(record)
    }

    /// Writes the texts of the fixed blocks into a file, to be translated there, and returns its
    /// path.
    ///
    /// # Errors
    /// [refused](Error::is_refused) when the file is there already and was edited, or the language
    /// has no such name; those of the file system.
    pub fn to_translate(&self, language: &str) -> Result<PathBuf, Error> {
        let record = self.record()?;
        let translation = record.to_translate(language);
        record.with_translation(translation.clone())?;
        let text = toml::to_string(&translation)
            .map_err(|source| damaged(source.to_string(), "report it"))?;
        let name = file_of(language);
        write_file(&RealDisk, &self.folder, &name, text.as_bytes(), false)?;
        Ok(self.folder.join(name))
    }

    /// What a board's report says for itself; nothing where the file is not there.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when it cannot be read.
    pub fn free(&self, office: Organization) -> Result<Free, Error> {
        read_where_there(&self.folder.join(format!("{}.toml", stem(office))))
    }

    /// The report to a board.
    ///
    /// # Errors
    /// Those of [`Record::report`], and of reading its parts.
    pub fn document(&self, office: Organization) -> Result<Document, Error> {
        let free = self.free(office)?;
        let contact = match free.contact.trim() {
            "" => String::new(),
            actor => self.register.people()?.shown(actor, self.register.rules()),
        };
        self.record()?.report(office, &free, &contact, &self.releases()?)
    }

    /// Writes the report to a board and returns the path of its file.
    ///
    /// # Errors
    /// Those of [`Reports::document`] and of the file system.
    pub fn render(&self, office: Organization, form: Form) -> Result<PathBuf, Error> {
        let bytes = self.document(office)?.to_bytes(form)?;
        let name = format!("{}.{}", stem(office), form.ending());
        self.write(&name, &bytes)?;
        Ok(self.folder.join(name))
    }

    /// Compares the rendered files, as they were edited since, with the record.
    ///
    /// # Errors
    /// Those of [`compare`].
    pub fn compare(&self) -> Result<Vec<Comparison>, Error> {
        let files = self.files()?;
        let files: Vec<(&str, &[u8])> =
            files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        compare(&self.record()?, &files)
    }

    /// Signs the record for an office.
    ///
    /// # Errors
    /// [refused](Error::is_refused) when the actor is no secretary; those of the file system.
    pub fn sign(&self, by: &str, day: Date) -> Result<Signature, Error> {
        let signature = self.signature(by, day)?;
        let text = toml::to_string(&signature)
            .map_err(|source| damaged(source.to_string(), "report it"))?;
        self.write(&format!("sign-{}.toml", stem(signature.office)), text.as_bytes())?;
        Ok(signature)
    }

    /// The signature as [`Reports::sign`] would write it; nothing is.
    ///
    /// # Errors
    /// Those of [`Reports::sign`].
    pub fn signature(&self, by: &str, day: Date) -> Result<Signature, Error> {
        let office = self.secretary(by)?;
        let fixed_sha = self.record()?.fixed_sha();
        Ok(Signature { office, fixed_sha, by: by.to_owned(), day })
    }

    fn secretary(&self, by: &str) -> Result<Organization, Error> {
        let actor = self.register.rules().actor(by)?;
        match (actor.role, actor.office) {
            (Role::Secretary, Some(office)) => Ok(office),
            _ => Err(refuse(
                Refusal::WrongRole,
                format!("`{by}` signs for no office"),
                "let the secretary of the board do it",
            )),
        }
    }

    /// Signatures on file, also those that have lapsed.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when one cannot be read.
    pub fn signatures(&self) -> Result<Vec<Signature>, Error> {
        let mut all = Vec::new();
        for office in Organization::ALL {
            let path = self.folder.join(format!("sign-{}.toml", stem(office)));
            if path.exists() {
                all.push(read_toml::<Signature>(&path, LARGEST)?);
            }
        }
        Ok(all)
    }

    /// What was released: a file a board, so that offices may release apart.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when a file cannot be read.
    pub fn releases(&self) -> Result<Vec<Release>, Error> {
        let mut all = Vec::new();
        for office in Organization::ALL {
            let path = self.folder.join(format!("released-{}.toml", stem(office)));
            if path.exists() {
                all.push(read_toml::<Release>(&path, LARGEST)?);
            }
        }
        all.sort_by_key(|one| (one.day, one.office));
        Ok(all)
    }

    /// Releases the report to the board of a secretary, under a document number; or says why none
    /// is due there.
    ///
    /// # Errors
    /// Those of [`release`]; [refused](Error::is_refused) when the board's report is not rendered
    /// or was released already.
    pub fn release(
        &self,
        by: &str,
        day: Date,
        document: Option<&str>,
        not_due: Option<&str>,
    ) -> Result<Release, Error> {
        let one = self.may_release(by, day, document, not_due)?;
        let text =
            toml::to_string(&one).map_err(|source| damaged(source.to_string(), "report it"))?;
        self.write(&format!("released-{}.toml", stem(one.office)), text.as_bytes())?;
        Ok(one)
    }

    /// The release as [`Reports::release`] would write it; nothing is.
    ///
    /// # Errors
    /// Those of [`Reports::release`].
    pub fn may_release(
        &self,
        by: &str,
        day: Date,
        document: Option<&str>,
        not_due: Option<&str>,
    ) -> Result<Release, Error> {
        let office = self.secretary(by)?;
        let record = self.record()?;
        let files = self.files()?;
        let own = format!("{}.", stem(office));
        if not_due.is_none() && !files.iter().any(|(name, _)| name.starts_with(&own)) {
            return Err(refuse(
                Refusal::BlocksDiffer,
                format!("the report to {} is not rendered", office.board()),
                "render it and read it first",
            ));
        }
        let files: Vec<(&str, &[u8])> =
            files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        release(&record, &self.signatures()?, &files)?;
        if self.releases()?.iter().any(|one| one.office == office) {
            return Err(refuse(
                Refusal::WouldRewrite,
                format!("the report to {} was released already", office.board()),
                "report what is new in the next period",
            ));
        }
        let (document, not_due) = (document.map(str::to_owned), not_due.map(str::to_owned));
        let fixed_sha = record.fixed_sha();
        Ok(Release { office, day, fixed_sha, document, not_due })
    }

    /// Where the reports stand against what is on file now.
    ///
    /// # Errors
    /// Those of reading the record and of freezing the period again.
    pub fn standing(&self) -> Result<Standing, Error> {
        let record = self.record()?;
        let fixed_sha = record.fixed_sha();
        let valid = |one: &&super::Signature| one.fixed_sha == fixed_sha;
        let signatures = self.signatures()?;
        let signed = signatures.iter().filter(valid).map(|one| one.office).collect();
        let lapsed = signatures.iter().filter(|one| !valid(one)).map(|one| one.office).collect();
        let now = self.register.freeze(record.from, record.to)?;
        let differs = |name: &String| record.block(name) != now.block(name);
        let stale = (1..=10).map(|n| format!("F{n}")).filter(differs).collect();
        Ok(Standing {
            signed,
            lapsed,
            files: self.files()?.into_iter().map(|(name, _)| name).collect(),
            moved: record.since_frozen(self.register.cases()),
            stale,
            released: self.releases()?,
            fixed_sha,
        })
    }

    fn files(&self) -> Result<Vec<(String, Vec<u8>)>, Error> {
        let mut all = Vec::new();
        for office in Organization::ALL {
            for form in Form::ALL {
                let name = format!("{}.{}", stem(office), form.ending());
                let path = self.folder.join(&name);
                if path.exists() {
                    all.push((name, files::read(&path, LARGEST)?));
                }
            }
        }
        Ok(all)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        write_file(&RealDisk, &self.folder, name, bytes, true)
    }
}
