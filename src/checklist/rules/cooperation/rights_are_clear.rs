#![doc = include_str!("../../../../docs/rules/C31.md")]

use crate::checklist::context::Context;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::{Fault, c31};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::sentences;
use crate::proposal::answer::{PHRASES, affirms, says};
use crate::proposal::{BaseDocument, BaseDocumentForm, Kind};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C31",
    name: "rights-are-clear",
    group: Group::Cooperation,
    principle: Principle::ChosenCooperation,
    severity: Severity::Blocker,
    question: "Are patents and copyright clear for all organizations that would publish?",
    explanation: include_str!("../../../../docs/rules/C31.md"),
    since: "0.1.0",
    support: Support::Supported,
    source: "ISO/IEC Directives, Part 1 (2020), C.4.11.3 (permission in writing), 2.13, 2.14 and Annex I; ISO Form 4; for ITU-T: WTSA Resolution 1 (2016), 9.3.8.1, ITU-T A.1 (10/2016), 3.1.4, 3.1.6 and 3.1.7 (software)",
    applies_to: &[],
    needs: &[],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let proposal = context.proposal;
    // New fields and Questions have no text yet about which patents could be known.
    let has_text =
        !matches!(proposal.kind, Some(Kind::NewField | Kind::ItuQuestion | Kind::ItuFocusGroup));
    let mut review = Review::default();
    let answered = proposal.patents_known.as_ref().is_some_and(|patents| {
        patents.known.is_some()
            || patents.statement.as_deref().is_some_and(|text| !text.trim().is_empty())
    });
    if has_text && !answered {
        review.find(
            Severity::Warning,
            c31::PatentsNotAnswered {},
            vec![context.field("patents_known")],
        );
    }
    let base = proposal.base_document.as_ref();
    let attached = base.is_some_and(|base| base.form == Some(BaseDocumentForm::Attached));
    if let Some(base) = base
        && attached
        && !is_cleared(base)
    {
        let fault: Fault = match base.copyright_cleared {
            Some(false) => c31::CopyrightRefused {}.into(),
            _ => c31::CopyrightOpen {}.into(),
        };
        review.find(Severity::Blocker, fault, vec![context.field("base_document")]);
    }
    if !has_text && !attached {
        return Ok(Verdict::not_applicable(c31::NoText {}));
    }
    review.verdict()
}

/// True when the holder of the copyright has agreed, by the mark or in the words of the description.
fn is_cleared(base: &BaseDocument) -> bool {
    base.copyright_cleared.unwrap_or_else(|| {
        let text = base.description.as_deref().unwrap_or_default();
        sentences(text).any(|sentence| {
            affirms(sentence, &PHRASES.consent).is_some()
                && says(sentence, &PHRASES.postponed).is_none()
        })
    })
}
