//! Reads published catalogues and bibliographies, and joins their records to works.
//!
//! | source | what it is |
//! |---|---|
//! | [`Source::Relaton`] | a folder or a `.tar`/`.tar.zst` of YAML files, one a record, as in the public repositories relaton-data-iso, relaton-data-iec and relaton-data-itu, and those of other bodies: relaton-data-ieee, -etsi, -w3c, -oasis, -ogc, -ecma, -cie, -itu-r and others of the family |
//! | [`Source::IsoDeliverables`] | the ISO Open Data file of deliverables, JSON Lines |
//! | [`Source::JsonLines`] | this crate's own format: a [`Publication`] a line |
//!
//! Records are read in batches of bounded size and parsed on rayon's current pool; the result is
//! the same on any number of threads. A record that cannot be read is named with its reason in the
//! [`ImportReport`] and does not stop the run, unless the importer is [strict](Importer::strict).
//! Records of other bodies become [`ExternalDocument`]s, which stand apart from the works.
//!
//! What stops a run: a source that is not there or refuses to be read, and an archive that is
//! damaged or unpacks to more than 16 GiB.
//!
//! Limits: a record may have 4 MiB, and each archive or folder ten million files.

mod external;
mod files;
mod iso_open_data;
mod join;
mod loose;
pub(crate) mod markup;
mod owner;
mod prune;
mod record;
mod register;
mod relaton;
mod report;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use register::read_iso_committees;
pub use report::{Failure, ImportReport, JoinReport, SourceReport};

use self::files::{Place, Raw};
use self::record::{Found, LeftOut, Read};
use crate::error::{Class, Error};
use crate::standards::{ExternalDocument, Publication, Relation, RelationKind, Work};

pub(crate) use self::files::{Place as RecordPlace, read as read_records};

/// The most bytes that a record may have.
pub(crate) const LARGEST_RECORD: usize = 4 << 20;

/// A catalogue or bibliography to read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source {
    /// A folder or an archive (`.tar`, `.tar.zst`) of Relaton records in YAML, one a file. Of a
    /// folder that holds a folder `data`, only that one is read.
    Relaton(PathBuf),
    /// `iso_deliverables_metadata.jsonl` of ISO Open Data.
    IsoDeliverables(PathBuf),
    /// Records in this crate's own format: a [`Publication`] as JSON, one a line.
    JsonLines(PathBuf),
}

impl Source {
    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Source::Relaton(path) | Source::IsoDeliverables(path) | Source::JsonLines(path) => path,
        }
    }

    /// What it is, in a word or two.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Source::Relaton(_) => "relaton",
            Source::IsoDeliverables(_) => "iso deliverables",
            Source::JsonLines(_) => "json lines",
        }
    }
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress<'a> {
    /// The source that is being read.
    pub source: &'a Source,
    /// Records of this source read so far.
    pub records: u64,
    /// Bytes of these records, unpacked.
    pub bytes: u64,
}

/// What sources come to.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Imported {
    /// The works of ISO, IEC and ITU-T, in the order of their references.
    pub works: Vec<Work>,
    /// The documents of other bodies, in the order of bodies and references.
    pub external: Vec<ExternalDocument>,
    /// What was read and what was left out.
    pub report: ImportReport,
}

/// What is told of the progress.
type Callback<'a> = dyn Fn(Progress<'_>) + Send + Sync + 'a;

/// A record and the position of its source among those given.
type Numbered = (usize, Publication);

/// Reads sources into works.
///
/// ```
/// use spcg::import::{Importer, Source};
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("own.jsonl");
/// # std::fs::write(&path, concat!(
/// #     r#"{"reference": "ISO 99901:2011", "title": "Smart lifts", "committee": "ISO/TC 178"}"#, "\n",
/// #     r#"{"reference": "ISO 99901:2017", "title": "Smart lifts", "committee": "ISO/TC 178"}"#, "\n",
/// #     r#"{"reference": "ISO 99902:2024", "title": "Silent lifts"}"#, "\nnonsense\n"))?;
/// let (works, report) = Importer::new().until(2018).read(&[Source::JsonLines(path)])?;
/// assert_eq!(works.len(), 1);
/// assert_eq!((works[0].first_year, works[0].latest_year), (Some(2011), Some(2017)));
///
/// let source = &report.sources[0];
/// assert_eq!((source.read, source.kept, source.left_out_in_all()), (4, 2, 2));
/// assert_eq!(source.failures[0].place, "line 4");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Default)]
pub struct Importer<'a> {
    until: Option<u16>,
    strict: bool,
    progress: Option<Box<Callback<'a>>>,
}

impl fmt::Debug for Importer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Importer")
            .field("until", &self.until)
            .field("strict", &self.strict)
            .finish_non_exhaustive()
    }
}

impl<'a> Importer<'a> {
    /// An importer that reads everything and stops for no record.
    #[must_use]
    pub fn new() -> Importer<'a> {
        Importer::default()
    }

    /// Reads as of the end of `year`: only what was published up to then counts, and a record
    /// without a year is left out.
    ///
    /// A text that was withdrawn later counts as in force, as far as its record dates the
    /// withdrawal. Committees, titles and abstracts are those of the day on which the source was
    /// written, whatever the year.
    #[must_use]
    pub fn until(mut self, year: impl Into<Option<u16>>) -> Importer<'a> {
        self.until = year.into();
        self
    }

    /// Whether the first record that cannot be read stops the run with an error.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Importer<'a> {
        self.strict = strict;
        self
    }

    /// Calls `progress` after each batch of records.
    #[must_use]
    pub fn on_progress(
        mut self,
        progress: impl Fn(Progress<'_>) + Send + Sync + 'a,
    ) -> Importer<'a> {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Reads all `sources` and joins their records to works, in the order of their references.
    ///
    /// # Errors
    /// [not found](Error::is_not_found) or [io](Error::is_io) for a source that cannot be read;
    /// [malformed](Error::is_malformed) for a damaged archive and, in a strict run, for the first
    /// record that cannot be kept; [too large](Error::is_too_large) for an archive or folder beyond
    /// the limits.
    pub fn read(&self, sources: &[Source]) -> Result<(Vec<Work>, ImportReport), Error> {
        self.read_all(sources).map(|Imported { works, report, .. }| (works, report))
    }

    /// The same, with the documents of other bodies.
    ///
    /// # Errors
    /// As [`Importer::read`].
    pub fn read_all(&self, sources: &[Source]) -> Result<Imported, Error> {
        let mut records = Records::default();
        let sources = self.read_records(sources, &mut records)?;
        let (works, joined) = join::join(records.publications);
        let external = external::join(records.external);
        let mut bodies = BTreeMap::new();
        for document in &external {
            *bodies.entry(document.body.clone()).or_default() += 1;
        }
        let report =
            ImportReport { finished: now(), until: self.until, sources, joined, external: bodies };
        Ok(Imported { works, external, report })
    }

    /// Reads all `sources` and returns their records of ISO, IEC and ITU-T as they are, with the
    /// number of their source.
    ///
    /// # Errors
    /// As [`Importer::read`].
    pub fn read_publications(
        &self,
        sources: &[Source],
    ) -> Result<(Vec<Numbered>, Vec<SourceReport>), Error> {
        let mut records = Records::default();
        let reports = self.read_records(sources, &mut records)?;
        Ok((records.publications, reports))
    }

    fn read_records(
        &self,
        sources: &[Source],
        records: &mut Records,
    ) -> Result<Vec<SourceReport>, Error> {
        let mut reports = Vec::with_capacity(sources.len());
        for (number, source) in sources.iter().enumerate() {
            let mut report = SourceReport::new(source.path(), source.kind());
            let place =
                if matches!(source, Source::Relaton(_)) { Place::Files } else { Place::Lines };
            report.other_files = files::read(source.path(), place, |batch| {
                for (raw, result) in self.parse(source, batch) {
                    self.count(source, &mut report, records, number, raw, result)?;
                }
                if let Some(progress) = &self.progress {
                    progress(Progress { source, records: report.read, bytes: report.bytes });
                }
                Ok(())
            })?;
            records.resolve(&mut report);
            reports.push(report);
        }
        // Not before: what took the place of a text may come later in its file.
        if let Some(until) = self.until {
            for (_, publication) in &mut records.publications {
                record::as_of(publication, until);
            }
        }
        Ok(reports)
    }

    fn parse(&self, source: &Source, batch: Vec<Raw>) -> Vec<(Parsed, Result<Found, LeftOut>)> {
        batch
            .into_par_iter()
            .map(|Raw { place, bytes }| {
                let size = bytes.as_ref().map_or(0, Vec::len);
                let key = match (source, &bytes) {
                    (Source::IsoDeliverables(_), Ok(bytes)) => iso_open_data::key(bytes),
                    _ => None,
                };
                let result = bytes.and_then(|bytes| {
                    let found = match source {
                        Source::Relaton(_) => relaton::read(&bytes)?,
                        Source::IsoDeliverables(_) => {
                            Found::Publication(iso_open_data::read(&bytes)?)
                        }
                        Source::JsonLines(_) => Found::Publication(own(&bytes)?),
                    };
                    match (self.until, found.year()) {
                        (Some(_), None) => Err(LeftOut::NoYear),
                        (Some(until), Some(year)) if year > until => Err(LeftOut::AfterLimit),
                        _ => Ok(found),
                    }
                });
                (Parsed { place, size, key }, result)
            })
            .collect()
    }

    fn count(
        &self,
        source: &Source,
        report: &mut SourceReport,
        records: &mut Records,
        number: usize,
        Parsed { place, size, key }: Parsed,
        result: Result<Found, LeftOut>,
    ) -> Result<(), Error> {
        records.keys.extend(key);
        report.read += 1;
        report.bytes += size as u64;
        match result {
            Ok(Found::External(document)) => {
                report.kept += 1;
                *report.bodies.entry(document.body.clone()).or_default() += 1;
                records.external.push(document);
            }
            Ok(Found::Publication(read)) => {
                report.kept += 1;
                if let Some(name) = read.strange_committee {
                    let name: String = name.chars().take(80).collect();
                    report.remark(format!("committee not understood: `{name}`"));
                }
                if read.publication.standard().is_none() {
                    report.remark("reference is not one of ISO, IEC or ITU-T".to_owned());
                }
                if read.publication.title.is_empty() {
                    report.remark("no title of its own".to_owned());
                }
                let at = records.publications.len();
                records.keyed.extend(read.keyed.into_iter().map(|(kind, key)| (at, kind, key)));
                records.publications.push((number, read.publication));
            }
            Err(left_out) if left_out.is_failure() => {
                if self.strict {
                    let detail = left_out.detail().into_owned();
                    return Err(
                        Error::new(ImportFailure::Record { place, detail }).at_path(source.path())
                    );
                }
                report.fail(place, left_out.to_string(), left_out.detail().into_owned());
            }
            Err(left_out) => *report.left_out.entry(left_out.to_string()).or_default() += 1,
        }
        Ok(())
    }
}

/// What was kept.
#[derive(Default)]
struct Records {
    publications: Vec<Numbered>,
    external: Vec<ExternalDocument>,
    /// Of the source being read: the reference of each key, left out or not.
    keys: BTreeMap<u64, String>,
    /// Of the source being read: record, tie and key of the other one.
    keyed: Vec<(usize, RelationKind, u64)>,
}

impl Records {
    /// Puts references in the place of keys, for the source that ends here.
    fn resolve(&mut self, report: &mut SourceReport) {
        let keys = std::mem::take(&mut self.keys);
        for (at, kind, key) in std::mem::take(&mut self.keyed) {
            match (keys.get(&key), self.publications.get_mut(at)) {
                (Some(reference), Some((_, publication))) => {
                    let reference = reference.clone();
                    publication.relations.push(Relation { kind, reference });
                }
                _ => report.remark("names a document that is not in the file".to_owned()),
            }
        }
    }
}

struct Parsed {
    place: String,
    size: usize,
    /// What the source knows it by, and its reference.
    key: Option<(u64, String)>,
}

/// Now, without fractions of a second.
pub(crate) fn now() -> jiff::Timestamp {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// Reads a line of the crate's own format.
fn own(line: &[u8]) -> Result<Read, LeftOut> {
    let line = std::str::from_utf8(line).map_err(|_| LeftOut::NotUtf8)?;
    let publication: Publication = serde_json::from_str(line).map_err(LeftOut::malformed)?;
    let given = publication.committee.clone();
    let mut publication = record::completed(publication)?;
    if let Some(owner) = given.and_then(|given| owner::read(&given.to_string(), None)) {
        publication.original_committee = owner.original.or(publication.original_committee);
        publication.committee = Some(owner.committee);
    }
    Ok(Read { publication, strange_committee: None, keyed: Vec::new() })
}

/// What stops an import.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ImportFailure {
    #[error("the archive cannot be read: {0}")]
    Archive(String),
    #[error("the archive unpacks to more than {0} GiB")]
    ArchiveTooLarge(u64),
    #[error("more than {0} files")]
    TooManyFiles(u64),
    #[error("{place}: {detail}")]
    Record { place: String, detail: String },
}

impl crate::error::Failure for ImportFailure {
    fn class(&self) -> Class {
        match self {
            ImportFailure::Archive(_) | ImportFailure::Record { .. } => Class::Malformed,
            ImportFailure::ArchiveTooLarge(_) | ImportFailure::TooManyFiles(_) => Class::TooLarge,
        }
    }
    fn remedy(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(match self {
            ImportFailure::Archive(_) => {
                "give a folder, a `.tar` or a `.tar.zst`, and check that it is complete"
            }
            ImportFailure::ArchiveTooLarge(_) | ImportFailure::TooManyFiles(_) => "split it",
            ImportFailure::Record { .. } => {
                "mend the record, or import without strict mode, which leaves it out and counts it"
            }
        }))
    }
}
