//! Shows the rules of the coordination checklist.
//!
//! ```text
//! cargo run --example rules                       # one line a rule
//! cargo run --example rules -- --explain C13      # everything about one; its name will do too
//! cargo run --example rules -- --markdown         # the table of docs/rules.md
//! cargo run --example rules -- --thresholds       # every number and its reason
//! cargo run --example rules -- --configuration office.toml
//! ```

#[path = "support/mod.rs"]
mod support;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use spcg::checklist::{Checklist, Consideration};
use support::output::print;
use support::{Failure, STATUSES_OF_TOOLS, Status};

/// Shows the rules of the coordination checklist
#[derive(Debug, Parser)]
#[command(name = "rules", version, after_help = STATUSES_OF_TOOLS)]
struct Options {
    /// Explain one rule, by its number or name
    #[arg(long, value_name = "RULE")]
    explain: Option<String>,
    /// Print the table of all rules in Markdown
    #[arg(long, conflicts_with = "explain")]
    markdown: bool,
    /// Print the numbers that rules compare with
    #[arg(long, conflicts_with_all = ["explain", "markdown"])]
    thresholds: bool,
    /// A configuration that changes the standard checklist
    #[arg(long, value_name = "FILE", alias = "checklist")]
    configuration: Option<PathBuf>,
}

fn main() -> ExitCode {
    support::end(run(&Options::parse()))
}

fn run(options: &Options) -> Result<Status, Failure> {
    let checklist = match &options.configuration {
        Some(path) => Checklist::from_path(path)?,
        None => Checklist::standard(),
    };
    let text = if let Some(wanted) = &options.explain {
        let Some(one) = checklist.get(wanted) else {
            return Err(Failure::new(format_args!(
                "there is no rule `{wanted}`; run without options for the list"
            )));
        };
        explain(one)
    } else if options.markdown {
        include_str!("../docs/rules.md").to_owned()
    } else if options.thresholds {
        thresholds(&checklist)
    } else {
        list(&checklist)
    };
    print(text)?;
    Ok(Status::Done)
}

fn list(checklist: &Checklist) -> String {
    let mut text = format!("{}\n", checklist.identity());
    let mut group = None;
    for one in checklist.considerations() {
        if group != Some(one.group()) {
            group = Some(one.group());
            let title = one.group().map_or("Own rules", |group| group.title());
            let _ = writeln!(text, "\n{title}");
        }
        let _ = writeln!(
            text,
            "  {:<4} {:<8} {:<4} {}",
            one.id(),
            one.severity(),
            one.support().tag(),
            one.question()
        );
    }
    text
}

fn explain(one: &Consideration) -> String {
    let mut text = format!("{} ({}), up to {}\n\n", one.id(), one.name(), one.severity());
    if let Some(rule) = one.rule() {
        let _ = writeln!(text, "{} {}\n", rule.principle.id(), rule.principle.sentence());
    }
    text + one.explanation().trim_end() + "\n"
}

fn thresholds(checklist: &Checklist) -> String {
    let thresholds = checklist.thresholds();
    let mut text = format!("Set on {}, on {}\n\n", thresholds.set_on, thresholds.data);
    for (name, value, reason) in thresholds.table() {
        let _ = writeln!(text, "{name:<32} {value:>6}  {reason}");
    }
    text
}
