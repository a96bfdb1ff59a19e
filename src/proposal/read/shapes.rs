//! From the text under a heading to the value of its field.

use super::blocks::{Block, Table, lines_of, text_of};
use super::columns;
use super::ticks;
use super::tree::{Entry, Node, Spot, Value};
use crate::proposal::body::organizations_in;
use crate::proposal::lenient;
use crate::proposal::plan::read_months;
use crate::proposal::{
    BaseDocumentForm, Body, CollaborationMode, Covers, Date, Deliverable, IcsCode, Kind, Outcome, TextForm,
};
use crate::reference::{CommitteeRef, Organization};

/// What became of the text under a heading.
#[derive(Debug, Default)]
pub(super) struct Shaped {
    /// The value, where the text gives one.
    pub(super) value: Option<Value>,
    /// Text that is not in the value.
    pub(super) left_over: Vec<String>,
    /// Why some of it is not.
    pub(super) remarks: Vec<(String, Spot)>,
}

impl Shaped {
    fn of(value: Option<Value>) -> Shaped {
        Shaped { value, ..Shaped::default() }
    }

    fn text(text: &str) -> Shaped {
        let text = text.trim();
        Shaped::of((!text.is_empty()).then(|| Value::Text(text.to_owned())))
    }

    /// A value by its own rule, or else the text left over with a remark.
    fn word<T: ToString>(text: &str, spot: Spot, what: &str, read: impl Fn(&str) -> Option<T>) -> Shaped {
        let text = text.trim();
        if text.is_empty() {
            return Shaped::default();
        }
        match read(text).or_else(|| parts_of(text).find_map(&read)) {
            Some(value) => Shaped::of(Some(Value::Text(value.to_string()))),
            None => Shaped {
                value: None,
                left_over: vec![text.to_owned()],
                remarks: vec![(format!("`{}` is not a {what}", super::one_line(text)), spot)],
            },
        }
    }
}

/// The pieces of a short answer: outside and inside parentheses, before and after a dash.
fn parts_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(['(', ')', '\n', ';', ',', '–', '—']).map(str::trim).filter(|part| !part.is_empty())
}

/// Reads what stands under the heading of `field`.
pub(super) fn value(field: &str, blocks: &[Block], spot: Spot) -> Shaped {
    let spot = first_spot(blocks).unwrap_or(spot);
    let written = text_of(blocks);
    let text = ticks::resolved(&written);
    match field {
        "organization" => Shaped::word(&text, spot, "name of one organization", |text| {
            text.parse::<Organization>().ok().or_else(|| organizations_in(text).first().copied())
        }),
        "committee" => committee(&text, spot),
        "kind" => Shaped::word(&text, spot, "kind of proposal", Kind::read),
        "date" => Shaped::word(&text, spot, "date", Date::read_written),
        "collaboration_mode" => Shaped::word(&text, spot, "mode of cooperation", CollaborationMode::read),
        "text_form" => Shaped::word(&text, spot, "form of a shared text", TextForm::read),
        "target_deliverable" => deliverable(&text),
        "ics_codes" => ics_codes(&text, spot),
        "base_document.copyright_cleared" | "lead_arrangement.parallel_approval" => match lenient::answer(&text) {
            Some((answer, rest)) => Shaped {
                value: Some(Value::Bool(answer)),
                left_over: (!rest.is_empty()).then(|| rest.to_owned()).into_iter().collect(),
                remarks: Vec::new(),
            },
            None => Shaped::word(&text, spot, "answer yes or no", |_| None::<String>),
        },
        "timeline.track_months" => match parts_of(&text).find_map(read_months) {
            Some(months) => Shaped::of(Some(Value::Integer(months.into()))),
            None => Shaped::word(&text, spot, "number of months", |_| None::<String>),
        },
        "timeline.approval_process" | "timeline.note" => Shaped::text(&text),
        _ if field.starts_with("timeline.") => Shaped::word(&text, spot, "date", |text| {
            Date::read_written(text).or_else(|| text.split_once(':').and_then(|(_, date)| Date::read_written(date)))
        }),
        "timeline" | "leadership" | "lead_arrangement" => parts(field, blocks),
        "base_document" => base_document(&text, blocks),
        "joint_work_considered" | "submitted_elsewhere" | "patents_known" | "existing_committee_option" => {
            answer(field, &text, blocks)
        }
        "related_committees"
        | "out_of_scope"
        | "stakeholders"
        | "existing_work_searched"
        | "related_standards"
        | "contacts_made"
        | "open_disagreements"
        | "liaisons"
        | "supporters" => records(field, blocks),
        "programme" => {
            let items = lines_of(blocks).into_iter().map(|(line, spot)| Node::text(line, spot));
            list(items.collect())
        }
        _ => Shaped::text(&text),
    }
}

fn list(nodes: Vec<Node>) -> Shaped {
    Shaped::of((!nodes.is_empty()).then_some(Value::List(nodes)))
}

fn first_spot(blocks: &[Block]) -> Option<Spot> {
    match blocks.first()? {
        Block::Heading { spot, .. } | Block::Paragraph { spot, .. } | Block::Item { spot, .. } => Some(*spot),
        Block::Table(table) => Some(table.rows.first()?.first()?.spot),
    }
}

fn committee(text: &str, spot: Spot) -> Shaped {
    let read = |text: &str| -> Option<CommitteeRef> {
        let text = text.trim();
        // A form of ITU-T asks for the Questions: `10/17`.
        let question = text.contains('/') && text.bytes().all(|b| b.is_ascii_digit() || b == b'/');
        let named = if question { format!("Q{text}") } else { text.to_owned() };
        Body::new(&named)
            .committee()
            .cloned()
            .or_else(|| crate::proposal::body::committees_in(&named, None).into_iter().next())
    };
    let shaped = Shaped::word(text, spot, "committee with its organization", read);
    match shaped.value {
        Some(Value::Text(ref found)) if found.trim() != text.trim() => {
            Shaped { left_over: vec![text.trim().to_owned()], ..shaped }
        }
        _ => shaped,
    }
}

fn deliverable(text: &str) -> Shaped {
    let text = text.trim();
    if text.is_empty() {
        return Shaped::default();
    }
    // A name alone, or with its abbreviation in parentheses.
    let outside: String = text.split('(').next().unwrap_or_default().trim().to_owned();
    let read = Deliverable::read(text).or_else(|| Deliverable::read(&outside));
    Shaped::text(read.as_ref().map_or(text, Deliverable::name))
}

fn ics_codes(text: &str, spot: Spot) -> Shaped {
    let mut codes = Vec::new();
    let mut other = Vec::new();
    for part in text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        let part = part.trim_start_matches("- ").trim_start_matches("ICS").trim();
        let word = part.split_whitespace().next().unwrap_or_default().trim_end_matches('.');
        match word.parse::<IcsCode>() {
            Ok(code) => {
                codes.push(Node::text(code.to_string(), spot));
                if word.len() < part.len() {
                    other.push(part.to_owned());
                }
            }
            Err(_) => other.push(part.to_owned()),
        }
    }
    let mut shaped = list(codes);
    if !other.is_empty() {
        shaped.remarks.push(("not everything here is an ICS code".to_owned(), spot));
        shaped.left_over = other;
    }
    shaped
}

/// A question with an answer: text, or a table of its parts.
fn answer(field: &str, text: &str, blocks: &[Block]) -> Shaped {
    let labelled = lines_of(blocks).iter().any(|(line, _)| columns::labelled(field, line).is_some());
    if labelled && !ticks::has_boxes(&text_of(blocks)) {
        let shaped = parts(field, blocks);
        if shaped.value.is_some() {
            return shaped;
        }
    }
    // «Yes» and the explanation below it are one answer.
    let text = match text.split_once('\n') {
        Some((first, rest)) if lenient::answer(first).is_some_and(|(_, more)| more.is_empty()) => {
            format!("{}: {}", first.trim().trim_end_matches([':', ',', '.']), rest.trim())
        }
        _ => text.to_owned(),
    };
    Shaped::text(&text)
}

fn base_document(text: &str, blocks: &[Block]) -> Shaped {
    let form = ticks::ticked(&text_of(blocks))
        .and_then(|ticked| ticked.labels.iter().find_map(|label| base_form(label)))
        .or_else(|| base_form(text));
    let lines = lines_of(blocks);
    let labelled: Vec<Entry> = lines.iter().filter_map(|(line, spot)| entry("base_document", line, *spot)).collect();
    if !labelled.is_empty() && form.is_none() {
        return parts("base_document", blocks);
    }
    match form {
        Some(form) => {
            let spot = first_spot(blocks).unwrap_or_default();
            let mut entries = vec![Entry { key: "form".to_owned(), spot, node: Node::text(form.name(), spot) }];
            if BaseDocumentForm::read(text).is_none() && !text.trim().is_empty() {
                entries.push(Entry { key: "description".to_owned(), spot, node: Node::text(text.trim(), spot) });
            }
            Shaped::of(Some(Value::Table(entries)))
        }
        None => Shaped::text(text),
    }
}

fn base_form(text: &str) -> Option<BaseDocumentForm> {
    BaseDocumentForm::read(text).or_else(|| {
        let text = text.trim().to_lowercase();
        let begins = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
        if begins(&["outline", "an outline"]) {
            Some(BaseDocumentForm::Outline)
        } else if begins(&[
            "draft attached",
            "a draft is attached",
            "attached",
            "a draft document is attached",
            "draft is attached",
        ]) {
            Some(BaseDocumentForm::Attached)
        } else {
            None
        }
    })
}

/// A field of labelled parts, each in a line of its own or parted by semicolons.
fn parts(field: &str, blocks: &[Block]) -> Shaped {
    let mut shaped = Shaped::default();
    let mut entries: Vec<Entry> = Vec::new();
    for (line, spot) in lines_of(blocks) {
        let line = ticks::resolved(&line);
        for piece in line.split(';').map(str::trim).filter(|piece| !piece.is_empty()) {
            let piece = piece.replacen(" | ", ": ", 1);
            match entry(field, &piece, spot).or_else(|| unmarked(field, &piece, spot)) {
                Some(entry) if entries.iter().all(|other| other.key != entry.key) => entries.push(entry),
                _ => match months_in(field, &piece) {
                    Some(months) if entries.iter().all(|other| other.key != "track_months") => {
                        let node = Node::new(Value::Integer(months.into()), spot);
                        entries.push(Entry { key: "track_months".to_owned(), spot, node });
                    }
                    _ => {
                        if columns::labelled(field, &piece).is_some() {
                            shaped
                                .remarks
                                .push((format!("`{}` has no date that can be read", super::one_line(&piece)), spot));
                        }
                        shaped.left_over.push(piece);
                    }
                },
            }
        }
    }
    if !shaped.left_over.is_empty()
        && let Some(note) = overflow(field)
    {
        let text = std::mem::take(&mut shaped.left_over).join("\n");
        let spot = first_spot(blocks).unwrap_or_default();
        match entries.iter_mut().find(|entry| entry.key == note) {
            Some(Entry { node: Node { value: Value::Text(old), .. }, .. }) => {
                old.push('\n');
                old.push_str(&text);
            }
            _ => entries.push(Entry { key: note.to_owned(), spot, node: Node::text(text, spot) }),
        }
    }
    shaped.value = (!entries.is_empty()).then_some(Value::Table(entries));
    shaped
}

fn months_in(field: &str, piece: &str) -> Option<u16> {
    (field == "timeline").then(|| read_months(piece)).flatten().filter(|_| piece.to_lowercase().contains("month"))
}

/// `Draft 2025-06`: a label without a mark behind it, before a date.
fn unmarked(field: &str, piece: &str, spot: Spot) -> Option<Entry> {
    if field != "timeline" {
        return None;
    }
    piece.match_indices([' ', '–', '—']).find_map(|(at, mark)| {
        let date = Date::read_written(piece[at + mark.len()..].trim_matches([' ', '–', '—', '-']))?;
        let part = columns::part(field, piece[..at].trim_end_matches([' ', '–', '—', '-']))?;
        Some(Entry { key: part.to_owned(), spot, node: Node::text(date.to_string(), spot) })
    })
}

/// A labelled part with a value that its rule accepts.
fn entry(field: &str, text: &str, spot: Spot) -> Option<Entry> {
    let (part, value) = columns::labelled(field, text)?;
    let node = part_value(field, part, value, spot)?;
    Some(Entry { key: part.to_owned(), spot, node })
}

/// Where the parts of a field go that have no place of their own.
fn overflow(field: &str) -> Option<&'static str> {
    Some(match field {
        "contacts_made" | "timeline" => "note",
        "existing_work_searched" => "findings",
        "open_disagreements" => "description",
        "liaisons" => "category",
        "submitted_elsewhere" => "state",
        "joint_work_considered" | "existing_committee_option" => "reason",
        "patents_known" => "statement",
        "stakeholders" => "effect",
        "base_document" => "description",
        "supporters" => "support",
        "related_standards" => "title",
        "out_of_scope" => "subject",
        _ => return None,
    })
}

/// The value of a part, where the text can be one.
fn part_value(field: &str, part: &str, text: &str, spot: Spot) -> Option<Node> {
    let resolved = ticks::resolved(text);
    let text = resolved.trim();
    if text.is_empty() {
        return None;
    }
    let value = match (field, part) {
        ("timeline", "track_months") => Value::Integer(read_months(text)?.into()),
        ("timeline", "approval_process" | "note") => Value::Text(text.to_owned()),
        ("timeline", _) | (_, "date") => Value::Text(Date::read_written(text)?.to_string()),
        (_, "outcome") => Value::Text(Outcome::read(text)?.to_string()),
        (_, "covers") => Value::Text(Covers::read(text)?.to_string()),
        ("base_document", "form") => Value::Text(base_form(text)?.to_string()),
        (_, "agreed" | "copyright_cleared" | "parallel_approval" | "submitted" | "considered" | "known") => {
            Value::Bool(lenient::answer(text).filter(|(_, rest)| rest.is_empty())?.0)
        }
        (_, "level") => match text.trim_start_matches(|c: char| !c.is_ascii_digit()).parse() {
            Ok(level @ 1..=4) => Value::Integer(level),
            _ => return None,
        },
        (_, "committees" | "contacts") => Value::List(
            lenient::items(text)
                .into_iter()
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .map(|item| Node::text(item, spot))
                .collect(),
        ),
        (_, "findings") => Value::List(text.lines().map(|line| Node::text(line.trim(), spot)).collect()),
        _ => Value::Text(text.to_owned()),
    };
    Some(Node::new(value, spot))
}

/// A list of records: rows of tables, items, or lines.
fn records(field: &str, blocks: &[Block]) -> Shaped {
    let mut nodes = Vec::new();
    let mut shaped = Shaped::default();
    for block in blocks {
        match block {
            Block::Table(table) => rows(field, table, &mut nodes, &mut shaped),
            other => {
                for (line, spot) in lines_of(std::slice::from_ref(other)) {
                    let line = ticks::resolved(&line);
                    if line.trim().is_empty() {
                        continue;
                    }
                    item(field, line.trim(), spot, &mut nodes);
                }
            }
        }
    }
    shaped.value = list(nodes).value;
    shaped
}

/// The rows of a table under a head that names the parts.
fn rows(field: &str, table: &Table, nodes: &mut Vec<Node>, shaped: &mut Shaped) {
    let parts: Vec<Option<&str>> = match table.rows.first() {
        Some(head) => head.iter().map(|cell| columns::part(field, &cell.text())).collect(),
        None => return,
    };
    if parts.iter().all(Option::is_none) {
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(|cell| ticks::resolved(&cell.text())).collect();
            let line =
                cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" — ");
            if !line.is_empty() {
                item(field, &line, row.first().map_or(Spot::default(), |cell| cell.spot), nodes);
            }
        }
        return;
    }
    let heads: Vec<String> =
        table.rows.first().map(|head| head.iter().map(super::blocks::Cell::text).collect()).unwrap_or_default();
    for row in table.rows.iter().skip(1) {
        let spot = row.first().map_or(Spot::default(), |cell| cell.spot);
        let mut entries: Vec<Entry> = Vec::new();
        let mut rest: Vec<String> = Vec::new();
        for (at, cell) in row.iter().enumerate() {
            let text = cell.text();
            if text.trim().is_empty() {
                continue;
            }
            let part = parts.get(at).copied().flatten();
            let node = part.and_then(|part| part_value(field, part, &text, cell.spot));
            match (part, node) {
                (Some(part), Some(node)) if entries.iter().all(|entry| entry.key != part) => {
                    entries.push(Entry { key: part.to_owned(), spot: cell.spot, node });
                }
                (part, _) => {
                    let resolved = ticks::resolved(&text);
                    if resolved.trim().is_empty() {
                        continue;
                    }
                    let head = heads.get(at).map_or("", |head| head.trim());
                    if part.is_some() {
                        shaped.remarks.push((
                            format!("`{}` could not be read as «{head}»", super::one_line(&resolved)),
                            cell.spot,
                        ));
                    }
                    rest.push(if head.is_empty() { resolved } else { format!("{head}: {resolved}") });
                }
            }
        }
        if field == "related_committees" {
            let text: Vec<String> = entries
                .into_iter()
                .filter_map(|entry| match entry.node.value {
                    Value::Text(text) => Some(text),
                    _ => None,
                })
                .chain(rest)
                .collect();
            if !text.is_empty() {
                nodes.push(Node::text(text.join(" "), spot));
            }
            continue;
        }
        add_rest(field, &mut entries, rest, spot);
        if !entries.is_empty() {
            nodes.push(record(field, entries, spot));
        }
    }
}

/// Puts the texts that belong to no part into the part that takes such texts.
fn add_rest(field: &str, entries: &mut Vec<Entry>, rest: Vec<String>, spot: Spot) {
    if rest.is_empty() {
        return;
    }
    let Some(key) = overflow(field) else { return };
    let text = rest.join("; ");
    match entries.iter_mut().find(|entry| entry.key == key) {
        Some(Entry { node: Node { value: Value::Text(old), .. }, .. }) => {
            old.push_str("; ");
            old.push_str(&text);
        }
        Some(Entry { node: Node { value: Value::List(old), .. }, .. }) => old.push(Node::text(text, spot)),
        _ => entries.push(Entry { key: key.to_owned(), spot, node: Node::text(text, spot) }),
    }
}

/// A record that must have a part which the text did not give gets it empty rather than being lost.
fn record(field: &str, mut entries: Vec<Entry>, spot: Spot) -> Node {
    if field == "liaisons" && entries.iter().all(|entry| entry.key != "body") {
        entries.push(Entry { key: "body".to_owned(), spot, node: Node::text("", spot) });
    }
    Node::new(Value::Table(entries), spot)
}

/// One item of a list of records, told in a line.
fn item(field: &str, line: &str, spot: Spot, nodes: &mut Vec<Node>) {
    let line = line.trim_end_matches(';').trim();
    match field {
        "related_committees" => {
            let names = lenient::items(line).into_iter().map(str::trim).filter(|name| !name.is_empty());
            let several = names.clone().filter(|name| Body::new(name).committee().is_some()).count() > 1;
            if several {
                nodes.extend(names.map(|name| Node::text(name.trim_end_matches('.'), spot)));
            } else {
                nodes.push(Node::text(line, spot));
            }
        }
        "out_of_scope" => {
            use crate::proposal::lenient::Short;
            let parts = crate::proposal::Exclusion::split(line).into_iter().map(str::trim);
            nodes.extend(parts.filter(|part| !part.is_empty()).map(|part| Node::text(part, spot)));
        }
        "contacts_made" | "liaisons" if several_bodies(line) => {
            let names = lenient::items(line).into_iter().map(str::trim).filter(|name| !name.is_empty());
            nodes.extend(names.map(|name| Node::text(name.trim_end_matches('.'), spot)));
        }
        "contacts_made" | "existing_work_searched" | "open_disagreements" | "liaisons" => {
            nodes.push(dashed(field, line, spot));
        }
        "related_standards" | "supporters" | "stakeholders" => nodes.push(with_labels(field, line, spot)),
        _ => nodes.push(Node::text(line, spot)),
    }
}

/// True for a line that lists bodies and nothing else: `IEC TC 61; ITU-T SG 20`, `CEN, ETSI`.
fn several_bodies(line: &str) -> bool {
    let names: Vec<&str> = lenient::items(line).into_iter().map(str::trim).filter(|name| !name.is_empty()).collect();
    names.len() > 1
        && names.iter().all(|name| {
            let is_name = name.len() <= 12 && name.chars().filter(|c| c.is_uppercase()).count() >= 2;
            is_name
                || Body::new(name).committee().is_some_and(|committee| committee.to_string().len() + 4 >= name.len())
        })
}

/// `ISO/TC 262 — 2024-03-01 — liaison — note`: parts that are known by their labels, by what they are, or else by
/// their order.
fn dashed(field: &str, line: &str, spot: Spot) -> Node {
    let mut pieces: Vec<&str> = vec![line];
    for mark in [" — ", " – ", " - ", " | ", "; ", "\t"] {
        pieces = pieces.into_iter().flat_map(|piece| piece.split(mark)).collect();
    }
    let pieces: Vec<&str> = pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty()).collect();
    if pieces.len() < 2 && columns::labelled(field, line).is_none() {
        return Node::text(line, spot);
    }
    let mut entries: Vec<Entry> = Vec::new();
    let mut rest = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let has = |key: &str| entries.iter().any(|entry| entry.key == key);
        let guess = entry(field, piece, spot).filter(|entry| !has(&entry.key)).or_else(|| {
            let part = by_nature(field, piece, at, &has)?;
            let node = part_value(field, part, piece, spot)?;
            Some(Entry { key: part.to_owned(), spot, node })
        });
        match guess {
            Some(entry) => entries.push(entry),
            None => rest.push((*piece).to_owned()),
        }
    }
    add_rest(field, &mut entries, rest, spot);
    record(field, entries, spot)
}

/// The part that a piece without a label is, by its place and its kind.
fn by_nature(field: &str, piece: &str, at: usize, has: &dyn Fn(&str) -> bool) -> Option<&'static str> {
    let is_date = Date::read_written(piece).is_some();
    let part = match field {
        "contacts_made" if at == 0 => "committee",
        "contacts_made" if is_date => "date",
        "contacts_made" if Outcome::read(piece).is_some() => "outcome",
        "existing_work_searched" if is_date => "date",
        "existing_work_searched" if Covers::read(piece).is_some() => "covers",
        "existing_work_searched" if at == 0 && piece.chars().count() <= 40 => "organization",
        "open_disagreements" if at == 0 && Body::new(piece).committee().is_some() => "committee",
        "open_disagreements" if piece.to_lowercase().starts_with("level ") => "level",
        "liaisons" if at == 0 => "body",
        "liaisons" if matches!(piece.to_lowercase().as_str(), "agreed" | "not agreed" | "confirmed") => return None,
        "liaisons" => "category",
        _ => return None,
    };
    (!has(part)).then_some(part)
}

/// A short form followed by labelled parts: `ISO 31000:2018 Risk management; significance: …; difference: …`.
fn with_labels(field: &str, line: &str, spot: Spot) -> Node {
    let mut pieces: Vec<&str> = vec![line];
    for mark in ["; ", " — ", " – "] {
        pieces = pieces.into_iter().flat_map(|piece| piece.split(mark)).collect();
    }
    if pieces.len() < 2 || !pieces[1..].iter().any(|piece| columns::labelled(field, piece).is_some()) {
        return Node::text(line, spot);
    }
    let mut entries: Vec<Entry> = Vec::new();
    let mut rest = Vec::new();
    for (at, piece) in pieces.iter().map(|piece| piece.trim()).enumerate() {
        match entry(field, piece, spot).filter(|entry| at > 0 && entries.iter().all(|other| other.key != entry.key)) {
            Some(entry) => entries.push(entry),
            None if at == 0 => entries.extend(head(field, piece, spot)),
            None => rest.push(piece.to_owned()),
        }
    }
    add_rest(field, &mut entries, rest, spot);
    record(field, entries, spot)
}

/// What the first piece of a line says, as the short form of the record reads it.
fn head(field: &str, piece: &str, spot: Spot) -> Vec<Entry> {
    use crate::proposal::lenient::Short;
    use crate::proposal::{RelatedStandard, Stakeholder, Supporter};
    let text = |key: &str, text: &str| {
        (!text.is_empty()).then(|| Entry { key: key.to_owned(), spot, node: Node::text(text, spot) })
    };
    let of = |option: &Option<String>| option.clone().unwrap_or_default();
    let entries = match field {
        "related_standards" => RelatedStandard::from_text(piece)
            .map(|standard| vec![text("reference", standard.reference.text()), text("title", &of(&standard.title))]),
        "supporters" => Supporter::from_text(piece).map(|supporter| {
            vec![
                text("name", &of(&supporter.name)),
                text("country", &of(&supporter.country)),
                text("support", &of(&supporter.support)),
            ]
        }),
        _ => Stakeholder::from_text(piece)
            .map(|stakeholder| vec![text("category", &stakeholder.category), text("effect", &of(&stakeholder.effect))]),
    };
    entries.unwrap_or_default().into_iter().flatten().collect()
}
