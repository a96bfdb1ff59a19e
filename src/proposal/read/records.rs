//! Lists of records told in a form: rows of tables, items and lines.

use super::blocks::{Block, Cell, Table, lines_of};
use super::columns;
use super::shapes::{Shaped, entry, list, overflow, part_value, without_lead};
use super::ticks;
use super::tree::{Entry, Node, Spot, Value};
use crate::proposal::answer::{dates_in, outcome_in};
use crate::proposal::body::organizations_in;
use crate::proposal::lenient::{self, Short};
use crate::proposal::{
    Answer, Body, Covers, Date, Exclusion, Outcome, RelatedStandard, Stakeholder, Supporter,
};
use crate::reference::{CommitteeRef, Organization};

/// A list of records: rows of tables, items, or lines.
pub(super) fn read(field: &str, blocks: &[Block]) -> Shaped {
    let mut nodes = Vec::new();
    let mut shaped = Shaped::default();
    for block in blocks {
        match block {
            Block::Table(table) => rows(field, table, &mut nodes, &mut shaped),
            other => {
                let is_first = nodes.is_empty() && blocks.len() > 1;
                let is_item = matches!(other, Block::Item { .. });
                for (line, spot) in without_lead(lines_of(std::slice::from_ref(other))) {
                    let line = ticks::resolved(&line);
                    let leads = is_first && super::listing::leads(&line);
                    if line.trim().is_empty() || leads {
                        continue;
                    }
                    let line = super::listing::behind_lead(line.trim());
                    if is_item && is_told_whole(field) && !has_labels(field, line) {
                        nodes.push(Node::text(line, spot));
                    } else {
                        item(field, line, spot, &mut nodes);
                    }
                }
            }
        }
    }
    shaped.value = list(nodes).value;
    shaped
}

/// Fields of whose lists an item is one record, whatever commas and semicolons it has.
fn is_told_whole(field: &str) -> bool {
    matches!(field, "stakeholders" | "supporters" | "out_of_scope")
}

/// The rows of a table under a head that names the parts.
fn rows(field: &str, table: &Table, nodes: &mut Vec<Node>, shaped: &mut Shaped) {
    let mut parts: Vec<Option<&str>> = match table.rows.first() {
        Some(head) => head.iter().map(|cell| columns::part(field, &cell.text())).collect(),
        None => return,
    };
    let head_is_blank =
        table.rows.first().and_then(|head| head.first()).is_some_and(|cell| cell.blocks.is_empty());
    if let Some(main) = columns::main_part(field)
        && head_is_blank
        && parts.iter().any(Option::is_some)
        && !parts.contains(&Some(main))
    {
        // The first column needs no head to be read.
        parts[0] = Some(main);
    }
    if parts.iter().all(Option::is_none) {
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(|cell| ticks::resolved(&cell.text())).collect();
            let line = cells
                .iter()
                .map(|cell| cell.trim())
                .filter(|cell| !cell.is_empty())
                .collect::<Vec<_>>()
                .join(" — ");
            if !line.is_empty() {
                item(field, &line, row.first().map_or(Spot::default(), |cell| cell.spot), nodes);
            }
        }
        return;
    }
    let heads: Vec<String> =
        table.rows.first().map(|head| head.iter().map(Cell::text).collect()).unwrap_or_default();
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
                            format!(
                                "`{}` could not be read as «{head}»",
                                super::one_line(&resolved)
                            ),
                            cell.spot,
                        ));
                    }
                    rest.push(if head.is_empty() {
                        resolved
                    } else {
                        format!("{head}: {resolved}")
                    });
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
        // A row that the form prints and nobody filled.
        let printed = field == "stakeholders"
            && entries.len() == 1
            && entries[0].key == "category"
            && rest.is_empty()
            && parts.len() > 1;
        if printed {
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
        Some(Entry { node: Node { value: Value::List(old), .. }, .. }) => {
            old.push(Node::text(text, spot))
        }
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
        "related_committees" if line.contains("; ") => {
            line.split("; ").for_each(|part| item(field, part.trim(), spot, nodes));
        }
        "related_committees" if Body::new(line).parted().len() > 1 => {
            let bodies = Body::new(line).parted().into_iter();
            nodes.extend(bodies.map(|body| Node::text(body.text(), spot)));
        }
        "related_committees" => {
            // `In IEC: TC 69`, `In other organizations: none`
            let (line, organization) = without_organization(line);
            if Answer::of(line) == Answer::None {
                return;
            }
            let names: Vec<&str> = match super::listing::items(line) {
                items if items.len() > 1 => items,
                _ => lenient::items(line),
            };
            let names = names.into_iter().map(str::trim).filter(|name| !name.is_empty());
            let bare = |name: &str| CommitteeRef::parse_in(name, Organization::Iso).is_ok();
            let is_committee = |name: &str| Body::new(name).committee().is_some() || bare(name);
            if let Some(organization) = organization {
                for name in names {
                    let whole = CommitteeRef::parse_in(name, organization);
                    let name = whole.map_or(name.to_owned(), |committee| committee.to_string());
                    nodes.push(Node::text(name, spot));
                }
                return;
            }
            let several = names.clone().filter(|name| is_committee(name)).count() > 1
                || super::listing::items(line).len() > 1;
            if several {
                nodes.extend(names.map(|name| Node::text(name.trim_end_matches('.'), spot)));
            } else {
                nodes.push(Node::text(line, spot));
            }
        }
        // A group that the form prints, with a dash or «n/a» beside it.
        "stakeholders"
            if line.split_once(": ").is_some_and(|(_, effect)| {
                matches!(Answer::of(effect), Answer::Blank | Answer::NotApplicable)
            }) => {}
        "supporters" | "stakeholders" if super::listing::items(line).len() > 1 => {
            let items = super::listing::items(line);
            nodes.extend(items.into_iter().map(|name| Node::text(name, spot)));
        }
        // `Austria: ASI` is a member with its country.
        "supporters" if member_of_country(line).is_some() => {
            nodes.extend(member_of_country(line).map(|told| Node::text(told, spot)));
        }
        "out_of_scope" => {
            // Short sentences without a verb are a list: `Scales for trade. Sensors for sound.`
            let sentences: Vec<&str> = line.split(". ").collect();
            let is_list = sentences.iter().all(|one| one.split_whitespace().count() <= 6);
            let lines = if is_list { sentences } else { vec![line] };
            let parts = lines.into_iter().flat_map(Exclusion::split).map(str::trim);
            nodes.extend(parts.filter(|part| !part.is_empty()).map(|part| Node::text(part, spot)));
        }
        "liaisons" if super::listing::items(line).len() > 1 && !has_labels(field, line) => {
            let items = super::listing::items(line).into_iter();
            nodes.extend(items.map(|name| Node::text(name.trim_end_matches('.'), spot)));
        }
        "contacts_made" | "liaisons" if several_bodies(line) => {
            let names =
                lenient::items(line).into_iter().map(str::trim).filter(|name| !name.is_empty());
            nodes.extend(names.map(|name| Node::text(name.trim_end_matches('.'), spot)));
        }
        "existing_work_searched" if is_only_found(line) => {
            let node = Node::new(Value::List(vec![Node::text(line, spot)]), spot);
            let entry = Entry { key: "findings".to_owned(), spot, node };
            nodes.push(record(field, vec![entry], spot));
        }
        "contacts_made" if contacts_in(line).len() > 1 => {
            nodes.extend(contacts_in(line).into_iter().map(|one| contact(one, spot)));
        }
        "contacts_made" | "existing_work_searched" | "open_disagreements" | "liaisons" => {
            nodes.push(dashed(field, line, spot));
        }
        "related_standards" | "supporters" if !has_labels(field, line) => {
            let parts: Vec<String> = if field == "related_standards" {
                super::listing::documents(line)
            } else {
                line.split(';').map(str::to_owned).collect()
            };
            let parts = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty());
            nodes.extend(parts.map(|part| Node::text(part, spot)));
        }
        "related_standards" | "supporters" | "stakeholders" => {
            nodes.push(with_labels(field, line, spot))
        }
        _ => nodes.push(Node::text(line, spot)),
    }
}

/// `Austria: ASI` as `ASI (Austria)`.
fn member_of_country(line: &str) -> Option<String> {
    let (country, member) = line.split_once(": ")?;
    let is_short_name = !member.contains(' ')
        && member.len() <= 12
        && member.chars().filter(|c| c.is_uppercase()).count() >= 2;
    let is_country = country.split_whitespace().count() <= 4
        && country.starts_with(char::is_uppercase)
        && country.chars().skip(1).any(char::is_lowercase);
    (is_short_name && is_country).then(|| format!("{member} ({country})"))
}

/// A sentence on a contact with a body that is no committee of the three organizations.
fn contact(sentence: &str, spot: Spot) -> Node {
    const VERBS: &[&str] = &[" was ", " were ", " has ", " have "];
    let name = VERBS.iter().filter_map(|verb| sentence.find(verb)).min().map(|at| &sentence[..at]);
    let name = name.filter(|name| name.split_whitespace().count() <= 4);
    let (Some(name), false) = (name, Body::new(sentence).committee().is_some()) else {
        return dashed("contacts_made", sentence, spot);
    };
    let entry =
        |key: &str, text: String| Entry { key: key.to_owned(), spot, node: Node::text(text, spot) };
    let mut entries = vec![entry("committee", name.to_owned())];
    entries.extend(dates_in(sentence).first().map(|(_, date)| entry("date", date.to_string())));
    entries.extend(outcome_in(sentence).map(|(outcome, _)| entry("outcome", outcome.to_string())));
    entries.push(entry("note", sentence.to_owned()));
    record("contacts_made", entries, spot)
}

/// The sentences of a text that each tell of a body of its own and of a date.
fn contacts_in(line: &str) -> Vec<&str> {
    let tells = |sentence: &str| {
        !dates_in(sentence).is_empty()
            && (Body::new(sentence).committee().is_some()
                || sentence.split(' ').any(|word| word.contains('/') && word.contains("TC")))
    };
    let mut contacts = Vec::new();
    let mut from = 0;
    for (at, stop) in line.match_indices(". ") {
        let next = &line[at + stop.len()..];
        let next = next.split_once(". ").map_or(next, |(sentence, _)| sentence);
        if tells(&line[from..at]) && tells(next) {
            contacts.push(line[from..=at].trim());
            from = at + stop.len();
        }
    }
    contacts.push(line[from..].trim());
    contacts
}

/// True for a sentence that tells what was found, and neither where nor when.
fn is_only_found(line: &str) -> bool {
    line.contains(' ')
        && !line.contains([':', ';', '"', '“', '—', '–'])
        && organizations_in(line).is_empty()
        && dates_in(line).is_empty()
        && line.split_whitespace().count() >= 4
}

/// A list behind the label of an organization, and that organization: `In IEC: TC 69`.
fn without_organization(line: &str) -> (&str, Option<Organization>) {
    let Some((label, rest)) = line.split_once(':') else { return (line, None) };
    let low = label.trim().to_lowercase();
    let Some(name) = low.strip_prefix("in ").or_else(|| low.strip_prefix("within ")) else {
        return (line, None);
    };
    let other = name.starts_with("other");
    match name.parse::<Organization>() {
        Ok(organization) => (rest.trim(), Some(organization)),
        Err(_) if other => (rest.trim(), None),
        Err(_) => (line, None),
    }
}

/// True for a line that lists bodies and nothing else: `IEC TC 61; ITU-T SG 20`, `CEN, ETSI`.
fn several_bodies(line: &str) -> bool {
    let names: Vec<&str> =
        lenient::items(line).into_iter().map(str::trim).filter(|name| !name.is_empty()).collect();
    names.len() > 1
        && names.iter().all(|name| {
            let is_name =
                name.len() <= 12 && name.chars().filter(|c| c.is_uppercase()).count() >= 2;
            is_name
                || Body::new(name)
                    .committee()
                    .is_some_and(|committee| committee.to_string().len() + 4 >= name.len())
        })
}

/// `ISO/TC 262 — 2024-03-01 — liaison — note`: parts that are known by their labels, by what they
/// are, or else by their order.
fn dashed(field: &str, line: &str, spot: Spot) -> Node {
    let mut pieces: Vec<&str> = vec![line];
    for mark in [" — ", " – ", " - ", " | ", "\t"] {
        pieces = pieces.into_iter().flat_map(|piece| piece.split(mark)).collect();
    }
    // Sentences are read as a whole: «we wrote in March; they see no conflict».
    // A part after a sentence goes on with it: «IEC TC 65: letter of 6 March; reply: none».
    let begins_sentence = line
        .split("; ")
        .next()
        .is_some_and(|first| first.contains(": ") && columns::labelled(field, first).is_none());
    let is_sentence = pieces.len() == 1
        && matches!(field, "contacts_made" | "existing_work_searched")
        && (begins_sentence
            || line.split("; ").all(|piece| columns::labelled(field, piece).is_none()));
    if is_sentence {
        return Node::text(line, spot);
    }
    pieces = pieces.into_iter().flat_map(|piece| piece.split("; ")).collect();
    let pieces: Vec<&str> =
        pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty()).collect();
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
fn by_nature(
    field: &str,
    piece: &str,
    at: usize,
    has: &dyn Fn(&str) -> bool,
) -> Option<&'static str> {
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
        "liaisons"
            if matches!(piece.to_lowercase().as_str(), "agreed" | "not agreed" | "confirmed") =>
        {
            return None;
        }
        "liaisons" => "category",
        _ => return None,
    };
    (!has(part)).then_some(part)
}

/// True when labelled parts follow the short form.
fn has_labels(field: &str, line: &str) -> bool {
    let pieces = line.split([';', '—', '–']).skip(1);
    pieces.into_iter().any(|piece| columns::labelled(field, piece).is_some())
}

/// A short form followed by labelled parts: `ISO 31000:2018 Risk management; significance: …;
/// difference: …`.
fn with_labels(field: &str, line: &str, spot: Spot) -> Node {
    let mut pieces: Vec<&str> = vec![line];
    for mark in ["; ", " — ", " – "] {
        pieces = pieces.into_iter().flat_map(|piece| piece.split(mark)).collect();
    }
    if !has_labels(field, line) {
        return Node::text(line, spot);
    }
    let mut entries: Vec<Entry> = Vec::new();
    let mut rest = Vec::new();
    for (at, piece) in pieces.iter().map(|piece| piece.trim()).enumerate() {
        match entry(field, piece, spot)
            .filter(|entry| at > 0 && entries.iter().all(|other| other.key != entry.key))
        {
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
    let text = |key: &str, text: &str| {
        (!text.is_empty()).then(|| Entry {
            key: key.to_owned(),
            spot,
            node: Node::text(text, spot),
        })
    };
    let of = |option: &Option<String>| option.clone().unwrap_or_default();
    let entries = match field {
        "related_standards" => RelatedStandard::from_text(piece).map(|standard| {
            vec![text("reference", standard.reference.text()), text("title", &of(&standard.title))]
        }),
        "supporters" => Supporter::from_text(piece).map(|supporter| {
            vec![
                text("name", &of(&supporter.name)),
                text("country", &of(&supporter.country)),
                text("support", &of(&supporter.support)),
            ]
        }),
        _ => Stakeholder::from_text(piece).map(|stakeholder| {
            vec![text("category", &stakeholder.category), text("effect", &of(&stakeholder.effect))]
        }),
    };
    entries.unwrap_or_default().into_iter().flatten().collect()
}
