//! One line of the output: the main points of a result.

use serde::{Deserialize, Serialize};
use spcg::checklist::{Finding, Severity};
use spcg::{Screening, Verdict};

use crate::inputs::Source;

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Line {
    /// The file, with the line in a JSON Lines file.
    pub(crate) source: String,
    /// The bytes of its name in hexadecimal digits, where they are not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source_bytes: Option<String>,
    /// Checksum of the content; none when it could not be got.
    pub(crate) crc32: Option<String>,
    /// Checksum over the crate's version, the data, the model, the checklist and what else the
    /// result depends on.
    pub(crate) made_with: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
    /// True for a text in which there is nothing of a proposal.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) not_a_proposal: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) verdict: Option<Verdict>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) blockers: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) warnings: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) advice: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) flagged: Vec<Flagged>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) overlaps: Vec<Near>,
    #[serde(skip_serializing_if = "Option::is_none", skip_deserializing)]
    pub(crate) screening: Option<Screening>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Flagged {
    pub(crate) committee: String,
    probability: f64,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Near {
    reference: String,
    similarity: f64,
}

impl Line {
    pub(crate) fn new(source: Source, crc32: Option<String>, made_with: &str) -> Line {
        Line {
            source: source.name,
            source_bytes: source.bytes,
            crc32,
            made_with: made_with.to_owned(),
            ..Line::default()
        }
    }

    /// Of what it tells.
    pub(crate) fn origin(&self) -> Source {
        Source { name: self.source.clone(), bytes: self.source_bytes.clone() }
    }

    pub(crate) fn fill(&mut self, screening: Screening, full: bool) {
        let rules = |severity: Severity| {
            let mut rules: Vec<String> =
                screening.failures(severity).map(|Finding { rule, .. }| rule.clone()).collect();
            // A rule gives a finding for each thing that is wrong.
            rules.dedup();
            rules
        };
        let rounded = |number: f64| (number * 1e4).round() / 1e4;
        self.id = screening.proposal.id.clone();
        self.title = Some(screening.proposal.title.clone());
        self.verdict = Some(screening.verdict);
        self.blockers = rules(Severity::Blocker);
        self.warnings = rules(Severity::Warning);
        self.advice = rules(Severity::Advice);
        self.flagged = screening
            .flagged()
            .map(|one| Flagged {
                committee: one.committee.to_string(),
                probability: rounded(one.probability),
            })
            .collect();
        let overlaps = screening.overlaps.iter().flatten();
        self.overlaps = overlaps
            .map(|one| Near {
                reference: one.reference.clone(),
                similarity: rounded(one.similarity),
            })
            .collect();
        self.screening = full.then_some(screening);
    }
}
