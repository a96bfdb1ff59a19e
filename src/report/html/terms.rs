//! Terms that matched, marked where they stand in a text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use maud::{Markup, html};

use crate::text::display::one_line;
use crate::text::stem::stem;
use crate::text::stop_words::is_stop_word;

/// Bytes of one text that are marked; what is longer is shown without marks.
pub(super) const MARKED: usize = 100_000;

/// Terms as stems of their words, by the first one; the longest first. A term is found whatever the
/// endings of its words are.
pub(super) struct Terms(BTreeMap<String, Vec<Vec<String>>>);

impl Terms {
    pub(super) fn of<'a>(terms: impl IntoIterator<Item = &'a str>) -> Terms {
        let mut by_first: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for term in terms {
            let stems: Vec<String> =
                word_spans(term).into_iter().map(|span| stem_of(&term[span])).collect();
            if let Some(first) = stems.first() {
                by_first.entry(first.clone()).or_default().push(stems);
            }
        }
        for list in by_first.values_mut() {
            list.sort_by(|one, two| two.len().cmp(&one.len()).then_with(|| one.cmp(two)));
            list.dedup();
        }
        Terms(by_first)
    }

    /// The words that two texts have in common.
    pub(super) fn shared(one: &str, two: &str) -> Terms {
        if one.len().max(two.len()) > MARKED {
            return Terms(BTreeMap::new());
        }
        let words = |text: &str| -> BTreeSet<String> {
            let words = word_spans(text).into_iter().map(|span| text[span].to_lowercase());
            words.filter(|word| !is_stop_word(word)).map(|word| stem(&word).into_owned()).collect()
        };
        let common: Vec<String> = words(one).intersection(&words(two)).cloned().collect();
        Terms(common.into_iter().map(|stem| (stem.clone(), vec![vec![stem]])).collect())
    }

    /// Where terms stand, as bytes; none overlap.
    pub(super) fn spans(&self, text: &str) -> Vec<Range<usize>> {
        let mut spans: Vec<Range<usize>> = Vec::new();
        if text.len() > MARKED {
            return spans;
        }
        let found = word_spans(text);
        let stems: Vec<String> = found.iter().map(|span| stem_of(&text[span.clone()])).collect();
        let mut at = 0;
        while at < found.len() {
            let known = self.0.get(&stems[at]).into_iter().flatten();
            let matched = known.filter(|term| stems[at..].starts_with(term)).map(Vec::len).next();
            if let Some(length) = matched {
                spans.push(found[at].start..found[at + length - 1].end);
            }
            at += matched.unwrap_or(1);
        }
        spans
    }

    /// The text with the terms marked in it.
    pub(super) fn mark(&self, text: &str) -> Markup {
        let spans = self.spans(text);
        let starts = std::iter::once(0).chain(spans.iter().map(|span| span.end));
        let rest = spans.last().map_or(0, |span| span.end);
        html! {
            @for (start, span) in starts.zip(&spans) {
                (shown(&text[start..span.start])) mark class="term" { (shown(&text[span.clone()])) }
            }
            (shown(&text[rest..]))
        }
    }
}

/// The text without what cannot be seen or turns letters around; its lines stay.
pub(super) fn shown(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(one_line).collect();
    lines.join("\n")
}

fn stem_of(word: &str) -> String {
    stem(&word.to_lowercase()).into_owned()
}

/// The words of a text, as bytes.
fn word_spans(text: &str) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                spans.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    spans.extend(start.map(|from| from..text.len()));
    spans
}

#[cfg(test)]
mod tests {
    use super::Terms;

    #[test]
    fn terms_are_marked_whatever_their_endings() {
        let terms = Terms::of(["consumer product", "testing"]);
        let marked = terms.mark("Tests of Consumer Products <b> and of consumers").into_string();
        assert_eq!(
            marked,
            "<mark class=\"term\">Tests</mark> of <mark class=\"term\">Consumer Products</mark> \
             &lt;b&gt; and of consumers"
        );
        assert_eq!(terms.mark("Lifts").into_string(), "Lifts");
        assert_eq!(terms.mark("").into_string(), "");
    }

    #[test]
    fn words_in_common_are_marked_and_words_of_grammar_are_not() {
        let terms = Terms::shared("The safety of a lift", "Safety requirements of lifts");
        let marked = terms.mark("Safety of lifts").into_string();
        assert_eq!(
            marked,
            "<mark class=\"term\">Safety</mark> of <mark class=\"term\">lifts</mark>"
        );
    }
}
