//! Content controls of a Word file by their tags: the blocks that a program marked in it.

use super::docx;
use super::xml::Element;
use crate::error::Error;

/// The tag of each content control with its paragraphs, in the order of the file. Deleted text
/// does not count; white space is folded and empty paragraphs are left out.
///
/// # Errors
/// Those of reading a Word file.
pub(crate) fn controls(bytes: &[u8]) -> Result<Vec<(String, Vec<String>)>, Error> {
    let mut all = Vec::new();
    find(&docx::document(bytes)?, &mut all);
    Ok(all)
}

/// The paragraphs of a Word file, in its order, with white space folded.
///
/// # Errors
/// Those of reading a Word file.
pub(crate) fn paragraphs_of(bytes: &[u8]) -> Result<Vec<String>, Error> {
    let mut lines = Vec::new();
    paragraphs(&docx::document(bytes)?, &mut lines);
    Ok(lines)
}

fn find(element: &Element, all: &mut Vec<(String, Vec<String>)>) {
    let tag = element.at(&["sdtPr", "tag"]).and_then(|tag| tag.attribute("val"));
    if let Some(tag) = tag {
        let mut lines = Vec::new();
        paragraphs(element, &mut lines);
        all.push((tag.to_owned(), lines));
    }
    for child in &element.children {
        find(child, all);
    }
}

fn paragraphs(element: &Element, lines: &mut Vec<String>) {
    if &*element.name != "p" {
        return element.children.iter().for_each(|child| paragraphs(child, lines));
    }
    let mut text = String::new();
    words(element, &mut text);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !line.is_empty() {
        lines.push(line);
    }
}

fn words(element: &Element, text: &mut String) {
    match &*element.name {
        "del" | "moveFrom" => {}
        "br" | "tab" | "cr" => text.push(' '),
        _ => {
            text.push_str(&element.text);
            element.children.iter().for_each(|child| words(child, text));
        }
    }
}
