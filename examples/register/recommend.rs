//! The command `recommend`, and the paper that `decide` puts on the table.

use std::fmt::Write as _;
use std::fs;

use spcg::document::Form;
use spcg::proposal::Date;
use spcg::recommendation::Recommendation;
use spcg::register::Register;

use super::options::{Options, Recommend, Style};
use super::support::{self, Failure, Status};
use super::{Done, Stop, print};

/// The paper of a name, as it is on file, or else a draft of the case.
pub(crate) fn paper(
    register: &Register,
    case: &str,
    (number, revision): (&str, Option<&str>),
    day: Option<Date>,
    urgent: Option<&str>,
) -> Result<Recommendation, Stop> {
    let name = format!("{number}{}", revision.unwrap_or(""));
    if let Some(paper) = register.paper(&name)? {
        if paper.case != case {
            let what = format!("{name} is a paper on the case {}", paper.case);
            return Err(Failure::new(what).into());
        }
        return Ok(paper);
    }
    let Some(day) = day else {
        return Err(Failure::new(format!("{name} is not on file: a draft needs its --day")).into());
    };
    let case = register.case(case)?;
    let mut draft = Recommendation::draft(&case, number, revision, day).with_modes(&case.advice()?);
    draft.urgent = urgent.map(str::to_owned);
    Ok(draft)
}

pub(crate) fn run(register: &Register, options: &Options, asked: &Recommend) -> Done {
    let case = register.case(&asked.case)?;
    let name = (asked.number.as_str(), asked.revision.as_deref());
    let paper = paper(register, &asked.case, name, asked.day, asked.urgent.as_deref())?;
    if let Some(file) = &asked.check {
        let bytes = support::input::read(file, 16 << 20)?;
        let form = Form::of_name(&file.to_string_lossy()).unwrap_or(Form::Markdown);
        let mut text = String::new();
        for one in paper.check_file(&case, form, &bytes)? {
            let _ = writeln!(text, "{}: {one}", file.display());
        }
        print(&text)?;
        return Ok(if text.is_empty() { Status::Done } else { Status::Blocked });
    }
    if asked.save && !options.dry_run {
        register.put_paper(&paper)?;
    }
    let document = if asked.annex { paper.annex(&case) } else { paper.to_document(&case) };
    if let Some(out) = &asked.out {
        let name = out.to_string_lossy();
        let Some(form) = Form::of_name(&name) else {
            return Err(Failure::new(format!("{name}: take .md, .html or .docx")).into());
        };
        let bytes = document.to_bytes(form)?;
        if !options.dry_run {
            fs::write(out, bytes).map_err(|error| Failure::of_output(&name, &error))?;
        }
        return Ok(Status::Done);
    }
    if options.format == Style::Json && !asked.annex {
        let text = serde_json::to_string(&paper).map_err(Failure::new)?;
        print(format!("{text}\n"))?;
        return Ok(Status::Done);
    }
    let mut text = document.to_markdown();
    if !asked.annex {
        let _ = writeln!(text, "\nHash of this text: {}", paper.paper(&case).sha);
    }
    print(&text)?;
    Ok(Status::Done)
}
