//! Fits the model of closeness on works that replace works of other numbers.
//!
//! ```text
//! cargo run --release --example fit_closeness -- --index INDEX --labels FILE.jsonl … --fitted-on TEXT --date 2026-11-25 --out closeness.json
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr)] // a program for people

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use spcg::evaluation::{LabelSet, fit_closeness};
use spcg::matching::Matcher;

/// Fits the model of closeness on labelled history.
#[derive(Parser)]
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
    date: String,
    /// Where to write the model.
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
    let matcher = Matcher::open(&arguments.index)?;
    let sets: Vec<LabelSet> =
        arguments.labels.iter().map(LabelSet::from_path).collect::<Result<_, _>>()?;
    let model = fit_closeness(&matcher, &sets, &arguments.fitted_on, &arguments.date);
    std::fs::write(&arguments.out, model.to_json())?;
    Ok(())
}
