//! The fixed blocks: what is the same in the reports to all three boards. Their words are neutral
//! («group», «board»), so that nothing has to be translated between houses.

use super::record::{CaseRecord, Milestone, MilestoneState, Record};
use super::translation::Translation;
use crate::document::Block;
use crate::landscape::Disagreement;
use crate::recommendation::{listed, written};
use crate::register::{CaseOutcome, Decision, State};

/// Longest comment in a report, in characters; a longer one is told with its length.
const LONGEST_COMMENT: usize = 600;
/// Most lines of one list; what is left out is counted.
const LONGEST_LIST: usize = 200;

impl Record {
    /// One fixed block by its name.
    pub(super) fn block(&self, name: &str) -> Block {
        let inner = match name {
            "F1" => self.meetings_held(),
            "F2" => self.proposals(),
            "F3" => self.recommendations(),
            "F4" => self.comments(),
            "F5" => self.approved(),
            "F6" => self.plans(),
            "F7" => self.areas(),
            "F8" => self.open(),
            "F9" => self.next(),
            _ => self.attachments(),
        };
        Block::Fixed(name.to_owned(), inner)
    }

    /// The names of the fixed blocks, in the order of their numbers.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        (1..=10).map(|number| format!("F{number}"))
    }

    /// Every fixed block, in the order of their numbers; translated where a translation is given.
    pub(super) fn fixed(&self, translation: Option<&Translation>) -> Vec<Block> {
        self.names().map(|name| self.block_in(&name, translation)).collect()
    }

    /// One fixed block, translated where a translation is given.
    pub(super) fn block_in(&self, name: &str, translation: Option<&Translation>) -> Block {
        let block = self.block(name);
        match translation {
            Some(translation) => translation.of(name, &block),
            None => block,
        }
    }

    fn meetings_held(&self) -> Vec<Block> {
        let count = |is_meeting: bool| {
            self.meetings.iter().filter(|one| (one.kind == "meeting") == is_meeting).count()
        };
        let several = |count: usize, name: &str| match count {
            0 => None,
            1 => Some(format!("one {name}")),
            more => Some(format!("{} {name}s", in_words(more))),
        };
        let parts: Vec<String> =
            [several(count(true), "meeting"), several(count(false), "workshop")]
                .into_iter()
                .flatten()
                .collect();
        let told = if parts.is_empty() {
            "In the period no meeting was held.".to_owned()
        } else {
            format!("In the period SPCG held {}:", listed(&parts))
        };
        let meetings = self.meetings.iter().map(|one| {
            let report = one.report.as_ref().map_or(String::new(), |r| format!(", report {r}"));
            let kind = if one.kind == "meeting" { "Meeting" } else { "Workshop" };
            let number = one.number.map_or(String::new(), |number| format!(" {number}"));
            format!("{kind}{number} on {}, {}{report}.", written(one.day), one.form)
        });
        told_and(told, meetings.collect())
    }

    fn proposals(&self) -> Vec<Block> {
        let with = |outcome: Option<CaseOutcome>| {
            let words = outcome.map(CaseOutcome::words);
            self.cases.iter().filter(|one| one.outcome.as_deref() == words).count()
        };
        let mut parts = Vec::new();
        for (outcome, words) in [
            (Some(CaseOutcome::Recommendation), "with a formal recommendation"),
            (Some(CaseOutcome::CommentsForwarded), "with comments forwarded"),
            (Some(CaseOutcome::NothingToAdd), "with nothing to add"),
            (None, "without an outcome"),
        ] {
            match with(outcome) {
                0 => {}
                count => parts.push(format!("{count} {words}")),
            }
        }
        let told = match self.cases.len() {
            0 => "No proposal for a new field was on file in the period.".to_owned(),
            1 => "One proposal for a new field was on file in the period:".to_owned(),
            more => format!(
                "{more} proposals for new fields were on file in the period: {}.",
                parts.join(", ")
            ),
        };
        if self.cases.is_empty() {
            return vec![Block::Paragraph(told)];
        }
        let rows = self.cases.iter().take(LONGEST_LIST).map(|one| {
            let outcome = one.outcome.clone().unwrap_or_else(|| "none yet".into());
            let state = match one.decision.as_deref() {
                None => one.state.clone(),
                Some(word) if word == Decision::NotKnown.words() => {
                    format!("{}; the decision of the board is not known", State::Sent.told())
                }
                Some(word) => format!("decision of the board: {word}"),
            };
            vec![named(one), one.board.clone(), state, outcome]
        });
        let head = ["Proposal", "Board", "State", "Outcome"].map(str::to_owned).to_vec();
        let mut blocks = vec![Block::Paragraph(told), Block::Table(head, rows.collect())];
        blocks.extend(left_out(self.cases.len()));
        blocks
    }

    fn recommendations(&self) -> Vec<Block> {
        let all: Vec<_> = self
            .cases
            .iter()
            .filter_map(|one| one.recommendation.as_ref().map(|paper| (one, paper)))
            .collect();
        let told = match all.len() {
            0 => "No formal recommendation was made.".to_owned(),
            1 => "One formal recommendation was made:".to_owned(),
            more => format!("Formal recommendations made: {more}."),
        };
        let mut blocks = vec![Block::Paragraph(told)];
        for (case, paper) in all {
            let to = format!("{}, to {}, on {}.", paper.paper, case.board, named(case));
            blocks.push(Block::Paragraph(to));
            blocks.push(if paper.items.is_empty() {
                Block::Paragraph("Its items are in the attached paper.".into())
            } else {
                Block::Numbered(paper.items.clone())
            });
            let told = paper.followed.iter().map(|(item, how)| format!("item {item} {how}"));
            let told: Vec<String> = told.collect();
            if !told.is_empty() {
                blocks.push(Block::Paragraph(format!("By the board: {}.", listed(&told))));
            }
        }
        blocks
    }

    fn comments(&self) -> Vec<Block> {
        let all: Vec<String> = self
            .cases
            .iter()
            .flat_map(|case| {
                case.comments.iter().map(move |(office, text)| {
                    let (case, board) = (named(case), &case.board);
                    format!("{office} on {case}, to {board}: {}", shortened(text))
                })
            })
            .collect();
        let told = match all.len() {
            0 => "No comment was forwarded.".to_owned(),
            1 => "One comment was forwarded:".to_owned(),
            more => format!("Comments forwarded: {more}."),
        };
        told_and(told, all)
    }

    fn approved(&self) -> Vec<Block> {
        // Reports on meetings and recommendations are told of where they belong.
        let other = |kind: &str| !matches!(kind, "meeting report" | "recommendation");
        let all: Vec<String> = self
            .papers
            .iter()
            .filter(|one| other(&one.kind) && one.day.is_some())
            .map(|one| {
                // Its day is that of a meeting, which is told once.
                let at = one.approved_at.map_or(String::new(), |n| format!(" (meeting {n})"));
                format!("{}, {}{at}.", one.name(), one.title)
            })
            .collect();
        let told = match all.len() {
            0 => "No paper was approved in the period.".to_owned(),
            1 => "One paper was approved in the period:".to_owned(),
            more => format!("In the period {} papers were approved:", in_words(more)),
        };
        told_and(told, all)
    }

    fn plans(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        // Their headings are in the block: one block tells of both plans.
        let plans = [
            ("communications", "communications plan", "2.2 Communications plan"),
            ("work", "work plan", "2.3 Work plan"),
        ];
        for (plan, name, title) in plans {
            blocks.push(Block::Heading(3, title.to_owned()));
            let own: Vec<&Milestone> =
                self.milestones.iter().filter(|one| one.plan == plan).collect();
            if own.is_empty() {
                blocks.push(Block::Paragraph(format!("No milestone of the {name} is on file.")));
                continue;
            }
            let state = |state| own.iter().filter(|one| one.state == state).count();
            let done = own.iter().filter(|one| one.is_done()).count();
            blocks.push(Block::Paragraph(format!(
                "Milestones of the {name}: {}; done {done}, under way {}, planned {}, dropped {}, \
                 late {}.",
                own.len(),
                state(MilestoneState::UnderWay),
                state(MilestoneState::Planned),
                state(MilestoneState::Dropped),
                own.iter().filter(|one| one.is_late(self.to)).count(),
            )));
            blocks.push(Block::List(own.iter().map(|one| self.milestone(one)).collect()));
        }
        blocks
    }

    fn milestone(&self, one: &Milestone) -> String {
        let state = match one.state {
            MilestoneState::Done => match (&one.evidence, one.done_on) {
                (Some(evidence), Some(day)) if one.is_done() => {
                    format!("done on {} ({evidence})", written(day))
                }
                (Some(evidence), None) if one.is_done() => format!("done ({evidence})"),
                _ => "said to be done, without a document that shows it".into(),
            },
            MilestoneState::Dropped => "dropped".into(),
            MilestoneState::UnderWay if one.is_late(self.to) => "under way, late".into(),
            MilestoneState::UnderWay => "under way".into(),
            MilestoneState::Planned if one.is_late(self.to) => "planned, late".into(),
            MilestoneState::Planned => "planned".into(),
        };
        format!("{}, due on {}: {state}.", one.what, written(one.due))
    }

    fn areas(&self) -> Vec<Block> {
        let Some(landscape) = &self.landscape else {
            return vec![Block::Paragraph("No edition of the landscape is on file.".into())];
        };
        let edition = &landscape.edition;
        let told = match landscape.areas.len() {
            0 => format!("Edition {edition} of the landscape lists no area."),
            1 => format!("Edition {edition} of the landscape lists one area:"),
            more => format!("Edition {edition} of the landscape lists {more} areas:"),
        };
        let areas = landscape.areas.iter().map(|one| match &one.priority {
            Some(priority) if one.review_by.is_some_and(|day| day.last_day() < self.to) => {
                format!("{}, priority {priority}, whose review is due.", one.name)
            }
            Some(priority) => format!("{}, priority {priority}.", one.name),
            None => format!("{}, no priority set.", one.name),
        });
        let mut blocks = told_and(told, areas.collect());
        if !landscape.changes.is_empty() {
            let told = "Changes since the edition before:".to_owned();
            blocks.extend(told_and(told, landscape.changes.clone()));
        }
        blocks
    }

    fn open(&self) -> Vec<Block> {
        let cases = self
            .cases
            .iter()
            .flat_map(|case| case.open.iter().map(move |one| format!("{}: {one}.", named(case))));
        let areas = self.landscape.iter().flat_map(|landscape| &landscape.areas);
        let disagreements = areas.flat_map(|area| {
            area.disagreements.iter().map(|one| {
                let Disagreement { level, about, source, .. } = one;
                format!("{}: disagreement at level {level} of 4, {about} ({source}).", area.name)
            })
        });
        let all: Vec<String> = cases.chain(disagreements).collect();
        let told = if all.is_empty() { "No open point is on file." } else { "Open points:" };
        told_and(told.to_owned(), all)
    }

    fn next(&self) -> Vec<Block> {
        let next = match self.meetings.last().and_then(|one| one.next) {
            Some(day) => format!("The next meeting is on {}.", written(day)),
            None => "The day of the next meeting is not fixed.".to_owned(),
        };
        vec![Block::Paragraph(next)]
    }

    fn attachments(&self) -> Vec<Block> {
        let all: Vec<String> =
            self.papers.iter().map(|one| format!("{}, {}", one.name(), one.title)).collect();
        if all.is_empty() {
            return vec![Block::Paragraph("Nothing is attached.".into())];
        }
        vec![Block::List(all)]
    }
}

fn named(case: &CaseRecord) -> String {
    let reference = case.reference.as_ref().map_or(String::new(), |one| format!(" ({one})"));
    format!("«{}»{reference}", case.title)
}

/// A sentence and the lines that it announces.
fn told_and(told: String, mut lines: Vec<String>) -> Vec<Block> {
    let count = lines.len();
    lines.truncate(LONGEST_LIST);
    let mut blocks = vec![Block::Paragraph(told)];
    if !lines.is_empty() {
        blocks.push(Block::List(lines));
    }
    blocks.extend(left_out(count));
    blocks
}

fn left_out(count: usize) -> Option<Block> {
    let more = count.checked_sub(LONGEST_LIST).filter(|more| *more > 0)?;
    Some(Block::Paragraph(format!("{more} more are on file.")))
}

fn shortened(text: &str) -> String {
    let count = text.chars().count();
    if count <= LONGEST_COMMENT {
        return text.to_owned();
    }
    let begin: String = text.chars().take(LONGEST_COMMENT).collect();
    format!("{begin}… (shortened; the comment has {count} characters)")
}

/// Small numbers as papers write them.
fn in_words(count: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}
