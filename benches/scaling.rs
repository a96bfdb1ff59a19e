//! How the cost of matching grows with works, with the length of the text, and with threads, and
//! what memory an index takes.
//!
//! ```text
//! SPCG_WORKS=10000,100000,1000000 cargo bench --bench scaling
//! ```
//!
//! Corpora are synthetic (see `synthetic`); a million works take some minutes and some gigabytes to
//! build. Without `SPCG_WORKS`, 10,000 works; `SPCG_INDEX` names an index to be measured too. Times
//! are the least of several rounds; compare those of one run.
#![allow(missing_docs)]
#![allow(clippy::print_stdout)] // a table for people

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use spcg::matching::Matcher;
use spcg::{Catalogue, Proposal};

/// Lengths of the texts, in words.
const LENGTHS: [usize; 5] = [10, 30, 100, 300, 1000];
const ROUNDS: usize = 5;

fn main() {
    let sizes = std::env::var("SPCG_WORKS").unwrap_or_else(|_| "10000".to_owned());
    let sizes: Vec<usize> =
        sizes.split(',').map(|size| size.trim().parse().expect("a number of works")).collect();
    let by_length: Vec<(usize, Vec<Proposal>)> =
        LENGTHS.map(|length| (length, proposals(length, 40))).into();
    println!("| works | built s | open ms | postings MB a 100,000 works (raw) | all else MB |");
    println!("|---|---|---|---|---|");
    let mut rows = Vec::new();
    let mut corpora: Vec<(PathBuf, Option<tempfile::TempDir>, f64)> = Vec::new();
    for works in sizes {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let begun = Instant::now();
        synthetic::build(folder.path(), works);
        corpora.push((folder.path().to_owned(), Some(folder), begun.elapsed().as_secs_f64()));
    }
    corpora.extend(std::env::var_os("SPCG_INDEX").map(|index| (index.into(), None, 0.0)));
    for (folder, _kept, built) in corpora {
        let open = least(|| drop(black_box(Matcher::open(&folder).expect("an index"))));
        let matcher = Matcher::open(&folder).expect("an index");
        let works = matcher.work_count();
        let memory = matcher.measure_memory();
        let per = |bytes: usize| bytes as f64 / 1e6 * 1e5 / works as f64;
        println!(
            "| {works} | {built:.1} | {:.0} | {:.1} ({:.1}) | {:.1} |",
            open.as_secs_f64() * 1e3,
            per(memory.postings),
            per(memory.raw_postings),
            (memory.portfolios + memory.cards) as f64 / 1e6,
        );
        for (length, proposals) in &by_length {
            let terms: usize =
                proposals.iter().map(|proposal| matcher.measure_terms(proposal).len()).sum();
            let terms = terms / proposals.len();
            let [one, two] = [1, 2].map(|threads| micros(&matcher, proposals, threads));
            rows.push(format!("| {works} | {length} | {terms} | {one} | {two} |"));
        }
    }
    println!(
        "\n| works | words | terms | one thread, µs a proposal | two threads |\n|---|---|---|---|---|"
    );
    rows.iter().for_each(|row| println!("{row}"));
}

/// Microseconds a proposal, full matching.
fn micros(matcher: &Matcher, proposals: &[Proposal], threads: usize) -> u128 {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let time = pool.install(|| {
        least(|| {
            proposals.par_iter().for_each(|proposal| drop(black_box(matcher.matches(proposal))))
        })
    });
    time.as_micros() / proposals.len() as u128
}

fn least(mut work: impl FnMut()) -> Duration {
    let times = (0..ROUNDS).map(|_| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    });
    times.min().unwrap_or_default()
}

/// Proposals of so many words, drawn from the keywords of committees.
fn proposals(words: usize, count: usize) -> Vec<Proposal> {
    let catalogue = Catalogue::builtin();
    let keywords: Vec<&str> =
        catalogue.active().flat_map(|one| one.keywords()).map(String::as_str).collect();
    let mut state = 7_u64;
    let mut text = |length: usize| -> String {
        let mut text = String::new();
        while text.split_whitespace().count() < length {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(keywords[(state >> 33) as usize % keywords.len()]);
            text.push(' ');
        }
        text
    };
    (0..count)
        .map(|_| {
            Proposal::builder()
                .title(text(words.min(8)))
                .scope(text(words.saturating_sub(8)))
                .build()
        })
        .collect()
}
