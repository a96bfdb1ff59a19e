#![doc = include_str!("../../../../docs/rules/C22.md")]

use crate::checklist::context::{Context, Text};
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c22;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{has_any, listed, sentences, spaced};
use crate::proposal::answer::denies_telling;
use crate::proposal::{Kind, field_label};
use crate::reference::Organization;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C22",
    name: "boards-were-told",
    group: Group::Contacts,
    principle: Principle::TalkEarly,
    severity: Severity::Warning,
    question: "Do the secretariats of all three boards (ISO/TMB, IEC/SMB, TSAG) know of the new field?",
    explanation: include_str!("../../../../docs/rules/C22.md"),
    since: "0.1.0",
    support: Support::SupportedAndInference,
    source: "ISO/IEC Directives, Part 1 (2020), 1.5.6, 1.16.1, 2.3.3 and B.3; WTSA Resolution 1 (2016), 7.1.7 and 7.2.5; SPCG progress report to TSAG, January 2021, 2.1; that a proposer asks after these notices: inference",
    applies_to: &[Kind::NewField, Kind::ItuQuestion, Kind::JointGroup],
    needs: &[],
    check,
};

/// By what names the secretariat of a board is told of.
fn names(organization: Organization) -> &'static [&'static str] {
    match organization {
        Organization::Iso => &[
            "tmb",
            "technical management board",
            "iso central secretariat",
            "iso cs",
            "iso central office",
        ],
        Organization::Iec => &[
            "smb",
            "standardization management board",
            "iec central office",
            "iec secretariat",
            "iec co",
            "iec general secretary",
        ],
        Organization::ItuT => &[
            "tsag",
            "telecommunication standardization advisory group",
            "tsb",
            "telecommunication standardization bureau",
            "itu t secretariat",
        ],
    }
}

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let addressed = context.addressed()?;
    if context.is(Kind::ItuQuestion)
        && context.other_organizations(context.thresholds.committee_possible)?.is_empty()
    {
        return Ok(Verdict::not_applicable(c22::NoOtherConcerned {}));
    }
    let all = phrase_told(context, &["spcg", "standardization programme coordination group"]);
    let told: Vec<(Organization, Option<String>)> = Organization::ALL
        .into_iter()
        .filter(|organization| !addressed.contains(organization))
        .map(|organization| {
            (organization, all.clone().or_else(|| phrase_told(context, names(organization))))
        })
        .collect();
    let missing: Vec<&str> = told
        .iter()
        .filter(|(_, field)| field.is_none())
        .map(|(organization, _)| organization.board())
        .collect();
    let mut review = Review::default();
    if !missing.is_empty() {
        let notices: Vec<String> = told
            .iter()
            .map(|(organization, field)| {
                format!(
                    "{}: {}",
                    organization.board(),
                    field.as_deref().map_or("no notice found".to_owned(), field_label)
                )
            })
            .collect();
        review.find(
            Severity::Warning,
            c22::NoNotice { boards: listed(&missing) },
            vec![context.field("contacts_made"), Evidence::fact(notices.join("; "))],
        );
    }
    review.verdict()
}

/// The field of contacts, liaisons, related committees or notes that has one of the phrases.
fn phrase_told(context: &Context<'_>, phrases: &[&str]) -> Option<String> {
    let fields =
        ["contacts_made", "liaisons", "related_committees", "submitted_elsewhere", "notes"];
    let told = |text: &&Text| {
        fields.iter().any(|one| text.field.starts_with(one))
            && has_any(&spaced(&without_counsellors(&text.text)), phrases)
            && sentences(&text.text).any(|sentence| {
                has_any(&spaced(&without_counsellors(sentence)), phrases)
                    && !denies_telling(sentence)
            })
    };
    context.texts().iter().find(told).map(|text| text.field.clone())
}

/// A study group's counsellor is of TSB, and who asked him has not told TSAG.
fn without_counsellors(text: &str) -> String {
    ["TSB counsellor", "TSB Counsellor", "TSB adviser", "TSB advisor", "TSB engineer"]
        .iter()
        .fold(text.to_owned(), |text, name| text.replace(name, "counsellor"))
}
