//! Import of catalogues and bibliographies. The records are invented; their shapes are those of the
//! real files.

use std::fs;
use std::path::{Path, PathBuf};

use spcg::import::{ImportReport, Importer, Source, read_iso_committees};
use spcg::standards::{Publication, RelationKind, Status, Work, normalized_title};

const ISO: &str = "---
schema-version: v1.2.9
id: ISO99901-2-2017
title:
- content: Smart lifts
  language:
  - en
  type: title-intro
- content: 'Smart lifts - Part 2: Doors
    and cars'
  language:
  - en
  script:
  - Latn
  format: text/plain
  type: main
- content: 'Ascenseurs malins - Partie 2: Portes'
  language:
  - fr
  type: main
docid:
- id: ISO 99901-2:2017
  type: ISO
  primary: true
- id: ISO 99901-2:2017(E)
  type: iso-reference
- id: urn:iso:std:iso:99901:-2:stage-60.60
  type: URN
date:
- type: published
  value: 2017-03
abstract:
- content: \"Covers\\n- doors;\\n- cars &amp; shafts\"
  language:
  - en
- content: Couvre les portes
  language:
  - fr
docstatus:
  stage:
    value: '60'
  substage:
    value: '60'
relation:
- type: obsoletes
  bibitem:
    docid:
    - id: ISO 99901-2:2009
      type: ISO
      primary: true
- type: updates
  bibitem:
    docid:
    - id: ISO 99901-2:2017/Amd 1:2019
      type: ISO
      primary: true
ext:
  doctype:
    type: international-standard
  editorialgroup:
    technical_committee:
    - name: Doors
      number: 998
      type: TC
      identifier: ISO/TC 998/SC 2
  ics:
  - code: '91.140'
    text: Installations in buildings
";

const IEC: &str = "---
title:
- content: Explosive lifts
  language:
  - en
  type: main
docid:
  id: ISO/IEC 99879-20:2016
  type: IEC
  primary: true
date:
- type: published
  value: '2016-02-01'
- type: obsoleted
  value: '2020-05-01'
docstatus:
  stage: REVISED
editorialgroup:
  technical_committee:
  - name: TC 31/SC 31M
    number: 31
    type: technicalCommittee
doctype:
  type: international-standard
";

const ITU: &str = "---
type: standard
title:
- language: en
  script: Latn
  content: 'The lift – Door certificates'
  type: main
docidentifier:
- content: ITU-T X.9509 (10/2019)
  type: ITU
  primary: true
- content: ISO/IEC 99594-8
  type: ISO
  primary: true
date:
- type: published
  at: '2019-10-14'
contributor:
- role:
  - type: publisher
  organization:
    abbreviation:
      content: ITU
- role:
  - type: author
  organization:
    name:
    - content: International Telecommunication Union
    subdivision:
    - name:
      - content: ITU-T Study Group 16
      type: technical-committee
    abbreviation:
      content: ITU-T
abstract:
- language: en
  content: Doors that know whom to trust.
status:
  stage:
    content: Published
relation:
- type: complementOf
  bibitem:
    docidentifier:
    - content: X Suppl. 3 (05/2008)
      type: ITU
ext:
  doctype:
    content: recommendation
";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("data")).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join("data").join(name), text).unwrap();
    }
    folder
}

fn own(lines: &[&str]) -> (tempfile::TempDir, Source) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.jsonl");
    fs::write(&path, lines.join("\n")).unwrap();
    (folder, Source::JsonLines(path))
}

fn works(lines: &[&str]) -> Vec<Work> {
    let (_folder, source) = own(lines);
    let (works, report) = Importer::new().strict(true).read(&[source]).unwrap();
    assert_eq!(report.joined.works, works.len() as u64);
    works
}

fn publications(folder: &Path) -> Vec<Publication> {
    let (publications, _) = Importer::new()
        .strict(true)
        .read_publications(&[Source::Relaton(folder.to_owned())])
        .unwrap();
    publications.into_iter().map(|(_, publication)| publication).collect()
}

#[test]
fn the_three_dialects() {
    let folder = folder(&[("iso.yaml", ISO), ("iec.yml", IEC), ("itu.yaml", ITU)]);
    let all = publications(folder.path());
    let [iec, iso, itu] = all.as_slice() else { panic!("{all:?}") };

    assert_eq!(iso.title, "Smart lifts - Part 2: Doors and cars");
    assert_eq!(iso.abstract_text, "Covers. doors. cars & shafts.");
    assert_eq!(iso.committee.as_ref().unwrap().to_string(), "ISO/TC 998/SC 2");
    assert_eq!(
        (iso.stage.as_str(), iso.status, iso.year()),
        ("60.60", Status::Published, Some(2017))
    );
    assert_eq!(iso.ics, ["91.140"]);
    let relations: Vec<RelationKind> = iso.relations.iter().map(|relation| relation.kind).collect();
    assert_eq!(relations, [RelationKind::Replaces, RelationKind::AmendedBy]);
    assert!(iso.also.is_empty() && !iso.supplement);

    assert_eq!(iec.committee.as_ref().unwrap().to_string(), "IEC SC 31M");
    assert_eq!((iec.stage.as_str(), iec.status), ("REVISED", Status::Withdrawn));
    assert_eq!(iec.withdrawn.unwrap().year(), 2020);

    assert_eq!(itu.committee.as_ref().unwrap().to_string(), "ITU-T SG 21");
    assert_eq!(itu.original_committee.as_deref(), Some("ITU-T SG 16"));
    assert_eq!(itu.also, ["ISO/IEC 99594-8"]);
    assert_eq!(itu.relations.len(), 1, "{:?}", itu.relations);
    assert_eq!(itu.relations[0].kind, RelationKind::CommonText);
}

#[test]
fn a_withdrawal_after_the_limit_has_not_happened() {
    let withdrawn = IEC.replace("REVISED", "WITHDRAWN");
    let folder = folder(&[("iec.yaml", &withdrawn)]);
    let source = [Source::Relaton(folder.path().to_owned())];
    for (until, status) in [(2018, Status::Published), (2020, Status::Withdrawn)] {
        let (works, _) = Importer::new().until(until).read(&source).unwrap();
        assert_eq!(works[0].status, status, "{until}");
    }
    let (works, report) = Importer::new().until(2015).read(&source).unwrap();
    assert!(works.is_empty());
    assert_eq!(report.sources[0].left_out["published after the limit"], 1);
    assert!(report.sources[0].failures.is_empty());
    // What was revised lives on in its next edition.
    let other = self::folder(&[("iec.yaml", IEC)]);
    let source = [Source::Relaton(other.path().to_owned())];
    let (works, _) = Importer::new().until(2020).read(&source).unwrap();
    assert_eq!(works[0].status, Status::Published);
}

#[test]
fn what_cannot_be_read_is_named_and_does_not_stop() {
    let large = format!("title: \"{}\"\n", "x".repeat(5 << 20));
    let folder = folder(&[
        ("a.yaml", ISO),
        ("b.yaml", "title: [\n"),
        ("c.yaml", "docid:\n- id: ISO 1:1999\n"),
        ("d.yaml", "title:\n- content: Lifts\n"),
        ("e.yaml", &large),
        ("f.yaml", ""),
        ("g.yaml", "- 1\n- 2\n"),
        ("README.md", "not a record"),
    ]);
    fs::write(folder.path().join("data/h.yaml"), b"title: \xff\n").unwrap();
    let source = [Source::Relaton(folder.path().to_owned())];
    let (works, report) = Importer::new().read(&source).unwrap();
    let report = &report.sources[0];
    assert_eq!((works.len(), report.read, report.kept, report.other_files), (1, 8, 1, 1));
    assert_eq!(report.left_out_in_all(), report.read - report.kept);
    let places: Vec<&str> =
        report.failures.iter().map(|failure| failure.place.rsplit('/').next().unwrap()).collect();
    assert_eq!(places, ["b.yaml", "c.yaml", "d.yaml", "e.yaml", "f.yaml", "g.yaml", "h.yaml"]);
    assert_eq!(report.left_out["larger than 4 MiB"], 1);
    assert_eq!(report.left_out["no English title"], 1);
    assert_eq!(report.left_out["not UTF-8"], 1);

    let error = Importer::new().strict(true).read(&source).unwrap_err();
    assert!(error.is_malformed() && error.to_string().contains("b.yaml"), "{error}");
}

#[test]
fn hostile_yaml_ends() {
    let deep = format!("title: {}1{}\n", "[".repeat(20_000), "]".repeat(20_000));
    let laughs = "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n\
                  d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\ntitle: [*e,*e,*e,*e,*e,*e,*e,*e]\n";
    let folder = folder(&[("deep.yaml", &deep), ("laughs.yaml", laughs), ("nul.yaml", "\0\0")]);
    let (works, report) =
        Importer::new().read(&[Source::Relaton(folder.path().to_owned())]).unwrap();
    assert!(works.is_empty());
    assert_eq!(report.sources[0].failures.len(), 3);
}

/// A tar archive of the files, uncompressed.
fn tar_of(files: &[(&str, &str)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, text.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap()
}

#[test]
fn an_archive_reads_as_its_folder() {
    let long = format!("data/{}/iso.yaml", "deep".repeat(50));
    let plain = tar_of(&[
        ("data/itu.yaml", ITU),
        (&long, ISO),
        ("data/iec.yaml", IEC),
        ("README.md", "x"),
        ("index-v1.yaml", "x"),
    ]);
    let packed = ruzstd::encoding::compress_to_vec(
        plain.as_slice(),
        ruzstd::encoding::CompressionLevel::Fastest,
    );
    let folder = folder(&[("iso.yaml", ISO), ("iec.yaml", IEC), ("itu.yaml", ITU)]);
    let (expected, _) = Importer::new().read(&[Source::Relaton(folder.path().to_owned())]).unwrap();
    assert_eq!(expected.len(), 3);
    for (name, bytes) in [("a.tar", &plain), ("a.tar.zst", &packed)] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let (works, report) = Importer::new().read(&[Source::Relaton(path)]).unwrap();
        assert_eq!(works, expected, "{name}");
        assert_eq!(report.sources[0].other_files, 2);
    }
    // Cut short anywhere, it is an error or a shorter archive, never a panic.
    let path = folder.path().join("cut.tar.zst");
    for cut in [0, 1, 3, 5, 20, packed.len() / 2, packed.len() - 1] {
        fs::write(&path, &packed[..cut]).unwrap();
        let _ = Importer::new().read(&[Source::Relaton(path.clone())]);
    }
    fs::write(&path, &packed[..packed.len() / 2]).unwrap();
    assert!(Importer::new().read(&[Source::Relaton(path)]).unwrap_err().is_malformed());
}

#[test]
fn a_source_that_is_not_there_is_an_error() {
    for source in [
        Source::Relaton("no/such".into()),
        Source::JsonLines("no/such".into()),
        Source::IsoDeliverables("no/such".into()),
    ] {
        assert!(Importer::new().read(&[source]).unwrap_err().is_not_found());
    }
}

#[test]
fn deliverables_of_iso_open_data() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("iso_deliverables_metadata.jsonl");
    let lines = [
        r#"{"id": 1, "deliverableType": "IS", "supplementType": null, "reference": "ISO 99905:2016", "title": {"en": "Lifts — Doors", "fr": "Portes"}, "publicationDate": "2016-04-01", "edition": 2, "icsCode": ["91.140.90"], "ownerCommittee": "ISO/TC 998/SC 2", "currentStage": 9599, "replaces": [77], "replacedBy": null, "languages": ["en"], "pages": 3, "scope": {"en": "<p>This covers:</p><ul><li>doors;</li><li>cars</li></ul>"}}"#,
        r#"{"id": 2, "reference": "ISO/AWI 99906", "title": {"en": "New lifts"}, "currentStage": 2000, "publicationDate": null}"#,
        r#"{"id": 3, "reference": "ISO 99905:2016/Amd 1:2018", "supplementType": "Amd", "title": {"en": "Lifts — Doors — Amendment 1"}, "currentStage": 6060}"#,
        r#"{"id": 4, "reference": "ISO 99907:2001", "title": {"fr": "Portes"}}"#,
        r#"{"id": 5, "title": {"en": "No reference"}}"#,
    ];
    fs::write(&path, lines.join("\r\n")).unwrap();
    let (works, report) = Importer::new().read(&[Source::IsoDeliverables(path.clone())]).unwrap();
    // The one with a French title alone is kept until it is known that nobody has another.
    assert_eq!(report.sources[0].left_out.values().sum::<u64>(), 1);
    assert_eq!(report.joined.untitled, 1);
    let [doors, new] = works.as_slice() else { panic!("{works:?}") };
    assert_eq!(
        (doors.reference.as_str(), doors.status, doors.supplements),
        ("ISO 99905", Status::Withdrawn, 1)
    );
    assert_eq!(doors.abstract_text, "This covers: doors. cars.");
    assert_eq!(doors.titles, ["Lifts — Doors"]);
    assert_eq!(
        (new.reference.as_str(), new.status, new.latest_year),
        ("ISO 99906", Status::UnderDevelopment, None)
    );
    let (works, report) =
        Importer::new().until(2020).read(&[Source::IsoDeliverables(path)]).unwrap();
    assert_eq!((works.len(), report.sources[0].left_out["no year, and a limit is set"]), (1, 1));
}

#[test]
fn own_records_refuse_misspelt_fields_and_survive_a_round_trip() {
    let (_folder, source) = own(&[
        r#"{"reference": "ISO 99901:2017", "title": "Lifts", "comittee": "ISO/TC 998"}"#,
        r#"{"reference": "EN 99950", "title": "Lifts elsewhere", "status": "under_development"}"#,
        "",
        &"x".repeat(5 << 20),
    ]);
    let (publications, reports) = Importer::new().read_publications(&[source]).unwrap();
    assert_eq!((reports[0].read, reports[0].kept), (3, 1));
    assert!(reports[0].failures[0].reason.contains("comittee"), "{:?}", reports[0].failures);
    assert_eq!(reports[0].failures[1].place, "line 4");
    let json = serde_json::to_string(&publications[0].1).unwrap();
    assert_eq!(serde_json::from_str::<Publication>(&json).unwrap(), publications[0].1);
}

#[test]
fn editions_supplements_and_both_lists_are_one_work() {
    let works = works(&[
        r#"{"reference": "ISO/IEC 99001:2005", "title": "Old name of lifts", "committee": "ISO/IEC JTC 1", "status": "withdrawn"}"#,
        r#"{"reference": "ISO/IEC 99001:2013", "title": "Lifts", "committee": "ISO/IEC JTC 1/SC 27", "abstract": "Up."}"#,
        r#"{"reference": "ISO/IEC 99001:2013/COR1:2014", "title": "Lifts - Corrigendum 1", "committee": "ISO/IEC JTC 1"}"#,
        r#"{"reference": "ISO/IEC 99001:2013/Cor 1:2014", "title": "Lifts - Corrigendum 1", "committee": "ISO/IEC JTC 1/SC 27"}"#,
        r#"{"reference": "ISO/IEC DIS 99001", "title": "Lifts of tomorrow", "status": "under_development"}"#,
        r#"{"reference": "ISO/IEC 99001-2:2013", "title": "Lifts - Part 2"}"#,
        r#"{"reference": "IEC 99335-1:2010+AMD1:2013 CSV", "title": "Irons"}"#,
        r#"{"reference": "IEC 99335-1:2010/AMD1:2013", "title": "Amendment 1 - Irons"}"#,
    ]);
    let references: Vec<&str> = works.iter().map(|work| work.reference.as_str()).collect();
    assert_eq!(references, ["ISO/IEC 99001", "ISO/IEC 99001-2", "IEC 99335-1"]);
    let lifts = &works[0];
    assert_eq!(lifts.titles, ["Lifts", "Old name of lifts", "Lifts of tomorrow"]);
    assert_eq!(
        lifts.owners.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["ISO/IEC JTC 1/SC 27"]
    );
    assert_eq!(
        (lifts.first_year, lifts.latest_year, lifts.status),
        (Some(2005), Some(2014), Status::Published)
    );
    assert_eq!((lifts.editions, lifts.supplements), (3, 1));
    assert_eq!((works[2].editions, works[2].supplements, works[2].title()), (1, 1, "Irons"));
    assert_eq!(lifts.normalized_titles()[0], normalized_title("LIFTS!"));
}

#[test]
fn common_texts_are_one_work_under_two_numbers() {
    let joined = works(&[
        r#"{"reference": "ITU-T X.9509 (10/2019)", "also": ["ISO/IEC 99594-8"], "title": "The lift: Certificates", "committee": "ITU-T SG 17"}"#,
        r#"{"reference": "ISO/IEC 99594-8:2017", "title": "Information technology - The lift - Part 8: Certificates", "committee": "ISO/IEC JTC 1/SC 6"}"#,
        r#"{"reference": "ISO/IEC 99594-7:2017", "title": "Information technology - The lift - Part 7: Doors", "committee": "ISO/IEC JTC 1/SC 6"}"#,
        // An older record with the number of another text: the newer one is right.
        r#"{"reference": "ITU-T X.9509 (10/2001)", "also": ["ISO/IEC 99594-7"], "title": "The lift: Certificates", "committee": "ITU-T SG 17"}"#,
    ]);
    let references: Vec<&[String]> = joined.iter().map(|work| work.references.as_slice()).collect();
    assert_eq!(
        references,
        [
            vec!["ISO/IEC 99594-7".to_owned()],
            vec!["ISO/IEC 99594-8".to_owned(), "ITU-T X.9509".to_owned()]
        ]
    );
    let owners: Vec<String> = joined[1].owners.iter().map(ToString::to_string).collect();
    assert_eq!(owners, ["ITU-T SG 17", "ISO/IEC JTC 1/SC 6"]);

    let by_abstract = works(&[
        r#"{"reference": "ITU-T H.9265 (10/2019)", "title": "Lift coding", "abstract": "Recommendation ITU-T H.9265 | International Standard ISO/IEC 99008-2 represents lifts."}"#,
        r#"{"reference": "ISO/IEC 99008-2:2020", "title": "Lift delivery - Part 2: Lift coding", "committee": "ISO/IEC JTC 1/SC 29"}"#,
        r#"{"reference": "ITU-T H.9266 (10/2020)", "title": "Further coding", "abstract": "This uses Rec. ITU-T H.9265 | ISO/IEC 99008-2."}"#,
    ]);
    assert_eq!(by_abstract.len(), 2);
    assert_eq!(by_abstract[0].references, ["ISO/IEC 99008-2", "ITU-T H.9265"]);

    let long = "Reference architecture of the vertical transport of persons";
    let by_title = |itu: &str, joint: &str, other: &str| {
        let line = |reference: &str, title: &str, committee: &str| {
            format!(
                r#"{{"reference": "{reference}", "title": "{title}", "committee": "{committee}"}}"#
            )
        };
        let lines = [
            line("ITU-T Y.9350 (08/2014)", itu, "ITU-T SG 13"),
            line(
                "ISO/IEC 99788:2014",
                &format!("Information technology - {joint}"),
                "ISO/IEC JTC 1/SC 38",
            ),
            line("ISO 99789:2014", other, "ISO/TC 998"),
        ];
        works(&lines.iter().map(String::as_str).collect::<Vec<_>>()).len()
    };
    assert_eq!(by_title(long, long, "Lifts"), 2);
    assert_eq!(by_title(long, long, long), 3, "a third has the title too");
    assert_eq!(by_title("Vocabulary", "Vocabulary", "Lifts"), 3, "a title that says too little");
}

#[test]
fn second_numbers_and_standing_supplements() {
    let works = works(&[
        r#"{"reference": "ITU-T G.9031/Y.9342 (06/2006)", "title": "Protection of lifts"}"#,
        r#"{"reference": "ITU-T G.9031 (2015) Amd. 1 (05/2016)", "title": "Amendment"}"#,
        r#"{"reference": "ITU-T G Suppl. 52 (09/2012)", "title": "Switching of lifts"}"#,
        r#"{"reference": "ITU-T G.9031 Annex A (11/2007)", "title": "Annex"}"#,
    ]);
    assert_eq!(works.len(), 2);
    let protection = works.iter().find(|work| work.title() == "Protection of lifts").unwrap();
    assert_eq!((protection.editions, protection.supplements), (1, 2));
    assert_eq!(
        works.iter().find(|work| work.reference == "ITU-T G Suppl 52").unwrap().supplements,
        0
    );
}

#[test]
fn the_result_is_the_same_on_any_number_of_threads_and_in_any_order() {
    let mut lines: Vec<String> = Vec::new();
    for number in 0..3000 {
        let year = 1990 + number % 30;
        lines.push(format!(
            r#"{{"reference": "ISO/IEC {}:{year}", "title": "Lifts of kind {}", "committee": "ISO/IEC JTC 1/SC {}"}}"#,
            50_000 + number % 700,
            number % 900,
            1 + number % 40
        ));
        lines.push(format!(
            r#"{{"reference": "ITU-T X.{} (01/{year})", "title": "Lifts of kind {}", "also": ["ISO/IEC {}"]}}"#,
            1000 + number % 300,
            number % 900,
            50_000 + number % 300
        ));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.jsonl");
    let run = |threads: usize, lines: &[String]| {
        fs::write(&path, lines.join("\n")).unwrap();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| Importer::new().read(&[Source::JsonLines(path.clone())])).unwrap()
    };
    let (expected, report) = run(1, &lines);
    assert!(report.joined.common_texts > 0);
    for threads in [2, 5] {
        assert_eq!(run(threads, &lines).0, expected);
    }
    lines.reverse();
    assert_eq!(run(2, &lines).0, expected);
}

#[test]
fn progress_and_report() {
    let (_folder, source) = own(&[r#"{"reference": "ISO 99901:2017", "title": "Lifts"}"#, "{}"]);
    let seen = std::sync::atomic::AtomicU64::new(0);
    let (_, report) = Importer::new()
        .on_progress(|progress| seen.store(progress.records, std::sync::atomic::Ordering::Relaxed))
        .read(&[source])
        .unwrap();
    assert_eq!(seen.into_inner(), 2);
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<ImportReport>(&json).unwrap(), report);
    let table = report.to_string();
    assert!(table.contains("2 records read") && table.contains("line 2: missing field"), "{table}");
}

#[test]
fn the_register_keeps_exclusions_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("iso_technical_committees.jsonl");
    let lines = [
        r#"{"id": 10, "reference": "ISO/TC 998", "status": "Active", "title": {"en": "Smart lifts"}, "creationDate": "2012-05-01", "scope": {"en": "<p>Lifts, R&amp;D. </p><p>Excluded: </p><ul><li>batteries (IEC/TC 21);</li><li>fire tests covered by ISO / TC 92 and SC 1. </li></ul><p>Note: see elsewhere.</p>"}, "parentId": null, "pMembers": [{"id": 1, "acronym": "AA"}], "oMembers": null, "committeeLiaisons": [{"id": 1, "reference": "ISO/TC 92"}, {"id": 2, "reference": null}], "organizationLiaisons": [{"id": 3, "acronym": "ITUC"}]}"#,
        r#"{"id": 11, "reference": "ISO/TC 998/SC 1", "status": "Suspended", "title": {"en": "Doors"}, "scope": {"en": "Doors. Excluded are windows (ISO/TC 162). "}, "parentId": 10}"#,
        r#"{"id": 12, "reference": "ISO/TC 997", "title": {"en": "Stairs"}, "scope": {"en": "Stairs. Ladders are excluded. Ramps."}, "parentId": 99}"#,
        r#"{"id": 13, "reference": "Nonsense", "title": {"en": "Stairs"}}"#,
        "nonsense",
    ];
    fs::write(&path, lines.join("\n")).unwrap();
    let (committees, report) = read_iso_committees(&path, false).unwrap();
    assert_eq!((report.read, report.kept, report.failures.len()), (5, 3, 2));
    assert_eq!(report.remarks["liaison without a reference"], 1);
    assert_eq!(report.remarks["parent that the register does not hold"], 1);
    let [stairs, lifts, doors] = committees.as_slice() else { panic!("{committees:?}") };
    assert_eq!(lifts.scope, "Lifts, R&D. Note: see elsewhere.");
    assert_eq!(lifts.exclusions.len(), 2);
    assert_eq!(
        lifts.excluded_to.iter().map(ToString::to_string).collect::<Vec<_>>()[..2],
        ["IEC TC 21", "ISO/TC 92"]
    );
    assert_eq!(
        (lifts.created, lifts.participating_members, lifts.observing_members),
        (Some(2012), 1, 0)
    );
    assert_eq!(lifts.organization_liaisons, ["ITUC"]);
    assert_eq!(
        (doors.scope.as_str(), doors.exclusions[0].text.as_str()),
        ("Doors.", "windows (ISO/TC 162)")
    );
    assert_eq!(doors.parent.as_ref().unwrap().to_string(), "ISO/TC 998");
    assert_eq!(stairs.scope, "Stairs. Ramps.");
    assert!(read_iso_committees(&path, true).unwrap_err().is_malformed());
}

/// The real archives, where they are at hand.
fn shared(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("SPCG_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join("data").join(name);
    path.exists().then_some(path)
}

#[test]
fn real_records_all_are_read() {
    let archives =
        ["relaton-iso.tar.zst", "relaton-iec.tar.zst", "relaton-itu.tar.zst"].map(shared);
    let [Some(iso), Some(iec), Some(itu)] = archives else {
        eprintln!("skipped: the real archives are not there");
        return;
    };
    let sources = [iso, iec, itu].map(Source::Relaton);
    let (works, report) = Importer::new().until(2018).read(&sources).unwrap();
    for source in &report.sources {
        assert_eq!(source.failures.len(), 0, "{source}");
        assert!(source.remarks.values().sum::<u64>() * 100 < source.kept, "{source}");
    }
    assert!(works.len() > 30_000 && report.joined.common_texts > 150, "{report}");
    for [one, other] in [
        ["ITU-T X.509", "ISO/IEC 9594-8"],
        ["ITU-T H.265", "ISO/IEC 23008-2"],
        ["ITU-T T.800", "ISO/IEC 15444-1"],
        ["ITU-T X.680", "ISO/IEC 8824-1"],
        ["ITU-T H.264", "ISO/IEC 14496-10"],
    ] {
        let held = |work: &&Work| {
            [one, other].iter().all(|number| work.references.iter().any(|held| held == number))
        };
        assert_eq!(works.iter().filter(held).count(), 1, "{one} and {other}");
    }
    let mut references: Vec<&String> = works.iter().flat_map(|work| &work.references).collect();
    let all = references.len();
    references.sort_unstable();
    references.dedup();
    assert_eq!(references.len(), all, "no reference is in two works");
}

#[test]
fn real_register_is_read() {
    let Some(path) = shared("iso_technical_committees.jsonl") else {
        eprintln!("skipped: the real register is not there");
        return;
    };
    let (committees, report) = read_iso_committees(path, true).unwrap();
    assert_eq!(report.read, committees.len() as u64);
    assert!(committees.iter().filter(|committee| !committee.excluded_to.is_empty()).count() > 100);
}

#[test]
fn a_superseded_edition_lives_on_and_what_replaced_a_withdrawn_work_is_told() {
    let record = |reference: &str, successor: &str| {
        format!(
            r#"{{"reference": "{reference}", "title": "Lifts of {reference}", "status": "withdrawn",
                "relations": [{{"kind": "replaced_by", "reference": "{successor}"}}]}}"#
        )
        .replace('\n', " ")
    };
    let lines = [
        // The newer edition is not among the sources.
        record("ISO 99911:2015", "ISO 99911:2024"),
        record("ISO 99912:2015", "IEC 99913:2020"),
        // An amendment takes the place of nothing.
        record("ISO 99914:2015", "ISO 99914:2015/Amd 1:2019"),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let works = works(&lines);
    let told: Vec<(&str, Status, &[String])> =
        works.iter().map(|work| (&*work.reference, work.status, &*work.replaced_by)).collect();
    let successor = ["IEC 99913".to_owned()];
    assert_eq!(
        told,
        [
            ("ISO 99911", Status::Published, &[][..]),
            ("ISO 99912", Status::Withdrawn, &successor[..]),
            ("ISO 99914", Status::Withdrawn, &[][..]),
        ]
    );
}

#[test]
fn deliverables_without_titles_are_joined_and_their_keys_resolved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("iso_deliverables_metadata.jsonl");
    let lines = [
        r#"{"id": 11, "deliverableType": "IS", "reference": "ISO 99921:2015", "publicationDate": "2015-04-01", "ownerCommittee": "ISO/TC 178", "currentStage": 9599, "replaces": null, "replacedBy": [12], "scope": {"en": "<p class=\"MsoBodyText\"><span lang=\"EN-GB\">Doors of lifts:</span></p>\n<p class=\"ListContinue1\" style=\"mso-list: l0 level1 lfo1;\"><!-- [if !supportLists]--><span style=\"mso-list: Ignore;\">—<span style=\"font: 7.0pt 'Times New Roman';\">     </span></span><!--[endif]--><span lang=\"EN-GB\">that slide;</span></p>"}}"#,
        r#"{"id": 12, "deliverableType": "IS", "reference": "ISO 99922:2019", "publicationDate": "2019-04-01", "currentStage": 6060, "replaces": [11, 99], "replacedBy": null, "scope": {"en": null}}"#,
        r#"{"id": 13, "deliverableType": "IS", "reference": "ISO 99923:2019", "publicationDate": "2019-04-01", "currentStage": 6060, "scope": {"en": null}}"#,
    ];
    fs::write(&path, lines.join("\n")).unwrap();
    let titled = folder.path().join("own.jsonl");
    fs::write(&titled, r#"{"reference": "ISO 99922:2019", "title": "Doors and more"}"#).unwrap();
    let sources = [Source::IsoDeliverables(path), Source::JsonLines(titled)];
    let (works, report) = Importer::new().read(&sources).unwrap();
    let [old, new] = works.as_slice() else { panic!("{works:?}") };
    // Without a title anywhere, the scope speaks for it.
    assert_eq!(old.titles, ["Doors of lifts: — that slide."], "{:?}", old.abstract_text);
    assert_eq!(
        (old.status, &old.replaced_by[..]),
        (Status::Withdrawn, &["ISO 99922".to_owned()][..])
    );
    assert_eq!(new.titles, ["Doors and more"]);
    assert_eq!(report.joined.untitled, 1);
    let source = &report.sources[0];
    assert_eq!((source.kept, source.remarks["no title of its own"]), (3, 3));
    assert_eq!(source.remarks["names a document that is not in the file"], 1);
    // Seen from 2017, the later document has not taken its place yet.
    let (works, _) = Importer::new().until(2017).read(&sources).unwrap();
    assert_eq!((works.len(), works[0].status), (1, Status::Published));
}
