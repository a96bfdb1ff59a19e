//! From facts to a mode of cooperation: a table, and the reasons.

use serde::{Deserialize, Serialize};

use super::mode::{Pair, degree};
use crate::checklist::wording::{listed, percent};
use crate::checklist::{CannotTell, Context};
use crate::matching::{Closeness, Interest, Overlap};
use crate::proposal::words::words;
use crate::proposal::{CollaborationMode, Outcome, TextForm};
use crate::reference::{CommitteeRef, Organization};
use crate::standards::Status;

/// A row of the table from facts to a suggested step.
///
/// The table is this crate's own inference, built on the modes of ISO/IEC Directives, Part 1,
/// B.4.2.2 and of ITU-T A.23 Annex A.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Situation {
    /// The other committee may be concerned; no text is close.
    MayBeConcerned,
    /// A text of the other is near; one side clearly leads.
    NearText,
    /// A recent text of the other is on the same subject.
    SameSubject,
    /// A living text of the other is nearly the same.
    SameText,
    /// All three organizations have committees that are likely to be concerned.
    ThreeOrganizations,
    /// Many committees of two organizations, and nobody clearly leads.
    WideField,
}

words!(Situation, "situation", {
    MayBeConcerned => "may_be_concerned",
    NearText => "near_text",
    SameSubject => "same_subject",
    SameText => "same_text",
    ThreeOrganizations => "three_organizations",
    WideField => "wide_field",
});

/// The table: each situation, how it is told, and the step that fits.
pub const SITUATIONS: [(Situation, &str, &str); 6] = [
    (
        Situation::MayBeConcerned,
        "the committee may be concerned, and none of its texts is near",
        "exchange documents: informative relation (ISO and IEC) or liaison (with ITU-T)",
    ),
    (
        Situation::NearText,
        "a text of the committee is near, or on the same subject but old",
        "one leads, the other takes part: collaborative, contributive or, for a part that can be cut out, subcontracting relation (ISO and IEC); liaison with a representative (with ITU-T)",
    ),
    (
        Situation::SameSubject,
        "a recent text of the committee is on the same subject",
        "make one text together: joint working group (ISO and IEC), collaborative interchange or team (ITU-T and JTC 1), common team (ITU-T and others)",
    ),
    (
        Situation::SameText,
        "a living text of the committee is nearly the same",
        "do not start: adopt it, refer to it, revise it there, or turn it into a common text",
    ),
    (
        Situation::ThreeOrganizations,
        "committees of all three organizations are likely to be concerned",
        "tell the boards through SPCG: joint task force, or joint coordination activity with guests, then a mode for each document",
    ),
    (
        Situation::WideField,
        "many committees of two organizations are likely to be concerned, and none clearly leads",
        "consider a standing joint body: joint committee or systems committee (ISO and IEC), focus group or joint coordination activity (with ITU-T)",
    ),
];

/// A suggestion how to work together with one committee, or on the field as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Advice {
    /// With whom; nothing for advice on the field as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committee: Option<CommitteeRef>,
    /// Its title.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The organizations beside those addressed.
    pub organizations: Vec<Organization>,
    /// The row of the table.
    pub situation: Situation,
    /// The suggested mode.
    pub mode: CollaborationMode,
    /// Modes that would do as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<CollaborationMode>,
    /// How one text could serve both, where that is to be thought of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_form: Option<TextForm>,
    /// The facts behind it, in one sentence.
    pub reason: String,
}

impl Advice {
    /// The step of the table in words.
    #[must_use]
    pub fn step(&self) -> &'static str {
        SITUATIONS
            .iter()
            .find(|(situation, ..)| *situation == self.situation)
            .map_or("", |(.., step)| step)
    }

    /// By how many steps a mode differs from the suggested one; see [`degree`].
    #[must_use]
    pub fn distance(&self, mode: CollaborationMode) -> u8 {
        std::iter::once(self.mode)
            .chain(self.alternatives.iter().copied())
            .map(|one| degree(one).abs_diff(degree(mode)))
            .min()
            .unwrap_or(0)
    }
}

/// Suggests a mode of cooperation for each committee of another organization that may be concerned,
/// closest cooperation first, after advice on the field as a whole.
///
/// Without an index of standards the closeness of texts is not known: the suggestion then rests on
/// the committees alone, and says so.
///
/// # Errors
/// When there are no committees to judge by, or the proposal does not say which organization it is
/// addressed to.
pub fn advise(context: &Context<'_>) -> Result<Vec<Advice>, CannotTell> {
    let thresholds = context.thresholds;
    let organization = context.organization()?;
    let addressee = context.proposal.committee.as_ref();
    let mut advice = as_a_whole(context)?;
    let mut single: Vec<Advice> = Vec::new();
    for (_, committees) in context.other_organizations(thresholds.committee_possible)? {
        for interest in committees {
            if single.iter().any(|one| one.committee.as_ref() == Some(&interest.committee)) {
                continue;
            }
            let pair = Pair::of(organization, addressee, &interest.committee);
            single.push(for_committee(context, interest, pair));
        }
    }
    single.sort_by(|a, b| degree(b.mode).cmp(&degree(a.mode)).then(b.situation.cmp(&a.situation)));
    advice.extend(single);
    Ok(advice)
}

fn for_committee(context: &Context<'_>, interest: &Interest, pair: Pair) -> Advice {
    let overlaps = context.live_overlaps(Closeness::Moderate);
    let theirs: Vec<&Overlap> = overlaps
        .as_deref()
        .unwrap_or_default()
        .iter()
        .copied()
        .filter(|one| one.owners.iter().any(|owner| context.is_family(owner, &interest.committee)))
        .collect();
    let nearest = theirs.first();
    let mut facts =
        vec![format!("may be concerned ({})", percent(interest.probability_by_texts()))];
    let situation = match nearest {
        None => Situation::MayBeConcerned,
        Some(one) => {
            let (said, situation) = match context.closeness(one) {
                Some(Closeness::NearDuplicate) => ("nearly the same text", Situation::SameText),
                Some(Closeness::Strong) if is_recent(context, one) => {
                    ("close to it", Situation::SameSubject)
                }
                Some(Closeness::Strong) => ("close to it, but old", Situation::NearText),
                _ => ("near", Situation::NearText),
            };
            facts.push(format!("{} is {said}", one.reference));
            situation
        }
    };
    if overlaps.is_err() {
        facts.push("closeness of texts not known".to_owned());
    }
    let (mut mode, mut alternatives): (CollaborationMode, Vec<CollaborationMode>) = match situation
    {
        Situation::NearText => with_alternatives(pair.contributing()),
        Situation::SameSubject | Situation::SameText => with_alternatives(pair.joint()),
        _ => (pair.informing(), Vec::new()),
    };
    let text_form = match situation {
        Situation::SameText => Some(TextForm::Adoption),
        Situation::SameSubject if has_common_text(&theirs) => Some(TextForm::CommonText),
        _ => None,
    };
    // What the committee itself has said counts more than any likeness.
    if let Some((outcome, wanted)) = wish(context, &interest.committee, pair) {
        facts.push(format!("by the record of contacts it {}", outcome.told()));
        if degree(wanted.0) != degree(mode) && situation != Situation::SameText {
            (mode, alternatives) = wanted;
        }
    }
    if is_in_liaison(context, &interest.committee) {
        facts.push("a liaison is on record".to_owned());
    }
    if has_common_text(&theirs) {
        facts.push("both publish common texts on it".to_owned());
    }
    Advice {
        committee: Some(interest.committee.clone()),
        title: interest.title.clone(),
        organizations: interest.committee.organizations().to_vec(),
        situation,
        mode,
        alternatives,
        text_form,
        reason: listed(&facts),
    }
}

fn with_alternatives(
    modes: (CollaborationMode, &[CollaborationMode]),
) -> (CollaborationMode, Vec<CollaborationMode>) {
    (modes.0, modes.1.to_vec())
}

/// The mode that an answer of the committee asks for.
fn wish(
    context: &Context<'_>,
    committee: &CommitteeRef,
    pair: Pair,
) -> Option<(Outcome, (CollaborationMode, Vec<CollaborationMode>))> {
    let answers = context.proposal.contacts_made.iter().filter(|contact| {
        contact
            .committee
            .as_ref()
            .and_then(|body| body.committee())
            .is_some_and(|asked| context.is_family(asked, committee))
    });
    let outcome = answers
        .filter_map(|contact| contact.outcome)
        .filter(|one| *one != Outcome::NoAnswer)
        .max_by_key(|outcome| match outcome {
            Outcome::JointWork => 5,
            Outcome::Contribute => 4,
            Outcome::Liaison => 3,
            Outcome::InformUs => 2,
            Outcome::Objection => 1,
            Outcome::NoInterest | Outcome::NoAnswer => 0,
        })?;
    let mode = match outcome {
        Outcome::JointWork => with_alternatives(pair.joint()),
        Outcome::Contribute => with_alternatives(pair.contributing()),
        Outcome::Liaison => (CollaborationMode::Liaison, vec![CollaborationMode::Informative]),
        Outcome::InformUs => (pair.informing(), Vec::new()),
        Outcome::NoInterest => (CollaborationMode::None, Vec::new()),
        // An objection is no wish for a mode: the ladder deals with it.
        Outcome::Objection | Outcome::NoAnswer => return None,
    };
    Some((outcome, mode))
}

/// True for drafts, and for texts published within the last few years.
fn is_recent(context: &Context<'_>, overlap: &Overlap) -> bool {
    overlap.status == Status::UnderDevelopment
        || match (overlap.year, context.today()) {
            (Some(year), Some(today)) => {
                year + context.thresholds.recent_work_years >= today.year()
            }
            // Without a year or a day of reference a text in force counts.
            _ => true,
        }
}

fn has_common_text(overlaps: &[&Overlap]) -> bool {
    overlaps
        .iter()
        .any(|one| one.organizations.contains(&Organization::ItuT) && one.organizations.len() > 1)
}

/// Whether a liaison of the committee with the addressee is on record, or with the organization
/// that is addressed.
pub(crate) fn is_in_liaison(context: &Context<'_>, committee: &CommitteeRef) -> bool {
    let Ok(catalogue) = context.catalogue() else { return false };
    match &context.proposal.committee {
        Some(addressee) => {
            catalogue.liaisons(addressee).any(|one| one.reference() == committee)
                || committee
                    .organizations()
                    .iter()
                    .any(|organization| catalogue.has_liaison_with(addressee, *organization))
        }
        None => context
            .organization()
            .is_ok_and(|organization| catalogue.has_liaison_with(committee, organization)),
    }
}

/// Advice on the field as a whole.
fn as_a_whole(context: &Context<'_>) -> Result<Vec<Advice>, CannotTell> {
    let thresholds = context.thresholds;
    let others = context.other_organizations(thresholds.committee_likely)?;
    // A joint committee stands for one party here, not for two.
    let organizations: Vec<Organization> = others
        .iter()
        .filter(|(organization, committees)| {
            committees.iter().any(|one| one.committee.organization() == *organization)
        })
        .map(|(organization, _)| *organization)
        .collect();
    let addressed = context.addressed()?;
    let committees = |organization: Organization| -> Result<usize, CannotTell> {
        let likely = context.likely()?;
        Ok(likely.iter().filter(|one| one.committee.belongs_to(organization)).count())
    };
    let itu =
        addressed.contains(&Organization::ItuT) || organizations.contains(&Organization::ItuT);
    let mut advice = Vec::new();
    let mut add = |situation, mode, alternatives: &[CollaborationMode], reason| {
        advice.push(Advice {
            committee: None,
            title: String::new(),
            organizations: organizations.clone(),
            situation,
            mode,
            alternatives: alternatives.to_vec(),
            text_form: None,
            reason,
        });
    };
    let mut counts = Vec::new();
    let mut wide = 0;
    for organization in Organization::ALL {
        let number = committees(organization)?;
        if number > 0 {
            counts.push(format!("{number} of {organization}"));
        }
        if number >= thresholds.wide_field_committees {
            wide += 1;
        }
    }
    if organizations.len() >= 2 {
        add(
            Situation::ThreeOrganizations,
            CollaborationMode::JointTaskForce,
            &[CollaborationMode::JointCoordinationActivity],
            format!("committees that may be concerned: {}", listed(&counts)),
        );
    }
    if wide >= 2 && context.is_new_field() {
        let (mode, alternatives): (_, &[CollaborationMode]) = if itu {
            (CollaborationMode::FocusGroup, &[CollaborationMode::JointCoordinationActivity])
        } else {
            (CollaborationMode::JointCommittee, &[CollaborationMode::Integrated])
        };
        add(
            Situation::WideField,
            mode,
            alternatives,
            format!("committees that may be concerned: {}", listed(&counts)),
        );
    }
    Ok(advice)
}
