//! How a case begins.

use super::case::Case;
use super::demands::check_texts;
use super::event::{Body, Event};
use super::failure::refuse;
use super::rules::{Role, Rules};
use crate::error::{Error, Refusal};
use crate::proposal::Date;
use crate::text::normalized_title;

/// Longest title that is compared letter by letter: the cost grows with the square.
const LONGEST_TITLE: usize = 400;

/// Titles that differ in a few letters.
fn is_near(one: &str, two: &str) -> bool {
    let short = one.len() <= LONGEST_TITLE && two.len() <= LONGEST_TITLE;
    short && strsim::normalized_damerau_levenshtein(one, two) > 0.9
}

/// Whether a case may begin so beside the others that there are: for those who keep events in a
/// database of their own. [`Register::begin`](super::Register::begin) asks it by itself.
///
/// # Errors
/// [refused](Error::is_refused) when the id is no name of a case, the event is not `received`, its
/// actor opens no cases, or another case has the same reference or title and `same_subject_as` does
/// not name it.
pub fn may_begin<'a>(
    rules: &Rules,
    others: impl IntoIterator<Item = &'a Case>,
    id: &str,
    event: &Event,
) -> Result<(), Error> {
    check_case_id(id)?;
    let Body::Received(received) = &event.body else {
        return Err(refuse(
            Refusal::Invalid,
            "a case begins with `received`",
            "open it with the proposal",
        ));
    };
    let actor = rules.actor(&event.by)?;
    if !matches!(actor.role, Role::Secretary | Role::Import) {
        return Err(refuse(
            Refusal::WrongRole,
            format!("`{}` opens no cases", actor.id),
            "let a secretary open it",
        ));
    }
    check_texts(event)?;
    for other in others {
        let same_reference = received.reference.is_some()
            && received.reference.as_deref().map(str::trim) == other.reference().map(str::trim);
        let (one, two) = (normalized_title(&received.title), normalized_title(other.title()));
        let near = one == two || is_near(&one, &two);
        let same_id = other.id().eq_ignore_ascii_case(id);
        let known = received.same_subject_as.as_deref() == Some(other.id());
        if same_id || ((same_reference || near) && !known) {
            return Err(refuse(
                Refusal::NumberTaken,
                format!("the case `{}` has this reference or title", other.id()),
                "go on with that case, or say that it is known to have the same subject",
            ));
        }
    }
    Ok(())
}

pub(crate) fn check_case_id(id: &str) -> Result<(), Error> {
    let month = id.get(..7).and_then(|month| month.parse::<Date>().ok());
    let slug = id.get(8..).unwrap_or("");
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let fits = month.is_some_and(|month| month.month().is_some() && month.day().is_none())
        && id.as_bytes().get(7) == Some(&b'-')
        && (1..=60).contains(&slug.len())
        && slug.chars().all(plain);
    if fits {
        return Ok(());
    }
    Err(refuse(
        Refusal::Invalid,
        format!("`{}` is no name of a case", crate::error::shown(id)),
        "write year, month and a few words: `2031-02-spare-parts`",
    ))
}
