//! Files of labels.

use std::borrow::Cow;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::left_out::LeftOut;
use crate::error::{Class, Error, Failure};
use crate::files;
use crate::matching::Matcher;
use crate::matching::ids::WorkId;
use crate::matching::names::{without_committees, without_name};
use crate::matching::query::{Address, Subject};
use crate::reference::{CommitteeRef, Organization, Reference, StandardRef, find_references};
use crate::text::normalized_title;

/// The largest file. Some hundred thousand labels with abstracts.
const LARGEST: u64 = 1 << 30;

/// One decision of the past, as a line of a JSON Lines file holds it.
///
/// ```
/// let line = r#"{"title": "Smart lifts", "committee": "ISO/TC 178", "organization": "ISO"}"#;
/// let label: spcg::evaluation::Label = serde_json::from_str(line)?;
/// assert_eq!(label.title, "Smart lifts");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Label {
    /// A name for it, often the reference of the work.
    pub reference: String,
    /// The title.
    pub title: String,
    /// The text that stands for the scope.
    #[serde(rename = "abstract", deserialize_with = "null_as_default")]
    pub abstract_text: String,
    /// The organization, as the file names it (`ISO`, `JTC1`): the context of bare numbers in the
    /// text.
    #[serde(deserialize_with = "null_as_default")]
    pub organization: String,
    /// The committee that developed it, or that the text is the scope of. One that is no committee
    /// of ISO, IEC or ITU-T is a right answer that cannot be found.
    pub committee: Option<String>,
    /// The committees that were concerned. Empty when the question is who developed it.
    #[serde(deserialize_with = "null_as_default")]
    pub interested: Vec<String>,
    /// Of the committees concerned, those that were asked because the machine suggested them: who
    /// was not suggested could not answer, so that such labels favour the model that asked.
    #[serde(deserialize_with = "null_as_default")]
    pub asked_by_machine: Vec<String>,
    /// The year.
    #[serde(deserialize_with = "null_as_default")]
    pub year: u16,
    /// Codes of the International Classification for Standards.
    #[serde(deserialize_with = "null_as_default")]
    pub ics: Vec<String>,
    /// Existing works on the same subject. With them the question is which works are close.
    #[serde(deserialize_with = "null_as_default")]
    pub overlaps: Vec<String>,
}

fn null_as_default<'de, D: serde::Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// The labels of one file.
#[derive(Clone, Debug, Default)]
pub struct LabelSet {
    /// The name of the file, without its ending.
    pub name: String,
    /// In the order of the file.
    pub labels: Vec<Label>,
}

impl LabelSet {
    /// True when the question is which existing works are on the same subject.
    #[must_use]
    pub fn names_overlaps(&self) -> bool {
        self.labels.iter().any(|label| !label.overlaps.is_empty())
    }

    /// Of the committees that are named as concerned, how many there are, and how many of them were
    /// asked because the machine suggested them.
    #[must_use]
    pub fn asked_by_machine(&self) -> (usize, usize) {
        let committee = |text: &String| text.parse::<CommitteeRef>().ok();
        let mut counts = (0, 0);
        for label in &self.labels {
            let asked: Vec<_> = label.asked_by_machine.iter().filter_map(committee).collect();
            let interested = label.interested.iter().filter_map(committee);
            for one in interested {
                counts.0 += 1;
                counts.1 += usize::from(asked.contains(&one));
            }
        }
        counts
    }

    /// Reads a JSON Lines file. Fields that are not known are passed over, so that an office can
    /// keep notes of its own.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) with the line, when a line is not a label; those of the
    /// file system.
    pub fn from_path(path: impl AsRef<Path>) -> Result<LabelSet, Error> {
        let path = path.as_ref();
        let text = files::read_text(path, LARGEST)?;
        let mut labels = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            if line.trim().is_empty() {
                continue;
            }
            let label: Label = serde_json::from_str(line).map_err(|source| {
                Error::new(Malformed(source.to_string()))
                    .at(number, source.column().max(1))
                    .at_path(path)
            })?;
            labels.push(label);
        }
        let name =
            path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        Ok(LabelSet { name, labels })
    }
}

#[derive(Debug, thiserror::Error)]
#[error("not a label: {0}")]
struct Malformed(String);

impl Failure for Malformed {
    fn class(&self) -> Class {
        Class::Malformed
    }
    fn remedy(&self) -> Option<Cow<'_, str>> {
        Some("write one JSON object a line, with `title`, and `committee` or `interested`".into())
    }
}

/// A label made ready: its text without its own references, and what must not be used for it.
pub(crate) struct Case {
    title: String,
    body: String,
    /// The context of bare numbers in the text.
    pub(crate) context: Option<Organization>,
    ics: Vec<String>,
    mentioned: Vec<usize>,
    cited: Vec<(StandardRef, WorkId)>,
    pub(crate) left_out: LeftOut,
    /// Candidates that are right answers.
    pub(crate) right: Vec<usize>,
    /// Right answers that the catalogue does not have.
    pub(crate) unknown: usize,
    /// Asks who is concerned; else who developed it.
    pub(crate) asks_interest: bool,
    /// The candidate that is not ranked.
    pub(crate) own: Option<usize>,
    /// Rank among all committees.
    pub(crate) among_all: bool,
}

impl Case {
    pub(crate) fn new(label: &Label, matcher: &Matcher) -> Case {
        let candidates = &matcher.knowledge().candidates;
        let own_reference: Option<StandardRef> = label.reference.parse().ok();
        let (mut mentioned, mut cited): (Vec<CommitteeRef>, Vec<StandardRef>) =
            (Vec::new(), Vec::new());
        let mut body = String::with_capacity(label.abstract_text.len());
        let mut passed = 0;
        for found in find_references(&label.abstract_text, label.organization.parse().ok()) {
            match found.reference {
                Reference::Committee(committee) => mentioned.push(committee),
                Reference::Standard(standard) => {
                    if own_reference.as_ref().is_some_and(|own| own.is_same_series(&standard)) {
                        body.push_str(&label.abstract_text[passed..found.span.start]);
                        passed = found.span.end;
                    } else {
                        cited.push(standard);
                    }
                }
            }
        }
        body.push_str(&label.abstract_text[passed..]);
        let asks_interest = !label.interested.is_empty();
        let own = label.committee.as_ref().and_then(|text| candidates.exact(&text.parse().ok()?));
        if asks_interest {
            mentioned.retain(|committee| candidates.exact(committee) != own);
        }
        let mut unknown = 0;
        let mut right: Vec<usize> = Vec::new();
        let mut add = |reference: Option<CommitteeRef>| match reference
            .and_then(|reference| candidates.exact(&reference))
        {
            Some(number) if asks_interest && Some(number) == own => {}
            Some(number) => right.push(number),
            None => unknown += 1,
        };
        if asks_interest {
            label.interested.iter().for_each(|text| add(text.parse().ok()));
        } else {
            add(label.committee.as_ref().and_then(|text| text.parse().ok()));
        }
        right.sort_unstable();
        right.dedup();
        let key = normalized_title(&label.title);
        let mut works: Vec<WorkId> = matcher
            .knowledge()
            .works
            .as_ref()
            .map_or(Vec::new(), |works| works.with_title(&key).collect());
        works.sort_unstable();
        works.dedup();
        // A work whose record cannot be read is left out of everything but portfolios.
        let (works, records) =
            works.into_iter().filter_map(|work| Some((work, matcher.whole_work(work)?))).unzip();
        Case {
            title: label.title.clone(),
            body,
            context: label.organization.parse().ok(),
            ics: label.ics.clone(),
            mentioned: matcher.knowledge().mentioned(mentioned.iter()),
            cited: matcher.knowledge().cited(cited.iter()),
            left_out: LeftOut { works, records, candidate: own.filter(|_| asks_interest) },
            right,
            unknown,
            asks_interest,
            own: own.filter(|_| asks_interest),
            among_all: label.committee.is_none(),
        }
    }

    pub(crate) fn subject(&self) -> Subject<'_> {
        Subject {
            title: without_name(&self.title, self.context),
            bodies: vec![without_committees(&self.body, self.context)],
            ics: self.ics.clone(),
            mentioned: self.mentioned.clone(),
            cited: self.cited.clone(),
            address: Address { organization: self.context, has_committee: !self.among_all },
        }
    }

    /// Groups of candidates in which right answers are ranked: all, or one organization each.
    pub(crate) fn pools(&self, matcher: &Matcher) -> Vec<Pool> {
        let candidates = &matcher.knowledge().candidates;
        let ranked = |number: &usize| Some(*number) != self.own;
        if self.among_all {
            let members = (0..candidates.len()).filter(ranked).collect();
            return vec![Pool { organization: None, members, right: self.right.clone() }];
        }
        Organization::ALL
            .into_iter()
            .filter_map(|organization| {
                let of = |number: &usize| candidates.get(*number).organization() == organization;
                let right: Vec<usize> = self.right.iter().copied().filter(of).collect();
                let members = || (0..candidates.len()).filter(of).filter(ranked).collect();
                (!right.is_empty()).then(|| Pool {
                    organization: Some(organization),
                    members: members(),
                    right,
                })
            })
            .collect()
    }
}

/// Candidates ranked together.
pub(crate) struct Pool {
    pub(crate) organization: Option<Organization>,
    pub(crate) members: Vec<usize>,
    pub(crate) right: Vec<usize>,
}
