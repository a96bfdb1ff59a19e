//! The commands of questionnaires.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use spcg::Catalogue;
use spcg::landscape::Landscape;
use spcg::outreach::survey::{Summary, SurveyFolder};
use spcg::proposal::Date;

use super::plan::written;
use super::support::output::replace;
use super::support::{self, Failure};
use super::{Form, print};

/// The most bytes of a table; the library has the same bound.
const LARGEST_TABLE: u64 = 10 << 20;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read a table of a form service (CSV) and keep its answers; tell what was mended and left out
    Import {
        /// The questionnaire: a folder with survey.toml
        survey: PathBuf,
        /// The table
        table: PathBuf,
        /// The day of the import
        #[arg(long)]
        day: Date,
        /// Only tell, keep nothing
        #[arg(long)]
        dry_run: bool,
        /// The report as JSON
        #[arg(long)]
        json: bool,
    },
    /// Count what was answered
    Summary {
        /// The questionnaire: a folder with survey.toml
        survey: PathBuf,
        /// In which form
        #[arg(long, value_enum, default_value_t = Form::Markdown)]
        format: Form,
        /// A file (.md, .html, .docx) instead of standard output
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// The sums and the texts as a table (CSV) in which nothing is computed
    Export {
        /// The questionnaire: a folder with survey.toml
        survey: PathBuf,
        /// A file instead of standard output
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// `landscape` says which committees work in which areas.
pub(crate) fn run(landscape: &Landscape, command: &Command) -> Result<(), Failure> {
    match command {
        Command::Import { survey, table, day, dry_run, json } => {
            let folder = SurveyFolder::open(survey).map_err(Failure::of_library)?;
            let bytes = support::input::whole(table, LARGEST_TABLE)?;
            let import = folder.survey().import(&bytes).map_err(Failure::of_library)?;
            if !dry_run {
                let path = folder.keep(&import, *day).map_err(Failure::of_library)?;
                support::note(format_args!("kept {}", path.display()));
            }
            print(if *json {
                serde_json::to_string_pretty(&import.report)? + "\n"
            } else {
                let text = import.report.to_string();
                text.lines().map(|line| support::visible(line) + "\n").collect()
            })?;
        }
        Command::Summary { survey, format, out } => {
            let summary = summary(landscape, survey)?;
            match (out, format) {
                (None, Form::Json) => print(serde_json::to_string_pretty(&summary)? + "\n")?,
                (None, Form::Html) => print(summary.to_document().to_html())?,
                _ => written(&summary.to_document(), out.as_deref())?,
            }
        }
        Command::Export { survey, out } => {
            let csv = summary(landscape, survey)?.to_csv().map_err(Failure::of_library)?;
            match out {
                Some(path) => replace(path, csv)?,
                None => print(csv)?,
            }
        }
    }
    Ok(())
}

fn summary(landscape: &Landscape, survey: &Path) -> Result<Summary, Failure> {
    let folder = SurveyFolder::open(survey).map_err(Failure::of_library)?;
    let answers = folder.answers().map_err(Failure::of_library)?;
    Ok(Summary::new(folder.survey(), answers, landscape, &Catalogue::builtin()))
}
