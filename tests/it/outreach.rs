//! The plan of communications and the questionnaires, by the numbers of their acceptance checks.

use std::fs;
use std::path::Path;

use spcg::boards::{Milestone, Paper};
use spcg::document::Form;
use spcg::outreach::{Circular, Folder, Letter, Plan, Sent};
use spcg::{Organization, Refusal};
use tempfile::TempDir;

const DOCUMENTS: &str = r#"
[[document]]
number = "SPCG-90"
revision = "B"
title = "Questions before a proposal"
status = "superseded"

[[document]]
number = "SPCG-90"
revision = "C"
title = "Questions before a proposal: 3 < 4 | *all*"
status = "approved"
day = "2031-03-20"

[[document]]
number = "SPCG-91"
title = "A plan"
status = "draft"
"#;

const CIRCULAR: &str = r#"
document = "SPCG-90C"
audience = "members"
act = "go through the questions before they submit a proposal"

[office.ISO]
day = "2031-05-20"
reference = "ISO 9999/2031"

[office.IEC]
day = "2031-05-28"
reference = "AC/99/2031"

[office.ITU-T]
day = "2031-06-02"
reference = "Circular 9999"
contact = "the TSB secretariat of the group"
"#;

fn write(root: &Path, name: &str, text: &str) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn folder() -> (TempDir, Folder) {
    let root = tempfile::tempdir().unwrap();
    Folder::create(root.path()).unwrap();
    write(root.path(), "documents.toml", DOCUMENTS);
    write(root.path(), "plan/circulars/questions.toml", CIRCULAR);
    let folder = Folder::open(root.path()).unwrap();
    assert_eq!(folder.problems(), []);
    (root, folder)
}

fn refusal(folder: &Folder, circular: &Circular, letter: Letter) -> Option<Refusal> {
    let patterns = folder.patterns(letter);
    let filled = patterns.and_then(|all| circular.fill(folder.plan(), &all, Organization::Iec));
    filled.unwrap_err().refusal()
}

#[test]
fn check_29_a_place_left_open_or_a_superseded_paper_is_refused() {
    let (root, folder) = folder();
    let circular = folder.circular("questions").unwrap();
    let patterns = folder.patterns(Letter::Cover).unwrap();
    let filled = circular.fill(folder.plan(), &patterns, Organization::Iec).unwrap();
    let text = filled.to_markdown();
    for part in ["28 May 2031", "AC/99/2031", "National Committees", "secretariat of IEC/SMB"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(text.contains("3 \\< 4 \\| \\*all\\*"), "a title stays a title: {text}");
    assert!(!text.contains(['{', '}']), "{text}");

    // The circular letter gives a last day for answers, and nobody gave one.
    assert_eq!(refusal(&folder, &circular, Letter::Circular), Some(Refusal::PlaceholderLeft));
    let by = Circular { reply_by: Some("2031-09-01".parse().unwrap()), ..circular.clone() };
    let patterns = folder.patterns(Letter::Circular).unwrap();
    let letter = by.fill(folder.plan(), &patterns, Organization::ItuT).unwrap().to_markdown();
    assert!(letter.contains("until the end of 1 September 2031"), "{letter}");
    assert!(letter.contains("the TSB secretariat of the group"), "{letter}");

    for (document, expected) in [
        ("SPCG-90B", Refusal::OutdatedBasis),
        ("SPCG-91", Refusal::NotAgreed),
        ("SPCG-92", Refusal::NoSource),
    ] {
        let other = Circular { document: document.into(), ..circular.clone() };
        assert_eq!(refusal(&folder, &other, Letter::Cover), Some(expected), "{document}");
        let with = Circular { attachments: vec![document.into()], ..circular.clone() };
        assert_eq!(refusal(&folder, &with, Letter::Cover), Some(expected), "{document}");
    }
    for other in [
        Circular { act: "do {act}".into(), ..circular.clone() },
        Circular { act: "  ".into(), ..circular.clone() },
        Circular { audience: "unheard-of".into(), ..circular.clone() },
        Circular { office: Default::default(), ..circular.clone() },
    ] {
        assert_eq!(refusal(&folder, &other, Letter::Cover), Some(Refusal::PlaceholderLeft));
    }

    // An edited pattern with a place of its own; and one that says something else to its own.
    let path = "plan/patterns/iec.cover.md";
    let builtin = fs::read_to_string(root.path().join(path)).unwrap();
    write(root.path(), path, &builtin.replace("{contact}", "{secretary}"));
    let error = folder.patterns(Letter::Cover).unwrap_err();
    assert_eq!((error.refusal(), error.line()), (Some(Refusal::PlaceholderLeft), Some(7)));
    assert!(error.path().unwrap().ends_with("iec.cover.md"), "{error}");
    write(root.path(), path, &builtin.replace("are asked to", "shall"));
    assert_eq!(refusal(&folder, &circular, Letter::Cover), Some(Refusal::BlocksDiffer));
}

#[test]
fn a_paper_is_superseded_by_a_later_revision_even_where_its_status_says_otherwise() {
    let (root, _) = folder();
    let text = DOCUMENTS.replace("\"superseded\"", "\"approved\"");
    write(root.path(), "documents.toml", &text);
    let folder = Folder::open(root.path()).unwrap();
    let circular = folder.circular("questions").unwrap();
    let old = Circular { document: "SPCG-90B".into(), ..circular };
    assert_eq!(refusal(&folder, &old, Letter::Cover), Some(Refusal::OutdatedBasis));
}

#[test]
fn the_marked_part_of_edited_letters_is_compared_in_every_form() {
    let (_root, folder) = folder();
    let circular = folder.circular("questions").unwrap();
    let patterns = folder.patterns(Letter::Cover).unwrap();
    let names = ["iso.md", "iec.html", "itu-t.docx"];
    let mut files = Vec::new();
    for (organization, name) in Organization::ALL.into_iter().zip(names) {
        let filled = circular.fill(folder.plan(), &patterns, organization).unwrap();
        files.push((name, filled.to_bytes(Form::of_name(name).unwrap()).unwrap()));
    }
    let compare = |files: &[(&str, Vec<u8>)]| -> Vec<&'static str> {
        let files: Vec<(&str, &[u8])> =
            files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        let all = circular.compare(folder.plan(), &patterns, &files).unwrap();
        all.iter().map(|one| one.result).collect()
    };
    assert_eq!(compare(&files), ["equal", "equal", "equal"]);
    let edit = |files: &mut Vec<(&str, Vec<u8>)>, at: usize, from: &str, to: &str| {
        let text = String::from_utf8(files[at].1.clone()).unwrap();
        assert!(text.contains(from), "{text}");
        files[at].1 = text.replace(from, to).into_bytes();
    };
    // Outside of the marks an office writes what it likes; inside one word is seen.
    let mut free = files.clone();
    edit(&mut free, 0, "Geneva,", "From Geneva, on");
    assert_eq!(compare(&free), ["equal", "equal", "equal"]);
    edit(&mut free, 1, "are asked to", "must");
    assert_eq!(compare(&free), ["equal", "differs", "equal"]);
    edit(&mut free, 0, "<!-- spcg cover end -->", "");
    assert_eq!(compare(&free), ["missing", "differs", "equal"]);
}

fn milestone(id: &str, rest: &str) -> Milestone {
    let text = format!("id = \"{id}\"\nwhat = \"send {id}\"\ndue = \"2031-06-01\"\n{rest}");
    toml::from_str(&text).unwrap()
}

#[test]
fn late_is_computed_and_only_what_is_shown_counts_as_done() {
    let plan = Plan {
        milestones: vec![
            milestone("one", "state = \"done\"\ndone_on = \"2031-05-28\"\nevidence = \"AC/9\""),
            milestone("two", "state = \"done\"\ndone_on = \"2031-05-28\""),
            milestone("three", "state = \"done\"\nevidence = \" \""),
            milestone("four", "state = \"under_way\"\nplan = \"communications\""),
            milestone("five", "state = \"dropped\"\nreason = \"Nobody asked\""),
            milestone("six", "state = \"done\"\ndone_on = \"2031-07-01\"\nevidence = \"AC/9\""),
        ],
        ..Plan::default()
    };
    let sums = plan.sums("2031-06-01".parse().unwrap());
    assert_eq!((sums["work"].done, sums["work"].not_shown, sums["work"].dropped), (1, 3, 1));
    assert_eq!((sums["communications"].under_way, sums["communications"].late), (1, 0));
    let today = "2031-06-03".parse().unwrap();
    assert_eq!(plan.sums(today)["communications"].late, 1);
    let problems = plan.problems(today);
    assert_eq!(problems.len(), 4, "{problems:?}");
    assert!(problems.iter().any(|one| one.contains("four is late by 2 days")), "{problems:?}");
    let text = plan.to_document(today).to_markdown();
    assert!(text.contains("done 1, under way 0, planned 0, dropped 1"), "{text}");
    assert!(text.contains("under way, late by 2 days"), "{text}");
    let sum = |sums: &spcg::outreach::Sums| {
        sums.planned + sums.under_way + sums.done + sums.not_shown + sums.dropped
    };
    assert!(plan.sums(today).values().all(|sums| sum(sums) == sums.milestones));
}

#[test]
fn what_was_sent_is_a_file_that_is_never_changed() {
    let (root, mut folder) = folder();
    let sent = Sent {
        day: "2031-05-28".parse().unwrap(),
        organization: Organization::Iec,
        document: "SPCG-90C".into(),
        audience: "members".into(),
        reference: "AC/99/2031".into(),
    };
    let path = folder.record(sent.clone()).unwrap();
    assert_eq!(folder.record(sent.clone()).unwrap(), path, "again is no second entry");
    let unlisted = Sent { document: "SPCG-92".into(), ..sent.clone() };
    assert_eq!(folder.record(unlisted).unwrap_err().refusal(), Some(Refusal::NoSource));
    let again = Folder::open(root.path()).unwrap();
    assert_eq!(again.plan().sent, [sent]);
    let text = again.plan().to_document("2031-06-01".parse().unwrap()).to_markdown();
    assert!(text.contains("28 May 2031 (AC/99/2031)"), "{text}");

    // Revision D takes its place: those who have C are told.
    let mut plan = again.plan().clone();
    let today = "2031-08-01".parse().unwrap();
    assert_eq!(plan.problems(today), Vec::<String>::new());
    let next: Paper =
        toml::from_str("number = \"SPCG-90\"\nrevision = \"D\"\ntitle = \"New\"").unwrap();
    plan.papers.push(next);
    let problems = plan.problems(today);
    assert!(problems[0].contains("SPCG-90D took its place"), "{problems:?}");

    // A letter of it changed by hand: it is told and not counted. CRLF is no change.
    let written = fs::read_to_string(&path).unwrap();
    fs::write(&path, written.replace('\n', "\r\n")).unwrap();
    assert_eq!(Folder::open(root.path()).unwrap().problems(), []);
    fs::write(&path, written.replace("AC/99", "AC/98")).unwrap();
    let broken = Folder::open(root.path()).unwrap();
    assert_eq!((broken.problems().len(), broken.plan().sent.len()), (1, 0));
}

#[test]
fn a_mistake_in_a_file_of_the_plan_is_told_with_its_line_and_stops_nothing() {
    let (root, _) = folder();
    let milestones = "[[milestone]]\nid = \"a\"\nwhat = \"x\"\ndue = \"2031-06-01\"\nstate = \"done\"\n\
                      evidance = \"AC/9\"\n\n[[milestone]]\nid = \"b\"\nwhat = \"x\"\n\
                      due = \"2031-06-01\"\nstate = \"planned\"\n\n[[milestone]]\nid = \"b\"\n\
                      what = \"x\"\ndue = \"2031-06-01\"\nstate = \"planned\"\n";
    write(root.path(), "plan/milestones.toml", milestones);
    write(root.path(), "plan/messages.toml", "[[message]\n");
    let folder = Folder::open(root.path()).unwrap();
    let told: Vec<String> = folder.problems().iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told.iter().any(|one| one.starts_with("plan/milestones.toml:1:")), "{told:?}");
    assert!(told.iter().any(|one| one.starts_with("plan/messages.toml:1:")), "{told:?}");
    assert!(told.iter().any(|one| one.contains("`b` is empty or given twice")), "{told:?}");
    assert!(told.iter().any(|one| one.contains("unknown field `evidance`")), "{told:?}");
    assert_eq!(folder.plan().milestones.len(), 1);
    assert!(folder.circular("../../secret").unwrap_err().is_malformed());
    assert!(folder.circular("unheard-of").unwrap_err().is_not_found());
}
