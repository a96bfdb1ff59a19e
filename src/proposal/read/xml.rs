//! The XML of a document as a small tree, within bounds. Document type definitions are refused, so
//! that no entity can expand; only what the reader asks for is kept.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::budget::{Budget, Exhausted};

/// The deepest nesting of elements: a table in a table in a text box needs about forty.
const DEPTH: usize = 200;

/// What is kept of a part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    /// The attributes, by their local names.
    pub(super) attributes: &'static [&'static str],
    /// The element whose text is kept in it; where there is none, texts are children of their own,
    /// with the name [`TEXT`].
    pub(super) text_of: Option<&'static str>,
}

/// The name of a text that stands among elements.
pub(super) const TEXT: &str = "#text";

/// An element by its local name, whatever prefix the file uses.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: Box<str>,
    attributes: Vec<(&'static str, Box<str>)>,
    pub(super) children: Vec<Element>,
    /// The text of an element whose text is kept.
    pub(super) text: String,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| &**value)
    }

    /// The first child of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| &*child.name == name)
    }

    /// The element at the end of a path of names.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// True for a switch that is there and is not turned off.
    pub(super) fn is_on(&self, path: &[&str]) -> bool {
        self.at(path).is_some_and(|switch| {
            !matches!(switch.attribute("val"), Some("0" | "false" | "off" | "none"))
        })
    }
}

/// Why a part is not XML that this reader takes.
#[derive(Debug)]
pub(super) enum Refused {
    /// Not well-formed, or with a document type definition.
    Malformed(String),
    /// Beyond the bounds.
    TooLarge,
}

/// Reads the root element of a part.
pub(super) fn read(text: &str, kept: Kept, budget: &mut Budget) -> Result<Element, Refused> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut open: Vec<Element> = vec![Element::default()];
    let malformed = |message: &str| Refused::Malformed(message.to_owned());
    loop {
        let event = reader.read_event().map_err(|error| Refused::Malformed(error.to_string()))?;
        match event {
            Event::Start(start) => {
                if open.len() > DEPTH {
                    return Err(Refused::TooLarge);
                }
                open.push(element(&start, kept, budget)?);
            }
            Event::Empty(start) => {
                let element = element(&start, kept, budget)?;
                if let Some(parent) = open.last_mut() {
                    parent.children.push(element);
                }
            }
            Event::End(_) => {
                let done = open.pop().ok_or_else(|| malformed("an element ends twice"))?;
                let parent = open.last_mut().ok_or_else(|| malformed("an element ends twice"))?;
                parent.children.push(done);
            }
            Event::Text(text) => add(&mut open, &text.xml10_content(), kept, budget)?,
            Event::CData(text) => add(&mut open, &text.xml10_content(), kept, budget)?,
            Event::GeneralRef(reference) => {
                let character = match reference.resolve_char_ref() {
                    Ok(Some(character)) => character,
                    _ => match &*reference.xml10_content() {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        _ => return Err(malformed("it uses an entity of its own")),
                    },
                };
                add(&mut open, character.encode_utf8(&mut [0; 4]), kept, budget)?;
            }
            Event::DocType(_) => return Err(malformed("it has a document type definition")),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    let mut root =
        open.pop().filter(|_| open.is_empty()).ok_or_else(|| malformed("it ends too early"))?;
    root.children.pop().ok_or_else(|| malformed("it is empty"))
}

fn add(open: &mut [Element], text: &str, kept: Kept, budget: &mut Budget) -> Result<(), Refused> {
    let Some(element) = open.last_mut() else { return Ok(()) };
    match kept.text_of {
        Some(name) if &*element.name == name => element.text.push_str(text),
        Some(_) => {}
        None => match element.children.last_mut().filter(|last| &*last.name == TEXT) {
            Some(last) => last.text.push_str(text),
            None => {
                budget.spend_element()?;
                let text = text.to_owned();
                element.children.push(Element {
                    name: Box::from(TEXT),
                    text,
                    ..Element::default()
                });
            }
        },
    }
    Ok(())
}

fn element(start: &BytesStart<'_>, kept: Kept, budget: &mut Budget) -> Result<Element, Refused> {
    budget.spend_element()?;
    let mut attributes = Vec::new();
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| Refused::Malformed(error.to_string()))?;
        let name = attribute.key.local_name();
        if let Some(kept) = kept.attributes.iter().find(|kept| **kept == name.as_ref()) {
            attributes.push((*kept, Box::from(unescaped(&attribute.value))));
        }
    }
    Ok(Element { name: Box::from(start.local_name().as_ref()), attributes, ..Element::default() })
}

impl From<Exhausted> for Refused {
    fn from(_: Exhausted) -> Refused {
        Refused::TooLarge
    }
}

/// The values that matter here (names of styles, targets, switches) hold no other references.
fn unescaped(value: &str) -> String {
    value
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
