//! Matching against its own parts and against simpler forms, in one run: read the ratios, not the
//! times.
//!
//! Corpora: the built-in catalogue; a synthetic one of 10,000 works with words drawn by Zipf's law;
//! and, when `SPCG_INDEX` names the folder of an index that the example `import` built, that one.
//! Proposals: the real ones in `examples/proposals`, in turn.
//!
//! `forms` compares, over the same text and corpus: (a) tantivy's top ten, (b) tantivy's exhaustive
//! search, (c) the plain loop over rows of work and weight with its top ten, (d) our accumulation
//! with its top ten, (e) our full matching, all signals with the evidence of the flagged; and the
//! floor, one read of the same postings.
#![allow(missing_docs)]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};
use spcg::checklist::{Checklist, Context};
use spcg::matching::Matcher;
use spcg::matching::steps::PlainRows;
use spcg::{Proposal, Screener};

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    let proposals = proposals();
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    synthetic::build(folder.path(), 10_000);
    let mut corpora: Vec<(String, Option<PathBuf>)> = vec![
        ("built-in".to_owned(), None),
        ("synthetic 10k".to_owned(), Some(folder.path().to_owned())),
    ];
    if let Some(index) = std::env::var_os("SPCG_INDEX") {
        corpora.push(("real".to_owned(), Some(index.into())));
    }
    for (name, folder) in corpora {
        let matcher = match &folder {
            Some(folder) => Matcher::open(folder).expect("an index"),
            None => Matcher::builtin().expect("the built-in data"),
        };
        if let Some(folder) = &folder {
            criterion.bench_function(&format!("{name}/open"), |b| {
                b.iter(|| Matcher::open(folder).expect("an index"))
            });
        }
        forms(&mut criterion, &name, &matcher, &proposals);
        steps(&mut criterion, &name, &matcher, &proposals);
        batch(&mut criterion, &name, &matcher, &proposals);
    }
    criterion.final_summary();
}

fn proposals() -> Vec<Proposal> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/proposals");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the sample proposals")
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort();
    files.iter().map(|file| Proposal::from_path(file).expect("a proposal")).collect()
}

/// One call after the other over the proposals.
fn in_turn<'a, T: 'a>(items: &'a [T]) -> impl FnMut() -> &'a T {
    let mut next = 0;
    move || {
        next = (next + 1) % items.len();
        &items[next]
    }
}

fn forms(criterion: &mut Criterion, name: &str, matcher: &Matcher, proposals: &[Proposal]) {
    let mut group = criterion.benchmark_group(format!("{name}/forms"));
    let mut next = in_turn(proposals);
    group.bench_function("a: tantivy top ten", |b| {
        b.iter(|| black_box(matcher.measure_tantivy(next(), false)))
    });
    let mut next = in_turn(proposals);
    group.bench_function("b: tantivy exhaustive", |b| {
        b.iter(|| black_box(matcher.measure_tantivy(next(), true)))
    });
    let terms: Vec<_> = proposals.iter().map(|proposal| matcher.measure_terms(proposal)).collect();
    if let Some(mut plain) = PlainRows::new(matcher) {
        let mut next = in_turn(&terms);
        group.bench_function("c: plain loop", |b| b.iter(|| black_box(plain.top_ten(next()))));
        let mut next = in_turn(&terms);
        group.bench_function("floor: one read of the postings", |b| {
            b.iter(|| black_box(matcher.measure_floor(next())))
        });
        let mut next = in_turn(&terms);
        group.bench_function("d: our accumulation", |b| {
            b.iter(|| black_box(matcher.measure_accumulation(next())))
        });
    }
    let mut next = in_turn(proposals);
    group.bench_function("e: full matching", |b| b.iter(|| black_box(matcher.matches(next()))));
    group.finish();
}

fn steps(criterion: &mut Criterion, name: &str, matcher: &Matcher, proposals: &[Proposal]) {
    let mut group = criterion.benchmark_group(format!("{name}/steps"));
    let mut next = in_turn(proposals);
    group.bench_function("analysis", |b| b.iter(|| black_box(matcher.measure_terms(next()))));
    let mut next = in_turn(proposals);
    group.bench_function("scoring, all signals", |b| {
        b.iter(|| black_box(matcher.measure_scoring(next())))
    });
    let matched: Vec<_> =
        proposals.iter().map(|proposal| (proposal, matcher.matches(proposal))).collect();
    let checklist = Checklist::standard();
    let mut next = in_turn(&matched);
    group.bench_function("checklist", |b| {
        b.iter(|| {
            let (proposal, matches) = next();
            let mut context = Context::new(proposal)
                .with_interests(&matches.interests)
                .with_catalogue(matcher.catalogue());
            if let Some(overlaps) = &matches.overlaps {
                context = context.with_overlaps(overlaps);
            }
            black_box(checklist.run(&context))
        });
    });
    let screener = Screener::with_matcher(matcher.clone());
    let mut next = in_turn(proposals);
    group.bench_function("one screening", |b| b.iter(|| black_box(screener.screen(next()))));
    group.finish();
}

fn batch(criterion: &mut Criterion, name: &str, matcher: &Matcher, proposals: &[Proposal]) {
    let screener = Screener::with_matcher(matcher.clone());
    let backlog: Vec<Proposal> = proposals.iter().cycle().take(1_000).cloned().collect();
    let mut group = criterion.benchmark_group(format!("{name}/batch of 1,000"));
    group.sample_size(10).throughput(Throughput::Elements(backlog.len() as u64));
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        group.bench_function(BenchmarkId::new("threads", threads), |b| {
            b.iter_batched(
                || (),
                |()| pool.install(|| black_box(screener.screen_all(&backlog))),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}
