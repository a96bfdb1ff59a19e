//! Which format an input has, by its content; and its bytes as text.

use std::borrow::Cow;

use super::Format;
use super::failure::Unreadable;
use super::tree::Spots;
use crate::error::Error;

/// What the first bytes tell.
pub(super) enum Kind {
    Text,
    Docx,
    Foreign(&'static str),
}

/// Tells by the first bytes whether the input is text.
pub(super) fn kind(bytes: &[u8]) -> Kind {
    const SIGNATURES: &[(&[u8], &str)] = &[
        (b"%PDF", "a PDF file"),
        (b"{\\rtf", "an RTF file"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a file of old Word, or one with a password"),
        (b"\x1F\x8B", "a gzip archive"),
    ];
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Kind::Docx;
    }
    match SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        Some((_, name)) => Kind::Foreign(name),
        None => Kind::Text,
    }
}

/// The bytes as text: UTF-8 with or without its mark, or UTF-16 with its mark.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest)?,
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => utf8(bytes)?,
    };
    if let Some(at) =
        text.find(|c: char| matches!(c, '\0'..='\x08' | '\x0E'..='\x1A' | '\x1C'..='\x1F'))
    {
        return Err(Spots::new(&text).at(at).on(Error::new(Unreadable::Binary)));
    }
    if text.trim().is_empty() {
        return Err(Error::new(Unreadable::Empty));
    }
    Ok(text)
}

fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
        let good = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
        let binary = bytes.iter().take(4096).any(|byte| *byte == 0);
        let failure = if binary { Unreadable::Binary } else { Unreadable::Encoding };
        Spots::new(good).at(good.len()).on(Error::new(failure))
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, Error> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    match text {
        Ok(text) if bytes.len().is_multiple_of(2) => Ok(Cow::Owned(text)),
        _ => Err(Error::new(Unreadable::Encoding)),
    }
}

/// The format of a text, by its first lines that tell something.
pub(super) fn format(text: &str) -> Format {
    let start = text.trim_start();
    if start.starts_with('{') {
        return Format::Json;
    }
    if let Some(rest) = start.strip_prefix('[') {
        let rest = rest.trim_start();
        // `[[contacts_made]]` and `[timeline]` are TOML; a list of JSON holds values.
        let table = rest.starts_with('[') || rest.starts_with(|c: char| c.is_ascii_alphabetic());
        return if table && !rest.starts_with("[[") { Format::Toml } else { Format::Json };
    }
    let lines = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).take(200);
    for (at, line) in lines.enumerate() {
        if at == 0 && (line == "---" || line.starts_with("%YAML")) {
            return Format::Yaml;
        }
        if line.starts_with('#') {
            continue;
        }
        let word = line
            .find(|c: char| !(c.is_ascii_alphanumeric() || "_-\"'".contains(c)))
            .unwrap_or(line.len());
        let (key, rest) = line.split_at(word);
        let key = key.trim_matches(['"', '\'']);
        let rest = rest.trim_start();
        if rest.starts_with('=') && !key.is_empty() {
            return Format::Toml;
        }
        if line.starts_with('[') {
            return Format::Toml;
        }
        if rest.starts_with(':') && super::fields().contains(&key) {
            return Format::Yaml;
        }
        // Any other line is prose: what follows is text of a document.
        break;
    }
    Format::Text
}
