//! The commands of the plan of communications.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use spcg::Organization;
use spcg::document::{Document, Form as DocumentForm};
use spcg::outreach::{Folder, Letter, Sent};
use spcg::proposal::Date;

use super::support::output::replace;
use super::support::{self, Failure, Status};
use super::{Form, print};

/// The most bytes of a letter.
const LARGEST_LETTER: u64 = 16 << 20;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a folder with audiences and patterns to begin with
    Init,
    /// Show the plan as it stands on a day
    Show {
        /// The day
        #[arg(long)]
        today: Date,
        /// In which form
        #[arg(long, value_enum, default_value_t = Form::Markdown)]
        format: Form,
        /// A file (.md, .html, .docx) instead of standard output
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Tell what is late, without evidence or out of date; status 1 when something is
    Check {
        /// The day
        #[arg(long)]
        today: Date,
    },
    /// Fill in the letter of one organization
    Fill {
        /// The id of the circular: its file in plan/circulars
        circular: String,
        /// Whose letter: ISO, IEC or ITU-T
        #[arg(long = "for", value_name = "ORGANIZATION")]
        organization: Organization,
        /// Which text
        #[arg(long, value_enum, default_value_t = Text::Cover)]
        letter: Text,
        /// A file (.md, .html, .docx) instead of standard output
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Compare letters, as the offices edited them, with what all three say; status 1 when one
    /// differs
    Compare {
        /// The id of the circular
        circular: String,
        /// The letters
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Which text they are
        #[arg(long, value_enum, default_value_t = Text::Cover)]
        letter: Text,
    },
    /// Record that a document went to an audience
    Sent {
        /// Number and revision of the document
        document: String,
        /// Whose office sent it: ISO, IEC or ITU-T
        #[arg(long = "by", value_name = "ORGANIZATION")]
        organization: Organization,
        /// The id of the audience
        #[arg(long)]
        audience: String,
        /// The reference of the circular
        #[arg(long)]
        reference: String,
        /// The day
        #[arg(long)]
        day: Date,
    },
}

/// Which text of a circular.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Text {
    Cover,
    Circular,
}

impl From<Text> for Letter {
    fn from(text: Text) -> Letter {
        match text {
            Text::Cover => Letter::Cover,
            Text::Circular => Letter::Circular,
        }
    }
}

pub(crate) fn run(root: &Path, command: &Command) -> Result<Status, Failure> {
    if matches!(command, Command::Init) {
        let folder = Folder::create(root).map_err(Failure::of_library)?;
        let audiences = folder.plan().audiences.len();
        support::note(format_args!("{audiences} audiences in {}", root.display()));
        return Ok(Status::Done);
    }
    let mut folder = Folder::open(root).map_err(Failure::of_library)?;
    let mut status = Status::Done;
    for problem in folder.problems() {
        support::error(problem);
        status = Status::Blocked;
    }
    match command {
        Command::Init => {}
        Command::Show { today, format, out } => show(&folder, *today, *format, out.as_deref())?,
        Command::Check { today } => {
            let problems = folder.plan().problems(*today);
            if !problems.is_empty() {
                status = Status::Blocked;
            }
            print(problems.iter().map(|one| support::visible(one) + "\n").collect::<String>())?;
        }
        Command::Fill { circular, organization, letter, out } => {
            let patterns = folder.patterns((*letter).into()).map_err(Failure::of_library)?;
            let circular = folder.circular(circular).map_err(Failure::of_library)?;
            let filled = circular.fill(folder.plan(), &patterns, *organization);
            written(&filled.map_err(Failure::of_library)?, out.as_deref())?;
        }
        Command::Compare { circular, files, letter } => {
            if !compare(&folder, circular, files, (*letter).into())? {
                status = Status::Blocked;
            }
        }
        Command::Sent { document, organization, audience, reference, day } => {
            let sent = Sent {
                day: *day,
                organization: *organization,
                document: document.clone(),
                audience: audience.clone(),
                reference: reference.clone(),
            };
            let path = folder.record(sent).map_err(Failure::of_library)?;
            support::note(format_args!("recorded {}", path.display()));
        }
    }
    Ok(status)
}

fn show(folder: &Folder, today: Date, format: Form, out: Option<&Path>) -> Result<(), Failure> {
    let plan = folder.plan();
    let document = plan.to_document(today);
    match (out, format) {
        (Some(_), _) | (None, Form::Markdown) => written(&document, out),
        (None, Form::Html) => print(document.to_html()),
        (None, Form::Json) => {
            let value = serde_json::json!({
                "day": today, "plan": plan, "milestones": plan.milestones(today),
                "sums": plan.sums(today), "problems": plan.problems(today),
            });
            print(serde_json::to_string_pretty(&value)? + "\n")
        }
    }
}

/// To a file in the form of its name, or to standard output as Markdown.
pub(crate) fn written(document: &Document, out: Option<&Path>) -> Result<(), Failure> {
    let Some(path) = out else { return print(document.to_markdown()) };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let form = DocumentForm::of_name(&name).ok_or_else(|| {
        Failure::new(format_args!("{}: name a file .md, .html or .docx", path.display()))
    })?;
    replace(path, document.to_bytes(form).map_err(Failure::of_library)?)
}

/// True when the marked parts of all files are equal to the record.
fn compare(
    folder: &Folder,
    circular: &str,
    files: &[PathBuf],
    letter: Letter,
) -> Result<bool, Failure> {
    let mut read = Vec::new();
    for path in files {
        read.push((path.display().to_string(), support::input::whole(path, LARGEST_LETTER)?));
    }
    let files: Vec<(&str, &[u8])> =
        read.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let patterns = folder.patterns(letter).map_err(Failure::of_library)?;
    let circular = folder.circular(circular).map_err(Failure::of_library)?;
    let all = circular.compare(folder.plan(), &patterns, &files).map_err(Failure::of_library)?;
    let lines = all.iter().flat_map(|one| {
        let text = one.to_string();
        text.lines().map(|line| support::visible(line) + "\n").collect::<Vec<_>>()
    });
    print(lines.collect::<String>())?;
    Ok(all.iter().all(|one| one.result == "equal"))
}
