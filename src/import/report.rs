//! What an import read, and what it left out.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What an import read, from where, when, and what it left out and why.
///
/// Written as JSON it is the record of where an index comes from; printed, it is a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// When the import ended.
    pub finished: jiff::Timestamp,
    /// The last year whose publications count, where a limit was set.
    pub until: Option<u16>,
    /// One report for each source, in the order in which they were given.
    pub sources: Vec<SourceReport>,
    /// What the joining of records did.
    pub joined: JoinReport,
    /// By body, the documents of other bodies, all editions of one counted once.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub external: BTreeMap<String, u64>,
}

/// What came of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceReport {
    /// Where it is, as given.
    pub path: PathBuf,
    /// What it is: `relaton`, `iso deliverables`, `iso committees` or `json lines`.
    pub kind: String,
    /// Bytes of the records, unpacked.
    pub bytes: u64,
    /// Records found. Each is either kept or left out.
    pub read: u64,
    /// Records kept.
    pub kept: u64,
    /// Of these, records of other bodies, by body.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub bodies: BTreeMap<String, u64>,
    /// Records left out, by reason.
    pub left_out: BTreeMap<String, u64>,
    /// Records that are wrong, each with its place and reason; the first
    /// [`SourceReport::MOST_FAILURES`] of them.
    pub failures: Vec<Failure>,
    /// Further wrong records, not listed.
    pub unlisted_failures: u64,
    /// What is odd in records that were kept, by what it is: committees that are not understood,
    /// and references.
    pub remarks: BTreeMap<String, u64>,
    /// Files beside the records that were not read, such as a README.
    pub other_files: u64,
}

/// A record that could not be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The file in the folder or archive, or the line of the file.
    pub place: String,
    /// What is wrong with it.
    pub reason: String,
}

/// How records became works.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinReport {
    /// Records that went in.
    pub publications: u64,
    /// Works that came out.
    pub works: u64,
    /// Works left out, for no record of theirs has a title or says what they are about.
    #[serde(default)]
    pub untitled: u64,
    /// Works in which records of more than one source met.
    pub in_several_sources: u64,
    /// Works under a number of ISO or IEC and one of ITU-T.
    pub common_texts: u64,
    /// By each rule, the pairs of numbers that it alone brought together; rules are tried in this
    /// order: `both numbers` (a record lists them), `relation` (a record states a common text),
    /// `abstract` (it begins with both numbers), `title` (equal titles of JTC 1 and ITU-T).
    pub rules: BTreeMap<String, u64>,
    /// By each rule, the pairs of numbers that it would have brought together and did not, because
    /// one of them has another twin.
    pub refused: BTreeMap<String, u64>,
}

impl SourceReport {
    /// How many failures are listed one by one.
    pub const MOST_FAILURES: usize = 100_000;

    pub(crate) fn new(path: impl Into<PathBuf>, kind: &str) -> SourceReport {
        SourceReport {
            path: path.into(),
            kind: kind.to_owned(),
            bytes: 0,
            read: 0,
            kept: 0,
            bodies: BTreeMap::new(),
            left_out: BTreeMap::new(),
            failures: Vec::new(),
            unlisted_failures: 0,
            remarks: BTreeMap::new(),
            other_files: 0,
        }
    }

    pub(crate) fn fail(&mut self, place: String, kind: String, reason: String) {
        *self.left_out.entry(kind).or_default() += 1;
        if self.failures.len() < Self::MOST_FAILURES {
            self.failures.push(Failure { place, reason });
        } else {
            self.unlisted_failures += 1;
        }
    }

    pub(crate) fn remark(&mut self, remark: String) {
        // A hostile source must not fill the memory with remarks.
        if self.remarks.len() < 10_000 || self.remarks.contains_key(&remark) {
            *self.remarks.entry(remark).or_default() += 1;
        } else {
            *self.remarks.entry("further remarks".to_owned()).or_default() += 1;
        }
    }

    /// Records left out for any reason.
    #[must_use]
    pub fn left_out_in_all(&self) -> u64 {
        self.left_out.values().sum()
    }
}

impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for source in &self.sources {
            source.fmt(f)?;
        }
        let joined = &self.joined;
        writeln!(f, "{:>9} publications became {} works", joined.publications, joined.works)?;
        if joined.untitled > 0 {
            writeln!(f, "{:>9} works left out, without title and scope", joined.untitled)?;
        }
        writeln!(f, "{:>9} works in several sources", joined.in_several_sources)?;
        writeln!(f, "{:>9} works of ISO or IEC and ITU-T together", joined.common_texts)?;
        for (body, count) in &self.external {
            writeln!(f, "{count:>9} documents of {body}")?;
        }
        for (rule, count) in &joined.rules {
            writeln!(f, "{count:>11} pairs of numbers joined by: {rule}")?;
        }
        for (rule, count) in &joined.refused {
            writeln!(
                f,
                "{count:>11} pairs of numbers kept apart, for one has another twin: {rule}"
            )?;
        }
        if let Some(year) = self.until {
            writeln!(f, "as of the end of {year}; committees are those of today")?;
        }
        writeln!(f, "finished {}", self.finished)
    }
}

impl fmt::Display for SourceReport {
    /// One line for each count; of the failures and remarks the first five.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} ({})", self.path.display(), self.kind)?;
        writeln!(f, "{:>9} records read, {} bytes", self.read, self.bytes)?;
        writeln!(f, "{:>9} kept", self.kept)?;
        for (body, count) in &self.bodies {
            writeln!(f, "{count:>11} of them of {body}")?;
        }
        for (reason, count) in &self.left_out {
            writeln!(f, "{count:>9} left out: {reason}")?;
        }
        for failure in self.failures.iter().take(5) {
            writeln!(f, "{:>11} {}: {}", "-", failure.place, failure.reason)?;
        }
        let more = self.failures.len().saturating_sub(5) as u64 + self.unlisted_failures;
        if more > 0 {
            writeln!(f, "{:>11} and {more} more", "-")?;
        }
        let mut remarks: Vec<(&String, &u64)> = self.remarks.iter().collect();
        remarks.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for (remark, count) in remarks.iter().take(5) {
            writeln!(f, "{count:>9} remarks: {remark}")?;
        }
        if remarks.len() > 5 {
            writeln!(f, "{:>9} and {} more kinds", "", remarks.len() - 5)?;
        }
        if self.other_files > 0 {
            writeln!(f, "{:>9} other files, not read", self.other_files)?;
        }
        Ok(())
    }
}
