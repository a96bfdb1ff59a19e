//! Findings and errors with the line of the file.

use std::sync::LazyLock;

use spcg::checklist::Checklist;
use spcg::checklist::rules::RULES;
use spcg::report::ReportOptions;
use spcg::{Proposal, Screener, Screening};

/// A screener whose findings rest on the text of the proposal alone, whatever the model says of
/// committees.
fn screener() -> &'static Screener {
    static SCREENER: LazyLock<Screener> = LazyLock::new(|| {
        let off: String = RULES
            .iter()
            .filter(|rule| !rule.needs.is_empty() || matches!(rule.id, "C33" | "C34"))
            .map(|rule| format!("[rules.{}]\noff = true\n", rule.id))
            .collect();
        Screener::builtin().unwrap().with_checklist(Checklist::from_toml(&off).unwrap())
    });
    &SCREENER
}

fn shown(source: &str, name: &str) -> String {
    let proposal = Proposal::from_bytes(source.as_bytes(), None).unwrap();
    let mut screening = screener().screen(&proposal);
    screening.proposal.source = Some(name.to_owned());
    screening.to_diagnostics(Some(source), &ReportOptions::default())
}

#[test]
fn findings_point_into_the_file() {
    let source = r#"
title = "Robots that carry goods in warehouses"
organization = "ISO"
kind = "new_field"
proposer = "SIS (Sweden)"
scope = """
Robots that carry goods in warehouses, their docks and their charging.
Such robots will promote growth.
Privacy of the people who work beside them is covered."""
purpose = "Warehouses want robots of several makers to share a floor."
related_standards = ["ISO 3691-4"]

[[existing_work_searched]]
organization = "ISO"
date = "2026-01"

[[contacts_made]]
committee = "IEC TC 44"
outcome = "objection"
"#;
    insta::assert_snapshot!(shown(source, "robots.toml"));
}

#[test]
fn tabs_and_wide_letters_keep_the_mark_in_place() {
    let source = "title\t= \"機械 robots\"\norganization = \"ISO\"\nkind = \"new_field\"\nproposer = \"\"\n\
                  scope =\t\"Les 機械 und Züge von morgen. 機械 will promote growth.\"\n";
    insta::assert_snapshot!(shown(source, "wide.toml"));
}

#[test]
fn hostile_text_never_reaches_the_terminal() {
    let source = "Title: Robots \u{1b}[31m red \u{9b}2J \u{202e}neves\nOrganization: ISO\nKind: new field\n\
                  Scope: Robots \u{1b}]8;;http://x\u{1b}\\ will promote growth \u{2066}of all.\n";
    let text = shown(source, "evil\u{1b}[2J\n.md");
    assert!(text.contains("Robots"));
    let bad = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(bad), "{text:?}");
    // In colours there are sequences, but only our own.
    let mut options = ReportOptions::default();
    options.color = true;
    let proposal = Proposal::from_bytes(source.as_bytes(), None).unwrap();
    let screening = screener().screen(&proposal);
    let text = screening.to_diagnostics(Some(source), &options);
    assert!(
        text.contains("\u{1b}[") && !text.contains("\u{1b}[2J") && !text.contains("\u{1b}]"),
        "{text:?}"
    );
    // The plain report keeps them out too.
    let text = screening.to_text(&ReportOptions::default());
    assert!(!text.contains(bad_control), "{text:?}");
}

fn bad_control(c: char) -> bool {
    c.is_control() && c != '\n'
}

#[test]
fn long_lines_are_cut_around_the_mark() {
    let filler = "word ".repeat(20_000);
    let source = format!(
        "title = \"Robots\"\norganization = \"ISO\"\nkind = \"new_field\"\n\
         scope = \"Robots specify {filler}. The robots will promote growth. {filler}\"\n"
    );
    let text = shown(&source, "long.toml");
    assert!(
        text.lines().filter(|line| line.contains(" | ")).all(|line| line.chars().count() < 300),
        "{text}"
    );
    assert!(text.contains("4 | scope = \"Robots specify"), "{text}");
}

#[test]
fn without_a_text_the_place_is_named() {
    let source =
        "title = \"Robots\"\norganization = \"ISO\"\nkind = \"new_field\"\nscope = \"Robots.\"\n";
    let screen = |name: &str| -> Screening {
        let mut screening = screener().screen(&Proposal::from_toml(source).unwrap());
        screening.proposal.source = Some(name.to_owned());
        screening
    };
    let text = screen("robots.docx").to_diagnostics(None, &ReportOptions::default());
    assert!(
        text.contains("--> robots.docx\n") && text.contains("scope (paragraph 4): «Robots.»"),
        "{text}"
    );
    let text = screen("robots.toml").to_diagnostics(None, &ReportOptions::default());
    assert!(text.contains("scope (line 4): «Robots.»"), "{text}");
    // Another text than the one that was read: nothing is shown that is not there.
    let text = screen("robots.toml").to_diagnostics(Some("title"), &ReportOptions::default());
    assert!(text.contains("scope (line 4): «Robots.»"), "{text}");
    // A proposal made in a program has neither file nor lines.
    let proposal = Proposal::builder().title("Robots").scope("Robots.").build();
    let text = screener().screen(&proposal).to_diagnostics(None, &ReportOptions::default());
    assert!(text.contains("--> proposal\n") && text.contains("scope: «Robots.»"), "{text}");
}

#[test]
fn errors_point_into_the_file() {
    let source = "title = \"Robots\"\ndate = \"2026-02-30\"\n";
    let error = Proposal::from_toml(source).unwrap_err();
    insta::assert_snapshot!(error.to_diagnostic(Some(source), &ReportOptions::default()), @r#"
    error: `date`: `2026-02-30` is not a date
     --> input:2:8
      |
    2 | date = "2026-02-30"
      |        ^^^^^^^^^^^^
      |
      = help: write it like `2024`, `2024-05` or `2024-05-17`
    "#);
    let error = Proposal::from_path("no/such/file.toml").unwrap_err();
    let text = error.to_diagnostic(None, &ReportOptions::default());
    assert!(
        text.contains("--> no/such/file.toml\n") && text.contains("help: check the path"),
        "{text}"
    );
}
