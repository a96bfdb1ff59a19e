//! The result of a rule on a proposal.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::evidence::Evidence;
use super::rule::{Severity, Support};
use crate::proposal::words::words;

/// How a rule came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Something is wrong.
    Fail,
    /// It could not be decided: data or an answer is missing. Never to be shown as a pass.
    CannotTell,
    /// Nothing to complain of.
    Pass,
    /// The question does not arise for this proposal.
    NotApplicable,
}

words!(Outcome, "outcome of a rule", {
    Fail => "fail",
    CannotTell => "cannot_tell",
    Pass => "pass",
    NotApplicable => "not_applicable",
});

/// What one rule says of one proposal.
///
/// A rule that fails gives one finding for each thing that is wrong, so that each has its own
/// severity and remedy; a rule that passes, does not apply or cannot tell gives exactly one.
///
/// ```
/// use spcg::checklist::Severity;
/// use spcg::{Proposal, Screener};
///
/// let screening = Screener::builtin()?.screen(&Proposal::builder().title("Smart lifts").build());
/// let blockers = screening.findings.iter().filter(|finding| finding.is_blocker());
/// for finding in blockers {
///     assert_eq!(finding.severity, Severity::Blocker);
///     println!("{} {}: {}", finding.rule, finding.name, finding.remedy.as_deref().unwrap_or_default());
/// }
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Finding {
    /// The number of the rule: `C13`.
    pub rule: String,
    /// The name of the rule: `every-overlap-named`.
    pub name: String,
    /// How it came out.
    pub outcome: Outcome,
    /// How grave that is; for other outcomes than a failure, how grave it could be.
    pub severity: Severity,
    /// The key of its sentence among those of the rule ([`sentences::of`](super::sentences::of)),
    /// by which a program can tell what it says; empty for what every rule may say, and for rules
    /// of an office's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sentence: String,
    /// One sentence with the facts in it.
    pub message: String,
    /// What can be shown for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// What to do, in the imperative. Every failure has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// The public texts that support the rule.
    pub source: String,
    /// What kind of support that is.
    pub support: Support,
    /// What the matcher was and which thresholds were used, where the rule rests on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The rule whose failure tells the same cause, where another one does: its committees or works
    /// hold all that this one is about. Reports tell such a failure there, with what it asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_with: Option<String>,
}

impl Finding {
    /// A finding put together in a program, for tests of what reads findings.
    ///
    /// ```
    /// use spcg::checklist::{Finding, Outcome, Severity};
    ///
    /// let finding = Finding::new("C01", Outcome::Fail, Severity::Blocker, "the proposal has no title");
    /// assert!(finding.is_failure() && finding.is_blocker());
    /// ```
    #[must_use]
    pub fn new(
        rule: impl Into<String>,
        outcome: Outcome,
        severity: Severity,
        message: impl Into<String>,
    ) -> Finding {
        Finding {
            rule: rule.into(),
            name: String::new(),
            outcome,
            severity,
            sentence: String::new(),
            message: message.into(),
            evidence: Vec::new(),
            remedy: None,
            source: String::new(),
            support: Support::Inference,
            model: None,
            told_with: None,
        }
    }

    /// True when something is wrong.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        self.outcome == Outcome::Fail
    }

    /// True when the proposal is not ready to be circulated because of it.
    #[must_use]
    pub fn is_blocker(&self) -> bool {
        self.is_failure() && self.severity == Severity::Blocker
    }

    /// The field that was left blank, where that is what is wrong: a gap in the form, not a bad
    /// answer.
    ///
    /// ```
    /// # use spcg::checklist::{Checklist, Context};
    /// let proposal = spcg::Proposal::builder().title("Smart lifts").scope("Lifts.").build();
    /// let findings = Checklist::standard().run(&Context::new(&proposal));
    /// let blank = |rule: &str| findings.iter().find(|one| one.rule == rule).unwrap().blank_field();
    /// assert_eq!(blank("C08"), Some("existing_work_searched"));
    /// assert_eq!(blank("C02"), None);
    /// ```
    #[must_use]
    pub fn blank_field(&self) -> Option<&str> {
        match self.evidence.first() {
            Some(Evidence::Field { field, line: None, excerpt, .. })
                if self.is_failure() && excerpt.is_empty() =>
            {
                Some(field)
            }
            _ => None,
        }
    }

    /// Failures first, the gravest of them first, then what could not be told, passes, and what
    /// does not apply. Equal ones stay in the order of the checklist under a stable sort.
    pub(crate) fn order(&self, other: &Finding) -> Ordering {
        let severity = |finding: &Finding| finding.is_failure().then_some(finding.severity);
        self.outcome.cmp(&other.outcome).then(severity(self).cmp(&severity(other)))
    }
}

impl std::fmt::Display for Finding {
    /// `C13 warning: …`, or `C13 pass: …`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.outcome {
            Outcome::Fail => write!(f, "{} {}: {}", self.rule, self.severity, self.message),
            outcome => {
                write!(f, "{} {}: {}", self.rule, outcome.name().replace('_', " "), self.message)
            }
        }
    }
}
