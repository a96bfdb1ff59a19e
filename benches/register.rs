//! What a register of many cases costs: to open, to ask what is due, to freeze and render a report.
//!
//! ```text
//! SPCG_CASES=1000 cargo bench --bench register
//! ```
//!
//! Ten events a case, invented. Times are the least of several rounds; the folder is warm. A register
//! of an office sees some hundred events a year.
#![allow(missing_docs)]
#![allow(clippy::print_stdout)] // a table for people

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use spcg::Organization;
use spcg::boards::{Beside, Free, Record};
use spcg::proposal::Date;
use spcg::register::*;

const ROUNDS: usize = 5;

fn main() {
    let cases = std::env::var("SPCG_CASES").unwrap_or_else(|_| "100".to_owned());
    let cases: usize = cases.parse().expect("a number of cases");
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let begun = Instant::now();
    build(folder.path(), cases);
    let built = begun.elapsed().as_secs_f64();
    let register = Register::open(folder.path()).expect("a register");
    let events: usize = register.cases().map(|case| case.log().len()).sum();
    let today = day("2031-03-06");
    let period = (day("2031-01-01"), day("2031-04-01"));
    let report = || {
        let record = Record::freeze(register.cases(), &Beside::default(), period);
        let record = record.expect("a record");
        record.report(Organization::ItuT, &Free::default(), "", &[]).expect("a report")
    };
    let document = report();
    println!("{events} events in {cases} cases, written in {built:.1} s");
    println!("| what | ms |");
    println!("|---|---|");
    row("open", || drop(black_box(Register::open(folder.path()).expect("a register"))));
    row("due", || drop(black_box(register.due(today))));
    row("states", || {
        register.cases().for_each(|one| drop(black_box(one.status(today))));
    });
    row("freeze and report", || drop(black_box(report())));
    row("as Markdown", || drop(black_box(document.to_markdown())));
    let everything = || drop(black_box(register.check()));
    row("check of every file", everything);
    if let Some(peak) = peak() {
        println!("most memory of this process: {peak}");
    }
}

fn row(what: &str, work: impl Fn()) {
    let times = (0..ROUNDS).map(|_| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    });
    let least = times.min().unwrap_or(Duration::ZERO);
    println!("| {what} | {:.1} |", least.as_secs_f64() * 1e3);
}

/// Where the system tells it.
fn peak() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().to_owned())
}

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn build(folder: &Path, cases: usize) {
    let settings = Settings {
        committees: ["ITU-T SG 99", "IEC TC 999", "ISO/TC 999"].map(str::to_owned).to_vec(),
        ..Settings::default()
    };
    let register = Register::create(folder, &settings).expect("a new register");
    for number in 0..cases {
        let received = Received {
            proposal: FileRef::of(
                "proposal.toml",
                format!("title = 'Subject {number}'").as_bytes(),
            ),
            title: format!("Subject {number}"),
            addressed_to: Organization::ALL[number % 3],
            reference: Some(format!("TS/P {number}")),
            form: None,
            proposer: None,
            ballot_closes: None,
            same_subject_as: None,
        };
        let first = Event::new(day("2031-02-01"), "import", Body::Received(received));
        let id = format!("2031-02-subject-{number}");
        let mut case = register.begin(&id, first, &[]).expect("a new case");
        for event in events(number) {
            case.append(event).expect("an event that is allowed");
        }
    }
}

/// Nine more events of a case.
fn events(number: usize) -> Vec<Event> {
    let by_import = |on: &str, body| Event::new(day(on), "import", body);
    let asked = |committee: &str| {
        let asked = Asked {
            committee: committee.to_owned(),
            suggested_by: SuggestedBy::Machine,
            probability: Some(0.4),
            because: Some("texts resemble".into()),
            deadline: None,
        };
        by_import("2031-02-03", Body::Asked(asked))
    };
    let with = Organization::ALL.to_vec();
    let shared = Shared { with, deadline: day("2031-03-10"), reason: None };
    let mut all = vec![
        by_import("2031-02-02", Body::Shared(shared)),
        asked("ITU-T SG 99"),
        asked("IEC TC 999"),
        asked("ISO/TC 999"),
    ];
    for (on, answer) in [("2031-02-20", Answer::InformUs), ("2031-02-21", Answer::Liaison)] {
        let said = Event::statement("ITU-T SG 99", answer).level(Level::Group).on(day(on));
        all.push(said.by("import").source(&format!("LS-{number}")));
    }
    for text in ["Mind the scope.", "Mind the title.", "Mind the day."] {
        let comment = Comment {
            organization: Organization::Iec,
            text: format!("{text} (case {number})"),
            forward: true,
            on: Vec::new(),
        };
        all.push(by_import("2031-02-25", Body::Comment(comment)));
    }
    all
}
