//! The best few of many, with ties settled by what orders them.

/// Keeps the `most` smallest keys, in order. Equal keys do not occur where a key holds the number
/// of what it stands for.
pub(crate) fn keep_smallest<K: Ord>(keys: &mut Vec<K>, most: usize) {
    if keys.len() > most {
        if most > 0 {
            keys.select_nth_unstable(most - 1);
        }
        keys.truncate(most);
    }
    keys.sort_unstable();
}

/// Puts `one` into a short list that is ordered by `is_before`, unless `most` others are before it.
/// What is neither before nor behind keeps the order in which it came.
pub(crate) fn insert<T>(
    best: &mut Vec<T>,
    most: usize,
    one: T,
    is_before: impl Fn(&T, &T) -> bool,
) {
    if best.len() >= most {
        if !best.last().is_some_and(|last| is_before(&one, last)) {
            return;
        }
        best.truncate(most - 1);
    }
    let at = best.partition_point(|other| !is_before(&one, other));
    best.insert(at, one);
}

/// A key that orders scores from the largest to the smallest, and equal ones by `number`.
pub(crate) fn falling(score: f32, number: u16) -> u64 {
    let bits = score.to_bits();
    // Bits of floating-point numbers are ordered like whole numbers, of negative ones the other way
    // round.
    let ascending = if bits >> 31 == 1 { !bits } else { bits | 1 << 31 };
    u64::from(!ascending) << 16 | u64::from(number)
}

/// The number in a key of [`falling`].
pub(crate) fn number_of(key: u64) -> u16 {
    (key & 0xffff) as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_order_by_falling_score_then_by_number() {
        let scores = [0.5, -1.0, 7.0, -3.5, 0.5, 0.0, 1e-9];
        let mut keys: Vec<u64> =
            (0_u16..).zip(scores).map(|(number, score)| falling(score, number)).collect();
        keys.sort_unstable();
        let numbers: Vec<u16> = keys.into_iter().map(number_of).collect();
        assert_eq!(numbers, [2, 0, 4, 6, 5, 1, 3]);
    }

    proptest! {
        #[test]
        fn both_forms_keep_what_a_sort_would(
            scores in proptest::collection::vec(0_u8..6, 0..40),
            most in 0_usize..12,
        ) {
            let all: Vec<(u8, usize)> = scores.iter().copied().zip(0..).collect();
            let mut expected = all.clone();
            expected.sort_unstable();
            expected.truncate(most);
            let mut kept = all.clone();
            keep_smallest(&mut kept, most);
            prop_assert_eq!(&kept, &expected);
            let mut best = Vec::new();
            for one in &all {
                insert(&mut best, most, *one, |a, b| a.0 < b.0);
            }
            prop_assert_eq!(&best, &expected);
        }
    }
}
