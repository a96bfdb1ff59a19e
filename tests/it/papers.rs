//! Papers and reports from the register. The committees are invented. Numbers are those of the
//! acceptance checks of the procedure.

use spcg::boards::{
    Beside, Free, Meeting, Paper, PaperStatus, Record, Signature, compare, release,
};
use spcg::document::Form;
use spcg::recommendation::Recommendation;
use spcg::register::*;
use spcg::{Organization, Refusal};

use crate::register::{
    CASE, asked, comment, day, noted, open, proposed, received, said, settings, with_a_case,
};

fn draft(case: &Case) -> Recommendation {
    Recommendation::draft(case, "SPCG-90", Some("A"), day("2031-03-12"))
}

fn beside() -> Beside {
    let meeting = Meeting {
        number: Some(40),
        day: day("2031-03-20"),
        form: "virtual".into(),
        kind: "meeting".into(),
        report: Some("SPCG-91".into()),
        next: Some(day("2031-09-18")),
    };
    let paper = |number: &str, kind: &str, revision: Option<&str>| Paper {
        number: number.into(),
        revision: revision.map(str::to_owned),
        title: format!("The {kind} of the year"),
        kind: kind.into(),
        status: PaperStatus::Approved,
        approved_at: Some(40),
        day: Some(day("2031-03-20")),
        file: None,
    };
    Beside {
        meetings: vec![meeting],
        papers: vec![
            paper("SPCG-89", "plan", None),
            paper("SPCG-90", "recommendation", Some("A")),
            paper("SPCG-91", "meeting report", None),
        ],
        ..Beside::default()
    }
}

fn record(register: &Register) -> Record {
    let period = (day("2031-01-01"), day("2031-04-01"));
    Record::freeze(register.cases(), &beside(), period).unwrap()
}

fn report(record: &Record, office: Organization, free: &Free) -> spcg::document::Document {
    record.report(office, free, "", &[]).unwrap()
}

fn reports(record: &Record) -> Vec<String> {
    let report = |office: Organization| {
        let document = format!("{office}-DOC-7");
        let free = Free { document, action: "Please note.".into(), ..Free::default() };
        report(record, office, &free).to_markdown()
    };
    Organization::ALL.into_iter().map(report).collect()
}

/// The recommendation of the case, agreed by every office.
fn agreed_recommendation(case: &mut OpenCase) {
    case.append(said("ITU-T SG 99", Answer::Liaison, "2031-03-01", "tsb-secretary")).unwrap();
    let sha = draft(case).paper(case).sha;
    let mut event = proposed(CaseOutcome::Recommendation, "2031-03-12", Some(&sha));
    if let Body::Proposed(Proposed { paper: Some(paper), .. }) = &mut event.body {
        paper.revision = Some("A".into());
    }
    case.append(event).unwrap();
    for by in ["tmb-secretary", "smb-secretary", "tsb-secretary"] {
        case.append(crate::register::agreed(by, Stand::Agree, &sha)).unwrap();
    }
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
    // What one group said is no word of its organization; what is asked of one is no claim.
    for (edit, found) in [
        ("ISO is interested in the work.", 1),
        ("The minutes say that ITU-T has stated an interest.", 1),
        ("IEC strongly supports it.", 1),
        ("ISO does not object.", 1),
        ("Groups of ISO that are interested may write to the office.", 0),
        ("The office of IEC asks its groups.", 0),
    ] {
        let told = paper.check_text(&case, &format!("{text}\n{edit}\n"));
        assert_eq!(told.len(), found, "{edit}: {told:?}");
        assert!(told.iter().all(|one| one.reason == Refusal::InterestWithoutStatement));
    }
    // A sentence may go over lines, and speak of the committee of the one before.
    let wrapped = "The minutes say that ISO/TC 999\nand many of its members are\ninterested.\n\n\
                   We heard from ISO/TC 999 in May. It welcomes the work.\n\n\
                   SPCG has also approved the scope. SPCG recommends that the board, before it\n\
                   decides, ask ISO/TC 999.\n";
    let found = paper.check_text(&case, wrapped);
    let lines: Vec<(usize, Refusal)> = found.iter().map(|one| (one.line, one.reason)).collect();
    let interest = Refusal::InterestWithoutStatement;
    assert_eq!(lines, [(1, interest), (5, interest), (7, Refusal::NoGround)], "{found:?}");
    // Word files and pages are read as well, by the number of the paragraph.
    let document = paper.to_document(&case);
    for form in [Form::Html, Form::Word] {
        let bytes = document.to_bytes(form).unwrap();
        assert_eq!(paper.check_file(&case, form, &bytes).unwrap(), [], "{form:?}");
        let mut edited = document.clone();
        edited.0.insert(1, spcg::document::Block::Paragraph("ISO/TC 999 welcomes it.".into()));
        let bytes = edited.to_bytes(form).unwrap();
        let found = paper.check_file(&case, form, &bytes).unwrap();
        assert_eq!(found[0].reason, interest, "{form:?}: {found:?}");
        assert!(found[0].line <= 4, "{form:?}: {found:?}");
    }
    // What is on record is not left out.
    let fact = text.lines().find(|line| line.contains("stated on 1 March 2031")).unwrap();
    let shorter = text.replacen(fact, "", 1);
    let found = paper.check_file(&case, Form::Markdown, shorter.as_bytes()).unwrap();
    assert_eq!((found.len(), found[0].reason), (1, Refusal::Unanswered), "{found:?}");
    assert!(found[0].to_string().contains("ISO/TC 999/SC 1 stated on 1 March 2031"));
    let found = paper.check_text(&case, "There is no overlap. At 40 % likely.\nBy {day}.");
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
    agreed_recommendation(&mut case);
    let register = Register::open(folder.path()).unwrap();
    let paper = draft(&case.until(day("2031-03-10")));
    let beside = Beside { recommendations: vec![paper], ..beside() };
    let period = (day("2031-01-01"), day("2031-04-01"));
    let record = Record::freeze(register.cases(), &beside, period).unwrap();
    let items = &record.cases[0].recommendation.as_ref().unwrap().items;
    assert!(items[0].contains("a liaison with ITU-T SG 99 be set up"), "{items:?}");
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
    assert!(wrong[0].to_string().contains("A formal recommendation"), "{}", wrong[0]);
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
fn items_follow_what_was_stated() {
    let folder = with_a_case();
    let mut case = open(folder.path());
    let mut claim = said("IEC TC 999", Answer::Objection, "2031-03-02", "smb-secretary");
    if let Body::Statement(said) = &mut claim.body {
        said.aspect = Some("fasteners".into());
        said.works = vec!["IEC 99999".into()];
    }
    let objection = case.append(claim).unwrap();
    case.append(said("ITU-T SG 99", Answer::Contribute, "2031-03-01", "tsb-secretary")).unwrap();
    case.append(said("ITU-T SG 98", Answer::Liaison, "2031-03-01", "tsb-secretary")).unwrap();
    let advice = |committee: &str| -> spcg::coordination::Advice {
        serde_json::from_value(serde_json::json!({
            "committee": committee, "organizations": ["ITU-T"], "situation": "same_subject",
            "mode": "common_team", "reason": "a recent text is on the same subject",
        }))
        .unwrap()
    };
    // Advice on a group that offered no work of its own is left out.
    let all = [advice("ITU-T SG 98"), advice("ITU-T SG 99")];
    let paper = draft(&case).with_modes(&all);
    let told = paper.items_in_words(&case).join("\n");
    assert_eq!(told.matches("common team (one team of both)").count(), 1, "{told}");
    let mode = "a mode of collaboration with ITU-T SG 99 be agreed, for instance: common team";
    assert!(told.contains(mode), "{told}");
    assert!(told.contains("ask the proposer to consult IEC TC 999 on fasteners."), "{told}");
    assert!(told.contains("the scope name as excluded: fasteners (IEC TC 999)."), "{told}");
    paper.check(&case).unwrap();
    assert_eq!(Recommendation::from_toml(&paper.to_toml().unwrap()).unwrap(), paper);
    // What became of an answer is told beside it.
    let text = paper.to_markdown(&case);
    let told = "objects to fasteners; it names IEC 99999 (LS-12). | in time |";
    assert!(text.contains(told), "{text}");
    assert!(!text.contains("answered"), "{text}");
    case.append(noted(&[&objection])).unwrap();
    let paper = draft(&case).with_modes(&all);
    let text = paper.to_markdown(&case);
    assert!(text.contains("(LS-12). | in time | answered |"), "{text}");
    for form in [Form::Markdown, Form::Html, Form::Word] {
        let bytes = paper.to_document(&case).to_bytes(form).unwrap();
        assert_eq!(paper.check_file(&case, form, &bytes).unwrap(), [], "{form:?}");
    }
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
    for hidden in [
        Body::BoardDecided(BoardDecided {
            board: Organization::Iso,
            decision: Decision::Deferred,
            reference: None,
            items: Vec::new(),
        }),
        Body::Feedback(Feedback {
            committee: "ITU-T SG 98".into(),
            concerned: true,
            basis: FeedbackBasis::ToldBy,
        }),
    ] {
        let event = Event::new(day("2031-03-02"), "tmb-secretary", hidden).source("A talk");
        case.append(Event { visible: Visible::Spcg, ..event }).unwrap();
    }
    let record = record(&Register::open(folder.path()).unwrap());
    let mut texts = reports(&record);
    texts.push(record.to_json().unwrap());
    let ended = Event::new(
        day("2031-03-03"),
        "tmb-secretary",
        Body::Closed(Closed { reason: "As said.".into() }),
    );
    let ended = case.log().iter().map(|one| one.event.clone()).chain([ended.after(case.heads())]);
    let ended = Case::fold_under(case.rules().clone().into(), CASE, ended).unwrap();
    texts.push(labels([&ended]));
    texts.push(draft(&case).to_markdown(&case));
    for text in &texts {
        assert!(!text.contains("among ourselves") && !text.contains("SG 98"), "{text}");
        assert!(!text.contains("deferred"), "{text}");
    }
    assert!(texts[0].contains("A word for the board."));
}

#[test]
fn check_23_a_period_without_a_recommendation_says_so() {
    let folder = with_a_case();
    let record = record(&Register::open(folder.path()).unwrap());
    for text in reports(&record) {
        assert!(text.contains("No formal recommendation was made."), "{text}");
        assert!(text.contains("One proposal for a new field was on file"), "{text}");
        assert!(text.contains("### 2.1 Proposals for new fields"), "{text}");
    }
}

/// A Word file as offices send it around is compared as well as Markdown is.
#[test]
fn check_19_holds_for_pages_and_word_files() {
    let folder = with_a_case();
    let record = record(&Register::open(folder.path()).unwrap());
    let document = report(&record, Organization::Iec, &Free::default());
    let (page, word) = (document.to_html(), document.to_word().unwrap());
    let files: [(&str, &[u8]); 2] = [("smb.html", page.as_bytes()), ("smb.docx", &word)];
    let compared = compare(&record, &files).unwrap();
    assert!(compared.len() > 10 && compared.iter().all(|one| one.result == "equal"));
    let mut other = record.clone();
    other.meetings[0].number = Some(41);
    let edited = report(&other, Organization::Iec, &Free::default()).to_word().unwrap();
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

/// Hostile files cost no more than their size.
#[test]
fn long_texts_are_read_in_linear_time() {
    let folder = with_a_case();
    let case = open(folder.path());
    let record = record(&Register::open(folder.path()).unwrap());
    let paper = draft(&case);
    let sentences = "A sentence of no weight.\n".repeat(40_000);
    let page = "<section data-spcg=\"F1".repeat(40_000);
    let begun = std::time::Instant::now();
    assert!(paper.check_text(&case, &sentences).is_empty());
    let compared = compare(&record, &[("tmb.html", page.as_bytes())]).unwrap();
    assert!(compared.iter().all(|one| one.result == "missing"));
    // Quadratic cost would be minutes.
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
    let long = "x".repeat(19_000);
    let register = Register::open(folder.path()).unwrap();
    let mut other = received(&format!("{long}y"), "TS/P 1");
    register.begin("2031-02-long", received(&long, "TS/P 2"), &[]).unwrap();
    let register = Register::open(folder.path()).unwrap();
    register.may_begin("2031-02-longer", &other).unwrap();
    if let Body::Received(received) = &mut other.body {
        received.title = "x".repeat(30_000);
    }
    assert!(register.may_begin("2031-02-longer", &other).unwrap_err().is_too_large());
}

#[test]
fn a_report_tells_reservations_and_how_items_were_followed() {
    let folder = with_a_case();
    let mut case = open(folder.path());
    agreed_recommendation(&mut case);
    let sha = case.proposed().unwrap().paper.as_ref().unwrap().sha.clone();
    case.append(crate::register::agreed("smb-secretary", Stand::Reservation, &sha)).unwrap();
    case.append(crate::register::sent()).unwrap();
    let decided = BoardDecided {
        board: Organization::Iso,
        decision: Decision::AcceptedChanged,
        reference: None,
        items: vec![ItemFollowed {
            item: 1,
            followed: Followed::Partly,
            note: Some("after the first draft".into()),
        }],
    };
    let decided = Event::new(day("2031-03-30"), "tmb-secretary", Body::BoardDecided(decided));
    case.append(decided.source("Resolution 9/2031")).unwrap();
    let text = &reports(&record(&Register::open(folder.path()).unwrap()))[1];
    assert!(text.contains("decision of the board: accepted with changes"), "{text}");
    assert!(text.contains("By the board: item 1 followed in part («after the first draft»)."));
    assert!(text.contains("IEC agrees with a reservation, «In our words.»"), "{text}");
}

#[test]
fn names_in_a_paper_are_on_file() {
    let folder = with_a_case();
    let mut case = open(folder.path());
    case.append(said("ITU-T SG 99", Answer::Liaison, "2031-03-01", "tsb-secretary")).unwrap();
    let mut paper = draft(&case);
    paper.check(&case).unwrap();
    paper.items[0].with = vec!["ITU-T SG 97".into()];
    assert_eq!(paper.check(&case).unwrap_err().refusal(), Some(Refusal::UnknownCommittee));
    let mut paper = draft(&case);
    paper.works.push(spcg::recommendation::ConfirmedWork {
        reference: "IEC 99999-1:2028".into(),
        owner: "IEC TC 999".into(),
        aspect: "marks".into(),
        confirmed_by: "nobody".into(),
    });
    assert_eq!(paper.check(&case).unwrap_err().refusal(), Some(Refusal::UnknownActor));
    paper.works[0].confirmed_by = "smb-secretary".into();
    paper.items[0].grounds = vec!["work:IEC 99999-1:2028".into()];
    paper.check(&case).unwrap();
    for (ground, reason) in [
        ("rule:C13", Refusal::MachineGroundOnly),
        ("score:0.4", Refusal::MachineGroundOnly),
        ("work:IEC 1", Refusal::NoGround),
        ("judgement:IEC", Refusal::NoGround),
        ("event:7c1e55aa02b94d10f3e8d761", Refusal::NoGround),
    ] {
        paper.items[0].grounds = vec![ground.into()];
        assert_eq!(paper.check(&case).unwrap_err().refusal(), Some(reason), "{ground}");
    }
}
