//! Names are no subject: whoever names neighbours must not be given others for it.

use std::borrow::Cow;
use std::ops::Range;

use crate::reference::{Organization, Reference, find_references};

/// Stands where a name began, so that what is on both sides is no phrase.
const BREAK: u8 = b';';

/// `text` without the references of committees in it. Places stay where they are: a break and
/// blanks stand instead.
///
/// References of documents stay: `IEC 61850` is a term of its subject, and without them fewer new
/// works find their committee (.875 for .877 first).
pub(crate) fn without_committees(text: &str, context: Option<Organization>) -> Cow<'_, str> {
    blanked(text, committees(text, context))
}

fn committees(text: &str, context: Option<Organization>) -> impl Iterator<Item = Range<usize>> {
    let is_committee = |reference: &Reference| matches!(reference, Reference::Committee(_));
    let found = find_references(text, context);
    found.filter(move |found| is_committee(&found.reference)).map(|found| found.span)
}

/// The same of a title, and without a name that it begins with: `Recommendation ITU-T X.lifts`.
pub(crate) fn without_name(title: &str, context: Option<Organization>) -> Cow<'_, str> {
    let end = end_of_name(title);
    let found = committees(title, context);
    blanked(
        title,
        (end > 0).then_some(0..end).into_iter().chain(found.filter(|at| at.start >= end)),
    )
}

/// What may stand before the working name of a Recommendation.
const KINDS: [&str; 7] =
    ["draft", "new", "revised", "recommendation", "supplement", "technical", "report"];

/// Where a title's own name ends: the working name of a Recommendation (`X.lifts`, a letter, a
/// point and letters), with the organization and the kind of document before it; 0 without one.
fn end_of_name(title: &str) -> usize {
    let mut at = 0;
    for word in title.split_inclusive(char::is_whitespace) {
        let bare = word.trim().trim_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_ascii_lowercase();
        let mut parts = bare.split('.');
        let letter = parts.next().unwrap_or_default();
        let rest = parts.next().unwrap_or_default();
        let is_name = letter.len() == 1
            && letter.starts_with(|c: char| c.is_ascii_uppercase())
            && rest.len() >= 2
            && rest.starts_with(|c: char| c.is_ascii_lowercase());
        at += word.len();
        if is_name {
            return at;
        }
        if lower != "itu-t" && lower != "itu" && !KINDS.contains(&lower.as_str()) {
            return 0;
        }
    }
    0
}

fn blanked(text: &str, spans: impl Iterator<Item = Range<usize>>) -> Cow<'_, str> {
    let mut blanked = Cow::Borrowed(text);
    let mut bytes = Vec::new();
    for span in spans {
        if bytes.is_empty() {
            bytes = text.as_bytes().to_vec();
        }
        if let Some(name) = bytes.get_mut(span) {
            name.fill(b' ');
            if let Some(first) = name.first_mut() {
                *first = BREAK;
            }
        }
    }
    if !bytes.is_empty()
        && let Ok(without) = String::from_utf8(bytes)
    {
        blanked = Cow::Owned(without);
    }
    blanked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_blanked_in_their_places() {
        let text =
            "Lifts (é) of ISO/TC 178 and ISO/IEC JTC 1/SC 42, see Recommendation ITU-T X.509.";
        let without = without_committees(text, None);
        assert_eq!(without.len(), text.len());
        for name in ["TC", "SC", "178", "42"] {
            assert!(!without.contains(name), "{without}");
        }
        assert!(without.starts_with("Lifts (é) of ;") && without.ends_with("X.509."));
        assert!(matches!(without_committees("Lifts", None), Cow::Borrowed("Lifts")));
    }

    #[test]
    fn the_working_name_of_a_recommendation_is_no_title() {
        let words = |title| without_name(title, None).trim_matches([';', ' ']).to_owned();
        assert_eq!(
            words("Draft new Recommendation ITU-T X.liftsec Security of lifts"),
            "Security of lifts"
        );
        assert_eq!(words("ITU-T Y.lift: Data of lifts"), "Data of lifts");
        assert_eq!(words("Recommendation of lifts"), "Recommendation of lifts");
        assert_eq!(words("New lifts"), "New lifts");
    }
}
