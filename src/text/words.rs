//! From text to words.

use super::stop_words::is_stop_word;

/// What the splitter comes upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// A word in lower case, and its bytes in the text.
    Word(&'a str, usize, usize),
    /// A stop word or the end of a sentence: what stands on both sides is not a phrase.
    Break,
}

/// Longest word in bytes; what is longer is no word of a language and is dropped.
const LONGEST_WORD: usize = 60;

/// Calls `receive` for each word of `text` and each break between phrases.
///
/// `buffer` is working memory, given so that a caller that analyses much text allocates once.
pub(crate) fn for_each_piece(text: &str, buffer: &mut String, mut receive: impl FnMut(Piece<'_>)) {
    let mut chars = text.char_indices().peekable();
    // Publisher directly before, for `IEC 61850`.
    let mut publisher = "";
    while let Some((start, c)) = chars.next() {
        if !c.is_alphanumeric() {
            if matches!(c, '.' | ';' | ':' | '!' | '?' | '(' | ')' | '[' | ']' | '"' | '\u{2022}') {
                receive(Piece::Break);
            }
            if !matches!(c, ' ' | '/' | '\u{a0}') {
                publisher = "";
            }
            continue;
        }
        buffer.clear();
        push_lower(buffer, c);
        let mut end = start + c.len_utf8();
        let mut letters = usize::from(c.is_alphabetic());
        let mut count = 1_usize;
        let mut last = c;
        while let Some(&(at, next)) = chars.peek() {
            if next.is_alphanumeric() {
                push_lower(buffer, next);
                letters += usize::from(next.is_alphabetic());
                last = next;
                count += 1;
            } else {
                let following = text[at + next.len_utf8()..].chars().next();
                let joins = match next {
                    // `X.509`, `802.11`, `H.642.3`
                    '.' => {
                        following.is_some_and(|f| f.is_ascii_digit())
                            && (count == 1 || last.is_ascii_digit())
                    }
                    // `e-commerce`, `X-ray`
                    '-' | '\u{2010}' | '\u{2011}' => {
                        count == 1 && letters == 1 && following.is_some_and(char::is_alphabetic)
                    }
                    '\u{ad}' => following.is_some_and(char::is_alphabetic),
                    _ => false,
                };
                if !joins {
                    break;
                }
                if next == '.' {
                    buffer.push('.');
                }
                count += 1;
            }
            chars.next();
            end = at + next.len_utf8();
        }
        // The owner's «'s» is no word.
        if let Some(&(at, '\'' | '\u{2019}')) = chars.peek() {
            let mut rest = text[at..].chars().skip(1);
            if matches!(rest.next(), Some('s' | 'S'))
                && !rest.next().is_some_and(char::is_alphanumeric)
            {
                chars.next();
                chars.next();
            }
        }
        let previous = std::mem::take(&mut publisher);
        if buffer.len() > LONGEST_WORD {
            receive(Piece::Break);
            continue;
        }
        if letters == 0 {
            if !previous.is_empty() && buffer.len() >= 3 {
                buffer.insert(0, ' ');
                buffer.insert_str(0, previous);
                receive(Piece::Word(buffer, start, end));
            } else if is_telling_number(buffer) {
                receive(Piece::Word(buffer, start, end));
            }
            continue;
        }
        publisher = match buffer.as_str() {
            "iso" => "iso",
            "iec" => "iec",
            "cispr" => "cispr",
            "ieee" => "ieee",
            _ => "",
        };
        if buffer.len() < 2 || is_stop_word(buffer) {
            receive(Piece::Break);
        } else {
            receive(Piece::Word(buffer, start, end));
        }
    }
}

/// Numbers of one or two digits and years say nothing about a subject.
fn is_telling_number(digits: &str) -> bool {
    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    digits.len() >= 3 && !is_year
}

fn push_lower(buffer: &mut String, c: char) {
    match c {
        'a'..='z' | '0'..='9' => buffer.push(c),
        'A'..='Z' => buffer.push(c.to_ascii_lowercase()),
        // CO₂, m²
        '\u{2080}'..='\u{2089}' => buffer.push(digit(c, 0x2080)),
        '\u{2070}' | '\u{2074}'..='\u{2079}' => buffer.push(digit(c, 0x2070)),
        '²' => buffer.push('2'),
        '³' => buffer.push('3'),
        '¹' => buffer.push('1'),
        _ => buffer.extend(c.to_lowercase()),
    }
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit(c as u32 - zero, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        for_each_piece(text, &mut String::new(), |piece| match piece {
            Piece::Word(word, start, end) => {
                assert!(text.get(start..end).is_some());
                words.push(word.to_owned());
            }
            Piece::Break => {}
        });
        words
    }

    #[test]
    fn technical_tokens_stay_whole() {
        assert_eq!(split("5G, X.509 and H.265"), ["5g", "x.509", "h.265"]);
        assert_eq!(split("IEC 61850 with SF6 or CO₂"), ["iec", "iec 61850", "sf6", "co2"]);
        assert_eq!(
            split("ISO/IEC 27001; IEEE 802.11ax"),
            ["iso", "iec", "iec 27001", "ieee", "802.11ax"]
        );
        assert_eq!(split("e-commerce and X-rays"), ["ecommerce", "xrays"]);
    }

    #[test]
    fn plain_words_are_split_and_lowered() {
        assert_eq!(
            split("The manufacturer's  Long-term PLAN (2020), part 7"),
            ["manufacturer", "long", "term", "plan", "part"]
        );
        assert_eq!(split(""), Vec::<String>::new());
        assert_eq!(split("Ünïcode – ßharp"), ["ünïcode", "ßharp"]);
    }
}
