//! The report to one board: fixed blocks, and what it says for itself.

use serde::{Deserialize, Serialize};

use super::compare::compare;
use super::folder::Release;
use super::record::Record;
use super::translation::Translation;
use crate::document::{Block, Document};
use crate::error::{Error, Refusal, shown};
use crate::proposal::Date;
use crate::recommendation::written;
use crate::reference::Organization;
use crate::register::{refuse, sha};

/// What one board's report says for itself: the file `tmb.toml`, `smb.toml` or `tsag.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Free {
    /// The language of the fixed blocks, such as `fr`, where it is not English; they must have been
    /// translated.
    pub language: String,
    /// Number of the document.
    pub document: String,
    /// From whom it is.
    pub source: String,
    /// Why it is sent: `information`, `action`.
    pub purpose: String,
    /// The actor to whom questions go; the report names the person of `people.toml`, or the role.
    pub contact: String,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// For TSAG: its Question.
    pub question: String,
    /// For TSAG: its study period.
    pub study_period: String,
    /// What it is about, in a few sentences.
    pub summary: String,
    /// What the board is asked to do.
    pub action: String,
    /// How it begins, after the head.
    pub greeting: String,
    /// How it ends.
    pub close: String,
}

/// A signature under the fixed blocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Whose board.
    pub office: Organization,
    /// The hash that was signed.
    pub fixed_sha: String,
    /// The actor.
    pub by: String,
    /// The day.
    pub day: Date,
}

impl Record {
    /// The hash that offices sign: of every fixed block, in every language.
    #[must_use]
    pub fn fixed_sha(&self) -> String {
        let translated = self.translations.iter().map(Some);
        let all = std::iter::once(None).chain(translated).flat_map(|one| self.fixed(one));
        sha(Document(all.collect()).to_markdown().as_bytes())
    }

    /// The report to one board. `contact` is how the contact is named, and `released` tells of the
    /// other boards' reports.
    ///
    /// # Errors
    /// [refused](Error::is_refused) when a text of its own names a paper that is not attached, or
    /// has a place for a text that is still empty.
    pub fn report(
        &self,
        board: Organization,
        free: &Free,
        contact: &str,
        released: &[Release],
    ) -> Result<Document, Error> {
        self.check_free(free)?;
        let translation = self.language_of(free)?;
        let translated = |text: &str| {
            translation.map_or_else(|| text.to_owned(), |translation| translation.heading(text))
        };
        let title = match translation {
            Some(translation) => translation.title.replace("{board}", board.board()),
            None => title(self, board.board()),
        };
        let mut blocks = vec![Block::Heading(1, title)];
        let fields = head(free, contact, translated);
        if !fields.is_empty() {
            blocks.push(Block::Fields(fields));
        }
        let own = |blocks: &mut Vec<Block>, title: &str, text: &str| {
            if text.trim().is_empty() {
                return;
            }
            if !title.is_empty() {
                blocks.push(Block::Heading(2, translated(title)));
            }
            let texts = text.split("\n\n").map(|one| Block::Paragraph(one.trim().to_owned()));
            blocks.extend(texts);
        };
        own(&mut blocks, "", &free.greeting);
        own(&mut blocks, "Abstract", &free.summary);
        own(&mut blocks, "Action", &free.action);
        for (level, title, names) in ORDER {
            if *level > 0 {
                blocks.push(Block::Heading(*level, translated(title)));
            }
            blocks.extend(names.iter().map(|name| self.block_in(name, translation)));
        }
        let others = released.iter().filter(|one| one.office != board);
        let others: Vec<String> = others.map(Release::told).collect();
        if !others.is_empty() {
            blocks.push(Block::Heading(2, translated(OTHER_BOARDS)));
            blocks.push(Block::List(others));
        }
        own(&mut blocks, "", &free.close);
        Ok(Document(blocks))
    }

    /// The translation that a report uses; none for English.
    fn language_of(&self, free: &Free) -> Result<Option<&Translation>, Error> {
        match free.language.trim() {
            "" | "en" => Ok(None),
            language => self.translation(language).map(Some).ok_or_else(|| {
                refuse(
                    Refusal::Invalid,
                    format!("the fixed blocks are not translated into `{}`", shown(language)),
                    "translate them once for all boards: `report translate` writes the file",
                )
            }),
        }
    }

    /// Papers that a free text names are attached, and no `{…}` is left.
    fn check_free(&self, free: &Free) -> Result<(), Error> {
        for text in [&free.summary, &free.action, &free.greeting, &free.close] {
            if let (Some(open), Some(close)) = (text.find('{'), text.rfind('}'))
                && open < close
            {
                return Err(refuse(
                    Refusal::PlaceholderLeft,
                    format!("«{}» has a place for a text", shown(text)),
                    "fill it in",
                ));
            }
            for name in numbers(text) {
                if !self.papers.iter().any(|one| one.name() == name) {
                    return Err(refuse(
                        Refusal::Invalid,
                        format!("the text of the report names {name}, which is not attached"),
                        "name the revision that is attached, or list the paper in documents.toml",
                    ));
                }
            }
        }
        Ok(())
    }
}

/// The order of SPCG's progress report of January 2021, with the fixed blocks in their places.
const ORDER: &[(u8, &str, &[&str])] = &[
    (2, "1 Background", &["F1"]),
    (2, "2 Situation", &[]),
    (3, "2.1 Proposals for new fields", &["F2", "F3", "F4"]),
    (0, "", &["F6"]), // 2.2 and 2.3, with their headings
    (3, "2.4 Papers approved", &["F5"]),
    (3, "2.5 Landscape", &["F7"]),
    (3, "2.6 Open points", &["F8"]),
    (2, "3 Next steps", &["F9"]),
    (2, "Attachments", &["F10"]),
];

const OTHER_BOARDS: &str = "Reports to the other boards";

/// What stands around the fixed blocks and is translated with them: headings and names of fields.
pub(super) const FRAME: &[&str] = &[
    "Document",
    "Source",
    "Purpose",
    "Question",
    "Study period",
    "Contact",
    "Keywords",
    "Abstract",
    "Action",
    "1 Background",
    "2 Situation",
    "2.1 Proposals for new fields",
    "2.4 Papers approved",
    "2.5 Landscape",
    "2.6 Open points",
    "3 Next steps",
    "Attachments",
    OTHER_BOARDS,
];

/// The title of a report.
pub(super) fn title(record: &Record, board: &str) -> String {
    let (from, to) = (written(record.from), written(record.to));
    format!("Progress report of SPCG to {board}, {from} to {to}")
}

fn head(free: &Free, contact: &str, translated: impl Fn(&str) -> String) -> Vec<(String, String)> {
    let keywords = free.keywords.join(", ");
    let fields = [
        ("Document", free.document.as_str()),
        ("Source", &free.source),
        ("Purpose", &free.purpose),
        ("Question", &free.question),
        ("Study period", &free.study_period),
        ("Contact", contact),
        ("Keywords", &keywords),
    ];
    let filled = fields.into_iter().filter(|(_, value)| !value.trim().is_empty());
    filled.map(|(name, value)| (translated(name), value.to_owned())).collect()
}

/// Numbers of papers that a text names, such as `SPCG-90A`.
fn numbers(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (at, _) in text.match_indices("SPCG-") {
        let rest = &text[at + 5..];
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        let letter = rest[digits..].chars().next().filter(char::is_ascii_uppercase);
        if digits > 0 {
            let letter = letter.map(String::from).unwrap_or_default();
            all.push(format!("SPCG-{}{letter}", &rest[..digits]));
        }
    }
    all
}

/// Whether the reports may go out: every office has signed this record, and the files say the
/// same.
///
/// # Errors
/// [refused](Error::is_refused): a block differs, or a valid signature is missing; one under
/// another text has lapsed.
pub fn release(
    record: &Record,
    signatures: &[Signature],
    files: &[(&str, &[u8])],
) -> Result<(), Error> {
    if let Some(wrong) = compare(record, files)?.into_iter().find(|one| one.result != "equal") {
        return Err(refuse(
            Refusal::BlocksDiffer,
            wrong.to_string(),
            "render the report anew, and edit only what stands outside of the marks",
        ));
    }
    let fixed = record.fixed_sha();
    let mut missing = Vec::new();
    for office in Organization::ALL {
        let mut own = signatures.iter().filter(|one| one.office == office).peekable();
        let lapsed = own.peek().is_some();
        if !own.any(|one| one.fixed_sha == fixed) {
            missing.push(if lapsed { format!("{office} (lapsed)") } else { office.to_string() });
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    Err(refuse(
        Refusal::NotSigned,
        format!("no valid signature of {}", missing.join(", ")),
        "let each office sign the present text",
    ))
}
