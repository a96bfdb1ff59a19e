//! From blocks to sections: which heading each part of a document stands under.

use super::blocks::{Block, Cell, Table};
use super::bounds;
use super::columns;
use super::forms::{self, Named};
use super::guidance;
use super::headings::{self, Target};
use super::margins;
use super::markdown::plain;
use super::shapes;
use super::tree::Spot;
use crate::proposal::{CollaborationMode, Deliverable, Kind};

/// A heading or label with what stands under it.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub(super) heading: String,
    pub(super) spot: Spot,
    pub(super) target: Option<Target>,
    /// 1 to 6 for headings, 0 for labels.
    pub(super) level: u8,
    pub(super) body: Vec<Block>,
    pub(super) from_item: bool,
}

impl Section {
    fn field(&self) -> &'static str {
        self.target.map_or("", |target| target.field)
    }
}

/// Sorts blocks under their headings. In Markdown the lines of a paragraph belong together.
pub(super) fn sections(blocks: Vec<Block>, is_markdown: bool) -> Sections {
    let mut sorter = Sections { is_markdown, ..Sections::default() };
    for block in blocks {
        if sorter.is_full {
            break; // the document is refused: what follows is not looked at
        }
        sorter.block(block);
    }
    sorter
}

/// The sections of a document, and headings that stand inside lists.
#[derive(Debug, Default)]
pub(super) struct Sections {
    pub(super) list: Vec<Section>,
    pub(super) inner_headings: Vec<(String, Spot)>,
    /// Texts beside labels, which are taken for instructions of the form.
    pub(super) asides: Vec<(String, Spot)>,
    /// What the name of the form says: «New work item proposal».
    pub(super) form: Option<(Kind, String, Spot)>,
    /// What the line tells that names a Question or a focus group.
    pub(super) named: Option<(Named, String, Spot)>,
    /// Lines without a label that tell a number, committee or organization.
    pub(super) told: Vec<(String, Spot)>,
    is_markdown: bool,
    /// What stands behind the name of the form, and may be the title: `… on lifts`.
    pub(super) subtitle: Option<(String, Spot)>,
    /// The provisional number of a work item that stands there.
    pub(super) acronym: Option<(String, Spot)>,
    /// How many lines inside paragraphs were compared with labels.
    compared: usize,
    /// True when a section was opened that does not belong to the head of a document.
    is_past_head: bool,
    /// The next line may be the title of a Question whose number was read.
    awaits_title: bool,
    /// In what a Question tells of its relations, `Questions` are no addressee.
    in_relations: bool,
    in_contents: bool,
    /// True when there are more headings than are read.
    pub(super) is_full: bool,
}

impl Sections {
    fn open(
        &mut self,
        heading: &str,
        spot: Spot,
        target: Option<Target>,
        level: u8,
        body: Vec<Block>,
    ) {
        if self.list.len() >= bounds::ITEMS {
            self.is_full = true;
            return;
        }
        let heading =
            headings::without_number(&plain(heading)).trim_end_matches([':', ' ', '*']).to_owned();
        let target = self.in_its_place(&heading, target);
        self.awaits_title = false;
        self.is_past_head |= !is_of_head(target.map_or("", |target| target.field));
        self.list.push(Section { heading, spot, target, level, body, from_item: false });
    }

    /// Below «Relationships», Questions and committees are those with related work.
    fn in_its_place(&mut self, heading: &str, target: Option<Target>) -> Option<Target> {
        const RELATIONS: &[&str] = &["related_committees", "related_standards", "liaisons"];
        let Some(mut target) = target else { return target };
        let words = headings::words(heading);
        let is_committee = target.field == "committee" && !words.contains("parent");
        if words.starts_with("relation") {
            self.in_relations = true;
        } else if self.in_relations && is_committee {
            target.field = "related_committees";
        } else if !RELATIONS.contains(&target.field) && !matches!(target.field, "" | "notes") {
            self.in_relations = false;
        }
        Some(target)
    }

    fn push(&mut self, block: Block) {
        if self.list.is_empty() {
            let spot = block.spot().unwrap_or_default();
            self.open("", spot, None, 0, Vec::new());
        }
        if let Some(last) = self.list.last_mut() {
            last.body.push(block);
        }
    }

    fn field(&self) -> &'static str {
        self.list.last().map_or("", Section::field)
    }

    fn block(&mut self, block: Block) {
        match block {
            Block::Heading { level, text, spot } => self.heading(level, &text, spot),
            Block::Paragraph { text, spot } => self.paragraph(&text, spot),
            Block::Item { text, spot } => self.item(text, spot),
            Block::Table(table) => self.table(table),
            verbatim @ Block::Verbatim { .. } => self.push(verbatim),
            Block::Rule { spot } => self.rule(spot),
        }
    }

    /// A line across the page ends a list; what stands below it is no item.
    fn rule(&mut self, spot: Spot) {
        let ends = columns::has_parts(self.field())
            && self.list.last().is_some_and(|open| !open.body.is_empty());
        if ends {
            self.open("", spot, None, 0, Vec::new());
        }
    }

    fn heading(&mut self, level: u8, text: &str, spot: Spot) {
        if self.is_head_line(text, spot) {
            return;
        }
        if let Some((heading, rest, target)) = label(text).filter(|(_, rest, _)| !rest.is_empty()) {
            let body = vec![Block::Paragraph { text: plain(rest), spot }];
            return self.open(heading, spot, target, level, body);
        }
        let target = headings::resembling(text);
        if target.is_none()
            && let Some(open) = self.list.last()
            && open.target.is_some()
            && open.level > 0
            && open.level < level
        {
            // A heading inside a known section: part of its text, or a remark on a list.
            if columns::has_parts(open.field()) {
                self.inner_headings.push((text.to_owned(), spot));
            } else {
                self.push(Block::Paragraph { text: text.to_owned(), spot });
            }
            return;
        }
        self.open(text, spot, target, level, Vec::new());
    }

    fn paragraph(&mut self, text: &str, spot: Spot) {
        if self.is_line_of_contents(text) {
            return;
        }
        let lines: Vec<&str> = text.lines().collect();
        let mut from = 0;
        for at in 1..lines.len() {
            if self.parts_at(&lines[from..at], lines[at], at) {
                self.part_of(&lines[from..at].join("\n"), Spot::new(spot.line + from, 1), from > 0);
                from = at;
            }
        }
        match from {
            0 => self.part(text, spot),
            _ => self.part_of(&lines[from..].join("\n"), Spot::new(spot.line + from, 1), true),
        }
    }

    /// A part of a paragraph; one that was parted from a run of labels begins with a label, also
    /// where it is not known.
    fn part_of(&mut self, text: &str, spot: Spot, is_parted: bool) {
        let first = text.lines().next().unwrap_or_default();
        if is_parted
            && label(first).is_none()
            && self.near_heading(first).is_none()
            && forms::of_line(first).is_none()
            && !margins::tells(first)
            && let Some((heading, rest)) = text.split_once(": ")
            && !heading.contains('\n')
        {
            let body = vec![Block::Paragraph { text: plain_lines(rest), spot }];
            return self.open(heading, spot, headings::resembling(heading), 0, body);
        }
        self.part(text, spot);
    }

    /// True when a line within a paragraph stands for itself: a line of the head of a document, or
    /// a label with its value that resembles a known one.
    fn parts_at(&mut self, before: &[&str], line: &str, at: usize) -> bool {
        // Compared lines cost time; forms have hundreds of labels, not thousands.
        const COMPARED: usize = 2_000;
        const HEAD_LINES: usize = 40;
        if self.is_markdown || self.compared >= COMPARED || line.len() > 600 {
            return false;
        }
        let first = before.first().copied().unwrap_or_default();
        let open = label(first).and_then(|(_, _, target)| target);
        let open = open.or_else(|| headings::exactly(first));
        let field = open.map_or(self.field(), |target| target.field);
        if columns::labelled(field, line).is_some() {
            return false;
        }
        let line = line.trim();
        let is_value = before.len() == 1 && label(first).is_none() && open.is_some();
        let in_head = at < HEAD_LINES && !is_value && is_of_head(field) && self.in_head();
        self.compared += 1;
        if in_head
            && (forms::of_line(line).is_some()
                || margins::tells(line)
                || bare_label(line).is_some())
        {
            return true;
        }
        if label(line).is_some() || options(line).is_some_and(|asked| asked != field) {
            return true;
        }
        let Some((heading, rest)) = line.split_once(": ") else { return false };
        if guidance::asks(heading) && headings::resembling(heading).is_some() {
            return true;
        }
        let words = heading.split_whitespace().count();
        let is_label = (1..=8).contains(&words)
            && line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && !rest.trim().is_empty()
            && !heading.contains([',', ';', '.'])
            && !super::ticks::has_boxes(heading);
        if !is_label {
            return false;
        }
        // Below a label with its value in one line, such a line is a label too, known or not.
        let in_a_run = before.len() == 1
            && label(first).is_some_and(|(_, rest, target)| target.is_some() && !rest.is_empty())
            && !columns::is_list(field)
            && words <= 5;
        in_a_run && !opens_sentence(heading)
            || headings::resembling(heading).is_some_and(|target| target.field != field)
    }

    /// A paragraph of which no line but the first is a label; the line may hold two, parted by a
    /// tab or by spaces.
    fn part(&mut self, text: &str, spot: Spot) {
        if !text.contains('\n')
            && let Some((one, other)) = two_labels(text)
        {
            self.labelled(one, spot);
            return self.labelled(other, spot);
        }
        if self.in_head()
            && !self.is_markdown
            && !self.awaits_short_value()
            && let Some((heading, rest, target)) = bare_label(text)
        {
            let body = vec![Block::Paragraph { text: rest.to_owned(), spot }];
            return self.open(heading, spot, Some(target), 0, body);
        }
        self.labelled(text, spot);
    }

    fn labelled(&mut self, text: &str, spot: Spot) {
        if let Some(field) = options(text) {
            return self.options(field, text, spot);
        }
        let (first, more) = text.split_once('\n').unwrap_or((text, ""));
        let own_part = columns::labelled(self.field(), &plain(first)).is_some()
            || columns::part(self.field(), first.trim_end_matches(':')).is_some();
        if !own_part && self.is_head_line(first, spot) {
            if !more.is_empty() {
                self.paragraph(more, Spot::new(spot.line + 1, 1));
            }
            return;
        }
        let found = if own_part {
            None
        } else {
            label(first).or_else(|| lone_heading(first)).or_else(|| self.near_heading(first))
        };
        // «Excluded: …» inside a scope is a part of it.
        let in_scope = |target: Option<Target>| {
            self.field() == "scope"
                && !first.starts_with("**")
                && !first.trim_end().ends_with(['?', ':'])
                && target.is_some_and(|target| target.field == "out_of_scope")
        };
        let found = found.filter(|(_, _, target)| !in_scope(*target));
        // «Liaison» below «Mode of cooperation» is one of its answers.
        let found = found.filter(|(_, rest, _)| !(rest.is_empty() && self.is_answer(first)));
        // What stands first below a label is its value, however it looks.
        let awaits_value = self.list.last().is_some_and(|open| open.body.is_empty());
        let found =
            found.or_else(|| if more.is_empty() && !awaits_value { shouted(first) } else { None });
        let Some((heading, rest, target)) = found else {
            let text = self.joined(&plain_lines(text));
            return self.push(Block::Paragraph { text, spot });
        };
        let mut body = Vec::new();
        if !rest.is_empty() {
            body.push(Block::Paragraph { text: plain(rest), spot });
        }
        if !more.is_empty() {
            body.push(Block::Paragraph {
                text: plain_lines(more),
                spot: Spot::new(spot.line + 1, 1),
            });
        }
        // What follows a label directly belongs to the same paragraph.
        if let [Block::Paragraph { text, .. }, Block::Paragraph { text: more, .. }] =
            body.as_mut_slice()
        {
            text.push('\n');
            text.push_str(more);
            body.truncate(1);
        }
        self.open(heading, spot, target, 0, body);
        if self.is_markdown
            && let Some(mut section) = self.list.pop()
        {
            for block in std::mem::take(&mut section.body) {
                section.body.push(match block {
                    Block::Paragraph { text, spot } if !columns::has_parts(section.field()) => {
                        Block::Paragraph { text: text.replace('\n', " "), spot }
                    }
                    other => other,
                });
            }
            self.list.push(section);
        }
    }

    /// The lines of a paragraph of Markdown put together, unless they are a list of parts.
    fn joined(&self, text: &str) -> String {
        if !self.is_markdown || !text.contains('\n') {
            return text.to_owned();
        }
        let field = self.field();
        let listed = columns::has_parts(field)
            && text
                .lines()
                .all(|line| line.chars().count() <= 100 && !line.starts_with(char::is_lowercase));
        if listed { text.to_owned() } else { text.replace('\n', " ") }
    }

    /// A line that resembles a known label, in a text without marked headings.
    fn near_heading<'a>(&self, line: &'a str) -> Option<(&'a str, &'a str, Option<Target>)> {
        let open_level = self.list.last().map_or(0, |open| open.level);
        let awaits_value = self.list.last().is_some_and(|open| {
            open.body.is_empty() && open.target.is_some_and(|target| !target.field.is_empty())
        });
        let line = line.trim();
        if self.is_markdown
            || open_level > 0
            || awaits_value
            || line.starts_with(char::is_lowercase)
            || super::ticks::has_boxes(line)
        {
            return None;
        }
        let (heading, rest) = line.split_once(": ").unwrap_or((line.trim_end_matches(':'), ""));
        let is_question = guidance::asks(heading);
        let words = heading.split_whitespace().count();
        let is_label = (2..=8).contains(&words) && !heading.ends_with(['.', ',', ';']);
        if !is_question && (!is_label || heading.contains(',')) {
            return None;
        }
        match headings::resembling(heading) {
            Some(target) => Some((heading, rest, Some(target))),
            // It looks like a heading and resembles one: not understood, and said so.
            None => {
                let stands_out = rest.is_empty()
                    && (2..=5).contains(&words)
                    && !line.ends_with(':')
                    && heading.split(' ').all(|word| {
                        word.starts_with(char::is_uppercase)
                            || matches!(word, "and" | "of" | "for" | "the" | "in" | "on" | "to")
                    });
                (stands_out && headings::nearest(heading).is_some()).then_some((heading, "", None))
            }
        }
    }

    /// Notes a line that heads the document: the name of a form, which tells the kind of the
    /// proposal, the name of a Question, or a line that tells number or addressee. It heads no
    /// section.
    fn is_head_line(&mut self, text: &str, spot: Spot) -> bool {
        let line = plain(text.trim());
        if self.is_title_of_question(&line) {
            return true;
        }
        let in_head = self.in_head();
        let kind = if in_head { forms::of_line(&line) } else { forms::exactly(&line) };
        if let Some(kind) = kind.filter(|_| headings::exactly(&line).is_none()) {
            if self.form.is_none() {
                self.form = Some((kind, line.clone(), spot));
                self.subtitle = forms::title_behind(&line).map(|title| (title.to_owned(), spot));
                self.acronym = forms::acronym(&line).map(|one| (one.to_owned(), spot));
            }
            if self.named.is_none()
                && let Some(named) = forms::named(&line)
            {
                self.awaits_title = named.title.is_none();
                self.named = Some((named, line, spot));
            }
            return true;
        }
        let is_labelled =
            || label(&line).is_some_and(|(_, rest, target)| target.is_some() && !rest.is_empty());
        if in_head && !self.awaits_short_value() && margins::tells(&line) && !is_labelled() {
            self.told.push((line, spot));
            return true;
        }
        false
    }

    /// True for one of the words that the open field is answered with, where no answer has come yet.
    fn is_answer(&self, line: &str) -> bool {
        let word = plain(line.trim());
        let word = word.trim_end_matches('.');
        self.awaits_short_value()
            && match self.field() {
                "collaboration_mode" => CollaborationMode::read(word).is_some(),
                "kind" => Kind::read(word).is_some(),
                "target_deliverable" => Deliverable::read(word).is_some(),
                _ => false,
            }
    }

    /// True while nothing was read but what heads a document.
    fn in_head(&self) -> bool {
        !self.is_past_head
    }

    /// True below a label of the head whose value has not come yet.
    fn awaits_short_value(&self) -> bool {
        self.list.last().is_some_and(|open| open.target.is_some() && open.body.is_empty())
    }

    /// True for the heading of a page of contents and the lines below it that end with a page.
    fn is_line_of_contents(&mut self, text: &str) -> bool {
        let words = headings::words(text);
        if matches!(words.as_str(), "contents" | "table of contents") {
            self.in_contents = true;
            return true;
        }
        self.in_contents = self.in_contents && text.lines().all(ends_with_page);
        self.in_contents
    }

    /// Options to tick that stand without a label fill the field that they are answers to.
    fn options(&mut self, field: &'static str, text: &str, spot: Spot) {
        let top = field.split('.').next().unwrap_or_default();
        let block = Block::Paragraph { text: text.to_owned(), spot };
        if self.field().split('.').next() == Some(top) {
            return self.push(block);
        }
        let target = Some(Target { field, exact: false });
        self.open(&super::one_line(text), spot, target, 0, vec![block]);
    }

    /// Takes the line below the number of a Question for its title.
    fn is_title_of_question(&mut self, line: &str) -> bool {
        if !std::mem::take(&mut self.awaits_title)
            || line.len() > 200
            || line.starts_with('(')
            || line.ends_with(['.', ':'])
            || headings::exactly(line).is_some()
        {
            return false;
        }
        if let Some((named, ..)) = &mut self.named {
            named.title = Some(headings::without_number(line).to_owned());
        }
        true
    }

    fn item(&mut self, text: String, spot: Spot) {
        let free = self.list.last().is_none_or(|open| open.target.is_none() || open.from_item);
        if free
            && let Some((heading, rest, target)) = label(&text)
            && target.is_some()
        {
            let body = if rest.is_empty() {
                Vec::new()
            } else {
                vec![Block::Paragraph { text: plain(rest), spot }]
            };
            self.open(heading, spot, target, 0, body);
            if let Some(last) = self.list.last_mut() {
                last.from_item = true;
            }
            return;
        }
        // Among labels that are numbered, one that is not known begins its own section.
        if self.list.last().is_some_and(|open| open.from_item)
            && let Some((heading, rest)) = text.split_once(": ")
            && heading.split_whitespace().count() <= 8
            && text.starts_with(char::is_uppercase)
            && columns::labelled(self.field(), &text).is_none()
        {
            let target = headings::resembling(heading);
            let body = vec![Block::Paragraph { text: plain(rest), spot }];
            self.open(heading, spot, target, 0, body);
            if let Some(last) = self.list.last_mut() {
                last.from_item = true;
            }
            return;
        }
        self.push(Block::Item { text, spot });
    }

    fn table(&mut self, table: Table) {
        if is_data(self.field(), &table) {
            return self.push(Block::Table(table));
        }
        let is_form = is_form(&table);
        let mut rows = table.rows;
        if !is_form && !rows.iter().any(|row| head_of(self.field(), row).is_some()) {
            return self.push(Block::Table(Table { rows }));
        }
        // The rest of a label beside several rows is no label again.
        rows.iter_mut().for_each(|row| row.retain(|cell| !cell.continues));
        let mut rows = rows.into_iter().peekable();
        while let Some(row) = rows.next() {
            if let Some(field) = head_of(self.field(), &row) {
                self.records(field, row, &mut rows);
                continue;
            }
            let labels = row.iter().filter(|cell| is_label(cell)).count();
            let all_labels = row.len() >= 2
                && labels >= 2
                && labels * 3 >= row.len() * 2
                && row.iter().all(|cell| could_be_label(cell) || is_label(cell))
                && !row.iter().any(has_value);
            let values_follow = rows
                .peek()
                .is_some_and(|next| next.len() == row.len() && !next.iter().any(is_label));
            if all_labels && values_follow {
                // Labels above their values.
                let values = rows.next().unwrap_or_default();
                for (label, value) in row.into_iter().zip(values) {
                    self.pair(&label, value);
                }
                continue;
            }
            self.row(row);
        }
    }

    /// The rows below a head that names the parts of a field: a table inside the table of the form.
    fn records(
        &mut self,
        field: &'static str,
        head: Vec<Cell>,
        rows: &mut std::iter::Peekable<std::vec::IntoIter<Vec<Cell>>>,
    ) {
        if self.field() != field {
            let heading: Vec<String> =
                head.iter().map(Cell::text).filter(|text| !text.is_empty()).collect();
            let spot = head.first().map_or(Spot::default(), |cell| cell.spot);
            let target = Some(Target { field, exact: false });
            self.open(&heading.join(" / "), spot, target, 0, Vec::new());
        }
        let columns = head.len();
        let mut table = Table { rows: vec![head] };
        while let Some(row) = rows.next_if(|row| row.len() == columns && !begins_form_row(row)) {
            table.rows.push(row);
        }
        self.push(Block::Table(table));
    }

    /// A row of a form: pairs of label and value, or one cell with both.
    fn row(&mut self, row: Vec<Cell>) {
        let mut cells: std::collections::VecDeque<Cell> = row.into();
        // A number in front only counts the rows.
        if cells.len() >= 2 && cells.front().is_some_and(|cell| is_number(&cell.text())) {
            cells.pop_front();
        }
        if cells.len() == 1 {
            return cells.into_iter().for_each(|cell| self.cell(cell));
        }
        // A logo stands beside the rows of a letterhead.
        if cells.len() >= 3 && cells[0].blocks.is_empty() && is_label(&cells[1]) {
            cells.pop_front();
        }
        let first_is_empty = cells.front().is_some_and(|cell| cell.blocks.is_empty());
        if first_is_empty {
            cells
                .into_iter()
                .flat_map(|cell| cell.blocks)
                .for_each(|block| self.push_or_tell(block));
            return;
        }
        while let Some(cell) = cells.pop_front() {
            if cell.blocks.is_empty() {
                continue;
            }
            let next_is_own = cells
                .front()
                .is_none_or(|next| next.blocks.is_empty() || is_label(next) || has_own(next));
            if has_value(&cell) || has_own(&cell) && next_is_own || number_below(&cell) {
                self.cell(cell);
            } else if is_label(&cell) || could_be_label(&cell) && !cells.is_empty() {
                let tells = !is_label(&cell) && self.is_told(&cell);
                match cells.pop_front() {
                    _ if tells => {}
                    Some(value) => self.pair(&cell, value),
                    None => cell.blocks.into_iter().for_each(|block| self.block(block)),
                }
            } else {
                cell.blocks.into_iter().for_each(|block| self.push_or_tell(block));
            }
        }
    }

    /// True when the cell holds the name of the form or its addressee, which is noted.
    fn is_told(&mut self, cell: &Cell) -> bool {
        let [Block::Paragraph { text, spot } | Block::Heading { text, spot, .. }] =
            cell.blocks.as_slice()
        else {
            return false;
        };
        let (text, spot) = (text.clone(), *spot);
        self.is_head_line(&text, spot)
    }

    /// Text beside a filled cell: the name of the form or its addressee, or else what goes on.
    fn push_or_tell(&mut self, block: Block) {
        if let Block::Paragraph { text, spot } = &block {
            let (line, spot) = (plain(text), *spot);
            let kind = forms::of_line(&line).filter(|_| self.form.is_none());
            if let Some(kind) = kind {
                self.form = Some((kind, line, spot));
                return;
            }
            if margins::tells(&line) && is_of_head(self.field()) {
                self.told.push((line, spot));
                return;
            }
        }
        self.push(block);
    }

    /// A cell that fills its row, or that holds its label itself.
    fn cell(&mut self, mut cell: Cell) {
        if let Some((label, spot, target)) = headed(&cell) {
            cell.blocks.remove(0);
            self.open(&label, spot, Some(target), 0, Vec::new());
        } else if let [Block::Paragraph { text, spot }] = cell.blocks.as_slice()
            && let Some(target) = label_alone(text)
        {
            let (text, spot) = (text.clone(), *spot);
            return self.open(&text, spot, Some(target), 0, Vec::new());
        } else if let [Block::Paragraph { text, spot }, _, ..] = cell.blocks.as_slice()
            && (text.len() <= 200
                && text.ends_with(['?', ':'])
                && !text.contains('\n')
                && !columns::has_parts(self.field())
                || guidance::asks(text) && label(text).is_none() && has_answer(&cell.blocks[1..]))
        {
            // A question of the form that is not known.
            let (text, spot) = (text.clone(), *spot);
            cell.blocks.remove(0);
            let target = headings::resembling(&text);
            self.open(&text, spot, target, 0, Vec::new());
            return cell.blocks.into_iter().for_each(|block| self.push(block));
        }
        cell.blocks.into_iter().for_each(|block| self.block(block));
    }

    fn pair(&mut self, label: &Cell, value: Cell) {
        let text = label.text();
        let below = label.blocks.get(1..).unwrap_or_default();
        let ticks_below = super::ticks::ticked(&super::blocks::text_of(below))
            .is_some_and(|ticked| !ticked.labels.is_empty());
        let mut value = value;
        if ticks_below && value.blocks.is_empty() {
            // The options stand below the label, and nothing beside it.
            value.blocks = below.to_vec();
        } else if let Some((_, beside)) = text.split_once('\n')
            && !beside.trim().is_empty()
        {
            self.asides.push((beside.trim().to_owned(), label.spot));
        }
        let heading = text.lines().next().unwrap_or_default().to_owned();
        let target = headings::resembling(&text).or_else(|| headings::resembling(&heading));
        self.open(&heading, label.spot, target, 0, value.blocks);
    }
}

/// True where more than instructions and placeholders stands below a label.
fn has_answer(rest: &[Block]) -> bool {
    rest.iter().any(|block| match block {
        Block::Paragraph { text, .. } => {
            !guidance::is_guidance(text) && !guidance::is_placeholder(text)
        }
        _ => true,
    })
}

/// True when a label stands in the first paragraph of a cell and its value below it.
fn has_own(cell: &Cell) -> bool {
    match cell.blocks.as_slice() {
        [Block::Paragraph { text, .. }, rest @ ..] if !rest.is_empty() => {
            let is_question = text.len() <= 200 && text.trim_end().ends_with([':', '?']);
            (headed(cell).is_some() || is_question) && has_answer(rest)
        }
        _ => false,
    }
}

/// A paragraph that fills its row and is a label: the next row holds its value.
fn label_alone(text: &str) -> Option<Target> {
    let is_line = !text.contains('\n') && !super::ticks::has_boxes(text);
    if !is_line || label(text).is_some_and(|(_, rest, _)| !rest.is_empty()) {
        return None;
    }
    if forms::of_line(text).is_some() && headings::exactly(text).is_none() {
        return None;
    }
    // A sentence is a label only where it asks for something, or is known to the word.
    let is_sentence = text.trim_end().ends_with('.') && headings::exactly(text).is_none();
    let asks = guidance::asks(text);
    if is_sentence && !asks || text.contains(',') && !asks && headings::exactly(text).is_none() {
        return None;
    }
    headings::resembling(text)
}

/// Fields whose labels stand in the head of a form, before what the work is about.
fn is_of_head(field: &str) -> bool {
    matches!(
        field,
        "" | "id"
            | "reference"
            | "title"
            | "organization"
            | "committee"
            | "kind"
            | "date"
            | "proposer"
            | "language"
            | "notes"
            | "leadership.secretariat_offer"
            | "target_deliverable"
    )
}

/// The field whose parts a row names as the head of a table of records: the open one, or one that
/// the row tells by two of its parts.
fn head_of(open: &'static str, row: &[Cell]) -> Option<&'static str> {
    let filled: Vec<String> =
        row.iter().map(Cell::text).filter(|text| !text.trim().is_empty()).collect();
    if row.len() < 2 || filled.is_empty() || filled.iter().any(|text| text.len() > 120) {
        return None;
    }
    let known =
        |field: &str| filled.iter().filter(|text| columns::part(field, text).is_some()).count();
    let whole = |field: &str| known(field) == filled.len();
    if columns::has_parts(open) && whole(open) && columns::is_list(open) {
        return Some(open);
    }
    let first_empty = row.first().is_some_and(|cell| cell.blocks.is_empty());
    let enough = |field: &str| whole(field) && (filled.len() >= 3 || first_empty);
    let mut fields = ["stakeholders"].into_iter().filter(|field| enough(field));
    fields.next()
}

/// True for a row that goes on with the form below a table of records.
fn begins_form_row(row: &[Cell]) -> bool {
    let Some(first) = row.first() else { return true };
    has_value(first)
        || matches!(first.blocks.as_slice(), [Block::Paragraph { text, .. }] if {
            headings::exactly(text).is_some_and(|target| target.exact) && text.len() > 12
        })
}

/// True when what stands below the label is a date or a number: no instruction of the form.
fn number_below(cell: &Cell) -> bool {
    let below = super::blocks::text_of(cell.blocks.get(1..).unwrap_or_default());
    headed(cell).is_some()
        && below.len() <= 60
        && below.contains(|c: char| c.is_ascii_digit())
        && !below.starts_with('(')
}

/// The label of a cell that begins with one, in a paragraph of its own.
fn headed(cell: &Cell) -> Option<(String, Spot, Target)> {
    let [Block::Paragraph { text, spot }, _, ..] = cell.blocks.as_slice() else { return None };
    let is_line = !text.contains('\n') && text.len() <= 600 && !super::ticks::has_boxes(text);
    if !is_line
        || label(text).is_some_and(|(_, rest, _)| !rest.is_empty())
        || forms::of_line(text).is_some() && headings::exactly(text).is_none()
    {
        return None;
    }
    Some((text.clone(), *spot, headings::resembling(text)?))
}

fn plain_lines(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

/// `Draft: 2026-01<tab>Publication: 2028-02`: two labels with their values in one line.
fn two_labels(line: &str) -> Option<(&str, &str)> {
    let has = |text: &str| {
        text.split_once(':').is_some_and(|(heading, rest)| {
            !rest.trim().is_empty() && headings::resembling(heading).is_some()
        })
    };
    if line.len() > 400 || line.matches(':').count() < 2 {
        return None;
    }
    let mark = if line.contains('\t') { "\t" } else { "   " };
    let (one, other) = line.split_once(mark)?;
    let other = other.trim();
    (has(one) && has(other)).then_some((one.trim(), other))
}

/// `Proposer SA`, `Date of proposal 2016-04-20`: a label of the head of a form with nothing between it
/// and its value.
fn bare_label(line: &str) -> Option<(&str, &str, Target)> {
    const FIELDS: &[&str] = &["proposer", "date", "reference", "leadership.secretariat_offer"];
    const WORDS: usize = 4;
    if line.len() > 80 || line.contains([':', '\n', '\t']) || headings::exactly(line).is_some() {
        return None;
    }
    let ends = line.match_indices(' ').take(WORDS).map(|(at, _)| at).collect::<Vec<_>>();
    ends.into_iter().rev().find_map(|at| {
        let (heading, rest) = (&line[..at], line[at..].trim_start());
        let target = headings::exactly(heading).filter(|to| FIELDS.contains(&to.field))?;
        let is_value = rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && rest.split(' ').count() <= 5
            && !rest.ends_with('.');
        is_value.then_some((heading, rest, target))
    })
}

/// True when a line begins a section of its own, so that it does not go on with the paragraph
/// before it.
pub(super) fn begins_section(line: &str) -> bool {
    label(line).or_else(|| lone_heading(line)).is_some()
}

/// A label in bold, or a known label with a colon or a tab behind it; then the rest of the line.
pub(super) fn label(line: &str) -> Option<(&str, &str, Option<Target>)> {
    let line = line.trim();
    for mark in ["**", "__"] {
        if let Some(inner) = line.strip_prefix(mark)
            && let Some(end) = inner.find(mark)
        {
            let (heading, rest) = (&inner[..end], inner[end + 2..].trim_start());
            let colon = heading.trim_end().ends_with(':') || rest.starts_with(':');
            let rest = rest.trim_start_matches([':', ' ']);
            let target = headings::resembling(heading);
            let is_heading = heading.len() <= 200
                && (colon || rest.is_empty() || target.is_some_and(|target| target.exact));
            return is_heading.then_some((heading, rest, target));
        }
    }
    if let Some((at, mark)) =
        line.char_indices().take(200).find(|(_, c)| matches!(c, ':' | '\t' | '：'))
    {
        let (heading, rest) = (&line[..at], &line[at + mark.len_utf8()..]);
        let rest = rest.trim_start_matches([':', '\t', '：', ' ']);
        if let Some(target) = headings::known(heading) {
            return Some((heading, rest, Some(target)));
        }
    }
    // «Title (subject to be covered and type of standard) Quiet lifts»
    if let Some((heading, rest)) = line.split_once(" (")
        && let Some((inside, rest)) = rest.split_once(") ")
        && inside.len() >= 8
        && rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && heading.len() <= 60
        && let Some(target) = headings::exactly(heading)
    {
        return Some((heading, rest.trim(), Some(target)));
    }
    // «What is the scope? Lifts that talk.»
    if let Some((question, rest)) = line.split_once("? ")
        && question.len() <= 80
        && let Some(target) = headings::known(&line[..=question.len()])
    {
        return Some((question, rest.trim(), Some(target)));
    }
    // «Are patents known? No»
    if let Some((question, rest)) = line.split_once("? ")
        && question.len() <= 200
        && (crate::proposal::lenient::answer(rest).is_some() || super::ticks::has_boxes(rest))
        && let Some(target) = headings::resembling(question)
    {
        return Some((question, rest.trim(), Some(target)));
    }
    // «Known patented items ☐ Yes ☒ No»
    if let Some(at) = super::ticks::first_box(line).filter(|at| *at > 0)
        && let Some(target) = headings::resembling(line[..at].trim_end_matches([':', ' ']))
    {
        return Some((line[..at].trim(), &line[at..], Some(target)));
    }
    // Laid out with spaces, or with a dash or a full stop behind the label.
    for mark in ["   ", " – ", " — ", " - ", ". "] {
        let Some((heading, rest)) = line.split_once(mark) else { continue };
        let is_short = heading.split_whitespace().count() <= 6 && heading.len() <= 60;
        let rest = rest.trim();
        if !is_short || rest.is_empty() || heading.starts_with(char::is_lowercase) {
            continue;
        }
        let Some(target) = headings::exactly(heading) else { continue };
        let is_value = mark == "   " || rest.starts_with(|c: char| !c.is_lowercase());
        if is_value && !guidance::asks(rest) {
            return Some((heading, rest, Some(target)));
        }
    }
    None
}

/// A line that is nothing but a known heading.
fn lone_heading(line: &str) -> Option<(&str, &str, Option<Target>)> {
    let heading = line.trim().trim_end_matches([':', ' ']);
    // A sentence that happens to be a known word is still a word of the text.
    let is_sentence = heading.ends_with('.') && heading.split(' ').count() < 3;
    // Guidance in brackets may be long.
    if heading.len() > 200 && !heading.contains('(')
        || heading.len() > 600
        || is_sentence
        || heading.ends_with([',', ';'])
        || heading.starts_with(char::is_lowercase) && !heading.contains('_')
    {
        return None;
    }
    let target = headings::known(heading)?;
    Some((heading, "", Some(target)))
}

/// A line in capitals that is no sentence: a heading that is not known.
fn shouted(line: &str) -> Option<(&str, &str, Option<Target>)> {
    let text = headings::without_number(line);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = letters >= 5
        && text.contains(' ')
        && text.len() <= 80
        && !text.contains(char::is_lowercase)
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, ',' | ';' | '/'))
        && !super::ticks::has_boxes(text)
        && !text.ends_with(['.', ',', ';']);
    shouted.then_some((line, "", headings::resembling(line)))
}

/// True for what stands before a colon within a text: `It covers`, `Note`, `For example`.
fn opens_sentence(heading: &str) -> bool {
    const WORDS: &[&str] = &[
        "it", "this", "these", "they", "note", "example", "for", "in", "we", "there", "such",
        "the", "other", "others", "not", "as",
    ];
    let words = headings::words(heading);
    WORDS.contains(&words.split(' ').next().unwrap_or_default())
        || heading.to_lowercase().starts_with("the ")
}

/// True for a line that ends with the number of a page: `Scope ..... 3`, `Scope<tab>3`.
fn ends_with_page(line: &str) -> bool {
    let line = line.trim_end();
    let rest = line.trim_end_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.len() && line.len() - rest.len() <= 3 && rest.ends_with(['\t', ' ', '.', '…'])
}

/// The field whose answers the boxes of a text are, where at least two are.
pub(super) fn options(text: &str) -> Option<&'static str> {
    if text.len() > 2_000 {
        return None;
    }
    let ticked = super::ticks::ticked(text)?;
    if ticked.beside.iter().any(|line| !line.ends_with(['?', ':'])) {
        return None;
    }
    let options = ticked.options;
    let known = |read: &dyn Fn(&str) -> bool| {
        options.iter().filter(|option| read(option)).count() * 2 > options.len().max(2)
    };
    if known(&|option| Deliverable::read(shapes::counted(option)).is_some()) {
        Some("target_deliverable")
    } else if known(&|option| Kind::read(option).is_some()) {
        Some("kind")
    } else if known(&|option| crate::proposal::plan::read_months(option).is_some()) {
        Some("timeline.track_months")
    } else {
        None
    }
}

fn is_number(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 6
        && text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || ".)".contains(c))
}

/// True when the cell is a known heading and nothing else.
fn is_label(cell: &Cell) -> bool {
    let text = cell.text();
    let first = text.lines().next().unwrap_or_default();
    if super::ticks::has_boxes(first) {
        return false;
    }
    headings::resembling(&text).is_some()
        || (text.len() <= 400 && headings::exactly(first).is_some())
}

/// True when the cell may be a heading that is not known: short, and no sentence.
fn could_be_label(cell: &Cell) -> bool {
    let text = cell.text();
    text.len() <= 160 && !text.ends_with('.') && !super::ticks::has_boxes(&text)
}

/// True when the cell holds a label and its value: `Title: Smart lifts`, or a heading line with
/// text below.
fn has_value(cell: &Cell) -> bool {
    match cell.blocks.as_slice() {
        [Block::Paragraph { text, .. }] => {
            let (first, more) = text.split_once('\n').unwrap_or((text, ""));
            match label(first) {
                Some((_, rest, Some(_))) => !rest.is_empty() || !more.trim().is_empty(),
                _ => false,
            }
        }
        [Block::Paragraph { text, .. }, rest @ ..] => {
            !rest.is_empty()
                && label(text).is_some_and(|(_, rest, target)| target.is_some() && !rest.is_empty())
        }
        _ => false,
    }
}

/// A table whose head names the parts of the field that it stands under.
fn is_data(field: &str, table: &Table) -> bool {
    if !columns::has_parts(field) {
        return false;
    }
    let Some(head) = table.rows.first() else { return false };
    let filled = head.iter().filter(|cell| !cell.blocks.is_empty()).count();
    let known = head.iter().filter(|cell| columns::part(field, &cell.text()).is_some()).count();
    // Rows of label and value, as below «Timeline», are data too.
    let labelled = table
        .rows
        .iter()
        .filter(|row| row.first().is_some_and(|cell| columns::part(field, &cell.text()).is_some()))
        .count();
    let main = head.first().and_then(|cell| columns::part(field, &cell.text()));
    let begins = main.is_some() && main == columns::main_part(field) && columns::is_list(field);
    known >= 2 && known * 2 >= filled
        || begins
            && table.rows.len() > 1
            && !table.rows.iter().skip(1).any(|row| row.first().is_some_and(is_label))
        || known == 1 && filled == 1
        || labelled * 2 > table.rows.len()
}

/// A table of labels and values.
fn is_form(table: &Table) -> bool {
    table.rows.iter().any(|row| row.iter().any(|cell| is_label(cell) || has_value(cell)))
}
