//! Proposals for new work: the record, and its readers.
//!
//! [`Proposal`] holds the fields that the forms of ISO, IEC and ITU-T share, and those that
//! coordination needs. It is read from a file ([`Proposal::from_path`]) or put together in a
//! program ([`Proposal::builder`]):
//!
//! ```
//! use spcg::Proposal;
//!
//! let proposal = Proposal::from_toml(
//!     r#"
//!     title = "Vocabulary of delivery robots on pavements"
//!     organization = "ISO"
//!     kind = "new_work_item"
//!     scope = "Terms for small robots that carry goods on pavements."
//!     out_of_scope = "industrial robots (ISO/TC 299); road vehicles (ISO/TC 22)"
//!     related_committees = ["ISO/TC 204", "IEC TC 69"]
//!
//!     [[contacts_made]]
//!     committee = "ISO/TC 299"
//!     date = "2024-05"
//!     outcome = "liaison"
//!     "#,
//! )?;
//! assert_eq!(proposal.out_of_scope.len(), 2);
//! assert_eq!(proposal.place("contacts_made[0].outcome").unwrap().line, 12);
//! # Ok::<(), spcg::Error>(())
//! ```

pub(crate) mod answer;
mod body;
mod builder;
mod classification;
mod contact;
mod cooperation;
mod exclusion;
mod kind;
mod labels;
mod lenient;
pub(crate) mod malformed;
mod place;
mod plan;
mod read;
mod reading;
mod search;
mod texts;
pub(crate) mod words;
mod write;

pub use crate::date::Date;
pub use answer::{Answer, NonAnswer};
pub use body::{Body, Citation};
pub use builder::ProposalBuilder;
pub use classification::IcsCode;
pub use contact::{Contact, Disagreement, Outcome};
pub use cooperation::{
    CollaborationMode, ExistingCommitteeOption, JointWork, LeadArrangement, Liaison,
    SubmittedElsewhere, TextForm,
};
pub use exclusion::Exclusion;
pub use kind::{Deliverable, Kind};
pub(crate) use labels::in_words;
pub use labels::{field_label, field_question};
pub use place::Place;
pub use plan::{
    BaseDocument, BaseDocumentForm, Leadership, Patents, Stakeholder, StakeholderGroup, Supporter,
    Timeline,
};
pub use read::Format;
#[cfg(feature = "docx")]
pub(crate) use read::{controls, paragraphs_of};
pub use reading::{Guidance, Reading, RecognizedHeading, Remark, UnrecognizedHeading};
pub use search::{Covers, RelatedStandard, Search};

use std::path::Path;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::reference::{CommitteeRef, Organization};

/// A proposal for new work: a new field, a new work item, a Question, a focus group, …
///
/// Every field may be missing: what a proposal lacks is for the checklist to say. Files name the
/// fields as they are named here; fields of other names are refused.
///
/// Two proposals are equal when they say the same, wherever they were read.
///
/// It can be deserialized from any format that describes itself, and is then the same record as
/// that which the readers give ([`Proposal::settle`] is done), without places. Bounds on texts and
/// lists are those of the readers alone: what comes from strangers goes through them.
///
/// ```
/// use spcg::Proposal;
///
/// let text = r#"{"title": "Smart lifts", "organization": "ISO", "related_committees": "TC 204, IEC TC 69"}"#;
/// let proposal: Proposal = serde_json::from_str(text)?;
/// assert_eq!(proposal, Proposal::from_json(text)?);
/// assert_eq!(proposal.related_committees[0].committee().unwrap().to_string(), "ISO/TC 204");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("examples" = [{
    "title": "Vocabulary of delivery robots on pavements",
    "organization": "ISO",
    "kind": "new_work_item",
    "date": "2024-05-17",
    "scope": "Terms for small robots that carry goods on pavements.",
    "out_of_scope": ["industrial robots (ISO/TC 299)"],
    "related_committees": ["ISO/TC 204", "IEC TC 69"],
}])))]
// What is derived is wrapped below: the record is settled before anyone sees it.
#[serde(deny_unknown_fields, default, remote = "Self")]
#[non_exhaustive]
pub struct Proposal {
    /// A name for this proposal in the user's own files.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub id: Option<String>,
    /// Its number at the organization, such as `TS/P 294`.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub reference: Option<String>,
    /// The title.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub title: String,
    /// The organization that the proposal is addressed to.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    #[cfg_attr(feature = "schema", schemars(with = "Organization"))]
    pub organization: Option<Organization>,
    /// The committee that the proposal is addressed to, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    #[cfg_attr(feature = "schema", schemars(with = "Body"))]
    pub committee: Option<CommitteeRef>,
    /// What the proposal asks for.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    pub kind: Option<Kind>,
    /// When it was submitted.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    pub date: Option<Date>,
    /// Who proposes: `SAC (China)`; see [`Proposal::proposer_country`].
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub proposer: Option<String>,
    /// The language of the text, such as `en`.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub language: Option<String>,
    /// What the work is about and where it stops.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub scope: String,
    /// What is left to others. Where the field is not given, it is filled with what the scope says
    /// that it leaves out.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::LenientList<Exclusion>"))]
    pub out_of_scope: Vec<Exclusion>,
    /// What the work is for.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub purpose: String,
    /// Why it is needed.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub justification: String,
    /// Who needs it, and how that is known.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub market_need: String,
    /// Who gains or is affected.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::LenientList<Stakeholder>"))]
    pub stakeholders: Vec<Stakeholder>,
    /// The parts of the planned work, in order.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::LenientList<String>"))]
    pub programme: Vec<String>,
    /// What is to be published.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    pub target_deliverable: Option<Deliverable>,
    /// The subject in the International Classification for Standards.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::LenientList<IcsCode>"))]
    pub ics_codes: Vec<IcsCode>,
    /// The searches for existing work.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::LenientList<Search>"))]
    pub existing_work_searched: Vec<Search>,
    /// Documents that matter to the work.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::LenientList<RelatedStandard>"))]
    pub related_standards: Vec<RelatedStandard>,
    /// Committees and other bodies whose work touches it.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::LenientList<Body>"))]
    pub related_committees: Vec<Body>,
    /// Whether an existing committee could take the work.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::Lenient<ExistingCommitteeOption>"))]
    pub existing_committee_option: Option<ExistingCommitteeOption>,
    /// What else could be done instead of new work.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub alternatives_considered: Option<String>,
    /// Whether it went to another standards body too.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::Lenient<SubmittedElsewhere>"))]
    pub submitted_elsewhere: Option<SubmittedElsewhere>,
    /// Who was asked before, and what they answered.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::LenientList<Contact>"))]
    pub contacts_made: Vec<Contact>,
    /// Disagreements that are not settled.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::LenientList<Disagreement>"))]
    pub open_disagreements: Vec<Disagreement>,
    /// The liaisons that the work needs.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::LenientList<Liaison>"))]
    pub liaisons: Vec<Liaison>,
    /// The mode of cooperation with other organizations.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    pub collaboration_mode: Option<CollaborationMode>,
    /// How one text is to serve several organizations.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    pub text_form: Option<TextForm>,
    /// Whether joint work was considered.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::Lenient<JointWork>"))]
    pub joint_work_considered: Option<JointWork>,
    /// In joint work: who leads, ballots and publishes.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::Lenient<LeadArrangement>"))]
    pub lead_arrangement: Option<LeadArrangement>,
    /// Who keeps the result up to date, and in step with related texts.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub maintenance: Option<String>,
    /// The dates of the work.
    #[serde(skip_serializing_if = "Timeline::is_empty")]
    pub timeline: Timeline,
    /// The text that the work starts from.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::Lenient<BaseDocument>"))]
    pub base_document: Option<BaseDocument>,
    /// Who leads.
    #[serde(skip_serializing_if = "Leadership::is_empty")]
    pub leadership: Leadership,
    /// The group that is to develop it.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub development_group: Option<String>,
    /// Who takes part or backs it.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::LenientList<Supporter>"))]
    pub supporters: Vec<Supporter>,
    /// Whether patents on the subject are known.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::Lenient<Patents>"))]
    pub patents_known: Option<Patents>,
    /// Anything else.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub notes: Option<String>,
    /// Text of a form under headings that this crate does not know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unrecognized: Vec<UnrecognizedText>,
    #[serde(skip)]
    origin: place::Origin,
}

/// Text of a form under a heading that this crate does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct UnrecognizedText {
    /// The heading; empty for text before the first heading.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub heading: String,
    /// The text.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub text: String,
}

impl Serialize for Proposal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Proposal::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Proposal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Proposal, D::Error> {
        let mut proposal = Proposal::deserialize(deserializer)?;
        proposal.settle();
        Ok(proposal)
    }
}

impl Proposal {
    /// A proposal to be put together in a program.
    pub fn builder() -> ProposalBuilder {
        ProposalBuilder::default()
    }

    /// The file that it was read from.
    #[must_use]
    pub fn source(&self) -> Option<&Path> {
        self.origin.known()?.path.as_deref()
    }

    /// Where a field stood in the file: `scope`, `contacts_made[2]`, `contacts_made[2].outcome`.
    /// For a part that has no place of its own, the place of what it stands in.
    #[must_use]
    pub fn place(&self, field: &str) -> Option<&Place> {
        self.origin.place(field)
    }

    /// True when it is known where its fields stood, so that a field without a place was not filled
    /// in.
    pub(crate) fn has_places(&self) -> bool {
        self.origin.known().is_some_and(|known| !known.places.is_empty())
    }

    /// How it was read, when it was read from a form or another text with headings.
    #[must_use]
    pub fn reading(&self) -> Option<&Reading> {
        let reading = &self.origin.known()?.reading;
        (*reading != Reading::default()).then_some(reading)
    }

    /// The country of the proposer, where it stands in parentheses: `SAC (China)`.
    #[must_use]
    pub fn proposer_country(&self) -> Option<&str> {
        plan::with_country(self.proposer.as_deref()?).1
    }

    /// Reads bare numbers of committees (`TC 57`) in the context of the organization that is
    /// addressed, and finds exclusions in the scope where [`out_of_scope`](Proposal::out_of_scope)
    /// is empty.
    ///
    /// The readers and the builder have done this already; only a proposal that was deserialized by
    /// other means, or changed afterwards, needs it.
    pub fn settle(&mut self) {
        // The acronym of a work item is no part of what its title says.
        if let Some((acronym, title)) = read::forms::work_item(&self.title) {
            let (acronym, title) = (acronym.to_owned(), title.to_owned());
            self.reference.get_or_insert(acronym);
            self.title = title;
        }
        let context = self.organization;
        // «New work item» is what ITU-T calls its own kind too.
        let is_itu = context
            .or_else(|| self.committee.as_ref().map(CommitteeRef::organization))
            .is_some_and(|organization| organization == Organization::ItuT);
        if is_itu && self.kind == Some(Kind::NewWorkItem) {
            self.kind = Some(Kind::ItuWorkItem);
        }
        search::merge(&mut self.related_standards);
        if self.out_of_scope.is_empty() {
            self.out_of_scope = exclusion::exclusions_in(&self.scope);
        }
        self.out_of_scope.iter_mut().for_each(|exclusion| exclusion.settle(context));
        if let Some(option) = &mut self.existing_committee_option {
            option.settle(context);
        }
        let contacts =
            self.contacts_made.iter_mut().filter_map(|contact| contact.committee.as_mut());
        let disagreements =
            self.open_disagreements.iter_mut().filter_map(|one| one.committee.as_mut());
        let liaisons = self.liaisons.iter_mut().map(|liaison| &mut liaison.body);
        let elsewhere = self.submitted_elsewhere.iter_mut().filter_map(|one| one.body.as_mut());
        let lead = self.lead_arrangement.iter_mut().filter_map(|one| one.lead.as_mut());
        let bodies = self.related_committees.iter_mut();
        for body in
            bodies.chain(contacts).chain(disagreements).chain(liaisons).chain(elsewhere).chain(lead)
        {
            body.settle(context);
        }
    }
}
