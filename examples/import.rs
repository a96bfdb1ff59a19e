//! Builds an index on disk from public registers and bibliographies.
//!
//! ```text
//! cargo run --release --example import -- --out INDEX --relaton DIR_OR_ARCHIVE … [--iso-committees FILE] [--until 2018]
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr)] // a program for people

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use spcg::Catalogue;
use spcg::catalogue::register::read_iso_committees;
use spcg::matching::Matcher;
use spcg::standards::import::{Importer, Source};

/// Builds an index of committees and published standards.
#[derive(Parser)]
struct Arguments {
    /// The folder of the index; an older index there is replaced when the new one is complete.
    #[arg(long)]
    out: PathBuf,
    /// ISO Open Data, `iso_technical_committees.jsonl`.
    #[arg(long)]
    iso_committees: Option<PathBuf>,
    /// ISO Open Data, `iso_deliverables_metadata.jsonl`.
    #[arg(long)]
    iso_deliverables: Vec<PathBuf>,
    /// A folder or archive of Relaton records.
    #[arg(long, num_args = 1..)]
    relaton: Vec<PathBuf>,
    /// Records in this project's own JSON Lines.
    #[arg(long)]
    json_lines: Vec<PathBuf>,
    /// Only what was published up to the end of this year.
    #[arg(long)]
    until: Option<u16>,
    /// Stop at the first record that cannot be read.
    #[arg(long)]
    strict: bool,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let mut sources: Vec<Source> = arguments.relaton.iter().cloned().map(Source::Relaton).collect();
    sources.extend(arguments.iso_deliverables.iter().cloned().map(Source::IsoDeliverables));
    sources.extend(arguments.json_lines.iter().cloned().map(Source::JsonLines));
    let (works, report) = Importer::new().until(arguments.until).strict(arguments.strict).read(&sources)?;
    print!("{report}");
    let mut catalogue = Catalogue::builtin();
    let mut whole = serde_json::to_value(&report)?;
    if let Some(path) = &arguments.iso_committees {
        let (committees, report) = read_iso_committees(path, arguments.strict)?;
        print!("{report}");
        let name = format!("{}, with {} scopes of the ISO register", catalogue.name(), committees.len());
        catalogue = catalogue.with_register(&name, &committees);
        whole["committees"] = serde_json::to_value(&report)?;
    }
    println!("read in {:.1} s", start.elapsed().as_secs_f64());
    let until = arguments.until.map_or(String::new(), |year| format!(", published up to {year}"));
    let data = format!("{}; {} works{until}", catalogue.name(), works.len());
    let start = Instant::now();
    Matcher::create(&arguments.out, &catalogue, works, &data, whole)?;
    println!("index built in {:.1} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let matcher = Matcher::open(&arguments.out)?;
    println!("opened in {:.2} s: {} works", start.elapsed().as_secs_f64(), matcher.work_count());
    Ok(())
}
