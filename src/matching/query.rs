//! A proposal as the matcher sees it: terms with their counts, and the few other facts that signals use.

use crate::reference::{CommitteeRef, StandardRef};
use crate::text::lexicon::Token;
use crate::text::{Lexicon, TermId, WordMemo, normalized_title};

/// What is matched: the text of a proposal, apart from any file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Subject<'a> {
    pub(crate) title: &'a str,
    /// Texts about the subject: scope, purpose, …
    pub(crate) bodies: Vec<&'a str>,
    /// ICS codes, as printed.
    pub(crate) ics: Vec<String>,
    /// Committees that the proposal names.
    pub(crate) mentioned: Vec<CommitteeRef>,
    /// Publications that the proposal names.
    pub(crate) cited: Vec<StandardRef>,
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
    /// Normalized beginnings of the title up to each dash, the shortest first: «Road vehicles».
    pub(crate) series: Vec<String>,
    occurrences: Vec<(TermId, bool)>,
}

/// Terms of a query at most: beyond, text says nothing new and only costs time.
const MOST_TERMS: usize = 4_000;

impl Query {
    /// Analyses `subject`, reusing this query's memory.
    pub(crate) fn fill(&mut self, subject: &Subject<'_>, lexicon: &Lexicon, memo: &mut WordMemo) {
        self.occurrences.clear();
        self.terms.clear();
        let texts = std::iter::once((subject.title, true)).chain(subject.bodies.iter().map(|body| (*body, false)));
        for (text, in_title) in texts {
            let mut previous: Option<TermId> = None;
            let occurrences = &mut self.occurrences;
            lexicon.analyze(text, memo, |token| match token {
                Token::Known(term, _, _) => {
                    occurrences.push((term, in_title));
                    if let Some(pair) = previous.and_then(|first| lexicon.id_of_pair(first, term)) {
                        occurrences.push((pair, in_title));
                    }
                    previous = Some(term);
                }
                Token::Unknown | Token::Break => previous = None,
            });
        }
        self.occurrences.sort_unstable();
        for &(term, in_title) in &self.occurrences {
            let is_full = self.terms.len() == MOST_TERMS;
            match self.terms.last_mut() {
                Some(last) if last.term == term => {
                    let count = if in_title { &mut last.title } else { &mut last.body };
                    *count = count.saturating_add(1);
                }
                _ if is_full => break,
                _ => self.terms.push(QueryTerm { term, title: u16::from(in_title), body: u16::from(!in_title) }),
            }
        }
        self.series.clear();
        self.series.extend(series_of(subject.title));
    }
}

/// The beginnings of a title up to each dash, normalized, the shortest first. Titles of standards are built so: series,
/// part, aspect.
pub(crate) fn series_of(title: &str) -> impl Iterator<Item = String> + '_ {
    let mut previous_is_space = false;
    title.char_indices().filter_map(move |(at, c)| {
        let space_before = std::mem::replace(&mut previous_is_space, c.is_whitespace());
        let rest = &title[at + c.len_utf8()..];
        let is_dash =
            matches!(c, '-' | '\u{2013}' | '\u{2014}') && space_before && rest.starts_with(char::is_whitespace);
        let is_colon = c == ':' && rest.starts_with(' ');
        if !(is_dash || is_colon) {
            return None;
        }
        let key = normalized_title(&title[..at]);
        (key.len() >= 3).then_some(key)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_are_the_beginnings_of_a_title() {
        let series: Vec<String> = series_of("Road vehicles — Functional safety - Part 3: Concept").collect();
        assert_eq!(series, ["roadvehicles", "roadvehiclesfunctionalsafety", "roadvehiclesfunctionalsafetypart3"]);
        assert_eq!(series_of("X-ray tubes").count(), 0);
    }

    #[test]
    fn terms_are_counted_by_place_and_ordered() {
        let lexicon = Lexicon::new(["lift", "safeti"].map(Box::from).to_vec(), vec![(1, 0)]);
        let mut query = Query::default();
        let subject =
            Subject { title: "Lifts", bodies: vec!["Safety: lifts. Safety lifts, lift"], ..Subject::default() };
        query.fill(&subject, &lexicon, &mut WordMemo::default());
        let counts: Vec<(u32, u16, u16)> = query.terms.iter().map(|term| (term.term, term.title, term.body)).collect();
        assert_eq!(counts, [(0, 1, 3), (1, 0, 2), (2, 0, 1)]);
    }
}
