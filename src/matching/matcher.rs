//! The matcher: one immutable value that answers for any number of proposals on any number of
//! threads.

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use super::best::{falling, number_of};
use super::bytes::Damaged;
use super::compile::{compile, documents, order_works};
use super::elsewhere::{self, Elsewhere, ExternalDocuments};
use super::evidence::Explainer;
use super::hidden::Nothing;
use super::ids::WorkId;
use super::interest::Interest;
use super::knowledge::Knowledge;
use super::model::Model;
use super::named::{Named, subject_of};
use super::overlap::Overlap;
use super::profile::Profile;
use super::questions::{QuestionTerms, question_terms};
use super::ranking::Ranking;
use super::scratch::Scratch;
use super::works::Works;
use crate::catalogue::Catalogue;
use crate::error::{Class, Error, Failure};
use crate::index::TextIndex;
use crate::index::folder::{self, Contents};
use crate::proposal::Proposal;
use crate::reference::{Organization, StandardRef};
use crate::standards::{ExternalDocument, Status, Work};
use crate::text::normalized_title;

/// Folder of the text index in a generation.
const TEXT: &str = "text";
/// File of the compiled form in a generation.
const COMPILED: &str = "compiled.bin";
/// File of the catalogue in a generation.
const CATALOGUE: &str = "catalogue.json";

/// Ranks committees and finds existing work. Cheap to clone; `Send` and `Sync`.
///
/// A [`Screener`](crate::Screener) holds one; by itself it serves programs that want committees and
/// works without a checklist, or several screeners over one index.
///
/// ```
/// use spcg::matching::Matcher;
/// use spcg::{Proposal, Screener};
///
/// let matcher = Matcher::builtin()?;
/// assert_eq!(matcher.work_count(), 0); // no index of standards
/// assert!(matcher.catalogue().len() > 500);
/// let (plain, dated) = (
///     Screener::with_matcher(matcher.clone()),
///     Screener::with_matcher(matcher).with_today("2026-11-25".parse()?),
/// );
/// let proposal = Proposal::builder().title("Smart lifts").scope("Lifts that talk to robots.").build();
/// assert_eq!(plain.screen(&proposal).interests, dated.screen(&proposal).interests);
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone)]
pub struct Matcher(Arc<Inner>);

struct Inner {
    catalogue: Catalogue,
    index: TextIndex,
    knowledge: Arc<Knowledge>,
    /// Documents of other bodies, where any were imported.
    external: Option<ExternalDocuments>,
    model: Model,
    /// What the data are and of when.
    data: String,
    /// Questions of the study groups with their stems, made when first asked for.
    questions: OnceLock<Vec<QuestionTerms>>,
    /// Working memories of workers that have finished.
    idle: Mutex<Vec<Scratch>>,
}

/// What a matcher says on one proposal.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Matches {
    /// Committees at work, the most probable first: the first twenty of each organization, all with
    /// a probability of 0.03 or more (of being concerned, or of being the home of such work), the
    /// addressee, and all that the proposal names. The flagged ones have their evidence.
    pub interests: Vec<Interest>,
    /// Existing works that are close, the closest first; `None` without an index of standards,
    /// where nobody can tell.
    pub overlaps: Option<Vec<Overlap>>,
    /// Documents of other bodies that are near, the nearest first; `None` where none were imported.
    pub elsewhere: Option<Vec<Elsewhere>>,
}

/// Committees given for each organization at the least.
const LISTED: usize = 20;
/// Probability from which a committee is given, whatever its rank.
const WORTH_TELLING: f64 = 0.03;
/// Its logarithm against the rest: `ln(0.03 / 0.97)`.
const WORTH_TELLING_LOG_ODDS: f64 = -3.4760986898352733;
/// Working memories kept at most.
const IDLE_SCRATCHES: usize = 64;

impl Matcher {
    /// A matcher over the built-in catalogue.
    ///
    /// # Errors
    /// None in practice: the index is made in memory from data inside the crate.
    pub fn builtin() -> Result<Matcher, Error> {
        let profile = Profile::from_bytes(include_bytes!("data/profile.bin"))?;
        Matcher::with_profile(&profile)
    }

    /// A matcher over the built-in catalogue with another vocabulary profile.
    ///
    /// # Errors
    /// As [`Matcher::builtin`].
    pub fn with_profile(profile: &Profile) -> Result<Matcher, Error> {
        let catalogue = Catalogue::builtin();
        let index = TextIndex::in_memory(documents(&catalogue, &[]))?;
        let knowledge = compile(&catalogue, &index, &[], Some(profile))?;
        let data = format!("{}; vocabulary profile of {}", catalogue.name(), profile.provenance());
        Ok(Matcher::assemble(catalogue, index, Arc::new(knowledge), Model::builtin(), data))
    }

    /// Builds an index of `works` and the committees of `catalogue` in `folder`, and puts it in
    /// force there. An index that is already there stays as it is until the new one is complete,
    /// and if anything fails.
    ///
    /// `data` says in a line what the data are and of when; `report` is kept with the index.
    ///
    /// # Errors
    /// Those of the file system; [unsupported](Error::is_unsupported) when the folder holds other
    /// things, another process is building into it, or there are more than 16,777,216 works.
    pub fn create(
        folder: impl AsRef<Path>,
        catalogue: &Catalogue,
        works: Vec<Work>,
        data: &str,
        report: serde_json::Value,
    ) -> Result<(), Error> {
        Matcher::create_with_external(folder, catalogue, works, &[], data, report)
    }

    /// The same with the documents of other bodies, which stand apart.
    ///
    /// # Errors
    /// As [`Matcher::create`].
    pub fn create_with_external(
        folder: impl AsRef<Path>,
        catalogue: &Catalogue,
        mut works: Vec<Work>,
        external: &[ExternalDocument],
        data: &str,
        report: serde_json::Value,
    ) -> Result<(), Error> {
        let folder = folder.as_ref();
        let most = works.len().max(external.len());
        if most > WorkId::MOST {
            return Err(Error::new(TooManyWorks(most)));
        }
        order_works(&mut works);
        folder::build(folder, |generation| {
            let text = generation.join(TEXT);
            std::fs::create_dir(&text).map_err(|source| Error::io(source, &text))?;
            let index = TextIndex::create(&text, documents(catalogue, &works))?;
            let path = generation.join(COMPILED);
            let compiled = compile(catalogue, &index, &works, None)?.to_bytes();
            std::fs::write(&path, compiled).map_err(|source| Error::io(source, &path))?;
            let path = generation.join(CATALOGUE);
            std::fs::write(&path, catalogue.to_json())
                .map_err(|source| Error::io(source, &path))?;
            if !external.is_empty() {
                elsewhere::write(generation, external)?;
            }
            Ok(Contents {
                data: data.to_owned(),
                committees: catalogue.len(),
                works: works.len(),
                external: external.len(),
                report,
            })
        })?;
        Ok(())
    }

    /// Opens an index that [`Matcher::create`] built. Nothing is written.
    ///
    /// # Errors
    /// [not found](Error::is_not_found) when there is none;
    /// [incompatible](Error::is_incompatible_index) when it is foreign, of another version,
    /// incomplete or damaged.
    pub fn open(folder: impl AsRef<Path>) -> Result<Matcher, Error> {
        Matcher::open_without(folder, &[])
    }

    /// Opens an index as if nobody owned the works that had one of these titles, for computing a
    /// [`Profile`] that is to be asked about them.
    ///
    /// # Errors
    /// As [`Matcher::open`].
    pub fn open_without(folder: impl AsRef<Path>, titles: &[String]) -> Result<Matcher, Error> {
        let folder = folder.as_ref();
        folder::steadily(folder, || Matcher::open_once(folder, titles))
    }

    fn open_once(folder: &Path, titles: &[String]) -> Result<Matcher, Error> {
        let left_out: std::collections::BTreeSet<String> =
            titles.iter().map(|title| normalized_title(title)).collect();
        let (manifest, generation) = folder::open(folder)?;
        let path = generation.join(CATALOGUE);
        let text = std::fs::read_to_string(&path).map_err(|source| Error::io(source, &path))?;
        let catalogue = Catalogue::from_json(&text).map_err(|error| error.at_path(&path))?;
        let index = TextIndex::open(&generation.join(TEXT))?;
        // Records are found by their number: committees first, then works.
        if catalogue.len() != manifest.committees
            || Some(index.len()) != manifest.committees.checked_add(manifest.works)
        {
            return Err(Error::new(BadRecord(
                "the manifest counts others than there are".to_owned(),
            ))
            .at_path(folder));
        }
        let knowledge = if left_out.is_empty() {
            let path = generation.join(COMPILED);
            let bytes = std::fs::read(&path).map_err(|source| Error::io(source, &path))?;
            Knowledge::from_bytes(&bytes, &catalogue).map_err(|Damaged| {
                Error::new(BadRecord("it does not hold together".to_owned())).at_path(&path)
            })?
        } else {
            let mut works = read_works(&index, manifest.committees, manifest.works)?;
            for work in &mut works {
                if work.normalized_titles().iter().any(|title| left_out.contains(title)) {
                    work.owners.clear();
                }
            }
            compile(&catalogue, &index, &works, None)?
        };
        let data = format!("{}; index {}", manifest.data, manifest.fingerprint);
        let external = ExternalDocuments::open(&generation, manifest.external)?;
        let model = Model::builtin();
        let matcher = Matcher::assemble(catalogue, index, Arc::new(knowledge), model, data);
        Ok(matcher.with_external(external))
    }

    pub(crate) fn assemble(
        catalogue: Catalogue,
        index: TextIndex,
        knowledge: Arc<Knowledge>,
        model: Model,
        data: String,
    ) -> Matcher {
        Matcher(Arc::new(Inner {
            catalogue,
            index,
            knowledge,
            external: None,
            model,
            data,
            questions: OnceLock::new(),
            idle: Mutex::new(Vec::new()),
        }))
    }

    /// The same matcher with another model.
    #[must_use]
    pub fn with_model(self, model: Model) -> Matcher {
        let inner = &*self.0;
        Matcher::assemble(
            inner.catalogue.clone(),
            inner.index.clone(),
            inner.knowledge.clone(),
            model,
            inner.data.clone(),
        )
        .with_external(inner.external.clone())
    }

    /// The same, new as it is, with documents of other bodies.
    fn with_external(mut self, external: Option<ExternalDocuments>) -> Matcher {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.external = external;
        }
        self
    }

    /// The committees that it knows.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.0.catalogue
    }

    /// The model that turns signals into probabilities.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.0.model
    }

    /// What the data are and of when.
    #[must_use]
    pub fn data(&self) -> &str {
        &self.0.data
    }

    /// True when an index of standards is there, so that overlaps can be found.
    #[must_use]
    pub fn has_standards(&self) -> bool {
        self.0.knowledge.works.is_some()
    }

    /// The vocabulary profile of this index, for use without it. `provenance` says where the
    /// figures come from.
    #[must_use]
    pub fn profile(&self, provenance: &str) -> Profile {
        Profile::of(&self.0.knowledge, provenance)
    }

    /// How many works it knows.
    #[must_use]
    pub fn work_count(&self) -> usize {
        self.0.knowledge.works.as_ref().map_or(0, Works::len)
    }

    /// How many documents of other bodies it knows.
    #[must_use]
    pub fn external_count(&self) -> usize {
        self.0.external.as_ref().map_or(0, ExternalDocuments::len)
    }

    pub(crate) fn knowledge(&self) -> &Knowledge {
        &self.0.knowledge
    }

    pub(crate) fn index(&self) -> &TextIndex {
        &self.0.index
    }

    /// The whole record of a work; `None` when the index cannot be read any more.
    pub(crate) fn whole_work(&self, work: WorkId) -> Option<Work> {
        let first_work = u32::try_from(self.0.catalogue.len()).ok()?;
        let record = self.0.index.record(first_work + work.number()).ok()?;
        serde_json::from_slice(&record).ok()
    }

    /// What took the place of a work that was withdrawn for good.
    fn replaced_by(&self, reference: &str) -> Vec<String> {
        let works = self.0.knowledge.works.as_ref();
        let work = reference
            .parse()
            .ok()
            .and_then(|reference: StandardRef| works?.of_reference(&reference))
            .and_then(|work| self.whole_work(work));
        work.map_or(Vec::new(), |work| work.replaced_by)
    }

    /// Lends a working memory.
    pub(crate) fn with_scratch<T>(&self, work: impl FnOnce(&mut Scratch) -> T) -> T {
        let idle = self.0.idle.try_lock().ok().and_then(|mut idle| idle.pop());
        let mut scratch = idle.unwrap_or_default();
        let result = work(&mut scratch);
        if let Ok(mut idle) = self.0.idle.try_lock()
            && idle.len() < IDLE_SCRATCHES
        {
            idle.push(scratch);
        }
        result
    }

    /// Scores of all candidates from the features in `scratch`.
    pub(crate) fn ranking(&self, scratch: &mut Scratch) -> Ranking {
        self.ranking_by(&self.0.model, scratch)
    }

    /// The same by another model.
    pub(crate) fn ranking_by(&self, model: &Model, scratch: &mut Scratch) -> Ranking {
        // The memory of the last one, if it was given back.
        let mut ranking = std::mem::take(&mut scratch.ranking);
        let heads = model.heads(self.has_standards());
        let (has_codes, is_silent) = (scratch.has_codes, scratch.is_silent());
        let prior = &self.0.knowledge.prior;
        ranking.fill(&scratch.columns, heads, prior, has_codes, is_silent, scratch.address);
        ranking
    }

    /// The Questions of all study groups.
    fn questions(&self) -> &[QuestionTerms] {
        let inner = &*self.0;
        inner.questions.get_or_init(|| question_terms(&inner.catalogue, &inner.knowledge))
    }

    /// Matches one proposal.
    ///
    /// ```
    /// let matcher = spcg::matching::Matcher::builtin()?;
    /// let mut proposal = spcg::Proposal::default();
    /// proposal.title = "Accessibility of passenger lifts".to_owned();
    /// let matches = matcher.matches(&proposal);
    /// assert_eq!(matches.interests[0].committee.to_string(), "ISO/TC 178");
    /// assert!(matches.overlaps.is_none(), "no index of standards, so nobody can tell");
    /// # Ok::<(), spcg::Error>(())
    /// ```
    #[must_use]
    pub fn matches(&self, proposal: &Proposal) -> Matches {
        self.with_scratch(|scratch| self.matches_with(proposal, scratch))
    }

    fn matches_with(&self, proposal: &Proposal, scratch: &mut Scratch) -> Matches {
        let knowledge = &self.0.knowledge;
        let named = Named::in_proposal(proposal);
        let subject = subject_of(proposal, &named, knowledge);
        knowledge.score(&subject, &Nothing, scratch);
        let ranking = self.ranking(scratch);
        let addressee = proposal
            .committee
            .as_ref()
            .and_then(|committee| knowledge.candidates.number_of(committee));

        let named_candidates = named.candidates(knowledge);
        let is_named = |number: usize| {
            named_candidates.binary_search_by_key(&number, |(number, _)| *number).is_ok()
        };
        let mut interests: Vec<Interest> = Vec::new();
        let mut numbers: Vec<usize> = Vec::new();
        let mut listed = std::mem::take(&mut scratch.keys);
        for organization in Organization::ALL {
            let members = knowledge.prior.at_work(organization);
            let homes: f64 = members
                .iter()
                .map(|number| f64::from(ranking.scored[usize::from(*number)].home).exp())
                .sum();
            let worth_telling_home = (WORTH_TELLING * homes).ln();
            listed.clear();
            listed.extend(
                members
                    .iter()
                    .map(|number| falling(ranking.scored[usize::from(*number)].rank, *number)),
            );
            // Candidates stand in the order of their references, which settles ties.
            listed.sort_unstable();
            for (position, key) in listed.iter().enumerate() {
                let number = usize::from(number_of(*key));
                let scored = ranking.scored[number];
                let is_addressee = addressee == Some(number);
                // Logarithms are compared: exponentials cost more than all the rest of this loop.
                let is_worth_telling = position < LISTED
                    || scored.log_odds >= WORTH_TELLING_LOG_ODDS
                    || f64::from(scored.home) >= worth_telling_home
                    || is_addressee
                    || is_named(number);
                if !is_worth_telling {
                    continue;
                }
                let candidate = knowledge.candidates.get(number);
                let probability = scored.probability();
                let home_probability =
                    if homes > 0.0 { f64::from(scored.home).exp() / homes } else { 0.0 };
                let elsewhere =
                    proposal.organization.is_some_and(|own| !candidate.reference().belongs_to(own));
                let model = &self.0.model;
                let threshold =
                    if elsewhere { model.threshold_elsewhere() } else { model.threshold() };
                interests.push(Interest {
                    committee: candidate.reference().clone(),
                    title: candidate.committee.title().to_owned(),
                    organization,
                    rank: position + 1,
                    probability,
                    own_probability: scored.own_probability(),
                    home_probability,
                    flagged: probability >= threshold && !is_addressee,
                    addressee: is_addressee,
                    mentions: Vec::new(),
                    contributions: Vec::new(),
                    evidence: Vec::new(),
                });
                numbers.push(number);
            }
        }
        scratch.keys = listed;
        let heads = self.0.model.heads(self.has_standards());
        let shown = interests
            .iter()
            .zip(&numbers)
            .filter(|(one, number)| one.flagged || one.addressee || is_named(**number));
        let shown: Vec<usize> = shown.map(|(_, number)| *number).collect();
        let explainer =
            Explainer::new(knowledge, self.questions(), proposal, &subject, &shown, scratch);
        for (interest, number) in interests.iter_mut().zip(&numbers) {
            if is_named(*number) {
                interest.mentions = named.mentions_of(*number, &named_candidates, proposal);
            }
            if interest.flagged || interest.addressee || !interest.mentions.is_empty() {
                let around = ranking.around.of(*number, &knowledge.prior, subject.address);
                let log_odds = ranking.scored[*number].log_odds;
                interest.contributions =
                    heads.contributions(&scratch.columns.row(*number), around, log_odds);
                interest.evidence = explainer.evidence(*number, scratch);
                interest.flagged &= explainer.has_reason(*number, &interest.evidence, scratch);
            }
        }
        interests.sort_by(|a, b| {
            b.probability.total_cmp(&a.probability).then_with(|| a.committee.cmp(&b.committee))
        });
        let mut overlaps = self.has_standards().then(|| explainer.overlaps(&named, scratch));
        for overlap in overlaps.iter_mut().flatten() {
            if overlap.status == Status::Withdrawn {
                overlap.replaced_by = self.replaced_by(&overlap.reference);
            }
        }
        scratch.ranking = ranking;
        let external = self.0.external.as_ref();
        let elsewhere =
            external.map(|known| known.near(proposal, &subject, &mut scratch.elsewhere));
        Matches { interests, overlaps, elsewhere }
    }
}

/// The records of all works, in their order.
pub(super) fn read_works(
    index: &TextIndex,
    committees: usize,
    works: usize,
) -> Result<Vec<Work>, Error> {
    use rayon::prelude::*;
    let first = u32::try_from(committees).unwrap_or(u32::MAX);
    (0..u32::try_from(works).unwrap_or(u32::MAX))
        .into_par_iter()
        .map(|number| {
            let record = index.record(first + number)?;
            serde_json::from_slice(&record)
                .map_err(|source| Error::new(BadRecord(source.to_string())))
        })
        .collect()
}

#[derive(Debug, thiserror::Error)]
#[error("{0} works are more than the {most} that an index holds", most = WorkId::MOST)]
struct TooManyWorks(usize);

impl Failure for TooManyWorks {
    fn class(&self) -> Class {
        Class::Unsupported
    }
    fn remedy(&self) -> Option<std::borrow::Cow<'_, str>> {
        Some("build several indexes, and screen against each".into())
    }
}

/// A part of an index that cannot be read.
pub(super) fn bad_record(what: &str) -> Error {
    Error::new(BadRecord(what.to_owned()))
}

#[derive(Debug, thiserror::Error)]
#[error("a part of the index cannot be read: {0}")]
struct BadRecord(String);

impl Failure for BadRecord {
    fn class(&self) -> Class {
        Class::IncompatibleIndex
    }
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matcher")
            .field("data", &self.0.data)
            .field("committees", &self.0.catalogue.len())
            .field("works", &self.work_count())
            .field("model", &self.0.model.name())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::model::probability;

    #[test]
    fn the_logarithm_of_what_is_worth_telling() {
        assert!((probability(WORTH_TELLING_LOG_ODDS) - WORTH_TELLING).abs() < 1e-12);
    }
}
