//! The report as a document: for Markdown and Word.

use super::ReportOptions;
use super::outline::{
    CAVEAT, Cell, Committee, Entry, FillIn, House, Outline, Outside, Work, capital,
};
use crate::checklist::Severity;
use crate::document::{Block, Document};
use crate::screening::Screening;

/// Existing works shown without `full`, beside all that are close.
const WORKS: usize = 5;

pub(super) fn document(screening: &Screening, options: &ReportOptions) -> Document {
    let outline = Outline::of(screening);
    let mut blocks = vec![Block::Heading(1, outline.title.to_owned())];
    blocks.push(Block::Paragraph(outline.sentence.clone()));
    blocks.extend(outline.reading.clone().map(Block::Paragraph));
    if !outline.facts.is_empty() {
        blocks.push(Block::Fields(fields(&outline.facts)));
    }
    blocks.push(Block::Heading(2, "Who may be concerned".to_owned()));
    for house in &outline.houses {
        self::house(&mut blocks, house, options);
    }
    works(&mut blocks, &outline, options);
    if let Some(outside) = &outline.outside {
        self::outside(&mut blocks, outside);
    }
    for group in &outline.groups {
        blocks.push(Block::Heading(2, group.heading.to_owned()));
        if !group.blank.is_empty() {
            let text = format!(
                "Blank fields, see \u{201c}To be filled in\u{201d}: {}.",
                group.blank.join(", ")
            );
            blocks.push(Block::Paragraph(text));
        }
        for entry in &group.entries {
            self::entry(&mut blocks, entry);
        }
    }
    fill_in(&mut blocks, &outline.fill_in);
    last(&mut blocks, &outline);
    Document(blocks)
}

fn fields(pairs: &[(&str, String)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

fn house(blocks: &mut Vec<Block>, house: &House<'_>, options: &ReportOptions) {
    blocks.push(Block::Heading(3, house.organization.to_string()));
    blocks.push(Block::Paragraph(capital(&house.sentence) + "."));
    let most = if options.full { usize::MAX } else { options.top.max(8) };
    let shown: Vec<&Committee<'_>> =
        house.committees.iter().take(most).chain(&house.below).collect();
    if !shown.is_empty() {
        let head = [
            "committee",
            "title",
            "probability",
            "that is",
            "named",
            "asked",
            "in liaison",
            "owns close work",
            "why",
        ];
        blocks.push(Block::Table(row(head), shown.into_iter().map(committee).collect()));
    }
    let rest: Vec<String> = house
        .committees
        .iter()
        .skip(most)
        .map(|one| format!("{} {}", one.reference, one.probability))
        .collect();
    if !rest.is_empty() {
        blocks.push(Block::Paragraph(format!("Also: {}.", rest.join(", "))));
    }
}

fn committee(one: &Committee<'_>) -> Vec<String> {
    let mark = |cell: Cell| cell.mark();
    row([
        &one.reference,
        &one.interest.title,
        &one.probability,
        one.standing.words(),
        mark(one.named),
        mark(one.asked),
        mark(one.in_liaison),
        mark(one.owns_close_work),
        &one.reason,
    ])
}

fn works(blocks: &mut Vec<Block>, outline: &Outline<'_>, options: &ReportOptions) {
    blocks.push(Block::Heading(2, "Existing work".to_owned()));
    let sentences = [Some(outline.nearest.sentence.as_str()), outline.nearest.legend];
    blocks.extend(sentences.into_iter().flatten().map(|one| Block::Paragraph(capital(one) + ".")));
    let shown = outline.nearest.works.iter().enumerate();
    let shown: Vec<Vec<String>> = shown
        .filter(|(at, work)| options.full || *at < WORKS || work.is_close())
        .map(|(_, work)| self::work(work))
        .collect();
    if !shown.is_empty() {
        let head = [
            "work",
            "title",
            "the one on this subject",
            "texts",
            "owner",
            "state",
            "in the proposal",
            "shared terms",
        ];
        blocks.push(Block::Table(row(head), shown));
    }
}

fn outside(blocks: &mut Vec<Block>, outside: &Outside<'_>) {
    blocks.push(Block::Heading(2, "Documents of other bodies".to_owned()));
    blocks.push(Block::Paragraph(capital(&outside.sentence) + "."));
    let rows = outside.documents.iter().map(|one| {
        let group = one.one.group.as_deref().unwrap_or_default();
        row([&one.one.reference, &one.one.title, &one.probability, &one.state, group, &one.named])
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if !rows.is_empty() {
        let head = [
            "document",
            "title",
            "the one on this subject",
            "body and state",
            "group",
            "in the proposal",
        ];
        blocks.push(Block::Table(row(head), rows));
    }
}

fn work(one: &Work<'_>) -> Vec<String> {
    let terms: Vec<&str> =
        one.overlap.shared_terms.iter().take(5).map(|term| term.term.as_str()).collect();
    row([
        &one.overlap.reference,
        &one.overlap.title,
        &one.probability,
        &one.likeness,
        &one.owners,
        &one.state,
        &one.named,
        &terms.join(", "),
    ])
}

fn entry(blocks: &mut Vec<Block>, entry: &Entry<'_>) {
    let finding = entry.finding;
    let name = capital(&finding.name.replace('-', " "));
    blocks.push(Block::Heading(3, format!("{} {name}", finding.rule).trim_end().to_owned()));
    blocks.push(Block::Paragraph(capital(&entry.message) + "."));
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, text: String| lines.push((name.to_owned(), text));
    for place in &entry.places {
        add("Place", place.line());
    }
    for line in &entry.evidence {
        add("Evidence", line.clone());
    }
    if let Some(remedy) = &entry.remedy {
        add("To do", remedy.clone());
    }
    if !finding.source.is_empty() {
        add("Rests on", finding.source.clone());
    }
    if !lines.is_empty() {
        blocks.push(Block::Fields(lines));
    }
}

fn fill_in(blocks: &mut Vec<Block>, fields: &[FillIn<'_>]) {
    if fields.is_empty() {
        return;
    }
    blocks.push(Block::Heading(2, "To be filled in".to_owned()));
    let rows = fields.iter().map(|field| {
        let todo = if field.remedies.is_empty() {
            field.asks.to_owned()
        } else {
            field.remedies.join(" ")
        };
        let blocks = if field.severity == Severity::Blocker { "yes" } else { "–" };
        row([&field.name, &todo, blocks, &field.rules.join(", ")])
    });
    let rows = rows.collect();
    blocks.push(Block::Table(row(["field", "to do", "blocks", "asked by"]), rows));
}

fn last(blocks: &mut Vec<Block>, outline: &Outline<'_>) {
    let mut list = |heading: &str, items: Vec<String>| {
        if !items.is_empty() {
            blocks.push(Block::Heading(2, heading.to_owned()));
            blocks.push(Block::List(items));
        }
    };
    let together = outline.cooperation.iter();
    list(
        "How the work could be done together",
        together.map(|one| format!("{}: {}. {}", one.with, one.mode, one.reason)).collect(),
    );
    let areas = outline.areas.iter();
    list(
        "Areas of coordination",
        areas.map(|(area, because)| format!("{area} ({because})")).collect(),
    );
    let untold = outline.untold.iter();
    list(
        "Could not be told",
        untold.map(|(why, rules)| format!("{}: {why}", rules.join(", "))).collect(),
    );
    blocks.push(Block::Heading(2, "Made with".to_owned()));
    blocks.push(Block::Fields(fields(&outline.made_with)));
    blocks.push(Block::Paragraph(CAVEAT.to_owned()));
}
