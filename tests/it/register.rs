//! The register of proposals: rules, files, and what two offices write apart. The committees are
//! invented. Numbers are those of the acceptance checks of the procedure.

use std::fs;
use std::path::Path;
use std::process::Command;

use proptest::prelude::*;
use spcg::boards::{Beside, Record};
use spcg::recommendation::Recommendation;
use spcg::register::*;
use spcg::{Organization, Refusal};
use tempfile::TempDir;

pub(crate) const CASE: &str = "2031-02-spare-parts";

pub(crate) fn day(text: &str) -> spcg::proposal::Date {
    text.parse().unwrap()
}

pub(crate) fn settings() -> Settings {
    let mut settings = Settings::default();
    let invented = ["ITU-T SG 99", "ITU-T SG 98", "IEC TC 999", "ISO/TC 999", "ISO/TC 999/SC 1"];
    settings.committees = invented.map(str::to_owned).to_vec();
    settings
}

pub(crate) fn received(title: &str, reference: &str) -> Event {
    let body = Body::Received(Received {
        proposal: FileRef::of("proposal.toml", b"title = \"Spare parts\"\n"),
        title: title.into(),
        addressed_to: Organization::Iso,
        reference: Some(reference.into()),
        form: None,
        proposer: None,
        ballot_closes: None,
        same_subject_as: None,
    });
    Event::new(day("2031-02-01"), "tmb-secretary", body)
}

pub(crate) fn shared(on: &str, deadline: &str) -> Event {
    let with = vec![Organization::Iec, Organization::ItuT];
    let body = Body::Shared(Shared { with, deadline: day(deadline), reason: None });
    Event::new(day(on), "tmb-secretary", body)
}

pub(crate) fn asked(committee: &str, by: &str) -> Event {
    let body = Body::Asked(Asked {
        committee: committee.into(),
        suggested_by: SuggestedBy::Machine,
        probability: Some(0.4),
        because: None,
        deadline: None,
    });
    Event::new(day("2031-02-03"), by, body)
}

pub(crate) fn said(committee: &str, answer: Answer, on: &str, by: &str) -> Event {
    Event::statement(committee, answer).level(Level::Group).on(day(on)).by(by).source("LS-12")
}

pub(crate) fn comment(text: &str) -> Event {
    let body = Body::Comment(Comment {
        organization: Organization::Iec,
        text: text.into(),
        forward: true,
        on: Vec::new(),
    });
    Event::new(day("2031-02-10"), "iec-member", body)
}

pub(crate) fn proposed(outcome: CaseOutcome, on: &str, sha: Option<&str>) -> Event {
    let paper =
        sha.map(|sha| PaperRef { number: "SPCG-90".into(), revision: None, sha: sha.into() });
    let reason = "As discussed.".into();
    let body = Body::Proposed(Proposed { outcome, reason, urgent: None, paper });
    Event::new(day(on), "tmb-secretary", body)
}

pub(crate) fn agreed(by: &str, position: Stand, sha: &str) -> Event {
    let text = Some("In our words.".into());
    let body = Body::Agreed(Agreed { position, text, paper_sha: Some(sha.into()) });
    Event::new(day("2031-03-20"), by, body)
}

pub(crate) fn sent() -> Event {
    let body = Body::Sent(Sent {
        to: Organization::Iso,
        document: "SPCG-90".into(),
        attachments: Vec::new(),
    });
    Event::new(day("2031-03-25"), "tmb-secretary", body)
}

pub(crate) fn noted(events: &[&str]) -> Event {
    let body = Body::Noted(Noted {
        events: events.iter().map(|one| (*one).to_owned()).collect(),
        disposition: Disposition::Answered,
        text: "Answered in the meeting.".into(),
    });
    Event::new(day("2031-03-21"), "tmb-secretary", body)
}

/// A register with one case that is shared until 10 March and asks two committees.
pub(crate) fn with_a_case() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::create(folder.path(), &settings()).unwrap();
    let proposal: (&str, &[u8]) = ("proposal.toml", b"title = \"Spare parts\"\n");
    let begin = received("Spare parts", "TS/P 999");
    let mut case = register.begin(CASE, begin, &[proposal]).unwrap();
    case.append(shared("2031-02-02", "2031-03-10")).unwrap();
    case.append(asked("ITU-T SG 99", "tsb-secretary")).unwrap();
    case.append(asked("IEC TC 999", "smb-secretary")).unwrap();
    folder
}

pub(crate) fn open(folder: &Path) -> OpenCase {
    Register::open(folder).unwrap().case(CASE).unwrap()
}

pub(crate) fn refusal(result: Result<String, spcg::Error>) -> Refusal {
    let error = result.unwrap_err();
    assert!(error.is_refused() || error.is_conflict(), "{error}");
    error.refusal().unwrap_or_else(|| panic!("no reason: {error}"))
}

fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=office", "-c", "user.email=office@example.org"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
}

/// Two clones of a register; each is written in, then both are merged into both.
fn apart(
    folder: &Path,
    one: impl FnOnce(&mut OpenCase),
    other: impl FnOnce(&mut OpenCase),
) -> Option<[TempDir; 2]> {
    if Command::new("git").arg("--version").output().is_err() {
        eprintln!("skipped: there is no git on this machine");
        return None;
    }
    git(folder, &["init", "-q", "-b", "main"]);
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-qm", "begin"]);
    let clones = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let path = folder.to_str().unwrap();
    for clone in &clones {
        git(clone.path(), &["clone", "-q", path, "."]);
    }
    one(&mut open(clones[0].path()));
    other(&mut open(clones[1].path()));
    for clone in &clones {
        git(clone.path(), &["add", "-A"]);
        git(clone.path(), &["commit", "-qm", "work"]);
    }
    for (here, there) in [(0, 1), (1, 0)] {
        let there = clones[there].path().to_str().unwrap();
        git(clones[here].path(), &["pull", "-q", "--no-rebase", "--no-edit", there, "main"]);
    }
    Some(clones)
}

fn log_of(folder: &Path) -> String {
    let case = open(folder);
    let lines: Vec<String> =
        case.log().iter().map(|entry| format!("{} {}", entry.id, entry.event)).collect();
    format!("{}\n{}", case.status(day("2031-03-05")), lines.join("\n"))
}

#[test]
fn check_1_a_reference_is_opened_once() {
    let folder = with_a_case();
    let register = Register::open(folder.path()).unwrap();
    let again = register.begin("2031-02-parts", received("Other title", "TS/P 999"), &[]);
    let error = again.unwrap_err();
    assert_eq!(error.refusal(), Some(Refusal::NumberTaken));
    assert!(error.to_string().contains(CASE), "{error}");
    let near = register.begin("2031-02-parts", received("Spare  parts", "TS/P 1000"), &[]);
    assert_eq!(near.unwrap_err().refusal(), Some(Refusal::NumberTaken));
    // What another clone did that did not know of it.
    let elsewhere = tempfile::tempdir().unwrap();
    let other = Register::create(elsewhere.path(), &settings()).unwrap();
    let double = received("Parts that are spare", "TS/P 999");
    other.begin("2031-02-parts", double, &[]).unwrap();
    let from = elsewhere.path().join("cases/2031-02-parts");
    let to = folder.path().join("cases/2031-02-parts");
    fs::create_dir(&to).unwrap();
    for file in fs::read_dir(from).unwrap().map(Result::unwrap).filter(|f| f.path().is_file()) {
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
    let register = Register::open(folder.path()).unwrap();
    let problem = register.problems()[0].to_string();
    assert!(problem.contains(CASE) && problem.contains("2031-02-parts"), "{problem}");
    let relation = Relation::Duplicate;
    let link = Body::Linked(Linked { case: Some(CASE.into()), area: None, relation });
    let mut case = register.case("2031-02-parts").unwrap();
    case.append(Event::new(day("2031-02-20"), "tmb-secretary", link)).unwrap();
    let register = Register::open(folder.path()).unwrap();
    assert!(register.problems().is_empty());
    let states: Vec<State> = register.cases().map(|case| case.state(day("2031-02-20"))).collect();
    assert_eq!(states, [State::Duplicate, State::Shared]);
    let period = (day("2031-01-01"), day("2031-04-01"));
    let record = Record::freeze(register.cases(), &Beside::default(), period).unwrap();
    assert_eq!(record.cases.len(), 1);
    // A link leads to a case that is there.
    for target in ["2031-02-nothing", "../..", "2031-02-parts"] {
        let link = Linked { case: Some(target.into()), area: None, relation };
        let link = Event::new(day("2031-02-20"), "tmb-secretary", Body::Linked(link));
        assert!(case.append(link).unwrap_err().is_refused(), "{target}");
    }
}

#[test]
fn check_3_two_clones_add_statements_and_merge_cleanly() {
    let folder = with_a_case();
    let one = said("ITU-T SG 99", Answer::Liaison, "2031-02-20", "tsb-secretary");
    let other = said("IEC TC 999", Answer::NoInterest, "2031-02-21", "smb-secretary");
    let Some(clones) = apart(
        folder.path(),
        |case| drop(case.append(one).unwrap()),
        |case| drop(case.append(other).unwrap()),
    ) else {
        return;
    };
    let case = open(clones[0].path());
    assert_eq!((case.statements().len(), case.conflicts().len()), (2, 0));
    assert_eq!(case.heads().len(), 2);
    assert_eq!(log_of(clones[0].path()), log_of(clones[1].path()));
}

#[test]
fn check_4_two_outcomes_are_a_conflict_until_it_is_settled() {
    let folder = with_a_case();
    let one = proposed(CaseOutcome::NothingToAdd, "2031-03-12", None);
    let other = proposed(CaseOutcome::CommentsForwarded, "2031-03-13", None);
    let Some(clones) = apart(
        folder.path(),
        |case| drop(case.append(one).unwrap()),
        |case| drop(case.append(other).unwrap()),
    ) else {
        return;
    };
    let mut case = open(clones[0].path());
    assert!(case.status(day("2031-03-14")).to_string().contains("in conflict"));
    let ids = case.conflicts()[0].ids.clone();
    assert_eq!(ids.len(), 2);
    let position = Body::Agreed(Agreed { position: Stand::Agree, text: None, paper_sha: None });
    let agree = Event::new(day("2031-03-15"), "tsb-secretary", position);
    let error = case.append(agree.clone()).unwrap_err();
    assert!(error.is_conflict() && error.refusal() == Some(Refusal::Conflict), "{error}");
    assert!(ids.iter().all(|id| error.to_string().contains(id)));
    // Statements still go in.
    case.append(said("ITU-T SG 99", Answer::InformUs, "2031-03-15", "tsb-secretary")).unwrap();
    let settled = Body::Settled(Settled {
        winner: ids[1].clone(),
        set_aside: vec![ids[0].clone()],
        reason: "Both offices say so.".into(),
    });
    case.append(Event::new(day("2031-03-16"), "tmb-secretary", settled)).unwrap();
    assert_eq!(case.proposed().unwrap().outcome, CaseOutcome::CommentsForwarded);
    assert!(case.event(&ids[0]).is_some());
    case.append(agree).unwrap();
}

#[test]
fn check_5_an_answer_that_the_paper_does_not_know_stops_the_sending() {
    let folder = with_a_case();
    let mut case = open(folder.path());
    case.append(proposed(CaseOutcome::Recommendation, "2031-03-12", Some("ab"))).unwrap();
    for by in ["tmb-secretary", "smb-secretary"] {
        case.append(agreed(by, Stand::Agree, "ab")).unwrap();
    }
    let answer = said("ITU-T SG 99", Answer::Liaison, "2031-03-19", "tsb-secretary");
    let Some(clones) = apart(
        folder.path(),
        |case| drop(case.append(answer).unwrap()),
        |case| drop(case.append(agreed("tsb-secretary", Stand::Agree, "ab")).unwrap()),
    ) else {
        return;
    };
    let mut case = open(clones[1].path());
    let status = case.status(day("2031-03-21"));
    assert_eq!(status.state, State::Agreed);
    assert!(status.to_string().contains("unseen answers 1"), "{status}");
    assert_eq!(refusal(case.append(sent())), Refusal::Unanswered);
    let id = case.statements()[0].id.clone();
    case.append(noted(&[&id])).unwrap();
    case.append(sent()).unwrap();
    assert_eq!(case.state(day("2031-03-26")), State::Sent);
}

#[test]
fn check_6_an_edit_by_hand_is_found_and_line_endings_are_not_one() {
    let folder = with_a_case();
    let cases = folder.path().join("cases");
    let register = Register::open(folder.path()).unwrap();
    register.begin("2031-02-lamps", received("Lamps", "TS/P 998"), &[]).unwrap();
    let events = |case: &str| -> Vec<std::path::PathBuf> {
        let mut files: Vec<_> = fs::read_dir(cases.join(case))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|one| one == "toml"))
            .collect();
        files.sort();
        files
    };
    for file in events(CASE) {
        let text = fs::read_to_string(&file).unwrap().replace('\n', "\r\n");
        fs::write(&file, text).unwrap();
    }
    assert!(Register::open(folder.path()).unwrap().problems().is_empty());
    let file = &events(CASE)[1];
    let text = fs::read_to_string(file).unwrap();
    fs::write(file, text.replace("2031-03-10", "2031-03-11")).unwrap();
    let register = Register::open(folder.path()).unwrap();
    let problem = register.problems()[0].to_string();
    assert!(problem.contains(file.file_name().unwrap().to_str().unwrap()), "{problem}");
    assert!(register.case("2031-02-lamps").unwrap().append(comment("Dim.")).is_ok());
    let refused = register.case(CASE).unwrap().append(comment("Late.")).unwrap_err();
    assert!(refused.is_malformed(), "{refused}");
    // Marks of an unfinished merge are named as such.
    fs::write(file, "<<<<<<< ours\n").unwrap();
    let register = Register::open(folder.path()).unwrap();
    assert!(register.problems()[0].to_string().contains("unfinished merge"));
}

#[test]
fn check_7_a_deadline_is_a_later_day() {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::create(folder.path(), &settings()).unwrap();
    let mut case = register.begin(CASE, received("Spare parts", "TS/P 999"), &[]).unwrap();
    let mut share = |deadline| refusal(case.append(shared("2031-02-02", deadline)));
    assert_eq!(share("2031-04"), Refusal::DeadlineMissing);
    assert_eq!(share("2031-02-01"), Refusal::DeadlineNotLater);
    assert_eq!(share("2031-02-05"), Refusal::DeadlineNotLater);
}

#[test]
fn check_8_the_day_of_the_deadline_is_in_time() {
    let folder = with_a_case();
    let mut case = open(folder.path());
    case.append(said("ITU-T SG 99", Answer::Liaison, "2031-03-10", "tsb-secretary")).unwrap();
    case.append(said("IEC TC 999", Answer::Liaison, "2031-03-11", "smb-secretary")).unwrap();
    let late: Vec<bool> = case.statements().iter().map(|one| one.late).collect();
    assert_eq!(late, [false, true]);
    assert!(case.status(day("2031-03-12")).to_string().contains("late answers 1"));
}

#[test]
fn check_9_each_step_reminds_once() {
    let folder = with_a_case();
    let mut case = open(folder.path());
    let due = |case: &OpenCase, on: &str| -> Vec<String> {
        let all = case.due(day(on));
        all.into_iter().filter(|one| one.kind == DueKind::Reminder).flat_map(|d| d.who).collect()
    };
    assert!(due(&case, "2031-02-20").is_empty());
    let both = ["IEC TC 999", "ITU-T SG 99"];
    let mut first = due(&case, "2031-02-24");
    first.sort();
    assert_eq!(first, both);
    case.append(said("ITU-T SG 99", Answer::InformUs, "2031-02-24", "tsb-secretary")).unwrap();
    assert_eq!(due(&case, "2031-02-24"), ["IEC TC 999"]);
    for (on, next) in [("2031-02-24", "2031-03-03"), ("2031-03-03", "2031-03-09")] {
        let to = vec!["IEC TC 999".to_owned()];
        let body = Body::Reminded(Reminded { to, about: day("2031-03-10") });
        case.append(Event::new(day(on), "smb-secretary", body)).unwrap();
        assert!(due(&case, on).is_empty());
        assert_eq!(due(&case, next), ["IEC TC 999"]);
    }
    let body =
        Body::Reminded(Reminded { to: vec!["ITU-T SG 99".into()], about: day("2031-03-10") });
    let who_answered = Event::new(day("2031-03-05"), "smb-secretary", body);
    assert_eq!(refusal(case.append(who_answered)), Refusal::NoGround);
}

#[test]
fn check_10_and_11_an_outcome_waits_for_answers_and_dispositions() {
    let folder = with_a_case();
    let mut case = open(folder.path());
    let early = proposed(CaseOutcome::NothingToAdd, "2031-02-20", None);
    assert_eq!(refusal(case.append(early.clone())), Refusal::StillOpen);
    let mut urgent = early;
    if let Body::Proposed(proposed) = &mut urgent.body {
        proposed.urgent = Some("The board meets tomorrow.".into());
    }
    let id = case.append(comment("Mind the screws.")).unwrap();
    let error = case.append(urgent.clone()).unwrap_err();
    assert_eq!(error.refusal(), Some(Refusal::Unanswered));
    assert!(error.to_string().contains(&id));
    case.append(noted(&[&id])).unwrap();
    // The reason is in the paper.
    let mut paper = Recommendation::draft(&case, "SPCG-90", None, day("2031-02-20"));
    paper.urgent = Some("The board meets tomorrow.".into());
    let text = paper.to_markdown(&case);
    assert!(text.contains("does not wait for the deadline: The board meets tomorrow."), "{text}");
    case.append(urgent).unwrap();
}

#[test]
fn check_12_who_may_state_what() {
    let folder = with_a_case();
    let mut case = open(folder.path());
    let other = said("ITU-T SG 99", Answer::Liaison, "2031-02-20", "iec-member");
    assert_eq!(refusal(case.append(other)), Refusal::WrongRole);
    let mut bare = said("ITU-T SG 99", Answer::Liaison, "2031-02-20", "itu-member");
    bare.source = None;
    assert_eq!(refusal(case.append(bare)), Refusal::NoSource);
    let unknown = said("ITU-T SG 97", Answer::Liaison, "2031-02-20", "itu-member");
    let error = case.append(unknown).unwrap_err();
    assert_eq!(error.refusal(), Some(Refusal::UnknownCommittee));
    assert!(error.to_string().contains("ITU-T SG 9"), "{error}");
}

#[test]
fn check_16_and_17_a_changed_basis_and_missing_positions_stop_the_sending() {
    let folder = with_a_case();
    let mut case = open(folder.path());
    case.append(proposed(CaseOutcome::Recommendation, "2031-03-12", Some("ab"))).unwrap();
    let older = agreed("tsb-secretary", Stand::Agree, "aa");
    assert_eq!(refusal(case.append(older)), Refusal::TextChanged);
    case.append(agreed("tmb-secretary", Stand::Agree, "ab")).unwrap();
    case.append(agreed("smb-secretary", Stand::Reservation, "ab")).unwrap();
    assert_eq!(refusal(case.append(sent())), Refusal::NotAgreed);
    case.append(agreed("tsb-secretary", Stand::Object, "ab")).unwrap();
    assert_eq!(refusal(case.append(sent())), Refusal::Objected);
    case.append(agreed("tsb-secretary", Stand::Agree, "ab")).unwrap();
    case.append(said("ITU-T SG 99", Answer::Liaison, "2031-03-09", "tsb-secretary")).unwrap();
    let id = case.statements()[0].id.clone();
    case.append(noted(&[&id])).unwrap();
    let proposal = FileRef::of("proposal.toml", b"title = \"Spare parts and tools\"\n");
    let body = Body::Revised(Revised {
        proposal,
        changes: "Tools are in.".into(),
        statements_stand: false,
    });
    case.append(Event::new(day("2031-03-22"), "tmb-secretary", body)).unwrap();
    assert_eq!(refusal(case.append(sent())), Refusal::OutdatedBasis);
    assert!(!case.statements()[0].stands && case.statements()[0].revision == 1);
    assert!(case.status(day("2031-03-23")).to_string().contains("outdated basis"));
}

/// Ten closed cases, half of them by a suggestion of the machine.
#[test]
fn check_31_evaluate_reads_what_cases_teach() {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::create(folder.path(), &settings()).unwrap();
    let subjects = [
        "Lamps", "Pumps", "Ropes", "Tyres", "Clocks", "Ladders", "Kettles", "Bicycles", "Scales",
        "Drones",
    ];
    for (at, subject) in subjects.into_iter().enumerate() {
        let text = format!("title = \"{subject} for schools\"\nscope = \"Safety of {subject}.\"\n");
        let mut first = received(&format!("{subject} for schools"), &format!("TS/P {at}"));
        let file = FileRef::of("proposal.toml", text.as_bytes());
        if let Body::Received(received) = &mut first.body {
            received.proposal = file;
        }
        let id = format!("2031-02-{}", subject.to_lowercase());
        let mut case = register.begin(&id, first, &[("proposal.toml", text.as_bytes())]).unwrap();
        case.append(shared("2031-02-02", "2031-03-10")).unwrap();
        let mut ask = asked("ITU-T SG 17", "tsb-secretary");
        if let (Body::Asked(asked), true) = (&mut ask.body, at % 2 == 1) {
            (asked.suggested_by, asked.probability) = (SuggestedBy::Person, None);
        }
        case.append(ask).unwrap();
        let body = Body::Feedback(Feedback {
            committee: "ITU-T SG 17".into(),
            concerned: true,
            basis: FeedbackBasis::Liaison,
        });
        case.append(Event::new(day("2031-04-01"), "tsb-secretary", body)).unwrap();
        let body = Body::Closed(Closed { reason: "Done.".into() });
        case.append(Event::new(day("2031-04-02"), "tmb-secretary", body)).unwrap();
    }
    let text = Register::open(folder.path()).unwrap().labels();
    assert_eq!(text.lines().count(), 10);
    assert_eq!(text.matches(r#""asked_by_machine":["ITU-T SG 17"]"#).count(), 5, "{text}");
    assert_eq!(text.matches(r#""asked_by_machine":[]"#).count(), 5);
    assert!(text.contains(r#""abstract":"Safety of Lamps.""#), "{text}");
    let file = folder.path().join("labels.jsonl");
    fs::write(&file, &text).unwrap();
    let Some(program) = crate::programs::program("evaluate") else { return };
    let output = Command::new(program).arg("--labels").arg(&file).output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && told.contains("10 labels in"), "{told}");
    assert!(told.contains("5 were asked because the machine suggested them"), "{told}");
}

#[test]
fn check_31_closed_cases_become_labels() {
    let folder = with_a_case();
    let register = Register::open(folder.path()).unwrap();
    let mut case = register.case(CASE).unwrap();
    let id = case.append(said("ITU-T SG 99", Answer::Liaison, "2031-02-20", "tsb-secretary"));
    let mut hidden = comment("Not for the boards.");
    hidden.visible = Visible::Spcg;
    case.append(hidden).unwrap();
    let body = Body::Feedback(Feedback {
        committee: "ISO/TC 999".into(),
        concerned: true,
        basis: FeedbackBasis::WorkAssigned,
    });
    case.append(Event::new(day("2031-04-01"), "tmb-secretary", body)).unwrap();
    assert!(labels(Register::open(folder.path()).unwrap().cases()).is_empty());
    let body = Body::Closed(Closed { reason: "Done.".into() });
    case.append(Event::new(day("2031-04-02"), "tmb-secretary", body)).unwrap();
    let text = labels(Register::open(folder.path()).unwrap().cases());
    let file = folder.path().join("labels.jsonl");
    fs::write(&file, &text).unwrap();
    let set = spcg::evaluation::LabelSet::from_path(&file).unwrap();
    assert_eq!(set.labels[0].interested, ["ISO/TC 999", "ITU-T SG 99"]);
    assert!(text.contains(r#""asked_by_machine":["IEC TC 999","ITU-T SG 99"]"#), "{text}");
    assert!(!text.contains("Not for the boards"));
    let bins = calibration(Register::open(folder.path()).unwrap().cases());
    let bin = bins.iter().find(|bin| bin.answered > 0).unwrap();
    assert_eq!((bin.answered, bin.interested, bin.is_too_small()), (1, 1, true));
    drop(id);
}

#[test]
fn a_correction_obeys_the_rules_and_may_be_taken_back() {
    let folder = with_a_case();
    let mut case = open(folder.path());
    let id = case.append(said("ITU-T SG 99", Answer::Liaison, "2031-03-01", "tsb-secretary"));
    let id = id.unwrap();
    let correct = |of: &str, content: Event| {
        let (of, reason, content) = (of.to_owned(), "Misread.".to_owned(), Box::new(content));
        let body = Body::Corrected(Corrected { of, reason, content });
        Event::new(day("2031-03-02"), "tsb-secretary", body)
    };
    let take_back = |of: &str, on: &str| {
        let body = Body::Retracted(Retracted { of: of.to_owned(), reason: "In error.".into() });
        Event::new(day(on), "tsb-secretary", body)
    };
    let answer =
        |case: &OpenCase| case.statements().iter().map(|one| one.said.answer).collect::<Vec<_>>();
    let other = |committee: &str, by: &str| said(committee, Answer::InformUs, "2031-03-01", by);
    let wrong = correct(&id, other("ITU-T SG 97", "tsb-secretary"));
    assert_eq!(refusal(case.append(wrong)), Refusal::UnknownCommittee);
    let wrong = correct(&id, other("IEC TC 999", "tsb-secretary"));
    assert_eq!(refusal(case.append(wrong)), Refusal::WrongRole);
    let wrong = correct(&id, other("ITU-T SG 99", "itu-member"));
    assert_eq!(refusal(case.append(wrong)), Refusal::Invalid);
    let first = case.append(correct(&id, other("ITU-T SG 99", "tsb-secretary"))).unwrap();
    assert_eq!(answer(&case), [Answer::InformUs]);
    assert_eq!(refusal(case.append(take_back(&id, "2031-03-03"))), Refusal::WouldRewrite);
    let content = said("ITU-T SG 99", Answer::JointWork, "2031-03-01", "tsb-secretary");
    let second = case.append(correct(&first, content)).unwrap();
    assert_eq!(answer(&case), [Answer::JointWork]);
    case.append(take_back(&second, "2031-03-04")).unwrap();
    assert_eq!(answer(&case), [Answer::InformUs]);
    case.append(take_back(&first, "2031-03-05")).unwrap();
    assert_eq!(answer(&case), [Answer::Liaison]);
    let gone = case.append(take_back(&id, "2031-03-06")).unwrap();
    assert_eq!(answer(&case), []);
    case.append(take_back(&gone, "2031-03-07")).unwrap();
    assert_eq!(answer(&case), [Answer::Liaison]);
}

#[test]
fn an_ended_case_takes_only_what_still_counts() {
    let folder = with_a_case();
    let mut case = open(folder.path());
    let body = Body::Withdrawn(Withdrawn { reason: "The proposer says so.".into() });
    case.append(Event::new(day("2031-03-01"), "tmb-secretary", body)).unwrap();
    assert_eq!(refusal(case.append(comment("Too late."))), Refusal::Ended);
    case.append(said("IEC TC 999", Answer::InformUs, "2031-03-02", "smb-secretary")).unwrap();
    assert_eq!(case.state(day("2031-03-03")), State::Withdrawn);
}

#[test]
fn a_clone_that_is_behind_is_told_so() {
    let folder = with_a_case();
    let mut stale = open(folder.path());
    open(folder.path()).append(comment("First.")).unwrap();
    let error = stale.append(comment("Second.")).unwrap_err();
    assert!(error.is_conflict() && error.refusal().is_none(), "{error}");
}

#[test]
fn an_event_with_a_field_that_has_no_place_is_refused() {
    let error = Event::from_toml(
        "kind = \"held\"\nday = \"2031-02-02\"\nby = \"chair\"\nuntil = \"2031-02-03\"\n\
         reason = \"R\"\ncolour = \"red\"\n",
    );
    assert!(error.unwrap_err().to_string().contains("colour"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn folding_does_not_depend_on_the_order_of_files(
        seed in proptest::collection::vec((0_usize..3, 0_usize..7, 1_u8..28), 1..12),
        rotate in 0_usize..12,
    ) {
        let answers = [
            Answer::NoInterest, Answer::InformUs, Answer::Liaison, Answer::Contribute,
            Answer::JointWork, Answer::Objection, Answer::Liaison,
        ];
        let committees = [("ITU-T SG 17", "itu-member"), ("IEC TC 57", "iec-member"),
            ("ISO/TC 176", "iso-member")];
        let mut events = vec![received("Spare parts", "TS/P 999")];
        let first = events[0].id().unwrap();
        let mut last = first.clone();
        for (at, (who, what, on)) in seed.into_iter().enumerate() {
            let (committee, by) = committees[who];
            let on = format!("2031-03-{on:02}");
            let after = if at % 3 == 2 { first.clone() } else { last.clone() };
            let event = said(committee, answers[what], &on, by).after(&[after]);
            // Written and read back, it is the same.
            prop_assert_eq!(&Event::from_toml(&event.to_toml().unwrap()).unwrap(), &event);
            last = event.id().unwrap();
            events.push(event);
        }
        let one = Case::fold(CASE, events.clone()).unwrap();
        let at = rotate % events.len();
        events.rotate_left(at);
        events.reverse();
        let other = Case::fold(CASE, events).unwrap();
        prop_assert_eq!(one.log(), other.log());
        prop_assert_eq!(one.statements(), other.statements());
        prop_assert_eq!(one.heads(), other.heads());
        let on = day("2031-03-20");
        prop_assert_eq!(one.status(on), other.status(on));
        // A prefix of a case folds.
        for cut in 1..=one.log().len() {
            let prefix = one.log()[..cut].iter().map(|entry| entry.event.clone());
            prop_assert!(Case::fold(CASE, prefix).is_ok());
        }
    }
}
