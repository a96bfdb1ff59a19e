//! Screens proposals and prints the result for people.
//!
//! ```text
//! cargo run --release --example screen -- examples/proposals/consumer-product-safety-management.toml
//! ```
//!
//! Exit status: 0 nothing blocks, 1 a blocker, 2 something could not be read.
#![allow(clippy::print_stdout, clippy::print_stderr)] // a program for people

use std::io::{IsTerminal as _, Read as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use spcg::report::ReportOptions;
use spcg::{Error, Proposal, Screener};

/// Screens proposals for new standards work.
#[derive(Parser)]
struct Arguments {
    /// Files in TOML, JSON, YAML, Markdown, labelled text or Word; `-` for standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// How the result is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Committees shown per organization.
    #[arg(long, default_value_t = 8)]
    top: usize,
    /// The folder of an index that the example `import` built, for overlap with existing work.
    #[arg(long)]
    index: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
    /// Findings with the line of the file, as a compiler shows them.
    Diagnostics,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let screener = match &arguments.index {
        Some(index) => Screener::open(index),
        None => Screener::builtin(),
    };
    let screener = match screener {
        Ok(screener) => screener,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(2);
        }
    };
    let mut options = ReportOptions::default();
    options.top = arguments.top;
    let colored = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    options.color = std::io::stdout().is_terminal() && colored;
    let mut errors = options.clone();
    errors.color = std::io::stderr().is_terminal() && colored;
    let (mut blocked, mut unread) = (false, false);
    let mut out = std::io::stdout().lock();
    for (number, file) in arguments.files.iter().enumerate() {
        let (source, proposal) = read(file, arguments.format);
        let source = source.as_deref();
        let proposal = match proposal {
            Ok(proposal) => proposal,
            Err(error) => {
                if arguments.format == Format::Diagnostics {
                    eprint!("{}", error.to_diagnostic(source, &errors));
                } else {
                    eprintln!("error: {error}");
                }
                unread = true;
                continue;
            }
        };
        let screening = screener.screen(&proposal);
        blocked |= screening.is_blocked();
        let text = match arguments.format {
            Format::Text => screening.to_text(&options),
            Format::Json => screening.to_json() + "\n",
            Format::Markdown => screening.to_markdown(&options),
            Format::Diagnostics => screening.to_diagnostics(source, &options),
        };
        let separator =
            if number > 0 && matches!(arguments.format, Format::Text | Format::Diagnostics) {
                "\n\n"
            } else {
                ""
            };
        // A closed pipe, as of `| head`, ends the program quietly.
        if write!(out, "{separator}{text}").is_err() {
            break;
        }
    }
    ExitCode::from(if unread { 2 } else { u8::from(blocked) })
}

/// The proposal of a file, and its text where that is to be shown.
fn read(file: &PathBuf, format: Format) -> (Option<String>, Result<Proposal, Error>) {
    if file.as_os_str() != "-" {
        // A Word file is no text, and has none to show.
        let source =
            (format == Format::Diagnostics).then(|| std::fs::read_to_string(file).ok()).flatten();
        return (source, Proposal::from_path(file));
    }
    let mut bytes = Vec::new();
    // One byte more than a proposal may have, so that the reader sees that it is too much.
    if let Err(error) = std::io::stdin().lock().take((16 << 20) + 1).read_to_end(&mut bytes) {
        eprintln!("error: standard input: {error}");
    }
    let proposal = Proposal::from_bytes(&bytes, None);
    (String::from_utf8(bytes).ok(), proposal)
}
