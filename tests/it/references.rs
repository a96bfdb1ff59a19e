//! References round-trip through their printed form, whatever text they come from.

use proptest::prelude::*;
use spcg::reference::{CommitteeRef, Organization, Reference, StandardRef, find_references};

fn committee() -> impl Strategy<Value = String> {
    prop_oneof![
        (1u16..999).prop_map(|n| format!("ISO/TC {n}")),
        (1u16..999, 1u16..99, 1u16..99).prop_map(|(a, b, c)| format!("ISO/TC{a} SC{b}/WG {c}")),
        (1u16..999).prop_map(|n| format!("ISO PC{n}")),
        (1u16..9, 1u16..99).prop_map(|(a, b)| format!("JTC{a}/SC{b}")),
        (1u16..200, "[A-Z]").prop_map(|(n, letter)| format!("IEC/SC {n}{letter}")),
        (1u16..200, 1u16..30).prop_map(|(a, b)| format!("IEC TC {a}/TA{b}")),
        "[A-Z]".prop_map(|letter| format!("CISPR/{letter}")),
        (1u16..30, 1u16..30).prop_map(|(a, b)| format!("Q.{a}/{b}")),
        (1u16..30).prop_map(|n| format!("Study Group {n}")),
        "[A-Z][A-Z0-9]{1,8}".prop_map(|name| format!("IEC SyC {name}")),
        "[A-Z][A-Z0-9]{1,8}".prop_map(|name| format!("ITU-T FG-{name}")),
    ]
}

fn standard() -> impl Strategy<Value = String> {
    let kind = prop_oneof![Just(""), Just("TS "), Just("TR "), Just("Guide "), Just("FDIS ")];
    prop_oneof![
        (kind, 10u32..99_999, proptest::option::of(1u16..99), proptest::option::of(1950u16..2030))
            .prop_map(|(kind, number, part, year)| {
                let part = part.map_or(String::new(), |part| format!("-{part}"));
                let year = year.map_or(String::new(), |year| format!(":{year}"));
                format!("ISO/IEC {kind}{number}{part}{year}")
            }),
        ("[E-Z]", 10u16..9999, 1u8..13, 1950u16..2030).prop_map(
            |(series, number, month, year)| format!(
                "Rec. ITU-T {series}.{number} ({month:02}/{year})"
            )
        ),
        (10u32..99_999, 1u16..9, 1950u16..2030)
            .prop_map(|(n, a, y)| format!("IEC {n}:{y}+AMD{a}:{y} CSV")),
    ]
}

proptest! {
    #[test]
    fn committees_round_trip(text in committee()) {
        let reference: CommitteeRef = text.parse().unwrap();
        let printed = reference.to_string();
        prop_assert_eq!(&printed.parse::<CommitteeRef>().unwrap(), &reference);
        let json = serde_json::to_string(&reference).unwrap();
        prop_assert_eq!(serde_json::from_str::<CommitteeRef>(&json).unwrap(), reference);
    }

    #[test]
    fn standards_round_trip(text in standard()) {
        let reference: StandardRef = text.parse().unwrap();
        let printed = reference.to_string();
        prop_assert_eq!(&printed.parse::<StandardRef>().unwrap(), &reference);
        prop_assert!(reference.is_same_work(&reference.work()));
    }

    #[test]
    fn what_is_found_in_text_parses_again(text in "\\PC{0,80}", known in committee(), more in standard()) {
        let text = format!("{text} ({known}); {more}. {text}");
        for context in [None, Some(Organization::Iso), Some(Organization::Iec)] {
            for found in find_references(&text, context) {
                prop_assert!(text.get(found.span).is_some());
                match found.reference {
                    Reference::Committee(committee) => {
                        prop_assert_eq!(&committee.to_string().parse::<CommitteeRef>().unwrap(), &committee);
                    }
                    Reference::Standard(standard) => {
                        prop_assert_eq!(&standard.to_string().parse::<StandardRef>().unwrap(), &standard);
                    }
                }
            }
        }
    }

    #[test]
    fn no_text_panics(text in "[ -~\\PC]{0,120}") {
        let _ = text.parse::<CommitteeRef>();
        let _ = text.parse::<StandardRef>();
        let _ = text.parse::<Organization>();
        let _ = CommitteeRef::parse_in(&text, Organization::ItuT);
    }
}

#[test]
fn no_committee_has_the_number_0() {
    let found: Vec<String> = find_references("ISO/IEC JTC 1/SC 2, SC 0 and SC 29", None)
        .map(|found| match found.reference {
            Reference::Committee(committee) => committee.to_string(),
            Reference::Standard(standard) => standard.to_string(),
        })
        .collect();
    assert_eq!(found, ["ISO/IEC JTC 1/SC 2", "ISO/IEC JTC 1/SC 29"]);
}

#[test]
fn what_is_printed_is_read_again() {
    for text in ["Z.4S G", "X.5 bis A", "D.600 R"] {
        if let Ok(standard) = text.parse::<StandardRef>() {
            assert_eq!(standard.to_string().parse().ok(), Some(standard));
        }
    }
    let endless = format!("Rec. ITU-T I.66{}", ".78".repeat(100));
    for found in find_references(&endless, None) {
        if let Reference::Standard(standard) = found.reference {
            assert_eq!(standard.to_string().parse().ok(), Some(standard));
        }
    }
    for text in ["PC1-SC1E", "TC 65/SC 65C"] {
        if let Ok(committee) = CommitteeRef::parse_in(text, Organization::Iec) {
            assert_eq!(committee.to_string().parse().ok(), Some(committee));
        }
    }
    for text in [
        "IEC 6, X.68.48.68 AMD+AMD1.2",
        "T SG 200 Q4/20 Q4/20",
        "X.509 Amd, Amd 1",
        "SG 99, Q1/99",
        "CISPR SC9",
    ] {
        for found in find_references(text, None) {
            match found.reference {
                Reference::Committee(committee) => {
                    assert_eq!(committee.to_string().parse().ok(), Some(committee))
                }
                Reference::Standard(standard) => {
                    assert_eq!(standard.to_string().parse().ok(), Some(standard))
                }
            }
        }
    }
}

#[test]
fn a_name_that_begins_with_a_known_one() {
    assert_eq!("IEC SyC SM3".parse::<CommitteeRef>().unwrap().to_string(), "IEC SyC SM3");
}

#[test]
fn what_is_no_reference_is_told_in_one_line() {
    let errors = [
        "ITU\nLimits".parse::<Organization>().unwrap_err(),
        "ISO\r\nTC".parse::<CommitteeRef>().unwrap_err(),
        "no\nstandard".parse::<StandardRef>().unwrap_err(),
    ];
    for error in errors {
        assert!(!error.to_string().contains(['\n', '\r']), "{error}");
    }
}
