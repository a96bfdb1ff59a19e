//! The Questions of study groups, by their words.

use super::knowledge::Knowledge;
use crate::catalogue::Catalogue;
use crate::reference::CommitteeRef;
use crate::text::lexicon::Token;
use crate::text::{TermId, WordMemo};

/// A Question at work, the candidate that it belongs to, and the stems of its title and keywords.
#[derive(Debug)]
pub(crate) struct QuestionTerms {
    pub(crate) group: usize,
    pub(crate) reference: CommitteeRef,
    pub(crate) terms: Vec<TermId>,
}

/// The Questions of all study groups.
pub(crate) fn question_terms(catalogue: &Catalogue, knowledge: &Knowledge) -> Vec<QuestionTerms> {
    let mut memo = WordMemo::default();
    let questions = catalogue.active().filter(|committee| committee.reference().is_question());
    questions
        .filter_map(|question| {
            let group = knowledge.candidates.exact(question.reference())?;
            let mut terms: Vec<TermId> = Vec::new();
            for text in std::iter::once(question.title())
                .chain(question.keywords().iter().map(String::as_str))
            {
                knowledge.lexicon.analyze(text, &mut memo, |token| {
                    if let Token::Known(term, _, _) = token
                        && !knowledge.lexicon.is_generic(term)
                    {
                        terms.push(term);
                    }
                });
            }
            terms.sort_unstable();
            terms.dedup();
            Some(QuestionTerms { group, reference: question.reference().clone(), terms })
        })
        .collect()
}
