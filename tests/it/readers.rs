//! Readers of proposals: the same proposal in every format, what bad files are told, and that no
//! input panics.
#![allow(clippy::unwrap_used)]

mod formats;
mod forms;
mod labels;
mod matrix;
mod word;

use std::io::Write;
use std::path::PathBuf;

use proptest::prelude::*;
use spcg::Proposal;
use spcg::proposal::{CollaborationMode, Format, Kind, Outcome};

fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/proposals").join(name)
}

fn robots(ending: &str) -> String {
    std::fs::read_to_string(data(&format!("robots.{ending}"))).unwrap()
}

/// What a reader says to bad input, on one line and with a remedy.
fn refusal(bytes: impl AsRef<[u8]>, format: impl Into<Option<Format>>) -> String {
    let error = Proposal::from_bytes(bytes.as_ref(), format.into()).unwrap_err();
    let message = error.to_string();
    assert!(!message.contains('\n'), "{message}");
    assert!(error.remedy().is_some(), "{message}");
    message
}

#[test]
fn the_same_proposal_in_every_format_is_the_same_record() {
    let toml = Proposal::from_path(data("robots.toml")).unwrap();
    for ending in ["json", "yaml", "md"] {
        let other = Proposal::from_path(data(&format!("robots.{ending}"))).unwrap();
        assert_eq!(
            toml::to_string_pretty(&other).unwrap(),
            toml::to_string_pretty(&toml).unwrap(),
            "{ending}"
        );
        assert_eq!(other, toml, "{ending}");
    }
}

#[test]
fn the_format_is_found_by_content() {
    let toml = Proposal::from_path(data("robots.toml")).unwrap();
    for ending in ["toml", "json", "yaml", "md"] {
        assert_eq!(
            Proposal::from_bytes(robots(ending).as_bytes(), None).unwrap(),
            toml,
            "{ending}"
        );
    }
    for (text, title) in [
        ("Title: Smart lifts\nScope: Lifts.", "Smart lifts"),
        ("\n# A comment\n[timeline]\nstart = 2024\n", ""),
        ("[[contacts_made]]\ncommittee = \"ISO/TC 1\"\n", ""),
        ("---\ntitle: Smart lifts\n", "Smart lifts"),
        ("title: Smart lifts\n", "Smart lifts"),
    ] {
        assert_eq!(Proposal::from_bytes(text.as_bytes(), None).unwrap().title, title, "{text}");
    }
}

#[test]
fn every_field_has_its_place() {
    for (ending, field, line, text) in [
        ("toml", "scope", 9, "scope = \"\"\""),
        ("toml", "contacts_made[1].outcome", 85, "outcome = \"no_answer\""),
        (
            "toml",
            "related_committees[2]",
            19,
            "related_committees = [\"ISO/TC 299\", \"IEC TC 69\", \"CEN/TC 278\"]",
        ),
        ("json", "contacts_made[1].outcome", 108, "\"outcome\": \"no_answer\""),
        ("yaml", "timeline.track_months", 98, "track_months: 36"),
        ("md", "contacts_made[1].outcome", 90, "- ITU-T SG 20 — 20 February 2024 — no answer"),
        ("md", "timeline.draft", 130, "- First draft: June 2025"),
    ] {
        let proposal = Proposal::from_path(data(&format!("robots.{ending}"))).unwrap();
        assert_eq!(proposal.source(), Some(data(&format!("robots.{ending}")).as_path()));
        let place = proposal.place(field).unwrap();
        assert_eq!((place.line, place.text.as_str()), (line, text), "{ending} {field}");
    }
    let proposal = Proposal::from_toml("title = \"a\"\n\n[timeline]\nstart = 2024\n").unwrap();
    assert_eq!(
        proposal.place("timeline.publication").unwrap().line,
        3,
        "a part without a place has that of the whole"
    );
    assert!(proposal.place("scope").is_none());
}

#[test]
fn short_forms_are_understood() {
    let proposal = Proposal::from_toml(
        r#"
        organization = "iso"
        kind = "New work item"
        date = 2024-05-17
        out_of_scope = "risk management (ISO/TC 262), lifts (TC 178); toys"
        related_standards = ["ISO 31000:2018, Risk management", "Town by-laws"]
        existing_work_searched = "IEC and ITU-T: nothing found"
        stakeholders = ["SMEs: lower cost", "Consumers"]
        contacts_made = "IEC TC 57"
        liaisons = "ISO/TC 1, CEN"
        joint_work_considered = false
        submitted_elsewhere = { submitted = true, body = "CEN", date = "2024" }
        patents_known = "none known"
        supporters = ["KATS (Korea): one expert"]
        base_document = "outline"
        ics_codes = "13.200, 35.240.50"
        collaboration_mode = "JWG"
        "#,
    )
    .unwrap();
    let exclusions: Vec<_> = proposal.out_of_scope.iter().map(|one| one.subject.as_str()).collect();
    assert_eq!(exclusions, ["risk management (ISO/TC 262)", "lifts (TC 178)", "toys"]);
    assert_eq!(proposal.out_of_scope[1].committees().next().unwrap().to_string(), "ISO/TC 178");
    assert_eq!(proposal.related_standards[0].title.as_deref(), Some("Risk management"));
    assert_eq!(proposal.related_standards[1].reference.text(), "Town by-laws");
    assert_eq!(proposal.existing_work_searched[0].organizations().len(), 2);
    assert_eq!(proposal.stakeholders[0].effect.as_deref(), Some("lower cost"));
    assert_eq!(proposal.liaisons[1].body.text(), "CEN");
    assert_eq!(proposal.joint_work_considered.as_ref().unwrap().considered, Some(false));
    assert_eq!(proposal.patents_known.as_ref().unwrap().known, Some(false));
    assert_eq!(proposal.patents_known.as_ref().unwrap().statement.as_deref(), Some("none known"));
    assert_eq!(proposal.supporters[0].country.as_deref(), Some("Korea"));
    assert_eq!(proposal.ics_codes.len(), 2);
    assert_eq!(proposal.collaboration_mode, Some(CollaborationMode::Integrated));
    assert_eq!(proposal.kind, Some(Kind::NewWorkItem));
}

#[test]
fn a_missing_title_or_scope_can_be_read() {
    assert_eq!(Proposal::from_toml("title = \"\"\nreference = \"\"").unwrap(), Proposal::default());
    assert_eq!(
        Proposal::from_json("{\"title\": null, \"liaisons\": null, \"kind\": null}").unwrap(),
        Proposal::default()
    );
}

/// Every mistake gets one line with its place and what to do.
#[test]
fn mistakes_in_the_fields() {
    use Format::{Json, Toml, Yaml};
    let kinds = "`new_field`, `project_committee`, `new_work_item`, `preliminary_item`, `itu_question`, \
                 `itu_work_item`, `itu_focus_group` or `joint_group`";
    for (format, text, expected) in [
        (Toml, "title = \"a\"\nscoop = \"b\"", "line 2, column 1: unknown field `scoop`; did you mean `scope`?".to_owned()),
        (Json, "{\n \"title\": \"ä\", \"scoop\": 1}", "line 2, column 16: unknown field `scoop`; did you mean `scope`?".into()),
        (Yaml, "title: a\nscoop: b\n", "line 2, column 1: unknown field `scoop`; did you mean `scope`?".into()),
        (
            Toml,
            "[[contacts_made]]\ncomittee = \"ISO/TC 1\"",
            "line 2, column 1: unknown field `comittee` in `contacts_made`; did you mean `committee`?".into(),
        ),
        (
            Yaml,
            "timeline:\n  elephants: 1\n",
            "line 2, column 3: unknown field `elephants` in `timeline`; the fields are `submission`, `start`, \
             `first_meeting`, `draft`, `enquiry`, `approval`, `publication`, `track`, `track_months`, \
             `approval_process` or `note`"
                .into(),
        ),
        (
            Toml,
            "kind = \"new-feild\"",
            format!("line 1, column 8: `kind` is `new-feild`; did you mean `new_field`? write one of {kinds}"),
        ),
        (Json, "{\"kind\": \"elephant\"}", format!("line 1, column 10: `kind` is `elephant`; write one of {kinds}")),
        (Toml, "title = 12", "line 1, column 9: `title` is the number 12; write a text in quotes".into()),
        (Yaml, "title: 12\n", "line 1, column 8: `title` is the number 12; write a text in quotes".into()),
        (Json, "{\"title\": [\"a\"]}", "line 1, column 11: `title` is a list; write a text in quotes".into()),
        (
            Toml,
            "ics_codes = [13.200]",
            "line 1, column 14: `ics_codes` is the number 13.2; write a code in quotes such as \"13.200\"".into(),
        ),
        (
            Toml,
            "ics_codes = [\"13.2\"]",
            "line 1, column 14: `ics_codes`: `13.2` is not an ICS code; write it like `13`, `13.200` or `35.240.50`".into(),
        ),
        (
            Toml,
            "[timeline]\ndraft = \"2024-13\"",
            "line 2, column 9: `draft`: `2024-13` is not a date; write it like `2024`, `2024-05` or `2024-05-17`".into(),
        ),
        (
            Yaml,
            "date: 2023-02-29\n",
            "line 1, column 7: `date`: `2023-02-29` is not a date; write it like `2024`, `2024-05` or `2024-05-17`".into(),
        ),
        (
            Toml,
            "organization = \"ISSO\"",
            "line 1, column 16: `organization`: `ISSO` is not one of the three organizations; write `ISO`, `IEC` or `ITU-T`"
                .into(),
        ),
        (
            Toml,
            "committee = \"CEN/TC 251\"",
            "line 1, column 13: `committee`: `CEN/TC 251` is not a committee reference; write it like `ISO/TC 176/SC 2`, \
             `IEC SC 65C` or `ITU-T SG 17`"
                .into(),
        ),
        (
            Toml,
            "[[open_disagreements]]\nlevel = 5",
            "line 2, column 9: `level`: `5` is not a level of the ladder; write 1, 2, 3 or 4".into(),
        ),
        (Toml, "[[liaisons]]\ncategory = \"A\"", "line 1, column 1: `liaisons` has no `body`; add `body`".into()),
        (
            Json,
            "{\"liaisons\": [{\"body\": \"x\", \"agreed\": \"yes\"}]}",
            "line 1, column 39: `agreed` is the text `yes`; write `true` or `false`".into(),
        ),
        (
            Toml,
            "related_committees = { a = 1 }",
            "line 1, column 22: `related_committees` is a table; write a list, each item a committee in quotes such as \
             \"ISO/TC 262\""
                .into(),
        ),
        (Toml, "title = \"a\"\nscope = \"b\"\ntitle = \"c\"", "line 3, column 1: `title` comes twice, first in line 1; keep one of the two".into()),
        (Json, "{\"title\": \"a\",\n\"title\": \"b\"}", "line 2, column 1: `title` comes twice, first in line 1; keep one of the two".into()),
        (Yaml, "title: a\nscope: b\ntitle: c\n", "line 3, column 1: `title` comes twice, first in line 1; keep one of the two".into()),
        (Json, "[1]", "line 1, column 1: the JSON holds no proposal but a list; write at least a `title` and a `scope`".into()),
    ] {
        assert_eq!(refusal(text, format), expected, "{text}");
    }
}

#[test]
fn files_that_are_no_proposals() {
    use Format::{Json, Text, Toml, Yaml};
    for (format, bytes, expected) in [
        (None, b"".as_slice(), "the input is empty; write at least a `title` and a `scope`"),
        (None, b"\xEF\xBB\xBF \r\n", "the input is empty; write at least a `title` and a `scope`"),
        (
            Some(Toml),
            b"# nothing\n",
            "line 1, column 1: the input is empty; write at least a `title` and a `scope`",
        ),
        (
            None,
            b"{}",
            "line 1, column 1: the input is empty; write at least a `title` and a `scope`",
        ),
        (
            None,
            b"\x7FELF\x02\x01\x01\0\0\0",
            "line 1, column 5: the input is binary, not text; save it as `.docx` or `.odt`, or copy its text to a `.md`, `.txt` or `.toml` file",
        ),
        (
            None,
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            "this is a picture, which is not read; type its text into a `.md`, `.txt` or `.docx` file",
        ),
        (
            None,
            b"%PDF-1.7",
            "this is a PDF file, which is not read; save it as `.docx` or `.odt`, or copy its text to a `.md`, `.txt` or `.toml` file",
        ),
        (
            None,
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "this is a file of old Word, or one with a password, which is not read; save it as `.docx` or `.odt`, or copy its text to a \
             `.md`, `.txt` or `.toml` file",
        ),
        (
            Some(Toml),
            b"\xEF\xBB\xBFtitle = \"\xE9t\xE9\"",
            "line 1, column 10: the text is not UTF-8; save the file with the encoding UTF-8",
        ),
        (
            Some(Toml),
            b"title = \"a",
            "line 1, column 11: this is not TOML: invalid basic string, expected `\"`; correct it; texts stand in quotes, \
             as in `title = \"…\"`",
        ),
        (
            Some(Json),
            b"{\"title\": \"a",
            "line 1, column 12: this is not JSON: EOF while parsing a string; correct it; keys and texts stand in double \
             quotes, as in `\"title\": \"…\"`",
        ),
        (
            Some(Yaml),
            b"title: \"a\n",
            "line 2, column 1: this is not YAML: invalid indentation in multiline quoted scalar; correct it; put texts that \
             hold `: ` or `#` in quotes",
        ),
        (
            Some(Text),
            b"Dear all,\nsee you.",
            "text has no headings or labels of a proposal; write at least a `title` and a `scope`",
        ),
    ] {
        assert_eq!(refusal(bytes, format), expected, "{}", bytes.escape_ascii());
    }
}

#[test]
fn deep_nesting_is_refused() {
    let deep = "the nesting is deeper than 32 levels; write the fields as the documentation of `Proposal` shows them";
    for levels in [40, 1_000, 100_000] {
        let nested = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        for (format, text) in [
            (Format::Toml, format!("title = {nested}")),
            (Format::Json, format!("{{\"title\": {nested}}}")),
            (Format::Json, format!("{}1{}", "{\"title\":".repeat(levels), "}".repeat(levels))),
            (Format::Yaml, format!("title: {nested}")),
        ] {
            let message = refusal(&text, format);
            assert!(message.ends_with(deep), "{format} {levels}: {message}");
        }
    }
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    for (name, limit) in [("big.toml", 4), ("big.json", 16), ("big.md", 4), ("big", 16)] {
        let path = folder.path().join(name);
        // A file of 100 MiB that takes no room on the disk.
        std::fs::File::create(&path).unwrap().set_len(100 << 20).unwrap();
        let error = Proposal::from_path(&path).unwrap_err();
        assert!(error.is_too_large());
        let expected = format!(
            "{}: the input has more than {limit} MiB; leave out pictures and annexes",
            path.display()
        );
        assert_eq!(error.to_string(), expected);
    }
    let long = "x".repeat((1 << 20) + 1);
    assert_eq!(
        refusal(format!("title = \"{long}\""), Format::Toml),
        "line 1, column 9: a text has 1048577 bytes, more than 1 MiB; shorten it, or check for a quote that is not closed"
    );
    let list = "\"a\",".repeat(10_001);
    assert_eq!(
        refusal(format!("programme = [{list}]"), Format::Toml),
        "line 1, column 13: a list has 10001 items, more than 10000; shorten it"
    );
}

#[test]
fn expansion_in_yaml_is_bounded() {
    let mut text = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for (new, old) in
        [("b", "a"), ("c", "b"), ("d", "c"), ("e", "d"), ("f", "e"), ("g", "f"), ("h", "g")]
    {
        text += &format!("{new}: &{new} [{}]\n", [format!("*{old}").as_str(); 9].join(","));
    }
    assert!(Proposal::from_yaml(&text).is_err());
}

#[test]
fn files_that_are_not_there() {
    let error = Proposal::from_path("no/such.toml").unwrap_err();
    assert!(error.is_not_found());
    let error = Proposal::from_path(env!("CARGO_MANIFEST_DIR")).unwrap_err();
    assert!(error.is_io());
    assert!(
        error.to_string().ends_with("this is a folder, not a file; name one of the files in it"),
        "{error}"
    );
    let mut file = tempfile::NamedTempFile::with_suffix(".toml").unwrap();
    file.write_all(b"title = \"a\"\nscoop = 1").unwrap();
    let error = Proposal::from_path(file.path()).unwrap_err();
    let expected =
        format!("{}:2:1: unknown field `scoop`; did you mean `scope`?", file.path().display());
    assert_eq!((error.to_string(), error.path()), (expected, Some(file.path())));
}

#[test]
fn encodings_and_line_ends() {
    let toml = Proposal::from_path(data("robots.toml")).unwrap();
    for ending in ["toml", "json", "yaml", "md"] {
        let format = Format::of_path(&data(&format!("robots.{ending}")));
        let text = robots(ending);
        let with_mark = format!("\u{feff}{text}");
        let windows = text.replace('\n', "\r\n");
        let little: Vec<u8> = with_mark.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = with_mark.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [with_mark.as_bytes(), windows.as_bytes(), &little, &big] {
            assert_eq!(Proposal::from_bytes(bytes, format).unwrap(), toml, "{ending}");
            assert_eq!(Proposal::from_bytes(bytes, None).unwrap(), toml, "{ending}");
        }
    }
    assert_eq!(
        refusal(b"\xFF\xFEt", None),
        "the text is not UTF-8; save the file with the encoding UTF-8"
    );
}

#[test]
fn many_proposals_in_json() {
    let lines = "{\"title\": \"a\"}\n\n{\"title\": \"b\"}\n";
    let list = "[{\"title\": \"a\"},\n\n {\"title\": \"b\"}]";
    for text in [lines, list] {
        let many = Proposal::many_from_json(text).unwrap();
        assert_eq!(many.iter().map(|one| one.title.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(many[1].place("title").unwrap().line, 3);
    }
    let error = Proposal::many_from_json("{\"title\": \"a\"}\n{\"scoop\": \"b\"}\n").unwrap_err();
    assert_eq!(error.to_string(), "line 2, column 2: unknown field `scoop`; did you mean `scope`?");
}

#[test]
fn what_is_not_recognized_is_kept_and_told() {
    let proposal = Proposal::from_text(
        "Preface of the secretary.\n\nTitle: Smart lifts\n\n**Colour of the form:** green\n\nScpoe of the work\n\nClosing \
         date for voting: 2024-08-01\n\nTarget dates:\nFirst draft: as soon as possible\nPublication: 2027\n\nDate: one \
         day\n\nRISK ANALYSIS\n\nRobots may fall.\n",
    )
    .unwrap();
    assert_eq!(proposal.title, "Smart lifts");
    assert_eq!(proposal.notes.as_deref(), Some("Closing date for voting: 2024-08-01"));
    assert_eq!(proposal.timeline.publication.unwrap().to_string(), "2027");
    assert_eq!(proposal.timeline.note.as_deref(), Some("First draft: as soon as possible"));
    let kept: Vec<_> =
        proposal.unrecognized.iter().map(|one| (one.heading.as_str(), one.text.as_str())).collect();
    assert_eq!(
        kept,
        [
            ("", "Preface of the secretary."),
            ("Colour of the form", "green"),
            ("Date", "one day"),
            ("RISK ANALYSIS", "Robots may fall."),
        ]
    );
    let reading = proposal.reading().unwrap();
    let recognized: Vec<_> =
        reading.recognized.iter().map(|one| (one.field.as_str(), one.line, one.exact)).collect();
    assert_eq!(
        recognized,
        [
            ("title", 3, true),
            ("scope", 7, false),
            ("", 9, true),
            ("timeline", 11, true),
            ("date", 15, true)
        ]
    );
    let unrecognized: Vec<_> =
        reading.unrecognized.iter().map(|one| (one.heading.as_str(), one.line)).collect();
    assert_eq!(unrecognized, [("Colour of the form", 5), ("RISK ANALYSIS", 17)]);
    let remarks: Vec<_> = reading
        .remarks
        .iter()
        .map(|one| (one.field.as_str(), one.line, one.text.as_str()))
        .collect();
    assert_eq!(
        remarks,
        [
            ("timeline", 12, "`First draft: as soon as possible` has no date that can be read"),
            ("date", 15, "`one day` is not a date"),
        ]
    );
    assert!(reading.missing.contains(&"scope".to_owned()));
    assert!(!reading.missing.contains(&"title".to_owned()));
}

#[test]
fn exclusions_are_found_in_the_scope() {
    for proposal in [
        Proposal::from_toml(
            "organization = \"ISO\"\nscope = \"Robots. Excluded: lifts (TC 178).\"",
        )
        .unwrap(),
        Proposal::from_text("Organization: ISO\nScope: Robots. Excluded: lifts (TC 178).").unwrap(),
        Proposal::from_text("Organization: ISO\nScope:\nRobots.\nExcluded: lifts (TC 178).")
            .unwrap(),
    ] {
        assert_eq!(proposal.out_of_scope[0].subject, "lifts (TC 178)");
        assert_eq!(proposal.out_of_scope[0].committees().next().unwrap().to_string(), "ISO/TC 178");
        assert!(
            proposal.scope.ends_with("Excluded: lifts (TC 178)."),
            "the scope stays whole: {}",
            proposal.scope
        );
    }
}

#[test]
fn text_pasted_out_of_a_form() {
    let proposal = Proposal::from_text(
        "NEW WORK ITEM PROPOSAL (NP)\n\nProposer\nNSB (Ruritania)\n\nISO/TC 299/SC 2\nTitle of the proposed deliverable\n\
         English title\nDelivery robots on pavements\nFrench title\nRobots de livraison\n\nScope of the proposed \
         deliverable\nTerms for small robots.\nThey carry goods.\n\nPurpose and justification of the \
         proposal\nTowns ask for it.\n\nPreferred document\n☐ International Standard ☒ Technical Specification\n\nKnown \
         patented items\n☐ Yes ☒ No\n\nLiaisons to be engaged\tIEC TC 61; ITU-T SG 20\nProposed project leader\tA. Novak\n",
    )
    .unwrap();
    assert_eq!(proposal.kind, Some(Kind::NewWorkItem));
    assert_eq!(proposal.title, "Delivery robots on pavements");
    assert_eq!(proposal.scope, "Terms for small robots.\nThey carry goods.");
    assert_eq!(proposal.justification, "Towns ask for it.");
    assert_eq!(proposal.target_deliverable.as_ref().unwrap().name(), "technical_specification");
    assert_eq!(proposal.patents_known.as_ref().unwrap().known, Some(false));
    assert_eq!(proposal.liaisons.len(), 2);
    assert_eq!(proposal.leadership.project_leader.as_deref(), Some("A. Novak"));
    assert_eq!(proposal.notes.as_deref(), Some("French title: Robots de livraison"));
}

#[test]
fn contacts_in_lines() {
    let proposal = Proposal::from_text(
        "Contacts made:\nISO/TC 262 — 2024-03-01 — liaison — wants to see drafts\nIEC TC 57; 5 March 2024; committee \
         manager; no reply\nCEN/TC 278\n",
    )
    .unwrap();
    let [first, second, third] = proposal.contacts_made.as_slice() else {
        panic!("{:?}", proposal.contacts_made)
    };
    assert_eq!(first.outcome, Some(Outcome::Liaison));
    assert_eq!(first.note.as_deref(), Some("wants to see drafts"));
    assert_eq!(second.date.unwrap().to_string(), "2024-03-05");
    assert_eq!(
        (second.outcome, second.role.as_deref()),
        (Some(Outcome::NoAnswer), Some("committee manager"))
    );
    assert_eq!(third.committee.as_ref().unwrap().text(), "CEN/TC 278");
}

fn read_all(bytes: &[u8]) {
    for format in
        [None, Some(Format::Toml), Some(Format::Json), Some(Format::Yaml), Some(Format::Text)]
    {
        if let Err(error) = Proposal::from_bytes(bytes, format) {
            assert!(!error.to_string().contains('\n'), "{error}");
        }
    }
}

fn round_trip(proposal: &Proposal) {
    let json = serde_json::to_string(proposal).unwrap();
    if *proposal == Proposal::default() {
        return;
    }
    assert_eq!(&Proposal::from_json(&json).unwrap(), proposal, "{json}");
    let toml = toml::to_string(proposal).unwrap();
    assert_eq!(&Proposal::from_toml(&toml).unwrap(), proposal, "{toml}");
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        read_all(&bytes);
    }

    #[test]
    fn no_text_panics(text in "([-#*|:=\\[\\]{}\"'\\n\\t ☒☐&>éA-Za-z0-9,.;()]|ISO|TC|Scope|Title:|\\n\\n|\\*\\*|yes|2024){0,80}") {
        read_all(text.as_bytes());
    }

    #[test]
    fn no_changed_file_panics(
        ending in prop_oneof![Just("toml"), Just("json"), Just("yaml"), Just("md")],
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0usize..40, "\\PC{0,6}"), 1..4),
    ) {
        let mut bytes = robots(ending).into_bytes();
        for (at, length, text) in cuts {
            let at = at.index(bytes.len());
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, text.into_bytes());
        }
        read_all(&bytes);
    }

    #[test]
    fn what_is_read_is_printed_and_read_again(
        lines in proptest::collection::vec(
            prop_oneof![
                Just("Title: "), Just("Scope: "), Just("## Liaisons\n"), Just("- ISO/TC 262 — 2024 — liaison "),
                Just("**Contacts made**\n"), Just("Timeline:\nDraft: 2025-06\n"), Just("| Body | Type |\n| IEC TC 57 | A |\n"),
                Just("## Existing work\n"), Just("Excluded: lifts (TC 178), "), Just("Organization: ISO\n"), Just("x ; y — z"),
                Just("Patents: "), Just("☒ Yes ☐ No\n"), Just("\n\n"), Just("## Stakeholders\n"), Just("## Supporters\n"),
                Just("Joint work: No, "), Just("## Base document\n"), Just("SMEs: cost (Korea)"), Just("ICS: 13.200 x\n"),
            ],
            0..30,
        ),
    ) {
        if let Ok(proposal) = Proposal::from_text(&lines.concat()) {
            round_trip(&proposal);
        }
    }
}

#[test]
fn the_fixtures_are_printed_and_read_again() {
    for ending in ["toml", "json", "yaml", "md"] {
        round_trip(&Proposal::from_path(data(&format!("robots.{ending}"))).unwrap());
    }
}
