//! The coordination checklist: what a proposal should answer before it is balloted.
//!
//! A [`Checklist`] runs its rules over a [`Context`] (a proposal and what is known around it) and
//! gives [`Finding`]s: values that inform the proposer, not errors.
//!
//! ```
//! use spcg::checklist::{Checklist, Context};
//!
//! let proposal = spcg::Proposal::builder().title("Smart lifts").scope("Lifts that call themselves.").build();
//! let findings = Checklist::standard().run(&Context::new(&proposal));
//! for finding in findings.iter().filter(|finding| finding.is_blocker()) {
//!     println!("{finding}");
//! }
//! # assert!(findings.iter().any(|finding| finding.is_blocker()));
//! ```
//!
//! # Whose checklist this is
//!
//! The Standardization Programme Coordination Group has a paper of its own, SPCG-32C, with a
//! checklist for proposers. Its text is not public, and nothing here is a quotation or restatement
//! of it. The rules were built from public procedures that ask for the same things; each says what
//! supports it ([`Rule::source`], [`Rule::support`]) and where it is inference. An office that
//! holds the paper can put its wording, severities and thresholds in their place from a file.
//!
//! # Configuration
//!
//! [`Checklist::from_toml`] and [`Checklist::from_path`] read what differs from the standard
//! checklist:
//!
//! ```
//! use spcg::checklist::{Checklist, Severity};
//!
//! let checklist = Checklist::from_toml(
//!     r#"
//!     name = "Checklist of the intake desk"
//!     version = "2026-03"
//!
//!     [thresholds]
//!     committee_likely = 0.6      # from 0 to 1
//!     contact_weeks = 8
//!     set_on = "2026-02-11"       # what findings say of these numbers
//!     data = "our proposals of 2020 to 2025"
//!
//!     [rules.C07]
//!     off = true
//!
//!     [rules.C08]                 # or [rules.all-three-searched]
//!     at_most = "warning"         # never graver; `severity` sets it for every failure
//!     question = "Has work been looked for in ISO, IEC and ITU-T?"
//!     source = "our own procedure, 4.2"
//!     support = "supported"
//!
//!     [[own]]                     # a rule over a field
//!     id = "N01"
//!     question = "Is the number of the national file given?"
//!     field = "notes"
//!     pattern = '\bNF-\d{4}\b'    # or required, min_length, max_length, one_of, not_before
//!     required = true
//!     severity = "blocker"
//!     applies_to = ["new_field"]
//!
//!     [[profiles]]                # the first that fits is taken
//!     name = "Focus group"
//!     organizations = ["ITU-T"]
//!     kinds = ["itu_focus_group"]
//!     without = ["C34", "N01"]
//!     "#,
//! )?;
//! assert_eq!(checklist.get("C08").unwrap().severity(), Severity::Warning);
//! assert!(checklist.get("C07").is_none());
//! # Ok::<(), spcg::Error>(())
//! ```
//!
//! Keys and rules that are not known are errors with line, column and the nearest known name.
//!
//! # Sentences
//!
//! What a rule says stands apart from how it finds out, in [`sentences`]. An office puts its own
//! words in the place of a sentence by its key; `many` is for a sentence about several things, and
//! a placeholder in braces is where a fact goes. What is not given stays as it is.
//!
//! ```
//! use spcg::checklist::{Checklist, Context};
//!
//! let checklist = Checklist::from_toml(
//!     r#"
//!     [rules.C34.sentences.too_few]
//!     message = "only {number} supporter instead of {wanted}"
//!     many = "only {number} supporters instead of {wanted}"
//!     remedy = "Call our desk; we know who has experts."
//!     "#,
//! )?;
//! let proposal = spcg::Proposal::from_toml(
//!     "title = \"Smart lifts\"\nkind = \"new_field\"\nsupporters = [\"SFS\", \"DIN\"]",
//! )?;
//! let findings = checklist.run(&Context::new(&proposal));
//! let finding = findings.iter().find(|finding| finding.sentence == "too_few").unwrap();
//! assert_eq!(finding.message, "only 2 supporters instead of 5");
//! assert_eq!(finding.remedy.as_deref(), Some("Call our desk; we know who has experts."));
//! # Ok::<(), spcg::Error>(())
//! ```

mod cause;
mod configuration;
mod consideration;
mod context;
mod evidence;
mod finding;
pub(crate) mod naming;
mod own_rule;
mod pattern;
mod profile;
mod rule;
pub mod rules;
pub mod sentences;
mod thresholds;
pub(crate) mod verdict;
pub(crate) mod wording;

pub use consideration::Consideration;
pub use context::{Context, KnownProposal};
pub use evidence::Evidence;
pub use finding::{Finding, Outcome};
pub use profile::Profile;
pub use rule::{Group, HEADINGS, Need, Principle, Rule, Severity, Support};
pub use thresholds::Thresholds;
pub use verdict::CannotTell;

use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use rules::RULES;

/// The rules that are run, with their texts, severities and thresholds.
#[derive(Clone, Debug)]
pub struct Checklist {
    name: String,
    version: String,
    thresholds: Thresholds,
    considerations: Vec<Consideration>,
    profiles: Vec<Profile>,
}

/// What a result says of the checklist that it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Identity {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// A check sum over all its texts, severities, thresholds and profiles, in hexadecimal digits:
    /// two checklists with equal sums ask the same.
    pub hash: String,
}

impl std::fmt::Display for Identity {
    /// `Coordination checklist 0.1.0 (1a2b3c4d)`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ({})", self.name, self.version, self.hash)
    }
}

impl Checklist {
    /// The checklist as this crate has it.
    ///
    /// ```
    /// use spcg::checklist::Checklist;
    /// assert_eq!(Checklist::standard().considerations().len(), 43);
    /// ```
    #[must_use]
    pub fn standard() -> Checklist {
        Checklist {
            name: "Coordination checklist".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            thresholds: Thresholds::default(),
            considerations: RULES.iter().map(|rule| Consideration::of(rule)).collect(),
            profiles: Profile::standard(),
        }
    }

    /// The standard checklist with what a configuration in TOML changes; see the
    /// [module](self#configuration).
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) for keys, values and patterns that are not understood, [not
    /// found](Error::is_not_found) for rules that do not exist, [too large](Error::is_too_large)
    /// beyond 1 MiB; with line and column.
    ///
    /// ```
    /// let error = spcg::checklist::Checklist::from_toml("[rules.C31]\nseverty = \"advice\"").unwrap_err();
    /// assert_eq!((error.line(), error.column()), (Some(2), Some(1)));
    /// assert!(error.to_string().contains("did you mean `severity`?"));
    /// ```
    pub fn from_toml(text: &str) -> Result<Checklist, Error> {
        configuration::from_text(text)
    }

    /// Like [`from_toml`](Checklist::from_toml), from a file.
    ///
    /// # Errors
    /// Those of [`from_toml`](Checklist::from_toml), and those of reading the file.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Checklist, Error> {
        let path = path.as_ref();
        let bytes = crate::files::read(path, configuration::LIMIT as u64)?;
        configuration::from_bytes(&bytes).map_err(|error| error.at_path(path))
    }

    /// Its name, version and hash, as results carry them.
    #[must_use]
    pub fn identity(&self) -> Identity {
        let mut hasher = crc32fast::Hasher::new();
        for consideration in &self.considerations {
            hasher.update(consideration.described().as_bytes());
        }
        hasher.update(format!("{:?} {:?}", self.thresholds, self.profiles).as_bytes());
        Identity {
            name: self.name.clone(),
            version: self.version.clone(),
            hash: format!("{:08x}", hasher.finalize()),
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its version; empty where a configuration gives none.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The numbers that its rules compare with.
    #[must_use]
    pub fn thresholds(&self) -> &Thresholds {
        &self.thresholds
    }

    /// The same checklist with other numbers.
    #[must_use]
    pub fn with_thresholds(self, thresholds: Thresholds) -> Checklist {
        Checklist { thresholds, ..self }
    }

    /// All that it asks, in its order.
    #[must_use]
    pub fn considerations(&self) -> &[Consideration] {
        &self.considerations
    }

    /// A consideration by its number or name, in any case.
    #[must_use]
    pub fn get(&self, id_or_name: &str) -> Option<&Consideration> {
        self.considerations.iter().find(|one| {
            one.id().eq_ignore_ascii_case(id_or_name) || one.name().eq_ignore_ascii_case(id_or_name)
        })
    }

    /// Its profiles; the first that fits a proposal is taken.
    #[must_use]
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// The profile that fits a proposal.
    #[must_use]
    pub fn profile_for(&self, proposal: &crate::Proposal) -> Option<&Profile> {
        let context = Context::new(proposal);
        self.profiles.iter().find(|profile| profile.fits(&context))
    }

    /// Runs all rules. Failures come first, the gravest of them first, then what could not be told,
    /// then passes, then what does not apply; equal ones in the order of the checklist.
    #[must_use]
    pub fn run(&self, context: &Context<'_>) -> Vec<Finding> {
        let (answered, open) = context.proposal.answered();
        let context = context.on(&answered, &open).with_thresholds(&self.thresholds);
        let profile = self.profiles.iter().find(|profile| profile.fits(&context));
        let mut findings: Vec<Finding> =
            self.considerations.iter().flat_map(|one| one.findings(&context, profile)).collect();
        findings.sort_by(Finding::order);
        cause::join(&mut findings);
        findings
    }
}

impl Default for Checklist {
    fn default() -> Checklist {
        Checklist::standard()
    }
}

impl FromStr for Checklist {
    type Err = Error;

    fn from_str(text: &str) -> Result<Checklist, Error> {
        Checklist::from_toml(text)
    }
}
