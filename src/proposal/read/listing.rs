//! Short lists that are told in one line: `Norway, Chile and Peru`; `water; crew; fuel`.

use crate::proposal::RelatedStandard;
use crate::proposal::lenient::Short;

/// The most words of an item of a list that commas part; more are a sentence.
const ITEM_WORDS: usize = 6;

/// The items of a line: parted by semicolons, or by commas and a last «and» where every piece is
/// short. A line that is no list is its only item.
pub(super) fn items(line: &str) -> Vec<&str> {
    let line = line.trim().trim_end_matches(['.', ';']);
    let whole = vec![line];
    if line.contains(';') {
        let items: Vec<&str> = top_level(line, ';')
            .into_iter()
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .collect();
        // The last of several items may begin with «and».
        return items
            .into_iter()
            .map(|item| item.strip_prefix("and ").unwrap_or(item).trim())
            .collect();
    }
    // A label or a sentence inside is no list.
    let mut sentences = top_level(line, '.');
    let last = sentences.pop();
    // The full stop of an initial ends no sentence: `A. Rope`.
    let ends = |piece: &&str| {
        let mut letters = piece.chars().rev();
        !(letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_none_or(|c| !c.is_alphanumeric()))
    };
    let is_prose = last.is_some_and(|last| last.starts_with(' ') || sentences.len() > 1)
        && sentences.iter().any(ends)
        && line.contains(". ");
    if line.contains(": ") || is_prose {
        return whole;
    }
    let mut items = top_level(line, ',');
    if let Some(last) = items.pop() {
        match last.split_once(" and ") {
            Some((one, other)) if !items.is_empty() || is_name(one) && is_name(other) => {
                items.extend([one, other]);
            }
            _ => items.push(last),
        }
    }
    let items: Vec<&str> = items
        .into_iter()
        .map(|item| item.trim().trim_start_matches("and ").trim())
        .filter(|item| !item.is_empty())
        .collect();
    let short = items.iter().all(|item| {
        item.split_whitespace().count() <= ITEM_WORDS
            && !item.contains(['@', '='])
            && !item.starts_with(|c: char| c.is_ascii_digit())
    });
    let enough = match items.len() {
        0 | 1 => false,
        // «Jane Doe, Lift Works» is one; two single words are two.
        2 => items.iter().all(|item| is_name(item)),
        _ => true,
    };
    if short && enough { items } else { whole }
}

/// One word with a capital, with or without a country behind it.
fn is_name(text: &str) -> bool {
    let text = text.trim();
    let word = text.split('(').next().unwrap_or_default().trim();
    word.contains(char::is_uppercase) && !word.contains(' ')
}

/// The pieces between marks that stand outside parentheses.
fn top_level(text: &str, mark: char) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut from, mut depth) = (0, 0usize);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if c == mark && depth == 0 => {
                pieces.push(&text[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(&text[from..]);
    pieces
}

/// True for a line that only leads to the list below it: `The following take part:`.
pub(super) fn leads(line: &str) -> bool {
    let line = line.trim();
    line.ends_with(':') && line.split_whitespace().count() >= 3
}

/// A line without the sentence before its list: `The following are concerned: noise, light`.
pub(super) fn behind_lead(line: &str) -> &str {
    const LEADS: &[&str] = &[
        "following",
        "namely",
        "foreseen",
        "planned",
        "relevant",
        "concerned",
        "include",
        "includes",
    ];
    // `The proposal is supported by Kenya and Chile.`
    const VERBS: &[&str] = &[" supported by ", " backed by ", " endorsed by "];
    let behind = |verb: &&str| line.split_once(*verb).filter(|(before, _)| before.len() <= 60);
    if let Some((_, rest)) = VERBS.iter().find_map(behind) {
        return rest;
    }
    let Some((lead, rest)) = line.split_once(": ") else { return line };
    let words: Vec<&str> = lead.split_whitespace().collect();
    let is_sentence = words.len() >= 3
        && !lead.contains(['?', '(', '—'])
        && words.iter().any(|word| LEADS.contains(&word.to_lowercase().as_str()))
        && !lead.contains(|c: char| c.is_ascii_digit());
    let rest = rest.trim();
    if is_sentence && !rest.is_empty() { rest } else { line }
}

/// The documents of a line: parted by semicolons, and by commas and «and» where each piece is one;
/// `IEC 60068-2-1, -2-2 and -2-6` are three.
pub(super) fn documents(line: &str) -> Vec<String> {
    let mut documents: Vec<String> = Vec::new();
    for part in RelatedStandard::split(line) {
        let pieces: Vec<&str> = part.split(", ").flat_map(|piece| piece.split(" and ")).collect();
        let pieces: Vec<&str> =
            pieces.into_iter().map(|piece| piece.trim().trim_start_matches("and ")).collect();
        let all = pieces.iter().enumerate().all(|(at, piece)| {
            is_document(piece.trim_end_matches('.')) || at > 0 && part_number(piece).is_some()
        });
        if pieces.len() < 2 || !all {
            documents.push(part.trim().to_owned());
            continue;
        }
        let mut base = String::new();
        for piece in pieces {
            let piece = piece.trim_end_matches('.');
            match part_number(piece) {
                Some(number) if !base.is_empty() => documents.push(format!("{base}{number}")),
                _ => {
                    let digits = piece.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
                    let end =
                        piece[digits..].find(['-', ':']).map_or(piece.len(), |at| digits + at);
                    base = piece[..end].to_owned();
                    documents.push(piece.to_owned());
                }
            }
        }
    }
    documents
}

/// `-2-6`: the part of a document that was named before.
fn part_number(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('-')?;
    let is_number = rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.chars().all(|c| c.is_ascii_alphanumeric() || "-:".contains(c));
    is_number.then_some(text)
}

/// True for a number with a publisher before it: `EN 45501`, `ISO/IEC 30141:2018`, `Y.4000`.
fn is_document(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    text.len() <= 40
        && words.len() <= 4
        && text.starts_with(char::is_uppercase)
        && text.chars().any(|c| c.is_ascii_digit())
        && words.iter().all(|word| {
            word.contains(|c: char| c.is_ascii_digit())
                || word.chars().filter(|c| c.is_uppercase()).count() * 2 >= word.len()
                || matches!(*word, "Rec." | "Recommendation" | "Guide")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_one_line() {
        for (line, count) in [
            ("Norway, Chile, Iceland, Canada, Japan", 5),
            ("DIN, BSI, AFNOR and SN", 4),
            ("Norway, Chile", 2),
            ("Norway and Chile", 2),
            ("SN (Norway), DIN (Germany, for Europe)", 2),
            ("Jane Doe, Lift Works", 1),
            ("Doors; cabins; and shafts.", 3),
            ("noise, light and heat in cabins", 3),
            ("Standards and guides", 1),
            ("Lifts that talk, as many now do, to the robots that ride in them every day", 1),
        ] {
            assert_eq!(items(line).len(), count, "{line}");
        }
    }
}
