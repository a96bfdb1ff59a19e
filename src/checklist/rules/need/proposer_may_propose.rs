#![doc = include_str!("../../../../docs/rules/C41.md")]

use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c41;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{excerpt, has_any, spaced};
use crate::proposal::Kind;
use crate::reference::find_references;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C41",
    name: "proposer-may-propose",
    group: Group::Need,
    principle: Principle::RealNeed,
    severity: Severity::Warning,
    question: "May the one who proposes do so by the rules of the organization?",
    explanation: include_str!("../../../../docs/rules/C41.md"),
    since: "0.2.0",
    support: Support::Supported,
    source: "ISO/IEC Directives, Part 1 (2020), 1.5.3 and 2.3.2",
    applies_to: &[Kind::NewField, Kind::ProjectCommittee, Kind::NewWorkItem, Kind::PreliminaryItem],
    needs: &[],
    check,
};

/// Words in the names of firms and universities, which propose through others.
const FIRMS: &[&str] = &[
    "gmbh",
    "ltd",
    "limited",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "llc",
    "plc",
    "pty",
    "university",
    "universities",
    "company",
];

/// Words that tell that somebody else submits it.
const THROUGH: &[&str] = &[
    "through",
    "via",
    "on behalf of",
    "for the national committee",
    "member of",
    "endorsed by",
    "national committee",
    "national body",
    "committee",
    "secretariat",
    "association",
    "council",
];

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let proposer = context.proposal.proposer.as_deref().unwrap_or_default();
    if proposer.trim().is_empty() {
        return Err(CannotTell::because("the proposal does not say who proposes it"));
    }
    let mut review = Review::default();
    let text = spaced(proposer);
    let names_committee = find_references(proposer, None).next().is_some();
    if has_any(&text, FIRMS)
        && !has_any(&text, THROUGH)
        && !names_committee
        && !names_member(proposer)
    {
        let whom = if context.is_new_field() {
            "a national body, a committee, a board or an international organization"
        } else {
            "a national body, the secretariat, another committee or a liaison organization of category A"
        };
        let fault = c41::MayNotPropose { proposer: excerpt(proposer, 60), whom: whom.to_owned() };
        review.find(Severity::Warning, fault, vec![context.field("proposer")]);
    }
    review.verdict()
}

/// True where an acronym such as that of a national body stands beside the name of a firm.
fn names_member(proposer: &str) -> bool {
    proposer.split([',', ';', '/', '(', ')']).any(|part| {
        let is_firm = has_any(&spaced(part), FIRMS);
        let mut words = part.split_whitespace();
        !is_firm
            && words.any(|word| {
                (2..=6).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase())
            })
    })
}
