//! Patterns of letters: sentences with places for texts, from a closed list.

use std::borrow::Cow;

use crate::document::{Block, Document};
use crate::error::{Error, Refusal, shown};
use crate::register::{damaged, refuse};

/// The longest pattern, in bytes.
const MOST_BYTES: usize = 64 << 10;

/// What may stand in braces in a pattern, with what it is filled with.
pub const PLACEHOLDERS: [(&str, &str); 9] = [
    ("document", "number and revision of the document that is sent"),
    ("revision", "its revision"),
    ("title", "its title"),
    ("day", "the day of the letter"),
    ("audience", "whom it is for, in the words of the organization"),
    ("act", "what they are asked to do"),
    ("contact", "the role to which questions go"),
    ("reference", "the reference of the letter at the organization"),
    ("reply_by", "the last day for an answer"),
];

/// What is the same in the letters of all three organizations may stand within marks.
const SHARED: [&str; 5] = ["document", "revision", "title", "act", "reply_by"];

/// A pattern of a letter: Markdown with headings (`#`), paragraphs, fields (`- To: …`), lists and
/// blocks within marks (`<!-- spcg cover begin -->`, `<!-- spcg cover end -->`), which are the same
/// for all three organizations. Texts to be filled in stand in braces: [`PLACEHOLDERS`].
///
/// ```
/// use spcg::outreach::Pattern;
///
/// let pattern: Pattern = "{audience} are asked to {act}.".parse()?;
/// let filled = pattern.fill(|name| match name {
///     "audience" => Some("Chairs".to_owned()),
///     "act" => Some("read it".to_owned()),
///     _ => None,
/// })?;
/// assert_eq!(filled.to_markdown(), "Chairs are asked to read it.\n");
///
/// let refused = "Dear {adience}, welcome.".parse::<Pattern>().unwrap_err();
/// assert_eq!(refused.refusal(), Some(spcg::Refusal::PlaceholderLeft));
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Vec<Block>);

impl std::str::FromStr for Pattern {
    type Err = Error;

    /// Reads a pattern.
    ///
    /// # Errors
    /// [refused](Error::is_refused) with the line of a placeholder that is on no list, or that
    /// stands within marks and differs between organizations; [malformed](Error::is_malformed)
    /// with the line of a mark without its other; [too large](Error::is_too_large).
    fn from_str(text: &str) -> Result<Pattern, Error> {
        if text.len() > MOST_BYTES {
            return Err(Error::new(crate::register::RegisterFailure::TooLarge {
                what: "the pattern".to_owned(),
                bound: format!("{MOST_BYTES} bytes"),
            }));
        }
        let mut reader = Reader::default();
        for (line, number) in text.trim_start_matches('\u{feff}').lines().zip(1..) {
            reader.line(line.trim()).map_err(|error| error.at(number, 1))?;
        }
        reader.end()
    }
}

impl Pattern {
    /// The letter, with every place filled.
    ///
    /// # Errors
    /// [refused](Error::is_refused) when `value` gives nothing, or a text that has such a place
    /// itself.
    pub fn fill(&self, value: impl Fn(&str) -> Option<String>) -> Result<Document, Error> {
        Ok(Document(filled(&self.0, &value)?))
    }

    /// What is the same for all three organizations: the blocks within marks.
    pub(super) fn fixed(&self) -> Pattern {
        let fixed = self.0.iter().filter(|block| matches!(block, Block::Fixed(..)));
        Pattern(fixed.cloned().collect())
    }
}

/// What was read of a pattern so far.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// The block within marks that is open, and what stood before it.
    fixed: Option<(String, Vec<Block>)>,
    /// True behind a blank line: what follows begins a paragraph.
    begins: bool,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), Error> {
        let begins = std::mem::take(&mut self.begins);
        let mark = line.strip_prefix("<!-- spcg ").and_then(|rest| rest.strip_suffix("-->"));
        let words: Vec<&str> = mark.unwrap_or("").split_whitespace().collect();
        match words.as_slice() {
            [name, "begin"] if self.fixed.is_none() => {
                self.fixed = Some(((*name).to_owned(), std::mem::take(&mut self.blocks)));
                return Ok(());
            }
            [name, "end"] if self.fixed.as_ref().is_some_and(|(open, _)| open == name) => {
                self.close();
                return Ok(());
            }
            _ if mark.is_some() => {
                return Err(damaged(
                    format!("the mark «{}» has no other", shown(line)),
                    "begin and end each block once, with the same name",
                ));
            }
            _ => {}
        }
        check(line, self.fixed.is_some())?;
        if line.is_empty() {
            self.begins = true;
        } else if let Some(item) = line.strip_prefix("- ") {
            self.item(item);
        } else if line.starts_with('#') {
            let level = line.bytes().take_while(|&byte| byte == b'#').count().min(6);
            let text = line.trim_start_matches('#').trim().to_owned();
            self.blocks.push(Block::Heading(u8::try_from(level).unwrap_or(6), text));
        } else {
            match self.blocks.last_mut() {
                Some(Block::Paragraph(text)) if !begins => *text += &format!(" {line}"),
                _ => self.blocks.push(Block::Paragraph(line.to_owned())),
            }
        }
        Ok(())
    }

    /// `To: …` is a field, and anything else an entry of a list.
    fn item(&mut self, item: &str) {
        let item = item.trim();
        let Some((name, value)) = item.split_once(": ") else {
            match self.blocks.last_mut() {
                Some(Block::List(items)) => items.push(item.to_owned()),
                _ => self.blocks.push(Block::List(vec![item.to_owned()])),
            }
            return;
        };
        let field = (name.trim().to_owned(), value.trim().to_owned());
        match self.blocks.last_mut() {
            Some(Block::Fields(fields)) => fields.push(field),
            _ => self.blocks.push(Block::Fields(vec![field])),
        }
    }

    fn close(&mut self) {
        if let Some((name, before)) = self.fixed.take() {
            let inner = std::mem::replace(&mut self.blocks, before);
            self.blocks.push(Block::Fixed(name, inner));
        }
    }

    fn end(self) -> Result<Pattern, Error> {
        match self.fixed {
            Some((name, _)) => Err(damaged(
                format!("the block {} has no end", shown(&name)),
                "write a mark of its end, as that of its beginning with the word end",
            )),
            None if self.blocks.is_empty() => {
                Err(damaged("the pattern is empty", "write its text"))
            }
            None => Ok(Pattern(self.blocks)),
        }
    }
}

/// A piece of a text with places.
enum Piece<'a> {
    Text(&'a str),
    Place(&'a str),
    /// A brace without its other.
    Brace,
}

/// A text as what stands between its places, and their names.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let at = rest.find(['{', '}']).unwrap_or(rest.len());
        if at > 0 {
            let (before, behind) = rest.split_at(at);
            rest = behind;
            return Some(Piece::Text(before));
        }
        let inner = rest.strip_prefix('{');
        let end = inner.and_then(|inner| inner.find(['{', '}']));
        match (inner, end) {
            (None, _) if rest.is_empty() => None,
            (Some(inner), Some(end)) if inner[end..].starts_with('}') => {
                rest = &inner[end + 1..];
                Some(Piece::Place(&inner[..end]))
            }
            _ => {
                rest = &rest[1..];
                Some(Piece::Brace)
            }
        }
    })
}

fn check(line: &str, within_marks: bool) -> Result<(), Error> {
    for piece in pieces(line) {
        match piece {
            Piece::Text(_) => {}
            Piece::Brace => {
                return Err(refuse(
                    Refusal::PlaceholderLeft,
                    format!("a brace in «{}» has no other", shown(line)),
                    "close it, or take it out",
                ));
            }
            Piece::Place(name) if within_marks && is_known(name) && !SHARED.contains(&name) => {
                return Err(refuse(
                    Refusal::BlocksDiffer,
                    format!("`{{{name}}}` stands within marks and differs between organizations"),
                    "move the sentence out of the marks",
                ));
            }
            Piece::Place(name) if is_known(name) => {}
            Piece::Place(name) => return Err(unknown(name)),
        }
    }
    Ok(())
}

fn is_known(name: &str) -> bool {
    PLACEHOLDERS.iter().any(|(known, _)| *known == name)
}

fn unknown(name: &str) -> Error {
    let near = PLACEHOLDERS
        .iter()
        .map(|(known, _)| (strsim::normalized_damerau_levenshtein(known, name), *known))
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .filter(|(likeness, _)| *likeness >= 0.6);
    let remedy = match near {
        Some((_, near)) => format!("did you mean `{{{near}}}`?"),
        None => {
            let all: Vec<&str> = PLACEHOLDERS.iter().map(|(known, _)| *known).collect();
            format!("these may stand in braces: {}", all.join(", "))
        }
    };
    let what = format!("`{{{}}}` is no placeholder", shown(name));
    refuse(Refusal::PlaceholderLeft, what, remedy)
}

fn filled(blocks: &[Block], value: &dyn Fn(&str) -> Option<String>) -> Result<Vec<Block>, Error> {
    let text = |text: &String| fill_text(text, value);
    let texts = |texts: &[String]| texts.iter().map(text).collect::<Result<Vec<_>, _>>();
    let of_block = |block: &Block| {
        Ok(match block {
            Block::Heading(level, heading) => Block::Heading(*level, text(heading)?),
            Block::Paragraph(paragraph) => Block::Paragraph(text(paragraph)?),
            Block::List(items) => Block::List(texts(items)?),
            Block::Fields(fields) => {
                let field = |(name, value): &(String, String)| Ok((text(name)?, text(value)?));
                Block::Fields(fields.iter().map(field).collect::<Result<_, Error>>()?)
            }
            Block::Fixed(name, inner) => Block::Fixed(name.clone(), filled(inner, value)?),
            // No pattern is read as one of these.
            Block::Numbered(_) | Block::Table(..) => block.clone(),
        })
    };
    blocks.iter().map(of_block).collect()
}

fn fill_text(text: &str, value: &dyn Fn(&str) -> Option<String>) -> Result<String, Error> {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        let part = match piece {
            Piece::Text(text) => Cow::Borrowed(text),
            Piece::Place(name) => Cow::Owned(filling(name, value)?),
            Piece::Brace => Cow::Borrowed(""),
        };
        out.push_str(&part);
    }
    // A sentence begins with a capital letter, whatever fills its first place.
    let mut chars = out.chars();
    Ok(match chars.next() {
        Some(first) if text.starts_with('{') && first.is_lowercase() => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => out,
    })
}

fn filling(name: &str, value: &dyn Fn(&str) -> Option<String>) -> Result<String, Error> {
    let meaning = PLACEHOLDERS.iter().find(|(known, _)| *known == name).map(|(_, meaning)| meaning);
    let remedy = || format!("give {}", meaning.unwrap_or(&"it"));
    let Some(text) = value(name).filter(|text| !text.trim().is_empty()) else {
        return Err(refuse(
            Refusal::PlaceholderLeft,
            format!("nothing fills `{{{name}}}`"),
            remedy(),
        ));
    };
    if pieces(&text).any(|piece| !matches!(piece, Piece::Text(_))) {
        return Err(refuse(
            Refusal::PlaceholderLeft,
            format!("«{}» fills `{{{name}}}` and has a place for a text itself", shown(&text)),
            remedy(),
        ));
    }
    Ok(text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(name: &str) -> Option<String> {
        (name != "reply_by").then(|| format!("<{name}>"))
    }

    #[test]
    fn what_a_pattern_holds_is_read_and_filled() {
        let text = "# On {document}\n\n- To: {audience}\n- Plain entry\n\n\
                    <!-- spcg cover begin -->\n1. One\nand more.\n\n2. Two {act}.\n\
                    <!-- spcg cover end -->\n\nYours";
        let pattern: Pattern = text.parse().unwrap();
        let filled = pattern.fill(value).unwrap();
        let inner = |text: &str| Block::Paragraph(text.to_owned());
        assert_eq!(
            filled.0,
            [
                Block::Heading(1, "On <document>".into()),
                Block::Fields(vec![("To".into(), "<audience>".into())]),
                Block::List(vec!["Plain entry".into()]),
                Block::Fixed(
                    "cover".into(),
                    vec![inner("1. One and more."), inner("2. Two <act>.")]
                ),
                inner("Yours"),
            ]
        );
        assert_eq!(pattern.fixed().fill(value).unwrap().0, filled.0[3..4]);
    }

    #[test]
    fn what_is_left_open_is_refused() {
        let refusal = |text: &str| text.parse::<Pattern>().unwrap_err().refusal();
        for text in ["{adress}", "{}", "a { b", "a } b", "{{day}}", "{ day }"] {
            assert_eq!(refusal(text), Some(Refusal::PlaceholderLeft), "{text}");
        }
        let error = "One.\n\nBy {reply_bye}.".parse::<Pattern>().unwrap_err();
        assert_eq!(error.line(), Some(3));
        assert!(error.to_string().contains("did you mean `{reply_by}`?"), "{error}");
        let within = "<!-- spcg cover begin -->\n{audience}\n<!-- spcg cover end -->";
        assert_eq!(refusal(within), Some(Refusal::BlocksDiffer));
        for text in ["", "<!-- spcg a begin -->\nx", "x\n<!-- spcg a end -->", "<!-- spcg a -->"] {
            assert!(text.parse::<Pattern>().unwrap_err().is_malformed(), "{text}");
        }
        let pattern: Pattern = "By {reply_by}, {act}.".parse().unwrap();
        let error = pattern.fill(value).unwrap_err();
        assert_eq!(error.refusal(), Some(Refusal::PlaceholderLeft));
        assert!(error.to_string().contains("the last day for an answer"), "{error}");
        let nested = pattern.fill(|_| Some("see {title}".to_owned())).unwrap_err();
        assert_eq!(nested.refusal(), Some(Refusal::PlaceholderLeft));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_a_pattern_panic(
            text in "(\\{|\\}|day|act|#|- |: |\n|<!-- spcg|x| (begin|end) -->|é){0,40}",
        ) {
            if let Ok(pattern) = text.parse::<Pattern>() {
                let filled = pattern.fill(value);
                let open = |text: String| text.contains(['{', '}']);
                proptest::prop_assert!(filled.is_err() || !open(filled.unwrap().to_markdown()));
            }
        }
    }
}
