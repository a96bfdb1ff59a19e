//! Small tables keyed by text: beginnings of titles and classification codes.

use rustc_hash::FxHashMap;

/// Candidates or committees with how many works each has, ordered.
pub(crate) type OwnerCounts = Vec<(u16, u32)>;

/// For each key, which candidates own how many works with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct OwnerTable {
    rows: FxHashMap<Box<str>, OwnerCounts>,
}

impl OwnerTable {
    /// Counts one work.
    pub(crate) fn add(&mut self, key: &str, owner: u16) {
        let row = match self.rows.get_mut(key) {
            Some(row) => row,
            None => self.rows.entry(key.into()).or_default(),
        };
        match row.binary_search_by_key(&owner, |(owner, _)| *owner) {
            Ok(at) => row[at].1 += 1,
            Err(at) => row.insert(at, (owner, 1)),
        }
    }

    /// Owners and counts of a key, ordered by owner.
    pub(crate) fn get(&self, key: &str) -> &[(u16, u32)] {
        self.rows.get(key).map_or(&[], Vec::as_slice)
    }

    /// All rows ordered by key, for writing.
    pub(crate) fn rows(&self) -> Vec<(&str, &[(u16, u32)])> {
        let mut rows: Vec<(&str, &[(u16, u32)])> = Vec::with_capacity(self.rows.len());
        #[allow(clippy::iter_over_hash_type)] // sorted in the next line
        for (key, row) in &self.rows {
            rows.push((key, row));
        }
        rows.sort_unstable();
        rows
    }

    /// Reads rows back.
    pub(crate) fn from_rows(rows: impl Iterator<Item = (Box<str>, OwnerCounts)>) -> OwnerTable {
        OwnerTable { rows: rows.collect() }
    }
}

/// A code with those above it: `35.240.01`, `35.240`, `35`, each with what a shared one of that
/// depth counts.
pub(crate) fn code_levels(code: &str) -> impl Iterator<Item = (&str, f32)> {
    let field = code.get(..2).filter(|_| code.len() >= 2);
    let group = code.get(..6).filter(|_| code.len() > 6);
    let own = match code.len() {
        0..=2 => None,
        6 => Some((code, 0.5)),
        _ => Some((code, 1.0)),
    };
    own.into_iter().chain(group.map(|group| (group, 0.5))).chain(field.map(|field| (field, 0.2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_levels() {
        let levels = |code| code_levels(code).collect::<Vec<_>>();
        assert_eq!(levels("35.240.01"), [("35.240.01", 1.0), ("35.240", 0.5), ("35", 0.2)]);
        assert_eq!(levels("35.240"), [("35.240", 0.5), ("35", 0.2)]);
        assert_eq!(levels("35"), [("35", 0.2)]);
        assert_eq!(levels(""), []);
    }

    #[test]
    fn owners_are_counted() {
        let mut table = OwnerTable::default();
        for owner in [7, 3, 7] {
            table.add("lifts", owner);
        }
        assert_eq!(table.get("lifts"), [(3, 1), (7, 2)]);
        assert_eq!(table.get("cars"), []);
    }
}
