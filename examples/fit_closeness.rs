//! Fits the model of closeness on works that replace works of other numbers.
//!
//! ```text
//! cargo run --release --example fit_closeness -- --index INDEX --labels FILE.jsonl … --fitted-on TEXT --date 2026-11-25 --out closeness.json
//! ```

#[path = "support/mod.rs"]
mod support;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use spcg::evaluation::fit_closeness;
use spcg::proposal::Date;
use support::output::replace;
use support::{Failure, STATUSES_OF_TOOLS, Status, progress, setup};

/// Fits the model of closeness on labelled history
#[derive(Parser)]
#[command(name = "fit_closeness", version, after_help = STATUSES_OF_TOOLS)]
struct Arguments {
    /// The folder of an index.
    #[arg(long)]
    index: PathBuf,
    /// Label files with `overlaps`, one JSON object a line.
    #[arg(long, num_args = 1.., required = true)]
    labels: Vec<PathBuf>,
    /// What it is fitted on, in a sentence.
    #[arg(long)]
    fitted_on: String,
    /// The date that it carries.
    #[arg(long)]
    date: Date,
    /// Where to write the model.
    #[arg(long)]
    out: PathBuf,
}

fn main() -> ExitCode {
    support::end(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let matcher = setup::matcher(&arguments.index)?;
    let sets = setup::label_sets(&arguments.labels)?;
    let date = arguments.date.to_string();
    let model = progress::waiting("fitting", || {
        fit_closeness(&matcher, &sets, &arguments.fitted_on, &date)
    });
    replace(&arguments.out, model.to_json())?;
    Ok(Status::Done)
}
