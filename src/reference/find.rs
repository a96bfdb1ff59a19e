//! References in running text.

use std::ops::Range;

use super::Organization;
use super::committee::{self, CommitteeRef};
use super::scan::Scan;
use super::standard::{self, StandardRef};

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

/// Finds every reference of a committee or a standard of the three organizations, in the order of the text.
///
/// A bare `TC 57` is read in the context of the reference before it in the same text, or else of `context`; with
/// neither it is passed over. References of other bodies (`CEN/TC 251`) are passed over.
///
/// ```
/// use spcg::reference::find_references;
///
/// let text = "To be done with ISO/IEC JTC 1/SC 42, SC 27 and SG17; see ISO 31000:2018 and X.509.";
/// let found: Vec<&str> = find_references(text, None).map(|found| &text[found.span]).collect();
/// assert_eq!(found, ["ISO/IEC JTC 1/SC 42", "SC 27", "SG17", "ISO 31000:2018", "X.509"]);
/// ```
pub fn find_references(text: &str, context: Option<Organization>) -> impl Iterator<Item = Found> + '_ {
    let mut at = 0;
    let mut last: Option<CommitteeRef> = None;
    std::iter::from_fn(move || {
        while at < text.len() {
            let c = text[at..].chars().next()?;
            // Every reference begins with a letter at the start of a word.
            if c.is_ascii_alphabetic() && Scan::new(text, at).at_word_start() {
                let mut scan = Scan::new(text, at);
                let mut other = scan;
                let committee = committee::read_in_text(&mut scan, context, last.as_ref());
                let standard = standard::read(&mut other, true);
                let (end, reference) = match (committee, standard) {
                    (Some(committee), None) => (scan.at, Reference::Committee(committee)),
                    (Some(committee), Some(_)) if scan.at >= other.at => (scan.at, Reference::Committee(committee)),
                    (_, Some(standard)) => (other.at, Reference::Standard(standard)),
                    (None, None) => {
                        at += text[at..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - at);
                        continue;
                    }
                };
                if let Reference::Committee(committee) = &reference {
                    last = Some(committee.clone());
                }
                let span = at..end;
                at = end;
                return Some(Found { span, reference });
            }
            at += c.len_utf8();
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
            found("Excluded: risk management (ISO/TC 262, TC 292), and IEC TC 61; see IEC 61508-1:2010.", None),
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
}
