//! Names and addresses: the one file that may be edited and erased.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::folder::Register;
use super::rules::{Role, Rules};
use super::toml_files;
use crate::error::Error;

/// The file, in the folder of the register.
const PEOPLE: &str = "people.toml";

/// Who holds a role at the moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Person {
    /// The name.
    pub name: String,
    /// Where to write to.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
}

/// The people behind the actors of a register, by the id of the actor. Events hold ids alone, so
/// that a name can be erased without touching them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct People(BTreeMap<String, Person>);

impl People {
    /// How an actor is named in what is rendered: the person, where the file has one, and else the
    /// role.
    #[must_use]
    pub fn shown(&self, actor: &str, rules: &Rules) -> String {
        match self.0.get(actor).filter(|person| !person.name.trim().is_empty()) {
            Some(person) if person.address.trim().is_empty() => person.name.clone(),
            Some(person) => format!("{}, {}", person.name, person.address),
            None => rules.role_in_words(actor),
        }
    }
}

impl Rules {
    /// What an actor does, in words: `secretary of ISO/TMB`. An id that is on no list stays as it
    /// is.
    #[must_use]
    pub fn role_in_words(&self, actor: &str) -> String {
        let Ok(actor) = self.actor(actor) else { return actor.to_owned() };
        match (actor.role, actor.office) {
            (Role::Secretary, Some(office)) => format!("secretary of {}", office.board()),
            (Role::Secretary, None) => "secretary".into(),
            (Role::Member, Some(office)) => format!("member for {office}"),
            (Role::Member, None) => "member".into(),
            (Role::Chair, _) => "chair".into(),
            (Role::Import, _) => "entry from a public record".into(),
        }
    }
}

impl Register {
    /// The people behind the actors; nobody where the file is not there.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when it cannot be read.
    pub fn people(&self) -> Result<People, Error> {
        let path = self.root().join(PEOPLE);
        if !path.exists() {
            return Ok(People::default());
        }
        toml_files::read(&path, 1 << 20)
    }
}
