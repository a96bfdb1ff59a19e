//! The one analyzer of the crate: from text to words, stems and terms.
//!
//! Index and matcher take their terms from here and from nowhere else, so that they can never
//! disagree. The steps: `words` splits text and keeps technical tokens (`5G`, `X.509`, `H.265`,
//! `IEC 61850`, `SF6`, `CO₂`) whole; `stop_words` drops what says nothing about a subject; `stem`
//! reduces a word to its stem; `Lexicon` gives each stem a number, stemming every distinct word
//! once; `tokenizer` is the same for tantivy.

pub(crate) mod display;
pub(crate) mod lexicon;
pub(crate) mod spelling;
pub(crate) mod stem;
pub(crate) mod stop_words;
pub(crate) mod title_similarity;
pub(crate) mod tokenizer;
pub(crate) mod words;

pub(crate) use lexicon::{Lexicon, TermId, WordMemo};

/// The form under which two titles count as the same: lower case, letters and digits only.
///
/// ```
/// assert_eq!(spcg::text::normalized_title("Smart lifts — Part 2: Safety"), "smartliftspart2safety");
/// ```
#[must_use]
pub fn normalized_title(title: &str) -> String {
    let mut normalized = String::with_capacity(title.len());
    title.chars().for_each(|c| push_normalized(&mut normalized, c));
    normalized
}

/// One character of [`normalized_title`].
pub(crate) fn push_normalized(normalized: &mut String, c: char) {
    if c.is_ascii_alphanumeric() {
        normalized.push(c.to_ascii_lowercase());
    } else if c.is_alphanumeric() {
        normalized.extend(c.to_lowercase());
    }
}
