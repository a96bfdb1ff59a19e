//! In which areas a proposal lies.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::area::{Area, Landscape};
use crate::proposal::{Body, Proposal};
use crate::reference::CommitteeRef;
use crate::text::stem::stem;

/// An area in which a proposal lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Placement {
    /// The name of the area.
    pub area: String,
    /// Why: the keywords first, then the committees.
    pub reasons: Vec<Reason>,
    /// The committees that work in the area.
    pub committees: Vec<CommitteeRef>,
    /// What is arranged between the organizations, as far as on record.
    pub arrangements: Vec<String>,
}

/// Why a proposal lies in an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// A keyword of the area stands in its title.
    InTitle(String),
    /// A keyword of the area stands in its scope, purpose or programme.
    InText(String),
    /// It is addressed to this committee of the area, or names it as concerned.
    Committee(CommitteeRef),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::InTitle(keyword) => write!(f, "the title says \u{201c}{keyword}\u{201d}"),
            Reason::InText(keyword) => write!(f, "the text says \u{201c}{keyword}\u{201d}"),
            Reason::Committee(committee) => write!(f, "{committee} is concerned"),
        }
    }
}

impl Placement {
    /// Why the proposal lies in the area, in a sentence for people: “the title says …”.
    #[must_use]
    pub fn because(&self) -> String {
        let reasons: Vec<String> =
            self.reasons.iter().take(MOST_REASONS).map(ToString::to_string).collect();
        let more = self.reasons.len().saturating_sub(MOST_REASONS);
        if more > 0 {
            format!("{}, and {more} more", reasons.join(", "))
        } else {
            reasons.join(", ")
        }
    }
}

/// Reasons that [`Placement::because`] tells.
const MOST_REASONS: usize = 3;

impl fmt::Display for Placement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.area)?;
        for (at, committee) in self.committees.iter().enumerate() {
            write!(f, "{}{committee}", if at == 0 { "" } else { ", " })?;
        }
        if self.arrangements.is_empty() {
            return f.write_str("; no arrangement on record");
        }
        write!(f, "; arrangements on record: {}", self.arrangements.join(", "))
    }
}

impl Landscape {
    /// The areas in which a proposal lies: those whose keyword stands in its title, scope, purpose
    /// or programme, and those one of whose committees is concerned that works in no other area.
    /// What the proposal leaves out does not count. Areas named in the title come first, then in
    /// the order of the landscape.
    #[must_use]
    pub fn place(&self, proposal: &Proposal) -> Vec<Placement> {
        let title = stems(&proposal.title);
        let mut texts = vec![stems(&proposal.scope), stems(&proposal.purpose)];
        texts.extend(proposal.programme.iter().map(|part| stems(part)));
        let concerned = concerned(proposal);
        let mut placements: Vec<Placement> = self
            .areas
            .iter()
            .zip(&self.stems)
            .filter(|(area, _)| area.state.is_open())
            .filter_map(|(area, stems)| self.placement(area, stems, &title, &texts, &concerned))
            .collect();
        placements.sort_by_key(|one| !matches!(one.reasons.first(), Some(Reason::InTitle(_))));
        placements
    }

    fn placement(
        &self,
        area: &Area,
        keywords: &[Vec<String>],
        title: &[String],
        texts: &[Vec<String>],
        concerned: &[CommitteeRef],
    ) -> Option<Placement> {
        let mut reasons = Vec::new();
        let mut in_text = Vec::new();
        for (keyword, wanted) in area.keywords.iter().zip(keywords) {
            if stands_in(wanted, title) {
                reasons.push(Reason::InTitle(keyword.clone()));
            } else if texts.iter().any(|text| stands_in(wanted, text)) {
                in_text.push(Reason::InText(keyword.clone()));
            }
        }
        reasons.append(&mut in_text);
        let own: Vec<&CommitteeRef> =
            area.committees().filter(|one| concerned.contains(one)).collect();
        if reasons.is_empty() && !own.iter().any(|one| self.only_in_one_area(one)) {
            return None;
        }
        reasons.extend(own.into_iter().cloned().map(Reason::Committee));
        Some(Placement {
            area: area.name.clone(),
            reasons,
            committees: area.committees().cloned().collect(),
            arrangements: self.arrangements_of(area).map(ToString::to_string).collect(),
        })
    }

    fn only_in_one_area(&self, committee: &CommitteeRef) -> bool {
        self.areas.iter().filter(|area| area.has(committee)).count() == 1
    }
}

/// The committees to which a proposal is addressed or which it names as concerned.
fn concerned(proposal: &Proposal) -> Vec<CommitteeRef> {
    let liaisons = proposal.liaisons.iter().map(|liaison| &liaison.body);
    let named = proposal.related_committees.iter().chain(liaisons).filter_map(Body::committee);
    proposal.committee.iter().chain(named).map(CommitteeRef::committee).collect()
}

/// The words of a text, in lower case and reduced to their stems.
pub(super) fn stems(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        // Short words are abbreviations as a rule: AIS is no plural of AI.
        .map(|word| if word.len() > 3 { stem(word).into_owned() } else { word.to_owned() })
        .collect()
}

pub(super) fn stands_in(wanted: &[String], text: &[String]) -> bool {
    !wanted.is_empty() && text.windows(wanted.len()).any(|words| words == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(proposal: &Proposal) -> Vec<String> {
        Landscape::builtin().place(proposal).into_iter().map(|one| one.area).collect()
    }

    #[test]
    fn the_title_goes_before_the_text_and_inflection_does_not_matter() {
        let proposal = Proposal::builder()
            .title("Digital twins of bridges")
            .scope("Models for bridges in smart cities, kept by machine learning.")
            .build();
        assert_eq!(names(&proposal), ["digital twin", "smart cities", "artificial intelligence"]);
    }

    #[test]
    fn a_keyword_is_whole_words() {
        let proposal = Proposal::builder().title("Maintenance of air-dried sails").build();
        assert!(names(&proposal).is_empty());
    }

    #[test]
    fn an_abbreviation_is_no_plural_of_another() {
        let proposal = Proposal::builder().title("AIS receivers on ships").build();
        assert!(names(&proposal).is_empty());
        let proposal = Proposal::builder().title("Batteries of UAVs").build();
        assert_eq!(names(&proposal), ["uncrewed aircraft"]);
    }

    #[test]
    fn a_committee_of_one_area_places_and_one_of_many_does_not() {
        let text = r#"{"title": "Terms", "related_committees": ["ISO/IEC JTC 1/SC 37"]}"#;
        assert_eq!(names(&Proposal::from_json(text).unwrap()), ["biometrics"]);
        let text = r#"{"title": "Terms", "related_committees": ["ITU-T SG 20"]}"#;
        assert!(names(&Proposal::from_json(text).unwrap()).is_empty());
    }

    #[test]
    fn what_is_left_out_does_not_place() {
        let proposal = Proposal::builder().title("Lifts").excludes("blockchain").build();
        assert!(names(&proposal).is_empty());
    }

    #[test]
    fn an_area_says_whether_an_arrangement_is_on_record() {
        let landscape = Landscape::builtin();
        let shown =
            |title: &str| landscape.place(&Proposal::builder().title(title).build())[0].to_string();
        assert!(shown("Machine learning").contains("arrangements on record: ITU in liaison with"));
        assert!(shown("Digital twins").ends_with("no arrangement on record"));
    }
}
