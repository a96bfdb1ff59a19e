//! What headers, footers and letterheads tell of a proposal: its number, and the committee or
//! organization that it is addressed to.

use std::sync::LazyLock;

use regex::Regex;

use crate::proposal::body::references_only;
use crate::reference::{CommitteeRef, Organization, Reference, document_in};

/// What a line tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) reference: Option<String>,
    pub(super) committee: Option<CommitteeRef>,
    pub(super) organization: Option<Organization>,
}

/// Numbers of documents, as each organization writes them.
struct Numbers {
    field: Regex,
    iso: Regex,
    itu: Regex,
    record: Regex,
}

static NUMBERS: LazyLock<Option<Numbers>> = LazyLock::new(|| {
    Some(Numbers {
        field: Regex::new(r"\bTS/P ?(\d{1,4})\b").ok()?,
        iso: Regex::new(r"^(ISO[ /].{2,40}?) ?[-–]? ?\bN ?(\d{1,6})\b").ok()?,
        record: Regex::new(r"SG ?(\d{1,2})\] ?: ?\[Q ?(\d{1,2})/\d{1,2}$").ok()?,
        itu: Regex::new(r"\b(SG\d{1,2}|TSAG)-(?:TD|C|R|LS)\d{1,5}(?:[-/][A-Z0-9]{1,6}){0,3}\b")
            .ok()?,
    })
});

/// Reads a line without a label: `ISO/TC 299 N 1204`, `TS/P 907`, `65E/1024/NP`, `SG17-TD318/WP2`.
pub(super) fn told(line: &str) -> Told {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_matches(['*', '_', ' ', '[', ']']).trim_end_matches(':');
    let Some(numbers) = NUMBERS.as_ref().filter(|_| line.len() <= 120) else {
        return Told::default();
    };
    let own = |committee: Option<CommitteeRef>, organization, reference: String| Told {
        reference: Some(reference),
        committee,
        organization: Some(organization),
    };
    if let Some(found) = numbers.field.captures(line) {
        return own(None, Organization::Iso, format!("TS/P {}", &found[1]));
    }
    // The number is not given yet: `TS/P (draft)`.
    if line.strip_prefix("TS/P").is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)) {
        return Told { organization: Some(Organization::Iso), ..Told::default() };
    }
    if let Some(found) = numbers.itu.captures(line) {
        let committee = found[1]
            .strip_prefix("SG")
            .and_then(|number| format!("ITU-T SG {number}").parse().ok());
        return own(committee, Organization::ItuT, found[0].to_owned());
    }
    if let Some(found) = numbers.record.captures(line) {
        let committee = format!("ITU-T Q{}/{}", &found[2], &found[1]).parse().ok();
        return Told { committee, ..Told::default() };
    }
    if let Some(found) = numbers.iso.captures(line)
        // A form that was printed for subcommittees: `ISO/TC 178/SC    N 12`.
        && let Ok(committee) = found[1].trim_end_matches("/SC").parse::<CommitteeRef>()
    {
        let reference = format!("{committee} N {}", &found[2]);
        return own(Some(committee), Organization::Iso, reference);
    }
    if let Some((number, committee)) = document_in(line) {
        return own(Some(committee), Organization::Iec, number.to_owned());
    }
    let name = line.split([':', '–', '—']).next().unwrap_or_default();
    let name = name.split(" - ").next().unwrap_or_default().trim();
    if let Ok(committee) = name.parse::<CommitteeRef>() {
        return Told { committee: Some(committee), ..Told::default() };
    }
    // `Study Group 5, Question 3/5`: the narrower counts.
    let committees: Vec<CommitteeRef> = references_only(line)
        .into_iter()
        .filter_map(|(_, reference)| match reference {
            Reference::Committee(committee) => Some(committee),
            Reference::Standard(_) => None,
        })
        .collect();
    if let [one, other] = committees.as_slice()
        && (one.contains(other) || other.contains(one))
    {
        let narrower = if one.contains(other) { other } else { one };
        return Told { committee: Some(narrower.clone()), ..Told::default() };
    }
    Told { organization: line.parse().ok(), ..Told::default() }
}

/// True for a short line that is a number, a committee or an organization and nothing else.
pub(super) fn tells(line: &str) -> bool {
    let line = line.trim();
    line.len() <= 120 && {
        let told = told(line);
        let is_name = told.reference.is_none() && told.organization.is_some();
        told.committee.is_some() || told.reference.is_some() && line.len() <= 60 || is_name
    }
}

/// True for lines that only count pages.
pub(super) fn is_page_number(line: &str) -> bool {
    let mut words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| {
        word.bytes().all(|byte| byte.is_ascii_digit())
            || matches!(word.to_lowercase().as_str(), "page" | "of" | "p")
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_documents() {
        for (line, reference, committee, organization) in [
            ("ISO/TC 299 N 1204", "ISO/TC 299 N 1204", "ISO/TC 299", "ISO"),
            ("ISO/TC 22/SC 32 N1204 (draft)", "ISO/TC 22/SC 32 N 1204", "ISO/TC 22/SC 32", "ISO"),
            ("ISO/TS/P 907", "TS/P 907", "", "ISO"),
            ("TS/P (draft), lifts", "", "", "ISO"),
            ("Form NP, 65E/1024/NP", "65E/1024/NP", "IEC SC 65E", "IEC"),
            ("3/402/NP", "3/402/NP", "IEC TC 3", "IEC"),
            ("SG17-TD318/WP2", "SG17-TD318/WP2", "ITU-T SG 17", "ITU-T"),
            ("TSAG-TD12", "TSAG-TD12", "", "ITU-T"),
            ("ISO/TC 299", "", "ISO/TC 299", ""),
            ("IEC", "", "", "IEC"),
            ("Form 4, version 1/2025/AB", "", "", ""),
            ("Liaison with ISO/TC 299", "", "", ""),
        ] {
            let told = told(line);
            assert_eq!(told.reference.unwrap_or_default(), reference, "{line}");
            assert_eq!(
                told.committee.map(|one| one.to_string()).unwrap_or_default(),
                committee,
                "{line}"
            );
            assert_eq!(told.organization.map_or("", Organization::name), organization, "{line}");
        }
        assert!(
            is_page_number("- 3 -") && is_page_number("Page 3 of 7") && !is_page_number("Form 4")
        );
    }
}
