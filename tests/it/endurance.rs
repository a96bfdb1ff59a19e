//! Inputs that are made to exhaust: what they cost grows with their size and no faster, and what
//! would cost more than it may is refused with its cause.

use std::time::{Duration, Instant};

use serde_json::json;
use spcg::checklist::{Checklist, Context, Finding, Outcome};
use spcg::proposal::Format;
use spcg::{Catalogue, Proposal};

/// Quadratic cost would be minutes, also on a busy machine: a bound that no clock makes fail.
const AMPLE: Duration = Duration::from_secs(60);
const MANY: usize = 8_000;

fn committee(at: usize) -> String {
    format!("IEC TC {}/SC {}", at % 120 + 1, at / 120 + 1)
}

fn read(record: &serde_json::Value) -> Proposal {
    Proposal::from_bytes(record.to_string().as_bytes(), Some(Format::Json)).unwrap()
}

fn findings(proposal: &Proposal, checklist: &Checklist, rule: &str) -> Vec<Finding> {
    let catalogue = Catalogue::builtin();
    let context = Context::new(proposal).with_catalogue(&catalogue);
    let all = checklist.run(&context).into_iter();
    all.filter(|one| one.rule == rule).collect()
}

#[test]
fn lists_that_meet_each_other_cost_no_more_than_their_lengths() {
    let list = |one: &dyn Fn(usize) -> serde_json::Value| (0..MANY).map(one).collect::<Vec<_>>();
    let asked = list(&|at| json!({"committee": committee(at), "outcome": "objection"}));
    let open = list(&|at| json!({"committee": committee(at + 1), "description": "pumps"}));
    let same = list(&|_| json!({"committee": "IEC TC 2", "date": "2031-01-01", "note": "tbd"}));
    let told = list(&|at| json!({"description": format!("{} on pumps", committee(at))}));
    let codes = list(&|at| json!(format!("{:02}.{:03}", at % 90 + 10, at % 900 + 100)));
    let begun = Instant::now();
    for record in [
        json!({"contacts_made": asked, "open_disagreements": open}),
        json!({"contacts_made": asked, "open_disagreements": told}),
        json!({"contacts_made": same}),
        json!({"related_committees": list(&|at| json!(committee(at))), "ics_codes": codes}),
    ] {
        let mut record = record;
        record["title"] = json!("Pumps for wells");
        record["organization"] = json!("ISO");
        drop(findings(&read(&record), &Checklist::standard(), "C21"));
    }
    let sections: String =
        (0..MANY).map(|at| format!("## Annex {at}\n\nSee {}.\n\n", committee(at))).collect();
    let text = format!("# Pumps\n\n## Scope\n\nPumps for wells.\n\n{sections}");
    let read = Proposal::from_bytes(text.as_bytes(), Some(Format::Text)).unwrap();
    drop(findings(&read, &Checklist::standard(), "C21"));
    assert!(begun.elapsed() < AMPLE, "{:?}", begun.elapsed());
}

/// Which disagreement an objection is found in: with the same committee, above or below it, by a
/// name that is no committee's, or by a description.
#[test]
fn an_objection_is_found_among_the_disagreements() {
    let level = json!({"level": 1, "next_step": "The officers meet."});
    let with = |fields: serde_json::Value| {
        let mut one = level.clone();
        one.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        one
    };
    let unrecorded = |asked: &str, open: &serde_json::Value| {
        let record = json!({
            "title": "Pumps", "organization": "ISO",
            "contacts_made": [{"committee": asked, "outcome": "objection", "date": "2031-01-01"}],
            "open_disagreements": [open],
        });
        let found = findings(&read(&record), &Checklist::standard(), "C21");
        found.iter().any(|one| one.message.contains("objects, and nothing says"))
    };
    for (asked, open, missing) in [
        ("IEC TC 2", json!({"committee": "IEC TC 2"}), false),
        ("IEC TC 2/SC 1", json!({"committee": "IEC TC 2"}), false),
        ("IEC TC 2", json!({"committee": "IEC TC 2/SC 1"}), false),
        ("IEC TC 2", json!({"committee": "IEC TC 23"}), true),
        ("Society of Wells", json!({"committee": "society of wells"}), false),
        ("Society of Wells", json!({"committee": "Society of Pumps"}), true),
        ("IEC TC 2", json!({"description": "With IEC TC 2, on shafts."}), false),
        ("IEC TC 2", json!({"description": "With the makers of shafts."}), true),
    ] {
        assert_eq!(unrecorded(asked, &with(open.clone())), missing, "{asked}: {open}");
    }
    // What the same body answered afterwards settles it; what it answered before does not.
    for (later, settled) in [("2031-02-01", true), ("2030-12-01", false)] {
        let record = json!({
            "title": "Pumps", "organization": "ISO",
            "contacts_made": [
                {"committee": "IEC TC 2", "outcome": "objection", "date": "2031-01-01"},
                {"committee": "IEC TC 2", "outcome": "no_interest", "date": later},
            ],
        });
        let found = findings(&read(&record), &Checklist::standard(), "C21");
        assert_eq!(found.iter().all(|one| one.outcome != Outcome::Fail), settled, "{found:?}");
    }
}

#[test]
fn own_rules_that_contradict_themselves_are_refused() {
    let rule =
        |rest: &str| format!("[[own]]\nid = \"N1\"\nquestion = \"?\"\nfield = \"title\"\n{rest}");
    for (text, says) in [
        (rule("min_length = 9\nmax_length = 3\n"), "`min_length` is 9, more than `max_length`"),
        (
            "[thresholds]\ncommittee_possible = 0.6\ncommittee_likely = 0.3\n".to_owned(),
            "`committee_possible` is 0.6, more than `committee_likely`, which is 0.3",
        ),
        // Also with one that the file leaves alone.
        ("[thresholds]\noverlap_moderate = 0.99\n".to_owned(), "more than `overlap_strong`"),
        ("[thresholds]\ntitle_equal = 0.1\n".to_owned(), "`title_related` is 0.65"),
    ] {
        let error = Checklist::from_toml(&text).unwrap_err();
        assert!(error.is_malformed() && error.to_string().contains(says), "{error}");
        assert!(error.line().is_some(), "{error}");
    }
    assert!(Checklist::from_toml(&rule("min_length = 3\nmax_length = 3\n")).is_ok());
    let many: String = (0..201)
        .map(|at| {
            format!(
                "[[own]]\nid = \"N{at}\"\nquestion = \"?\"\nfield = \"title\"\nrequired = true\n"
            )
        })
        .collect();
    let error = Checklist::from_toml(&many).unwrap_err();
    assert!(error.is_too_large() && error.to_string().contains("200 own rules"), "{error}");
}

#[test]
fn own_rules_cost_no_more_than_they_may() {
    let begun = Instant::now();
    let rule = |rest: &str| {
        let text = format!("[[own]]\nid = \"N1\"\nquestion = \"?\"\n{rest}");
        Checklist::from_toml(&text).unwrap()
    };
    // A pattern that counts far, on a long text that all but matches it.
    let counting = rule("field = \"scope\"\npattern = '^.*p[u-z]{4000}q$'\n");
    let long = read(&json!({"title": "Pumps", "scope": "p".repeat(900_000)}));
    let found = findings(&long, &counting, "N1");
    assert_eq!(found[0].outcome, Outcome::CannotTell, "{found:?}");
    assert!(found[0].message.contains("too large to be looked for"), "{}", found[0].message);
    // The same pattern on a text of a usual length, and a usual pattern on a long one, are tried.
    let short = read(&json!({"title": "Pumps", "scope": "p".repeat(900)}));
    assert_eq!(findings(&short, &counting, "N1")[0].outcome, Outcome::Fail);
    let usual = rule("field = \"scope\"\npattern = '^p+$'\n");
    assert_eq!(findings(&long, &usual, "N1")[0].outcome, Outcome::Pass);
    // Dates are compared with the latest, each once, and the faults that are told are bounded.
    let dates =
        rule("field = \"contacts_made.date\"\nnot_before = \"existing_work_searched.date\"\n");
    let asked: Vec<_> =
        (0..3000).map(|_| json!({"committee": "IEC TC 2", "date": "2031-01-01"})).collect();
    let searched: Vec<_> =
        (0..3000).map(|_| json!({"organization": "ISO", "date": "2031-02-01"})).collect();
    let pairs = json!({"title": "x", "contacts_made": asked, "existing_work_searched": searched});
    let found = findings(&read(&pairs), &dates, "N1");
    assert_eq!(found.len(), 101);
    assert!(found.iter().any(|one| one.message.contains("2900 more faults")), "{:?}", found.last());
    let choice = rule("field = \"related_committees\"\none_of = [\"IEC TC 1\"]\n");
    let many: Vec<_> = (0..3000).map(|at| json!(committee(at))).collect();
    let found = findings(&read(&json!({"title": "x", "related_committees": many})), &choice, "N1");
    assert_eq!(found.len(), 101);
    assert!(begun.elapsed() < AMPLE, "{:?}", begun.elapsed());
}
