//! Numbers for terms.
//!
//! A *term* is a stem or a pair of neighbouring stems. Numbers of stems come first, those of pairs
//! after them.

use rustc_hash::FxHashMap;

use super::spelling;
use super::stem::stem;
use super::stop_words::generic_stems;
use super::words::{Piece, for_each_piece};

/// Stems of the names of organizations and their kinds of committees.
const NAMES: [&str; 5] = ["iso", "iec", "itu", "jtc", "cispr"];

/// The number of a term.
pub(crate) type TermId = u32;

/// What a text is made of, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// A known stem, and the bytes of its word in the text.
    Known(TermId, usize, usize),
    /// A word whose stem the lexicon does not hold.
    Unknown,
    /// A stop word or the end of a sentence.
    Break,
}

/// All stems of an index, and the pairs of stems that carry a weight of their own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lexicon {
    stems: Vec<Box<str>>,
    by_stem: FxHashMap<Box<str>, TermId>,
    pairs: Vec<(TermId, TermId)>,
    by_pair: FxHashMap<(TermId, TermId), TermId>,
    /// Stems that say nothing about a subject, ordered.
    generic: Vec<TermId>,
    /// Names of organizations.
    names: Vec<TermId>,
}

/// Words met before, so that each distinct word is stemmed once. One per worker, bounded.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordMemo {
    known: FxHashMap<Box<str>, Option<TermId>>,
    buffer: String,
}

/// Words kept in a memo before it is emptied: about the number of distinct words in 100,000
/// abstracts.
const MEMO_WORDS: usize = 60_000;

impl Lexicon {
    /// A lexicon of these stems (which get the numbers 0, 1, …) and pairs.
    pub(crate) fn new(stems: Vec<Box<str>>, pairs: Vec<(TermId, TermId)>) -> Lexicon {
        let by_stem: FxHashMap<Box<str>, TermId> =
            stems.iter().zip(0..).map(|(stem, id)| (stem.clone(), id)).collect();
        let mut generic: Vec<TermId> =
            generic_stems().filter_map(|stem| by_stem.get(stem).copied()).collect();
        generic.sort_unstable();
        let names = NAMES.iter().filter_map(|name| by_stem.get(*name).copied()).collect();
        let first_pair = TermId::try_from(stems.len()).unwrap_or(TermId::MAX);
        let by_pair = pairs.iter().zip(first_pair..).map(|(pair, id)| (*pair, id)).collect();
        Lexicon { stems, by_stem, pairs, by_pair, generic, names }
    }

    /// How many stems.
    pub(crate) fn stem_count(&self) -> usize {
        self.stems.len()
    }

    /// How many terms: stems and pairs.
    pub(crate) fn len(&self) -> usize {
        self.stems.len() + self.pairs.len()
    }

    /// The stems, in the order of their numbers.
    pub(crate) fn stems(&self) -> &[Box<str>] {
        &self.stems
    }

    /// The pairs, in the order of their numbers.
    pub(crate) fn pairs(&self) -> &[(TermId, TermId)] {
        &self.pairs
    }

    /// True for a stem that says nothing about a subject, a pair of such, and a pair with the name
    /// of an organization in it: these are not shown as reasons.
    pub(crate) fn is_generic(&self, term: TermId) -> bool {
        let is_listed = |stem: TermId| self.generic.binary_search(&stem).is_ok();
        let is_name = |stem: TermId| self.names.contains(&stem);
        match self.pair(term) {
            Some((first, second)) => {
                is_name(first) || is_name(second) || is_listed(first) && is_listed(second)
            }
            None => is_name(term) || is_listed(term),
        }
    }

    /// The number of a stem.
    pub(crate) fn id_of_stem(&self, stem: &str) -> Option<TermId> {
        self.by_stem.get(stem).copied()
    }

    /// The number of a word's stem, of its usual spelling where texts know that.
    fn id_of_word(&self, word: &str) -> Option<TermId> {
        let usual = spelling::usual(word).and_then(|usual| self.id_of_stem(&stem(&usual)));
        usual.or_else(|| self.id_of_stem(&stem(word)))
    }

    /// The stems of a pair; `None` for a single stem.
    pub(crate) fn pair(&self, term: TermId) -> Option<(TermId, TermId)> {
        self.pairs.get((term as usize).checked_sub(self.stems.len())?).copied()
    }

    /// The number of a pair of stems.
    #[inline]
    pub(crate) fn id_of_pair(&self, first: TermId, second: TermId) -> Option<TermId> {
        self.by_pair.get(&(first, second)).copied()
    }

    /// The stem of a term, or both of a pair.
    pub(crate) fn show(&self, term: TermId) -> String {
        let index = term as usize;
        match self.stems.get(index) {
            Some(stem) => stem.to_string(),
            None => match self.pairs.get(index - self.stems.len()) {
                Some((first, second)) => {
                    format!("{} {}", self.stems[*first as usize], self.stems[*second as usize])
                }
                None => String::new(),
            },
        }
    }

    /// Splits `text` and calls `receive` for each token.
    pub(crate) fn analyze(&self, text: &str, memo: &mut WordMemo, mut receive: impl FnMut(Token)) {
        let WordMemo { known, buffer } = memo;
        for_each_piece(text, buffer, |piece| match piece {
            Piece::Break => receive(Token::Break),
            Piece::Word(word, start, end) => {
                let id = match known.get(word) {
                    Some(id) => *id,
                    None => {
                        let id = self.id_of_word(word);
                        if known.len() >= MEMO_WORDS {
                            known.clear();
                        }
                        known.insert(word.into(), id);
                        id
                    }
                };
                receive(id.map_or(Token::Unknown, |id| Token::Known(id, start, end)));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_and_pairs_have_numbers() {
        let stems = ["function", "road", "safeti", "vehicl"].map(Box::from).to_vec();
        let lexicon = Lexicon::new(stems, vec![(1, 3)]);
        let mut tokens = Vec::new();
        lexicon.analyze("Functional safety of road vehicles", &mut WordMemo::default(), |token| {
            tokens.push(token)
        });
        assert_eq!(
            tokens,
            [
                Token::Known(0, 0, 10),
                Token::Known(2, 11, 17),
                Token::Break,
                Token::Known(1, 21, 25),
                Token::Known(3, 26, 34)
            ]
        );
        assert_eq!(lexicon.id_of_pair(1, 3), Some(4));
        assert_eq!(lexicon.id_of_pair(3, 1), None);
        assert_eq!((lexicon.show(4).as_str(), lexicon.len()), ("road vehicl", 5));
    }
}
