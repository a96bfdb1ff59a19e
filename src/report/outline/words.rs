//! Closed vocabularies in the words of those who use them.

use crate::proposal::{Kind, TextForm};

/// What is asked for.
pub(in crate::report) const fn kind_in_words(kind: Kind) -> &'static str {
    match kind {
        Kind::NewField => "new field of technical activity",
        Kind::ProjectCommittee => "new project committee",
        Kind::NewWorkItem => "new work item",
        Kind::PreliminaryItem => "preliminary work item",
        Kind::ItuQuestion => "new Question of ITU-T",
        Kind::ItuWorkItem => "new work item of ITU-T",
        Kind::ItuFocusGroup => "focus group of ITU-T",
        Kind::JointGroup => "joint group",
    }
}

pub(super) const fn text_form_in_words(form: TextForm) -> &'static str {
    match form {
        TextForm::CommonText => "one common text under two numbers",
        TextForm::TwinText => "texts that are aligned and worded apart",
        TextForm::DualLogo => "one document with the marks of both",
        TextForm::CrossReference => "texts that refer to each other",
        TextForm::Adoption => "adoption of the text that is there",
    }
}
