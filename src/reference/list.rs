//! Lists of committees under one keyword: `ISO/TCs 34, 147 and 234`, `Questions 2/5 and 7/5`.

use std::ops::Range;

use super::Organization;
use super::committee::CommitteeRef;
use super::find::FirstWord;
use super::scan::Scan;

/// The most items of a list.
const ITEMS: usize = 100;

/// Keywords in their plural, with the one that stands for each of the items.
const PLURALS: &[(&str, &str)] = &[
    ("Joint Technical Committees", "JTC"),
    ("Technical Committees", "TC"),
    ("Project Committees", "PC"),
    ("Study Groups", "SG"),
    ("Sub-Committees", "SC"),
    ("Subcommittees", "SC"),
    ("Working Groups", "WG"),
    ("Working Parties", "WP"),
    ("Questions", "Q"),
    ("JTCs", "JTC"),
    ("TCs", "TC"),
    ("PCs", "PC"),
    ("SGs", "SG"),
    ("SCs", "SC"),
    ("WGs", "WG"),
    ("WPs", "WP"),
    ("Qs", "Q"),
];

/// The words with which a list begins that names no organization.
pub(super) fn first_words() -> impl Iterator<Item = FirstWord> {
    PLURALS.iter().map(|(word, _)| FirstWord { word, exact: word.len() <= 4 })
}

/// Reads a list at the cursor, and where each item stands; `last` is the reference before it, whose
/// family it may leave out. Nothing when it is none, or has a single item that is no reference.
pub(super) fn read(
    scan: &mut Scan<'_>,
    context: Option<Organization>,
    last: Option<&CommitteeRef>,
) -> Option<Vec<(Range<usize>, CommitteeRef)>> {
    let start = *scan;
    let found = read_list(scan, context, last);
    if found.is_none() {
        *scan = start;
    }
    found
}

fn read_list(
    scan: &mut Scan<'_>,
    context: Option<Organization>,
    last: Option<&CommitteeRef>,
) -> Option<Vec<(Range<usize>, CommitteeRef)>> {
    let from = scan.at;
    let (before, word) = prefix(scan)?;
    let _ = scan.take(':');
    scan.blanks();
    let prefix = scan.text[from..before].trim_end_matches(|c: char| !c.is_alphanumeric());
    let mut items: Vec<(Range<usize>, CommitteeRef)> = Vec::new();
    let mut at = from;
    while items.len() < ITEMS {
        let mut next = *scan;
        if !items.is_empty() && !next.connective(true) {
            break;
        }
        let begin = if items.is_empty() { at } else { next.at };
        // A keyword may be repeated, as in `Questions 2/5 and Q7/5`.
        let mut keyword = next;
        if keyword.exact_word(word) || keyword.exact_word("Question") {
            let _ = keyword.take('.');
            keyword.separators();
            next = keyword;
        }
        let Some(number) = number(&mut next, word) else { break };
        let Some(committee) = committee(prefix, word, number, context, last) else { break };
        at = next.at;
        items.push((begin..at, committee));
        *scan = next;
    }
    (!items.is_empty()).then_some(items)
}

/// Passes what stands before the numbers; tells where the keyword begins, and which it is.
fn prefix(scan: &mut Scan<'_>) -> Option<(usize, &'static str)> {
    // Organizations and a parent: a few words without a blank line between.
    for _ in 0..8 {
        let before = scan.at;
        if let Some((plural, word)) = PLURALS.iter().find(|(plural, _)| {
            let mut probe = *scan;
            (if plural.len() <= 4 { probe.exact_word(plural) } else { probe.word(plural) })
                && probe.at_word_end()
        }) {
            scan.word(plural);
            return Some((before, word));
        }
        let is_organization = ["ISO", "IEC", "ITU-T", "ITU"].iter().any(|name| scan.word(name));
        let is_parent = !is_organization
            && ["JTC", "TC", "PC"].iter().any(|name| {
                let mut probe = *scan;
                let found = probe.exact_word(name) && {
                    probe.separators();
                    probe.number(3).is_some()
                };
                if found {
                    *scan = probe;
                }
                found
            });
        if !is_organization && !is_parent {
            return None;
        }
        if scan.separators() == 0 {
            return None;
        }
    }
    None
}

/// `34`, `77A` of a subcommittee, `2/5` of a Question or working party.
fn number<'a>(scan: &mut Scan<'a>, word: &str) -> Option<&'a str> {
    let from = scan.at;
    scan.number(3)?;
    if matches!(word, "Q" | "WP") {
        if !scan.take('/') {
            return None;
        }
        scan.number(2)?;
    } else if word == "SC" && scan.peek().is_some_and(|c| c.is_ascii_uppercase()) {
        scan.at += 1;
    }
    scan.at_word_end().then(|| &scan.text[from..scan.at])
}

fn committee(
    prefix: &str,
    word: &str,
    number: &str,
    context: Option<Organization>,
    last: Option<&CommitteeRef>,
) -> Option<CommitteeRef> {
    if prefix.is_empty() {
        let whole = format!("{word} {number}");
        // `SCs 25 and 39` behind a committee are those of the same parent.
        if word == "SC"
            && let Some(last) = last
            && let Ok(sibling) = format!("{}/{whole}", last.top()).parse()
        {
            return Some(sibling);
        }
        let context = last.map(CommitteeRef::organization).or(context);
        return match context {
            Some(context) => CommitteeRef::parse_in(&whole, context).ok(),
            None => whole.parse().ok(),
        };
    }
    format!("{prefix}/{word} {number}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<String> {
        let mut scan = Scan::new(text, 0);
        read(&mut scan, Some(Organization::Iso), None)
            .unwrap_or_default()
            .into_iter()
            .map(|(_, committee)| committee.to_string())
            .collect()
    }

    #[test]
    fn lists_under_one_keyword() {
        for (text, found) in [
            ("ISO/TCs 8, 67 and 188", &["ISO/TC 8", "ISO/TC 67", "ISO/TC 188"][..]),
            ("ISO TCs 8 & 67", &["ISO/TC 8", "ISO/TC 67"]),
            ("IEC TCs 9, and 18, at sea", &["IEC TC 9", "IEC TC 18"]),
            ("IEC SCs 17A and 65C", &["IEC SC 17A", "IEC SC 65C"]),
            ("JTC 1/SCs 6 and 17", &["ISO/IEC JTC 1/SC 6", "ISO/IEC JTC 1/SC 17"]),
            ("ISO/TC 8/SCs 3 and 11", &["ISO/TC 8/SC 3", "ISO/TC 8/SC 11"]),
            ("SGs 2 or 11", &["ITU-T SG 2", "ITU-T SG 11"]),
            ("ITU-T Study Groups 13 and 20", &["ITU-T SG 13", "ITU-T SG 20"]),
            ("Questions: 2/5, Q7/5", &["ITU-T Q2/5", "ITU-T Q7/5"]),
            ("TCs 8 and 12 people", &["ISO/TC 8", "ISO/TC 12"]),
            ("TCs and others", &[]),
            ("ISO/TC 8", &[]),
            ("Questions and answers", &[]),
        ] {
            assert_eq!(list(text), found, "{text}");
        }
    }
}
