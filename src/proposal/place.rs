//! Where in the user's file a field stood.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::reading::Reading;

/// A place in the file that a proposal was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// What stands in that line, at most 200 characters of it.
    pub text: String,
}

/// What is known of a proposal's file. It is no part of what the proposal says: two proposals are
/// equal when they say the same, wherever they were read.
#[derive(Clone, Default)]
pub(crate) struct Origin(Option<Arc<Known>>);

#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub(crate) path: Option<PathBuf>,
    pub(crate) places: BTreeMap<String, Place>,
    pub(crate) reading: Reading,
}

impl Origin {
    pub(crate) fn known(&self) -> Option<&Known> {
        self.0.as_deref()
    }

    pub(crate) fn edit(&mut self) -> &mut Known {
        Arc::make_mut(self.0.get_or_insert_default())
    }

    /// The place of a field, or of the nearest part that it stands in.
    pub(crate) fn place(&self, field: &str) -> Option<&Place> {
        let places = &self.known()?.places;
        let mut field = field;
        loop {
            if let Some(place) = places.get(field) {
                return Some(place);
            }
            field = &field[..field.rfind(['.', '['])?];
        }
    }
}

impl PartialEq for Origin {
    fn eq(&self, _: &Origin) -> bool {
        true
    }
}

impl Eq for Origin {}

impl std::fmt::Debug for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.known().and_then(|known| known.path.as_ref()) {
            Some(path) => write!(f, "Origin({})", path.display()),
            None => f.write_str("Origin"),
        }
    }
}
