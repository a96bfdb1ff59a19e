#![doc = include_str!("../../../../docs/rules/C23.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c23;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{has_any, listed, phrase_in, sentences, spaced};
use crate::proposal::answer::denies_telling;
use crate::reference::Organization;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C23",
    name: "members-speak-as-one",
    group: Group::Contacts,
    principle: Principle::TalkEarly,
    severity: Severity::Advice,
    question: "Do the members of the proposer's country say the same thing in all three organizations?",
    explanation: include_str!("../../../../docs/rules/C23.md"),
    since: "0.1.0",
    support: Support::SupportedAndInference,
    source: "ISO/IEC Directives, Part 1 (2020), 1.3.2.2 (joint project committees) and 1.5.5 (encouraged); statement for all three organizations: inference",
    applies_to: &[],
    needs: &[],
    check,
};

/// By what names the member of a country is told of.
fn names(organization: Organization) -> &'static [&'static str] {
    match organization {
        Organization::Iso => &[
            "iso member",
            "iso member body",
            "member body of iso",
            "national standards body",
            "member body",
            "member bodies",
            "national standards bodies",
            "iso members",
            "members of iso",
            "member of iso",
        ],
        Organization::Iec => &[
            "iec national committee",
            "national committee",
            "iec nc",
            "electrotechnical committee",
            "national committees",
            "electrotechnical committees",
            "member of iec",
            "members of iec",
        ],
        Organization::ItuT => &[
            "itu administration",
            "administration",
            "itu member state",
            "itu t member",
            "member state",
            "ministry",
            "administrations",
            "member states",
            "ministries",
            "sector members",
            "telecom regulator",
            "sector member",
        ],
    }
}

/// Words of a national proposer, where no country stands in parentheses.
const NATIONAL: &[&str] = &[
    "national committee",
    "member body",
    "administration",
    "national standards body",
    "national body",
    "ministry",
    "republic of",
    "kingdom of",
    "standards australia",
    "standards new zealand",
    "standards council of canada",
    "standards norway",
    "standards institution",
    "bureau of standards",
    "bureau of indian standards",
    "afnor",
    "ansi",
    "bsi",
    "din",
    "jisc",
    "kats",
    "nen",
    "scc",
    "uni",
];

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let proposal = context.proposal;
    let mut review = Review::default();
    let Some(proposer) = proposal.proposer.as_deref().filter(|text| !text.trim().is_empty()) else {
        review.find(Severity::Advice, c23::NoProposer {}, vec![context.field("proposer")]);
        return review.verdict();
    };
    // «(plenary in Vladivostok)» is no country.
    let country = proposal.proposer_country().filter(|country| {
        country.starts_with(char::is_uppercase) && country.split_whitespace().count() <= 4
    });
    if country.is_none() && phrase_in(proposer, NATIONAL).is_none() {
        return Ok(Verdict::not_applicable(c23::NotNational {}));
    }
    let addressed = context.addressed()?;
    // «Administration» in a market need is that of a city.
    let fields = [
        "contacts_made",
        "liaisons",
        "supporters",
        "notes",
        "joint_work_considered",
        "unrecognized",
        "proposer",
    ];
    let told = |organization: Organization| {
        context.texts().iter().any(|text| {
            fields.iter().any(|one| text.field.starts_with(one))
                && has_any(&text.spaced, names(organization))
                && sentences(&text.text).any(|sentence| {
                    has_any(&spaced(sentence), names(organization)) && !denies_telling(sentence)
                })
        })
    };
    let missing: Vec<&str> = Organization::ALL
        .into_iter()
        .filter(|organization| !addressed.contains(organization) && !told(*organization))
        .map(|organization| match organization {
            Organization::Iso => "the ISO member",
            Organization::Iec => "the IEC National Committee",
            Organization::ItuT => "the administration at ITU",
        })
        .collect();
    if !missing.is_empty() {
        let several = proposer.contains([',', ';']) && !proposer.contains("within");
        let country = match country {
            _ if several => "the proposers' countries",
            Some(country) => country,
            None => "the proposer's country",
        };
        let (members, country) = (listed(&missing), country.to_owned());
        review.find(
            Severity::Advice,
            c23::MemberNotTold { members, country }.of(missing.len()),
            vec![
                context.field("proposer"),
                Evidence::fact(format!("not stated: {}", listed(&missing))),
            ],
        );
    }
    review.verdict()
}
