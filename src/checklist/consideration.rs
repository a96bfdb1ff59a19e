//! A rule as a checklist runs it: with the texts and severities that an office has put in place.

use super::context::Context;
use super::evidence::Evidence;
use super::finding::{Finding, Outcome};
use super::own_rule::OwnRule;
use super::profile::Profile;
use super::rule::{Group, HEADINGS, Need, Rule, Severity, Support, section};
use super::sentences::{self, Note, Rewording, Sentence, Told};
use super::verdict::Verdict;
use crate::proposal::in_words;

/// A consideration of a [`Checklist`](super::Checklist): one of the rules of this crate, or a rule
/// of an office's own.
#[derive(Clone, Debug)]
pub struct Consideration {
    pub(crate) test: Test,
    pub(crate) changes: Changes,
}

#[derive(Clone, Debug)]
pub(crate) enum Test {
    Rule(&'static Rule),
    Own(Box<OwnRule>),
}

/// What a configuration puts in the place of a rule's own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    /// For every failure, whatever the rule says.
    pub(crate) severity: Option<Severity>,
    /// No failure is graver than this.
    pub(crate) at_most: Option<Severity>,
    pub(crate) question: Option<String>,
    pub(crate) explanation: Option<String>,
    pub(crate) remedy: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) support: Option<Support>,
    /// Sentences by their keys.
    pub(crate) sentences: Vec<(&'static str, Rewording)>,
}

impl Consideration {
    pub(crate) fn of(rule: &'static Rule) -> Consideration {
        Consideration { test: Test::Rule(rule), changes: Changes::default() }
    }

    /// Its number: `C13`.
    #[must_use]
    pub fn id(&self) -> &str {
        match &self.test {
            Test::Rule(rule) => rule.id,
            Test::Own(own) => &own.id,
        }
    }

    /// Its subject in a few words: `every-overlap-named`.
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.test {
            Test::Rule(rule) => rule.name,
            Test::Own(own) => &own.name,
        }
    }

    /// The rule of this crate that it is; nothing for a rule of an office's own.
    #[must_use]
    pub fn rule(&self) -> Option<&'static Rule> {
        match &self.test {
            Test::Rule(rule) => Some(rule),
            Test::Own(_) => None,
        }
    }

    /// The group that it stands in; nothing for a rule of an office's own.
    #[must_use]
    pub fn group(&self) -> Option<Group> {
        self.rule().map(|rule| rule.group)
    }

    /// The gravest that it can find.
    #[must_use]
    pub fn severity(&self) -> Severity {
        let own = match &self.test {
            Test::Rule(rule) => rule.severity,
            Test::Own(own) => own.severity,
        };
        self.graded(own)
    }

    /// The question to the proposer.
    #[must_use]
    pub fn question(&self) -> &str {
        match (&self.changes.question, &self.test) {
            (Some(question), _) => question,
            (None, Test::Rule(rule)) => rule.question,
            (None, Test::Own(own)) => &own.question,
        }
    }

    /// The explanation, in Markdown.
    #[must_use]
    pub fn explanation(&self) -> &str {
        match (&self.changes.explanation, &self.test) {
            (Some(explanation), _) => explanation,
            (None, Test::Rule(rule)) => rule.explanation,
            (None, Test::Own(own)) => &own.explanation,
        }
    }

    /// The text of the explanation under one of its [`HEADINGS`].
    #[must_use]
    pub fn section(&self, heading: &str) -> Option<&str> {
        HEADINGS.contains(&heading).then(|| section(self.explanation(), heading)).flatten()
    }

    /// What supports it.
    #[must_use]
    pub fn source(&self) -> &str {
        match (&self.changes.source, &self.test) {
            (Some(source), _) => source,
            (None, Test::Rule(rule)) => rule.source,
            (None, Test::Own(own)) => &own.source,
        }
    }

    /// What kind of support that is.
    #[must_use]
    pub fn support(&self) -> Support {
        match (self.changes.support, &self.test) {
            (Some(support), _) => support,
            (None, Test::Rule(rule)) => rule.support,
            (None, Test::Own(own)) => own.support,
        }
    }

    /// What it says of its findings, in the words of the crate; none for a rule of an office's own.
    #[must_use]
    pub fn sentences(&self) -> &'static [&'static Sentence] {
        sentences::of(self.id())
    }

    /// What an office says in the place of a sentence.
    fn reworded(&self, told: &Told) -> Option<&Rewording> {
        let key = told.sentence.key;
        self.changes.sentences.iter().find(|(one, _)| *one == key).map(|(_, own)| own)
    }

    fn graded(&self, severity: Severity) -> Severity {
        let severity = self.changes.severity.unwrap_or(severity);
        self.changes.at_most.map_or(severity, |most| severity.max(most))
    }

    /// All that distinguishes it, for the hash of the checklist.
    pub(crate) fn described(&self) -> String {
        let own = match &self.test {
            Test::Rule(_) => String::new(),
            Test::Own(own) => format!("{own:?}"),
        };
        let Changes { severity, at_most, remedy, sentences, .. } = &self.changes;
        format!(
            "{} {} {severity:?} {at_most:?} {remedy:?} {:?} {sentences:?} {} {} {} {} {own}\n",
            self.id(),
            self.name(),
            self.sentences(),
            self.question(),
            self.explanation(),
            self.source(),
            self.support()
        )
    }

    pub(crate) fn findings(
        &self,
        context: &Context<'_>,
        profile: Option<&Profile>,
    ) -> Vec<Finding> {
        let needs = self.rule().map_or(&[][..], |rule| rule.needs);
        let finding = |outcome, message: String| Finding {
            rule: self.id().to_owned(),
            name: self.name().to_owned(),
            outcome,
            severity: self.severity(),
            sentence: String::new(),
            message: in_words(&message),
            evidence: Vec::new(),
            remedy: None,
            source: self.source().to_owned(),
            support: self.support(),
            model: None,
            told_with: None,
        };
        let told = |outcome, told: &Told| Finding {
            sentence: told.sentence.key.to_owned(),
            ..finding(outcome, told.message(self.reworded(told)))
        };
        if let Some(why) = self.not_asked(context, profile) {
            return vec![finding(Outcome::NotApplicable, why)];
        }
        let verdict = match &self.test {
            Test::Rule(rule) => (rule.check)(context),
            Test::Own(own) => own.check(context),
        };
        match verdict {
            Ok(Verdict::Pass { notes }) => {
                let pass = match notes.first() {
                    None => finding(Outcome::Pass, "no shortcoming found".to_owned()),
                    Some(first) => {
                        let text = |note: &Note| note.0.message(self.reworded(&note.0));
                        let texts: Vec<String> = notes.iter().map(text).collect();
                        Finding {
                            message: in_words(&texts.join("; ")),
                            ..told(Outcome::Pass, &first.0)
                        }
                    }
                };
                vec![Finding { model: model(needs, context), ..pass }]
            }
            Ok(Verdict::NotApplicable { why }) => vec![told(Outcome::NotApplicable, &why.0)],
            Err(missing) => vec![finding(Outcome::CannotTell, missing.why().to_owned())],
            Ok(Verdict::Fail(shortcomings)) => shortcomings
                .into_iter()
                .map(|one| Finding {
                    severity: self.graded(one.severity),
                    evidence: one.evidence.into_iter().map(Evidence::in_words).collect(),
                    remedy: self.remedy(&one.fault.0).as_deref().map(in_words),
                    model: model(needs, context),
                    ..told(Outcome::Fail, &one.fault.0)
                })
                .collect(),
        }
    }

    /// What to do: in the office's words for this sentence or for the whole rule, else in the
    /// crate's.
    fn remedy(&self, told: &Told) -> Option<String> {
        let own = self.reworded(told).filter(|own| own.remedy.is_some());
        match (own, &self.changes.remedy) {
            (None, Some(remedy)) => Some(remedy.clone()),
            _ => told.remedy(own),
        }
    }

    /// Why it is not asked of a proposal of this kind.
    fn not_asked(&self, context: &Context<'_>, profile: Option<&Profile>) -> Option<String> {
        if let Some(profile) = profile
            && profile.without.iter().any(|id| id == self.id())
        {
            return Some(format!("it is not asked of this kind of proposal ({})", profile.name));
        }
        let kinds = match &self.test {
            Test::Rule(rule) => rule.applies_to,
            Test::Own(own) => &own.applies_to,
        };
        let kind = context.proposal.kind?;
        (!kinds.is_empty() && !kinds.contains(&kind)).then(|| {
            let kind = kind.name().replace('_', " ").replace("itu ", "ITU-T ");
            format!("it is not asked of this kind of proposal ({kind})")
        })
    }
}

/// What the matcher was and which thresholds were used, for a rule that rests on it.
fn model(needs: &[Need], context: &Context<'_>) -> Option<String> {
    let committees = needs.contains(&Need::Interests) && context.interests().is_ok();
    let texts = needs.contains(&Need::Overlaps) && context.overlaps().is_ok();
    if !committees && !texts {
        return None;
    }
    let mut parts = Vec::new();
    if !context.provenance.is_empty() {
        parts.push(context.provenance.to_owned());
    }
    if committees {
        parts.push(context.thresholds.of_committees());
    }
    if texts {
        parts.push(context.thresholds.of_texts());
    }
    parts.push(context.thresholds.provenance());
    Some(parts.join("; "))
}
