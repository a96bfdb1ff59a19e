//! Computes the vocabulary profile of an index: the file that the crate carries, so that it works
//! without one.
//!
//! ```text
//! cargo run --release --example profile -- --index INDEX --provenance TEXT --out profile.bin [--leave-out LABELS.jsonl …]
//! ```
//!
//! `--leave-out` computes it as if nobody owned the works that have the title of a label, so that
//! the labels can be asked about fairly.

#[path = "support/mod.rs"]
mod support;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use spcg::matching::Matcher;
use support::output::{print, replace};
use support::{Failure, STATUSES_OF_TOOLS, Status, progress, setup};

/// Computes the vocabulary profile of an index
#[derive(Parser)]
#[command(name = "profile", version, after_help = STATUSES_OF_TOOLS)]
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
    support::end(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let sets = setup::label_sets(&arguments.leave_out)?;
    let labels = sets.into_iter().flat_map(|set| set.labels);
    let titles: Vec<String> = labels.map(|label| label.title).collect();
    let profile = progress::waiting("computing the profile", || {
        let matcher = Matcher::open_without(&arguments.index, &titles)?;
        Ok::<_, spcg::Error>(matcher.profile(&arguments.provenance))
    })?;
    let bytes = profile.to_bytes();
    let (committees, terms, weights) = profile.size();
    replace(&arguments.out, &bytes)?;
    let size = bytes.len();
    print(format!("{committees} committees, {terms} terms, {weights} weights, {size} bytes\n"))?;
    Ok(Status::Done)
}
