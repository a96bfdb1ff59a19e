//! The plan as a document.

use super::plan::{MilestoneStanding, Plan};
use crate::document::{Block, Document};
use crate::proposal::Date;
use crate::recommendation::written;
use crate::reference::Organization;

/// Plans with their names.
const PLANS: [(&str, &str); 2] = [("communications", "Communications plan"), ("work", "Work plan")];

impl Plan {
    /// The plan as it stands on a day, as a document: milestones with their sums, messages,
    /// audiences, what was sent, and what does not hold together.
    #[must_use]
    pub fn to_document(&self, today: Date) -> Document {
        let title = format!("Plan of communications and work, on {}", written(today));
        let mut blocks = vec![Block::Heading(1, title)];
        self.milestone_tables(today, &mut blocks);
        self.messages(&mut blocks);
        self.dissemination(&mut blocks);
        let problems = self.problems(today);
        if !problems.is_empty() {
            blocks.push(Block::Heading(2, "To be put right".to_owned()));
            blocks.push(Block::List(problems));
        }
        Document(blocks)
    }

    fn milestone_tables(&self, today: Date, blocks: &mut Vec<Block>) {
        let all = self.milestones(today);
        for (plan, sums) in self.sums(today) {
            let name = PLANS.iter().find(|(id, _)| *id == plan).map_or(plan, |(_, name)| name);
            blocks.push(Block::Heading(2, name.to_owned()));
            blocks.push(Block::Paragraph(format!("{sums}.")));
            let own = all.iter().filter(|one| one.milestone.plan == plan);
            let head = ["what", "by whom", "due", "state", "evidence"];
            blocks.push(Block::Table(head.map(str::to_owned).to_vec(), own.map(row).collect()));
        }
        if all.is_empty() {
            blocks.push(Block::Paragraph("No milestone is on file.".to_owned()));
        }
    }

    fn messages(&self, blocks: &mut Vec<Block>) {
        if self.messages.is_empty() {
            return;
        }
        blocks.push(Block::Heading(2, "Messages".to_owned()));
        let name = |id: &String| self.audience(id).map_or(id.clone(), |one| one.name.clone());
        let rows = self.messages.iter().map(|one| {
            let audiences: Vec<String> = one.audience.iter().map(name).collect();
            vec![one.text.clone(), audiences.join(", "), one.evidence.clone()]
        });
        let head = ["message", "for", "agreed in"];
        blocks.push(Block::Table(head.map(str::to_owned).to_vec(), rows.collect()));
    }

    /// Each document that went out or is approved, and when each audience of each organization got
    /// it.
    fn dissemination(&self, blocks: &mut Vec<Block>) {
        if self.audiences.is_empty() {
            return;
        }
        blocks.push(Block::Heading(2, "What was sent".to_owned()));
        let mut documents: Vec<&str> = self.sent.iter().map(|one| one.document.as_str()).collect();
        documents.sort_unstable();
        documents.dedup();
        if documents.is_empty() {
            blocks.push(Block::Paragraph("Nothing is recorded as sent.".to_owned()));
        }
        for document in documents {
            blocks.push(Block::Heading(3, document.to_owned()));
            let mut head = vec!["audience".to_owned()];
            head.extend(Organization::ALL.map(|one| one.name().to_owned()));
            let rows = self.audiences.iter().map(|audience| {
                let cells = Organization::ALL.map(|organization| {
                    let sent = self.sent.iter().filter(|one| {
                        one.document == document
                            && one.audience == audience.id
                            && one.organization == organization
                    });
                    let told: Vec<String> = sent
                        .map(|one| format!("{} ({})", written(one.day), one.reference))
                        .collect();
                    if told.is_empty() { "none on record".to_owned() } else { told.join("; ") }
                });
                std::iter::once(audience.name.clone()).chain(cells).collect()
            });
            blocks.push(Block::Table(head, rows.collect()));
        }
    }
}

fn row(one: &MilestoneStanding<'_>) -> Vec<String> {
    let milestone = one.milestone;
    let mut state = one.standing.to_string();
    match one.days_late {
        Some(1) => state += ", late by one day",
        Some(days) => state += &format!(", late by {days} days"),
        None => {}
    }
    if let Some(day) = milestone.done_on {
        state += &format!(", {}", written(day));
    }
    let shown = milestone.evidence.as_ref().or(milestone.reason.as_ref());
    vec![
        milestone.what.clone(),
        milestone.who.clone().unwrap_or_default(),
        written(milestone.due),
        state,
        shown.cloned().unwrap_or_default(),
    ]
}
