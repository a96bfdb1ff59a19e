//! Regular expressions of an office's own, with a bound on what they may cost.

use regex::{Regex, RegexBuilder};

/// Largest compiled pattern, in bytes.
const LARGEST: usize = 1 << 20;
/// What all patterns together may cost for one proposal: bytes of the pattern times bytes of the
/// text. A search that keeps to nothing but this takes some two seconds.
const MOST_WORK: u64 = 1 << 33;

/// A pattern with the size of its compiled form.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    regex: Regex,
    /// Bytes of its compiled form, up to twice as many.
    size: u64,
    most_work: u64,
}

impl Pattern {
    /// # Errors
    /// When it is no regular expression, or too large a one.
    pub(crate) fn new(pattern: &str) -> Result<Pattern, regex::Error> {
        let built =
            |limit| RegexBuilder::new(pattern).size_limit(limit).dfa_size_limit(LARGEST).build();
        // The compiler tells no size: it is the first limit that it keeps to.
        let sizes = (10..20).map(|power| 1 << power);
        for size in sizes {
            if let Ok(regex) = built(size) {
                return Ok(Pattern { regex, size: size as u64, most_work: MOST_WORK });
            }
        }
        Ok(Pattern { regex: built(LARGEST)?, size: LARGEST as u64, most_work: MOST_WORK })
    }

    /// Divides the bound among so many patterns.
    pub(crate) fn share(&mut self, patterns: usize) {
        self.most_work = MOST_WORK / patterns.max(1) as u64;
    }

    pub(crate) fn as_str(&self) -> &str {
        self.regex.as_str()
    }

    /// Whether it can be looked for in texts of so many bytes together.
    pub(crate) fn can_search(&self, bytes: usize) -> bool {
        self.size.saturating_mul(bytes as u64) <= self.most_work
    }

    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}
