//! From the text under a heading to the value of its field.

use std::collections::BTreeSet;

use super::blocks::{Block, lines_of, text_of};
use super::columns;
use super::guidance;
use super::headings;
use super::ticks;
use super::tree::{Entry, Node, Spot, Value};
use crate::proposal::answer::dates_in;
use crate::proposal::body::organizations_in;
use crate::proposal::lenient;
use crate::proposal::plan::read_months;
use crate::proposal::words::squashed;
use crate::proposal::{
    BaseDocumentForm, Body, CollaborationMode, Covers, Date, Deliverable, IcsCode, Kind, Outcome,
    TextForm,
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
    fn word<T: ToString>(
        text: &str,
        spot: Spot,
        what: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Shaped {
        let text = text.trim();
        if text.is_empty() {
            return Shaped::default();
        }
        match read(text).or_else(|| parts_of(text).find_map(&read)) {
            Some(value) => Shaped::of(Some(Value::Text(value.to_string()))),
            None => Shaped {
                value: None,
                left_over: vec![text.to_owned()],
                remarks: vec![(format!("`{}` is not {what}", super::one_line(text)), spot)],
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
        "organization" => Shaped::word(&text, spot, "a name of one organization", |text| {
            // A committee is told apart from its organization later.
            if let Ok(committee) = text.parse::<CommitteeRef>() {
                return Some(committee.to_string());
            }
            let organization = text.parse::<Organization>().ok();
            let organization = organization.or_else(|| organizations_in(text).first().copied());
            organization.map(|organization| organization.name().to_owned())
        }),
        "committee" => committee(&text, spot),
        "reference" => Shaped::text(without_placeholder(&text)),
        "kind" => Shaped::word(&text, spot, "a kind of proposal", |text| {
            Kind::read(text)
                .or_else(|| super::forms::of_line(text))
                .or_else(|| super::forms::exactly(&format!("new {text}")))
        }),
        "date" => Shaped::word(&text, spot, "a date", Date::read_written),
        "collaboration_mode" => {
            Shaped::word(&text, spot, "a mode of cooperation", CollaborationMode::read)
        }
        "text_form" => Shaped::word(&text, spot, "a form of a shared text", TextForm::read),
        "target_deliverable" => match ticks::ticked(&written) {
            Some(ticked) if !ticked.labels.is_empty() => deliverable(&ticked.labels.join(", ")),
            _ => deliverable(&text),
        },
        "ics_codes" => ics_codes(&text, spot),
        "base_document.copyright_cleared"
            if ticks::ticked(&written)
                .is_some_and(|ticked| ticked.labels.iter().any(|label| is_consent(label))) =>
        {
            Shaped::of(Some(Value::Bool(true)))
        }
        "base_document.copyright_cleared" | "lead_arrangement.parallel_approval" => {
            let granted = ["granted", "cleared", "given", "obtained", "permission granted"];
            let is_granted =
                granted.contains(&text.trim().trim_end_matches('.').to_lowercase().as_str());
            match lenient::answer(if is_granted { "yes" } else { &text }) {
                Some((answer, rest)) => Shaped {
                    value: Some(Value::Bool(answer)),
                    left_over: (!rest.is_empty()).then(|| rest.to_owned()).into_iter().collect(),
                    remarks: Vec::new(),
                },
                None => Shaped::word(&text, spot, "an answer yes or no", |_| None::<String>),
            }
        }
        // `2 (36 months - default)`: the number of the option is no duration.
        "timeline.track_months" => match parts_of(&text)
            .filter(|part| part.contains("month"))
            .find_map(read_months)
            .or_else(|| parts_of(&text).find_map(read_months))
        {
            Some(months) => Shaped::of(Some(Value::Integer(months.into()))),
            None => Shaped::word(&text, spot, "a number of months", |_| None::<String>),
        },
        "timeline.approval_process" | "timeline.note" => Shaped::text(&text),
        _ if field.starts_with("timeline.") => Shaped::word(&text, spot, "a date", |text| {
            Date::read_written(text)
                .or_else(|| text.split_once(':').and_then(|(_, date)| Date::read_written(date)))
        }),
        "timeline" | "leadership" | "lead_arrangement" => parts(field, blocks),
        "base_document" => base_document(&text, blocks),
        "joint_work_considered"
        | "submitted_elsewhere"
        | "patents_known"
        | "existing_committee_option" => answer(field, &text, blocks),
        "related_committees"
        | "out_of_scope"
        | "stakeholders"
        | "existing_work_searched"
        | "related_standards"
        | "contacts_made"
        | "open_disagreements"
        | "liaisons"
        | "supporters" => super::records::read(field, blocks),
        "programme" => {
            let mut nodes = Vec::new();
            let is_item = |one: &&Block| matches!(one, Block::Item { .. });
            let marked: BTreeSet<Spot> =
                blocks.iter().filter(is_item).filter_map(Block::spot).collect();
            for (line, spot) in without_lead(lines_of(blocks)) {
                // What stands beside a mark is one item, whatever commas it has.
                let line = super::listing::behind_lead(&line);
                let items =
                    if marked.contains(&spot) { vec![line] } else { super::listing::items(line) };
                nodes.extend(items.into_iter().map(|item| Node::text(item, spot)));
            }
            list(nodes)
        }
        _ => Shaped::text(&text),
    }
}

/// Lines of a list without the sentence that leads to it.
pub(super) fn without_lead(mut lines: Vec<(String, Spot)>) -> Vec<(String, Spot)> {
    if lines.len() > 1 && super::listing::leads(&lines[0].0) {
        lines.remove(0);
    }
    lines
}

pub(super) fn list(nodes: Vec<Node>) -> Shaped {
    Shaped::of((!nodes.is_empty()).then_some(Value::List(nodes)))
}

fn first_spot(blocks: &[Block]) -> Option<Spot> {
    blocks.first()?.spot()
}

/// The committee that a text names, with or without its name behind it.
pub(super) fn committee_in(text: &str) -> Option<CommitteeRef> {
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
    read(text).or_else(|| parts_of(text).find_map(read))
}

fn committee(text: &str, spot: Spot) -> Shaped {
    let shaped = Shaped::word(text, spot, "a committee with its organization", committee_in);
    match shaped.value {
        // A name beside the reference is kept apart.
        Some(Value::Text(ref found)) if !squashed(found).contains(&squashed(text)) => {
            Shaped { left_over: vec![text.trim().to_owned()], ..shaped }
        }
        _ => shaped,
    }
}

/// `NP 123 (to be given by the office)` without what the form says behind the number.
fn without_placeholder(text: &str) -> &str {
    match text.trim_end().rfind('(') {
        Some(at) if guidance::is_placeholder(text[at..].trim()) => text[..at].trim_end(),
        _ => text,
    }
}

fn deliverable(text: &str) -> Shaped {
    let text = text.trim();
    if text.is_empty() {
        return Shaped::default();
    }
    // A name alone, or with its abbreviation in parentheses.
    let outside: String = text.split('(').next().unwrap_or_default().trim().to_owned();
    let read = Deliverable::read(text)
        .or_else(|| Deliverable::read(&outside))
        .or_else(|| Deliverable::read(counted(text)));
    Shaped::text(read.as_ref().map_or(text, Deliverable::name))
}

/// `a single International Standard`, `more than one Technical Report` without how many.
pub(super) fn counted(text: &str) -> &str {
    const MANY: &[&str] = &["a", "an", "one", "single", "more", "than", "several", "multiple"];
    let mut rest = text.trim();
    while let Some((word, more)) = rest.split_once(' ')
        && MANY.contains(&word.to_lowercase().as_str())
    {
        rest = more.trim_start();
    }
    if rest.len() < text.trim().len() { rest.trim_end_matches('s') } else { rest }
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
    let labelled =
        lines_of(blocks).iter().any(|(line, _)| columns::labelled(field, line).is_some());
    if labelled && !ticks::has_boxes(&text_of(blocks)) {
        let shaped = parts(field, blocks);
        if shaped.value.is_some() {
            return shaped;
        }
    }
    // A question that is answered by a tick is the form's, not the proposer's.
    let mut remarks = Vec::new();
    let written = text_of(blocks);
    let mut text = text.to_owned();
    if let Some(mut ticked) = ticks::ticked(&written).or_else(|| asked_further(&text)) {
        let spot = first_spot(blocks).unwrap_or_default();
        let mut asks_which = false;
        for line in &mut ticked.beside {
            let answer = guidance::without_question(line);
            if answer.len() < line.len() && !answer.is_empty() {
                asks_which = true;
                *line = answer.to_owned();
            }
        }
        ticked.beside.retain(|line| {
            let is_question = line.ends_with(['?', ':']);
            if is_question {
                remarks.push((
                    format!("`{}` is taken for a question of the form", super::one_line(line)),
                    spot,
                ));
            }
            !is_question
        });
        if field == "joint_work_considered"
            && ticked.labels.iter().any(|label| lenient::answer(label).is_none())
        {
            let entry = |key: &str, value| Entry {
                key: key.to_owned(),
                spot,
                node: Node::new(value, spot),
            };
            let reason = Value::Text(ticked.into_text());
            let parts = vec![entry("considered", Value::Bool(true)), entry("reason", reason)];
            return Shaped { value: Some(Value::Table(parts)), remarks, ..Shaped::default() };
        }
        if field == "submitted_elsewhere"
            && let Some(value) = named_body(&ticked, asks_which, &remarks, spot)
        {
            return Shaped { value: Some(value), remarks, ..Shaped::default() };
        }
        text = ticked.into_text();
    }
    // «Yes» and the explanation below it are one answer.
    let text = match text.split_once('\n') {
        Some((first, rest)) if lenient::answer(first).is_some_and(|(_, more)| more.is_empty()) => {
            format!("{}: {}", first.trim().trim_end_matches([':', ',', '.']), rest.trim())
        }
        _ => text,
    };
    Shaped { remarks, ..Shaped::text(&text) }
}

/// «Yes, if so please specify: CEN/TC 12» as if it were ticked.
fn asked_further(text: &str) -> Option<ticks::Ticked> {
    let (true, rest) = lenient::answer(text)? else { return None };
    let told = guidance::without_question(rest);
    (told.len() < rest.len() && !told.is_empty()).then(|| ticks::Ticked {
        labels: vec!["Yes".to_owned()],
        beside: rest.lines().map(str::to_owned).collect(),
        ..ticks::Ticked::default()
    })
}

/// A tick at «yes», and below the question where, the body.
fn named_body(
    ticked: &ticks::Ticked,
    asks_which: bool,
    questions: &[(String, Spot)],
    spot: Spot,
) -> Option<Value> {
    let asks_where = asks_which
        || questions.iter().any(|(question, _)| {
            let words = headings::words(question);
            words.split(' ').any(|word| matches!(word, "where" | "whom" | "which"))
        });
    let ([answer], [body]) = (ticked.labels.as_slice(), ticked.beside.as_slice()) else {
        return None;
    };
    let (true, _) = lenient::answer(answer).filter(|_| asks_where)? else { return None };
    let entry =
        |key: &str, value| Entry { key: key.to_owned(), spot, node: Node::new(value, spot) };
    // A date behind the body is told apart.
    let (body, date) = match body.rsplit_once([',', '(']) {
        Some((body, date)) => (body.trim(), Date::read_written(date.trim_end_matches(')').trim())),
        None => (body.as_str(), None),
    };
    let body = if date.is_some() { body } else { ticked.beside[0].as_str() };
    let mut entries =
        vec![entry("submitted", Value::Bool(true)), entry("body", Value::Text(body.to_owned()))];
    entries.extend(date.map(|date| entry("date", Value::Text(date.to_string()))));
    Some(Value::Table(entries))
}

fn base_document(text: &str, blocks: &[Block]) -> Shaped {
    let mut ticked = ticks::ticked(&text_of(blocks)).unwrap_or_default();
    let before = ticked.labels.len();
    ticked.labels.retain(|label| !is_consent(label));
    if ticked.labels.len() == before {
        return base_text(text, blocks);
    }
    // A ticked consent of the holder of the copyright clears it.
    let spot = first_spot(blocks).unwrap_or_default();
    let text = ticked.into_text();
    let block = Block::Paragraph { text: text.clone(), spot };
    let mut shaped = base_text(&text, &[block]);
    let cleared = Entry {
        key: "copyright_cleared".to_owned(),
        spot,
        node: Node::new(Value::Bool(true), spot),
    };
    shaped.value = Some(Value::Table(match shaped.value {
        Some(Value::Table(mut entries)) => {
            entries.retain(|entry| entry.key != "copyright_cleared");
            entries.push(cleared);
            entries
        }
        Some(Value::Text(text)) => {
            let node = Node::text(text, spot);
            vec![Entry { key: "description".to_owned(), spot, node }, cleared]
        }
        _ => vec![cleared],
    }));
    shaped
}

/// True for the label of a box by which the proposer says that the copyright is cleared.
fn is_consent(label: &str) -> bool {
    let words = headings::words(label);
    let denies = [" not ", "no ", " without "].iter().any(|no| format!(" {words}").contains(no));
    words.contains("copyright")
        && !denies
        && ["permission", "granted", "cleared", "confirm", "consent", "agree"]
            .iter()
            .any(|word| words.contains(word))
}

fn base_text(text: &str, blocks: &[Block]) -> Shaped {
    let form = ticks::ticked(&text_of(blocks))
        .and_then(|ticked| ticked.labels.iter().find_map(|label| base_form(label)))
        .or_else(|| base_form(text));
    let lines = lines_of(blocks);
    let labelled: Vec<Entry> =
        lines.iter().filter_map(|(line, spot)| entry("base_document", line, *spot)).collect();
    if !labelled.is_empty() && form.is_none() {
        return parts("base_document", blocks);
    }
    match form {
        Some(form) => {
            let spot = first_spot(blocks).unwrap_or_default();
            let mut entries =
                vec![Entry { key: "form".to_owned(), spot, node: Node::text(form.name(), spot) }];
            // What the form prints, or what the answer above says, is no description.
            let told: Vec<&str> = text
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .filter(|line| match base_form(line) {
                    Some(_) => line.split_whitespace().count() > FORM_WORDS,
                    None => !is_consent(line),
                })
                .filter(|line| !guidance::asks(line))
                .collect();
            if !told.is_empty() {
                let node = Node::text(told.join("\n"), spot);
                entries.push(Entry { key: "description".to_owned(), spot, node });
            }
            Shaped::of(Some(Value::Table(entries)))
        }
        None => Shaped::text(text),
    }
}

/// The most words of a line that says in which form a text comes, and nothing of the text.
const FORM_WORDS: usize = 6;

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
                Some(entry) if entries.iter().all(|other| other.key != entry.key) => {
                    entries.push(entry)
                }
                _ if field == "timeline" && stages(&piece, spot, &mut entries) => {}
                _ => match months_in(field, &piece) {
                    Some(months) if entries.iter().all(|other| other.key != "track_months") => {
                        let node = Node::new(Value::Integer(months.into()), spot);
                        entries.push(Entry { key: "track_months".to_owned(), spot, node });
                    }
                    _ => {
                        if columns::labelled(field, &piece).is_some() {
                            shaped.remarks.push((
                                format!(
                                    "`{}` has no date that can be read",
                                    super::one_line(&piece)
                                ),
                                spot,
                            ));
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

/// True where a text tells the date of a stage.
pub(super) fn has_stages(blocks: &[Block]) -> bool {
    lines_of(blocks).iter().any(|(line, spot)| stages(line, *spot, &mut Vec::new()))
}

/// `CD 2026-06, DIS 2027-01`: the stages that stand before the dates of a line. False, and nothing
/// taken, where a date has no stage that is known.
fn stages(piece: &str, spot: Spot, entries: &mut Vec<Entry>) -> bool {
    let marks = [' ', ',', ':', '.', '–', '—', '-', '(', ')', '/'];
    let mut from = 0;
    let mut found: Vec<Entry> = Vec::new();
    let mut beside = Vec::new();
    for (span, date) in dates_in(piece) {
        let Some(label) = piece.get(from..span.start) else { return false };
        from = span.end;
        let label = label.trim_matches(marks);
        let label = label.strip_prefix("and ").unwrap_or(label);
        // `first meeting in Nairobi on`: the place is kept.
        let short = [" in ", " by ", " on ", " at "].iter().find_map(|word| {
            let padded = label.len() + 1;
            let at = format!("{label} ").find(word)?;
            (at < padded).then(|| label[..at].trim())
        });
        let part = columns::part("timeline", label).or_else(|| {
            columns::part("timeline", short?).inspect(|_| beside.push(piece.to_owned()))
        });
        let Some(part) = part else { return false };
        if found.iter().chain(entries.iter()).any(|entry| entry.key == part) {
            return false;
        }
        let node = Node::text(date.to_string(), spot);
        found.push(Entry { key: part.to_owned(), spot, node });
    }
    let behind = piece[from..].trim_matches(marks);
    if found.is_empty() || behind.split_whitespace().count() > 8 {
        return false;
    }
    if !behind.is_empty() && beside.is_empty() {
        beside.push(piece.to_owned());
    }
    entries.extend(found);
    for text in beside {
        match entries.iter_mut().find(|entry| entry.key == "note") {
            Some(Entry { node: Node { value: Value::Text(old), .. }, .. }) => {
                old.push('\n');
                old.push_str(&text);
            }
            _ => {
                let node = Node::text(text, spot);
                entries.push(Entry { key: "note".to_owned(), spot, node });
            }
        }
    }
    true
}

fn months_in(field: &str, piece: &str) -> Option<u16> {
    (field == "timeline")
        .then(|| read_months(piece))
        .flatten()
        .filter(|_| piece.to_lowercase().contains("month"))
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
pub(super) fn entry(field: &str, text: &str, spot: Spot) -> Option<Entry> {
    let (part, value) = columns::labelled(field, text)?;
    let node = part_value(field, part, value, spot)?;
    Some(Entry { key: part.to_owned(), spot, node })
}

/// Where the parts of a field go that have no place of their own.
pub(super) fn overflow(field: &str) -> Option<&'static str> {
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
pub(super) fn part_value(field: &str, part: &str, text: &str, spot: Spot) -> Option<Node> {
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
        (
            _,
            "agreed" | "copyright_cleared" | "parallel_approval" | "submitted" | "considered"
            | "known",
        ) => Value::Bool(lenient::answer(text).filter(|(_, rest)| rest.is_empty())?.0),
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
        (_, "findings") => {
            Value::List(text.lines().map(|line| Node::text(line.trim(), spot)).collect())
        }
        _ => Value::Text(text.to_owned()),
    };
    Some(Node::new(value, spot))
}
