//! E-mails and web pages that a browser or word processor saved with MIME parts: their text.

use mailparse::{MailHeaderMap, ParsedMail};

use super::document::Document;
use super::failure::Unreadable;
use super::{Format, decode, html, one_line};
use crate::error::Error;

/// The most parts of a message, and how deep they may stand in each other.
const PARTS: usize = 200;
const DEPTH: usize = 10;

/// The text of a message.
pub(super) enum Body {
    /// A web page, as it was read.
    Page(Document),
    Plain(String),
}

/// What a message holds.
pub(super) struct Message {
    pub(super) body: Body,
    /// What its head says that may tell of the proposal.
    pub(super) subject: Option<String>,
    /// The names of files that hang on it, which are not read.
    pub(super) attachments: Vec<String>,
}

/// True for a text that begins with the head of a message.
pub(super) fn is_message(text: &str) -> bool {
    let mut names: Vec<String> = Vec::new();
    for (at, line) in text.trim_start().lines().take(100).enumerate() {
        if line.is_empty() {
            break;
        }
        // A line that goes on.
        if at > 0 && line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            return false;
        }
        names.push(name.to_ascii_lowercase());
    }
    let has = |name: &str| names.iter().any(|known| known == name);
    // A few lines that were copied with the text.
    const COPIED: &[&str] = &["from", "to", "cc", "date", "sent", "subject", "reply-to"];
    let copied = names.iter().all(|name| COPIED.contains(&name.as_str()));
    has("mime-version") && has("content-type")
        || copied && has("from") && has("subject")
        || has("from") && (has("message-id") || has("mime-version") || has("subject") && has("to"))
}

/// Reads a message.
pub(super) fn read(bytes: &[u8]) -> Result<Message, Error> {
    let bytes = bytes.trim_ascii_start();
    // Lines of the parts are counted by their marks: many marks are many parts.
    let marks = bytes.windows(3).filter(|window| window == b"\n--").count();
    if marks > PARTS * 20 {
        return Err(Error::new(Unreadable::LongList { items: marks }));
    }
    let mail = mailparse::parse_mail(bytes).map_err(|error| syntax(&error.to_string()))?;
    let mut found = Found::default();
    found.walk(&mail, DEPTH);
    let subject = mail.headers.get_first_value("Subject").map(|subject| one_line(&subject));
    // The text is what its writer sent; of two forms of it, the page keeps tables and headings.
    let body = match (found.page, found.plain) {
        (Some(page), plain) => with_page(&page, plain)?,
        (None, Some(plain)) => Body::Plain(plain),
        (None, None) => return Err(Error::new(Unreadable::NoText(found.attachments.join(", ")))),
    };
    Ok(Message { body, subject, attachments: found.attachments })
}

/// The text of a message before the mark of its signature, and what stands below it.
pub(super) fn without_signature(text: &str) -> (&str, &str) {
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_end_matches(['\r', '\n']) == "-- " {
            return (&text[..from], &text[from + line.len()..]);
        }
        // Nothing but a few short lines stands below a closing formula.
        if is_closing(line)
            && text[from..].lines().filter(|line| !line.trim().is_empty()).count() <= 8
        {
            return (&text[..from], &text[from..]);
        }
        from += line.len();
    }
    (text, "")
}

/// `Kind regards,`
fn is_closing(line: &str) -> bool {
    let line = line.trim().trim_end_matches([',', '.', '!']).to_lowercase();
    const CLOSINGS: &[&str] = &[
        "regards",
        "kind regards",
        "best regards",
        "with kind regards",
        "with best regards",
        "best wishes",
        "sincerely",
        "yours sincerely",
        "many thanks",
        "thanks and regards",
        "yours faithfully",
    ];
    CLOSINGS.contains(&line.as_str())
}

/// The page, unless it holds less than half of the plain text.
fn with_page(page: &str, plain: Option<String>) -> Result<Body, Error> {
    let page = html::read(page)?;
    let shown: usize = page.lines.iter().map(String::len).sum();
    Ok(match plain {
        Some(plain) if shown * 2 < plain.len() => Body::Plain(plain),
        _ => Body::Page(page),
    })
}

#[derive(Default)]
struct Found {
    page: Option<String>,
    plain: Option<String>,
    attachments: Vec<String>,
    parts: usize,
}

impl Found {
    fn walk(&mut self, part: &ParsedMail<'_>, depth: usize) {
        self.parts += 1;
        if depth == 0 || self.parts > PARTS {
            return;
        }
        for inner in &part.subparts {
            self.walk(inner, depth - 1);
        }
        if !part.subparts.is_empty() {
            return;
        }
        let disposition = part.get_content_disposition();
        let name = disposition
            .params
            .get("filename")
            .or_else(|| part.ctype.params.get("name"))
            .map(|name| one_line(name));
        let is_attached = matches!(disposition.disposition, mailparse::DispositionType::Attachment);
        let slot = match part.ctype.mimetype.as_str() {
            "text/html" | "application/xhtml+xml" if !is_attached => &mut self.page,
            "text/plain" if !is_attached => &mut self.plain,
            kind => {
                let is_picture = kind.starts_with("image/") && !is_attached;
                if !is_picture {
                    self.attachments.extend(name);
                }
                return;
            }
        };
        if slot.is_none() {
            *slot = text(part);
        }
    }
}

/// The text of a part, in the encoding that it says or, where it says none or a wrong one, in that
/// which its letters speak for.
fn text(part: &ParsedMail<'_>) -> Option<String> {
    let raw = raw(part)?;
    let says = part.ctype.params.contains_key("charset");
    if says
        && let Some(encoding) = encoding_rs::Encoding::for_label(part.ctype.charset.as_bytes())
        && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(&raw)
    {
        return Some(text.into_owned());
    }
    decode::decode(&raw).ok().map(|decoded| decoded.text.into_owned())
}

/// The bytes of a part. Letters that stand in a quoted-printable text as they are, which the
/// standard does not allow, stay.
fn raw(part: &ParsedMail<'_>) -> Option<Vec<u8>> {
    if let mailparse::body::Body::QuotedPrintable(body) = part.get_body_encoded()
        && !body.get_raw().is_ascii()
    {
        return Some(unquoted(body.get_raw()));
    }
    part.get_body_raw().ok()
}

/// Quoted-printable bytes, decoded; what is no code stays as it is.
fn unquoted(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let digit =
        |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut rest = bytes;
    while let [first, behind @ ..] = rest {
        rest = behind;
        match behind {
            [b'\r', b'\n', after @ ..] | [b'\n', after @ ..] if *first == b'=' => rest = after,
            [high, low, after @ ..] if *first == b'=' => match (digit(high), digit(low)) {
                (Some(high), Some(low)) => {
                    decoded.push(high << 4 | low);
                    rest = after;
                }
                _ => decoded.push(b'='),
            },
            _ => decoded.push(*first),
        }
    }
    decoded
}

fn syntax(message: &str) -> Error {
    Error::new(Unreadable::Syntax { format: Format::Mail, message: one_line(message) })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_told_by_their_head() {
        assert!(is_message("From: a@example.org\nTo: b@example.org\nSubject: Lifts\n\nText"));
        assert!(is_message("MIME-Version: 1.0\nContent-Type: multipart/related;\n boundary=x\n\n"));
        for text in ["Title: Lifts\nScope: All", "From: here\n\nText", "", "Subject: a\nTo: b\n"] {
            assert!(!is_message(text), "{text}");
        }
    }

    #[test]
    fn the_text_of_a_message() {
        let head = "From: a@example.org\r\nTo: b@example.org\r\nSubject: =?utf-8?Q?Aufz=C3=BCge?=\r\n\
                    MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n";
        let parts = "--x\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
                     Content-Transfer-Encoding: quoted-printable\r\n\r\nScope: f=FCr alle\r\n\
                     --x\r\nContent-Type: application/pdf; name=form.pdf\r\n\
                     Content-Disposition: attachment\r\n\r\nx\r\n--x--\r\n";
        let message = read(format!("{head}{parts}").as_bytes()).unwrap();
        let Body::Plain(text) = message.body else { panic!("a page") };
        assert_eq!(text.trim(), "Scope: für alle");
        assert_eq!(message.subject.as_deref(), Some("Aufzüge"));
        assert_eq!(message.attachments, ["form.pdf"]);
    }
}
