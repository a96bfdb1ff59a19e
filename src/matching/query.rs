//! A proposal as the matcher sees it: terms with their counts, and the few other facts that signals
//! use.

use std::borrow::Cow;

use super::ids::WorkId;
use crate::reference::{Organization, StandardRef};
use crate::text::lexicon::Token;
use crate::text::{Lexicon, TermId, WordMemo, push_normalized};

/// To whom a proposal is addressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Address {
    /// The organization that is to do the work.
    pub(crate) organization: Option<Organization>,
    /// Whether one of its committees is named for it. A proposal for a new field names none, and
    /// concerns more committees.
    pub(crate) has_committee: bool,
}

/// What is matched: the text of a proposal, apart from any file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Subject<'a> {
    pub(crate) title: Cow<'a, str>,
    /// Texts about the subject, without names: scope, purpose, …
    pub(crate) bodies: Vec<Cow<'a, str>>,
    /// ICS codes, as printed.
    pub(crate) ics: Vec<String>,
    /// Candidates that the proposal names, ordered.
    pub(crate) mentioned: Vec<usize>,
    pub(crate) address: Address,
    /// Known works that the proposal names, under the references with which it does.
    pub(crate) cited: Vec<(StandardRef, WorkId)>,
}

/// A term of the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct QueryTerm {
    pub(crate) term: TermId,
    /// How often in the title.
    pub(crate) title: u16,
    /// How often in the other texts.
    pub(crate) body: u16,
}

impl QueryTerm {
    /// The weight of the term's frequency: the title counts twice, repetition counts less and less.
    #[inline]
    pub(crate) fn frequency_weight(self) -> f32 {
        let frequency = 2 * u32::from(self.title) + u32::from(self.body);
        // At most 6, so that a word said all the time does not drown the rest.
        (frequency.min(6) as f32).sqrt()
    }
}

/// The terms of a subject, ordered by number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query {
    pub(crate) terms: Vec<QueryTerm>,
    /// Where each of the terms stands first.
    pub(crate) places: Vec<Place>,
    pub(crate) series: SeriesKeys,
    /// Term and position in `found`, in one number that orders them.
    occurrences: Vec<u64>,
    found: Vec<Place>,
}

/// A place in the texts of a subject.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// 0 for the title, then the bodies in their order.
    pub(crate) text: u32,
    /// Bytes of the text.
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// Terms of a query at most: beyond, text says nothing new and only costs time.
const MOST_TERMS: usize = 4_000;

impl Query {
    /// Analyses `subject`, reusing this query's memory.
    pub(crate) fn fill(&mut self, subject: &Subject<'_>, lexicon: &Lexicon, memo: &mut WordMemo) {
        let Query { terms, places, series, occurrences, found } = self;
        terms.clear();
        places.clear();
        occurrences.clear();
        found.clear();
        for (number, text) in (0_u32..).zip(std::iter::once(&subject.title).chain(&subject.bodies))
        {
            let mut previous: Option<(TermId, usize)> = None;
            lexicon.analyze(text, memo, |token| match token {
                Token::Known(term, start, end) => {
                    let mut add = |term: TermId, start: usize| {
                        occurrences.push(u64::from(term) << 32 | u64::from(position(found.len())));
                        found.push(Place {
                            text: number,
                            start: position(start),
                            end: position(end),
                        });
                    };
                    add(term, start);
                    if let Some((first, from)) = previous
                        && let Some(pair) = lexicon.id_of_pair(first, term)
                    {
                        add(pair, from);
                    }
                    previous = Some((term, start));
                }
                Token::Unknown | Token::Break => previous = None,
            });
        }
        occurrences.sort_unstable();
        for occurrence in &*occurrences {
            let term = (occurrence >> 32) as TermId;
            let Some(place) = found.get((occurrence & 0xffff_ffff) as usize) else { continue };
            let in_title = place.text == 0;
            let is_full = terms.len() == MOST_TERMS;
            match terms.last_mut() {
                Some(last) if last.term == term => {
                    let count = if in_title { &mut last.title } else { &mut last.body };
                    *count = count.saturating_add(1);
                }
                _ if is_full => break,
                _ => {
                    terms.push(QueryTerm {
                        term,
                        title: u16::from(in_title),
                        body: u16::from(!in_title),
                    });
                    places.push(*place);
                }
            }
        }
        series.fill(&subject.title);
    }

    /// Where a term stands first.
    pub(crate) fn place_of(&self, term: TermId) -> Option<Place> {
        let at = self.terms.binary_search_by_key(&term, |term| term.term).ok()?;
        self.places.get(at).copied()
    }
}

/// A text longer than four gigabytes has no places beyond them.
fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Normalized beginnings of a title up to each dash, the shortest first: «Road vehicles». Each
/// begins the next, so that one text holds them all.
#[derive(Clone, Debug, Default)]
pub(crate) struct SeriesKeys {
    normalized: String,
    ends: Vec<usize>,
}

impl SeriesKeys {
    fn fill(&mut self, title: &str) {
        self.normalized.clear();
        self.ends.clear();
        let mut previous_is_space = false;
        for (at, c) in title.char_indices() {
            if is_series_mark(title, at, c, previous_is_space)
                && self.normalized.len() >= SHORTEST_SERIES
            {
                self.ends.push(self.normalized.len());
            }
            previous_is_space = c.is_whitespace();
            push_normalized(&mut self.normalized, c);
        }
    }

    /// The beginnings, the shortest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.ends.iter().map(|end| &self.normalized[..*end])
    }
}

/// Shortest normalized beginning that says something, in bytes.
const SHORTEST_SERIES: usize = 3;

/// True for a dash between blanks and for a colon before one: where the beginning of a title ends.
fn is_series_mark(title: &str, at: usize, c: char, space_before: bool) -> bool {
    let rest = &title[at + c.len_utf8()..];
    let is_dash = matches!(c, '-' | '\u{2013}' | '\u{2014}')
        && space_before
        && rest.starts_with(char::is_whitespace);
    is_dash || c == ':' && rest.starts_with(' ')
}

/// The beginnings of a title up to each dash, normalized, the shortest first. Titles of standards
/// are built so: series, part, aspect.
pub(crate) fn series_of(title: &str) -> Vec<String> {
    let mut keys = SeriesKeys::default();
    keys.fill(title);
    keys.iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_are_the_beginnings_of_a_title() {
        let series = series_of("Road vehicles — Functional safety - Part 3: Concept");
        assert_eq!(
            series,
            ["roadvehicles", "roadvehiclesfunctionalsafety", "roadvehiclesfunctionalsafetypart3"]
        );
        assert_eq!(series_of("X-ray tubes").len(), 0);
    }

    #[test]
    fn terms_are_counted_by_place_and_ordered() {
        let lexicon = Lexicon::new(["lift", "safeti"].map(Box::from).to_vec(), vec![(1, 0)]);
        let mut query = Query::default();
        let subject = Subject {
            title: "Lifts".into(),
            bodies: vec!["Safety: lifts. Safety lifts, lift".into()],
            ..Subject::default()
        };
        query.fill(&subject, &lexicon, &mut WordMemo::default());
        let counts: Vec<(u32, u16, u16)> =
            query.terms.iter().map(|term| (term.term, term.title, term.body)).collect();
        assert_eq!(counts, [(0, 1, 3), (1, 0, 2), (2, 0, 1)]);
        assert_eq!(query.place_of(0), Some(Place { text: 0, start: 0, end: 5 }));
        // The first two words side by side without a sentence's end between them.
        assert_eq!(query.place_of(2), Some(Place { text: 1, start: 15, end: 27 }));
        assert_eq!(query.place_of(7), None);
    }
}
