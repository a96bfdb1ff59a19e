//! The one table from headings of forms to fields of the record, which is `headings.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::proposal::Kind;

/// Where a heading leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The field, such as `scope` or `timeline.draft`; empty for administration.
    pub(crate) field: &'static str,
    /// False when the heading only resembles a known one.
    pub(crate) exact: bool,
}

/// The table as the file holds it.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    headings: BTreeMap<String, Vec<String>>,
    administration: BTreeMap<String, Vec<String>>,
    phrases: BTreeMap<String, Vec<String>>,
    forms: BTreeMap<Kind, Vec<String>>,
}

/// The table as it is looked up.
struct Table {
    fields: BTreeMap<String, String>,
    /// Length, letters, heading and field: to find misspelt ones.
    letters: Vec<(usize, [u8; 27], String, String)>,
    phrases: Vec<(String, String)>,
    forms: BTreeMap<String, Kind>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        // A test reads the file; here it cannot fail any more.
        let file: File = toml::from_str(include_str!("../headings.toml")).unwrap_or_default();
        let turned = |lists: BTreeMap<String, Vec<String>>| {
            lists
                .into_iter()
                .flat_map(|(key, words)| words.into_iter().map(move |words| (words, key.clone())))
        };
        let administration =
            file.administration.into_values().flatten().map(|words| (words, String::new()));
        let fields: BTreeMap<String, String> =
            turned(file.headings).chain(administration).collect();
        let letters = fields.iter().map(|(heading, field)| {
            (heading.chars().count(), letters(heading), heading.clone(), field.clone())
        });
        Table {
            letters: letters.collect(),
            fields,
            phrases: turned(file.phrases).collect(),
            forms: file
                .forms
                .into_iter()
                .flat_map(|(kind, names)| names.into_iter().map(move |name| (name, kind)))
                .collect(),
        }
    })
}

/// The kind of proposal that the name of a form tells.
pub(super) fn form(heading: &str) -> Option<Kind> {
    if heading.len() > 120 {
        return None;
    }
    candidates(heading).iter().find_map(|name| table().forms.get(name)).copied()
}

/// The field of a heading that is exactly a known one, whatever its numbering, case, punctuation
/// and marks.
pub(crate) fn exactly(heading: &str) -> Option<Target> {
    // No heading of a form is longer than a sentence.
    if heading.len() > 300 {
        return None;
    }
    let fields = candidates(heading).into_iter().filter_map(|words| table().fields.get(&words));
    // «Titre / Title» is the title, not its French.
    fields.max_by_key(|field| !field.is_empty()).map(|field| Target { field, exact: true })
}

/// The field of a heading that is, or resembles, a known one.
pub(crate) fn resembling(heading: &str) -> Option<Target> {
    if let Some(target) = exactly(heading) {
        return Some(target);
    }
    if heading.len() > 300 {
        return None;
    }
    for words in candidates(heading) {
        // A typing error or a plural.
        if words.len() >= 5
            && let Some(field) = misspelt(&words)
        {
            return Some(Target { field, exact: false });
        }
        // A known heading of several words, or «scope of …», that goes on.
        let begins = words.rmatch_indices(' ').find_map(|(at, _)| {
            let (known, rest) = words.split_at(at);
            let goes_on = rest.starts_with(" of ") || known.contains(' ');
            table().fields.get(known).filter(|_| goes_on)
        });
        if let Some(field) = begins {
            return Some(Target { field, exact: false });
        }
        if let Some((_, field)) = table().phrases.iter().find(|(phrase, _)| words.contains(phrase))
        {
            return Some(Target { field, exact: false });
        }
    }
    None
}

/// The field of the known heading from which these words differ in at most one letter of seven.
fn misspelt(words: &str) -> Option<&'static str> {
    let letters = letters(words);
    let length = words.chars().count();
    let near = table()
        .letters
        .iter()
        .filter(|(known_length, known_letters, ..)| {
            // Counting letters is a hundred times cheaper than the distance, and never larger.
            let most = known_length.max(&length) / 7;
            if known_length.abs_diff(length) > most {
                return false;
            }
            let (mut more, mut fewer) = (0, 0);
            for (a, b) in letters.iter().zip(known_letters) {
                more += usize::from(a.saturating_sub(*b));
                fewer += usize::from(b.saturating_sub(*a));
            }
            more <= most && fewer <= most
        })
        .map(|(known_length, _, known, field)| {
            (strsim::damerau_levenshtein(known, words), known_length.max(&length) / 7, known, field)
        })
        .filter(|(distance, most, ..)| distance <= most)
        .min_by(|a, b| a.0.cmp(&b.0).then(a.2.cmp(b.2)));
    near.map(|(.., field)| field.as_str())
}

/// How often each letter comes; all others are counted together.
fn letters(words: &str) -> [u8; 27] {
    let mut counts = [0u8; 27];
    for byte in words.bytes() {
        let at = if byte.is_ascii_lowercase() { usize::from(byte - b'a') } else { 26 };
        counts[at] = counts[at].saturating_add(1);
    }
    counts
}

/// The forms of a heading to look up: whole, without what stands in parentheses, and each language
/// of «a / b».
fn candidates(heading: &str) -> Vec<String> {
    let heading = without_number(heading);
    let mut outside = String::new();
    let mut depth = 0usize;
    for c in heading.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let mut candidates = vec![words(heading), words(&outside)];
    if heading.contains(['/', '|']) {
        candidates.extend(outside.split(['/', '|']).map(words).filter(|part| part.len() >= 4));
    }
    candidates.retain(|words| !words.is_empty());
    candidates.dedup();
    candidates
}

/// A heading without `1.2`, `3)`, `(b)`, `A.` before it.
pub(crate) fn without_number(heading: &str) -> &str {
    let text = heading.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || ".()".contains(c))).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    if number.contains(|c: char| c.is_ascii_digit())
        && (rest.starts_with(char::is_whitespace) || number.ends_with(['.', ')']))
    {
        return rest.trim_start();
    }
    let mut letters = text.char_indices();
    let lettered = match (letters.next(), letters.next(), letters.next()) {
        (Some((_, '(')), Some((_, letter)), Some((at, ')'))) if letter.is_ascii_alphabetic() => {
            Some(at + 1)
        }
        (Some((_, letter)), Some((at, '.' | ')')), Some((_, ' ')))
            if letter.is_ascii_alphabetic() =>
        {
            Some(at + 1)
        }
        _ => None,
    };
    lettered.map_or(text, |at| text[at..].trim_start())
}

/// Lower-case words with one space between them.
pub(crate) fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| !word.is_empty())
    {
        let word: String = word
            .chars()
            .filter(|c| !matches!(c, '\'' | '’'))
            .flat_map(char::to_lowercase)
            .collect();
        if words.is_empty() && matches!(word.as_str(), "the" | "a" | "your") {
            continue;
        }
        if !words.is_empty() && !word.is_empty() {
            words.push(' ');
        }
        words.push_str(&word);
    }
    words
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_its_plain_form_and_names_real_fields() {
        let file: File = toml::from_str(include_str!("../headings.toml")).unwrap();
        let mut seen = BTreeMap::new();
        for (field, headings) in
            file.headings.iter().chain(&file.administration).chain(&file.phrases)
        {
            let top = field.split('.').next().unwrap_or_default();
            let known =
                super::super::fields().contains(&top) || file.administration.contains_key(field);
            assert!(known, "{field}");
            for heading in headings {
                assert_eq!(words(heading), *heading);
                if !file.phrases.get(field).is_some_and(|phrases| phrases.contains(heading)) {
                    assert_eq!(seen.insert(heading, field), None, "{heading}");
                }
            }
        }
        for name in file.forms.values().flatten() {
            assert_eq!(words(name), *name);
        }
        assert!(
            seen.len() > 300 && seen.keys().all(|heading| table().fields.contains_key(*heading))
        );
    }

    #[test]
    fn headings_in_many_dresses() {
        for (heading, field) in [
            ("Scope", "scope"),
            ("1.2 Scope of the proposed deliverable", "scope"),
            ("SCOPE:", "scope"),
            ("(b) Purpose and justification", "justification"),
            ("Titre / Title", "title"),
            ("Title (English)", "title"),
            ("Editor(s)", "leadership.project_leader"),
            ("Relevant existing documents at all levels", "related_standards"),
            ("Exclusons", "out_of_scope"),
            ("Closing date for voting", ""),
            ("Title of this thing", "title"),
        ] {
            assert_eq!(resembling(heading).map(|target| target.field), Some(field), "{heading}");
        }
        for heading in ["", "Elephants", "Scope creep", "7", "Risk analysis", "---"] {
            assert_eq!(resembling(heading), None, "{heading}");
        }
    }
}
