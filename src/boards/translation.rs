//! The fixed blocks in another language: one text for all boards that use it, with the same
//! references, numbers and days.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};

use super::record::Record;
use super::report::{FRAME, title};
use crate::document::Block;
use crate::error::{Error, Refusal};
use crate::proposal::Date;
use crate::recommendation::written;
use crate::reference::{Reference, find_references};
use crate::register::refuse;

/// The fixed blocks of a record in another language: the file `fixed.fr.toml` beside it.
///
/// [`Record::to_translate`] gives one to be filled in. Texts keep their places; what they tell in
/// references, numbers and days must be what the record tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translation {
    /// The language: letters of ISO 639, such as `fr`.
    pub language: String,
    /// The title of a report; `{board}` stands for the name of the board.
    pub title: String,
    /// Headings around the blocks, in the language by what they are in English.
    #[serde(default)]
    pub headings: BTreeMap<String, String>,
    /// The texts of each block, in their order.
    pub blocks: BTreeMap<String, Vec<String>>,
}

impl Translation {
    /// A heading in the language; one that is not translated stays as it is.
    pub(super) fn heading(&self, english: &str) -> String {
        self.headings.get(english).cloned().unwrap_or_else(|| english.to_owned())
    }

    /// A block with its texts in the language.
    pub(super) fn of(&self, name: &str, block: &Block) -> Block {
        let mut texts = self.blocks.get(name).into_iter().flatten();
        let inner = block.map(&mut |text| texts.next().cloned().unwrap_or_else(|| text.to_owned()));
        match inner {
            Block::Fixed(_, inner) => Block::Fixed(format!("{name}.{}", self.language), inner),
            other => other,
        }
    }

    /// Refuses a translation that leaves out a text, or tells another reference, number or day.
    fn check(&self, record: &Record) -> Result<(), Error> {
        let language = &self.language;
        let is_tag = (2..=3).contains(&language.len())
            && language.bytes().all(|byte| byte.is_ascii_lowercase())
            && language != "en";
        if !is_tag {
            return Err(refuse(
                Refusal::Invalid,
                format!("`{}` is no language to translate into", crate::error::shown(language)),
                "name it by its letters, such as `fr`",
            ));
        }
        let title = title(record, "{board}");
        self.check_text("the title", &title, &self.title)?;
        for (name, block) in record.names().map(|name| (name.clone(), record.block(&name))) {
            let own = self.blocks.get(&name).map_or(&[][..], Vec::as_slice);
            let texts = texts_of(&block);
            if texts.len() != own.len() {
                let (found, wanted) = (own.len(), texts.len());
                return Err(refuse(
                    Refusal::BlocksDiffer,
                    format!("{name} in `{language}` has {found} texts, and the record {wanted}"),
                    "translate the texts of the present record",
                ));
            }
            for (text, own) in texts.iter().zip(own) {
                self.check_text(&name, text, own)?;
            }
        }
        Ok(())
    }

    fn check_text(&self, name: &str, text: &str, own: &str) -> Result<(), Error> {
        let (wanted, found) = (facts(text), facts(own));
        if wanted == found && own.trim().is_empty() == text.trim().is_empty() {
            return Ok(());
        }
        let lost: Vec<String> = without(&wanted, &found);
        let added: Vec<String> = without(&found, &wanted);
        let told = |facts: &[String]| match facts {
            [] => "nothing".to_owned(),
            facts => facts.join(", "),
        };
        Err(refuse(
            Refusal::BlocksDiffer,
            format!(
                "{name} in `{}`: «{}» leaves out {} and adds {} to «{}»",
                self.language,
                crate::error::shown(own),
                told(&lost),
                told(&added),
                crate::error::shown(text)
            ),
            "tell the same references, numbers and days in every language",
        ))
    }
}

impl Record {
    /// The texts of the fixed blocks, to be translated into a language.
    #[must_use]
    pub fn to_translate(&self, language: &str) -> Translation {
        let blocks = self.names().map(|name| (name.clone(), texts_of(&self.block(&name))));
        let headings = FRAME.iter().map(|text| ((*text).to_owned(), (*text).to_owned()));
        Translation {
            language: language.to_owned(),
            title: title(self, "{board}"),
            headings: headings.collect(),
            blocks: blocks.collect(),
        }
    }

    /// The record with a translation of its fixed blocks, which is signed with it.
    ///
    /// # Errors
    /// [refused](Error::is_refused) when the translation leaves out a text, or does not tell the
    /// same references, numbers and days.
    pub fn with_translation(mut self, translation: Translation) -> Result<Record, Error> {
        translation.check(&self)?;
        self.translations.retain(|one| one.language != translation.language);
        self.translations.push(translation);
        self.translations.sort_by(|one, other| one.language.cmp(&other.language));
        Ok(self)
    }

    /// The translation into a language, where there is one.
    pub(super) fn translation(&self, language: &str) -> Option<&Translation> {
        self.translations.iter().find(|one| one.language == language)
    }
}

fn texts_of(block: &Block) -> Vec<String> {
    let mut texts = Vec::new();
    block.map(&mut |text| {
        texts.push(text.to_owned());
        String::new()
    });
    texts
}

/// What of the first list is not in the second, each as often as it is missing.
fn without(these: &[String], those: &[String]) -> Vec<String> {
    let mut rest = those.to_vec();
    let missing = these.iter().filter(|one| match rest.iter().position(|other| other == *one) {
        Some(at) => {
            rest.remove(at);
            false
        }
        None => true,
    });
    missing.cloned().collect()
}

static MONTHS: LazyLock<BTreeMap<String, usize>> = LazyLock::new(|| {
    let all: BTreeMap<String, Vec<String>> = toml::from_str(include_str!("months.toml"))
        .expect("the list in this folder is whole: tests read it");
    let months = all.into_values().flat_map(|months| (1..).zip(months));
    months.map(|(number, month)| (month.to_lowercase(), number)).collect()
});

/// Days as they are written: `2031-03-20`, `20 March 2031`, `1er mars 2031`, `20 de marzo de 2031`,
/// `20. März 2031`, and in Chinese.
static DAYS: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    [
        r"\b(\d{4})-(\d{2})-(\d{2})\b",
        r"\b(\d{1,2})(?:er|º|\.)?\s+(?:de\s+)?(\p{L}+)\s+(?:de\s+)?(\d{4})\b",
        r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日",
    ]
    .map(|pattern| Regex::new(pattern).expect("a constant, which tests compile"))
});

static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{Latin}\d/_-]*\d[\p{Latin}\d/_-]*").expect("a constant, which tests compile")
});

/// The references, numbers and days that a text tells, in one order.
fn facts(text: &str) -> Vec<String> {
    let mut facts = Vec::new();
    let mut rest = String::with_capacity(text.len());
    let mut at = 0;
    for found in find_references(text, None) {
        rest.push_str(&text[at..found.span.start]);
        rest.push(' ');
        at = found.span.end;
        facts.push(match found.reference {
            Reference::Committee(committee) => committee.to_string(),
            Reference::Standard(standard) => standard.to_string(),
        });
    }
    rest.push_str(&text[at..]);
    for pattern in DAYS.iter() {
        rest = pattern
            .replace_all(&rest, |parts: &Captures<'_>| match day(parts) {
                Some(day) => {
                    facts.push(written(day));
                    " ".to_owned()
                }
                None => parts[0].to_owned(),
            })
            .into_owned();
    }
    facts.extend(NUMBERS.find_iter(&rest).map(|found| without_ending(found.as_str()).to_owned()));
    facts.sort();
    facts
}

/// `40e` and `40th` are 40.
fn without_ending(number: &str) -> &str {
    let digits = number.trim_end_matches(|c: char| c.is_lowercase());
    let is_ordinal = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.is_empty();
    if is_ordinal { digits } else { number }
}

/// The day of the three parts of one of the forms.
fn day(parts: &Captures<'_>) -> Option<Date> {
    let number = |at: usize| parts[at].parse::<u8>().ok();
    let (year, month, day) = match MONTHS.get(&parts[2].to_lowercase()) {
        Some(month) => (&parts[3], u8::try_from(*month).ok()?, number(1)?),
        None => (&parts[1], number(2)?, number(3)?),
    };
    Date::new(year.parse().ok()?, Some(month), Some(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_told_in_every_language() {
        let english = "Meeting 40 on 20 March 2031, virtual, report SPCG-91; see ISO/TC 999.";
        for other in [
            "40e réunion, du 20 mars 2031, virtuelle, rapport SPCG-91 ; voir ISO/TC 999.",
            "Reunión 40 del 20 de marzo de 2031, virtual, informe SPCG-91; véase ISO/TC 999.",
            "Sitzung 40 am 20. März 2031, virtuell, Bericht SPCG-91; siehe ISO/TC 999.",
            "Совещание 40 20 марта 2031 года, отчёт SPCG-91; см. ISO/TC 999.",
            "第40次会议,2031年3月20日,报告 SPCG-91;见 ISO/TC 999。",
            "ISO/TC 999; SPCG-91; 2031-03-20; 40",
        ] {
            assert_eq!(facts(other), facts(english), "{other}");
        }
        for wrong in [
            "Réunion 41 du 20 mars 2031, rapport SPCG-91 ; voir ISO/TC 999.",
            "Réunion 40 du 20 mai 2031, rapport SPCG-91 ; voir ISO/TC 999.",
            "Réunion 40 du 20 mars 2031, rapport SPCG-91A ; voir ISO/TC 999.",
            "Réunion 40 du 20 mars 2031, rapport SPCG-91 ; voir ISO/TC 999/SC 1.",
            "Réunion 40 du 20 mars 2031, rapport SPCG-91.",
        ] {
            assert_ne!(facts(wrong), facts(english), "{wrong}");
        }
    }
}
