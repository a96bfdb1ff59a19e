//! Forms of the organizations, each made with two programs: `tests/data/forms`, see the README
//! there.

use std::path::PathBuf;
use std::sync::LazyLock;

use serde_json::Value;
use spcg::proposal::Reading;
use spcg::{Proposal, Screener};

const PROGRAMS: [&str; 2] = ["libreoffice", "python-docx"];

/// Name, how many headings are read into fields or notes, and the beginnings of the remarks.
const FORMS: [(&str, usize, &[&str]); 4] = [
    ("iso-new-field", 22, &["one text for purpose and justification"]),
    (
        "iso-new-work-item",
        24,
        &["one text for purpose and justification", "`If so, where:` is taken for a question"],
    ),
    (
        "iec-new-work-item",
        26,
        &[
            "one text for purpose and justification",
            "`65E/1102/NP` in a header or footer differs",
            "`FORM NP (IEC), 2024-03, page 1` in a header or footer is not read",
        ],
    ),
    ("itu-t-work-item", 24, &[]),
];

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/forms").join(name)
}

/// The form as each program wrote it, and the same proposal in TOML.
fn read(name: &str) -> (Proposal, Vec<Proposal>) {
    let toml = Proposal::from_path(path(&format!("{name}.toml"))).unwrap();
    let forms = PROGRAMS
        .map(|program| Proposal::from_path(path(&format!("{name}.{program}.docx"))).unwrap());
    (toml, forms.into())
}

#[test]
fn forms_made_with_two_programs_are_read_completely() {
    for (name, headings, remarks) in FORMS {
        let (toml, forms) = read(name);
        for (form, program) in forms.iter().zip(PROGRAMS) {
            let written = |proposal: &Proposal| toml::to_string_pretty(proposal).unwrap();
            assert_eq!(written(form), written(&toml), "{name}, {program}");
            assert_eq!(*form, toml, "{name}, {program}");
            let reading: &Reading = form.reading().unwrap();
            assert!(
                reading.unrecognized.is_empty(),
                "{name}, {program}: {:?}",
                reading.unrecognized
            );
            assert_eq!(reading.recognized.len(), headings, "{name}, {program}");
            let told: Vec<&str> =
                reading.remarks.iter().map(|remark| remark.text.as_str()).collect();
            assert_eq!(told.len(), remarks.len(), "{name}, {program}: {told:#?}");
            for (remark, beginning) in told.iter().zip(remarks) {
                assert!(remark.starts_with(beginning), "{name}, {program}: {remark}");
            }
            // What the form does not ask for is missing, and nothing else.
            for field in &reading.missing {
                assert!(
                    !written(&toml).contains(&format!("{field} =")),
                    "{name}, {program}: {field}"
                );
            }
            assert!(!reading.missing.contains(&"purpose".to_owned()));
        }
    }
}

#[test]
fn a_form_and_the_same_proposal_in_toml_are_screened_alike() {
    static SCREENER: LazyLock<Screener> = LazyLock::new(|| Screener::builtin().unwrap());
    for (name, ..) in FORMS {
        let (toml, forms) = read(name);
        let expected = without_places(&SCREENER.screen(&toml).to_json());
        assert!(
            expected["findings"].as_array().unwrap().len() >= 30
                && !expected["interests"].as_array().unwrap().is_empty()
        );
        for (form, program) in forms.iter().zip(PROGRAMS) {
            let screening = SCREENER.screen(form);
            let found = without_places(&screening.to_json());
            for part in ["findings", "interests"] {
                let (found, expected) =
                    (found[part].as_array().unwrap(), expected[part].as_array().unwrap());
                assert_eq!(found.len(), expected.len(), "{name}, {program}");
                for (one, other) in found.iter().zip(expected) {
                    assert_eq!(one, other, "{name}, {program}");
                }
            }
            assert!(found == expected, "{name}, {program}");
        }
    }
}

/// A result without places in the file that it is about, and without what stands there.
fn without_places(json: &str) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(map) => {
                for key in ["line", "column", "excerpt", "source", "reading"] {
                    map.remove(key);
                }
                map.values_mut().for_each(strip);
            }
            Value::Array(list) => list.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::from_str(json).unwrap();
    strip(&mut value);
    value
}
