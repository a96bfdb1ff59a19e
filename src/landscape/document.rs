//! An edition as a document, for Markdown and Word.

use super::edition::{AreaEntry, Edition};
use super::evidence::Evidence;
use super::finds::FoundPair;
use super::priority::Weighting;
use crate::document::{Block, Document};
use crate::reference::CommitteeRef;

/// What is to be said wherever the landscape is shown.
pub(super) const CAUTION: &str = "Data propose, SPCG sets. Closeness of texts proves no overlap, \
    and nobody is interested who has not said so. Liaisons are known from the ISO register only, \
    and records of joint committees run by IEC are short: none on record does not mean that \
    nothing is arranged.";

impl Edition {
    /// The landscape as a document: the table of areas, then a section for each.
    #[must_use]
    pub fn to_document(&self) -> Document {
        let mut blocks = vec![Block::Heading(1, self.title()), Block::Fields(self.head())];
        if !self.problems.is_empty() {
            blocks.push(Block::Heading(2, "Entries that could not be read".to_owned()));
            blocks.push(Block::List(self.problems.clone()));
        }
        blocks.push(Block::Heading(2, "Areas".to_owned()));
        let head = ["area", "state", "priority by data", "set by SPCG", "works", "close pairs"];
        let rows = self.ordered().into_iter().map(|entry| self.row(entry)).collect();
        blocks.push(Block::Table(head.map(str::to_owned).to_vec(), rows));
        blocks.push(Block::Paragraph(CAUTION.to_owned()));
        for entry in self.ordered() {
            self.section(entry, &mut blocks);
        }
        Document(blocks)
    }

    pub(super) fn title(&self) -> String {
        let label = self.label.as_ref().map_or("not released".to_owned(), Clone::clone);
        format!("Landscape of coordination areas, edition: {label}")
    }

    /// What stands at the head, with names.
    pub(super) fn head(&self) -> Vec<(String, String)> {
        let untold = || "none: what an index would tell, nobody can tell here".to_owned();
        let totals = format!(
            "{} open areas, {} committees, {}",
            self.totals.areas,
            self.totals.committees,
            self.totals.works.map_or("works not counted".to_owned(), |works| format!(
                "{works} works, each counted once"
            )),
        );
        vec![
            ("Day".to_owned(), self.day.to_string()),
            ("Data".to_owned(), self.data.clone().unwrap_or_else(untold)),
            ("Totals".to_owned(), totals),
        ]
    }

    fn row(&self, entry: &AreaEntry) -> Vec<String> {
        let untold = || "cannot tell".to_owned();
        let evidence = entry.evidence.as_ref();
        vec![
            entry.area.name.clone(),
            entry.area.state.to_string(),
            entry.priority.range(),
            entry.setting(self.day),
            evidence.map_or_else(untold, |evidence| evidence.works.to_string()),
            evidence.map_or_else(untold, |evidence| evidence.pair_count.to_string()),
        ]
    }

    fn section(&self, entry: &AreaEntry, blocks: &mut Vec<Block>) {
        let area = &entry.area;
        blocks.push(Block::Heading(2, area.name.clone()));
        if !area.description.is_empty() {
            blocks.push(Block::Paragraph(area.description.clone()));
        }
        blocks.push(Block::Fields(self.facts(entry)));
        blocks.push(Block::Paragraph(format!("{}:", standing(entry))));
        let parts = entry.priority.parts.iter().map(|part| {
            let value = part.value.map_or("0 to 3".to_owned(), |value| value.to_string());
            vec![part.name.to_string(), value, part.because.clone()]
        });
        let head = ["part", "value", "why"].map(str::to_owned).to_vec();
        blocks.push(Block::Table(head, parts.collect()));
        match &entry.evidence {
            Some(evidence) => blocks.extend(evidence_blocks(evidence)),
            None => blocks.push(Block::Paragraph(
                "Works and close pairs: cannot tell without an index.".to_owned(),
            )),
        }
    }

    /// What the file says of an area, with names; what it does not say is left out.
    pub(super) fn facts(&self, entry: &AreaEntry) -> Vec<(String, String)> {
        let area = &entry.area;
        let members = area.committees.iter().map(|member| match member.role.as_str() {
            "" => member.committee.to_string(),
            role => format!("{} ({role})", member.committee),
        });
        let arrangements: Vec<String> = area
            .arrangements
            .iter()
            .filter_map(|id| self.arrangements.iter().find(|one| one.id == *id))
            .map(|one| format!("{}: {one}", one.kind))
            .collect();
        let arrangements = if arrangements.is_empty() {
            "none on record".to_owned()
        } else {
            arrangements.join("; ")
        };
        let texts = area.joint_texts.iter().map(ToString::to_string);
        let facts = [
            ("State", area.state.to_string()),
            ("Committees", members.collect::<Vec<_>>().join(", ")),
            ("Arrangements", arrangements),
            ("Joint texts", texts.collect::<Vec<_>>().join(", ")),
            ("Cases within two years", entry.cases.join(", ")),
            ("Known overlaps", area.known_overlaps.join("; ")),
            ("Gaps", area.gaps.join("; ")),
            ("Support needed", area.support_needed.clone()),
            ("Contacts", area.contacts.join(", ")),
            ("Priority set by SPCG", entry.setting(self.day)),
            (
                "Reviewed",
                area.reviewed
                    .as_ref()
                    .map_or("never".to_owned(), |one| format!("{} by {}", one.day, one.by)),
            ),
            ("Sources", area.sources.join("; ")),
        ];
        let said = facts.into_iter().filter(|(_, value)| !value.is_empty());
        said.map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// What the data propose, in a sentence.
pub(super) fn standing(entry: &AreaEntry) -> String {
    let priority = &entry.priority;
    let mut text = format!("Priority by data: {} of 21", priority.range());
    if priority.unordered_against > 0 {
        text += &format!(", not ordered by data against {} areas", priority.unordered_against);
    }
    if priority.places.is_empty() {
        return text + ", no place";
    }
    let place = |(weighting, place): &(Weighting, usize)| format!("{place} ({weighting})");
    let places: Vec<String> = priority.places.iter().map(place).collect();
    text += &format!("; place by the middle of the range: {}", places.join(", "));
    if priority.is_unsteady() {
        text += "; the place moves by more than three with the weighting";
    }
    text
}

/// The sentences on what the index says.
pub(super) fn sentences(evidence: &Evidence) -> Vec<String> {
    let committees = |all: &mut dyn Iterator<Item = &CommitteeRef>| {
        all.map(ToString::to_string).collect::<Vec<_>>().join(", ")
    };
    let mut all = vec![format!(
        "{} works, {} of them newer than three years or in draft; {} published with an \
         organization to which the committee does not belong; {} titles that two organizations \
         use.",
        evidence.works, evidence.new_works, evidence.joint_work_count, evidence.equal_titles
    )];
    if !evidence.joint_works.is_empty() {
        all.push(format!("Published so: {}.", evidence.joint_works.join(", ")));
    }
    let liaisons: Vec<String> =
        evidence.liaisons.iter().map(|(one, other)| format!("{one} with {other}")).collect();
    all.push(match liaisons.as_slice() {
        [] => "Liaisons across organizations: none on record.".to_owned(),
        _ => format!("Liaisons on record: {}.", liaisons.join(", ")),
    });
    if !evidence.without_works.is_empty() {
        let named = committees(&mut evidence.without_works.iter());
        all.push(format!("Listed, with no work on the words of the area: {named}."));
    }
    if !evidence.suggested.is_empty() {
        let suggested: Vec<String> = evidence
            .suggested
            .iter()
            .map(|one| {
                let matched = if one.probability.is_some() { ", likely" } else { "" };
                let works = if one.works == 1 { "work" } else { "works" };
                format!("{} ({} recent {works}{matched})", one.committee, one.works)
            })
            .collect();
        all.push(format!("Not listed, and worth a look: {}.", suggested.join(", ")));
    }
    all
}

/// `ISO 1 and ITU-T X.1 (.35)`.
pub(super) fn pair_line(pair: &FoundPair) -> String {
    let age = if pair.is_recent { "" } else { ", not both recent" };
    format!("{} and {} (similarity {:.2}{age})", pair.first, pair.second, pair.similarity)
}

fn evidence_blocks(evidence: &Evidence) -> Vec<Block> {
    let head = ["committee", "in force", "under development", "since five years", "latest"];
    let rows = evidence.committees.iter().map(|one| {
        let latest = one.count.latest.map_or(String::new(), |year| year.to_string());
        let counts = [one.count.in_force, one.count.under_development, one.count.recent];
        let counts = counts.map(|count| count.to_string());
        [one.committee.to_string()].into_iter().chain(counts).chain([latest]).collect()
    });
    let mut blocks = vec![Block::Table(head.map(str::to_owned).to_vec(), rows.collect())];
    blocks.extend(sentences(evidence).into_iter().map(Block::Paragraph));
    if !evidence.pairs.is_empty() {
        let told = format!("{} close pairs across organizations:", evidence.pair_count);
        blocks.push(Block::Paragraph(told));
        blocks.push(Block::List(evidence.pairs.iter().map(pair_line).collect()));
    }
    blocks
}
