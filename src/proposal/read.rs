//! Reading proposals from files: every format becomes one tree of values with their places, and one
//! way leads from the tree to the record.

mod addressee;
mod asciidoc;
mod blocks;
mod bounds;
#[cfg(any(feature = "docx", feature = "web"))]
mod budget;
mod columns;
#[cfg(feature = "docx")]
mod controls;
mod decode;
mod detect;
#[cfg(any(feature = "docx", feature = "web"))]
mod document;
#[cfg(feature = "docx")]
mod docx;
mod failure;
mod form;
pub(crate) mod forms;
mod guidance;
mod headings;
#[cfg(feature = "web")]
mod html;
mod json;
#[cfg(any(feature = "docx", feature = "web"))]
mod line;
mod listing;
#[cfg(feature = "web")]
mod mail;
mod margins;
mod markdown;
#[cfg(feature = "odt")]
mod odt;
#[cfg(feature = "docx")]
mod package;
mod places;
mod plausible;
mod questions;
mod records;
mod sections;
mod shapes;
mod take;
mod ticks;
mod toml;
mod tree;
mod unbroken;
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
use super::reading::Remark;
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
    /// OpenDocument text (`.odt`); needs the feature `odt`.
    Odt,
    /// A web page, also one that a word processor wrote (`.html`, `.htm`); needs the feature `web`.
    Html,
    /// An e-mail (`.eml`), or a web page saved with its parts (`.mht`); needs the feature `web`.
    Mail,
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
            Format::Odt => "odt",
            Format::Html => "HTML",
            Format::Mail => "mail",
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
            Format::Json | Format::Docx | Format::Odt | Format::Html | Format::Mail => {
                bounds::FILE_BYTES
            }
        }
    }

    /// The feature of the crate that reads it, where it is an optional one.
    #[cfg(not(all(feature = "yaml", feature = "odt", feature = "web")))]
    fn feature(self) -> &'static str {
        match self {
            Format::Yaml => "yaml",
            Format::Docx => "docx",
            Format::Odt => "odt",
            Format::Html | Format::Mail => "web",
            Format::Toml | Format::Json | Format::Text => "default",
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
    /// `docx`, `docm`, `odt`, `html`, `htm`, `xhtml`, `eml`, `mail`, `mht`, `mhtml`.
    fn from_str(text: &str) -> Result<Format, Error> {
        match text.trim().trim_start_matches('.').to_lowercase().as_str() {
            "toml" => Ok(Format::Toml),
            "json" => Ok(Format::Json),
            "yaml" | "yml" => Ok(Format::Yaml),
            "md" | "markdown" | "txt" | "text" => Ok(Format::Text),
            "docx" | "docm" | "dotx" => Ok(Format::Docx),
            "odt" | "ott" => Ok(Format::Odt),
            "html" | "htm" | "xhtml" => Ok(Format::Html),
            "eml" | "mail" | "mht" | "mhtml" => Ok(Format::Mail),
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

    /// Reads a proposal from bytes. Without a format, the content tells which it is; a web page, an
    /// e-mail and a file of an office program are what they are, whatever their name says.
    ///
    /// A text that is not UTF-8 is read in the encoding that its letters speak for, which
    /// [`reading`](Proposal::reading) then tells.
    ///
    /// ```
    /// let proposal = spcg::Proposal::from_bytes(b"Title: \x93Smart\x94 lifts\nScope: Lifts\n", None)?;
    /// assert_eq!(proposal.title, "“Smart” lifts");
    /// assert_eq!(proposal.reading().unwrap().encoding.as_deref(), Some("windows-1252"));
    /// # Ok::<(), spcg::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Proposal::from_path`].
    pub fn from_bytes(bytes: &[u8], format: Option<Format>) -> Result<Proposal, Error> {
        match (detect::kind(bytes), format) {
            (detect::Kind::Foreign(name), _) => return Err(Error::new(Unreadable::Foreign(name))),
            (detect::Kind::Package, _) | (_, Some(Format::Docx | Format::Odt)) => {
                return from_package(bytes);
            }
            (detect::Kind::Text, _) => {}
        }
        let decode::Decoded { text, guess } = decode::decode(bytes)?;
        let mut proposal = match detect::format_of(&text, format) {
            Format::Toml => Proposal::from_toml(&text),
            Format::Json => Proposal::from_json(&text),
            Format::Yaml => Proposal::from_yaml(&text),
            Format::Html => Proposal::from_html(&text),
            Format::Mail => Proposal::from_mail(bytes),
            Format::Text | Format::Docx | Format::Odt => Proposal::from_text(&text),
        }?;
        if let Some(guess) = guess {
            proposal.origin.edit().reading.encoding = Some(guess.to_owned());
        }
        Ok(proposal)
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
        from_tree(toml::read(text)?, text, 1, Format::Toml)
    }

    /// Reads a proposal in JSON.
    ///
    /// # Errors
    /// As [`Proposal::from_toml`].
    pub fn from_json(text: &str) -> Result<Proposal, Error> {
        check_size(text, Format::Json)?;
        from_tree(json::read(text, 1)?, text, 1, Format::Json)
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
            from_tree(json::read(text, line)?, text, line, Format::Json)
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
            let Value::List(nodes) = root.value else { return Ok(Vec::new()) };
            return nodes.into_iter().map(|node| from_tree(node, text, 1, Format::Json)).collect();
        }
        if let Ok(one) = Proposal::from_json(text) {
            return Ok(vec![one]);
        }
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        lines
            .map(|(at, line)| {
                check_size(line, Format::Json)?;
                from_tree(json::read(line, at + 1)?, line, at + 1, Format::Json)
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
        from_plain(text, Vec::new(), Format::Text)
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
        from_package(bytes)
    }

    /// Reads a proposal in an OpenDocument text (`.odt`), as [`Proposal::from_docx`] reads a Word
    /// file. Needs the feature `odt`.
    ///
    /// # Errors
    /// As [`Proposal::from_docx`].
    pub fn from_odt(bytes: &[u8]) -> Result<Proposal, Error> {
        from_package(bytes)
    }

    /// Reads a proposal in a web page, also one that a word processor wrote. Needs the feature
    /// `web`.
    ///
    /// Tables, lists, headings, bold labels and what was filled into a form are understood;
    /// scripts, styles and hidden text are not read. A [`Place`](super::Place) in it counts
    /// paragraphs as lines.
    ///
    /// ```
    /// let page = "<h1>Smart lifts</h1><h2>Scope</h2><p>Lifts that talk &amp; listen.";
    /// # #[cfg(feature = "web")]
    /// assert_eq!(spcg::Proposal::from_html(page)?.scope, "Lifts that talk & listen.");
    /// # Ok::<(), spcg::Error>(())
    /// ```
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when it has no heading of a proposal, [too
    /// large](Error::is_too_large), or [unsupported](Error::is_unsupported) without the feature.
    pub fn from_html(text: &str) -> Result<Proposal, Error> {
        check_size(text, Format::Html)?;
        #[cfg(feature = "web")]
        return from_document(html::read(text)?, Format::Html);
        #[cfg(not(feature = "web"))]
        Err(Error::new(Unreadable::NotBuilt(Format::Html)))
    }

    /// Reads a proposal in the text of an e-mail, or in a web page that was saved with its parts.
    /// Needs the feature `web`.
    ///
    /// Of a text in two forms the web page is read, unless it says less. Attachments are named in
    /// [`reading`](Proposal::reading), not read.
    ///
    /// # Errors
    /// As [`Proposal::from_html`]; also when the message holds attachments and no text.
    pub fn from_mail(bytes: &[u8]) -> Result<Proposal, Error> {
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > bounds::FILE_BYTES {
            return Err(Error::new(Unreadable::LargeFile { limit: bounds::FILE_BYTES }));
        }
        #[cfg(feature = "web")]
        return from_message(mail::read(bytes)?);
        #[cfg(not(feature = "web"))]
        Err(Error::new(Unreadable::NotBuilt(Format::Mail)))
    }

    /// Reads a proposal in YAML; needs the feature `yaml`.
    ///
    /// # Errors
    /// As [`Proposal::from_toml`]; [unsupported](Error::is_unsupported) without the feature.
    pub fn from_yaml(text: &str) -> Result<Proposal, Error> {
        check_size(text, Format::Yaml)?;
        #[cfg(feature = "yaml")]
        return from_tree(yaml::read(text)?, text, 1, Format::Yaml);
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

/// A file of an office program: which one, its parts tell.
fn from_package(bytes: &[u8]) -> Result<Proposal, Error> {
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
        let mut package = package::Package::open(bytes)?;
        let format = package.format();
        let document = match format {
            #[cfg(feature = "odt")]
            Format::Odt => odt::read(&mut package)?,
            #[cfg(not(feature = "odt"))]
            Format::Odt => return Err(Error::new(Unreadable::NotBuilt(Format::Odt))),
            _ => docx::read(&mut package)?,
        };
        from_document(document, format)
    };
    #[cfg(not(feature = "docx"))]
    Err(Error::new(Unreadable::NotBuilt(Format::Docx)))
}

#[cfg(any(feature = "docx", feature = "web"))]
fn from_document(document: document::Document, format: Format) -> Result<Proposal, Error> {
    let lines: Vec<&str> = document.lines.iter().map(String::as_str).collect();
    from_blocks(document.blocks, &document.margins, false, &lines, format)
}

/// From a text with headings or labels. What stands in front matter is a margin.
fn from_plain(
    text: &str,
    mut margins: Vec<(String, tree::Spot)>,
    format: Format,
) -> Result<Proposal, Error> {
    let lines: Vec<&str> = text.lines().collect();
    let matter = markdown::front_matter(text);
    let text = match &matter {
        Some((matter, rest)) => {
            margins.extend(matter.iter().cloned());
            rest
        }
        None => text,
    };
    let asciidoc = asciidoc::as_markdown(text);
    let text = asciidoc.as_deref().unwrap_or(text);
    let read =
        from_blocks(markdown::blocks(text), &margins, markdown::is_markdown(text), &lines, format);
    if read.is_ok() {
        return read;
    }
    match unbroken::parted(text) {
        Some(parted) => {
            let lines: Vec<&str> = parted.lines().collect();
            let mut proposal =
                from_blocks(markdown::blocks(&parted), &margins, false, &lines, format)?;
            let text = "the ends of lines were lost in this text; lines are counted as it was \
                        parted at its headings";
            proposal.origin.edit().reading.remarks.push(Remark {
                field: String::new(),
                text: text.to_owned(),
                line: 0,
            });
            Ok(proposal)
        }
        None => read,
    }
}

/// From the text of a message; its subject is a margin, and so is what stands below its signature.
#[cfg(feature = "web")]
fn from_message(message: mail::Message) -> Result<Proposal, Error> {
    let mail::Message { body, subject, attachments } = message;
    let head = |line: usize| tree::Spot::new(line, 1);
    let mut margins: Vec<_> = subject.into_iter().map(|subject| (subject, head(1))).collect();
    let mut proposal = match body {
        mail::Body::Page(mut document) => {
            document.margins.extend(margins);
            from_document(document, Format::Mail)?
        }
        mail::Body::Plain(text) => {
            check_size(&text, Format::Text)?;
            let (text, signature) = mail::without_signature(&text);
            let first = text.lines().count() + 2;
            let lines = signature.lines().filter(|line| !line.trim().is_empty());
            margins.extend(
                lines
                    .take(20)
                    .enumerate()
                    .map(|(at, line)| (line.trim().to_owned(), head(first + at))),
            );
            from_plain(text, margins, Format::Mail)?
        }
    };
    let remarks = attachments.into_iter().map(|name| Remark {
        field: String::new(),
        text: format!("the attachment `{name}` is not read; save it, and screen it by itself"),
        line: 1,
    });
    proposal.origin.edit().reading.remarks.extend(remarks);
    Ok(proposal)
}

/// The one way from the tree to the record. `first_line` is the number of the first line of the
/// text.
fn from_tree(root: Node, text: &str, first_line: usize, format: Format) -> Result<Proposal, Error> {
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
    let mut proposal = taken(root, lines, 1)?;
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

fn taken(mut root: Node, lines: &[&str], first_line: usize) -> Result<Proposal, Error> {
    root.check()?;
    addressee::settle(&mut root);
    let mut proposal: Proposal = take::take(&root, "")?;
    proposal.settle();
    let mut notes = places::Notes { lines, first_line, places: &mut proposal.origin.edit().places };
    notes.below(&root, "");
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
