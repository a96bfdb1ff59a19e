//! Numbers of working documents, which name the committee that keeps them.

use super::Organization;
use super::committee::CommitteeRef;
use super::scan::Scan;

/// What IEC writes behind the number of a document: `65C/1023/NP`.
const CODES: &[&str] = &[
    "NP", "PW", "CD", "CDV", "FDIS", "DTS", "DTR", "DPAS", "DC", "INF", "RM", "Q", "RQ", "RVN",
    "RVC", "RVD", "RVDTS", "RVDTR", "CC", "AC", "DA", "MT", "RR", "MCR", "PAS", "SBP", "DL",
    "DISH",
];

/// Reads `65C/1023/NP` at the cursor: a document of IEC SC 65C.
pub(super) fn read(scan: &mut Scan<'_>) -> Option<CommitteeRef> {
    let start = *scan;
    let found = read_number(scan);
    if found.is_none() {
        *scan = start;
    }
    found
}

/// The first number of a document in a text, and the committee that it names.
pub(crate) fn document_in(text: &str) -> Option<(&str, CommitteeRef)> {
    text.char_indices().filter(|(_, c)| c.is_ascii_digit()).find_map(|(at, _)| {
        let mut scan = Scan::new(text, at);
        let committee = scan.at_word_start().then(|| read(&mut scan)).flatten()?;
        Some((&text[at..scan.at], committee))
    })
}

fn read_number(scan: &mut Scan<'_>) -> Option<CommitteeRef> {
    let from = scan.at;
    scan.number(3)?;
    let lettered = scan.peek().is_some_and(|c| c.is_ascii_uppercase());
    if lettered {
        scan.at += 1;
    }
    let committee = &scan.text[from..scan.at];
    if !scan.take('/') {
        return None;
    }
    scan.number(5)?;
    if scan.peek().is_some_and(|c| c.is_ascii_uppercase()) {
        scan.at += 1;
    }
    if !scan.take('/') || !CODES.iter().any(|code| scan.exact_word(code)) || !scan.at_word_end() {
        return None;
    }
    let kind = if lettered { "SC" } else { "TC" };
    CommitteeRef::parse_in(&format!("{kind} {committee}"), Organization::Iec).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_name_their_committee() {
        for (text, committee) in [
            ("65C/1023/NP", "IEC SC 65C"),
            ("3/402/CDV", "IEC TC 3"),
            ("100/3000A/INF.", "IEC TC 100"),
            ("1/2/2025", ""),
            ("3/402/XX", ""),
            ("65C/1023", ""),
        ] {
            let found = read(&mut Scan::new(text, 0));
            assert_eq!(found.map(|one| one.to_string()).unwrap_or_default(), committee, "{text}");
        }
    }
}
