//! What a rule is, apart from what it checks.

use crate::proposal::Kind;
use crate::proposal::words::words;

use super::context::Context;
use super::verdict::{CannotTell, Verdict};

/// One consideration of the checklist: a question to the proposer, and what the crate can check of
/// it.
///
/// All rules stand in [`RULES`](super::rules::RULES); a [`Checklist`](super::Checklist) runs them.
///
/// ```
/// use spcg::checklist::rules::RULES;
///
/// let rule = RULES.iter().find(|rule| rule.id == "C13").unwrap();
/// assert_eq!(rule.name, "every-overlap-named");
/// assert!(rule.explanation.contains("## When it cannot tell"));
/// ```
#[derive(Debug)]
pub struct Rule {
    /// Its number, never given twice: `C13`.
    pub id: &'static str,
    /// Its subject in a few words: `every-overlap-named`.
    pub name: &'static str,
    /// The group of the checklist that it stands in.
    pub group: Group,
    /// The principle that it serves.
    pub principle: Principle,
    /// The gravest that it can find.
    pub severity: Severity,
    /// The question to the proposer.
    pub question: &'static str,
    /// The whole explanation, in Markdown; its headings are [`HEADINGS`].
    pub explanation: &'static str,
    /// The version of this crate that has it first.
    pub since: &'static str,
    /// What kind of support it has in public texts.
    pub support: Support,
    /// The public texts that support it.
    pub source: &'static str,
    /// The kinds of proposal that it is meant for; empty for all.
    pub applies_to: &'static [Kind],
    /// What it cannot do without.
    pub needs: &'static [Need],
    pub(crate) check: fn(&Context<'_>) -> Result<Verdict, CannotTell>,
}

/// The headings of every explanation, in this order.
pub const HEADINGS: [&str; 7] = [
    "What it asks",
    "Why it matters",
    "What is checked",
    "When it does not apply",
    "When it cannot tell",
    "Example",
    "Source and support",
];

impl Rule {
    /// The text of the explanation under one of its [`HEADINGS`].
    ///
    /// ```
    /// # use spcg::checklist::rules::RULES;
    /// assert!(RULES[0].section("Why it matters").is_some_and(|text| !text.is_empty()));
    /// ```
    #[must_use]
    pub fn section(&self, heading: &str) -> Option<&'static str> {
        section(self.explanation, heading)
    }
}

/// The text under a second-level heading of a Markdown text.
pub(crate) fn section<'a>(text: &'a str, heading: &str) -> Option<&'a str> {
    let mut from = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(title) = line.strip_prefix("## ") {
            if let Some(from) = from {
                return Some(text[from..at].trim());
            }
            if title.trim() == heading {
                from = Some(at + line.len());
            }
        }
        at += line.len();
    }
    from.map(|from: usize| text[from..].trim())
}

/// How grave it is when a rule fails. The gravest comes first in the order.
///
/// The grades are this crate's own, except where a public text demands what a rule asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file is not ready to be circulated.
    Blocker,
    /// It may be circulated; the point has to be answered or noted.
    Warning,
    /// It would be better.
    Advice,
}

words!(Severity, "severity", {
    Blocker => "blocker",
    Warning => "warning",
    Advice => "advice",
});

/// What supports a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Support {
    /// A public text that was read (`S`).
    Supported,
    /// A public text that is known to carry it, whose wording was not read (`K`).
    Known,
    /// Our own inference of what good coordination asks for (`I`).
    Inference,
    /// A text that was read supports the core; its extension to three organizations, or the test,
    /// is ours (`S+I`).
    SupportedAndInference,
}

words!(Support, "kind of support", {
    Supported => "supported" | "S",
    Known => "known" | "K",
    Inference => "inference" | "I",
    SupportedAndInference => "supported_and_inference" | "S+I",
});

impl Support {
    /// The tag that tables use: `S`, `K`, `I` or `S+I`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Support::Supported => "S",
            Support::Known => "K",
            Support::Inference => "I",
            Support::SupportedAndInference => "S+I",
        }
    }
}

/// A part of the checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Subject and scope.
    Subject,
    /// Looking at existing work.
    ExistingWork,
    /// Talking to others.
    Contacts,
    /// Working together.
    Cooperation,
    /// Need, interests and means.
    Need,
    /// Coherence over time.
    Coherence,
}

words!(Group, "group of rules", {
    Subject => "subject",
    ExistingWork => "existing_work",
    Contacts => "contacts",
    Cooperation => "cooperation",
    Need => "need",
    Coherence => "coherence",
});

impl Group {
    /// Its title: `Looking at existing work`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Group::Subject => "Subject and scope",
            Group::ExistingWork => "Looking at existing work",
            Group::Contacts => "Talking to others",
            Group::Cooperation => "Working together",
            Group::Need => "Need, interests and means",
            Group::Coherence => "Coherence over time",
        }
    }
}

/// The eight principles behind the rules. Names and grouping are this crate's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Principle {
    /// P1.
    OneHome,
    /// P2.
    LookFirst,
    /// P3.
    TalkEarly,
    /// P4.
    RightPlace,
    /// P5.
    ChosenCooperation,
    /// P6.
    RealNeed,
    /// P7.
    CoherentContent,
    /// P8.
    KeepItWorking,
}

words!(Principle, "principle", {
    OneHome => "one_home" | "P1",
    LookFirst => "look_first" | "P2",
    TalkEarly => "talk_early" | "P3",
    RightPlace => "right_place" | "P4",
    ChosenCooperation => "chosen_cooperation" | "P5",
    RealNeed => "real_need" | "P6",
    CoherentContent => "coherent_content" | "P7",
    KeepItWorking => "keep_it_working" | "P8",
});

impl Principle {
    /// `P1` to `P8`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Principle::OneHome => "P1",
            Principle::LookFirst => "P2",
            Principle::TalkEarly => "P3",
            Principle::RightPlace => "P4",
            Principle::ChosenCooperation => "P5",
            Principle::RealNeed => "P6",
            Principle::CoherentContent => "P7",
            Principle::KeepItWorking => "P8",
        }
    }

    /// The principle in one sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Principle::OneHome => {
                "A subject has one home: the three organizations neither repeat nor contradict one another's work."
            }
            Principle::LookFirst => {
                "Look before you propose, write down where you looked, and tell what you found."
            }
            Principle::TalkEarly => {
                "Those who work nearby hear of a proposal before it is put to the vote."
            }
            Principle::RightPlace => {
                "Work goes to the organization and the structure that suit it."
            }
            Principle::ChosenCooperation => {
                "The way of working together is chosen on purpose; whether to work jointly is an ordinary question."
            }
            Principle::RealNeed => {
                "There is a need, somebody has it, and somebody will do the work."
            }
            Principle::CoherentContent => {
                "Terms, references and horizontal documents are shared, not written anew."
            }
            Principle::KeepItWorking => {
                "Timetables and maintenance are kept in step, and disagreements settled where they arise."
            }
        }
    }
}

/// Something beside the proposal that a rule cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// The committees that the matcher finds likely to be concerned.
    Interests,
    /// The existing works that are close, out of an index of standards.
    Overlaps,
    /// The register of committees.
    Catalogue,
    /// A register of known proposals.
    KnownProposals,
}

words!(Need, "need of a rule", {
    Interests => "interests",
    Overlaps => "overlaps",
    Catalogue => "catalogue",
    KnownProposals => "known_proposals",
});
