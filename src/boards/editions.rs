//! What the reports tell of the landscape: its newest edition, and what differs from the one before.

use std::path::Path;

use serde_json::Value;

use super::folder::LARGEST;
use super::record::{AreaRecord, LandscapeRecord};
use crate::error::Error;
use crate::files;
use crate::landscape::Disagreement;
use crate::proposal::Date;
use crate::register::{damaged, names};

/// The newest edition up to the last day of a period, compared with the newest one before it.
pub(super) fn landscape(
    root: &Path,
    from: Date,
    to: Date,
) -> Result<Option<LandscapeRecord>, Error> {
    let folder = root.join("editions");
    if !folder.is_dir() {
        return Ok(None);
    }
    let all = names(&folder)?;
    let newest = |limit: &dyn Fn(Date) -> bool| {
        let editions = all.iter().filter_map(|name| {
            let edition = name.strip_suffix(".json")?;
            limit(edition.parse::<Date>().ok()?.first_day()).then(|| edition.to_owned())
        });
        editions.max()
    };
    let Some(edition) = newest(&|day| day <= to) else { return Ok(None) };
    let mut areas = read(&folder, &edition)?;
    let before = newest(&|day| day < from).filter(|before| *before != edition);
    let before = before.map(|before| read(&folder, &before)).transpose()?;
    let changes = before.map_or_else(Vec::new, |before| changes(&before, &areas));
    let place = |area: &AreaRecord| match area.priority.as_deref() {
        Some("high") => 0,
        Some("medium") => 1,
        Some("low") => 2,
        _ => 3,
    };
    areas.sort_by_key(place);
    Ok(Some(LandscapeRecord { edition, areas, changes }))
}

/// The areas of one edition. What a later form of the file adds is passed over.
fn read(folder: &Path, edition: &str) -> Result<Vec<AreaRecord>, Error> {
    let path = folder.join(format!("{edition}.json"));
    let value: Value = serde_json::from_str(&files::read_text(&path, LARGEST)?)
        .map_err(|source| damaged(source.to_string(), "restore the edition").at_path(&path))?;
    let areas = value.get("areas").and_then(Value::as_array).into_iter().flatten();
    let areas = areas.filter_map(|entry| {
        let area = entry.get("area").unwrap_or(entry);
        let set = area.get("set_priority");
        let word = |name: &str| set.and_then(|set| set.get(name)).and_then(Value::as_str);
        Some(AreaRecord {
            name: area.get("name")?.as_str()?.to_owned(),
            priority: word("value").map(str::to_owned),
            review_by: word("review_by").and_then(|day| day.parse().ok()),
            disagreements: disagreements(area),
        })
    });
    Ok(areas.collect())
}

/// Disagreements of an area that can be read.
fn disagreements(area: &Value) -> Vec<Disagreement> {
    let all = area.get("disagreements").and_then(Value::as_array).into_iter().flatten();
    all.filter_map(|one| serde_json::from_value(one.clone()).ok()).collect()
}

fn changes(before: &[AreaRecord], now: &[AreaRecord]) -> Vec<String> {
    let of = |all: &[AreaRecord], name: &str| all.iter().find(|one| one.name == name).cloned();
    let mut all = Vec::new();
    for one in now {
        match of(before, &one.name) {
            None => all.push(format!("{} is new.", one.name)),
            Some(old) if old.priority != one.priority => {
                let word = |priority: &Option<String>| {
                    priority.clone().unwrap_or_else(|| "none set".to_owned())
                };
                let (old, new) = (word(&old.priority), word(&one.priority));
                all.push(format!("{}: priority {new}; before: {old}.", one.name));
            }
            Some(_) => {}
        }
    }
    let gone = before.iter().filter(|one| of(now, &one.name).is_none());
    all.extend(gone.map(|one| format!("{} is listed no more.", one.name)));
    all
}
