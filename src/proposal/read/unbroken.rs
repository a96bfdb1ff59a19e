//! Texts that lost their line ends, as when they were copied out of a viewer: `… 1. Scope The group
//! studies … 2. Rationale Cabinets …`.

use super::headings;

/// The longest heading, in words.
const HEADING_WORDS: usize = 8;

/// The text with its numbered headings on lines of their own; nothing where it has fewer than two
/// such headings that are known, in their order.
pub(super) fn parted(text: &str) -> Option<String> {
    let mut parted = String::with_capacity(text.len() + 100);
    let mut from = 0;
    let mut number = 1u32;
    let mut found = 0;
    for (at, _) in text.match_indices(' ') {
        if at < from {
            continue;
        }
        let rest = &text[at + 1..];
        let Some(behind) = rest.strip_prefix(&number.to_string()) else { continue };
        let Some(behind) = behind.strip_prefix(['.', ')', ' ']) else { continue };
        let Some(heading) = heading(behind.trim_start()) else { continue };
        let end = at + 1 + (rest.len() - behind.trim_start().len()) + heading.len();
        parted.push_str(text[from..at].trim());
        parted.push_str("\n\n");
        parted.push_str(&text[at + 1..end]);
        parted.push_str("\n\n");
        from = end;
        number += 1;
        found += 1;
    }
    parted.push_str(text[from..].trim_start_matches([':', '.', ' ']));
    (found >= 2).then_some(parted)
}

/// The longest known heading at the start of a text, before a word that begins a sentence.
fn heading(text: &str) -> Option<&str> {
    let mut ends: Vec<usize> =
        text.match_indices(' ').map(|(at, _)| at).take(HEADING_WORDS).collect();
    ends.reverse();
    ends.into_iter().find_map(|end| {
        let next = text[end..].trim_start().chars().next()?;
        let heading = text[..end].trim_end_matches([':', '.']);
        let begins = next.is_uppercase() || next.is_ascii_digit() || text[..end].ends_with(':');
        (begins && headings::exactly(heading).is_some()).then_some(heading)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_headings_get_lines_of_their_own() {
        let text = "Lifts 1. Scope Lifts that talk in 2 ways. 2. Purpose and justification Noise.";
        assert_eq!(
            parted(text).as_deref(),
            Some(
                "Lifts\n\n1. Scope\n\nLifts that talk in 2 ways.\n\n2. Purpose and justification\n\nNoise."
            )
        );
        for text in ["", "1. Scope", "Lifts 1. Scope Lifts that talk", "See 1. Elephants 2. Ants A"]
        {
            assert_eq!(parted(text), None, "{text}");
        }
    }
}
