//! Records out of folders, archives and files of lines, in batches of bounded size.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use super::record::LeftOut;
use super::{ImportFailure, LARGEST_RECORD};
use crate::error::Error;

/// A record as it lies in the source, and where.
pub(crate) struct Raw {
    pub(crate) place: String,
    pub(super) bytes: Result<Vec<u8>, LeftOut>,
}

impl Raw {
    /// The record, or why it cannot be had.
    pub(crate) fn text(&self) -> Result<&str, String> {
        let bytes = self.bytes.as_ref().map_err(ToString::to_string)?;
        std::str::from_utf8(bytes).map_err(|_| LeftOut::NotUtf8.to_string())
    }
}

/// A batch ends at this many records or bytes, whichever comes first.
const BATCH_RECORDS: usize = 4096;
const BATCH_BYTES: usize = 16 << 20;

/// An archive may unpack to this much. The three real ones together are below 1 GiB.
const LARGEST_ARCHIVE: u64 = 16 << 30;
/// An archive may hold this many entries, and a folder this many files.
const MOST_FILES: u64 = 10_000_000;
/// A zstd frame may ask for this much memory.
const LARGEST_WINDOW: u64 = 128 << 20;
/// Folders may be nested this deep.
const DEEPEST: usize = 16;

/// Gives a batch after another until an empty one.
trait Batches {
    fn next(&mut self) -> Result<Vec<Raw>, Error>;
    /// Files seen that are not records.
    fn other_files(&self) -> u64 {
        0
    }
}

// ---- lines ----

/// A file of one record a line.
struct Lines {
    path: PathBuf,
    reader: BufReader<File>,
    line: u64,
}

impl Lines {
    fn open(path: &Path) -> Result<Lines, Error> {
        let file = File::open(path).map_err(|error| Error::io(error, path))?;
        Ok(Lines {
            path: path.to_owned(),
            reader: BufReader::with_capacity(1 << 18, file),
            line: 0,
        })
    }

    /// The next line without its end; `None` at the end of the file. Of a line that is too long,
    /// nothing is kept.
    fn line(&mut self) -> io::Result<Option<Result<Vec<u8>, LeftOut>>> {
        let mut line = Vec::new();
        let mut too_long = false;
        let mut any = false;
        loop {
            let available = match self.reader.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() {
                break;
            }
            any = true;
            let end = available.iter().position(|b| *b == b'\n');
            let piece = &available[..end.unwrap_or(available.len())];
            if !too_long {
                if line.len() + piece.len() > LARGEST_RECORD {
                    too_long = true;
                    line = Vec::new();
                } else {
                    line.extend_from_slice(piece);
                }
            }
            let used = end.map_or(available.len(), |end| end + 1);
            self.reader.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.line += 1;
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(Some(if too_long { Err(LeftOut::TooLarge) } else { Ok(line) }))
    }
}

impl Batches for Lines {
    fn next(&mut self) -> Result<Vec<Raw>, Error> {
        let mut batch = Vec::new();
        let mut size = 0;
        while batch.len() < BATCH_RECORDS && size < BATCH_BYTES {
            let Some(line) = self.line().map_err(|error| Error::io(error, &self.path))? else {
                break;
            };
            // Blank lines and a byte order mark are no records.
            let line = match line {
                Ok(bytes) => {
                    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
                        Some(rest) if self.line == 1 => rest.to_vec(),
                        _ => bytes,
                    };
                    if bytes.iter().all(u8::is_ascii_whitespace) {
                        continue;
                    }
                    size += bytes.len();
                    Ok(bytes)
                }
                Err(left_out) => Err(left_out),
            };
            batch.push(Raw { place: format!("line {}", self.line), bytes: line });
        }
        Ok(batch)
    }
}

// ---- folders ----

/// The YAML files of a folder and the folders in it, in the order of their names.
struct Folder {
    root: PathBuf,
    files: std::vec::IntoIter<PathBuf>,
    others: u64,
}

impl Folder {
    fn open(root: &Path) -> Result<Folder, Error> {
        // The published repositories keep their records in `data`, beside indexes and programs.
        let data = root.join("data");
        let start = if data.is_dir() { data } else { root.to_owned() };
        let mut files = Vec::new();
        let mut others = 0;
        walk(&start, 0, &mut files, &mut others)?;
        files.sort_unstable();
        Ok(Folder { root: root.to_owned(), files: files.into_iter(), others })
    }
}

fn walk(
    folder: &Path,
    depth: usize,
    files: &mut Vec<PathBuf>,
    others: &mut u64,
) -> Result<(), Error> {
    for entry in fs::read_dir(folder).map_err(|error| Error::io(error, folder))? {
        let entry = entry.map_err(|error| Error::io(error, folder))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| Error::io(error, &path))?;
        if files.len() as u64 + *others >= MOST_FILES {
            return Err(Error::new(ImportFailure::TooManyFiles(MOST_FILES)).at_path(folder));
        }
        if kind.is_dir() {
            if depth < DEEPEST {
                walk(&path, depth + 1, files, others)?;
            } else {
                *others += 1;
            }
        } else if is_record(&path) {
            files.push(path);
        } else {
            *others += 1;
        }
    }
    Ok(())
}

/// True for the name of a record: a YAML file that is neither hidden nor the index of the
/// repository.
fn is_record(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let yaml = name
        .rsplit_once('.')
        .is_some_and(|(_, end)| matches!(end.to_ascii_lowercase().as_str(), "yaml" | "yml"));
    yaml && !name.starts_with('.') && !is_index(name)
}

/// `index.yaml`, `index-v1.yaml`; `indexeddb.yaml` is a record.
fn is_index(name: &str) -> bool {
    let Some((stem, _)) = name.rsplit_once('.') else { return false };
    let rest = stem.strip_prefix("index");
    rest.is_some_and(|rest| {
        let version = rest.trim_start_matches(['-', '_']);
        version.is_empty()
            || version.strip_prefix('v').is_some_and(|number| {
                !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            })
    })
}

impl Batches for Folder {
    fn next(&mut self) -> Result<Vec<Raw>, Error> {
        let mut batch = Vec::new();
        let mut size = 0;
        while batch.len() < BATCH_RECORDS && size < BATCH_BYTES {
            let Some(path) = self.files.next() else { break };
            let place =
                path.strip_prefix(&self.root).unwrap_or(&path).to_string_lossy().into_owned();
            let bytes = file(&path)?;
            size += bytes.as_ref().map_or(0, Vec::len);
            batch.push(Raw { place, bytes });
        }
        Ok(batch)
    }
    fn other_files(&self) -> u64 {
        self.others
    }
}

/// The content of a file that may be too large, or no file at all.
fn file(path: &Path) -> Result<Result<Vec<u8>, LeftOut>, Error> {
    let metadata = fs::metadata(path).map_err(|error| Error::io(error, path))?;
    if !metadata.is_file() {
        return Ok(Err(LeftOut::NotAFile));
    }
    let file = File::open(path).map_err(|error| Error::io(error, path))?;
    bounded(file).map_err(|error| Error::io(error, path))
}

/// Everything that `reader` gives, unless it is too much.
fn bounded(reader: impl Read) -> io::Result<Result<Vec<u8>, LeftOut>> {
    let mut bytes = Vec::new();
    reader.take(LARGEST_RECORD as u64 + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() > LARGEST_RECORD { Err(LeftOut::TooLarge) } else { Ok(bytes) })
}

// ---- archives ----

/// Gives the YAML files of a `.tar` or `.tar.zst` to `take`, in the order of the archive, until it
/// wants no more. Returns how many other files there are.
fn archive(path: &Path, take: &mut dyn FnMut(Vec<Raw>) -> bool) -> Result<u64, Error> {
    let file = File::open(path).map_err(|error| Error::io(error, path))?;
    let mut reader = BufReader::with_capacity(1 << 18, file);
    let start = reader.fill_buf().map_err(|error| Error::io(error, path))?;
    let packed = is_zstd(start);
    let unpacked: Box<dyn Read> = if packed {
        Box::new(Frames { reader: Some(reader), frame: None })
    } else {
        Box::new(reader)
    };
    let mut archive = tar::Archive::new(Limited { inner: unpacked, left: LARGEST_ARCHIVE });
    entries(&mut archive, take).map_err(|error| {
        let failure = match error.kind() {
            io::ErrorKind::FileTooLarge => ImportFailure::ArchiveTooLarge(LARGEST_ARCHIVE >> 30),
            io::ErrorKind::QuotaExceeded => ImportFailure::TooManyFiles(MOST_FILES),
            _ => ImportFailure::Archive(error.to_string()),
        };
        Error::new(failure).at_path(path)
    })
}

fn entries(
    archive: &mut tar::Archive<Limited<Box<dyn Read>>>,
    take: &mut dyn FnMut(Vec<Raw>) -> bool,
) -> io::Result<u64> {
    let mut batch = Vec::new();
    let mut size = 0;
    let mut others = 0;
    let mut long_name: Option<Vec<u8>> = None;
    // Raw, because the library would read the name of a file into memory however long the archive
    // says it is.
    for (seen, entry) in (0_u64..).zip(archive.entries()?.raw(true)) {
        let mut entry = entry?;
        if seen >= MOST_FILES {
            return Err(io::Error::from(io::ErrorKind::QuotaExceeded));
        }
        match entry.header().entry_type() {
            tar::EntryType::GNULongName => long_name = Some(name(&mut entry)?),
            tar::EntryType::XHeader => {
                let header = name(&mut entry)?;
                long_name = header.split(|b| *b == b'\n').find_map(|line| {
                    let at = line.windows(6).position(|window| window == b" path=")?;
                    Some(line[at + 6..].to_vec())
                });
            }
            tar::EntryType::Directory | tar::EntryType::XGlobalHeader => {}
            kind => {
                let name = long_name.take().unwrap_or_else(|| entry.path_bytes().into_owned());
                let place =
                    String::from_utf8_lossy(name.split(|b| *b == 0).next().unwrap_or_default())
                        .into_owned();
                if !is_record(Path::new(&place)) {
                    others += 1;
                    continue;
                }
                let bytes = if kind.is_file() || kind == tar::EntryType::Continuous {
                    bounded(&mut entry)?
                } else {
                    Err(LeftOut::NotAFile)
                };
                size += bytes.as_ref().map_or(0, Vec::len);
                batch.push(Raw { place, bytes });
                if batch.len() >= BATCH_RECORDS || size >= BATCH_BYTES {
                    size = 0;
                    if !take(std::mem::take(&mut batch)) {
                        return Ok(others);
                    }
                }
            }
        }
    }
    take(batch);
    Ok(others)
}

/// The content of an entry that holds the name of the next one.
fn name(entry: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut name = Vec::new();
    entry.take(1 << 16).read_to_end(&mut name)?;
    Ok(name)
}

/// A reader that refuses to give more than its limit: a small archive can unpack to any size.
struct Limited<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => {
                self.left = left;
                Ok(read)
            }
            None => {
                Err(io::Error::new(io::ErrorKind::FileTooLarge, "the archive unpacks to too much"))
            }
        }
    }
}

fn is_zstd(start: &[u8]) -> bool {
    start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) || skippable(start)
}

/// A frame that holds no data.
fn skippable(start: &[u8]) -> bool {
    matches!(start, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

/// The content of all zstd frames of a file, one after the other.
struct Frames {
    reader: Option<BufReader<File>>,
    frame:
        Option<ruzstd::decoding::StreamingDecoder<BufReader<File>, ruzstd::decoding::FrameDecoder>>,
}

impl Read for Frames {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let read = frame.read(buffer)?;
                if read > 0 || buffer.is_empty() {
                    return Ok(read);
                }
                self.reader = self.frame.take().map(ruzstd::decoding::StreamingDecoder::into_inner);
            }
            let Some(mut reader) = self.reader.take() else { return Ok(0) };
            let start = reader.fill_buf()?;
            if start.is_empty() {
                return Ok(0);
            }
            if skippable(start) {
                let mut header = [0; 8];
                reader.read_exact(&mut header)?;
                let length =
                    u64::from(u32::from_le_bytes([header[4], header[5], header[6], header[7]]));
                io::copy(&mut (&mut reader).take(length), &mut io::sink())?;
                self.reader = Some(reader);
                continue;
            }
            let frame = ruzstd::decoding::StreamingDecoder::new_with_max_window_size(
                reader,
                LARGEST_WINDOW,
            );
            self.frame =
                Some(frame.map_err(|error| {
                    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
                })?);
        }
    }
}

// ---- all of them ----

/// What kind of place the records lie in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A folder or an archive of YAML files.
    Files,
    /// A file of lines.
    Lines,
}

/// Reads `path` and works on its records, both at once: one thread reads and unpacks, `work` is
/// called with batch after batch on this one, in order. Returns how many other files there are.
pub(crate) fn read(
    path: &Path,
    place: Place,
    mut work: impl FnMut(Vec<Raw>) -> Result<(), Error>,
) -> Result<u64, Error> {
    std::thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel(1);
        let mut take = move |batch: Vec<Raw>| batch.is_empty() || sender.send(batch).is_ok();
        let reading = std::thread::Builder::new()
            .spawn_scoped(scope, move || match place {
                Place::Lines => drain(&mut Lines::open(path)?, &mut take),
                Place::Files if path.is_dir() => drain(&mut Folder::open(path)?, &mut take),
                Place::Files => archive(path, &mut take),
            })
            .map_err(|error| Error::io(error, path))?;
        let mut worked = Ok(());
        for batch in &receiver {
            worked = work(batch);
            if worked.is_err() {
                break;
            }
        }
        // The reader stops at its next batch, for nobody takes it.
        drop(receiver);
        let read = match reading.join() {
            Ok(read) => read,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        worked.and(read)
    })
}

fn drain(batches: &mut dyn Batches, take: &mut dyn FnMut(Vec<Raw>) -> bool) -> Result<u64, Error> {
    loop {
        let batch = batches.next()?;
        if batch.is_empty() || !take(batch) {
            return Ok(batches.other_files());
        }
    }
}
