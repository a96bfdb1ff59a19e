//! The fields of a proposal in the words of a form, for sentences that people read.

use super::{
    BaseDocumentForm, CollaborationMode, Covers, Deliverable, Kind, Outcome, StakeholderGroup,
    TextForm,
};

/// A field as a form names it, and what the form asks there.
struct Label {
    field: &'static str,
    name: &'static str,
    asks: &'static str,
}

const fn label(field: &'static str, name: &'static str, asks: &'static str) -> Label {
    Label { field, name, asks }
}

#[rustfmt::skip] // a table
const LABELS: &[Label] = &[
    label("id", "Identifier", "A name in your own files."),
    label("reference", "Reference", "The number at the organization."),
    label("title", "Title", "The subject first, then its aspect."),
    label("organization", "Organization", "To whom it is addressed: ISO, IEC or ITU-T."),
    label("committee", "Committee", "The committee, study group or Question that it is addressed to."),
    label("kind", "Kind of proposal", "What is asked for: a new field, a new work item, a Question, a focus group."),
    label("date", "Date", "When it is submitted."),
    label("proposer", "Proposer", "Who proposes, with the country in parentheses."),
    label("language", "Language", "The language of the text."),
    label("scope", "Scope", "What the work is about, and where it stops."),
    label("out_of_scope", "Out of scope", "What is left to others, and to which committee."),
    label("purpose", "Purpose", "What the work is for."),
    label("justification", "Justification", "Why it is needed, and why now."),
    label("market_need", "Market need", "Who needs it, and how that is known."),
    label("stakeholders", "Stakeholders", "Who gains or is affected, and how."),
    label("programme", "Programme of work", "The parts of the planned work, in order."),
    label("target_deliverable", "Kind of document", "What is to be published: International Standard, Technical Report, Recommendation."),
    label("ics_codes", "ICS codes", "The subject in the International Classification for Standards."),
    label("existing_work_searched", "Existing work searched", "Where, when and with which words ISO, IEC and ITU-T were searched, for published texts and drafts, and what was found."),
    label("related_standards", "Related documents", "Documents that matter, and how this work differs from each; or that none is known."),
    label("related_committees", "Related committees", "Committees and other bodies whose work touches it, of all three organizations."),
    label("existing_committee_option", "An existing committee", "Whether an existing committee could take the work, which, and why or why not."),
    label("alternatives_considered", "Alternatives considered", "What else could be done instead of new work."),
    label("submitted_elsewhere", "Submitted elsewhere", "Whether it went to another standards body too: yes or no, to whom and when."),
    label("contacts_made", "Contacts made", "Who was asked before, when, and what they answered."),
    label("open_disagreements", "Open disagreements", "What is not settled, with whom, at which level, and the next step."),
    label("liaisons", "Liaisons", "The committees and bodies with which the work needs a liaison."),
    label("collaboration_mode", "Mode of cooperation", "How the work is to be done with the others, from exchange of documents to joint work."),
    label("text_form", "Form of a shared text", "How one text is to serve several organizations."),
    label("joint_work_considered", "Joint work considered", "Whether joint work was considered: yes or no, and why."),
    label("lead_arrangement", "Who leads", "In joint work: who leads, ballots and publishes."),
    label("maintenance", "Maintenance", "Who keeps the result up to date, and in step with related texts."),
    label("timeline", "Timetable", "The dates of start, first draft, approval and publication."),
    label("base_document", "Base document", "The text that the work starts from, and whether it may be used."),
    label("leadership", "Leadership", "Who leads the project, and who offers the secretariat."),
    label("leadership.project_leader", "Project leader", "Who leads the project, or edits the text."),
    label("leadership.secretariat_offer", "Offer of a secretariat", "Which member offers to hold the secretariat."),
    label("development_group", "Group that does the work", "The working group that is to do the work."),
    label("supporters", "Supporters", "Who takes part or backs it, with the country."),
    label("patents_known", "Patents known", "Whether patents on the subject are known: yes or no, and which."),
    label("notes", "Notes", "Anything else."),
    label("unrecognized", "Text below a heading that was not recognized", ""),
];

fn find(field: &str) -> Option<&'static Label> {
    LABELS.iter().find(|label| label.field == field)
}

/// The name of a field in the words of a form, for sentences that people read.
///
/// Entries of lists are counted from 1. A name that is no field's stays as it is, without its
/// underscores.
///
/// ```
/// use spcg::proposal::field_label;
///
/// assert_eq!(field_label("leadership.secretariat_offer"), "Offer of a secretariat");
/// assert_eq!(field_label("contacts_made[2].outcome"), "Contacts made, no. 3, outcome");
/// assert_eq!(field_label("timeline.first_meeting"), "Timetable, first meeting");
/// ```
#[must_use]
pub fn field_label(field: &str) -> String {
    if let Some(label) = find(field) {
        return label.name.to_owned();
    }
    let mut parts = field.split('.');
    let (top, number) = split_number(parts.next().unwrap_or_default());
    let mut name = find(top).map_or_else(|| top.replace('_', " "), |label| label.name.to_owned());
    name.extend(number.map(|number| format!(", no. {}", number.saturating_add(1))));
    for part in parts {
        let (part, number) = split_number(part);
        // The subject of an exclusion, the body of a liaison: the entry itself.
        if !matches!(part, "subject" | "body" | "reference" | "text") {
            name.push_str(", ");
            name.push_str(&part.replace('_', " "));
        }
        name.extend(number.map(|number| format!(" {}", number.saturating_add(1))));
    }
    name
}

/// What a form asks in a field, in a sentence; nothing for what is asked by no form.
///
/// ```
/// assert!(spcg::proposal::field_question("liaisons").unwrap().ends_with("needs a liaison."));
/// ```
#[must_use]
pub fn field_question(field: &str) -> Option<&'static str> {
    let top = field.split(['.', '[']).next().unwrap_or_default();
    find(field).or_else(|| find(top)).map(|label| label.asks).filter(|asks| !asks.is_empty())
}

/// `contacts_made[2]` in its two parts.
fn split_number(part: &str) -> (&str, Option<usize>) {
    match part.split_once('[') {
        Some((name, rest)) => (name, rest.trim_end_matches(']').parse().ok()),
        None => (part, None),
    }
}

/// A sentence without the names of fields and values as files hold them: fields by their names in
/// a form, values with blanks.
pub(crate) fn in_words(text: &str) -> String {
    // Most sentences have none.
    if !text.contains(['_', '[']) && !text.contains("timeline.") && !text.contains("leadership.") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '[' | ']');
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        if end == 0 {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let word = rest[..end].trim_end_matches('.');
        let top = word.split(['.', '[']).next().unwrap_or_default();
        let is_field = find(word).is_some() || (find(top).is_some() && word != top);
        let is_marked = word.contains('_') || word.contains('.') || word.contains('[');
        if is_marked && is_field {
            out.push_str(&field_label(word));
        } else if word.contains('_') && is_value(word) {
            out.push_str(&word.replace('_', " "));
        } else {
            out.push_str(word);
        }
        rest = &rest[word.len()..];
        let dots = rest.len() - rest.trim_start_matches('.').len();
        out.push_str(&rest[..dots]);
        rest = &rest[dots..];
    }
    out
}

/// True for a name of a closed vocabulary.
fn is_value(word: &str) -> bool {
    [
        Kind::NAMES,
        Outcome::NAMES,
        CollaborationMode::NAMES,
        TextForm::NAMES,
        Covers::NAMES,
        BaseDocumentForm::NAMES,
        StakeholderGroup::NAMES,
    ]
    .iter()
    .any(|names| names.contains(&word))
        || !matches!(Deliverable::from(word), Deliverable::Other(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_name_without_marks() {
        let text = include_str!("../proposal.rs");
        let record = &text[text.find("pub struct Proposal {").unwrap()..];
        let record = &record[..record.find("\n}").unwrap()];
        let mut fields = 0;
        for line in record.lines() {
            let Some(field) = line.trim().strip_prefix("pub ") else { continue };
            let field = field.split(':').next().unwrap();
            if field.starts_with("struct") {
                continue;
            }
            assert!(find(field).is_some(), "{field} has no name");
            assert!(!field_label(field).contains('_'));
            fields += 1;
        }
        assert!(fields > 30);
        assert_eq!(
            in_words(
                "nothing in out_of_scope[1].subject. It answered \"joint_work\"; my_own_name stays."
            ),
            "nothing in Out of scope, no. 2. It answered \"joint work\"; my_own_name stays."
        );
        assert_eq!(
            in_words("the scope ends... so, 3.5 or a.b"),
            "the scope ends... so, 3.5 or a.b"
        );
        assert_eq!(field_label("odd_one[0].more_odd"), "odd one, no. 1, more odd");
        assert_eq!(field_label("out_of_scope[0].subject"), "Out of scope, no. 1");
    }
}
