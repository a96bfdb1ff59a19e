//! What the proposed work leaves to others, said in a field of its own or within the scope.

use serde::{Deserialize, Serialize};

use super::body::{Body, committees_in};
use super::lenient::{self, Short};
use crate::error::Error;
use crate::reference::{CommitteeRef, Organization};

/// A subject that the proposed work leaves to others.
///
/// In a file, `out_of_scope` may be a list of such parts, a list of texts, or one text; the
/// committees are then found in the texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Exclusion {
    /// What is left out.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub subject: String,
    /// Who deals with it. Files may also write `committee`.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "lenient::list",
        alias = "committee"
    )]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::LenientList<Body>"))]
    pub committees: Vec<Body>,
}

impl Exclusion {
    /// An exclusion out of its wording, with the committees that it names.
    ///
    /// ```
    /// use spcg::proposal::Exclusion;
    /// let exclusion = Exclusion::new("risk management of organizations (ISO/TC 262)");
    /// assert_eq!(exclusion.committees().next().unwrap().to_string(), "ISO/TC 262");
    /// ```
    #[must_use]
    pub fn new(text: &str) -> Exclusion {
        let committees = committees_in(text, None).into_iter().map(Body::from).collect();
        Exclusion { subject: text.trim().to_owned(), committees }
    }

    /// The committees of the three organizations among [`committees`](Exclusion::committees).
    pub fn committees(&self) -> impl Iterator<Item = &CommitteeRef> {
        self.committees.iter().filter_map(Body::committee)
    }

    /// Finds bare numbers in the context of the proposal's organization.
    pub(crate) fn settle(&mut self, context: Option<Organization>) {
        self.committees.iter_mut().for_each(|body| body.settle(context));
        if self.committees.is_empty() {
            self.committees =
                committees_in(&self.subject, context).into_iter().map(Body::from).collect();
        }
    }
}

impl Short for Exclusion {
    const EXPECTED: &'static str =
        "a text such as \"risk management (ISO/TC 262)\" or a table with `subject`";
    fn from_text(text: &str) -> Result<Exclusion, Error> {
        Ok(Exclusion::new(text))
    }

    /// Parted by lines and semicolons, and by commas that follow a closing parenthesis.
    fn split(text: &str) -> Vec<&str> {
        let mut items = Vec::new();
        for line in text
            .split(['\n', ';'])
            .map(|line| line.trim().trim_start_matches("- ").trim_end_matches('.'))
        {
            let mut from = 0;
            for (at, _) in line.match_indices("),") {
                items.push(&line[from..=at]);
                from = at + 2;
            }
            items.push(&line[from..]);
        }
        items
    }
}

/// Words with which a scope begins to say what it leaves out. Those with a colon may be followed by
/// a list.
const LEAD_INS: &[&str] = &[
    "excluded:",
    "exclusions:",
    "excluded from the scope:",
    "excluded from the scope are",
    "excluded are",
    "excluded is",
    "the following is excluded:",
    "the following are excluded:",
    "the following subjects are excluded:",
    "the following is not included:",
    "the following are not included:",
    "not included:",
    "not included are",
    "not included is",
    "not covered:",
    "out of scope:",
    "the scope excludes",
    "it excludes",
    "this excludes",
    "this document excludes",
    "it does not cover",
    "this document does not cover",
    "it does not deal with",
    "this document does not deal with",
    "it does not apply to",
    "this document does not apply to",
    "this document is not applicable to",
    "left out are",
    "left out is",
];

/// What a scope says that it leaves out.
pub(crate) fn exclusions_in(scope: &str) -> Vec<Exclusion> {
    let mut exclusions = Vec::new();
    let mut lines = scope.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(mut tail) = after_lead_in(line).map(str::to_owned) else { continue };
        if tail.is_empty() {
            // The list stands below.
            while let Some(next) = lines.peek() {
                let next = next.trim();
                if next.is_empty() && tail.is_empty() || next.starts_with("- ") {
                    tail.push_str(next);
                    tail.push('\n');
                } else {
                    break;
                }
                lines.next();
            }
        }
        let items =
            Exclusion::split(&tail).into_iter().map(str::trim).filter(|item| !item.is_empty());
        exclusions.extend(items.map(Exclusion::new));
    }
    exclusions
}

/// The rest of the sentence that begins with a lead-in; after a colon, the rest of the line.
fn after_lead_in(line: &str) -> Option<&str> {
    // ASCII only, so that bytes stay where they are.
    let lower = line.to_ascii_lowercase();
    let (at, lead_in) = LEAD_INS
        .iter()
        .flat_map(|lead_in| lower.match_indices(lead_in).map(|(at, _)| (at, *lead_in)))
        .filter(|(at, lead_in)| {
            let before = lower[..*at].trim_end();
            let after = &lower[at + lead_in.len()..];
            (before.is_empty() || before.ends_with(['.', ';', '-', '*']))
                && !after.starts_with(char::is_alphanumeric)
        })
        .min_by_key(|(at, lead_in)| (*at, usize::MAX - lead_in.len()))?;
    let tail = line[at + lead_in.len()..].trim();
    if lead_in.ends_with(':') {
        return Some(tail);
    }
    let end = tail
        .match_indices(". ")
        .map(|(at, _)| at)
        .find(|at| tail[at + 2..].starts_with(char::is_uppercase));
    Some(&tail[..end.unwrap_or(tail.len())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exclusions_within_a_scope() {
        let found = |scope: &str| -> Vec<String> {
            exclusions_in(scope).into_iter().map(|one| one.subject).collect()
        };
        assert_eq!(
            found(
                "Robots that carry goods.\n\nExcluded: road vehicles (ISO/TC 22), lifts (ISO/TC 178); toys."
            ),
            ["road vehicles (ISO/TC 22)", "lifts (ISO/TC 178)", "toys"]
        );
        assert_eq!(
            found("Robots. The following are excluded:\n\n- toys\n- lifts\n\nMore."),
            ["toys", "lifts"]
        );
        assert_eq!(
            found("Robots. Left out are toys and lifts. They are small."),
            ["toys and lifts"]
        );
        assert_eq!(
            found("Brakes of robots. It does not cover robots on roads (ISO/TC 22). More."),
            ["robots on roads (ISO/TC 22)"]
        );
        assert_eq!(found("Excluded areas are many. Robots excluded: none are."), [""; 0]);
    }
}
