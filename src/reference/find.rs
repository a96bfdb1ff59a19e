//! References in running text.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::LazyLock;

use super::committee::{self, CommitteeRef};
use super::scan::Scan;
use super::standard::{self, StandardRef};
use super::{Organization, adoption, document, list};

/// A reference of either kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    /// A committee, study group or Question.
    Committee(CommitteeRef),
    /// A standard or other publication.
    Standard(StandardRef),
}

/// A reference and where in the text it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// What stands there.
    pub reference: Reference,
}

/// Finds every reference of a committee or a standard of the three organizations, in the order of
/// the text.
///
/// A bare `TC 57` is read in the context of the reference before it in the same text, or else of
/// `context`; with neither it is passed over. References of other bodies (`CEN/TC 251`) are passed
/// over.
///
/// ```
/// use spcg::reference::find_references;
///
/// let text = "To be done with ISO/IEC JTC 1/SC 42, SC 27 and SG17; see ISO 31000:2018 and X.509.";
/// let found: Vec<&str> = find_references(text, None).map(|found| &text[found.span]).collect();
/// assert_eq!(found, ["ISO/IEC JTC 1/SC 42", "SC 27", "SG17", "ISO 31000:2018", "X.509"]);
/// ```
pub fn find_references(
    text: &str,
    context: Option<Organization>,
) -> impl Iterator<Item = Found> + '_ {
    find(text, context, true)
}

/// The same; without `skip_words`, every word is read, whether or not a reference can begin with
/// it.
fn find(
    text: &str,
    context: Option<Organization>,
    skip_words: bool,
) -> impl Iterator<Item = Found> + '_ {
    let mut at = 0;
    let mut last: Option<CommitteeRef> = None;
    let mut more: VecDeque<Found> = VecDeque::new();
    std::iter::from_fn(move || {
        if let Some(found) = more.pop_front() {
            return Some(found);
        }
        while at < text.len() {
            let c = text[at..].chars().next()?;
            // The number of a document of IEC names its committee: `65C/1023/NP`.
            if c.is_ascii_digit() && Scan::new(text, at).at_word_start() {
                let mut scan = Scan::new(text, at);
                if let Some(committee) = document::read(&mut scan) {
                    let span = at..scan.at;
                    at = scan.at;
                    return Some(Found { span, reference: Reference::Committee(committee) });
                }
                at += word_length(&text[at..]);
                continue;
            }
            // Every other reference begins with a letter at the start of a word.
            if c.is_ascii_alphabetic() && Scan::new(text, at).at_word_start() {
                let rest = &text.as_bytes()[at..];
                if skip_words && !may_begin(rest) {
                    at += word_length(&text[at..]);
                    continue;
                }
                let mut scan = Scan::new(text, at);
                if let Some(list) = list::read(&mut scan, context, last.as_ref()) {
                    at = scan.at;
                    last = list.last().map(|(_, committee)| committee.clone());
                    more.extend(list.into_iter().map(|(span, committee)| Found {
                        span,
                        reference: Reference::Committee(committee),
                    }));
                    return more.pop_front();
                }
                let mut other = scan;
                let committee = committee::read_in_text(&mut scan, context, last.as_ref());
                let standard = standard::read(&mut other, true);
                let (end, reference) = match (committee, standard) {
                    (Some(committee), None) => (scan.at, Reference::Committee(committee)),
                    (Some(committee), Some(_)) if scan.at >= other.at => {
                        (scan.at, Reference::Committee(committee))
                    }
                    (_, Some(standard)) => (other.at, Reference::Standard(standard)),
                    (None, None) => {
                        at += word_length(&text[at..]);
                        continue;
                    }
                };
                if let Reference::Committee(committee) = &reference {
                    last = Some(committee.clone());
                }
                let span = at..end;
                at = end;
                if let Reference::Standard(standard) = &reference {
                    let mut scan = Scan::new(text, at);
                    for (span, standard) in standard::read_more(&mut scan, standard) {
                        more.push_back(Found { span, reference: Reference::Standard(standard) });
                    }
                    at = scan.at;
                }
                return Some(Found { span, reference });
            }
            at += c.len_utf8();
        }
        None
    })
}

/// Bytes up to the next character that is neither a letter nor a digit.
fn word_length(text: &str) -> usize {
    let ascii = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    ascii + text[ascii..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - ascii)
}

/// The word with which a reference in running text begins, or its beginning up to a blank, hyphen
/// or digit.
#[derive(Clone, Copy)]
pub(super) struct FirstWord {
    pub(super) word: &'static str,
    /// True when it is only taken in this spelling, which is all capitals.
    pub(super) exact: bool,
}

fn first_words() -> impl Iterator<Item = FirstWord> {
    committee::first_words()
        .chain(list::first_words())
        .chain(standard::first_words())
        .chain(adoption::first_words())
}

/// Lengths of the words that a reference can begin with, a bit each, by first letter: most words of
/// a text are passed over on this alone. First those in any spelling, then those in capitals.
static LENGTHS: LazyLock<[[u32; 26]; 2]> = LazyLock::new(|| {
    let mut lengths = [[0; 26]; 2];
    for FirstWord { word, exact } in first_words() {
        let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
        if let Some(first) = word.bytes().next() {
            lengths[usize::from(exact)][usize::from(first.to_ascii_lowercase() - b'a')] |=
                1 << letters.min(31);
        }
    }
    lengths
});

/// False for text that begins with a letter and cannot begin with a reference.
fn may_begin(text: &[u8]) -> bool {
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let Some(first) = text.first() else { return false };
    // `X.509`: a single letter and a dot.
    if letters == 1 && text.get(1) == Some(&b'.') {
        return true;
    }
    let [any, exact] = &*LENGTHS;
    let letter = usize::from(first.to_ascii_lowercase() - b'a');
    let is_capital = text[..letters.min(2)].iter().all(u8::is_ascii_uppercase);
    any[letter] >> letters.min(31) & 1 == 1
        || is_capital && exact[letter] >> letters.min(31) & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str, context: Option<Organization>) -> Vec<String> {
        find_references(text, context)
            .map(|found| match found.reference {
                Reference::Committee(committee) => committee.to_string(),
                Reference::Standard(standard) => standard.to_string(),
            })
            .collect()
    }

    #[test]
    fn committees_and_standards_in_sentences() {
        assert_eq!(
            found(
                "Excluded: risk management (ISO/TC 262, TC 292), and IEC TC 61; see IEC 61508-1:2010.",
                None
            ),
            ["ISO/TC 262", "ISO/TC 292", "IEC TC 61", "IEC 61508-1:2010"]
        );
        assert_eq!(
            found("Liaison with CISPR/A, Q10/17 and Study Group 20.", None),
            ["IEC CISPR/A", "ITU-T Q10/17", "ITU-T SG 20"]
        );
        assert_eq!(found("TC 57 shall be asked.", Some(Organization::Iec)), ["IEC TC 57"]);
    }

    #[test]
    fn other_bodies_and_ordinary_words_are_passed_over() {
        for text in [
            "CEN/TC 251 and CEN TC 251",
            "ITU-R SG 5, ITU-R Study Group 5 and ITU-D SG 1",
            "the SET of rules",
            "ISO images",
            "A.12 and B.3",
            "Figure A.1",
            "5G networks",
            "WG 3",
            "TC 57",
        ] {
            assert!(found(text, None).is_empty(), "{text}: {:?}", found(text, None));
        }
    }

    #[test]
    fn hostile_text_ends() {
        for text in [
            "ISO/ISO/ISO/",
            "Q/",
            "Q1/",
            "ITU-T ",
            "ISO/IEC/IEEE/HL7/ISO 1",
            "\u{0}ISO\u{301} 9001",
            "ITU-T Ä.1",
            "X.",
            "SC",
        ] {
            let _ = found(text, Some(Organization::Iso));
        }
    }

    proptest! {
        #[test]
        fn passing_over_words_loses_nothing(
            words in proptest::collection::vec(
                prop_oneof![
                    proptest::sample::select(
                        first_words().map(|first| first.word.to_owned()).collect::<Vec<_>>()
                    ),
                    "[A-Za-zé]{1,8}|[A-Z]\\.[0-9]{1,4}|[0-9]{1,5}|/|-|TMB|Committee|Group|Suppl",
                ],
                1..12,
            ),
            blanks in proptest::collection::vec("[ /.-]|", 12),
            iec in any::<bool>(),
        ) {
            let text: String = words.iter().zip(&blanks).flat_map(|(word, blank)| [word.as_str(), blank]).collect();
            for text in [text.clone(), text.to_lowercase(), text.to_uppercase()] {
                let context = iec.then_some(Organization::Iec);
                prop_assert_eq!(
                    find(&text, context, true).collect::<Vec<_>>(),
                    find(&text, context, false).collect::<Vec<_>>()
                );
            }
        }
    }
}
