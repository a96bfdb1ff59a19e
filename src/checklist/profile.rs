//! Which rules are asked of which kind of proposal.

use serde::Serialize;

use super::context::Context;
use crate::proposal::Kind;
use crate::reference::Organization;

/// A kind of proposal of an organization, and the rules that its forms and procedures do not ask
/// for.
///
/// Rules have their own limits too ([`Rule::applies_to`](super::Rule::applies_to)); a profile takes
/// away more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Profile {
    /// Its name: `ITU-T work item`.
    pub name: String,
    /// The organizations that are addressed.
    pub organizations: Vec<Organization>,
    /// The kinds of proposal.
    pub kinds: Vec<Kind>,
    /// The numbers of the rules that are not asked.
    pub without: Vec<String>,
}

impl Profile {
    /// The profiles of this crate.
    ///
    /// - *ISO new field* and *IEC new field*: rights (C31) are asked when there is a text; the form
    ///   of IEC has no classification (C07).
    /// - *ISO/IEC new work item*: the boards are not told of every item (C22).
    /// - *ITU-T work item* and *ITU-T Question*: their forms have no classification (C07); a
    ///   Question has no text and no editor yet (C31, C35).
    #[must_use]
    pub fn standard() -> Vec<Profile> {
        let profile = |name: &str,
                       organizations: &[Organization],
                       kinds: &[Kind],
                       without: &[&str]| Profile {
            name: name.to_owned(),
            organizations: organizations.to_vec(),
            kinds: kinds.to_vec(),
            without: without.iter().map(|&id| id.to_owned()).collect(),
        };
        use Organization::{Iec, Iso, ItuT};
        vec![
            profile("ISO new field", &[Iso], &[Kind::NewField], &["C31"]),
            profile("IEC new field", &[Iec], &[Kind::NewField], &["C07", "C31"]),
            profile("ISO/IEC new work item", &[Iso, Iec], &[Kind::NewWorkItem], &["C05", "C22"]),
            profile("ITU-T work item", &[ItuT], &[Kind::ItuWorkItem], &["C05", "C07", "C22"]),
            profile("ITU-T Question", &[ItuT], &[Kind::ItuQuestion], &["C07", "C31", "C35"]),
        ]
    }

    /// True when a proposal is of its kind and goes to one of its organizations.
    pub(crate) fn fits(&self, context: &Context<'_>) -> bool {
        context.proposal.kind.is_some_and(|kind| self.kinds.contains(&kind))
            && context
                .organization()
                .is_ok_and(|organization| self.organizations.contains(&organization))
    }
}
