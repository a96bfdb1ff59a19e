//! Who settles what is disputed: the levels of the technical coordination mechanism.

use crate::Proposal;
use crate::proposal::{Contact, Outcome};
use crate::reference::Organization;

/// A level of the technical coordination mechanism of IEC, ISO and ITU.
///
/// Who belongs to a level is published; what should be on record before going up, and the time, are
/// this crate's own suggestions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// 1 to 4.
    pub level: u8,
    /// Who deals with a matter there.
    pub who: &'static str,
    /// What should be on record before it goes up.
    pub record: &'static str,
    /// How long it should stay there.
    pub time: &'static str,
}

/// The four levels, lowest first. Matters are to be settled as low as possible.
pub const LADDER: [Level; 4] = [
    Level {
        level: 1,
        who: "the officers of the ISO and IEC committees and the management of the ITU-T study group",
        record: "the overlap in facts, the position of each side, and at least one exchange with its date",
        time: "6 weeks",
    },
    Level {
        level: 2,
        who: "the secretaries of ISO/TMB and IEC/SMB and the head of the study groups department of TSB",
        record: "the note of level 1, the options that were tried, and the mode that is proposed",
        time: "4 weeks",
    },
    Level {
        level: 3,
        who: "the chairs of ISO/TMB, IEC/SMB and TSAG",
        record: "the note of level 2, and what the dispute means for ballots and timetables",
        time: "until the next meeting of the boards",
    },
    Level {
        level: 4,
        who: "the Secretary-General of ISO, the General Secretary of IEC and the Director of TSB",
        record: "the note of level 3, and the decision that is wanted",
        time: "as agreed",
    },
];

/// What to do about an objection or an open disagreement.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// With whom, as the proposal names it.
    pub with: String,
    /// The field of the proposal that tells of it.
    pub field: String,
    /// The level that should deal with it now.
    pub level: Level,
    /// What to do, in the imperative.
    pub advice: String,
    /// Another way that is open to this pair of organizations.
    pub side_way: Option<&'static str>,
}

/// For every objection and open disagreement of a proposal: the level that should deal with it, and
/// what to do.
///
/// ```
/// use spcg::proposal::{Contact, Outcome};
///
/// let mut contact = Contact::new("IEC TC 61");
/// contact.outcome = Some(Outcome::Objection);
/// let proposal = spcg::Proposal::builder().title("Household robots").contact(contact).build();
/// let steps = spcg::coordination::steps(&proposal);
/// assert_eq!((steps[0].with.as_str(), steps[0].level.level), ("IEC TC 61", 1));
/// ```
#[must_use]
pub fn steps(proposal: &Proposal) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for (at, one) in proposal.open_disagreements.iter().enumerate() {
        let with = one.committee.as_ref().map_or("a party that is not named", |body| body.text());
        let level = LADDER[usize::from(one.level.unwrap_or(1).clamp(1, 4)) - 1];
        let organizations =
            one.committee.as_ref().and_then(|body| body.committee()).map(|one| one.organizations());
        let advice = match &one.next_step {
            Some(next) if !next.trim().is_empty() => {
                format!(
                    "Take the next step on record ({}); before level {} put down {}.",
                    next.trim(),
                    (level.level + 1).min(4),
                    level.record
                )
            }
            _ => format!(
                "Let {} deal with it within {}, and put down {}.",
                level.who, level.time, level.record
            ),
        };
        steps.push(Step {
            with: with.to_owned(),
            field: format!("open_disagreements[{at}]"),
            level,
            advice,
            side_way: side_way(proposal.organization, organizations.unwrap_or_default()),
        });
    }
    for (at, contact) in proposal.contacts_made.iter().enumerate() {
        if contact.outcome != Some(Outcome::Objection) || is_listed(proposal, contact) {
            continue;
        }
        let level = LADDER[0];
        steps.push(Step {
            with: contact
                .committee
                .as_ref()
                .map_or("a party that is not named", |body| body.text())
                .to_owned(),
            field: format!("contacts_made[{at}]"),
            level,
            advice: format!(
                "Begin at level 1: let {} meet within {}, and put down {}.",
                level.who, level.time, level.record
            ),
            side_way: side_way(proposal.organization, &contact.organizations()),
        });
    }
    steps
}

fn is_listed(proposal: &Proposal, contact: &Contact) -> bool {
    contact.committee.is_some()
        && proposal.open_disagreements.iter().any(|one| one.committee == contact.committee)
}

/// The ways beside the ladder that the organizations have between or within themselves.
fn side_way(own: Option<Organization>, other: &[Organization]) -> Option<&'static str> {
    let own = own?;
    let itu = other.contains(&Organization::ItuT);
    match own {
        Organization::ItuT if itu => Some(
            "within ITU-T: the lead study group, then TSAG, which may set up a joint coordination activity (WTSA Resolution 1)",
        ),
        Organization::Iso | Organization::Iec
            if !itu && !other.is_empty() && !other.contains(&own) =>
        {
            Some(
                "between ISO and IEC: liaison of the committees, consultation of the offices, decision of both boards, and last the Joint Technical Advisory Board (ISO/IEC Directives, Part 1, B.2)",
            )
        }
        _ => None,
    }
}
