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

/// Writes a whole file in place of an older one.
pub(crate) fn replace(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
    let result = std::fs::write(path, bytes);
    result.map_err(|error| Failure::of_output(path.display(), &error))
}
