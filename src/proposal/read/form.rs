//! From the sections of a form or text to the tree of a proposal, with a report of what was
//! recognized.

use super::blocks::{Block, lines_of, text_of};
use super::failure::Unreadable;
use super::headings::Target;
use super::sections::{self, Section, sections};
use super::shapes::{self, Shaped};
use super::tree::{Entry, Node, Spot, Value};
use super::{forms, guidance, headings, margins, ticks};
use crate::proposal::body::references_only;
use crate::proposal::reading::{Guidance, Reading, RecognizedHeading, Remark, UnrecognizedHeading};
use crate::proposal::{Body, Deliverable, Kind};
use crate::reference::{CommitteeRef, Organization, Reference};

/// Fields that a form is not expected to hold: a proposal that lacks them lacks nothing.
const OPTIONAL: &[&str] = &[
    "id",
    "reference",
    "committee",
    "date",
    "language",
    "notes",
    "unrecognized",
    "text_form",
    "lead_arrangement",
    "open_disagreements",
    "programme",
    "maintenance",
    "development_group",
    "ics_codes",
];

/// The tree of a proposal and how it came about; nothing when no heading of a proposal is there.
///
/// # Errors
/// When there are more headings than are read.
pub(super) fn tree(
    blocks: Vec<Block>,
    margins: &[(String, Spot)],
    is_markdown: bool,
) -> Result<Option<(Node, Reading)>, Unreadable> {
    let sorted = sections(blocks, is_markdown);
    if sorted.is_full {
        return Err(Unreadable::LongList { items: sorted.list.len() + 1 });
    }
    let mut form = Form::default();
    for (heading, spot) in sorted.inner_headings {
        form.unknown(heading, spot);
    }
    for (text, spot) in sorted.asides {
        if guidance::is_guidance(&text) {
            form.guidance(&text, spot);
            continue;
        }
        let text = super::one_line(&text);
        let text =
            format!("`{text}` stands beside a label and is taken for an instruction of the form");
        form.reading.remarks.push(Remark { field: String::new(), text, line: spot.line });
    }
    let title_heading = first_heading(&sorted.list);
    let has_title_label =
        sorted.list.iter().any(|section| section.target.is_some_and(|to| to.field == "title"));
    for (at, section) in sorted.list.into_iter().enumerate() {
        if Some(at) == title_heading {
            form.title_of_document(&section);
        } else {
            form.section(&section);
        }
    }
    if let Some((kind, heading, spot)) = sorted.form {
        let field = "kind".to_owned();
        form.reading
            .recognized
            .insert(0, RecognizedHeading { heading, field, line: spot.line, exact: true });
        if form.entries.iter().all(|entry| entry.key != "kind") {
            form.put("kind", Value::Text(kind.to_string()), spot, spot);
        }
    }
    if let Some((named, line, spot)) = sorted.named {
        form.named(named, &line, spot);
    }
    if form.reading.recognized.iter().all(|heading| heading.field.is_empty()) {
        return Ok(None);
    }
    for (line, spot) in sorted.told {
        form.narrower(&line, spot);
        let before = form.reading.recognized.len();
        // What fills nothing, since the form tells it already, is kept.
        if !form.margin(&line, spot) || form.reading.recognized.len() == before {
            form.notes.push((line, spot));
        }
    }
    for (line, spot) in margins {
        if !form.margin(line, *spot) && !margins::is_page_number(line) {
            let text = format!("`{}` in a header or footer is not read", super::one_line(line));
            form.reading.remarks.push(Remark { field: String::new(), text, line: spot.line });
        }
    }
    form.number_tells();
    form.head_tells(sorted.subtitle, sorted.acronym);
    if form.is_open("title") && !has_title_label {
        form.first_line_is_title();
    }
    form.settle_committee();
    form.settle_kind();
    form.summary_is_scope();
    Ok(Some(form.finish()))
}

/// The heading of the whole document, where it is its title: the only one of the first level, which
/// is not known, in a document that gives no title otherwise.
fn first_heading(sections: &[Section]) -> Option<usize> {
    let mut first_level = sections.iter().enumerate().filter(|(_, section)| section.level == 1);
    let (at, section) = first_level.next()?;
    let only = first_level.next().is_none() && section.target.is_none();
    let titled =
        sections.iter().any(|section| section.target.is_some_and(|target| target.field == "title"));
    (only && !titled).then_some(at)
}

#[derive(Default)]
struct Form {
    entries: Vec<Entry>,
    reading: Reading,
    notes: Vec<(String, Spot)>,
    unrecognized: Vec<Node>,
    /// True when purpose and justification were asked for in one.
    twofold: bool,
    /// A committee without its organization, which may be told elsewhere.
    bare_committee: Option<Section>,
}

/// True for a heading that asks for purpose and justification in one.
fn is_twofold(heading: &str) -> bool {
    let words = headings::words(heading);
    words.contains("purpose") && words.contains("justification")
}

/// True for the name of an organization at the head of a document.
fn is_letterhead(heading: &str) -> bool {
    let words = headings::words(heading);
    words == "international telecommunication union"
        || words == "telecommunication standardization sector"
}

impl Form {
    fn title_of_document(&mut self, section: &Section) {
        self.recognized(section, "title", false);
        self.put("title", Value::Text(section.heading.clone()), section.spot, section.spot);
        let text = text_of(&section.body);
        if !text.is_empty() {
            self.keep("", &text, section.spot);
        }
    }

    fn recognized(&mut self, section: &Section, field: &str, exact: bool) {
        let heading = section.heading.clone();
        let field = field.to_owned();
        self.reading.recognized.push(RecognizedHeading {
            heading,
            field,
            line: section.spot.line,
            exact,
        });
    }

    /// Notes a heading that is not understood, with the field that it resembles most.
    fn unknown(&mut self, heading: String, spot: Spot) {
        let nearest = headings::nearest(&heading).map(str::to_owned);
        self.reading.unrecognized.push(UnrecognizedHeading { heading, line: spot.line, nearest });
    }

    /// What the line tells that names a Question or a focus group, unless the form says it itself.
    fn named(&mut self, named: forms::Named, line: &str, spot: Spot) {
        let committee = named.committee.map(|committee| committee.to_string());
        for (field, value) in [("title", named.title), ("committee", committee)] {
            let Some(value) = value.filter(|_| self.is_open(field)) else { continue };
            self.put(field, Value::Text(value), spot, spot);
            let (heading, field) = (line.to_owned(), field.to_owned());
            self.reading.recognized.push(RecognizedHeading {
                heading,
                field,
                line: spot.line,
                exact: false,
            });
        }
        if named.kind.is_some() && self.is_open("organization") {
            self.put("organization", Value::Text("ITU-T".to_owned()), spot, spot);
        }
    }

    /// A body without placeholders and the instructions of the form, which are noted.
    fn answered(&mut self, body: &[Block]) -> Vec<Block> {
        let mut answered = Vec::with_capacity(body.len());
        for block in body {
            let (text, spot) = match block {
                Block::Paragraph { text, spot } | Block::Item { text, spot } => (text, *spot),
                other => {
                    answered.push(other.clone());
                    continue;
                }
            };
            let mut kept: Vec<&str> = Vec::new();
            if guidance::is_guidance(text) {
                self.guidance(text, spot);
                continue;
            }
            for line in text.lines() {
                if guidance::is_placeholder(line) {
                    continue;
                }
                if guidance::is_guidance(line) {
                    self.guidance(line, spot);
                } else {
                    kept.push(line);
                }
            }
            if kept.is_empty() {
                continue;
            }
            let text = kept.join("\n");
            answered.push(match block {
                Block::Item { .. } => Block::Item { text, spot },
                _ => Block::Paragraph { text, spot },
            });
        }
        answered
    }

    fn guidance(&mut self, text: &str, spot: Spot) {
        let text = super::one_line(text);
        self.reading.guidance.push(Guidance { text, line: spot.line });
    }

    /// Where a record of a work programme has a summary and no scope, the summary tells the scope.
    /// So do the objectives of a focus group.
    fn summary_is_scope(&mut self) {
        let is_group = self.text("kind") == Some(&Kind::ItuFocusGroup.to_string());
        let from_summary = self.reading.recognized.iter_mut().find(|heading| {
            let words = headings::words(&heading.heading);
            let tells = words.starts_with("summary") || is_group && words.starts_with("objectives");
            heading.field == "purpose" && tells
        });
        let is_open = self.entries.iter().all(|entry| entry.key != "scope");
        if let Some(heading) = from_summary.filter(|_| is_open)
            && let Some(entry) = self.entries.iter_mut().find(|entry| entry.key == "purpose")
        {
            entry.key = "scope".to_owned();
            heading.field = "scope".to_owned();
        }
    }

    fn section(&mut self, section: &Section) {
        let Some(target) = section.target else {
            let text = text_of(&section.body);
            if !section.heading.is_empty() {
                self.unknown(section.heading.clone(), section.spot);
            }
            if !text.is_empty() {
                self.keep(&section.heading, &text, section.spot);
            }
            return;
        };
        let section = &Section { body: self.answered(&section.body), ..section.clone() };
        let target = question_text(section).unwrap_or(target);
        self.recognized(section, target.field, target.exact);
        if target.field.is_empty() || target.field == "notes" {
            let text = ticks::resolved(&text_of(&section.body));
            if is_letterhead(&section.heading) {
                self.letterhead(section);
            } else if !text.is_empty() {
                let plain =
                    target.field == "notes" && section.heading.to_lowercase().starts_with("note");
                self.notes.push((
                    if plain { text } else { format!("{}: {text}", section.heading) },
                    section.spot,
                ));
            }
            return;
        }
        if is_twofold(&section.heading) {
            self.twofold = true;
            let text = "one text for purpose and justification: it counts for both, and is kept as `justification`";
            let field = target.field.to_owned();
            self.reading.remarks.push(Remark {
                field,
                text: text.to_owned(),
                line: section.spot.line,
            });
        }
        if target.field == "title" && headings::words(&section.heading) == "reference and title" {
            self.title_of_work();
        }
        self.form_named_in(target.field, section);
        let (mut body, foreign) = in_english(&section.body);
        if target.field == "supporters" {
            part_members(&section.heading, &mut body);
        }
        if target.field == "related_standards" {
            self.committees_apart(&mut body);
        }
        if matches!(target.field, "related_committees" | "liaisons") {
            part_lists(&section.heading, &mut body);
        }
        if !foreign.is_empty() {
            self.notes.push((format!("{}: {}", section.heading, text_of(&foreign)), section.spot));
        }
        let (mut field, body, more) = split_short(target.field, &body);
        if field == "timeline.note" && shapes::has_stages(&body) {
            field = "timeline";
        }
        if field == "programme"
            && let Some(asked) = sections::options(&text_of(&body))
        {
            field = asked;
        }
        let Shaped { mut value, left_over, remarks } = shapes::value(field, &body, section.spot);
        if field == "supporters"
            && headings::words(&section.heading).contains("countries")
            && let Some(Value::List(nodes)) = &mut value
        {
            nodes.iter_mut().for_each(as_country);
        }
        if field == "committee" && value.is_none() && self.bare_committee.is_none() {
            let text = text_of(&section.body);
            if CommitteeRef::parse_in(&text, Organization::Iso).is_ok() {
                self.bare_committee = Some(section.clone());
                return;
            }
        }
        if field == "committee"
            && let Some(Value::Text(committee)) = &value
        {
            self.narrowed_to(committee);
        }
        // «Proposed new Recommendation» names the deliverable itself; beside it stands a meeting.
        let words = headings::words(&section.heading);
        let named = Deliverable::read(words.rsplit(' ').next().unwrap_or_default())
            .or_else(|| Deliverable::read(words.strip_prefix("proposed new itu t ")?));
        if field == "target_deliverable"
            && let Some(Value::Text(written)) = &value
            && Deliverable::read(written).is_none()
            && forms::of_line(&section.heading).is_none()
            && let Some(deliverable) = named.clone()
        {
            self.notes.push((format!("{}: {written}", section.heading), section.spot));
            value = Some(Value::Text(deliverable.name().to_owned()));
        }
        if field == "target_deliverable"
            && value.is_none()
            && headings::words(&section.heading).starts_with("proposed new itu t")
        {
            value = named.map(|deliverable| Value::Text(deliverable.name().to_owned()));
        }
        // A number needs to say of what.
        if field == "timeline.note"
            && let Some(Value::Text(text)) = &mut value
            && text.split_whitespace().count() <= 1
            && !headings::words(&section.heading).contains("note")
        {
            *text = format!("{}: {text}", section.heading);
        }
        for (text, spot) in remarks {
            self.reading.remarks.push(Remark { field: field.to_owned(), text, line: spot.line });
        }
        if let Some(value) = value {
            let spot = body.first().and_then(Block::spot).unwrap_or(section.spot);
            if let Some(value) = self.put(field, value, section.spot, spot) {
                let text = format!("`{field}` is given a second time");
                self.reading.remarks.push(Remark {
                    field: field.to_owned(),
                    text,
                    line: section.spot.line,
                });
                self.keep(&section.heading, &value, section.spot);
            }
        }
        let mut left_over = left_over;
        if field == "committee" && !self.is_open("committee") {
            // Beside the committee stand the place of a meeting, or the kind of document.
            left_over.retain(|text| {
                let lines: Vec<&str> =
                    text.lines().filter(|line| !line.trim().is_empty()).collect();
                let several = lines.len() > 1;
                if several {
                    let beside =
                        lines.into_iter().filter(|line| shapes::committee_in(line).is_none());
                    self.notes.extend(beside.map(|line| (line.trim().to_owned(), section.spot)));
                }
                !several
            });
        }
        if !more.is_empty() {
            left_over.push(text_of(&more));
        }
        if !left_over.is_empty() {
            self.keep(&section.heading, &left_over.join("\n"), section.spot);
        }
    }

    /// Takes lines that list committees out of a list of documents.
    fn committees_apart(&mut self, body: &mut [Block]) {
        let lists_committees = |line: &str| {
            let named = references_only(line);
            !named.is_empty() && named.iter().all(|(_, one)| matches!(one, Reference::Committee(_)))
        };
        for block in body {
            let Block::Paragraph { text, spot } = block else { continue };
            if !text.contains('\n') || !text.lines().any(lists_committees) {
                continue;
            }
            let (committees, documents): (Vec<&str>, Vec<&str>) =
                text.lines().partition(|line| lists_committees(line));
            let listed = Block::Paragraph { text: committees.join("\n"), spot: *spot };
            let spot = *spot;
            *text = documents.join("\n");
            if let Some(value) = shapes::value("related_committees", &[listed], spot).value {
                self.put("related_committees", value, spot, spot);
            }
        }
    }

    /// The kind, where a title, a type of document or a remark is the name of a form.
    fn form_named_in(&mut self, field: &str, section: &Section) {
        if !matches!(field, "title" | "target_deliverable" | "reference") || !self.is_open("kind") {
            return;
        }
        let text = text_of(&section.body);
        if let Some(kind) = forms::of_line(text.lines().next().unwrap_or_default()) {
            self.put("kind", Value::Text(kind.to_string()), section.spot, section.spot);
            self.recognized(section, "kind", false);
        }
    }

    /// What stands beside the name of the organization at the head of a document.
    fn letterhead(&mut self, section: &Section) {
        for (line, spot) in lines_of(&section.body) {
            if !self.margin(&line, spot) {
                self.notes.push((line, spot));
            }
        }
        if self.is_open("organization") && self.is_open("committee") {
            self.put("organization", Value::Text("ITU-T".to_owned()), section.spot, section.spot);
        }
    }

    /// Reads a line of a header, footer or letterhead into fields that are empty; false when it
    /// tells nothing.
    fn margin(&mut self, line: &str, spot: Spot) -> bool {
        const FIELDS: &[&str] =
            &["title", "proposer", "reference", "committee", "organization", "kind", "date"];
        if let Some((heading, rest, Some(target))) = sections::label(line)
            && FIELDS.contains(&target.field)
        {
            let paragraph = Block::Paragraph { text: rest.to_owned(), spot };
            return match shapes::value(target.field, &[paragraph], spot).value {
                Some(value) => {
                    self.told(target.field, value, heading, spot);
                    true
                }
                None => false,
            };
        }
        if let Some(kind) = forms::of_line(line) {
            self.told("kind", Value::Text(kind.to_string()), line, spot);
            return true;
        }
        let told = margins::told(line);
        let values = [
            ("reference", told.reference),
            ("committee", told.committee.map(|committee| committee.to_string())),
            ("organization", told.organization.map(|organization| organization.name().to_owned())),
        ];
        let mut tells = false;
        for (field, value) in values {
            if let Some(value) = value {
                self.told(field, Value::Text(value), line, spot);
                tells = true;
            }
        }
        tells
    }

    /// Of two committees in the head of a document, the narrower is the addressee.
    fn narrower(&mut self, line: &str, spot: Spot) {
        let told = margins::told(line).committee;
        let known = self.text("committee").and_then(|name| name.parse::<CommitteeRef>().ok());
        let (Some(told), Some(known)) = (told, known) else { return };
        let by_label = self
            .reading
            .recognized
            .iter()
            .any(|heading| heading.field == "committee" && heading.exact);
        if !by_label && known != told && known.contains(&told) {
            self.narrowed_to(&told.to_string());
            self.told("committee", Value::Text(told.to_string()), line, spot);
        }
    }

    /// Puts what stands in a margin into its field, unless the form itself says it.
    fn told(&mut self, field: &str, value: Value, heading: &str, spot: Spot) {
        if let Some(known) = self.entries.iter().find(|entry| entry.key == field) {
            let (known, other) = (text_of_value(&known.node.value), text_of_value(&value));
            let related = |one: &str, other: &str| {
                let committees =
                    one.parse::<CommitteeRef>().ok().zip(other.parse::<CommitteeRef>().ok());
                one.contains(other) || committees.is_some_and(|(one, other)| one.contains(&other))
            };
            if !related(&other, &known) && !related(&known, &other) {
                let text = format!(
                    "`{}` in a header or footer differs; what the form says counts",
                    super::one_line(heading)
                );
                self.reading.remarks.push(Remark {
                    field: field.to_owned(),
                    text,
                    line: spot.line,
                });
            }
            return;
        }
        // A committee tells its organization.
        if field == "organization" && !self.is_open("committee") {
            return;
        }
        self.put(field, value, spot, spot);
        let (heading, field) = (heading.to_owned(), field.to_owned());
        self.reading.recognized.push(RecognizedHeading {
            heading,
            field,
            line: spot.line,
            exact: false,
        });
    }

    fn is_open(&self, field: &str) -> bool {
        self.entries.iter().all(|entry| entry.key != field)
    }

    /// The number of a proposal tells to whom it is addressed, where nothing else does.
    fn number_tells(&mut self) {
        let number =
            self.entries.iter().find(|entry| entry.key == "reference").map(|entry| &entry.node);
        let Some(Node { value: Value::Text(number), spot }) = number else { return };
        let (number, spot) = (number.clone(), *spot);
        if self.is_open("organization") && self.is_open("committee") {
            self.margin(&number, spot);
        }
    }

    /// What the name of the form tells behind it fills what nothing else does.
    fn head_tells(&mut self, title: Option<(String, Spot)>, acronym: Option<(String, Spot)>) {
        for (field, told) in [("title", title), ("reference", acronym)] {
            if let Some((text, spot)) = told
                && self.is_open(field)
            {
                self.told(field, Value::Text(text.clone()), &text, spot);
            }
        }
    }

    /// A line that stands alone before the first label is the title, where nothing else gives one.
    fn first_line_is_title(&mut self) {
        const OF_FORMS: &[&str] = &[
            "proposal",
            "form",
            "template",
            "completed",
            "draft",
            "dear",
            "hello",
            "contents",
            "page",
            "confidential",
            "circulation",
            "contribution",
        ];
        let Some(first) = self.unrecognized.first() else { return };
        let spot = first.spot;
        let Value::Table(entries) = &first.value else { return };
        let part = |key: &str| {
            let entry = entries.iter().find(|entry| entry.key == key)?;
            if let Value::Text(text) = &entry.node.value { Some(text.as_str()) } else { None }
        };
        let (Some(""), Some(line)) = (part("heading"), part("text")) else { return };
        let words = headings::words(line);
        let count = words.split(' ').count();
        let is_title = (2..=25).contains(&count)
            && !line.contains(['\n', '@', '|'])
            && !line.ends_with(['.', ',', ':', ';', '?', '!'])
            && line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && !words.split(' ').any(|word| OF_FORMS.contains(&word))
            && !guidance::asks(line);
        let is_head = self.reading.recognized.iter().all(|heading| heading.line > spot.line);
        if is_title && is_head {
            let line = line.to_owned();
            self.unrecognized.remove(0);
            self.told("title", Value::Text(line.clone()), &line, spot);
        }
    }

    /// The committee to which a proposal goes where it is told without its organization, or only by
    /// who proposes.
    fn settle_committee(&mut self) {
        if let Some(section) = self.bare_committee.take() {
            let text = text_of(&section.body);
            let organization = self.text("organization").and_then(|name| name.parse().ok());
            let committee = organization
                .and_then(|organization| CommitteeRef::parse_in(&text, organization).ok());
            match committee {
                Some(committee) if self.is_open("committee") => {
                    let value = Value::Text(committee.to_string());
                    self.put("committee", value, section.spot, section.spot);
                }
                _ => {
                    let shown = super::one_line(&text);
                    let text = format!("`{shown}` is not a committee with its organization");
                    let field = "committee".to_owned();
                    self.reading.remarks.push(Remark { field, text, line: section.spot.line });
                    self.keep(&section.heading, &shown, section.spot);
                }
            }
        }
        if self.is_open("committee")
            && self.is_open("organization")
            && let Some(committee) =
                self.text("proposer").and_then(|name| name.parse::<CommitteeRef>().ok())
            && let Some(spot) =
                self.entries.iter().find(|entry| entry.key == "proposer").map(|entry| entry.spot)
        {
            let heading = committee.to_string();
            self.told("committee", Value::Text(heading.clone()), &heading, spot);
        }
    }

    /// A text of ITU-T that is addressed to one of its groups is a work item; a committee that is
    /// named stands against a project committee that the form only offers.
    fn settle_kind(&mut self) {
        let committee = self.text("committee").and_then(|name| name.parse::<CommitteeRef>().ok());
        let Some(committee) = committee else { return };
        let deliverable = self.text("target_deliverable").and_then(Deliverable::read);
        let of_itu = matches!(
            deliverable,
            Some(
                Deliverable::Recommendation
                    | Deliverable::Supplement
                    | Deliverable::TechnicalPaper
                    | Deliverable::TechnicalReport
            )
        );
        let entry = |form: &Form, field: &str| {
            form.entries.iter().find(|entry| entry.key == field).map(|entry| entry.spot)
        };
        if self.is_open("kind") && of_itu && committee.organization() == Organization::ItuT {
            let Some(spot) = entry(self, "target_deliverable") else { return };
            let kind = Kind::ItuWorkItem.to_string();
            self.told("kind", Value::Text(kind), "type of text", spot);
        }
        let offered = Kind::ProjectCommittee.to_string();
        if self.text("kind") == Some(&offered)
            && !committee.to_string().contains("PC ")
            && let Some(spot) = entry(self, "kind")
        {
            self.entries.retain(|entry| entry.key != "kind");
            self.put("kind", Value::Text(Kind::NewWorkItem.to_string()), spot, spot);
            let text = format!(
                "the form offers a project committee, and names {committee}: taken for a new work \
                 item of that committee"
            );
            let field = "kind".to_owned();
            self.reading.remarks.push(Remark { field, text, line: spot.line });
        }
    }

    /// The text of a field that has one.
    fn text(&self, field: &str) -> Option<&str> {
        self.entries.iter().find(|entry| entry.key == field).and_then(|entry| {
            match &entry.node.value {
                Value::Text(text) => Some(text.as_str()),
                _ => None,
            }
        })
    }

    /// Of a study group and one of its Questions, or a committee and one of its working groups, the
    /// narrower counts.
    fn narrowed_to(&mut self, committee: &str) {
        let Ok(committee) = committee.parse::<CommitteeRef>() else { return };
        self.entries.retain(|entry| {
            let known = match &entry.node.value {
                Value::Text(known) if entry.key == "committee" => {
                    known.parse::<CommitteeRef>().ok()
                }
                _ => None,
            };
            known.is_none_or(|known| known == committee || !known.contains(&committee))
        });
    }

    /// The title of the work is about to come: one that was read before is that of the document.
    fn title_of_work(&mut self) {
        if let Some(at) = self.entries.iter().position(|entry| entry.key == "title") {
            let title = self.entries.remove(at);
            self.notes.push((format!("Title: {}", text_of_value(&title.node.value)), title.spot));
        }
    }

    /// Keeps text that has no field.
    fn keep(&mut self, heading: &str, text: &str, spot: Spot) {
        let entry = |key: &str, text: &str| Entry {
            key: key.to_owned(),
            spot,
            node: Node::text(text, spot),
        };
        self.unrecognized.push(Node::new(
            Value::Table(vec![entry("heading", heading), entry("text", text)]),
            spot,
        ));
    }

    /// Puts a value into its field; gives its text back where the field is taken and cannot hold
    /// both.
    fn put(&mut self, field: &str, value: Value, key_spot: Spot, spot: Spot) -> Option<String> {
        match field.split_once('.') {
            None => put(&mut self.entries, field, Node::new(value, spot), key_spot),
            Some((field, part)) => {
                if self.entries.iter().all(|entry| entry.key != field) {
                    let table = Node::new(Value::Table(Vec::new()), spot);
                    self.entries.push(Entry { key: field.to_owned(), spot: key_spot, node: table });
                }
                let entry = self.entries.iter_mut().find(|entry| entry.key == field)?;
                as_table(field, &mut entry.node);
                match &mut entry.node.value {
                    Value::Table(parts) => put(parts, part, Node::new(value, spot), key_spot),
                    _ => Some(text_of_value(&value)),
                }
            }
        }
    }

    fn finish(mut self) -> (Node, Reading) {
        let spot = Spot::default();
        if !self.notes.is_empty() {
            let spot = self.notes[0].1;
            let text: Vec<String> = self.notes.into_iter().map(|(text, _)| text).collect();
            self.entries.push(Entry {
                key: "notes".to_owned(),
                spot,
                node: Node::text(text.join("\n"), spot),
            });
        }
        if !self.unrecognized.is_empty() {
            let node = Node::new(Value::List(self.unrecognized), spot);
            self.entries.push(Entry { key: "unrecognized".to_owned(), spot, node });
        }
        let mut reading = self.reading;
        reading.missing = super::fields()
            .iter()
            .filter(|field| !(self.twofold && **field == "purpose"))
            .filter(|field| {
                !OPTIONAL.contains(field) && self.entries.iter().all(|entry| entry.key != **field)
            })
            .map(|field| (*field).to_owned())
            .collect();
        (Node::new(Value::Table(self.entries), Spot::new(1, 1)), reading)
    }
}

/// «Question» heads the number of one, or its text: then that is the scope.
fn question_text(section: &Section) -> Option<Target> {
    let target = section.target.filter(|target| target.field == "committee")?;
    let is_question = headings::words(&section.heading).starts_with("question");
    let text = text_of(&section.body);
    let is_prose = (text.split_whitespace().count() > 8 || text.trim_end().ends_with('?'))
        && shapes::committee_in(&text).is_none();
    (is_question && is_prose).then_some(Target { field: "scope", ..target })
}

/// Lists under one keyword are parted; below «Questions» and «Study groups» the numbers alone may
/// stand.
fn part_lists(heading: &str, body: &mut [Block]) {
    let keyword = match headings::words(heading).as_str() {
        "question" | "questions" | "related questions" => "Questions",
        "study group" | "study groups" | "related study groups" => "Study Groups",
        _ => "",
    };
    for block in body {
        let (Block::Paragraph { text, .. } | Block::Item { text, .. }) = block else { continue };
        let is_list = text.contains([',', ';', ' ']);
        if text.starts_with(|c: char| c.is_ascii_digit())
            || is_list && text.trim_start_matches('Q').starts_with(|c: char| c.is_ascii_digit())
        {
            *text = format!("{keyword} {text}").trim_start().to_owned();
        }
        let bodies = Body::new(text).parted();
        if bodies.len() > 1 {
            *text = bodies.iter().map(Body::text).collect::<Vec<_>>().join("; ");
        }
    }
}

/// Under a heading that asks for several bodies, a comma parts two names: `Atlantis, Lift Works`.
fn part_members(heading: &str, body: &mut [Block]) {
    const SEVERAL: &[&str] =
        &["members", "countries", "companies", "organizations", "bodies", "states", "supporters"];
    // `Korea, Republic of` is one.
    const OF_NAMES: &[&str] =
        &["republic", "rep", "democratic", "united", "islamic", "province", "the"];
    let words = headings::words(heading);
    if !words.split(' ').any(|word| SEVERAL.contains(&word)) {
        return;
    }
    for block in body {
        let Block::Paragraph { text, .. } = block else { continue };
        let pieces: Vec<&str> = text.split(", ").collect();
        let is_name = |piece: &&str| {
            let first = headings::words(piece);
            let first = first.split(' ').next().unwrap_or_default();
            piece.split_whitespace().count() <= 4
                && piece.starts_with(char::is_uppercase)
                && !piece.contains(['(', ')', '@', ':', ';', '\n'])
                && !piece.contains(" and ")
                && !OF_NAMES.contains(&first)
        };
        if pieces.len() == 2 && pieces.iter().all(is_name) {
            *text = pieces.join("; ");
        }
    }
}

/// A supporter under a heading that asks for countries, told by one word or two, is a country.
fn as_country(node: &mut Node) {
    if let Value::Text(text) = &node.value
        && !text.contains([':', '(', ',', '—'])
    {
        let entry = Entry {
            key: "country".to_owned(),
            spot: node.spot,
            node: Node::text(text.trim(), node.spot),
        };
        node.value = Value::Table(vec![entry]);
    }
}

/// Languages that a form may ask for beside English, as their labels.
const LANGUAGES: &[&str] = &[
    "french",
    "français",
    "francais",
    "russian",
    "русский",
    "spanish",
    "español",
    "chinese",
    "arabic",
];

/// What stands below the label «English», where a text is given in several languages; and what
/// stands below others.
fn in_english(body: &[Block]) -> (Vec<Block>, Vec<Block>) {
    fn language(text: &str) -> Option<(String, &str)> {
        let text = headings::without_number(text);
        let end = text.find([':', '\n', '(']).unwrap_or(text.len());
        let word = text[..end].trim().trim_start_matches("In ").to_lowercase();
        let word = word.trim_end_matches(" title").trim_start_matches("title in ").to_owned();
        let rest = &text[end..];
        // `French (if available): …`
        let rest = match rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
            Some((_, rest)) => rest,
            None => rest,
        };
        (word == "english" || LANGUAGES.contains(&word.as_str()))
            .then(|| (word, rest.trim_start_matches([':', ' ', '\n'])))
    }
    // A label of a language may stand in a line of its own within a paragraph.
    let mut lines: Vec<Block> = Vec::with_capacity(body.len());
    for block in body {
        match block {
            Block::Paragraph { text, spot }
                if text.lines().skip(1).any(|line| language(line).is_some()) =>
            {
                lines.extend(text.lines().enumerate().map(|(at, line)| Block::Paragraph {
                    text: line.to_owned(),
                    spot: Spot::new(spot.line + at, 1),
                }));
            }
            other => lines.push(other.clone()),
        }
    }
    let body = lines.as_slice();
    let labelled = body.iter().any(|block| match block {
        Block::Paragraph { text, .. } => language(text).is_some_and(|(word, _)| word == "english"),
        _ => false,
    });
    if !labelled {
        return (body.to_vec(), Vec::new());
    }
    let (mut english, mut foreign) = (Vec::new(), Vec::new());
    let mut is_english = true;
    for block in body {
        let mut block = block.clone();
        if let Block::Paragraph { text, .. } = &mut block
            && let Some((word, rest)) = language(text)
        {
            is_english = word == "english";
            *text = rest.to_owned();
            if text.is_empty() {
                continue;
            }
        }
        if is_english { english.push(block) } else { foreign.push(block) }
    }
    (english, foreign)
}

/// Fields of one line take the first paragraph; what follows is no part of them.
fn split_short<'a>(field: &'a str, body: &[Block]) -> (&'a str, Vec<Block>, Vec<Block>) {
    let short = matches!(
        field,
        "id" | "reference" | "title" | "organization" | "kind" | "date" | "proposer" | "language"
    );
    let paragraphs = body.iter().all(|block| matches!(block, Block::Paragraph { .. }));
    if short && paragraphs && body.len() > 1 {
        let (first, more) = body.split_at(1);
        return (field, first.to_vec(), more.to_vec());
    }
    (field, body.to_vec(), Vec::new())
}

/// Puts a node into a table, adding to what is there where that is a text or a list.
fn put(entries: &mut Vec<Entry>, key: &str, node: Node, spot: Spot) -> Option<String> {
    let Some(old) = entries.iter_mut().find(|entry| entry.key == key) else {
        entries.push(Entry { key: key.to_owned(), spot, node });
        return None;
    };
    let appendable = !matches!(
        key,
        "organization"
            | "committee"
            | "kind"
            | "date"
            | "title"
            | "reference"
            | "collaboration_mode"
            | "text_form"
            | "submission"
            | "start"
            | "first_meeting"
            | "draft"
            | "enquiry"
            | "approval"
            | "publication"
            | "lead"
            | "form"
    );
    match (&mut old.node.value, node.value) {
        (Value::Text(old), Value::Text(new)) if *old == new => None,
        (Value::Text(old), Value::Text(new)) if appendable => {
            old.push_str("\n\n");
            old.push_str(&new);
            None
        }
        (Value::List(old), Value::List(new)) => {
            old.extend(new);
            None
        }
        (Value::Table(old), Value::Table(new)) => {
            let lost: Vec<String> = new
                .into_iter()
                .filter_map(|entry| put(old, &entry.key, entry.node, entry.spot))
                .collect();
            (!lost.is_empty()).then(|| lost.join("\n"))
        }
        (Value::Table(old), Value::Text(new)) => {
            let note = if key == "timeline" { "note" } else { "description" };
            match key {
                "timeline" | "base_document" => put(old, note, Node::text(new, node.spot), spot),
                _ => Some(new),
            }
        }
        (_, new) => Some(text_of_value(&new)),
    }
}

/// A field that was told in a text becomes a table when a part of it follows.
fn as_table(field: &str, node: &mut Node) {
    let Value::Text(text) = &node.value else { return };
    let key = match field {
        "timeline" => "note",
        "base_document" => "description",
        "lead_arrangement" => "lead",
        _ => return,
    };
    let part =
        Entry { key: key.to_owned(), spot: node.spot, node: Node::text(text.clone(), node.spot) };
    node.value = Value::Table(vec![part]);
}

fn text_of_value(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(answer) => (if *answer { "yes" } else { "no" }).to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::List(nodes) => {
            nodes.iter().map(|node| text_of_value(&node.value)).collect::<Vec<_>>().join("\n")
        }
        Value::Table(entries) => {
            let parts: Vec<String> = entries
                .iter()
                .map(|entry| format!("{}: {}", entry.key, text_of_value(&entry.node.value)))
                .collect();
            parts.join("; ")
        }
    }
}
