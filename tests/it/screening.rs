//! Screening real proposals end to end on the built-in catalogue.

use std::path::{Path, PathBuf};

use spcg::checklist::{Outcome, Severity};
use spcg::report::ReportOptions;
use spcg::{Organization, Proposal, Screener, Screening};

fn sample(name: &str) -> Proposal {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/proposals").join(name);
    Proposal::from_path(path).unwrap()
}

fn screener() -> &'static Screener {
    static SCREENER: std::sync::LazyLock<Screener> =
        std::sync::LazyLock::new(|| Screener::builtin().unwrap());
    &SCREENER
}

fn first(screening: &Screening, organization: Organization, count: usize) -> Vec<String> {
    screening.ranking(organization).take(count).map(|one| one.committee.to_string()).collect()
}

#[test]
fn consumer_product_safety_management() {
    let screening = screener().screen(&sample("consumer-product-safety-management.toml"));
    assert!(screening.is_blocked());
    for rule in ["C03", "C08", "C18", "C28"] {
        let finding =
            screening.findings.iter().find(|one| one.rule == rule && one.outcome == Outcome::Fail);
        assert!(
            !finding.unwrap_or_else(|| panic!("{rule} does not fire")).evidence.is_empty(),
            "{rule}"
        );
    }
    for organization in Organization::ALL {
        assert!(
            screening.ranking(organization).any(|one| one.flagged),
            "{organization}: nobody flagged"
        );
    }
    assert!(first(&screening, Organization::Iec, 5).contains(&"IEC TC 61".to_owned()));
    for named in ["ISO/TC 176", "ISO/TC 262", "ISO/TC 292", "ISO/TC 314", "ISO/PC 329"] {
        let interest =
            screening.interests.iter().find(|one| one.committee.to_string() == named).unwrap();
        assert!(!interest.mentions.is_empty(), "{named} is not shown as named");
        assert!(interest.mentions.iter().any(|mention| mention.line.is_some()));
    }
}

#[test]
fn artificial_intelligence_and_blockchain() {
    let screening = screener().screen(&sample("artificial-intelligence.toml"));
    assert_eq!(first(&screening, Organization::Iso, 1), ["ISO/IEC JTC 1/SC 42"]);
    let flagged: Vec<String> = screening.flagged().map(|one| one.committee.to_string()).collect();
    assert!(flagged.iter().any(|one| one == "ITU-T SG 21" || one == "ITU-T SG 13"), "{flagged:?}");

    let screening = screener().screen(&sample("blockchain.toml"));
    assert_eq!(first(&screening, Organization::Iso, 1), ["ISO/TC 307"]);
    assert!(screening.flagged().any(|one| one.committee.to_string() == "ITU-T SG 17"));
}

#[test]
fn contributions_sum_and_evidence_is_shown() {
    let screening = screener().screen(&sample("blockchain.toml"));
    let mut checked = 0;
    for interest in screening.flagged() {
        let log_odds: f64 = interest.contributions.iter().map(|part| part.log_odds).sum();
        let probability = 1.0 / (1.0 + (-log_odds).exp());
        assert!((probability - interest.probability).abs() < 1e-4, "{}", interest.committee);
        assert!(!interest.evidence.is_empty() && !interest.because().is_empty());
        checked += 1;
    }
    assert!(checked > 3);
}

#[test]
fn without_an_index_overlap_cannot_be_told() {
    let screening = screener().screen(&sample("biodiversity.toml"));
    assert!(screening.overlaps.is_none());
    let outcome =
        |rule: &str| screening.findings.iter().find(|one| one.rule == rule).map(|one| one.outcome);
    assert_eq!(outcome("C13"), Some(Outcome::CannotTell));
}

#[test]
fn an_empty_proposal_is_screened() {
    let screening = screener().screen(&Proposal::default());
    assert!(screening.is_blocked());
    assert!(screening.failures(Severity::Blocker).any(|one| one.rule == "C01"));
    assert_eq!(screening.flagged().count(), 0);
}

#[test]
fn results_are_the_same_bytes_on_any_number_of_threads() {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/proposals"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
    files.sort();
    assert!(files.len() >= 8);
    let proposals: Vec<Proposal> =
        files.iter().map(|file| Proposal::from_path(file).unwrap()).collect();
    let with = |threads: usize| -> Vec<String> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| screener().screen_all(&proposals).iter().map(Screening::to_json).collect())
    };
    let one = with(1);
    assert_eq!(one, with(4));
    for (proposal, json) in proposals.iter().zip(&one) {
        assert_eq!(&screener().screen(proposal).to_json(), json);
        let read: Screening = serde_json::from_str(json).unwrap();
        assert_eq!(&read.to_json(), json);
    }
}

#[test]
fn reports_hold_what_matters() {
    let screening = screener().screen(&sample("consumer-product-safety-management.toml"));
    let text = screening.to_text(&ReportOptions::default());
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = words.join(" ");
    for expected in [
        "Not ready to circulate",
        "C08",
        "To do:",
        "IEC",
        "ITU-T",
        "nobody is interested who has not said so",
    ] {
        assert!(words.contains(expected), "{expected}");
    }
    assert!(!text.contains('\u{1b}'));
    let mut colored = ReportOptions::default();
    colored.color = true;
    assert!(screening.to_text(&colored).contains('\u{1b}'));
    let markdown = screening.to_markdown(&ReportOptions::default());
    assert!(markdown.starts_with("# Consumer product safety management\n"));
    assert!(markdown.contains("| ISO/TC 292 | Security and resilience |"));
}

#[test]
fn the_table_of_readings_is_not_stale() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reading.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (begin, end) = ("<!-- table: begin -->\n", "<!-- table: end -->\n");
    let (before, rest) = text.split_once(begin).unwrap();
    let (shown, after) = rest.split_once(end).unwrap();
    let table = readings();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, [before, begin, &table, end, after].concat()).unwrap();
        return;
    }
    assert_eq!(
        shown, table,
        "docs/reading.md is stale; run the tests with UPDATE=1, and read what has changed"
    );
}

/// Which rules fire on which of the sample proposals.
fn readings() -> String {
    use std::collections::BTreeMap;
    use std::fmt::Write as _;
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/proposals"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
    files.sort();
    let mut text = String::from(
        "| proposal | blockers | warnings | advice | cannot tell |\n|---|---|---|---|---|\n",
    );
    let mut outcomes: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    for file in &files {
        let screening = screener().screen(&Proposal::from_path(file).unwrap());
        // A rule with several findings of one severity is told once, with their number; ° marks
        // blank fields.
        let cell = |severity: Severity| -> String {
            let mut rules: Vec<(&str, usize, bool)> = Vec::new();
            for finding in screening.failures(severity) {
                let is_blank = finding.blank_field().is_some();
                match rules
                    .iter_mut()
                    .find(|(rule, _, blank)| *rule == finding.rule && *blank == is_blank)
                {
                    Some((_, number, _)) => *number += 1,
                    None => rules.push((&finding.rule, 1, is_blank)),
                }
            }
            let words = rules.iter().map(|(rule, number, blank)| {
                let times = if *number > 1 { format!(" ×{number}") } else { String::new() };
                format!("{rule}{}{times}", if *blank { "°" } else { "" })
            });
            words.collect::<Vec<_>>().join(", ")
        };
        let untold: Vec<&str> = screening.untold().map(|finding| finding.rule.as_str()).collect();
        let name = file.file_stem().unwrap().to_string_lossy();
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} | {} |",
            cell(Severity::Blocker),
            cell(Severity::Warning),
            cell(Severity::Advice),
            untold.join(", ")
        );
        let mut seen: Vec<&str> = Vec::new();
        for finding in &screening.findings {
            if seen.contains(&finding.rule.as_str()) {
                continue;
            }
            seen.push(&finding.rule);
            let at = match finding.outcome {
                Outcome::Fail if finding.blank_field().is_some() => 0,
                Outcome::Fail => 1,
                Outcome::CannotTell => 2,
                Outcome::Pass => 3,
                Outcome::NotApplicable => continue,
            };
            outcomes.entry(finding.rule.clone()).or_default()[at] += 1;
        }
    }
    let _ = writeln!(
        text,
        "\nBy rule, of {} proposals; where a rule has several findings, the gravest counts. Rules that apply to none are left \
         out.\n\n| rule | fails, blank field | fails | cannot tell | passes |\n|---|---|---|---|---|",
        files.len()
    );
    for (rule, [blank, fails, untold, passes]) in &outcomes {
        let shown = |number: &usize| if *number == 0 { String::new() } else { number.to_string() };
        let _ = writeln!(
            text,
            "| {rule} | {} | {} | {} | {} |",
            shown(blank),
            shown(fails),
            shown(untold),
            shown(passes)
        );
    }
    text
}

#[test]
fn a_screening_names_the_areas_of_coordination() {
    let proposal = Proposal::builder().title("Machine learning for lifts").build();
    let screener = Screener::builtin().unwrap();
    let screening = screener.screen(&proposal);
    assert_eq!(screening.areas[0].area, "artificial intelligence");
    let text = screening.to_text(&spcg::report::ReportOptions::default());
    assert!(text.contains("AREAS OF COORDINATION\n  artificial intelligence: ISO/IEC JTC 1/SC 42"));
    assert!(
        screening.to_markdown(&spcg::report::ReportOptions::default()).contains("the title says")
    );
    let read: spcg::Screening = serde_json::from_str(&screening.to_json()).unwrap();
    assert_eq!(read, screening);

    let text = "[[area]]\nname = \"lifts\"\nkeywords = [\"lift\"]\ncommittees = [\"ISO/TC 178\"]\n";
    let (own, refused) = spcg::landscape::Landscape::from_toml(text);
    assert!(refused.is_empty());
    let areas = screener.with_landscape(own).screen(&proposal).areas;
    assert_eq!(areas.iter().map(|one| one.area.as_str()).collect::<Vec<_>>(), ["lifts"]);
}
