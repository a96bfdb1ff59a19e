//! Measures matching on decisions of the past.
//!
//! ```text
//! cargo run --release --example evaluate -- --index INDEX --labels FILE.jsonl … [--report out.md] [--builtin [PROFILE]]
//! ```

#[path = "support/mod.rs"]
mod support;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use spcg::evaluation::{Evaluation, LabelSet, OverlapEvaluation};
use spcg::matching::{Matcher, Model, Profile};
use support::output::{Output, replace};
use support::{Failure, STATUSES_OF_TOOLS, Status, progress, setup};

/// Measures matching on decisions of the past
#[derive(Parser)]
#[command(name = "evaluate", version, after_help = STATUSES_OF_TOOLS)]
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
    support::end(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let mut matcher = match (&arguments.index, &arguments.builtin) {
        (_, Some(Some(profile))) => Matcher::with_profile(&Profile::from_path(profile)?)?,
        (Some(index), None) => setup::matcher(index)?,
        (None, None) | (_, Some(None)) => Matcher::builtin()?,
    };
    if let Some(model) = &arguments.model {
        matcher = matcher.with_model(Model::from_path(model)?);
    }
    let (overlaps, sets): (Vec<LabelSet>, Vec<LabelSet>) =
        setup::label_sets(&arguments.labels)?.into_iter().partition(LabelSet::names_overlaps);
    let mut out = Output::stdout();
    for set in &overlaps {
        let measured = progress::waiting("measuring", || OverlapEvaluation::run(&matcher, set));
        out.write(match measured {
            Some(evaluation) => format!("{evaluation}\n"),
            None => format!("{}: overlaps need an index of standards\n\n", set.name),
        })?;
    }
    if !sets.is_empty() {
        let start = Instant::now();
        let evaluation = progress::waiting("measuring", || Evaluation::run(&matcher, &sets));
        let seconds = start.elapsed().as_secs_f64();
        // The file first: a closed output does not take it along.
        if let Some(path) = &arguments.report {
            replace(path, evaluation.to_string())?;
        }
        out.write(told(&evaluation, &sets, seconds, arguments.wrong))?;
    }
    out.finish()?;
    Ok(Status::Done)
}

/// What was measured, how fast, and at most `wrong` labels a file whose first place is wrong.
fn told(evaluation: &Evaluation, sets: &[LabelSet], seconds: f64, wrong: usize) -> String {
    let labels: usize = sets.iter().map(|set| set.labels.len()).sum();
    let speed = labels as f64 / seconds;
    let mut text =
        format!("{evaluation}{labels} labels in {seconds:.2} s: {speed:.0} proposals a second\n");
    for set in evaluation.sets.iter().filter(|_| wrong > 0) {
        let _ = writeln!(text, "\n## {}: first place wrong\n", set.name);
        for (reference, title, right, first) in set.wrong_first.iter().take(wrong) {
            let _ = writeln!(text, "- {reference} {title}: {right}, not {first}");
        }
    }
    text
}
