//! The schemas against what the library really reads and writes.
#![allow(clippy::unwrap_used)] // in a test a panic is the answer

use jsonschema::Validator;
use serde_json::{Value, json};
use spcg::proposal::Format;
use spcg::{Proposal, Screener};

fn validator(schema: &Value) -> Validator {
    jsonschema::validator_for(schema).unwrap()
}

fn valid(validator: &Validator, value: &Value) {
    let wrong: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_read_and_written_follows_the_schemas() {
    let proposals = validator(&spcg::schema::proposal());
    let results = validator(&spcg::schema::screening());
    let screener = Screener::builtin().unwrap();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../proposals");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let proposal = Proposal::from_path(entry.unwrap().path()).unwrap();
        valid(&proposals, &serde_json::to_value(&proposal).unwrap());
        let screening = screener.screen(&proposal);
        valid(&results, &serde_json::from_str(&screening.to_json()).unwrap());
        count += 1;
    }
    assert!(count >= 12);
    // A result whose fields are of another kind does not follow it.
    let screening = screener.screen(&Proposal::from_toml("title = \"Smart lifts\"").unwrap());
    let mut wrong: Value = serde_json::from_str(&screening.to_json()).unwrap();
    wrong["verdict"] = json!("splendid");
    assert!(!results.is_valid(&wrong));
}

#[test]
fn the_examples_of_the_schema_are_results() {
    let schema = spcg::schema::screening();
    let examples = schema["examples"].as_array().unwrap();
    assert!(!examples.is_empty());
    for example in examples {
        valid(&validator(&schema), example);
    }
}

#[test]
fn the_examples_of_the_schema_are_proposals() {
    let schema = spcg::schema::proposal();
    let examples = schema["examples"].as_array().unwrap();
    assert!(!examples.is_empty());
    for example in examples {
        valid(&validator(&schema), example);
        Proposal::from_json(&example.to_string()).unwrap();
    }
}

/// What the schema takes for a date or a code, the readers take, and the other way round; only that
/// the readers also know other ways to write a day.
#[test]
fn formats_are_as_strict_as_the_readers() {
    let proposals = validator(&spcg::schema::proposal());
    let texts = [
        "2024",
        "2024-05",
        "2024-05-17",
        "2024-13",
        "2024-00",
        "2024-02-30",
        "2024-04-31",
        "2024-12-31",
        "24-05",
        "2024-5",
        "2024/05",
        "0999",
        "20240517",
        "2024-05-32",
        "2024-05-00",
    ];
    for text in texts {
        for record in [json!({ "date": text }), json!({ "timeline": { "start": text } })] {
            let read = Proposal::from_bytes(record.to_string().as_bytes(), Some(Format::Json));
            // The readers know other ways to write a day; the schema teaches the one of ISO 8601.
            let other_way = matches!(text, "2024-5" | "2024/05" | "20240517");
            let is_right = proposals.is_valid(&record) == read.is_ok();
            assert!(is_right || (other_way && read.is_ok()), "{record}");
        }
    }
    for code in
        ["13", "13.200", "35.240.50", "1", "13.2", "13.200.5", "13,200", "013", "13.200.505"]
    {
        let record = json!({ "ics_codes": [code] });
        let read = Proposal::from_bytes(record.to_string().as_bytes(), Some(Format::Json));
        assert_eq!(proposals.is_valid(&record), read.is_ok(), "{record}");
    }
    for record in [
        json!({ "titel": "A" }),
        json!({ "title": ["A"] }),
        json!({ "open_disagreements": [{ "level": 9 }] }),
        json!({ "contacts_made": [{ "comittee": "ISO/TC 1" }] }),
        json!({ "organization": "CEN" }),
    ] {
        assert!(Proposal::from_json(&record.to_string()).is_err(), "{record}");
        assert!(!proposals.is_valid(&record), "{record}");
    }
}
