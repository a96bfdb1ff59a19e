//! Finds that people looked at and set aside.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Find;
use crate::landscape::{RefusedEntry, entries};
use crate::proposal::Date;

/// A find that was set aside, with the reason. It comes back when half of its works are new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Dismissal {
    /// The works of the find at that time.
    pub works: Vec<String>,
    /// Why.
    pub reason: String,
    /// The day.
    pub day: Date,
    /// Who.
    pub by: String,
}

impl Dismissal {
    /// Sets a find aside.
    #[must_use]
    pub fn of(find: &Find, reason: &str, day: Date, by: &str) -> Dismissal {
        Dismissal {
            works: find.works.iter().map(|work| work.reference.clone()).collect(),
            reason: reason.to_owned(),
            day,
            by: by.to_owned(),
        }
    }

    /// True as long as less than half of the find's works are new.
    #[must_use]
    pub fn holds(&self, find: &Find) -> bool {
        let known: BTreeSet<&str> = self.works.iter().map(String::as_str).collect();
        let new = find.works.iter().filter(|work| !known.contains(work.reference.as_str())).count();
        new * 2 < find.works.len()
    }

    /// The entry as `dismissed.toml` holds it.
    #[must_use]
    pub fn to_toml(&self) -> String {
        // Strings and lists of strings can always be written.
        format!("[[dismissed]]\n{}", toml::to_string(self).unwrap_or_default())
    }
}

/// The dismissals of `dismissed.toml`, and the entries that were refused.
#[must_use]
pub fn read_dismissals(text: &str) -> (Vec<Dismissal>, Vec<RefusedEntry>) {
    let (entries, mut refused) = entries::<Dismissal>(text, &["dismissed"]);
    let mut dismissals = Vec::new();
    for (dismissal, line) in entries {
        if dismissal.reason.trim().is_empty() {
            let reason = "the dismissal has no reason: give one".to_owned();
            refused.push(RefusedEntry { file: None, line, reason });
        } else {
            dismissals.push(dismissal);
        }
    }
    refused.sort_by_key(|entry| entry.line);
    (dismissals, refused)
}
