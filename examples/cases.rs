//! Runs the checklist over a folder of cases, and tells by rule what it finds, misses and invents.
//!
//! ```text
//! cargo run --release --example cases -- tests/data/cases [--index INDEX]
//! ```
//!
//! The folder holds `cases.jsonl`, a case a line: a `file`, or the `base` that it was made from and
//! the fields that are `set` in it; its `kind`; and for the first and third kind `expected_rule`.
//!
//! - `mutation`: one thing was changed for the worse; the rule must fire.
//! - `harmless`: other words for the same; the findings must be those of the base.
//! - `unanswered`: an answer was put off; the rule must fire.
//! - `clean`: nothing is wrong; no rule may fire.
//!
//! The exit status is 0 when every case came out right, 1 when one did not.

#[path = "support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use serde::Deserialize;
use spcg::checklist::Severity;
use spcg::{Proposal, Screener};
use support::output::print;
use support::progress::Progress;
use support::setup::Setup;
use support::{Failure, STATUSES_OF_CASES, Status, input};

/// Measures the checklist on cases
#[derive(Parser)]
#[command(name = "cases", version, after_help = STATUSES_OF_CASES)]
struct Arguments {
    /// A folder with `cases.jsonl`.
    folder: PathBuf,
    #[command(flatten)]
    setup: Setup,
    /// Only the sums, not each case that came out wrong.
    #[arg(long)]
    quiet: bool,
}

#[derive(Deserialize)]
struct Case {
    /// A file of its own, or else changes to the base.
    #[serde(default)]
    file: Option<PathBuf>,
    /// Fields of the base, with what they hold instead; `null` takes a field away.
    #[serde(default)]
    set: serde_json::Map<String, serde_json::Value>,
    #[serde(default)]
    base: Option<String>,
    kind: Kind,
    #[serde(default)]
    expected_rule: Option<String>,
    /// What was changed, in words.
    #[serde(default, alias = "mutation")]
    change: String,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Mutation,
    Harmless,
    Unanswered,
    Clean,
}

impl Kind {
    fn plain(self) -> &'static str {
        match self {
            Kind::Mutation => "faults found",
            Kind::Harmless => "harmless changes without effect",
            Kind::Unanswered => "non-answers seen",
            Kind::Clean => "clean proposals without a finding",
        }
    }
}

/// A list of cases: a hundred thousand of them.
const LARGEST_LIST: u64 = 64 << 20;

/// The gravest failure of each rule.
type Failures = BTreeMap<String, Severity>;

fn main() -> ExitCode {
    support::end(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let screener = arguments.setup.screener()?;
    let list = arguments.folder.join("cases.jsonl");
    let bytes = input::read(&list, LARGEST_LIST)?;
    let shown = list.display();
    let text = std::str::from_utf8(&bytes).map_err(|_| {
        Failure::new(format_args!("{shown}: not UTF-8; save it with that encoding"))
    })?;
    let lines: Vec<_> =
        (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).collect();
    let mut tallies: BTreeMap<Kind, Tally> = BTreeMap::new();
    let mut rules: BTreeMap<String, Tally> = BTreeMap::new();
    let mut told = String::new();
    let mut progress = Progress::new("cases", Some(lines.len()));
    for (done, (number, line)) in lines.into_iter().enumerate() {
        progress.step(done);
        let case: Case = serde_json::from_str(line)
            .map_err(|error| Failure::new(format_args!("{shown}:{number}: {error}")))?;
        let result = judge(&screener, &arguments.folder, &case);
        tallies.entry(case.kind).or_default().add(result.is_ok());
        if let Some(rule) = &case.expected_rule {
            rules.entry(rule.clone()).or_default().add(result.is_ok());
        }
        if let (Err(why), false) = (&result, arguments.quiet) {
            let name = case.file.as_ref().map(|file| format!("{}: ", file.display()));
            let line = format!("{}{why} ({})", name.unwrap_or_default(), case.change);
            let _ = writeln!(told, "{}", support::visible(&line));
        }
    }
    progress.finish();
    for (kind, Tally { right, all }) in &tallies {
        let share = *right as f64 / *all as f64;
        let _ = writeln!(told, "{:<34} {right:>4} of {all:>4}  {share:.3}", kind.plain());
    }
    let _ = writeln!(told, "\nby rule, faults and non-answers found:");
    for (rule, Tally { right, all }) in &rules {
        let _ = writeln!(told, "{rule:<6} {right:>3} of {all:>3}");
    }
    print(told)?;
    let is_right = tallies.values().all(|tally| tally.right == tally.all);
    Ok(if is_right { Status::Done } else { Status::Blocked })
}

/// How many came out right, of how many.
#[derive(Default)]
struct Tally {
    right: usize,
    all: usize,
}

impl Tally {
    fn add(&mut self, is_right: bool) {
        self.right += usize::from(is_right);
        self.all += 1;
    }
}

/// What is wrong with a case, in words.
fn judge(screener: &Screener, folder: &Path, case: &Case) -> Result<(), String> {
    let proposal = proposal(folder, case)?;
    let failures = failures(screener, &proposal);
    let list =
        |names: Vec<&String>| names.into_iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    match case.kind {
        Kind::Mutation | Kind::Unanswered => {
            let rule = case.expected_rule.as_deref().ok_or("the case names no rule")?;
            if failures.contains_key(rule) { Ok(()) } else { Err(format!("{rule} is silent")) }
        }
        Kind::Clean if failures.is_empty() => Ok(()),
        Kind::Clean => Err(format!("{} fired", list(failures.keys().collect()))),
        Kind::Harmless => {
            let name = case.base.as_deref().ok_or("the case names no base")?;
            let base = read(&base(folder, name))?;
            let base = self::failures(screener, &base);
            let new: Vec<&String> =
                failures.keys().filter(|one| !base.contains_key(*one)).collect();
            let gone: Vec<&String> =
                base.keys().filter(|one| !failures.contains_key(*one)).collect();
            if base == failures {
                Ok(())
            } else {
                Err(format!("new: {}; gone: {}", list(new), list(gone)))
            }
        }
    }
}

/// A base by its name: as records where it is told in records and in prose.
fn base(folder: &Path, name: &str) -> PathBuf {
    let folder = folder.join("base");
    let records = folder.join(format!("{name}2.toml"));
    if records.is_file() { records } else { folder.join(format!("{name}.toml")) }
}

fn read(path: &Path) -> Result<Proposal, String> {
    Proposal::from_path(path).map_err(|error| error.to_string())
}

/// The proposal of a case.
fn proposal(folder: &Path, case: &Case) -> Result<Proposal, String> {
    if let Some(file) = &case.file {
        return read(&folder.join(file));
    }
    let name = case.base.as_deref().ok_or("the case names neither a file nor a base")?;
    let base = read(&base(folder, name))?;
    let mut record = serde_json::to_value(&base).map_err(|error| error.to_string())?;
    if let Some(fields) = record.as_object_mut() {
        for (field, value) in &case.set {
            match value {
                serde_json::Value::Null => fields.remove(field),
                value => fields.insert(field.clone(), value.clone()),
            };
        }
    }
    Proposal::from_json(&record.to_string()).map_err(|error| error.to_string())
}

fn failures(screener: &Screener, proposal: &Proposal) -> Failures {
    let mut failures = Failures::new();
    for finding in screener.screen(proposal).findings.iter().filter(|one| one.is_failure()) {
        let gravest = failures.entry(finding.rule.clone()).or_insert(finding.severity);
        *gravest = (*gravest).min(finding.severity);
    }
    failures
}
