//! Labels in every dress: texts as people write them, and what is read from each.

use serde::Deserialize;
use spcg::Proposal;
use spcg::proposal::Format;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    read: toml::Table,
    /// Fields that stay blank, whatever stands near them.
    #[serde(default)]
    blank: Vec<String>,
}

#[test]
fn texts_are_read_as_a_person_reads_them() {
    let file: File = toml::from_str(include_str!("../../data/reading/labels.toml")).unwrap();
    assert!(file.case.len() >= 40);
    for Case { name, text, read, blank } in file.case {
        let proposal = Proposal::from_bytes(text.as_bytes(), Some(Format::Text))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let record = toml::Table::try_from(&proposal).unwrap();
        for (field, expected) in &read {
            assert_eq!(record.get(field), Some(expected), "{name}: {field}\n{record}");
        }
        for field in &blank {
            assert!(!record.contains_key(field), "{name}: {field} is not blank\n{record}");
        }
        // The record can be corrected and read again.
        assert_eq!(Proposal::from_toml(&proposal.to_toml()).unwrap(), proposal, "{name}");
    }
}

#[test]
fn a_blank_field_points_to_the_section_that_was_not_understood() {
    let text = "# Quiet lifts\n\n## Limits of what is covered\n\nLifts.\n\n## Relevant documents we \
                read\n\nA guide of a hotel.\n\n## Justification\n\nNoise.\n";
    let proposal = Proposal::from_text(text).unwrap();
    let screening = spcg::Screener::builtin().unwrap().screen(&proposal);
    let told = screening
        .findings
        .iter()
        .filter(|finding| finding.blank_field() == Some("related_standards"))
        .map(|finding| finding.remedy.clone().unwrap());
    let told: Vec<String> = told.collect();
    assert!(!told.is_empty());
    for remedy in told {
        assert!(
            remedy.contains("«Relevant documents we read», line 7, was not understood"),
            "{remedy}"
        );
    }
    // Every output shows it.
    let report = screening.to_text(&spcg::report::ReportOptions::default());
    assert!(report.contains("line 7, was not understood"), "{report}");
}
