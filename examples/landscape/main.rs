//! Keeps the landscape of areas in which ISO, IEC and ITU-T work side by side.
//!
//! ```text
//! cargo run --release --example landscape -- init
//! cargo run --release --example landscape -- --index INDEX build --day 2031-02-01 --out site
//! cargo run --release --example landscape -- --index INDEX finds
//! cargo run --release --example landscape -- --index INDEX release 2031-02 --day 2031-02-01
//! cargo run --release --example landscape -- diff 2031-02 2031-08
//! cargo run --release --example landscape -- --register REGISTER plan show --today 2031-02-01
//! cargo run --release --example landscape -- survey summary REGISTER/surveys/workshop
//! ```
//!
//! `docs/landscape.md` and `docs/outreach.md` walk through it.

#[path = "../support/mod.rs"]
mod support;

mod plan;
mod survey;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use spcg::landscape::{Dismissal, Edition, FindSettings, Finds, Folder, Landscape, Sources};
use spcg::matching::Matcher;
use spcg::proposal::Date;
use spcg::register::{Case, Register};
use support::output::{print, replace};
use support::{Failure, Status, progress};

const STATUSES: &str = "Exit status:
  0  done
  1  done, and something is wrong with an entry or a file, which is listed; or refused
  2  something could not be read or done; the message says what
  3  the result could not be written to its end";

/// Keeps the landscape of coordination areas
#[derive(Debug, Parser)]
#[command(name = "landscape", version, after_help = STATUSES)]
struct Options {
    /// The folder of the landscape; without it the areas shipped with the crate
    #[arg(long, value_name = "FOLDER", global = true)]
    landscape: Option<PathBuf>,
    /// The folder of an index that the example `import` built
    #[arg(long, value_name = "FOLDER", global = true)]
    index: Option<PathBuf>,
    /// The folder of a register: the cases of each area, the plan, the questionnaires
    #[arg(long, value_name = "FOLDER", global = true)]
    register: Option<PathBuf>,
    /// The year from which years are counted back; else the latest one of the index
    #[arg(long, global = true)]
    year: Option<u16>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a folder with the areas shipped with the crate, to be edited by hand
    Init,
    /// Write the landscape with its evidence: a page, Markdown and JSON
    Build {
        /// The day on which it is made
        #[arg(long)]
        day: Date,
        /// Where the files go
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
        /// Leave the finds out of the page
        #[arg(long)]
        without_finds: bool,
    },
    /// Show the landscape, or one area
    Show {
        /// The id of an area
        area: Option<String>,
        /// The day on which it is looked at
        #[arg(long)]
        day: Date,
        /// In which form
        #[arg(long, value_enum, default_value_t = Form::Markdown)]
        format: Form,
    },
    /// Release an edition, which is never changed afterwards
    Release {
        /// The month, such as 2031-02
        label: String,
        /// The day on which it is made
        #[arg(long)]
        day: Date,
    },
    /// What changed from one edition to another
    Diff {
        /// The month of the older one
        older: String,
        /// The month of the newer one
        newer: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Close works of two organizations that no area lists, without an arrangement on record
    Finds {
        /// How many are shown
        #[arg(long, default_value_t = 10)]
        top: usize,
        /// Similarity from which two works count as close, 0 to 1
        #[arg(long, default_value_t = FindSettings::default().similarity)]
        similarity: f64,
        /// As if no area were listed
        #[arg(long)]
        untold: bool,
        /// Everything as JSON
        #[arg(long)]
        json: bool,
    },
    /// What became of committees whose works were close: an index of earlier works against --index
    Worth {
        /// The folder of an index that was built with --until
        before: PathBuf,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Set a find aside until half of its works are new
    Dismiss {
        /// The work by which the find is named
        id: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// The day
        #[arg(long)]
        day: Date,
        /// Who
        #[arg(long = "as", value_name = "ACTOR")]
        by: String,
    },
    /// The plan of communications: milestones, letters, what was sent to whom
    Plan {
        #[command(subcommand)]
        command: plan::Command,
    },
    /// Questionnaires: import of the tables of form services, sums
    Survey {
        #[command(subcommand)]
        command: survey::Command,
    },
}

/// In which form something is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Markdown,
    Html,
    Json,
}

/// What is said where an index is needed.
const NO_INDEX: &str = "without an index nobody can tell; name one with --index";

fn main() -> ExitCode {
    support::end(run(&Options::parse()))
}

fn run(options: &Options) -> Result<Status, Failure> {
    if let Command::Plan { command } = &options.command {
        let none = || Failure::new("name the folder that holds the plan with --register");
        return plan::run(options.register.as_deref().ok_or_else(none)?, command);
    }
    let kept = Kept::open(options)?;
    match &options.command {
        Command::Init => {
            let root = options.landscape.clone().unwrap_or_else(|| PathBuf::from("landscape"));
            let folder = Folder::create(&root)?;
            let areas = folder.landscape().areas().len();
            support::note(format_args!("{areas} areas in {}", root.display()));
        }
        Command::Build { day, out, without_finds } => kept.build(*day, out, !without_finds)?,
        Command::Show { area, day, format } => kept.show(area.as_deref(), *day, *format)?,
        Command::Release { label, day } => {
            let path = kept.folder()?.release(&kept.edition(*day)?, label)?;
            support::note(format_args!("released {}", path.display()));
        }
        Command::Diff { older, newer, json } => {
            let folder = kept.folder()?;
            let changes = folder.edition(newer)?.changes_since(&folder.edition(older)?);
            let text = if *json {
                serde_json::to_string_pretty(&changes)? + "\n"
            } else if changes.is_empty() {
                "nothing changed\n".to_owned()
            } else {
                changes
                    .iter()
                    .map(|change| format!("{}\n", support::visible(&change.to_string())))
                    .collect()
            };
            print(text)?;
        }
        Command::Finds { top, similarity, untold, json } => {
            let mut settings = FindSettings::default();
            settings.similarity = *similarity;
            let nothing = Landscape::default();
            let landscape = if *untold { &nothing } else { &kept.landscape };
            let finds = kept.finds(landscape, &settings)?;
            print(match json {
                true => serde_json::to_string_pretty(&finds)? + "\n",
                false => finds.to_text(*top),
            })?;
        }
        Command::Worth { before, json } => {
            let before = progress::waiting("opening the index", || Matcher::open(before))?;
            let settings = FindSettings::default();
            let worth = progress::waiting("comparing works", || {
                settings.worth(&before, kept.matcher.as_ref()?)
            });
            let worth = worth.ok_or_else(|| Failure::new(NO_INDEX))?;
            print(if *json {
                serde_json::to_string_pretty(&worth)? + "\n"
            } else {
                format!("{worth}\n")
            })?;
        }
        Command::Dismiss { id, reason, day, by } => {
            let finds = kept.finds(&kept.landscape, &FindSettings::default())?;
            let find = finds.finds.iter().find(|find| find.id == *id).ok_or_else(|| {
                Failure::new(format_args!("no find is named {id}; the command finds lists them"))
            })?;
            kept.folder()?.clone().dismiss(Dismissal::of(find, reason, *day, by))?;
        }
        Command::Survey { command } => survey::run(&kept.landscape, command)?,
        // It needs no landscape.
        Command::Plan { .. } => {}
    }
    Ok(kept.status())
}

/// What the program works on.
struct Kept {
    folder: Option<Folder>,
    landscape: Landscape,
    matcher: Option<Matcher>,
    register: Option<Register>,
    year: Option<u16>,
}

impl Kept {
    fn open(options: &Options) -> Result<Kept, Failure> {
        let is_new = matches!(options.command, Command::Init);
        let root = options.landscape.as_ref().filter(|_| !is_new);
        let folder = root.map(Folder::open).transpose()?;
        let landscape =
            folder.as_ref().map_or_else(Landscape::builtin, |one| one.landscape().clone());
        let index = options.index.as_ref();
        let open = |index| progress::waiting("opening the index", || Matcher::open(index));
        Ok(Kept {
            folder,
            landscape,
            matcher: index.map(open).transpose()?,
            register: options.register.as_ref().map(Register::open).transpose()?,
            year: options.year,
        })
    }

    fn folder(&self) -> Result<&Folder, Failure> {
        let none =
            || Failure::new("name the folder of the landscape with --landscape; init makes one");
        self.folder.as_ref().ok_or_else(none)
    }

    /// 1 when an entry could not be read: what is wrong is listed.
    fn status(&self) -> Status {
        let problems = self.folder.iter().flat_map(Folder::problems);
        let mut status = Status::Done;
        for problem in problems {
            support::error(problem);
            status = Status::Blocked;
        }
        status
    }

    fn edition(&self, day: Date) -> Result<Edition, Failure> {
        let cases: Option<Vec<&Case>> = self.register.as_ref().map(|one| one.cases().collect());
        let mut sources = Sources::default();
        sources.index = self.matcher.as_ref();
        sources.cases = cases.as_deref();
        sources.year = self.year;
        let edition = progress::waiting("looking at the areas", || {
            Edition::build(&self.landscape, &sources, day)
        });
        Ok(edition.with_problems(self.folder.iter().flat_map(Folder::problems)))
    }

    fn finds(&self, landscape: &Landscape, settings: &FindSettings) -> Result<Finds, Failure> {
        let none = || Failure::new(NO_INDEX);
        let matcher = self.matcher.as_ref().ok_or_else(none)?;
        let dismissals = self.folder.as_ref().map_or(&[][..], Folder::dismissals);
        let finds = progress::waiting("comparing works", || {
            landscape.finds(matcher, settings, self.year, dismissals)
        });
        finds.ok_or_else(none)
    }

    fn build(&self, day: Date, out: &PathBuf, with_finds: bool) -> Result<(), Failure> {
        let edition = self.edition(day)?;
        let has_finds = with_finds && self.matcher.is_some();
        let settings = FindSettings::default();
        let finds = has_finds.then(|| self.finds(&self.landscape, &settings)).transpose()?;
        std::fs::create_dir_all(out)
            .map_err(|error| Failure::new(format_args!("{}: {error}", out.display())))?;
        replace(&out.join("landscape.html"), edition.to_html(finds.as_ref()))?;
        replace(&out.join("landscape.md"), edition.to_document().to_markdown())?;
        replace(&out.join("landscape.json"), edition.to_json())?;
        if let Some(finds) = finds {
            replace(&out.join("finds.json"), serde_json::to_string_pretty(&finds)? + "\n")?;
        }
        Ok(())
    }

    fn show(&self, area: Option<&str>, day: Date, format: Form) -> Result<(), Failure> {
        let mut edition = self.edition(day)?;
        if let Some(id) = area {
            if edition.area(id).is_none() {
                let ids: Vec<&str> =
                    edition.areas.iter().map(|entry| entry.area.id.as_str()).collect();
                let ids = ids.join(", ");
                return Err(Failure::new(format_args!("no area is named {id}; there are {ids}")));
            }
            edition.areas.retain(|entry| entry.area.id == id);
        }
        print(match format {
            Form::Markdown => edition.to_document().to_markdown(),
            Form::Html => edition.to_html(None),
            Form::Json => edition.to_json(),
        })
    }
}
