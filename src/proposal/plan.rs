//! Need, interests and means: who is affected, who does the work, from what text and by when.

use serde::{Deserialize, Serialize};

use super::cooperation::answered;
use super::lenient::{self, Short};
use super::words::words;
use crate::date::Date;
use crate::error::Error;

/// A group of those concerned, as the ISO form for new work items divides them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum StakeholderGroup {
    /// Large enterprises.
    LargeIndustry,
    /// Small and medium-sized enterprises.
    SmallAndMediumEnterprises,
    /// Government and public authorities.
    Government,
    /// Consumers.
    Consumers,
    /// Workers and their unions.
    Labour,
    /// Universities and research.
    Academic,
    /// Businesses that apply standards: testing, certification, advice.
    ApplicationBusinesses,
    /// Non-governmental organizations.
    NonGovernmental,
    /// Others.
    Other,
}

words!(StakeholderGroup, "group of stakeholders", {
    LargeIndustry => "large_industry" | "industry and commerce large industry" | "industry" | "large enterprises"
        | "industry and commerce" | "large companies" | "industry large" | "manufacturers",
    SmallAndMediumEnterprises => "small_and_medium_enterprises" | "SMEs" | "SME" | "industry and commerce SMEs"
        | "small and medium-sized enterprises" | "small and medium sized enterprises" | "small firms"
        | "small and medium enterprises SMEs" | "industry SMEs" | "small businesses",
    Government => "government" | "governments" | "regulators" | "public authorities" | "authorities",
    Consumers => "consumers" | "consumer" | "users" | "consumer organizations",
    Labour => "labour" | "labor" | "workers" | "trade unions" | "labour unions" | "unions",
    Academic => "academic" | "academia" | "research" | "academic and research bodies" | "academic bodies"
        | "academia and research" | "universities",
    ApplicationBusinesses => "application_businesses" | "standards application businesses"
        | "standards application business" | "certification bodies" | "testing and certification",
    NonGovernmental => "non_governmental" | "NGOs" | "NGO" | "non-governmental organizations"
        | "non-governmental organisations" | "non-governmental organizations NGOs",
    Other => "other" | "others" | "other please specify",
});

/// Who gains or is affected, and how.
///
/// In a file it may also be one text such as `SMEs: lower cost of tests`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Stakeholder {
    /// Who; see [`Stakeholder::group`].
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub category: String,
    /// What the work means for them, or that they are not affected.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional_text",
        alias = "benefit"
    )]
    pub effect: Option<String>,
    /// Organizations that can be asked.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    #[cfg_attr(feature = "schema", schemars(with = "lenient::LenientList<String>"))]
    pub contacts: Vec<String>,
}

impl Stakeholder {
    /// The group of the ISO form that the category names, where it is one.
    ///
    /// ```
    /// use spcg::proposal::{Stakeholder, StakeholderGroup};
    /// let mut stakeholder = Stakeholder::default();
    /// stakeholder.category = "SMEs".to_owned();
    /// assert_eq!(stakeholder.group(), Some(StakeholderGroup::SmallAndMediumEnterprises));
    /// ```
    #[must_use]
    pub fn group(&self) -> Option<StakeholderGroup> {
        self.groups().first().copied()
    }

    /// All groups that the category names: `Large vendors and small makers` names two.
    #[must_use]
    pub fn groups(&self) -> Vec<StakeholderGroup> {
        match StakeholderGroup::read(&self.category) {
            Some(group) => vec![group],
            None => named_in(&self.category),
        }
    }
}

/// By which words a group is told of inside a phrase: `small and medium-sized growers`. The first
/// group that fits is the one before all; a test house is none of industry.
const GROUP_WORDS: [(StakeholderGroup, &[&str]); 8] = [
    (
        StakeholderGroup::NonGovernmental,
        &[
            "ngo",
            "ngos",
            "non governmental",
            "nongovernmental",
            "civil society",
            "welfare",
            "charities",
            "environmental groups",
            "environmental organizations",
            "interest groups",
        ],
    ),
    (
        StakeholderGroup::ApplicationBusinesses,
        &[
            "test house",
            "test houses",
            "testing",
            "test laboratories",
            "test laboratory",
            "laboratories",
            "certification",
            "certifiers",
            "conformity assessment",
            "inspection",
            "inspectors",
            "accreditation",
            "consultants",
            "auditors",
            "standards application",
        ],
    ),
    (
        StakeholderGroup::SmallAndMediumEnterprises,
        &[
            "small",
            "sme",
            "smes",
            "micro",
            "medium sized",
            "start ups",
            "startups",
            "craft",
            "family businesses",
        ],
    ),
    (
        StakeholderGroup::Labour,
        &[
            "labour",
            "labor",
            "worker",
            "workers",
            "union",
            "unions",
            "employees",
            "staff",
            "workforce",
            "workplace",
        ],
    ),
    (
        StakeholderGroup::Academic,
        &[
            "academic",
            "academia",
            "university",
            "universities",
            "research",
            "researchers",
            "scientists",
            "scientific",
        ],
    ),
    (
        StakeholderGroup::Government,
        &[
            "government",
            "governments",
            "regulator",
            "regulators",
            "authority",
            "authorities",
            "ministry",
            "ministries",
            "public bodies",
            "public sector",
            "market surveillance",
            "agencies",
            "administrations",
            "municipalities",
            "cities",
            "policy makers",
        ],
    ),
    (
        StakeholderGroup::Consumers,
        &[
            "consumer",
            "consumers",
            "end users",
            "end user",
            "users",
            "customers",
            "patients",
            "passengers",
            "citizens",
            "households",
            "residents",
            "general public",
        ],
    ),
    (
        StakeholderGroup::LargeIndustry,
        &[
            "large",
            "industry",
            "industries",
            "manufacturer",
            "manufacturers",
            "makers",
            "companies",
            "enterprises",
            "producers",
            "suppliers",
            "vendors",
            "operators",
            "builders",
            "businesses",
            "commerce",
        ],
    ),
];

fn named_in(category: &str) -> Vec<StakeholderGroup> {
    let words = super::answer::words(category).join(" ");
    let words = format!(" {words} ");
    let has = |word: &&str| words.contains(&format!(" {word} "));
    let mut groups: Vec<StakeholderGroup> = Vec::new();
    for (group, names) in GROUP_WORDS {
        // «Companies» says which only where no other word does.
        let counts = group != StakeholderGroup::LargeIndustry || groups.is_empty() || has(&"large");
        if counts && names.iter().any(&has) {
            groups.push(group);
        }
    }
    groups
}

impl Short for Stakeholder {
    const EXPECTED: &'static str =
        "a text such as \"SMEs: lower cost of tests\" or a table with `category`";
    fn from_text(text: &str) -> Result<Stakeholder, Error> {
        let (category, effect) = match text.split_once(": ") {
            Some((category, effect)) if category.chars().count() <= 80 => (category, Some(effect)),
            _ => (text, None),
        };
        Ok(Stakeholder {
            category: category.trim().to_owned(),
            effect: effect.map(|effect| effect.trim().to_owned()),
            contacts: Vec::new(),
        })
    }
}

/// The dates of the work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Timeline {
    /// When the proposal is submitted.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    pub submission: Option<Date>,
    /// When the work starts.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    pub start: Option<Date>,
    /// The first meeting.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    pub first_meeting: Option<Date>,
    /// The first draft, or the committee draft.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    pub draft: Option<Date>,
    /// The enquiry: DIS, CDV, or consent in ITU-T.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    pub enquiry: Option<Date>,
    /// The approval.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    pub approval: Option<Date>,
    /// The publication.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    pub publication: Option<Date>,
    /// The development track in months: 18, 24, 36, 48.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "months", alias = "track")]
    pub track_months: Option<u16>,
    /// How the result is approved: `TAP`, `AAP`, `agreement`, …
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub approval_process: Option<String>,
    /// What the form says of the timetable beyond these dates.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub note: Option<String>,
}

impl Timeline {
    /// True when nothing of it is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Timeline::default()
    }

    /// The dates that are given, with their names, in the order in which they should follow one
    /// another.
    pub fn dates(&self) -> impl Iterator<Item = (&'static str, Date)> {
        [
            ("submission", self.submission),
            ("start", self.start),
            ("first_meeting", self.first_meeting),
            ("draft", self.draft),
            ("enquiry", self.enquiry),
            ("approval", self.approval),
            ("publication", self.publication),
        ]
        .into_iter()
        .filter_map(|(name, date)| Some((name, date?)))
    }
}

fn months<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<u16>, D::Error> {
    struct Visitor;
    impl serde::de::Visitor<'_> for Visitor {
        type Value = Option<u16>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a number of months such as 36")
        }
        fn visit_unit<E: serde::de::Error>(self) -> Result<Option<u16>, E> {
            Ok(None)
        }
        fn visit_u64<E: serde::de::Error>(self, months: u64) -> Result<Option<u16>, E> {
            match u16::try_from(months) {
                Ok(months @ 1..=240) => Ok(Some(months)),
                _ => Err(E::custom(format_args!(
                    "`{months}` is not a number of months; write it like `36`"
                ))),
            }
        }
        fn visit_i64<E: serde::de::Error>(self, months: i64) -> Result<Option<u16>, E> {
            self.visit_u64(u64::try_from(months).unwrap_or(0))
        }
        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Option<u16>, E> {
            match read_months(text) {
                Some(months) => Ok(Some(months)),
                None if text.trim().is_empty() => Ok(None),
                None => {
                    let text = super::malformed::shown(text);
                    Err(E::custom(format_args!(
                        "`{text}` is not a number of months; write it like `36`"
                    )))
                }
            }
        }
    }
    deserializer.deserialize_any(Visitor)
}

/// `36`, `36 months`, `36-month track`
pub(crate) fn read_months(text: &str) -> Option<u16> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let unit = text[digits..].trim_start_matches([' ', '-']).to_lowercase();
    let months = text[..digits].parse().ok().filter(|months| (1..=240).contains(months))?;
    (unit.is_empty() || (unit.starts_with("month") && unit.len() <= 30)).then_some(months)
}

/// Whether there is a text to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BaseDocumentForm {
    /// A draft is attached.
    Attached,
    /// An outline is attached.
    Outline,
    /// There is none.
    None,
}

words!(BaseDocumentForm, "form of a base document", {
    Attached => "attached" | "draft" | "draft attached" | "a draft is attached" | "yes" | "existing document",
    Outline => "outline" | "an outline is attached" | "outline attached",
    None => "none" | "no" | "no draft",
});

/// The text that the work starts from.
///
/// In a file it may also be one text: `attached`, `outline`, `none`, or a description.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct BaseDocument {
    /// A draft, an outline, or none.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::unless_blank")]
    pub form: Option<BaseDocumentForm>,
    /// Whether the holder of the copyright has agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copyright_cleared: Option<bool>,
    /// Which document it is.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub description: Option<String>,
}

impl Short for BaseDocument {
    const EXPECTED: &'static str =
        "\"attached\", \"outline\", \"none\", a text, or a table with `form`";
    fn from_text(text: &str) -> Result<BaseDocument, Error> {
        let form = BaseDocumentForm::read(text);
        let is_name = BaseDocumentForm::ALL.iter().any(|form| form.name() == text.trim());
        let description = if is_name { None } else { Some(text.trim().to_owned()) };
        Ok(BaseDocument { form, description, ..BaseDocument::default() })
    }
}

/// Who leads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Leadership {
    /// The project leader, editor or rapporteur.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub project_leader: Option<String>,
    /// Who offers the secretariat.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub secretariat_offer: Option<String>,
}

impl Leadership {
    /// True when nothing of it is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Leadership::default()
    }
}

/// Who takes part in the work or backs it.
///
/// In a file it may also be one text such as `KATS (Korea): one expert`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Supporter {
    /// The member, administration, company or expert.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub name: Option<String>,
    /// The country.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub country: Option<String>,
    /// What the support is: votes, nominates an expert, contributes, …
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub support: Option<String>,
}

impl Short for Supporter {
    const EXPECTED: &'static str =
        "a text such as \"KATS (Korea)\" or a table with `name`, `country`, `support`";
    fn from_text(text: &str) -> Result<Supporter, Error> {
        let (who, support) = match text.split_once(": ") {
            Some((who, support)) => (who.trim(), Some(support.trim().to_owned())),
            None => (text.trim(), None),
        };
        let (name, country) = with_country(who);
        let name = Some(name.to_owned()).filter(|name| !name.is_empty());
        Ok(Supporter { name, country: country.map(str::to_owned), support })
    }
    /// Parted by lines and semicolons; one line of short names by commas outside parentheses too.
    fn split(text: &str) -> Vec<&str> {
        let items = lenient::lines_and_semicolons(text);
        let [line] = items.as_slice() else { return items };
        let names = lenient::outer_commas(line);
        let is_name = |name: &&str| name.split_whitespace().count() <= 6 && !name.contains(':');
        if names.len() > 1 && names.iter().all(is_name) { names } else { items }
    }
}

/// `KATS (Korea)` in its two parts. `Korea (Republic of)` is a country by itself.
pub(crate) fn with_country(text: &str) -> (&str, Option<&str>) {
    if let Some((name, form)) = text.strip_suffix(')').and_then(|inner| inner.rsplit_once('('))
        && is_form_of_state(form)
    {
        let name = name.trim();
        return match name.rsplit_once([',', '(']) {
            Some((body, country)) if !country.trim().is_empty() => {
                (body.trim(), Some(country.trim()))
            }
            _ => (name, Some(name)),
        };
    }
    match text.strip_suffix(')').and_then(|inner| inner.rsplit_once('(')) {
        Some((name, country)) if !name.trim().is_empty() && !country.trim().is_empty() => {
            (name.trim(), Some(country.trim()))
        }
        _ => (text, None),
    }
}

/// What lists of countries put behind a name: `Korea (Republic of)`, `Iran (Islamic Republic of)`.
fn is_form_of_state(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let form = text.trim_end_matches(" the");
    form.ends_with(" of")
        && ["republic", "rep.", "state", "states", "kingdom", "federation"]
            .iter()
            .any(|form| text.contains(form))
}

/// Whether the proposer knows of patents on the subject.
///
/// In a file it may also be `true`, `false` or a text such as `none known`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Patents {
    /// Whether some are known; nothing when the text does not say so plainly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<bool>,
    /// Which, or what was said about them.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub statement: Option<String>,
}

impl Short for Patents {
    const EXPECTED: &'static str =
        "true, false, a text, or a table such as { known = true, statement = \"…\" }";
    fn from_text(text: &str) -> Result<Patents, Error> {
        let (known, statement) = answered(text);
        Ok(Patents { known, statement })
    }
    fn from_answer(answer: bool) -> Option<Patents> {
        Some(Patents { known: Some(answer), statement: None })
    }
}
