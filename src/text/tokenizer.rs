//! The analyzer as tantivy's tokenizer.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::stem::stem;
use super::words::{Piece, for_each_piece};

/// Name under which the tokenizer is registered in an index.
pub(crate) const NAME: &str = "spcg";

/// Splits, drops stop words and stems, exactly as [`Lexicon`](super::Lexicon) does.
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
        for_each_piece(text, buffer, |piece| {
            if let Piece::Word(word, start, end) = piece {
                tokens.push(Token {
                    offset_from: start,
                    offset_to: end,
                    position: tokens.len(),
                    text: stem(word).into_owned(),
                    position_length: 1,
                });
            }
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
