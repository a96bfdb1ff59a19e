//! The analyzer as tantivy's tokenizer.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::stem::stem;
use super::words::{Piece, for_each_piece};

/// Name under which the tokenizer is registered in an index.
pub(crate) const NAME: &str = "spcg";

/// Stands between the stems of a pair in a term of the index; it occurs in no stem.
pub(crate) const PAIR_MARK: char = '_';

/// Splits, drops stop words and stems, exactly as [`Lexicon`](super::Lexicon) does. Two stems with
/// nothing but white space or punctuation between them are given as a pair too.
#[derive(Clone, Debug, Default)]
pub(crate) struct StemTokenizer {
    buffer: String,
    tokens: Vec<Token>,
}

/// The stems of one text.
#[derive(Debug)]
pub(crate) struct StemStream<'a> {
    tokens: &'a mut [Token],
    next: usize,
}

impl Tokenizer for StemTokenizer {
    type TokenStream<'a> = StemStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> StemStream<'a> {
        let StemTokenizer { buffer, tokens } = self;
        tokens.clear();
        let mut previous: Option<(String, usize)> = None;
        for_each_piece(text, buffer, |piece| {
            let Piece::Word(word, start, end) = piece else {
                previous = None;
                return;
            };
            let mut push = |text: String, from: usize| {
                let position = tokens.len();
                tokens.push(Token {
                    offset_from: from,
                    offset_to: end,
                    position,
                    text,
                    position_length: 1,
                });
            };
            let stem = stem(word);
            if let Some((first, from)) = &previous {
                push(format!("{first}{PAIR_MARK}{stem}"), *from);
            }
            push(stem.to_string(), start);
            previous = Some((stem.into_owned(), start));
        });
        StemStream { tokens, next: 0 }
    }
}

impl TokenStream for StemStream<'_> {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }
    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }
    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}
