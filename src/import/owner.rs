//! Names of committees as bibliographies write them.

use crate::reference::{CommitteeRef, Organization};

/// Study groups that ITU-T has closed, and the one that keeps their texts today.
///
/// Sources: WTSA-24 Resolution 2 (SG 9 and SG 16 became SG 21), WTSA-08 (SG 4 to SG 2, SG 6 to SG
/// 15, SG 19 to SG 13), WTSA-2000 and WTSA-04 (SG 7 and SG 10 to SG 17, SG 8 to SG 16), the study
/// periods before for SG 1, 14 and 18.
const CLOSED: &[(u16, u16)] = &[
    (1, 2),
    (4, 2),
    (6, 15),
    (7, 17),
    (8, 21),
    (9, 21),
    (10, 17),
    (14, 15),
    (16, 21),
    (18, 13),
    (19, 13),
];

/// A committee as it is today, and as the source wrote it where that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Owner {
    pub(super) committee: CommitteeRef,
    /// Set where a study group was replaced by its successor.
    pub(super) original: Option<String>,
}

/// Reads the name of a committee: `ISO/TC 22/SC 32`, `TC 65/SC 65C`, `CISPR/CIS/A`, `ACOS`, `ITU-T
/// Study Group 17`. A working group leads to the committee that it belongs to.
pub(super) fn read(name: &str, context: Option<Organization>) -> Option<Owner> {
    let name = name.trim();
    let parse = |text: &str| match context {
        Some(context) => CommitteeRef::parse_in(text, context).ok(),
        None => text.parse::<CommitteeRef>().ok(),
    };
    let named = parse(name)
        .or_else(|| {
            let letter = name
                .rsplit_once("CIS/")
                .map(|(before, letter)| (before.trim_end_matches('/'), letter))?;
            matches!(letter.0, "" | "CISPR" | "IEC" | "IEC/CISPR")
                .then(|| parse(&format!("CISPR/{}", letter.1)))?
        })
        // A board without its organization: `ACOS`, `TMB`.
        .or_else(|| parse(&format!("{}/{name}", context?)))
        .or_else(|| parse(name.strip_prefix("ISO/IEC/")?))?;
    let committee = without_working_group(named);
    match successor(&committee) {
        Some(current) => Some(Owner { committee: current, original: Some(committee.to_string()) }),
        None => Some(Owner { committee, original: None }),
    }
}

/// Working groups, task forces and Questions lead to the committee above; a technical area is one
/// of its own.
fn without_working_group(mut committee: CommitteeRef) -> CommitteeRef {
    const WORKING: &[&str] = &["WG", "JWG", "AG", "CAG", "AHG", "TF", "MT", "PT", "WP"];
    while let Some(above) = committee.parent() {
        let printed = committee.to_string();
        let last = printed.rsplit_once('/').map_or("", |(_, last)| last);
        let kind = last.split(' ').next().unwrap_or_default();
        if !committee.is_question() && !printed.starts_with("ITU-T WP") && !WORKING.contains(&kind)
        {
            break;
        }
        committee = above;
    }
    committee
}

/// The study group that keeps the texts of a closed one.
fn successor(committee: &CommitteeRef) -> Option<CommitteeRef> {
    if committee.organization() != Organization::ItuT || committee.parent().is_some() {
        return None;
    }
    let printed = committee.to_string();
    let number: u16 = printed.strip_prefix("ITU-T SG ")?.parse().ok()?;
    let (_, current) = CLOSED.iter().find(|(closed, _)| *closed == number)?;
    CommitteeRef::parse_in(&format!("SG {current}"), Organization::ItuT).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_they_occur() {
        let iec = Some(Organization::Iec);
        for (name, context, expected) in [
            ("TC 22/SC 32", Some(Organization::Iso), "ISO/TC 22/SC 32"),
            ("ISO/TC 22/SC 32", iec, "ISO/TC 22/SC 32"),
            ("JTC 1/SC 27", Some(Organization::Iso), "ISO/IEC JTC 1/SC 27"),
            ("ISO/IEC JTC 1/SC 27", iec, "ISO/IEC JTC 1/SC 27"),
            ("TC 57", iec, "IEC TC 57"),
            ("SC 65C", iec, "IEC SC 65C"),
            ("TC 65/SC 65C", iec, "IEC SC 65C"),
            ("TC 65/SC 65C/WG 9", iec, "IEC SC 65C"),
            ("TC 100/TA 20", iec, "IEC TC 100/TA 20"),
            ("CISPR", iec, "CISPR"),
            ("CISPR/CIS/A", iec, "CISPR/A"),
            ("CISPR/H", iec, "CISPR/H"),
            ("CIS/H", iec, "CISPR/H"),
            ("PC 118", iec, "IEC PC 118"),
            ("SyC Smart Energy", iec, "IEC SyC Smart Energy"),
            ("ACOS", iec, "IEC ACOS"),
            ("ISO/CASCO", iec, "ISO/CASCO"),
            ("ISO/TMBG", None, "ISO/TMBG"),
            ("ITU-T Study Group 21", None, "ITU-T SG 21"),
            ("ITU-T Study Group 16", None, "ITU-T SG 21"),
            ("Q10/17", None, "ITU-T SG 17"),
            ("ISO/TC 176/SC 2/WG 25", None, "ISO/TC 176/SC 2"),
        ] {
            let printed = read(name, context).map(|owner| owner.committee.to_string());
            // How CISPR is printed is decided by the reference itself.
            let printed = printed.map(|printed| printed.replace("IEC CISPR", "CISPR"));
            assert_eq!(printed.as_deref(), Some(expected), "{name}");
        }
        assert_eq!(
            read("ITU-T Study Group 16", None).unwrap().original.as_deref(),
            Some("ITU-T SG 16")
        );
        for name in ["", "IULTCS", "IIW", "SEG 4", "IECEE-CTL", "Ministry of Lifts"] {
            assert_eq!(read(name, iec), None, "{name}");
        }
    }
}
