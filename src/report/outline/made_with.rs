//! With what a report was made, so that it can be made again.

use super::committees::LIKELY;
use crate::checklist::Outcome;
use crate::screening::Screening;
use crate::text::display::percent;

pub(super) fn lines(screening: &Screening) -> Vec<(&'static str, String)> {
    let made = &screening.provenance;
    let mut lines = Vec::new();
    let mut add = |name, value: String| {
        if !value.is_empty() {
            lines.push((name, value));
        }
    };
    add("Checklist", made.checklist.clone());
    add(
        "Considerations",
        format!(
            "{} with findings, {} passed, {} do not apply, {} could not be told",
            failed(screening),
            screening.count(Outcome::Pass),
            screening.count(Outcome::NotApplicable),
            screening.count(Outcome::CannotTell),
        ),
    );
    add("Data", made.data.clone());
    add("Model", with(&made.model, ", fitted on ", &made.fitted_on));
    let levels = || {
        format!(
            "committees are named from {} on ({} in other organizations than the one addressed), \
             and called likely from {} on",
            percent(made.threshold),
            percent(made.threshold_elsewhere),
            percent(LIKELY),
        )
    };
    add("Levels", if made.threshold > 0.0 { levels() } else { String::new() });
    add("Program", with("spcg", " ", &made.crate_version));
    lines
}

fn with(name: &str, between: &str, more: &str) -> String {
    if name.is_empty() || more.is_empty() {
        name.to_owned()
    } else {
        format!("{name}{between}{more}")
    }
}

/// How many considerations failed; some have several findings.
fn failed(screening: &Screening) -> usize {
    let mut rules: Vec<&str> = screening
        .findings
        .iter()
        .filter(|one| one.is_failure())
        .map(|one| one.rule.as_str())
        .collect();
    rules.sort_unstable();
    rules.dedup();
    rules.len()
}
