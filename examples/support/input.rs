//! What is read: never more than a bound, and never for ever.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use super::Failure;

/// The most bytes of a proposal; the readers of the library have the same bound.
pub(crate) const LARGEST_PROPOSAL: u64 = 16 << 20;

/// True for what is there and can neither be read to an end nor be waited for: a device, a socket,
/// a named pipe. What a shell puts in place of a file (`<(command)`) can be read.
pub(crate) fn is_special(path: &Path) -> bool {
    let of_a_shell = ["/dev/fd", "/dev/stdin", "/proc/self/fd"];
    let is_pipe_of_a_shell = |data: &fs::Metadata| {
        is_pipe(data) && of_a_shell.iter().any(|start| path.starts_with(start))
    };
    fs::metadata(path)
        .is_ok_and(|data| !data.is_file() && !data.is_dir() && !is_pipe_of_a_shell(&data))
}

#[cfg(unix)]
fn is_pipe(data: &fs::Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&data.file_type())
}

#[cfg(not(unix))]
fn is_pipe(_: &fs::Metadata) -> bool {
    false
}

/// The bytes of a file, at most one more than `limit`: whoever takes them tells that they are too
/// many.
///
/// # Errors
/// What the system says, with the path; a device or named pipe is refused.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    let named = |error: std::io::Error| Failure::new(format_args!("{}: {error}", path.display()));
    if path.is_dir() {
        let path = path.display();
        return Err(Failure::new(format_args!(
            "{path}: this is a folder, not a file; name one of the files in it"
        )));
    }
    if is_special(path) {
        let path = path.display();
        return Err(Failure::new(format_args!(
            "{path}: this is a device or pipe, not a file; copy what it gives to a file"
        )));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(named)?.take(limit + 1).read_to_end(&mut bytes).map_err(named)?;
    Ok(bytes)
}

/// The bytes of a file that has at most `limit` of them.
///
/// # Errors
/// As [`read`], and where there are more.
pub(crate) fn whole(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    let bytes = read(path, limit)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
        let (path, limit) = (path.display(), limit >> 20);
        return Err(Failure::new(format_args!("{path}: the file has more than {limit} MiB")));
    }
    Ok(bytes)
}

/// The bytes of standard input, at most one more than `limit`.
pub(crate) fn read_standard(limit: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let result = std::io::stdin().lock().take(limit + 1).read_to_end(&mut bytes);
    result.map_err(|error| Failure::new(format_args!("standard input: {error}")))?;
    Ok(bytes)
}
