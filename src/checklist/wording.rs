//! Pieces of sentences that rules share.

use crate::matching::{Elsewhere, Interest, Overlap};

/// `a, b and c`
pub(crate) fn listed<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// The first few of a list, and how many more there are: `a, b, c and 4 more`.
pub(crate) fn first<T: AsRef<str>>(items: &[T], most: usize) -> String {
    if items.len() <= most {
        return listed(items);
    }
    let shown: Vec<&str> = items[..most].iter().map(AsRef::as_ref).collect();
    format!("{} and {} more", shown.join(", "), items.len() - most)
}

pub(crate) use crate::text::display::percent;

/// `1 search`, `3 searches`
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// At most `most` characters on one line.
pub(crate) fn excerpt(text: &str, most: usize) -> String {
    let mut shown = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let size = word.chars().count();
        if length > 0 && length + 1 + size > most {
            shown.push_str(" …");
            return shown;
        }
        if length > 0 {
            shown.push(' ');
            length += 1;
        }
        if size > most {
            shown.extend(word.chars().take(most));
            shown.push('…');
            return shown;
        }
        shown.push_str(word);
        length += size;
    }
    shown
}

/// `IEC TC 61 (Safety of household and similar electrical appliances)`
pub(crate) fn named(interest: &Interest) -> String {
    if interest.title.is_empty() {
        return interest.committee.to_string();
    }
    format!("{} ({})", interest.committee, excerpt(&interest.title, 90))
}

/// `IEC TC 61 (Safety of …) at 71 %`
pub(crate) fn named_with_share(interest: &Interest) -> String {
    format!("{} at {}", named(interest), percent(interest.probability_by_texts()))
}

/// `ISO 31000 (Risk management — Guidelines)`
pub(crate) fn work(overlap: &Overlap) -> String {
    format!("{} ({})", overlap.reference, excerpt(&overlap.title, 90))
}

/// `ETSI EN 399 901 (Smart lifts)`
pub(crate) fn external(document: &Elsewhere) -> String {
    format!("{} ({})", document.reference, excerpt(&document.title, 90))
}

/// What is left of a text for comparison of contents: lower-case words of letters and digits.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// A text as lower-case words with one space before and after each, and how its words begin.
///
/// Most phrases that are looked for are not there, and the beginnings tell that without a look at
/// the text.
#[derive(Clone, Debug)]
pub(crate) struct Spaced {
    text: String,
    /// A bit for each pair of letters with which a word may begin.
    beginnings: [u64; 16],
}

impl Spaced {
    fn has_beginning(&self, phrase: &str) -> bool {
        let (word, bit) = beginning(phrase.as_bytes());
        self.beginnings[word] & bit != 0
    }
}

impl std::ops::Deref for Spaced {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

/// The place of the bit for the first two letters of a word.
fn beginning(word: &[u8]) -> (usize, u64) {
    // The end of a word of one letter is a space, in the text as in a phrase.
    let letter = |at: usize| usize::from(word.get(at).copied().unwrap_or(b' ') & 31);
    let pair = letter(0) << 5 | letter(1);
    (pair >> 6, 1 << (pair & 63))
}

/// The first of the phrases that stands in the text as whole words. Phrases are lower-case words
/// with one space between.
pub(crate) fn phrase_in<'a>(text: &str, phrases: &[&'a str]) -> Option<&'a str> {
    let spaced = spaced(text);
    phrases.iter().copied().find(|phrase| has(&spaced, phrase))
}

/// All phrases of the list that stand in the text as whole words.
pub(crate) fn phrases_in<'a>(text: &Spaced, phrases: &[&'a str]) -> Vec<&'a str> {
    phrases.iter().copied().filter(|phrase| has(text, phrase)).collect()
}

/// True when a text holds one of the phrases.
pub(crate) fn has_any(text: &Spaced, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| has(text, phrase))
}

/// True when a text holds a phrase of lower-case words with one space between.
pub(crate) fn has(text: &Spaced, phrase: &str) -> bool {
    debug_assert_eq!(
        spaced(phrase).trim(),
        phrase,
        "phrases stand in the form in which they are looked for"
    );
    let bytes = text.text.as_bytes();
    text.has_beginning(phrase)
        && text.text.match_indices(phrase).any(|(at, _)| {
            at > 0 && bytes[at - 1] == b' ' && bytes.get(at + phrase.len()) == Some(&b' ')
        })
}

/// Lower-case words with one space before and after each.
pub(crate) fn spaced(text: &str) -> Spaced {
    let mut spaced = String::with_capacity(text.len() + 2);
    spaced.push(' ');
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            spaced.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            spaced.extend(c.to_lowercase());
        } else if !spaced.ends_with(' ') {
            spaced.push(' ');
        }
    }
    if !spaced.ends_with(' ') {
        spaced.push(' ');
    }
    let mut beginnings = [0; 16];
    for pair in spaced.as_bytes().windows(3).filter(|pair| pair[0] == b' ') {
        let (word, bit) = beginning(&pair[1..]);
        beginnings[word] |= bit;
    }
    Spaced { text: spaced, beginnings }
}

/// True when a text made by [`spaced`] holds the words of any text in their order.
pub(crate) fn holds(spaced_text: &Spaced, words: &str) -> bool {
    spaced_text.contains(&*spaced(words))
}

/// The sentences of a text: parted by line ends and by full stops before white space.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n')
        .flat_map(|line| {
            let mut parts = Vec::new();
            let mut from = 0;
            for (at, _) in line
                .match_indices(['.', '?', '!'])
                .filter(|(at, _)| line[at + 1..].starts_with(' '))
            {
                // «e.g. » and initials end no sentence.
                let short = line[from..at]
                    .rsplit([' ', '('])
                    .next()
                    .is_some_and(|word| word.len() <= 3 && word.contains('.') || word.len() == 1);
                if !short {
                    parts.push(&line[from..=at]);
                    from = at + 2;
                }
            }
            parts.push(&line[from..]);
            parts
        })
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

/// Likeness of two titles by pairs of letters, from 0 to 1: order of words hardly counts.
pub(crate) fn likeness(one: &str, other: &str) -> f64 {
    Pairs::of(one).likeness(other)
}

/// The pairs of neighbouring letters of a title that is compared with many others.
#[derive(Clone, Debug)]
pub(crate) struct Pairs {
    /// Letters and digits in lower case.
    letters: String,
    /// In order, as often as they come.
    pairs: Vec<(char, char)>,
    /// How often each letter and digit comes.
    counts: [u8; 32],
}

/// How often each letter and digit of a text in ASCII comes, and how many there are. Some share a
/// place: they can then only seem to have more in common.
fn counts(text: &str) -> ([u8; 32], usize) {
    let mut counts = [0_u8; 32];
    let mut number = 0;
    for byte in text.bytes().filter(u8::is_ascii_alphanumeric) {
        let place = &mut counts[usize::from(byte.to_ascii_lowercase() & 31)];
        *place = place.saturating_add(1);
        number += 1;
    }
    (counts, number)
}

impl Pairs {
    pub(crate) fn of(title: &str) -> Pairs {
        let letters: String = words(title).collect();
        let mut pairs: Vec<(char, char)> = letters.chars().zip(letters.chars().skip(1)).collect();
        pairs.sort_unstable();
        Pairs { counts: counts(&letters).0, letters, pairs }
    }

    /// The measure of Sørensen and Dice: twice the pairs in common by all pairs.
    pub(crate) fn likeness(&self, other: &str) -> f64 {
        self.like(&Pairs::of(other))
    }

    /// Whether the likeness reaches a level above 0. Titles that have too few letters in common are
    /// not looked at: every pair in common begins with another one of them.
    pub(crate) fn is_like(&self, other: &str, level: f64) -> bool {
        let own = self.letters.len();
        // Counts end at 255.
        let is_short = own.max(other.len()) <= usize::from(u8::MAX);
        if is_short && other.is_ascii() && self.letters.is_ascii() {
            let (counts, number) = counts(other);
            let common: usize =
                self.counts.iter().zip(counts).map(|(one, two)| usize::from(*one.min(&two))).sum();
            if own.min(number) >= 2 && most(common, own, number) < level {
                return false;
            }
        }
        self.likeness(other) >= level
    }

    fn like(&self, other: &Pairs) -> f64 {
        if self.letters == other.letters {
            return 1.0;
        }
        if self.letters.len() < 2 || other.letters.len() < 2 {
            return 0.0;
        }
        let (mut one, mut two) = (self.pairs.iter().peekable(), other.pairs.iter().peekable());
        let mut common = 0;
        while let (Some(left), Some(right)) = (one.peek(), two.peek()) {
            match left.cmp(right) {
                std::cmp::Ordering::Less => drop(one.next()),
                std::cmp::Ordering::Greater => drop(two.next()),
                std::cmp::Ordering::Equal => {
                    common += 1;
                    one.next();
                    two.next();
                }
            }
        }
        most(common, self.letters.len(), other.letters.len())
    }
}

/// The likeness of two titles with so many pairs in common.
#[expect(clippy::cast_precision_loss, reason = "lengths of titles are small")]
fn most(common: usize, one: usize, other: usize) -> f64 {
    (2 * common) as f64 / (one + other).saturating_sub(2) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_excerpts() {
        assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
        assert_eq!(first(&["a", "b", "c", "d"], 2), "a, b and 2 more");
        assert_eq!(excerpt("one two three", 8), "one two …");
        assert_eq!(percent(0.714), "71 %");
    }

    #[test]
    fn phrases_are_whole_words() {
        assert_eq!(phrase_in("A radioactive source", &["radio"]), None);
        assert_eq!(
            phrase_in("Use of the radio-frequency spectrum", &["radio frequency"]),
            Some("radio frequency")
        );
    }

    #[test]
    fn likeness_is_that_of_the_library() {
        let plain = |text: &str| words(text).collect::<Vec<_>>().join(" ");
        let titles = [
            "Blockchain and distributed ledger technologies",
            "Blockchain and electronic distributed ledger technologies",
            "Smart lifts",
            "Smart Lifts!",
            "lifts, smart",
            "Züge und Aufzüge",
            "Zuege",
            "a",
            "",
            "aaaaaa",
            "aaa",
        ];
        for one in titles {
            for other in titles {
                let expected = strsim::sorensen_dice(&plain(one), &plain(other));
                assert!((likeness(one, other) - expected).abs() < f64::EPSILON, "{one} {other}");
                for level in [0.3, 0.65, 0.9] {
                    assert_eq!(
                        Pairs::of(one).is_like(other, level),
                        expected >= level,
                        "{one} {other} {level}"
                    );
                }
            }
        }
    }

    #[test]
    fn sentences_end_at_full_stops() {
        let text = "Lifts, e.g. for goods. Doors? Yes.\nRamps. ";
        assert_eq!(
            sentences(text).collect::<Vec<_>>(),
            ["Lifts, e.g. for goods.", "Doors?", "Yes.", "Ramps."]
        );
    }
}
