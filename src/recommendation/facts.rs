//! What is on file of each committee, in fixed words.

use super::{shareable, written};
use crate::reference::Organization;
use crate::register::{Answer, Case, Level, StatementOnFile, Visible, Voice};

/// One sentence a statement, and one a committee that owes an answer; those of the addressed
/// organization first.
pub(super) fn facts(case: &Case) -> Vec<String> {
    let board = case.addressed_to();
    let mut statements: Vec<&StatementOnFile> = shareable(case).collect();
    let place = |office: Organization| (Some(office) != board, office);
    statements.sort_by_key(|one| match &one.voice {
        Voice::Committee(committee) => place(committee.organization()),
        Voice::Unnamed(office) => place(*office),
    });
    let mut facts: Vec<String> = statements.into_iter().map(statement).collect();
    let mut owing: Vec<_> =
        case.owing().into_iter().filter(|one| one.visible == Visible::Boards).collect();
    owing.sort_by_key(|one| (place(one.committee.organization()), one.committee.clone()));
    for asked in &owing {
        let by = asked.asked.deadline.or(case.deadline());
        let by = by.map_or(String::new(), |day| format!(" by {}", written(day)));
        let (committee, day) = (&asked.committee, written(asked.day));
        facts.push(format!("{committee} was asked on {day}; no answer is on record{by}."));
    }
    facts.extend(silent(case));
    facts
}

fn statement(one: &StatementOnFile) -> String {
    let late = if one.late { ", after the deadline" } else { "" };
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
            format!(
                "{officers}{committee} stated on {} {they} {}{aspect} ({}){late}.",
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
fn silent(case: &Case) -> Vec<String> {
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
        .map(|office| format!("No group of {office} has answered by {}.", written(deadline)))
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
