//! What is read: folders, files of lines, single proposals, standard input.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};

use spcg::proposal::Format;

use crate::support::input::{LARGEST_PROPOSAL, is_special};

/// A proposal on its way in.
pub(crate) struct Item {
    pub(crate) source: Source,
    pub(crate) content: Content,
}

/// Where an item comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// For people: the file, with the line in a file of lines.
    pub(crate) name: String,
    /// The bytes of the name, as hexadecimal digits, where they are not UTF-8: names that print
    /// alike stay apart.
    pub(crate) bytes: Option<String>,
}

impl Source {
    fn of(path: &Path, line: Option<usize>) -> Source {
        let bytes = path.to_str().is_none().then(|| {
            path.as_os_str().as_encoded_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
        });
        let line = line.map_or(String::new(), |number| format!(":{number}"));
        Source { name: format!("{}{line}", path.display()), bytes }
    }
}

pub(crate) enum Content {
    /// A file, to be read on the pool.
    File(PathBuf),
    /// A line of a file, with its number.
    Line(PathBuf, usize, Vec<u8>),
    /// What could not be got.
    Failed(String),
}

/// True for the name of standard input.
pub(crate) fn is_standard(input: &Path) -> bool {
    input.as_os_str() == "-"
}

/// True for what can be read a second time: nothing else is counted beforehand.
pub(crate) fn can_be_counted(input: &Path) -> bool {
    !is_standard(input) && fs::metadata(input).is_ok_and(|data| data.is_file() || data.is_dir())
}

/// All items of one input, one after the other: at no time is more held than the names in the
/// folders that are open.
pub(crate) fn items(input: &Path, out: Option<&Path>) -> Box<dyn Iterator<Item = Item> + Send> {
    if is_standard(input) {
        return Box::new(Lines::new("standard input".into(), BufReader::new(io::stdin())));
    }
    if input.is_dir() {
        return Box::new(Folder {
            waiting: vec![input.to_owned()],
            out: out.and_then(|out| fs::canonicalize(out).ok()),
        });
    }
    let one = |content| {
        let item = Item { source: Source::of(input, None), content };
        Box::new(std::iter::once(item))
    };
    if is_special(input) {
        let what = "this is a device or pipe, not a file; give it as standard input (`-`)";
        return one(Content::Failed(what.to_owned()));
    }
    if Format::of_path(input).is_some() {
        return one(Content::File(input.to_owned()));
    }
    match File::open(input) {
        Ok(file) => Box::new(Lines::new(input.to_owned(), BufReader::new(file))),
        Err(error) => one(Content::Failed(error.to_string())),
    }
}

/// The files of a folder and of the folders in it, in the order of their names. Hidden ones, links
/// to folders, and files in formats of other things are left aside.
struct Folder {
    /// What is still to come, the next one last.
    waiting: Vec<PathBuf>,
    out: Option<PathBuf>,
}

impl Folder {
    /// What is to be looked at in a folder, the first one last.
    fn found(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let names = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
        let mut found: Vec<PathBuf> = names
            .into_iter()
            .filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."))
            .map(|entry| entry.path())
            .filter(|path| !(path.is_symlink() && path.is_dir()))
            .filter(|path| path.is_dir() || (Format::of_path(path).is_some() && !is_special(path)))
            .filter(|path| self.out.is_none() || fs::canonicalize(path).ok() != self.out)
            .collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        Ok(found)
    }
}

impl Iterator for Folder {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while let Some(path) = self.waiting.pop() {
            let source = Source::of(&path, None);
            if !path.is_dir() {
                return Some(Item { source, content: Content::File(path) });
            }
            match self.found(&path) {
                Ok(mut found) => self.waiting.append(&mut found),
                Err(error) => {
                    return Some(Item { source, content: Content::Failed(error.to_string()) });
                }
            }
        }
        None
    }
}

/// The lines of a file that are not blank.
struct Lines<R> {
    path: PathBuf,
    reader: R,
    number: usize,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    fn new(path: PathBuf, reader: R) -> Lines<R> {
        Lines { path, reader, number: 0, ended: false }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while !self.ended {
            self.number += 1;
            let mut line = Vec::new();
            let content = match next_line(&mut self.reader, LARGEST_PROPOSAL, &mut line) {
                Err(error) => {
                    self.ended = true;
                    Content::Failed(error.to_string())
                }
                Ok(Read::End) => break,
                Ok(Read::TooLong) => Content::Failed(format!(
                    "the line has more than {} MiB",
                    LARGEST_PROPOSAL >> 20
                )),
                Ok(Read::Whole | Read::Unfinished) if line.trim_ascii().is_empty() => continue,
                Ok(Read::Whole | Read::Unfinished) => {
                    line.truncate(line.trim_ascii_end().len());
                    Content::Line(self.path.clone(), self.number, line)
                }
            };
            return Some(Item { source: Source::of(&self.path, Some(self.number)), content });
        }
        self.ended = true;
        None
    }
}

/// What came of reading a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Read {
    /// With its end.
    Whole,
    /// The last one, without an end.
    Unfinished,
    /// Longer than it may be; nothing of it is kept, and the next one can be read.
    TooLong,
    End,
}

/// Reads a line of at most `limit` bytes.
pub(crate) fn next_line(
    reader: &mut impl BufRead,
    limit: u64,
    line: &mut Vec<u8>,
) -> io::Result<Read> {
    line.clear();
    let length = reader.by_ref().take(limit + 1).read_until(b'\n', line)?;
    if length == 0 {
        return Ok(Read::End);
    }
    if line.last() == Some(&b'\n') {
        return Ok(Read::Whole);
    }
    if length as u64 <= limit {
        return Ok(Read::Unfinished);
    }
    line.clear();
    skip_line(reader)?;
    Ok(Read::TooLong)
}

/// Reads to the end of the line and keeps nothing of it.
fn skip_line(reader: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(buffer.len(), |at| at + 1);
        reader.consume(length);
        if end.is_some() {
            return Ok(());
        }
    }
}
