//! What is written: lines that only grow, and what an earlier run left.

use std::collections::HashMap;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, BufReader, Seek as _};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::inputs::{Read, Source, next_line};
use crate::line::Line;
use crate::support::output::Output;
use crate::support::{self, Failure};

/// The longest line of an output: a whole result of the largest proposal is far below.
pub(crate) const LONGEST_LINE: u64 = 256 << 20;

/// What the output holds already, by a hash of the source.
pub(crate) type Known = HashMap<u64, Earlier>;

/// What is known of a line of an earlier run.
pub(crate) struct Earlier {
    pub(crate) crc32: Option<String>,
    pub(crate) is_error: bool,
    pub(crate) not_a_proposal: bool,
}

pub(crate) fn hash(source: &Source) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&source.name, &source.bytes).hash(&mut hasher);
    hasher.finish()
}

pub(crate) fn at(path: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| Failure::new(format_args!("{}: {error}", path.display()))
}

/// Lines can be gone on with only in a file: not in a device, a pipe or a folder.
fn check_kind(path: &Path) -> Result<(), Failure> {
    let Ok(data) = fs::metadata(path) else { return Ok(()) };
    if data.is_file() {
        return Ok(());
    }
    let what = if data.is_dir() { "a folder" } else { "a device or pipe" };
    Err(Failure::new(format_args!(
        "{}: this is {what}, not a file; name a file, or leave `--out` out for standard output",
        path.display()
    )))
}

/// The output of an earlier run, its half line at the end cut off; ready for more.
pub(crate) fn resume(path: &Path, made_with: &str) -> Result<(File, Known), Failure> {
    check_kind(path)?;
    let mut file =
        fs::OpenOptions::new().read(true).append(true).create(true).open(path).map_err(at(path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(fs::TryLockError::WouldBlock) => {
            return Err(Failure::new(format_args!("{}: another run writes there", path.display())));
        }
        Err(fs::TryLockError::Error(error)) => return Err(at(path)(error)),
    }
    let mut known = Known::new();
    let mut whole = 0_u64;
    let mut reader = BufReader::new(&file);
    let mut bytes = Vec::new();
    for number in 1.. {
        let foreign = || {
            Failure::new(format_args!(
                "{}:{number}: this is not an output of this program; name another file",
                path.display()
            ))
        };
        match next_line(&mut reader, LONGEST_LINE, &mut bytes).map_err(at(path))? {
            Read::End => break,
            Read::TooLong => return Err(foreign()),
            Read::Unfinished => {
                // Nothing is cut off that this program has not written.
                if !bytes.starts_with(&b"{\"source\":\""[..bytes.len().min(11)]) {
                    return Err(foreign());
                }
                break;
            }
            Read::Whole => {}
        }
        let line: Line = serde_json::from_slice(&bytes).map_err(|_| foreign())?;
        if line.source.is_empty() {
            return Err(foreign());
        }
        if line.made_with != made_with {
            return Err(Failure::new(format_args!(
                "{}: it was made with another index, model, checklist or version; name another file",
                path.display()
            )));
        }
        whole += bytes.len() as u64;
        let earlier = Earlier {
            crc32: line.crc32.clone(),
            is_error: line.error.is_some(),
            not_a_proposal: line.not_a_proposal,
        };
        known.insert(hash(&line.origin()), earlier);
        bytes.clear();
    }
    if !bytes.is_empty() {
        support::note(format_args!("{}: a line that was not finished is cut off", path.display()));
        file.set_len(whole).map_err(at(path))?;
        file.seek(io::SeekFrom::End(0)).map_err(at(path))?;
    }
    Ok((file, known))
}

/// Whole lines, gathered for a moment and written at once.
pub(crate) struct Writer {
    target: Output,
    gathered: Vec<u8>,
    written: Instant,
}

impl Writer {
    pub(crate) fn new(target: Output) -> Writer {
        Writer { target, gathered: Vec::new(), written: Instant::now() }
    }

    pub(crate) fn line(&mut self, line: &[u8]) -> Result<(), Failure> {
        self.gathered.extend_from_slice(line);
        if self.gathered.len() >= 1 << 18 || self.written.elapsed() >= Duration::from_millis(250) {
            self.flush()?;
        }
        Ok(())
    }

    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        self.target.write(&self.gathered)?;
        self.target.flush()?;
        self.gathered.clear();
        self.written = Instant::now();
        Ok(())
    }
}
