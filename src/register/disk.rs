//! Writing a file whole or not at all. The calls that can fail are behind a trait, so that tests
//! can let each of them fail.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use crate::error::Error;

/// Beginning of the name of a file that is being written.
pub(crate) const TEMPORARY: &str = ".tmp-";

/// What writing asks of the file system.
pub(crate) trait Disk {
    /// Makes a new file of these bytes.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Brings it to the disk.
    fn sync(&self, path: &Path) -> io::Result<()>;
    /// Gives it its name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
}

/// The file system of the machine.
pub(crate) struct RealDisk;

impl Disk for RealDisk {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(bytes)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() && cfg!(not(unix)) {
            return Ok(()); // folders cannot be opened there
        }
        File::open(path)?.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }
}

/// Writes `bytes` under `name` in `folder`: whole, or not at all. A file of that name and these
/// bytes is left alone; one with other bytes is replaced only with `replace`.
pub(crate) fn write(
    disk: &dyn Disk,
    folder: &Path,
    name: &str,
    bytes: &[u8],
    replace: bool,
) -> Result<(), Error> {
    let path = folder.join(name);
    match fs::read(&path) {
        Ok(present) if super::event::plain_lines(&present) == super::event::plain_lines(bytes) => {
            return Ok(());
        }
        Ok(_) if !replace => {
            return Err(super::failure::refuse(
                crate::Refusal::WouldRewrite,
                format!("{name} is there with other content"),
                "choose another name; what is on file is never changed",
            )
            .at_path(path));
        }
        _ => {}
    }
    let hash = &super::event::sha(bytes)[..12];
    let temporary = folder.join(format!("{TEMPORARY}{}-{hash}", std::process::id()));
    let written = disk
        .write(&temporary, bytes)
        .and_then(|()| disk.sync(&temporary))
        .and_then(|()| disk.rename(&temporary, &path));
    if let Err(source) = written {
        // The error that stopped it says more than one of the clean-up would.
        let _ = fs::remove_file(&temporary);
        return Err(Error::io(source, path));
    }
    // From here on it is on file; a folder that cannot be synced changes nothing about that.
    let _ = disk.sync(folder);
    Ok(())
}

/// The names of what is in a folder, in their order.
pub(crate) fn names(folder: &Path) -> Result<Vec<String>, Error> {
    let entries = fs::read_dir(folder).map_err(|source| Error::io(source, folder))?;
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|source| Error::io(source, folder))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}
