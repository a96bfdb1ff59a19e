//! Closed vocabularies in the words of those who use them.

use crate::proposal::{CollaborationMode, Kind, TextForm};

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

pub(super) const fn mode_in_words(mode: CollaborationMode) -> &'static str {
    match mode {
        CollaborationMode::None => "no cooperation beyond what is on record",
        CollaborationMode::Informative => "informative relation (exchange of documents)",
        CollaborationMode::Liaison => "liaison (exchange of documents, with a representative)",
        CollaborationMode::Contributive => {
            "contributive relation (one leads, the other sends written input)"
        }
        CollaborationMode::Subcontracting => {
            "subcontracting relation (a part is handed to the other)"
        }
        CollaborationMode::Collaborative => {
            "collaborative relation (one leads, the other takes part)"
        }
        CollaborationMode::Integrated => "joint working group (integrated relation)",
        CollaborationMode::CollaborativeInterchange => {
            "collaborative interchange (two groups, one text)"
        }
        CollaborationMode::CollaborativeTeam => "collaborative team (one team of both)",
        CollaborationMode::CommonTeam => "common team (one team of both)",
        CollaborationMode::JointCommittee => "joint committee",
        CollaborationMode::JointCoordinationActivity => "joint coordination activity with guests",
        CollaborationMode::FocusGroup => "focus group",
        CollaborationMode::JointTaskForce => "joint task force of the boards",
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
