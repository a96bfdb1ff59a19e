//! Screens proposals and prints the result for people, or for programs.
//!
//! ```text
//! cargo run --release --example screen -- examples/proposals/consumer-product-safety-management.toml
//! cargo run --release --example screen -- --new new_work_item > proposal.toml
//! ```
//!
//! Exit status: 0 nothing blocks, 1 a blocker, 2 something could not be read or done, 3 the result
//! could not be written.

mod summary;
#[path = "../support/mod.rs"]
mod support;
mod template;

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use spcg::proposal::Kind;
use spcg::report::ReportOptions;
use spcg::{Error, Proposal, Screener, Screening};
use summary::Summary;
use support::generate::{self, Generated};
use support::output::{Output, print};
use support::progress::Progress;
use support::setup::{self, Setup};
use support::{Failure, STATUSES, Status, input};

/// Screens proposals for new standards work
#[derive(Parser)]
#[command(name = "screen", version, after_help = STATUSES)]
struct Arguments {
    /// Files in TOML, JSON, YAML, Markdown, labelled text or Word; `-` for standard input
    #[arg(required_unless_present_any = ["new", "generate"])]
    files: Vec<PathBuf>,
    /// How the result is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Committees shown per organization on the first page
    #[arg(long, default_value_t = 3)]
    top: usize,
    /// Everything that was found, not what is needed first
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    setup: Setup,
    /// Write a form to fill in, in TOML or (with `--format markdown`) Markdown: new_field,
    /// project_committee, new_work_item, preliminary_item, itu_question, itu_work_item,
    /// itu_focus_group or joint_group
    #[arg(long, value_name = "KIND", conflicts_with = "files")]
    new: Option<Kind>,
    /// Write completions for a shell, or a page of the manual
    #[arg(long, value_enum, value_name = "WHAT", conflicts_with_all = ["files", "new"])]
    generate: Option<Generated>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people at a terminal
    Text,
    /// The whole result; of several files, a list
    Json,
    /// The whole result, a line a file
    JsonLines,
    Markdown,
    /// The record as it was read, in TOML: to be corrected and screened again
    Record,
    /// A page of one file
    #[cfg(feature = "html")]
    Html,
    /// A Word file; send it to a file
    #[cfg(feature = "docx")]
    Word,
    /// Findings with the line of the file, as a compiler shows them
    #[cfg(feature = "terminal")]
    Diagnostics,
}

impl Format {
    /// Whether several results cannot stand one after the other.
    fn is_one_file(self) -> bool {
        match self {
            #[cfg(feature = "docx")]
            Format::Word => true,
            #[cfg(feature = "html")]
            Format::Html => true,
            _ => false,
        }
    }

    /// Whether the text of the file is shown.
    fn shows_source(self) -> bool {
        #[cfg(feature = "terminal")]
        return self == Format::Diagnostics;
        #[cfg(not(feature = "terminal"))]
        false
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    support::end(match (arguments.generate, arguments.new) {
        (Some(what), _) => generate::write::<Arguments>(what).map(|()| Status::Done),
        (None, Some(kind)) => form(kind, arguments.format),
        (None, None) => run(&arguments),
    })
}

/// Writes a form to fill in.
fn form(kind: Kind, format: Format) -> Result<Status, Failure> {
    let text = match format {
        Format::Text => template::toml(kind),
        Format::Markdown => template::markdown(kind),
        _ => {
            let name = format.to_possible_value();
            let name = name.as_ref().map_or("this format", |value| value.get_name());
            return Err(Failure::new(format_args!(
                "there is no form in {name}; leave `--format` out for TOML, or write `--format markdown`"
            )));
        }
    };
    print(text)?;
    Ok(Status::Done)
}

/// How reports look, on both outputs.
struct Looks {
    report: ReportOptions,
    #[cfg_attr(not(feature = "terminal"), allow(dead_code))]
    errors: ReportOptions,
}

impl Looks {
    fn new(top: usize, full: bool) -> Looks {
        let colored = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let mut report = ReportOptions::default();
        report.top = top;
        report.full = full;
        let mut errors = report.clone();
        report.color = std::io::stdout().is_terminal() && colored;
        errors.color = std::io::stderr().is_terminal() && colored;
        Looks { report, errors }
    }
}

fn run(arguments: &Arguments) -> Result<Status, Failure> {
    if arguments.files.iter().filter(|file| is_standard_input(file)).count() > 1 {
        return Err(Failure::new("standard input (`-`) is named twice; name it once"));
    }
    let several = arguments.files.len() > 1;
    if several && arguments.format.is_one_file() {
        return Err(Failure::new("this format is one file for one proposal; name one proposal"));
    }
    let screener = arguments.setup.screener()?;
    let looks = Looks::new(arguments.top, arguments.full);
    let mut out = Output::stdout();
    let mut summary = Summary::default();
    let mut progress = Progress::new("screening", Some(arguments.files.len()));
    for (number, file) in arguments.files.iter().enumerate() {
        progress.step(number);
        match screened(&screener, file, arguments.format, &looks) {
            Ok(screened) => {
                let text = rendered(&screener, &screened, arguments.format, &looks.report)?;
                let screening = &screened.screening;
                out.write(opening(arguments.format, several, summary.screened(), file))?;
                out.write(text)?;
                summary.add(name(file), screening);
            }
            Err(reason) => summary.fail(name(file), reason),
        }
    }
    progress.finish();
    out.write(closing(arguments.format, several, &summary))?;
    out.finish()?;
    Ok(summary.status())
}

fn is_standard_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}

fn name(file: &Path) -> String {
    if is_standard_input(file) {
        return "standard input".to_owned();
    }
    support::visible(&file.display().to_string())
}

/// A proposal, what came of it, and its text where that is to be shown.
struct Screened {
    #[cfg_attr(not(feature = "html"), allow(dead_code))]
    proposal: Proposal,
    screening: Screening,
    #[cfg_attr(not(feature = "terminal"), allow(dead_code))]
    source: Option<String>,
}

/// Reads and screens a file; gives its text where that is to be shown. Why it cannot be is told at
/// once, and given in short.
fn screened(
    screener: &Screener,
    file: &Path,
    format: Format,
    looks: &Looks,
) -> Result<Screened, String> {
    let bytes = if is_standard_input(file) {
        input::read_standard(input::LARGEST_PROPOSAL)
    } else {
        input::read(file, input::LARGEST_PROPOSAL)
    };
    let bytes = bytes.map_err(|failure| {
        support::error(failure.message());
        "could not be read".to_owned()
    })?;
    let path = (!is_standard_input(file)).then_some(file);
    let proposal = setup::proposal(&bytes, path);
    // A Word file is no text, and has none to show.
    let source = format.shows_source().then(|| String::from_utf8(bytes).ok()).flatten();
    let proposal: Proposal = proposal.map_err(|error: Error| {
        tell(&error, source.as_deref(), format, looks);
        error.kind().title().to_owned()
    })?;
    let screening = screener.screen(&proposal);
    Ok(Screened { proposal, screening, source })
}

/// Tells why a file cannot be read, with the line where the format shows lines.
#[cfg_attr(not(feature = "terminal"), allow(unused_variables))]
fn tell(error: &Error, source: Option<&str>, format: Format, looks: &Looks) {
    #[cfg(feature = "terminal")]
    if format == Format::Diagnostics {
        return support::styled(&error.to_diagnostic(source, &looks.errors));
    }
    support::error(error);
}

#[cfg_attr(not(feature = "html"), allow(unused_variables))]
fn rendered(
    screener: &Screener,
    screened: &Screened,
    format: Format,
    options: &ReportOptions,
) -> Result<Vec<u8>, Error> {
    let screening = &screened.screening;
    let text = match format {
        Format::Text => screening.to_text(options),
        Format::Json => screening.to_json(),
        Format::JsonLines => screening.to_json_line() + "\n",
        Format::Markdown => screening.to_markdown(options),
        Format::Record => screened.proposal.to_toml(),
        #[cfg(feature = "html")]
        Format::Html => screening.to_html(&screened.proposal, screener.checklist(), options),
        #[cfg(feature = "docx")]
        Format::Word => return screening.to_word(options),
        #[cfg(feature = "terminal")]
        Format::Diagnostics => screening.to_diagnostics(screened.source.as_deref(), options),
    };
    Ok(text.into_bytes())
}

/// What stands before a report.
fn opening(format: Format, several: bool, before: usize, file: &Path) -> String {
    if !several {
        return String::new();
    }
    match format {
        Format::Markdown => {
            let gap = if before > 0 { "\n---\n\n" } else { "" };
            format!("{gap}{}\n", summary::paragraph(format!("File: {}", name(file))))
        }
        Format::Json => (if before > 0 { ",\n" } else { "[\n" }).to_owned(),
        Format::JsonLines => String::new(),
        Format::Record => format!("{}# {}\n", if before > 0 { "\n" } else { "" }, name(file)),
        _ if format.is_one_file() => String::new(),
        _ => {
            let gap = if before > 0 { "\n\n" } else { "" };
            format!("{gap}==== {} ====\n\n", name(file))
        }
    }
}

/// What stands after the last report.
fn closing(format: Format, several: bool, summary: &Summary) -> String {
    match format {
        Format::Json if several && summary.screened() == 0 => "[]\n".to_owned(),
        Format::Json if several => "\n]\n".to_owned(),
        Format::Json if summary.screened() > 0 => "\n".to_owned(),
        Format::Markdown if several => format!("\n---\n\n{}", summary.markdown()),
        Format::Json | Format::JsonLines | Format::Record => String::new(),
        _ if several => format!("\n\n{}", summary.text()),
        _ => String::new(),
    }
}
