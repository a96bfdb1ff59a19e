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
//! Several machines share a backlog with `--shard 1/8`, `--shard 2/8`, …, each with an output of
//! its own; the lines of all together are those of one run over the whole.

mod inputs;
mod line;
mod shard;
mod store;
#[path = "../support/mod.rs"]
mod support;
mod tally;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use inputs::{Content, Item, items};
use line::Line;
use shard::Shard;
use spcg::{ErrorKind, Proposal, Screener, Screening};
use store::{Known, Writer, hash};
use support::generate::{self, Generated};
use support::output::Output;
use support::progress::Progress;
use support::setup::{self, Setup};
use support::{Failure, STATUSES_OF_TOOLS, Status, input};
use tally::Tally;

/// Screens folders and JSON Lines files of proposals into JSON Lines
#[derive(Parser)]
#[command(name = "batch", version, after_help = STATUSES_OF_TOOLS)]
struct Arguments {
    /// Folders (read with all that is in them, in the order of names), JSON Lines files (a proposal
    /// a line), single proposals, or `-` for JSON Lines on standard input
    #[arg(required_unless_present = "generate")]
    inputs: Vec<PathBuf>,
    /// Where the lines go; a run that was stopped goes on there. Standard output by default
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    setup: Setup,
    /// The whole result in each line, not only the main points
    #[arg(long)]
    full: bool,
    /// Threads; as many as there are processors by default
    #[arg(long)]
    threads: Option<usize>,
    /// Screen at most so many in this run
    #[arg(long)]
    limit: Option<usize>,
    /// Screen one part of several only, such as 2/8; every part needs an output of its own
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Write completions for a shell, or a page of the manual
    #[arg(long, value_enum, value_name = "WHAT")]
    generate: Option<Generated>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(what) = arguments.generate {
        return support::end(generate::write::<Arguments>(what).map(|()| Status::Done));
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(arguments.threads.unwrap_or(0)).build();
    support::end(match pool {
        Ok(pool) => pool.install(|| run(&arguments)),
        Err(error) => Err(error.into()),
    })
}

/// What came of an item.
enum Done {
    /// It belongs to another part.
    Elsewhere,
    /// The output holds it already.
    Skipped { is_error: bool, not_a_proposal: bool },
    /// A new line.
    New(Box<Line>, Vec<u8>),
}

/// What this run met.
#[derive(Default)]
struct Counts {
    new: usize,
    skipped: usize,
    unread: usize,
    no_proposals: usize,
    /// All sources of the input.
    sources: HashSet<u64>,
}

fn run(arguments: &Arguments) -> Result<Status, Failure> {
    check_inputs(arguments)?;
    let (screener, made_with) = arguments.setup.screener_and_fingerprint()?;
    let (file, known) = match &arguments.out {
        Some(path) => store::resume(path, &made_with).map(|(file, known)| (Some(file), known))?,
        None => (None, Known::new()),
    };
    let mut writer = Writer::new(match (&file, &arguments.out) {
        (Some(file), Some(path)) => Output::file(path, file.try_clone()?),
        _ => Output::stdout(),
    });
    let mut counts = Counts::default();
    let mut tally = Tally::default();
    let start = Instant::now();
    let ended = screen_all(
        arguments,
        &screener,
        &made_with,
        &known,
        |line, bytes| {
            tally.add(line);
            writer.line(bytes)
        },
        &mut counts,
    )?;
    writer.flush()?;
    drop(writer);
    if let Some(file) = &file {
        file.sync_all()?;
    }
    let seconds = start.elapsed().as_secs_f64();
    if let Some(out) = &arguments.out {
        tally = Tally::of(out, ended.then_some(&counts.sources))?;
    }
    tell(arguments, &counts, seconds, &tally)?;
    let met = counts.new + counts.skipped;
    if ended && met == counts.no_proposals + counts.unread {
        let what = match met {
            0 => "there is nothing to screen in what was named",
            _ if counts.unread == 0 => "nothing of what was found is a proposal",
            _ => "nothing of what was found could be screened",
        };
        // An empty part of a backlog is no failure.
        if !(met == 0 && arguments.shard.is_some() && !counts.sources.is_empty()) {
            return Err(Failure::new(what));
        }
    }
    Ok(if counts.unread > 0 { Status::Unread } else { Status::Done })
}

/// Standard input can be read once, and an output cannot be an input.
fn check_inputs(arguments: &Arguments) -> Result<(), Failure> {
    if arguments.inputs.iter().filter(|input| inputs::is_standard(input)).count() > 1 {
        return Err(Failure::new("standard input (`-`) is named twice; name it once"));
    }
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    if let Some(out) = arguments.out.as_deref().and_then(real)
        && arguments.inputs.iter().any(|input| real(input).as_ref() == Some(&out))
    {
        return Err(Failure::new(format_args!(
            "{}: the output is one of the inputs; name another file",
            out.display()
        )));
    }
    Ok(())
}

/// Takes all items through; true when the input was read to its end.
fn screen_all(
    arguments: &Arguments,
    screener: &Screener,
    made_with: &str,
    known: &Known,
    mut write: impl FnMut(&Line, &[u8]) -> Result<(), Failure>,
    counts: &mut Counts,
) -> Result<bool, Failure> {
    let out = arguments.out.as_deref();
    let all = || arguments.inputs.iter().flat_map(|input| items(input, out));
    // What can be read only once is not counted beforehand.
    let countable = arguments.inputs.iter().all(|input| inputs::can_be_counted(input));
    let total = (countable && std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .then(|| support::progress::waiting("counting", || all().count()));
    let mut progress = Progress::new("screening", total);
    let work = |screener: &Screener, item: Item| {
        let source = hash(&item.source);
        if arguments.shard.is_some_and(|shard| !shard.holds(&item.source)) {
            return (source, Done::Elsewhere);
        }
        (source, screen(screener, item, made_with, known, arguments.full))
    };
    let mut results = screener.stream_with(all(), work);
    let mut met = 0;
    while arguments.limit.is_none_or(|limit| counts.new < limit) {
        let Some((source, done)) = results.next() else {
            progress.finish();
            return Ok(true);
        };
        counts.sources.insert(source);
        match done {
            Done::Elsewhere => {}
            Done::Skipped { is_error, not_a_proposal } => {
                counts.skipped += 1;
                counts.unread += usize::from(is_error && !not_a_proposal);
                counts.no_proposals += usize::from(not_a_proposal);
            }
            Done::New(line, bytes) => {
                counts.new += 1;
                counts.unread += usize::from(line.error.is_some() && !line.not_a_proposal);
                counts.no_proposals += usize::from(line.not_a_proposal);
                write(&line, &bytes)?;
            }
        }
        met += 1;
        progress.step(met);
    }
    progress.finish();
    Ok(false)
}

/// Prints the summary; with the lines on standard output, it must not stand among them.
fn tell(
    arguments: &Arguments,
    counts: &Counts,
    seconds: f64,
    tally: &Tally,
) -> Result<(), Failure> {
    let already = match counts.skipped {
        0 => String::new(),
        skipped => format!(", {skipped} were there already"),
    };
    let new = counts.new;
    let speed = format!(
        "{new} screened in {seconds:.2} s ({:.0} a second){already}\n",
        new as f64 / seconds.max(1e-9)
    );
    if arguments.out.is_none() {
        support::styled(&format!("{speed}{tally}"));
        return Ok(());
    }
    let mut out = Output::stdout();
    out.write(format!("{speed}{tally}"))?;
    out.finish()
}

/// Reads and screens one item, on the pool.
fn screen(screener: &Screener, item: Item, made_with: &str, known: &Known, full: bool) -> Done {
    let Item { source, content } = item;
    // The checksum is that of the bytes which are read as a proposal, and of no others.
    let content = match content {
        Content::File(path) => match input::read(&path, input::LARGEST_PROPOSAL) {
            Ok(bytes) => Ok((path, None, bytes)),
            Err(failure) => Err(failure.message().to_owned()),
        },
        Content::Line(path, number, bytes) => Ok((path, Some(number), bytes)),
        Content::Failed(error) => Err(format!("{}: {error}", source.name)),
    };
    let crc32 = content.as_ref().ok().map(|(_, _, bytes)| crc32fast::hash(bytes));
    let crc32 = crc32.map(|sum| format!("{sum:08x}"));
    // What could not be got before is tried again.
    if crc32.is_some()
        && let Some(earlier) = known.get(&hash(&source))
        && earlier.crc32 == crc32
    {
        let (is_error, not_a_proposal) = (earlier.is_error, earlier.not_a_proposal);
        return Done::Skipped { is_error, not_a_proposal };
    }
    let mut line = Line::new(source, crc32, made_with);
    // A defect that one proposal brings to light must not take the others with it.
    let result = catch_unwind(AssertUnwindSafe(|| content.map(|content| read(screener, &content))));
    match result {
        Ok(Ok(Ok(screening))) => line.fill(screening, full),
        Ok(Ok(Err(Unreadable { message, not_a_proposal }))) => {
            line.not_a_proposal = not_a_proposal;
            line.error = Some(message);
        }
        Ok(Err(message)) => line.error = Some(message),
        Err(_) => line.error = Some(format!("{}: a defect of this program", line.source)),
    }
    let mut bytes = serde_json::to_vec(&line).unwrap_or_default();
    bytes.push(b'\n');
    line.screening = None;
    Done::New(Box::new(line), bytes)
}

/// Why something cannot be read as a proposal.
struct Unreadable {
    message: String,
    not_a_proposal: bool,
}

impl From<spcg::Error> for Unreadable {
    fn from(error: spcg::Error) -> Unreadable {
        let not_a_proposal = error.kind() == ErrorKind::NotAProposal;
        Unreadable { message: error.to_string(), not_a_proposal }
    }
}

/// A proposal from its bytes, screened.
fn read(
    screener: &Screener,
    (path, number, bytes): &(PathBuf, Option<usize>, Vec<u8>),
) -> Result<Screening, Unreadable> {
    let proposal = match number {
        None => setup::proposal(bytes, Some(path))?,
        Some(number) => {
            let text = std::str::from_utf8(bytes).map_err(|error| Unreadable {
                message: format!("{}:{number}: not UTF-8: {error}", path.display()),
                not_a_proposal: false,
            })?;
            Proposal::from_json_line(text, path, *number)?
        }
    };
    Ok(screener.screen(&proposal))
}
