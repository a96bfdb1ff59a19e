#![doc = include_str!("../../../../docs/rules/C04.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c04;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{first, named_with_share, percent, work};
use crate::matching::{Closeness, Interest, Overlap};
use crate::reference::Organization;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C04",
    name: "right-organization",
    group: Group::Subject,
    principle: Principle::RightPlace,
    severity: Severity::Blocker,
    question: "Why does the subject belong to this organization and not to one of the other two?",
    explanation: include_str!("../../../../docs/rules/C04.md"),
    since: "0.1.0",
    support: Support::SupportedAndInference,
    source: "ISO/IEC Directives, Part 1 (2020), B.2 and C.3.1; WTSA Resolution 1 (2016), 7.2.5, 9.3.6 and 9.3.7; ITU-T A.1 (10/2016), 3.2.9; comparison of shares and of close works: inference",
    applies_to: &[],
    needs: &[Need::Interests],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let mut review = Review::default();
    let Ok(addressed) = context.addressed() else {
        let evidence = vec![context.field("organization")];
        review.find(Severity::Warning, c04::NoOrganization {}, evidence);
        return review.verdict();
    };
    let shares = shares(context)?;
    let own: f64 = shares
        .iter()
        .filter(|one| addressed.contains(&one.organization))
        .map(|one| one.share)
        .sum();
    let Some(leading) = shares
        .iter()
        .filter(|one| !addressed.contains(&one.organization))
        .max_by(|a, b| a.share.total_cmp(&b.share).then(b.organization.cmp(&a.organization)))
    else {
        return Ok(Verdict::not_applicable(c04::AllAddressed {}));
    };
    let table: Vec<String> =
        shares.iter().map(|one| format!("{} {}", one.organization, percent(one.share))).collect();
    let leads = leading.share - own >= context.thresholds.organization_lead
        && leading
            .committees
            .iter()
            .any(|one| one.probability_by_texts() >= context.thresholds.committee_likely);
    let of_works = if leads { None } else { owner_of_close_works(context, &addressed) };
    if let Some((organization, works)) = of_works
        && let Some(share) = shares.iter().find(|one| one.organization == organization)
        && share
            .committees
            .iter()
            .any(|one| one.probability_by_texts() >= context.thresholds.home_likely)
        && !was_asked(context, organization)
    {
        let names: Vec<String> = works.iter().map(|one| work(one)).collect();
        let mut evidence = vec![context.field("organization")];
        evidence.extend(context.work_evidence(&works));
        evidence.extend(context.committee_evidence(&share.committees));
        let (organization, told) = (organization.to_string(), first(&names, 3));
        review.find(
            if context.is_new_field() { Severity::Blocker } else { Severity::Warning },
            c04::WorksOfAnother { organization, works: told }.of(works.len()),
            evidence,
        );
        return review.verdict();
    }
    if !leads {
        review.note(c04::Shares { shares: table.join(", ") });
        return review.verdict();
    }
    if was_asked(context, leading.organization) {
        review.note(c04::WasAsked {
            organization: leading.organization.to_string(),
            shares: table.join(", "),
        });
        return review.verdict();
    }
    let names: Vec<String> = leading.committees.iter().map(|one| named_with_share(one)).collect();
    let mut evidence = vec![
        context.field("organization"),
        Evidence::fact(format!("shares: {}", table.join(", "))),
    ];
    let mut shown: Vec<&Interest> = Vec::new();
    for one in shares.iter().flat_map(|one| one.committees.iter().copied().take(3)) {
        // A joint committee stands under both of its organizations.
        if !shown.iter().any(|other| other.committee == one.committee) {
            shown.push(one);
        }
    }
    evidence.extend(context.committee_evidence(&shown));
    review.find(
        if context.is_new_field() { Severity::Blocker } else { Severity::Warning },
        c04::NearerToAnother {
            organization: leading.organization.to_string(),
            share: percent(leading.share),
            own: percent(own),
            committees: first(&names, 3),
        },
        evidence,
    );
    review.verdict()
}

/// True when somebody in an organization was asked.
fn was_asked(context: &Context<'_>, organization: Organization) -> bool {
    let contacts = &context.proposal.contacts_made;
    contacts.iter().any(|contact| contact.organizations().contains(&organization))
}

/// The organization, not addressed, to which every close work belongs, where there are several.
fn owner_of_close_works<'a>(
    context: &Context<'a>,
    addressed: &[Organization],
) -> Option<(Organization, Vec<&'a Overlap>)> {
    let works = context.live_overlaps(Closeness::Moderate).ok()?;
    if works.len() < SEVERAL_WORKS {
        return None;
    }
    Organization::ALL.into_iter().filter(|one| !addressed.contains(one)).find_map(|one| {
        let is_its_own = |work: &&Overlap| {
            work.organizations.contains(&one)
                && !work.organizations.iter().any(|owner| addressed.contains(owner))
        };
        works.iter().all(is_its_own).then(|| (one, works.clone()))
    })
}

/// One close work of another organization is C13's matter; two are where the subject lives.
const SEVERAL_WORKS: usize = 2;

/// How much of the committees that may be concerned an organization has.
struct Share<'a> {
    organization: Organization,
    share: f64,
    committees: Vec<&'a Interest>,
}

/// Sums of the probabilities of the best committees of each organization, as parts of the whole. A
/// joint committee counts half for each of its organizations.
fn shares<'a>(context: &Context<'a>) -> Result<Vec<Share<'a>>, CannotTell> {
    let thresholds = context.thresholds;
    let mut all: Vec<&Interest> = context
        .interests()?
        .iter()
        .filter(|one| one.probability_by_texts() >= thresholds.committee_possible)
        .collect();
    all.sort_by(|a, b| {
        b.probability_by_texts()
            .total_cmp(&a.probability_by_texts())
            .then_with(|| a.committee.cmp(&b.committee))
    });
    let mut shares: Vec<Share<'_>> = Organization::ALL
        .into_iter()
        .map(|organization| {
            let committees: Vec<&Interest> = all
                .iter()
                .copied()
                .filter(|one| one.committee.belongs_to(organization))
                .take(thresholds.organization_committees)
                .collect();
            let share = committees
                .iter()
                .map(|one| {
                    if one.committee.is_joint() {
                        one.probability_by_texts() / 2.0
                    } else {
                        one.probability_by_texts()
                    }
                })
                .sum();
            Share { organization, share, committees }
        })
        .collect();
    let whole: f64 = shares.iter().map(|one| one.share).sum();
    if whole > 0.0 {
        shares.iter_mut().for_each(|one| one.share /= whole);
    }
    Ok(shares)
}
