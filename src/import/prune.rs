//! Cuts out of a Relaton file what the importer does not read, before YAML is parsed.
//!
//! Three quarters of a record are French titles and abstracts, addresses and links. The files are
//! written by a program, every field of the record at the start of a line, so that a look at the
//! first characters of each line is enough to pass over a field. A file of any other shape is left
//! as it is.

use std::borrow::Cow;

/// The fields that the importer reads.
const READ: &[&str] = &[
    "type",
    "title",
    "docid",
    "docidentifier",
    "date",
    "abstract",
    "docstatus",
    "status",
    "relation",
    "ext",
    "editorialgroup",
    "doctype",
    "ics",
    "id",
];

/// The record without the fields and list entries that the importer does not read.
pub(super) fn prune(text: &str) -> Cow<'_, str> {
    match pruned(text) {
        Some(pruned) => Cow::Owned(pruned),
        None => Cow::Borrowed(text),
    }
}

/// Whether a field is kept whole, entry by entry, or not at all.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    Dropped,
    Whole,
    /// Entries in English or in no language.
    English,
    /// Entries that are not `complementOf`: what ITU-T says of every text of a series and its every
    /// supplement.
    Relations,
}

/// `None` where the text is not the plain block form that this can see through.
fn pruned(text: &str) -> Option<String> {
    let mut kept = String::with_capacity(text.len() / 2);
    let mut field = Field::Dropped;
    let mut seen = false;
    let mut entry = 0..0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        match line.as_bytes().first() {
            Some(b' ' | b'\n' | b'\r') => {}
            Some(b'-') if line.trim_end() == "---" => {
                if seen {
                    return None;
                }
            }
            Some(b'-') if line.starts_with("- ") => {
                if !seen {
                    return None;
                }
                if matches!(field, Field::English | Field::Relations) {
                    keep(&mut kept, &text[entry], field);
                    entry = start..start;
                }
            }
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'_') => {
                let (name, value) = line.split_once(':')?;
                if !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')) {
                    return None;
                }
                seen = true;
                keep(&mut kept, &text[entry], field);
                entry = start..start;
                let listed = value.trim().is_empty();
                field = match name {
                    "title" | "abstract" if listed => Field::English,
                    "relation" if listed => Field::Relations,
                    // Who publishes is not read; who wrote it is.
                    "contributor" if text.contains("subdivision:") => Field::Whole,
                    name if READ.contains(&name) => Field::Whole,
                    _ => Field::Dropped,
                };
                if field != Field::Whole && field != Field::Dropped {
                    kept.push_str(line);
                    entry = at..at;
                }
            }
            _ => return None,
        }
        entry.end = at;
    }
    keep(&mut kept, &text[entry], field);
    (seen && !has_anchors(text)).then_some(kept)
}

/// True where a line might define or use an anchor: its other end could stand in a field that was
/// cut out.
fn has_anchors(text: &str) -> bool {
    text.lines().any(|line| {
        let value = line.trim_start_matches([' ', '-']);
        let value = value.split_once(": ").map_or(value, |(_, value)| value);
        value.starts_with(['&', '*'])
    })
}

fn keep(kept: &mut String, piece: &str, field: Field) {
    let keeps = match field {
        Field::Dropped => false,
        Field::Whole => true,
        Field::English => !is_in_another_language(piece),
        Field::Relations => !piece.starts_with("- type: complementOf"),
    };
    if keeps {
        kept.push_str(piece);
    }
}

/// True where an entry names its language in one of the two shapes of the files, and English is not
/// it.
fn is_in_another_language(entry: &str) -> bool {
    let mut named = false;
    let mut english = false;
    let mut in_list = false;
    for line in entry.lines() {
        let line = line.trim_end();
        let field = line.strip_prefix("- ").or_else(|| line.strip_prefix("  ")).unwrap_or(line);
        if let Some(language) = field.strip_prefix("language:") {
            let language = language.trim();
            in_list = language.is_empty();
            named |= !in_list;
            english |= language == "en";
        } else if in_list && let Some(language) = field.strip_prefix("- ") {
            named = true;
            english |= language == "en";
        } else {
            in_list = false;
        }
    }
    named && !english
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_read_is_left() {
        let text = "---\nid: A\ntitle:\n- content: Lifts\n  language:\n  - en\n- content: Ascenseurs\n  language:\n  - fr\n\
                    - language: fr\n  content: Ascenseurs\n- language: en\n  content: 'Lifts\n    - doors'\nlink:\n- content: x\n\
                    relation:\n- type: complementOf\n  bibitem:\n    a: b\n- type: updates\n  b: c\nplace:\n- Geneva\ntype: standard\n";
        assert_eq!(
            prune(text),
            "id: A\ntitle:\n- content: Lifts\n  language:\n  - en\n- language: en\n  content: 'Lifts\n    - doors'\n\
             relation:\n- type: updates\n  b: c\ntype: standard\n"
        );
    }

    #[test]
    fn what_it_cannot_see_through_is_left_alone() {
        for text in [
            "{id: A}",
            "- a\n",
            "id: A\n---\nid: B\n",
            "\"id\": A\n",
            "id: A\n\tb",
            "? a\n: b\n",
            "",
            "%YAML 1.2\n---\nid: A\n",
            "link: &x\n  a: b\nid: *x\n",
        ] {
            assert_eq!(prune(text), text, "{text}");
        }
    }
}
