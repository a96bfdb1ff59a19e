//! Similarity of one title with many: the Sørensen–Dice coefficient over pairs of neighbouring
//! letters.
//!
//! It is [`strsim::sorensen_dice`], with the pairs of the first title counted once instead of once
//! a comparison. Titles with other than ASCII characters go to the library itself. A property test
//! holds both to the same numbers.

/// Longest title that is compared, in characters.
const LONGEST: usize = 300;
/// Pairs of ASCII characters.
const PAIRS: usize = 1 << 14;

/// A title whose pairs of letters are counted.
#[derive(Clone, Debug)]
pub(crate) struct TitlePairs {
    /// The title, cut to [`LONGEST`].
    title: String,
    /// It without white space; empty when it is not ASCII.
    letters: Vec<u8>,
    /// How often each pair occurs in it.
    counts: Box<[u16; PAIRS]>,
    /// Pairs met in a comparison.
    met: Vec<u16>,
}

impl Default for TitlePairs {
    fn default() -> TitlePairs {
        TitlePairs {
            title: String::new(),
            letters: Vec::new(),
            counts: Box::new([0; PAIRS]),
            met: Vec::new(),
        }
    }
}

#[inline]
fn pair(first: u8, second: u8) -> u16 {
    u16::from(first & 0x7f) << 7 | u16::from(second & 0x7f)
}

/// White space of ASCII, as `char::is_whitespace` has it.
#[inline]
fn is_white_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

impl TitlePairs {
    /// Takes another title; at most 300 characters of it.
    pub(crate) fn fill(&mut self, title: &str) {
        for pair in self.letters.windows(2).map(|two| pair(two[0], two[1])) {
            self.counts[usize::from(pair)] = 0;
        }
        self.letters.clear();
        self.title.clear();
        self.title.extend(title.chars().take(LONGEST));
        if self.title.is_ascii() {
            self.letters.extend(self.title.bytes().filter(|byte| !is_white_space(*byte)));
        }
        for pair in self.letters.windows(2).map(|two| pair(two[0], two[1])) {
            self.counts[usize::from(pair)] += 1;
        }
    }

    /// Similarity with another title, from 0 to 1.
    pub(crate) fn similarity(&mut self, other: &str) -> f64 {
        let TitlePairs { title, letters, counts, met } = self;
        if letters.len() < 2 || !other.is_ascii() {
            return strsim::sorensen_dice(title, other);
        }
        met.clear();
        let mut count = 0_usize;
        let mut is_equal = true;
        let mut previous = 0;
        for letter in other.bytes().filter(|byte| !is_white_space(*byte)) {
            is_equal = is_equal && letters.get(count) == Some(&letter);
            if count > 0 {
                let pair = pair(previous, letter);
                let left = &mut counts[usize::from(pair)];
                if *left > 0 {
                    *left -= 1;
                    met.push(pair);
                }
            }
            previous = letter;
            count += 1;
        }
        for pair in &*met {
            counts[usize::from(*pair)] += 1;
        }
        if is_equal && count == letters.len() {
            1.0
        } else if count < 2 {
            0.0
        } else {
            (2 * met.len()) as f64 / (letters.len() + count - 2) as f64
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_same_as_the_library(
            title in "[a-d\t ]{0,40}|[a-dé ]{0,10}",
            others in proptest::collection::vec("[a-d\n ]{0,40}|[a-dé ]{0,10}", 6),
        ) {
            let mut pairs = TitlePairs::default();
            pairs.fill("what stood there before");
            pairs.fill(&title);
            for other in others.iter().chain([&title]) {
                let expected = strsim::sorensen_dice(&title, other);
                prop_assert_eq!(pairs.similarity(other), expected);
            }
        }
    }

    #[test]
    fn long_titles_are_cut() {
        let mut pairs = TitlePairs::default();
        pairs.fill(&"lifts ".repeat(10_000));
        assert!(pairs.similarity("lifts") < 0.1);
        assert_eq!(pairs.similarity(&"lifts ".repeat(50)), 1.0);
    }
}
