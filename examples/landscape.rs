//! Keeps the landscape of areas in which ISO, IEC and ITU-T work side by side.
//!
//! ```text
//! cargo run --release --example landscape -- --index INDEX finds
//! cargo run --release --example landscape -- --index INDEX dismiss "ITU-T L.1410" \
//!     --reason "one family of parts" --day 2031-02-01 --as tsb-secretary
//! ```

#[path = "support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use spcg::landscape::{Dismissal, FindSettings, Finds, Landscape, read_dismissals};
use spcg::matching::Matcher;
use spcg::proposal::Date;
use support::output::Output;
use support::{Failure, STATUSES_OF_TOOLS, Status, input, progress};

/// The largest file that is read.
const LARGEST: u64 = 4 << 20;

/// Keeps the landscape of coordination areas
#[derive(Debug, Parser)]
#[command(name = "landscape", version, after_help = STATUSES_OF_TOOLS)]
struct Options {
    /// The folder of an index that the example `import` built
    #[arg(long, value_name = "FOLDER", global = true)]
    index: Option<PathBuf>,
    /// Finds that were set aside
    #[arg(long, value_name = "FILE", default_value = "dismissed.toml", global = true)]
    dismissed: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Areas that nobody listed: close works of two organizations, without an arrangement on record
    Finds {
        /// How many are shown
        #[arg(long, default_value_t = 10)]
        top: usize,
        /// Similarity from which two works count as close, 0 to 1
        #[arg(long, default_value_t = FindSettings::default().similarity)]
        similarity: f64,
        /// As if no area were listed
        #[arg(long)]
        untold: bool,
        /// Everything as JSON
        #[arg(long)]
        json: bool,
    },
    /// Set a find aside until half of its works are new
    Dismiss {
        /// The work by which the find is named
        id: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// The day
        #[arg(long)]
        day: Date,
        /// Who
        #[arg(long = "as", value_name = "ACTOR")]
        by: String,
    },
}

fn main() -> ExitCode {
    support::end(run(&Options::parse()))
}

fn run(options: &Options) -> Result<Status, Failure> {
    match &options.command {
        Command::Finds { top, similarity, untold, json } => {
            let landscape = if *untold { Landscape::default() } else { Landscape::builtin() };
            let mut settings = FindSettings::default();
            settings.similarity = *similarity;
            let finds = finds(options, &landscape, &settings)?;
            let mut out = Output::stdout();
            if *json {
                out.write(serde_json::to_string_pretty(&finds)? + "\n")?;
            } else {
                out.write(finds.to_text(*top))?;
            }
            out.finish()?;
        }
        Command::Dismiss { id, reason, day, by } => {
            let finds = finds(options, &Landscape::builtin(), &FindSettings::default())?;
            let find = finds.finds.iter().find(|find| find.id == *id).ok_or_else(|| {
                Failure::new(format_args!("no find is named {id}; the command finds lists them"))
            })?;
            let entry = Dismissal::of(find, reason, *day, by).to_toml();
            append(&options.dismissed, &entry)?;
        }
    }
    Ok(Status::Done)
}

fn finds(
    options: &Options,
    landscape: &Landscape,
    settings: &FindSettings,
) -> Result<Finds, Failure> {
    let none = || Failure::new("without an index nobody can tell; name one with --index");
    let index = options.index.as_ref().ok_or_else(none)?;
    let matcher = progress::waiting("opening the index", || Matcher::open(index))?;
    let dismissals = dismissals(&options.dismissed)?;
    let finds = progress::waiting("comparing works", || {
        landscape.finds(&matcher, settings, None, &dismissals)
    });
    finds.ok_or_else(none)
}

fn dismissals(path: &Path) -> Result<Vec<Dismissal>, Failure> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let bytes = input::read(path, LARGEST)?;
    let (dismissals, refused) = read_dismissals(&String::from_utf8_lossy(&bytes));
    match refused.first() {
        None => Ok(dismissals),
        Some(entry) => Err(Failure::new(format_args!("{}, {entry}", path.display()))),
    }
}

fn append(path: &Path, entry: &str) -> Result<(), Failure> {
    use std::io::Write as _;
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
    let written = file.and_then(|mut file| file.write_all(format!("{entry}\n").as_bytes()));
    written.map_err(|error| Failure::of_output(path.display(), &error))
}
