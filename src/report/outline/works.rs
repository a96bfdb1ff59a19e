//! Existing work that is near.

use crate::matching::{Closeness, Overlap};
use crate::proposal::field_label;
use crate::screening::Screening;
use crate::standards::Status;
use crate::text::display::percent;

/// Existing work, as far as it can be told.
#[derive(Debug)]
pub(in crate::report) struct Nearest<'a> {
    /// How many are close, of how many; or why that cannot be told.
    pub(in crate::report) sentence: String,
    /// The closest first.
    pub(in crate::report) works: Vec<Work<'a>>,
}

/// An existing work.
#[derive(Debug)]
pub(in crate::report) struct Work<'a> {
    pub(in crate::report) overlap: &'a Overlap,
    /// How alike the texts are.
    pub(in crate::report) likeness: String,
    /// How probable it is that it is on the same subject.
    pub(in crate::report) probability: String,
    /// `nearly the same text`, `same subject`, `near`, or `not close`.
    pub(in crate::report) closeness: &'static str,
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

pub(super) fn nearest(screening: &Screening) -> Nearest<'_> {
    let Some(overlaps) = &screening.overlaps else {
        let sentence = "not known: there is no index of published standards to compare with";
        return Nearest { sentence: sentence.to_owned(), works: Vec::new() };
    };
    let works: Vec<Work<'_>> = overlaps.iter().map(work).collect();
    let of = screening.provenance.works;
    let sentence = match works.iter().filter(|one| one.is_close()).count() {
        0 if works.is_empty() => format!("none of {of} works comes near"),
        0 => format!("none of {of} works is close; the nearest, with the likeness of the texts"),
        1 => format!("1 of {of} works is close; with the likeness of the texts"),
        close => {
            format!("{close} of {of} works are close; with the likeness of the texts")
        }
    };
    Nearest { sentence, works }
}

fn work(overlap: &Overlap) -> Work<'_> {
    let owners: Vec<String> = if overlap.owners.is_empty() {
        overlap.organizations.iter().map(ToString::to_string).collect()
    } else {
        overlap.owners.iter().map(ToString::to_string).collect()
    };
    let year = overlap.year.map(|year| year.to_string());
    let status = match overlap.status {
        Status::Published => None,
        Status::UnderDevelopment => Some("under development".to_owned()),
        Status::Withdrawn => Some("withdrawn".to_owned()),
    };
    let series = overlap.own_series.then(|| "part of the same series".to_owned());
    let state: Vec<String> = [year, status, series].into_iter().flatten().collect();
    Work {
        overlap,
        likeness: percent(overlap.similarity),
        probability: percent(overlap.probability),
        closeness: match overlap.closeness {
            Closeness::NearDuplicate => "nearly the same text",
            Closeness::Strong => "same subject",
            Closeness::Moderate => "near",
            Closeness::Nearest => "not close",
        },
        owners: owners.join(", "),
        state: state.join(", "),
        named: overlap
            .named_in
            .as_deref()
            .map_or("not named".to_owned(), |field| format!("named under {}", field_label(field))),
    }
}
