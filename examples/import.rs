//! Builds an index on disk from public registers and bibliographies.
//!
//! ```text
//! cargo run --release --example import -- --out INDEX --relaton DIR_OR_ARCHIVE … [--iso-committees FILE] [--until 2018]
//! ```
//!
//! Whatever was left out and why is written in full to `INDEX.report.json`, or to the file that
//! `--report` names. A closed pipe or a full terminal does not stop a build: what is printed is in
//! that file too.

#[path = "support/mod.rs"]
mod support;

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use clap::Parser;
use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};
use spcg::Catalogue;
use spcg::catalogue::CommitteeList;
use spcg::import::{Imported, Importer, Progress, Source, read_iso_committees};
use spcg::matching::Matcher;
use support::output::replace;
use support::{Failure, STATUSES_OF_TOOLS, Status};

/// Builds an index of committees and published standards
#[derive(Parser)]
#[command(name = "import", version, after_help = STATUSES_OF_TOOLS)]
struct Arguments {
    /// The folder of the index; an older index there is replaced when the new one is complete.
    #[arg(long)]
    out: PathBuf,
    /// ISO Open Data, `iso_technical_committees.jsonl`.
    #[arg(long)]
    iso_committees: Option<PathBuf>,
    /// Your own lists of committees, study groups and Questions (`.tsv`, or JSON Lines), which have
    /// no open register; later ones count.
    #[arg(long, num_args = 1..)]
    committees: Vec<PathBuf>,
    /// ISO Open Data, `iso_deliverables_metadata.jsonl`.
    #[arg(long, num_args = 1..)]
    iso_deliverables: Vec<PathBuf>,
    /// Folders or archives (`.tar`, `.tar.zst`) of Relaton records.
    #[arg(long, num_args = 1..)]
    relaton: Vec<PathBuf>,
    /// Records in this project's own JSON Lines.
    #[arg(long, num_args = 1..)]
    json_lines: Vec<PathBuf>,
    /// Only what was published up to the end of this year.
    #[arg(long)]
    until: Option<u16>,
    /// Stop at the first record that cannot be read.
    #[arg(long)]
    strict: bool,
    /// Replace an older index even by one with no works, or with less than half of its works.
    #[arg(long)]
    force: bool,
    /// Where the full report goes, with every record that could not be read. Beside the index by
    /// default.
    #[arg(long)]
    report: Option<PathBuf>,
}

/// Least share of an older index's works that a new one must have, or `--force` is asked for: the
/// registers grow from year to year, and half of one is a download that broke off.
const LEAST_SHARE: f64 = 0.5;

fn main() -> ExitCode {
    support::end(run(&Arguments::parse()))
}

/// Prints for people; nobody may be there to read.
fn say(text: std::fmt::Arguments<'_>) {
    let _ = std::io::stdout().write_fmt(text);
}

/// Whether so many works may take the place of the index in `out`.
fn may_replace(out: &Path, works: usize, until: Option<u16>) -> Result<(), Failure> {
    let old = Matcher::open(out);
    let out = out.display();
    if works == 0 {
        return Err(Failure::new(format_args!(
            "{out}: no works were read; check the sources, or add --force"
        )));
    }
    // An index of another version cannot be used any more, so nothing is lost with it.
    let Ok(old) = old else { return Ok(()) };
    let before = old.work_count();
    if (works as f64) < LEAST_SHARE * before as f64 {
        let until = until.map_or(String::new(), |year| format!(", with --until {year}"));
        return Err(Failure::new(format_args!(
            "{out}: the index there has {before} works, the new one would have {works}{until}; \
             check the sources, or add --force"
        )));
    }
    Ok(())
}

/// All sources of works; each is there.
fn sources(arguments: &Arguments) -> Result<Vec<Source>, Failure> {
    let mut sources: Vec<Source> = arguments.relaton.iter().cloned().map(Source::Relaton).collect();
    sources.extend(arguments.iso_deliverables.iter().cloned().map(Source::IsoDeliverables));
    sources.extend(arguments.json_lines.iter().cloned().map(Source::JsonLines));
    if sources.is_empty() {
        return Err(Failure::new(
            "there is no source of standards; name at least one with --relaton, \
             --iso-deliverables or --json-lines",
        ));
    }
    // Better told now than after minutes of reading.
    let committees = arguments.iso_committees.iter().chain(&arguments.committees);
    let committees = committees.map(PathBuf::as_path);
    for path in sources.iter().map(Source::path).chain(committees) {
        std::fs::metadata(path)
            .map_err(|error| Failure::new(format_args!("{}: {error}", path.display())))?;
    }
    Ok(sources)
}

fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let sources = sources(arguments)?;
    let mut phases = Phases::new();
    let display = Display::new();
    let importer = Importer::new()
        .until(arguments.until)
        .strict(arguments.strict)
        .on_progress(|progress| display.tell(progress));
    let result = importer.read_all(&sources);
    display.finish();
    let Imported { works, external, report, .. } = result?;
    say(format_args!("{report}"));
    phases.end("read");

    let mut catalogue = Catalogue::builtin();
    let mut whole = serde_json::to_value(&report)?;
    if let Some(path) = &arguments.iso_committees {
        let (committees, report) = read_iso_committees(path, arguments.strict)?;
        say(format_args!("{report}"));
        let name =
            format!("{}, with {} scopes of the ISO register", catalogue.name(), committees.len());
        catalogue = catalogue.with_register(&name, &committees);
        whole["committees"] = serde_json::to_value(&report)?;
        phases.end("register");
    }
    for path in &arguments.committees {
        let list = CommitteeList::from_path(path)?;
        let (changed, changes) = catalogue.with_list(&list);
        say(format_args!("{} ({} committees)\n{changes}", path.display(), list.len()));
        whole["lists"][path.display().to_string()] = serde_json::to_value(&changes)?;
        catalogue = changed;
    }
    // Before the index: where that fails, the report is there to look at.
    let path = arguments.report.clone().unwrap_or_else(|| beside(&arguments.out));
    replace(&path, serde_json::to_string_pretty(&whole)? + "\n")?;
    say(format_args!("report: {}\n", path.display()));
    if !arguments.force {
        may_replace(&arguments.out, works.len(), arguments.until)?;
    }
    let data = data(arguments.until, &catalogue, works.len(), external.len());
    support::progress::waiting("building the index", || {
        Matcher::create_with_external(&arguments.out, &catalogue, works, &external, &data, whole)
    })?;
    phases.end("build");
    let matcher = Matcher::open(&arguments.out)?;
    phases.end("open");
    tell(&arguments.out, &matcher, &phases)?;
    Ok(Status::Done)
}

/// What the index is made from, in a line.
fn data(until: Option<u16>, catalogue: &Catalogue, works: usize, external: usize) -> String {
    let until = until.map_or(String::new(), |year| format!(", published up to {year}"));
    let others = match external {
        0 => String::new(),
        count => format!("; {count} documents of other bodies"),
    };
    format!("{}; {works} works{until}{others}", catalogue.name())
}

/// What was built, and how long each part took.
fn tell(out: &Path, matcher: &Matcher, phases: &Phases) -> Result<(), Failure> {
    let works = matcher.work_count();
    say(format_args!("index: {}, {works} works, {}\n", out.display(), HumanBytes(size(out)?)));
    for (phase, time) in &phases.done {
        say(format_args!("{phase:>9}  {:8.2} s\n", time.as_secs_f64()));
    }
    let whole: Duration = phases.done.iter().map(|(_, time)| *time).sum();
    say(format_args!("{:>9}  {:8.2} s\n", "in all", whole.as_secs_f64()));
    if let Some(bytes) = peak_memory() {
        say(format_args!("{:>9}  {}\n", "memory", HumanBytes(bytes)));
    }
    Ok(())
}

/// `INDEX.report.json`, beside the folder: what is in the folder belongs to the index.
fn beside(index: &Path) -> PathBuf {
    // The name of `.` and the like is known only when they are resolved.
    let index = if index.file_name().is_none() {
        index.canonicalize().unwrap_or_default()
    } else {
        index.to_owned()
    };
    let mut name = index.file_name().unwrap_or("index".as_ref()).to_owned();
    name.push(".report.json");
    index.with_file_name(name)
}

/// How long each part took.
struct Phases {
    start: Instant,
    done: Vec<(&'static str, Duration)>,
}

impl Phases {
    fn new() -> Phases {
        Phases { start: Instant::now(), done: Vec::new() }
    }

    fn end(&mut self, phase: &'static str) {
        self.done.push((phase, self.start.elapsed()));
        self.start = Instant::now();
    }
}

/// How far the reading is: a bar for each source on a terminal, now and then a line elsewhere.
struct Display(Mutex<State>);

struct State {
    source: Option<PathBuf>,
    start: Instant,
    told: Instant,
    bar: Option<ProgressBar>,
}

impl Display {
    fn new() -> Display {
        Display(Mutex::new(State {
            source: None,
            start: Instant::now(),
            told: Instant::now(),
            bar: None,
        }))
    }

    fn tell(&self, progress: Progress<'_>) {
        // Where another thread panicked while it told something, there is nothing more to tell.
        let Ok(mut state) = self.0.lock() else { return };
        let path = progress.source.path();
        if state.source.as_deref() != Some(path) {
            state.finish();
            *state = State {
                source: Some(path.to_owned()),
                start: Instant::now(),
                told: Instant::now(),
                bar: None,
            };
            state.bar = std::io::stderr().is_terminal().then(|| bar(progress.source));
        }
        let seconds = state.start.elapsed().as_secs_f64();
        let text =
            format!("{} records, {}", HumanCount(progress.records), HumanBytes(progress.bytes));
        if let Some(bar) = &state.bar {
            bar.set_position(progress.bytes);
            bar.set_message(text);
        } else if state.told.elapsed() >= Duration::from_secs(2) {
            state.told = Instant::now();
            support::note(format_args!("{}: {text}, {seconds:.0} s", path.display()));
        }
    }

    fn finish(&self) {
        if let Ok(mut state) = self.0.lock() {
            state.finish();
        }
    }
}

impl State {
    fn finish(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// A bar over the bytes of a file of lines; of folders and archives nobody knows the length
/// beforehand.
fn bar(source: &Source) -> ProgressBar {
    let name = source.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
    let length = match source {
        Source::Relaton(_) => None,
        _ => std::fs::metadata(source.path()).ok().map(|data| data.len()),
    };
    let (bar, template) = match length {
        Some(length) => (ProgressBar::new(length), "{prefix} {wide_bar} {msg} {eta} left"),
        None => (ProgressBar::new_spinner(), "{spinner} {prefix} {msg} {elapsed}"),
    };
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner());
    bar.with_style(style).with_prefix(name)
}

/// Bytes of all files in a folder and those below.
fn size(folder: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let data = entry.metadata()?;
        bytes += if data.is_dir() { size(&entry.path())? } else { data.len() };
    }
    Ok(bytes)
}

/// The most memory that this process had, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
