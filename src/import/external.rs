//! Documents of other bodies: which records are theirs, under which reference their editions are
//! one document, and how they are joined.

use std::collections::BTreeMap;

use super::markup::squeezed;
use super::record::LeftOut;
use super::relaton::status_of;
use crate::date::Date;
use crate::reference::Organization;
use crate::standards::{ExternalDocument, Status};

/// The body that keeps a record, by the kind of its first reference; `None` for ISO, IEC and ITU-T.
pub(super) fn body(kind: &str, reference: &str) -> Option<String> {
    for sector in ["ITU-R", "ITU-D"] {
        if reference.starts_with(sector) {
            return Some(sector.to_owned());
        }
    }
    let kind = kind.trim();
    if kind.is_empty() || kind.len() > 40 || kind.parse::<Organization>().is_ok() {
        return None;
    }
    Some(match kind {
        // The series stands for its keeper.
        "RFC" | "Internet-Draft" => "IETF".to_owned(),
        "CISPR" | "ISO-TC" | "IEV" => return None,
        other => other.to_owned(),
    })
}

/// What a record says, before its editions are joined.
pub(super) struct Record<'a> {
    pub(super) body: String,
    pub(super) reference: &'a str,
    pub(super) title: String,
    pub(super) abstract_text: String,
    pub(super) group: String,
    /// The stage in the words of the body.
    pub(super) stage: &'a str,
    pub(super) published: Option<Date>,
}

/// One edition as a document of its own.
pub(super) fn document(record: Record<'_>) -> Result<ExternalDocument, LeftOut> {
    let latest = squeezed(record.reference);
    let title = squeezed(&record.title);
    if latest.is_empty() || latest.len() > 500 {
        return Err(LeftOut::NoReference);
    }
    if !title.chars().any(char::is_alphanumeric) {
        return Err(LeftOut::NoTitle);
    }
    if is_of_the_three(&latest) {
        return Err(LeftOut::OfTheThree);
    }
    let (reference, is_draft) = undated(&record.body, &latest);
    let status = match status(record.stage) {
        Status::Published if is_draft => Status::UnderDevelopment,
        status => status,
    };
    Ok(ExternalDocument {
        reference,
        latest,
        title,
        abstract_text: record.abstract_text,
        group: if record.group.contains("UNKNOWN") { String::new() } else { record.group },
        status,
        published: record.published,
        editions: 1,
        body: record.body,
    })
}

/// True for a text that other bodies publish together with one of the three: `ISO/IEC/IEEE 12207`
/// is in the list of ISO.
fn is_of_the_three(reference: &str) -> bool {
    let first = reference.split(' ').next().unwrap_or_default();
    // `CIE ISO 28077` and the like name the other publisher second.
    let second = reference.split(' ').nth(1).unwrap_or_default();
    let own = |word: &str| word.split('/').any(|part| matches!(part, "ISO" | "IEC" | "CISPR"));
    own(first) || own(second)
}

fn status(stage: &str) -> Status {
    let stage = stage.trim().to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| stage.contains(word));
    if has(&["retired", "rescinded", "superseded", "obsolete", "inactive", "withdrawn"]) {
        Status::Withdrawn
    } else if has(&["draft", "candidate", "proposed", "last call"]) {
        Status::UnderDevelopment
    } else {
        status_of(&stage, "")
    }
}

/// The reference without edition and date, and whether it is that of a draft.
fn undated(body: &str, reference: &str) -> (String, bool) {
    let (text, is_draft) = match body {
        "IEEE" => of_ieee(reference),
        "W3C" => (of_w3c(reference), false),
        "OASIS" => of_oasis(reference),
        "OGC" => (without_revision(reference).to_owned(), false),
        "ITU-R" | "ITU-D" => (without_suffix(reference, "-").to_owned(), false),
        _ => (without_date(reference).to_owned(), false),
    };
    let text = text.trim();
    let text = if text.is_empty() { reference } else { text };
    // Some bibliographies leave the body out: `19-090r1`, `ECMA-262` has it in its own way.
    if text.to_ascii_uppercase().starts_with(&body.to_ascii_uppercase()) {
        (text.to_owned(), is_draft)
    } else {
        (format!("{body} {text}"), is_draft)
    }
}

/// `ETSI EN 303 645 V2.1.1 (2020-06)`, `CIE 198:2011`, `CIE 132-1999`.
fn without_date(reference: &str) -> &str {
    let marks = [" V", " v", " ed.", " ("];
    let end = marks.iter().filter_map(|mark| {
        let at = reference.find(mark)?;
        let next = reference[at + mark.len()..].chars().next()?;
        next.is_ascii_digit().then_some(at)
    });
    let text = &reference[..end.min().unwrap_or(reference.len())];
    without_year(text)
}

/// Without a year at the end, behind a colon or a hyphen.
fn without_year(text: &str) -> &str {
    match text.rsplit_once([':', '-']) {
        Some((before, year))
            if year.len() == 4
                && year.parse().is_ok_and(|year: u16| (1880..2200).contains(&year)) =>
        {
            before
        }
        _ => text,
    }
}

/// Without a number behind the last `mark`: `ITU-R BS.945-2`.
fn without_suffix<'a>(text: &'a str, mark: &str) -> &'a str {
    match text.rsplit_once(mark) {
        Some((before, number))
            if before.contains(|c: char| c.is_ascii_digit())
                && !number.is_empty()
                && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            before
        }
        _ => text,
    }
}

/// `19-090r1`.
fn without_revision(text: &str) -> &str {
    match text.rsplit_once(['r', 'R']) {
        Some((before, number))
            if before.ends_with(|c: char| c.is_ascii_digit())
                && !number.is_empty()
                && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            before
        }
        _ => text,
    }
}

/// `IEEE Std 802.3-2018`, `IEEE P802.15.3e/D-07-2016-11`, `ANSI/IEEE Std 802.1D-1998 Redline`.
fn of_ieee(reference: &str) -> (String, bool) {
    const NO_NUMBER: &[&str] = &["Std", "Draft", "Unapproved", "Approved", "Redline", "No", "No."];
    let mut is_draft = reference.contains(" Unapproved ") || reference.contains("/D-");
    let text = reference.split("/D-").next().unwrap_or(reference);
    let text = text.strip_suffix(" Redline").unwrap_or(text);
    let mut words: Vec<&str> =
        without_year(text).split(' ').filter(|word| !NO_NUMBER.contains(word)).collect();
    if let Some(number) = words.get_mut(1)
        && let Some(rest) = number.strip_prefix('P')
        && rest.starts_with(|c: char| c.is_ascii_digit() || c == 'C')
    {
        is_draft = true;
        *number = rest;
    }
    if words.first() == Some(&"ANSI/IEEE") {
        words[0] = "IEEE";
    }
    (words.join(" "), is_draft)
}

/// `W3C WD-charmod-20030822`, `W3C charmod`.
fn of_w3c(reference: &str) -> String {
    const STAGES: &[&str] = &[
        "REC", "WD", "CR", "CRD", "PR", "PER", "NOTE", "DNOTE", "DRY", "CRY", "RY", "SPSD", "OBSL",
        "RET", "FPWD", "STMT", "VWD",
    ];
    let name = reference.strip_prefix("W3C ").unwrap_or(reference);
    let name = match name.split_once('-') {
        Some((stage, rest)) if STAGES.contains(&stage) => rest,
        _ => name,
    };
    match name.rsplit_once('-') {
        Some((before, day))
            if matches!(day.len(), 6 | 8) && day.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            before.to_owned()
        }
        _ => name.to_owned(),
    }
}

/// `OASIS PKCS-S-v3.1-CS01`, `OASIS TAXII-v1.1.1-HTTP-CS01-Pt3`.
fn of_oasis(reference: &str) -> (String, bool) {
    const STAGES: &[&str] = &["CSPRD", "CSD", "CS", "PSD", "PS", "CND", "CN", "OS", "COS", "WD"];
    const DRAFTS: &[&str] = &["CSPRD", "CSD", "PSD", "CND", "WD"];
    let stage = |part: &str| part.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let mut is_draft = false;
    let kept: Vec<&str> = reference
        .split('-')
        .enumerate()
        .filter(|(at, part)| {
            let stage = stage(part.trim());
            is_draft |= *at > 0 && DRAFTS.contains(&stage.as_str());
            *at == 0 || !STAGES.contains(&stage.as_str())
        })
        .map(|(_, part)| part)
        .collect();
    (kept.join("-").replace([']', '\u{a0}'], ""), is_draft)
}

/// An abstract that so many documents of a body share is a notice of its shop, and none of them.
const SHARED_BY: usize = 5;

/// Joins the editions of each document, in the order of bodies and references. The result does not
/// depend on the order of the records.
pub(super) fn join(mut records: Vec<ExternalDocument>) -> Vec<ExternalDocument> {
    drop_notices(&mut records);
    // The edition that is told first: in force before drafts before withdrawn ones, the latest of
    // them, ties by what is written.
    let rank = |status: Status| match status {
        Status::Published => 0,
        Status::UnderDevelopment => 1,
        Status::Withdrawn => 2,
    };
    records.sort_by(|a, b| {
        (&a.body, &a.reference, rank(a.status))
            .cmp(&(&b.body, &b.reference, rank(b.status)))
            .then_with(|| b.published.cmp(&a.published))
            .then_with(|| (&a.latest, &a.title).cmp(&(&b.latest, &b.title)))
    });
    let mut joined: Vec<ExternalDocument> = Vec::new();
    for record in records {
        match joined.last_mut() {
            Some(last) if last.body == record.body && last.reference == record.reference => {
                last.editions = last.editions.saturating_add(1);
                if last.abstract_text.is_empty() {
                    last.abstract_text = record.abstract_text;
                }
                if last.group.is_empty() {
                    last.group = record.group;
                }
                last.published = last.published.or(record.published);
            }
            _ => joined.push(record),
        }
    }
    joined
}

fn drop_notices(records: &mut [ExternalDocument]) {
    let mut titles: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for record in records.iter().filter(|record| !record.abstract_text.is_empty()) {
        let known = titles.entry((&record.body, &record.abstract_text)).or_default();
        if known.len() < SHARED_BY && !known.contains(&record.title.as_str()) {
            known.push(&record.title);
        }
    }
    let notices: std::collections::BTreeSet<(String, String)> = titles
        .into_iter()
        .filter(|(_, titles)| titles.len() >= SHARED_BY)
        .map(|((body, text), _)| (body.to_owned(), text.to_owned()))
        .collect();
    for record in records {
        let key = (record.body.clone(), std::mem::take(&mut record.abstract_text));
        if !notices.contains(&key) {
            record.abstract_text = key.1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_without_edition_and_date() {
        for (body, written, expected, is_draft) in [
            ("ETSI", "ETSI EN 399 645 V2.1.1 (2020-06)", "ETSI EN 399 645", false),
            ("ETSI", "ETSI ETS 399 019-2-1 ed.1 (1994-05)", "ETSI ETS 399 019-2-1", false),
            ("IEEE", "IEEE Std 9902.3-2018", "IEEE 9902.3", false),
            ("IEEE", "IEEE 9935-2018", "IEEE 9935", false),
            ("IEEE", "IEEE P9902.15.3e/D-07-2016-11", "IEEE 9902.15.3e", true),
            ("IEEE", "IEEE Unapproved Std P9903.1/D-2-2006-10", "IEEE 9903.1", true),
            ("IEEE", "IEEE PC99.119/D-4.1-2025-06", "IEEE C99.119", true),
            ("IEEE", "ANSI/IEEE Std 9902.1D-1998", "IEEE 9902.1D", false),
            ("IEEE", "IEEE Std 9927-2013 Redline", "IEEE 9927", false),
            ("W3C", "W3C WD-lifts-20030822", "W3C lifts", false),
            ("W3C", "W3C lifts-2", "W3C lifts-2", false),
            ("OASIS", "OASIS LIFT-S-v3.1-CS01", "OASIS LIFT-S-v3.1", false),
            ("OASIS", "OASIS LIFT-v1.1.1-HTTP-CSD01-Pt3", "OASIS LIFT-v1.1.1-HTTP-Pt3", true),
            ("OGC", "99-090r1", "OGC 99-090", false),
            ("ECMA", "ECMA-9962", "ECMA-9962", false),
            ("CIE", "CIE 9932-1999", "CIE 9932", false),
            ("CIE", "CIE S 912/E:2004", "CIE S 912/E", false),
            ("ITU-R", "ITU-R BS.9945-2", "ITU-R BS.9945", false),
            ("IETF", "RFC 99999", "IETF RFC 99999", false),
        ] {
            assert_eq!(undated(body, written), (expected.to_owned(), is_draft), "{written}");
        }
    }

    #[test]
    fn the_keeper_is_told_by_the_kind_of_reference() {
        assert_eq!(body("ETSI", "ETSI EN 399 645").as_deref(), Some("ETSI"));
        assert_eq!(body("ITU", "ITU-R BS.9945-2").as_deref(), Some("ITU-R"));
        assert_eq!(body("RFC", "RFC 99999").as_deref(), Some("IETF"));
        for (kind, reference) in [("ISO", "ISO 99901"), ("IEC", "CISPR 99"), ("ITU", "ITU-T X.1")] {
            assert_eq!(body(kind, reference), None, "{reference}");
        }
    }

    #[test]
    fn editions_become_one_document_and_notices_of_the_shop_are_no_abstracts() {
        let edition = |latest: &str, status, year: i16, text: &str| ExternalDocument {
            latest: latest.to_owned(),
            status,
            published: Date::read_recorded(&year.to_string()),
            abstract_text: text.to_owned(),
            ..ExternalDocument::new("IEEE", "IEEE 9935", format!("Lifts, {year}"))
        };
        let mut records = vec![
            edition("IEEE P9935/D-1", Status::UnderDevelopment, 2022, "A draft on lifts."),
            edition("IEEE Std 9935-2018", Status::Published, 2018, ""),
            edition("IEEE Std 9935-2011", Status::Withdrawn, 2011, "On lifts."),
        ];
        for number in 0..5 {
            let reference = format!("IEEE {number}");
            let mut other = ExternalDocument::new("IEEE", reference, format!("Doors {number}"));
            other.abstract_text = "Buy the licence for several readers.".to_owned();
            records.push(other);
        }
        let forwards = join(records.clone());
        records.reverse();
        assert_eq!(join(records), forwards);
        assert_eq!(forwards.len(), 6);
        let one = forwards.iter().find(|one| one.reference == "IEEE 9935").unwrap();
        assert_eq!((one.latest.as_str(), one.editions), ("IEEE Std 9935-2018", 3));
        assert_eq!(
            (one.title.as_str(), one.abstract_text.as_str()),
            ("Lifts, 2018", "A draft on lifts.")
        );
        assert!(
            forwards
                .iter()
                .filter(|one| *one.reference != *"IEEE 9935")
                .all(|one| one.abstract_text.is_empty())
        );
    }
}
