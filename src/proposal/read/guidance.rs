//! What a form says itself: instructions and questions, which are never an answer, and
//! placeholders, which are blanks.

/// Words by which an instruction of a form begins, in lower case.
const BEGINNINGS: &[&str] = &[
    "please ",
    "a listing of ",
    "a list of ",
    "a statement ",
    "a description of ",
    "list of any ",
    "the proposer shall",
    "the proposer should",
    "the proposer must",
    "the proposer is ",
    "the proposer has ",
    "proposers ",
    "to the best of your knowledge",
    "is this ",
    "is the ",
    "are there ",
    "has this ",
    "has the ",
    "have you ",
    "does the ",
    "does this ",
    "do you ",
    "will the ",
    "will this ",
    "whether ",
    "indication of ",
    "indication(s) of ",
    "we nominate ",
    "this section ",
    "this field ",
    "this form ",
    "guidance:",
    "guidance on ",
    "use this ",
    "recipients of this document ",
    "other tc/scs are requested",
    "fill in ",
    "fill out ",
];

/// Verbs that tell the proposer what to do; they begin real sentences too.
const VERBS: &[&str] = &[
    "attach",
    "check",
    "choose",
    "click",
    "complete",
    "consult",
    "describe",
    "ensure",
    "enter",
    "explain",
    "give",
    "identify",
    "include",
    "indicate",
    "insert",
    "list",
    "name",
    "note",
    "outline",
    "provide",
    "refer",
    "see",
    "select",
    "specify",
    "state",
    "summarize",
    "tick",
    "use",
    "write",
];

/// Words that only a form says of itself.
const OF_FORMS: &[&str] = &[
    "please",
    "proposer",
    "proposers",
    "section",
    "tick",
    "box",
    "boxes",
    "directives",
    "annex",
    "guidance",
    "form",
    "page",
    "applicable",
    "secretariat",
    "should",
    "necessary",
    "appropriate",
    "sentences",
    "words",
    "concisely",
    "clearly",
    "unambiguously",
    "here",
    "if",
];

/// The longest text that is taken for an instruction, in bytes.
const LONGEST: usize = 800;

fn lower(text: &str) -> String {
    text.trim().trim_start_matches(['*', '_', '•', '“', '"', ' ']).to_lowercase()
}

/// True for a text by which a form asks for something: it may be a label, and is never an answer.
pub(super) fn asks(text: &str) -> bool {
    let text = text.trim();
    if text.len() > LONGEST {
        return false;
    }
    let low = lower(text);
    BEGINNINGS.iter().any(|begin| low.starts_with(begin))
        || low.ends_with('?')
        || commands(&low)
        || calls_for(&low)
}

/// True for what a form calls for by naming it: «a simple and concise statement describing …», «an
/// expression of commitment from the proposer …».
fn calls_for(low: &str) -> bool {
    const NOUNS: &[&str] = &[
        "statement",
        "listing",
        "list",
        "expression",
        "indication",
        "description",
        "explanation",
        "declaration",
        "summary",
        "overview",
    ];
    const BEHIND: &[&str] = &[
        "of",
        "from",
        "identifying",
        "describing",
        "as",
        "that",
        "on",
        "whether",
        "indicating",
        "showing",
    ];
    let Some(rest) = low.strip_prefix("a ").or_else(|| low.strip_prefix("an ")) else {
        return false;
    };
    let words: Vec<&str> = rest.split_whitespace().take(6).collect();
    words.windows(2).any(|pair| NOUNS.contains(&pair[0]) && BEHIND.contains(&pair[1]))
        && !low.contains('.')
}

/// True for an instruction printed in a form.
pub(super) fn is_guidance(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST || super::ticks::has_boxes(text) {
        return false;
    }
    let low = lower(text);
    if let Some(inner) = bracketed(&low) {
        let first = inner.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let mut words = inner.split(|c: char| !c.is_alphanumeric());
        return VERBS.contains(&first)
            || inner.starts_with("in the case ")
            || inner.starts_with("to be ")
            || inner.starts_with("maximum ")
            || inner.starts_with("max ")
            || inner.starts_with("mandatory")
            || inner.starts_with("optional")
            || inner.contains(" shall ")
            || words.any(|word| matches!(word, "please" | "should" | "applicable" | "required"));
    }
    let if_so = ["if yes", "if “yes”", "if \"yes\"", "if so,"];
    // «If so, where:» asks, and what follows answers.
    let if_so = !low.ends_with([':', '?']) && if_so.iter().any(|begin| low.starts_with(begin));
    let begins = if_so
        || prescribes(&low)
        || BEGINNINGS.iter().any(|begin| low.starts_with(begin))
        || calls_for(&low);
    // «The proposer has asked …» is an answer: only questions and listings are the form's.
    let own = low.starts_with("the proposer has") || low.starts_with("the proposer is");
    if begins && own {
        return false;
    }
    // A question of the form with its answer behind is no guidance as a whole.
    let answered = low.rsplit_once(['?', ':']).is_some_and(|(_, rest)| {
        let rest = rest.trim_matches([' ', '"', '”', ')', '*', '_']);
        !rest.is_empty()
    });
    (begins || commands(&low)) && !answered
}

/// True for a sentence that prescribes how the form is filled: «The programme of work shall …».
fn prescribes(low: &str) -> bool {
    const OF_FORMS: &[&str] = &[
        "scope",
        "scopes",
        "title",
        "subject",
        "justification",
        "programme",
        "proposal",
        "proposer",
        "form",
        "statement",
    ];
    let words: Vec<&str> = low.split_whitespace().take(9).collect();
    let Some(shall) = words.iter().position(|word| *word == "shall") else { return false };
    matches!(words.first(), Some(&("the" | "scopes" | "titles" | "each")))
        && words[..shall].iter().any(|word| OF_FORMS.contains(word))
}

/// True for a sentence that begins with a command and speaks of the form.
fn commands(low: &str) -> bool {
    let mut words = low.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    VERBS.contains(&first) && words.any(|word| OF_FORMS.contains(&word))
}

/// What stands in brackets that hold the whole text.
fn bracketed(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(['.', ':', '*', '_', ' ']);
    for (open, close) in [('(', ')'), ('[', ']'), ('<', '>'), ('{', '}')] {
        if let Some(inner) = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) {
            let mut depth = 0i32;
            for c in inner.chars() {
                depth += i32::from(c == open) - i32::from(c == close);
                if depth < 0 {
                    return None;
                }
            }
            return Some(inner.trim());
        }
    }
    None
}

/// True for a text that only holds the place of an answer.
pub(crate) fn is_placeholder(text: &str) -> bool {
    const WHOLE: &[&str] = &[
        "tbd",
        "tba",
        "tbc",
        "n.n",
        "nn",
        "n n",
        "to be determined",
        "to be defined",
        "to be decided",
        "to be confirmed",
        "to be announced",
        "to be appointed",
        "to be nominated",
        "to be named",
        "to be found",
        "to be completed",
        "name, affiliation",
        "name and affiliation",
        "name, e-mail",
        "name and e-mail address",
        "choose an item",
        "xxx",
        "xx",
        "lorem ipsum",
        "enter text",
        "insert text",
        "yyyy-mm-dd",
        "dd/mm/yyyy",
        "select a date",
        "text",
    ];
    const BEGIN: &[&str] = &[
        "click or tap",
        "click here",
        "click to ",
        "tap here",
        "to be given by",
        "to be completed by",
        "to be assigned by",
        "to be filled in by",
        "to be supplied by",
        "to be allocated by",
        "to be provided by",
        "to be added by",
        "enter text here",
        "insert text here",
        "choose an item",
        "type here",
        "type your ",
    ];
    const IN_BRACKETS: &[&str] = &[
        "to be ",
        "name",
        "insert ",
        "set on ",
        "enter ",
        "your ",
        "add ",
        "fill ",
        "click ",
        "tbd",
        "tba",
        "tbc",
        "please ",
        "e.g.",
        "e. g.",
        "title",
        "date",
        "optional",
        "text",
        "describe ",
        "list ",
        "specify ",
        "number",
        "organization",
        "company",
        "xx",
    ];
    let text = text.trim().trim_matches(['*', '_', '`', '"', '“', '”']).trim();
    if text.len() > 200 {
        return false;
    }
    let low = text.to_lowercase();
    let plain = low.trim_end_matches(['.', ':', ' ']);
    if plain.chars().all(|c| !c.is_alphanumeric()) {
        // «—», «...», «____» and nothing.
        return !super::ticks::has_boxes(text);
    }
    if WHOLE.contains(&plain) || BEGIN.iter().any(|begin| plain.starts_with(begin)) {
        return true;
    }
    match bracketed(text).map(str::to_lowercase) {
        // A box that is ticked is no placeholder, nor is a reference in brackets.
        Some(inner) => {
            inner.chars().count() > 1
                && (WHOLE.contains(&inner.trim_end_matches('.'))
                    || IN_BRACKETS.iter().any(|begin| inner.starts_with(begin)))
        }
        None => false,
    }
}

/// An answer behind the form's own words: `If "Yes", please specify which: CEN/TC 12`.
pub(super) fn without_question(text: &str) -> &str {
    let low = lower(text);
    let asks = low.starts_with("if ") && (low.contains("yes") || low.contains("so"))
        || low.starts_with("please ")
        || low.starts_with("(please ");
    if !asks || text.len() > LONGEST {
        return text;
    }
    match text.char_indices().find(|(_, c)| matches!(c, ':' | '?')) {
        Some((at, mark)) => text[at + mark.len_utf8()..].trim(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_are_told_from_answers() {
        for text in [
            "(in the case of a revision, show the number and the present title)",
            "Please fill in all that you know.",
            "A listing of relevant bodies to be engaged as liaisons in the work.",
            "Describe clearly, in two sentences, what is new.",
            "To the best of your knowledge, was this also given to others?",
            "(see the Directives for guidance)",
        ] {
            assert!(is_guidance(text), "{text}");
        }
        for text in [
            "This document specifies limits for noise in lifts.",
            "(New Question)",
            "Provide a common vocabulary of lifts.",
            "The proposer has asked ISO/TC 178, which agreed.",
            "Please specify: CEN/TC 10",
            "Does it matter? Yes, to all users of lifts.",
            "ISO/TC 178",
        ] {
            assert!(!is_guidance(text), "{text}");
        }
    }

    #[test]
    fn placeholders_are_blanks() {
        for text in [
            "[to be given by the office]",
            "Click or tap here to enter text.",
            "TBD",
            "N.N.",
            "[Name, affiliation]",
            "Name, affiliation",
            "—",
            "____",
            "<insert date>",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["[x]", "☒", "None", "[1] and [2]", "Norway", "to be safe in lifts", "Titan"]
        {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
