//! The recommendation on a case: a numbered paper to one board, drafted from what is on file and
//! checked again after people have edited it.
//!
//! Parts and sentences are ours: the texts of SPCG's own papers are not public. Only what a
//! committee stated is told of it; what the machine found never enters a paper. It stands in an
//! annex of its own, for SPCG alone ([`Recommendation::annex`]).

mod check;
mod facts;
mod folder;
mod item;

pub use check::Violation;
pub(crate) use item::listed;
pub use item::{Item, Verb};

use serde::{Deserialize, Serialize};

use crate::coordination::Advice;
use crate::document::{Block, Document};
use crate::error::{Error, Refusal};
use crate::proposal::{CollaborationMode, Date};
use crate::reference::{CommitteeRef, Organization};
use crate::register::{
    Answer, Case, PaperRef, StatementOnFile, SuggestedBy, Visible, Voice, refuse, sha,
};

/// A work that exists and that somebody confirmed to be about the subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmedWork {
    /// Its reference.
    pub reference: String,
    /// Its committee.
    pub owner: String,
    /// What it deals with.
    pub aspect: String,
    /// The actor who confirms it.
    pub confirmed_by: String,
}

/// A view or judgement of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// Whose.
    pub organization: Organization,
    /// In words.
    pub text: String,
}

/// Who reports back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// Who.
    pub who: String,
    /// Until when.
    pub when: Date,
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
    /// What the subject is, where people say more than its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What people make of what was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment: Option<String>,
    /// Who reports back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<FollowUp>,
    /// What is recommended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// Works that exist and that people confirmed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub works: Vec<ConfirmedWork>,
    /// Judgements of organizations that carry an item.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub judgements: Vec<View>,
    /// Views that are not shared by all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<View>,
}

fn shareable(case: &Case) -> impl Iterator<Item = &StatementOnFile> {
    case.statements().iter().filter(|one| one.visible == Visible::Boards && one.stands)
}

impl Recommendation {
    /// A draft of what is on file: one item a statement that asks for something. Committees that
    /// did not answer give a fact and no item.
    #[must_use]
    pub fn draft(case: &Case, number: &str, revision: Option<&str>, day: Date) -> Recommendation {
        let mut items: Vec<Item> = shareable(case).flat_map(items_of).collect();
        items.extend(item_of_unnamed(case));
        for (n, item) in (1..).zip(&mut items) {
            item.n = n;
        }
        Recommendation {
            number: number.to_owned(),
            revision: revision.map(str::to_owned),
            day,
            case: case.id().to_owned(),
            proposal_sha: case.proposal().map(|file| file.sha.clone()).unwrap_or_default(),
            heads: case.heads().to_vec(),
            urgent: None,
            subject: None,
            assessment: None,
            follow_up: None,
            items,
            works: Vec::new(),
            judgements: Vec::new(),
            views: Vec::new(),
        }
    }

    /// The same with a mode of cooperation for each committee that offered to work along, as
    /// [`advise`](crate::coordination::advise) suggests it: see [`Screening::advice`]. Advice on
    /// committees that offered nothing is left out.
    ///
    /// [`Screening::advice`]: crate::Screening::advice
    #[must_use]
    pub fn with_modes(mut self, advice: &[Advice]) -> Recommendation {
        for item in self.items.iter_mut().filter(|item| item.verb == Verb::AgreeMode) {
            let of = |one: &&Advice| {
                let name = one.committee.as_ref().map(ToString::to_string);
                name.is_some() && item.with.first() == name.as_ref()
            };
            let mode = advice.iter().find(of).map(|one| one.mode);
            item.mode = mode.filter(|mode| *mode != CollaborationMode::None);
        }
        self
    }

    /// Number with revision letter.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}{}", self.number, self.revision.as_deref().unwrap_or(""))
    }

    /// The case as the writer of the paper saw it.
    fn seen(&self, case: &Case) -> Case {
        case.as_of(&self.heads)
    }

    /// Refuses a paper whose items rest on nothing that is on file, or on another text.
    ///
    /// # Errors
    /// [refused](Error::is_refused).
    pub fn check(&self, case: &Case) -> Result<(), Error> {
        if self.case != case.id() {
            return Err(refuse(
                Refusal::Invalid,
                format!("the paper is about the case {}", self.case),
                "propose it there",
            ));
        }
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
        let seen = self.seen(case);
        if let Some(new) = shareable(case).find(|one| seen.event(&one.id).is_none()) {
            return Err(refuse(
                Refusal::OutdatedBasis,
                format!("the paper does not know the statement {}", new.id),
                "draft it anew under the next letter",
            ));
        }
        self.check_names(case)?;
        for (n, item) in (1..).zip(&self.items) {
            if item.n != n {
                let what = format!("item {} stands at place {n}", item.n);
                return Err(refuse(Refusal::Invalid, what, "number the items from 1"));
            }
            item.check(self, case)?;
        }
        match self.check_text(case, &self.to_markdown(case)).into_iter().next() {
            Some(first) => Err(refuse(first.reason, first.to_string(), "change the sentence")),
            None => Ok(()),
        }
    }

    /// Committees that items name are there, and whoever confirms a work is an actor.
    fn check_names(&self, case: &Case) -> Result<(), Error> {
        for work in &self.works {
            case.rules().actor(&work.confirmed_by)?;
        }
        for name in self.items.iter().flat_map(|item| &item.with) {
            if name.parse::<CommitteeRef>().is_ok() {
                case.rules().committee(name)?;
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

    /// Each item as the paper words it, without its grounds.
    #[must_use]
    pub fn items_in_words(&self, case: &Case) -> Vec<String> {
        let board = case.addressed_to().map_or("the board", |one| one.board());
        self.items.iter().map(|item| item.asks(board)).collect()
    }

    /// The paper as a document: what it tells of the case is what its writer had seen, whatever
    /// came later.
    #[must_use]
    pub fn to_document(&self, case: &Case) -> Document {
        let seen = &self.seen(case);
        let board = seen.addressed_to().map_or("the board", |one| one.board());
        let none = || vec![Block::Paragraph("None on record.".into())];
        let views = |views: &[View]| {
            views.iter().map(|one| format!("{}: {}", one.organization, one.text)).collect()
        };
        let mut blocks = vec![
            Block::Heading(1, format!("{}: recommendation to {board}", self.name())),
            Block::Fields(self.head(seen)),
        ];
        let mut part = |title: &str, inner: Vec<Block>| {
            blocks.push(Block::Heading(2, title.to_owned()));
            blocks.extend(inner);
        };
        part("1 Subject", self.subject_of(seen));
        part("2 What was looked at", self.basis(seen).into_iter().map(Block::Paragraph).collect());
        part("3 What committees said", self.said(seen));
        let works = self
            .works
            .iter()
            .map(|one| format!("{} of {} deals with {}.", one.reference, one.owner, one.aspect));
        let works: Vec<String> = works.collect();
        let works = if works.is_empty() { none() } else { vec![Block::List(works)] };
        part("4 Existing work that people confirmed", works);
        part(
            "5 Recommendation",
            if self.items.is_empty() {
                vec![Block::Paragraph("Nothing on file carries a recommendation.".into())]
            } else {
                let items = self.items.iter().map(|item| item.sentence(self, seen)).collect();
                vec![Block::Numbered(items)]
            },
        );
        let follow = self
            .follow_up
            .as_ref()
            .map(|one| format!("{} is asked to report back by {}.", one.who, written(one.when)));
        part("6 Follow-up", follow.map_or_else(none, |text| vec![Block::Paragraph(text)]));
        let own =
            if self.views.is_empty() { none() } else { vec![Block::List(views(&self.views))] };
        part("7 Views not shared", own);
        Document(blocks)
    }

    fn head(&self, case: &Case) -> Vec<(String, String)> {
        let boards = Organization::ALL.into_iter().filter(|one| Some(*one) != case.addressed_to());
        let others: Vec<String> = boards.map(|one| one.board().to_owned()).collect();
        let to = case.addressed_to().map_or("the board", |one| one.board());
        let field = |name: &str, value: String| (name.to_owned(), value);
        vec![
            field("Number", self.name()),
            field("To", to.to_owned()),
            field("For information to", listed(&others)),
            field("Day", written(self.day)),
        ]
    }

    fn subject_of(&self, case: &Case) -> Vec<Block> {
        let reference = case.reference().map_or(String::new(), |one| format!(", {one}"));
        let title = format!("«{}»{reference}.", case.title());
        let mut blocks = vec![Block::Paragraph(title)];
        blocks.extend(self.subject.clone().map(Block::Paragraph));
        blocks
    }

    fn basis(&self, case: &Case) -> Vec<String> {
        let short: String = self.proposal_sha.chars().take(12).collect();
        let on = case
            .received_on()
            .map_or(String::new(), |day| format!(", received on {}", written(day)));
        let mut all = vec![format!(
            "Revision {} of the proposal{on} (the file with the hash {short}).",
            case.revisions()
        )];
        all.push(match case.deadline() {
            Some(day) => format!(
                "Answers were asked for until the end of {}, by the date at the office that \
                 receives the answer.",
                written(day)
            ),
            None => "No deadline is on record.".into(),
        });
        if let Some(urgent) = &self.urgent {
            all.push(format!("The recommendation does not wait for the deadline: {urgent}"));
        }
        all
    }

    fn said(&self, case: &Case) -> Vec<Block> {
        let facts = facts::facts(case);
        if facts.is_empty() {
            return vec![Block::Paragraph(
                "Nobody was asked, and no statement is on record.".into(),
            )];
        }
        let mut blocks = vec![facts::table(&facts)];
        blocks.extend(facts::summed_up(case).map(Block::Paragraph));
        blocks.extend(self.assessment.clone().map(Block::Paragraph));
        blocks
    }

    /// What the machine found, for SPCG alone: it is never part of the paper.
    #[must_use]
    pub fn annex(&self, case: &Case) -> Document {
        let rows = case.asked().iter().filter(|one| one.asked.suggested_by == SuggestedBy::Machine);
        let rows: Vec<Vec<String>> = rows
            .map(|one| {
                let percent = one.asked.probability.map(|p| format!("{:.0} %", p * 100.0));
                vec![
                    one.committee.to_string(),
                    percent.unwrap_or_else(|| "not on record".into()),
                    one.asked.because.clone().unwrap_or_else(|| "not on record".into()),
                ]
            })
            .collect();
        let head = ["Committee", "Probability", "Texts resemble"].map(str::to_owned).to_vec();
        let mut blocks = vec![
            Block::Heading(1, format!("Annex to {}, for SPCG alone", self.name())),
            Block::Paragraph(
                "What the machine found, as reasons to ask; none of it is a statement of a \
                 committee, and none of it is sent."
                    .into(),
            ),
        ];
        blocks.push(if rows.is_empty() {
            Block::Paragraph("The machine suggested nobody who was asked.".into())
        } else {
            Block::Table(head, rows)
        });
        Document(blocks)
    }
}

/// The items that a statement carries: one, or two where a committee objects to a part of the
/// scope and names works of its own that cover it.
fn items_of(one: &StatementOnFile) -> Vec<Item> {
    let Voice::Committee(committee) = &one.voice else { return Vec::new() };
    let aspect = one.said.aspect.as_deref();
    let verbs: &[Verb] = match one.said.answer {
        Answer::Liaison => &[Verb::Liaise],
        Answer::Contribute | Answer::JointWork => &[Verb::AgreeMode],
        Answer::Objection if aspect.is_some() && !one.said.works.is_empty() => {
            &[Verb::Consult, Verb::LimitScope]
        }
        Answer::Objection => &[Verb::Consult],
        _ => &[],
    };
    verbs.iter().map(|verb| Item::of_event(*verb, committee.to_string(), aspect, &one.id)).collect()
}

/// One item for all groups that a source does not name: their offices do.
fn item_of_unnamed(case: &Case) -> Option<Item> {
    let mut offices: Vec<Organization> = Vec::new();
    let mut grounds = Vec::new();
    for one in shareable(case) {
        let Voice::Unnamed(office) = &one.voice else { continue };
        if matches!(one.said.answer, Answer::NoInterest | Answer::InformUs) {
            continue;
        }
        grounds.push(format!("event:{}", one.id));
        offices.push(*office);
    }
    offices.sort();
    offices.dedup();
    let names: Vec<String> = offices.iter().map(|one| one.name().to_owned()).collect();
    let with = match names.as_slice() {
        [] => return None,
        [one] => format!("the groups that the office of {one} names"),
        more => format!("the groups that the offices of {} name", listed(more)),
    };
    Some(Item { grounds, ..Item::of_event(Verb::Consult, with, None, "") })
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
