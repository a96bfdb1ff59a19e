//! The landscape as it stood on a day: areas, evidence and priorities together.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::area::{Area, Landscape, SetPriority};
use super::arrangement::Arrangement;
use super::evidence::{self, Evidence, Totals};
use super::priority::{self, CaseCount, Priority, Terciles};
use super::read::RefusedEntry;
use crate::error::{Error, shown};
use crate::matching::Matcher;
use crate::proposal::Date;
use crate::reference::CommitteeRef;
use crate::register::damaged;
use crate::register::{Body, Case};

/// Version of the form of an edition.
pub const EDITION_FORMAT: u32 = 1;
/// Days within which a case counts: two years.
const DAYS_OF_CASES: i64 = 730;

/// With what the landscape is looked at. What is not there, nobody can tell.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Sources<'a> {
    /// The works of the organizations.
    pub index: Option<&'a Matcher>,
    /// The cases of the register.
    pub cases: Option<&'a [&'a Case]>,
    /// The year from which years are counted back; else the latest one of the index.
    pub year: Option<u16>,
}

/// The landscape as it stood on a day. Once released, it is never changed: what happened shows in
/// the difference of two ([`Edition::changes_since`]).
///
/// ```
/// use spcg::landscape::{Edition, Landscape, Sources};
///
/// let edition = Edition::build(&Landscape::builtin(), &Sources::default(), "2031-02-01".parse()?);
/// assert_eq!(edition.areas.len(), 24);
/// assert!(edition.areas[0].evidence.is_none(), "without an index nobody can tell");
/// assert_eq!(Edition::from_json(&edition.to_json())?, edition);
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Edition {
    /// Version of this form.
    pub format: u32,
    /// The month under which it was released; none for one that was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The day on which it was made.
    pub day: Date,
    /// What the data are and of when; none without an index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// The year from which years are counted back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// What counts once however many areas it is in.
    pub totals: Totals,
    /// Bounds of the thirds of all areas.
    pub terciles: Terciles,
    /// The areas, in the order of their files.
    pub areas: Vec<AreaEntry>,
    /// What is arranged, ended or not.
    pub arrangements: Vec<Arrangement>,
    /// Entries of the files that could not be read, with place and remedy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<String>,
}

/// An area with what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AreaEntry {
    /// What its file says.
    pub area: Area,
    /// What the index says; none without an index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// Cases of the register that were received within two years.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<String>,
    /// What the data propose.
    pub priority: Priority,
}

impl AreaEntry {
    /// The priority that SPCG set, as long as it stands.
    #[must_use]
    pub fn set_on(&self, day: Date) -> Option<&SetPriority> {
        self.area.set_priority.as_ref().filter(|set| set.review_by.last_day() >= day.first_day())
    }

    /// `high (meeting 40: two proposals in a year; until 2032-03-01)`, or that it ran out or was
    /// never set.
    #[must_use]
    pub fn setting(&self, day: Date) -> String {
        match (&self.area.set_priority, self.set_on(day)) {
            (_, Some(set)) => format!(
                "{} (meeting {}: {}; until {})",
                set.value, set.meeting, set.reason, set.review_by
            ),
            (Some(set), None) => format!("ran out on {}: was {}", set.review_by, set.value),
            (None, None) => "not set".to_owned(),
        }
    }
}

impl Edition {
    /// Looks at a landscape on a day.
    #[must_use]
    pub fn build(landscape: &Landscape, sources: &Sources<'_>, day: Date) -> Edition {
        let found =
            sources.index.and_then(|matcher| evidence::gather(landscape, matcher, sources.year));
        let evidence = found.as_ref().map(|found| found.areas.as_slice());
        let terciles = evidence.map(Terciles::of).unwrap_or_default();
        let cases: Vec<Vec<String>> =
            landscape.areas().iter().map(|area| cases_of(area, sources.cases, day)).collect();
        let counts: Vec<CaseCount> =
            cases.iter().map(|own| CaseCount(sources.cases.map(|_| own.len()))).collect();
        let priorities = priority::priorities(landscape, evidence, &terciles, &counts);
        let areas = landscape.areas().iter().zip(priorities).zip(cases).enumerate();
        let areas = areas
            .map(|(at, ((area, priority), cases))| AreaEntry {
                area: area.clone(),
                evidence: evidence.and_then(|all| all.get(at)).cloned(),
                cases,
                priority,
            })
            .collect();
        let open = || landscape.areas().iter().filter(|area| area.state.is_open());
        let committees: BTreeSet<&CommitteeRef> = open().flat_map(Area::committees).collect();
        Edition {
            format: EDITION_FORMAT,
            label: None,
            day,
            data: found.as_ref().and(sources.index).map(|matcher| matcher.data().to_owned()),
            year: found.as_ref().map(|found| found.year),
            totals: Totals {
                areas: open().count(),
                committees: committees.len(),
                works: found.as_ref().map(|found| found.works),
            },
            terciles,
            areas,
            arrangements: landscape.arrangements().to_vec(),
            problems: Vec::new(),
        }
    }

    /// The same with the entries that could not be read.
    #[must_use]
    pub fn with_problems<'a>(
        mut self,
        problems: impl IntoIterator<Item = &'a RefusedEntry>,
    ) -> Edition {
        self.problems.extend(problems.into_iter().map(ToString::to_string));
        self
    }

    /// An area by its id.
    #[must_use]
    pub fn area(&self, id: &str) -> Option<&AreaEntry> {
        self.areas.iter().find(|entry| entry.area.id == id)
    }

    /// The areas in the order in which they are shown: by the middle of the range, the most urgent
    /// first, then by name; without an index in the order of the files.
    #[must_use]
    pub fn ordered(&self) -> Vec<&AreaEntry> {
        let mut all: Vec<&AreaEntry> = self.areas.iter().collect();
        if self.data.is_some() {
            let place = |entry: &AreaEntry| {
                entry.priority.places.first().map_or(usize::MAX, |(_, place)| *place)
            };
            all.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.area.name.cmp(&b.area.name)));
        }
        all
    }

    /// As JSON, with a line break at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        // There are no maps in it with other keys than strings: nothing can fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Reads an edition.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when it is none, or of another form.
    pub fn from_json(text: &str) -> Result<Edition, Error> {
        let edition: Edition = serde_json::from_str(text).map_err(|error| {
            let remedy = "take the file again from where it was released";
            damaged(
                format!("this is no edition of a landscape: {}", shown(&error.to_string())),
                remedy,
            )
        })?;
        if edition.format != EDITION_FORMAT {
            let what = format!("the edition has form {}, not {EDITION_FORMAT}", edition.format);
            return Err(damaged(what, "read it with the version that wrote it"));
        }
        Ok(edition)
    }
}

fn cases_of(area: &Area, cases: Option<&[&Case]>, day: Date) -> Vec<String> {
    let is_new = |case: &&&Case| {
        let since = case.received_on().map(|received| received.days_until(day));
        since.is_some_and(|days| (0..=DAYS_OF_CASES).contains(&days))
    };
    let belongs =
        |case: &&&Case| area.cases.iter().any(|id| id == case.id()) || is_linked(case, &area.id);
    let own = cases.into_iter().flatten().filter(belongs).filter(is_new);
    own.map(|case| case.id().to_owned()).collect()
}

/// True for a case in which somebody recorded that it has to do with the area.
fn is_linked(case: &Case, area: &str) -> bool {
    let mut bodies = case.log().iter().map(|entry| &entry.event.body);
    bodies.any(|body| matches!(body, Body::Linked(linked) if linked.area.as_deref() == Some(area)))
}
