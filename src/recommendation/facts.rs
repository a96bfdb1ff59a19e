//! What is on file of each committee, in fixed words.

use super::{listed, shareable, written};
use crate::document::Block;
use crate::reference::Organization;
use crate::register::{Answer, Case, Disposition, Level, StatementOnFile, Visible, Voice};

/// What is on file of a committee, or of the groups of an organization.
pub(super) struct Fact {
    /// The committee, or the organization.
    pub(super) of: String,
    /// In one sentence.
    pub(super) sentence: String,
    /// Whether it came in time.
    received: &'static str,
    /// What became of it, in a word.
    note: &'static str,
}

/// A row a fact.
pub(super) fn table(facts: &[Fact]) -> Block {
    let head = ["Committee", "What is on file", "Received", "Note"].map(str::to_owned).to_vec();
    let row = |fact: &Fact| {
        let cells = [&fact.of, fact.sentence.as_str(), fact.received, fact.note];
        cells.map(str::to_owned).to_vec()
    };
    Block::Table(head, facts.iter().map(row).collect())
}

/// One fact a statement, and one a committee that owes an answer; those of the addressed
/// organization first.
pub(super) fn facts(case: &Case) -> Vec<Fact> {
    let board = case.addressed_to();
    let mut statements: Vec<&StatementOnFile> = shareable(case).collect();
    let place = |office: Organization| (Some(office) != board, office);
    statements.sort_by_key(|one| match &one.voice {
        Voice::Committee(committee) => place(committee.organization()),
        Voice::Unnamed(office) => place(*office),
    });
    let stated = |one: &StatementOnFile| Fact {
        of: match &one.voice {
            Voice::Committee(committee) => committee.to_string(),
            Voice::Unnamed(office) => office.to_string(),
        },
        sentence: statement(one),
        received: match case.deadline() {
            _ if one.late => "late",
            Some(_) => "in time",
            None => "no deadline",
        },
        note: case.disposition(&one.id).map_or("", Disposition::words),
    };
    let mut facts: Vec<Fact> = statements.into_iter().map(stated).collect();
    let mut owing: Vec<_> =
        case.owing().into_iter().filter(|one| one.visible == Visible::Boards).collect();
    owing.sort_by_key(|one| (place(one.committee.organization()), one.committee.clone()));
    let silent_on =
        |of: String, sentence: String| Fact { of, sentence, received: "no answer", note: "" };
    for asked in &owing {
        let by = asked.asked.deadline.or(case.deadline());
        let by = by.map_or(String::new(), |day| format!(" by {}", written(day)));
        let (committee, day) = (&asked.committee, written(asked.day));
        let sentence = format!("{committee} was asked on {day}; no answer is on record{by}.");
        facts.push(silent_on(committee.to_string(), sentence));
    }
    facts
        .extend(silent(case).into_iter().map(|(office, told)| silent_on(office.to_string(), told)));
    facts
}

fn statement(one: &StatementOnFile) -> String {
    match &one.voice {
        Voice::Committee(committee) => {
            let officers = match one.said.level {
                Level::Officers => "The officers of ",
                Level::Rapporteur => "A rapporteur of ",
                _ => "",
            };
            let they = if one.said.level == Level::Officers { "that the group" } else { "that it" };
            let on = if one.said.answer == Answer::Objection { "to" } else { "on" };
            let aspect = one.said.aspect.as_ref().map_or(String::new(), |a| format!(" {on} {a}"));
            let works = match one.said.works.as_slice() {
                [] => String::new(),
                works => format!("; it names {}", listed(works)),
            };
            format!(
                "{officers}{committee} stated on {} {they} {}{aspect}{works} ({}).",
                written(one.day),
                one.said.answer.words(),
                one.source
            )
        }
        Voice::Unnamed(office) if one.said.answer == Answer::Unspecified => format!(
            "{} reports interest of groups of {office}, which it does not name.",
            begun(&one.source)
        ),
        Voice::Unnamed(office) => format!(
            "{} says of a group of {office}, which it does not name, that it {}.",
            begun(&one.source),
            one.said.answer.words()
        ),
    }
}

/// A source at the beginning of a sentence: the number of a document, or words.
fn begun(source: &str) -> String {
    let words = source.starts_with(char::is_lowercase);
    let comma = if source.contains(',') { "," } else { "" };
    if words { format!("The {source}{comma}") } else { format!("{source}{comma}") }
}

/// Organizations of which committees were asked, and none has answered.
fn silent(case: &Case) -> Vec<(Organization, String)> {
    let Some(deadline) = case.deadline() else { return Vec::new() };
    let of = |office: Organization| {
        let asked = case.asked().iter().filter(move |one| one.visible == Visible::Boards);
        asked.filter(move |one| one.committee.organization() == office).count()
    };
    let spoken = |office: Organization| {
        shareable(case).any(|one| match &one.voice {
            Voice::Committee(committee) => committee.organization() == office,
            Voice::Unnamed(other) => *other == office,
        })
    };
    Organization::ALL
        .into_iter()
        .filter(|office| of(*office) > 1 && !spoken(*office))
        .map(|office| {
            (office, format!("No group of {office} has answered by {}.", written(deadline)))
        })
        .collect()
}

/// How many committees stated an interest, where any did.
pub(super) fn summed_up(case: &Case) -> Option<String> {
    let count = |office: Organization| {
        let mut all: Vec<&Voice> = shareable(case)
            .filter(|one| one.said.answer.is_interest())
            .filter(|one| matches!(&one.voice, Voice::Committee(c) if c.organization() == office))
            .map(|one| &one.voice)
            .collect();
        all.sort();
        all.dedup();
        all.len()
    };
    let parts: Vec<String> = Organization::ALL
        .into_iter()
        .filter_map(|office| match count(office) {
            0 => None,
            1 => Some(format!("one group of {office}")),
            more => Some(format!("{more} groups of {office}")),
        })
        .collect();
    if parts.is_empty() { None } else { Some(format!("Stated interest: {}.", parts.join(", "))) }
}
