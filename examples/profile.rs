//! Computes the vocabulary profile of an index: the file that the crate carries, so that it works
//! without one.
//!
//! ```text
//! cargo run --release --example profile -- --index INDEX --provenance TEXT --out profile.bin [--leave-out LABELS.jsonl …]
//! ```
//!
//! `--leave-out` computes it as if nobody owned the works that have the title of a label, so that
//! the labels can be asked about fairly.
#![allow(clippy::print_stdout, clippy::print_stderr)] // a program for people

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use spcg::evaluation::LabelSet;
use spcg::matching::Matcher;

/// Computes the vocabulary profile of an index.
#[derive(Parser)]
struct Arguments {
    /// The folder of the index.
    #[arg(long)]
    index: PathBuf,
    /// Where the figures come from, in a sentence.
    #[arg(long)]
    provenance: String,
    /// Label files whose titles are left out.
    #[arg(long, num_args = 1..)]
    leave_out: Vec<PathBuf>,
    /// Where to write the profile.
    #[arg(long)]
    out: PathBuf,
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
    let mut titles: Vec<String> = Vec::new();
    for path in &arguments.leave_out {
        titles.extend(LabelSet::from_path(path)?.labels.into_iter().map(|label| label.title));
    }
    let matcher = Matcher::open_without(&arguments.index, &titles)?;
    let profile = matcher.profile(&arguments.provenance);
    let bytes = profile.to_bytes();
    let (committees, terms, weights) = profile.size();
    std::fs::write(&arguments.out, &bytes)?;
    println!("{committees} committees, {terms} terms, {weights} weights, {} bytes", bytes.len());
    Ok(())
}
