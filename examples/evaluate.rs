//! Measures matching on decisions of the past.
//!
//! ```text
//! cargo run --release --example evaluate -- --index INDEX --labels FILE.jsonl … [--report out.md] [--builtin [PROFILE]]
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr)] // a program for people

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use spcg::evaluation::{Evaluation, LabelSet, OverlapEvaluation};
use spcg::matching::{Matcher, Model, Profile};

/// Measures matching on decisions of the past.
#[derive(Parser)]
struct Arguments {
    /// The folder of an index; without one, the built-in catalogue and profile are measured.
    #[arg(long)]
    index: Option<PathBuf>,
    /// Measure the built-in form, whatever index is named; with a path, another vocabulary profile.
    #[arg(long, num_args = 0..=1)]
    builtin: Option<Option<PathBuf>>,
    /// Label files, one JSON object a line.
    #[arg(long, num_args = 1.., required = true)]
    labels: Vec<PathBuf>,
    /// A model other than the one in the crate.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Write the report here as well.
    #[arg(long)]
    report: Option<PathBuf>,
    /// List labels whose first place is wrong, at most so many per file.
    #[arg(long, default_value_t = 0)]
    wrong: usize,
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
    let mut matcher = match (&arguments.index, &arguments.builtin) {
        (_, Some(Some(profile))) => Matcher::with_profile(&Profile::from_path(profile)?)?,
        (Some(index), None) => Matcher::open(index)?,
        (None, None) | (_, Some(None)) => Matcher::builtin()?,
    };
    if let Some(model) = &arguments.model {
        matcher = matcher.with_model(Model::from_path(model)?);
    }
    let sets: Vec<LabelSet> =
        arguments.labels.iter().map(LabelSet::from_path).collect::<Result<_, _>>()?;
    let (overlaps, sets): (Vec<LabelSet>, Vec<LabelSet>) =
        sets.into_iter().partition(LabelSet::names_overlaps);
    for set in &overlaps {
        match OverlapEvaluation::run(&matcher, set) {
            Some(evaluation) => println!("{evaluation}"),
            None => println!("{}: overlaps need an index of standards\n", set.name),
        }
    }
    if sets.is_empty() {
        return Ok(());
    }
    let start = Instant::now();
    let evaluation = Evaluation::run(&matcher, &sets);
    let seconds = start.elapsed().as_secs_f64();
    print!("{evaluation}");
    let labels: usize = sets.iter().map(|set| set.labels.len()).sum();
    println!(
        "{labels} labels in {seconds:.2} s: {:.0} proposals a second",
        labels as f64 / seconds
    );
    for set in evaluation.sets.iter().filter(|_| arguments.wrong > 0) {
        println!("\n## {}: first place wrong\n", set.name);
        for (reference, title, right, first) in set.wrong_first.iter().take(arguments.wrong) {
            println!("- {reference} {title}: {right}, not {first}");
        }
    }
    if let Some(path) = &arguments.report {
        std::fs::write(path, evaluation.to_string())?;
    }
    Ok(())
}
