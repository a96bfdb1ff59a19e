//! The summary of a backlog.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use spcg::Verdict;

use crate::inputs::{Read, next_line};
use crate::line::Line;
use crate::store::{LONGEST_LINE, at, hash};
use crate::support::Failure;

#[derive(Default)]
pub(crate) struct Tally {
    proposals: usize,
    unread: usize,
    no_proposals: usize,
    /// Sources in the output that the input has no more.
    gone: usize,
    verdicts: BTreeMap<Verdict, usize>,
    blockers: BTreeMap<String, usize>,
    warnings: BTreeMap<String, usize>,
    advice: BTreeMap<String, usize>,
    committees: BTreeMap<String, usize>,
    overlapping: usize,
}

impl Tally {
    /// Counts the lines of an output; of several about one source, the last. What is not among
    /// `sources`, where they are known, is not in the input any more, and not counted.
    pub(crate) fn of(path: &Path, sources: Option<&HashSet<u64>>) -> Result<Tally, Failure> {
        let mut last: HashMap<u64, usize> = HashMap::new();
        let mut tally = Tally::default();
        for is_second in [false, true] {
            let mut reader = BufReader::new(File::open(path).map_err(at(path))?);
            let mut bytes = Vec::new();
            for number in 0.. {
                let read = next_line(&mut reader, LONGEST_LINE, &mut bytes).map_err(at(path))?;
                if read != Read::Whole {
                    break;
                }
                let line: Line = serde_json::from_slice(&bytes)?;
                let source = hash(&line.origin());
                if !is_second {
                    last.insert(source, number);
                } else if last.get(&source) == Some(&number) {
                    if sources.is_none_or(|sources| sources.contains(&source)) {
                        tally.add(&line);
                    } else {
                        tally.gone += 1;
                    }
                }
            }
        }
        Ok(tally)
    }

    pub(crate) fn add(&mut self, line: &Line) {
        let count = |counts: &mut BTreeMap<String, usize>, names: &[String]| {
            names.iter().for_each(|name| *counts.entry(name.clone()).or_default() += 1);
        };
        match line.verdict {
            Some(verdict) => {
                self.proposals += 1;
                *self.verdicts.entry(verdict).or_default() += 1;
            }
            None if line.not_a_proposal => self.no_proposals += 1,
            None => self.unread += 1,
        }
        count(&mut self.blockers, &line.blockers);
        count(&mut self.warnings, &line.warnings);
        count(&mut self.advice, &line.advice);
        for flagged in &line.flagged {
            *self.committees.entry(flagged.committee.clone()).or_default() += 1;
        }
        self.overlapping += usize::from(!line.overlaps.is_empty());
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{:>7}  proposals", self.proposals)?;
        for (verdict, count) in &self.verdicts {
            writeln!(f, "{count:>7}  {}", verdict.sentence())?;
        }
        writeln!(f, "{:>7}  with existing work that is close", self.overlapping)?;
        writeln!(f, "{:>7}  could not be read", self.unread)?;
        if self.no_proposals > 0 {
            writeln!(f, "{:>7}  are no proposals", self.no_proposals)?;
        }
        if self.gone > 0 {
            let what = "in the output are no longer in the input, and not counted";
            writeln!(f, "{:>7}  {what}", self.gone)?;
        }
        let tables = [
            ("blockers", &self.blockers),
            ("warnings", &self.warnings),
            ("advice", &self.advice),
            ("committees flagged", &self.committees),
        ];
        for (name, counts) in tables {
            let mut counts: Vec<(&String, &usize)> = counts.iter().collect();
            // Names stand in order, which settles ties.
            counts.sort_by(|a, b| b.1.cmp(a.1));
            let shown: Vec<String> =
                counts.iter().take(10).map(|(name, count)| format!("{name} {count}")).collect();
            if !shown.is_empty() {
                writeln!(f, "most frequent {name}: {}", shown.join(", "))?;
            }
        }
        Ok(())
    }
}
