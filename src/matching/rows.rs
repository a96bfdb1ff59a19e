//! Rows of different lengths in one piece: what belongs to a term, a work or a committee.

use super::bytes::{Damaged, are_offsets};

/// Rows that stand one after another, with where each begins and the last ends.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rows<T> {
    offsets: Vec<u32>,
    entries: Vec<T>,
}

impl<T> Default for Rows<T> {
    fn default() -> Rows<T> {
        Rows { offsets: vec![0], entries: Vec::new() }
    }
}

impl<T> Rows<T> {
    /// From parts that come from a file: the offsets begin at 0, never fall, and end where the
    /// entries do.
    pub(crate) fn from_parts(offsets: Vec<u32>, entries: Vec<T>) -> Result<Rows<T>, Damaged> {
        if are_offsets(&offsets, entries.len()) {
            Ok(Rows { offsets, entries })
        } else {
            Err(Damaged)
        }
    }

    /// Adds to the row being made.
    pub(crate) fn push(&mut self, entry: T) {
        self.entries.push(entry);
    }

    /// Ends the row being made; the next one begins.
    pub(crate) fn finish_row(&mut self) {
        self.offsets.push(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
    }

    /// Adds a row.
    pub(crate) fn push_row(&mut self, row: impl IntoIterator<Item = T>) {
        self.entries.extend(row);
        self.finish_row();
    }

    /// The entries of the row being made.
    pub(crate) fn unfinished(&self) -> &[T] {
        &self.entries[self.last_end()..]
    }

    /// The same, to be ordered or joined.
    pub(crate) fn unfinished_mut(&mut self) -> &mut [T] {
        let start = self.last_end();
        &mut self.entries[start..]
    }

    /// Keeps only the first entries of the row being made.
    pub(crate) fn truncate_unfinished(&mut self, count: usize) {
        self.entries.truncate(self.last_end() + count);
    }

    fn last_end(&self) -> usize {
        self.offsets.last().map_or(0, |end| *end as usize)
    }

    /// How many rows.
    pub(crate) fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// One row; empty where there is none.
    #[inline]
    pub(crate) fn get(&self, row: usize) -> &[T] {
        &self.entries[self.range(row)]
    }

    /// Where the entries of a row stand among all.
    #[inline]
    pub(crate) fn range(&self, row: usize) -> std::ops::Range<usize> {
        match (self.offsets.get(row), self.offsets.get(row + 1)) {
            (Some(start), Some(end)) => *start as usize..*end as usize,
            _ => 0..0,
        }
    }

    /// All rows in their order.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &[T]> + Clone {
        self.offsets.windows(2).map(|ends| &self.entries[ends[0] as usize..ends[1] as usize])
    }

    /// The entries of all rows.
    pub(crate) fn entries(&self) -> &[T] {
        &self.entries
    }

    /// The same, to be changed in their places.
    pub(crate) fn entries_mut(&mut self) -> &mut [T] {
        &mut self.entries
    }

    /// Where each row begins, and the end of the last.
    pub(crate) fn offsets(&self) -> &[u32] {
        &self.offsets
    }

    /// The same rows of something else.
    pub(crate) fn map<U>(&self, other: impl FnMut(&T) -> U) -> Rows<U> {
        Rows { offsets: self.offsets.clone(), entries: self.entries.iter().map(other).collect() }
    }

    #[cfg(any(test, feature = "testing"))]
    /// Bytes of memory.
    pub(crate) fn memory(&self) -> usize {
        4 * self.offsets.len() + size_of::<T>() * self.entries.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_made_and_read() {
        let mut rows = Rows::default();
        rows.push_row([3, 1]);
        rows.push(9);
        rows.push(8);
        assert_eq!(rows.unfinished(), [9, 8]);
        rows.unfinished_mut().sort_unstable();
        rows.truncate_unfinished(1);
        rows.finish_row();
        rows.finish_row();
        let all: Vec<&[i32]> = rows.iter().collect();
        assert_eq!(all, [&[3, 1][..], &[8], &[]]);
        assert_eq!((rows.len(), rows.get(1), rows.get(7)), (3, &[8][..], &[][..]));
        assert_eq!((rows.range(1), rows.map(|n| n * 2).entries()[2]), (2..3, 16));
    }

    #[test]
    fn parts_that_do_not_hold_together_are_refused() {
        assert!(Rows::from_parts(vec![0, 1, 2], vec!['a', 'b']).is_ok());
        for offsets in [vec![], vec![1, 2], vec![0, 2, 1, 2], vec![0, 1], vec![0, 3]] {
            assert!(Rows::from_parts(offsets, vec!['a', 'b']).is_err());
        }
    }
}
