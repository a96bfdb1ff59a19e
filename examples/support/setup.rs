//! With what is screened: the options that all programs share.

use std::path::{Path, PathBuf};

use clap::Args;
use spcg::checklist::{Checklist, KnownProposal};
use spcg::evaluation::LabelSet;
use spcg::matching::Matcher;
use spcg::proposal::Date;
use spcg::{Proposal, Screener};

use super::{Failure, input, progress};

/// A list of known proposals: a hundred thousand of them.
const LARGEST_KNOWN: u64 = 64 << 20;

/// With what is screened.
#[derive(Args, Clone, Debug)]
pub(crate) struct Setup {
    /// The folder of an index that the example `import` built, for overlap with existing work
    #[arg(long, value_name = "FOLDER")]
    pub(crate) index: Option<PathBuf>,
    /// A checklist of your office: what it changes in the standard one, in TOML
    #[arg(long, value_name = "FILE")]
    pub(crate) checklist: Option<PathBuf>,
    /// The day of screening, for proposals without a date, such as 2026-11-25
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<Date>,
    /// Known proposals, for the question whether one like it went elsewhere: JSON objects with
    /// `title`, `organization`, and where known `reference` and `date`, in a list or a line each
    #[arg(long, value_name = "FILE")]
    pub(crate) known: Option<PathBuf>,
}

impl Setup {
    /// The screener that was asked for, and a checksum of all that its results depend on.
    pub(crate) fn screener_and_fingerprint(&self) -> Result<(Screener, String), Failure> {
        let screener = self.screener()?;
        let provenance = screener.screen(&Proposal::default()).provenance;
        let mut sum = crc32fast::Hasher::new();
        sum.update(&serde_json::to_vec(&provenance)?);
        sum.update(screener.checklist().identity().to_string().as_bytes());
        if let Some(today) = self.today {
            sum.update(today.to_string().as_bytes());
        }
        if let Some(path) = &self.known {
            sum.update(&input::read(path, LARGEST_KNOWN)?);
        }
        Ok((screener, format!("{:08x}", sum.finalize())))
    }

    /// The screener that was asked for.
    pub(crate) fn screener(&self) -> Result<Screener, Failure> {
        let mut screener = match &self.index {
            Some(index) => progress::waiting("opening the index", || Screener::open(index))?,
            None => Screener::builtin()?,
        };
        if let Some(path) = &self.checklist {
            screener = screener.with_checklist(Checklist::from_path(path)?);
        }
        if let Some(today) = self.today {
            screener = screener.with_today(today);
        }
        if let Some(path) = &self.known {
            screener = screener.with_known_proposals(known(path)?);
        }
        Ok(screener)
    }
}

/// The index of a folder.
pub(crate) fn matcher(index: &Path) -> Result<Matcher, Failure> {
    Ok(progress::waiting("opening the index", || Matcher::open(index))?)
}

/// The labels of all files.
pub(crate) fn label_sets(paths: &[PathBuf]) -> Result<Vec<LabelSet>, Failure> {
    let sets: Result<_, spcg::Error> = paths.iter().map(LabelSet::from_path).collect();
    Ok(sets?)
}

fn known(path: &Path) -> Result<Vec<KnownProposal>, Failure> {
    let shown = path.display();
    let bytes = input::read(path, LARGEST_KNOWN)?;
    if bytes.len() as u64 > LARGEST_KNOWN {
        let most = LARGEST_KNOWN >> 20;
        return Err(Failure::new(format_args!(
            "{shown}: the file has more than {most} MiB; leave out what is long settled"
        )));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| {
        Failure::new(format_args!("{shown}: the text is not UTF-8; save it with that encoding"))
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let read = |text: &str, first: usize| -> Result<serde_json::Value, Failure> {
        serde_json::from_str(text).map_err(|error| {
            let line = first + error.line().saturating_sub(1);
            Failure::new(format_args!("{shown}:{line}:{}: {error}", error.column()))
        })
    };
    if text.trim_start().starts_with('[') {
        let serde_json::Value::Array(list) = read(text, 1)? else { return Ok(Vec::new()) };
        let numbered = (1..).zip(list);
        return numbered
            .map(|(number, value)| one(value, format_args!("{shown}: number {number}")))
            .collect();
    }
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(number, line)| one(read(line, number)?, format_args!("{shown}:{number}"))).collect()
}

/// One known proposal; without a title there is nothing to compare.
fn one(value: serde_json::Value, place: std::fmt::Arguments<'_>) -> Result<KnownProposal, Failure> {
    let known: KnownProposal = serde_json::from_value(value)
        .map_err(|error| Failure::new(format_args!("{place}: {error}")))?;
    if known.title.trim().is_empty() {
        return Err(Failure::new(format_args!("{place}: the title is blank; fill it in")));
    }
    Ok(known)
}

/// A proposal from the bytes of a file or of standard input, as the programs take it: what is no
/// proposal is refused.
pub(crate) fn proposal(bytes: &[u8], name: Option<&Path>) -> Result<Proposal, spcg::Error> {
    let proposal = match name {
        Some(name) => Proposal::from_file(bytes, name)?,
        None => Proposal::from_bytes(bytes, None)?,
    };
    proposal.ensure_plausible()?;
    Ok(proposal)
}
