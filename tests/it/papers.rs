//! Papers and reports from the register. The committees are invented. Numbers are those of the
//! acceptance checks of the procedure.

use spcg::boards::{Free, Meeting, Paper, Record, Signature, compare, release};
use spcg::recommendation::Recommendation;
use spcg::register::*;
use spcg::{Organization, Refusal};

use crate::register::{
    CASE, asked, comment, day, open, proposed, received, said, settings, with_a_case,
};

fn draft(case: &Case) -> Recommendation {
    Recommendation::draft(case, "SPCG-90", Some("A"), day("2031-03-12"))
}

fn record(register: &Register) -> Record {
    let meeting = Meeting {
        number: 40,
        day: day("2031-03-20"),
        form: "virtual".into(),
        report: Some("SPCG-91".into()),
        next: Some(day("2031-09-18")),
    };
    let paper = Paper {
        number: "SPCG-89".into(),
        title: "Plan of the year".into(),
        approved: Some(day("2031-03-20")),
    };
    let period = (day("2031-01-01"), day("2031-04-01"));
    Record::freeze(register.cases(), &[meeting], &[paper], period)
}

fn reports(record: &Record) -> Vec<String> {
    let report = |office: Organization| {
        let document = format!("{office}-DOC-7");
        let free = Free { document, action: "Please note.".into(), ..Free::default() };
        record.report(office, &free).to_markdown()
    };
    Organization::ALL.into_iter().map(report).collect()
}

fn files(texts: &[String]) -> Vec<(&'static str, &[u8])> {
    ["tmb.md", "smb.md", "tsag.md"].into_iter().zip(texts.iter().map(String::as_bytes)).collect()
}

#[test]
fn check_13_silence_is_a_fact_and_no_item() {
    let folder = with_a_case();
    let case = open(folder.path());
    let paper = draft(&case);
    assert!(paper.items.is_empty());
    let text = paper.to_markdown(&case);
    assert_eq!(text.matches("no answer is on record by 10 March 2031").count(), 2, "{text}");
    assert!(!text.contains("40"), "no probability in a paper: {text}");
    assert_eq!(paper.check(&case).unwrap_err().refusal(), Some(Refusal::NoGround));
}

#[test]
fn check_14_interest_without_a_statement_is_found_with_its_line() {
    let folder = with_a_case();
    let mut case = open(folder.path());
    let child = "ISO/TC 999/SC 1";
    case.append(said(child, Answer::Liaison, "2031-03-01", "iso-member")).unwrap();
    let paper = draft(&case);
    paper.check(&case).unwrap();
    let text = paper.to_markdown(&case);
    assert!(paper.check_text(&case, &text).is_empty());
    for edit in [
        "ISO/TC 999 is interested.",
        "ISO/TC 999 welcomes «Spare parts».",
        "ISO/TC 999/SC 1 objects.",
        "ISO/TC 999/SC 1 has no interest.",
    ] {
        let found = paper.check_text(&case, &format!("{text}\n{edit}\n"));
        assert_eq!(found.len(), 1, "{edit}");
        assert_eq!(found[0].reason, Refusal::InterestWithoutStatement);
        assert_eq!(found[0].line, text.lines().count() + 2);
    }
    let found = paper.check_text(&case, "There is no overlap.\nAt 40 % likely.\nBy {day}.");
    let reasons: Vec<Refusal> = found.iter().map(|one| one.reason).collect();
    let expected = [Refusal::NoGround, Refusal::MachineGroundOnly, Refusal::PlaceholderLeft];
    assert_eq!(reasons, expected);
}

#[test]
fn check_15_a_corrected_statement_carries_no_paper_any_more() {
    let folder = with_a_case();
    let mut case = open(folder.path());
    let id = case.append(said("ITU-T SG 99", Answer::Liaison, "2031-03-01", "tsb-secretary"));
    let id = id.unwrap();
    let paper = draft(&case);
    let sha = paper.paper(&case).sha;
    case.append(proposed(CaseOutcome::Recommendation, "2031-03-12", Some(&sha))).unwrap();
    let content = said("ITU-T SG 99", Answer::NoInterest, "2031-03-01", "tsb-secretary");
    let reason = "The minute was misread.".to_owned();
    let body = Body::Corrected(Corrected { of: id.clone(), reason, content: Box::new(content) });
    case.append(Event::new(day("2031-03-14"), "tsb-secretary", body)).unwrap();
    assert_eq!(paper.check(&case).unwrap_err().refusal(), Some(Refusal::NoGround));
    let log: Vec<String> = case.log().iter().map(|entry| entry.event.to_string()).collect();
    assert!(log.iter().any(|line| line.contains("wishes a liaison")), "{log:?}");
    assert!(log.iter().any(|line| line.contains("The minute was misread")), "{log:?}");
}

#[test]
fn check_18_19_and_20_three_reports_say_the_same_or_do_not_go_out() {
    let folder = with_a_case();
    let mut case = open(folder.path());
    case.append(said("ITU-T SG 99", Answer::Liaison, "2031-03-01", "tsb-secretary")).unwrap();
    let sha = draft(&case).paper(&case).sha;
    case.append(proposed(CaseOutcome::Recommendation, "2031-03-12", Some(&sha))).unwrap();
    let register = Register::open(folder.path()).unwrap();
    let record = record(&register);
    let mut texts = reports(&record);
    assert_ne!(texts[0], texts[1]);
    assert!(compare(&record, &files(&texts)).unwrap().iter().all(|one| one.result == "equal"));
    let mut signatures: Vec<Signature> = Organization::ALL
        .into_iter()
        .map(|office| Signature {
            office,
            fixed_sha: record.fixed_sha(),
            by: "chair".into(),
            day: day("2031-04-02"),
        })
        .collect();
    release(&record, &signatures, &files(&texts)).unwrap();
    let last = signatures.pop();
    let error = release(&record, &signatures, &files(&texts)).unwrap_err();
    assert_eq!(error.refusal(), Some(Refusal::NotSigned));
    signatures.extend(last);
    // One word in F3 of one file.
    let whole = texts[1].clone();
    texts[1] = whole.replacen("One formal recommendation", "A formal recommendation", 1);
    let compared = compare(&record, &files(&texts)).unwrap();
    let wrong: Vec<_> = compared.iter().filter(|one| one.result != "equal").collect();
    assert_eq!((wrong.len(), wrong[0].file.as_str(), wrong[0].block.as_str()), (1, "smb.md", "F3"));
    assert!(wrong[0].to_string().contains("A formal recommendation"));
    let error = release(&record, &signatures, &files(&texts)).unwrap_err();
    assert_eq!(error.refusal(), Some(Refusal::BlocksDiffer));
    // A lost mark is missing and never equal.
    texts[1] = whole.replacen("<!-- spcg F4 end -->", "", 1);
    let compared = compare(&record, &files(&texts)).unwrap();
    assert!(compared.iter().any(|one| one.block == "F4" && one.result == "missing"));
    // A change of the record lets every signature lapse.
    let mut later = record.clone();
    later.papers.clear();
    let error = release(&later, &signatures, &files(&reports(&later))).unwrap_err();
    assert_eq!(error.to_string().matches("(lapsed)").count(), 3, "{error}");
}

#[test]
fn check_22_what_is_for_spcg_alone_is_in_no_paper_or_report() {
    let folder = with_a_case();
    let mut case = open(folder.path());
    let mut hidden = comment("A word among ourselves.");
    hidden.visible = Visible::Spcg;
    case.append(hidden).unwrap();
    case.append(comment("A word for the board.")).unwrap();
    let mut quiet = said("ITU-T SG 98", Answer::Liaison, "2031-03-01", "tsb-secretary");
    quiet.visible = Visible::Spcg;
    case.append(quiet).unwrap();
    let record = record(&Register::open(folder.path()).unwrap());
    let mut texts = reports(&record);
    texts.push(draft(&case).to_markdown(&case));
    for text in &texts {
        assert!(!text.contains("among ourselves") && !text.contains("SG 98"), "{text}");
    }
    assert!(texts[0].contains("A word for the board."));
}

#[test]
fn check_23_a_period_without_a_recommendation_says_so() {
    let folder = with_a_case();
    let record = record(&Register::open(folder.path()).unwrap());
    for text in reports(&record) {
        assert!(text.contains("No formal recommendation was proposed."), "{text}");
        assert!(text.contains("Cases in the period: 1."), "{text}");
        assert!(text.contains("## Recommendations"), "{text}");
    }
}

/// A Word file as offices send it around is compared as well as Markdown is.
#[test]
fn check_19_holds_for_pages_and_word_files() {
    let folder = with_a_case();
    let record = record(&Register::open(folder.path()).unwrap());
    let document = record.report(Organization::Iec, &Free::default());
    let (page, word) = (document.to_html(), document.to_word().unwrap());
    let files: [(&str, &[u8]); 2] = [("smb.html", page.as_bytes()), ("smb.docx", &word)];
    let compared = compare(&record, &files).unwrap();
    assert!(compared.len() > 10 && compared.iter().all(|one| one.result == "equal"));
    let mut other = record.clone();
    other.meetings[0].number = 41;
    let edited = other.report(Organization::Iec, &Free::default()).to_word().unwrap();
    let compared = compare(&record, &[("smb.docx", &edited)]).unwrap();
    let wrong: Vec<_> = compared.iter().filter(|one| one.result != "equal").collect();
    assert_eq!((wrong.len(), wrong[0].block.as_str()), (1, "F1"));
    assert!(wrong[0].to_string().contains("Meeting 41"), "{}", wrong[0]);
    assert!(compare(&record, &[("smb.docx", b"no archive")]).unwrap_err().is_malformed());
}

#[test]
fn a_frozen_record_does_not_move_with_the_case() {
    let folder = with_a_case();
    let record = record(&Register::open(folder.path()).unwrap());
    let before = reports(&record);
    open(folder.path()).append(comment("Later.")).unwrap();
    assert_eq!(reports(&record), before);
    let register = Register::open(folder.path()).unwrap();
    assert_eq!(record.since_frozen(register.cases()), [CASE]);
}

#[test]
fn texts_of_others_cannot_write_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::create(folder.path(), &settings()).unwrap();
    let title = "<script>alert(1)</script> | # \u{1b}[31m\u{202e}";
    register.begin(CASE, received(title, "TS/P 999"), &[]).unwrap();
    let mut case = open(folder.path());
    case.append(crate::register::shared("2031-02-02", "2031-03-10")).unwrap();
    case.append(asked("ITU-T SG 99", "tsb-secretary")).unwrap();
    let page = draft(&case).to_document(&case).to_html();
    assert!(!page.contains("<script>") && !page.contains('\u{1b}') && !page.contains('\u{202e}'));
}

/// Runs the commands of a page of the docs, in the folder `folder`.
#[test]
fn the_walk_through_of_the_docs_runs() {
    let Some(program) = crate::programs::program("register") else { return };
    let folder = tempfile::tempdir().unwrap();
    let proposal = "title = \"Spare parts\"\norganization = \"ISO\"\nreference = \"TS/P 999\"\n\
                    scope = \"Identification of spare parts of household appliances.\"\n";
    std::fs::write(folder.path().join("proposal.toml"), proposal).unwrap();
    let page = include_str!("../../docs/register.md");
    let mut told = String::new();
    let mut commands = 0;
    let mut inside = false;
    for line in page.lines() {
        if line.starts_with("```") {
            inside = line == "```sh";
            continue;
        }
        let (fails, rest) = match line.strip_prefix("! ") {
            Some(rest) => (true, rest),
            None => (false, line),
        };
        let Some(rest) = rest.strip_prefix("register ").filter(|_| inside) else { continue };
        // Quotes hold one argument together.
        let quoted: Vec<&str> = rest.split('"').collect();
        let mut arguments: Vec<&str> = Vec::new();
        for (at, part) in quoted.iter().enumerate() {
            if at % 2 == 1 {
                arguments.push(part)
            } else {
                arguments.extend(part.split(' ').filter(|a| !a.is_empty()))
            }
        }
        let output = std::process::Command::new(&program)
            .current_dir(folder.path())
            .args(&arguments)
            .output()
            .unwrap();
        let status = output.status.code();
        assert_eq!(status, Some(i32::from(fails)), "{line}\n{output:?}");
        told.push_str(&String::from_utf8(output.stdout).unwrap());
        commands += 1;
    }
    assert!(commands >= 12, "{commands}");
    let status = page.lines().find(|line| line.starts_with("2031-02-spare-parts: ")).unwrap();
    assert!(told.contains(status), "{told}");
    assert!(told.contains("ITU-T SG 99 stated on 9 March 2031 that it wishes a liaison"), "{told}");
    assert!(told.contains("IEC TC 999 was asked on 3 February 2031"), "{told}");
}

/// Killed at any moment, the program leaves the case with or without the event.
#[test]
fn check_2_a_killed_program_leaves_nothing_half() {
    let Some(program) = crate::programs::program("register") else { return };
    let folder = with_a_case();
    let before = open(folder.path()).log().len();
    for round in 0..20_usize {
        let text = format!("Remark {round}.");
        let arguments = [
            "--register",
            folder.path().to_str().unwrap(),
            "comment",
            CASE,
            "--organization",
            "IEC",
            &text,
            "--day",
            "2031-02-10",
            "--as",
            "iec-member",
        ];
        let mut child = std::process::Command::new(&program)
            .args(arguments)
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_micros((round as u64 * 7919) % 120_000));
        let _ = child.kill();
        child.wait().unwrap();
        let register = Register::open(folder.path()).unwrap();
        assert!(register.problems().is_empty(), "{:?}", register.problems());
        let there = register.case(CASE).unwrap().log().len();
        assert!(there == before + round || there == before + round + 1, "{there}");
        let again = std::process::Command::new(&program).args(arguments).output().unwrap();
        assert!(again.status.success(), "{again:?}");
        assert_eq!(open(folder.path()).log().len(), before + round + 1);
    }
}
