//! Who was asked and what they answered.

use serde::{Deserialize, Serialize};

use super::answer::{Answer, dates_in, is_statement, outcome_in, role_in};
use super::body::{Body, organizations_in};
use super::lenient::{self, Short};
use super::words::words;
use crate::date::Date;
use crate::error::Error;
use crate::reference::Organization;

/// What a committee answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It has no interest.
    NoInterest,
    /// It wants to be kept informed.
    InformUs,
    /// It wants a liaison.
    Liaison,
    /// It wants to contribute.
    Contribute,
    /// It wants joint work.
    JointWork,
    /// It objects.
    Objection,
    /// It has not answered.
    NoAnswer,
}

words!(Outcome, "outcome of a contact", {
    NoInterest => "no_interest" | "not interested" | "no objection",
    InformUs => "inform_us" | "inform" | "keep informed" | "wants to be informed" | "for information",
    Liaison => "liaison" | "liaison wanted" | "liaison requested" | "wants liaison",
    Contribute => "contribute" | "contribution" | "will contribute" | "wants to contribute",
    JointWork => "joint_work" | "joint" | "wants joint work" | "joint working group",
    Objection => "objection" | "objects" | "objected" | "opposed",
    NoAnswer => "no_answer" | "no reply" | "no response" | "unanswered" | "none" | "pending",
});

impl Outcome {
    /// How a sentence about the committee says it.
    ///
    /// ```
    /// use spcg::proposal::Outcome;
    /// assert_eq!(Outcome::InformUs.told(), "wants to be kept informed");
    /// ```
    #[must_use]
    pub const fn told(self) -> &'static str {
        match self {
            Outcome::NoInterest => "has no interest",
            Outcome::InformUs => "wants to be kept informed",
            Outcome::Liaison => "wants a liaison",
            Outcome::Contribute => "wants to contribute",
            Outcome::JointWork => "wants joint work",
            Outcome::Objection => "objects",
            Outcome::NoAnswer => "has not answered",
        }
    }
}

/// A committee or body that was asked before the proposal was submitted.
///
/// In a file it may also be one text, such as `ISO/TC 262, 2024-05, chair, liaison`: the committee
/// first, then date, person and answer. A text with neither date nor answer becomes the committee.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Contact {
    /// Who was asked.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub committee: Option<Body>,
    /// The organization, where the committee does not tell.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub organization: Option<String>,
    /// When it was asked.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    pub date: Option<Date>,
    /// Whom in it: chair, committee manager, secretary, …
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub role: Option<String>,
    /// What it answered.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "outcome")]
    pub outcome: Option<Outcome>,
    /// Anything else.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub note: Option<String>,
}

impl Contact {
    /// A contact with a committee or body.
    #[must_use]
    pub fn new(committee: impl Into<Body>) -> Contact {
        Contact { committee: Some(committee.into()), ..Contact::default() }
    }

    /// True when it objects, by its outcome or in the words of its note.
    ///
    /// ```
    /// let mut contact = spcg::proposal::Contact::new("ISO/TC 178");
    /// contact.note = Some("They object, since they plan the same.".to_owned());
    /// assert!(contact.objects());
    /// ```
    #[must_use]
    pub fn objects(&self) -> bool {
        self.outcome == Some(Outcome::Objection)
            || self
                .note
                .as_deref()
                .and_then(outcome_in)
                .is_some_and(|(outcome, _)| outcome == Outcome::Objection)
    }

    /// True when a liaison statement carried the question: it goes to the group, and no person need
    /// be named.
    ///
    /// ```
    /// let mut contact = spcg::proposal::Contact::new("ITU-T SG 5");
    /// contact.note = Some("Liaison statement of May 2031, answered in July.".to_owned());
    /// assert!(contact.by_liaison_statement());
    /// ```
    #[must_use]
    pub fn by_liaison_statement(&self) -> bool {
        self.note.as_deref().is_some_and(is_statement)
    }

    /// Those of the three organizations that were asked.
    #[must_use]
    pub fn organizations(&self) -> Vec<Organization> {
        match self.committee.as_ref().and_then(Body::committee) {
            Some(committee) => committee.organizations().to_vec(),
            None => {
                let mut text = self.organization.clone().unwrap_or_default();
                if let Some(body) = &self.committee {
                    text.push(' ');
                    text.push_str(body.text());
                }
                organizations_in(&text)
            }
        }
    }
}

impl Contact {
    /// `IEC TC 34: we wrote to the secretary on 20 January 2026; they see no conflict.`
    fn from_sentence(text: &str) -> Contact {
        let year = |piece: &&str| piece.len() == 4 && Date::read_written(piece).is_some();
        let date = dates_in(text).first().map(|(_, date)| *date).or_else(|| {
            // A year alone counts only as a piece of its own.
            lenient::pieces(text).find(year).and_then(Date::read_written)
        });
        // A name is no answer: `IEC SC 45A, contribution of reactors`.
        let said = text.split_once([':', ',', ';', '.']).map_or("", |(_, said)| said);
        let outcome = outcome_in(if said.is_empty() { text } else { said });
        let outcome = outcome.map(|(outcome, _)| outcome);
        if date.is_none() && outcome.is_none() {
            return Contact::new(text);
        }
        // Whom it is about stands before a colon, or is the first that is named.
        let head = text.split_once(": ").map(|(head, _)| head).filter(|head| head.len() <= 120);
        let committees = super::body::committees_in(text, None);
        let committee = match (head.map(Body::new), committees.first()) {
            (Some(head), _) if head.committee().is_some() => head,
            (Some(head), None) => head,
            (_, Some(first)) => Body::from(first.clone()),
            (None, None) => Body::new(text),
        };
        Contact {
            committee: Some(committee),
            date,
            outcome,
            role: role_in(text).map(str::to_owned),
            note: Some(text.trim().to_owned()),
            ..Contact::default()
        }
    }
}

impl Short for Contact {
    const EXPECTED: &'static str =
        "a table such as { committee = \"ISO/TC 262\", date = \"2024-05\" } or a text";
    fn from_text(text: &str) -> Result<Contact, Error> {
        let mut pieces = lenient::pieces(text);
        let first = pieces.next().unwrap_or_default();
        let mut contact = Contact::new(first);
        let mut rest: Vec<&str> = Vec::new();
        for piece in pieces {
            match (Date::read_written(piece), Outcome::read(piece)) {
                (date @ Some(_), _) if contact.date.is_none() => contact.date = date,
                (_, outcome @ Some(_)) if contact.outcome.is_none() => contact.outcome = outcome,
                _ => rest.push(piece),
            }
        }
        let whole = Body::new(text);
        let is_partly = contact.date.is_none() || contact.outcome.is_none();
        if is_partly || whole.committee() != Body::new(first).committee() {
            return Ok(Contact::from_sentence(text));
        }
        // `chair`, `committee manager`
        if rest.first().is_some_and(|piece| piece.chars().count() <= 40) {
            contact.role = Some(rest.remove(0).to_owned());
        }
        contact.note = (!rest.is_empty()).then(|| rest.join(", "));
        Ok(contact)
    }
}

/// An outcome by its name, or told in words: `asks for liaison`.
fn outcome<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Outcome>, D::Error> {
    let Some(text) = lenient::optional_text(deserializer)? else { return Ok(None) };
    let told = Outcome::read(&text).or_else(|| outcome_in(&text).map(|(outcome, _)| outcome));
    told.map(Some).ok_or_else(|| serde::de::Error::unknown_variant(&text, Outcome::NAMES))
}

/// A disagreement that is not settled yet.
///
/// In a file it may also be one text, which becomes its description.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Disagreement {
    /// With whom.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub committee: Option<Body>,
    /// About what.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub description: Option<String>,
    /// The level of the technical coordination mechanism that deals with it, 1 (officers of the
    /// committees) to 4 (chief executives).
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "level")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 4)))]
    pub level: Option<u8>,
    /// What happens next, and when.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub next_step: Option<String>,
}

impl Short for Disagreement {
    const EXPECTED: &'static str =
        "a table such as { committee = \"IEC TC 57\", level = 1 } or a text";
    fn from_text(text: &str) -> Result<Disagreement, Error> {
        let body = Body::new(text);
        Ok(Disagreement {
            committee: body.committee().cloned().map(Body::from),
            description: Some(text.trim().to_owned()),
            ..Disagreement::default()
        })
    }
    fn says_none(&self) -> bool {
        self.committee.is_none()
            && self.description.as_deref().is_some_and(|text| Answer::of(text) == Answer::None)
    }
}

fn level<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<u8>, D::Error> {
    match Option::<u8>::deserialize(deserializer)? {
        Some(level @ 1..=4) => Ok(Some(level)),
        None => Ok(None),
        Some(level) => Err(serde::de::Error::custom(format_args!(
            "`{level}` is not a level of the ladder; write 1, 2, 3 or 4"
        ))),
    }
}
