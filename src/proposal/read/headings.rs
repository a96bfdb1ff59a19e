//! The one table from headings of forms to fields of the record, which is `headings.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::guidance;
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
    questions: BTreeMap<String, Vec<String>>,
    forms: BTreeMap<Kind, Vec<String>>,
}

/// The table as it is looked up.
struct Table {
    fields: BTreeMap<String, String>,
    /// Length, letters, heading and field: to find misspelt ones.
    letters: Vec<(usize, [u8; 27], String, String)>,
    phrases: Vec<(String, String)>,
    /// The words of questions that people ask, and the field.
    questions: Vec<(Vec<String>, String)>,
    /// The words of each heading that carry meaning, and its field.
    contents: Vec<(Vec<String>, String)>,
    forms: Vec<(String, Kind)>,
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
        let contents = fields
            .iter()
            .map(|(heading, field)| {
                (content(heading).into_iter().map(str::to_owned).collect(), field.clone())
            })
            .filter(|(words, _): &(Vec<String>, String)| !words.is_empty())
            .collect();
        Table {
            letters: letters.collect(),
            fields,
            phrases: turned(file.phrases).collect(),
            questions: turned(file.questions)
                .map(|(keys, field)| (keys.split(' ').map(str::to_owned).collect(), field))
                .collect(),
            contents,
            forms: file
                .forms
                .into_iter()
                .flat_map(|(kind, names)| names.into_iter().map(move |name| (name, kind)))
                .collect(),
        }
    })
}

/// The names of forms, with the kind of proposal that each is for.
pub(super) fn forms() -> impl Iterator<Item = (&'static str, Kind)> {
    table().forms.iter().map(|(name, kind)| (name.as_str(), *kind))
}

/// The field of a heading that is exactly a known one, whatever its numbering, case, punctuation,
/// guidance in brackets and mention of what is proposed.
pub(crate) fn exactly(heading: &str) -> Option<Target> {
    // No heading of a form is longer than some lines.
    if heading.len() > LONGEST {
        return None;
    }
    let candidates = candidates(heading);
    let mut fields = candidates.iter().filter_map(|words| table().fields.get(words)).peekable();
    let first = fields.peek().copied();
    // «Titre / Title» is the title, not its French.
    let field = fields.find(|field| !field.is_empty()).or(first)?;
    Some(Target { field, exact: true })
}

/// The field of a heading that is a known one, or a question in plain words.
pub(crate) fn known(heading: &str) -> Option<Target> {
    exactly(heading).or_else(|| {
        let table = table().questions.iter();
        let table = table.map(|(keys, field)| (keys.as_slice(), field.as_str()));
        let field = super::questions::field(heading, table)?;
        Some(Target { field, exact: false })
    })
}

/// The longest label that is looked up, in bytes: the questions of forms have up to three lines.
const LONGEST: usize = 600;

/// The most words of a label that is no instruction of a form.
const LABEL_WORDS: usize = 12;

/// How much of a label the words of a known one must be: below three in five, half of what the
/// label says would be unknown.
const OVERLAP: f64 = 0.6;

/// The same for a label of more than [`LABEL_WORDS`]: it may as well be a sentence, so nearly all
/// of it must be known.
const LONG_OVERLAP: f64 = 0.8;

/// The same for naming the nearest field of a heading that stays unknown: nothing is filled by it.
const NEAR_OVERLAP: f64 = 0.3;

/// How alike two words must be to count as one: one letter of eight, an ending or a typing error.
const ALIKE: f64 = 0.88;

/// The field of a heading that is, or resembles, a known one.
pub(crate) fn resembling(heading: &str) -> Option<Target> {
    if let Some(target) = known(heading) {
        return Some(target);
    }
    if heading.len() > LONGEST {
        return None;
    }
    let is_instruction = guidance::asks(heading);
    let near = |field| Some(Target { field, exact: false });
    for words in candidates(heading) {
        let count = words.split(' ').count();
        if count > LABEL_WORDS && !is_instruction {
            match overlapping(&words) {
                Some((field, share, _)) if share >= LONG_OVERLAP => return near(field),
                _ => continue,
            }
        }
        // A typing error or a plural.
        if words.len() >= 5
            && count <= LABEL_WORDS
            && let Some(field) = misspelt(&words)
        {
            return near(field);
        }
        if let Some(field) = beginning(&words) {
            return near(field);
        }
        // Of several phrases, the one that comes first is what the label is about.
        let phrases = table().phrases.iter();
        let found = phrases.filter_map(|(phrase, field)| Some((position(&words, phrase)?, field)));
        if let Some((_, field)) = found.min() {
            return near(field);
        }
        if let Some((field, share, names_head)) = overlapping(&words)
            && share >= OVERLAP
            && names_head
        {
            return near(field);
        }
    }
    None
}

/// The field that an unknown heading resembles most, to help who reads the report.
pub(crate) fn nearest(heading: &str) -> Option<&'static str> {
    if heading.len() > LONGEST {
        return None;
    }
    candidates(heading).iter().find_map(|words| {
        let near = overlapping(words).filter(|(_, share, _)| *share >= NEAR_OVERLAP);
        let field = near.map(|(field, ..)| field).or_else(|| telling(words))?;
        (!field.is_empty()).then_some(field)
    })
}

/// The field that one word of a short heading names by itself: «Scope creep» is near the scope.
fn telling(words: &str) -> Option<&'static str> {
    const WORDS: usize = 4;
    let own = content(words);
    if own.len() > WORDS {
        return None;
    }
    let mut fields =
        own.iter().filter_map(|word| table().fields.get(*word)).filter(|field| !field.is_empty());
    let first = fields.next()?;
    fields.all(|other| other == first).then_some(first)
}

/// Where a phrase begins with a whole word; its last word may be cut, as `contribut`.
fn position(words: &str, phrase: &str) -> Option<usize> {
    let mut found = words.match_indices(phrase).map(|(at, _)| at);
    found.find(|at| *at == 0 || words.as_bytes()[at - 1] == b' ')
}

/// The word that the label is about: the last before a preposition. «Work item questions» are
/// questions.
fn head(words: &str) -> &str {
    const PREPOSITIONS: &[&str] =
        &["of", "for", "on", "in", "to", "with", "at", "by", "from", "as", "under", "about"];
    const SAYS_NOTHING: &[&str] = &[
        "statement",
        "description",
        "information",
        "details",
        "list",
        "listing",
        "summary",
        "overview",
        "note",
        "notes",
        "text",
        "section",
        "relevant",
    ];
    let mut head = "";
    for word in words.split(' ') {
        if PREPOSITIONS.contains(&word) && !head.is_empty() && !SAYS_NOTHING.contains(&head) {
            break;
        }
        if !PREPOSITIONS.contains(&word) {
            head = word;
        }
    }
    head
}

/// A known heading of several words, or «scope of …», that goes on.
fn beginning(words: &str) -> Option<&'static str> {
    const GOES_ON: &[&str] = &[
        "of",
        "for",
        "in",
        "on",
        "to",
        "at",
        "by",
        "with",
        "within",
        "from",
        "under",
        "that",
        "which",
        "as",
        "between",
        "concerning",
        "including",
        "regarding",
        "s",
        "if",
        "see",
    ];
    words.rmatch_indices(' ').find_map(|(at, _)| {
        let (known, rest) = words.split_at(at);
        let next = rest.trim_start().split(' ').next().unwrap_or_default();
        let count = known.split(' ').count();
        let goes_on = match count {
            1 => matches!(next, "of" | "for"),
            2 => GOES_ON.contains(&next) || next.starts_with(|c: char| c.is_ascii_digit()),
            _ => true,
        };
        goes_on.then(|| table().fields.get(known).map(String::as_str)).flatten()
    })
}

/// The field whose known headings share most words with these, which part of all they are, and
/// whether what the label is about is among them; nothing where two fields share as many.
fn overlapping(words: &str) -> Option<(&'static str, f64, bool)> {
    let head = head(words);
    let own = content(words);
    // The name of an organization is no label.
    let names_nothing = own.iter().all(|word| matches!(*word, "iso" | "iec" | "itu" | "t"));
    if names_nothing || own.len() > LABEL_WORDS {
        return None;
    }
    let mut best: Option<(&'static str, f64, bool)> = None;
    let mut tie = false;
    for (known, field) in &table().contents {
        if known.len() < 2 && own.len() > 1 && known.len() != own.len() {
            continue;
        }
        let shared = known.iter().filter(|word| own.iter().any(|other| alike(word, other))).count();
        if shared < known.len() {
            continue;
        }
        let share = to_f64(shared) / to_f64(own.len().max(known.len()));
        let names_head = known.iter().any(|word| alike(word, head));
        match best {
            // Of two that share as much, the one that names what the label is about.
            Some((of, most, named)) if (share - most).abs() < f64::EPSILON => {
                match (named, names_head) {
                    (true, false) => {}
                    (false, true) => {
                        tie = false;
                        best = Some((field, share, true));
                    }
                    _ => tie |= of != field,
                }
            }
            Some((_, most, _)) if share < most => {}
            _ => {
                tie = false;
                best = Some((field, share, names_head));
            }
        }
    }
    best.filter(|_| !tie)
}

fn to_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

fn alike(one: &str, other: &str) -> bool {
    one == other
        || one.len().abs_diff(other.len()) <= 2
            && one.len() >= 5
            && one.as_bytes().first() == other.as_bytes().first()
            && strsim::normalized_damerau_levenshtein(one, other) >= ALIKE
}

/// The words that carry meaning.
fn content(words: &str) -> Vec<&str> {
    const EMPTY: &[&str] = &[
        "a", "an", "and", "any", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it",
        "of", "on", "or", "s", "that", "the", "this", "to", "which", "with", "will", "proposed",
        "proposal", "new", "please", "if", "your", "you", "their", "its",
    ];
    words.split(' ').filter(|word| !EMPTY.contains(word)).collect()
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
        // «Name of proposal» is no misspelt «date of proposal».
        .filter(|(.., known, _)| {
            let (known, own) = (known.split(' '), words.split(' '));
            known.clone().count() != own.clone().count()
                || known.zip(own).all(|(known, own)| {
                    strsim::damerau_levenshtein(known, own) <= (known.len() / 4).max(1)
                })
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

/// The forms of a heading to look up: whole, without what stands in parentheses, before the
/// guidance that a dash or a full stop parts, each language of «a / b»; and all of these without
/// «of the proposed deliverable», «(mandatory)», «please give».
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
    for mark in [" - ", " – ", " — ", ". ", ": ", "; "] {
        if let Some((before, after)) = outside.split_once(mark)
            && (after.trim_start().starts_with(char::is_lowercase) || guidance::asks(after))
        {
            candidates.push(words(before));
        }
    }
    if heading.contains(['/', '|']) {
        candidates.extend(outside.split(['/', '|']).map(words).filter(|part| part.len() >= 4));
    }
    candidates.retain(|words| !words.is_empty());
    let bare: Vec<String> = candidates.iter().filter_map(|words| bare(words)).collect();
    candidates.extend(bare);
    let mut seen = Vec::with_capacity(candidates.len());
    candidates.retain(|words| {
        let is_new = !seen.contains(words);
        if is_new {
            seen.push(words.clone());
        }
        is_new
    });
    candidates
}

/// A label without what a form adds to it: «of the proposed deliverable» behind, «mandatory»,
/// «proposed» or «please give the» before; nothing where it has none of these.
fn bare(words: &str) -> Option<String> {
    const BEHIND: &[&str] = &["mandatory", "optional", "required", "compulsory", "applicable"];
    const BEFORE: &[&str] = &[
        "please",
        "if",
        "applicable",
        "list",
        "provide",
        "give",
        "state",
        "specify",
        "describe",
        "indicate",
        "enter",
        "insert",
        "proposed",
        "planned",
        "suggested",
        "indication",
        "indications",
        "brief",
        "short",
        "detailed",
        "details",
        "description",
        "the",
        "a",
        "an",
        "of",
        "s",
        "your",
    ];
    const PROPOSED: &[&str] = &[
        "the",
        "this",
        "a",
        "an",
        "proposed",
        "new",
        "planned",
        "deliverable",
        "deliverables",
        "document",
        "project",
        "work",
        "item",
        "standard",
        "standards",
        "recommendation",
        "committee",
        "proposal",
        "field",
        "activity",
        "technical",
        "question",
        "publication",
        "text",
        "focus",
        "group",
        "international",
        "iso",
        "iec",
        "itu",
        "t",
        "draft",
        "s",
        "subcommittee",
        "supplement",
        "specification",
    ];
    let mut list: Vec<&str> = words.split(' ').collect();
    let whole = list.len();
    while list.len() > 1 && list.last().is_some_and(|word| BEHIND.contains(word)) {
        list.pop();
        if list.len() > 1 && list.last() == Some(&"if") {
            list.pop();
        }
    }
    let end = list.iter().rposition(|word| !PROPOSED.contains(word)).unwrap_or(0);
    if end > 0 && end + 1 < list.len() && matches!(list[end], "of" | "for") {
        list.truncate(end);
    }
    let from = list.iter().position(|word| !BEFORE.contains(word)).unwrap_or(0);
    list.drain(..from);
    (list.len() < whole && !list.is_empty()).then(|| list.join(" "))
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
