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
    /// Documents of other bodies.
    #[serde(default, skip_serializing_if = "is_none")]
    pub(crate) external: usize,
    /// The folder of the generation.
    pub(crate) generation: String,
    /// Every file of the generation.
    pub(crate) files: Vec<FileEntry>,
    /// Checksum over all the checksums: one number that tells one index from another.
    pub(crate) fingerprint: String,
    /// What the import read and left out.
    pub(crate) report: serde_json::Value,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
fn is_none(count: &usize) -> bool {
    *count == 0
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
    pub(crate) external: usize,
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
    let complete = fill(&path).and_then(|contents| complete(&path, generation, contents));
    let manifest =
        complete.and_then(|manifest| write_manifest(folder, &manifest).map(|()| manifest));
    if manifest.is_err() {
        // The error that stopped the build says more than one of the clean-up would.
        let _ = fs::remove_dir_all(&path);
    }
    let manifest = manifest?;
    put_in_force(folder, &path)?;
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
    refuse_link(&path)?;
    let file = fs::OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|source| Error::io(source, &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Error::new(FolderFailure::Busy).at_path(folder)),
        Err(fs::TryLockError::Error(source)) => Err(Error::io(source, &path)),
    }
}

/// Whoever can write into the folder could let a link lead what we write to any file.
fn refuse_link(path: &Path) -> Result<(), Error> {
    match fs::symlink_metadata(path) {
        Ok(data) if !data.is_file() => Err(Error::new(FolderFailure::NoFile).at_path(path)),
        _ => Ok(()),
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

/// What a generation that is filled holds, brought to the disk.
fn complete(path: &Path, generation: String, contents: Contents) -> Result<Manifest, Error> {
    let mut files = Vec::new();
    list(path, path, &mut files)?;
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let fingerprint = fingerprint(&files);
    Ok(Manifest {
        kind: "spcg index".to_owned(),
        format: FORMAT,
        crate_version: env!("CARGO_PKG_VERSION").to_owned(),
        stems: crate::text::stem::fingerprint(),
        data: contents.data,
        committees: contents.committees,
        works: contents.works,
        external: contents.external,
        generation,
        files,
        fingerprint,
        report: contents.report,
    })
}

fn new_manifest(folder: &Path) -> PathBuf {
    folder.join(format!("{MANIFEST}.new"))
}

/// Writes a manifest beside the one in force.
fn write_manifest(folder: &Path, manifest: &Manifest) -> Result<(), Error> {
    let text = serde_json::to_string_pretty(manifest)
        .map_err(|source| Error::new(FolderFailure::Manifest(source.to_string())))?;
    let text = format!("{text}\ncrc32 {:08x}\n", crc32fast::hash(text.as_bytes()));
    let temporary = new_manifest(folder);
    let write = || -> std::io::Result<()> {
        // What a stopped build left, or a link that somebody put there: neither is written into.
        match fs::remove_file(&temporary) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = fs::OpenOptions::new().create_new(true).write(true).open(&temporary)?;
        faults::pass("write")?;
        file.write_all(text.as_bytes())?;
        faults::pass("sync of the manifest")?;
        file.sync_all()
    };
    write().map_err(|source| Error::io(source, temporary))
}

/// Renames the new manifest over the one in force. Where that fails, the new generation is removed;
/// once it is done, both generations stay until the rename is known to be on the disk, because a
/// power cut could bring either manifest back.
fn put_in_force(folder: &Path, generation: &Path) -> Result<(), Error> {
    let target = folder.join(MANIFEST);
    let renamed = faults::pass("rename").and_then(|()| fs::rename(new_manifest(folder), &target));
    if let Err(source) = renamed {
        let _ = fs::remove_dir_all(generation);
        return Err(Error::io(source, target));
    }
    faults::pass("sync of the folder")
        .and_then(|()| sync_folder(folder))
        .map_err(|_| Error::new(FolderFailure::Unsynced).at_path(folder))
}

/// Failures of the file system at will, for tests only.
mod faults {
    #[cfg(test)]
    thread_local! {
        pub(super) static NEXT: std::cell::Cell<Option<&'static str>> =
            const { std::cell::Cell::new(None) };
    }

    /// Fails where a test asked for a failure of `step`.
    #[cfg_attr(not(test), expect(clippy::unnecessary_wraps, reason = "fails in tests"))]
    pub(super) fn pass(step: &'static str) -> std::io::Result<()> {
        #[cfg(test)]
        if NEXT.get() == Some(step) {
            return Err(std::io::Error::other(format!("the {step} failed")));
        }
        let _ = step;
        Ok(())
    }
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
    #[error("this should be a file of the index, and is none")]
    NoFile,
    #[error("the new index is in force, but the disk did not confirm that it will stay so")]
    Unsynced,
}

impl Failure for FolderFailure {
    fn class(&self) -> Class {
        match self {
            FolderFailure::NoIndex => Class::NotFound,
            FolderFailure::NotEmpty(_) | FolderFailure::Busy | FolderFailure::NoFile => {
                Class::Unsupported
            }
            FolderFailure::Unsynced => Class::Io,
            _ => Class::IncompatibleIndex,
        }
    }
    fn remedy(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(match self {
            FolderFailure::NotEmpty(_) => "name an empty folder or an older index",
            FolderFailure::Busy => "wait until it has finished",
            FolderFailure::NoFile => "remove it, or name another folder",
            FolderFailure::Unsynced => "check the disk, then build again to be sure",
            FolderFailure::NoIndex => "build one with the example `import`, or check the path",
            _ => "build it again from its sources with the example `import`",
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build_one(folder: &Path, text: &str) -> Result<Manifest, Error> {
        build(folder, |path| {
            fs::write(path.join("data"), text).unwrap();
            Ok(Contents {
                data: text.to_owned(),
                committees: 1,
                works: 1,
                external: 0,
                report: serde_json::Value::Null,
            })
        })
    }

    /// What the index in force holds.
    fn content(folder: &Path) -> String {
        let (manifest, path) = open(folder).unwrap();
        assert_eq!(fs::read_to_string(path.join("data")).unwrap(), manifest.data);
        manifest.data
    }

    #[test]
    fn a_failure_at_any_step_leaves_a_whole_index() {
        let folder = tempfile::tempdir().unwrap();
        build_one(folder.path(), "old").unwrap();
        let steps = [
            ("write", "old"),
            ("sync of the manifest", "old"),
            ("rename", "old"),
            ("sync of the folder", "new"),
        ];
        for (step, in_force) in steps {
            faults::NEXT.set(Some(step));
            let error = build_one(folder.path(), "new").unwrap_err();
            faults::NEXT.set(None);
            assert!(error.is_io(), "{step}: {error}");
            assert_eq!(content(folder.path()), in_force, "{step}");
        }
        // Until a build is known to be on the disk, what the old manifest names is there too.
        let generations = fs::read_dir(folder.path())
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().path().is_dir())
            .count();
        assert_eq!(generations, 2);
        build_one(folder.path(), "newest").unwrap();
        assert_eq!(content(folder.path()), "newest");
    }

    #[cfg(unix)]
    #[test]
    fn links_in_the_place_of_our_files_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let precious = outside.path().join("precious");
        fs::write(&precious, "precious").unwrap();
        build_one(folder.path(), "old").unwrap();
        std::os::unix::fs::symlink(&precious, new_manifest(folder.path())).unwrap();
        build_one(folder.path(), "new").unwrap();
        assert_eq!(content(folder.path()), "new");
        fs::remove_file(folder.path().join(LOCK)).unwrap();
        std::os::unix::fs::symlink(&precious, folder.path().join(LOCK)).unwrap();
        let error = build_one(folder.path(), "newer").unwrap_err();
        assert!(error.to_string().contains(LOCK), "{error}");
        assert_eq!(fs::read_to_string(&precious).unwrap(), "precious");
    }
}
