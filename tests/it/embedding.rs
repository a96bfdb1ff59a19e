//! The crate as a part of other programs.

use std::error::Error as _;
use std::path::PathBuf;

use proptest::prelude::*;
use spcg::{Error, ErrorKind, Proposal, Screener, Screening};

fn samples() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/proposals");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// What both ways say of a text in JSON: the same record, or both refuse it.
fn both_ways(text: &str) -> Result<(), TestCaseError> {
    match (serde_json::from_str::<Proposal>(text), Proposal::from_json(text)) {
        (Ok(plain), Ok(read)) => prop_assert_eq!(plain, read, "{}", text),
        (Err(plain), Err(_)) => prop_assert!(!plain.to_string().is_empty()),
        // An empty record is a proposal without anything, which the readers do not take.
        (Ok(plain), Err(_)) => prop_assert_eq!(plain, Proposal::default(), "{}", text),
        (Err(error), Ok(_)) => prop_assert!(false, "{text}: {error}"),
    }
    Ok(())
}

#[test]
fn a_deserialized_proposal_is_the_record_that_the_readers_give() {
    for path in samples() {
        let text = std::fs::read_to_string(&path).unwrap();
        let read = Proposal::from_toml(&text).unwrap();
        let plain: Proposal = toml::from_str(&text).unwrap();
        assert_eq!(plain, read, "{}", path.display());
        let again: Proposal = serde_json::from_value(serde_json::to_value(&read).unwrap()).unwrap();
        assert_eq!(again, read, "{}", path.display());
    }
    for text in [
        // Bare numbers of committees, exclusions in the scope, lists and tables as one text.
        r#"{"organization": "IEC", "related_committees": ["TC 57", "SC 65C"], "contacts_made": "TC 8: liaison, 2024-05"}"#,
        r#"{"scope": "Lifts. Escalators are left to ISO/TC 178.", "organization": "ISO"}"#,
        r#"{"scope": "Lifts.", "out_of_scope": "escalators (ISO/TC 178)", "liaisons": "IEC TC 9; CEN/TC 10"}"#,
        r#"{"title": "A", "kind": "NP", "date": 2024, "ics_codes": "13.200, 35.240.50", "patents_known": "no"}"#,
        r#"{"title": "A", "committee": "", "kind": " ", "date": "", "supporters": null}"#,
        r#"{"titel": "A"}"#,
        r#"{"date": "soon"}"#,
        r#"{"kind": "novel"}"#,
        r#"{"title": ["A"]}"#,
        r#"{"open_disagreements": [{"level": 9}]}"#,
        r#"{}"#,
        r#"[]"#,
        r#"7"#,
    ] {
        both_ways(text).unwrap();
    }
}

proptest! {
    #[test]
    fn any_record_is_read_alike_both_ways(
        title in "\\PC{0,30}",
        organization in proptest::option::of("(ISO|IEC|ITU-T|CEN)"),
        committees in proptest::collection::vec("((ISO/|IEC |)(TC|SC) ?[0-9]{1,3}|ITU-T SG 1[0-9]|SG [0-9])", 0..4),
        scope in "(Lifts|Doors|Robots)( not covered: [a-z]{3,9} \\(ISO/TC [0-9]{1,3}\\)\\.|\\.| [a-z ]{0,40}\\.)",
        date in proptest::option::of("20[0-9]{2}(-[01][0-9](-[0-3][0-9])?)?"),
    ) {
        let mut record = serde_json::json!({
            "title": title, "scope": scope, "related_committees": committees,
        });
        if let Some(organization) = organization {
            record["organization"] = organization.into();
        }
        if let Some(date) = date {
            record["date"] = date.into();
        }
        both_ways(&record.to_string())?;
    }
}

#[test]
fn a_result_is_read_back_as_it_was() {
    let screener = Screener::builtin().unwrap();
    for path in samples() {
        let screening = screener.screen(&Proposal::from_path(&path).unwrap());
        for text in [screening.to_json(), screening.to_json_line()] {
            let again: Screening = serde_json::from_str(&text).unwrap();
            assert_eq!(again, screening, "{}", path.display());
        }
    }
}

#[test]
fn an_error_tells_its_kind_its_cause_and_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Proposal::from_path(folder.path().join("missing.toml")).unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::NotFound);
    let cause = missing.source().and_then(|cause| cause.downcast_ref::<std::io::Error>()).unwrap();
    assert_eq!(cause.kind(), std::io::ErrorKind::NotFound);
    let text = |text: &str| Proposal::from_json(text).unwrap_err();
    let kinds = [
        (text("{"), ErrorKind::Malformed, 400),
        (text("{\"titel\": 1}"), ErrorKind::Invalid, 422),
        (text("{\"date\": \"soon\"}"), ErrorKind::Invalid, 422),
        (text(&format!("{{\"title\": \"{}\"}}", "x".repeat(1 << 21))), ErrorKind::TooLarge, 413),
        (Proposal::from_text("Dear all").unwrap_err(), ErrorKind::NotAProposal, 422),
        (Proposal::from_bytes(b"%PDF-1.7", None).unwrap_err(), ErrorKind::Unsupported, 415),
        (Screener::open(folder.path()).unwrap_err(), ErrorKind::NotFound, 404),
    ];
    for (error, kind, status) in kinds {
        assert_eq!((error.kind(), error.kind().http_status()), (kind, status), "{error}");
        assert!(error.to_string().contains(&error.what()) && !error.kind().title().is_empty());
    }
    fn boxed(_: Box<dyn std::error::Error + Send + Sync>) {}
    boxed(Error::into(missing));
}

#[test]
fn a_screener_reopened_keeps_its_settings() {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    let create = |data: &str| {
        let catalogue = spcg::Catalogue::builtin();
        let value = serde_json::Value::Null;
        spcg::matching::Matcher::create(&index, &catalogue, Vec::new(), data, value).unwrap();
    };
    create("first");
    let checklist = spcg::checklist::Checklist::from_toml("name = \"Office\"").unwrap();
    let screener = Screener::open(&index)
        .unwrap()
        .with_checklist(checklist)
        .with_today("2026-11-25".parse().unwrap())
        .with_known_proposals([spcg::checklist::KnownProposal::new("Smart lifts", "IEC")]);
    create("second");
    let reopened = screener.reopen(&index).unwrap();
    assert!(screener.matcher().data().starts_with("first;"));
    assert!(reopened.matcher().data().starts_with("second;"));
    assert_eq!(reopened.checklist().name(), "Office");
    let proposal = Proposal::from_toml("title = \"Smart lifts\"\norganization = \"ISO\"").unwrap();
    let told = |screener: &Screener| {
        let mut findings = screener.screen(&proposal).findings;
        findings.iter_mut().for_each(|finding| finding.model = None);
        findings
    };
    assert_eq!(told(&reopened), told(&screener));
    assert!(screener.reopen(folder.path().join("nothing")).unwrap_err().is_not_found());
}

#[test]
fn the_schemas_are_up_to_date() {
    for (name, schema) in [
        ("proposal.schema.json", spcg::schema::proposal()),
        ("screening.schema.json", spcg::schema::screening()),
    ] {
        let schema = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        assert!(!schema.contains("```"), "{name} shows programs");
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &schema).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(written == schema, "{name} is stale; run this test with UPDATE=1");
    }
}
