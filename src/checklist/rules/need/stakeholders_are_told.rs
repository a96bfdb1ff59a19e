#![doc = include_str!("../../../../docs/rules/C33.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
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
    source: "ISO/IEC Directives, Part 1, C.4.10; ISO Form 4, V01/2025",
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
        review.fail(
            severity,
            "nothing lists the groups that are affected, and how",
            "Say for each group, from large and small firms to consumers, what the work means to them, or that they are not affected.",
            vec![context.field("stakeholders")],
        );
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
        review.fail(
            // Small firms are the group that is forgotten, and the one the directives name.
            if missing.contains(&small) || missing.len() > 4 { severity } else { Severity::Advice },
            format!("nothing is said of {}", listed(&names)),
            "Say for each of these groups what the work means to them, or that they are not affected.",
            vec![context.field("stakeholders"), Evidence::fact(table.join("; "))],
        );
    }
    let bare: Vec<usize> = (0..stakeholders.len())
        .filter(|at| stakeholders[*at].effect.as_deref().is_none_or(|text| text.trim().is_empty()))
        .collect();
    if !bare.is_empty() {
        let names: Vec<&str> = bare.iter().map(|at| stakeholders[*at].category.as_str()).collect();
        review.fail(
            Severity::Advice,
            format!("nothing says what the work means for {}", first(&names, 4)),
            "Say for each group how it gains or is affected.",
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
