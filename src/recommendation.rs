//! The recommendation on a case: a numbered paper to one board, drafted from what is on file and
//! checked again after people have edited it.
//!
//! Parts and sentences are ours: the texts of SPCG's own papers are not public. Only what a
//! committee stated is told of it; what the machine found never enters a paper.

mod check;

pub use check::Violation;

use serde::{Deserialize, Serialize};

use crate::document::{Block, Document};
use crate::error::{Error, Refusal};
use crate::proposal::Date;
use crate::register::{Answer, Case, PaperRef, StatementOnFile, Visible, Voice, refuse, sha};

/// What a board is asked to do, from the weakest to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verb {
    /// To have somebody consulted.
    Consult,
    /// To have a liaison set up.
    Liaise,
    /// To have a mode of collaboration agreed.
    AgreeMode,
}

/// One item of a recommendation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its number, from 1.
    pub n: u32,
    /// What the board is asked to do.
    pub verb: Verb,
    /// In words.
    pub act: String,
    /// With which committees or organizations.
    pub with: Vec<String>,
    /// Until when; needed where somebody is to be consulted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
    /// What on file carries it: `event:` with an id.
    pub grounds: Vec<String>,
}

/// A recommendation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Recommendation {
    /// Its number, given by a person.
    pub number: String,
    /// Its revision letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// Its day.
    pub day: Date,
    /// The case.
    pub case: String,
    /// Hash of the proposal that was looked at.
    pub proposal_sha: String,
    /// Heads of the case that its writer had seen.
    pub heads: Vec<String>,
    /// Why it does not wait for the deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgent: Option<String>,
    /// What is recommended.
    #[serde(default)]
    pub items: Vec<Item>,
}

fn shareable(case: &Case) -> impl Iterator<Item = &StatementOnFile> {
    case.statements().iter().filter(|one| one.visible == Visible::Boards && one.stands)
}

impl Recommendation {
    /// A draft of what is on file: one item a statement that asks for something. Committees that
    /// did not answer give a fact and no item.
    #[must_use]
    pub fn draft(case: &Case, number: &str, revision: Option<&str>, day: Date) -> Recommendation {
        let board = case.addressed_to().map_or("the board", |one| one.board());
        let mut items: Vec<Item> = Vec::new();
        for one in shareable(case) {
            let aspect = one.said.aspect.as_ref().map_or(String::new(), |a| format!(" on {a}"));
            let (verb, act, with) = match (&one.voice, one.said.answer) {
                (Voice::Committee(committee), Answer::Liaison) => {
                    let act = format!("{board} asks for a liaison with {committee}{aspect}");
                    (Verb::Liaise, act, committee.to_string())
                }
                (Voice::Committee(committee), Answer::Contribute | Answer::JointWork) => {
                    let act = format!(
                        "{board} asks for a mode of collaboration to be agreed with \
                         {committee}{aspect}"
                    );
                    (Verb::AgreeMode, act, committee.to_string())
                }
                (Voice::Committee(committee), Answer::Objection) => {
                    let act = format!(
                        "before it decides, {board} asks the proposer to consult \
                         {committee}{aspect}"
                    );
                    (Verb::Consult, act, committee.to_string())
                }
                (Voice::Unnamed(office), answer) if answer != Answer::NoInterest => {
                    let act = format!(
                        "before it decides, {board} asks the proposer to consult the groups that \
                         the office of {office} names{aspect}"
                    );
                    (Verb::Consult, act, office.name().to_owned())
                }
                _ => continue,
            };
            let n = u32::try_from(items.len()).unwrap_or(u32::MAX).saturating_add(1);
            let grounds = vec![format!("event:{}", one.id)];
            items.push(Item { n, verb, act, with: vec![with], by: None, grounds });
        }
        Recommendation {
            number: number.to_owned(),
            revision: revision.map(str::to_owned),
            day,
            case: case.id().to_owned(),
            proposal_sha: case.proposal().map(|file| file.sha.clone()).unwrap_or_default(),
            heads: case.heads().to_vec(),
            urgent: None,
            items,
        }
    }

    /// Number with revision letter.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}{}", self.number, self.revision.as_deref().unwrap_or(""))
    }

    /// Refuses a paper whose items rest on nothing that is on file, or on another text.
    ///
    /// # Errors
    /// [refused](Error::is_refused).
    pub fn check(&self, case: &Case) -> Result<(), Error> {
        if self.items.is_empty() {
            return Err(refuse(
                Refusal::NoGround,
                "nothing on file carries a recommendation",
                "record what the groups said, or choose another outcome",
            ));
        }
        if case.proposal().is_none_or(|file| file.sha != self.proposal_sha) {
            return Err(refuse(
                Refusal::OutdatedBasis,
                "the paper looks at another revision of the proposal",
                "draft it anew",
            ));
        }
        for (n, item) in (1..).zip(&self.items) {
            if item.n != n {
                let what = format!("item {} stands at place {n}", item.n);
                return Err(refuse(Refusal::Invalid, what, "number the items from 1"));
            }
            self.check_grounds(case, item)?;
        }
        match self.check_text(case, &self.to_markdown(case)).into_iter().next() {
            Some(first) => Err(refuse(first.reason, first.to_string(), "change the sentence")),
            None => Ok(()),
        }
    }

    fn check_grounds(&self, case: &Case, item: &Item) -> Result<(), Error> {
        let events: Vec<&str> =
            item.grounds.iter().filter_map(|ground| ground.strip_prefix("event:")).collect();
        if events.is_empty() {
            let machine = !item.grounds.is_empty();
            let reason = if machine { Refusal::MachineGroundOnly } else { Refusal::NoGround };
            let what = format!("item {} rests on nothing that anybody said", item.n);
            return Err(refuse(reason, what, "name the statement that carries it"));
        }
        for id in events {
            let carried = shareable(case).any(|one| {
                one.id == id && !matches!(one.said.answer, Answer::NoInterest | Answer::InformUs)
            });
            if !carried {
                let what = format!("item {} rests on {id}, which does not carry it", item.n);
                return Err(refuse(
                    Refusal::NoGround,
                    what,
                    "name a statement that stands and may be shared",
                ));
            }
        }
        Ok(())
    }

    /// The paper with the hash of its text, to propose and to agree on.
    #[must_use]
    pub fn paper(&self, case: &Case) -> PaperRef {
        PaperRef {
            number: self.number.clone(),
            revision: self.revision.clone(),
            sha: sha(self.to_markdown(case).as_bytes()),
        }
    }

    /// Its Markdown form, which is the one that is agreed.
    #[must_use]
    pub fn to_markdown(&self, case: &Case) -> String {
        self.to_document(case).to_markdown()
    }

    /// The paper as a document.
    #[must_use]
    pub fn to_document(&self, case: &Case) -> Document {
        let heading = |text: &str| Block::Heading(2, text.to_owned());
        let board = case.addressed_to().map_or("the board", |one| one.board());
        let mut blocks = vec![
            Block::Heading(1, format!("{}: recommendation to {board}", self.name())),
            heading("1 Subject"),
            Block::Paragraph(format!(
                "«{}»{}.",
                case.title(),
                case.reference().map_or(String::new(), |one| format!(", {one}"))
            )),
            heading("2 What was looked at"),
            Block::Paragraph(self.basis(case)),
            heading("3 What committees said"),
        ];
        let facts = facts(case);
        blocks.push(if facts.is_empty() {
            Block::Paragraph("Nobody was asked, and no statement is on record.".into())
        } else {
            Block::List(facts)
        });
        blocks.push(heading("4 Recommendation"));
        blocks.push(if self.items.is_empty() {
            Block::Paragraph("Nothing on file carries a recommendation.".into())
        } else {
            Block::Numbered(self.items.iter().map(sentence).collect())
        });
        if let Some(urgent) = &self.urgent {
            blocks.push(heading("5 Why it did not wait for the deadline"));
            blocks.push(Block::Paragraph(urgent.clone()));
        }
        Document(blocks)
    }

    fn basis(&self, case: &Case) -> String {
        let short: String = self.proposal_sha.chars().take(12).collect();
        match case.deadline() {
            Some(day) => format!(
                "The proposal with the hash {short}. Answers were asked for until the end of {}, \
                 by the date at the office that receives the answer.",
                written(day)
            ),
            None => format!("The proposal with the hash {short}. No deadline is on record."),
        }
    }
}

fn sentence(item: &Item) -> String {
    let by = item.by.map_or(String::new(), |day| format!(", by {}", written(day)));
    format!("{}{by}. Grounds: {}.", item.act, item.grounds.join(", "))
}

/// What is on file of each committee, in fixed words.
fn facts(case: &Case) -> Vec<String> {
    let mut facts = Vec::new();
    for one in shareable(case) {
        let late = if one.late { ", after the deadline" } else { "" };
        facts.push(match &one.voice {
            Voice::Committee(committee) => {
                let officers = match one.said.level {
                    crate::register::Level::Officers => "the officers of ",
                    crate::register::Level::Rapporteur => "a rapporteur of ",
                    _ => "",
                };
                let aspect = one.said.aspect.as_ref().map_or(String::new(), |a| format!(" on {a}"));
                format!(
                    "{officers}{committee} stated on {} that it {}{aspect} ({}){late}.",
                    written(one.day),
                    one.said.answer.words(),
                    one.source
                )
            }
            Voice::Unnamed(office) if one.said.answer == Answer::Unspecified => format!(
                "«{}» reports interest of groups of {office}, which it does not name.",
                one.source
            ),
            Voice::Unnamed(office) => format!(
                "«{}» says of a group of {office}, which it does not name, that it {}.",
                one.source,
                one.said.answer.words()
            ),
        });
    }
    for asked in case.owing().into_iter().filter(|one| one.visible == Visible::Boards) {
        let by = asked.asked.deadline.or(case.deadline());
        let by = by.map_or(String::new(), |day| format!(" by {}", written(day)));
        facts.push(format!(
            "{} was asked on {}; no answer is on record{by}.",
            asked.committee,
            written(asked.day)
        ));
    }
    facts
}

/// A day as papers write it.
pub(crate) fn written(day: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    match (day.day(), day.month().and_then(|month| MONTHS.get(usize::from(month) - 1))) {
        (Some(number), Some(month)) => format!("{number} {month} {}", day.year()),
        _ => day.to_string(),
    }
}
