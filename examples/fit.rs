//! Fits the model on labelled history and writes it with its provenance.
//!
//! ```text
//! cargo run --release --example fit -- --index INDEX --labels FILE.jsonl … --fitted-on TEXT --date 2026-11-22 --out model.json
//! ```
//!
//! The weights for an index with works and those for the built-in profile are fitted in two runs;
//! each keeps what the other one wrote (`--model` names the file to start from).

#[path = "support/mod.rs"]
mod support;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use spcg::evaluation::{FitOptions, fit};
use spcg::matching::{Matcher, Model, Profile};
use spcg::proposal::Date;
use support::output::{print, replace};
use support::{Failure, STATUSES_OF_TOOLS, Status, progress, setup};

/// Fits the model on labelled history
#[derive(Parser)]
#[command(name = "fit", version, after_help = STATUSES_OF_TOOLS)]
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
    date: Date,
    /// Penalty on the squares of the weights.
    #[arg(long, default_value_t = 3e-4)]
    penalty: f64,
    /// Features to leave out.
    #[arg(long, num_args = 1..)]
    without: Vec<String>,
    /// Where to write the model; standard output by default, and the measures to standard error
    #[arg(long)]
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    support::end(run(Arguments::parse()))
}

fn run(arguments: Arguments) -> Result<Status, Failure> {
    let mut matcher = match (&arguments.index, &arguments.builtin) {
        (Some(index), _) => setup::matcher(index)?,
        (None, Some(profile)) => Matcher::with_profile(&Profile::from_path(profile)?)?,
        (None, None) => Matcher::builtin()?,
    };
    if let Some(model) = &arguments.model {
        matcher = matcher.with_model(Model::from_path(model)?);
    }
    let sets = setup::label_sets(&arguments.labels)?;
    let mut options = FitOptions::default();
    options.name = arguments.name;
    options.fitted_on = arguments.fitted_on;
    options.date = arguments.date.to_string();
    options.penalty = arguments.penalty;
    options.without = arguments.without;
    let (model, evaluation) = progress::waiting("fitting", || fit(&matcher, &sets, &options));
    match arguments.out {
        // The file first: a closed output does not take it along.
        Some(path) => {
            replace(&path, model)?;
            print(evaluation.to_string())?;
        }
        None => {
            support::styled(&evaluation.to_string());
            print(model + "\n")?;
        }
    }
    Ok(Status::Done)
}
