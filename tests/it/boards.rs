//! Reports in the folder of a register: what makes them stale, who has signed, what they tell.
//! Numbers are those of the acceptance checks of the procedure.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use spcg::boards::{Reports, compare};
use spcg::document::Form;
use spcg::register::*;
use spcg::{Organization, Refusal};

use crate::register::{day, open, said, with_a_case};

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

const DOCUMENTS: &str = r#"document = [
  { number = "SPCG-91", title = "Report of the meeting", kind = "meeting report" },
  { number = "SPCG-92", revision = "A", title = "Plan of the year", day = "2031-03-20", approved_at = 40 },
]
"#;

fn with_documents() -> tempfile::TempDir {
    let folder = with_a_case();
    let meeting = "number = 40\nday = \"2031-03-20\"\nform = \"virtual\"\nreport = \"SPCG-91\"\n";
    write(folder.path(), "meetings/40.toml", meeting);
    write(folder.path(), "documents.toml", DOCUMENTS);
    folder
}

fn freeze(register: &Register) -> Reports<'_> {
    let record = register.freeze(day("2031-01-01"), day("2031-04-01")).unwrap();
    let reports = register.reports("2031-04").unwrap();
    reports.keep(&record).unwrap();
    reports
}

fn render(reports: &Reports<'_>) {
    for board in Organization::ALL {
        reports.render(board, Form::Markdown).unwrap();
    }
}

const SECRETARIES: [&str; 3] = ["tmb-secretary", "smb-secretary", "tsb-secretary"];

#[test]
fn check_20_two_signatures_are_not_enough_and_a_change_lets_all_lapse() {
    let folder = with_documents();
    let register = Register::open(folder.path()).unwrap();
    let reports = freeze(&register);
    render(&reports);
    let release = |by: &str| {
        let register = Register::open(folder.path()).unwrap();
        let reports = register.reports("2031-04").unwrap();
        reports.release(by, day("2031-04-05"), Some("TD 999"), None)
    };
    assert!(reports.sign("chair", day("2031-04-02")).is_err());
    for by in &SECRETARIES[..2] {
        reports.sign(by, day("2031-04-02")).unwrap();
    }
    let error = release("tsb-secretary").unwrap_err();
    assert_eq!(error.refusal(), Some(Refusal::NotSigned));
    assert!(error.to_string().contains("ITU-T") && !error.to_string().contains("IEC"), "{error}");
    reports.sign("tsb-secretary", day("2031-04-03")).unwrap();
    // The record changes before anything went out.
    open(folder.path())
        .append(said("ITU-T SG 99", Answer::Liaison, "2031-03-01", "tsb-secretary"))
        .unwrap();
    let longer = DOCUMENTS
        .replace("]\n", "{ number = \"SPCG-93\", title = \"Guide\", day = \"2031-03-20\" },\n]\n");
    write(folder.path(), "documents.toml", &longer);
    let register = Register::open(folder.path()).unwrap();
    let reports = freeze(&register);
    render(&reports);
    let standing = reports.standing().unwrap();
    assert!(standing.signed.is_empty(), "{standing}");
    assert_eq!(standing.lapsed, Organization::ALL);
    assert_eq!(release("tsb-secretary").unwrap_err().to_string().matches("(lapsed)").count(), 3);
    for by in SECRETARIES {
        reports.sign(by, day("2031-04-04")).unwrap();
    }
    release("tsb-secretary").unwrap();
    assert_eq!(release("tsb-secretary").unwrap_err().refusal(), Some(Refusal::WouldRewrite));
    // The others tell of it, and what was released is frozen no more.
    let text = reports.document(Organization::Iso).unwrap().to_markdown();
    assert!(text.contains("ITU-T TSAG: TD 999, 5 April 2031."), "{text}");
    let record = register.freeze(day("2031-01-01"), day("2031-04-01")).unwrap();
    assert_eq!(reports.keep(&record).unwrap_err().refusal(), Some(Refusal::WouldRewrite));
}

#[test]
fn check_21_a_new_revision_makes_the_reports_stale() {
    let folder = with_documents();
    let register = Register::open(folder.path()).unwrap();
    let reports = freeze(&register);
    render(&reports);
    assert!(reports.standing().unwrap().stale.is_empty());
    let later = DOCUMENTS.replace("revision = \"A\"", "revision = \"B\"");
    write(folder.path(), "documents.toml", &later);
    let standing = reports.standing().unwrap();
    assert_eq!(standing.stale, ["F5", "F10"]);
    assert!(standing.to_string().contains("out of date: F5, F10"), "{standing}");
    let text = |reports: &Reports<'_>, board| reports.document(board).unwrap().to_markdown();
    assert!(text(&reports, Organization::Iec).contains("SPCG-92A"));
    let reports = freeze(&register);
    for board in Organization::ALL {
        let text = text(&reports, board);
        assert!(text.contains("- SPCG-92B, Plan of the year") && !text.contains("SPCG-92A"));
    }
    // Both in force at once is a mistake, and says which.
    let both = DOCUMENTS.replace(
        "]\n",
        "{ number = \"SPCG-92\", revision = \"B\", title = \"Plan\", day = \"2031-03-20\" },\n]\n",
    );
    write(folder.path(), "documents.toml", &both);
    let error = register.freeze(day("2031-01-01"), day("2031-04-01")).unwrap_err();
    assert_eq!(error.refusal(), Some(Refusal::NumberTaken));
    assert!(error.to_string().contains("SPCG-92A and SPCG-92B"), "{error}");
}

#[test]
fn what_is_named_and_not_listed_stops_the_reports() {
    let folder = with_documents();
    let register = Register::open(folder.path()).unwrap();
    let period = (day("2031-01-01"), day("2031-04-01"));
    write(folder.path(), "documents.toml", &DOCUMENTS.replace("SPCG-91", "SPCG-191"));
    let error = register.freeze(period.0, period.1).unwrap_err();
    assert!(error.is_refused() && error.to_string().contains("SPCG-91"), "{error}");
    let absent = DOCUMENTS.replace(
        "kind = \"meeting report\"",
        "kind = \"meeting report\", file = \"papers/91.docx\"",
    );
    write(folder.path(), "documents.toml", &absent);
    let error = register.freeze(period.0, period.1).unwrap_err();
    assert!(error.is_refused() && error.to_string().contains("papers/91.docx"), "{error}");
    write(folder.path(), "documents.toml", &absent.replace("papers/91.docx", "../../etc/passwd"));
    assert!(register.freeze(period.0, period.1).unwrap_err().is_refused());
    write(folder.path(), "documents.toml", DOCUMENTS);
    for (from, to) in [("2031-04-01", "2031-01-01"), ("2031-01", "2031-04-01")] {
        assert!(register.freeze(day(from), day(to)).unwrap_err().is_refused(), "{from}");
    }
    let error = register.reports("2031-05").unwrap().record().unwrap_err();
    assert!(error.is_not_found() && error.to_string().contains("freeze the period"), "{error}");
    let reports = freeze(&register);
    for (text, reason) in [
        ("Please note SPCG-92.", Refusal::Invalid),
        ("Please note {document}.", Refusal::PlaceholderLeft),
    ] {
        write(folder.path(), "reports/2031-04/smb.toml", &format!("action = \"{text}\"\n"));
        let error = reports.document(Organization::Iec).unwrap_err();
        assert_eq!(error.refusal(), Some(reason), "{error}");
    }
    write(folder.path(), "reports/2031-04/smb.toml", "action = \"Please note SPCG-92A.\"\n");
    reports.document(Organization::Iec).unwrap();
    write(folder.path(), "reports/2031-04/smb.toml", "\n\ncolour = \"red\"\n");
    let error = reports.document(Organization::Iec).unwrap_err();
    assert_eq!((error.is_malformed(), error.line()), (true, Some(3)), "{error}");
}

/// Facts of the progress report to TSAG of January 2021; its seventh attachment, the landscape, has
/// no public number.
#[test]
fn check_24_the_report_of_january_2021_states_its_facts_once() {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::create(folder.path(), &Settings::default()).unwrap();
    let mut case = register.begin(CASE_OF_2020, received_of_2020(), &[]).unwrap();
    let source = "progress report to TSAG, January 2021";
    let on = |body| Event::new(day("2021-01-11"), "import", body).source(source);
    for organization in [Organization::ItuT, Organization::Iec] {
        let said = Statement {
            committee: None,
            organization: Some(organization),
            unnamed: true,
            answer: Answer::Unspecified,
            level: Level::NotSaid,
            aspect: None,
            text: None,
            works: Vec::new(),
        };
        case.append(on(Body::Statement(said))).unwrap();
    }
    let paper =
        spcg::recommendation::Recommendation::draft(&case, "SPCG-47", Some("B"), day("2021-01-11"));
    register.put_paper(&paper).unwrap();
    let reference = paper.paper(&case);
    let sha = reference.sha.clone();
    let proposed = Proposed {
        outcome: CaseOutcome::Recommendation,
        reason: "As the public record says.".into(),
        urgent: None,
        paper: Some(reference),
    };
    case.append(on(Body::Proposed(proposed))).unwrap();
    for by in SECRETARIES {
        let position = Stand::Agree;
        let agreed = Agreed { position, text: None, paper_sha: Some(sha.clone()) };
        case.append(Event::new(day("2021-01-11"), by, Body::Agreed(agreed))).unwrap();
    }
    let meetings =
        [("a", "2020-09-17", "45", ""), ("b", "2020-11-25", "50", "next = \"2021-01-27\"")];
    for (name, on, report, next) in meetings {
        let text =
            format!("day = \"{on}\"\nform = \"virtual\"\nreport = \"SPCG-{report}\"\n{next}\n");
        write(folder.path(), &format!("meetings/{name}.toml"), &text);
    }
    let mut documents = String::new();
    for (number, letter, kind) in [
        ("SPCG-32", "C", "checklist"),
        ("SPCG-43", "A", "communications plan"),
        ("SPCG-45", "", "meeting report"),
        ("SPCG-47", "B", "recommendation"),
        ("SPCG-49", "A", "work plan"),
        ("SPCG-50", "", "meeting report"),
        ("Landscape", "", "landscape"),
    ] {
        documents += &format!("[[document]]\nnumber = \"{number}\"\ntitle = \"the {kind}\"\n");
        documents += &format!("kind = \"{kind}\"\nday = \"2020-11-25\"\n");
        if !letter.is_empty() {
            documents += &format!("revision = \"{letter}\"\n");
        }
    }
    write(folder.path(), "documents.toml", &documents);
    let register = Register::open(folder.path()).unwrap();
    let record = register.freeze(day("2020-09-01"), day("2021-01-15")).unwrap();
    let reports = register.reports("2021-01").unwrap();
    reports.keep(&record).unwrap();
    let text = reports.document(Organization::ItuT).unwrap().to_markdown();
    let body = text.split_once('\n').unwrap().1;
    for fact in [
        "SPCG held two meetings",
        "17 September 2020",
        "25 November 2020",
        "One formal recommendation was made",
        "SPCG-47B, to ISO/TMB, on «Consumer product safety management»",
        "consult the groups that the offices of IEC and ITU-T name",
        "SPCG-32C, the checklist.",
        "SPCG-43A, the communications plan.",
        "SPCG-49A, the work plan.",
        "The next meeting is on 27 January 2021.",
    ] {
        assert_eq!(body.matches(fact).count(), 1, "{fact}: {text}");
    }
    let attachments = body.split("## Attachments").nth(1).unwrap();
    assert_eq!(attachments.lines().filter(|line| line.starts_with("- ")).count(), 7, "{text}");
    // No date, paper or number beyond those.
    let years: BTreeSet<&str> =
        body.split_whitespace().filter(|word| word.starts_with("20") && word.len() >= 4).collect();
    assert_eq!(years, BTreeSet::from(["2020,", "2021."]), "{text}");
    let papers: BTreeSet<&str> = body
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .filter(|word| word.starts_with("SPCG-"))
        .collect();
    let known = ["SPCG-32C", "SPCG-43A", "SPCG-45", "SPCG-47B", "SPCG-49A", "SPCG-50"];
    assert_eq!(papers, BTreeSet::from(known));
    assert!(!body.contains(" SG ") && !body.contains("/TC "), "no committee is named: {text}");
}

const CASE_OF_2020: &str = "2020-10-consumer-product-safety";

fn received_of_2020() -> Event {
    let body = Body::Received(Received {
        proposal: FileRef::of("proposal.toml", b"title = \"Consumer product safety management\"\n"),
        title: "Consumer product safety management".into(),
        addressed_to: Organization::Iso,
        reference: Some("TS/P 294".into()),
        form: None,
        proposer: None,
        ballot_closes: None,
        same_subject_as: None,
    });
    Event::new(day("2020-10-30"), "import", body)
}

#[test]
fn check_32_a_person_who_is_erased_leaves_the_role() {
    let folder = with_documents();
    let register = Register::open(folder.path()).unwrap();
    let events = || {
        let files = fs::read_dir(folder.path().join("cases").join(crate::register::CASE)).unwrap();
        let mut all: Vec<_> = files
            .map(|file| file.unwrap().path())
            .filter(|path| path.is_file())
            .map(|path| (fs::read(&path).unwrap(), path))
            .collect();
        all.sort();
        all
    };
    let before = events();
    let reports = freeze(&register);
    write(folder.path(), "reports/2031-04/tmb.toml", "contact = \"tmb-secretary\"\n");
    let person = "[tmb-secretary]\nname = \"Ada Example\"\naddress = \"ada@example.org\"\n";
    write(folder.path(), "people.toml", person);
    let document = || reports.document(Organization::Iso).unwrap().to_html();
    assert!(document().contains("Ada Example, ada@example.org"));
    let sha = reports.record().unwrap().fixed_sha();
    write(folder.path(), "people.toml", "");
    assert!(document().contains("<dd>secretary of ISO/TMB</dd>") && !document().contains("Ada"));
    assert_eq!(events(), before);
    assert_eq!(reports.record().unwrap().fixed_sha(), sha);
    assert!(Register::open(folder.path()).unwrap().check().is_empty());
}

#[test]
fn the_landscape_is_told_with_what_changed() {
    let folder = with_documents();
    let area = |name: &str, priority: &str| {
        format!(
            "{{\"area\":{{\"name\":\"{name}\",\"set_priority\":{{\"value\":\"{priority}\",\
             \"review_by\":\"2031-03\"}},\"disagreements\":[{{\"level\":2,\"about\":\"who marks \
             {name}\",\"source\":\"TCM/9\"}}]}}}}"
        )
    };
    let edition = |areas: &[String]| format!("{{\"areas\":[{}]}}", areas.join(","));
    let before = edition(&[area("Lamps", "low"), area("Ropes", "low")]);
    let now = edition(&[area("Pumps", "low"), area("Lamps", "high")]);
    write(folder.path(), "editions/2030-10.json", &before);
    write(folder.path(), "editions/2031-03.json", &now);
    write(folder.path(), "editions/2031-07.json", &edition(&[]));
    let register = Register::open(folder.path()).unwrap();
    let reports = freeze(&register);
    let text = reports.document(Organization::ItuT).unwrap().to_markdown();
    let block = text.split("<!-- spcg F7 begin").nth(1).unwrap();
    let lines: Vec<&str> = block.lines().take_while(|line| !line.starts_with("<!--")).collect();
    let told: Vec<&&str> = lines.iter().filter(|line| line.starts_with("- ")).collect();
    assert_eq!(
        told,
        [
            &"- Lamps, priority high, whose review is due.",
            &"- Pumps, priority low, whose review is due.",
            &"- Pumps is new.",
            &"- Lamps: priority high; before: low.",
            &"- Ropes is listed no more.",
        ]
    );
    let open = text.split("<!-- spcg F8 begin").nth(1).unwrap();
    let told = "Lamps: disagreement at level 2 of 4, who marks Lamps (TCM/9).";
    assert!(open.contains(told), "{open}");
    write(folder.path(), "editions/2031-03.json", "{");
    let error = register.freeze(day("2031-01-01"), day("2031-04-01")).unwrap_err();
    assert!(error.is_malformed() && error.to_string().contains("2031-03.json"), "{error}");
}

/// What becomes of the reports when somebody saves them with another program: the marks are lost,
/// and the check says so.
#[test]
fn a_word_file_that_lost_its_marks_is_never_equal() {
    let folder = with_documents();
    let register = Register::open(folder.path()).unwrap();
    let reports = freeze(&register);
    let path = reports.render(Organization::Iec, Form::Word).unwrap();
    let whole = reports.compare().unwrap();
    assert!(whole.iter().all(|one| one.result == "equal") && whole.len() == 10, "{whole:?}");
    let out = folder.path().join("saved");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let office = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir"])
        .arg(&out)
        .arg(&path)
        .output();
    let saved = out.join("smb.docx");
    if office.is_err() || !saved.exists() {
        eprintln!("skipped: LibreOffice (`soffice`) is not there to save a report");
        return;
    }
    let bytes = fs::read(saved).unwrap();
    let compared = compare(&reports.record().unwrap(), &[("smb.docx", &bytes)]).unwrap();
    assert_eq!(compared.len(), 10, "{compared:?}");
    assert!(compared.iter().all(|one| one.result == "missing"), "{compared:?}");
}

/// One text in another language for all boards that use it: what it tells is what the record tells.
#[test]
fn a_translation_tells_the_same_references_numbers_and_days() {
    let folder = with_documents();
    let register = Register::open(folder.path()).unwrap();
    let reports = freeze(&register);
    write(folder.path(), "reports/2031-04/tsag.toml", "language = \"fr\"\naction = \"Merci.\"\n");
    let before = reports.record().unwrap().fixed_sha();
    let error = reports.document(Organization::ItuT).unwrap_err();
    assert!(error.to_string().contains("not translated into `fr`"), "{error}");
    let path = reports.to_translate("fr").unwrap();
    let text = fs::read_to_string(&path).unwrap();
    // Text by text, in other words: here every «the» of the headings, and one sentence.
    let french = text
        .replace("\"2.5 Landscape\" = \"2.5 Landscape\"", "\"2.5 Landscape\" = \"2.5 Paysage\"")
        .replace("No comment was forwarded.", "Aucun commentaire n’a été transmis.")
        .replace("20 March 2031", "20 mars 2031")
        .replace(
            "Progress report of SPCG to {board}, 1 January 2031 to 1 April 2031",
            "Rapport de SPCG à {board}, du 1er janvier 2031 au 1er avril 2031",
        );
    assert_ne!(text, french);
    fs::write(&path, &french).unwrap();
    let report = reports.document(Organization::ItuT).unwrap().to_markdown();
    for told in
        ["# Rapport de SPCG à ITU-T TSAG, du 1er janvier", "2.5 Paysage", "n’a été transmis"]
    {
        assert!(report.contains(told), "{told}: {report}");
    }
    // The other boards read English; every form of both is equal to its language, and signed.
    for office in Organization::ALL {
        for form in Form::ALL {
            reports.render(office, form).unwrap();
        }
    }
    let compared = reports.compare().unwrap();
    assert_eq!(compared.len(), 90);
    assert!(compared.iter().all(|one| one.result == "equal"), "{compared:?}");
    assert_eq!(compared.iter().filter(|one| one.block.ends_with(".fr")).count(), 30);
    assert_ne!(reports.record().unwrap().fixed_sha(), before);
    // An edit of the French file is found, and so is one of the translation that tells another day.
    let edited = fs::read_to_string(folder.path().join("reports/2031-04/tsag.md")).unwrap();
    let edited = edited.replace("Aucun commentaire", "Un commentaire");
    let compared = compare(&reports.record().unwrap(), &[("tsag.md", edited.as_bytes())]).unwrap();
    let wrong: Vec<_> = compared.iter().filter(|one| one.result != "equal").collect();
    assert_eq!((wrong.len(), wrong[0].block.as_str()), (1, "F4.fr"));
    for (from, to, says) in [
        ("20 mars 2031", "20 mai 2031", "leaves out 20 March 2031 and adds 20 May 2031"),
        ("SPCG-91", "SPCG-92", "leaves out SPCG-91 and adds SPCG-92"),
    ] {
        fs::write(&path, french.replace(from, to)).unwrap();
        let error = reports.sign("tmb-secretary", day("2031-04-03")).unwrap_err();
        assert_eq!(error.refusal(), Some(Refusal::BlocksDiffer), "{error}");
        assert!(error.to_string().contains(says), "{error}");
    }
    assert!(reports.to_translate("fr").is_err(), "what was translated is never written over");
    assert!(reports.to_translate("../x").unwrap_err().is_refused());
}

/// A merge that somebody left half done is told by its name, whatever the file.
#[test]
fn marks_of_a_merge_are_told_with_their_line() {
    let folder = with_documents();
    let path = folder.path().join("documents.toml");
    let whole = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{whole}\n<<<<<<< HEAD\n=======\n>>>>>>> other\n")).unwrap();
    let register = Register::open(folder.path()).unwrap();
    let error = register.freeze(day("2031-01-01"), day("2031-04-01")).unwrap_err();
    assert!(error.is_malformed(), "{error}");
    assert!(error.to_string().contains("marks of an unfinished merge"), "{error}");
    assert_eq!(error.line(), Some(whole.lines().count() + 2));
    let settings = folder.path().join("spcg-register.toml");
    fs::write(&settings, "<<<<<<< HEAD\n").unwrap();
    let error = Register::open(folder.path()).unwrap_err();
    assert!(error.to_string().contains("marks of an unfinished merge"), "{error}");
}
