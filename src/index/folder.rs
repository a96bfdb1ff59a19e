//! An index on disk: generations of files, a manifest that names the one in force, checksums over
//! all of it.
//!
//! ```text
//! INDEX/spcg-index.json     the manifest: format, counts, sources, checksums
//! INDEX/generation-…/       the files of one build
//! ```
//!
//! A build writes a new generation beside the old one and then renames a new manifest over the old.
//! Whatever stops it before leaves the old index as it was; what a stopped build left behind is
//! cleared by the next one. Readers take no lock: one that opens while a build puts another
//! generation in force notices it and starts again ([`steadily`]).

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{Class, Error, Failure};

const MANIFEST: &str = "spcg-index.json";
const PREFIX: &str = "generation-";
/// Version of what is in the files. An index of another version is refused.
pub(crate) const FORMAT: u32 = 2;
/// Largest manifest that is read, in bytes.
const LARGEST_MANIFEST: u64 = 64 << 20;

/// What an index holds and where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Says what the file is.
    pub(crate) kind: String,
    pub(crate) format: u32,
    /// Version of the crate that built it.
    pub(crate) crate_version: String,
    /// See [`crate::text::stem::fingerprint`].
    pub(crate) stems: u32,
    /// A line for people: what the data are and of when.
    pub(crate) data: String,
    pub(crate) committees: usize,
    pub(crate) works: usize,
    /// The folder of the generation.
    pub(crate) generation: String,
    /// Every file of the generation.
    pub(crate) files: Vec<FileEntry>,
    /// Checksum over all the checksums: one number that tells one index from another.
    pub(crate) fingerprint: String,
    /// What the import read and left out.
    pub(crate) report: serde_json::Value,
}

/// A file with its checksum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileEntry {
    pub(crate) name: String,
    pub(crate) bytes: u64,
    pub(crate) crc32: u32,
}

/// What a build adds to the manifest.
#[derive(Clone, Debug)]
pub(crate) struct Contents {
    pub(crate) data: String,
    pub(crate) committees: usize,
    pub(crate) works: usize,
    pub(crate) report: serde_json::Value,
}

/// Builds a generation with `fill` and puts it in force.
pub(crate) fn build(
    folder: &Path,
    fill: impl FnOnce(&Path) -> Result<Contents, Error>,
) -> Result<Manifest, Error> {
    fs::create_dir_all(folder).map_err(|source| Error::io(source, folder))?;
    refuse_foreign(folder)?;
    let lock = lock(folder)?;
    clear_orphans(folder);
    let generation = new_generation(folder)?;
    let path = folder.join(&generation);
    let result = fill(&path).and_then(|contents| finish(folder, &path, generation, contents));
    if result.is_err() {
        // The error that stopped the build says more than one of the clean-up would.
        let _ = fs::remove_dir_all(&path);
    }
    let manifest = result?;
    clear(folder, Some(&manifest.generation));
    drop(lock);
    Ok(manifest)
}

/// A folder with other things in it is not ours to write into, and least of all to clear.
fn refuse_foreign(folder: &Path) -> Result<(), Error> {
    let entries = fs::read_dir(folder).map_err(|source| Error::io(source, folder))?;
    let (mut generation, mut is_ours) = (None, false);
    for entry in entries {
        let entry = entry.map_err(|source| Error::io(source, folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(MANIFEST) || name == LOCK {
            is_ours = true;
        } else if generation_number(&name).is_some() {
            generation = Some(name);
        } else {
            return Err(Error::new(FolderFailure::NotEmpty(name)).at_path(folder));
        }
    }
    match generation {
        // Every build leaves its lock before its generation.
        Some(name) if !is_ours => Err(Error::new(FolderFailure::NotEmpty(name)).at_path(folder)),
        _ => Ok(()),
    }
}

/// The number in the name of a generation.
fn generation_number(name: &str) -> Option<u64> {
    let digits = name.strip_prefix(PREFIX)?;
    if digits.starts_with(['+', '0']) { None } else { digits.parse().ok() }
}

const LOCK: &str = "spcg-index.lock";

/// Two builds into one folder would clear each other's files. The lock goes with the process.
fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join(LOCK);
    let file = File::create(&path).map_err(|source| Error::io(source, &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Error::new(FolderFailure::Busy).at_path(folder)),
        Err(fs::TryLockError::Error(source)) => Err(Error::io(source, &path)),
    }
}

/// A folder under a name that no index in force has had, so that a reader of the one before cannot
/// mistake it for its own.
fn new_generation(folder: &Path) -> Result<String, Error> {
    let mut number = 0;
    for entry in fs::read_dir(folder).map_err(|source| Error::io(source, folder))? {
        let entry = entry.map_err(|source| Error::io(source, folder))?;
        number = number.max(generation_number(&entry.file_name().to_string_lossy()).unwrap_or(0));
    }
    let name = format!("{PREFIX}{}", number.saturating_add(1));
    let path = folder.join(&name);
    fs::create_dir(&path).map_err(|source| Error::io(source, path))?;
    Ok(name)
}

/// Removes what a stopped build left. A manifest that cannot be read may be that of another
/// version: what it names is kept until the new index is complete.
fn clear_orphans(folder: &Path) {
    match read_manifest(folder) {
        Ok(manifest) => clear(folder, Some(&manifest.generation)),
        Err(_) if !folder.join(MANIFEST).exists() => clear(folder, None),
        Err(_) => {}
    }
}

/// Removes generations other than `keep`. One that cannot be removed, as where the system guards
/// files that a reader has open, harms nobody; the next build tries again.
fn clear(folder: &Path, keep: Option<&str>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if generation_number(&name).is_some() && Some(&*name) != keep {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn finish(
    folder: &Path,
    path: &Path,
    generation: String,
    contents: Contents,
) -> Result<Manifest, Error> {
    let mut files = Vec::new();
    list(path, path, &mut files)?;
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let fingerprint = fingerprint(&files);
    let manifest = Manifest {
        kind: "spcg index".to_owned(),
        format: FORMAT,
        crate_version: env!("CARGO_PKG_VERSION").to_owned(),
        stems: crate::text::stem::fingerprint(),
        data: contents.data,
        committees: contents.committees,
        works: contents.works,
        generation,
        files,
        fingerprint,
        report: contents.report,
    };
    let text = serde_json::to_string_pretty(&manifest)
        .map_err(|source| Error::new(FolderFailure::Manifest(source.to_string())))?;
    let text = format!("{text}\ncrc32 {:08x}\n", crc32fast::hash(text.as_bytes()));
    let target = folder.join(MANIFEST);
    let temporary = folder.join(format!("{MANIFEST}.new"));
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&temporary)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&temporary, &target)?;
        sync_folder(folder)
    };
    write().map_err(|source| Error::io(source, target))?;
    Ok(manifest)
}

/// One number over the contents. tantivy names its files at random, so names are not part of what
/// the index is, nor are the files in which it keeps those names.
fn fingerprint(files: &[FileEntry]) -> String {
    let is_listing =
        |name: &str| matches!(name.rsplit('/').next(), Some("meta.json" | ".managed.json"));
    let mut sums: Vec<(u64, u32)> = files
        .iter()
        .filter(|file| !is_listing(&file.name))
        .map(|file| (file.bytes, file.crc32))
        .collect();
    sums.sort_unstable();
    let mut all = crc32fast::Hasher::new();
    for (bytes, sum) in sums {
        all.update(&bytes.to_le_bytes());
        all.update(&sum.to_le_bytes());
    }
    format!("{:08x}", all.finalize())
}

/// Brings the names in a folder to the disk, where folders can be opened.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn list(base: &Path, folder: &Path, files: &mut Vec<FileEntry>) -> Result<(), Error> {
    for entry in fs::read_dir(folder).map_err(|source| Error::io(source, folder))? {
        let path = entry.map_err(|source| Error::io(source, folder))?.path();
        if path.is_dir() {
            list(base, &path, files)?;
            continue;
        }
        let name = path.strip_prefix(base).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        // Locks of a writer that has finished.
        if name.ends_with(".lock") {
            fs::remove_file(&path).map_err(|source| Error::io(source, &path))?;
            continue;
        }
        let (bytes, crc32) = checksum(&path)?;
        // On the disk before the manifest that names it, or a power cut could take both indexes.
        let synced =
            fs::OpenOptions::new().append(true).open(&path).and_then(|file| file.sync_all());
        synced.map_err(|source| Error::io(source, &path))?;
        files.push(FileEntry { name, bytes, crc32 });
    }
    sync_folder(folder).map_err(|source| Error::io(source, folder))
}

fn checksum(path: &Path) -> Result<(u64, u32), Error> {
    let mut file = File::open(path).map_err(|source| Error::io(source, path))?;
    let mut hasher = crc32fast::Hasher::new();
    let mut buffer = vec![0; 1 << 20];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut buffer).map_err(|source| Error::io(source, path))?;
        if read == 0 {
            return Ok((bytes, hasher.finalize()));
        }
        bytes += read as u64;
        hasher.update(&buffer[..read]);
    }
}

/// How often an index is opened again that changes under the reader's hands.
const OPENINGS: usize = 20;

/// Opens an index with `open`, again where a build has replaced it meanwhile and taken its files
/// away.
pub(crate) fn steadily<T>(
    folder: &Path,
    mut open: impl FnMut() -> Result<T, Error>,
) -> Result<T, Error> {
    let mut before = read_manifest(folder).ok();
    for _ in 1..OPENINGS {
        match open() {
            Err(error) if error.is_incompatible_index() || error.is_not_found() => {
                let now = read_manifest(folder).ok();
                if now.is_none() || now == before {
                    return Err(error);
                }
                before = now;
            }
            done => return done,
        }
    }
    open()
}

/// Reads the manifest of a folder and checks every file that it names. Gives the path of the
/// generation.
pub(crate) fn open(folder: &Path) -> Result<(Manifest, PathBuf), Error> {
    let manifest = read_manifest(folder)?;
    if manifest.stems != crate::text::stem::fingerprint() {
        return Err(Error::new(FolderFailure::OtherStems).at_path(folder));
    }
    let path = folder.join(&manifest.generation);
    for file in &manifest.files {
        let name = path.join(&file.name);
        let found = match checksum(&name) {
            Err(error) if error.is_not_found() => {
                return Err(Error::new(FolderFailure::Missing).at_path(name));
            }
            Err(_) if name.is_dir() => return Err(Error::new(FolderFailure::Damaged).at_path(name)),
            found => found?,
        };
        if found != (file.bytes, file.crc32) {
            return Err(Error::new(FolderFailure::Damaged).at_path(name));
        }
    }
    Ok((manifest, path))
}

fn read_manifest(folder: &Path) -> Result<Manifest, Error> {
    let path = folder.join(MANIFEST);
    let file = File::open(&path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound if folder.is_dir() => {
            Error::new(FolderFailure::NoIndex).at_path(folder)
        }
        std::io::ErrorKind::NotADirectory => Error::new(FolderFailure::NoIndex).at_path(folder),
        _ => Error::io(source, folder),
    })?;
    let damaged = || Error::new(FolderFailure::Damaged).at_path(&path);
    if path.is_dir() {
        return Err(damaged());
    }
    let mut text = Vec::new();
    file.take(LARGEST_MANIFEST)
        .read_to_end(&mut text)
        .map_err(|source| Error::io(source, &path))?;
    let text = String::from_utf8(text).map_err(|_| damaged())?;
    let (body, sum) = text.trim_end().rsplit_once("\ncrc32 ").ok_or_else(damaged)?;
    if u32::from_str_radix(sum, 16) != Ok(crc32fast::hash(body.as_bytes())) {
        return Err(damaged());
    }
    // The version first: another one may have other fields.
    let value: serde_json::Value = serde_json::from_str(body).map_err(|_| damaged())?;
    let format = value.get("format").and_then(serde_json::Value::as_u64);
    if format != Some(u64::from(FORMAT)) {
        let found = format.map_or_else(|| "none".to_owned(), |format| format.to_string());
        return Err(Error::new(FolderFailure::OtherFormat(found)).at_path(&path));
    }
    let manifest: Manifest = serde_json::from_value(value)
        .map_err(|source| Error::new(FolderFailure::Manifest(source.to_string())).at_path(&path))?;
    let is_plain =
        |name: &str| !name.is_empty() && !name.contains("..") && !Path::new(name).is_absolute();
    if !is_plain(&manifest.generation) || !manifest.files.iter().all(|file| is_plain(&file.name)) {
        return Err(damaged());
    }
    Ok(manifest)
}

#[derive(Debug, thiserror::Error)]
enum FolderFailure {
    #[error("there is no index in this folder")]
    NoIndex,
    #[error("the file does not match its checksum: the index is damaged or was changed")]
    Damaged,
    #[error("a file of the index is missing")]
    Missing,
    #[error("the index has format {0}, this version reads format {FORMAT}")]
    OtherFormat(String),
    #[error("the index was built with another version of the stemmer")]
    OtherStems,
    #[error("the manifest of the index cannot be used: {0}")]
    Manifest(String),
    #[error("the folder holds `{0}`, which is not part of an index")]
    NotEmpty(String),
    #[error("another build is writing into this folder")]
    Busy,
}

impl Failure for FolderFailure {
    fn class(&self) -> Class {
        match self {
            FolderFailure::NoIndex => Class::NotFound,
            FolderFailure::NotEmpty(_) | FolderFailure::Busy => Class::Unsupported,
            _ => Class::IncompatibleIndex,
        }
    }
    fn remedy(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(match self {
            FolderFailure::NotEmpty(_) => "name an empty folder or an older index",
            FolderFailure::Busy => "wait until it has finished",
            FolderFailure::NoIndex => "build one with the example `import`, or check the path",
            _ => "build it again from its sources with the example `import`",
        }))
    }
}
