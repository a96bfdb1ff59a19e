//! What a report says, in the order in which a person who decides wants it. Text, Markdown, Word
//! and HTML render it, and decide nothing.
//!
//! First the verdict and what it rests on, then who may be concerned, then existing work: together
//! the first page. Then what is to be done, how the work could be done together, what could not be
//! told, and with what all this was made.

mod committees;
mod findings;
mod made_with;
mod words;
mod works;

pub(super) use committees::{Cell, Committee, House, Standing};
#[cfg(feature = "html")]
pub(super) use findings::Place;
pub(super) use findings::{Entry, FillIn, Group};
#[cfg(feature = "terminal")]
pub(super) use findings::{evidence, untold};
pub(super) use words::kind_in_words;
#[cfg(feature = "html")]
pub(super) use works::Document;
pub(super) use works::{Nearest, Outside, Work};

use crate::checklist::wording::{count, excerpt};
use crate::checklist::{Finding, Outcome, Severity};
use crate::coordination::Advice;
use crate::proposal::{CollaborationMode, Reading};
use crate::screening::{Screening, Verdict};

/// A screening in the order of its report.
#[derive(Debug)]
pub(super) struct Outline<'a> {
    /// The title of the proposal, or that it has none.
    pub(super) title: &'a str,
    /// Number, addressee, kind, proposer and file, as far as they are known.
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) verdict: Verdict,
    /// The verdict in a sentence.
    pub(super) sentence: String,
    /// What places are counted in: lines, or paragraphs of a Word file.
    #[cfg_attr(not(feature = "html"), allow(dead_code))] // pages show the text
    pub(super) unit: &'static str,
    /// How well the file was read, in a sentence.
    pub(super) reading: Option<String>,
    /// Committees by organization.
    pub(super) houses: Vec<House<'a>>,
    /// Existing work.
    pub(super) nearest: Nearest<'a>,
    /// Documents of other bodies.
    pub(super) outside: Option<Outside<'a>>,
    /// What is wrong beside blank fields: what blocks, what is to be answered, advice.
    pub(super) groups: Vec<Group<'a>>,
    /// The fields that are to be filled in.
    pub(super) fill_in: Vec<FillIn<'a>>,
    /// How the work could be done together.
    pub(super) cooperation: Vec<Suggestion>,
    /// Areas in which the organizations work side by side, with what is arranged there.
    pub(super) areas: Vec<(String, String)>,
    /// What could not be told, with the considerations that asked.
    pub(super) untold: Vec<(String, Vec<String>)>,
    /// With what the report was made: names and values.
    pub(super) made_with: Vec<(&'static str, String)>,
}

/// A suggestion how to work together.
#[derive(Debug)]
pub(super) struct Suggestion {
    /// With whom.
    pub(super) with: String,
    /// The mode, in words.
    pub(super) mode: String,
    /// The facts behind it.
    pub(super) reason: String,
}

/// Headings told that were not recognized.
const HEADINGS: usize = 4;

/// Said below every report.
pub(super) const CAVEAT: &str = "Probabilities are statements about texts and records: nobody is \
     interested who has not said so, and closeness is no proof of overlap. The checklist is this \
     crate's own, built from public procedures.";

impl<'a> Outline<'a> {
    pub(super) fn of(screening: &'a Screening) -> Outline<'a> {
        let (groups, fill_in) = findings::sorted(screening);
        Outline {
            title: match screening.proposal.title.trim() {
                "" => "A proposal without a title",
                title => title,
            },
            facts: facts(screening),
            verdict: screening.verdict,
            sentence: sentence(screening, &fill_in),
            unit: findings::unit(screening),
            reading: screening.reading.as_ref().and_then(reading),
            houses: committees::houses(screening),
            nearest: works::nearest(screening),
            outside: works::outside(screening),
            groups,
            fill_in,
            cooperation: cooperation(screening),
            areas: screening.areas.iter().map(|area| (area.to_string(), area.because())).collect(),
            untold: findings::untold(screening),
            made_with: made_with::lines(screening),
        }
    }
}

/// `The file was read by its headings: 12 were recognized (1 of them by likeness), 2 were not:
/// «Remarks», «Annex». 3 answers could be read only in part.`
fn reading(reading: &Reading) -> Option<String> {
    let (known, unknown) = (&reading.recognized, &reading.unrecognized);
    if known.is_empty() && unknown.is_empty() {
        return None; // fields with names, not headings
    }
    let recognized = count(known.len(), "was recognized", "were recognized");
    let mut text = format!("The file was read by its headings: {recognized}");
    let resembling = known.iter().filter(|one| !one.exact).count();
    if resembling > 0 {
        text.push_str(&format!(" ({resembling} of them by likeness)"));
    }
    if unknown.is_empty() {
        text.push_str(", none was left over.");
    } else {
        let shown = unknown.iter().take(HEADINGS);
        let names: Vec<String> =
            shown.map(|one| format!("«{}»", excerpt(&one.heading, 60))).collect();
        let were = count(unknown.len(), "was not", "were not");
        text.push_str(&format!(", {were}: {}", names.join(", ")));
        match unknown.len() - names.len() {
            0 => text.push('.'),
            more => text.push_str(&format!(" and {more} more.")),
        }
    }
    match reading.remarks.len() {
        0 => {}
        1 => text.push_str(" 1 answer could be read only in part."),
        number => text.push_str(&format!(" {number} answers could be read only in part.")),
    }
    Some(text)
}

fn facts(screening: &Screening) -> Vec<(&'static str, String)> {
    let proposal = &screening.proposal;
    let addressee = match (&proposal.committee, proposal.organization) {
        (Some(committee), _) => Some(committee.to_string()),
        (None, organization) => organization.map(|one| one.to_string()),
    };
    [
        ("Number", proposal.reference.clone()),
        ("Addressed to", addressee),
        ("Kind", proposal.kind.map(|kind| kind_in_words(kind).to_owned())),
        ("Proposer", proposal.proposer.clone()),
        ("File", proposal.source.clone()),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}

/// `Not ready to circulate: 4 points block it, 15 are to be answered or noted, 4 are advice. 17 of
/// the points are about 15 fields that are left blank.`
fn sentence(screening: &Screening, fill_in: &[FillIn<'_>]) -> String {
    let is_own_cause = |one: &&Finding| one.told_with.is_none();
    let number = |severity| screening.failures(severity).filter(is_own_cause).count();
    let blockers = number(Severity::Blocker);
    let mut parts = Vec::new();
    if blockers > 0 {
        parts.push(count(blockers, "point blocks it", "points block it"));
    }
    match number(Severity::Warning) {
        0 => {}
        warnings => {
            parts.push(count(
                warnings,
                "is to be answered or noted",
                "are to be answered or noted",
            ));
        }
    }
    match number(Severity::Advice) {
        0 => {}
        advice => parts.push(count(advice, "is advice", "are advice")),
    }
    let mut text = capital(screening.verdict.sentence());
    if parts.is_empty() {
        let passed = count(screening.count(Outcome::Pass), "consideration", "considerations");
        return text + &format!(": {passed} found nothing to complain of.");
    }
    text.push_str(": ");
    text.push_str(&parts.join(", "));
    text.push('.');
    let blank: usize = fill_in.iter().map(|one| one.points).sum();
    if blank > 0 {
        let fields = count(fill_in.len(), "field that is left blank", "fields that are left blank");
        let points = count(blank, "of the points is about", "of the points are about");
        text.push_str(&format!(" {points} {fields}."));
    }
    text
}

fn cooperation(screening: &Screening) -> Vec<Suggestion> {
    let suggestion = |one: &Advice| Suggestion {
        with: one.committee.as_ref().map_or_else(
            || "The field as a whole".to_owned(),
            |committee| match one.title.as_str() {
                "" => committee.to_string(),
                title => format!("{committee} ({title})"),
            },
        ),
        mode: modes(one),
        reason: one.reason.clone(),
    };
    screening.advice.iter().flatten().map(suggestion).collect()
}

/// The suggested mode, those that would do as well, and how one text could serve both.
fn modes(advice: &Advice) -> String {
    let mut text = advice.mode.in_words().to_owned();
    let others = advice.alternatives.iter().filter(|mode| **mode != CollaborationMode::None);
    let others: Vec<&str> = others.map(|mode| mode.in_words()).collect();
    if !others.is_empty() {
        text.push_str(", or ");
        text.push_str(&others.join(", or "));
    }
    if let Some(form) = advice.text_form {
        text.push_str("; ");
        text.push_str(words::text_form_in_words(form));
    }
    text
}

/// The text with a capital in front.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}
