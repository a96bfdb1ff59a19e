//! Rules of an office's own: what a field must hold.

use std::cell::Cell;
use std::collections::HashSet;

use serde::de::{Deserialize, Deserializer, value::Error as SerdeError};
use serde_json::Value;

use super::context::Context;
use super::pattern::Pattern;
use super::rule::{Severity, Support};
use super::verdict::{CannotTell, Review, Verdict};
use super::wording::{count, excerpt, first};
use crate::Proposal;
use crate::proposal::field_label;
use crate::proposal::{
    BaseDocument, Contact, Date, Disagreement, Exclusion, ExistingCommitteeOption, JointWork, Kind,
    LeadArrangement, Leadership, Liaison, Patents, RelatedStandard, Search, Stakeholder,
    SubmittedElsewhere, Supporter, Timeline,
};

/// A rule over one field of the proposal.
#[derive(Clone, Debug)]
pub(crate) struct OwnRule {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) question: String,
    pub(crate) explanation: String,
    pub(crate) source: String,
    pub(crate) support: Support,
    pub(crate) severity: Severity,
    pub(crate) remedy: Option<String>,
    pub(crate) applies_to: Vec<Kind>,
    /// The field, with the names of its parts: `timeline.start`, `contacts_made.note`.
    pub(crate) field: String,
    pub(crate) demands: Demands,
}

/// What the field must be.
#[derive(Clone, Debug, Default)]
pub(crate) struct Demands {
    pub(crate) required: bool,
    /// Characters of a text, or items of a list.
    pub(crate) min_length: Option<usize>,
    pub(crate) max_length: Option<usize>,
    pub(crate) one_of: Vec<String>,
    pub(crate) pattern: Option<Pattern>,
    /// Another field with a date that must not be later.
    pub(crate) not_before: Option<String>,
}

impl OwnRule {
    pub(crate) fn check(&self, context: &Context<'_>) -> Result<Verdict, CannotTell> {
        let proposal = context.record();
        let found = values(proposal, &self.field);
        self.can_search(&found)?;
        let mut review = Review::default();
        let mut faults = 0;
        let mut fail = |field: &str, message: String, remedy: String| {
            faults += 1;
            if faults <= MOST_FAULTS {
                let remedy = self.remedy.clone().unwrap_or(remedy);
                review.fail(self.severity, message, remedy, vec![context.field(field)]);
            }
        };
        let field = &self.field;
        let label = field_label(field);
        if found.iter().all(|(_, value)| is_blank(value)) {
            if self.demands.required {
                fail(field, format!("«{label}» is missing"), format!("Fill in «{label}»."));
                return review.verdict();
            }
            return Ok(Verdict::not_applicable(format!("«{label}» is not given")));
        }
        let latest = self.demands.not_before.as_ref().and_then(|other| latest(proposal, other));
        let choices: HashSet<String> =
            self.demands.one_of.iter().map(|one| one.to_ascii_lowercase()).collect();
        for (place, value) in found {
            self.check_value((&choices, latest), &place, value, &mut fail);
        }
        if let Some(more) = faults.checked_sub(MOST_FAULTS).filter(|more| *more > 0) {
            let message =
                format!("«{label}» has {} like these", count(more, "more fault", "more faults"));
            let remedy = self.remedy.clone().unwrap_or_else(|| "Correct them as well.".to_owned());
            review.fail(self.severity, message, remedy, Vec::new());
        }
        review.verdict()
    }

    /// Refuses to look for a pattern where that would take too long.
    fn can_search(&self, found: &[(String, &Value)]) -> Result<(), CannotTell> {
        let Some(pattern) = &self.demands.pattern else { return Ok(()) };
        let bytes: usize = found.iter().map(|(_, value)| text_of(value).len()).sum();
        if pattern.can_search(bytes) {
            return Ok(());
        }
        Err(CannotTell::because(format!(
            "the pattern is too large to be looked for in the {bytes} bytes of `{}`: make it \
             shorter, above all what it counts",
            self.field
        )))
    }

    fn check_value(
        &self,
        (choices, latest): (&HashSet<String>, Option<Date>),
        place: &str,
        value: &Value,
        fail: &mut impl FnMut(&str, String, String),
    ) {
        let Demands { required, min_length, max_length, one_of, pattern, not_before } =
            &self.demands;
        let label = field_label(place);
        if is_blank(value) {
            if *required {
                fail(place, format!("«{label}» is missing"), format!("Fill in «{label}»."));
            }
            return;
        }
        let (length, unit) = match value {
            Value::Array(items) => (items.len(), ("item", "items")),
            other => (text_of(other).chars().count(), ("character", "characters")),
        };
        let measured = |number: usize| count(number, unit.0, unit.1);
        if let Some(least) = min_length
            && length < *least
        {
            fail(
                place,
                format!("«{label}» has {}, fewer than {least}", measured(length)),
                format!("Give at least {}.", measured(*least)),
            );
        }
        if let Some(most) = max_length
            && length > *most
        {
            fail(
                place,
                format!("«{label}» has {}, more than {most}", measured(length)),
                format!("Give at most {}.", measured(*most)),
            );
        }
        let items: Vec<String> = match value {
            Value::Array(items) => items.iter().map(text_of).collect(),
            other => vec![text_of(other)],
        };
        for text in items {
            if !one_of.is_empty() && !choices.contains(&text.trim().to_ascii_lowercase()) {
                fail(
                    place,
                    format!("«{label}» is \"{}\"", excerpt(&text, 60)),
                    format!("Choose one of {}.", first(one_of, SHOWN_CHOICES)),
                );
            }
            if let Some(pattern) = pattern
                && !pattern.is_match(&text)
            {
                fail(
                    place,
                    format!(
                        "«{label}» is \"{}\", which does not have the form that is asked for",
                        excerpt(&text, 60)
                    ),
                    format!("Write it so that it matches `{}`.", pattern.as_str()),
                );
            }
        }
        if let (Some(other), Some(earlier)) = (not_before, latest)
            && let Ok(date) = text_of(value).parse::<Date>()
            && date.last_day() < earlier.first_day()
        {
            fail(
                place,
                format!("«{label}» ({date}) comes before «{}» ({earlier})", field_label(other)),
                "Correct the dates.".to_owned(),
            );
        }
    }
}

/// Most faults of one rule that are told; the rest is counted.
const MOST_FAULTS: usize = 100;
/// Choices that a remedy lists.
const SHOWN_CHOICES: usize = 20;

/// The latest of the dates under a path: what is not before it is before none of them.
fn latest(proposal: &Value, path: &str) -> Option<Date> {
    let dates = values(proposal, path).into_iter();
    let dates = dates.filter_map(|(_, value)| text_of(value).parse::<Date>().ok());
    dates.max_by_key(|date| date.first_day())
}

/// Every value under a path, with its place; in lists, that of each item.
fn values<'a>(proposal: &'a Value, path: &str) -> Vec<(String, &'a Value)> {
    let mut found: Vec<(String, &Value)> = vec![(String::new(), proposal)];
    for part in path.split('.') {
        let mut next = Vec::new();
        for (place, value) in found {
            let of_item = |place: String, item: &'a Value| {
                let separator = if place.is_empty() { "" } else { "." };
                let name = format!("{place}{separator}{part}");
                match item.get(part) {
                    Some(value) => (name, value),
                    None => (name, &Value::Null),
                }
            };
            match value {
                Value::Array(items) => {
                    next.extend(
                        items
                            .iter()
                            .enumerate()
                            .map(|(at, item)| of_item(format!("{place}[{at}]"), item)),
                    );
                }
                other => next.push(of_item(place, other)),
            }
        }
        found = next;
    }
    found
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(parts) => parts.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The text of a value: of a table, its texts one after the other.
fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(answer) => (if *answer { "true" } else { "false" }).to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join("\n"),
        Value::Object(parts) => parts.values().map(text_of).collect::<Vec<_>>().join("\n"),
    }
}

/// The names that may stand at a place of a path: those of the record itself, or of one of its
/// parts. Nothing where the part has no names.
pub(crate) fn names_under(part: Option<&str>) -> Option<&'static [&'static str]> {
    Some(match part {
        None => names_of::<Proposal>(),
        Some("out_of_scope") => names_of::<Exclusion>(),
        Some("stakeholders") => names_of::<Stakeholder>(),
        Some("existing_work_searched") => names_of::<Search>(),
        Some("related_standards") => names_of::<RelatedStandard>(),
        Some("existing_committee_option") => names_of::<ExistingCommitteeOption>(),
        Some("submitted_elsewhere") => names_of::<SubmittedElsewhere>(),
        Some("contacts_made") => names_of::<Contact>(),
        Some("open_disagreements") => names_of::<Disagreement>(),
        Some("liaisons") => names_of::<Liaison>(),
        Some("joint_work_considered") => names_of::<JointWork>(),
        Some("lead_arrangement") => names_of::<LeadArrangement>(),
        Some("timeline") => names_of::<Timeline>(),
        Some("base_document") => names_of::<BaseDocument>(),
        Some("leadership") => names_of::<Leadership>(),
        Some("supporters") => names_of::<Supporter>(),
        Some("patents_known") => names_of::<Patents>(),
        Some(_) => return None,
    })
}

/// The field names of a record, as its own reader knows them.
fn names_of<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    struct Names<'a>(&'a Cell<&'static [&'static str]>);

    impl<'de> Deserializer<'de> for Names<'_> {
        type Error = SerdeError;
        fn deserialize_any<V: serde::de::Visitor<'de>>(self, _: V) -> Result<V::Value, SerdeError> {
            Err(serde::de::Error::custom("only the names are wanted"))
        }
        fn deserialize_struct<V: serde::de::Visitor<'de>>(
            self,
            _: &'static str,
            names: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value, SerdeError> {
            self.0.set(names);
            self.deserialize_any(visitor)
        }
        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
            newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }

    let names: Cell<&'static [&'static str]> = Cell::new(&[]);
    let _ = T::deserialize(Names(&names));
    names.get()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a failed test says where
mod tests {
    use super::*;

    #[test]
    fn names_of_the_record_and_its_parts() {
        assert!(names_under(None).unwrap().contains(&"out_of_scope"));
        assert!(names_under(Some("timeline")).unwrap().contains(&"publication"));
        assert!(names_under(Some("title")).is_none());
        for part in names_under(None).unwrap() {
            assert!(names_under(Some(part)).is_none_or(|names| !names.is_empty()), "{part}");
        }
    }

    #[test]
    fn values_are_found_in_lists() {
        let value = serde_json::json!({ "a": [{ "b": "1" }, { "c": "2" }] });
        let found: Vec<String> =
            values(&value, "a.b").into_iter().map(|(place, _)| place).collect();
        assert_eq!(found, ["a[0].b", "a[1].b"]);
    }
}
