//! Text out of the fragments of HTML that registers keep in their scopes and abstracts.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// A paragraph or list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// White space collapsed, entities decoded.
    pub(crate) text: String,
    pub(crate) is_item: bool,
}

/// Longer texts are cut: an abstract or a scope of a megabyte is none.
const LONGEST: usize = 1 << 20;

/// Elements that a fragment may hold. Anything else after a `<` is text: `a <k and k> c` in a
/// formula.
const ELEMENTS: &[&str] = &[
    "p",
    "br",
    "ul",
    "ol",
    "li",
    "div",
    "span",
    "a",
    "b",
    "i",
    "u",
    "em",
    "strong",
    "sub",
    "sup",
    "font",
    "table",
    "tbody",
    "thead",
    "tr",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dl",
    "dt",
    "dd",
    "script",
    "style",
    "pre",
    "small",
    "big",
    "center",
    "blockquote",
    "hr",
    "img",
    "title",
    "head",
    "body",
    "html",
];

/// Elements that end the paragraph before them.
const BREAKS: &[&str] = &[
    "p",
    "br",
    "ul",
    "ol",
    "div",
    "table",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dl",
    "dt",
    "dd",
    "pre",
    "center",
    "blockquote",
    "hr",
];

/// Elements whose content is not text to read.
const SILENT: &[&str] = &["script", "style", "title", "head"];

fn element_at(rest: &str) -> bool {
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let length = rest.bytes().take(11).take_while(u8::is_ascii_alphanumeric).count();
    let ends = rest
        .as_bytes()
        .get(length)
        .is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'));
    ends && ELEMENTS.iter().any(|element| element.eq_ignore_ascii_case(&rest[..length]))
        || rest.starts_with("!--")
}

/// The paragraphs and list items of `fragment`, in order, none empty.
pub(crate) fn blocks(fragment: &str) -> Vec<Block> {
    let decoded = once(cut(fragment));
    // Some sources escape their markup twice.
    let twice = |block: &Block| {
        block.text.match_indices('<').any(|(at, _)| element_at(&block.text[at + 1..]))
    };
    if !decoded.iter().any(twice) {
        return decoded;
    }
    decoded
        .into_iter()
        .flat_map(|block| {
            let is_item = block.is_item;
            once(&block.text)
                .into_iter()
                .map(move |inner| Block { is_item: is_item || inner.is_item, ..inner })
        })
        .collect()
}

/// `text` up to [`LONGEST`] bytes.
fn cut(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn once(fragment: &str) -> Vec<Block> {
    let mut escaped = String::with_capacity(fragment.len());
    for (position, piece) in fragment.split('<').enumerate() {
        if position > 0 {
            escaped.push_str(if element_at(piece) { "<" } else { "&lt;" });
        }
        escaped.push_str(piece);
    }
    let mut collector = Collector::default();
    let mut silent: Option<Vec<u8>> = None;
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(&escaped, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = tag.name.to_ascii_lowercase();
                let name = std::str::from_utf8(&name).unwrap_or_default();
                if SILENT.contains(&name) {
                    silent = Some(name.as_bytes().to_vec());
                } else if name == "li" {
                    collector.end(true);
                } else if BREAKS.contains(&name) {
                    collector.end(collector.item && name == "br");
                } else if matches!(name, "td" | "th") {
                    collector.push(" ");
                }
            }
            Token::EndTag(tag) => {
                let name = tag.name.to_ascii_lowercase();
                if silent.as_deref() == Some(name.as_slice()) {
                    silent = None;
                }
                let name = std::str::from_utf8(&name).unwrap_or_default();
                if name == "li" || BREAKS.contains(&name) {
                    collector.end(false);
                }
            }
            Token::String(text) if silent.is_none() => {
                collector.push(&String::from_utf8_lossy(&text))
            }
            _ => {}
        }
    }
    collector.end(false);
    collector.blocks
}

#[derive(Default)]
struct Collector {
    blocks: Vec<Block>,
    text: String,
    item: bool,
}

impl Collector {
    /// Ends the block; the next one is a list item or not.
    fn end(&mut self, next_is_item: bool) {
        let text = squeezed(&self.text);
        if !text.is_empty() {
            self.blocks.push(Block { text, is_item: self.item });
        }
        self.text.clear();
        self.item = next_is_item;
    }

    /// Adds text. Plain text marks list items by a hyphen or a bullet at the start of a line, and
    /// paragraphs by an empty line.
    fn push(&mut self, text: &str) {
        for (position, line) in text.split('\n').enumerate() {
            let bare = line.trim();
            let marked = ["- ", "— ", "– ", "• ", "* ", "· "]
                .iter()
                .find_map(|mark| bare.strip_prefix(mark));
            match marked {
                Some(item) if position > 0 || self.text.trim().is_empty() => {
                    self.end(true);
                    self.text.push_str(item);
                }
                _ if position > 0
                    && bare.is_empty()
                    && text.split('\n').nth(position + 1).is_some() =>
                {
                    self.end(false);
                }
                _ => {
                    if position > 0 {
                        self.text.push(' ');
                    }
                    self.text.push_str(line);
                }
            }
        }
    }
}

/// White space of any kind and length becomes one blank; soft hyphens and other invisible
/// characters go.
pub(crate) fn squeezed(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            if !squeezed.is_empty() && !squeezed.ends_with(' ') {
                squeezed.push(' ');
            }
        } else if !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2028}'..='\u{202e}')
        {
            squeezed.push(c);
        }
    }
    squeezed.truncate(squeezed.trim_end().len());
    squeezed
}

/// The text of `fragment` in one line; paragraphs and list items are sentences of their own.
pub(crate) fn to_text(fragment: &str) -> String {
    sentences(&blocks(fragment))
}

/// Blocks as running text: what ends without a full stop gets one.
pub(crate) fn sentences(blocks: &[Block]) -> String {
    let mut text = String::new();
    for (position, block) in blocks.iter().enumerate() {
        if position > 0 {
            text.push(' ');
        }
        let bare = block.text.trim_end_matches([';', ',', ' ']);
        text.push_str(bare);
        if !bare.ends_with(['.', '!', '?', ':', '…']) && (blocks.len() > 1 || block.is_item) {
            text.push('.');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_become_sentences() {
        let fragment = "Lifts of: <ul><li>any <b>size</b>;</li><li>any&nbsp;age,<li>R&amp;D</ul><p>Not   stairs</p>\
                        <script>alert('<p>')</script><style>p { }</style>";
        assert_eq!(to_text(fragment), "Lifts of: any size. any age. R&D. Not stairs.");
        assert_eq!(
            to_text("This covers:\n- doors;\n- cars\n\nand more"),
            "This covers: doors. cars. and more."
        );
        assert_eq!(to_text("See &lt;a href=&quot;x&quot;&gt;Guide&lt;/a&gt; now"), "See Guide now");
        assert_eq!(to_text("for a <k and k> c, x < y"), "for a <k and k> c, x < y");
        assert_eq!(to_text(""), "");
    }

    #[test]
    fn hostile_fragments_end() {
        for fragment in [
            "<",
            "<p",
            "<script>",
            "&#x110000;",
            "<li><li><li>",
            "</p></p>",
            "<!--",
            "&lt;script&gt;x",
            "<p\0>",
        ] {
            let _ = to_text(fragment);
            let _ = to_text(&fragment.repeat(3000));
        }
        assert!(to_text(&"é".repeat(LONGEST)).len() <= LONGEST);
    }
}
