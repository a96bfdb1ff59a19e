//! What is fuzzed, and what must hold beside that nothing panics: a proposal that was read can be
//! written and read again and is the same; what is refused is refused in one line with a remedy; a
//! reference that is printed is read again.

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::LazyLock;

use spcg::checklist::Checklist;
use spcg::import::{Importer, Source};
use spcg::matching::{Model, Profile};
use spcg::proposal::Format;
use spcg::reference::{Reference, find_references};
use spcg::report::ReportOptions;
use spcg::{CommitteeRef, Error, Organization, Proposal, Screener, StandardRef, catalogue};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Takes an input.
pub type Target = fn(&[u8]);

/// All targets by their names, which are those of the folders of the corpus.
pub const TARGETS: [(&str, Target); 13] = [
    ("toml", |bytes| with_text(bytes, |text| proposal(Proposal::from_toml(text)))),
    ("json", |bytes| with_text(bytes, json)),
    ("yaml", |bytes| with_text(bytes, |text| proposal(Proposal::from_yaml(text)))),
    ("text", |bytes| with_text(bytes, |text| proposal(Proposal::from_text(text)))),
    ("markdown", |bytes| with_text(bytes, markdown)),
    ("bytes", |bytes| proposal(Proposal::from_bytes(bytes, None))),
    ("docx", |bytes| proposal(Proposal::from_docx(bytes))),
    ("document", document),
    ("reference", |bytes| with_text(bytes, reference)),
    ("checklist", |bytes| with_text(bytes, configuration)),
    ("profile", profile),
    ("screening", |bytes| with_text(bytes, screening)),
    ("import", import),
];

fn with_text(bytes: &[u8], target: impl Fn(&str)) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        target(text);
    }
}

/// What must hold of everything that is read as a proposal.
fn proposal(read: Result<Proposal, Error>) {
    let proposal = match read {
        Ok(proposal) => proposal,
        Err(error) => return refused(&error),
    };
    // A form in which nothing is filled in is read; a file in which nothing stands is refused.
    if proposal == Proposal::default() {
        return;
    }
    let toml = toml::to_string(&proposal).expect("a proposal can be written as TOML");
    assert_same(Proposal::from_toml(&toml), &proposal, &toml);
    let json = serde_json::to_string(&proposal).expect("a proposal can be written as JSON");
    assert_same(Proposal::from_json(&json), &proposal, &json);
}

fn assert_same(again: Result<Proposal, Error>, proposal: &Proposal, written: &str) {
    match again {
        Ok(again) => assert_eq!(again, *proposal, "{written}"),
        Err(error) => panic!("{error}\n{written}"),
    }
}

fn refused(error: &Error) {
    let message = error.to_string();
    assert!(!message.contains('\n'), "{message:?}");
    assert!(error.remedy().is_some(), "{message:?}");
}

fn json(text: &str) {
    proposal(Proposal::from_json(text));
    match Proposal::many_from_json(text) {
        Ok(many) => many.into_iter().for_each(|one| proposal(Ok(one))),
        Err(error) => refused(&error),
    }
}

/// The reader takes a text for Markdown by its marks: one is put in front.
fn markdown(text: &str) {
    proposal(Proposal::from_text(&format!("# Smart lifts\n\n{text}")));
}

/// The main part of a Word file, and behind it a header: the archive round them would otherwise
/// refuse nearly everything.
fn document(xml: &[u8]) {
    let at = xml.windows(6).position(|window| window == b"<w:hdr").unwrap_or(xml.len());
    let (xml, header) = xml.split_at(at);
    let header = if header.is_empty() { b"<w:hdr/>" } else { header };
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in [
        ("word/document.xml", xml),
        ("word/header1.xml", header),
        ("word/_rels/document.xml.rels", RELATIONS),
        ("word/styles.xml", STYLES),
        ("word/footnotes.xml", FOOTNOTES),
    ] {
        writer.start_file(name, stored).expect("memory takes a part");
        writer.write_all(part).expect("memory takes a part");
    }
    let archive = writer.finish().expect("memory takes an archive").into_inner();
    proposal(Proposal::from_bytes(&archive, Some(Format::Docx)));
}

const STYLES: &[u8] = b"<w:styles><w:style w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/></w:style>\
    <w:style w:styleId=\"h2\"><w:name w:val=\"x\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style></w:styles>";

const RELATIONS: &[u8] =
    b"<Relationships><Relationship Type=\"x/header\" Target=\"header1.xml\"/></Relationships>";

const FOOTNOTES: &[u8] =
    b"<w:footnotes><w:footnote w:id=\"2\"><w:p><w:r><w:t>As counted.</w:t></w:r></w:p></w:footnote></w:footnotes>";

fn reference(text: &str) {
    if let Ok(committee) = text.parse::<CommitteeRef>() {
        assert_eq!(committee.to_string().parse::<CommitteeRef>().ok(), Some(committee));
    }
    for organization in Organization::ALL {
        if let Ok(committee) = CommitteeRef::parse_in(text, organization) {
            assert_eq!(committee.to_string().parse::<CommitteeRef>().ok(), Some(committee));
        }
    }
    if let Ok(standard) = text.parse::<StandardRef>() {
        assert_eq!(standard.to_string().parse::<StandardRef>().ok(), Some(standard));
    }
    for context in
        [None, Some(Organization::Iso), Some(Organization::Iec), Some(Organization::ItuT)]
    {
        let mut end = 0;
        for found in find_references(text, context) {
            assert!(found.span.start >= end && found.span.start < found.span.end, "{found:?}");
            assert!(text.get(found.span.clone()).is_some(), "{found:?}");
            end = found.span.end;
            match found.reference {
                Reference::Committee(committee) => {
                    assert_eq!(committee.to_string().parse::<CommitteeRef>().ok(), Some(committee));
                }
                Reference::Standard(standard) => {
                    assert_eq!(standard.to_string().parse::<StandardRef>().ok(), Some(standard));
                }
            }
        }
    }
}

fn configuration(text: &str) {
    if let Err(error) = Checklist::from_toml(text) {
        assert!(!error.to_string().contains('\n'), "{error}");
    }
    let _ = Model::from_json(text);
}

/// As it is, and with a checksum that fits.
fn profile(bytes: &[u8]) {
    let _ = Profile::from_bytes(bytes);
    if let Some(body) = bytes.len().checked_sub(4).and_then(|at| bytes.get(..at)) {
        let mut mended = body.to_vec();
        mended.extend_from_slice(&crc32fast::hash(body).to_le_bytes());
        if let Ok(profile) = Profile::from_bytes(&mended) {
            let again = Profile::from_bytes(&profile.to_bytes())
                .expect("a profile can be written and read");
            assert_eq!(again.to_bytes(), profile.to_bytes());
        }
    }
}

/// All rules and all reports on whatever is a proposal.
fn screening(text: &str) {
    static SCREENER: LazyLock<Screener> =
        LazyLock::new(|| Screener::builtin().expect("the crate carries its data"));
    if let Ok(proposal) = Proposal::from_toml(text) {
        let screening = SCREENER.screen(&proposal);
        assert!(
            screening.interests.iter().all(|interest| (0.0..=1.0).contains(&interest.probability))
        );
        let json = serde_json::to_string(&screening).expect("a screening can be written");
        assert_eq!(serde_json::from_str::<spcg::Screening>(&json).expect("and read"), screening);
        let options = ReportOptions::default();
        let _ = (screening.to_text(&options), screening.to_markdown(&options));
    }
}

/// Importers read files: the first byte tells which kind of file the rest is.
fn import(bytes: &[u8]) {
    static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
        let memory = Path::new("/dev/shm");
        if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }
            .expect("a folder can be made")
    });
    let Some((kind, content)) = bytes.split_first() else { return };
    let path = FOLDER.path().join(match kind {
        b'r' => "record.yaml",
        b't' => "records.tar",
        b'z' => "records.tar.zst",
        _ => "lines.jsonl",
    });
    std::fs::write(&path, content).expect("a file can be written");
    let source = match kind {
        b'r' | b't' | b'z' => Source::Relaton(path),
        b'i' => Source::IsoDeliverables(path),
        b'l' => Source::JsonLines(path),
        b'c' => {
            let _ = spcg::import::read_iso_committees(&path, false);
            return;
        }
        _ => return,
    };
    let _ = Importer::new().read(&[source]);
}
