//! Fits the model on labelled history and writes it with its provenance.
//!
//! ```text
//! cargo run --release --example fit -- --index INDEX --labels FILE.jsonl … --fitted-on TEXT --date 2026-11-22 --out model.json
//! ```
//!
//! The weights for an index with works and those for the built-in profile are fitted in two runs;
//! each keeps what the other one wrote (`--model` names the file to start from).
#![allow(clippy::print_stdout, clippy::print_stderr)] // a program for people

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use spcg::evaluation::{FitOptions, LabelSet, fit};
use spcg::matching::{Matcher, Model, Profile};

/// Fits the model on labelled history.
#[derive(Parser)]
struct Arguments {
    /// The folder of an index; without one, the built-in profile is fitted.
    #[arg(long)]
    index: Option<PathBuf>,
    /// A vocabulary profile other than the one in the crate.
    #[arg(long, conflicts_with = "index")]
    builtin: Option<PathBuf>,
    /// Label files, one JSON object a line.
    #[arg(long, num_args = 1.., required = true)]
    labels: Vec<PathBuf>,
    /// The model whose other half is kept; the one in the crate by default.
    #[arg(long)]
    model: Option<PathBuf>,
    /// The name of the model.
    #[arg(long, default_value = "spcg model")]
    name: String,
    /// What it is fitted on, in a sentence.
    #[arg(long)]
    fitted_on: String,
    /// The date that it carries.
    #[arg(long)]
    date: String,
    /// Penalty on the squares of the weights.
    #[arg(long, default_value_t = 3e-4)]
    penalty: f64,
    /// Features to leave out.
    #[arg(long, num_args = 1..)]
    without: Vec<String>,
    /// Where to write the model.
    #[arg(long)]
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let mut matcher = match (&arguments.index, &arguments.builtin) {
        (Some(index), _) => Matcher::open(index)?,
        (None, Some(profile)) => Matcher::with_profile(&Profile::from_path(profile)?)?,
        (None, None) => Matcher::builtin()?,
    };
    if let Some(model) = &arguments.model {
        matcher = matcher.with_model(Model::from_path(model)?);
    }
    let sets: Vec<LabelSet> =
        arguments.labels.iter().map(LabelSet::from_path).collect::<Result<_, _>>()?;
    let mut options = FitOptions::default();
    options.name = arguments.name;
    options.fitted_on = arguments.fitted_on;
    options.date = arguments.date;
    options.penalty = arguments.penalty;
    options.without = arguments.without;
    let (model, evaluation) = fit(&matcher, &sets, &options);
    print!("{evaluation}");
    match arguments.out {
        Some(path) => std::fs::write(path, model)?,
        None => println!("{model}"),
    }
    Ok(())
}
