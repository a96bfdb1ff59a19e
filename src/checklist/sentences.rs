//! The sentences of the checklist: what each rule says to people, apart from how it finds out.
//!
//! A rule finds facts and puts them into a message of its module here (`c13::CloseNotNamed { works }`);
//! the sentence around them stands beside it. So all sentences can be read in one place, an office
//! can put its own in their place ([configuration](super#sentences)), and a program can tell by the
//! key of a finding what it says, in whatever language.
//!
//! ```
//! use spcg::checklist::sentences;
//!
//! let sentence = sentences::of("C35").iter().find(|one| one.key == "no_text").unwrap();
//! assert_eq!(sentence.message, "neither a draft nor an outline is attached");
//! ```

#[macro_use]
mod message;
mod coherence;
mod contacts;
mod cooperation;
mod existing_work;
mod need;
mod subject;

pub(crate) use coherence::*;
pub(crate) use contacts::*;
pub(crate) use cooperation::*;
pub(crate) use existing_work::*;
pub(crate) use message::{Fault, Note, Rewording, Told, placeholders};
pub(crate) use need::*;
pub(crate) use subject::*;

/// What a rule says of one kind of thing that it finds.
///
/// The texts have placeholders in braces for the facts: `{number} searches have no date`.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sentence {
    /// Its name, once in its rule: `no_text`.
    pub key: &'static str,
    /// One sentence, without its full stop.
    pub message: &'static str,
    /// The same about several things, where that is another sentence.
    pub many: Option<&'static str>,
    /// What to do, in the imperative; nothing where nothing is wrong.
    pub remedy: Option<&'static str>,
    /// The placeholders that its texts may have.
    pub placeholders: &'static [&'static str],
}

/// All sentences: of every rule, in the order of the checklist.
pub static ALL: &[(&str, &[&Sentence])] = &[
    ("C01", c01::SENTENCES),
    ("C02", c02::SENTENCES),
    ("C03", c03::SENTENCES),
    ("C04", c04::SENTENCES),
    ("C05", c05::SENTENCES),
    ("C06", c06::SENTENCES),
    ("C07", c07::SENTENCES),
    ("C42", c42::SENTENCES),
    ("C43", c43::SENTENCES),
    ("C08", c08::SENTENCES),
    ("C09", c09::SENTENCES),
    ("C10", c10::SENTENCES),
    ("C11", c11::SENTENCES),
    ("C12", c12::SENTENCES),
    ("C13", c13::SENTENCES),
    ("C14", c14::SENTENCES),
    ("C15", c15::SENTENCES),
    ("C16", c16::SENTENCES),
    ("C17", c17::SENTENCES),
    ("C18", c18::SENTENCES),
    ("C19", c19::SENTENCES),
    ("C20", c20::SENTENCES),
    ("C21", c21::SENTENCES),
    ("C22", c22::SENTENCES),
    ("C23", c23::SENTENCES),
    ("C24", c24::SENTENCES),
    ("C39", c39::SENTENCES),
    ("C25", c25::SENTENCES),
    ("C26", c26::SENTENCES),
    ("C27", c27::SENTENCES),
    ("C28", c28::SENTENCES),
    ("C29", c29::SENTENCES),
    ("C30", c30::SENTENCES),
    ("C31", c31::SENTENCES),
    ("C32", c32::SENTENCES),
    ("C33", c33::SENTENCES),
    ("C34", c34::SENTENCES),
    ("C35", c35::SENTENCES),
    ("C41", c41::SENTENCES),
    ("C36", c36::SENTENCES),
    ("C37", c37::SENTENCES),
    ("C38", c38::SENTENCES),
    ("C40", c40::SENTENCES),
];

/// The sentences of a rule by its number; none for a rule that does not exist.
#[must_use]
pub fn of(rule: &str) -> &'static [&'static Sentence] {
    ALL.iter().find(|(id, _)| id.eq_ignore_ascii_case(rule)).map_or(&[], |(_, sentences)| sentences)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::rules::RULES;

    fn texts(sentence: &Sentence) -> impl Iterator<Item = &'static str> {
        [Some(sentence.message), sentence.many, sentence.remedy].into_iter().flatten()
    }

    #[test]
    fn every_list_is_of_a_rule_and_in_its_place() {
        let ids = RULES.iter().map(|rule| rule.id).filter(|id| !of(id).is_empty());
        assert!(ids.eq(ALL.iter().map(|(id, _)| *id)));
    }

    #[test]
    fn keys_are_words_and_stand_once_in_a_rule() {
        for (rule, sentences) in ALL {
            let mut keys: Vec<&str> = sentences.iter().map(|one| one.key).collect();
            assert!(
                keys.iter().all(|key| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
            );
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), sentences.len(), "{rule}");
        }
    }

    #[test]
    fn messages_and_remedies_have_their_form() {
        for (rule, sentences) in ALL {
            for one in *sentences {
                let place = format!("{rule} {}", one.key);
                for message in [Some(one.message), one.many].into_iter().flatten() {
                    assert!(!message.ends_with(['.', ' ', ':']), "{place}: {message}");
                    assert!(!message.starts_with(char::is_uppercase), "{place}: {message}");
                }
                if let Some(remedy) = one.remedy {
                    let first = remedy.split(' ').next().unwrap_or_default();
                    let imperative = first.starts_with(char::is_uppercase)
                        && !["A", "An", "The", "It", "This", "There"].contains(&first);
                    assert!(imperative && remedy.ends_with('.'), "{place}: {remedy}");
                }
            }
        }
    }

    #[test]
    fn no_names_of_the_program_stand_in_sentences() {
        for (rule, sentences) in ALL {
            for text in sentences.iter().flat_map(|one| texts(one)) {
                let mut plain = text.to_owned();
                for name in placeholders(text) {
                    plain = plain.replace(&format!("{{{name}}}"), "fact");
                }
                assert!(!plain.contains(['_', '{', '}', '`']), "{rule}: {text}");
                assert!(!plain.contains("  "), "{rule}: {text}");
            }
        }
    }

    #[test]
    fn facts_are_put_in_as_they_are() {
        let told = Told {
            sentence: &Sentence {
                key: "lost",
                message: "{what} is lost",
                many: Some("{number} of {what} are lost, {unknown}"),
                remedy: Some("Look for {what}."),
                placeholders: &["what", "number"],
            },
            number: 2,
            values: vec!["{number}".to_owned(), "2".to_owned()],
        };
        assert_eq!(told.message(None), "2 of {number} are lost, {unknown}");
        assert_eq!(told.remedy(None).as_deref(), Some("Look for {number}."));
        let own = Rewording {
            message: None,
            many: Some("lost: {number} {".to_owned()),
            remedy: Some("Find {what}!".to_owned()),
        };
        assert_eq!(told.message(Some(&own)), "lost: 2 {");
        assert_eq!(Told { number: 1, ..told }.message(Some(&own)), "{number} is lost");
    }
}
