//! What is demanded of every event, whatever its kind: a day, a source, an actor with the role.

use super::event::{Event, LONGEST_TEXT};
use super::failure::{RegisterFailure, refuse};
use super::rules::{Actor, Role};
use crate::error::{Error, Refusal};
use crate::proposal::Date;
use crate::reference::Organization;

pub(super) fn invalid(what: &str) -> Error {
    refuse(Refusal::Invalid, what, "complete the entry")
}

pub(super) fn unanswered(open: &[&str]) -> Result<(), Error> {
    if open.is_empty() {
        return Ok(());
    }
    Err(refuse(
        Refusal::Unanswered,
        format!("without a disposition: {}", open.join(", ")),
        "note what becomes of each",
    ))
}

/// The actor has one of the roles.
pub(super) fn role(actor: &Actor, roles: &[Role]) -> Result<(), Error> {
    if roles.contains(&actor.role) {
        return Ok(());
    }
    Err(refuse(
        Refusal::WrongRole,
        format!("`{}` has not the role for this", actor.id),
        "let a secretary record it",
    ))
}

/// The actor writes for the organization.
pub(super) fn of_office(actor: &Actor, office: Organization) -> Result<(), Error> {
    if actor.role == Role::Import || actor.office == Some(office) {
        return Ok(());
    }
    Err(refuse(
        Refusal::WrongRole,
        format!("`{}` does not write for {office}", actor.id),
        format!("let the secretary or a member of {office} record it"),
    ))
}

pub(super) fn source(event: &Event) -> Result<(), Error> {
    if event.source.as_deref().is_some_and(|text| !text.trim().is_empty()) {
        return Ok(());
    }
    Err(refuse(
        Refusal::NoSource,
        "nothing says where another person finds it",
        "give a document number, a message or a minute as source",
    ))
}

pub(super) fn deadline(day: Date) -> Result<(), Error> {
    if day.day().is_some() {
        return Ok(());
    }
    Err(refuse(
        Refusal::DeadlineMissing,
        format!("`{day}` is not a day"),
        "write the deadline as year, month and day",
    ))
}

pub(super) fn whole_day(day: Date) -> Result<(), Error> {
    if day.day().is_some() && day.year() >= 1900 {
        return Ok(());
    }
    Err(refuse(
        Refusal::Invalid,
        format!("`{day}` is not a day on which it happened"),
        "write year, month and day",
    ))
}

/// Nothing is put on file before it happens.
pub(crate) fn not_after(day: Date, today: Date) -> Result<(), Error> {
    if day <= today {
        return Ok(());
    }
    Err(refuse(
        Refusal::Invalid,
        format!("the day {day} lies after today, {today}"),
        "check the day and the clock",
    ))
}

/// Bounds of texts, and reasons that are not blank.
pub(crate) fn check_texts(event: &Event) -> Result<(), Error> {
    let value = serde_json::to_value(event).unwrap_or_default();
    fn walk(name: &str, value: &serde_json::Value) -> Result<(), Error> {
        match value {
            serde_json::Value::String(text) => {
                if text.chars().count() > LONGEST_TEXT {
                    return Err(Error::new(RegisterFailure::TooLarge {
                        what: format!("`{name}`"),
                        bound: format!("{LONGEST_TEXT} characters"),
                    }));
                }
                let blank = text.trim().is_empty();
                if blank && matches!(name, "reason" | "text" | "title" | "changes") {
                    return Err(invalid(&format!("`{name}` is blank")));
                }
                Ok(())
            }
            serde_json::Value::Array(list) => list.iter().try_for_each(|one| walk(name, one)),
            serde_json::Value::Object(map) => map.iter().try_for_each(|(k, v)| walk(k, v)),
            _ => Ok(()),
        }
    }
    walk("event", &value)
}
