//! Where results go: a failure to write is told, and has a status of its own.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use super::Failure;

/// Standard output or a file. What is written is complete only after [`Output::finish`].
pub(crate) struct Output {
    name: String,
    target: Box<dyn Write>,
}

impl Output {
    pub(crate) fn stdout() -> Output {
        Output { name: "standard output".to_owned(), target: Box::new(io::stdout().lock()) }
    }

    /// A file that is open for writing.
    pub(crate) fn file(path: &Path, file: File) -> Output {
        Output { name: path.display().to_string(), target: Box::new(file) }
    }

    pub(crate) fn write(&mut self, bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
        let result = self.target.write_all(bytes.as_ref());
        result.map_err(|error| Failure::of_output(&self.name, &error))
    }

    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        self.target.flush().map_err(|error| Failure::of_output(&self.name, &error))
    }

    /// The end: everything is out, or it is told that it is not.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.flush()
    }
}

/// Prints a whole text.
pub(crate) fn print(text: impl AsRef<[u8]>) -> Result<(), Failure> {
    let mut out = Output::stdout();
    out.write(text)?;
    out.finish()
}

/// Writes a whole file in place of an older one, which stays as it is until the new one is whole.
pub(crate) fn replace(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
    // Devices, pipes and links are written to as they are.
    let is_other = std::fs::symlink_metadata(path).is_ok_and(|data| !data.is_file());
    let result = if is_other {
        std::fs::write(path, bytes)
    } else {
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        std::fs::write(&part, bytes)
            .and_then(|()| std::fs::rename(&part, path))
            .inspect_err(|_| drop(std::fs::remove_file(&part)))
    };
    result.map_err(|error| Failure::of_output(path.display(), &error))
}
