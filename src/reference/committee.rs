//! References of committees.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::find::FirstWord;
use super::scan::Scan;
use super::{Malformed, Organization, shown};
use crate::error::Error;

/// A committee, study group, Question or other group of ISO, IEC, ITU-T, or of ISO and IEC
/// together.
///
/// Equal references print equally, whatever spelling they were read from. The order is: ISO,
/// ISO/IEC, IEC/ISO, IEC, ITU-T; inside, by kind and by number (`TC 9` before `TC 10`), and a
/// subcommittee after its parent.
///
/// ```
/// use spcg::reference::{CommitteeRef, Organization};
///
/// let committee: CommitteeRef = "ISO/IEC JTC1-SC 42".parse()?;
/// assert_eq!(committee.to_string(), "ISO/IEC JTC 1/SC 42");
/// assert_eq!(committee.organizations(), [Organization::Iso, Organization::Iec]);
/// assert_eq!(committee.parent().unwrap().to_string(), "ISO/IEC JTC 1");
///
/// assert_eq!("ITU-T Q10/17".parse::<CommitteeRef>()?.parent().unwrap().to_string(), "ITU-T SG 17");
/// assert_eq!("IEC SC 62A".parse::<CommitteeRef>()?.parent().unwrap().to_string(), "IEC TC 62");
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitteeRef {
    home: Home,
    steps: Vec<Step>,
}

/// Who keeps the committee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Home {
    Iso,
    IsoIec,
    IecIso,
    Iec,
    ItuT,
}

/// One level of a reference: `TC 176`, `SC 2`, `SC A` (of `IEC SC 62A`), `Q10`, …
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Step {
    kind: Kind,
    number: u16,
    name: Box<str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    Board,
    JointTechnical,
    JointProject,
    Technical,
    Project,
    Cispr,
    Systems,
    JointSystems,
    Workshop,
    StudyGroup,
    Coordination,
    FocusGroup,
    Sub,
    TechnicalArea,
    Question,
    WorkingParty,
    Working,
    JointWorking,
    Advisory,
    AdHoc,
    TaskForce,
    Maintenance,
    ProjectTeam,
}

/// Groups that have a name and no number, with their home.
const BOARDS: &[(&str, Home)] = &[
    ("TSAG", Home::ItuT),
    ("SCV", Home::ItuT),
    ("TMBG", Home::Iso),
    ("TMB", Home::Iso),
    ("CASCO", Home::Iso),
    ("COPOLCO", Home::Iso),
    ("DEVCO", Home::Iso),
    ("REMCO", Home::Iso),
    ("SMB", Home::Iec),
    ("CAB", Home::Iec),
    ("MSB", Home::Iec),
    ("ACOS", Home::Iec),
    ("ACSEC", Home::Iec),
    ("ACEC", Home::Iec),
    ("ACEA", Home::Iec),
    ("ACEE", Home::Iec),
    ("ACTAD", Home::Iec),
];

/// Systems committees, by the name in their reference; a long name leads to its short one.
const SYSTEMS: &[(&str, &str)] = &[
    ("Smart Energy", "Smart Energy"),
    ("Smart Cities", "Smart Cities"),
    ("Smart Manufacturing", "SM"),
    ("Active Assisted Living", "AAL"),
    ("Sustainable Electrified Transportation", "SET"),
    ("Communication Technologies and Architectures", "COMM"),
    ("Low Voltage Direct Current", "LVDC"),
    ("AAL", "AAL"),
    ("COMM", "COMM"),
    ("LVDC", "LVDC"),
    ("SET", "SET"),
    ("SM", "SM"),
];

/// Keywords of a level that carries a number, longest first where one begins another.
const NUMBERED: &[(&str, Kind)] = &[
    ("Joint Technical Committee", Kind::JointTechnical),
    ("Technical Committee", Kind::Technical),
    ("Project Committee", Kind::Project),
    ("Study Group", Kind::StudyGroup),
    ("Sub-Committee", Kind::Sub),
    ("Subcommittee", Kind::Sub),
    ("Working Group", Kind::Working),
    ("Working Party", Kind::WorkingParty),
    ("Question", Kind::Question),
    ("JTC", Kind::JointTechnical),
    ("JPC", Kind::JointProject),
    ("TC", Kind::Technical),
    ("PC", Kind::Project),
    ("SG", Kind::StudyGroup),
    ("SC", Kind::Sub),
    ("TA", Kind::TechnicalArea),
    ("Q", Kind::Question),
    ("WP", Kind::WorkingParty),
    ("JWG", Kind::JointWorking),
    ("WG", Kind::Working),
    ("CAG", Kind::Advisory),
    ("AG", Kind::Advisory),
    ("AHG", Kind::AdHoc),
    ("TF", Kind::TaskForce),
    ("MT", Kind::Maintenance),
    ("PT", Kind::ProjectTeam),
];

impl Kind {
    /// How the level is printed.
    const fn mark(self) -> &'static str {
        match self {
            Kind::Board => "",
            Kind::JointTechnical => "JTC",
            Kind::JointProject => "JPC",
            Kind::Technical => "TC",
            Kind::Project => "PC",
            Kind::Cispr => "CISPR",
            Kind::Systems => "SyC",
            Kind::JointSystems => "JSyC",
            Kind::Workshop => "WS",
            Kind::StudyGroup => "SG",
            Kind::Coordination => "JCA",
            Kind::FocusGroup => "FG",
            Kind::Sub => "SC",
            Kind::TechnicalArea => "TA",
            Kind::Question => "Q",
            Kind::WorkingParty => "WP",
            Kind::Working => "WG",
            Kind::JointWorking => "JWG",
            Kind::Advisory => "AG",
            Kind::AdHoc => "AHG",
            Kind::TaskForce => "TF",
            Kind::Maintenance => "MT",
            Kind::ProjectTeam => "PT",
        }
    }

    /// True for a level that stands below another one.
    const fn is_lower(self) -> bool {
        matches!(
            self,
            Kind::Sub
                | Kind::TechnicalArea
                | Kind::Working
                | Kind::JointWorking
                | Kind::Advisory
                | Kind::AdHoc
                | Kind::TaskForce
                | Kind::Maintenance
                | Kind::ProjectTeam
        )
    }
}

impl Step {
    fn numbered(kind: Kind, number: u16) -> Step {
        Step { kind, number, name: "".into() }
    }
    fn named(kind: Kind, name: &str) -> Step {
        Step { kind, number: 0, name: name.into() }
    }
}

impl Home {
    const fn mark(self) -> &'static str {
        match self {
            Home::Iso => "ISO",
            Home::IsoIec => "ISO/IEC",
            Home::IecIso => "IEC/ISO",
            Home::Iec => "IEC",
            Home::ItuT => "ITU-T",
        }
    }
}

impl From<Organization> for Home {
    fn from(organization: Organization) -> Home {
        match organization {
            Organization::Iso => Home::Iso,
            Organization::Iec => Home::Iec,
            Organization::ItuT => Home::ItuT,
        }
    }
}

impl CommitteeRef {
    /// Reads a reference that may leave out its organization: `TC 57` is `IEC TC 57` in the context
    /// of IEC.
    ///
    /// ```
    /// use spcg::reference::{CommitteeRef, Organization};
    /// let committee = CommitteeRef::parse_in("TC 57", Organization::Iec)?;
    /// assert_eq!(committee.to_string(), "IEC TC 57");
    /// # Ok::<(), spcg::Error>(())
    /// ```
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when the text is not a committee reference.
    pub fn parse_in(text: &str, context: Organization) -> Result<CommitteeRef, Error> {
        CommitteeRef::read_whole(text, Some(context))
    }

    fn read_whole(text: &str, context: Option<Organization>) -> Result<CommitteeRef, Error> {
        let trimmed = text.trim();
        if trimmed.len() <= 200 {
            let mut scan = Scan::new(trimmed, 0);
            if let Some(reference) = read(&mut scan, context.map(Home::from), false)
                && scan.is_done()
            {
                return Ok(reference);
            }
            if context.is_none() {
                let mut scan = Scan::new(trimmed, 0);
                if read(&mut scan, Some(Home::Iso), false).is_some() && scan.is_done() {
                    return Err(Error::new(Malformed::CommitteeWithoutOrganization(shown(text))));
                }
            }
        }
        Err(Error::new(Malformed::Committee(shown(text))))
    }

    /// The organizations that the committee belongs to: two for a joint committee.
    #[must_use]
    pub fn organizations(&self) -> &'static [Organization] {
        match self.home {
            Home::Iso => &[Organization::Iso],
            Home::IsoIec | Home::IecIso => &[Organization::Iso, Organization::Iec],
            Home::Iec => &[Organization::Iec],
            Home::ItuT => &[Organization::ItuT],
        }
    }

    /// The organization under which the committee is listed: ISO for the joint committees of ISO
    /// and IEC, as in the ISO register.
    #[must_use]
    pub fn organization(&self) -> Organization {
        self.organizations()[0]
    }

    /// True when ISO and IEC keep the committee together.
    #[must_use]
    pub fn is_joint(&self) -> bool {
        matches!(self.home, Home::IsoIec | Home::IecIso)
    }

    /// True when one of its organizations is `organization`.
    #[must_use]
    pub fn belongs_to(&self, organization: Organization) -> bool {
        self.organizations().contains(&organization)
    }

    /// The committee above this one, as the reference itself tells it.
    #[must_use]
    pub fn parent(&self) -> Option<CommitteeRef> {
        let (_, above) = self.steps.split_last()?;
        (!above.is_empty()).then(|| CommitteeRef { home: self.home, steps: above.to_vec() })
    }

    /// The committee at the top of the family: `ISO/TC 22` of `ISO/TC 22/SC 32/WG 11`.
    #[must_use]
    pub fn top(&self) -> CommitteeRef {
        CommitteeRef { home: self.home, steps: self.steps[..1].to_vec() }
    }

    /// True when `other` is this committee or stands below it.
    #[must_use]
    pub fn contains(&self, other: &CommitteeRef) -> bool {
        self.home == other.home && other.steps.starts_with(&self.steps)
    }

    /// The committee itself where it is a technical committee, subcommittee or study group, or else
    /// the one that a working group, technical area or Question belongs to.
    #[must_use]
    pub fn committee(&self) -> CommitteeRef {
        let mut steps = self.steps.as_slice();
        while let Some((last, above)) = steps.split_last() {
            let below = last.kind.is_lower() && last.kind != Kind::Sub
                || matches!(last.kind, Kind::Question | Kind::WorkingParty);
            if !below || above.is_empty() {
                break;
            }
            steps = above;
        }
        CommitteeRef { home: self.home, steps: steps.to_vec() }
    }

    /// True for a Question of an ITU-T study group.
    #[must_use]
    pub fn is_question(&self) -> bool {
        self.steps.last().is_some_and(|step| step.kind == Kind::Question)
    }

    /// The number of the last level, where it has one: 42 of `ISO/IEC JTC 1/SC 42`.
    #[must_use]
    pub fn number(&self) -> Option<u16> {
        self.steps.last().map(|step| step.number).filter(|number| *number > 0)
    }

    /// Replaces the last level by a sibling of the same kind, for `SC 42 and SC 27`.
    fn sibling(&self, kind: Kind, number: u16) -> Option<CommitteeRef> {
        let depth = self.steps.iter().position(|step| step.kind == kind && step.name.is_empty())?;
        let mut steps = self.steps[..depth].to_vec();
        steps.push(Step::numbered(kind, number));
        Some(CommitteeRef { home: self.home, steps })
    }
}

/// Reads one reference at the cursor. `context` is the organization of references that name none.
/// In running text (`running`), what could be an ordinary word is not taken for a reference.
fn read(scan: &mut Scan<'_>, context: Option<Home>, running: bool) -> Option<CommitteeRef> {
    let start = *scan;
    let result = read_home(scan, running).and_then(|home| {
        if home.is_some() {
            scan.separators();
        }
        read_steps(scan, home, context, running)
    });
    if result.is_none() || !scan.at_word_end() {
        *scan = start;
        return None;
    }
    result
}

/// Reads the organizations at the front. `None` inside means: none named.
#[allow(clippy::option_option)] // outer: not a reference at all; inner: no organization named
fn read_home(scan: &mut Scan<'_>, running: bool) -> Option<Option<Home>> {
    let mut named: Vec<Organization> = Vec::new();
    loop {
        let mut next = *scan;
        if !named.is_empty() && next.separators() == 0 {
            break;
        }
        let organization = if next.word("ISO") {
            Organization::Iso
        } else if next.word("IEC") {
            Organization::Iec
        } else if next.word("ITU") {
            let mut sector = next;
            sector.separators();
            if sector.word("T") {
                next = sector;
            } else if sector.word("R") || sector.word("D") {
                return None;
            }
            Organization::ItuT
        } else {
            break;
        };
        if named.contains(&organization) || named.len() == 2 {
            break;
        }
        // Two organizations that a blank alone keeps apart are a list, not a joint committee.
        if running && !named.is_empty() && !scan.rest().starts_with('/') {
            break;
        }
        named.push(organization);
        *scan = next;
    }
    Some(match named.as_slice() {
        [] => None,
        [one] => Some((*one).into()),
        [Organization::Iso, Organization::Iec] => Some(Home::IsoIec),
        [Organization::Iec, Organization::Iso] => Some(Home::IecIso),
        _ => return None,
    })
}

fn read_steps(
    scan: &mut Scan<'_>,
    home: Option<Home>,
    context: Option<Home>,
    running: bool,
) -> Option<CommitteeRef> {
    if let Some(reference) = read_named(scan, home, running) {
        return read_lower(scan, reference);
    }
    let (kind, number) = read_numbered(scan, running, home.is_some())?;
    let fallback = home.or(context);
    let (home, steps) = match kind {
        Kind::JointTechnical | Kind::JointProject => {
            // JTC 3 is kept by IEC, the others by ISO.
            let home = if kind == Kind::JointTechnical && number == 3 {
                Home::IecIso
            } else {
                Home::IsoIec
            };
            (home, vec![Step::numbered(kind, number)])
        }
        Kind::StudyGroup => {
            // A study group of an ISO or IEC committee is not one of ITU-T's, which has never had a
            // hundred.
            if number > 99 || matches!(home, Some(other) if other != Home::ItuT) {
                return None;
            }
            (Home::ItuT, vec![Step::numbered(kind, number)])
        }
        Kind::Question | Kind::WorkingParty => {
            let mut next = *scan;
            if next.separators() == 0 {
                return None;
            }
            let _ = next.word("SG");
            next.separators();
            let group = u16::try_from(next.number(2)?).ok()?;
            if group == 0 || matches!(home, Some(other) if other != Home::ItuT) {
                return None;
            }
            *scan = next;
            (
                Home::ItuT,
                vec![Step::numbered(Kind::StudyGroup, group), Step::numbered(kind, number)],
            )
        }
        Kind::Technical | Kind::Project | Kind::Sub => {
            let letter = read_letter(scan);
            let home = match (&letter, fallback) {
                // A letter after the number is how IEC writes its subcommittees.
                (Some(_), Some(Home::Iec)) => Home::Iec,
                (Some(_), _) if home.is_none() && kind == Kind::Sub => Home::Iec,
                (Some(_), _) | (None, None) => return None,
                (None, Some(home)) => home,
            };
            if home == Home::ItuT {
                return None;
            }
            match letter {
                Some(letter) => (home, vec![Step::numbered(Kind::Technical, number), letter]),
                None if kind == Kind::Sub => return None,
                None => (home, vec![Step::numbered(kind, number)]),
            }
        }
        _ => return None,
    };
    // ISO and IEC keep only joint committees together; `ISO/IEC TC 1` is a slip that we do not
    // guess at.
    let is_joint_kind = matches!(kind, Kind::JointTechnical | Kind::JointProject);
    if matches!(home, Home::IsoIec | Home::IecIso) && !is_joint_kind {
        return None;
    }
    read_lower(scan, CommitteeRef { home, steps })
}

/// `TSAG`, `CISPR/A`, `SyC Smart Energy`, `JSyC BDC`, `WS ESG`, `JCA-IoT`, `FG-AI4H`.
fn read_named(scan: &mut Scan<'_>, home: Option<Home>, running: bool) -> Option<CommitteeRef> {
    let start = *scan;
    for (name, keeper) in BOARDS {
        let named = home.is_some_and(|home| home == *keeper);
        if (named || *name == "TSAG") && scan.exact_word(name) && scan.at_word_end() {
            return Some(CommitteeRef {
                home: *keeper,
                steps: vec![Step::named(Kind::Board, name)],
            });
        }
        *scan = start;
    }
    if matches!(home, None | Some(Home::Iec)) && scan.word("CISPR") {
        let mut steps = vec![Step::named(Kind::Cispr, "")];
        let mut next = *scan;
        if next.separators() > 0 {
            if next.word("SC") || next.word("Subcommittee") {
                next.separators();
            }
            if let Some(letter) = next.peek().filter(char::is_ascii_uppercase) {
                next.at += 1;
                if next.at_word_end() {
                    *scan = next;
                    steps.push(Step::named(Kind::Sub, letter.encode_utf8(&mut [0; 4])));
                }
            }
        }
        // `CISPR 32` is a publication.
        let mut next = *scan;
        next.separators();
        if steps.len() == 1 && next.peek().is_some_and(|c| c.is_ascii_digit()) {
            *scan = start;
            return None;
        }
        return Some(CommitteeRef { home: Home::Iec, steps });
    }
    *scan = start;
    if matches!(home, None | Some(Home::Iec))
        && (scan.word("SyC") || scan.word("Systems Committee"))
    {
        scan.separators();
        for (name, short) in SYSTEMS {
            let written = *scan;
            if ((name.len() > 4 && scan.word(name)) || scan.exact_word(name)) && scan.at_word_end()
            {
                return Some(CommitteeRef {
                    home: Home::Iec,
                    steps: vec![Step::named(Kind::Systems, short)],
                });
            }
            *scan = written;
        }
        if !running && let Some(name) = read_name(scan) {
            return Some(CommitteeRef {
                home: Home::Iec,
                steps: vec![Step::named(Kind::Systems, &name)],
            });
        }
    }
    *scan = start;
    if scan.word("JSyC") {
        scan.separators();
        let bio = scan.word("Bio-digital convergence");
        if let Some(name) = if bio { Some("BDC".to_owned()) } else { read_name(scan) } {
            return Some(CommitteeRef {
                home: Home::IecIso,
                steps: vec![Step::named(Kind::JointSystems, &name)],
            });
        }
    }
    *scan = start;
    if home == Some(Home::Iso) && scan.exact_word("WS") {
        scan.separators();
        if let Some(name) = read_name(scan) {
            return Some(CommitteeRef {
                home: Home::Iso,
                steps: vec![Step::named(Kind::Workshop, &name)],
            });
        }
    }
    *scan = start;
    if matches!(home, None | Some(Home::ItuT)) {
        for kind in [Kind::Coordination, Kind::FocusGroup] {
            // Without the organization, only the hyphenated form: «FG-AI4H», not «FG of …».
            if scan.exact_word(kind.mark())
                && (scan.hyphen() || home.is_some() && scan.separators() > 0)
                && let Some(name) = read_name(scan)
            {
                return Some(CommitteeRef {
                    home: Home::ItuT,
                    steps: vec![Step::named(kind, &name)],
                });
            }
            *scan = start;
        }
    }
    None
}

/// An upper-case name such as `BDC`, `ESG`, `AI4H`, `IoT` or `SC&C`, at most 20 characters.
fn read_name(scan: &mut Scan<'_>) -> Option<String> {
    let rest = scan.rest();
    let length = rest
        .char_indices()
        .find(|(_, c)| !(c.is_ascii_alphanumeric() || *c == '&'))
        .map_or(rest.len(), |(at, _)| at);
    let name = &rest[..length];
    if name.len() < 2 || name.len() > 20 || !name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    scan.at += length;
    Some(name.to_owned())
}

/// A keyword and its number.
fn read_numbered(
    scan: &mut Scan<'_>,
    running: bool,
    organization_named: bool,
) -> Option<(Kind, u16)> {
    let start = *scan;
    for (word, kind) in NUMBERED {
        let short = word.len() <= 3;
        let found = if running && short && !organization_named {
            scan.exact_word(word)
        } else {
            scan.word(word)
        };
        if found {
            let _ = scan.take('.');
            scan.separators();
            if let Some(number) = scan.number(3).filter(|number| *number > 0) {
                return Some((*kind, u16::try_from(number).ok()?));
            }
        }
        *scan = start;
    }
    None
}

/// The letter of an IEC subcommittee, directly after the number: `65C`.
fn read_letter(scan: &mut Scan<'_>) -> Option<Step> {
    let letter = scan.peek().filter(char::is_ascii_alphabetic)?;
    let mut next = *scan;
    next.at += 1;
    if !next.at_word_end() {
        return None;
    }
    *scan = next;
    Some(Step::named(Kind::Sub, letter.to_ascii_uppercase().encode_utf8(&mut [0; 4])))
}

/// The levels below: `/SC 2/WG 25`.
fn read_lower(scan: &mut Scan<'_>, mut reference: CommitteeRef) -> Option<CommitteeRef> {
    while reference.steps.len() < 5 {
        let mut next = *scan;
        if next.separators() == 0 {
            break;
        }
        // An ITU-T Question or working party may follow its study group.
        let Some((kind, number)) = read_numbered(&mut next, true, true) else { break };
        let in_itu = reference.home == Home::ItuT;
        // Boards of ISO and IEC have strategic groups.
        let on_board = reference.steps.last().is_some_and(|last| last.kind == Kind::Board);
        let allowed = if on_board && !in_itu {
            kind.is_lower() && kind != Kind::Sub || kind == Kind::StudyGroup
        } else if in_itu {
            matches!(kind, Kind::Question | Kind::WorkingParty | Kind::Working)
        } else {
            kind.is_lower()
        };
        if !allowed {
            break;
        }
        if kind == Kind::Sub {
            // CISPR's subcommittees have letters.
            if reference
                .steps
                .last()
                .is_some_and(|last| last.kind.is_lower() || last.kind == Kind::Cispr)
            {
                break;
            }
            if let Some(letter) = read_letter(&mut next) {
                // `IEC TC 65/SC 65C`
                let below = |step: &Step| step.kind == Kind::Technical && step.number == number;
                if reference.home != Home::Iec || !reference.steps.first().is_some_and(below) {
                    break;
                }
                reference.steps.push(letter);
                *scan = next;
                continue;
            }
        }
        if !next.at_word_end() {
            break;
        }
        reference.steps.push(Step::numbered(kind, number));
        *scan = next;
    }
    Some(reference)
}

/// The words with which a reference in running text begins.
pub(super) fn first_words() -> impl Iterator<Item = FirstWord> {
    let numbered = NUMBERED.iter().map(|(word, _)| FirstWord { word, exact: word.len() <= 3 });
    let exact = ["TSAG", Kind::Coordination.mark(), Kind::FocusGroup.mark()];
    let any = ["ISO", "IEC", "ITU", "CISPR", "SyC", "Systems Committee", "JSyC"];
    numbered
        .chain(exact.map(|word| FirstWord { word, exact: true }))
        .chain(any.map(|word| FirstWord { word, exact: false }))
}

/// Reads a reference out of running text; `last` is the reference before it, whose organization and
/// family it may leave out.
pub(super) fn read_in_text(
    scan: &mut Scan<'_>,
    context: Option<Organization>,
    last: Option<&CommitteeRef>,
) -> Option<CommitteeRef> {
    if !scan.at_word_start() || belongs_elsewhere(*scan) {
        return None;
    }
    let context = last.map(|last| last.top().home).or(context.map(Home::from));
    // A joint committee cannot lend its organizations to a bare `TC 57`.
    let context = context.filter(|home| !matches!(home, Home::IsoIec | Home::IecIso | Home::ItuT));
    if let Some(reference) = read(scan, context, true) {
        return Some(reference);
    }
    let last = last?;
    let start = *scan;
    if scan.exact_word("SC") {
        scan.separators();
        if let Some(number) = scan
            .number(3)
            .filter(|number| *number > 0)
            .and_then(|number| u16::try_from(number).ok())
            && scan.at_word_end()
            && let Some(reference) = last.sibling(Kind::Sub, number)
        {
            return Some(reference);
        }
    }
    *scan = start;
    None
}

/// True where a regional or other body stands before the reference: `CEN/TC 251` is not ours.
fn belongs_elsewhere(scan: Scan<'_>) -> bool {
    let before = scan.text[..scan.at].trim_end_matches([' ', '/', '-', '\u{a0}']);
    if before.len() == scan.at {
        return false;
    }
    let word_start = before
        .rfind(|c: char| !c.is_ascii_alphanumeric())
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let touching = scan.text[before.len()..scan.at].contains(['/', '-']);
    let word = &before[word_start..];
    // `ITU-R SG 5` and `ITU-D SG 1` are those of the other Sectors.
    if matches!(word, "R" | "D") && before[..word_start].ends_with("ITU-") {
        return true;
    }
    matches!(
        word,
        "CEN" | "CENELEC" | "CLC" | "ETSI" | "IEEE" | "SAE" | "ASTM" | "GB" | "SAC" | "DIN" | "BSI"
    ) || (touching
        && !word.is_empty()
        && word.chars().all(|c| c.is_ascii_uppercase())
        && !matches!(word, "ISO" | "IEC" | "ITU"))
}

impl fmt::Display for CommitteeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.width().is_some() {
            let mut printed = String::new();
            self.print(&mut printed)?;
            return f.pad(&printed);
        }
        self.print(f)
    }
}

impl CommitteeRef {
    fn print(&self, f: &mut dyn fmt::Write) -> fmt::Result {
        f.write_str(self.home.mark())?;
        let mut separator = if self.home == Home::Iso { '/' } else { ' ' };
        let mut steps = self.steps.iter().peekable();
        while let Some(step) = steps.next() {
            let below = steps.peek().copied();
            match (step.kind, below) {
                // `IEC SC 62A`: the level below carries the number of this one.
                (Kind::Technical | Kind::Project, Some(sub))
                    if sub.kind == Kind::Sub && !sub.name.is_empty() =>
                {
                    write!(f, "{separator}SC {}{}", step.number, sub.name)?;
                    steps.next();
                }
                (Kind::StudyGroup, Some(part)) if part.kind == Kind::Question => {
                    write!(f, "{separator}Q{}/{}", part.number, step.number)?;
                    steps.next();
                }
                (Kind::StudyGroup, Some(part)) if part.kind == Kind::WorkingParty => {
                    write!(f, "{separator}WP {}/{}", part.number, step.number)?;
                    steps.next();
                }
                (Kind::Cispr, Some(sub)) if sub.kind == Kind::Sub => {
                    write!(f, "{separator}CISPR/{}", sub.name)?;
                    steps.next();
                }
                (Kind::Cispr, _) => write!(f, "{separator}CISPR")?,
                (Kind::Board, _) => write!(f, "{separator}{}", step.name)?,
                (Kind::Coordination | Kind::FocusGroup, _) => {
                    write!(f, "{separator}{}-{}", step.kind.mark(), step.name)?;
                }
                (kind, _) if step.name.is_empty() => {
                    write!(f, "{separator}{} {}", kind.mark(), step.number)?
                }
                (kind, _) => write!(f, "{separator}{} {}", kind.mark(), step.name)?,
            }
            separator = '/';
        }
        Ok(())
    }
}

impl fmt::Debug for CommitteeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CommitteeRef({self})")
    }
}

impl FromStr for CommitteeRef {
    type Err = Error;

    /// Reads a reference in any of the usual spellings.
    fn from_str(text: &str) -> Result<CommitteeRef, Error> {
        CommitteeRef::read_whole(text, None)
    }
}

impl Serialize for CommitteeRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CommitteeRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<CommitteeRef, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> String {
        text.parse::<CommitteeRef>()
            .map_or_else(|error| error.to_string(), |reference| reference.to_string())
    }

    #[test]
    fn spellings_lead_to_one_form() {
        for (written, expected) in [
            ("ISO/TC 176/SC 2", "ISO/TC 176/SC 2"),
            ("ISO TC176 SC2", "ISO/TC 176/SC 2"),
            ("ISO/TC176/SC2/WG25", "ISO/TC 176/SC 2/WG 25"),
            ("ISO/PC 329", "ISO/PC 329"),
            ("ISO/IEC JTC 1/SC 42", "ISO/IEC JTC 1/SC 42"),
            ("ISO/IEC JTC1/SC42/WG 3", "ISO/IEC JTC 1/SC 42/WG 3"),
            ("JTC1/SC42", "ISO/IEC JTC 1/SC 42"),
            ("jtc 1", "ISO/IEC JTC 1"),
            ("ISO/IEC/JTC 4", "ISO/IEC JTC 4"),
            ("IEC/ISO JTC 3", "IEC/ISO JTC 3"),
            ("ISO/IEC JTC 3", "IEC/ISO JTC 3"),
            ("IEC/ISO JSyC BDC", "IEC/ISO JSyC BDC"),
            ("IEC TC 57", "IEC TC 57"),
            ("IEC/TC 57", "IEC TC 57"),
            ("IEC SC 65C", "IEC SC 65C"),
            ("IEC/SC65C", "IEC SC 65C"),
            ("IEC TC 65/SC 65C", "IEC SC 65C"),
            ("SC 62A", "IEC SC 62A"),
            ("IEC SC 62A/JWG 7", "IEC SC 62A/JWG 7"),
            ("IEC SyC Smart Energy", "IEC SyC Smart Energy"),
            ("SyC AAL", "IEC SyC AAL"),
            ("IEC CISPR/A", "IEC CISPR/A"),
            ("CISPR/A", "IEC CISPR/A"),
            ("CISPR", "IEC CISPR"),
            ("IEC TC 100/TA 18", "IEC TC 100/TA 18"),
            ("ITU-T SG 17", "ITU-T SG 17"),
            ("ITU-T SG17", "ITU-T SG 17"),
            ("SG17", "ITU-T SG 17"),
            ("Study Group 17", "ITU-T SG 17"),
            ("ITU-T Study Group 17", "ITU-T SG 17"),
            ("ITU-T Q10/17", "ITU-T Q10/17"),
            ("Q.10/17", "ITU-T Q10/17"),
            ("Question 10/17", "ITU-T Q10/17"),
            ("ITU-T TSAG", "ITU-T TSAG"),
            ("TSAG", "ITU-T TSAG"),
            ("ITU-T FG-AI4H", "ITU-T FG-AI4H"),
            ("ISO/COPOLCO", "ISO/COPOLCO"),
            ("ISO/WS ESG", "ISO/WS ESG"),
            ("IEC/SMB", "IEC SMB"),
        ] {
            assert_eq!(printed(written), expected, "{written}");
        }
    }

    #[test]
    fn what_is_no_reference_is_refused() {
        for text in [
            "",
            "TC",
            "ISO",
            "ISO/TC",
            "TC 0",
            "ISO 9001",
            "ISO/IEC TC 5",
            "SG 17 and more",
            "ITU-R SG 5",
            "ISO/SG 3",
        ] {
            assert!(text.parse::<CommitteeRef>().is_err(), "{text}");
        }
        assert!(printed("TC 57").contains("put `ISO/` or `IEC` before it"));
    }

    #[test]
    fn order_is_by_number_and_parents_come_first() {
        let mut all: Vec<CommitteeRef> = [
            "ITU-T SG 2",
            "IEC SC 62A",
            "ISO/TC 10",
            "ISO/TC 9/SC 1",
            "ISO/TC 9",
            "IEC TC 62",
            "ISO/IEC JTC 1",
            "ITU-T Q1/2",
        ]
        .iter()
        .map(|text| text.parse().unwrap())
        .collect();
        all.sort();
        let printed: Vec<String> = all.iter().map(ToString::to_string).collect();
        assert_eq!(
            printed,
            [
                "ISO/TC 9",
                "ISO/TC 9/SC 1",
                "ISO/TC 10",
                "ISO/IEC JTC 1",
                "IEC TC 62",
                "IEC SC 62A",
                "ITU-T SG 2",
                "ITU-T Q1/2"
            ]
        );
    }

    #[test]
    fn working_groups_lead_to_their_committee() {
        let group: CommitteeRef = "ISO/TC 22/SC 32/WG 11".parse().unwrap();
        assert_eq!(group.committee().to_string(), "ISO/TC 22/SC 32");
        assert_eq!(group.top().to_string(), "ISO/TC 22");
        assert!(group.top().contains(&group));
        let question: CommitteeRef = "Q10/17".parse().unwrap();
        assert!(question.is_question());
        assert_eq!(question.committee().to_string(), "ITU-T SG 17");
    }
}
