//! What the name of a form tells: the kind of a proposal, and sometimes its title and addressee.

use std::sync::{LazyLock, OnceLock};

use regex::Regex;

use super::headings::{self, words};
use crate::proposal::Kind;
use crate::reference::CommitteeRef;

/// What the head of a document tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) kind: Option<Kind>,
    pub(super) title: Option<String>,
    pub(super) committee: Option<CommitteeRef>,
}

/// The names of forms as words, the longest first, with their kinds.
fn names() -> &'static [(Vec<String>, Kind)] {
    static NAMES: OnceLock<Vec<(Vec<String>, Kind)>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names: Vec<(Vec<String>, Kind)> = headings::forms()
            .map(|(name, kind)| (name.split(' ').map(str::to_owned).collect(), kind))
            .collect();
        names.sort_by(|one, other| {
            other.0.len().cmp(&one.0.len()).then_with(|| one.0.cmp(&other.0))
        });
        names
    })
}

/// Words that stand before the name of a form without changing what it is.
const BEFORE: &[&str] = &[
    "iso",
    "iec",
    "itu",
    "t",
    "jtc",
    "jtc1",
    "tc",
    "sc",
    "form",
    "annex",
    "draft",
    "template",
    "version",
    "np",
    "nwip",
    "nwi",
    "new",
    "proposed",
    "a",
    "the",
    "of",
    "for",
    "fdis",
    "revised",
    "confidential",
    "document",
    "type",
    "cen",
    "title",
    "subject",
    "question",
    "itu-t",
    "2",
    "1",
    "3",
    "4",
    "5",
];

/// The kind of proposal that a line tells by holding the name of a form: whole, with a number, a
/// draft mark or an organization before it, or a title behind it.
fn kind(line: &str) -> Option<Kind> {
    let line = line.trim();
    // A name of a form with a title behind stays in two lines; a sentence is none.
    if line.len() > 220 || line.ends_with('.') && line.len() > 80 {
        return None;
    }
    let words = words(headings::without_number(line));
    // «A new ISO technical committee» is a new technical committee.
    let all = words;
    let mut words: Vec<&str> = Vec::new();
    for word in all.split(' ') {
        let is_organization = matches!(word, "iso" | "iec") && words.last() == Some(&"new");
        if !is_organization {
            words.push(word);
        }
    }
    for (name, kind) in names() {
        let found = words
            .windows(name.len().max(1))
            .position(|window| window.iter().zip(name).all(|(word, name)| word == name));
        let Some(at) = found else { continue };
        let is_before = |word: &&str| BEFORE.contains(word) || word.parse::<u32>().is_ok();
        let rest = &words[at + name.len()..];
        let short_name = name.len() == 1;
        if words[..at].iter().all(is_before) && (!short_name || rest.is_empty()) {
            return Some(*kind);
        }
    }
    None
}

/// The kind that a line tells, where a name of an ITU-T work item makes a work item of ITU-T of it.
pub(super) fn of_line(line: &str) -> Option<Kind> {
    let found = kind(line).or_else(|| named(line)?.kind)?;
    if found == Kind::NewWorkItem {
        let itu = line.contains("ITU-T")
            || line.rsplit([' ', ':']).any(|word| {
                let bytes = word.as_bytes();
                bytes.len() > 3
                    && bytes[0].is_ascii_uppercase()
                    && bytes[1] == b'.'
                    && bytes[2].is_ascii_lowercase()
            })
            || acronym(line).is_some();
        if itu {
            return Some(Kind::ItuWorkItem);
        }
    }
    Some(found)
}

/// The kind that a line tells by being the name of a form and nothing else.
pub(super) fn exactly(line: &str) -> Option<Kind> {
    let words = words(headings::without_number(line.trim()));
    headings::forms().find(|(name, _)| *name == words).map(|(_, kind)| kind)
}

struct Patterns {
    question: Regex,
    focus_group: Regex,
    group_alone: Regex,
    work_item: Regex,
    acronym: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    Some(Patterns {
        question: Regex::new(
            r"^(?i:Draft |New |Proposed |Revised |Updated |text of |of |the )*(?:ITU-T )?(?i:Question) ?(?:[A-Z]{1,3}|\d{1,3})(?:/(\d{1,2}))?\s*(?:[–—:]|-)?\s*(.*)$",
        )
        .ok()?,
        focus_group: Regex::new(r"(?i)^(?:draft )?terms of reference\s*(?:of|for|:|-|–|—)?\s*(?:the |an? )?(?:new )?(?:proposed )?((?:ITU-T )?focus group\b.*)$").ok()?,
        group_alone: Regex::new(r"(?i)^((?:new |proposed )*(?:ITU-T )?focus group on .{3,140})$").ok()?,
        acronym: Regex::new(r"(?:^|[ (])((?:[A-Z]|TR|TP|FG)\.[A-Za-z][A-Za-z0-9_-]{2,})").ok()?,
        work_item: Regex::new(
            r#"^(?:(?i:proposal|proposed|for|to|start|draft|new|revised|an?|the|work|item|recommendation|supplement|technical|report|paper|itu-t|rec\.?)[\s:,–—-]*)*\b((?:[A-Z]|TR|TP)\.[A-Za-z][A-Za-z0-9_-]*|[A-Z]\.Sup-?[A-Za-z0-9_-]+)\s*[:,–—-]?\s*(.*)$"#,
        )
        .ok()?,
    })
});

/// Reads the line that names a Question or a focus group: `Question 4/5 – Cooling of cabinets`.
pub(super) fn named(line: &str) -> Option<Named> {
    let line = line.trim();
    if line.len() > 300 || line.contains('\n') {
        return None;
    }
    let patterns = PATTERNS.as_ref()?;
    if let Some(found) = patterns.question.captures(line) {
        let title = found.get(2).map_or("", |title| title.as_str()).trim();
        let group = found.get(1).and_then(|number| {
            format!("ITU-T SG {}", number.as_str()).parse::<CommitteeRef>().ok()
        });
        // `Questions: 2/5, 7/5` lists; a title has words.
        let is_title = title.chars().filter(|c| c.is_alphabetic()).count() >= 3
            && !title.starts_with([',', ';', '.'])
            && !title.to_lowercase().starts_with("and ");
        if !title.is_empty() && !is_title || title.is_empty() && line.len() > 60 {
            return None;
        }
        let title = is_title.then(|| title.trim_matches(['"', '“', '”', ' ']).to_owned());
        return Some(Named { kind: Some(Kind::ItuQuestion), title, committee: group });
    }
    let group = patterns.focus_group.captures(line).or_else(|| patterns.group_alone.captures(line));
    if let Some(found) = group {
        let title = found[1].trim().to_owned();
        // A whole text in one line is no title.
        if title.len() > 150 || title.contains(". ") || title.ends_with('.') {
            return None;
        }
        return Some(Named {
            kind: Some(Kind::ItuFocusGroup),
            title: Some(title),
            committee: None,
        });
    }
    None
}

/// What stands behind the name of a form: `New work item proposal: Quiet lifts`, `Proposed new
/// Question on lifts`. A title may be told there, and nowhere else.
pub(super) fn title_behind(line: &str) -> Option<&str> {
    const MARKS: &[&str] = &[": ", " – ", " — ", " - ", " on "];
    // What forms print there themselves.
    const OF_FORMS: &[&str] = &[
        "form",
        "template",
        "version",
        "draft",
        "input",
        "proposal",
        "annex",
        "confidential",
        "page",
    ];
    if line.len() > 300 || line.contains('\n') {
        return None;
    }
    let behind = |mark: &&str| {
        let (before, rest) = line.split_once(*mark)?;
        kind(before).map(|_| rest.trim().trim_matches(['"', '“', '”']))
    };
    // `… Recommendation ITU-T L.lift "Energy of lifts"`
    let quoted = || {
        kind(line)?;
        let from = line.find(['"', '“', '«'])?;
        let (open, close) = (line[from..].chars().next()?, line.rfind(['"', '”', '»'])?);
        line.get(from + open.len_utf8()..close)
    };
    let rest = quoted().or_else(|| MARKS.iter().find_map(behind))?;
    let spoken = words(rest);
    let of_form = spoken.split(' ').any(|word| OF_FORMS.contains(&word));
    let letters = rest.chars().filter(|c| c.is_alphabetic()).count();
    let is_title = letters >= 4 && !of_form && kind(rest).is_none() && acronym(rest) != Some(rest);
    is_title.then_some(rest)
}

/// The provisional number of a work item of ITU-T: `Y.lift`, `TR.lift`, `X.Sup-lift`.
pub(super) fn acronym(line: &str) -> Option<&str> {
    PATTERNS.as_ref()?.acronym.captures(line)?.get(1).map(|found| found.as_str())
}

/// The acronym and the title of a work item that a title begins with: `Recommendation ITU-T
/// X.lift "Lifts"` is `X.lift` and `Lifts`.
pub(crate) fn work_item(title: &str) -> Option<(&str, &str)> {
    if title.len() > 400 || title.contains('\n') {
        return None;
    }
    let found = PATTERNS.as_ref()?.work_item.captures(title.trim())?;
    let rest = found.get(2)?.as_str();
    let rest =
        rest.trim().trim_matches(['"', '“', '”', '«', '»', '\u{2018}', '\u{2019}', ' ']).trim();
    let whole = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(rest);
    let letters = whole.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= 4).then(|| (found.get(1).map_or("", |one| one.as_str()), whole))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn names_of_forms_in_many_dresses() {
        for (line, kind) in [
            ("New work item proposal", Kind::NewWorkItem),
            ("ISO Form 4 — New Work Item Proposal", Kind::NewWorkItem),
            ("FORM 4: New Work Item Proposal", Kind::NewWorkItem),
            ("DRAFT - New Work Item Proposal (NWIP)", Kind::NewWorkItem),
            ("Proposal for a new work item", Kind::NewWorkItem),
            ("Proposal for a new PC", Kind::ProjectCommittee),
            ("Proposed new Question on lifts", Kind::ItuQuestion),
            ("Terms of Reference: ITU-T Focus Group on lifts", Kind::ItuFocusGroup),
            ("Proposal for a new work item ITU-T Y.lift", Kind::ItuWorkItem),
            (
                "A.1 justification for proposed draft new Recommendation ITU-T X.lift",
                Kind::ItuWorkItem,
            ),
            ("Proposal for a new field of technical activity", Kind::NewField),
        ] {
            assert_eq!(of_line(line), Some(kind), "{line}");
        }
        for line in [
            "Scope",
            "Lifts",
            "A question of lifts",
            "The new work item proposal was sent to all members in May and has been discussed since.",
        ] {
            assert_eq!(of_line(line), None, "{line}");
        }
    }

    #[test]
    fn titles_of_questions_and_work_items() {
        let named = named("Question 4/5 – Cooling of lifts").unwrap();
        assert_eq!(named.title.as_deref(), Some("Cooling of lifts"));
        assert_eq!(named.committee.unwrap().to_string(), "ITU-T SG 5");
        assert_eq!(super::named("Questions: 2/5, 7/5 and Q27/16"), None);
        assert_eq!(
            work_item("Recommendation ITU-T X.lift \"Security of lifts\""),
            Some(("X.lift", "Security of lifts"))
        );
        assert_eq!(work_item("Lifts for all"), None);
        assert_eq!(work_item("X.509 profile"), None);
    }
}
