//! Shows the rules of the coordination checklist.
//!
//! ```text
//! cargo run --example rules                       # one line a rule
//! cargo run --example rules -- --explain C13      # everything about one; its name will do too
//! cargo run --example rules -- --markdown         # the table of docs/rules.md
//! cargo run --example rules -- --thresholds       # every number and its reason
//! cargo run --example rules -- --configuration office.toml
//! ```

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Parser;
use spcg::checklist::{Checklist, Consideration};

/// Shows the rules of the coordination checklist.
#[derive(Debug, Parser)]
struct Options {
    /// Explain one rule, by its number or name.
    #[arg(long, value_name = "RULE")]
    explain: Option<String>,
    /// Print the table of all rules in Markdown.
    #[arg(long, conflicts_with = "explain")]
    markdown: bool,
    /// Print the numbers that rules compare with.
    #[arg(long, conflicts_with_all = ["explain", "markdown"])]
    thresholds: bool,
    /// A configuration that changes the standard checklist.
    #[arg(long, value_name = "FILE")]
    configuration: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    let checklist = match &options.configuration {
        Some(path) => Checklist::from_path(path)?,
        None => Checklist::standard(),
    };
    let mut out = io::stdout().lock();
    let done = if let Some(wanted) = &options.explain {
        let Some(one) = checklist.get(wanted) else {
            return Err(
                format!("there is no rule `{wanted}`; run without options for the list").into()
            );
        };
        explain(&mut out, one)
    } else if options.markdown {
        out.write_all(include_bytes!("../docs/rules.md"))
    } else if options.thresholds {
        thresholds(&mut out, &checklist)
    } else {
        list(&mut out, &checklist)
    };
    match done {
        // A reader such as `head` that has seen enough is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

fn list(out: &mut impl Write, checklist: &Checklist) -> io::Result<()> {
    writeln!(out, "{}", checklist.identity())?;
    let mut group = None;
    for one in checklist.considerations() {
        if group != Some(one.group()) {
            group = Some(one.group());
            writeln!(out, "\n{}", one.group().map_or("Own rules", |group| group.title()))?;
        }
        writeln!(
            out,
            "  {:<4} {:<8} {:<4} {}",
            one.id(),
            one.severity(),
            one.support().tag(),
            one.question()
        )?;
    }
    Ok(())
}

fn explain(out: &mut impl Write, one: &Consideration) -> io::Result<()> {
    writeln!(out, "{} ({}), up to {}\n", one.id(), one.name(), one.severity())?;
    if let Some(rule) = one.rule() {
        writeln!(out, "{} {}\n", rule.principle.id(), rule.principle.sentence())?;
    }
    writeln!(out, "{}", one.explanation().trim_end())
}

fn thresholds(out: &mut impl Write, checklist: &Checklist) -> io::Result<()> {
    let thresholds = checklist.thresholds();
    writeln!(out, "Set on {}, on {}\n", thresholds.set_on, thresholds.data)?;
    for (name, value, reason) in thresholds.table() {
        writeln!(out, "{name:<32} {value:>6}  {reason}")?;
    }
    Ok(())
}
