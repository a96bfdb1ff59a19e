//! Keeps a register of proposals: from a screening to a decision, and to the reports of it.
//!
//! ```text
//! cargo run --example register -- --register REGISTER init
//! cargo run --example register -- --register REGISTER open 2031-02-spare-parts \
//!     --file proposal.toml --day 2031-02-01 --as tmb-secretary
//! cargo run --example register -- --register REGISTER status --today 2031-02-20
//! ```
//!
//! `docs/register.md` walks through a case and its report.

#[path = "../support/mod.rs"]
mod support;

mod options;
mod read;
mod recommend;
mod reports;
mod write;

use std::process::ExitCode;

use clap::Parser as _;
use options::{Command, Options};
use spcg::register::{Register, Rules, Settings};
use support::output::print;
use support::{Failure, Status};

/// Why a command ends without having done its work.
enum Stop {
    Library(Box<spcg::Error>),
    Program(Failure),
    /// What the procedure would refuse, seen by the program.
    Refused(String),
}

impl From<spcg::Error> for Stop {
    fn from(error: spcg::Error) -> Stop {
        Stop::Library(Box::new(error))
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Program(failure)
    }
}

type Done = Result<Status, Stop>;

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(status) => support::end(Ok(status)),
        Err(Stop::Library(error)) if error.is_refused() || error.is_conflict() => {
            support::error(error);
            ExitCode::from(1)
        }
        Err(Stop::Refused(what)) => {
            support::error(what);
            ExitCode::from(1)
        }
        Err(Stop::Library(error)) => support::end(Err(Failure::new(error))),
        Err(Stop::Program(failure)) => support::end(Err(failure)),
    }
}

fn run(options: &Options) -> Done {
    if let Command::Init { committees } = &options.command {
        let settings = Settings { committees: committees.clone(), ..Settings::default() };
        Rules::new(settings.clone(), spcg::Catalogue::builtin())?;
        if !options.dry_run {
            Register::create(&options.register, &settings)?;
        }
        return Ok(Status::Done);
    }
    let register = Register::open(&options.register)?;
    match &options.command {
        Command::Open(open) => write::open(&register, options, open),
        Command::Recommend(recommend) => recommend::run(&register, options, recommend),
        Command::Report { command } => reports::run(&register, options, command),
        Command::Status { .. }
        | Command::Due { .. }
        | Command::Log { .. }
        | Command::Check { .. }
        | Command::Export
        | Command::Calibration => read::run(&register, options),
        command => write::run(&register, options, command),
    }
}
