//! Screens a backlog: folders and JSON Lines files of proposals in, JSON Lines out, and a summary.
//!
//! ```text
//! cargo run --release --example batch -- examples/proposals --out screened.jsonl
//! ```
//!
//! The output only grows, by whole lines. A run that was stopped, even killed, goes on where it was
//! when it is started again: what the output holds already is skipped, as long as its content has
//! not changed. Where a proposal changed, its later line counts. One that cannot be read becomes a
//! line with `error`.
//!
//! Exit status: 0 all could be read, 2 some could not, or the run could not be done.
#![allow(clippy::print_stdout, clippy::print_stderr)] // a program for people

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, BufRead, BufReader, IsTerminal as _, Read as _, Seek as _, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use spcg::checklist::{Finding, Severity};
use spcg::proposal::Format;
use spcg::{Proposal, Screener, Screening, Verdict};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Screens folders and JSON Lines files of proposals into JSON Lines.
#[derive(Parser)]
struct Arguments {
    /// Folders (read with all that is in them, in the order of names), JSON Lines files (a proposal
    /// a line), or single proposals.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// Where the lines go; a run that was stopped goes on there. Standard output by default.
    #[arg(long)]
    out: Option<PathBuf>,
    /// The folder of an index that the example `import` built, for overlap with existing work.
    #[arg(long)]
    index: Option<PathBuf>,
    /// The whole result in each line, not only the main points.
    #[arg(long)]
    full: bool,
    /// Threads; as many as there are processors by default.
    #[arg(long)]
    threads: Option<usize>,
    /// Screen at most so many in this run.
    #[arg(long)]
    limit: Option<usize>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(arguments.threads.unwrap_or(0)).build();
    let result = match pool {
        Ok(pool) => pool.install(|| run(&arguments)),
        Err(error) => Err(error.into()),
    };
    match result {
        Ok(unread) => ExitCode::from(if unread { 2 } else { 0 }),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// One line of the output.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Line {
    /// The file, with the line in a JSON Lines file.
    source: String,
    /// Checksum of the content; none when it could not be got.
    crc32: Option<String>,
    /// Checksum over the crate's version, the data and the model: what the line was made with.
    made_with: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<Verdict>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    blockers: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    advice: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flagged: Vec<Flagged>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    overlaps: Vec<Near>,
    #[serde(skip_serializing_if = "Option::is_none", skip_deserializing)]
    screening: Option<Screening>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Flagged {
    committee: String,
    probability: f64,
}

#[derive(Debug, Serialize, Deserialize)]
struct Near {
    reference: String,
    similarity: f64,
}

impl Line {
    fn fill(&mut self, screening: Screening, full: bool) {
        let rules = |severity: Severity| {
            let mut rules: Vec<String> =
                screening.failures(severity).map(|Finding { rule, .. }| rule.clone()).collect();
            // A rule gives a finding for each thing that is wrong.
            rules.dedup();
            rules
        };
        let rounded = |number: f64| (number * 1e4).round() / 1e4;
        self.id = screening.proposal.id.clone();
        self.title = Some(screening.proposal.title.clone());
        self.verdict = Some(screening.verdict);
        self.blockers = rules(Severity::Blocker);
        self.warnings = rules(Severity::Warning);
        self.advice = rules(Severity::Advice);
        let flagged = screening.flagged();
        self.flagged = flagged
            .map(|one| Flagged {
                committee: one.committee.to_string(),
                probability: rounded(one.probability),
            })
            .collect();
        let overlaps = screening.overlaps.iter().flatten();
        self.overlaps = overlaps
            .map(|one| Near {
                reference: one.reference.clone(),
                similarity: rounded(one.similarity),
            })
            .collect();
        self.screening = full.then_some(screening);
    }
}

// ---- what is read ----

/// A proposal on its way in.
struct Item {
    source: String,
    content: Content,
}

enum Content {
    /// A file, to be read on the pool.
    File(PathBuf),
    /// A line of a file, with its number.
    Line(PathBuf, usize, Vec<u8>),
    /// What could not be got.
    Failed(String),
}

/// The most bytes that a line may have; the reader of proposals has the same bound.
const LONGEST_LINE: usize = 16 << 20;
/// The most bytes of a file that are looked at.
const LARGEST_FILE: u64 = (16 << 20) + 1;

/// All items of one input, one after the other: at no time is more held than the names in the
/// folders that are open.
fn items(input: &Path, out: Option<&Path>) -> Box<dyn Iterator<Item = Item> + Send> {
    let failed = |path: &Path, error: io::Error| {
        let item = Item {
            source: path.display().to_string(),
            content: Content::Failed(error.to_string()),
        };
        Box::new(std::iter::once(item))
    };
    if input.is_dir() {
        return Box::new(Folder {
            waiting: vec![input.to_owned()],
            out: out.and_then(|out| fs::canonicalize(out).ok()),
        });
    }
    if Format::of_path(input).is_some() {
        let item =
            Item { source: input.display().to_string(), content: Content::File(input.to_owned()) };
        return Box::new(std::iter::once(item));
    }
    match File::open(input) {
        Ok(file) => Box::new(Lines {
            path: input.to_owned(),
            reader: BufReader::new(file),
            number: 0,
            ended: false,
        }),
        Err(error) => failed(input, error),
    }
}

/// The files of a folder and of the folders in it, in the order of their names. Hidden ones, links
/// to folders, and files in formats of other things are left aside.
struct Folder {
    /// What is still to come, the next one last.
    waiting: Vec<PathBuf>,
    out: Option<PathBuf>,
}

impl Iterator for Folder {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while let Some(path) = self.waiting.pop() {
            if path.is_dir() {
                let names = fs::read_dir(&path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
                let names = match names {
                    Ok(names) => names,
                    Err(error) => {
                        let source = path.display().to_string();
                        return Some(Item { source, content: Content::Failed(error.to_string()) });
                    }
                };
                let mut found: Vec<PathBuf> = names
                    .into_iter()
                    .filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."))
                    .map(|entry| entry.path())
                    .filter(|path| !(path.is_symlink() && path.is_dir()))
                    .filter(|path| {
                        path.is_dir() || (Format::of_path(path).is_some() && !is_special(path))
                    })
                    .filter(|path| self.out.is_none() || fs::canonicalize(path).ok() != self.out)
                    .collect();
                found.sort_unstable_by(|a, b| b.cmp(a));
                self.waiting.append(&mut found);
                continue;
            }
            return Some(Item { source: path.display().to_string(), content: Content::File(path) });
        }
        None
    }
}

/// True for what is there and no file, such as a pipe, which would keep its reader waiting.
fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|data| !data.is_file())
}

/// The lines of a file that are not blank.
struct Lines<R> {
    path: PathBuf,
    reader: R,
    number: usize,
    ended: bool,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while !self.ended {
            self.number += 1;
            let mut line = Vec::new();
            let read =
                (&mut self.reader).take(LONGEST_LINE as u64 + 1).read_until(b'\n', &mut line);
            let content = match read {
                Err(error) => {
                    self.ended = true;
                    Content::Failed(error.to_string())
                }
                Ok(0) => break,
                Ok(_) if line.trim_ascii().is_empty() && line.len() <= LONGEST_LINE => continue,
                Ok(_) if line.len() > LONGEST_LINE && line.last() != Some(&b'\n') => {
                    self.ended = skip_line(&mut self.reader).is_err();
                    Content::Failed(format!("the line has more than {} MiB", LONGEST_LINE >> 20))
                }
                Ok(_) => {
                    line.truncate(line.trim_ascii_end().len());
                    Content::Line(self.path.clone(), self.number, line)
                }
            };
            return Some(Item {
                source: format!("{}:{}", self.path.display(), self.number),
                content,
            });
        }
        self.ended = true;
        None
    }
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

// ---- what is written ----

/// What the output holds already, by a hash of the source: checksum, and whether it is an error.
type Known = HashMap<u64, (Option<String>, bool)>;

fn hash(source: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    source.hash(&mut hasher);
    hasher.finish()
}

/// The output of an earlier run, its half line at the end cut off; ready for more.
fn resume(path: &Path, made_with: &str) -> Result<(File, Known), Failure> {
    let mut file =
        fs::OpenOptions::new().read(true).append(true).create(true).open(path).map_err(at(path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(fs::TryLockError::WouldBlock) => {
            return Err(format!("{}: another run writes there", path.display()).into());
        }
        Err(fs::TryLockError::Error(error)) => return Err(at(path)(error)),
    }
    let mut known = Known::new();
    let mut whole = 0_u64;
    let mut reader = BufReader::new(&file);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        reader.read_until(b'\n', &mut line).map_err(at(path))?;
        let foreign = || {
            format!(
                "{}:{number}: this is not an output of this program; name another file",
                path.display()
            )
        };
        if line.last() != Some(&b'\n') {
            // Nothing is cut off that this program has not written.
            let start = &b"{\"source\":\""[..line.len().min(11)];
            if !line.starts_with(start) {
                return Err(foreign().into());
            }
            break;
        }
        let found: Line = serde_json::from_slice(&line).map_err(|_| foreign())?;
        if found.source.is_empty() {
            return Err(foreign().into());
        }
        if found.made_with != made_with {
            let path = path.display();
            return Err(format!(
                "{path} was made with another index, model or version; name another file"
            )
            .into());
        }
        known.insert(hash(&found.source), (found.crc32, found.error.is_some()));
        whole += line.len() as u64;
    }
    if !line.is_empty() {
        eprintln!("{}: a line that was not finished is cut off", path.display());
        file.set_len(whole).map_err(at(path))?;
        file.seek(io::SeekFrom::End(0)).map_err(at(path))?;
    }
    Ok((file, known))
}

fn at(path: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| format!("{}: {error}", path.display()).into()
}

/// Whole lines, gathered for a moment and written at once.
struct Writer<'a> {
    target: Box<dyn Write + 'a>,
    gathered: Vec<u8>,
    written: Instant,
}

impl Writer<'_> {
    fn line(&mut self, line: &[u8]) -> io::Result<()> {
        self.gathered.extend_from_slice(line);
        if self.gathered.len() >= 1 << 18 || self.written.elapsed() >= Duration::from_millis(250) {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.target.write_all(&self.gathered)?;
        self.target.flush()?;
        self.gathered.clear();
        self.written = Instant::now();
        Ok(())
    }
}

// ---- the run ----

/// What came of an item.
enum Done {
    /// The output holds it already; true for an error.
    Skipped(bool),
    /// A new line.
    New(Box<Line>, Vec<u8>),
}

fn run(arguments: &Arguments) -> Result<bool, Failure> {
    let screener = match &arguments.index {
        Some(index) => Screener::open(index)?,
        None => Screener::builtin()?,
    };
    let provenance = screener.screen(&Proposal::default()).provenance;
    let made_with = format!("{:08x}", crc32fast::hash(&serde_json::to_vec(&provenance)?));
    let (file, known) = match &arguments.out {
        Some(path) => resume(path, &made_with).map(|(file, known)| (Some(file), known))?,
        None => (None, Known::new()),
    };
    let target: Box<dyn Write> = match &file {
        Some(file) => Box::new(file),
        None => Box::new(io::stdout().lock()),
    };
    let mut writer = Writer { target, gathered: Vec::new(), written: Instant::now() };
    let out = arguments.out.as_deref();
    let inputs = || arguments.inputs.iter().flat_map(|input| items(input, out));
    let progress = Progress::new(|| inputs().count());

    let mut tally = Tally::default();
    let (mut new, mut skipped, mut unread) = (0_usize, 0_usize, 0_usize);
    let start = Instant::now();
    let work =
        |screener: &Screener, item| screen(screener, item, &made_with, &known, arguments.full);
    let mut results = screener.stream_with(inputs(), work);
    while arguments.limit.is_none_or(|limit| new < limit) {
        let Some(done) = results.next() else { break };
        match done {
            Done::Skipped(is_error) => {
                skipped += 1;
                unread += usize::from(is_error);
            }
            Done::New(line, bytes) => {
                new += 1;
                unread += usize::from(line.error.is_some());
                match writer.line(&bytes) {
                    // A closed pipe, as of `| head`, ends the program quietly.
                    Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                        return Ok(unread > 0);
                    }
                    result => result?,
                }
                if out.is_none() {
                    tally.add(&line);
                }
            }
        }
        progress.step(new + skipped);
    }
    writer.flush()?;
    drop(writer);
    if let Some(file) = &file {
        file.sync_all()?;
    }
    let seconds = start.elapsed().as_secs_f64();
    progress.finish();
    if let Some(out) = out {
        tally = Tally::of(out)?;
    }
    let already =
        if skipped > 0 { format!(", {skipped} were there already") } else { String::new() };
    let speed = format!(
        "{new} screened in {seconds:.2} s ({:.0} a second){already}\n",
        new as f64 / seconds.max(1e-9)
    );
    // With the lines on standard output, the summary must not stand among them.
    if out.is_some() {
        print!("{speed}{tally}")
    } else {
        eprint!("{speed}{tally}")
    }
    Ok(unread > 0)
}

/// Reads and screens one item, on the pool.
fn screen(screener: &Screener, item: Item, made_with: &str, known: &Known, full: bool) -> Done {
    let Item { source, content } = item;
    let (content, crc32) = match content {
        Content::File(path) => {
            let mut bytes = Vec::new();
            match File::open(&path).and_then(|file| file.take(LARGEST_FILE).read_to_end(&mut bytes))
            {
                Ok(_) => {
                    let sum = crc32fast::hash(&bytes);
                    (Content::File(path), Some(sum))
                }
                Err(error) => (Content::Failed(error.to_string()), None),
            }
        }
        Content::Line(_, _, ref bytes) => {
            let sum = crc32fast::hash(bytes);
            (content, Some(sum))
        }
        Content::Failed(_) => (content, None),
    };
    let crc32 = crc32.map(|sum| format!("{sum:08x}"));
    // What could not be got before is tried again.
    if crc32.is_some()
        && let Some((known, is_error)) = known.get(&hash(&source))
        && *known == crc32
    {
        return Done::Skipped(*is_error);
    }
    let mut line = Line { source, crc32, made_with: made_with.to_owned(), ..Line::default() };
    // A defect that one proposal brings to light must not take the others with it.
    let result = catch_unwind(AssertUnwindSafe(|| {
        let proposal = match content {
            Content::File(path) => Proposal::from_path(path).map_err(|error| error.to_string()),
            Content::Line(path, number, bytes) => match std::str::from_utf8(&bytes) {
                Ok(text) => {
                    Proposal::from_json_line(text, path, number).map_err(|error| error.to_string())
                }
                Err(error) => Err(format!("{}:{number}: not UTF-8: {error}", path.display())),
            },
            Content::Failed(error) => Err(format!("{}: {error}", line.source)),
        };
        proposal.map(|proposal| screener.screen(&proposal))
    }));
    match result {
        Ok(Ok(screening)) => line.fill(screening, full),
        Ok(Err(error)) => line.error = Some(error),
        Err(_) => line.error = Some(format!("{}: a defect of this program", line.source)),
    }
    let mut bytes = serde_json::to_vec(&line).unwrap_or_default();
    bytes.push(b'\n');
    line.screening = None;
    Done::New(Box::new(line), bytes)
}

/// A bar on a terminal, now and then a line elsewhere.
struct Progress {
    bar: Option<ProgressBar>,
    told: std::cell::Cell<Instant>,
    start: Instant,
}

impl Progress {
    fn new(count: impl FnOnce() -> usize) -> Progress {
        let bar = io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(count() as u64);
            let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} {per_sec} {eta} left");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        Progress { bar, told: std::cell::Cell::new(Instant::now()), start: Instant::now() }
    }

    fn step(&self, done: usize) {
        if let Some(bar) = &self.bar {
            bar.set_position(done as u64);
        } else if self.told.get().elapsed() >= Duration::from_secs(10) {
            self.told.set(Instant::now());
            eprintln!("{done} proposals, {:.0} s", self.start.elapsed().as_secs_f64());
        }
    }

    fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

// ---- the summary ----

#[derive(Default)]
struct Tally {
    proposals: usize,
    errors: usize,
    verdicts: BTreeMap<Verdict, usize>,
    blockers: BTreeMap<String, usize>,
    warnings: BTreeMap<String, usize>,
    advice: BTreeMap<String, usize>,
    committees: BTreeMap<String, usize>,
    overlapping: usize,
}

impl Tally {
    /// Counts the lines of an output; of several about one source, the last.
    fn of(path: &Path) -> Result<Tally, Failure> {
        let mut last: HashMap<u64, usize> = HashMap::new();
        let mut tally = Tally::default();
        for is_second in [false, true] {
            let mut reader = BufReader::new(File::open(path).map_err(at(path))?);
            let mut bytes = Vec::new();
            for number in 0.. {
                bytes.clear();
                if reader.read_until(b'\n', &mut bytes).map_err(at(path))? == 0 {
                    break;
                }
                let line: Line = serde_json::from_slice(&bytes)?;
                let source = hash(&line.source);
                if !is_second {
                    last.insert(source, number);
                } else if last.get(&source) == Some(&number) {
                    tally.add(&line);
                }
            }
        }
        Ok(tally)
    }

    fn add(&mut self, line: &Line) {
        let count = |counts: &mut BTreeMap<String, usize>, names: &[String]| {
            names.iter().for_each(|name| *counts.entry(name.clone()).or_default() += 1);
        };
        match line.verdict {
            Some(verdict) => *self.verdicts.entry(verdict).or_default() += 1,
            None => self.errors += 1,
        }
        self.proposals += 1;
        count(&mut self.blockers, &line.blockers);
        count(&mut self.warnings, &line.warnings);
        count(&mut self.advice, &line.advice);
        for flagged in &line.flagged {
            *self.committees.entry(flagged.committee.clone()).or_default() += 1;
        }
        self.overlapping += usize::from(!line.overlaps.is_empty());
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{:>7}  proposals", self.proposals)?;
        for (verdict, count) in &self.verdicts {
            writeln!(f, "{count:>7}  {}", verdict.sentence())?;
        }
        writeln!(f, "{:>7}  with existing work that is close", self.overlapping)?;
        writeln!(f, "{:>7}  could not be read", self.errors)?;
        let tables = [
            ("blockers", &self.blockers),
            ("warnings", &self.warnings),
            ("advice", &self.advice),
            ("committees flagged", &self.committees),
        ];
        for (name, counts) in tables {
            let mut counts: Vec<(&String, &usize)> = counts.iter().collect();
            // Names stand in order, which settles ties.
            counts.sort_by(|a, b| b.1.cmp(a.1));
            let shown: Vec<String> =
                counts.iter().take(10).map(|(name, count)| format!("{name} {count}")).collect();
            if !shown.is_empty() {
                writeln!(f, "most frequent {name}: {}", shown.join(", "))?;
            }
        }
        Ok(())
    }
}
