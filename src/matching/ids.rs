//! Numbers of works, each kind a type of its own.

/// The number of a work of the index, in the order in which it stores them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WorkId(u32);

impl WorkId {
    /// Works at most: a [`Posting`] keeps the number of its work in 24 bits.
    pub(crate) const MOST: usize = 1 << 24;

    #[inline]
    pub(crate) const fn new(number: u32) -> WorkId {
        WorkId(number)
    }

    /// The work at a place of an array with one entry a work.
    #[inline]
    pub(crate) const fn at(index: usize) -> WorkId {
        WorkId(index as u32)
    }

    #[inline]
    pub(crate) const fn number(self) -> u32 {
        self.0
    }

    /// Its place in arrays with one entry a work.
    #[inline]
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One work that holds a term, and how much that counts: the work in the upper 24 bits, its impact
/// in the lower 8, so that postings are ordered by work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Posting(u32);

impl Posting {
    #[inline]
    pub(crate) const fn new(work: WorkId, impact: u8) -> Posting {
        Posting(work.0 << 8 | impact as u32)
    }

    /// As an index stores it.
    #[inline]
    pub(crate) const fn from_bits(bits: u32) -> Posting {
        Posting(bits)
    }

    #[inline]
    pub(crate) const fn bits(self) -> u32 {
        self.0
    }

    #[inline]
    pub(crate) const fn work(self) -> WorkId {
        WorkId(self.0 >> 8)
    }

    /// In 255 steps of the largest impact of all.
    #[inline]
    pub(crate) const fn impact(self) -> u32 {
        self.0 & 0xff
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_posting_holds_work_and_impact() {
        let last = WorkId::at(WorkId::MOST - 1);
        for (work, impact) in [(WorkId::new(0), 1), (WorkId::new(70_000), 255), (last, 7)] {
            let posting = Posting::from_bits(Posting::new(work, impact).bits());
            assert_eq!((posting.work(), posting.impact()), (work, u32::from(impact)));
        }
    }
}
