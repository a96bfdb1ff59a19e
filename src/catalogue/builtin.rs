//! The lists inside the crate.

use super::{Catalogue, Committee, LiaisonPair, Status};
use crate::reference::{CommitteeRef, Organization};

const LISTS: [(&str, &str); 3] = [
    ("iso.tsv", include_str!("data/iso.tsv")),
    ("iec.tsv", include_str!("data/iec.tsv")),
    ("itu-t.tsv", include_str!("data/itu-t.tsv")),
];
const LIAISONS: &str = include_str!("data/liaisons.tsv");
const NAME: &str = "built-in catalogue, registers of 2025 and 2026";

/// Reads the lists. Every line was checked by the tests below, so a line that does not fit is a
/// defect of the crate; it is left out rather than bringing an embedder down.
pub(super) fn load() -> Catalogue {
    let committees: Vec<Committee> = LISTS
        .iter()
        .flat_map(|(_, list)| list.lines().skip(1))
        .filter_map(committee_of_line)
        .collect();
    let mut pairs: Vec<LiaisonPair> = Vec::new();
    let mut organizations = Vec::new();
    for line in LIAISONS.lines().skip(1) {
        let Some((committee, liaison)) = line.split_once('\t') else { continue };
        let Ok(committee) = committee.parse::<CommitteeRef>() else { continue };
        if let Ok(organization) = liaison.parse::<Organization>() {
            organizations.push((committee, organization));
        } else if let Ok(other) = liaison.parse() {
            pairs.push((committee, other));
        }
    }
    Catalogue::new(NAME.to_owned(), committees, &pairs, &organizations)
}

fn committee_of_line(line: &str) -> Option<Committee> {
    let mut columns = line.split('\t');
    let mut column = || columns.next().map(str::trim);
    let reference: CommitteeRef = column()?.parse().ok()?;
    let title = column()?.to_owned();
    let parent = column()?;
    let status = match column()? {
        "active" => Status::Active,
        "suspended" => Status::Suspended,
        "disbanded" => Status::Disbanded,
        other => Status::Merged { into: successor(other)? },
    };
    let established = column()?.parse().ok();
    let keywords = list(column()?).map(str::to_owned).collect();
    let excludes = list(column()?).filter_map(|text| text.parse().ok()).collect();
    let remark = column()?;
    Some(Committee {
        reference,
        title,
        parent: parent.parse().ok(),
        status,
        established,
        keywords,
        excludes,
        remark: (!remark.is_empty()).then(|| remark.to_owned()),
        scope: String::new(),
        exclusions: Vec::new(),
    })
}

/// `merged into SG21`, `folded into Q15/11 (inferred)`.
fn successor(status: &str) -> Option<CommitteeRef> {
    let (_, rest) = status.split_once(" into ")?;
    rest.split_whitespace().next()?.parse().ok()
}

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// References that the lists name and do not hold: bodies that are no committee, and committees
    /// that have ended.
    const KNOWN_HISTORIC: &[&str] =
        &["ISO/CASCO", "ISO/PC 273", "ISO/PC 278", "ISO/PC 317", "ISO/TC 152", "ISO/TC 247"];

    #[test]
    fn every_line_is_read() {
        for (name, list) in LISTS {
            for line in list.lines().skip(1) {
                let committee = committee_of_line(line).unwrap_or_else(|| panic!("{name}: {line}"));
                assert_eq!(committee.reference.to_string(), line.split('\t').next().unwrap());
                let parent = line.split('\t').nth(2).unwrap();
                assert_eq!(
                    committee.parent.map_or(String::new(), |parent| parent.to_string()),
                    parent
                );
            }
        }
        assert_eq!(Catalogue::builtin().len(), 785 + 208 + 142);
    }

    #[test]
    fn every_parent_liaison_and_exclusion_resolves() {
        let catalogue = Catalogue::builtin();
        let mut historic: Vec<String> = Vec::new();
        let mut check = |named: &str| match named.parse::<CommitteeRef>() {
            Ok(reference) if catalogue.get(&reference).is_some() => {}
            _ => historic.push(named.to_owned()),
        };
        for (_, lines) in LISTS {
            for line in lines.lines().skip(1) {
                let columns: Vec<&str> = line.split('\t').collect();
                list(columns[2]).chain(list(columns[6])).for_each(&mut check);
            }
        }
        for line in LIAISONS.lines().skip(1) {
            for named in line.split('\t').filter(|named| *named != "ITU-T") {
                check(named);
            }
        }
        for committee in catalogue.iter() {
            if let Status::Merged { into } = committee.status() {
                check(&into.to_string());
            }
        }
        historic.sort_unstable();
        historic.dedup();
        assert_eq!(historic, KNOWN_HISTORIC);
    }

    #[test]
    fn families_and_liaisons() {
        let catalogue = Catalogue::builtin();
        let children = |of: &str| catalogue.children(&of.parse().unwrap()).count();
        assert!(children("ISO/IEC JTC 1") > 15);
        assert_eq!(
            catalogue
                .children(&"IEC TC 62".parse().unwrap())
                .map(|c| c.reference.to_string())
                .collect::<Vec<_>>(),
            ["IEC SC 62A", "IEC SC 62B", "IEC SC 62C", "IEC SC 62D"]
        );
        assert!(
            catalogue
                .siblings(&"IEC SC 62A".parse().unwrap())
                .all(|c| c.reference.to_string() != "IEC SC 62A")
        );
        assert_eq!(catalogue.organization_liaison_count(Organization::ItuT), 32);
        assert!(catalogue.find("ISO/TC 999").unwrap_err().is_not_found());
        assert!(catalogue.find("nonsense").unwrap_err().is_malformed());
        assert_eq!(
            catalogue.find("ISO/TC 22/SC 32/WG 8").unwrap().reference.to_string(),
            "ISO/TC 22/SC 32"
        );
    }

    impl Catalogue {
        fn organization_liaison_count(&self, organization: Organization) -> usize {
            self.0.organization_liaisons.get(&organization).map_or(0, Vec::len)
        }
    }
}
