//! What changed between two editions.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::area::AreaState;
use super::edition::{AreaEntry, Edition};
use crate::reference::CommitteeRef;

/// One change between two editions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "what")]
#[non_exhaustive]
#[allow(missing_docs)] // the names of areas, committees and arrangements are what they are called
pub enum Change {
    /// An area came.
    AreaNew { area: String },
    /// An area has ended, was merged, or is worked on again.
    AreaState { area: String, from: String, to: String },
    /// An area is no longer on the list, though areas are meant to stay.
    AreaGone { area: String },
    /// An area has another name.
    AreaRenamed { area: String, from: String, to: String },
    /// A committee came.
    CommitteeIn { area: String, committee: CommitteeRef },
    /// A committee went.
    CommitteeOut { area: String, committee: CommitteeRef },
    /// An arrangement is named by an area that did not name it.
    ArrangementIn { area: String, arrangement: String },
    /// An arrangement is no longer named by an area.
    ArrangementOut { area: String, arrangement: String },
    /// An arrangement began.
    ArrangementBegun { arrangement: String },
    /// An arrangement ended.
    ArrangementEnded { arrangement: String, end: String },
    /// SPCG set another priority.
    PrioritySet { area: String, from: String, to: String, reason: String },
    /// The data propose another priority.
    PriorityComputed { area: String, from: String, to: String, reason: String },
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::AreaNew { area } => write!(f, "new area: {area}"),
            Change::AreaState { area, from, to } => write!(f, "{area}: was {from}, now {to}"),
            Change::AreaGone { area } => write!(f, "{area}: no longer on the list"),
            Change::AreaRenamed { area, from, to } => {
                write!(f, "{area}: called {from} before, now {to}")
            }
            Change::CommitteeIn { area, committee } => write!(f, "{area}: {committee} came"),
            Change::CommitteeOut { area, committee } => write!(f, "{area}: {committee} went"),
            Change::ArrangementIn { area, arrangement } => {
                write!(f, "{area}: names the arrangement {arrangement}")
            }
            Change::ArrangementOut { area, arrangement } => {
                write!(f, "{area}: no longer names the arrangement {arrangement}")
            }
            Change::ArrangementBegun { arrangement } => {
                write!(f, "new arrangement: {arrangement}")
            }
            Change::ArrangementEnded { arrangement, end } => {
                write!(f, "arrangement ended on {end}: {arrangement}")
            }
            Change::PrioritySet { area, from, to, reason } => {
                write!(f, "{area}: priority set from {from} to {to}, since {reason}")
            }
            Change::PriorityComputed { area, from, to, reason } => {
                write!(f, "{area}: the data propose {to}, before {from}; {reason}")
            }
        }
    }
}

impl Edition {
    /// What changed since an older edition: areas, committees, arrangements and priorities.
    #[must_use]
    pub fn changes_since(&self, older: &Edition) -> Vec<Change> {
        let before: BTreeMap<&str, &AreaEntry> =
            older.areas.iter().map(|entry| (entry.area.id.as_str(), entry)).collect();
        let mut changes = Vec::new();
        for entry in &self.areas {
            match before.get(entry.area.id.as_str()) {
                None => changes.push(Change::AreaNew { area: entry.area.name.clone() }),
                Some(old) => area_changes(old, entry, &mut changes),
            }
        }
        for old in older.areas.iter().filter(|old| self.area(&old.area.id).is_none()) {
            changes.push(Change::AreaGone { area: old.area.name.clone() });
        }
        for one in &self.arrangements {
            let old = older.arrangements.iter().find(|old| old.id == one.id);
            if old.is_none() {
                changes.push(Change::ArrangementBegun { arrangement: one.to_string() });
            }
            if let Some(end) = one.end.filter(|_| old.is_some_and(|old| old.end.is_none())) {
                let (arrangement, end) = (one.name.clone(), end.to_string());
                changes.push(Change::ArrangementEnded { arrangement, end });
            }
        }
        changes
    }
}

fn area_changes(old: &AreaEntry, new: &AreaEntry, changes: &mut Vec<Change>) {
    let area = || new.area.name.clone();
    if old.area.name != new.area.name {
        changes.push(Change::AreaRenamed {
            area: new.area.id.clone(),
            from: old.area.name.clone(),
            to: area(),
        });
    }
    if old.area.state != new.area.state {
        let shown = AreaState::to_string;
        let (from, to) = (shown(&old.area.state), shown(&new.area.state));
        changes.push(Change::AreaState { area: area(), from, to });
    }
    for committee in new.area.committees().filter(|one| !old.area.has(one)) {
        changes.push(Change::CommitteeIn { area: area(), committee: committee.clone() });
    }
    for committee in old.area.committees().filter(|one| !new.area.has(one)) {
        changes.push(Change::CommitteeOut { area: area(), committee: committee.clone() });
    }
    let (before, now) = (&old.area.arrangements, &new.area.arrangements);
    for arrangement in now.iter().filter(|id| !before.contains(id)) {
        changes.push(Change::ArrangementIn { area: area(), arrangement: arrangement.clone() });
    }
    for arrangement in before.iter().filter(|id| !now.contains(id)) {
        changes.push(Change::ArrangementOut { area: area(), arrangement: arrangement.clone() });
    }
    priority_changes(old, new, changes);
}

fn priority_changes(old: &AreaEntry, new: &AreaEntry, changes: &mut Vec<Change>) {
    let area = new.area.name.clone();
    if old.area.set_priority != new.area.set_priority {
        let value = |entry: &AreaEntry| {
            let set = entry.area.set_priority.as_ref();
            set.map_or("not set".to_owned(), |set| set.value.to_string())
        };
        let reason = new.area.set_priority.as_ref();
        changes.push(Change::PrioritySet {
            area: area.clone(),
            from: value(old),
            to: value(new),
            reason: reason.map_or("the setting was taken back".to_owned(), |set| {
                format!("{} (meeting {})", set.reason, set.meeting)
            }),
        });
    }
    let (from, to) = (old.priority.range(), new.priority.range());
    if from != to {
        let parts = new.priority.parts.iter().zip(&old.priority.parts);
        let changed = parts.filter(|(new, old)| new.value != old.value);
        let reasons: Vec<String> =
            changed.map(|(new, _)| format!("{}: {}", new.name, new.because)).collect();
        changes.push(Change::PriorityComputed { area, from, to, reason: reasons.join("; ") });
    }
}
