//! Which format an input has, by its content.

use super::Format;

/// What the first bytes tell.
pub(super) enum Kind {
    Text,
    /// A zip archive, as office programs write them.
    Package,
    Foreign(&'static str),
}

/// Tells by the first bytes whether the input is text.
pub(super) fn kind(bytes: &[u8]) -> Kind {
    const SIGNATURES: &[(&[u8], &str)] = &[
        (b"%PDF", "a PDF file"),
        (b"{\\rtf", "an RTF file"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a file of old Word, or one with a password"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"II*\0", "a picture"),
        (b"MM\0*", "a picture"),
        (b"7z\xBC\xAF\x27\x1C", "an archive"),
        (b"Rar!\x1a", "an archive"),
    ];
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Kind::Package;
    }
    match SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        Some((_, name)) => Kind::Foreign(name),
        None => Kind::Text,
    }
}

/// The format of a text whose name tells one or none: a web page and an e-mail are told by their
/// content, unless the name speaks for a record.
pub(super) fn format_of(text: &str, named: Option<Format>) -> Format {
    if let Some(format @ (Format::Toml | Format::Json | Format::Yaml)) = named {
        return format;
    }
    if is_message(text) {
        return Format::Mail;
    }
    if is_page(text) {
        return Format::Html;
    }
    match named {
        // A message without its head is its text.
        Some(Format::Mail) => Format::Text,
        Some(format) => format,
        None => format(text),
    }
}

#[cfg(feature = "web")]
use super::{html::is_page, mail::is_message};

#[cfg(not(feature = "web"))]
fn is_page(text: &str) -> bool {
    let start = text.trim_start().get(..14).unwrap_or_default().to_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

#[cfg(not(feature = "web"))]
fn is_message(text: &str) -> bool {
    text.starts_with("MIME-Version:")
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
