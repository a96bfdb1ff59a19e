//! The checklist: every rule by its table of cases, and what holds for all rules.
#![allow(clippy::unwrap_used)] // helpers of tests

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};
use spcg::checklist::rules::RULES;
use spcg::checklist::sentences::{self, Sentence};
use spcg::checklist::{
    Checklist, Context, Evidence, Finding, Group, HEADINGS, KnownProposal, Need, Outcome, Rule,
    Severity,
};
use spcg::matching::{Interest, Overlap};
use spcg::proposal::{Date, Proposal};
use spcg::reference::{CommitteeRef, StandardRef};
use spcg::{Catalogue, coordination};

/// What is known around a proposal, in the short form of the tables.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Facts {
    proposal: Proposal,
    interests: Vec<toml::Table>,
    overlaps: Vec<toml::Table>,
    known_proposals: Vec<KnownProposal>,
    today: Option<Date>,
    without: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Case {
    name: String,
    expect: Outcome,
    severity: Option<Severity>,
    #[serde(default)]
    words: Vec<String>,
    findings: Option<usize>,
    #[serde(flatten)]
    facts: Facts,
}

#[derive(Debug, Deserialize)]
struct Cases {
    case: Vec<Case>,
}

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn cases(rule: &str) -> Vec<Case> {
    let path = folder("tests/data/rules").join(format!("{rule}.toml"));
    let cases: Cases =
        toml::from_str(&read(&path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    cases.case
}

fn interest(rank: usize, short: &toml::Table, catalogue: &Catalogue) -> Interest {
    let reference: CommitteeRef = short["committee"].as_str().unwrap().parse().unwrap();
    let title = catalogue.get(&reference).map_or("", |committee| committee.title());
    let mut value = json!({
        "committee": reference.to_string(),
        "title": title,
        "organization": reference.organization().name(),
        "rank": rank,
        "home_probability": 0.0,
        "flagged": short["probability"].as_float().unwrap() >= 0.5,
        "addressee": false,
        "contributions": [],
    });
    merge(&mut value, short);
    serde_json::from_value(value).unwrap()
}

fn overlap(short: &toml::Table) -> Overlap {
    let reference = short["reference"].as_str().unwrap();
    let organizations = reference
        .parse::<StandardRef>()
        .map(|standard| standard.organizations())
        .unwrap_or_default();
    let similarity = match short.get("closeness").and_then(toml::Value::as_str) {
        Some("moderate") => 0.3,
        Some("near_duplicate") => 0.9,
        _ => 0.6,
    };
    let mut value = json!({
        "reference": reference,
        "references": [reference],
        "owners": [],
        "organizations": organizations,
        "status": "published",
        "year": 2022,
        "similarity": similarity,
        "title_similarity": 0.3,
        "closeness": "strong",
        "shared_terms": [],
        "named_in": null,
        "own_series": false,
        "ics": [],
    });
    merge(&mut value, short);
    serde_json::from_value(value).unwrap()
}

fn merge(value: &mut Value, short: &toml::Table) {
    for (key, own) in short {
        value[key] = serde_json::to_value(own).unwrap();
    }
}

/// The standard checklist with round numbers for committees, so that the cases stand whatever the
/// model was fitted on.
fn round_numbers() -> Checklist {
    Checklist::from_toml(
        "[thresholds]\ncommittee_likely = 0.5\ncommittee_likely_elsewhere = 0.5\ncommittee_possible = 0.25",
    )
    .unwrap()
}

/// Runs a checklist over the facts, without those that are to be missing.
fn run(checklist: &Checklist, facts: &Facts, without: &[&str]) -> Vec<Finding> {
    let catalogue = Catalogue::builtin();
    let mut proposal = facts.proposal.clone();
    proposal.settle();
    let interests: Vec<Interest> = facts
        .interests
        .iter()
        .enumerate()
        .map(|(at, short)| interest(at + 1, short, &catalogue))
        .collect();
    let overlaps: Vec<Overlap> = facts.overlaps.iter().map(overlap).collect();
    let given =
        |name: &str| !without.contains(&name) && !facts.without.iter().any(|one| one == name);
    let mut context = Context::new(&proposal).with_provenance("test model of 2026-01");
    if given("interests") {
        context = context.with_interests(&interests);
    }
    if given("overlaps") {
        context = context.with_overlaps(&overlaps);
    }
    if given("catalogue") {
        context = context.with_catalogue(&catalogue);
    }
    if given("known_proposals") {
        context = context.with_known_proposals(&facts.known_proposals);
    }
    if let Some(today) = facts.today {
        context = context.with_today(today);
    }
    checklist.run(&context)
}

fn of<'a>(findings: &'a [Finding], rule: &str) -> Vec<&'a Finding> {
    findings.iter().filter(|finding| finding.rule == rule).collect()
}

fn check_case(rule: &Rule, case: &Case) -> Result<(), String> {
    let all = run(&round_numbers(), &case.facts, &[]);
    let findings = of(&all, rule.id);
    let shown = serde_json::to_string_pretty(&findings).unwrap();
    let outcome = findings.first().ok_or("no finding")?.outcome;
    if outcome != case.expect {
        return Err(format!("expected {}, got {outcome}\n{shown}", case.expect));
    }
    let gravest = findings
        .iter()
        .filter(|finding| finding.is_failure())
        .map(|finding| finding.severity)
        .min();
    if gravest != case.severity {
        return Err(format!("expected {:?}, got {gravest:?}\n{shown}", case.severity));
    }
    if gravest.is_some_and(|severity| severity < rule.severity) {
        return Err(format!("graver than the rule says of itself\n{shown}"));
    }
    for word in &case.words {
        if !findings.iter().any(|finding| said(finding).contains(word)) {
            return Err(format!("\"{word}\" is not said\n{shown}"));
        }
    }
    if case.findings.is_some_and(|number| number != findings.len()) {
        return Err(format!("expected {:?} findings\n{shown}", case.findings));
    }
    Ok(())
}

/// Message, remedy and facts of a finding.
fn said(finding: &Finding) -> String {
    let facts: Vec<&str> = finding
        .evidence
        .iter()
        .filter_map(|one| match one {
            Evidence::Fact { text } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    format!(
        "{}\n{}\n{}",
        finding.message,
        finding.remedy.as_deref().unwrap_or_default(),
        facts.join("\n")
    )
}

#[test]
fn every_rule_says_what_its_cases_expect() {
    let mut wrong = String::new();
    for rule in RULES {
        let cases = cases(rule.id);
        for expected in [Outcome::Fail, Outcome::Pass] {
            if !cases.iter().any(|case| case.expect == expected) {
                let _ = writeln!(wrong, "{}: no case in which it comes out as {expected}", rule.id);
            }
        }
        for case in &cases {
            if let Err(message) = check_case(rule, case) {
                let _ = writeln!(wrong, "{} \"{}\": {message}", rule.id, case.name);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn complete() -> Facts {
    toml::from_str(&read(&folder("tests/data/rules/complete.toml"))).unwrap()
}

#[test]
fn a_complete_proposal_passes() {
    let findings = run(&round_numbers(), &complete(), &[]);
    let bad: Vec<String> = findings
        .iter()
        .filter(|finding| matches!(finding.outcome, Outcome::Fail | Outcome::CannotTell))
        .map(ToString::to_string)
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
fn what_is_missing_never_reads_as_a_pass() {
    let facts = complete();
    let whole = run(&round_numbers(), &facts, &[]);
    for need in Need::ALL {
        let findings = run(&round_numbers(), &facts, &[need.name()]);
        for rule in RULES.iter().filter(|rule| rule.needs.contains(need)) {
            let before = of(&whole, rule.id)[0].outcome;
            let after = of(&findings, rule.id);
            // What is answered in the proposal itself may still pass; then the case tables say so.
            let answered = matches!((rule.id, need.name()), ("C25" | "C26", _));
            assert!(
                before == Outcome::NotApplicable
                    || answered
                    || after[0].outcome == Outcome::CannotTell,
                "{} without {need}: {}",
                rule.id,
                after[0]
            );
        }
    }
    // Nothing known at all: no rule that needs anything passes, with an empty proposal or a full
    // one.
    let without: Vec<&str> = Need::NAMES.to_vec();
    for facts in [Facts::default(), facts] {
        let findings = run(&Checklist::standard(), &facts, &without);
        for rule in RULES.iter().filter(|rule| !rule.needs.is_empty()) {
            let answered =
                matches!(rule.id, "C25" | "C26") && facts.proposal.collaboration_mode.is_some();
            for finding in of(&findings, rule.id) {
                assert!(finding.outcome != Outcome::Pass || answered, "{finding}");
            }
        }
    }
}

#[test]
fn every_failure_has_evidence_and_a_remedy() {
    let mut seen = 0;
    for rule in RULES {
        for case in cases(rule.id) {
            for finding in run(&Checklist::standard(), &case.facts, &[]) {
                assert!(
                    !finding.message.is_empty() && !finding.message.ends_with('.'),
                    "{finding}"
                );
                assert!(!finding.source.is_empty());
                if !finding.is_failure() {
                    assert_eq!(finding.remedy, None, "{finding}");
                    continue;
                }
                seen += 1;
                assert!(!finding.evidence.is_empty(), "{finding}");
                let remedy = finding.remedy.as_deref().unwrap_or_default();
                assert!(
                    remedy.ends_with('.') && remedy.starts_with(char::is_uppercase),
                    "{finding}: {remedy}"
                );
                assert!(!finding.message.contains("  "), "{finding}");
            }
        }
    }
    assert!(seen > 500);
}

#[test]
fn sentences_are_told_with_all_their_facts() {
    for rule in RULES {
        for case in cases(rule.id) {
            for finding in run(&Checklist::standard(), &case.facts, &[]) {
                if finding.sentence.is_empty() {
                    continue;
                }
                let said = said(&finding);
                let is_name = |word: &&str| {
                    word.trim_matches('_').contains('_')
                        && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
                };
                let mut words = said.split(|c: char| !c.is_alphanumeric() && c != '_');
                assert_eq!(words.find(is_name), None, "{finding}: {said}");
                let key = |one: &&&Sentence| one.key == finding.sentence;
                let sentence = sentences::of(&finding.rule).iter().find(key).unwrap();
                for text in [Some(&finding.message), finding.remedy.as_ref()].into_iter().flatten()
                {
                    for name in sentence.placeholders {
                        assert!(!text.contains(&format!("{{{name}}}")), "{finding}: {text}");
                    }
                }
                let remedy = sentence.remedy.is_some();
                assert_eq!((finding.is_failure(), finding.remedy.is_some()), (remedy, remedy));
            }
        }
    }
}

#[test]
fn findings_survive_serde_and_come_in_one_order() {
    let facts = cases("C03").remove(0).facts;
    let findings = run(&Checklist::standard(), &facts, &[]);
    let text = serde_json::to_string(&findings).unwrap();
    let again: Vec<Finding> = serde_json::from_str(&text).unwrap();
    assert_eq!(findings, again);
    assert_eq!(findings, run(&Checklist::standard(), &facts, &[]));
    let key = |finding: &Finding| {
        let severity = finding.is_failure().then_some(finding.severity);
        (finding.outcome, severity, RULES.iter().position(|rule| rule.id == finding.rule))
    };
    assert!(findings.windows(2).all(|pair| key(&pair[0]) <= key(&pair[1])));
    let first = serde_json::to_value(&findings[0]).unwrap();
    assert_eq!((&first["outcome"], &first["severity"]), (&json!("fail"), &json!("blocker")));
}

#[test]
fn findings_tell_matcher_and_thresholds() {
    let findings = run(&Checklist::standard(), &complete(), &[]);
    for finding in &findings {
        let rule = RULES.iter().find(|rule| rule.id == finding.rule).unwrap();
        let rests = rule.needs.iter().any(|need| matches!(need, Need::Interests | Need::Overlaps));
        if finding.outcome == Outcome::Pass {
            assert_eq!(finding.model.is_some(), rests, "{finding}");
        }
    }
    let model = of(&findings, "C13")[0].model.as_deref().unwrap();
    assert!(
        model.starts_with("test model of 2026-01; ") && model.contains("thresholds of"),
        "{model}"
    );
}

#[test]
fn whole_proposals_fire_the_rules_that_they_must() {
    #[derive(Deserialize)]
    struct Acceptance {
        proposal: Vec<Whole>,
    }
    #[derive(Deserialize)]
    struct Whole {
        name: String,
        fails: BTreeMap<String, Vec<String>>,
        #[serde(flatten)]
        facts: Facts,
    }
    let all: Acceptance =
        toml::from_str(&read(&folder("tests/data/rules/acceptance.toml"))).unwrap();
    for whole in all.proposal {
        let findings = run(&Checklist::standard(), &whole.facts, &[]);
        for (rule, words) in &whole.fails {
            let own = of(&findings, rule);
            let shown = format!("{} {rule}: {own:#?}", whole.name);
            assert!(own[0].is_failure(), "{shown}");
            for word in words {
                assert!(
                    own.iter().any(|finding| said(finding).contains(word)),
                    "{word} in {shown}"
                );
            }
        }
    }
}

#[test]
fn rules_are_numbered_named_and_filed_once() {
    let mut ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    ids.sort_unstable();
    // Never give a number twice, and never change a name: configurations and reports hold both.
    let expected: Vec<String> = (1..=43).map(|number| format!("C{number:02}")).collect();
    assert_eq!(ids, expected);
    let mut names: Vec<String> = RULES
        .iter()
        .map(|rule| format!("{}/{}", rule.group, rule.name.replace('-', "_")))
        .collect();
    assert_eq!(names.join("\n"), NAMES);
    names.sort();
    let mut files: Vec<String> = Vec::new();
    for group in Group::ALL {
        for entry in std::fs::read_dir(folder("src/checklist/rules").join(group.name())).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            files.push(format!("{group}/{}", name.strip_suffix(".rs").unwrap()));
        }
    }
    files.sort();
    assert_eq!(files, names);
    assert!(RULES.windows(2).all(|pair| pair[0].group <= pair[1].group));
}

const NAMES: &str = "\
subject/title_speaks_for_itself
subject/scope_has_an_edge
subject/exclusions_name_their_owner
subject/right_organization
subject/widening_a_committee
subject/lightest_structure
subject/classification_fits
subject/parent_question_is_named
subject/programme_is_told
existing_work/all_three_searched
existing_work/search_can_be_repeated
existing_work/drafts_were_searched
existing_work/other_sources_considered
existing_work/documents_have_a_meaning
existing_work/every_overlap_named
existing_work/distinction_from_each_overlap
existing_work/submitted_elsewhere
existing_work/alternatives_to_new_work
existing_work/what_came_before
contacts/neighbours_were_asked
contacts/answers_are_recorded
contacts/time_to_react
contacts/objections_have_a_level
contacts/boards_were_told
contacts/members_speak_as_one
contacts/other_sectors_of_itu
contacts/own_leadership_was_asked
cooperation/mode_is_proposed
cooperation/joint_work_was_considered
cooperation/mode_fits_the_closeness
cooperation/liaisons_are_named
cooperation/horizontal_committees
cooperation/lead_is_arranged
cooperation/rights_are_clear
need/need_is_shown
need/stakeholders_are_told
need/supporters_are_enough
need/start_is_prepared
need/proposer_may_propose
coherence/timetable_fits
coherence/existing_terms_are_used
coherence/maintenance_in_step
coherence/justification_study";

#[test]
fn every_explanation_is_whole() {
    for rule in RULES {
        let title = rule.explanation.lines().next().unwrap();
        assert!(title.starts_with(&format!("# {}: ", rule.id)), "{title}");
        let headings: Vec<&str> =
            rule.explanation.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, HEADINGS, "{}", rule.id);
        for heading in HEADINGS {
            assert!(
                rule.section(heading).is_some_and(|text| text.len() > 5),
                "{} {heading}",
                rule.id
            );
        }
        assert!(rule.question.ends_with('?'), "{}", rule.id);
        assert!(rule.section("Source and support").unwrap().contains(['(']), "{}", rule.id);
        // The paper of SPCG is not public: nothing may look like its words.
        assert!(!rule.explanation.contains("32C") && !rule.question.contains("32C"), "{}", rule.id);
        if !rule.needs.is_empty() {
            let text = rule.section("When it cannot tell").unwrap();
            assert!(!text.contains("nothing but the proposal"), "{}", rule.id);
        }
    }
}

#[test]
fn the_table_of_rules_is_not_stale() {
    let table = table();
    let path = folder("docs/rules.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    assert_eq!(read(&path), table, "docs/rules.md is stale; run the tests with UPDATE=1");
}

fn table() -> String {
    let mut text = String::from(
        "# The rules of the checklist\n\n\
         Made from the rules and the tables of their cases; do not edit.\n\n\
         The checklist is this crate's own, built from public procedures. It is not the text of SPCG-32C, which is not \
         public. Severity is the gravest that a rule can find. Support: **S** a public text that was read, **K** a public \
         text that is known to carry it but was not read, **I** our own inference.\n",
    );
    for group in Group::ALL {
        let _ = write!(
            text,
            "\n## {}\n\n| rule | question | severity | support | fails, for example | passes, for example |\n|---|---|---|---|---|---|\n",
            group.title()
        );
        for rule in RULES.iter().filter(|rule| rule.group == *group) {
            let cases = cases(rule.id);
            let first = |outcome| {
                cases
                    .iter()
                    .find(|case| case.expect == outcome)
                    .map_or("", |case| case.name.as_str())
            };
            let _ = writeln!(
                text,
                "| [{}](rules/{}.md) | {} | {} | {} | {} | {} |",
                rule.id,
                rule.id,
                rule.question,
                rule.severity,
                rule.support.tag(),
                first(Outcome::Fail),
                first(Outcome::Pass)
            );
        }
    }
    text
}

#[test]
fn a_configuration_changes_what_it_names_and_nothing_else() {
    let checklist = Checklist::from_toml(
        r#"
        name = "Intake"
        version = "7"
        [thresholds]
        committee_likely = 0.9
        committee_likely_elsewhere = 0.9
        contact_weeks = 8
        [rules.C07]
        off = true
        [rules.all-three-searched]
        at_most = "warning"
        question = "Was everything searched?"
        remedy = "Search again."
        source = "our procedure, 4.2"
        support = "S"
        [rules.C12]
        severity = "blocker"
        "#,
    )
    .unwrap();
    let standard = Checklist::standard();
    assert_eq!((checklist.name(), checklist.version()), ("Intake", "7"));
    assert_eq!(checklist.considerations().len(), RULES.len() - 1);
    assert_ne!(checklist.identity().hash, standard.identity().hash);
    assert_eq!(standard.identity(), Checklist::default().identity());
    let facts = cases("C08").remove(0).facts;
    let findings = run(&checklist, &facts, &[]);
    let finding = of(&findings, "C08")[0];
    assert_eq!(finding.severity, Severity::Warning);
    assert_eq!(finding.remedy.as_deref(), Some("Search again."));
    assert_eq!(finding.source, "our procedure, 4.2");
    assert!(of(&findings, "C07").is_empty());
    let facts = cases("C12").remove(0).facts;
    assert_eq!(of(&run(&checklist, &facts, &[]), "C12")[0].severity, Severity::Blocker);
    // 71 % is no longer likely.
    let facts = cases("C03").remove(0).facts;
    assert!(of(&run(&standard, &facts, &[]), "C03")[0].is_blocker());
    assert!(!of(&run(&checklist, &facts, &[]), "C03")[0].is_blocker());
}

#[test]
fn own_rules_look_at_fields() {
    let checklist = Checklist::from_toml(
        r#"
        [[own]]
        id = "N01"
        name = "national-file"
        question = "Is the number of the national file given?"
        field = "notes"
        required = true
        pattern = '\bNF-\d{4}\b'
        severity = "blocker"
        [[own]]
        id = "N02"
        question = "Do contacts have notes?"
        field = "contacts_made.note"
        required = true
        min_length = 5
        [[own]]
        id = "N03"
        question = "Is it a standard or a report?"
        field = "target_deliverable"
        one_of = ["international_standard", "technical_report"]
        applies_to = ["new_work_item"]
        [[own]]
        id = "N04"
        question = "Does work start after submission?"
        field = "timeline.start"
        not_before = "date"
        [[own]]
        id = "N05"
        question = "Are there few liaisons?"
        field = "liaisons"
        max_length = 1
        "#,
    )
    .unwrap();
    let mut facts = Facts {
        proposal: toml::from_str(
            r#"
            kind = "new_work_item"
            date = "2026-03-01"
            notes = "see NF-12"
            target_deliverable = "guide"
            timeline = { start = "2026-02" }
            liaisons = ["ISO/TC 1", "ISO/TC 2"]
            contacts_made = [{ committee = "ISO/TC 1", note = "by letter" }, { committee = "ISO/TC 2" }]
            "#,
        )
        .unwrap(),
        ..Facts::default()
    };
    let findings = run(&checklist, &facts, &[]);
    let message =
        |id: &str| of(&findings, id).iter().map(|one| one.message.clone()).collect::<Vec<_>>();
    assert!(of(&findings, "N01")[0].is_blocker());
    assert_eq!(message("N02"), ["«Contacts made, no. 2, note» is missing"]);
    assert_eq!(message("N03"), ["«Kind of document» is \"guide\""]);
    assert_eq!(message("N04"), ["«Timetable, start» (2026-02) comes before «Date» (2026-03-01)"]);
    assert_eq!(message("N05"), ["«Liaisons» has 2 items, more than 1"]);
    facts.proposal = toml::from_str("kind = \"new_field\"\nnotes = \"NF-1234\"").unwrap();
    let findings = run(&checklist, &facts, &[]);
    assert_eq!(of(&findings, "N01")[0].outcome, Outcome::Pass);
    assert_eq!(of(&findings, "N03")[0].outcome, Outcome::NotApplicable);
}

#[test]
fn profiles_take_rules_away() {
    let mut facts = complete();
    facts.proposal.kind = Some(spcg::proposal::Kind::NewWorkItem);
    let findings = run(&Checklist::standard(), &facts, &[]);
    assert_eq!(of(&findings, "C22")[0].outcome, Outcome::NotApplicable);
    let checklist = Checklist::from_toml(
        "[[profiles]]\nname = \"ISO/IEC new work item\"\norganizations = [\"ISO\"]\nkinds = [\"NWIP\"]\nwithout = [\"C08\"]",
    )
    .unwrap();
    let findings = run(&checklist, &facts, &[]);
    assert_eq!(of(&findings, "C08")[0].outcome, Outcome::NotApplicable);
    assert_eq!(checklist.profile_for(&facts.proposal).unwrap().without, ["C08"]);
    assert_eq!(checklist.profiles().len(), 5);
}

#[test]
fn mistakes_in_a_configuration_are_shown_where_they_are() {
    for (text, line, column, words) in [
        ("[rules.C3]\noff = true", 1, 8, "there is no rule `C3`"),
        ("[rules.every-overlap-nmed]\noff = true", 1, 8, "did you mean `every-overlap-named`?"),
        ("\n[rules.C13]\nseverty = \"advice\"", 3, 1, "did you mean `severity`?"),
        ("[rules.C13]\nseverity = \"advise\"", 2, 12, "did you mean `advice`?"),
        ("[rules.C13]\noff = \"yes\"", 2, 7, "write `true` or `false`"),
        ("[thresholds]\ncommitee_likely = 0.5", 2, 1, "did you mean `committee_likely`?"),
        ("[thresholds]\ncommittee_likely = 50", 2, 20, "write a number from 0 to 1"),
        ("[thresholds]\ncontact_weeks = 1.5", 2, 17, "whole number"),
        ("nmae = \"x\"", 1, 1, "did you mean `name`?"),
        ("name = ", 1, 8, "this is not TOML"),
        (
            "[[own]]\nid = \"C99\"\nfield = \"title\"\nquestion = \"Q?\"\nrequired = true",
            2,
            6,
            "kept for the rules",
        ),
        (
            "[[own]]\nid = \"N1\"\nfield = \"titel\"\nquestion = \"Q?\"\nrequired = true",
            3,
            9,
            "did you mean `title`?",
        ),
        (
            "[[own]]\nid = \"N1\"\nfield = \"timeline.strat\"\nquestion = \"Q?\"\nrequired = true",
            3,
            9,
            "no field",
        ),
        (
            "[[own]]\nid = \"N1\"\nfield = \"title\"\nquestion = \"Q?\"\npattern = \"(\"",
            5,
            11,
            "regular expression",
        ),
        ("[[own]]\nid = \"N1\"\nfield = \"title\"\nquestion = \"Q?\"", 1, 1, "demands nothing"),
        ("[[own]]\nid = \"N1\"\nfield = \"title\"\nrequired = true", 1, 1, "has no `question`"),
        (
            "[[profiles]]\nname = \"p\"\nwithout = [\"C08\", \"C99\"]",
            3,
            19,
            "there is no rule `C99`",
        ),
        ("[[profiles]]\nname = \"p\"\nkinds = [\"new_feild\"]", 3, 10, "did you mean `new_field`?"),
        (
            "[rules.C34.sentences.to_few]\nmessage = \"x\"",
            1,
            22,
            "rule C34 has no sentence `to_few`; did you mean `too_few`?",
        ),
        (
            "[rules.C34.sentences.too_few]\nmessage = \"only {nmber}\"",
            2,
            11,
            "no placeholder `nmber` for this sentence; did you mean `number`?",
        ),
        (
            "[rules.C35.sentences.no_text]\nmessage = \"x\"\nremedy = \"Add {text}.\"",
            3,
            10,
            "write it without placeholders",
        ),
        (
            "[rules.C35.sentences.no_text]\nmany = \"x\"",
            2,
            1,
            "unknown key `many` in [rules.C35.sentences.no_text]",
        ),
    ] {
        let error = Checklist::from_toml(text).unwrap_err();
        assert!(error.to_string().contains(words), "{text}: {error}");
        assert_eq!((error.line(), error.column()), (Some(line), Some(column)), "{text}: {error}");
        assert!(error.is_malformed() || error.is_not_found(), "{error}");
    }
    let huge = Checklist::from_toml(&" ".repeat(2 << 20)).unwrap_err();
    assert!(huge.is_too_large());
    let greedy =
        "[[own]]\nid = \"N1\"\nfield = \"title\"\nquestion = \"Q?\"\npattern = '(\\w{1000}){1000}'";
    assert!(Checklist::from_toml(greedy).unwrap_err().is_malformed());
    assert!(Checklist::from_path("tests/data/rules/none.toml").unwrap_err().is_not_found());
    let error = Checklist::from_path(folder("tests/data/rules/complete.toml")).unwrap_err();
    assert!(error.path().is_some() && error.line().is_some(), "{error}");
}

#[test]
fn advice_follows_the_facts() {
    use spcg::proposal::CollaborationMode as Mode;
    let catalogue = Catalogue::builtin();
    let facts = complete();
    let proposal = facts.proposal.clone();
    let interests: Vec<Interest> = facts
        .interests
        .iter()
        .enumerate()
        .map(|(at, short)| interest(at + 1, short, &catalogue))
        .collect();
    let overlaps: Vec<Overlap> = facts.overlaps.iter().map(overlap).collect();
    let context = Context::new(&proposal)
        .with_interests(&interests)
        .with_overlaps(&overlaps)
        .with_catalogue(&catalogue);
    let advice = coordination::advise(&context).unwrap();
    let found: Vec<(String, Mode)> = advice
        .iter()
        .filter_map(|one| Some((one.committee.as_ref()?.to_string(), one.mode)))
        .collect();
    assert_eq!(
        found,
        [("IEC TC 61".to_owned(), Mode::Collaborative), ("ITU-T SG 20".to_owned(), Mode::Liaison)]
    );
    let advice: Vec<_> = advice.iter().filter(|one| one.committee.is_some()).collect();
    assert!(
        advice[0].reason.contains("IEC 60335-2-119") && advice[0].reason.contains("contribute"),
        "{}",
        advice[0].reason
    );
    assert!(coordination::advise(&Context::new(&proposal)).is_err());
}

#[test]
fn evidence_says_where_fields_stand() {
    let findings = run(&Checklist::standard(), &cases("C21").remove(0).facts, &[]);
    let fields: Vec<&str> = of(&findings, "C21")[0]
        .evidence
        .iter()
        .filter_map(|one| match one {
            Evidence::Field { field, .. } => Some(field.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(fields[0], "contacts_made[0].outcome");
    let proposal = Proposal::from_toml(
        "title = \"Robots\"\n\n[[contacts_made]]\ncommittee = \"IEC TC 61\"\n  outcome = \"objection\"\n",
    )
    .unwrap();
    let findings = Checklist::standard().run(&Context::new(&proposal));
    let place = of(&findings, "C21")[0].evidence[0].clone();
    let Evidence::Field { line, column, excerpt, .. } = place else { panic!("{place:?}") };
    assert_eq!((line, column), (Some(5), Some(3)), "{excerpt}");
    assert!(excerpt.contains("objection"), "{excerpt}");
}

#[test]
fn the_folder_of_cases_holds_nothing_else() {
    let mut files: BTreeMap<String, bool> =
        RULES.iter().map(|rule| (format!("{}.toml", rule.id), false)).collect();
    for entry in std::fs::read_dir(folder("tests/data/rules")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if ["README.md", "complete.toml", "acceptance.toml"].contains(&name.as_str()) {
            continue;
        }
        assert!(files.insert(name.clone(), true).is_some(), "{name} belongs to no rule");
    }
    assert!(files.values().all(|found| *found), "{files:?}");
}
