//! Existing work that is near.

use super::committees::LIKELY;
use crate::matching::{Closeness, Elsewhere, Overlap};
use crate::proposal::field_label;
use crate::screening::Screening;
use crate::standards::Status;
use crate::text::display::percent;

/// The two figures of a work answer two questions: the one may be high and the other low.
const LEGEND: &str = "how probable it is that the work is the one on this subject, shared by several; \
    then how alike the texts are";

/// Existing work, as far as it can be told.
#[derive(Debug)]
pub(in crate::report) struct Nearest<'a> {
    /// How many are close, of how many; or why that cannot be told.
    pub(in crate::report) sentence: String,
    /// What the figures of the works say.
    pub(in crate::report) legend: Option<&'static str>,
    /// The closest first.
    pub(in crate::report) works: Vec<Work<'a>>,
}

/// An existing work.
#[derive(Debug)]
pub(in crate::report) struct Work<'a> {
    pub(in crate::report) overlap: &'a Overlap,
    /// How alike the texts are: `much alike (48 %)`.
    pub(in crate::report) likeness: String,
    /// How probable it is that it is the work on the same subject.
    pub(in crate::report) probability: String,
    /// Committees that own it, or who publishes it.
    pub(in crate::report) owners: String,
    /// Its year and what else is to be known of it: `2018, withdrawn`.
    pub(in crate::report) state: String,
    /// Where the proposal names it.
    pub(in crate::report) named: String,
}

impl Work<'_> {
    pub(in crate::report) fn is_close(&self) -> bool {
        self.overlap.closeness >= Closeness::Moderate
    }
}

/// Documents of other bodies, where such were imported.
#[derive(Debug)]
pub(in crate::report) struct Outside<'a> {
    /// How many are near.
    pub(in crate::report) sentence: String,
    /// The nearest first.
    pub(in crate::report) documents: Vec<Document<'a>>,
}

/// A document of another body.
#[derive(Debug)]
pub(in crate::report) struct Document<'a> {
    pub(in crate::report) one: &'a Elsewhere,
    /// How probable it is that it is on the same subject.
    pub(in crate::report) probability: String,
    /// Body, group, year and what else is to be known: `ETSI, 2011, withdrawn`.
    pub(in crate::report) state: String,
    /// Where the proposal names it.
    pub(in crate::report) named: String,
}

pub(super) fn outside(screening: &Screening) -> Option<Outside<'_>> {
    let documents: Vec<Document<'_>> = screening.elsewhere.as_ref()?.iter().map(document).collect();
    let sentence = match documents.len() {
        0 => "none comes near".to_owned(),
        _ => "the nearest, with the probability of being the one on this subject".to_owned(),
    };
    Some(Outside { sentence, documents })
}

fn document(one: &Elsewhere) -> Document<'_> {
    let parts = [
        Some(one.body.clone()),
        one.year.map(|year| year.to_string()),
        status(one.status).map(str::to_owned),
    ];
    let state: Vec<String> = parts.into_iter().flatten().collect();
    Document {
        one,
        probability: percent(one.probability),
        state: state.join(", "),
        named: named(one.named_in.as_deref()),
    }
}

const fn status(status: Status) -> Option<&'static str> {
    match status {
        Status::Published => None,
        Status::UnderDevelopment => Some("under development"),
        Status::Withdrawn => Some("withdrawn"),
    }
}

fn named(field: Option<&str>) -> String {
    field.map_or("not named".to_owned(), |field| format!("named under {}", field_label(field)))
}

pub(super) fn nearest(screening: &Screening) -> Nearest<'_> {
    let Some(overlaps) = &screening.overlaps else {
        let sentence = "not known: there is no index of published standards to compare with";
        return Nearest { sentence: sentence.to_owned(), legend: None, works: Vec::new() };
    };
    let works: Vec<Work<'_>> = overlaps.iter().map(work).collect();
    let of = screening.provenance.works;
    let close = works.iter().filter(|one| one.is_close()).count();
    let in_other_words =
        works.iter().filter(|one| !one.is_close() && one.overlap.probability >= LIKELY).count();
    let sentence = match (close, in_other_words) {
        (0, 0) if works.is_empty() => format!("none of {of} works comes near"),
        (0, 0) => format!("none of {of} works is close; the nearest are listed"),
        (0, other) => format!(
            "none of {of} works is close in its text, {other} may be on the subject in other words"
        ),
        (1, _) => format!("1 of {of} works is close"),
        (close, _) => format!("{close} of {of} works are close"),
    };
    let legend = (!works.is_empty()).then_some(LEGEND);
    Nearest { sentence, legend, works }
}

fn work(overlap: &Overlap) -> Work<'_> {
    let owners: Vec<String> = if overlap.owners.is_empty() {
        overlap.organizations.iter().map(ToString::to_string).collect()
    } else {
        overlap.owners.iter().map(ToString::to_string).collect()
    };
    let year = overlap.year.map(|year| year.to_string());
    let status = status(overlap.status).map(str::to_owned);
    let later = (!overlap.replaced_by.is_empty())
        .then(|| format!("replaced by {}", overlap.replaced_by.join(", ")));
    let series = overlap.own_series.then(|| "part of the same series".to_owned());
    let state: Vec<String> = [year, status, later, series].into_iter().flatten().collect();
    Work {
        overlap,
        likeness: likeness(overlap),
        probability: percent(overlap.probability),
        owners: owners.join(", "),
        state: state.join(", "),
        named: named(overlap.named_in.as_deref()),
    }
}

fn likeness(overlap: &Overlap) -> String {
    let words = match overlap.closeness {
        Closeness::NearDuplicate => "nearly the same text",
        Closeness::Strong => "much alike",
        Closeness::Moderate => "alike",
        Closeness::Nearest => "little alike",
    };
    format!("{words} ({})", percent(overlap.similarity))
}
