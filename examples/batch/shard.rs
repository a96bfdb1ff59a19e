//! A part of a backlog, for machines that share it.

use std::str::FromStr;

use crate::inputs::Source;

/// The I-th of N parts. Which part a proposal belongs to depends on its name alone, so that all
/// parts together are the whole, however the backlog grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shard {
    part: u32,
    of: u32,
}

impl Shard {
    pub(crate) fn holds(self, source: &Source) -> bool {
        let mut sum = crc32fast::Hasher::new();
        sum.update(source.name.as_bytes());
        sum.update(source.bytes.as_deref().unwrap_or_default().as_bytes());
        sum.finalize() % self.of == self.part - 1
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Shard, String> {
        let numbers = text.split_once('/').and_then(|(part, of)| {
            Some((part.trim().parse::<u32>().ok()?, of.trim().parse::<u32>().ok()?))
        });
        match numbers {
            Some((part, of)) if (1..=of).contains(&part) => Ok(Shard { part, of }),
            _ => Err("write it like 2/8, the second of eight parts".to_owned()),
        }
    }
}
