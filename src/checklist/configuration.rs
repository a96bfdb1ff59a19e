//! Reading a checklist from a file.

mod failure;
mod table;

use toml::de::DeTable;

use self::failure::Unusable;
use self::table::{Source, Table, number};
use super::Checklist;
use super::consideration::{Changes, Consideration, Test};
use super::own_rule::{Demands, OwnRule, names_under};
use super::pattern::Pattern;
use super::profile::Profile;
use super::rule::{Severity, Support};
use super::rules::RULES;
use super::sentences::{self, Rewording, Sentence, placeholders};
use super::thresholds::{Thresholds, Unsuitable};
use crate::error::Error;
use crate::proposal::Kind;
use crate::proposal::malformed::{nearest, shown};
use crate::reference::Organization;

/// A configuration is a page or two; whole texts of 38 explanations are a tenth of this.
pub(super) const LIMIT: usize = 1 << 20;

const TOP: &[&str] = &["name", "version", "thresholds", "rules", "own", "profiles"];
const OF_RULE: &[&str] = &[
    "off",
    "severity",
    "at_most",
    "question",
    "explanation",
    "remedy",
    "source",
    "support",
    "sentences",
];
const OF_OWN: &[&str] = &[
    "id",
    "name",
    "question",
    "explanation",
    "source",
    "support",
    "severity",
    "remedy",
    "applies_to",
    "field",
    "required",
    "min_length",
    "max_length",
    "one_of",
    "pattern",
    "not_before",
];
const OF_PROFILE: &[&str] = &["name", "organizations", "kinds", "without"];
const ORGANIZATIONS: &[&str] = &["ISO", "IEC", "ITU-T"];

pub(super) fn from_bytes(bytes: &[u8]) -> Result<Checklist, Error> {
    if bytes.len() > LIMIT {
        return Err(Error::new(Unusable::TooLarge { limit: LIMIT }));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Error::new(Unusable::Encoding))?;
    from_text(text.strip_prefix('\u{feff}').unwrap_or(text))
}

pub(super) fn from_text(text: &str) -> Result<Checklist, Error> {
    if text.len() > LIMIT {
        return Err(Error::new(Unusable::TooLarge { limit: LIMIT }));
    }
    let source = Source(text);
    let parsed = DeTable::parse(text).map_err(|failure| {
        let at = failure.span().map_or(0, |span| span.start);
        source.error(Unusable::Syntax(failure.message().to_owned()), at)
    })?;
    let top = Table::new(&source, "the configuration".to_owned(), parsed.get_ref(), 0, TOP)?;
    let mut checklist = Checklist::standard();
    if let Some(name) = top.text("name")? {
        checklist.name = name;
    }
    checklist.version = top.text("version")?.unwrap_or_default();
    thresholds(&top, &mut checklist.thresholds)?;
    in_order(&top, &checklist.thresholds)?;
    rules(&top, &mut checklist.considerations)?;
    own_rules(&top, &mut checklist)?;
    profiles(&top, &mut checklist.profiles, &checklist.considerations)?;
    Ok(checklist)
}

fn thresholds(top: &Table<'_>, thresholds: &mut Thresholds) -> Result<(), Error> {
    for (name, at, value) in top.entries("thresholds")? {
        let wrong = |expected| {
            let found = format!("a value of type {}", value.get_ref().type_str());
            top.error(Unusable::Type { key: name.to_owned(), found, expected }, value.span().start)
        };
        match name {
            "set_on" | "data" => {
                let text =
                    value.get_ref().as_str().ok_or_else(|| wrong("a text in quotes"))?.to_owned();
                if name == "data" { thresholds.data = text } else { thresholds.set_on = text }
            }
            _ => {
                let unknown = || {
                    top.error(
                        Unusable::Threshold { name: shown(name), expected: Thresholds::NAMES },
                        at,
                    )
                };
                if !Thresholds::NAMES.contains(&name) {
                    return Err(unknown());
                }
                let number = number(value.get_ref()).ok_or_else(|| wrong("a number"))?;
                thresholds.set(name, number).map_err(|unsuitable| match unsuitable {
                    Unsuitable::Name => unknown(),
                    Unsuitable::Value(expected) => top.error(
                        Unusable::Type {
                            key: name.to_owned(),
                            found: number.to_string(),
                            expected,
                        },
                        value.span().start,
                    ),
                })?;
            }
        }
    }
    Ok(())
}

/// Thresholds that a file sets are in order together with those that it leaves alone.
fn in_order(top: &Table<'_>, thresholds: &Thresholds) -> Result<(), Error> {
    let Some([(lower, low), (upper, high)]) = thresholds.contradiction() else { return Ok(()) };
    let entries = top.entries("thresholds")?;
    let at = entries.iter().find(|(name, ..)| [lower, upper].contains(name));
    let at = at.map_or(top.at, |(_, at, _)| *at);
    Err(top.error(Unusable::Contradiction { lower, low, upper, high }, at))
}

/// Most own rules: each of them is asked of every proposal.
const MOST_OWN_RULES: usize = 200;

fn own_rules(top: &Table<'_>, checklist: &mut Checklist) -> Result<(), Error> {
    let tables = top.tables("own", OF_OWN)?;
    if let Some(table) = tables.get(MOST_OWN_RULES) {
        return Err(table.error(Unusable::ManyRules { most: MOST_OWN_RULES }, table.at));
    }
    let mut own = Vec::new();
    for table in tables {
        let rule = own_rule(&table, checklist, &own)?;
        own.push(rule);
    }
    let patterns = own.iter().filter(|one| one.demands.pattern.is_some()).count().max(1);
    for mut one in own {
        if let Some(pattern) = &mut one.demands.pattern {
            pattern.share(patterns);
        }
        let test = Test::Own(Box::new(one));
        checklist.considerations.push(Consideration { test, changes: Changes::default() });
    }
    Ok(())
}

fn rules(top: &Table<'_>, considerations: &mut Vec<Consideration>) -> Result<(), Error> {
    for entry in top.entries("rules")? {
        let (name, at, _) = entry;
        let found =
            RULES.iter().find(|rule| rule.id.eq_ignore_ascii_case(name) || rule.name == name);
        let Some(rule) = found else {
            return Err(top.error(unknown_rule(name), at));
        };
        let table = top.entry("rules", entry, OF_RULE)?;
        if table.answer("off")? {
            considerations.retain(|one| one.id() != rule.id);
            continue;
        }
        let changes = Changes {
            severity: table.word("severity", Severity::read, Severity::NAMES)?,
            at_most: table.word("at_most", Severity::read, Severity::NAMES)?,
            question: table.text("question")?,
            explanation: table.text("explanation")?,
            remedy: table.text("remedy")?,
            source: table.text("source")?,
            support: table.word("support", Support::read, Support::NAMES)?,
            sentences: reworded(&table, rule.id)?,
        };
        if let Some(one) = considerations.iter_mut().find(|one| one.id() == rule.id) {
            one.changes = changes;
        }
    }
    Ok(())
}

/// The office's words for sentences of a rule.
fn reworded(table: &Table<'_>, rule: &str) -> Result<Vec<(&'static str, Rewording)>, Error> {
    let known = sentences::of(rule);
    let mut reworded = Vec::new();
    for entry in table.entries("sentences")? {
        let (key, at, _) = entry;
        let Some(sentence) = known.iter().find(|one| one.key == key) else {
            let expected = known.iter().map(|one| one.key).collect();
            let name = shown(key);
            return Err(
                table.error(Unusable::Sentence { name, rule: rule.to_owned(), expected }, at)
            );
        };
        let keys: &[&str] = match (sentence.many, sentence.remedy) {
            (None, None) => &["message"],
            (None, Some(_)) => &["message", "remedy"],
            (Some(_), None) => &["message", "many"],
            (Some(_), Some(_)) => &["message", "many", "remedy"],
        };
        let own = table.entry(&format!("rules.{rule}.sentences"), entry, keys)?;
        let rewording = Rewording {
            message: wording(&own, "message", sentence)?,
            many: wording(&own, "many", sentence)?,
            remedy: wording(&own, "remedy", sentence)?,
        };
        reworded.push((sentence.key, rewording));
    }
    Ok(reworded)
}

/// A text with no other placeholders than its sentence has facts for.
fn wording(table: &Table<'_>, key: &str, of: &Sentence) -> Result<Option<String>, Error> {
    let text = table.text(key)?;
    let unknown = text
        .iter()
        .flat_map(|text| placeholders(text))
        .find(|name| !of.placeholders.contains(name));
    if let Some(name) = unknown {
        let at = table.get(key).map_or(table.at, |value| value.span().start);
        let failure = Unusable::Placeholder { name: shown(name), expected: of.placeholders };
        return Err(table.error(failure, at));
    }
    Ok(text)
}

fn unknown_rule(name: &str) -> Unusable {
    let ids: Vec<String> = RULES.iter().map(|rule| rule.id.to_lowercase()).collect();
    let names: Vec<String> = RULES.iter().map(|rule| rule.name.replace('-', "_")).collect();
    let near = |list: &[String]| -> Option<usize> {
        let list: Vec<&str> = list.iter().map(String::as_str).collect();
        let found = nearest(name, &list)?;
        list.iter().position(|one| *one == found)
    };
    let short = name.chars().count() <= 4;
    let near = if short {
        near(&ids).map(|at| RULES[at].id)
    } else {
        near(&names).map(|at| RULES[at].name)
    };
    Unusable::Rule { name: shown(name), near: near.map(str::to_owned) }
}

fn own_rule(table: &Table<'_>, checklist: &Checklist, own: &[OwnRule]) -> Result<OwnRule, Error> {
    let place = |key: &str| table.get(key).map_or(table.at, |value| value.span().start);
    let id = table.must("id", table.text("id")?)?;
    let kept = id
        .strip_prefix(['C', 'c'])
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
    if kept
        || id.chars().count() > 20
        || !id.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    {
        return Err(table.error(Unusable::Id(shown(&id)), place("id")));
    }
    let mut taken = checklist.considerations.iter().map(Consideration::id);
    let mut own = own.iter().map(|one| one.id.as_str());
    if taken.any(|one| one.eq_ignore_ascii_case(&id))
        || own.any(|one| one.eq_ignore_ascii_case(&id))
    {
        return Err(table.error(Unusable::Taken(id), place("id")));
    }
    let field = table.must("field", table.text("field")?)?;
    known_field(table, "field", &field)?;
    let not_before = table.text("not_before")?;
    if let Some(other) = &not_before {
        known_field(table, "not_before", other)?;
    }
    let pattern = table
        .text("pattern")?
        .map(|pattern| compiled(table, &pattern, place("pattern")))
        .transpose()?;
    let demands = Demands {
        required: table.answer("required")?,
        min_length: table.length("min_length")?,
        max_length: table.length("max_length")?,
        one_of: table.texts("one_of")?.into_iter().map(|(text, _)| text).collect(),
        pattern,
        not_before,
    };
    if let (Some(least), Some(most)) = (demands.min_length, demands.max_length)
        && least > most
    {
        let (low, high) = (least as f64, most as f64); // at most a million
        let failure =
            Unusable::Contradiction { lower: "min_length", low, upper: "max_length", high };
        return Err(table.error(failure, place("min_length")));
    }
    let idle = !demands.required
        && demands.min_length.is_none()
        && demands.max_length.is_none()
        && demands.one_of.is_empty()
        && demands.pattern.is_none()
        && demands.not_before.is_none();
    if idle {
        return Err(table.error(Unusable::Idle(id), table.at));
    }
    let question = table.must("question", table.text("question")?)?;
    Ok(OwnRule {
        name: table.text("name")?.unwrap_or_else(|| id.to_lowercase()),
        explanation: table.text("explanation")?.unwrap_or_else(|| question.clone()),
        source: table
            .text("source")?
            .unwrap_or_else(|| format!("own rule of \"{}\"", checklist.name)),
        support: table
            .word("support", Support::read, Support::NAMES)?
            .unwrap_or(Support::Inference),
        severity: table
            .word("severity", Severity::read, Severity::NAMES)?
            .unwrap_or(Severity::Warning),
        remedy: table.text("remedy")?,
        applies_to: table.words("applies_to", Kind::read, Kind::NAMES)?,
        id,
        question,
        field,
        demands,
    })
}

/// Every part of a path has a name that the record knows.
fn known_field(table: &Table<'_>, key: &str, path: &str) -> Result<(), Error> {
    let mut inside: Option<&str> = None;
    for part in path.split('.') {
        let names = names_under(inside).unwrap_or(&[]);
        if !names.contains(&part) {
            let at = table.get(key).map_or(table.at, |value| value.span().start);
            return Err(table.error(Unusable::Field { name: shown(path), expected: names }, at));
        }
        inside = Some(part);
    }
    Ok(())
}

/// A pattern that is matched in linear time, and takes little memory.
fn compiled(table: &Table<'_>, pattern: &str, at: usize) -> Result<Pattern, Error> {
    Pattern::new(pattern).map_err(|failure| {
        let message = failure.to_string();
        let last =
            message.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        table.error(Unusable::Pattern(last), at)
    })
}

fn profiles(
    top: &Table<'_>,
    profiles: &mut Vec<Profile>,
    considerations: &[Consideration],
) -> Result<(), Error> {
    let mut own = Vec::new();
    for table in top.tables("profiles", OF_PROFILE)? {
        let name = table.must("name", table.text("name")?)?;
        let read = |text: &str| text.parse::<Organization>().ok();
        let organizations = table.words("organizations", read, ORGANIZATIONS)?;
        let kinds = table.words("kinds", Kind::read, Kind::NAMES)?;
        let mut without = Vec::new();
        for (text, at) in table.texts("without")? {
            let rule =
                RULES.iter().find(|rule| rule.id.eq_ignore_ascii_case(&text) || rule.name == text);
            let known = rule.map(|rule| rule.id.to_owned()).or_else(|| {
                considerations
                    .iter()
                    .map(Consideration::id)
                    .find(|id| id.eq_ignore_ascii_case(&text))
                    .map(str::to_owned)
            });
            without.push(known.ok_or_else(|| table.error(unknown_rule(&text), at))?);
        }
        profiles.retain(|one| one.name != name);
        own.push(Profile {
            name,
            organizations: if organizations.is_empty() {
                Organization::ALL.to_vec()
            } else {
                organizations
            },
            kinds: if kinds.is_empty() { Kind::ALL.to_vec() } else { kinds },
            without,
        });
    }
    // The office's own come first: the first that fits is taken.
    own.append(profiles);
    *profiles = own;
    Ok(())
}
