//! The order of events, and who was behind whom.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::case::Entry;
use super::event::Event;
use super::failure::damaged;
use crate::error::Error;

/// Events in their one order: each after those it names, else by day, then by id. With it, for
/// each event the set of those behind it.
pub(crate) fn sorted(
    events: BTreeMap<String, Event>,
) -> Result<(Vec<Entry>, Vec<Vec<u64>>), Error> {
    let ids: Vec<&String> = events.keys().collect();
    let number = |id: &String| ids.binary_search(&id).ok();
    let mut waiting = vec![0_usize; ids.len()];
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); ids.len()];
    let mut first = Vec::new();
    for (at, (id, event)) in events.iter().enumerate() {
        if event.after.is_empty() {
            first.push(id.as_str());
        }
        for before in &event.after {
            let Some(before_at) = number(before) else {
                return Err(damaged(
                    format!("event {id} was written after {before}, which is not there"),
                    "restore the missing file",
                ));
            };
            followers[before_at].push(at);
            waiting[at] += 1;
        }
    }
    if let [one, other, ..] = first[..] {
        return Err(damaged(
            format!("two events begin the case: {one} and {other}"),
            "a case begins once; keep one beginning and open another case for the rest",
        ));
    }
    let all: Vec<(&String, &Event)> = events.iter().collect();
    let mut ready: BinaryHeap<_> = (0..all.len())
        .filter(|at| waiting[*at] == 0)
        .map(|at| Reverse((all[at].1.day, all[at].0, at)))
        .collect();
    let words = all.len().div_ceil(64);
    let mut behind: Vec<Vec<u64>> = vec![Vec::new(); all.len()];
    let mut place = vec![0_usize; all.len()];
    let (mut entries, mut sets) = (Vec::with_capacity(all.len()), Vec::with_capacity(all.len()));
    while let Some(Reverse((_, id, at))) = ready.pop() {
        let event = all[at].1;
        let mut set = vec![0_u64; words];
        for before in event.after.iter().filter_map(number) {
            for (mine, theirs) in set.iter_mut().zip(&behind[before]) {
                *mine |= theirs;
            }
            set[place[before] / 64] |= 1 << (place[before] % 64);
        }
        place[at] = entries.len();
        entries.push(Entry { id: id.clone(), event: event.clone() });
        sets.push(set.clone());
        behind[at] = set;
        for follower in &followers[at] {
            waiting[*follower] -= 1;
            if waiting[*follower] == 0 {
                ready.push(Reverse((all[*follower].1.day, all[*follower].0, *follower)));
            }
        }
    }
    if entries.len() < all.len() {
        return Err(damaged("events name each other in a circle", "restore the files"));
    }
    Ok((entries, sets))
}

/// Whether `one` is behind the event that has the set.
pub(crate) fn contains(set: &[u64], one: usize) -> bool {
    set.get(one / 64).is_some_and(|word| word >> (one % 64) & 1 == 1)
}
