//! The labels of the parts of a field: heads of tables, and `Draft: 2025-06` below «Timeline».

use super::headings::words;

/// Parts of a field, each with its labels.
type Parts = &'static [(&'static str, &'static [&'static str])];

/// For each field that has parts: the part and its labels.
const COLUMNS: &[(&str, Parts)] = &[
    (
        "out_of_scope",
        &[
            ("subject", &["subject", "exclusion", "excluded", "what", "topic", "excluded subject"]),
            (
                "committees",
                &["committees", "committee", "who", "dealt with by", "owner", "left to"],
            ),
        ],
    ),
    (
        "stakeholders",
        &[
            (
                "category",
                &[
                    "category",
                    "stakeholder",
                    "stakeholders",
                    "group",
                    "stakeholder category",
                    "who",
                ],
            ),
            (
                "effect",
                &[
                    "effect",
                    "effects",
                    "benefit",
                    "benefits",
                    "impact",
                    "impacts",
                    "benefits impacts",
                    "benefits and impacts",
                ],
            ),
            (
                "contacts",
                &[
                    "contacts",
                    "organizations",
                    "examples of organizations",
                    "organizations to be contacted",
                    "examples of organizations companies to be contacted",
                    "examples",
                ],
            ),
        ],
    ),
    (
        "existing_work_searched",
        &[
            ("organization", &["organization", "organisation", "body", "sdo", "who"]),
            ("database", &["database", "data base", "source", "catalogue", "where", "register"]),
            ("date", &["date", "when", "date of search", "searched on"]),
            ("query", &["query", "search terms", "keywords", "words", "searched for", "terms"]),
            ("covers", &["covers", "coverage", "status"]),
            ("findings", &["findings", "found", "results", "result", "finding"]),
        ],
    ),
    (
        "related_standards",
        &[
            (
                "reference",
                &[
                    "reference",
                    "ref",
                    "number",
                    "document",
                    "standard",
                    "document number",
                    "recommendation",
                ],
            ),
            ("title", &["title", "name"]),
            ("organization", &["organization", "organisation", "publisher", "body", "sdo"]),
            ("relation", &["relation", "relationship", "kind of relation"]),
            (
                "significance",
                &["significance", "relevance", "meaning", "what it means", "why it matters", "use"],
            ),
            (
                "distinction",
                &[
                    "distinction",
                    "difference",
                    "how it differs",
                    "differs",
                    "difference to this proposal",
                ],
            ),
        ],
    ),
    (
        "related_committees",
        &[
            (
                "body",
                &[
                    "committee",
                    "committees",
                    "reference",
                    "body",
                    "group",
                    "committee or body",
                    "study group",
                ],
            ),
            ("name", &["title", "name"]),
        ],
    ),
    (
        "contacts_made",
        &[
            (
                "committee",
                &[
                    "committee",
                    "body",
                    "group",
                    "who",
                    "committee or body",
                    "tc sc",
                    "committee or group",
                ],
            ),
            ("organization", &["organization", "organisation"]),
            ("date", &["date", "when", "asked on", "contacted on"]),
            ("role", &["role", "person", "function", "whom", "contact person", "contact"]),
            ("outcome", &["outcome", "answer", "result", "response", "reply"]),
            ("note", &["note", "notes", "remark", "remarks", "comment", "comments"]),
        ],
    ),
    (
        "open_disagreements",
        &[
            ("committee", &["committee", "body", "with", "with whom", "group"]),
            (
                "description",
                &["description", "issue", "subject", "disagreement", "objection", "about"],
            ),
            ("level", &["level", "step of the ladder"]),
            ("next_step", &["next step", "next steps", "action", "what happens next"]),
        ],
    ),
    (
        "liaisons",
        &[
            (
                "body",
                &[
                    "body",
                    "committee",
                    "organization",
                    "organisation",
                    "liaison",
                    "group",
                    "committee or body",
                ],
            ),
            ("category", &["category", "type", "kind"]),
            ("agreed", &["agreed", "confirmed", "accepted"]),
        ],
    ),
    (
        "supporters",
        &[
            ("name", &["name", "member", "supporter", "organization", "company", "who", "expert"]),
            ("country", &["country", "member state"]),
            ("support", &["support", "role", "contribution", "kind of support", "form of support"]),
        ],
    ),
    (
        "timeline",
        &[
            ("submission", &["submission", "submitted", "submission of the proposal"]),
            (
                "start",
                &[
                    "start",
                    "start date",
                    "work starts",
                    "start of work",
                    "kick off",
                    "proposed start date",
                ],
            ),
            (
                "first_meeting",
                &["first meeting", "date of first meeting", "proposed date for first meeting"],
            ),
            (
                "draft",
                &[
                    "draft",
                    "first draft",
                    "cd",
                    "committee draft",
                    "wd",
                    "working draft",
                    "date of first draft",
                    "circulation of first draft",
                    "circulation of 1st working draft to experts",
                    "committee draft consultation",
                ],
            ),
            (
                "enquiry",
                &[
                    "enquiry",
                    "dis",
                    "cdv",
                    "consent",
                    "dis ballot",
                    "enquiry draft",
                    "dis submission",
                    "draft international standard",
                    "determination",
                ],
            ),
            ("approval", &["approval", "fdis", "approved", "final approval", "fdis ballot"]),
            (
                "publication",
                &[
                    "publication",
                    "published",
                    "is",
                    "publication date",
                    "publication of the standard",
                ],
            ),
            ("track_months", &["track", "development track"]),
            ("approval_process", &["approval process", "approval procedure"]),
        ],
    ),
    (
        "submitted_elsewhere",
        &[
            ("submitted", &["submitted", "answer"]),
            ("body", &["body", "organization", "organisation", "to", "submitted to", "which"]),
            ("date", &["date", "when"]),
            ("state", &["state", "status", "result", "outcome"]),
        ],
    ),
    (
        "joint_work_considered",
        &[("considered", &["considered", "answer"]), ("reason", &["reason", "why", "because"])],
    ),
    (
        "existing_committee_option",
        &[("committees", &["committees", "committee"]), ("reason", &["reason", "why", "because"])],
    ),
    (
        "patents_known",
        &[("known", &["known", "answer"]), ("statement", &["statement", "which", "details"])],
    ),
    (
        "base_document",
        &[
            ("form", &["form", "kind"]),
            ("copyright_cleared", &["copyright cleared", "copyright", "copyright permission"]),
            ("description", &["description", "document", "which", "title"]),
        ],
    ),
    (
        "leadership",
        &[
            ("project_leader", &["project leader", "editor", "leader", "convenor", "rapporteur"]),
            ("secretariat_offer", &["secretariat offer", "secretariat", "offer of secretariat"]),
        ],
    ),
    (
        "lead_arrangement",
        &[
            ("lead", &["lead", "administrative lead"]),
            ("parallel_approval", &["parallel approval", "parallel ballots", "parallel voting"]),
            ("publication", &["publication", "number and logo", "published by"]),
            ("copyright_owner", &["copyright owner", "copyright"]),
        ],
    ),
];

/// The part of a field that a label names.
pub(super) fn part(field: &str, label: &str) -> Option<&'static str> {
    if label.len() > 120 {
        return None;
    }
    // «First draft (if any)» is the first draft.
    let outside = label.split('(').next().unwrap_or_default();
    let after = label.rsplit(')').next().unwrap_or_default();
    let outside = if label.contains('(') && label.contains(')') {
        format!("{outside} {after}")
    } else {
        outside.to_owned()
    };
    let (label, outside) = (words(label), words(&outside));
    let (_, parts) = COLUMNS.iter().find(|(name, _)| *name == field)?;
    let exact = parts.iter().find(|(_, labels)| labels.contains(&label.as_str()));
    exact
        .or_else(|| parts.iter().find(|(_, labels)| labels.contains(&outside.as_str())))
        .or_else(|| parts.iter().find(|(name, _)| name.replace('_', " ") == label))
        .map(|(part, _)| *part)
}

/// True when the field has parts.
pub(super) fn has_parts(field: &str) -> bool {
    COLUMNS.iter().any(|(name, _)| *name == field)
}

/// The part that tells what a record is about, and needs no head in a table.
pub(super) fn main_part(field: &str) -> Option<&'static str> {
    let (_, parts) = COLUMNS.iter().find(|(name, _)| *name == field)?;
    parts.first().map(|(part, _)| *part)
}

/// True when the field is a list of records.
pub(super) fn is_list(field: &str) -> bool {
    has_parts(field)
        && !matches!(
            field,
            "timeline"
                | "leadership"
                | "lead_arrangement"
                | "base_document"
                | "patents_known"
                | "submitted_elsewhere"
                | "joint_work_considered"
                | "existing_committee_option"
        )
}

/// `Label: value` or `Label<tab>value` where the label names a part of the field.
pub(super) fn labelled<'a>(field: &str, text: &'a str) -> Option<(&'static str, &'a str)> {
    let at = text.find([':', '\t', '='])?;
    Some((part(field, &text[..at])?, text[at + 1..].trim()))
}
