//! The front door: screen a proposal against everything that is known.

mod reading;
mod stream;

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::catalogue::Catalogue;
use crate::checklist::{Checklist, Context, Finding, KnownProposal, Outcome, Severity};
use crate::coordination::{Advice, advise, is_in_liaison};
use crate::error::Error;
use crate::landscape::{Landscape, Placement};
use crate::matching::{Elsewhere, Interest, Matcher, Matches, Model, Overlap};
use crate::proposal::{Date, Kind, Proposal, Reading};
use crate::reference::{CommitteeRef, Organization};

/// Version of the serialized form of a [`Screening`].
pub const SCREENING_FORMAT: u32 = 1;

/// Screens proposals: matcher and checklist together.
///
/// A screener is `Send` and `Sync`, cheap to clone, and uses nothing but the processor: it prints
/// nothing, reads no environment, and starts no threads of its own (rayon's current pool serves
/// [`Screener::screen_all`]).
///
/// ```
/// use spcg::{Proposal, Screener};
///
/// let screener = Screener::builtin()?;
/// let proposal = Proposal::builder()
///     .title("Safety of lithium batteries in household robots")
///     .scope("Requirements and tests for lithium-ion batteries built into household robots.")
///     .build();
/// let screening = screener.screen(&proposal);
/// assert!(screening.ranking(spcg::Organization::Iec).take(5).any(|one| one.committee.to_string() == "IEC SC 21A"));
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Screener {
    matcher: Matcher,
    /// The model that was set in place of the matcher's own.
    model: Option<Model>,
    checklist: Arc<Checklist>,
    /// Its name, version and check sum, worked out once.
    checklist_identity: Arc<str>,
    known_proposals: Option<Arc<[KnownProposal]>>,
    landscape: Arc<Landscape>,
    today: Option<Date>,
}

impl Screener {
    /// A screener over the built-in catalogue and vocabulary profile. Overlap with existing work it
    /// cannot tell.
    ///
    /// # Errors
    /// None in practice: everything comes from inside the crate.
    pub fn builtin() -> Result<Screener, Error> {
        Ok(Screener::with_matcher(Matcher::builtin()?))
    }

    /// A screener over an index on disk, with existing work to compare.
    ///
    /// # Errors
    /// [not found](Error::is_not_found) when there is no index;
    /// [incompatible](Error::is_incompatible_index) when it is foreign, of another version,
    /// incomplete or damaged.
    pub fn open(index: impl AsRef<Path>) -> Result<Screener, Error> {
        Ok(Screener::with_matcher(Matcher::open(index)?))
    }

    /// The same, with its checklist, model, known proposals and day, over an index that is opened
    /// anew: how a service takes in a new index without a pause.
    ///
    /// This screener is left as it is. Whoever holds a clone of it finishes with what it had; a
    /// service puts the new one in its place when it is complete (`docs/embedding.md` shows how).
    ///
    /// # Errors
    /// As [`Screener::open`]; then the screener at hand goes on.
    pub fn reopen(&self, index: impl AsRef<Path>) -> Result<Screener, Error> {
        Ok(self.over(Matcher::open(index)?))
    }

    /// The same, with its checklist, model, known proposals and day, over another matcher.
    #[must_use]
    pub fn over(&self, matcher: Matcher) -> Screener {
        let matcher = match &self.model {
            Some(model) => matcher.with_model(model.clone()),
            None => matcher,
        };
        Screener { matcher, ..self.clone() }
    }

    /// A screener over a matcher.
    #[must_use]
    pub fn with_matcher(matcher: Matcher) -> Screener {
        let checklist = Checklist::standard();
        Screener {
            matcher,
            model: None,
            checklist_identity: checklist.identity().to_string().into(),
            checklist: Arc::new(checklist),
            known_proposals: None,
            landscape: Arc::new(Landscape::builtin()),
            today: None,
        }
    }

    /// The same with another checklist.
    #[must_use]
    pub fn with_checklist(self, checklist: Checklist) -> Screener {
        let checklist_identity = checklist.identity().to_string().into();
        Screener { checklist: Arc::new(checklist), checklist_identity, ..self }
    }

    /// The same with another model.
    #[must_use]
    pub fn with_model(self, model: Model) -> Screener {
        Screener { matcher: self.matcher.with_model(model.clone()), model: Some(model), ..self }
    }

    /// The same with a register of known proposals, for the question whether one like it went
    /// elsewhere.
    #[must_use]
    pub fn with_known_proposals(self, known: impl Into<Arc<[KnownProposal]>>) -> Screener {
        Screener { known_proposals: Some(known.into()), ..self }
    }

    /// The same with another landscape of areas than the one shipped with the crate.
    #[must_use]
    pub fn with_landscape(self, landscape: impl Into<Arc<Landscape>>) -> Screener {
        Screener { landscape: landscape.into(), ..self }
    }

    /// The same with the day of screening, for proposals that are not dated. The crate never reads
    /// the clock.
    #[must_use]
    pub fn with_today(self, today: Date) -> Screener {
        Screener { today: Some(today), ..self }
    }

    /// Its matcher.
    #[must_use]
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// Its checklist.
    #[must_use]
    pub fn checklist(&self) -> &Checklist {
        &self.checklist
    }

    /// Its landscape of areas.
    #[must_use]
    pub fn landscape(&self) -> &Landscape {
        &self.landscape
    }

    /// Its committees.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        self.matcher.catalogue()
    }

    /// Screens one proposal. It never fails: what is missing is *cannot tell*.
    #[must_use]
    pub fn screen(&self, proposal: &Proposal) -> Screening {
        let Matches { interests, overlaps, elsewhere } = self.matcher.matches(proposal);
        let provenance = self.provenance();
        let line = format!("model {}, {}", provenance.model, provenance.data);
        let mut context = Context::new(proposal)
            .with_interests(&interests)
            .with_catalogue(self.matcher.catalogue())
            .with_provenance(&line);
        if let Some(overlaps) = &overlaps {
            context = context.with_overlaps(overlaps);
        }
        if let Some(elsewhere) = &elsewhere {
            context = context.with_elsewhere(elsewhere);
        }
        if let Some(known) = &self.known_proposals {
            context = context.with_known_proposals(known);
        }
        if let Some(today) = self.today {
            context = context.with_today(today);
        }
        let mut findings = self.checklist.run(&context);
        reading::point_to_unread(&mut findings, proposal.reading());
        let context = context.with_thresholds(self.checklist.thresholds());
        let advice = advise(&context).ok();
        let liaisons = self.liaisons(&context, &interests);
        Screening {
            format: SCREENING_FORMAT,
            proposal: Summary::of(proposal),
            provenance,
            reading: reading::reading(proposal, self.catalogue()),
            verdict: Verdict::of(&findings),
            findings,
            interests,
            overlaps,
            elsewhere,
            areas: self.landscape.place(proposal),
            advice,
            liaisons,
        }
    }

    /// Those of the committees that are in liaison with the addressee, most probable first.
    fn liaisons(&self, context: &Context<'_>, interests: &[Interest]) -> Vec<CommitteeRef> {
        let shown = interests.iter().filter(|one| one.flagged || !one.mentions.is_empty());
        let committees = shown.map(|one| &one.committee);
        committees.filter(|one| is_in_liaison(context, one)).cloned().collect()
    }

    /// Screens many proposals on rayon's current pool, in their order.
    #[must_use]
    pub fn screen_all(&self, proposals: &[Proposal]) -> Vec<Screening> {
        proposals.par_iter().map(|proposal| self.screen(proposal)).collect()
    }

    fn provenance(&self) -> Provenance {
        let model = self.matcher.model();
        Provenance {
            crate_version: env!("CARGO_PKG_VERSION").to_owned(),
            data: self.matcher.data().to_owned(),
            works: self.matcher.work_count(),
            model: model.name(),
            fitted_on: model.fitted_on().to_owned(),
            checklist: self.checklist_identity.to_string(),
            threshold: model.threshold(),
            threshold_elsewhere: model.threshold_elsewhere(),
        }
    }
}

/// The whole result for one proposal.
///
/// Its serialized form carries [`SCREENING_FORMAT`]; fields are added in later versions, never
/// changed.
///
/// ```
/// use spcg::{Proposal, Screener, Screening, Verdict};
///
/// let proposal = Proposal::from_toml("title = \"Smart lifts\"\nscope = \"Safety of passenger lifts.\"")?;
/// let screening = Screener::builtin()?.screen(&proposal);
/// assert_eq!(screening.verdict, Verdict::NotReady);
/// assert!(screening.flagged().count() > 0);
/// let again: Screening = serde_json::from_str(&screening.to_json())?;
/// assert_eq!(again, screening);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Screening {
    /// Version of this form.
    pub format: u32,
    /// Which proposal it is about.
    pub proposal: Summary,
    /// With what it was made.
    pub provenance: Provenance,
    /// How the proposal was read, with remarks on committees that have ended or are not known;
    /// `None` where there is nothing to say, as for most records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<Reading>,
    /// The result in a word.
    pub verdict: Verdict,
    /// What the checklist says: failures first, the gravest of them first.
    pub findings: Vec<Finding>,
    /// Committees, the most probable first: see [`Matcher::matches`] for which.
    pub interests: Vec<Interest>,
    /// Existing works that are close, the closest first; `None` without an index of standards.
    pub overlaps: Option<Vec<Overlap>>,
    /// Documents of other bodies that are near, the nearest first; `None` where none were imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<Vec<Elsewhere>>,
    /// The areas of the landscape in which the proposal lies, those named in its title first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<Placement>,
    /// How the work could be done together with others, the field as a whole first; `None` where
    /// it cannot be told, since nobody says which organization is addressed.
    #[serde(default)]
    pub advice: Option<Vec<Advice>>,
    /// Those of the committees flagged or named that are in liaison with the addressee by the
    /// registers, or have one with the organization that is addressed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub liaisons: Vec<CommitteeRef>,
}

/// Which proposal a result is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Summary {
    /// Its title.
    pub title: String,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Its name in the user's files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The organization that it is addressed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Organization>,
    /// The committee that it is addressed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committee: Option<CommitteeRef>,
    /// What it asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Who proposes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposer: Option<String>,
    /// The file that it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Summary {
    fn of(proposal: &Proposal) -> Summary {
        Summary {
            title: proposal.title.clone(),
            reference: proposal.reference.clone(),
            id: proposal.id.clone(),
            organization: proposal.organization,
            committee: proposal.committee.clone(),
            kind: proposal.kind,
            proposer: proposal.proposer.clone(),
            source: proposal.source().map(|path| path.display().to_string()),
        }
    }
}

/// With what a result was made, so that it can be made again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Provenance {
    /// Version of this crate.
    pub crate_version: String,
    /// The registers and the index, and of when they are.
    pub data: String,
    /// How many existing works were compared with; 0 without an index of standards.
    pub works: usize,
    /// The model and its date.
    pub model: String,
    /// What the model was fitted on.
    pub fitted_on: String,
    /// The checklist: its name and version, and a check sum over all that it asks.
    #[serde(default)]
    pub checklist: String,
    /// Probability from which a committee of the addressed organization is flagged.
    pub threshold: f64,
    /// The same for the other organizations.
    pub threshold_elsewhere: f64,
}

/// The result in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing to complain of.
    Ready,
    /// It may circulate; some points must be answered or noted.
    AnswerFirst,
    /// The file is not ready to circulate.
    NotReady,
}

impl Verdict {
    fn of(findings: &[Finding]) -> Verdict {
        let failed = |severity: Severity| {
            findings
                .iter()
                .any(|finding| finding.outcome == Outcome::Fail && finding.severity == severity)
        };
        if failed(Severity::Blocker) {
            Verdict::NotReady
        } else if failed(Severity::Warning) {
            Verdict::AnswerFirst
        } else {
            Verdict::Ready
        }
    }

    /// A sentence for people.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Verdict::Ready => "may circulate",
            Verdict::AnswerFirst => "may circulate once the warnings are answered or noted",
            Verdict::NotReady => "not ready to circulate",
        }
    }
}

impl Screening {
    /// A result put together in a program, for tests of what reads results: the verdict follows
    /// from the findings, and the provenance is blank.
    ///
    /// ```
    /// use spcg::checklist::{Finding, Outcome, Severity};
    /// use spcg::matching::Interest;
    /// use spcg::{Proposal, Screening, Verdict};
    ///
    /// let proposal = Proposal::builder().title("Smart lifts").build();
    /// let blank = Finding::new("C02", Outcome::Fail, Severity::Blocker, "the proposal has no scope");
    /// let mut interest = Interest::new("ISO/TC 178".parse()?, "Lifts", 0.9);
    /// interest.flagged = true;
    /// let screening = Screening::new(&proposal, vec![blank], vec![interest], None);
    /// assert_eq!(screening.verdict, Verdict::NotReady);
    /// assert_eq!(screening.flagged().count(), 1);
    /// # Ok::<(), spcg::Error>(())
    /// ```
    #[must_use]
    pub fn new(
        proposal: &Proposal,
        findings: Vec<Finding>,
        interests: Vec<Interest>,
        overlaps: Option<Vec<Overlap>>,
    ) -> Screening {
        Screening {
            format: SCREENING_FORMAT,
            proposal: Summary::of(proposal),
            provenance: Provenance::default(),
            reading: proposal.reading().cloned(),
            verdict: Verdict::of(&findings),
            findings,
            interests,
            overlaps,
            elsewhere: None,
            areas: Vec::new(),
            advice: None,
            liaisons: Vec::new(),
        }
    }

    /// Committees that are likely to be interested, the most probable first.
    pub fn flagged(&self) -> impl Iterator<Item = &Interest> {
        self.interests.iter().filter(|interest| interest.flagged)
    }

    /// Committees of one organization in the order of their probability: at least the first twenty.
    pub fn ranking(&self, organization: Organization) -> impl Iterator<Item = &Interest> {
        let mut listed: Vec<&Interest> = self
            .interests
            .iter()
            .filter(|interest| interest.organization == organization)
            .collect();
        listed.sort_by_key(|interest| interest.rank);
        listed.into_iter()
    }

    /// Failures of one severity, in the order of the checklist.
    pub fn failures(&self, severity: Severity) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(move |finding| finding.outcome == Outcome::Fail && finding.severity == severity)
    }

    /// What could not be told.
    pub fn untold(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.outcome == Outcome::CannotTell)
    }

    /// The fields that the proposal leaves blank and that failures are about, each once, in the
    /// order of the findings.
    #[must_use]
    pub fn blank_fields(&self) -> Vec<&str> {
        let mut fields: Vec<&str> = Vec::new();
        for field in self.findings.iter().filter_map(Finding::blank_field) {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        fields
    }

    /// How many rules came out so.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.findings.iter().filter(|finding| finding.outcome == outcome).count()
    }

    /// True when something blocks the circulation.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.verdict == Verdict::NotReady
    }
}
