#![doc = include_str!("../../../../docs/rules/C33.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c33;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{first, listed};
use crate::proposal::{Stakeholder, StakeholderGroup};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C33",
    name: "stakeholders-are-told",
    group: Group::Need,
    principle: Principle::RealNeed,
    severity: Severity::Warning,
    question: "Which groups gain or are affected, small firms among them, and how?",
    explanation: include_str!("../../../../docs/rules/C33.md"),
    since: "0.1.0",
    support: Support::Supported,
    source: "ISO/IEC Directives, Part 1 (2020), C.4.10; ISO Form 4, V01/2025",
    applies_to: &[],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let stakeholders = &context.proposal.stakeholders;
    // The forms of ITU-T do not ask for it.
    let severity = if context.is_itu() { Severity::Advice } else { Severity::Warning };
    let mut review = Review::default();
    if stakeholders.is_empty() {
        review.find(severity, c33::NothingGiven {}, vec![context.field("stakeholders")]);
        return review.verdict();
    }
    let groups: Vec<StakeholderGroup> = stakeholders.iter().flat_map(Stakeholder::groups).collect();
    let told = |group: StakeholderGroup| groups.contains(&group);
    let missing: Vec<StakeholderGroup> = StakeholderGroup::ALL
        .iter()
        .copied()
        .filter(|group| *group != StakeholderGroup::Other && !told(*group))
        .collect();
    if !missing.is_empty() {
        let names: Vec<&str> = missing.iter().map(|group| plain(*group)).collect();
        let small = StakeholderGroup::SmallAndMediumEnterprises;
        let table: Vec<String> = StakeholderGroup::ALL
            .iter()
            .filter(|group| **group != StakeholderGroup::Other)
            .map(|group| {
                format!("{}: {}", plain(*group), if told(*group) { "told" } else { "missing" })
            })
            .collect();
        review.find(
            // Small firms are the group that is forgotten, and the one the directives name.
            if missing.contains(&small) || missing.len() > 4 { severity } else { Severity::Advice },
            c33::GroupsMissing { groups: listed(&names) },
            vec![context.field("stakeholders"), Evidence::fact(table.join("; "))],
        );
    }
    let bare: Vec<usize> = (0..stakeholders.len())
        .filter(|at| stakeholders[*at].effect.as_deref().is_none_or(|text| text.trim().is_empty()))
        .collect();
    if !bare.is_empty() {
        let names: Vec<&str> = bare.iter().map(|at| stakeholders[*at].category.as_str()).collect();
        review.find(
            Severity::Advice,
            c33::NoEffect { groups: first(&names, 4) },
            bare.iter()
                .take(context.thresholds.shown)
                .map(|at| context.field(&format!("stakeholders[{at}]")))
                .collect(),
        );
    }
    review.verdict()
}

fn plain(group: StakeholderGroup) -> &'static str {
    match group {
        StakeholderGroup::LargeIndustry => "large industry",
        StakeholderGroup::SmallAndMediumEnterprises => "small and medium-sized enterprises",
        StakeholderGroup::Government => "government",
        StakeholderGroup::Consumers => "consumers",
        StakeholderGroup::Labour => "labour",
        StakeholderGroup::Academic => "academic bodies",
        StakeholderGroup::ApplicationBusinesses => "businesses that apply standards",
        StakeholderGroup::NonGovernmental => "non-governmental organizations",
        _ => "others",
    }
}
