//! How the proposed work is to be done together with others.

use serde::{Deserialize, Serialize};

use super::body::{Body, committees_in};
use super::lenient::{self, Short};
use super::words::words;
use crate::date::Date;
use crate::error::Error;

/// A mode of cooperation between committees of different organizations.
///
/// The five modes of ISO and IEC (ISO/IEC Directives, Part 1, B.4.2.2) are also read by their
/// numbers `M1` to `M5`.
///
/// ```
/// use spcg::proposal::CollaborationMode;
/// assert_eq!("JWG".parse::<CollaborationMode>()?, CollaborationMode::Integrated);
/// assert_eq!("M2".parse::<CollaborationMode>()?.to_string(), "contributive");
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CollaborationMode {
    /// No cooperation is planned.
    None,
    /// ISO-IEC mode 1: one does the work and keeps the other informed.
    Informative,
    /// Separate work with exchange of documents and liaison representatives.
    Liaison,
    /// ISO-IEC mode 2: one leads, the other sends written input.
    Contributive,
    /// ISO-IEC mode 3: a defined part is handed to the other.
    Subcontracting,
    /// ISO-IEC mode 4: one leads, representatives of the other attend.
    Collaborative,
    /// ISO-IEC mode 5: a joint working group on equal footing.
    Integrated,
    /// ITU-T with ISO/IEC JTC 1: two groups, one shared text.
    CollaborativeInterchange,
    /// ITU-T with ISO/IEC JTC 1: one team of both.
    CollaborativeTeam,
    /// ITU-T with another organization: one team of both.
    CommonTeam,
    /// A joint technical committee, project committee or systems committee of ISO and IEC.
    JointCommittee,
    /// A joint coordination activity of ITU-T with guests: coordinates, writes no standards.
    JointCoordinationActivity,
    /// An ITU-T focus group, open to all.
    FocusGroup,
    /// A joint task force of the boards.
    JointTaskForce,
}

words!(CollaborationMode, "mode of cooperation", {
    None => "none" | "no" | "not needed",
    Informative => "informative" | "M1" | "mode 1" | "informative relation" | "informative mode",
    Liaison => "liaison" | "liaison mode",
    Contributive => "contributive" | "M2" | "mode 2" | "contributive relation" | "contributive mode",
    Subcontracting => "subcontracting" | "M3" | "mode 3" | "subcontracting relation" | "subcontracting mode",
    Collaborative => "collaborative" | "M4" | "mode 4" | "collaborative relation" | "collaborative mode"
        | "collaborative work",
    Integrated => "integrated" | "M5" | "mode 5" | "integrated liaison" | "JWG" | "joint working group"
        | "integrated mode",
    CollaborativeInterchange => "collaborative_interchange" | "interchange",
    CollaborativeTeam => "collaborative_team",
    CommonTeam => "common_team",
    JointCommittee => "joint_committee" | "joint technical committee" | "joint project committee"
        | "joint systems committee" | "JTC" | "JPC" | "joint technical or project committee",
    JointCoordinationActivity => "joint_coordination_activity" | "JCA",
    FocusGroup => "focus_group" | "FG",
    JointTaskForce => "joint_task_force" | "task force" | "JTF",
});

impl CollaborationMode {
    /// The mode as people say it.
    ///
    /// ```
    /// use spcg::proposal::CollaborationMode;
    /// assert_eq!(CollaborationMode::JointCommittee.in_words(), "joint committee");
    /// ```
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            CollaborationMode::None => "no cooperation beyond what is on record",
            CollaborationMode::Informative => "informative relation (exchange of documents)",
            CollaborationMode::Liaison => "liaison (exchange of documents, with a representative)",
            CollaborationMode::Contributive => {
                "contributive relation (one leads, the other sends written input)"
            }
            CollaborationMode::Subcontracting => {
                "subcontracting relation (a part is handed to the other)"
            }
            CollaborationMode::Collaborative => {
                "collaborative relation (one leads, the other takes part)"
            }
            CollaborationMode::Integrated => "joint working group (integrated relation)",
            CollaborationMode::CollaborativeInterchange => {
                "collaborative interchange (two groups, one text)"
            }
            CollaborationMode::CollaborativeTeam => "collaborative team (one team of both)",
            CollaborationMode::CommonTeam => "common team (one team of both)",
            CollaborationMode::JointCommittee => "joint committee",
            CollaborationMode::JointCoordinationActivity => {
                "joint coordination activity with guests"
            }
            CollaborationMode::FocusGroup => "focus group",
            CollaborationMode::JointTaskForce => "joint task force of the boards",
        }
    }
}

/// How one text is to serve several organizations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TextForm {
    /// Identical text under two numbers, approved and published by both.
    CommonText,
    /// Technically aligned texts, worded separately.
    TwinText,
    /// One document with the logos of both.
    DualLogo,
    /// Each refers to the text of the other.
    CrossReference,
    /// One adopts or endorses the text of the other.
    Adoption,
}

words!(TextForm, "form of a shared text", {
    CommonText => "common_text" | "common",
    TwinText => "twin_text" | "twin",
    DualLogo => "dual_logo" | "double logo",
    CrossReference => "cross_reference" | "reference",
    Adoption => "adoption" | "endorsement" | "adopt",
});

/// A liaison that the work needs.
///
/// In a file it may also be one text, which becomes its body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Liaison {
    /// With whom.
    #[serde(alias = "committee")]
    pub body: Body,
    /// Its category or type: `internal`, `A`, `B`, `C`, …
    #[serde(
        default,
        alias = "type",
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional_text"
    )]
    pub category: Option<String>,
    /// Whether the other side has agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<bool>,
}

impl Liaison {
    /// A liaison with a committee or body.
    #[must_use]
    pub fn new(body: impl Into<Body>) -> Liaison {
        Liaison { body: body.into(), category: None, agreed: None }
    }
}

impl Short for Liaison {
    const EXPECTED: &'static str = "a text such as \"IEC TC 57\" or a table with `body`";
    fn parted(self) -> Vec<Liaison> {
        let bodies = self.body.clone().parted();
        if bodies.len() < 2 {
            return vec![self];
        }
        bodies.into_iter().map(|body| Liaison { body, ..self.clone() }).collect()
    }
    fn from_text(text: &str) -> Result<Liaison, Error> {
        let (body, category) = with_category(text);
        Ok(Liaison { category, ..Liaison::new(body) })
    }
    /// Parted by lines, semicolons and commas; a sentence begins behind its «with».
    fn split(text: &str) -> Vec<&str> {
        lenient::lines_and_semicolons(text)
            .into_iter()
            .flat_map(|line| {
                let lead = line.find(" with ").filter(|at| {
                    line[..*at].to_lowercase().contains("liaison") && !line[..*at].contains(',')
                });
                lenient::outer_commas(lead.map_or(line, |at| &line[at + 6..]))
            })
            .flat_map(|item| {
                // `ISO/TC 347 and ITU-T SG 20`
                let sides: Vec<&str> = item.split(" and ").collect();
                let named = |side: &&str| !committees_in(side, None).is_empty();
                if sides.iter().all(named) { sides } else { vec![item] }
            })
            .flat_map(|item| match is_category(item) {
                // `…, category A` belongs to the body before it.
                true => vec![],
                false => vec![item],
            })
            .collect()
    }
}

/// `category A`, and nothing else.
fn is_category(item: &str) -> bool {
    let item = item.trim().trim_end_matches('.').to_lowercase();
    item.strip_prefix("category ").is_some_and(|rest| rest.len() <= 2)
}

/// A body told in words, without what stands around its name, and the category that is told with
/// it: `in category A with the Society of Growers`.
fn with_category(text: &str) -> (&str, Option<String>) {
    let text = text.trim().trim_end_matches('.');
    let lower = text.to_ascii_lowercase();
    let category = lower.find("category ").and_then(|at| {
        let rest = &text[at + 9..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        (1..=2).contains(&end).then(|| (at, at + 9 + end, rest[..end].to_ascii_uppercase()))
    });
    let Some((from, to, category)) = category else { return (text, None) };
    let before = text[..from].trim_end_matches([' ', ',', '(', ':', '–', '-']);
    let before = before.strip_suffix(" in").unwrap_or(before);
    let after = text[to..].trim_start_matches([' ', ',', ')', ':', '–', '-']);
    let after = after.strip_prefix("with ").unwrap_or(after);
    let after = after.strip_prefix("the ").unwrap_or(after);
    let is_lead =
        |before: &str| matches!(before.to_ascii_lowercase().as_str(), "" | "and" | "in" | "and in");
    if is_lead(before) && !after.is_empty() {
        (after, Some(category))
    } else if after.is_empty() {
        (before, Some(category))
    } else {
        (text, Some(category))
    }
}

/// Whether joint work was considered, and why it is or is not proposed.
///
/// In a file it may also be `true`, `false` or a text such as `no, the subjects are apart`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct JointWork {
    /// Whether it was considered; nothing when the text does not say so plainly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub considered: Option<bool>,
    /// Why.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional_text"
    )]
    pub reason: Option<String>,
}

impl Short for JointWork {
    const EXPECTED: &'static str =
        "true, false, a text, or a table such as { considered = true, reason = \"…\" }";
    fn from_text(text: &str) -> Result<JointWork, Error> {
        let (considered, reason) = answered(text);
        Ok(JointWork { considered, reason })
    }
    fn from_answer(answer: bool) -> Option<JointWork> {
        Some(JointWork { considered: Some(answer), reason: None })
    }
}

/// Whether the proposal, or one like it, went to another standards body.
///
/// In a file it may also be `true`, `false` or a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SubmittedElsewhere {
    /// Whether it did; nothing when the text does not say so plainly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submitted: Option<bool>,
    /// To whom.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional"
    )]
    pub body: Option<Body>,
    /// When.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::unless_blank"
    )]
    pub date: Option<Date>,
    /// What became of it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional_text"
    )]
    pub state: Option<String>,
}

impl Short for SubmittedElsewhere {
    const EXPECTED: &'static str =
        "true, false, a text, or a table such as { submitted = true, body = \"CEN\" }";
    fn from_text(text: &str) -> Result<SubmittedElsewhere, Error> {
        let (submitted, state) = answered(text);
        Ok(SubmittedElsewhere { submitted, body: None, date: None, state })
    }
    fn from_answer(answer: bool) -> Option<SubmittedElsewhere> {
        Some(SubmittedElsewhere { submitted: Some(answer), body: None, date: None, state: None })
    }
}

/// Whether an existing committee could take the work if its scope were widened.
///
/// In a file it may also be one text; the committee is then found in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct ExistingCommitteeOption {
    /// The committees that were thought of. Files may also write `committee`.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "lenient::list",
        alias = "committee"
    )]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::LenientList<Body>"))]
    pub committees: Vec<Body>,
    /// Why they can or cannot take it.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub reason: Option<String>,
}

impl ExistingCommitteeOption {
    pub(crate) fn settle(&mut self, context: Option<crate::reference::Organization>) {
        self.committees.iter_mut().for_each(|body| body.settle(context));
        if self.committees.is_empty() {
            let reason = self.reason.as_deref().unwrap_or_default();
            self.committees = committees_in(reason, context).into_iter().map(Body::from).collect();
        }
    }
}

impl Short for ExistingCommitteeOption {
    const EXPECTED: &'static str =
        "a text, or a table such as { committee = \"ISO/TC 262\", reason = \"…\" }";
    fn from_text(text: &str) -> Result<ExistingCommitteeOption, Error> {
        let committees = committees_in(text, None).into_iter().map(Body::from).collect();
        Ok(ExistingCommitteeOption { committees, reason: Some(text.trim().to_owned()) })
    }
}

/// In joint work: who leads, who ballots, under which number and whose copyright.
///
/// In a file it may also be one text, which becomes its lead.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct LeadArrangement {
    /// The organization or committee with the administrative lead.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub lead: Option<Body>,
    /// Whether the approval runs in parallel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parallel_approval: Option<bool>,
    /// Who publishes, under which number and logo.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub publication: Option<String>,
    /// Who holds the copyright.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub copyright_owner: Option<String>,
}

impl Short for LeadArrangement {
    const EXPECTED: &'static str =
        "a text, or a table such as { lead = \"ISO/TC 262\", parallel_approval = true }";
    fn from_text(text: &str) -> Result<LeadArrangement, Error> {
        Ok(LeadArrangement { lead: Some(Body::new(text)), ..LeadArrangement::default() })
    }
}

/// The answer at the beginning of a text, and its reason.
pub(crate) fn answered(text: &str) -> (Option<bool>, Option<String>) {
    match lenient::answer(text) {
        Some((answer, reason)) => (Some(answer), (!reason.is_empty()).then(|| reason.to_owned())),
        None => (None, Some(text.trim().to_owned())),
    }
}
