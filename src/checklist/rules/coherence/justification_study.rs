#![doc = include_str!("../../../../docs/rules/C40.md")]

use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c40;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{has_any, sentences, spaced};
use crate::proposal::Kind;
use crate::proposal::answer::{PHRASES, says};
use crate::reference::Organization;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C40",
    name: "justification-study",
    group: Group::Coherence,
    principle: Principle::CoherentContent,
    severity: Severity::Warning,
    question: "Does a proposal on a management system come with its justification study?",
    explanation: include_str!("../../../../docs/rules/C40.md"),
    since: "0.2.0",
    support: Support::Supported,
    source: "Consolidated ISO Supplement (2020), SL.1, SL.3, SL.7 and Appendix 1",
    applies_to: &[Kind::NewField, Kind::ProjectCommittee, Kind::NewWorkItem],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    if !context.addressed()?.contains(&Organization::Iso) {
        return Ok(Verdict::not_applicable(c40::NotOfIso {}));
    }
    let title = spaced(&context.proposal.title);
    if !has_any(&title, &["management system", "management systems"]) {
        return Ok(Verdict::not_applicable(c40::NoManagementSystem {}));
    }
    let mut review = Review::default();
    let study = context.texts().iter().find_map(|text| {
        sentences(&text.text)
            .find(|one| has_any(&spaced(one), &["justification study", "justification studies"]))
            .map(|sentence| (text.field.as_str(), sentence))
    });
    match study {
        None => review.find(Severity::Warning, c40::NoStudy {}, vec![context.field("title")]),
        Some((field, sentence)) if is_put_off(sentence) => {
            let evidence = vec![context.field_saying(field, "justification study")];
            review.find(Severity::Warning, c40::StudyPutOff {}, evidence);
        }
        Some(_) => review.note(c40::StudySpokenOf {}),
    }
    review.verdict()
}

/// True for a study that is still to be made.
fn is_put_off(sentence: &str) -> bool {
    says(sentence, &PHRASES.postponed).is_some() || says(sentence, &PHRASES.not_made).is_some()
}
