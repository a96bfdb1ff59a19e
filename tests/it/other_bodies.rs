//! Documents of other bodies: read in their dialects, kept apart in an index, told in a result.

use std::fs;

use spcg::checklist::{Checklist, Context, Outcome};
use spcg::import::{Imported, Importer, Source};
use spcg::matching::{Elsewhere, Matcher};
use spcg::standards::Status;
use spcg::{Catalogue, Organization, Proposal, Screener};

/// One record a dialect, invented.
const RECORDS: &[(&str, &str)] = &[
    (
        "ETSI_EN_399_901_V1.yaml",
        "---
id: ETSIEN399901
title:
- content: Lifts (LFT); Talking lifts for harbours
docid:
- id: ETSI EN 399 901 V1.1.1 (2011-02)
  type: ETSI
  primary: true
date:
- type: published
  value: 2011-02
abstract:
- content: What lifts in harbours say, and how loudly they say it to passengers.
  language:
  - en
ext:
  doctype:
    type: Standard
  editorialgroup:
  - name: Lifts
  - name: Harbours
",
    ),
    (
        "ETSI_EN_399_901_V2.yaml",
        "---
title:
- content: Lifts (LFT); Talking lifts for harbours and airports
docid:
- id: ETSI EN 399 901 V2.1.1 (2017-05)
  type: ETSI
  primary: true
date:
- type: published
  value: 2017-05
ext:
  editorialgroup:
  - name: Lifts
",
    ),
    (
        "IEEE_P9935.yaml",
        "---
title:
- content: Draft on the lighting of aquaria
docid:
- id: IEEE P9935/D-1, May 2020
  type: IEEE
  primary: true
- id: 978-0-0000-0000-0
  type: ISBN
date:
- type: issued
  value: '2020'
docstatus:
  stage:
    value: draft
ext:
  editorialgroup:
    committee:
    - Aquaria &amp; Ponds
",
    ),
    (
        "index-aquaria.yaml",
        "---
title:
- language: en
  content: Aquaria in pages
docidentifier:
- content: W3C REC-aquaria-20190301
  type: W3C
  primary: true
date:
- type: published
  at: '2019-03-01'
status:
  stage:
    content: Recommendation
contributor:
- organization:
    name:
    - content: The consortium
    subdivision:
    - name:
      - content: Aquaria Working Group
",
    ),
    ("index-v1.yaml", "- this: is no record\n"),
    (
        "ITU-R_XX_9945-2.yaml",
        "---
title:
- content: Attenuation of waves by fish
docid:
- id: ITU-R XX.9945-2
  type: ITU
  primary: true
date:
- type: published
  value: '1990'
",
    ),
    (
        "common.yaml",
        "---
title:
- content: Lifts in common
docid:
- id: ISO/IEC/IEEE 99907-2019
  type: IEEE
  primary: true
",
    ),
    (
        "iso.yaml",
        "---
title:
- content: Doors of lifts
  type: main
docid:
- id: ISO 99908:2016
  type: ISO
  primary: true
date:
- type: published
  value: '2016'
",
    ),
];

fn imported() -> Imported {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in RECORDS {
        fs::write(folder.path().join(name), text).unwrap();
    }
    Importer::new().strict(true).read_all(&[Source::Relaton(folder.path().to_owned())]).unwrap()
}

#[test]
fn every_dialect_becomes_a_document_with_its_group_and_the_editions_are_one() {
    let Imported { works, external, report, .. } = imported();
    assert_eq!(works.len(), 1);
    let told: Vec<(&str, &str, &str, Status)> = external
        .iter()
        .map(|one| (&*one.reference, &*one.title, &*one.group, one.status))
        .collect();
    assert_eq!(
        told,
        [
            (
                "ETSI EN 399 901",
                "Lifts (LFT); Talking lifts for harbours and airports",
                "Lifts",
                Status::Published
            ),
            (
                "IEEE 9935",
                "Draft on the lighting of aquaria",
                "Aquaria & Ponds",
                Status::UnderDevelopment
            ),
            ("ITU-R XX.9945", "Attenuation of waves by fish", "", Status::Published),
            ("W3C aquaria", "Aquaria in pages", "Aquaria Working Group", Status::Published),
        ]
    );
    // The abstract is that of the latest edition that has one.
    assert!(external[0].abstract_text.contains("how loudly"));
    assert_eq!(
        (external[0].editions, &*external[0].latest),
        (2, "ETSI EN 399 901 V2.1.1 (2017-05)")
    );
    let source = &report.sources[0];
    assert_eq!((source.read, source.kept, source.other_files), (7, 6, 1));
    assert_eq!(source.bodies["ETSI"], 2);
    assert_eq!(report.external["ETSI"], 1);
    assert_eq!(source.left_out["published together with ISO or IEC, whose lists hold it"], 1);
}

#[test]
fn documents_published_later_do_not_count() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in RECORDS {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let source = Source::Relaton(folder.path().to_owned());
    let Imported { external, .. } = Importer::new().until(2011).read_all(&[source]).unwrap();
    let references: Vec<&str> = external.iter().map(|one| &*one.latest).collect();
    assert_eq!(references, ["ETSI EN 399 901 V1.1.1 (2011-02)", "ITU-R XX.9945-2"]);
}

/// A proposal near the document of ETSI.
fn proposal() -> Proposal {
    Proposal::builder()
        .title("Talking lifts for harbours and airports")
        .scope("What lifts in harbours and airports say, and how loudly they say it to passengers.")
        .organization(Organization::Iso)
        .build()
}

#[test]
fn an_index_keeps_them_apart_from_works_and_committees() {
    let Imported { works, external, .. } = imported();
    let folder = tempfile::tempdir().unwrap();
    let build = |name: &str, external: &[spcg::standards::ExternalDocument]| {
        let path = folder.path().join(name);
        let (catalogue, report) = (Catalogue::builtin(), serde_json::json!({}));
        let works = works.clone();
        Matcher::create_with_external(&path, &catalogue, works, external, "invented", report)
            .unwrap();
        Matcher::open(&path).unwrap()
    };
    let (without, with) = (build("without", &[]), build("with", &external));
    assert_eq!((without.external_count(), with.external_count()), (0, 4));
    assert_eq!((without.work_count(), with.work_count()), (1, 1));
    let (plain, whole) = (without.matches(&proposal()), with.matches(&proposal()));
    assert_eq!(plain.elsewhere, None);
    assert_eq!((plain.interests, plain.overlaps), (whole.interests, whole.overlaps));
    let first = &whole.elsewhere.unwrap()[0];
    assert_eq!((&*first.body, &*first.reference), ("ETSI", "ETSI EN 399 901"));
    assert_eq!((first.year, first.group.as_deref()), (Some(2017), Some("Lifts")));
    assert_eq!(first.named_in, None);

    let mut naming = proposal();
    naming.justification = "It goes on from EN 399901.".to_owned();
    let screening = Screener::with_matcher(with.clone()).screen(&naming);
    let first = &screening.elsewhere.as_ref().unwrap()[0];
    assert_eq!(first.named_in.as_deref(), Some("justification"));
    // Another model changes nothing of what is there.
    let model = with.model().clone();
    assert_eq!(with.with_model(model).external_count(), 4);
}

#[test]
fn close_documents_that_are_not_listed_are_named() {
    let mut proposal = proposal();
    let outcome = |proposal: &Proposal, elsewhere: &[Elsewhere], rule: &str| {
        let findings = Checklist::standard().run(&Context::new(proposal).with_elsewhere(elsewhere));
        let finding = findings.into_iter().find(|finding| finding.rule == rule).unwrap();
        (finding.outcome, finding.message)
    };
    let near = Elsewhere::new("ETSI", "ETSI EN 399 901", "Talking lifts", 0.7);
    let far = Elsewhere::new("ETSI", "ETSI EN 399 902", "Silent lifts", 0.01);
    let (result, message) = outcome(&proposal, &[near.clone(), far.clone()], "C11");
    assert_eq!(result, Outcome::Fail);
    assert_eq!(message, "ETSI EN 399 901 (Talking lifts) is close and not listed");
    let mut named = near.clone();
    named.named_in = Some("scope".to_owned());
    let (_, message) = outcome(&proposal, &[named, far], "C11");
    assert!(!message.contains("ETSI"), "{message}");

    // A document of ITU-R says that the subject touches radio.
    let radio = Elsewhere::new("ITU-R", "ITU-R XX.9945", "Waves in lifts", 0.7);
    let (result, message) = outcome(&proposal, &[radio], "C24");
    assert_eq!(result, Outcome::Fail);
    assert!(message.contains("ITU-R XX.9945 (Waves in lifts)"), "{message}");

    // A draft elsewhere under nearly the same title contradicts a no.
    proposal.submitted_elsewhere =
        serde_json::from_value(serde_json::json!({ "submitted": false })).unwrap();
    let mut draft = near;
    draft.status = Status::UnderDevelopment;
    draft.title_similarity = 0.95;
    let (result, message) = outcome(&proposal, &[draft], "C15");
    assert_eq!(result, Outcome::Fail);
    assert!(message.contains("under development at ETSI"), "{message}");
}
