//! A form to fill in: the fields of a proposal of one kind, each with a word on what is asked.

use std::fmt::Write as _;

use spcg::proposal::Kind;

/// A part of a form.
struct Part {
    title: &'static str,
    questions: &'static [Question],
}

/// A field of a form.
struct Question {
    field: &'static str,
    heading: &'static str,
    asks: &'static str,
    /// The value where nothing is filled in, in TOML.
    blank: &'static str,
    /// How an answer is written in TOML, where it is not a plain text.
    example: &'static str,
    /// Whether the form of a kind asks it.
    of: fn(Kind) -> bool,
}

const TEXT: &str = "\"\"";
const LONG: &str = "\"\"\"\n\"\"\"";
const LIST: &str = "[]";
const TABLE: &str = "{}";

const fn all(_: Kind) -> bool {
    true
}

const fn new_bodies(kind: Kind) -> bool {
    matches!(kind, Kind::NewField | Kind::ProjectCommittee | Kind::ItuFocusGroup | Kind::JointGroup)
}

const fn work_items(kind: Kind) -> bool {
    matches!(kind, Kind::NewWorkItem | Kind::PreliminaryItem | Kind::ItuWorkItem)
}

const fn with_committee(kind: Kind) -> bool {
    !matches!(kind, Kind::NewField | Kind::ProjectCommittee | Kind::JointGroup)
}

const fn question(
    field: &'static str,
    heading: &'static str,
    asks: &'static str,
    blank: &'static str,
    example: &'static str,
    of: fn(Kind) -> bool,
) -> Question {
    Question { field, heading, asks, blank, example, of }
}

#[rustfmt::skip] // a table
const FORM: &[Part] = &[
    Part { title: "What it is", questions: &[
        question("title", "Title", "The subject first, then its aspect; it should speak for itself.", TEXT, "", all),
        question("organization", "Organization", "To whom it is addressed: ISO, IEC or ITU-T.", TEXT, "", all),
        question("committee", "Committee", "The committee, subcommittee, study group or Question that it is addressed to.", TEXT, "", with_committee),
        question("proposer", "Proposer", "Who proposes, with the country in parentheses.", TEXT, "", all),
        question("date", "Date", "When it is submitted: year, month and day, such as 2026-11-25.", TEXT, "", all),
        question("target_deliverable", "Target deliverable", "What is to be published: international_standard, technical_specification, technical_report, recommendation, ...", TEXT, "", work_items),
        question("ics_codes", "ICS codes", "The subject in the International Classification for Standards.", LIST, "[\"13.200\"]", work_items),
    ]},
    Part { title: "Subject", questions: &[
        question("scope", "Scope", "What the work is about, and where it stops.", LONG, "", all),
        question("out_of_scope", "Out of scope", "What is left to others, and to which committee.", LIST, "[\"the part that is left out (the committee that has it)\"]", all),
        question("purpose", "Purpose", "What the work is for.", LONG, "", all),
        question("justification", "Justification", "Why it is needed, and why now.", LONG, "", all),
        question("market_need", "Market need", "Who needs it, and how that is known.", LONG, "", all),
        question("stakeholders", "Stakeholders", "Who gains or is affected, and how.", LIST, "[{ category = \"industry\", effect = \"what it gains\" }]", all),
        question("programme", "Programme of work", "The parts of the planned work, in order.", LIST, "[\"the first part\", \"the second part\"]", new_bodies),
    ]},
    Part { title: "Existing work", questions: &[
        question("existing_work_searched", "Existing work searched", "The searches for existing work: where, when, with which words, for published texts and drafts. In all three organizations.", LIST, "[{ organization = \"ISO\", database = \"where\", date = \"2026-11\", query = \"the words\", covers = \"both\", findings = [] }]", all),
        question("related_standards", "Related standards", "Documents that matter, and how this work differs from each.", LIST, "[{ reference = \"the document\", relation = \"how it is related\", distinction = \"how this work differs\" }]", all),
        question("alternatives_considered", "Alternatives considered", "What else could be done instead of new work.", TEXT, "", all),
        question("existing_committee_option", "Existing committee option", "Whether an existing committee could take the work, and why not.", TABLE, "{ committees = [\"the committee\"], reason = \"why not\" }", new_bodies),
        question("submitted_elsewhere", "Submitted elsewhere", "Whether it went to another standards body too: yes or no, to whom and when.", TABLE, "{ submitted = true, body = \"the body\", date = \"2026-11\" }", all),
    ]},
    Part { title: "Others who are concerned", questions: &[
        question("related_committees", "Related committees", "Committees and other bodies whose work touches it, of all three organizations.", LIST, "[\"a committee\", \"a study group\"]", all),
        question("contacts_made", "Contacts made", "Who was asked before, when, and what they answered: no_interest, inform_us, liaison, contribute, joint_work, objection or no_answer.", LIST, "[{ committee = \"the committee\", date = \"2026-10-01\", outcome = \"no_answer\" }]", all),
        question("open_disagreements", "Open disagreements", "Disagreements that are not settled, their level (1 experts, 2 committee officers, 3 central offices, 4 boards) and the next step.", LIST, "[{ committee = \"the committee\", description = \"on what\", level = 1, next_step = \"what comes next\" }]", all),
        question("liaisons", "Liaisons", "The liaisons that the work needs.", LIST, "[{ body = \"the body\", category = \"A\" }]", all),
        question("collaboration_mode", "Collaboration mode", "The mode of cooperation: none, informative, liaison, contributive, subcontracting, collaborative, integrated, ...", TEXT, "", all),
        question("joint_work_considered", "Joint work considered", "Whether joint work was considered: yes or no, and why.", TABLE, "{ considered = true, reason = \"why, or why not\" }", all),
        question("lead_arrangement", "Lead arrangement", "In joint work: who leads the work.", TABLE, "{ lead = \"the committee that leads\", parallel_approval = true }", all),
    ]},
    Part { title: "Plan and resources", questions: &[
        question("timeline", "Timeline", "The dates of the work.", TABLE, "{ start = \"2027-01\", draft = \"2027-06\", enquiry = \"2028-01\", publication = \"2029-01\" }", all),
        question("base_document", "Base document", "The text that the work starts from: draft, outline or none; whether it may be used is asked apart.", TABLE, "{ form = \"outline\", copyright_cleared = true, description = \"which text\" }", work_items),
        question("leadership.project_leader", "Project leader", "Who leads the project, or edits the text.", TEXT, "", work_items),
        question("leadership.secretariat_offer", "Secretariat offer", "Who offers to hold the secretariat.", TEXT, "", new_bodies),
        question("supporters", "Supporters", "Who takes part or backs it, with the country.", LIST, "[{ name = \"the member\", country = \"its country\" }]", all),
        question("patents_known", "Patents known", "Whether patents on the subject are known: yes or no, and which.", TABLE, "{ known = false, statement = \"how that was found out\" }", all),
        question("maintenance", "Maintenance", "Who keeps the result up to date, and in step with related texts.", TEXT, "", work_items),
        question("notes", "Notes", "Anything else.", TEXT, "", all),
    ]},
];

/// The name of the form, as the readers know it.
fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::NewField => "Proposal for a new field of technical activity",
        Kind::ProjectCommittee => "Proposal for a new project committee",
        Kind::NewWorkItem => "Proposal for a new work item",
        Kind::PreliminaryItem => "Proposal for a preliminary work item",
        Kind::ItuQuestion => "Proposal for a new Question",
        Kind::ItuWorkItem => "Proposal for a new ITU-T work item",
        Kind::ItuFocusGroup => "Proposal for a focus group",
        _ => "Proposal for a joint group",
    }
}

/// The organization that is told by the kind alone.
fn organization(kind: Kind) -> &'static str {
    match kind {
        Kind::ItuQuestion | Kind::ItuWorkItem | Kind::ItuFocusGroup => "ITU-T",
        _ => "",
    }
}

/// The form in TOML; lines that begin with `#` are for the person who fills it in.
pub(crate) fn toml(kind: Kind) -> String {
    let mut text = format!(
        "# {}\n#\n# Fill in what is known and leave the rest as it is; a text stands between the quotes.\n\
         # `screen FILE` then says what is missing, and who should be asked.\n\nkind = \"{kind}\"\n",
        name(kind)
    );
    for part in FORM {
        let _ = write!(text, "\n# ---- {} ----\n", part.title);
        for question in part.questions.iter().filter(|question| (question.of)(kind)) {
            text.push('\n');
            for line in wrapped(question.asks) {
                let _ = writeln!(text, "# {line}");
            }
            if !question.example.is_empty() {
                let _ = writeln!(text, "#   {} = {}", question.field, question.example);
            }
            let told = organization(kind);
            if question.field == "organization" && !told.is_empty() {
                let _ = writeln!(text, "organization = \"{told}\"");
            } else {
                let _ = writeln!(text, "{} = {}", question.field, question.blank);
            }
        }
    }
    text
}

/// The form in Markdown; what stands in `<!-- -->` is for the person who fills it in.
pub(crate) fn markdown(kind: Kind) -> String {
    let mut text = format!(
        "# {}\n\n<!-- Fill in below the headings what is known, and leave the rest blank.\n\
         `screen FILE` then says what is missing, and who should be asked. -->\n\n\
         ## Kind of proposal\n\n{kind}\n",
        name(kind)
    );
    for part in FORM {
        for question in part.questions.iter().filter(|question| (question.of)(kind)) {
            let _ = write!(text, "\n## {}\n\n", question.heading);
            let _ = writeln!(text, "<!-- {} -->", wrapped(question.asks).join("\n"));
            let told = organization(kind);
            if question.field == "organization" && !told.is_empty() {
                let _ = write!(text, "\n{told}\n");
            }
        }
    }
    text
}

/// Lines of at most 90 characters.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.len() + 1 + word.len() <= 90 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
