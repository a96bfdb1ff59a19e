//! Finds for people.

use std::fmt::Write as _;

use super::{Find, Finds, FoundWork};
use crate::text::display::one_line;

/// Works of one organization that are shown of a find.
const WORKS: usize = 6;
/// Pairs of committees that are shown of a find.
const RECORDS: usize = 6;

impl Finds {
    /// The first `top` finds as text for a terminal, with what was compared and what the words
    /// mean.
    #[must_use]
    pub fn to_text(&self, top: usize) -> String {
        let mut out = String::new();
        // A `String` takes everything, so the results of writing carry no news.
        let _ = writeln!(
            out,
            "{} works in force or in draft, {} close pairs: {} finds; {} more with something on \
             record between all owners, {} dismissed.\nData: {}; years counted from {}.",
            self.works,
            self.pairs,
            self.finds.len(),
            self.arranged,
            self.dismissed,
            one_line(&self.data),
            self.year,
        );
        for (number, find) in (1..).zip(self.finds.iter().take(top)) {
            let _ = writeln!(out, "\n{number}. {}", find.headline());
            out.push_str(&find.details());
        }
        let _ = writeln!(
            out,
            "\nCloseness of texts proves no overlap. Liaisons are known from the ISO register \
             only: nothing on record does not mean that nothing is arranged."
        );
        out
    }
}

impl Find {
    /// What it is about and between whom, on a line.
    #[must_use]
    pub fn headline(&self) -> String {
        let committees: Vec<String> =
            self.committees().into_iter().map(ToString::to_string).collect();
        let years = self.years().map_or(String::new(), |(first, last)| format!("; {first}-{last}"));
        let terms = self.terms.iter().take(5).map(|term| one_line(term));
        format!(
            "{} ({}; {} works, {} recent pairs with nothing on record{years})",
            terms.collect::<Vec<_>>().join(", "),
            committees.join(", "),
            self.works.len(),
            self.unarranged,
        )
    }

    fn details(&self) -> String {
        let mut out = String::new();
        if !self.areas.is_empty() {
            let _ = writeln!(out, "   area of the landscape: {}", self.areas.join(", "));
        }
        for known in self.on_record.iter().take(RECORDS) {
            let _ = writeln!(out, "   {known}");
        }
        for works in self.works.chunk_by(|a, b| a.organizations == b.organizations) {
            for work in works.iter().take(WORKS) {
                let _ = writeln!(out, "   - {work}");
            }
            if works.len() > WORKS {
                let _ = writeln!(out, "   - and {} more", works.len() - WORKS);
            }
        }
        out
    }
}

impl std::fmt::Display for FoundWork {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.reference, one_line(&self.title))?;
        let owners: Vec<String> = self.owners.iter().map(ToString::to_string).collect();
        write!(f, " ({}", owners.join(", "))?;
        match self.year {
            Some(year) => write!(f, ", {year})"),
            None => f.write_str(", draft)"),
        }
    }
}
