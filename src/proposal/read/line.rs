//! A paragraph of a document with formats: its text, what of it is bold, and the block that it is.

use super::blocks::Block;
use super::headings;
use super::tree::Spot;

/// The text of a paragraph as it is put together from pieces.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// True when every letter is bold.
    pub(super) all_bold: bool,
    /// What is bold at the start of a paragraph that is not bold throughout.
    bold_start: Option<String>,
    seen_text: bool,
    starts_bold: bool,
}

/// How a paragraph stands in its document.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Standing {
    /// The level of the heading that its style makes of it, 1 to 6.
    pub(super) level: Option<u8>,
    /// True for an item of a list.
    pub(super) is_item: bool,
    pub(super) in_table: bool,
}

impl Line {
    pub(super) fn push(&mut self, text: &str, bold: bool) {
        if !text.trim().is_empty() {
            if !self.seen_text {
                self.seen_text = true;
                self.starts_bold = bold;
                self.all_bold = bold;
            }
            self.all_bold &= bold;
            if self.starts_bold && !bold {
                self.starts_bold = false;
                self.bold_start.get_or_insert_with(|| self.text.clone());
            }
        }
        self.text.push_str(text);
    }

    /// True for a short line in bold, which may be a label.
    pub(super) fn is_bold_label(&self) -> bool {
        let text = self.text.trim();
        self.all_bold
            && text.len() <= 160
            && !text.contains(['\n', '*'])
            && !text.contains(['☒', '☐'])
    }

    /// The block that the paragraph is.
    pub(super) fn block(&self, standing: Standing, spot: Spot) -> Block {
        let text = self.text.trim().to_owned();
        if let Some(level) = standing.level.filter(|_| text.len() <= 300) {
            return Block::Heading { level, text, spot };
        }
        let first = text.lines().next().unwrap_or_default();
        let is_short = text.len() <= 200 && !text.contains('\n');
        if self.all_bold && is_short && !standing.in_table && headings::resembling(&text).is_some()
        {
            return Block::Heading { level: 6, text, spot };
        }
        // «Title of the work: Smart lifts» with the label in bold.
        if let Some(label) = self.bold_start.as_deref().map(str::trim)
            && !self.all_bold
            && first.starts_with(label)
            && headings::resembling(label).is_some()
            && (label.ends_with(':') || first[label.len()..].trim_start().starts_with(':'))
        {
            let rest = text[label.len()..].trim_start_matches([':', ' ', '\t']);
            return Block::Paragraph {
                text: format!("**{}** {rest}", label.trim_end_matches([':', ' '])),
                spot,
            };
        }
        if standing.is_item && headings::exactly(&text).is_none() {
            return Block::Item { text, spot };
        }
        Block::Paragraph { text, spot }
    }
}
