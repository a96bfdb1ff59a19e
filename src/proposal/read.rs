//! Reading proposals from files: every format becomes one tree of values with their places, and one
//! way leads from the tree to the record.

mod blocks;
mod bounds;
mod columns;
#[cfg(feature = "docx")]
mod controls;
mod detect;
#[cfg(feature = "docx")]
mod docx;
mod failure;
mod form;
pub(crate) mod forms;
mod guidance;
mod headings;
mod json;
mod listing;
mod margins;
mod markdown;
mod places;
mod plausible;
mod records;
mod sections;
mod shapes;
mod take;
mod ticks;
mod toml;
mod tree;
#[cfg(feature = "docx")]
mod word;
#[cfg(feature = "docx")]
mod xml;
#[cfg(feature = "yaml")]
mod yaml;

use std::fmt;
use std::io::Read;
use std::path::Path;
use std::str::FromStr;

#[cfg(feature = "docx")]
pub(crate) use controls::{controls, paragraphs_of};
use failure::Unreadable;
use tree::{Node, Value};

use super::Proposal;
use super::malformed::{Malformed, shown};
use crate::error::Error;
use crate::files;

/// A format of proposal files.
///
/// ```
/// use spcg::proposal::Format;
/// assert_eq!("yml".parse::<Format>()?, Format::Yaml);
/// assert_eq!(Format::of_path("robots.md".as_ref()), Some(Format::Text));
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// TOML (`.toml`).
    Toml,
    /// JSON (`.json`).
    Json,
    /// YAML (`.yaml`, `.yml`); needs the feature `yaml`.
    Yaml,
    /// Text with headings or labels, Markdown included (`.md`, `.markdown`, `.txt`, `.text`).
    Text,
    /// Word (`.docx`); needs the feature `docx`.
    Docx,
}

impl Format {
    /// The name that people use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Format::Toml => "TOML",
            Format::Json => "JSON",
            Format::Yaml => "YAML",
            Format::Text => "text",
            Format::Docx => "docx",
        }
    }

    /// The format that the ending of a file name tells, where it tells one.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Format> {
        path.extension()?.to_str()?.parse().ok()
    }

    fn largest(self) -> u64 {
        match self {
            Format::Toml | Format::Yaml | Format::Text => bounds::TREE_FILE_BYTES,
            Format::Json | Format::Docx => bounds::FILE_BYTES,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = Error;

    /// Reads a name or an ending: `toml`, `json`, `yaml`, `yml`, `md`, `markdown`, `txt`, `text`,
    /// `docx`.
    fn from_str(text: &str) -> Result<Format, Error> {
        match text.trim().trim_start_matches('.').to_lowercase().as_str() {
            "toml" => Ok(Format::Toml),
            "json" => Ok(Format::Json),
            "yaml" | "yml" => Ok(Format::Yaml),
            "md" | "markdown" | "txt" | "text" => Ok(Format::Text),
            "docx" => Ok(Format::Docx),
            _ => Err(Error::new(Malformed::Format(shown(text)))),
        }
    }
}

impl Proposal {
    /// Reads a proposal from a file. The ending tells the format; where it does not, the content
    /// does.
    ///
    /// # Errors
    /// [not found](Error::is_not_found), [i/o](Error::is_io), [malformed](Error::is_malformed) with
    /// line and column, [too large](Error::is_too_large) (more than 16 MiB, or 4 MiB of TOML, YAML
    /// or text) or [unsupported](Error::is_unsupported).
    pub fn from_path(path: impl AsRef<Path>) -> Result<Proposal, Error> {
        let path = path.as_ref();
        let file = files::open(path)?;
        Proposal::from_reader(file, Format::of_path(path))
            .map(|proposal| proposal.with_path(path))
            .map_err(|error| error.at_path(path))
    }

    /// Reads a proposal from the bytes of a file that the caller has at hand already, such as one
    /// that was uploaded: as [`Proposal::from_path`], without opening anything. The name tells the
    /// format where its ending does, and stands in places and errors.
    ///
    /// ```
    /// let error = spcg::Proposal::from_file(b"titel = 'A'", "robots.toml").unwrap_err();
    /// assert!(error.to_string().starts_with("robots.toml:1:1: unknown field `titel`"));
    /// # Ok::<(), spcg::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Proposal::from_path`], except for those of the system.
    pub fn from_file(bytes: &[u8], name: impl AsRef<Path>) -> Result<Proposal, Error> {
        let name = name.as_ref();
        // The bound of the format holds here too.
        Proposal::from_reader(bytes, Format::of_path(name))
            .map(|proposal| proposal.with_path(name))
            .map_err(|error| error.at_path(name))
    }

    fn with_path(mut self, path: &Path) -> Proposal {
        self.origin.edit().path = Some(path.to_owned());
        self
    }

    /// Reads a proposal from anything that can be read, such as standard input.
    ///
    /// ```
    /// let proposal = spcg::Proposal::from_reader("title = \"Smart lifts\"".as_bytes(), None)?;
    /// assert_eq!(proposal.title, "Smart lifts");
    /// # Ok::<(), spcg::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Proposal::from_path`].
    pub fn from_reader(reader: impl Read, format: Option<Format>) -> Result<Proposal, Error> {
        let limit = format.map_or(bounds::FILE_BYTES, Format::largest);
        let mut bytes = Vec::new();
        reader
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Error::new(Unreadable::Reading(error)))?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
            return Err(Error::new(Unreadable::LargeFile { limit }));
        }
        Proposal::from_bytes(&bytes, format)
    }

    /// Reads a proposal from bytes. Without a format, the content tells which it is.
    ///
    /// # Errors
    /// As [`Proposal::from_path`].
    pub fn from_bytes(bytes: &[u8], format: Option<Format>) -> Result<Proposal, Error> {
        match (detect::kind(bytes), format) {
            (detect::Kind::Docx, _) | (_, Some(Format::Docx)) => Proposal::from_docx(bytes),
            (detect::Kind::Foreign(name), _) => Err(Error::new(Unreadable::Foreign(name))),
            (detect::Kind::Text, format) => {
                let text = detect::text(bytes)?;
                match format.unwrap_or_else(|| detect::format(&text)) {
                    Format::Toml => Proposal::from_toml(&text),
                    Format::Json => Proposal::from_json(&text),
                    Format::Yaml => Proposal::from_yaml(&text),
                    Format::Text | Format::Docx => Proposal::from_text(&text),
                }
            }
        }
    }

    /// Reads a proposal in TOML.
    ///
    /// ```
    /// use spcg::proposal::Kind;
    /// let proposal = spcg::Proposal::from_toml("title = \"Smart lifts\"\nkind = \"new_work_item\"")?;
    /// assert_eq!(proposal.kind, Some(Kind::NewWorkItem));
    /// # Ok::<(), spcg::Error>(())
    /// ```
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) with line and column, or [too large](Error::is_too_large).
    pub fn from_toml(text: &str) -> Result<Proposal, Error> {
        check_size(text, Format::Toml)?;
        from_tree(&toml::read(text)?, text, 1, Format::Toml)
    }

    /// Reads a proposal in JSON.
    ///
    /// # Errors
    /// As [`Proposal::from_toml`].
    pub fn from_json(text: &str) -> Result<Proposal, Error> {
        check_size(text, Format::Json)?;
        from_tree(&json::read(text, 1)?, text, 1, Format::Json)
    }

    /// Reads a proposal in JSON that is one line of a file with many; places and errors name the
    /// file and the line.
    ///
    /// ```
    /// let error = spcg::Proposal::from_json_line("{\"titel\": \"A\"}", "backlog.jsonl", 17).unwrap_err();
    /// assert_eq!(error.line(), Some(17));
    /// assert!(error.to_string().starts_with("backlog.jsonl:17:"));
    /// ```
    ///
    /// # Errors
    /// As [`Proposal::from_toml`].
    pub fn from_json_line(
        text: &str,
        path: impl AsRef<Path>,
        line: usize,
    ) -> Result<Proposal, Error> {
        let path = path.as_ref();
        let read = || {
            check_size(text, Format::Json)?;
            from_tree(&json::read(text, line)?, text, line, Format::Json)
        };
        let mut proposal = read().map_err(|error| error.at_path(path))?;
        proposal.origin.edit().path = Some(path.to_owned());
        Ok(proposal)
    }

    /// Reads many proposals in JSON: a list of them, or one in each line.
    ///
    /// ```
    /// let proposals = spcg::Proposal::many_from_json("{\"title\": \"A\"}\n{\"title\": \"B\"}\n")?;
    /// assert_eq!(proposals[1].title, "B");
    /// assert_eq!(proposals[1].place("title").unwrap().line, 2);
    /// # Ok::<(), spcg::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Proposal::from_toml`], for the first one that cannot be read.
    pub fn many_from_json(text: &str) -> Result<Vec<Proposal>, Error> {
        if text.trim_start().starts_with('[') {
            check_size(text, Format::Json)?;
            let root = json::read(text, 1)?;
            let Value::List(nodes) = &root.value else { return Ok(Vec::new()) };
            return nodes.iter().map(|node| from_tree(node, text, 1, Format::Json)).collect();
        }
        if let Ok(one) = Proposal::from_json(text) {
            return Ok(vec![one]);
        }
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        lines
            .map(|(at, line)| {
                check_size(line, Format::Json)?;
                from_tree(&json::read(line, at + 1)?, line, at + 1, Format::Json)
            })
            .collect()
    }

    /// Reads a proposal in a text with headings or labels, Markdown included.
    ///
    /// Headings of the forms of ISO, IEC and ITU-T are known, in any case and with or without
    /// numbers. Text under others is kept in [`unrecognized`](Proposal::unrecognized);
    /// [`reading`](Proposal::reading) tells what was recognized.
    ///
    /// ```
    /// let proposal = spcg::Proposal::from_text(
    ///     "# Smart lifts\n\n## 1 Scope\n\nLifts that talk to robots.\n\n## Liaisons\n\n- IEC TC 61\n",
    /// )?;
    /// assert_eq!(proposal.title, "Smart lifts");
    /// assert_eq!(proposal.liaisons[0].body.committee().unwrap().to_string(), "IEC TC 61");
    /// assert_eq!(proposal.reading().unwrap().recognized[1].field, "scope");
    /// # Ok::<(), spcg::Error>(())
    /// ```
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when there is no heading of a proposal, or [too
    /// large](Error::is_too_large).
    pub fn from_text(text: &str) -> Result<Proposal, Error> {
        check_size(text, Format::Text)?;
        let lines: Vec<&str> = text.lines().collect();
        from_blocks(markdown::blocks(text), &[], markdown::is_markdown(text), &lines, Format::Text)
    }

    /// Reads a proposal in a Word file (`.docx`): one of the forms of ISO, IEC or ITU-T, or any
    /// text with such headings. Needs the feature `docx`.
    ///
    /// Tables of labels and values, content controls, check boxes, tracked changes, notes and text
    /// boxes are understood. Of headers and footers, what tells a number, committee or organization
    /// is read where the form itself does not; the rest is named in [`reading`](Proposal::reading).
    /// Comments are not read. A [`Place`](super::Place) in it counts paragraphs as lines.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when it is no Word file or has no heading of a proposal,
    /// [too large](Error::is_too_large), or [unsupported](Error::is_unsupported) without the
    /// feature or for a file with a password.
    pub fn from_docx(bytes: &[u8]) -> Result<Proposal, Error> {
        if bytes.is_empty() {
            return Err(Error::new(Unreadable::Empty));
        }
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > bounds::FILE_BYTES {
            return Err(Error::new(Unreadable::LargeFile { limit: bounds::FILE_BYTES }));
        }
        if let detect::Kind::Foreign(name) = detect::kind(bytes) {
            return Err(Error::new(Unreadable::Foreign(name)));
        }
        #[cfg(feature = "docx")]
        return {
            let word = docx::read(bytes)?;
            let lines: Vec<&str> = word.lines.iter().map(String::as_str).collect();
            from_blocks(word.blocks, &word.margins, false, &lines, Format::Docx)
        };
        #[cfg(not(feature = "docx"))]
        Err(Error::new(Unreadable::NotBuilt(Format::Docx)))
    }

    /// Reads a proposal in YAML; needs the feature `yaml`.
    ///
    /// # Errors
    /// As [`Proposal::from_toml`]; [unsupported](Error::is_unsupported) without the feature.
    pub fn from_yaml(text: &str) -> Result<Proposal, Error> {
        check_size(text, Format::Yaml)?;
        #[cfg(feature = "yaml")]
        return from_tree(&yaml::read(text)?, text, 1, Format::Yaml);
        #[cfg(not(feature = "yaml"))]
        Err(Error::new(Unreadable::NotBuilt(Format::Yaml)))
    }
}

fn check_size(text: &str, format: Format) -> Result<(), Error> {
    let limit = format.largest();
    match u64::try_from(text.len()).unwrap_or(u64::MAX) > limit {
        true => Err(Error::new(Unreadable::LargeFile { limit })),
        false => Ok(()),
    }
}

/// The one way from the tree to the record. `first_line` is the number of the first line of the
/// text.
fn from_tree(
    root: &Node,
    text: &str,
    first_line: usize,
    format: Format,
) -> Result<Proposal, Error> {
    let found = match &root.value {
        Value::Table(entries) if entries.is_empty() => {
            return Err(root.spot.on(Error::new(Unreadable::Empty)));
        }
        Value::Table(_) => None,
        Value::List(_) => Some("a list"),
        Value::Null => Some("nothing"),
        _ => Some("a single value"),
    };
    if let Some(found) = found {
        return Err(root.spot.on(Error::new(Unreadable::NotATable(format, found))));
    }
    taken(root, &text.lines().collect::<Vec<_>>(), first_line)
}

/// From the blocks of a form or text to the record.
fn from_blocks(
    blocks: Vec<blocks::Block>,
    margins: &[(String, tree::Spot)],
    is_markdown: bool,
    lines: &[&str],
    format: Format,
) -> Result<Proposal, Error> {
    let Some((root, mut reading)) = form::tree(blocks, margins, is_markdown).map_err(Error::new)?
    else {
        return Err(Error::new(Unreadable::NoHeadings(format)));
    };
    let mut proposal = taken(&root, lines, 1)?;
    if proposal.organization.is_none() {
        proposal.organization =
            proposal.committee.as_ref().map(crate::reference::CommitteeRef::organization);
        proposal.settle();
        if proposal.organization.is_some() {
            reading.missing.retain(|field| field != "organization");
        }
    }
    if !proposal.out_of_scope.is_empty() {
        reading.missing.retain(|field| field != "out_of_scope");
    }
    proposal.origin.edit().reading = reading;
    Ok(proposal)
}

fn taken(root: &Node, lines: &[&str], first_line: usize) -> Result<Proposal, Error> {
    root.check()?;
    let mut proposal: Proposal = take::take(root, "")?;
    proposal.settle();
    let mut notes = places::Notes { lines, first_line, places: &mut proposal.origin.edit().places };
    notes.below(root, "");
    // Exclusions that were found in the scope stand there.
    let places = &mut proposal.origin.edit().places;
    if !proposal.out_of_scope.is_empty()
        && !places.contains_key("out_of_scope")
        && let Some(scope) = places.get("scope").cloned()
    {
        places.insert("out_of_scope".to_owned(), scope);
    }
    Ok(proposal)
}

/// The names of all fields of a proposal.
fn fields() -> &'static [&'static str] {
    // The record itself tells them, when it is asked for a field that it does not have.
    static FIELDS: std::sync::OnceLock<&'static [&'static str]> = std::sync::OnceLock::new();
    FIELDS.get_or_init(take::field_names::<Proposal>)
}

/// The line in which a key stood first that comes again in line `second`; 0 when it is not found.
fn first_line_of(text: &str, key: &str, second: usize) -> usize {
    let quotes = ['"', '\'', '[', ']'];
    let bare = key.trim_matches(quotes);
    let is_key = |line: &str| {
        let line = line.trim_start().trim_start_matches(quotes);
        let rest = line.strip_prefix(bare)?.trim_start_matches(['"', '\'', ' ', '\t']);
        rest.starts_with(['=', ']', '.', ':']).then_some(())
    };
    text.lines()
        .take(second.saturating_sub(1))
        .position(|line| is_key(line).is_some())
        .map_or(0, |at| at + 1)
}

/// A message of a library on one line, without its closing stop.
fn one_line(message: &str) -> String {
    let words: Vec<&str> = message.split_whitespace().collect();
    let mut line = words.join(" ").trim_end_matches(['.', ';']).to_owned();
    if let Some((at, _)) = line.char_indices().nth(200) {
        line.truncate(at);
        line.push('…');
    }
    line
}
