//! What was answered, counted: never of fewer than five.

use std::collections::BTreeMap;

use serde::Serialize;

use super::import::{Answer, last_ones};
use super::{Question, QuestionKind, Survey, Timing, Value};
use crate::Catalogue;
use crate::landscape::Landscape;
use crate::reference::{CommitteeRef, Reference, find_references};

/// Fewer than so many are not told apart.
const SMALLEST_GROUP: usize = 5;

/// An option with how many chose it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OptionCount {
    /// The option.
    pub option: String,
    /// How many chose it.
    pub count: usize,
    /// Their share of those who answered the question, 0 to 1.
    pub share: f64,
}

/// Numbers that were answered.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NumberSummary {
    /// Their mean.
    pub mean: f64,
    /// Half of them are at most so much.
    pub median: f64,
}

/// What divides those who answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Grouping {
    /// The round in which they did.
    Round,
    /// The audience to which they belong.
    Audience,
}

impl Grouping {
    /// `round` or `audience`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Grouping::Round => "round",
            Grouping::Audience => "audience",
        }
    }
}

/// Those of one round or audience, or of several together where one of them has fewer than five.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Group {
    /// What divides.
    pub by: Grouping,
    /// The rounds or audiences.
    pub names: Vec<String>,
    /// How many of them answered the question.
    pub answered: usize,
    /// What they chose.
    pub options: Vec<OptionCount>,
    /// Numbers, and scales whose options are numbers.
    pub number: Option<NumberSummary>,
}

/// The answers to one question.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct QuestionSummary {
    /// The id of the question.
    pub id: String,
    /// What was asked.
    pub text: String,
    /// How many answered.
    pub answered: usize,
    /// What they chose; nothing where fewer than five answered.
    pub options: Vec<OptionCount>,
    /// How many gave an answer that is on no list.
    pub other: usize,
    /// Numbers, and scales whose options are numbers.
    pub number: Option<NumberSummary>,
    /// The same by round and by audience.
    pub groups: Vec<Group>,
}

/// What somebody said in words, with consent, and without saying who.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Said {
    /// The id of the question.
    pub question: String,
    /// The text.
    pub text: String,
    /// Committees that it names, as they are called today.
    pub committees: Vec<CommitteeRef>,
    /// Ids of the areas of the landscape that list one of them.
    pub areas: Vec<String>,
}

/// A committee that texts name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NamedCommittee {
    /// The committee, as it is called today.
    pub committee: CommitteeRef,
    /// In how many texts.
    pub texts: usize,
    /// Ids of the areas that list it.
    pub areas: Vec<String>,
}

/// The sums of a questionnaire.
///
/// ```
/// use spcg::outreach::survey::{Summary, Survey};
/// use spcg::{Catalogue, landscape::Landscape};
///
/// let survey = Survey::from_toml("title = \"T\"\n[[questions]]\nid = \"q\"\ntext = \"Which?\"\n\
///     type = \"single\"\noptions = [\"a\", \"b\"]")?;
/// let import = survey.import(b"Which?\na\na\na\na\nb\nc\n")?;
/// let (landscape, catalogue) = (Landscape::builtin(), Catalogue::builtin());
/// let summary = Summary::new(&survey, import.answers, &landscape, &catalogue);
/// let question = &summary.questions[0];
/// assert_eq!((question.answered, question.options[0].count, question.other), (6, 4, 1));
/// # Ok::<(), spcg::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// The title of the questionnaire.
    pub title: String,
    /// Respondents that are counted.
    pub respondents: usize,
    /// Respondents that answered after the last round, and are not counted.
    pub late: usize,
    /// Of those counted, the ones whose day is not known.
    pub undated: usize,
    /// Question by question.
    pub questions: Vec<QuestionSummary>,
    /// What was said in words.
    pub said: Vec<Said>,
    /// Committees that were named, the most often named first.
    pub committees: Vec<NamedCommittee>,
}

impl Summary {
    /// Counts answers. Of a respondent the last one counts, and one that is late does not.
    #[must_use]
    pub fn new(
        survey: &Survey,
        answers: impl IntoIterator<Item = Answer>,
        landscape: &Landscape,
        catalogue: &Catalogue,
    ) -> Summary {
        let answers = last_ones(survey, answers);
        let is_late = |one: &Answer| survey.timing(one.day) == Timing::Late;
        let (late, counted): (Vec<Answer>, Vec<Answer>) = answers.into_iter().partition(is_late);
        let undated = counted.iter().filter(|one| survey.timing(one.day) == Timing::Undated);
        let questions = survey.questions.iter().map(|one| summed(survey, one, &counted)).collect();
        let said = said(survey, &counted, landscape, catalogue);
        Summary {
            title: survey.title.clone(),
            respondents: counted.len(),
            late: late.len(),
            undated: undated.count(),
            questions,
            committees: named(&said, landscape),
            said,
        }
    }
}

fn summed(survey: &Survey, question: &Question, answers: &[Answer]) -> QuestionSummary {
    let answered: Vec<&Answer> =
        answers.iter().filter(|one| one.values.contains_key(&question.id)).collect();
    let is_other = |one: &&&Answer| matches!(one.values.get(&question.id), Some(Value::Chosen { other, .. }) if !other.is_empty());
    let groups = [Grouping::Round, Grouping::Audience].into_iter().flat_map(|by| {
        joined(by, survey, &answered).into_iter().map(move |pool| Group {
            by,
            answered: pool.answers.len(),
            options: counts(question, &pool.answers),
            number: numbers(question, &pool.answers),
            names: pool.names,
        })
    });
    let tells = answered.len() >= SMALLEST_GROUP;
    QuestionSummary {
        id: question.id.clone(),
        text: question.text.clone(),
        answered: answered.len(),
        options: if tells { counts(question, &answered) } else { Vec::new() },
        other: answered.iter().filter(is_other).count(),
        number: numbers(question, &answered).filter(|_| tells),
        groups: if question.kind == QuestionKind::Text { Vec::new() } else { groups.collect() },
    }
}

/// A group with its place among others.
type Place = (usize, String);

/// Those who answered and belong together.
#[derive(Default)]
struct Pool<'a> {
    names: Vec<String>,
    answers: Vec<&'a Answer>,
}

/// Those who answered, by round or audience. A group of fewer than five is put together with the
/// next larger ones: left out by itself, it could be told from the sums. Nothing where that leaves
/// one group.
fn joined<'a>(by: Grouping, survey: &Survey, answered: &[&'a Answer]) -> Vec<Pool<'a>> {
    let mut groups: BTreeMap<Place, Vec<&'a Answer>> = BTreeMap::new();
    for answer in answered {
        groups.entry(place(by, survey, answer)).or_default().push(answer);
    }
    let mut by_size: Vec<(Place, Vec<&Answer>)> = groups.into_iter().collect();
    by_size.sort_by_key(|(place, own)| (own.len(), place.clone()));
    let small = by_size.iter().filter(|(_, own)| own.len() < SMALLEST_GROUP).count();
    let sum = |count: usize| by_size.iter().take(count).map(|(_, own)| own.len()).sum::<usize>();
    let together = (small..=by_size.len())
        .find(|count| *count == 0 || sum(*count) >= SMALLEST_GROUP)
        .unwrap_or(by_size.len());
    let apart = by_size.split_off(together);
    if apart.len() + usize::from(!by_size.is_empty()) < 2 {
        return Vec::new();
    }
    by_size.sort_by(|one, other| one.0.cmp(&other.0));
    let first = by_size.first().map(|(place, _)| place.clone());
    let mut pooled = Pool::default();
    for ((_, name), own) in by_size {
        pooled.names.push(name);
        pooled.answers.extend(own);
    }
    let mut all: BTreeMap<Place, Pool<'_>> = BTreeMap::new();
    all.extend(first.map(|place| (place, pooled)));
    all.extend(apart.into_iter().map(|(place, answers)| {
        let names = vec![place.1.clone()];
        (place, Pool { names, answers })
    }));
    all.into_values().collect()
}

/// The group of an answer, with its place: rounds in their order, audiences by name.
fn place(by: Grouping, survey: &Survey, answer: &Answer) -> Place {
    match (by, survey.timing(answer.day)) {
        (Grouping::Audience, _) => match &answer.audience {
            Some(audience) => (0, audience.clone()),
            None => (1, "not said".to_owned()),
        },
        (Grouping::Round, Timing::InTime(Some(name))) => {
            let at = survey.rounds.iter().position(|round| round.name == name);
            (at.unwrap_or(0), name.to_owned())
        }
        (Grouping::Round, _) => (survey.rounds.len(), "day not known".to_owned()),
    }
}

fn counts(question: &Question, answered: &[&Answer]) -> Vec<OptionCount> {
    let mut chosen: BTreeMap<&str, usize> = BTreeMap::new();
    for answer in answered {
        if let Some(Value::Chosen { options, .. }) = answer.values.get(&question.id) {
            options.iter().for_each(|option| *chosen.entry(option).or_default() += 1);
        }
    }
    let one = |option: &String| {
        let count = chosen.get(option.as_str()).copied().unwrap_or(0);
        let share = if answered.is_empty() { 0.0 } else { count as f64 / answered.len() as f64 };
        OptionCount { option: option.clone(), count, share }
    };
    question.options.iter().map(one).collect()
}

fn numbers(question: &Question, answered: &[&Answer]) -> Option<NumberSummary> {
    let number = |answer: &&Answer| match (answer.values.get(&question.id)?, question.kind) {
        (Value::Number(number), QuestionKind::Number) => Some(*number),
        (Value::Chosen { options, .. }, QuestionKind::Scale) => options.first()?.parse().ok(),
        _ => None,
    };
    let mut all: Vec<f64> = answered.iter().filter_map(number).collect();
    let is_number = |option: &String| option.parse::<f64>().is_ok();
    let of_words = question.kind == QuestionKind::Scale && !question.options.iter().all(is_number);
    if all.len() < SMALLEST_GROUP || of_words {
        return None;
    }
    all.sort_by(f64::total_cmp);
    let middle = all.len() / 2;
    let median =
        if all.len() % 2 == 1 { all[middle] } else { f64::midpoint(all[middle - 1], all[middle]) };
    Some(NumberSummary { mean: all.iter().sum::<f64>() / all.len() as f64, median })
}

/// Free texts, sorted by question and text, so that their order tells nothing of who said them.
fn said(
    survey: &Survey,
    answers: &[Answer],
    landscape: &Landscape,
    catalogue: &Catalogue,
) -> Vec<Said> {
    let mut all = Vec::new();
    for question in &survey.questions {
        let mut texts: Vec<&String> = Vec::new();
        for answer in answers {
            match answer.values.get(&question.id) {
                Some(Value::Text(text)) => texts.extend(text),
                Some(Value::Chosen { other, .. }) => {
                    texts.extend(other.iter().filter_map(|one| one.text.as_ref()));
                }
                _ => {}
            }
        }
        texts.sort();
        all.extend(texts.into_iter().map(|text| {
            let committees = committees_in(text, catalogue);
            let mut areas: Vec<String> =
                committees.iter().flat_map(|one| areas_of(one, landscape)).collect();
            areas.sort();
            areas.dedup();
            Said { question: question.id.clone(), text: text.clone(), committees, areas }
        }));
    }
    all
}

/// Committees of a text, as they are called today; those that no register has are left out.
fn committees_in(text: &str, catalogue: &Catalogue) -> Vec<CommitteeRef> {
    let mut all: Vec<CommitteeRef> = find_references(text, None)
        .filter_map(|found| match found.reference {
            Reference::Committee(committee) => {
                Some(catalogue.current(&committee)?.reference().clone())
            }
            Reference::Standard(_) => None,
        })
        .collect();
    all.sort();
    all.dedup();
    all
}

fn areas_of(committee: &CommitteeRef, landscape: &Landscape) -> Vec<String> {
    let areas = landscape.areas().iter().filter(|area| area.has(committee));
    areas.map(|area| area.id.clone()).collect()
}

fn named(said: &[Said], landscape: &Landscape) -> Vec<NamedCommittee> {
    let mut texts: BTreeMap<&CommitteeRef, usize> = BTreeMap::new();
    for committee in said.iter().flat_map(|one| &one.committees) {
        *texts.entry(committee).or_default() += 1;
    }
    let mut all: Vec<NamedCommittee> = texts
        .into_iter()
        .map(|(committee, texts)| {
            let areas = areas_of(committee, landscape);
            NamedCommittee { committee: committee.clone(), texts, areas }
        })
        .collect();
    // The sort is stable: committees of as many texts stay in their order.
    all.sort_by_key(|one| std::cmp::Reverse(one.texts));
    all
}
