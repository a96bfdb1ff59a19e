//! Commands that read.

use std::fmt::Write as _;

use spcg::register::{Register, calibration};

use super::options::{Command, Options, Style};
use super::support::{self, Failure, Status};
use super::{Done, print};

pub(crate) fn run(register: &Register, options: &Options) -> Done {
    let mut text = String::new();
    let status = match &options.command {
        Command::Status { case } => status(register, options, case.as_deref(), &mut text)?,
        Command::Due { fail_due } => due(register, options, *fail_due, &mut text)?,
        Command::Log { case, ids } => log(register, options, case, *ids, &mut text)?,
        Command::Check { clean } => check(register, *clean, &mut text)?,
        Command::Export => {
            text = register.labels();
            Status::Done
        }
        _ => calibrated(register, options, &mut text)?,
    };
    print(&text)?;
    Ok(status)
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn json(text: &mut String, value: &impl serde::Serialize) -> Result<(), Failure> {
    line(text, &serde_json::to_string(value).map_err(Failure::new)?);
    Ok(())
}

fn status(register: &Register, options: &Options, case: Option<&str>, text: &mut String) -> Done {
    let today = options.needs_today()?;
    if let Some(id) = case {
        register.case(id)?;
    }
    for one in register.cases().filter(|one| case.is_none_or(|id| id == one.id())) {
        let status = one.status(today);
        match options.format {
            Style::Json => json(text, &status)?,
            Style::Text => line(text, &format!("{}: {status}", one.id())),
        }
    }
    Ok(Status::Done)
}

fn due(register: &Register, options: &Options, fail: bool, text: &mut String) -> Done {
    let due = register.due(options.needs_today()?);
    for one in &due {
        match options.format {
            Style::Json => json(text, one)?,
            Style::Text => line(text, &one.to_string()),
        }
    }
    if due.is_empty() && options.format == Style::Text {
        line(text, "Nothing is due.");
    }
    Ok(if fail && !due.is_empty() { Status::Blocked } else { Status::Done })
}

fn log(register: &Register, options: &Options, case: &str, ids: bool, text: &mut String) -> Done {
    for entry in register.case(case)?.log() {
        match (options.format, ids) {
            (Style::Json, _) => {
                let mut value = serde_json::to_value(&entry.event).map_err(Failure::new)?;
                value["id"] = entry.id.clone().into();
                json(text, &value)?;
            }
            (Style::Text, true) => line(text, &format!("{}  {}", entry.id, entry.event)),
            (Style::Text, false) => line(text, &entry.event.to_string()),
        }
    }
    Ok(Status::Done)
}

fn check(register: &Register, clean: bool, text: &mut String) -> Done {
    let problems = register.check();
    for one in &problems {
        line(text, &support::visible(one));
    }
    if clean {
        let removed = register.clean()?;
        line(text, &format!("{removed} half-written files removed"));
    }
    if problems.is_empty() {
        let cases = register.cases().count();
        let cases = if cases == 1 { "1 case".to_owned() } else { format!("{cases} cases") };
        line(text, &format!("{cases}; every file is as it was written"));
    }
    Ok(if problems.is_empty() { Status::Done } else { Status::Blocked })
}

fn calibrated(register: &Register, options: &Options, text: &mut String) -> Done {
    for bin in calibration(register.cases()) {
        if options.format == Style::Json {
            json(text, &bin)?;
            continue;
        }
        let few = if bin.is_too_small() { " (too few)" } else { "" };
        let (from, to) = (bin.from * 100.0, bin.to * 100.0);
        let (interested, answered) = (bin.interested, bin.answered);
        let _ = writeln!(
            text,
            "{from:.0}–{to:.0} %: {interested} of {answered} that answered stated interest{few}"
        );
    }
    Ok(Status::Done)
}
