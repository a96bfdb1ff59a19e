//! How the cost of one screening grows with its input: each list and each text of a proposal, and
//! the forms of its file, doubled and doubled again.
//!
//! ```text
//! cargo bench --package spcg-benches --bench growth [-- NAME]
//! ```
//!
//! For each family the time of the processor at a size, at twice and at four times the size, and
//! the exponent between the last two: 1 is linear, 2 quadratic. Families with an exponent over 1.3
//! are marked; those that are refused say so. Inputs are made here, and nobody's.
#![allow(missing_docs)]
#![allow(clippy::print_stdout)] // a table for people

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

use serde_json::{Value, json};
use spcg::proposal::Format;
use spcg::{Proposal, Screener};

/// Sizes of lists, in items.
const ITEMS: usize = 2_000;
/// Sizes of texts, in words.
const WORDS: usize = 20_000;
/// The system counts processor time in steps of four milliseconds.
const LEAST_TIME: Duration = Duration::from_millis(120);

/// A family of inputs: its name, its least size, and the file of a size.
type Family = (&'static str, usize, fn(usize) -> (Format, String));

fn main() {
    let wanted = std::env::args().skip(1).find(|one| !one.starts_with("--"));
    let screener = Screener::builtin().expect("the built-in data");
    println!("| input | size | ms | twice | four times | exponent |\n|---|---|---|---|---|---|");
    let mut steep = Vec::new();
    for (name, size, make) in families() {
        if wanted.as_ref().is_some_and(|wanted| !name.contains(wanted.as_str())) {
            continue;
        }
        let times = [1, 2, 4].map(|by| {
            let (format, text) = make(size * by);
            one_round(&screener, format, &text)
        });
        let [one, two, four] = times.map(|(time, _)| time.as_secs_f64() * 1e3);
        let exponent = (four / two).log2();
        let refused = if times.iter().any(|(_, refused)| *refused) { " (refused)" } else { "" };
        let mark = if exponent > 1.3 { " **" } else { "" };
        println!(
            "| {name}{refused} | {size} | {one:.1} | {two:.1} | {four:.1} | {exponent:.2}{mark} |"
        );
        if exponent > 1.3 {
            steep.push(name);
        }
    }
    println!("\n{} over 1.3: {}", steep.len(), steep.join(", "));
}

/// The processor time of one round, over as many as can be measured, and whether the input was
/// refused.
fn one_round(screener: &Screener, format: Format, text: &str) -> (Duration, bool) {
    let mut refused = false;
    let begun = processor_time();
    for round in 1.. {
        match Proposal::from_bytes(text.as_bytes(), Some(format)) {
            Ok(proposal) => drop(black_box(screener.screen(&proposal))),
            Err(_) => refused = true,
        }
        let time = processor_time() - begun;
        if time >= LEAST_TIME {
            return (time / round, refused);
        }
    }
    unreachable!("the rounds do not end")
}

/// What this thread has had of the processor: other work beside does not count.
fn processor_time() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = told.split(' ').next().and_then(|one| one.parse().ok());
    nanos.map_or_else(|| panic!("the system does not tell processor times"), Duration::from_nanos)
}

fn committee(at: usize) -> String {
    format!("ISO/TC {}/SC {}", at % 350 + 1, at / 350 + 1)
}

fn standard(at: usize) -> String {
    format!("ISO {}-{}:20{:02}", at % 9000 + 1000, at / 9000 + 1, at % 30)
}

fn day(at: usize) -> String {
    format!("20{:02}-{:02}-{:02}", at % 30, at % 12 + 1, at % 28 + 1)
}

/// A record with one list of its own beside what every record has.
fn with(field: &str, count: usize, item: impl Fn(usize) -> Value) -> (Format, String) {
    let list: Vec<Value> = (0..count).map(item).collect();
    of(json!({ field: list }))
}

fn of(fields: Value) -> (Format, String) {
    let mut record = json!({
        "title": "Marks on spare parts of household appliances", "organization": "ISO",
        "kind": "new_field", "scope": "Identification of spare parts of household appliances.",
    });
    if let (Value::Object(record), Value::Object(fields)) = (&mut record, fields) {
        record.extend(fields);
    }
    (Format::Json, record.to_string())
}

/// Words that differ, so that nothing is looked up twice.
fn words(count: usize) -> String {
    const PARTS: [&str; 12] =
        ["ma", "ter", "spi", "lon", "gra", "vel", "tic", "sor", "pen", "dul", "fis", "kor"];
    let word = |at: usize| {
        let (a, b, c) = (at % 12, at / 12 % 12, at / 144 % 12);
        format!("{}{}{}{}", PARTS[a], PARTS[b], PARTS[c], if at % 15 == 14 { "." } else { "" })
    };
    (0..count).map(word).collect::<Vec<_>>().join(" ")
}

fn repeated(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, at| {
        let _ = write!(text, "{}", one(at)); // writing to a string cannot fail
        text
    })
}

fn markdown(rest: &str) -> (Format, String) {
    (Format::Text, format!("# Marks on spare parts\n\n## Scope\n\nMarks on parts.\n\n{rest}"))
}

#[allow(clippy::too_many_lines)] // a table
fn families() -> Vec<Family> {
    vec![
        ("related committees", ITEMS, |n| with("related_committees", n, |at| json!(committee(at)))),
        ("related standards", ITEMS, |n| {
            with("related_standards", n, |at| json!({"reference": standard(at), "title": words(6)}))
        }),
        ("one standard, again and again", ITEMS, |n| {
            with("related_standards", n, |_| json!({"reference": "ISO 9999", "distinction": "x"}))
        }),
        ("committees asked", ITEMS, |n| {
            with(
                "contacts_made",
                n,
                |at| json!({"committee": committee(at), "date": day(at), "outcome": "no_interest"}),
            )
        }),
        ("one committee, asked again and again", ITEMS, |n| {
            with("contacts_made", n, |at| json!({"committee": "ISO/TC 1", "date": day(at)}))
        }),
        ("one committee that objects again and again", ITEMS, |n| {
            with(
                "contacts_made",
                n,
                |_| json!({"committee": "IEC TC 1", "date": "2024-01-01", "outcome": "objection"}),
            )
        }),
        ("bodies that are no committees", ITEMS, |n| {
            with(
                "contacts_made",
                n,
                |at| json!({"committee": format!("Society {at}"), "outcome": "objection"}),
            )
        }),
        ("objections and disagreements", ITEMS, |n| {
            let asked = |at| json!({"committee": committee(at), "outcome": "objection"});
            let open = |at| json!({"committee": committee(at + 1), "description": words(4)});
            let (asked, open): (Vec<_>, Vec<_>) =
                ((0..n).map(asked).collect(), (0..n).map(open).collect());
            of(json!({"contacts_made": asked, "open_disagreements": open}))
        }),
        ("disagreements in words", ITEMS, |n| {
            let asked = |at| json!({"committee": committee(at), "outcome": "objection"});
            let open = |at| json!({"description": format!("{at}: {}", words(20))});
            let (asked, open): (Vec<_>, Vec<_>) =
                ((0..n).map(asked).collect(), (0..n).map(open).collect());
            of(json!({"contacts_made": asked, "open_disagreements": open}))
        }),
        ("searches", ITEMS, |n| {
            with("existing_work_searched", n, |at| {
                json!({"organization": "ISO", "database": format!("register {at}"),
                    "date": day(at), "findings": [standard(at)]})
            })
        }),
        ("findings of one search", ITEMS, |n| {
            let found: Vec<String> = (0..n).map(standard).collect();
            of(json!({"existing_work_searched": [{"organization": "ISO", "findings": found}]}))
        }),
        ("exclusions", ITEMS, |n| {
            with(
                "out_of_scope",
                n,
                |at| json!({"subject": words(8), "committees": [committee(at)]}),
            )
        }),
        ("committees of one exclusion", ITEMS, |n| {
            let all: Vec<String> = (0..n).map(committee).collect();
            of(json!({"out_of_scope": [{"subject": "screws", "committees": all}]}))
        }),
        ("liaisons", ITEMS, |n| {
            with("liaisons", n, |at| json!({"body": committee(at), "agreed": true}))
        }),
        ("liaisons with bodies", ITEMS, |n| {
            with("liaisons", n, |at| json!({"body": format!("Society {at}"), "agreed": true}))
        }),
        ("supporters", ITEMS, |n| {
            with(
                "supporters",
                n,
                |at| json!({"name": format!("Member {at}"), "support": "support"}),
            )
        }),
        ("stakeholders", ITEMS, |n| {
            with(
                "stakeholders",
                n,
                |at| json!({"category": format!("group {at}"), "effect": words(5)}),
            )
        }),
        ("programme", ITEMS, |n| with("programme", n, |at| json!(format!("{at} {}", words(6))))),
        ("classification", ITEMS, |n| {
            with("ics_codes", n, |at| {
                json!(format!("{:02}.{:03}.{:02}", at % 97 + 1, at % 999 + 1, at % 90 + 10))
            })
        }),
        ("committees that could do it", ITEMS, |n| {
            let all: Vec<String> = (0..n).map(committee).collect();
            of(json!({"existing_committee_option": {"committees": all, "reason": "none fits"}}))
        }),
        ("title", WORDS / 10, |n| of(json!({"title": words(n)}))),
        ("scope", WORDS, |n| of(json!({"scope": words(n)}))),
        ("scope in capitals", WORDS, |n| of(json!({"scope": words(n).to_uppercase()}))),
        ("scope of one sentence", WORDS, |n| of(json!({"scope": words(n).replace('.', "")}))),
        ("justification", WORDS, |n| of(json!({"justification": words(n)}))),
        ("notes that name committees", ITEMS, |n| {
            of(json!({"notes": repeated(n, |at| format!("See {}. ", committee(at)))}))
        }),
        ("notes that name standards", ITEMS, |n| {
            of(json!({"notes": repeated(n, |at| format!("See {}. ", standard(at)))}))
        }),
        ("running titles of works", ITEMS, |n| {
            of(
                json!({"justification": repeated(n, |at| format!("{}, {}; ", standard(at), words(9)))}),
            )
        }),
        ("exclusions in the scope", ITEMS, |n| {
            of(json!({"scope": repeated(n, |at| format!("Screws of type {at} are excluded. "))}))
        }),
        ("abbreviations of the title", ITEMS / 4, |n| {
            of(json!({"title": repeated(n, |at| format!("A{}X ", words(at % 144 + 1).len()))}))
        }),
        ("sections that are not known", ITEMS / 2, |n| {
            markdown(&repeated(n, |at| format!("## Annex {at}\n\nSee {}.\n\n", committee(at))))
        }),
        ("headings that shout", ITEMS, |n| markdown(&"THIS IS ALL SHOUT X\n\nx\n\n".repeat(n))),
        ("headings that nearly are known", ITEMS, |n| {
            markdown(&repeated(n, |at| format!("## Justifikation {at}\n\nx\n\n")))
        }),
        ("one known heading, again and again", ITEMS / 2, |n| {
            markdown(&"## Justification\n\nIt is needed.\n\n".repeat(n))
        }),
        ("rows of a table", ITEMS, |n| {
            let rows = repeated(n, |at| format!("| {} | {at} |\n", committee(at)));
            markdown(&format!("## Contacts\n\n| Committee | Answer |\n|---|---|\n{rows}"))
        }),
        ("items of a list", ITEMS, |n| {
            markdown(&format!("## Programme\n\n{}", repeated(n, |at| format!("- part {at}\n"))))
        }),
        ("emphasis that is never closed", WORDS, |n| markdown(&"*a **b ".repeat(n))),
        ("brackets that are never closed", WORDS, |n| markdown(&"[a](b ".repeat(n))),
        ("labelled lines", ITEMS, |n| {
            let lines = repeated(n, |at| format!("Label {at}: value {at}\n"));
            (Format::Text, format!("Title: Marks on spare parts\nScope: Marks.\n{lines}"))
        }),
        ("keys of YAML", ITEMS, |n| {
            (
                Format::Yaml,
                format!("title: Marks\nscope: Marks\nprogramme:\n{}", "  - a\n".repeat(n)),
            )
        }),
        ("tables of TOML", ITEMS, |n| {
            let tables = "[[contacts_made]]\ncommittee = \"ISO/TC 1\"\n".repeat(n);
            (Format::Toml, format!("title = \"Marks\"\nscope = \"Marks\"\n{tables}"))
        }),
    ]
}
