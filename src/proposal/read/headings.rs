//! The one table from headings of forms to fields of the record.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::proposal::Kind;

/// Headings of ISO Form 1 and Form 4, of the IEC forms for new fields and new work, of the JTC 1 form, of the ITU-T
/// templates (A.1, A.13, Questions, focus groups), and plain ones; each with the field that it fills. An empty field
/// is administration, or another language: its text goes to `notes`.
const HEADINGS: &[(&str, &[&str])] = &[
    ("id", &["id", "identifier"]),
    (
        "reference",
        &[
            "reference",
            "reference number",
            "reference no",
            "proposal number",
            "proposal reference",
            "project number",
            "number of the proposal",
            "document reference",
            "ts p number",
            "work item",
            "acronym",
            "reference of the proposal",
        ],
    ),
    (
        "title",
        &[
            "title",
            "english title",
            "title english",
            "title in english",
            "title of the proposal",
            "proposed title",
            "title of the proposed new committee",
            "title of the proposed committee",
            "title of the new work item",
            "title of the proposed deliverable",
            "title of proposed deliverable",
            "title of the proposed standard",
            "subject",
            "subject of the proposal",
            "subject of the new field",
            "short title",
            "name of the focus group",
            "project title",
            "reference and title",
            "working title",
            "question title",
            "title of the question",
            "proposed subject",
            "subject of the proposed new committee",
            "title of document",
            "full title",
            "proposed title of the new committee",
            "name of the proposed committee",
        ],
    ),
    (
        "organization",
        &[
            "organization",
            "organisation",
            "addressed to",
            "addressee",
            "addressed organization",
            "submitted to",
            "to organization",
        ],
    ),
    (
        "committee",
        &[
            "committee",
            "technical committee",
            "tc sc",
            "iso tc sc",
            "tc or sc",
            "responsible committee",
            "study group",
            "question s",
            "questions",
            "question",
            "committee addressed",
            "parent group",
            "parent committee",
            "iso committee",
            "proposal for committee",
            "committee reference",
            "iec tc sc",
            "tc sc number",
            "technical committee subcommittee",
            "related committee number",
            "iso iec jtc 1 sc",
            "parent study group",
            "secretariat of committee",
        ],
    ),
    (
        "kind",
        &[
            "kind",
            "kind of proposal",
            "type of proposal",
            "type",
            "proposal type",
            "nature of the proposal",
            "type of question",
        ],
    ),
    (
        "date",
        &[
            "date",
            "date of proposal",
            "date of the proposal",
            "submission date",
            "date of submission",
            "date submitted",
            "place and date",
            "meeting date",
            "place and date of the meeting",
            "date of presentation",
        ],
    ),
    (
        "proposer",
        &[
            "proposer",
            "name of the proposer",
            "proposed by",
            "proposal by",
            "source",
            "submitted by",
            "submitter",
            "author of the proposal",
            "proposing organization",
            "proposing body",
            "proposer iso member body",
            "originator",
            "proposer member body",
            "proposer member body or liaison",
            "contributor",
            "name of proposer",
            "proposer name",
            "proposing member body",
        ],
    ),
    ("language", &["language", "language of the text", "languages"]),
    (
        "scope",
        &[
            "scope",
            "scope of the proposed deliverable",
            "scope of the proposed committee",
            "scope of the proposed new committee",
            "scope of the proposed standard",
            "scope of the work",
            "proposed scope",
            "scope statement",
            "field of application",
            "scope of work",
            "scope of the proposed work",
            "scope of the new work item",
            "scope of the new field",
            "draft text",
            "text of the question",
            "question text",
            "draft text of the question",
            "study items",
            "motivation and scope",
            "scope of the recommendation",
            "scope and field of application",
            "scope of the focus group",
            "scope of the proposal",
        ],
    ),
    (
        "out_of_scope",
        &[
            "out of scope",
            "exclusions",
            "excluded",
            "not in scope",
            "excluded from the scope",
            "scope exclusions",
            "outside the scope",
            "what is left to others",
            "not included",
            "limits of the scope",
            "not covered",
        ],
    ),
    (
        "purpose",
        &[
            "purpose",
            "aim",
            "aims",
            "objective",
            "objectives",
            "purpose of the proposal",
            "purpose of the work",
            "summary",
            "aims and objectives",
            "purpose of the proposed work",
            "summary of the recommendation",
            "motivation",
            "terms of reference objectives",
        ],
    ),
    (
        "justification",
        &[
            "justification",
            "purpose and justification",
            "purpose and justification of the proposal",
            "rationale",
            "justification of the proposal",
            "justification statement",
            "reasons",
            "reasons or experience",
            "background",
            "background and rationale",
            "justification of need",
            "background and justification",
            "why it is needed",
            "purpose justification",
            "justification for the proposal",
            "purpose and justification for the proposal",
        ],
    ),
    (
        "market_need",
        &[
            "market need",
            "market relevance",
            "market needs",
            "need",
            "need for the work",
            "market demand",
            "business case",
            "market requirement",
            "market requirements",
            "statement of need",
            "evidence of need",
            "global relevance",
            "economic and social advantages",
            "who needs it",
            "demand",
        ],
    ),
    (
        "stakeholders",
        &[
            "stakeholders",
            "affected stakeholders",
            "stakeholder categories",
            "benefits impacts on stakeholders",
            "benefits and impacts",
            "interested parties",
            "stakeholders affected",
            "benefits and impacts on stakeholders",
            "stakeholder categories and benefits",
            "benefits impacts",
            "description of affected stakeholders",
            "relevant affected stakeholder categories",
            "stakeholder identification",
        ],
    ),
    (
        "programme",
        &[
            "programme",
            "programme of work",
            "initial programme of work",
            "proposed programme of work",
            "program of work",
            "work programme",
            "proposed initial programme of work",
            "initial work programme",
            "main questions",
            "planned parts",
            "tasks",
            "deliverables",
            "expected deliverables",
            "task objectives",
            "tasks and deliverables",
        ],
    ),
    (
        "target_deliverable",
        &[
            "target deliverable",
            "deliverable",
            "type of deliverable",
            "preferred deliverable",
            "preferred deliverables",
            "deliverable type",
            "preferred document",
            "proposed type",
            "type of document",
            "proposed new itu t",
            "preferred type of deliverable",
            "proposed deliverable",
            "preferred types of deliverables",
            "document type",
            "type of publication",
            "proposed new itu t text",
            "type of text",
            "preferred type or types of deliverable",
        ],
    ),
    (
        "ics_codes",
        &["ics codes", "ics", "ics code", "ics number", "ics numbers", "classification", "ics classification"],
    ),
    (
        "existing_work_searched",
        &[
            "existing work searched",
            "search for existing work",
            "searches",
            "existing work",
            "survey of similar work",
            "survey of similar work in other bodies",
            "survey of similar work undertaken in other bodies",
            "search record",
            "searches made",
            "survey of existing work",
            "similar work in other bodies",
            "survey",
            "databases searched",
            "relationship to activities of other international bodies",
            "relation to ongoing work",
            "search of existing work",
            "relation to ongoing work inside and outside itu t",
            "existing work in other bodies",
        ],
    ),
    (
        "related_standards",
        &[
            "related standards",
            "relevant documents",
            "relevant existing documents",
            "relevant documents to be considered",
            "listing of relevant documents",
            "listing of existing documents",
            "listing of relevant existing documents",
            "existing documents",
            "existing standards",
            "standards concerned",
            "related documents",
            "related work",
            "references",
            "normative references",
            "relevant standards",
            "relationship to existing work",
            "relation to existing work",
            "relations to itu t recommendations or to other standards",
            "relations to other standards",
            "relations to itu t recommendations or to other standards approved or under development",
            "relation to other recommendations",
            "relationship to other recommendations",
            "relation and impact on existing work",
            "related recommendations",
            "related itu t recommendations",
            "relations to other recommendations",
            "recommendations",
            "related recommendations and standards",
            "relation to and impact on existing work",
            "relationship to other standards",
            "known relevant documents",
        ],
    ),
    (
        "related_committees",
        &[
            "related committees",
            "committees concerned",
            "interested committees",
            "committees to which it is of interest",
            "of interest to the following committees",
            "related groups",
            "committees with nearby work",
            "other committees concerned",
            "related study groups",
            "study groups",
            "related questions",
            "related bodies",
            "standardization bodies",
            "relations to other groups",
            "other committees of interest",
            "committees that may be interested",
            "relevant committees",
            "relationship to other study groups",
            "committees affected",
        ],
    ),
    (
        "existing_committee_option",
        &[
            "existing committee option",
            "existing committee",
            "extension of an existing scope",
            "widening of an existing committee",
            "could an existing committee take the work",
            "option of an existing committee",
            "expansion of the scope of an existing committee",
            "could an existing committee do this",
            "use of an existing committee",
            "new committee or existing committee",
            "why not an existing committee",
        ],
    ),
    (
        "alternatives_considered",
        &[
            "alternatives considered",
            "alternatives",
            "other options considered",
            "alternatives to new work",
            "why not existing work",
        ],
    ),
    (
        "submitted_elsewhere",
        &[
            "submitted elsewhere",
            "coordination of work",
            "co ordination of work",
            "submission to other bodies",
            "also submitted to",
            "submitted to another sdo",
            "submitted to another standards body",
            "submitted to another organization",
            "submission to another standards development organization",
            "is the proposal submitted elsewhere",
        ],
    ),
    (
        "contacts_made",
        &[
            "contacts made",
            "contacts",
            "consultations",
            "consultation",
            "committees contacted",
            "results of contacts",
            "who was asked",
            "communication with other committees",
            "results of communication",
            "consultation of other committees",
            "contacts with other committees",
            "consultations held",
            "results of consultation",
            "communications made",
            "results of communication with other committees",
            "committees consulted",
        ],
    ),
    (
        "open_disagreements",
        &[
            "open disagreements",
            "disagreements",
            "possible conflicts",
            "conflicts",
            "open objections",
            "unresolved objections",
            "open issues with other committees",
            "potential conflicts",
            "potential conflicts with existing work",
        ],
    ),
    (
        "liaisons",
        &[
            "liaisons",
            "liaison",
            "liaison organizations",
            "liaisons to be engaged",
            "cooperation and liaison",
            "co operation and liaison",
            "liaisons with other bodies",
            "proposed liaisons",
            "required liaisons",
            "liaisons with other study groups or with other standards bodies",
            "liaisons with other study groups",
            "liaison with other bodies",
            "external and internal liaisons",
            "liaisons needed",
            "organizations in liaison",
            "liaison with other groups",
            "liaison organisations",
            "liaisons to be established",
        ],
    ),
    (
        "collaboration_mode",
        &[
            "collaboration mode",
            "mode of collaboration",
            "mode of cooperation",
            "cooperation mode",
            "mode",
            "collaboration",
            "proposed mode of cooperation",
            "mode of co operation",
            "cooperation",
        ],
    ),
    ("text_form", &["text form", "form of the text", "common or twin text", "form of a shared text", "common text"]),
    (
        "joint_work_considered",
        &[
            "joint work considered",
            "joint work",
            "joint parallel work",
            "joint or parallel work",
            "need for coordination",
            "need for coordination within iso or iec",
            "need for co ordination within iso or iec",
            "possible joint work",
            "was joint work considered",
            "joint project",
            "joint parallel work with",
            "joint development",
        ],
    ),
    (
        "lead_arrangement",
        &[
            "lead arrangement",
            "lead",
            "administrative lead",
            "lead and approval in joint work",
            "lead organization",
            "lead organisation",
        ],
    ),
    ("lead_arrangement.parallel_approval", &["parallel approval", "parallel ballots", "parallel voting"]),
    ("lead_arrangement.publication", &["joint publication", "publication in joint work"]),
    ("lead_arrangement.copyright_owner", &["copyright owner", "owner of the copyright"]),
    (
        "maintenance",
        &[
            "maintenance",
            "maintenance of the result",
            "maintenance agency",
            "registration authority",
            "maintenance agencies and registration authorities",
            "maintenance and synchronization",
            "maintenance agency registration authority",
            "maintenance agency ma",
            "registration authority ra",
        ],
    ),
    (
        "timeline",
        &[
            "timeline",
            "timing",
            "timetable",
            "target dates",
            "target date",
            "time frame",
            "time frames",
            "schedule",
            "project plan",
            "draft project plan",
            "time schedule",
            "milestones",
            "dates",
            "target dates for milestones",
            "plan",
            "proposed milestones",
            "planned dates",
            "preparatory work with target dates",
        ],
    ),
    (
        "timeline.start",
        &["start date", "proposed start date", "start of work", "start of the work", "proposed date of start"],
    ),
    (
        "timeline.first_meeting",
        &[
            "proposed date for first meeting",
            "date of first meeting",
            "first meeting",
            "proposed first meeting",
            "date of the first meeting",
        ],
    ),
    (
        "timeline.draft",
        &[
            "first draft",
            "date of first draft",
            "proposed date of first draft",
            "committee draft date",
            "target date for first draft",
            "circulation of first draft to working group",
        ],
    ),
    (
        "timeline.enquiry",
        &[
            "dis submission",
            "enquiry draft",
            "dis submission date",
            "cdv",
            "target date for enquiry",
            "proposed date of dis submission",
        ],
    ),
    (
        "timeline.approval",
        &[
            "target date for approval",
            "date of approval",
            "expected approval",
            "target date for consent",
            "expected consent",
        ],
    ),
    (
        "timeline.publication",
        &[
            "publication date",
            "target date for publication",
            "proposed publication date",
            "target publication date",
            "publication",
            "target date for is publication",
        ],
    ),
    (
        "timeline.track_months",
        &["development track", "track", "proposed development track", "standards development track", "sdt"],
    ),
    (
        "timeline.approval_process",
        &["approval process", "approval procedure", "proposed approval process", "equivalent approval process"],
    ),
    (
        "timeline.note",
        &[
            "estimated number of meetings",
            "frequency of meetings",
            "estimated meetings",
            "lifetime",
            "duration",
            "meetings",
            "working methods",
        ],
    ),
    (
        "base_document",
        &[
            "base document",
            "base text",
            "preparatory work",
            "draft or outline",
            "starting document",
            "draft attached",
            "draft attached or outline",
            "outline or draft",
            "base text for the work",
        ],
    ),
    (
        "base_document.copyright_cleared",
        &[
            "copyright cleared",
            "copyright",
            "copyright confirmation",
            "copyright permission",
            "copyright of the base document",
        ],
    ),
    (
        "leadership.project_leader",
        &[
            "project leader",
            "proposed project leader",
            "editor",
            "editors",
            "editor s",
            "leadership",
            "convenor",
            "proposed convenor",
            "name of project leader",
            "rapporteur",
            "name of the project leader",
            "project leader name",
            "proposed project leader name and e mail address",
            "proposed convenor name and e mail address",
            "leader",
        ],
    ),
    (
        "leadership.secretariat_offer",
        &[
            "secretariat offer",
            "offer of secretariat",
            "secretariat",
            "offer to hold the secretariat",
            "willingness to hold the secretariat",
            "offer of the secretariat",
            "secretariat offered by",
        ],
    ),
    (
        "development_group",
        &[
            "development group",
            "to be developed by",
            "work to be carried out by",
            "working group",
            "this proposal will be developed by",
            "developed by",
            "the proposal will be developed by",
            "existing or new group",
            "group to carry out the work",
            "existing group or new group",
            "group",
            "work will be carried out by",
        ],
    ),
    (
        "supporters",
        &[
            "supporters",
            "supporting members",
            "supporting members committed to contribute actively",
            "members committed to contribute",
            "supported by",
            "supporting companies",
            "participating members",
            "relevant countries",
            "countries",
            "nominated experts",
            "experts",
            "active members",
            "supporting countries",
            "members willing to take part",
            "supporting member states and sector members",
            "participating countries",
            "countries concerned",
            "countries not yet p members",
            "supporting organizations",
            "support",
            "committed members",
            "members supporting the proposal",
        ],
    ),
    (
        "patents_known",
        &[
            "patents known",
            "patents",
            "patented items",
            "known patented items",
            "known patents",
            "patent rights",
            "intellectual property rights",
            "intellectual property",
            "ipr",
        ],
    ),
    (
        "notes",
        &[
            "notes",
            "remarks",
            "comments",
            "additional information",
            "other information",
            "further information",
            "annexes",
            "supplementary information",
            "additional remarks",
            "other comments",
            "horizontal functions",
            "proposed horizontal standard",
            "functions concerned",
            "management system standard",
            "coding",
            "accessibility",
            "horizontal standard",
        ],
    ),
    (
        "",
        &[
            "circulation date",
            "date of circulation",
            "closing date",
            "closing date for voting",
            "closing date for comments",
            "signature",
            "signature of the proposer",
            "signed",
            "vote",
            "address",
            "e mail",
            "email",
            "phone",
            "telephone",
            "title french",
            "french title",
            "titre",
            "contact person",
            "signature of proposer",
            "annex c considered",
            "guidance considered",
            "secretary",
            "secretary name",
            "to be completed by the secretariat",
            "distribution",
            "copy to",
            "fax",
            "contact",
            "contact information",
            "titre francais",
            "titre en francais",
            "domaine d application",
            "title in french",
            "title russian",
            "scope french",
            "scope in french",
            "objet",
            "justification francaise",
            "deadline for voting",
            "date of registration",
            "keywords",
            "document type and number",
            "agenda item",
            "action required",
            "study period",
        ],
    ),
];

/// Words by which a long heading, often a whole question, is known.
const PHRASES: &[(&str, &str)] = &[
    ("similar proposal", "submitted_elsewhere"),
    ("submitted to another", "submitted_elsewhere"),
    ("relevant existing documents", "related_standards"),
    ("impact on existing work", "related_standards"),
    ("engaged as liaisons", "liaisons"),
    ("stakeholder categories", "stakeholders"),
    ("not already p members", "supporters"),
    ("committed to contribut", "supporters"),
    ("relevant countries", "supporters"),
    ("maintenance agency", "maintenance"),
    ("registration authority", "maintenance"),
    ("patented items", "patents_known"),
    ("existing committee", "existing_committee_option"),
    ("similar work", "existing_work_searched"),
    ("type or types of deliverable", "target_deliverable"),
    ("preferred type", "target_deliverable"),
];

/// Names of forms, each with the kind of proposal that it is for.
const FORMS: &[(Kind, &[&str])] = &[
    (
        Kind::NewField,
        &[
            "proposal for a new field of technical activity",
            "new field of technical activity",
            "proposal for new field of technical activity",
            "proposal for a new technical committee",
            "new technical committee proposal",
            "proposal for a new field of activity",
        ],
    ),
    (Kind::ProjectCommittee, &["proposal for a new project committee", "proposal for a project committee"]),
    (
        Kind::NewWorkItem,
        &[
            "new work item proposal",
            "new work item proposal nwip",
            "new work item proposal np",
            "new work item proposal nwip form 4",
            "form 4 new work item proposal",
            "form np new work item proposal",
            "np new work item proposal",
            "proposal for a new work item",
        ],
    ),
    (Kind::PreliminaryItem, &["preliminary work item proposal", "proposal for a preliminary work item"]),
    (Kind::ItuQuestion, &["proposal for a new question", "proposed new question", "new question proposal"]),
    (
        Kind::ItuWorkItem,
        &[
            "proposal for a new itu t work item",
            "proposal for a new recommendation",
            "new itu t work item proposal",
            "a 1 template for a proposed new recommendation",
            "a 1 justification for proposed draft new recommendation",
            "a 13 justification for proposed draft new text",
        ],
    ),
    (
        Kind::ItuFocusGroup,
        &[
            "terms of reference of a focus group",
            "proposal for a focus group",
            "focus group terms of reference",
            "proposal for a new focus group",
            "terms of reference of the focus group",
        ],
    ),
];

/// The kind of proposal that the name of a form tells.
pub(super) fn form(heading: &str) -> Option<Kind> {
    if heading.len() > 120 {
        return None;
    }
    candidates(heading)
        .iter()
        .find_map(|name| FORMS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(kind, _)| *kind))
}

/// Where a heading leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The field, such as `scope` or `timeline.draft`; empty for administration.
    pub(crate) field: &'static str,
    /// False when the heading only resembles a known one.
    pub(crate) exact: bool,
}

fn table() -> &'static BTreeMap<&'static str, &'static str> {
    static TABLE: OnceLock<BTreeMap<&'static str, &'static str>> = OnceLock::new();
    TABLE.get_or_init(|| {
        HEADINGS.iter().flat_map(|(field, headings)| headings.iter().map(|heading| (*heading, *field))).collect()
    })
}

/// The field of a heading that is exactly a known one, whatever its numbering, case, punctuation and marks.
pub(crate) fn exactly(heading: &str) -> Option<Target> {
    // No heading of a form is longer than a sentence.
    if heading.len() > 300 {
        return None;
    }
    candidates(heading).iter().find_map(|words| table().get(words.as_str())).map(|field| Target { field, exact: true })
}

/// The field of a heading that is, or resembles, a known one.
pub(crate) fn resembling(heading: &str) -> Option<Target> {
    if let Some(target) = exactly(heading) {
        return Some(target);
    }
    if heading.len() > 300 {
        return None;
    }
    for words in candidates(heading) {
        // A typing error or a plural.
        if words.len() >= 5 {
            let near = table()
                .iter()
                .filter(|(known, _)| known.len().abs_diff(words.len()) <= 4)
                .map(|(known, field)| (strsim::normalized_damerau_levenshtein(known, &words), *known, *field))
                .filter(|(alike, ..)| *alike >= 0.86)
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)));
            if let Some((_, _, field)) = near {
                return Some(Target { field, exact: false });
            }
        }
        // A known heading of several words, or «scope of …», that goes on.
        let begins = table()
            .iter()
            .filter(|(known, _)| {
                words
                    .strip_prefix(**known)
                    .is_some_and(|rest| rest.starts_with(" of ") || (known.contains(' ') && rest.starts_with(' ')))
            })
            .max_by_key(|(known, _)| known.len());
        if let Some((_, field)) = begins {
            return Some(Target { field, exact: false });
        }
        if let Some((_, field)) = PHRASES.iter().find(|(phrase, _)| words.contains(phrase)) {
            return Some(Target { field, exact: false });
        }
    }
    None
}

/// The forms of a heading to look up: whole, without what stands in parentheses, and each language of «a / b».
fn candidates(heading: &str) -> Vec<String> {
    let heading = without_number(heading);
    let mut outside = String::new();
    let mut depth = 0usize;
    for c in heading.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let mut candidates = vec![words(heading), words(&outside)];
    if heading.contains(['/', '|']) {
        candidates.extend(outside.split(['/', '|']).map(words).filter(|part| part.len() >= 4));
    }
    candidates.retain(|words| !words.is_empty());
    candidates.dedup();
    candidates
}

/// A heading without `1.2`, `3)`, `(b)`, `A.` before it.
pub(crate) fn without_number(heading: &str) -> &str {
    let text = heading.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || ".()".contains(c))).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    if number.contains(|c: char| c.is_ascii_digit())
        && (rest.starts_with(char::is_whitespace) || number.ends_with(['.', ')']))
    {
        return rest.trim_start();
    }
    let mut letters = text.char_indices();
    let lettered = match (letters.next(), letters.next(), letters.next()) {
        (Some((_, '(')), Some((_, letter)), Some((at, ')'))) if letter.is_ascii_alphabetic() => Some(at + 1),
        (Some((_, letter)), Some((at, '.' | ')')), Some((_, ' '))) if letter.is_ascii_alphabetic() => Some(at + 1),
        _ => None,
    };
    lettered.map_or(text, |at| text[at..].trim_start())
}

/// Lower-case words with one space between them.
pub(crate) fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty()) {
        let word: String = word.chars().filter(|c| !matches!(c, '\'' | '’')).flat_map(char::to_lowercase).collect();
        if words.is_empty() && matches!(word.as_str(), "the" | "a" | "your") {
            continue;
        }
        if !words.is_empty() && !word.is_empty() {
            words.push(' ');
        }
        words.push_str(&word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_no_heading_twice_and_names_real_fields() {
        let mut seen = BTreeMap::new();
        let fields = crate::proposal::read::fields();
        for (field, headings) in HEADINGS {
            let top = field.split('.').next().unwrap_or_default();
            assert!(top.is_empty() || fields.contains(&top), "{field}");
            for heading in *headings {
                assert_eq!(seen.insert(*heading, *field), None, "{heading}");
                assert!(words(heading) == *heading, "{heading} is not in its plain form");
            }
        }
    }

    #[test]
    fn headings_in_many_dresses() {
        for (heading, field) in [
            ("Scope", "scope"),
            ("1.2 Scope of the proposed deliverable", "scope"),
            ("SCOPE:", "scope"),
            ("(b) Purpose and justification", "justification"),
            ("Titre / Title", "title"),
            ("Title (English)", "title"),
            ("Editor(s)", "leadership.project_leader"),
            ("Relevant existing documents at all levels", "related_standards"),
            ("Exclusons", "out_of_scope"),
            ("Closing date for voting", ""),
            ("Title of this thing", "title"),
        ] {
            assert_eq!(resembling(heading).map(|target| target.field), Some(field), "{heading}");
        }
        for heading in ["", "Elephants", "Scope creep", "7", "Risk analysis", "---"] {
            assert_eq!(resembling(heading), None, "{heading}");
        }
    }
}
