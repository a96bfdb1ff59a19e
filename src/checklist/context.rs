//! What a rule may look at.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::evidence::Evidence;
use super::naming::{Naming, with_ancestors};
use super::thresholds::Thresholds;
use super::verdict::CannotTell;
use super::wording::{
    Pairs, Spaced, count, excerpt, first, has, has_any, named_with_share, percent, sentences,
    spaced,
};
use crate::Catalogue;
use crate::Proposal;
use crate::catalogue::Committee;
use crate::matching::{Closeness, Elsewhere, Interest, Overlap, OverlapThresholds};
use crate::proposal::{Body, Date, Kind, NonAnswer, Outcome};
use crate::reference::{CommitteeRef, Found, Organization, Reference, find_references};
use crate::standards::Status;

/// A proposal that is known from elsewhere: one line of a register of proposals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct KnownProposal {
    /// Its title.
    pub title: String,
    /// The body that it went to, such as `IEC` or `CEN`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub organization: String,
    /// Its number there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// When it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

impl KnownProposal {
    /// A known proposal of which title and organization are known.
    #[must_use]
    pub fn new(title: impl Into<String>, organization: impl Into<String>) -> KnownProposal {
        KnownProposal {
            title: title.into(),
            organization: organization.into(),
            reference: None,
            date: None,
        }
    }
}

/// A proposal and what is known around it: what the rules of a checklist look at.
///
/// What is not given is missing: rules that need it then answer that they cannot tell.
///
/// ```
/// use spcg::checklist::{Checklist, Context, Outcome};
///
/// let proposal = spcg::Proposal::builder().title("Smart lifts").build();
/// let context = Context::new(&proposal);
/// let findings = Checklist::standard().run(&context);
/// let overlap = findings.iter().find(|finding| finding.rule == "C13").unwrap();
/// assert_eq!(overlap.outcome, Outcome::CannotTell);
/// ```
#[derive(Clone, Debug)]
pub struct Context<'a> {
    pub(crate) proposal: &'a Proposal,
    interests: Option<&'a [Interest]>,
    overlaps: Option<&'a [Overlap]>,
    elsewhere: Option<&'a [Elsewhere]>,
    catalogue: Option<&'a Catalogue>,
    known_proposals: Option<&'a [KnownProposal]>,
    today: Option<Date>,
    /// Fields that hold something that is no answer, which the proposal has here as blank.
    open: &'a [NonAnswer],
    pub(crate) provenance: &'a str,
    pub(crate) thresholds: &'a Thresholds,
    naming: OnceLock<Naming>,
    texts: OnceLock<Vec<Text>>,
    /// Where the first text of a field stands among them, and of what is inside of a field.
    first_texts: OnceLock<(HashMap<String, usize>, HashMap<String, usize>)>,
    /// The same of what is no answer.
    first_open: OnceLock<HashMap<String, usize>>,
    house: OnceLock<Vec<CommitteeRef>>,
    title: OnceLock<Pairs>,
    /// Committees beside the addressee by their place in the list, with the fields that name them.
    others: OnceLock<Vec<(usize, OnceLock<Vec<String>>)>>,
    left_out: OnceLock<Vec<LeftOut>>,
    /// The record as a tree, for proposals that were not read from a file.
    record: OnceLock<serde_json::Value>,
}

/// A text of the proposal, in the forms in which rules look at it.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) field: String,
    pub(crate) text: String,
    /// See [`spaced`].
    pub(crate) spaced: Spaced,
}

/// Something that the proposal leaves to others.
#[derive(Clone, Debug)]
pub(crate) struct LeftOut {
    /// Where it stands.
    pub(crate) field: &'static str,
    /// See [`spaced`].
    pub(crate) spaced: Spaced,
    /// Those that it names.
    committees: Vec<CommitteeRef>,
}

impl LeftOut {
    /// Those to whom it is left.
    pub(crate) fn committees(&self) -> impl Iterator<Item = &CommitteeRef> {
        self.committees.iter()
    }
}

/// Characters of a field that are shown.
const SHOWN_CHARACTERS: usize = 160;

/// Words by which a sentence of a scope leaves something out.
pub(crate) const EXCLUDING: &[&str] = &[
    "excluded",
    "excludes",
    "excluding",
    "exclusion",
    "exclusions",
    "does not cover",
    "do not cover",
    "not covered",
    "does not deal with",
    "not dealt with",
    "outside the scope",
    "out of scope",
    "is outside",
    "are outside",
    "remain outside",
    "remains outside",
    "lie outside",
    "lies outside",
    "fall outside",
    "falls outside",
    "does not apply",
    "do not apply",
    "not included",
    "does not include",
    "do not include",
    "do not count",
    "does not count",
    "not addressed",
    "not part of",
    "with the exception of",
    "except",
    "as opposed to",
    "left out",
    "left to",
    "leaves to",
    "stay there",
    "stays there",
    "remain there",
    "remains there",
    "stay with",
    "stays with",
    "remain with",
    "remains with",
    "dealt with by",
    "covered by",
];

static DEFAULT: std::sync::LazyLock<Thresholds> = std::sync::LazyLock::new(Thresholds::default);

impl<'a> Context<'a> {
    /// A proposal, and nothing known around it.
    #[must_use]
    pub fn new(proposal: &'a Proposal) -> Context<'a> {
        Context {
            proposal,
            interests: None,
            overlaps: None,
            elsewhere: None,
            catalogue: None,
            known_proposals: None,
            today: None,
            open: &[],
            provenance: "",
            thresholds: &DEFAULT,
            naming: OnceLock::new(),
            texts: OnceLock::new(),
            first_texts: OnceLock::new(),
            first_open: OnceLock::new(),
            house: OnceLock::new(),
            title: OnceLock::new(),
            others: OnceLock::new(),
            left_out: OnceLock::new(),
            record: OnceLock::new(),
        }
    }

    /// The same around the record without the answers that are none.
    pub(crate) fn on<'b>(&self, answered: &'b Proposal, open: &'b [NonAnswer]) -> Context<'b>
    where
        'a: 'b,
    {
        if open.is_empty() {
            return self.clone();
        }
        Context {
            interests: self.interests,
            overlaps: self.overlaps,
            elsewhere: self.elsewhere,
            catalogue: self.catalogue,
            known_proposals: self.known_proposals,
            today: self.today,
            open,
            provenance: self.provenance,
            thresholds: self.thresholds,
            ..Context::new(answered)
        }
    }

    /// The committees that the matcher ranks, with their probabilities. All of them, or at least
    /// all from [`Thresholds::committee_possible`] on.
    #[must_use]
    pub fn with_interests(self, interests: &'a [Interest]) -> Context<'a> {
        Context { interests: Some(interests), others: OnceLock::new(), ..self }
    }

    /// The existing works that are close, out of an index of standards.
    #[must_use]
    pub fn with_overlaps(self, overlaps: &'a [Overlap]) -> Context<'a> {
        Context { overlaps: Some(overlaps), ..self }
    }

    /// The documents of other bodies that are near, where a bibliography of them was imported.
    #[must_use]
    pub fn with_elsewhere(self, elsewhere: &'a [Elsewhere]) -> Context<'a> {
        Context { elsewhere: Some(elsewhere), ..self }
    }

    /// The register of committees.
    #[must_use]
    pub fn with_catalogue(self, catalogue: &'a Catalogue) -> Context<'a> {
        Context {
            catalogue: Some(catalogue),
            naming: OnceLock::new(),
            others: OnceLock::new(),
            ..self
        }
    }

    /// A register of known proposals, here and elsewhere.
    #[must_use]
    pub fn with_known_proposals(self, known: &'a [KnownProposal]) -> Context<'a> {
        Context { known_proposals: Some(known), ..self }
    }

    /// The day of the screening, for proposals that do not say when they were submitted. The crate
    /// never reads the clock.
    #[must_use]
    pub fn with_today(self, today: Date) -> Context<'a> {
        Context { today: Some(today), ..self }
    }

    /// What the matcher is, and of when its data are.
    #[must_use]
    pub fn with_provenance(self, provenance: &'a str) -> Context<'a> {
        Context { provenance, ..self }
    }

    /// Other thresholds than the default ones. A checklist that runs puts its own in their place.
    #[must_use]
    pub fn with_thresholds(self, thresholds: &'a Thresholds) -> Context<'a> {
        Context { thresholds, others: OnceLock::new(), ..self }
    }

    /// The proposal.
    #[must_use]
    pub fn proposal(&self) -> &'a Proposal {
        self.proposal
    }

    pub(crate) fn interests(&self) -> Result<&'a [Interest], CannotTell> {
        self.interests.ok_or_else(|| {
            CannotTell::because("no matcher has looked for committees that may be concerned")
        })
    }

    pub(crate) fn overlaps(&self) -> Result<&'a [Overlap], CannotTell> {
        self.overlaps
            .ok_or_else(|| CannotTell::because("there is no index of standards to compare with"))
    }

    /// Documents of other bodies that are near, close or not, the most probable first.
    pub(crate) fn near_elsewhere(&self) -> &'a [Elsewhere] {
        self.elsewhere.unwrap_or_default()
    }

    /// Documents of other bodies that are close, in force or on the way, the most probable first;
    /// none where no bibliography of them was imported.
    pub(crate) fn close_elsewhere(&self) -> impl Iterator<Item = &'a Elsewhere> {
        let thresholds = self.thresholds;
        self.near_elsewhere().iter().filter(move |one| {
            let stands_out = one.probability >= thresholds.elsewhere_close
                && one.similarity >= thresholds.elsewhere_similarity;
            (stands_out || one.similarity >= thresholds.overlap_strong)
                && one.status != Status::Withdrawn
        })
    }

    /// Those of them that the proposal does not name.
    pub(crate) fn unnamed_elsewhere(&self) -> impl Iterator<Item = &'a Elsewhere> {
        self.close_elsewhere().filter(|one| one.named_in.is_none())
    }

    pub(crate) fn catalogue(&self) -> Result<&'a Catalogue, CannotTell> {
        self.catalogue
            .ok_or_else(|| CannotTell::because("there is no register of committees to look in"))
    }

    pub(crate) fn known_proposals(&self) -> Result<&'a [KnownProposal], CannotTell> {
        self.known_proposals.ok_or_else(|| {
            CannotTell::because("there is no register of known proposals to look in")
        })
    }

    /// The day of submission, or else of the screening.
    pub(crate) fn submission(&self) -> Result<Date, CannotTell> {
        self.submitted().or(self.today).ok_or_else(|| {
            CannotTell::because("the proposal does not say when it was or will be submitted")
        })
    }

    /// The day of submission that the proposal itself gives.
    pub(crate) fn submitted(&self) -> Option<Date> {
        self.proposal.date.or(self.proposal.timeline.submission)
    }

    pub(crate) fn today(&self) -> Option<Date> {
        self.today.or(self.submitted())
    }

    /// The organization that is addressed.
    pub(crate) fn organization(&self) -> Result<Organization, CannotTell> {
        self.proposal
            .organization
            .or_else(|| self.proposal.committee.as_ref().map(CommitteeRef::organization))
            .ok_or_else(|| {
                CannotTell::because(
                    "the proposal does not say which organization it is addressed to",
                )
            })
    }

    /// Every organization that is addressed: a joint committee belongs to two.
    pub(crate) fn addressed(&self) -> Result<Vec<Organization>, CannotTell> {
        let mut addressed = vec![self.organization()?];
        if let Some(committee) = &self.proposal.committee {
            addressed.extend(committee.organizations());
        }
        addressed.sort();
        addressed.dedup();
        Ok(addressed)
    }

    /// True when the committee is the addressee or proposes the work itself, stands above or below
    /// such a one, or has taken over its work.
    pub(crate) fn is_addressee(&self, committee: &CommitteeRef) -> bool {
        self.house().iter().any(|own| self.is_family(own, committee))
    }

    /// The committee that is addressed, and those of the same organizations that propose the work:
    /// `IEC TC 9`, or `SCC (Canada), within ISO/TC 197`.
    fn house(&self) -> &[CommitteeRef] {
        self.house.get_or_init(|| {
            let mut house: Vec<CommitteeRef> = self.proposal.committee.iter().cloned().collect();
            let addressed = self.addressed().unwrap_or_default();
            for found in find_references(
                self.proposal.proposer.as_deref().unwrap_or_default(),
                self.proposal.organization,
            ) {
                if let Reference::Committee(committee) = found.reference
                    && !is_foreign(&committee, &addressed)
                {
                    house.push(committee);
                }
            }
            house
        })
    }

    /// The year in which a committee was set up, where that was after the proposal or, under a
    /// title like its own, in its year: nobody could ask it then, and it may have come out of the
    /// proposal.
    pub(crate) fn came_later(&self, one: &Interest) -> Option<u16> {
        let submitted = self.submitted()?.year();
        let established = self.catalogue?.get(&one.committee)?.established()?;
        let is_alike = || self.title().is_like(&one.title, self.thresholds.title_related);
        (established > submitted || (established == submitted && is_alike())).then_some(established)
    }

    /// True when one is the other, stands above or below it, or has taken over its work.
    pub(crate) fn is_family(&self, named: &CommitteeRef, committee: &CommitteeRef) -> bool {
        if is_line(named, committee) {
            return true;
        }
        let Some(catalogue) = self.catalogue else { return false };
        catalogue.current(named).is_some_and(|current| is_line(current.reference(), committee))
            || catalogue.parent(committee).is_some_and(|parent| parent.reference() == named)
    }

    /// The title, for comparison with others.
    pub(crate) fn title(&self) -> &Pairs {
        self.title.get_or_init(|| Pairs::of(&self.proposal.title))
    }

    /// Committees that are asked for, without the addressee and its family, and without those that
    /// were set up after the proposal; most probable first. Only those that any threshold asks for.
    fn committees(
        &self,
        wanted: impl Fn(&Interest) -> bool,
    ) -> Result<Vec<&'a Interest>, CannotTell> {
        let interests = self.interests()?;
        let others = self.others.get_or_init(|| {
            let Thresholds {
                committee_likely, committee_likely_elsewhere, committee_possible, ..
            } = *self.thresholds;
            let least = committee_likely.min(committee_likely_elsewhere).min(committee_possible);
            let mut found: Vec<(usize, &Interest)> = interests
                .iter()
                .enumerate()
                .filter(|(_, one)| {
                    one.probability_by_texts() >= least
                        && !one.addressee
                        && !self.is_addressee(&one.committee)
                })
                .filter(|(_, one)| self.came_later(one).is_none())
                .collect();
            found.sort_by(|(_, a), (_, b)| {
                b.probability_by_texts()
                    .total_cmp(&a.probability_by_texts())
                    .then_with(|| a.committee.cmp(&b.committee))
            });
            found.into_iter().map(|(at, _)| (at, OnceLock::new())).collect()
        });
        Ok(others.iter().map(|(at, _)| &interests[*at]).filter(|one| wanted(one)).collect())
    }

    /// Committees that are likely to be concerned.
    pub(crate) fn likely(&self) -> Result<Vec<&'a Interest>, CannotTell> {
        let addressed = self.addressed().unwrap_or_default();
        let Thresholds { committee_likely, committee_likely_elsewhere, .. } = *self.thresholds;
        self.committees(|one| {
            let elsewhere = !addressed.is_empty() && is_foreign(&one.committee, &addressed);
            one.probability_by_texts()
                >= if elsewhere { committee_likely_elsewhere } else { committee_likely }
        })
    }

    /// Committees that may be concerned.
    pub(crate) fn possible(&self) -> Result<Vec<&'a Interest>, CannotTell> {
        self.committees(|one| one.probability_by_texts() >= self.thresholds.committee_possible)
    }

    /// Committees of organizations that are not addressed, from a probability on, each once; most
    /// probable first.
    pub(crate) fn elsewhere(&self, from: f64) -> Result<Vec<&'a Interest>, CannotTell> {
        let addressed = self.addressed()?;
        self.committees(|one| {
            one.probability_by_texts() >= from && is_foreign(&one.committee, &addressed)
        })
    }

    /// Committees of organizations that are not addressed with which the proposal itself plans to
    /// work: named for liaison, or asked with an answer that wants more than to be informed; each
    /// once, with the field.
    fn partners_elsewhere(&self) -> Result<Vec<(String, CommitteeRef)>, CannotTell> {
        let addressed = self.addressed()?;
        let named = self.proposal.liaisons.iter().enumerate().filter_map(|(at, liaison)| {
            Some((format!("liaisons[{at}]"), liaison.body.committee()?.clone()))
        });
        let wants = |outcome| {
            matches!(outcome, Some(Outcome::Liaison | Outcome::Contribute | Outcome::JointWork))
        };
        let asked = self.proposal.contacts_made.iter().enumerate().filter_map(|(at, contact)| {
            let committee = contact.committee.as_ref().and_then(Body::committee)?;
            wants(contact.outcome).then(|| (format!("contacts_made[{at}]"), committee.clone()))
        });
        let mut partners: Vec<(String, CommitteeRef)> = Vec::new();
        for (field, committee) in named.chain(asked) {
            let is_known = partners.iter().any(|(_, known)| *known == committee);
            if !is_known && is_foreign(&committee, &addressed) {
                partners.push((field, committee));
            }
        }
        Ok(partners)
    }

    /// The names of those partners and the fields that name them, behind a field that should speak
    /// of them; nothing where there are none.
    pub(crate) fn counted_on(
        &self,
        field: &str,
    ) -> Result<Option<(String, Vec<Evidence>)>, CannotTell> {
        let partners = self.partners_elsewhere()?;
        if partners.is_empty() {
            return Ok(None);
        }
        let names: Vec<String> = partners.iter().map(|(_, one)| one.to_string()).collect();
        let fields = partners.iter().take(self.thresholds.shown).map(|(field, _)| field.as_str());
        let evidence = std::iter::once(field).chain(fields).map(|one| self.field(one)).collect();
        Ok(Some((first(&names, 4), evidence)))
    }

    /// The first committees by name, those of organizations that are not addressed apart from the
    /// others.
    pub(crate) fn by_house(&self, committees: &[&Interest]) -> String {
        let addressed = self.addressed().unwrap_or_default();
        let (foreign, own): (Vec<&Interest>, Vec<&Interest>) = committees
            .iter()
            .copied()
            .partition(|one| !addressed.is_empty() && is_foreign(&one.committee, &addressed));
        let list = |committees: &[&Interest], most: usize| -> String {
            let names: Vec<String> = committees.iter().map(|one| named_with_share(one)).collect();
            first(&names, most)
        };
        match (foreign.is_empty(), own.is_empty()) {
            (false, false) => {
                format!("{}; of the same organization {}", list(&foreign, 2), list(&own, 2))
            }
            (false, true) => list(&foreign, 4),
            _ => list(&own, 4),
        }
    }

    /// The same committees, those of organizations that are not addressed before the others, so
    /// that the ones to be shown hold the most probable of both; the rest follows by probability.
    pub(crate) fn foreign_first(&self, committees: Vec<&'a Interest>) -> Vec<&'a Interest> {
        let Ok(addressed) = self.addressed() else { return committees };
        let (mut foreign, mut own): (Vec<&Interest>, Vec<&Interest>) =
            committees.into_iter().partition(|one| is_foreign(&one.committee, &addressed));
        let shown = self.thresholds.shown;
        let of_foreign = foreign.len().min((shown / 2).max(shown.saturating_sub(own.len())));
        let of_own = own.len().min(shown.saturating_sub(of_foreign));
        let mut rest = foreign.split_off(of_foreign);
        rest.extend(own.split_off(of_own));
        rest.sort_by(|a, b| {
            b.probability_by_texts()
                .total_cmp(&a.probability_by_texts())
                .then_with(|| a.committee.cmp(&b.committee))
        });
        foreign.into_iter().chain(own).chain(rest).collect()
    }

    /// The organizations beside those addressed that have committees from a probability on, with
    /// their committees.
    pub(crate) fn other_organizations(
        &self,
        from: f64,
    ) -> Result<Vec<(Organization, Vec<&'a Interest>)>, CannotTell> {
        let addressed = self.addressed()?;
        let committees = self.committees(|one| one.probability_by_texts() >= from)?;
        Ok(Organization::ALL
            .into_iter()
            .filter(|organization| !addressed.contains(organization))
            .filter_map(|organization| {
                let own: Vec<&Interest> = committees
                    .iter()
                    .copied()
                    .filter(|one| {
                        is_foreign(&one.committee, &addressed)
                            && one.committee.belongs_to(organization)
                    })
                    .collect();
                (!own.is_empty()).then_some((organization, own))
            })
            .collect())
    }

    /// Existing works from a closeness on that count for rules: in force or under way, and not of
    /// the addressee's own house unless nearly the same text. Closest first.
    pub(crate) fn live_overlaps(&self, from: Closeness) -> Result<Vec<&'a Overlap>, CannotTell> {
        let mut found: Vec<&Overlap> = self
            .overlaps()?
            .iter()
            .filter(|one| self.closeness(one) >= Some(from) && one.status != Status::Withdrawn)
            .filter(|one| {
                self.closeness(one) == Some(Closeness::NearDuplicate) || !self.is_own_work(one)
            })
            .collect();
        found.sort_by(|a, b| {
            b.similarity.total_cmp(&a.similarity).then_with(|| a.reference.cmp(&b.reference))
        });
        // A text common to two organizations that an index still holds twice is one work.
        let mut seen: Vec<&str> = Vec::new();
        found.retain(|one| {
            let again = one.references.iter().any(|reference| seen.contains(&reference.as_str()));
            seen.push(&one.reference);
            seen.extend(one.references.iter().map(String::as_str));
            !again
        });
        Ok(found)
    }

    /// How close a work is, by the thresholds of the checklist; nothing below the lowest.
    pub(crate) fn closeness(&self, overlap: &Overlap) -> Option<Closeness> {
        let thresholds = self.thresholds;
        let levels = OverlapThresholds {
            moderate: thresholds.overlap_moderate,
            strong: thresholds.overlap_strong,
            near_duplicate: thresholds.overlap_near_duplicate,
            possible: thresholds.overlap_possible,
            probable: thresholds.overlap_probable,
        };
        levels.closeness(overlap.similarity, overlap.probability)
    }

    /// True for a work of the committee that is addressed.
    pub(crate) fn is_own_work(&self, overlap: &Overlap) -> bool {
        overlap.own_series
            || (!overlap.owners.is_empty()
                && overlap.owners.iter().all(|owner| self.is_addressee(owner)))
    }

    /// Withdrawn works from a closeness on: worth knowing, never a shortcoming.
    pub(crate) fn withdrawn_overlaps(&self, from: Closeness) -> Vec<&'a Overlap> {
        self.overlaps
            .unwrap_or_default()
            .iter()
            .filter(|one| self.closeness(one) >= Some(from) && one.status == Status::Withdrawn)
            .collect()
    }

    /// Every text of the proposal, in the order of the record.
    pub(crate) fn texts(&self) -> &[Text] {
        self.texts.get_or_init(|| {
            self.proposal
                .texts()
                .map(|(field, text)| Text { field, text: text.to_owned(), spaced: spaced(text) })
                .collect()
        })
    }

    /// Everything that the proposal names.
    pub(crate) fn naming(&self) -> &Naming {
        self.naming.get_or_init(|| Naming::of(self.proposal, self.texts(), self.catalogue))
    }

    /// The fields that name a committee, its parent, a part of it, or one whose work it took over.
    pub(crate) fn mentions(&self, committee: &CommitteeRef) -> Vec<String> {
        let parent = self
            .catalogue
            .and_then(|catalogue| catalogue.parent(committee))
            .map(Committee::reference);
        let is_searched = |field: &String| field.starts_with("existing_work_searched");
        let mut fields = self.naming().fields_of(|named| committee.contains(named));
        let mut seen: HashSet<String> = fields.iter().cloned().collect();
        let line = self.naming().fields_of(|named| is_line(named, committee));
        // Whoever searched all of JTC 1 has not looked at each of its subcommittees.
        let above = self.naming().fields_of(|named| parent == Some(named));
        let wider = line.into_iter().chain(above).filter(|field| !is_searched(field));
        fields.extend(wider.filter(|field| seen.insert(field.clone())));
        fields
    }

    /// The fields that name a committee, by our own reading or by that of the matcher.
    pub(crate) fn mentions_of(&self, interest: &Interest) -> Vec<String> {
        let others = self.others.get().map(Vec::as_slice).unwrap_or_default();
        let interests = self.interests.unwrap_or_default();
        match others.iter().find(|(at, _)| std::ptr::eq(&interests[*at], interest)) {
            Some((_, known)) => known.get_or_init(|| self.find_mentions(interest)).clone(),
            None => self.find_mentions(interest),
        }
    }

    fn find_mentions(&self, interest: &Interest) -> Vec<String> {
        let mut fields = self.mentions(&interest.committee);
        if fields.is_empty() {
            fields.extend(interest.mentions.iter().map(|mention| mention.field.clone()));
        }
        if fields.is_empty() {
            fields.extend(self.left_to(interest).map(str::to_owned));
        }
        fields
    }

    /// The field that leaves something to a committee, by its name or in the words of its title:
    /// `left out are … ageing societies …`. Titles of one word say too little.
    pub(crate) fn left_to(&self, interest: &Interest) -> Option<&'static str> {
        let left_out = self.left_out();
        if left_out.is_empty() {
            return None;
        }
        let title: &str = &spaced(&interest.title);
        let is_telling = title.trim().contains(' ');
        let is_left = |one: &&LeftOut| {
            (is_telling && one.spaced.contains(title))
                || one.committees.iter().any(|named| self.is_family(named, &interest.committee))
        };
        left_out.iter().find(is_left).map(|one| one.field)
    }

    /// What the proposal leaves to others, in its own field and in sentences of the scope.
    pub(crate) fn left_out(&self) -> &[LeftOut] {
        self.left_out.get_or_init(|| {
            let own = self.proposal.out_of_scope.iter().map(|one| LeftOut {
                field: "out_of_scope",
                spaced: spaced(&one.subject),
                committees: one.committees().cloned().collect(),
            });
            let of_scope = sentences(&self.proposal.scope).filter_map(|sentence| {
                let spaced = spaced(sentence);
                let is_committee = |found: Found| match found.reference {
                    Reference::Committee(committee) => Some(committee),
                    Reference::Standard(_) => None,
                };
                has_any(&spaced, EXCLUDING).then(|| LeftOut {
                    field: "scope",
                    spaced,
                    committees: find_references(sentence, self.proposal.organization)
                        .filter_map(is_committee)
                        .collect(),
                })
            });
            own.chain(of_scope).collect()
        })
    }

    /// True when one of the given fields names the committee.
    pub(crate) fn mentioned_in(&self, committee: &CommitteeRef, fields: &[&str]) -> bool {
        self.mentions(committee).iter().any(|field| fields.iter().any(|one| field.starts_with(one)))
    }

    /// A field as evidence, with its place in the proposer's file and the beginning of what stands
    /// there.
    pub(crate) fn field(&self, field: &str) -> Evidence {
        let place = self.proposal.place(field);
        let text = self
            .first_text(field)
            .or_else(|| self.first_no_answer(field))
            .or(place.map(|place| place.text.as_str()));
        let shown = match text {
            Some(text) => excerpt(text, SHOWN_CHARACTERS),
            None if self.proposal.has_places() => String::new(),
            None => excerpt(&self.record_text(field), SHOWN_CHARACTERS),
        };
        Evidence::Field {
            field: field.to_owned(),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            excerpt: shown,
        }
    }

    /// Items of a list as evidence; at most as many as are to be shown.
    pub(crate) fn items(
        &self,
        list: &str,
        places: impl IntoIterator<Item = usize>,
    ) -> Vec<Evidence> {
        let shown = places.into_iter().take(self.thresholds.shown);
        shown.map(|at| self.field(&format!("{list}[{at}]"))).collect()
    }

    /// The text of a field, or else the first of a list, or of what a record in a list says.
    fn first_text(&self, field: &str) -> Option<&str> {
        let texts = self.texts();
        let (own, inside) = self.first_texts.get_or_init(|| {
            let (mut own, mut inside) = (HashMap::new(), HashMap::new());
            for (at, one) in texts.iter().enumerate() {
                own.entry(one.field.clone()).or_insert(at);
                for outer in with_ancestors(&one.field).skip(1) {
                    if one.field[outer.len()..].starts_with('[') || outer.ends_with(']') {
                        inside.entry(outer.to_owned()).or_insert(at);
                    }
                }
            }
            (own, inside)
        });
        let at = own.get(field).or_else(|| inside.get(field))?;
        Some(texts[*at].text.as_str())
    }

    /// What stands in a field, or inside of it, and is no answer.
    fn first_no_answer(&self, field: &str) -> Option<&'a str> {
        let open = self.open;
        let first = self.first_open.get_or_init(|| {
            let mut first = HashMap::new();
            for (at, one) in open.iter().enumerate() {
                for outer in with_ancestors(&one.field) {
                    first.entry(outer.to_owned()).or_insert(at);
                }
            }
            first
        });
        first.get(field).map(|at| open[*at].text.as_str())
    }

    /// A field as evidence, with the sentence of it that holds a phrase.
    pub(crate) fn field_saying(&self, field: &str, phrase: &str) -> Evidence {
        let mut evidence = self.field(field);
        let text = self.first_text(field);
        let sentence =
            text.and_then(|text| sentences(text).find(|sentence| has(&spaced(sentence), phrase)));
        if let (Evidence::Field { excerpt: shown, .. }, Some(sentence)) = (&mut evidence, sentence)
        {
            *shown = excerpt(sentence, SHOWN_CHARACTERS);
        }
        evidence
    }

    /// The field whose text is like a work, with the passage that is; the title, where no passage is
    /// known.
    pub(crate) fn field_like(&self, overlap: &Overlap) -> Evidence {
        let Some(passage) = overlap.passage.as_deref() else { return self.field("title") };
        let Some(text) = self.texts().iter().find(|one| one.text.contains(passage)) else {
            return self.field("title");
        };
        let mut evidence = self.field(&text.field);
        if let Evidence::Field { excerpt: shown, .. } = &mut evidence {
            *shown = excerpt(passage, SHOWN_CHARACTERS);
        }
        evidence
    }

    /// The record as a tree.
    pub(crate) fn record(&self) -> &serde_json::Value {
        self.record.get_or_init(|| serde_json::to_value(self.proposal).unwrap_or_default())
    }

    /// What the record has in a field, as it would stand in a file; empty where there is nothing.
    fn record_text(&self, field: &str) -> String {
        let record = self.record();
        let path = field
            .split(['.', '['])
            .fold(String::new(), |path, part| path + "/" + part.trim_end_matches(']'));
        match record.pointer(&path) {
            None | Some(serde_json::Value::Null) => String::new(),
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        }
    }

    /// The committees as evidence, with the fields that name them; at most as many as are to be
    /// shown.
    pub(crate) fn committee_evidence(&self, committees: &[&Interest]) -> Vec<Evidence> {
        let (shown, rest) = committees.split_at(committees.len().min(self.thresholds.shown));
        let mut evidence: Vec<Evidence> =
            shown.iter().map(|one| Evidence::committee(one, self.mentions_of(one))).collect();
        if let Some(next) = rest.iter().map(|one| one.probability_by_texts()).reduce(f64::max) {
            let number = count(rest.len(), "more committee", "more committees");
            evidence.push(Evidence::fact(format!("and {number}, the next at {}", percent(next))));
        }
        evidence
    }

    /// The works as evidence; at most as many as are to be shown.
    pub(crate) fn work_evidence(&self, works: &[&Overlap]) -> Vec<Evidence> {
        let (shown, rest) = works.split_at(works.len().min(self.thresholds.shown));
        let mut evidence: Vec<Evidence> =
            shown.iter().map(|one| Evidence::work(one, self.work_field(one))).collect();
        if let Some(next) = rest.iter().map(|one| one.similarity).reduce(f64::max) {
            let number = count(rest.len(), "more work", "more works");
            evidence.push(Evidence::fact(format!("and {number}, the next at {}", percent(next))));
        }
        evidence
    }

    /// The first field that names a work, or another part of its series.
    pub(crate) fn work_field(&self, overlap: &Overlap) -> Option<String> {
        self.naming().field_of_work(overlap).or_else(|| overlap.named_in.clone())
    }

    /// True when the proposal asks for what is of this kind.
    pub(crate) fn is(&self, kind: Kind) -> bool {
        self.proposal.kind == Some(kind)
    }

    /// True when the proposal asks for a new field of work, the one case in which more is demanded.
    pub(crate) fn is_new_field(&self) -> bool {
        self.is(Kind::NewField)
    }

    /// True when the proposal goes to ITU-T.
    pub(crate) fn is_itu(&self) -> bool {
        self.organization().is_ok_and(|organization| organization == Organization::ItuT)
            || matches!(
                self.proposal.kind,
                Some(Kind::ItuQuestion | Kind::ItuWorkItem | Kind::ItuFocusGroup)
            )
    }
}

/// True when one committee is the other, or stands above or below it.
fn is_line(one: &CommitteeRef, other: &CommitteeRef) -> bool {
    one.contains(other) || other.contains(one)
}

/// True when none of the committee's organizations is addressed.
pub(crate) fn is_foreign(committee: &CommitteeRef, addressed: &[Organization]) -> bool {
    !addressed.iter().any(|organization| committee.belongs_to(*organization))
}
