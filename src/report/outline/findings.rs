//! What is wrong, and what is to be filled in.

use std::path::Path;

use crate::checklist::verdict::UNCHECKED;
use crate::checklist::wording::listed;
use crate::checklist::{Evidence, Finding, Severity};
use crate::proposal::{Format, field_label, field_question};
use crate::screening::Screening;
use crate::standards::Status;
use crate::text::display::percent;

/// Findings of one severity.
#[derive(Debug)]
pub(in crate::report) struct Group<'a> {
    pub(in crate::report) severity: Severity,
    pub(in crate::report) heading: &'static str,
    /// The blank fields that findings of this severity are about.
    pub(in crate::report) blank: Vec<String>,
    pub(in crate::report) entries: Vec<Entry<'a>>,
}

/// Something that is wrong, beside a blank field.
#[derive(Debug)]
pub(in crate::report) struct Entry<'a> {
    /// Its place among all of them, from 0.
    #[cfg_attr(not(feature = "html"), allow(dead_code))] // pages lead to it
    pub(in crate::report) number: usize,
    pub(in crate::report) finding: &'a Finding,
    pub(in crate::report) message: String,
    /// Where it stands in the proposal.
    pub(in crate::report) places: Vec<Place<'a>>,
    /// What else can be shown for it, a line each.
    pub(in crate::report) evidence: Vec<String>,
    pub(in crate::report) remedy: Option<String>,
}

/// A place in the proposal.
#[derive(Debug)]
pub(in crate::report) struct Place<'a> {
    #[cfg_attr(not(feature = "html"), allow(dead_code))] // pages lead to the place
    pub(in crate::report) field: &'a str,
    /// `Scope (line 10)`
    pub(in crate::report) name: String,
    /// What stands there; empty for nothing.
    pub(in crate::report) excerpt: &'a str,
}

impl Place<'_> {
    /// `Scope (line 10): «…»`
    pub(in crate::report) fn line(&self) -> String {
        match self.excerpt {
            "" => format!("{}: blank", self.name),
            excerpt => format!("{}: «{excerpt}»", self.name),
        }
    }
}

/// A field that is left blank and is to be filled in.
#[derive(Debug)]
pub(in crate::report) struct FillIn<'a> {
    pub(in crate::report) field: &'a str,
    /// The name of the field in the words of a form.
    pub(in crate::report) name: String,
    /// What a form asks there.
    pub(in crate::report) asks: &'static str,
    /// How grave the gravest of the findings is that are about it.
    pub(in crate::report) severity: Severity,
    /// The considerations that ask for it.
    pub(in crate::report) rules: Vec<&'a str>,
    /// What they say, each once.
    pub(in crate::report) messages: Vec<String>,
    /// What to do, each once.
    pub(in crate::report) remedies: Vec<String>,
    /// How many findings are about it.
    pub(in crate::report) points: usize,
}

/// The findings by their severity, and the blank fields apart.
pub(super) fn sorted(screening: &Screening) -> (Vec<Group<'_>>, Vec<FillIn<'_>>) {
    let mut fill_in: Vec<FillIn<'_>> = Vec::new();
    let mut groups = Vec::new();
    let mut number = 0;
    for (severity, heading) in [
        (Severity::Blocker, "What blocks it"),
        (Severity::Warning, "What is to be answered or noted"),
        (Severity::Advice, "Advice"),
    ] {
        let (mut entries, mut blank) = (Vec::new(), Vec::new());
        for finding in screening.failures(severity).filter(|one| one.told_with.is_none()) {
            let Some(field) = finding.blank_field() else {
                entries.push(entry(finding, number, screening));
                number += 1;
                continue;
            };
            note_blank(&mut fill_in, field, finding);
            let name = field_label(field);
            if !blank.contains(&name) {
                blank.push(name);
            }
        }
        if !entries.is_empty() || !blank.is_empty() {
            groups.push(Group { severity, heading, blank, entries });
        }
    }
    (groups, fill_in)
}

fn note_blank<'a>(fill_in: &mut Vec<FillIn<'a>>, field: &'a str, finding: &'a Finding) {
    let at = fill_in.iter().position(|one| one.field == field).unwrap_or_else(|| {
        fill_in.push(FillIn {
            field,
            name: field_label(field),
            asks: field_question(field).unwrap_or_default(),
            severity: finding.severity,
            rules: Vec::new(),
            messages: Vec::new(),
            remedies: Vec::new(),
            points: 0,
        });
        fill_in.len() - 1
    });
    let one = &mut fill_in[at];
    one.points += 1;
    one.severity = one.severity.min(finding.severity);
    if !one.rules.contains(&finding.rule.as_str()) {
        one.rules.push(&finding.rule);
    }
    let add = |list: &mut Vec<String>, text: String| {
        if !list.contains(&text) {
            list.push(text);
        }
    };
    add(&mut one.messages, finding.message.clone());
    if let Some(remedy) = &finding.remedy {
        add(&mut one.remedies, remedy.clone());
    }
}

fn entry<'a>(finding: &'a Finding, number: usize, screening: &Screening) -> Entry<'a> {
    let mut places: Vec<Place<'_>> = Vec::new();
    for evidence in &finding.evidence {
        let Evidence::Field { field, line, excerpt, .. } = evidence else { continue };
        let at = line.map_or(String::new(), |line| format!(" ({} {line})", unit(screening)));
        places.push(Place { field, name: field_label(field) + &at, excerpt });
    }
    // Failures of other rules with the same cause ask for something of their own.
    let told_here = told_with(finding, screening);
    let rules: Vec<&str> = told_here.iter().map(|one| one.rule.as_str()).collect();
    let mut message = finding.message.clone();
    if !rules.is_empty() {
        message.push_str(&format!(" (so too {})", listed(&rules)));
    }
    let mut remedies: Vec<String> = finding.remedy.iter().cloned().collect();
    for one in &told_here {
        let remedy = one.remedy.as_deref().unwrap_or_default();
        remedies.push(format!("{}: {remedy}", one.rule));
    }
    Entry {
        number,
        finding,
        message,
        places,
        evidence: evidence(finding),
        remedy: (!remedies.is_empty()).then(|| remedies.join(" ")),
    }
}

/// The failures that point to the first failure of a rule, each rule once.
fn told_with<'a>(finding: &Finding, screening: &'a Screening) -> Vec<&'a Finding> {
    let first = screening
        .findings
        .iter()
        .find(|one| one.rule == finding.rule && one.is_failure() && one.told_with.is_none());
    if !first.is_some_and(|first| std::ptr::eq(first, finding)) {
        return Vec::new();
    }
    let mut told: Vec<&Finding> = Vec::new();
    for one in &screening.findings {
        let is_told_here = one.told_with.as_deref() == Some(finding.rule.as_str());
        if is_told_here && told.iter().all(|other| other.rule != one.rule) {
            told.push(one);
        }
    }
    told
}

/// What places are counted in: the files of word processors have no lines.
pub(super) fn unit(screening: &Screening) -> &'static str {
    let source = screening.proposal.source.as_deref().unwrap_or_default();
    match Format::of_path(Path::new(source)) {
        Some(Format::Docx | Format::Odt) => "paragraph",
        _ => "line",
    }
}

/// Evidence beside places; committees that are named in the same fields share a line, and their
/// titles stand in the list of committees.
pub(in crate::report) fn evidence(finding: &Finding) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut groups: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    let mut end = 0;
    for one in &finding.evidence {
        match one {
            Evidence::Field { .. } => {}
            Evidence::Committee { reference, probability, mentioned_in, .. } => {
                let share =
                    probability.map_or(String::new(), |share| format!(" {}", percent(share)));
                let fields = names(mentioned_in.iter());
                let one = format!("{reference}{share}");
                match groups.iter_mut().find(|(known, _)| *known == fields) {
                    Some((_, group)) => group.push(one),
                    None => groups.push((fields, vec![one])),
                }
                end = lines.len();
            }
            Evidence::Work { reference, title, similarity, owners, status, named_in } => {
                let owners: Vec<String> = owners.iter().map(ToString::to_string).collect();
                let status = match status {
                    Status::Published => "",
                    Status::UnderDevelopment => ", under development",
                    Status::Withdrawn => ", withdrawn",
                };
                lines.push(format!(
                    "{reference} {title} ({}{status}; likeness of the texts {}): {}",
                    owners.join(", "),
                    percent(*similarity),
                    mentioned(&names(named_in.iter())),
                ));
            }
            Evidence::Fact { text } if text.starts_with(UNCHECKED) => {}
            Evidence::Fact { text } => lines.push(text.clone()),
        }
    }
    let groups = groups
        .into_iter()
        .map(|(fields, group)| format!("{}: {}", group.join(", "), mentioned(&fields)));
    lines.splice(end..end, groups);
    lines
}

/// Fields by their names, each once.
fn names<'a>(fields: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut names: Vec<String> = fields.map(|field| field_label(field)).collect();
    names.dedup();
    names
}

fn mentioned(fields: &[String]) -> String {
    if fields.is_empty() {
        return "not mentioned".to_owned();
    }
    format!("named under {}", fields.join("; "))
}

/// Why considerations could not tell, with the considerations; those that failed could not tell in
/// part.
pub(in crate::report) fn untold(screening: &Screening) -> Vec<(String, Vec<String>)> {
    let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
    let mut add =
        |why: &str, rule: String| match reasons.iter_mut().find(|(reason, _)| reason == why) {
            Some((_, rules)) if rules.contains(&rule) => {}
            Some((_, rules)) => rules.push(rule),
            None => reasons.push((why.to_owned(), vec![rule])),
        };
    for finding in screening.untold() {
        add(&finding.message, finding.rule.clone());
    }
    for finding in &screening.findings {
        for evidence in &finding.evidence {
            if let Evidence::Fact { text } = evidence
                && let Some(why) = text.strip_prefix(UNCHECKED)
            {
                add(why, format!("{} (in part)", finding.rule));
            }
        }
    }
    reasons
}
