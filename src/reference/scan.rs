//! A cursor over text, shared by the readers of committee and standard references.

/// A place in a text. Copying it is cheap, so that a reader can try and step back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

/// White space and the hyphens and slashes that people put between the parts of a reference.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '/' | '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ad}')
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Scan<'a> {
        Scan { text, at }
    }

    pub(super) fn rest(self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn is_done(self) -> bool {
        self.at >= self.text.len()
    }

    /// Passes one character when it is `expected`.
    pub(super) fn take(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        if found {
            self.at += expected.len_utf8();
        }
        found
    }

    /// Passes up to four separators; tells how many.
    pub(super) fn separators(&mut self) -> usize {
        let mut passed = 0;
        while passed < 4 {
            match self.peek() {
                Some(c) if is_separator(c) => self.at += c.len_utf8(),
                _ => break,
            }
            passed += 1;
        }
        passed
    }

    /// Passes up to three blanks (no line break unless it is the only one).
    pub(super) fn blanks(&mut self) -> usize {
        let mut passed = 0;
        while passed < 3 {
            match self.peek() {
                Some(c) if c.is_whitespace() => self.at += c.len_utf8(),
                _ => break,
            }
            passed += 1;
        }
        passed
    }

    /// Passes what joins the items of a list: `, `, ` and `, `, and `, ` & `, ` or `; with `tight`,
    /// also a comma that no blank follows.
    pub(super) fn connective(&mut self, tight: bool) -> bool {
        self.blanks();
        let comma = self.take(',') || self.take('&');
        let blank = self.blanks() > 0;
        let word = self.word("and") || self.word("or");
        if word {
            self.blanks();
        }
        comma && (blank || tight) || word
    }

    /// Passes a hyphen of any kind.
    pub(super) fn hyphen(&mut self) -> bool {
        match self.peek() {
            Some(c @ ('-' | '\u{2010}'..='\u{2015}' | '\u{2212}')) => {
                self.at += c.len_utf8();
                true
            }
            _ => false,
        }
    }

    /// Passes `word` in any ASCII case, where the next character is not a letter.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let rest = self.rest().as_bytes();
        if rest.len() < word.len() || !rest[..word.len()].eq_ignore_ascii_case(word.as_bytes()) {
            return false;
        }
        let end = self.at + word.len();
        // The words are ASCII, so that `end` is a character boundary.
        if self.text[end..].chars().next().is_some_and(char::is_alphabetic) {
            return false;
        }
        self.at = end;
        true
    }

    /// Passes `word` in exactly this spelling, where the next character is not a letter.
    pub(super) fn exact_word(&mut self, word: &str) -> bool {
        self.rest().starts_with(word) && self.word(word)
    }

    /// Passes a number of at most `digits` digits.
    pub(super) fn number(&mut self, digits: usize) -> Option<u32> {
        let rest = self.rest().as_bytes();
        let length = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        if length == 0 || length > digits {
            return None;
        }
        let number = self.rest()[..length].parse().ok()?;
        self.at += length;
        Some(number)
    }

    /// True where a word could begin: what stands before is not a letter, a digit, or a dot that
    /// follows one.
    pub(super) fn at_word_start(self) -> bool {
        self.text[..self.at].chars().next_back().is_none_or(|c| !c.is_alphanumeric())
    }

    /// True where what was read is complete: no letter or digit follows.
    pub(super) fn at_word_end(self) -> bool {
        self.peek().is_none_or(|c| !c.is_alphanumeric())
    }
}
