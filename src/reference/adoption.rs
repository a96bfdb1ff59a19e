//! European and national adoptions that name no international publisher: EN 60601-1 is the text of
//! IEC 60601-1.

use super::find::FirstWord;
use super::scan::Scan;
use super::standard::StandardRef;

/// The words with which an adoption in running text begins.
pub(super) fn first_words() -> impl Iterator<Item = FirstWord> {
    ["EN", "HD", "prEN", "FprEN"].into_iter().map(|word| FirstWord { word, exact: true })
}

/// The numbers that CENELEC gives to texts of IEC: their own, as a rule since 1997.
fn is_of_iec(number: u32) -> bool {
    matches!(number, 60_000..=63_999 | 80_000..=80_999 | 82_000..=82_999)
}

/// EN 55032 is CISPR 32.
fn of_cispr(number: u32) -> Option<u32> {
    matches!(number, 55_011..=55_039).then(|| number - 55_000)
}

/// Reads `EN 60601-1:2006` at the cursor as IEC 60601-1. Its year is that of the adoption, and says
/// nothing on the edition.
pub(super) fn read(scan: &mut Scan<'_>) -> Option<StandardRef> {
    let start = *scan;
    let found = read_adoption(scan);
    if found.is_none() {
        *scan = start;
    }
    found
}

fn read_adoption(scan: &mut Scan<'_>) -> Option<StandardRef> {
    let draft = scan.exact_word("prEN") || scan.exact_word("FprEN");
    let is_en = draft || scan.exact_word("EN");
    if !is_en && !scan.exact_word("HD") {
        return None;
    }
    scan.separators();
    let from = scan.at;
    let number = scan.number(5)?;
    if scan.at - from != 5 {
        return None;
    }
    let digits = scan.at;
    let mut end = scan.at;
    for _ in 0..3 {
        let mut next = *scan;
        if !next.hyphen() || next.number(4).is_none() || !next.at_word_end() {
            break;
        }
        *scan = next;
        end = next.at;
    }
    let part = &scan.text[digits..end];
    if !scan.at_word_end() {
        return None;
    }
    let mut year = *scan;
    if year.take(':') && year.number(4).is_some() && year.at_word_end() {
        *scan = year;
    }
    let text = match of_cispr(number) {
        Some(cispr) if is_en => format!("CISPR {cispr}{part}"),
        _ if is_of_iec(number) => format!("IEC {number}{part}"),
        _ => return None,
    };
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adoptions_are_the_texts_that_they_adopt() {
        for (text, adopted) in [
            ("EN 60335-2-79:2012", "IEC 60335-2-79"),
            ("EN 55014-1", "CISPR 14-1"),
            ("HD 60364-7-708", "IEC 60364-7-708"),
            ("prEN 62443-4-2", "IEC 62443-4-2"),
            ("EN 50126", ""),
            ("EN 1176-1", ""),
            ("EN 303 645", ""),
        ] {
            let found = read(&mut Scan::new(text, 0));
            assert_eq!(found.map(|one| one.to_string()).unwrap_or_default(), adopted, "{text}");
        }
    }
}
