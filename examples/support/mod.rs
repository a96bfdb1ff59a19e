//! What the programs have in common: how they end, what they print, what they open.
//!
//! The exit statuses are the same in all of them ([`STATUSES`]). Nothing here panics when an output
//! is closed or full, and no file is read without a bound.
#![allow(dead_code)] // each program is built by itself, and uses its part

pub(crate) mod generate;
pub(crate) mod input;
pub(crate) mod output;
pub(crate) mod progress;
pub(crate) mod setup;

use std::fmt::Display;
use std::io::Write as _;
use std::process::ExitCode;

/// What the statuses mean, for `--help`: the same in all programs, but for what 1 says of the things
/// that a program looks at.
macro_rules! statuses {
    ($what_is_wrong:literal) => {
        concat!(
            "Exit status:\n  0  done\n  1  done, and ",
            $what_is_wrong,
            "\n  2  something could not be read or done; the message says what\n",
            "  3  the result could not be written to its end: the output was closed, or the disk is ",
            "full"
        )
    };
}

/// For programs that give a verdict on proposals.
pub(crate) const STATUSES: &str = statuses!("a proposal has a blocker");

/// For programs that give no verdict.
pub(crate) const STATUSES_OF_TOOLS: &str = "Exit status:
  0  done
  2  something could not be read or done; the message says what
  3  the result could not be written to its end: the output was closed, or the disk is full";

/// For programs that measure what should come out right.
pub(crate) const STATUSES_OF_CASES: &str = statuses!("a case came out wrong");

/// How a program ends when it could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Done,
    Blocked,
    Unread,
}

/// Why a program could not do its work: a message on one line, and the status.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    status: u8,
}

impl Failure {
    pub(crate) fn new(message: impl Display) -> Failure {
        Failure { message: message.to_string(), status: 2 }
    }

    /// What a library refuses ends with 1, and what it cannot do with 2.
    pub(crate) fn of_library(error: spcg::Error) -> Failure {
        let status = if error.is_refused() || error.is_conflict() { 1 } else { 2 };
        Failure { message: error.to_string(), status }
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// The result could not be written.
    pub(crate) fn of_output(where_to: impl Display, error: &std::io::Error) -> Failure {
        let message = if error.kind() == std::io::ErrorKind::BrokenPipe {
            format!("{where_to}: it was closed before all was written")
        } else {
            format!("{where_to}: not all could be written: {error}")
        };
        Failure { message, status: 3 }
    }
}

impl<E: std::error::Error + 'static> From<E> for Failure {
    fn from(error: E) -> Failure {
        let status = if is_of_output(&error) { 3 } else { 2 };
        Failure { message: error.to_string(), status }
    }
}

/// Whether the cause of an error is that something cannot be written to its end.
fn is_of_output(error: &(dyn std::error::Error + 'static)) -> bool {
    use std::io::ErrorKind;
    std::iter::successors(Some(error), |error| error.source()).any(|error| {
        error.downcast_ref::<std::io::Error>().is_some_and(|error| {
            let full = [ErrorKind::StorageFull, ErrorKind::QuotaExceeded, ErrorKind::FileTooLarge];
            full.contains(&error.kind())
                || matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::WriteZero)
        })
    })
}

/// The end of a program: tells what failed.
pub(crate) fn end(result: Result<Status, Failure>) -> ExitCode {
    match result {
        Ok(Status::Done) => ExitCode::SUCCESS,
        Ok(Status::Blocked) => ExitCode::from(1),
        Ok(Status::Unread) => ExitCode::from(2),
        Err(failure) => {
            error(&failure.message);
            ExitCode::from(failure.status)
        }
    }
}

/// Prints `error: …` on one line.
pub(crate) fn error(message: impl Display) {
    note(format_args!("error: {message}"));
}

/// Prints a line for the person at the terminal. What came from files and names cannot act on the
/// terminal; where standard error is closed or full, there is nobody to tell.
pub(crate) fn note(message: impl Display) {
    let line = visible(&message.to_string()) + "\n";
    let _ = std::io::stderr().lock().write_all(line.as_bytes());
}

/// Prints lines that hold escape sequences for colours, and nothing that was not cleaned.
pub(crate) fn styled(lines: &str) {
    let _ = std::io::stderr().lock().write_all(lines.as_bytes());
}

/// The text with everything escaped that a terminal would act on or not show: control codes,
/// directions, invisible characters.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        let acts = c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}')
            || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
            || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
        if acts {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}
