//! The commands of `report`.

use std::fmt::Write as _;

use spcg::Organization;
use spcg::boards::{Reports, compare};
use spcg::register::Register;

use super::options::{Options, Report, Style};
use super::support::{self, Failure, Status};
use super::{Done, print};

pub(crate) fn run(register: &Register, options: &Options, command: &Report) -> Done {
    match command {
        Report::Freeze { from, to } => {
            let record = register.freeze(*from, *to)?;
            let name = to.to_string().chars().take(7).collect::<String>();
            let reports = register.reports(&name)?;
            if options.dry_run {
                print(format!("{}\n", record.to_json()?))?;
                return Ok(Status::Done);
            }
            reports.keep(&record)?;
            let (cases, sha) = (record.cases.len(), record.fixed_sha());
            print(format!("{name}: frozen, cases {cases}; hash of the fixed blocks: {sha}\n"))?;
        }
        Report::Render { name, board, forms } => {
            let reports = register.reports(name)?;
            let boards = board.map_or_else(|| Organization::ALL.to_vec(), |one| vec![one]);
            let mut text = String::new();
            for board in boards {
                for form in forms {
                    if options.dry_run {
                        text.push_str(&reports.document(board)?.to_markdown());
                    } else {
                        let path = reports.render(board, *form)?;
                        let _ = writeln!(text, "{}", path.display());
                    }
                }
            }
            print(&text)?;
        }
        Report::Check { name, files } => return check(&register.reports(name)?, options, files),
        Report::Translate { name, language } => {
            let reports = register.reports(name)?;
            if options.dry_run {
                let texts = reports.record()?.to_translate(language);
                print(toml::to_string(&texts).map_err(Failure::new)?)?;
            } else {
                print(format!("{}\n", reports.to_translate(language)?.display()))?;
            }
        }
        Report::Sign { name, by, day } => {
            let reports = register.reports(name)?;
            let signature = if options.dry_run {
                reports.signature(by, *day)?
            } else {
                reports.sign(by, *day)?
            };
            let signed = if options.dry_run { "would sign" } else { "signed" };
            let board = signature.office.board();
            print(format!("{signed} for {board}: {}\n", signature.fixed_sha))?;
        }
        Report::Release { name, by, day, document, not_due } => {
            let reports = register.reports(name)?;
            let (document, not_due) = (document.as_deref(), not_due.as_deref());
            let one = if options.dry_run {
                reports.may_release(by, *day, document, not_due)?
            } else {
                reports.release(by, *day, document, not_due)?
            };
            let would = if options.dry_run { "would be " } else { "" };
            let board = one.office.board();
            print(match (&one.document, &one.not_due) {
                (_, Some(reason)) => format!("{would}not due at {board}: {reason}\n"),
                (document, None) => {
                    format!("{would}released to {board} as {}\n", document.as_deref().unwrap_or(""))
                }
            })?;
        }
        Report::Standing { name } => {
            let standing = register.reports(name)?.standing()?;
            print(match options.format {
                Style::Json => {
                    format!("{}\n", serde_json::to_string(&standing).map_err(Failure::new)?)
                }
                Style::Text => format!("{standing}\n"),
            })?;
        }
    }
    Ok(Status::Done)
}

/// Blocks that are all equal are told in one line.
fn check(reports: &Reports<'_>, options: &Options, files: &[std::path::PathBuf]) -> Done {
    let compared = if files.is_empty() {
        reports.compare()?
    } else {
        let mut read = Vec::new();
        for file in files {
            read.push((file.to_string_lossy().into_owned(), support::input::read(file, 16 << 20)?));
        }
        let read: Vec<(&str, &[u8])> =
            read.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        compare(&reports.record()?, &read)?
    };
    if compared.is_empty() {
        return Err(Failure::new("no report is rendered: there is nothing to compare").into());
    }
    let mut text = String::new();
    for of_file in compared.chunk_by(|one, other| one.file == other.file) {
        let equal = of_file.iter().all(|one| one.result == "equal");
        if equal && options.format == Style::Text {
            let (first, last) = (&of_file[0], &of_file[of_file.len() - 1]);
            let _ = writeln!(text, "{}: {} to {}: equal", first.file, first.block, last.block);
            continue;
        }
        for one in of_file {
            let line = match options.format {
                Style::Json => serde_json::json!({
                    "file": one.file, "block": one.block, "result": one.result, "lines": one.lines,
                })
                .to_string(),
                Style::Text => lines(&one.to_string()),
            };
            let _ = writeln!(text, "{line}");
        }
    }
    print(&text)?;
    let equal = compared.iter().all(|one| one.result == "equal");
    Ok(if equal { Status::Done } else { Status::Blocked })
}

/// Texts of files cannot act on the terminal; lines stay lines.
fn lines(text: &str) -> String {
    text.lines().map(support::visible).collect::<Vec<_>>().join("\n")
}
