//! The same content in web pages, OpenDocument texts, e-mails and old encodings.

use std::path::PathBuf;

use spcg::Proposal;
use spcg::proposal::{Format, Kind};

use super::refusal;

/// A form with labels, in paragraphs.
const FORM: &str = "Proposal for a new work item\n\nTitle: Ladders – “quiet” rungs\n\n\
    Proposer: Österreichische Leitern\n\nScope: Rungs of ladders that make no noise above 40 dB.\n\n\
    Liaisons: ISO/TC 43, IEC TC 29\n";

fn check(proposal: &Proposal, name: &str) {
    assert_eq!(proposal.title, "Ladders – “quiet” rungs", "{name}");
    assert_eq!(proposal.kind, Some(Kind::NewWorkItem), "{name}");
    assert_eq!(proposal.proposer.as_deref(), Some("Österreichische Leitern"), "{name}");
    assert_eq!(proposal.scope, "Rungs of ladders that make no noise above 40 dB.", "{name}");
    let liaisons: Vec<&str> = proposal.liaisons.iter().map(|one| one.body.text()).collect();
    assert_eq!(liaisons, ["ISO/TC 43", "IEC TC 29"], "{name}");
}

fn page() -> String {
    let paragraphs: String = FORM.split("\n\n").map(|one| format!("<p>{one}</p>\n")).collect();
    format!("<!DOCTYPE html><html><head><title>x</title></head><body>{paragraphs}</body></html>")
}

#[test]
fn one_form_in_many_wrappings() {
    let utf16 = |unit: fn(u16) -> [u8; 2]| FORM.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let windows: Vec<u8> = FORM
        .chars()
        .map(|c| match c {
            '–' => 0x96,
            '“' => 0x93,
            '”' => 0x94,
            'Ö' => 0xD6,
            c => u8::try_from(c).unwrap(),
        })
        .collect();
    let head = "From: a@example.org\nTo: b@example.org\nSubject: A form\nMIME-Version: 1.0\n";
    let mail = format!("{head}Content-Type: text/plain; charset=utf-8\n\n{FORM}-- \nA. Novak\n");
    let both = format!(
        "{head}Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; \
         charset=utf-8\n\n{FORM}\n--b\nContent-Type: text/html; charset=utf-8\n\n{}\n--b--\n",
        page()
    );
    for (name, bytes, guess) in [
        ("text", FORM.as_bytes().to_vec(), None),
        ("old Mac", FORM.replace('\n', "\r").into_bytes(), None),
        ("Windows", windows, Some("windows-1252")),
        ("UTF-16", utf16(u16::to_le_bytes), Some("UTF-16LE")),
        ("page", page().into_bytes(), None),
        ("mail", mail.into_bytes(), None),
        ("mail with a page", both.into_bytes(), None),
    ] {
        for format in [None, Some(Format::Text)] {
            let proposal = Proposal::from_bytes(&bytes, format).unwrap();
            check(&proposal, name);
            assert_eq!(proposal.reading().unwrap().encoding.as_deref(), guess, "{name}");
        }
    }
}

#[test]
fn tables_of_pages_are_forms() {
    let rows: String = FORM
        .split("\n\n")
        .filter_map(|line| line.split_once(": "))
        .map(|(label, value)| format!("<tr><td>{label}<td>{value}</tr>"))
        .collect();
    let page = format!("<html><h1>New work item proposal</h1><table>{rows}</table></html>");
    check(&Proposal::from_html(&page).unwrap(), "table");
}

#[test]
fn what_hangs_on_a_mail_is_told() {
    let mail = |body: &str| {
        format!(
            "From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n{body}--b\n\
             Content-Type: application/pdf; name=\"form.pdf\"\n\
             Content-Disposition: attachment\n\nx\n--b--\n"
        )
    };
    let with_text = mail(&format!("--b\nContent-Type: text/plain; charset=utf-8\n\n{FORM}\n"));
    let proposal = Proposal::from_mail(with_text.as_bytes()).unwrap();
    check(&proposal, "attachment");
    let remarks = &proposal.reading().unwrap().remarks;
    assert!(remarks.iter().any(|remark| remark.text.contains("`form.pdf` is not read")));
    assert_eq!(
        refusal(mail("").as_bytes(), None),
        "the message has no text, only attachments: form.pdf; save the attachment, and read that"
    );
}

/// Forms that LibreOffice exported: see `tests/data/forms/README.md`.
#[test]
fn forms_exported_by_libreoffice_are_the_same_record() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/forms");
    for name in ["iso-new-field", "iso-new-work-item", "iec-new-work-item", "itu-t-work-item"] {
        let toml = Proposal::from_path(folder.join(format!("{name}.toml"))).unwrap();
        let odt = Proposal::from_path(folder.join(format!("{name}.libreoffice.odt"))).unwrap();
        assert_eq!(odt.to_toml_without_reading(), toml.to_toml_without_reading(), "{name}");
        // In the page that it writes, text that was deleted under tracked changes is text: one
        // word more in each form, and nothing else.
        let html = Proposal::from_path(folder.join(format!("{name}.libreoffice.html"))).unwrap();
        let (html, toml) = (html.to_toml_without_reading(), toml.to_toml_without_reading());
        let differing: Vec<_> =
            html.lines().zip(toml.lines()).filter(|(one, other)| one != other).collect();
        assert_eq!(html.lines().count(), toml.lines().count(), "{name}");
        let [(page, record)] = differing.as_slice() else { panic!("{name}: {differing:?}") };
        assert!(page.len() - record.len() <= "chairs".len(), "{name}: {page}");
    }
}

trait Record {
    fn to_toml_without_reading(&self) -> String;
}

impl Record for Proposal {
    fn to_toml_without_reading(&self) -> String {
        toml::to_string_pretty(self).unwrap()
    }
}

#[test]
fn records_are_written_and_read_again() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/forms");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if Format::of_path(&path).is_none_or(|_| path.ends_with("README.md")) {
            continue;
        }
        let proposal = Proposal::from_path(&path).unwrap();
        let again = Proposal::from_toml(&proposal.to_toml()).unwrap();
        assert_eq!(again, proposal, "{}", path.display());
        count += 1;
    }
    assert!(count >= 20, "{count}");
}

#[test]
fn what_is_not_read_is_named_with_a_remedy() {
    for (bytes, message) in [
        (
            &b"{\\rtf1 a}"[..],
            "this is an RTF file, which is not read; open it in a word processor and save it as `.docx` or `.odt`",
        ),
        (
            b"\xFF\xD8\xFF\xE0\0\x10JFIF",
            "this is a picture, which is not read; type its text into a `.md`, `.txt` or `.docx` file",
        ),
        (
            b"\x1F\x8B\x08\0",
            "this is a gzip archive, which is not read; unpack it, and read the files in it",
        ),
    ] {
        assert_eq!(refusal(bytes, None), message);
    }
}
