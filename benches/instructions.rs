//! One fixed proposal matched again and again, and nothing else, to be run under a counter of
//! instructions, since times are noisy: the difference between two numbers of rounds is what the
//! rounds cost.
//!
//! ```text
//! cargo bench --package spcg-benches --no-run
//! valgrind --tool=callgrind target/release/deps/instructions-… scoring 0
//! valgrind --tool=callgrind target/release/deps/instructions-… scoring 100
//! ```
//!
//! What can be counted: `analysis`, `scoring` (all signals), `matching` (with evidence) and
//! `screening`. `SPCG_INDEX` names an index; without it the built-in data serve.
#![allow(missing_docs)]

use std::hint::black_box;
use std::path::Path;

use spcg::matching::Matcher;
use spcg::{Proposal, Screener};

fn main() {
    // `cargo bench` itself runs it with `--bench`: once through everything, so that it cannot rot.
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let what = arguments.first().map_or("all", String::as_str);
    let rounds: usize =
        arguments.get(1).map_or(1, |rounds| rounds.parse().expect("a number of rounds"));
    let matcher = match std::env::var_os("SPCG_INDEX") {
        Some(index) => Matcher::open(index).expect("an index"),
        None => Matcher::builtin().expect("the built-in data"),
    };
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../examples/proposals/artificial-intelligence.toml");
    let proposal = Proposal::from_path(file).expect("a proposal");
    let screener = Screener::with_matcher(matcher.clone());
    // The first round fills the working memory.
    for round in 0..=rounds {
        if round == 0 || what == "analysis" || what == "all" {
            black_box(matcher.measure_terms(&proposal));
        }
        if round == 0 || what == "scoring" || what == "all" {
            black_box(matcher.measure_scoring(&proposal));
        }
        if round == 0 || what == "matching" || what == "all" {
            black_box(matcher.matches(&proposal));
        }
        if round == 0 || what == "screening" || what == "all" {
            black_box(screener.screen(&proposal));
        }
    }
}
