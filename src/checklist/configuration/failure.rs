//! Why a file cannot be read as a configuration.

use std::borrow::Cow;

use crate::error::{Class, Failure};
use crate::proposal::malformed::choose;

/// The failures of reading a configuration.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unusable {
    #[error("the configuration has more than {} KiB", .limit >> 10)]
    TooLarge { limit: usize },
    #[error("the configuration is not UTF-8")]
    Encoding,
    #[error("this is not TOML: {0}")]
    Syntax(String),
    #[error("unknown key `{key}` in {table}")]
    Key { key: String, table: String, expected: &'static [&'static str] },
    #[error("there is no rule `{name}`")]
    Rule { name: String, near: Option<String> },
    #[error("rule {rule} has no sentence `{name}`")]
    Sentence { name: String, rule: String, expected: Vec<&'static str> },
    #[error("there is no placeholder `{name}` for this sentence")]
    Placeholder { name: String, expected: &'static [&'static str] },
    #[error("there is no threshold `{name}`")]
    Threshold { name: String, expected: &'static [&'static str] },
    #[error("there is no field `{name}`")]
    Field { name: String, expected: &'static [&'static str] },
    #[error("`{key}` is {found}")]
    Type { key: String, found: String, expected: &'static str },
    #[error("`{key}` is `{value}`")]
    Word { key: String, value: String, expected: &'static [&'static str] },
    #[error("{table} has no `{key}`")]
    Missing { table: String, key: &'static str },
    #[error("the rule id `{0}` is taken")]
    Taken(String),
    #[error("`{0}` is no id for an own rule")]
    Id(String),
    #[error("the pattern is not a regular expression: {0}")]
    Pattern(String),
    #[error("the rule `{0}` demands nothing")]
    Idle(String),
    #[error("`{lower}` is {low}, more than `{upper}`, which is {high}")]
    Contradiction { lower: &'static str, low: f64, upper: &'static str, high: f64 },
    #[error("there are more than {most} own rules")]
    ManyRules { most: usize },
}

impl Failure for Unusable {
    fn class(&self) -> Class {
        match self {
            Unusable::TooLarge { .. } | Unusable::ManyRules { .. } => Class::TooLarge,
            Unusable::Rule { .. } => Class::NotFound,
            _ => Class::Malformed,
        }
    }

    fn remedy(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Unusable::TooLarge { .. } => "leave only what differs from the standard checklist in it".into(),
            Unusable::Encoding => "save it as UTF-8".into(),
            Unusable::Syntax(_) => return None,
            Unusable::Key { key, expected, .. } => choose(key, expected).into(),
            Unusable::Rule { near: Some(near), .. } => format!("did you mean `{near}`?").into(),
            Unusable::Rule { near: None, .. } => "use the number or the name of a rule, such as `C13`".into(),
            Unusable::Threshold { name, expected } | Unusable::Field { name, expected } => {
                choose(name, expected).into()
            }
            Unusable::Sentence { name, expected, .. } => choose(name, expected).into(),
            Unusable::Placeholder { expected: [], .. } => "write it without placeholders".into(),
            Unusable::Placeholder { name, expected } => choose(name, expected).into(),
            Unusable::Type { expected, .. } => format!("write {expected}").into(),
            Unusable::Word { value, expected, .. } => choose(value, expected).into(),
            Unusable::Missing { key, .. } => format!("add `{key} = …`").into(),
            Unusable::Taken(_) => "choose another one".into(),
            Unusable::Id(_) => {
                "use letters and digits such as `N01`; `C` with a number is kept for the rules of the crate".into()
            }
            Unusable::Pattern(_) => "see the documentation of the crate `regex` for its syntax".into(),
            Unusable::Contradiction { lower, upper, .. } => {
                format!("lower `{lower}`, or raise `{upper}`").into()
            }
            Unusable::ManyRules { .. } => "put them into several checklists".into(),
            Unusable::Idle(_) => {
                "add one of `required`, `min_length`, `max_length`, `one_of`, `pattern` and `not_before`".into()
            }
        })
    }
}
