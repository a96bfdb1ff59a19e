//! Word files: made in memory out of invented content, laid out as the forms are.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use spcg::Proposal;
use spcg::proposal::{CollaborationMode, Format, Kind};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" \
     xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
     xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"";

/// An archive of parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"
    )
}

/// A Word file with a body, styles for headings and a footnote.
fn word(body: &str) -> Vec<u8> {
    let relations = "<Relationships><Relationship Id=\"r1\" Type=\"http://x/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let styles = format!(
        "<w:styles {NAMESPACES}><w:style w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/></w:style>\
         <w:style w:styleId=\"berschrift2\"><w:name w:val=\"heading 2\"/></w:style>\
         <w:style w:styleId=\"Clause\"><w:name w:val=\"Clause\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style></w:styles>"
    );
    let footnotes = format!(
        "<w:footnotes {NAMESPACES}><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote>\
         <w:footnote w:id=\"2\"><w:p><w:r><w:t>As counted in 2023.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    );
    archive(&[
        ("_rels/.rels", relations.as_bytes()),
        ("word/document.xml", document(body).as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/footnotes.xml", footnotes.as_bytes()),
    ])
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
}

fn bold(text: &str) -> String {
    format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
}

fn paragraph(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

/// Paragraphs, one for each line.
fn text(text: &str) -> String {
    text.lines().map(|line| paragraph(&run(line))).collect()
}

fn heading(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run(text))
}

fn item(text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}</w:p>",
        run(text)
    )
}

fn cell(content: &str) -> String {
    // A cell always ends with a paragraph.
    format!("<w:tc><w:tcPr/>{content}<w:p/></w:tc>")
}

fn row(cells: &[&str]) -> String {
    format!("<w:tr>{}</w:tr>", cells.iter().map(|content| cell(content)).collect::<String>())
}

fn table(rows: &[String]) -> String {
    format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.concat())
}

/// A row of label and value.
fn pair(label: &str, value: &str) -> String {
    row(&[&text(label), value])
}

/// A check box as a content control.
fn control_box(ticked: bool) -> String {
    let (value, glyph) = if ticked { (1, "☒") } else { (0, "☐") };
    format!(
        "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val=\"{value}\"/></w14:checkbox></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        run(glyph)
    )
}

/// A check box as a form field of old Word.
fn field_box(ticked: bool) -> String {
    let checked = if ticked { "<w:checked/>" } else { "" };
    format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"0\"/>{checked}</w:checkBox></w:ffData></w:fldChar></w:r>\
         <w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
    )
}

/// A content control with text, or with its placeholder.
fn control(text: &str, is_placeholder: bool) -> String {
    let placeholder = if is_placeholder { "<w:showingPlcHdr/>" } else { "" };
    format!(
        "<w:sdt><w:sdtPr>{placeholder}<w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        run(text)
    )
}

fn data_table(rows: &[&[&str]]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|cells| {
            let cells: Vec<String> = cells.iter().map(|cell| text(cell)).collect();
            row(&cells.iter().map(String::as_str).collect::<Vec<_>>())
        })
        .collect();
    table(&rows)
}

fn read(body: &str) -> Proposal {
    Proposal::from_bytes(&word(body), None).unwrap()
}

/// The proposal of the fixtures, as a form of labels and values with tables in the cells.
fn robots_form() -> String {
    let rows = [
        pair("Reference number", &text("TS/P 901")),
        pair("Proposer", &paragraph(&control("NSB (Ruritania)", false))),
        pair("Date of submission", &text("17 May 2024")),
        pair("Title of the proposed committee", &text("Delivery robots on pavements")),
        pair("Organization", &text("ISO")),
        pair("Type of proposal", &text("New field of technical activity")),
        pair("Language", &text("en")),
        pair(
            "Scope",
            &text(
                "Standardization in the field of small robots that carry goods on pavements: terms, safety of passers-by, \
                 exchange of data with lifts and doors.\nExcluded: industrial robots (ISO/TC 299); road vehicles (TC 22).",
            ),
        ),
        pair(
            "Purpose of the work",
            &text("To let robots of several makers share pavements, lifts and doors."),
        ),
        pair("Background", &text("Twelve towns have trial fleets, and each has rules of its own.")),
        pair(
            "Market relevance",
            &text("About 9000 robots were on trial in 2023, as a survey by the proposer found."),
        ),
        pair(
            "Preferred type of deliverable",
            &paragraph(&format!(
                "{}{}{}{}",
                control_box(true),
                run(" International Standard "),
                control_box(false),
                run(" Technical Specification")
            )),
        ),
        pair("ICS codes", &text("25.040.30, 43.020")),
        pair(
            "Initial programme of work",
            &["Vocabulary", "Safety of passers-by", "Interface to lifts"].map(item).concat(),
        ),
        pair(
            "Survey of similar work in other bodies",
            &data_table(&[
                &["Organization", "Database", "Date", "Search terms", "Coverage", "Findings"],
                &[
                    "ISO",
                    "online catalogue",
                    "March 2024",
                    "delivery robot",
                    "both",
                    "ISO 13482:2014",
                ],
                &["ITU-T", "", "2024-03-02", "", "", "nothing found"],
            ]),
        ),
        pair(
            "Relevant documents",
            &data_table(&[
                &["Reference", "Title", "Relation", "Significance", "Difference"],
                &[
                    "ISO 13482:2014",
                    "Robots and robotic devices",
                    "basis",
                    "safety of personal care robots",
                    "does not deal with pavements",
                ],
                &["EN 17001", "", "", "kerbs", ""],
            ]),
        ),
        pair("Committees concerned", &["ISO/TC 299", "IEC TC 69", "CEN/TC 278"].map(item).concat()),
        pair(
            "Could an existing committee take the work?",
            &text("ISO/TC 299 was asked, but pavements are outside its scope."),
        ),
        pair(
            "Alternatives",
            &text("A part of an existing series on service robots would not reach town planners."),
        ),
        pair(
            "Submitted to another SDO",
            &paragraph(&format!(
                "{}{}{}{}",
                field_box(false),
                run("Yes"),
                field_box(true),
                run("No")
            )),
        ),
        pair(
            "Committees contacted",
            &data_table(&[
                &["Committee", "Date", "Person", "Answer", "Remarks"],
                &["ISO/TC 299", "2024-02-01", "chair", "liaison", "asks for a joint meeting"],
                &["ITU-T SG 20", "20 February 2024", "", "no answer", ""],
            ]),
        ),
        pair(
            "Possible conflicts",
            &data_table(&[
                &["Committee", "Issue", "Level", "Next step"],
                &[
                    "IEC TC 61",
                    "who writes the tests of chargers",
                    "1",
                    "call of the secretaries in June 2024",
                ],
            ]),
        ),
        pair(
            "Liaisons",
            &data_table(&[
                &["Body", "Type", "Agreed"],
                &["ISO/TC 178", "internal", "yes"],
                &["IEC TC 61", "", ""],
            ]),
        ),
        pair("Mode of cooperation", &text("M5")),
        pair("Form of the text", &text("Dual logo")),
        pair("Joint work", &text("Yes, lifts are shared ground with IEC.")),
        pair("Lead arrangement", &text("Lead: ISO\nParallel approval: yes")),
        pair(
            "Stakeholder categories",
            &data_table(&[
                &["Category", "Benefits/impacts", "Organizations to be contacted"],
                &["SMEs", "one test instead of twelve", "Robot Makers Guild"],
                &["Consumers", "safer pavements", ""],
            ]),
        ),
        pair(
            "Target dates",
            &text(
                "Start: 2024-10\nFirst draft: June 2025\nApproval: 2026-09\nPublication: 2027\nDevelopment track: 36 months",
            ),
        ),
        pair("Preparatory work", &paragraph(&run("☐ Draft attached ☒ An outline is attached"))),
        pair("Project leader", &text("A. Novak")),
        pair("Offer of secretariat", &text("NSB")),
        pair("To be developed by", &text("new working group")),
        pair("Supporters", &text("NSB (Ruritania): secretariat\nDIN (Germany)")),
        pair(
            "Known patents",
            &paragraph(&format!(
                "{}{}{}{}",
                run("Yes "),
                control_box(false),
                run(" No "),
                control_box(true)
            )),
        ),
        pair("Maintenance", &text("The new committee, every five years.")),
        pair("Notes", &text("Figures are rounded.")),
    ];
    table(&rows)
}

#[test]
fn the_same_proposal_as_toml_and_as_word_is_the_same_record() {
    let toml = Proposal::from_path(super::data("robots.toml")).unwrap();
    let form = read(&robots_form());
    assert_eq!(toml::to_string_pretty(&form).unwrap(), toml::to_string_pretty(&toml).unwrap());
    assert_eq!(form, toml);
    let place = form.place("contacts_made[1].outcome").unwrap();
    assert_eq!(place.text, "no answer");
    let reading = form.reading().unwrap();
    assert!(reading.unrecognized.is_empty() && reading.remarks.is_empty(), "{reading:?}");
    assert!(reading.missing.is_empty(), "{:?}", reading.missing);
}

/// A new work item: labels left, values right; languages below each other; boxes as controls;
/// placeholders.
#[test]
fn a_form_for_a_new_work_item() {
    let rows = [
        row(&[&text("NEW WORK ITEM PROPOSAL (NP)")]),
        row(&[&text("Circulation date\n2024-06-01"), &text("Reference number"), &text("N 123")]),
        row(&[&text("Closing date for voting\n2024-08-24"), &text("ISO/TC 299/SC 2")]),
        pair("Proposer", &paragraph(&control("NSB (Ruritania)", false))),
        row(&[&(text("Title of the proposed deliverable\nEnglish title")
            + &text("Delivery robots")
            + &text("French title")
            + &text("Robots de livraison"))]),
        row(&[&(text("Scope of the proposed deliverable")
            + &text("Terms for small robots.")
            + &item("with wheels")
            + &item("with legs"))]),
        row(&[&(text("Purpose and justification of the proposal")
            + &paragraph(&run("Towns ask for it.")))]),
        row(&[&(text("Preparatory work")
            + &paragraph(&(control_box(true) + &run(" A draft is attached")))
            + &paragraph(&(control_box(false) + &run(" An outline is attached"))))]),
        row(&[&(text("Preferred document")
            + &paragraph(&(control_box(false) + &run(" International Standard")))
            + &paragraph(&(control_box(true) + &run(" Technical Report"))))]),
        row(&[&(text("Proposed Standards Development Track (SDT)")
            + &paragraph(
                &(control_box(false) + &run("18 months ") + &control_box(true) + &run("24 months")),
            ))]),
        pair(
            "Known patented items",
            &paragraph(&(control_box(false) + &run("Yes ") + &control_box(true) + &run("No"))),
        ),
        pair("Liaisons to be engaged", &paragraph(&control("Click here to enter text.", true))),
        row(&[&(text("Is this a management systems standard?")
            + &paragraph(&(control_box(false) + &run("Yes ") + &control_box(true) + &run("No"))))]),
        row(&[&(text("Is it raining?")
            + &paragraph(&(control_box(true) + &run("Yes ") + &control_box(false) + &run("No"))))]),
        row(&[&(text("Co-ordination of work")
            + &text("Was a similar proposal submitted to another body?")
            + &paragraph(&(control_box(true) + &run("Yes ") + &control_box(false) + &run("No")))
            + &text("If so, where:")
            + &text("CEN/TC 278"))]),
        row(&[&(text("Draft project plan")
            + &text(
                "Proposed date for first meeting: 2024-10-01\nCommittee draft consultation (if any): 2025-06\nPublication: 2027",
            ))]),
        pair("Joint/parallel work", &text("IEC TC 61")),
        pair("Proposed project leader (name and e-mail address)", &text("A. Novak")),
        pair("Colour of the cover", &text("green")),
        row(&[&(paragraph(&bold("Weather")) + &text("Robots dislike rain."))]),
    ];
    let proposal = read(&table(&rows));
    assert_eq!(proposal.kind, Some(Kind::NewWorkItem));
    assert_eq!(proposal.title, "Delivery robots");
    assert_eq!(proposal.scope, "Terms for small robots.\n\n- with wheels\n- with legs");
    assert_eq!(proposal.justification, "Towns ask for it.");
    assert_eq!(proposal.target_deliverable.as_ref().unwrap().name(), "technical_report");
    assert_eq!(proposal.timeline.track_months, Some(24));
    assert_eq!(proposal.patents_known.as_ref().unwrap().known, Some(false));
    assert!(proposal.liaisons.is_empty(), "a placeholder is no answer");
    assert_eq!(proposal.leadership.project_leader.as_deref(), Some("A. Novak"));
    assert_eq!(proposal.base_document.as_ref().unwrap().form.unwrap().name(), "attached");
    assert_eq!(
        proposal.joint_work_considered.as_ref().unwrap().reason.as_deref(),
        Some("IEC TC 61")
    );
    assert_eq!(proposal.reference.as_deref(), Some("N 123"));
    let elsewhere = proposal.submitted_elsewhere.as_ref().unwrap();
    assert_eq!(elsewhere.submitted, Some(true));
    assert_eq!(elsewhere.body.as_ref().unwrap().to_string(), "CEN/TC 278");
    assert_eq!(proposal.timeline.first_meeting.unwrap().to_string(), "2024-10-01");
    assert_eq!(proposal.timeline.draft.unwrap().to_string(), "2025-06");
    let notes = proposal.notes.as_deref().unwrap();
    assert!(
        notes.contains("Closing date for voting: 2024-08-24")
            && notes.contains("Robots de livraison"),
        "{notes}"
    );
    let kept: Vec<_> =
        proposal.unrecognized.iter().map(|one| (one.heading.as_str(), one.text.as_str())).collect();
    assert!(kept.contains(&("Colour of the cover", "green")), "{kept:?}");
    assert!(kept.contains(&("Is it raining?", "☒Yes ☐No")), "{kept:?}");
    assert!(kept.contains(&("Weather", "Robots dislike rain.")), "{kept:?}");
    // A committee in a cell of its own, in the head of the form, is the addressee.
    assert_eq!(proposal.committee.as_ref().unwrap().to_string(), "ISO/TC 299/SC 2");
    assert!(proposal.reading().unwrap().missing.contains(&"liaisons".to_owned()));
}

/// A new field: headings with numbers above their texts, old check boxes, a text box, a footnote.
#[test]
fn a_form_for_a_new_field() {
    let text_box = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx>\
         </w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        text("Proposer: NSB (Ruritania)")
    );
    let footnote = "<w:r><w:footnoteReference w:id=\"2\"/></w:r>";
    let body = [
        paragraph(&bold("PROPOSAL FOR A NEW FIELD OF TECHNICAL ACTIVITY")),
        text_box,
        heading("Heading1", "1 Subject"),
        text("Delivery robots on pavements"),
        heading("berschrift2", "2 Scope"),
        text("Standardization in the field of delivery robots.\nThe following are excluded:"),
        item("industrial robots (ISO/TC 299)"),
        item("lifts (ISO/TC 178)"),
        heading("Clause", "(c) Purpose and justification"),
        paragraph(&(run("About 9000 robots run.") + footnote)),
        paragraph(&bold("Survey of similar work undertaken in other bodies")),
        text("IEC — 2024-03 — nothing found"),
        heading("Heading1", "Relevant countries"),
        text("Ruritania; Germany"),
        heading("Heading1", "Existing committee or new committee?"),
        paragraph(&(field_box(true) + &run("new ") + &field_box(false) + &run("existing"))),
        heading("Heading1", "Cooperation with others"),
        text("To be discussed."),
    ]
    .concat();
    let proposal = read(&body);
    assert_eq!(proposal.kind, Some(Kind::NewField));
    assert_eq!(proposal.proposer.as_deref(), Some("NSB (Ruritania)"));
    assert_eq!(proposal.title, "Delivery robots on pavements");
    let exclusions: Vec<_> = proposal.out_of_scope.iter().map(|one| one.subject.as_str()).collect();
    assert_eq!(exclusions, ["industrial robots (ISO/TC 299)", "lifts (ISO/TC 178)"]);
    assert_eq!(proposal.justification, "About 9000 robots run.\n\nAs counted in 2023.");
    let search = &proposal.existing_work_searched[0];
    assert_eq!(
        (search.organization.as_deref(), search.findings[0].as_str()),
        (Some("IEC"), "nothing found")
    );
    assert_eq!(proposal.supporters.len(), 2);
    assert_eq!(proposal.existing_committee_option.as_ref().unwrap().reason.as_deref(), Some("new"));
    assert_eq!(proposal.unrecognized[0].heading, "Cooperation with others");
}

/// An IEC form: several pairs in a row, labels above their values, tracked changes, hyperlinks.
#[test]
fn a_form_with_several_pairs_in_a_row() {
    let change = format!(
        "{}<w:ins w:id=\"1\">{}</w:ins><w:del w:id=\"2\"><w:r><w:delText>trams</w:delText></w:r></w:del>\
         <w:moveFrom w:id=\"3\">{}</w:moveFrom>",
        run("Chargers for "),
        run("robots"),
        run("buses"),
    );
    let deleted_row = format!(
        "<w:tr><w:trPr><w:del w:id=\"9\"/></w:trPr>{}{}</w:tr>",
        cell(&text("Title")),
        cell(&text("Old title"))
    );
    let rows = [
        row(&[&text("PROJECT NUMBER"), &text("TC/SC"), &text("DATE OF CIRCULATION")]),
        row(&[&text("IEC 70001 ED1"), &text("IEC SC 65C"), &text("2024-06-01")]),
        row(&[
            &text("Title"),
            &paragraph(&change),
            &text("Proposed type"),
            &paragraph(&run("☐ IS  ☒ TS  ☐ PAS")),
        ]),
        deleted_row,
        row(&[
            &text("1"),
            &text("Scope"),
            &paragraph(&format!(
                "<w:hyperlink w:anchor=\"a\">{}</w:hyperlink>",
                run("Contacts of chargers.")
            )),
        ]),
        row(&[
            &text("Of interest to the following committees"),
            &text("IEC TC 69, ISO/TC 299; CISPR/B"),
        ]),
        row(&[&paragraph(&(bold("Market relevance:") + &run(" 40 makers.")))]),
        row(&[
            &text("Need for coordination within ISO or IEC"),
            &text("Joint working group with ISO/TC 299"),
        ]),
        row(&[
            &text("Target dates"),
            &data_table(&[
                &["First draft", "2025-01"],
                &["CDV", "2025-10"],
                &["Publication", "2027-01"],
            ]),
        ]),
    ];
    let proposal = read(&table(&rows));
    assert_eq!(proposal.reference.as_deref(), Some("IEC 70001 ED1"));
    assert_eq!(proposal.committee.as_ref().unwrap().to_string(), "IEC SC 65C");
    assert_eq!(proposal.organization.unwrap().name(), "IEC");
    assert_eq!(proposal.title, "Chargers for robots");
    assert_eq!(proposal.target_deliverable.as_ref().unwrap().name(), "technical_specification");
    assert_eq!(proposal.scope, "Contacts of chargers.");
    let committees: Vec<_> = proposal
        .related_committees
        .iter()
        .map(|one| one.committee().unwrap().to_string())
        .collect();
    assert_eq!(committees, ["IEC TC 69", "ISO/TC 299", "IEC CISPR/B"]);
    assert_eq!(proposal.market_need, "40 makers.");
    assert_eq!(proposal.timeline.enquiry.unwrap().to_string(), "2025-10");
    assert_eq!(proposal.timeline.publication.unwrap().to_string(), "2027-01");
    assert_eq!(proposal.notes.as_deref(), Some("DATE OF CIRCULATION: 2024-06-01"));
}

/// An ITU-T template: label and value in one cell, the Question as committee, members as
/// supporters.
#[test]
fn a_template_of_itu_t() {
    let rows = [
        row(&[
            &text("Question(s):"),
            &text("10/17"),
            &text("Place and date:"),
            &text("Geneva, 3 June 2024"),
        ]),
        row(&[&text("Proposed new ITU-T text"), &text("Recommendation")]),
        row(&[&text("Reference and title:"), &text("X.rob, Security of delivery robots")]),
        row(&[&text("Base text:"), &text("TD 77"), &text("Timing:"), &text("2026-03")]),
        row(&[&text("Editor(s):"), &text("A. Novak"), &text("Approval process:"), &text("AAP")]),
        row(&[&(paragraph(&(bold("Scope") + &run(" (object of the text):")))
            + &text("Security of small robots."))]),
        row(&[&(paragraph(&bold("Summary:")) + &text("Robots are stolen."))]),
        row(&[&(text(
            "Relations to ITU-T Recommendations or to other standards (approved or under development):",
        ) + &text("X.1361; ISO 13482:2014"))]),
        row(&[&(text("Liaisons with other study groups or with other standards bodies:")
            + &text("ITU-T SG 20, ISO/TC 299"))]),
        row(&[&(text(
            "Supporting members that are committed to contributing actively to the work item:",
        ) + &text("Ruritania Telecom; NSB"))]),
    ];
    let proposal = read(&table(&rows));
    assert_eq!(proposal.committee.as_ref().unwrap().to_string(), "ITU-T Q10/17");
    assert_eq!(proposal.organization.unwrap().name(), "ITU-T");
    assert_eq!(proposal.date.unwrap().to_string(), "2024-06-03");
    assert_eq!(proposal.target_deliverable.as_ref().unwrap().name(), "recommendation");
    assert_eq!(proposal.title, "Security of delivery robots");
    assert_eq!(proposal.reference.as_deref(), Some("X.rob"));
    assert_eq!(proposal.base_document.as_ref().unwrap().description.as_deref(), Some("TD 77"));
    assert_eq!(proposal.leadership.project_leader.as_deref(), Some("A. Novak"));
    assert_eq!(proposal.timeline.approval_process.as_deref(), Some("AAP"));
    assert_eq!(proposal.scope, "Security of small robots.");
    assert_eq!(proposal.purpose, "Robots are stolen.");
    assert_eq!(proposal.related_standards.len(), 2);
    assert_eq!(proposal.liaisons.len(), 2);
    assert_eq!(proposal.supporters.len(), 2);
    assert!(proposal.unrecognized.is_empty(), "{:?}", proposal.unrecognized);
}

/// What the form says counts; what it does not say may stand in a header.
#[test]
fn headers_tell_what_the_form_does_not() {
    let relations = "<Relationships><Relationship Id=\"r1\" Type=\"http://x/header\" Target=\"header1.xml\"/>\
         <Relationship Id=\"r2\" Type=\"http://x/footer\" Target=\"footer1.xml\"/></Relationships>";
    let header = format!(
        "<w:hdr {NAMESPACES}>{}</w:hdr>",
        table(&[row(&[&text("ISO/TC 299 N 1204"), &text("Draft")])])
    );
    let footer = format!(
        "<w:ftr {NAMESPACES}>{}</w:ftr>",
        text("Page 3 of 7\nDate of proposal: 2025-02-11\nIEC")
    );
    let read = |rows: &[String]| {
        Proposal::from_docx(&archive(&[
            ("word/document.xml", document(&table(rows)).as_bytes()),
            ("word/_rels/document.xml.rels", relations.as_bytes()),
            ("word/header1.xml", header.as_bytes()),
            ("word/footer1.xml", footer.as_bytes()),
        ]))
        .unwrap()
    };
    let title = || pair("Title", &text("Delivery robots"));
    let proposal = read(&[title()]);
    assert_eq!(proposal.reference.as_deref(), Some("ISO/TC 299 N 1204"));
    assert_eq!(proposal.committee.as_ref().unwrap().to_string(), "ISO/TC 299");
    assert_eq!(
        (proposal.organization.unwrap().name(), proposal.date.unwrap().to_string()),
        ("ISO", "2025-02-11".into())
    );
    assert_eq!(proposal.place("committee").unwrap().text, "ISO/TC 299 N 1204");
    let remarks = |proposal: &Proposal| -> Vec<String> {
        proposal.reading().unwrap().remarks.iter().map(|remark| remark.text.clone()).collect()
    };
    assert_eq!(remarks(&proposal), ["`Draft` in a header or footer is not read"]);

    let proposal = read(&[
        title(),
        pair("TC/SC", &text("IEC TC 44")),
        pair("Date of proposal", &text("2025-01-07")),
    ]);
    assert_eq!(proposal.committee.as_ref().unwrap().to_string(), "IEC TC 44");
    assert_eq!(proposal.date.unwrap().to_string(), "2025-01-07");
    let differs =
        |what: &str| format!("`{what}` in a header or footer differs; what the form says counts");
    assert_eq!(
        remarks(&proposal),
        [
            differs("ISO/TC 299 N 1204"),
            "`Draft` in a header or footer is not read".into(),
            differs("Date of proposal")
        ]
    );
}

#[test]
fn cells_over_several_rows() {
    let goes_on = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>";
    let begins = |content: &str| {
        format!("<w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>{}</w:tc>", text(content))
    };
    let line = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let searches = table(&[
        row(&[&text("Organization"), &text("Database"), &text("Search terms")]),
        line(&[begins("ISO"), cell(&text("catalogue")), cell(&text("robot"))]),
        line(&[goes_on.to_owned(), cell(&text("work programme")), cell(&text("cart"))]),
    ]);
    let rows = [
        line(&[begins("Title"), cell(&text("Delivery robots"))]),
        line(&[goes_on.to_owned(), cell(&text("Reference number")), cell(&text("N 7"))]),
        pair("Existing work", &searches),
    ];
    let proposal = read(&table(&rows));
    assert_eq!(
        (proposal.title.as_str(), proposal.reference.as_deref()),
        ("Delivery robots", Some("N 7"))
    );
    let searched: Vec<_> = proposal
        .existing_work_searched
        .iter()
        .map(|one| (one.organization.as_deref().unwrap(), one.query.as_deref().unwrap()))
        .collect();
    assert_eq!(searched, [("ISO", "robot"), ("ISO", "cart")]);
}

#[test]
fn languages_below_one_label() {
    let rows = [
        pair("Title / Titre", &text("English: Delivery robots\nFrench: Robots de livraison")),
        pair(
            "Scope / Domaine d’application",
            &text("English\nSmall robots.\nFrançais\nPetits robots."),
        ),
    ];
    let proposal = read(&table(&rows));
    assert_eq!(proposal.title, "Delivery robots");
    assert_eq!(proposal.scope, "Small robots.");
    let notes = proposal.notes.unwrap();
    assert!(notes.contains("Robots de livraison") && notes.contains("Petits robots."), "{notes}");
}

#[test]
fn hidden_text_and_symbols() {
    let symbol = |code: &str| format!("<w:r><w:sym w:font=\"Wingdings\" w:char=\"{code}\"/></w:r>");
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>";
    let placeholder =
        "<w:r><w:rPr><w:rStyle w:val=\"PlaceholderText\"/></w:rPr><w:t>Enter a title.</w:t></w:r>";
    let rows = [
        pair("Title", &paragraph(&(run("Robots") + hidden))),
        pair("Purpose", &paragraph(placeholder)),
        pair(
            "Known patents",
            &paragraph(&(symbol("F0A8") + &run("Yes ") + &symbol("F0FE") + &run("No"))),
        ),
        pair("Mode of cooperation", &text("collaborative\u{a0}team")),
        pair(
            "Scope",
            &paragraph(
                "<w:r><w:t>R&amp;D of robots &#8211; all</w:t><w:br/><w:t>of them</w:t></w:r>",
            ),
        ),
    ];
    let proposal = read(&table(&rows));
    assert_eq!((proposal.title.as_str(), proposal.purpose.as_str()), ("Robots", ""));
    assert_eq!(proposal.patents_known.as_ref().unwrap().known, Some(false));
    assert_eq!(proposal.collaboration_mode, Some(CollaborationMode::CollaborativeTeam));
    assert_eq!(proposal.scope, "R&D of robots – all\nof them");
}

#[test]
fn a_table_round_the_whole_form() {
    let inner =
        table(&[pair("Title", &text("Delivery robots")), pair("Scope", &text("Small robots."))]);
    let proposal = read(&table(&[row(&[&inner])]));
    assert_eq!(
        (proposal.title.as_str(), proposal.scope.as_str()),
        ("Delivery robots", "Small robots.")
    );
}

#[test]
fn archives_that_are_no_word_files() {
    let save = "save it as `.docx` or `.odt`, or copy its text to a `.md`, `.txt` or `.toml` file";
    let again = "save it again with a word processor";
    let zeros = vec![b' '; 40 << 20];
    let bomb = archive(&[("word/document.xml", &zeros)]);
    assert!(bomb.len() < 1 << 20);
    let deep = document(&("<w:sdt>".repeat(5_000) + &"</w:sdt>".repeat(5_000)));
    let wide = document(&"<w:p/>".repeat(500_000));
    let many: Vec<(String, Vec<u8>)> = (0..3_000).map(|at| (format!("{at}"), Vec::new())).collect();
    let many: Vec<(&str, &[u8])> =
        many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let entity = "<!DOCTYPE a [<!ENTITY b \"boom\">]><w:document><w:body>&b;</w:body></w:document>";
    let undeclared = document(&paragraph("<w:r><w:t>&boom;</w:t></w:r>"));
    let mut cut = word(&text("Title: a"));
    cut.truncate(cut.len() / 2);
    let mut damaged = word(&text("Title: a"));
    let middle = damaged.windows(4).position(|window| window == b"PK\x01\x02").unwrap() / 2;
    damaged[middle..middle + 20].fill(0);
    let too_big = "the file unpacks to more than 32 MiB, or to too many or too deep elements; leave out pictures and annexes";
    let part = |content: &str| archive(&[("word/document.xml", content.as_bytes())]);
    for (bytes, expected) in [
        (bomb, too_big.to_owned()),
        (part(&deep), too_big.to_owned()),
        (part(&wide), too_big.to_owned()),
        (
            archive(&many),
            "the archive has more than 2000 parts; leave out pictures and annexes".to_owned(),
        ),
        (
            part(entity),
            format!(
                "this is not docx: its part `word/document.xml` is damaged: it has a document type definition; {again}"
            ),
        ),
        (
            part(&undeclared),
            format!(
                "this is not docx: its part `word/document.xml` is damaged: it uses an entity of its own; {again}"
            ),
        ),
        (part(""), format!("this is not docx: its part `word/document.xml` is no text; {again}")),
        (
            part("<a/>"),
            "docx has no headings or labels of a proposal; write at least a `title` and a `scope`"
                .to_owned(),
        ),
        (
            part(&document(&text("Dear all"))),
            "docx has no headings or labels of a proposal; write at least a `title` and a `scope`"
                .to_owned(),
        ),
        (archive(&[("a.txt", b"a")]), format!("this is not docx: it holds no document; {again}")),
        (
            archive(&[("content.xml", b"a")]),
            "odt has no headings or labels of a proposal; write at least a `title` and a `scope`"
                .to_owned(),
        ),
        (
            archive(&[("xl/workbook.xml", b"a")]),
            format!("this is an Excel file, which is not read; {save}"),
        ),
    ] {
        assert_eq!(super::refusal(&bytes, None), expected);
    }
    assert!(super::refusal(&cut, None).starts_with("this is not docx: its archive is damaged: "));
    assert!(super::refusal(&damaged, None).starts_with("this is not docx: "));
    assert_eq!(
        super::refusal(b"title = 1", Format::Docx),
        format!(
            "this is not docx: its archive is damaged: invalid Zip archive: Could not find EOCD; {again}"
        )
    );
}

#[test]
fn a_word_file_by_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("robots.docx");
    std::fs::write(&path, word(&robots_form())).unwrap();
    let proposal = Proposal::from_path(&path).unwrap();
    assert_eq!(proposal.source(), Some(path.as_path()));
    assert_eq!(proposal, Proposal::from_path(super::data("robots.toml")).unwrap());
    std::fs::write(&path, b"").unwrap();
    let expected =
        format!("{}: the input is empty; write at least a `title` and a `scope`", path.display());
    assert_eq!(Proposal::from_path(&path).unwrap_err().to_string(), expected);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_changed_word_file_panics(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        length in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let mut bytes = word(&robots_form());
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cut {
            bytes.truncate(length.index(bytes.len()));
        }
        let _ = Proposal::from_docx(&bytes);
    }

    #[test]
    fn no_changed_document_panics(
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0usize..60, "[<>/a-z:&;\"= ]{0,8}"), 1..4),
    ) {
        let mut xml = document(&robots_form()).into_bytes();
        for (at, length, text) in cuts {
            let at = at.index(xml.len());
            let end = (at + length).min(xml.len());
            xml.splice(at..end, text.into_bytes());
        }
        let _ = Proposal::from_docx(&archive(&[("word/document.xml", &xml)]));
    }

    #[test]
    fn no_order_of_cells_panics(
        rows in proptest::collection::vec(
            proptest::collection::vec(
                prop_oneof![
                    Just(""), Just("Title"), Just("Scope"), Just("Title: a"), Just("1"), Just("☒ Yes ☐ No"), Just("Liaisons"),
                    Just("Committee"), Just("ISO/TC 1"), Just("Timeline"), Just("Draft: 2025"), Just("Some text. And more."),
                    Just("Unknown label"), Just("Scope\nSmall robots."),
                ],
                0..5,
            ),
            0..12,
        ),
    ) {
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let bytes = word(&(text("Title: robots") + &data_table(&rows)));
        super::round_trip(&Proposal::from_docx(&bytes).unwrap());
    }
}
