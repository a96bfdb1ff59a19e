//! Opening and reading files that others wrote: never more than a bound, never for ever.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use crate::error::{Class, Error, Failure};

#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("this is a folder, not a file")]
    Folder,
    #[error("this is {0}, not a file")]
    Special(&'static str),
    #[error("the file has more than {} MiB", .limit >> 20)]
    Large { limit: u64 },
    #[error("the text is not UTF-8")]
    Encoding,
}

impl Failure for Refused {
    fn class(&self) -> Class {
        match self {
            Refused::Folder | Refused::Special(_) => Class::Io,
            Refused::Large { .. } => Class::TooLarge,
            Refused::Encoding => Class::Malformed,
        }
    }

    fn remedy(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Refused::Folder => "name one of the files in it".into(),
            Refused::Special(_) => "copy what it gives to a file, and name that".into(),
            Refused::Large { .. } => "shorten it, or check that it is the right file".into(),
            Refused::Encoding => "save the file with the encoding UTF-8".into(),
        })
    }
}

/// Opens a file for reading. Folders, devices and named pipes are refused: a pipe that nobody
/// writes to keeps its reader waiting before it gives a byte. What a shell puts in place of a file
/// (`<(command)`) is let through.
///
/// # Errors
/// [not found](Error::is_not_found) or [i/o](Error::is_io).
pub(crate) fn open(path: &Path) -> Result<File, Error> {
    let io = |failure| Error::io(failure, path);
    let data = fs::metadata(path).map_err(io)?;
    if data.is_dir() {
        return Err(Error::new(Refused::Folder).at_path(path));
    }
    if !data.is_file()
        && let Some(what) = special(path, data.file_type())
    {
        return Err(Error::new(Refused::Special(what)).at_path(path));
    }
    File::open(path).map_err(io)
}

#[cfg(unix)]
fn special(path: &Path, kind: fs::FileType) -> Option<&'static str> {
    use std::os::unix::fs::FileTypeExt as _;
    let of_a_shell = ["/dev/fd", "/dev/stdin", "/proc/self/fd"];
    if kind.is_fifo() {
        return (!of_a_shell.iter().any(|start| path.starts_with(start))).then_some("a named pipe");
    }
    Some(if kind.is_socket() { "a socket" } else { "a device" })
}

#[cfg(not(unix))]
fn special(_: &Path, _: fs::FileType) -> Option<&'static str> {
    Some("a device")
}

/// The bytes of a file that has at most `limit` of them.
///
/// # Errors
/// As [`open`], and [too large](Error::is_too_large).
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    // One byte more than there may be tells that it is too much, and a file that grows stays bounded.
    open(path)?
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|failure| Error::io(failure, path))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
        return Err(Error::new(Refused::Large { limit }).at_path(path));
    }
    Ok(bytes)
}

/// The text of a file that has at most `limit` bytes.
///
/// # Errors
/// As [`read`], and [malformed](Error::is_malformed) where it is not UTF-8.
pub(crate) fn read_text(path: &Path, limit: u64) -> Result<String, Error> {
    String::from_utf8(read(path, limit)?).map_err(|_| Error::new(Refused::Encoding).at_path(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_bound() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, [b'x'; 100]).unwrap();
        assert_eq!(read(&path, 100).unwrap().len(), 100);
        assert!(read(&path, 99).unwrap_err().is_too_large());
        assert!(read(folder.path(), 99).unwrap_err().is_io());
        assert!(read(&folder.path().join("b.txt"), 99).unwrap_err().is_not_found());
    }

    #[cfg(unix)]
    #[test]
    fn devices_and_pipes_are_refused_and_not_waited_for() {
        assert!(read(Path::new("/dev/zero"), 99).unwrap_err().is_io());
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if made.is_ok_and(|status| status.success()) {
            let error = read(&pipe, 99).unwrap_err();
            assert!(error.to_string().contains("a named pipe"), "{error}");
        }
    }
}
