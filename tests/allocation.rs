//! Scoring allocates nothing. A binary of its own, since counting replaces the allocator of the
//! whole program.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used)] // in a test a panic is the answer

use std::path::Path;

use spcg::matching::Matcher;
use spcg::standards::Work;
use spcg::{Catalogue, Proposal};

fn proposals() -> Vec<Proposal> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/proposals");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| Proposal::from_path(file).unwrap()).collect()
}

/// Once a working memory has met the proposals, scoring them again takes no memory.
fn assert_scoring_allocates_nothing(matcher: &Matcher) {
    let proposals = proposals();
    for proposal in &proposals {
        matcher.measure_loop(proposal, |score| score());
    }
    for proposal in &proposals {
        matcher.measure_loop(proposal, |score| {
            let counted = allocation_counter::measure(|| {
                for _ in 0..3 {
                    score();
                }
            });
            assert_eq!((counted.count_total, counted.bytes_total), (0, 0), "{}", proposal.title);
        });
    }
    // The counter counts.
    assert_eq!(
        allocation_counter::measure(|| drop(std::hint::black_box(vec![1_u8; 100]))).bytes_total,
        100
    );
}

#[test]
fn scoring_allocates_nothing() {
    assert_scoring_allocates_nothing(&Matcher::builtin().unwrap());
}

#[test]
fn scoring_with_works_allocates_nothing() {
    // The samples themselves, as if they had been published, several times.
    let catalogue = Catalogue::builtin();
    let owners: Vec<_> = catalogue.active().filter(|one| !one.reference().is_question()).collect();
    let samples = proposals();
    let works: Vec<Work> = (0..500)
        .map(|number| {
            let (one, other) = (&samples[number % samples.len()], &samples[number / 7 % samples.len()]);
            serde_json::from_value(serde_json::json!({
                "reference": format!("ISO {}", 100 + number), "references": [format!("ISO {}", 100 + number)],
                "titles": [one.title], "abstract": other.scope, "owners": [owners[number].reference()],
                "earlier_owners": [], "organizations": ["ISO"], "status": "published", "first_year": 2000,
                "latest_year": 2020, "ics": ["35.240"], "kind": "international_standard", "editions": 1,
                "supplements": 0
            }))
            .unwrap()
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("index");
    Matcher::create(&folder, &catalogue, works, "samples", serde_json::Value::Null).unwrap();
    assert_scoring_allocates_nothing(&Matcher::open(&folder).unwrap());
}
