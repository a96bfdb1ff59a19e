//! Documents of bodies beside ISO, IEC and ITU-T.

use serde::{Deserialize, Serialize};

use super::Status;
use crate::date::Date;

/// A document of another body (IEEE, ETSI, W3C, ITU-R, …), with all its editions in one.
///
/// Such documents stand apart: no committee of ISO, IEC or ITU-T owns them, they are never
/// candidates, and never among the works that a proposal is ranked against.
///
/// ```
/// use spcg::standards::ExternalDocument;
///
/// let document = ExternalDocument::new("ETSI", "ETSI EN 399 901", "Smart lifts");
/// assert_eq!((document.editions, document.published), (1, None));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExternalDocument {
    /// Who publishes it, as its bibliography abbreviates the name: `IEEE`, `ETSI`, `ITU-R`.
    pub body: String,
    /// The reference without edition and date, with the body's name: `ETSI EN 303 645`.
    pub reference: String,
    /// The reference of the latest edition, as its bibliography writes it.
    pub latest: String,
    /// The English title of the latest edition.
    pub title: String,
    /// What the latest edition that says it is about; empty where none says it.
    #[serde(default, rename = "abstract", skip_serializing_if = "String::is_empty")]
    pub abstract_text: String,
    /// The group of the body that is responsible for it, as the bibliography names it; empty where
    /// it does not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// Whether the latest edition is in force.
    #[serde(default)]
    pub status: Status,
    /// When the latest edition was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// How many records of it the bibliographies hold, drafts included.
    pub editions: u32,
}

impl ExternalDocument {
    /// A document of which only body, reference and title are known.
    #[must_use]
    pub fn new(
        body: impl Into<String>,
        reference: impl Into<String>,
        title: impl Into<String>,
    ) -> ExternalDocument {
        let reference = reference.into();
        ExternalDocument {
            body: body.into(),
            latest: reference.clone(),
            reference,
            title: title.into(),
            abstract_text: String::new(),
            group: String::new(),
            status: Status::default(),
            published: None,
            editions: 1,
        }
    }
}
