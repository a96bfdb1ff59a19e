//! What a register is ruled by: who acts, how long one waits, which committees there are.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::failure::{damaged, refuse};
use crate::catalogue::Catalogue;
use crate::error::{Error, Refusal};
use crate::reference::{CommitteeRef, Organization};

/// What an actor may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Secretary of the office (of ISO/TMB, of IEC/SMB, or TSB for TSAG).
    Secretary,
    /// Member of SPCG for an organization.
    Member,
    /// Chair of SPCG.
    Chair,
    /// Historical entries.
    Import,
}

/// Who may write: an id, never a person's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// Its id in events.
    pub id: String,
    /// Its organization; none for the chair and for imports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<Organization>,
    /// Its role.
    pub role: Role,
}

/// The file `spcg-register.toml`. Every number is a default of this crate and not a rule of SPCG,
/// whose procedure is not public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Says what the file is: `spcg-register`.
    pub kind: String,
    /// Version of the form.
    pub format: u32,
    /// Days that a case is usually open for answers.
    pub usual_period: u16,
    /// The shortest period without a reason, in days.
    pub shortest_period: u16,
    /// The longest time that a case may be held, in days.
    pub longest_hold: u16,
    /// Days before a deadline on which those who owe an answer are reminded.
    pub remind_before: Vec<u16>,
    /// Days between reminders after the deadline.
    pub remind_every: u16,
    /// Reminders at most; then the secretary is told.
    pub most_reminders: u16,
    /// Offices whose agreement is needed.
    pub agreement_of: Vec<Organization>,
    /// Committees beyond those of the catalogue.
    pub committees: Vec<String>,
    /// Who may write.
    pub actors: Vec<Actor>,
}

impl Default for Settings {
    fn default() -> Settings {
        let actor = |id: &str, office, role| Actor { id: id.to_owned(), office, role };
        let offices = [
            (Organization::Iso, "tmb-secretary", "iso-member"),
            (Organization::Iec, "smb-secretary", "iec-member"),
            (Organization::ItuT, "tsb-secretary", "itu-member"),
        ];
        let mut actors = Vec::new();
        for (office, secretary, member) in offices {
            actors.push(actor(secretary, Some(office), Role::Secretary));
            actors.push(actor(member, Some(office), Role::Member));
        }
        actors.push(actor("chair", None, Role::Chair));
        actors.push(actor("import", None, Role::Import));
        Settings {
            kind: "spcg-register".into(),
            format: 1,
            usual_period: 28,
            shortest_period: 10,
            longest_hold: 21,
            remind_before: vec![14, 7, 1],
            remind_every: 7,
            most_reminders: 4,
            agreement_of: Organization::ALL.to_vec(),
            committees: Vec::new(),
            actors,
        }
    }
}

/// Settings together with the committees that there are.
#[derive(Clone)]
pub struct Rules {
    settings: Settings,
    catalogue: Catalogue,
    further: BTreeSet<CommitteeRef>,
}

impl std::fmt::Debug for Rules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rules").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Rules {
    /// Rules of these settings over a catalogue.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when the settings are of another kind or format, or name a
    /// committee in a way that cannot be read.
    pub fn new(settings: Settings, catalogue: Catalogue) -> Result<Rules, Error> {
        if settings.kind != "spcg-register" || settings.format != 1 {
            return Err(damaged(
                format!("`{}` of format {} is no register of ours", settings.kind, settings.format),
                "name a folder with a register, or use a newer version of this program",
            ));
        }
        let further =
            settings.committees.iter().map(|one| one.parse()).collect::<Result<_, Error>>()?;
        Ok(Rules { settings, catalogue, further })
    }

    /// The settings of a new register over the built-in catalogue.
    #[must_use]
    pub fn standard() -> Arc<Rules> {
        Arc::new(Rules {
            settings: Settings::default(),
            catalogue: Catalogue::builtin(),
            further: BTreeSet::new(),
        })
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The actor of an id.
    ///
    /// # Errors
    /// [refused](Error::is_refused) when nobody has it.
    pub fn actor(&self, id: &str) -> Result<&Actor, Error> {
        let found = self.settings.actors.iter().find(|actor| actor.id == id);
        found.ok_or_else(|| {
            let known: Vec<&str> = self.settings.actors.iter().map(|a| a.id.as_str()).collect();
            refuse(
                Refusal::UnknownActor,
                format!("`{}` may not write in this register", crate::error::shown(id)),
                format!("use one of {}", known.join(", ")),
            )
        })
    }

    /// The committee that a text names.
    ///
    /// # Errors
    /// [refused](Error::is_refused) with near names, when the catalogue does not have it.
    pub fn committee(&self, text: &str) -> Result<CommitteeRef, Error> {
        let reference: Option<CommitteeRef> = text.parse().ok();
        if let Some(reference) = &reference
            && (self.further.contains(reference)
                || self.catalogue.get(reference).is_some()
                || self.catalogue.get(&reference.committee()).is_some())
        {
            return Ok(reference.clone());
        }
        let written = reference.map_or_else(|| text.to_owned(), |one| one.to_string());
        Err(refuse(
            Refusal::UnknownCommittee,
            format!("there is no committee `{}`", crate::error::shown(&written)),
            format!("did you mean {}?", self.near(&written).join(", ")),
        ))
    }

    fn near(&self, written: &str) -> Vec<String> {
        let written: String = written.chars().take(60).collect();
        let known = self.catalogue.iter().map(crate::catalogue::Committee::reference);
        let mut near: Vec<(usize, String)> = known
            .chain(&self.further)
            .map(|one| one.to_string())
            .map(|one| (strsim::damerau_levenshtein(&one, &written), one))
            .collect();
        near.sort();
        near.into_iter().take(3).map(|(_, one)| one).collect()
    }
}
