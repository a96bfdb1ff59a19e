//! One item of a recommendation: what a board is asked to do, and what carries it.

use serde::{Deserialize, Serialize};

use super::{Recommendation, shareable, written};
use crate::error::{Error, Refusal};
use crate::proposal::{CollaborationMode, Date};
use crate::register::{Answer, Body, Case, Visible, refuse};

/// What a board is asked to do, from the weakest to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verb {
    /// To take note.
    Note,
    /// To keep somebody informed.
    Inform,
    /// To have somebody consulted.
    Consult,
    /// To have a liaison set up.
    Liaise,
    /// To have the scope made clear.
    ClarifyScope,
    /// To have a part left out of the scope.
    LimitScope,
    /// To have a mode of collaboration agreed.
    AgreeMode,
    /// To have the work done jointly.
    WorkJointly,
    /// To give the subject to who has it already.
    ReferToExisting,
    /// To wait until somebody was consulted.
    DeferUntilConsulted,
}

/// One item of a recommendation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Item {
    /// Its number, from 1.
    pub n: u32,
    /// What the board is asked to do.
    pub verb: Verb,
    /// With which committees or organizations.
    pub with: Vec<String>,
    /// The part of the proposal that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspect: Option<String>,
    /// How the work could be shared, where a mode is to be agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<CollaborationMode>,
    /// Until when; where somebody is to be consulted, this or `before_decision` is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
    /// Whether it is to be done before the board decides.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub before_decision: bool,
    /// What carries it: `event:` with an id, `work:` with a reference, `judgement:` with an
    /// organization, `rule:` with a consideration of the checklist.
    pub grounds: Vec<String>,
    /// The whole sentence, where a person words it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Item {
    /// An item that rests on one event.
    pub(super) fn of_event(verb: Verb, with: String, aspect: Option<&str>, event: &str) -> Item {
        Item {
            n: 0,
            verb,
            with: vec![with],
            aspect: aspect.map(str::to_owned),
            mode: None,
            by: None,
            before_decision: verb == Verb::Consult,
            grounds: vec![format!("event:{event}")],
            text: None,
        }
    }

    /// What the board is asked, in one sentence without its grounds.
    pub(super) fn asks(&self, board: &str) -> String {
        if let Some(text) = self.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            return if text.ends_with('.') { text.to_owned() } else { format!("{text}.") };
        }
        let with = listed(&self.with);
        let on = self.aspect.as_ref().map_or(String::new(), |aspect| format!(" on {aspect}"));
        let by = self.by.map_or(String::new(), |day| format!(" by {}", written(day)));
        let first = if self.before_decision { ", before it decides," } else { "" };
        let that = format!("SPCG recommends that {board}{first}");
        let ahead = "SPCG recommends that, if the work goes ahead,";
        match self.verb {
            Verb::Note => format!("SPCG draws the attention of {board} to {with}{on}."),
            Verb::Inform => format!("{that} keep {with} informed{on}{by}."),
            Verb::Consult => format!("{that} ask the proposer to consult {with}{on}{by}."),
            Verb::Liaise => format!("{ahead} a liaison with {with}{on} be set up{by}."),
            Verb::ClarifyScope => {
                format!("{that} ask the proposer to make the scope clear with {with}{on}{by}.")
            }
            Verb::LimitScope => {
                let what = self.aspect.as_deref().unwrap_or("the part that is named");
                format!("SPCG recommends that the scope name as excluded: {what} ({with}).")
            }
            Verb::AgreeMode => {
                let fits = |mode: CollaborationMode| format!(", for instance: {}", mode.in_words());
                let fits = self.mode.map_or(String::new(), fits);
                format!("{ahead} a mode of collaboration with {with}{on} be agreed{by}{fits}.")
            }
            Verb::WorkJointly => format!("{ahead} it be done jointly with {with}{on}."),
            Verb::ReferToExisting => format!("{that} refer the subject to {with}{on}{by}."),
            Verb::DeferUntilConsulted => {
                format!("{that} defer its decision until {with} was consulted{on}{by}.")
            }
        }
    }

    /// The sentence of the paper, with its grounds.
    pub(super) fn sentence(&self, paper: &Recommendation, case: &Case) -> String {
        let board = case.addressed_to().map_or("the board", |one| one.board());
        let grounds: Vec<String> =
            self.grounds.iter().map(|ground| ground_in_words(paper, case, ground)).collect();
        format!("{} Grounds: {}.", self.asks(board), grounds.join("; "))
    }

    /// Refuses an item that nothing on file carries.
    pub(super) fn check(&self, paper: &Recommendation, case: &Case) -> Result<(), Error> {
        let needs_day = matches!(self.verb, Verb::Consult | Verb::DeferUntilConsulted);
        if needs_day && self.by.is_none() && !self.before_decision && self.text.is_none() {
            let what = format!("item {} says not until when", self.n);
            return Err(refuse(Refusal::Invalid, what, "give a day, or say before the decision"));
        }
        let grounds: Vec<&str> = self
            .grounds
            .iter()
            .map(String::as_str)
            .filter(|one| !one.starts_with("rule:"))
            .collect();
        if grounds.is_empty() {
            let machine = !self.grounds.is_empty();
            let reason = if machine { Refusal::MachineGroundOnly } else { Refusal::NoGround };
            let what = format!("item {} rests on nothing that anybody said", self.n);
            return Err(refuse(reason, what, "name the statement that carries it"));
        }
        grounds.iter().try_for_each(|ground| self.check_ground(paper, case, ground))
    }

    fn check_ground(&self, paper: &Recommendation, case: &Case, ground: &str) -> Result<(), Error> {
        let (kind, what) = ground.split_once(':').unwrap_or((ground, ""));
        let carried = match kind {
            "event" => self.is_carried_by(case, what),
            "work" => paper.works.iter().any(|work| work.reference == what),
            "judgement" => paper.judgements.iter().any(|one| one.organization.name() == what),
            "score" | "match" => {
                let what = format!("item {} rests on `{ground}`", self.n);
                return Err(refuse(
                    Refusal::MachineGroundOnly,
                    what,
                    "what the machine found is a reason to ask, not to recommend",
                ));
            }
            _ => false,
        };
        if carried {
            return Ok(());
        }
        Err(refuse(
            Refusal::NoGround,
            format!("item {} rests on {ground}, which does not carry it", self.n),
            "name a statement or comment that stands and may be shared, a work that somebody \
             confirmed, or the judgement of an organization with its text",
        ))
    }

    /// A statement that stands and may be shared, or such a comment.
    fn is_carried_by(&self, case: &Case, id: &str) -> bool {
        let weak = matches!(self.verb, Verb::Note | Verb::Inform);
        let statement = shareable(case).find(|one| one.id == id);
        if let Some(one) = statement {
            return match one.said.answer {
                Answer::NoInterest => false,
                Answer::InformUs => weak,
                // The record says «interest» and no more.
                Answer::Unspecified => weak || self.verb == Verb::Consult,
                _ => true,
            };
        }
        case.comments().any(|(entry, _)| entry.id == id && entry.event.visible == Visible::Boards)
    }
}

/// A, B and C.
pub(crate) fn listed(names: &[String]) -> String {
    match names {
        [] => "those concerned".into(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn ground_in_words(paper: &Recommendation, case: &Case, ground: &str) -> String {
    let (kind, what) = ground.split_once(':').unwrap_or((ground, ""));
    match kind {
        "event" => match shareable(case).find(|one| one.id == what) {
            Some(one) => {
                format!("statement of {} on {} ({})", one.voice, written(one.day), one.source)
            }
            None => match case.event(what).map(|event| &event.body) {
                Some(Body::Comment(comment)) => format!("comment of {}", comment.organization),
                _ => format!("an event that is not on file, {what}"),
            },
        },
        "work" => {
            let owner = paper.works.iter().find(|work| work.reference == what);
            owner.map_or(what.to_owned(), |work| format!("{what} of {}", work.owner))
        }
        "judgement" => {
            let said = paper.judgements.iter().find(|one| one.organization.name() == what);
            let text = said.map_or(String::new(), |one| format!(" («{}»)", one.text));
            format!("judgement of {what}{text}")
        }
        "rule" => format!("consideration {what} of the checklist"),
        _ => ground.to_owned(),
    }
}
