//! Numbers for terms.
//!
//! A *term* is a stem or a pair of neighbouring stems. Numbers of stems come first, those of pairs after them.

use rustc_hash::FxHashMap;

use super::stem::stem;
use super::words::{Piece, for_each_piece};

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
}

/// Words met before, so that each distinct word is stemmed once. One per worker, bounded.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordMemo {
    known: FxHashMap<Box<str>, Option<TermId>>,
    buffer: String,
}

/// Words kept in a memo before it is emptied: about the number of distinct words in 100,000 abstracts.
const MEMO_WORDS: usize = 60_000;

impl Lexicon {
    /// A lexicon of these stems (which get the numbers 0, 1, …) and pairs.
    pub(crate) fn new(stems: Vec<Box<str>>, pairs: Vec<(TermId, TermId)>) -> Lexicon {
        let by_stem = stems.iter().zip(0..).map(|(stem, id)| (stem.clone(), id)).collect();
        let first_pair = TermId::try_from(stems.len()).unwrap_or(TermId::MAX);
        let by_pair = pairs.iter().zip(first_pair..).map(|(pair, id)| (*pair, id)).collect();
        Lexicon { stems, by_stem, pairs, by_pair }
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

    /// The number of a stem.
    pub(crate) fn id_of_stem(&self, stem: &str) -> Option<TermId> {
        self.by_stem.get(stem).copied()
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
                Some((first, second)) => format!("{} {}", self.stems[*first as usize], self.stems[*second as usize]),
                None => String::new(),
            },
        }
    }

    /// Gives a new stem its number, or finds it. Only while there are no pairs.
    pub(crate) fn add_stem(&mut self, stem: &str) -> TermId {
        debug_assert!(self.pairs.is_empty(), "numbers of pairs come after those of stems");
        if let Some(id) = self.by_stem.get(stem) {
            return *id;
        }
        let id = TermId::try_from(self.stems.len()).unwrap_or(TermId::MAX);
        self.stems.push(stem.into());
        self.by_stem.insert(stem.into(), id);
        id
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
                        let id = self.id_of_stem(&stem(word));
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

    /// The same for a lexicon that is being made: every stem gets a number.
    pub(crate) fn analyze_growing(&mut self, text: &str, memo: &mut WordMemo, mut receive: impl FnMut(Token)) {
        let WordMemo { known, buffer } = memo;
        for_each_piece(text, buffer, |piece| match piece {
            Piece::Break => receive(Token::Break),
            Piece::Word(word, start, end) => {
                let id = match known.get(word) {
                    Some(Some(id)) => *id,
                    _ => {
                        let id = self.add_stem(&stem(word));
                        known.insert(word.into(), Some(id));
                        id
                    }
                };
                receive(Token::Known(id, start, end));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growing_and_reading_agree() {
        let text = "Functional safety of road vehicles; vehicle safety, X.509.";
        let mut lexicon = Lexicon::default();
        let (mut grown, mut read) = (Vec::new(), Vec::new());
        lexicon.analyze_growing(text, &mut WordMemo::default(), |token| grown.push(token));
        lexicon.analyze(text, &mut WordMemo::default(), |token| read.push(token));
        assert_eq!(grown, read);
        assert_eq!(lexicon.stem_count(), 5);
        let pair = (lexicon.id_of_stem("road").unwrap(), lexicon.id_of_stem("vehicl").unwrap());
        let lexicon = Lexicon::new(lexicon.stems().to_vec(), vec![pair]);
        assert_eq!(lexicon.show(lexicon.id_of_pair(pair.0, pair.1).unwrap()), "road vehicl");
        assert_eq!(lexicon.id_of_pair(pair.1, pair.0), None);
    }
}
