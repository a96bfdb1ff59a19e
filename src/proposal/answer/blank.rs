//! A record without the answers that are none.

use std::borrow::Cow;

use serde_json::Value;

use super::{Answer, read};
use crate::proposal::Proposal;

/// A field in which something stands that is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NonAnswer {
    /// The field, such as `contacts_made[2].role`.
    pub field: String,
    /// What stands there.
    pub text: String,
    /// Why it is none.
    pub answer: Answer,
}

/// Fields whose text is for people and answers no question.
const REMARKS: [&str; 4] = ["notes", "unrecognized", "id", "reference"];

impl Proposal {
    /// The fields in which «TBD», «see annex» and the like stand.
    ///
    /// ```
    /// let proposal = spcg::Proposal::builder().title("Smart lifts").scope("See annex B.").build();
    /// let open = proposal.non_answers();
    /// assert_eq!((open[0].field.as_str(), open.len()), ("scope", 1));
    /// ```
    #[must_use]
    pub fn non_answers(&self) -> Vec<NonAnswer> {
        self.texts()
            .filter(|(field, _)| !REMARKS.iter().any(|one| field.starts_with(one)))
            // What a contact said is told by its outcome.
            .filter(|(field, _)| !(field.starts_with("contacts_made") && field.ends_with(".note")))
            .filter_map(|(field, text)| {
                let answer = read(text).0;
                (answer.is_open() && answer != Answer::Blank).then(|| NonAnswer {
                    field,
                    text: text.to_owned(),
                    answer,
                })
            })
            .collect()
    }

    /// The same record with nothing in those fields, and which they are. Items of lists keep their
    /// places.
    pub(crate) fn answered(&self) -> (Cow<'_, Proposal>, Vec<NonAnswer>) {
        let open = self.non_answers();
        if open.is_empty() {
            return (Cow::Borrowed(self), open);
        }
        let Ok(mut record) = serde_json::to_value(self) else { return (Cow::Borrowed(self), open) };
        for one in &open {
            blank(&mut record, &one.field);
        }
        // Only lists of which every item is a blank are dropped as a whole.
        prune(&mut record);
        match serde_json::from_value::<Proposal>(record) {
            Ok(mut proposal) => {
                proposal.origin = self.origin.clone();
                (Cow::Owned(proposal), open)
            }
            Err(_) => (Cow::Borrowed(self), open),
        }
    }
}

/// Empties a field; the names of a few are shorter in the record than in the list of texts.
fn blank(record: &mut Value, field: &str) {
    let mut at = record;
    let mut steps = field.split(['.', '[']).peekable();
    while let Some(step) = steps.next() {
        let step = step.trim_end_matches(']');
        let next = match step.parse::<usize>() {
            Ok(number) => at.get_mut(number),
            Err(_) => at.get_mut(step),
        };
        let Some(next) = next else { return };
        at = next;
        if steps.peek().is_none() || at.is_string() {
            *at = Value::String(String::new());
            return;
        }
    }
}

/// Removes lists and tables in which nothing is left.
fn prune(value: &mut Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => {
            let blank: Vec<bool> = items.iter_mut().map(prune).collect();
            !blank.is_empty() && blank.iter().all(|blank| *blank)
        }
        Value::Object(fields) => {
            let before = fields.len();
            fields.retain(|_, value| !prune(value));
            before > 0 && fields.is_empty()
        }
        _ => false,
    }
}
