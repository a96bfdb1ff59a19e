//! Putting a proposal together in a program.

use super::{
    Body, CollaborationMode, Contact, Date, Deliverable, Exclusion, IcsCode, JointWork, Kind,
    Liaison, Proposal, RelatedStandard, Search, Stakeholder, SubmittedElsewhere, Supporter,
    Timeline,
};
use crate::reference::{CommitteeRef, Organization};

/// Puts a [`Proposal`] together; the fields that it does not name can be set on the proposal
/// itself.
///
/// ```
/// use spcg::Proposal;
/// use spcg::proposal::{Contact, Kind};
/// use spcg::reference::Organization;
///
/// let proposal = Proposal::builder()
///     .title("Vocabulary of delivery robots on pavements")
///     .organization(Organization::Iso)
///     .kind(Kind::NewWorkItem)
///     .scope("Terms for small robots that carry goods on pavements.")
///     .excludes("industrial robots (TC 299)")
///     .related_committee("IEC TC 69")
///     .contact(Contact::new("ISO/TC 299"))
///     .build();
/// assert_eq!(proposal.out_of_scope[0].committees().next().unwrap().to_string(), "ISO/TC 299");
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ProposalBuilder(Proposal);

/// One method a field.
macro_rules! setters {
    ($($(#[doc = $doc:literal])* $name:ident($argument:ident: $type:ty) => |$proposal:ident| $set:expr;)*) => {
        impl ProposalBuilder {
            $(
                $(#[doc = $doc])*
                pub fn $name(mut self, $argument: $type) -> ProposalBuilder {
                    let $proposal = &mut self.0;
                    $set;
                    self
                }
            )*
        }
    };
}

setters! {
    /// A name in the user's own files.
    id(id: impl Into<String>) => |proposal| proposal.id = Some(id.into());
    /// The number at the organization.
    reference(number: impl Into<String>) => |proposal| proposal.reference = Some(number.into());
    /// The title.
    title(title: impl Into<String>) => |proposal| proposal.title = title.into();
    /// The organization that is addressed.
    organization(organization: Organization) => |proposal| proposal.organization = Some(organization);
    /// The committee that is addressed.
    committee(committee: CommitteeRef) => |proposal| proposal.committee = Some(committee);
    /// What is asked for.
    kind(kind: Kind) => |proposal| proposal.kind = Some(kind);
    /// When it was submitted.
    date(date: Date) => |proposal| proposal.date = Some(date);
    /// Who proposes.
    proposer(proposer: impl Into<String>) => |proposal| proposal.proposer = Some(proposer.into());
    /// What the work is about and where it stops.
    scope(scope: impl Into<String>) => |proposal| proposal.scope = scope.into();
    /// Adds something that is left to others; the committees are found in the text.
    excludes(subject: &str) => |proposal| proposal.out_of_scope.push(Exclusion::new(subject));
    /// What the work is for.
    purpose(purpose: impl Into<String>) => |proposal| proposal.purpose = purpose.into();
    /// Why it is needed.
    justification(text: impl Into<String>) => |proposal| proposal.justification = text.into();
    /// Who needs it, and how that is known.
    market_need(text: impl Into<String>) => |proposal| proposal.market_need = text.into();
    /// Adds someone who gains or is affected.
    stakeholder(stakeholder: Stakeholder) => |proposal| proposal.stakeholders.push(stakeholder);
    /// What is to be published.
    target_deliverable(deliverable: Deliverable) => |proposal| proposal.target_deliverable = Some(deliverable);
    /// Adds a code of the International Classification for Standards.
    ics_code(code: IcsCode) => |proposal| proposal.ics_codes.push(code);
    /// Adds a search for existing work.
    search(search: Search) => |proposal| proposal.existing_work_searched.push(search);
    /// Adds a document that matters to the work.
    related_standard(standard: RelatedStandard) => |proposal| proposal.related_standards.push(standard);
    /// Adds a committee or other body whose work touches it.
    related_committee(body: impl Into<Body>) => |proposal| proposal.related_committees.push(body.into());
    /// Adds someone who was asked.
    contact(contact: Contact) => |proposal| proposal.contacts_made.push(contact);
    /// Adds a liaison that the work needs.
    liaison(liaison: Liaison) => |proposal| proposal.liaisons.push(liaison);
    /// The mode of cooperation with other organizations.
    collaboration_mode(mode: CollaborationMode) => |proposal| proposal.collaboration_mode = Some(mode);
    /// Whether joint work was considered.
    joint_work(answer: JointWork) => |proposal| proposal.joint_work_considered = Some(answer);
    /// Whether it went to another standards body too.
    submitted_elsewhere(answer: SubmittedElsewhere) => |proposal| proposal.submitted_elsewhere = Some(answer);
    /// The dates of the work.
    timeline(timeline: Timeline) => |proposal| proposal.timeline = timeline;
    /// Adds someone who takes part or backs it.
    supporter(supporter: Supporter) => |proposal| proposal.supporters.push(supporter);
    /// Sets anything else.
    set(change: impl FnOnce(&mut Proposal)) => |proposal| change(proposal);
}

impl ProposalBuilder {
    /// The proposal. Bare numbers of committees are read in the context of its organization.
    #[must_use]
    pub fn build(mut self) -> Proposal {
        self.0.settle();
        self.0
    }
}
