//! References of standards and other publications.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::find::FirstWord;
use super::scan::Scan;
use super::{Malformed, Organization, adoption, shown};
use crate::error::Error;

/// The reference of a publication of ISO, IEC or ITU-T: publishers, type, number with part, year,
/// supplements.
///
/// ```
/// use spcg::reference::StandardRef;
///
/// let dated: StandardRef = "IEC 61508-1:2010".parse()?;
/// let undated: StandardRef = "IEC 61508-1".parse()?;
/// let other_part: StandardRef = "IEC 61508-3".parse()?;
/// assert_eq!(dated.year(), Some(2010));
/// assert!(dated.is_same_work(&undated));
/// assert!(!dated.is_same_work(&other_part) && dated.is_same_series(&other_part));
///
/// let recommendation: StandardRef = "Rec. ITU-T Y.4000/Y.2060 (06/2012)".parse()?;
/// assert_eq!(recommendation.to_string(), "ITU-T Y.4000/Y.2060 (06/2012)");
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StandardRef {
    publishers: Publishers,
    kind: DocumentKind,
    /// `9001`, `61508-1`, `X.509`, `60335-2-79`, in upper case.
    number: Box<str>,
    /// The second number of a Recommendation that has two: `Y.2060` of Y.4000/Y.2060.
    alias: Option<Box<str>>,
    year: Option<u16>,
    month: Option<u8>,
    supplements: Vec<Supplement>,
}

/// A change or addition to a publication: `Amd 1:2020`, `Cor 2`, `Suppl 16`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Supplement {
    /// What kind.
    pub kind: SupplementKind,
    /// Its number, 0 where it has none.
    pub number: u16,
    /// Its year, where given.
    pub year: Option<u16>,
}

/// Kinds of supplement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SupplementKind {
    /// Amendment.
    Amendment,
    /// Corrigendum or erratum.
    Corrigendum,
    /// Addendum.
    Addendum,
    /// Supplement.
    Supplement,
    /// Annex of a Recommendation, published on its own; its number counts 100 for each letter of
    /// the alphabet and 1 for each number after it: 400 is Annex D, 302 is Annex C2.
    Annex,
    /// Appendix of a Recommendation, published on its own.
    Appendix,
    /// Interpretation sheet.
    Interpretation,
}

impl SupplementKind {
    const fn mark(self) -> &'static str {
        match self {
            SupplementKind::Amendment => "Amd",
            SupplementKind::Corrigendum => "Cor",
            SupplementKind::Addendum => "Add",
            SupplementKind::Supplement => "Suppl",
            SupplementKind::Annex => "Annex",
            SupplementKind::Appendix => "App",
            SupplementKind::Interpretation => "ISH",
        }
    }
}

/// Who publishes, in the order in which the reference names them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Publishers(Box<[Publisher]>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Publisher {
    Iso,
    Iec,
    Cispr,
    ItuT,
    Other(&'static str),
}

impl Publisher {
    const fn mark(self) -> &'static str {
        match self {
            Publisher::Iso => "ISO",
            Publisher::Iec => "IEC",
            Publisher::Cispr => "CISPR",
            Publisher::ItuT => "ITU-T",
            Publisher::Other(name) => name,
        }
    }
}

/// Bodies that publish together with ISO or IEC.
const PARTNERS: &[&str] =
    &["IEEE", "ASTM", "CIE", "HL7", "IDF", "SAE", "OIML", "IULTCS", "IUPAC", "ASME", "OECD", "IWA"];

/// What kind of publication, as far as the reference says it. Drafts keep their stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum DocumentKind {
    Standard,
    Marked(&'static str),
}

/// Marks between publisher and number, longest first where one begins another.
const MARKS: &[(&str, &str)] = &[
    ("Guide", "Guide"),
    ("PDTR", "PDTR"),
    ("PDTS", "PDTS"),
    ("PDAM", "PDAM"),
    ("PDISP", "PDISP"),
    ("CDTS", "CDTS"),
    ("CDTR", "CDTR"),
    ("DPAS", "DPAS"),
    ("FDIS", "FDIS"),
    ("FDTS", "FDTS"),
    ("FDTR", "FDTR"),
    ("FDAM", "FDAM"),
    ("DIS", "DIS"),
    ("DTS", "DTS"),
    ("DTR", "DTR"),
    ("DAM", "DAM"),
    ("CDV", "CDV"),
    ("CD", "CD"),
    ("PRF", "PRF"),
    ("AWI", "AWI"),
    ("NP", "NP"),
    ("WD", "WD"),
    ("PWI", "PWI"),
    ("TS", "TS"),
    ("TR", "TR"),
    ("PAS", "PAS"),
    ("ISP", "ISP"),
    ("TTA", "TTA"),
    ("SRD", "SRD"),
    ("DATA", "DATA"),
    ("R", "R"),
];

/// Stage marks say how far a draft is; they are not part of what the work is.
const STAGES: &[&str] = &[
    "PDTR", "PDTS", "PDAM", "PDISP", "CDTS", "CDTR", "DPAS", "FDIS", "FDTS", "FDTR", "FDAM", "DIS",
    "DTS", "DTR", "DAM", "CDV", "CD", "PRF", "AWI", "NP", "WD", "PWI",
];

impl StandardRef {
    /// The number with its part: `61508-1`, `X.509`.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The year of publication, where the reference has one.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        self.year
    }

    /// The second number of a Recommendation that has two.
    #[must_use]
    pub fn alias(&self) -> Option<&str> {
        self.alias.as_deref()
    }

    /// Amendments, corrigenda and other supplements that the reference names.
    #[must_use]
    pub fn supplements(&self) -> &[Supplement] {
        &self.supplements
    }

    /// The organizations among the publishers. CISPR publications are IEC's.
    #[must_use]
    pub fn organizations(&self) -> Vec<Organization> {
        let mut organizations: Vec<Organization> = self
            .publishers
            .0
            .iter()
            .filter_map(|publisher| match publisher {
                Publisher::Iso => Some(Organization::Iso),
                Publisher::Iec | Publisher::Cispr => Some(Organization::Iec),
                Publisher::ItuT => Some(Organization::ItuT),
                Publisher::Other(_) => None,
            })
            .collect();
        organizations.dedup();
        organizations
    }

    /// The reference of the work itself: no year, stage or supplement.
    #[must_use]
    pub fn work(&self) -> StandardRef {
        let kind = match self.kind {
            DocumentKind::Marked(mark) if STAGES.contains(&mark) => DocumentKind::Standard,
            kind => kind,
        };
        StandardRef {
            publishers: self.publishers.clone(),
            kind,
            number: self.number.clone(),
            alias: self.alias.clone(),
            year: None,
            month: None,
            supplements: Vec::new(),
        }
    }

    /// True for a supplement that ITU-T publishes as a text of its own: `ITU-T K Suppl 16`.
    #[cfg(feature = "import")]
    pub(crate) fn is_standing_supplement(&self) -> bool {
        self.publishers.0.first() == Some(&Publisher::ItuT)
            && self
                .supplements
                .first()
                .is_some_and(|first| first.kind == SupplementKind::Supplement)
    }

    /// As [`StandardRef::work`], with the number of a supplement that stands on its own.
    #[cfg(feature = "import")]
    pub(crate) fn undated(&self) -> StandardRef {
        let mut undated = self.work();
        if self.is_standing_supplement() {
            undated.supplements.extend(
                self.supplements.first().map(|first| Supplement { year: None, ..first.clone() }),
            );
        }
        undated
    }

    /// A key under which all editions, drafts and supplements of one work meet, whoever of the
    /// joint publishers is named: publisher family, guide or not, number.
    pub(crate) fn work_key(&self) -> String {
        let family = match self.publishers.0.first() {
            Some(Publisher::ItuT) => "ITU-T",
            Some(Publisher::Cispr) => "CISPR",
            // ISO and IEC share one number range.
            Some(Publisher::Iso | Publisher::Iec) | None => "ISO/IEC",
            Some(Publisher::Other(name)) => name,
        };
        let kind = match self.kind {
            DocumentKind::Marked(mark @ ("Guide" | "ISP" | "R" | "TTA" | "DATA")) => mark,
            _ => "",
        };
        let supplement = match self.supplements.as_slice() {
            [Supplement { kind: SupplementKind::Supplement, number, .. }, ..]
                if family == "ITU-T" =>
            {
                format!(" S{number}")
            }
            _ => String::new(),
        };
        // Old IEC numbers below 60000 were raised by 60000 in 1997.
        let number = match (
            self.publishers.0.first(),
            self.number.split_once('-').unwrap_or((&self.number, "")),
        ) {
            (Some(Publisher::Iec), (main, part))
                if self.publishers.0.len() == 1 && kind.is_empty() =>
            {
                match main.parse::<u32>() {
                    Ok(old) if old < 2000 && part.is_empty() => (old + 60_000).to_string(),
                    Ok(old) if old < 2000 => format!("{}-{part}", old + 60_000),
                    _ => self.number.to_string(),
                }
            }
            _ => self.number.to_string(),
        };
        format!("{family} {kind} {number}{supplement}")
    }

    /// True when both refer to the same work: year, edition, stage, supplements and the order or
    /// number of joint publishers do not count.
    #[must_use]
    pub fn is_same_work(&self, other: &StandardRef) -> bool {
        let (own, their) = (self.work_key(), other.work_key());
        own == their
            || [self.with_alias(), other.with_alias()].into_iter().flatten().any(|alias| {
                let alias = alias.work_key();
                alias == own || alias == their
            }) && (self.alias.as_deref() == Some(&*other.number)
                || other.alias.as_deref() == Some(&*self.number))
    }

    /// True when both refer to parts of one series (`IEC 61508-1`, `IEC 61508-3`) or to the same
    /// work.
    #[must_use]
    pub fn is_same_series(&self, other: &StandardRef) -> bool {
        self.is_same_work(other) || self.series_key() == other.series_key()
    }

    /// A key under which the parts of one series meet.
    pub(crate) fn series_key(&self) -> String {
        let key = self.work_key();
        if key.starts_with("ITU-T") {
            return key;
        }
        match key.split_once('-') {
            Some((main, _)) => main.to_owned(),
            None => key,
        }
    }

    fn with_alias(&self) -> Option<StandardRef> {
        let alias = self.alias.clone()?;
        Some(StandardRef { number: alias, alias: None, ..self.clone() })
    }

    /// This reference under its second number, where it has one.
    pub(crate) fn aliased(&self) -> Option<StandardRef> {
        self.with_alias()
    }
}

/// The words with which a reference in running text begins, but for a single letter and a dot.
pub(super) fn first_words() -> impl Iterator<Item = FirstWord> {
    let any = ["ISO", "IEC", "CISPR", "ITU", "CCITT", "Recommendation", "Rec"];
    let exact = ["CEI", "Supplement", "Suppl", "Sup"];
    let any = any.map(|word| FirstWord { word, exact: false });
    let partners = PARTNERS.iter().map(|word| FirstWord { word, exact: true });
    partners.chain(any).chain(exact.map(|word| FirstWord { word, exact: true }))
}

/// Reads a reference at the cursor. In running text a Recommendation may stand without its
/// publisher (`X.509`).
pub(super) fn read(scan: &mut Scan<'_>, running: bool) -> Option<StandardRef> {
    let start = *scan;
    if running && !scan.at_word_start() {
        return None;
    }
    let result = read_recommendation(scan, running)
        .or_else(|| {
            *scan = start;
            read_supplement_of_series(scan)
        })
        .or_else(|| {
            *scan = start;
            read_numbered(scan, running)
        })
        .or_else(|| {
            *scan = start;
            adoption::read(scan)
        });
    if result.is_none() {
        *scan = start;
    }
    result
}

fn read_recommendation(scan: &mut Scan<'_>, running: bool) -> Option<StandardRef> {
    let start = *scan;
    let mut announced = scan.word("Recommendation") || scan.word("Rec");
    if announced {
        let _ = scan.take('.');
        scan.blanks();
    }
    let mut named = false;
    if scan.word("ITU") {
        scan.separators();
        if !scan.word("T") {
            return None;
        }
        scan.separators();
        named = true;
    } else if scan.word("CCITT") {
        scan.separators();
        named = true;
    }
    if scan.word("Recommendation") || scan.word("Rec") {
        let _ = scan.take('.');
        scan.blanks();
        announced = true;
    }
    if running && !named && !announced && scan.at != start.at {
        return None;
    }
    let strict = running && !named && !announced;
    let mut number = read_recommendation_number(scan, strict, named)?;
    // `D.600 R`, `R.70 A`: in running text the letter could begin a sentence.
    let mut next = *scan;
    let is_bare = number.ends_with(|c: char| c.is_ascii_digit());
    if !running
        && is_bare
        && next.blanks() > 0
        && next.peek().is_some_and(|c| c.is_ascii_uppercase())
    {
        let letter = next.at;
        next.at += 1;
        if next.at_word_end() {
            number = format!("{number}{}", &next.text[letter..next.at]).into();
            *scan = next;
        }
    }
    let mut reference = StandardRef {
        publishers: Publishers([Publisher::ItuT].into()),
        kind: DocumentKind::Standard,
        number,
        alias: None,
        year: None,
        month: None,
        supplements: Vec::new(),
    };
    let mut next = *scan;
    if next.take('/')
        && let Some(alias) = read_recommendation_number(&mut next, true, false)
    {
        reference.alias = Some(alias);
        *scan = next;
    }
    // The version of the text, `(V4)` or `v.1`, says no more than its date.
    let mut next = *scan;
    next.blanks();
    let bracket = next.take('(');
    if !running
        && next.word("v")
        && {
            let _ = next.take('.');
            next.number(2).is_some()
        }
        && (!bracket || next.take(')'))
        && next.at_word_end()
    {
        *scan = next;
    }
    read_supplements(scan, &mut reference);
    read_issue(scan, &mut reference);
    let named = reference.supplements.len();
    read_supplements(scan, &mut reference);
    // `(2012) Amd. 1 (10/2016)`: the date of the supplement tells more than that of the edition.
    if reference.supplements.len() > named {
        read_issue(scan, &mut reference);
    }
    scan.at_word_end().then_some(reference)
}

/// `Y-series Supplement 53`, `Y.Sup53`, `Supplement 53 to ITU-T Y-series Recommendations`.
fn read_supplement_of_series(scan: &mut Scan<'_>) -> Option<StandardRef> {
    const WORDS: &[&str] = &["Supplement", "Suppl", "Sup"];
    let series = |scan: &mut Scan<'_>| {
        let letter = scan.peek().filter(char::is_ascii_uppercase)?;
        scan.at += 1;
        Some(letter)
    };
    let mut next = *scan;
    let (letter, number) = if WORDS.iter().any(|word| next.exact_word(word)) {
        let _ = next.take('.');
        next.blanks();
        let number = next.number(3)?;
        next.blanks();
        if !next.word("to") {
            return None;
        }
        next.blanks();
        let _ = next.word("the") && next.blanks() > 0;
        if next.word("ITU") {
            next.separators();
            if !next.word("T") {
                return None;
            }
            next.separators();
        }
        let letter = series(&mut next)?;
        next.separators();
        if !next.word("series") {
            return None;
        }
        let mut noun = next;
        noun.blanks();
        if noun.word("Recommendations") {
            next = noun;
        }
        (letter, number)
    } else {
        if next.word("ITU") {
            next.separators();
            if !next.word("T") {
                return None;
            }
            next.separators();
        }
        let letter = series(&mut next)?;
        let dotted = next.take('.');
        if !dotted {
            next.separators();
            if !next.word("series") {
                return None;
            }
            next.separators();
        }
        if !WORDS.iter().any(|word| next.exact_word(word)) {
            return None;
        }
        let _ = next.take('.');
        next.separators();
        (letter, next.number(3)?)
    };
    if !next.at_word_end() {
        return None;
    }
    *scan = next;
    let mut reference = StandardRef {
        publishers: Publishers([Publisher::ItuT].into()),
        kind: DocumentKind::Standard,
        number: letter.to_string().into(),
        alias: None,
        year: None,
        month: None,
        supplements: vec![Supplement {
            kind: SupplementKind::Supplement,
            number: u16::try_from(number).ok()?,
            year: None,
        }],
    };
    read_issue(scan, &mut reference);
    Some(reference)
}

/// `(10/2019)` or `(2019)`.
fn read_issue(scan: &mut Scan<'_>, reference: &mut StandardRef) {
    let mut next = *scan;
    next.blanks();
    if !next.take('(') {
        return;
    }
    let start = next;
    let month = next.number(2).filter(|month| (1..=12).contains(month));
    let year = if month.is_some() && (next.take('/') || next.hyphen()) {
        next.number(4)
    } else {
        next = start;
        next.number(4)
    };
    if let Some(year) = year.filter(|year| (1900..=2100).contains(year))
        && next.take(')')
    {
        reference.month = month.and_then(|month| u8::try_from(month).ok());
        reference.year = u16::try_from(year).ok();
        *scan = next;
    }
}

/// `X.509`, `Y.4000`, `H.642.3`, `X.1096`; also a supplement to a series, `K Suppl. 16`.
fn read_recommendation_number(scan: &mut Scan<'_>, strict: bool, named: bool) -> Option<Box<str>> {
    let start = *scan;
    let letter = scan.peek().filter(char::is_ascii_alphabetic)?;
    if strict && !letter.is_ascii_uppercase() {
        return None;
    }
    let letter = letter.to_ascii_uppercase();
    scan.at += 1;
    // `ITU-T X509`
    let undotted = {
        let mut next = *scan;
        let from = next.at;
        !strict
            && (named || letter != 'Y')
            && next.number(4).is_some()
            && next.at - from >= 3
            && (next.at_word_end() || next.peek() == Some('v'))
    };
    if !undotted && !scan.take('.') {
        // `ITU-T K Suppl. 16`: the series itself is the number.
        let mut next = *scan;
        // `E-100 series Suppl. 3`, `E100-200 Suppl. 1`
        let range = next;
        let _ = next.hyphen();
        if next.number(4).is_some() {
            let mut upper = next;
            if upper.hyphen() && upper.number(4).is_some() {
                next = upper;
            }
        } else {
            next = range;
        }
        let mut end = next;
        let name = next.at;
        next.blanks();
        if next.word("series") {
            end = next;
            next.blanks();
        }
        let is_series = named
            && letter != 'T'
            && ["Suppl", "Supplement", "Sup"].iter().any(|word| {
                let mut probe = next;
                probe.word(word)
            });
        if is_series {
            *scan = end;
            return Some(scan.text[start.at..name].to_ascii_uppercase().into());
        }
        *scan = start;
        return None;
    }
    // A bare `A.12` or `B.3` is more likely a clause than a Recommendation.
    if strict && matches!(letter, 'A' | 'B' | 'C' | 'D' | 'R' | 'W') {
        *scan = start;
        return None;
    }
    let digits = scan.at;
    let first = scan.number(5);
    if first.is_none() || (strict && scan.at - digits < 2) {
        *scan = start;
        return None;
    }
    // Real numbers have up to four parts.
    for _ in 0..4 {
        let mut next = *scan;
        if next.take('.') && next.number(4).is_some() {
            *scan = next;
        } else {
            break;
        }
    }
    // A lower-case letter belongs to the number: `V.34bis`, `G.652a`.
    let mut next = *scan;
    next.blanks();
    let written = scan.at;
    let number = if undotted {
        format!("{letter}.{}", &scan.text[digits..written])
    } else {
        scan.text[start.at..written].to_owned()
    };
    // `X.509v3` is a version of the text.
    let mut version = *scan;
    if (version.take('v') || version.take('V'))
        && version.number(2).is_some()
        && version.at_word_end()
    {
        *scan = version;
        return Some(number.to_ascii_uppercase().into());
    }
    if next.word("bis") || next.word("ter") {
        *scan = next;
    } else if !strict {
        let mut next = *scan;
        if next.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
            next.at += 1;
            if next.at_word_end() {
                *scan = next;
            }
        }
    }
    if !scan.at_word_end() {
        *scan = start;
        return None;
    }
    let suffix = scan.text[written..scan.at].trim_start();
    Some(format!("{number}{suffix}").to_ascii_uppercase().into())
}

fn read_numbered(scan: &mut Scan<'_>, running: bool) -> Option<StandardRef> {
    let mut publishers: Vec<Publisher> = Vec::new();
    let mut kind = DocumentKind::Standard;
    let start_of_names = scan.at;
    loop {
        let mut next = *scan;
        if !publishers.is_empty()
            && !(next.take('/')
                || (!running || publishers == [Publisher::Iec]) && next.blanks() > 0)
        {
            break;
        }
        let publisher = if next.word("ISO") {
            Publisher::Iso
        } else if next.word("IEC") || french(&mut next, !publishers.is_empty()) {
            Publisher::Iec
        } else if next.exact_word("CISPR") || (!running && next.word("CISPR")) {
            Publisher::Cispr
        } else if let Some(partner) = PARTNERS.iter().find(|partner| next.exact_word(partner)) {
            Publisher::Other(partner)
        } else {
            break;
        };
        if publishers.contains(&publisher) || publishers.len() == 4 {
            return None;
        }
        publishers.push(publisher);
        *scan = next;
    }
    let lower = scan.text[start_of_names..scan.at].bytes().any(|byte| byte.is_ascii_lowercase());
    // `IEEE/ISO 11073-10407` and `ISO/IEEE 11073-10407` are one: ours come first.
    publishers.sort_by_key(|publisher| match publisher {
        Publisher::Iso => 0,
        Publisher::Iec => 1,
        _ => 2,
    });
    // `ISO/IWA 18` is IWA 18.
    if publishers == [Publisher::Iso, Publisher::Other("IWA")] {
        publishers.remove(0);
    }
    // `IEC CISPR 32` is CISPR 32.
    if publishers.contains(&Publisher::Cispr) {
        publishers = vec![Publisher::Cispr];
    }
    let ours = publishers
        .iter()
        .any(|publisher| !matches!(publisher, Publisher::Other(name) if *name != "IWA"));
    if publishers.is_empty() || !ours {
        return None;
    }
    for _ in 0..2 {
        let mut next = *scan;
        if next.separators() == 0 {
            break;
        }
        let Some((_, mark)) = MARKS.iter().find(|(mark, _)| next.word(mark)) else { break };
        // A stage in front of a type: the type tells more.
        if kind == DocumentKind::Standard
            || STAGES.contains(mark)
            || matches!(kind, DocumentKind::Marked(first) if STAGES.contains(&first))
        {
            kind = DocumentKind::Marked(mark);
        }
        *scan = next;
    }
    pass_noun(scan);
    // `ISO9001`: the number may touch the name.
    let touches = scan.separators() == 0;
    let start = *scan;
    scan.number(6)?;
    let digits = scan.at - start.at;
    // `iso 9001` in running text needs a number that is none of anything else.
    let clear = if running && lower { 4 } else { 3 };
    if (touches || running && lower) && digits < clear {
        return None;
    }
    let mut number = scan.text[start.at..scan.at].to_owned();
    read_suffix_letter(scan, &mut number);
    for _ in 0..4 {
        let mut next = *scan;
        if !next.hyphen() {
            break;
        }
        let part = next;
        let Some(value) = next.number(5) else {
            // `ISO 8178-A`, `IEC 60050-SER`
            // `ISO 105-E16`, `IEC 60050-SER`
            let most = if running { 1 } else { 3 };
            let letters = next.rest().bytes().take(most).take_while(u8::is_ascii_uppercase).count();
            if letters == 0 {
                break;
            }
            next.at += letters;
            let _ = next.number(2);
            if !next.at_word_end() {
                break;
            }
            number.push('-');
            number.push_str(&next.text[part.at..next.at]);
            *scan = next;
            break;
        };
        let mut piece = format!("-{}", &next.text[part.at..next.at]);
        // In running text `ISO 9001-2015` means the year.
        if running
            && next.at - part.at == 4
            && (1950..=2100).contains(&value)
            && !number.contains('-')
        {
            break;
        }
        read_suffix_letter(&mut next, &mut piece);
        if !next.at_word_end() {
            break;
        }
        number.push_str(&piece);
        *scan = next;
    }
    if !scan.at_word_end() {
        return None;
    }
    // Short numbers exist (ISO 1, ISO 7), but in running text «ISO 2 …» is usually something else.
    if running && digits < 2 && kind == DocumentKind::Standard && publishers != [Publisher::Cispr] {
        return None;
    }
    let mut reference = StandardRef {
        publishers: Publishers(publishers.into()),
        kind,
        number: number.to_ascii_uppercase().into(),
        alias: None,
        year: None,
        month: None,
        supplements: Vec::new(),
    };
    reference.year = read_year(scan);
    read_supplements(scan, &mut reference);
    Some(reference)
}

/// `ISO/CEI 27001`, `CEI 60364-1`: the French name of IEC. By itself it is also that of a national
/// committee, with low numbers.
fn french(scan: &mut Scan<'_>, follows: bool) -> bool {
    let mut next = *scan;
    if !next.exact_word("CEI") {
        return false;
    }
    let mut number = next;
    let is_iec = follows
        || number.rest().starts_with("/ISO")
        || number.separators() > 0 && number.number(5).is_some_and(|number| number >= 60_000);
    if is_iec {
        *scan = next;
    }
    is_iec
}

/// Passes the word between publisher and number in `ISO standard 9001`, `IEC Publication No. 335`.
fn pass_noun(scan: &mut Scan<'_>) {
    const NOUNS: &[&str] =
        &["International Standard", "standards", "standard", "publication", "norme", "norm"];
    let mut next = *scan;
    if next.blanks() == 0 || !NOUNS.iter().any(|noun| next.word(noun)) {
        return;
    }
    let mut numbered = next;
    if numbered.blanks() > 0
        && (numbered.word("No") || numbered.word("number") || numbered.word("Nr"))
    {
        let _ = numbered.take('.');
        next = numbered;
    }
    let mut number = next;
    if number.blanks() > 0 && number.number(6).is_some() {
        *scan = next;
    }
}

/// What follows a reference under the same publisher: `ISO 9001, 14001 and 45001`, `IEC 61508-1, -2
/// and -3`; with where each stands. Years and numbers of something are none.
pub(super) fn read_more(
    scan: &mut Scan<'_>,
    first: &StandardRef,
) -> Vec<(std::ops::Range<usize>, StandardRef)> {
    let mut more = Vec::new();
    let is_plain = first.supplements.is_empty()
        && first.number.starts_with(|c: char| c.is_ascii_digit())
        && first.publishers.0.iter().any(|one| matches!(one, Publisher::Iso | Publisher::Iec));
    if !is_plain {
        return more;
    }
    let (main, part) = first.number.split_once('-').unwrap_or((&first.number, ""));
    let (main, has_part) = (main.to_owned(), !part.is_empty());
    let mut end = *scan;
    while more.len() < 100 {
        let mut next = end;
        if !next.connective(false) {
            break;
        }
        let from = next.at;
        let is_part = has_part && next.hyphen();
        let digits = next.at;
        let Some(value) = next.number(if is_part { 4 } else { 6 }) else { break };
        let length = next.at - digits;
        if !is_part && (length < 4 || length == 4 && (1950..=2100).contains(&value)) {
            break;
        }
        for _ in 0..3 {
            let mut deeper = next;
            if !deeper.hyphen() || deeper.number(4).is_none() || !deeper.at_word_end() {
                break;
            }
            next = deeper;
        }
        if !next.at_word_end() {
            break;
        }
        let written = &next.text[digits..next.at];
        let number = if is_part { format!("{main}-{written}") } else { written.to_owned() };
        let year = read_year(&mut next);
        // `10000 users` and `2000 km` count something.
        let mut behind = next;
        let ends = behind.peek().is_none_or(|c| ",.;:)/]".contains(c) || c == '\n')
            || behind.connective(false)
            || year.is_some();
        if !ends {
            break;
        }
        let reference = StandardRef {
            number: number.to_ascii_uppercase().into(),
            year,
            month: None,
            alias: None,
            supplements: Vec::new(),
            ..first.clone()
        };
        more.push((from..next.at, reference));
        end = next;
    }
    *scan = end;
    more
}

/// `:2015`, `: 2015`, `:2015-06`.
fn read_year(scan: &mut Scan<'_>) -> Option<u16> {
    let mut next = *scan;
    if !next.take(':') {
        return None;
    }
    next.blanks();
    let year = next.number(4).filter(|year| (1900..=2100).contains(year))?;
    let mut month = next;
    if month.hyphen() && month.number(2).is_some() && month.at_word_end() {
        next = month;
    }
    *scan = next;
    u16::try_from(year).ok()
}

/// `IEC 60664A`, `ISO/IEC/IEEE 8802-1AE`.
fn read_suffix_letter(scan: &mut Scan<'_>, number: &mut String) {
    let mut next = *scan;
    let letters = next.rest().bytes().take_while(u8::is_ascii_alphabetic).count();
    let upper = next.rest().bytes().take(letters).all(|b| b.is_ascii_uppercase());
    if letters == 1 || letters == 2 && upper {
        next.at += letters;
        if next.at_word_end() {
            number.push_str(&scan.text[scan.at..next.at].to_ascii_uppercase());
            *scan = next;
        }
    }
}

/// The number of an annex, as [`SupplementKind::Annex`] counts: `D` is 400, `C2` is 302.
fn read_annex(scan: &mut Scan<'_>) -> Option<u32> {
    let letter = scan.peek().filter(char::is_ascii_uppercase)?;
    scan.at += 1;
    let number = if scan.peek().is_some_and(|c| c.is_ascii_digit()) { scan.number(2)? } else { 0 };
    Some((u32::from(letter) - u32::from('A') + 1) * 100 + number)
}

/// A Roman number up to 12, as appendices carry it.
fn read_roman(scan: &mut Scan<'_>) -> Option<u32> {
    const ROMAN: [&str; 12] =
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    for (position, numeral) in ROMAN.iter().enumerate() {
        let mut next = *scan;
        if next.exact_word(numeral) {
            *scan = next;
            return u32::try_from(position + 1).ok();
        }
    }
    None
}

/// `/Amd 1:2020`, `+AMD1:2004 CSV`, `Cor.1`, `Amd. 2 (05/2010)`, `/CD Amd 1.2`.
fn read_supplements(scan: &mut Scan<'_>, reference: &mut StandardRef) {
    const WORDS: &[(&str, SupplementKind)] = &[
        ("Amendment", SupplementKind::Amendment),
        ("Amd", SupplementKind::Amendment),
        ("A", SupplementKind::Amendment),
        ("FDAmd", SupplementKind::Amendment),
        ("FDAM", SupplementKind::Amendment),
        ("DAmd", SupplementKind::Amendment),
        ("DAM", SupplementKind::Amendment),
        ("PDAM", SupplementKind::Amendment),
        ("DCor", SupplementKind::Corrigendum),
        ("Technical Cor", SupplementKind::Corrigendum),
        ("Corrigendum", SupplementKind::Corrigendum),
        ("Cor", SupplementKind::Corrigendum),
        ("Erratum", SupplementKind::Corrigendum),
        ("Err", SupplementKind::Corrigendum),
        ("Add", SupplementKind::Addendum),
        ("Addendum", SupplementKind::Addendum),
        ("Supplement", SupplementKind::Supplement),
        ("Suppl", SupplementKind::Supplement),
        ("Sup", SupplementKind::Supplement),
        ("Appendix", SupplementKind::Appendix),
        ("App", SupplementKind::Appendix),
        ("Annex", SupplementKind::Annex),
        ("ISH", SupplementKind::Interpretation),
    ];
    // A supplement without a number is the last one.
    while reference.supplements.len() < 8
        && reference.supplements.last().is_none_or(|last| last.number > 0)
    {
        let mut next = *scan;
        let joined = next.take('/') || next.take('+') || next.take(',');
        if next.blanks() == 0 && !joined {
            break;
        }
        // The stage of a draft amendment stands before the word: `/CD Amd 1`.
        if joined {
            let mut staged = next;
            if ["NP", "WD", "CD", "AWI", "PRF"].iter().any(|stage| staged.exact_word(stage))
                && staged.blanks() > 0
            {
                next = staged;
            }
        }
        let Some((word, kind)) = WORDS.iter().find(|(word, _)| {
            if *word == "A" { joined && next.exact_word(word) } else { next.word(word) }
        }) else {
            break;
        };
        let _ = next.take('.');
        next.blanks();
        let number = match kind {
            SupplementKind::Annex => read_annex(&mut next),
            SupplementKind::Appendix => next.number(3).or_else(|| read_roman(&mut next)),
            _ => next.number(3),
        };
        if number.is_none()
            && (*word == "A" || matches!(kind, SupplementKind::Annex | SupplementKind::Appendix))
        {
            break;
        }
        // The second draft of an amendment: `CD Amd 1.2`.
        let mut version = next;
        if joined && version.take('.') && version.number(1).is_some() && version.at_word_end() {
            next = version;
        }
        if !next.at_word_end() {
            break;
        }
        let year = read_year(&mut next);
        reference.supplements.push(Supplement {
            kind: *kind,
            number: number.and_then(|number| u16::try_from(number).ok()).unwrap_or(0),
            year,
        });
        let mut consolidated = next;
        if consolidated.blanks() > 0 && consolidated.exact_word("CSV") {
            next = consolidated;
        }
        *scan = next;
    }
    // How IEC sells an edition (consolidated, redline, commented, extended) says nothing on the
    // work.
    let mut version = *scan;
    if version.blanks() > 0
        && ["CSV", "RLV", "CMV", "EXV"].iter().any(|mark| version.exact_word(mark))
    {
        *scan = version;
    }
}

impl fmt::Display for StandardRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.width().is_some() {
            let mut printed = String::new();
            self.print(&mut printed)?;
            return f.pad(&printed);
        }
        self.print(f)
    }
}

impl StandardRef {
    fn print(&self, f: &mut dyn fmt::Write) -> fmt::Result {
        for (position, publisher) in self.publishers.0.iter().enumerate() {
            if position > 0 {
                f.write_char('/')?;
            }
            f.write_str(publisher.mark())?;
        }
        if let DocumentKind::Marked(mark) = self.kind {
            // ISO alone writes `ISO/TS`; joint and IEC references write `ISO/IEC TS`.
            let separator = if self.publishers.0.len() == 1
                && self.publishers.0[0] == Publisher::Iso
                && mark != "Guide"
            {
                '/'
            } else {
                ' '
            };
            write!(f, "{separator}{mark}")?;
        }
        write!(f, " {}", self.number)?;
        if let Some(alias) = &self.alias {
            write!(f, "/{alias}")?;
        }
        let is_recommendation = self.publishers.0.first() == Some(&Publisher::ItuT);
        if !is_recommendation && let Some(year) = self.year {
            write!(f, ":{year}")?;
        }
        for supplement in &self.supplements {
            let joint = if is_recommendation { ' ' } else { '/' };
            write!(f, "{joint}{}", supplement.kind.mark())?;
            match (supplement.kind, supplement.number) {
                (_, 0) => {}
                (SupplementKind::Annex, number @ 100..2700) => {
                    let letter = u8::try_from(number / 100)
                        .map_or('Z', |letter| char::from(b'A' + letter - 1));
                    write!(f, " {letter}")?;
                    if number % 100 > 0 {
                        write!(f, "{}", number % 100)?;
                    }
                }
                (_, number) => write!(f, " {number}")?,
            }
            if let Some(year) = supplement.year {
                write!(f, ":{year}")?;
            }
        }
        if is_recommendation && let Some(year) = self.year {
            match self.month {
                Some(month) => write!(f, " ({month:02}/{year})")?,
                None => write!(f, " ({year})")?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for StandardRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StandardRef({self})")
    }
}

impl fmt::Debug for Publishers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter()).finish()
    }
}

impl FromStr for StandardRef {
    type Err = Error;

    /// Reads a reference in any of the usual spellings.
    fn from_str(text: &str) -> Result<StandardRef, Error> {
        let trimmed = text.trim();
        if trimmed.len() <= 200 {
            let mut scan = Scan::new(trimmed, 0);
            if let Some(reference) = read(&mut scan, false)
                && scan.is_done()
            {
                return Ok(reference);
            }
        }
        Err(Error::new(Malformed::Standard(shown(text))))
    }
}

impl Serialize for StandardRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StandardRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<StandardRef, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> String {
        text.parse::<StandardRef>()
            .map_or_else(|error| error.to_string(), |reference| reference.to_string())
    }

    #[test]
    fn spellings_lead_to_one_form() {
        for (written, expected) in [
            ("ISO 9001:2015", "ISO 9001:2015"),
            ("iso 9001", "ISO 9001"),
            ("ISO/IEC 27001", "ISO/IEC 27001"),
            ("IEC 61508-1:2010", "IEC 61508-1:2010"),
            ("IEC TS 62443-1-1", "IEC TS 62443-1-1"),
            ("IEC/TS 62443-1-1", "IEC TS 62443-1-1"),
            ("ISO/TS 22163:2017", "ISO/TS 22163:2017"),
            ("ISO/IEC/IEEE 15288:2023", "ISO/IEC/IEEE 15288:2023"),
            ("ISO/ASTM 52900", "ISO/ASTM 52900"),
            ("ISO/DIS 9001", "ISO/DIS 9001"),
            ("ISO/IEC Guide 71:2014", "ISO/IEC Guide 71:2014"),
            ("IWA 26:2017", "IWA 26:2017"),
            ("CISPR 14-1:2020", "CISPR 14-1:2020"),
            ("IEC CISPR 32", "CISPR 32"),
            ("IEC 60335-2-79:2002+AMD1:2004 CSV", "IEC 60335-2-79:2002/Amd 1:2004"),
            ("ISO 4257:2001/Cor 1:2007", "ISO 4257:2001/Cor 1:2007"),
            ("IEC 60061-2H:1987", "IEC 60061-2H:1987"),
            ("ITU-T X.509 (10/2019)", "ITU-T X.509 (10/2019)"),
            ("X.509", "ITU-T X.509"),
            ("Rec. ITU-T Y.4000/Y.2060", "ITU-T Y.4000/Y.2060"),
            ("Recommendation ITU-T H.265", "ITU-T H.265"),
            ("ITU-T Rec. H.264", "ITU-T H.264"),
            ("ITU-T G.998.2 Amd. 1 (12/2007)", "ITU-T G.998.2 Amd 1 (12/2007)"),
            ("ITU-T K Suppl. 16", "ITU-T K Suppl 16"),
            ("ITU-T H.265 (V4) (12/2016)", "ITU-T H.265 (12/2016)"),
            ("ITU-T Q.4005.3 v.1 (02/2016)", "ITU-T Q.4005.3 (02/2016)"),
            ("ITU-T X.509 (2012) Technical Cor. 3 (10/2016)", "ITU-T X.509 Cor 3 (10/2016)"),
            ("ITU-T G.729 Annex A (11/1996)", "ITU-T G.729 Annex A (11/1996)"),
            ("ITU-T H.323 Annex M3", "ITU-T H.323 Annex M3"),
            ("ITU-T G.113 App. IV (2009)", "ITU-T G.113 App 4 (2009)"),
            ("ITU-T V.27 bis (11/1988)", "ITU-T V.27BIS (11/1988)"),
            ("ITU-T D.600 R (10/2000)", "ITU-T D.600R (10/2000)"),
            ("ITU-T G-100 series Suppl. 32 (03/1993)", "ITU-T G-100 Suppl 32 (03/1993)"),
            ("ISO 105-E16:2006", "ISO 105-E16:2006"),
            ("ISO/IEC/IEEE 8802-1AE:2013/Amd 3:2018", "ISO/IEC/IEEE 8802-1AE:2013/Amd 3:2018"),
            ("ISO 7195:2020/CD Amd 1.2", "ISO 7195:2020/Amd 1"),
            ("ISO 9013:2017/DAM 1", "ISO 9013:2017/Amd 1"),
            ("IEC 62271-1:2017/ISH1:2021", "IEC 62271-1:2017/ISH 1:2021"),
            ("IEC 63041-1:2021 RLV", "IEC 63041-1:2021"),
            ("ISO14001:2015", "ISO 14001:2015"),
            ("ISO/IEC20000-1", "ISO/IEC 20000-1"),
            ("IEC60364-7-708", "IEC 60364-7-708"),
            ("ITU-T H264", "ITU-T H.264"),
            ("H264", "ITU-T H.264"),
            ("X.680v2", "ITU-T X.680"),
            ("IEEE/ISO/IEC 29119-1", "ISO/IEC/IEEE 29119-1"),
            ("CIE/ISO 28077", "ISO/CIE 28077"),
            ("IEC/ISO 20000-1", "ISO/IEC 20000-1"),
            ("ISO/IWA 27", "IWA 27"),
            ("ISO/IEC PDTS 27100", "ISO/IEC PDTS 27100"),
            ("ISO/CEI 27001", "ISO/IEC 27001"),
            ("CEI 60364-1", "IEC 60364-1"),
            ("ISO standard 14001", "ISO 14001"),
            ("IEC Publication No. 60335-1", "IEC 60335-1"),
            ("EN 60335-1:2012", "IEC 60335-1"),
            ("Y-series Supplement 45", "ITU-T Y Suppl 45"),
            ("ITU-T Y.Sup45", "ITU-T Y Suppl 45"),
            ("Supplement 45 to ITU-T Y-series Recommendations", "ITU-T Y Suppl 45"),
            ("IEC 60950:1995+AMD1:1996 CSV/COR1:1997", "IEC 60950:1995/Amd 1:1996/Cor 1:1997"),
        ] {
            assert_eq!(printed(written), expected, "{written}");
        }
    }

    #[test]
    fn what_is_no_reference_is_refused() {
        for text in
            ["", "ISO", "ISO/TC 176", "9001", "ISO nine", "EN 50160", "X", "ISO 9001 and others"]
        {
            assert!(text.parse::<StandardRef>().is_err(), "{text}");
        }
    }

    #[test]
    fn one_work_under_several_references() {
        let same =
            |a: &str, b: &str| a.parse::<StandardRef>().unwrap().is_same_work(&b.parse().unwrap());
        assert!(same("ISO/IEC 27001:2013", "ISO/IEC 27001:2022/Amd 1:2024"));
        assert!(same("ISO/DIS 9001", "ISO 9001:2015"));
        assert!(same("ITU-T Y.4000/Y.2060", "ITU-T Y.2060"));
        assert!(same("IEC 335-1:1976", "IEC 60335-1"));
        assert!(!same("ISO 9001", "ISO 9004"));
        assert!(!same("ISO/IEC Guide 71", "ISO 71"));
    }
}
