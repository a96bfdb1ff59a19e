//! The bytes of a file as text, whatever encoding it was saved in.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::failure::Unreadable;
use super::tree::Spots;
use crate::error::Error;

/// A text, and the name of its encoding where that is a guess.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) guess: Option<&'static str>,
}

/// How many bytes a guess looks at: a sentence tells as much as a book.
const LOOKED_AT: usize = 64 << 10;

/// The bytes as text: UTF-8, UTF-16 with or without its mark, or the encoding that the letters
/// speak for. Line ends of old Macs become those of today.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Error> {
    let (text, guess) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (strictly(&bytes[length..], encoding)?, None),
        None => without_mark(bytes)?,
    };
    // Word processors leave the marks of fields in the pages that they save.
    let is_page = text.trim_start().starts_with('<') && !text.contains('\0');
    let text = if is_page { without_controls(text) } else { text };
    if let Some(at) = text.find(is_control) {
        return Err(Spots::new(&text).at(at).on(Error::new(Unreadable::Binary)));
    }
    if text.trim().is_empty() {
        return Err(Error::new(Unreadable::Empty));
    }
    Ok(Decoded { text: with_line_ends(text), guess })
}

fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\x08' | '\x0E'..='\x1A' | '\x1C'..='\x1F')
}

fn without_controls(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains(is_control) { Cow::Owned(text.replace(is_control, "")) } else { text }
}

fn without_mark(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<&'static str>), Error> {
    if let Some(encoding) = wide(bytes) {
        return Ok((strictly(bytes, encoding)?, Some(encoding.name())));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), None)),
        Err(error) => {
            if bytes.iter().take(4096).any(|byte| *byte == 0) {
                return Err(refused(bytes, error, Unreadable::Binary));
            }
            declared(bytes)
                .or_else(|| guessed(bytes))
                .ok_or_else(|| refused(bytes, error, Unreadable::Encoding))
        }
    }
}

/// The encoding that a web page says it has.
fn declared(bytes: &[u8]) -> Option<(Cow<'_, str>, Option<&'static str>)> {
    let start = &bytes[..bytes.len().min(2048)];
    if !start.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let (_, rest) = start.split_once("charset=")?;
    let label = rest.trim_start_matches(['"', '\'']).split(['"', '\'', ' ', '>', '/']).next()?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    Some((encoding.decode_without_bom_handling_and_without_replacement(bytes)?, None))
}

/// The encoding that the letters speak for, where it reads every byte and is no control code.
fn guessed(bytes: &[u8]) -> Option<(Cow<'_, str>, Option<&'static str>)> {
    // The first bytes beyond ASCII tell most.
    let from = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or_default();
    let from = from.saturating_sub(LOOKED_AT / 8);
    let until = bytes.len().min(from + LOOKED_AT);
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[from..until], until == bytes.len());
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    // A text has few of the letters that only a wrong guess or no text at all brings.
    let odd = text.chars().filter(|c| c.is_control() && !c.is_whitespace() && *c != '\x1b').count();
    (odd == 0).then_some((text, Some(encoding.name())))
}

/// UTF-16 without a mark: of a Western text every other byte is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), start.len() / 2);
    if pairs < 2 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    // A few letters of other scripts, and none on the wrong side.
    if even == 0 && odd * 10 >= pairs * 6 {
        return Some(UTF_16LE);
    }
    (odd == 0 && even * 10 >= pairs * 6).then_some(UTF_16BE)
}

/// A failure at the first byte that is not UTF-8.
fn refused(bytes: &[u8], error: std::str::Utf8Error, failure: Unreadable) -> Error {
    let good = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
    Spots::new(good).at(good.len()).on(Error::new(failure))
}

fn strictly<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Result<Cow<'a, str>, Error> {
    if encoding == UTF_8 {
        return std::str::from_utf8(bytes)
            .map(Cow::Borrowed)
            .map_err(|error| refused(bytes, error, Unreadable::Encoding));
    }
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or_else(|| Error::new(Unreadable::Encoding))
}

/// `\r` by itself ends a line too.
fn with_line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let lone = bytes
        .iter()
        .enumerate()
        .any(|(at, byte)| *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
    if lone { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn texts_as_editors_save_them() {
        let text = "Title: Ausgleichsmaßnahmen für Aufzüge – „leise“\nScope: Kräne, Öfen, 40 €";
        let wide = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect();
        let with_mark = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        let le: Vec<u8> = wide(u16::to_le_bytes);
        let be: Vec<u8> = wide(u16::to_be_bytes);
        for (bytes, guess) in [
            (text.as_bytes().to_vec(), None),
            (with_mark(b"\xEF\xBB\xBF", text.as_bytes().to_vec()), None),
            (with_mark(b"\xFF\xFE", le.clone()), None),
            (with_mark(b"\xFE\xFF", be.clone()), None),
            (le, Some("UTF-16LE")),
            (be, Some("UTF-16BE")),
            (encoding_rs::WINDOWS_1252.encode(text).0.into_owned(), Some("windows-1252")),
        ] {
            let read = decode(&bytes).unwrap();
            assert_eq!((&*read.text, read.guess), (text, guess));
        }
        let cyrillic = "Область применения: лифты для складов и портов, включая ремонт.";
        let bytes = encoding_rs::WINDOWS_1251.encode(cyrillic).0.into_owned();
        assert_eq!(decode(&bytes).unwrap().text, cyrillic);
    }

    #[test]
    fn line_ends_of_old_macs() {
        assert_eq!(decode(b"a\rb\r\nc\nd").unwrap().text, "a\nb\nc\nd");
        assert_eq!(decode(b"a\r\nb").unwrap().text, "a\r\nb");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [&b"a\0\xff\0b"[..], b"\xEF\xBB\xBFa\xff", b"\xFF\xFEa", b"", b" \n", b"a\x01"]
        {
            assert!(decode(bytes).is_err(), "{bytes:?}");
        }
    }
}
