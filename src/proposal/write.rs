//! A record as a TOML file, to be corrected and read again.

use std::fmt::Write as _;

use super::{Proposal, Reading};

impl Proposal {
    /// The record in TOML, as it was read: a file that can be corrected and screened again. What
    /// was not understood of a form stands in comments at its head, with the lines.
    ///
    /// Read again, it is the same record.
    ///
    /// ```
    /// use spcg::Proposal;
    ///
    /// let form = Proposal::from_text("# Smart lifts\n\n## Scope\n\nLifts that talk.\n\n## Elephants\n\nNone.\n")?;
    /// let record = form.to_toml();
    /// assert!(record.contains("# line 7: the heading `Elephants` was not understood"));
    /// assert!(record.contains("scope = \"Lifts that talk.\""));
    /// assert_eq!(Proposal::from_toml(&record)?, form);
    /// # Ok::<(), spcg::Error>(())
    /// ```
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut file = String::new();
        if let Some(reading) = self.reading() {
            comments(reading, &mut file);
        }
        // A record holds texts, numbers, dates, lists and tables with names, all of which TOML
        // has, so that this cannot fail.
        file.push_str(&toml::to_string_pretty(self).unwrap_or_default());
        file
    }
}

/// What the reader of the record should know, a line each.
fn comments(reading: &Reading, file: &mut String) {
    let mut comment = |line: usize, text: &str| {
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let _ = match line {
            0 => writeln!(file, "# {text}"),
            _ => writeln!(file, "# line {line}: {text}"),
        };
    };
    if let Some(encoding) = &reading.encoding {
        comment(0, &format!("the text was taken for {encoding}; check letters with accents"));
    }
    for heading in &reading.unrecognized {
        let near = heading.nearest.as_ref().map_or(String::new(), |field| {
            format!("; should it fill `{field}`, put its text there")
        });
        comment(
            heading.line,
            &format!("the heading `{}` was not understood{near}", heading.heading),
        );
    }
    for remark in &reading.remarks {
        comment(remark.line, &remark.text);
    }
    if !file.is_empty() {
        file.push('\n');
    }
}
