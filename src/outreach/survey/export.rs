//! A summary as a table for spreadsheet programs.

use super::summary::{Grouping, NumberSummary, OptionCount, Summary};
use crate::error::Error;
use crate::register::damaged;

impl Summary {
    /// The sums and the texts as comma-separated values: one row a number or text. A cell that a
    /// spreadsheet program would take for a formula begins with an apostrophe.
    ///
    /// # Errors
    /// None in practice: what is written stays in memory.
    pub fn to_csv(&self) -> Result<String, Error> {
        let mut rows = vec![
            ["question", "what", "group", "option or text", "count", "of", "share", "committees"]
                .map(str::to_owned)
                .to_vec(),
        ];
        for question in &self.questions {
            let id = question.id.as_str();
            options(&mut rows, (id, "all", ""), &question.options, question.answered);
            number(&mut rows, (id, "all", ""), question.number, question.answered);
            for group in &question.groups {
                let by = match group.by {
                    Grouping::Round => "by round",
                    Grouping::Audience => "by audience",
                };
                let names = group.names.join(", ");
                options(&mut rows, (id, by, &names), &group.options, group.answered);
                number(&mut rows, (id, by, &names), group.number, group.answered);
            }
        }
        for one in &self.said {
            let committees: Vec<String> = one.committees.iter().map(ToString::to_string).collect();
            rows.push(row(
                (&one.question, "text", ""),
                &one.text,
                ["", "", "", &committees.join(", ")],
            ));
        }
        let mut writer = csv::Writer::from_writer(Vec::new());
        let failed = |source: csv::Error| damaged(source.to_string(), "report it");
        for row in rows {
            writer.write_record(row.iter().map(|cell| quoted(cell))).map_err(failed)?;
        }
        let bytes =
            writer.into_inner().map_err(|source| damaged(source.to_string(), "report it"))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

type Of<'a> = (&'a str, &'a str, &'a str);

fn row((question, what, group): Of<'_>, text: &str, rest: [&str; 4]) -> Vec<String> {
    [question, what, group, text].into_iter().chain(rest).map(str::to_owned).collect()
}

fn options(rows: &mut Vec<Vec<String>>, of: Of<'_>, all: &[OptionCount], answered: usize) {
    for one in all {
        let (count, n) = (one.count.to_string(), answered.to_string());
        rows.push(row(of, &one.option, [&count, &n, &format!("{:.4}", one.share), ""]));
    }
}

fn number(rows: &mut Vec<Vec<String>>, of: Of<'_>, number: Option<NumberSummary>, answered: usize) {
    let Some(NumberSummary { mean, median }) = number else { return };
    let n = answered.to_string();
    rows.push(row(of, "mean", [&format!("{mean:.4}"), &n, "", ""]));
    rows.push(row(of, "median", [&median.to_string(), &n, "", ""]));
}

/// What spreadsheet programs would compute stays a text. Numbers are ours.
fn quoted(cell: &str) -> String {
    let is_number = cell.parse::<f64>().is_ok_and(f64::is_finite);
    let computes = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if cell.trim_start_matches(' ').starts_with(computes) && !is_number {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn what_would_be_computed_is_a_text() {
        for text in ["=1+1", "+cmd", "-x", "@sum", "\tx", "  =A1", "＝1"] {
            assert_eq!(quoted(text), format!("'{text}"));
        }
        for text in ["", "a=b", "-0.5", "12", "ISO"] {
            assert_eq!(quoted(text), text);
        }
    }
}
