//! What holds of every case, paper and report, whatever is on file.

use std::collections::BTreeSet;
use std::fs;

use proptest::prelude::*;
use spcg::boards::{Beside, Free, Record};
use spcg::document::Form;
use spcg::recommendation::Recommendation;
use spcg::register::*;
use spcg::{CommitteeRef, Organization};

use crate::register::{CASE, comment, day, open, received, said, settings, shared};

const COMMITTEES: [(&str, &str); 4] = [
    ("ITU-T SG 99", "itu-member"),
    ("IEC TC 999", "iec-member"),
    ("ISO/TC 999", "iso-member"),
    ("ISO/TC 999/SC 1", "iso-member"),
];

const ANSWERS: [Answer; 6] = [
    Answer::NoInterest,
    Answer::InformUs,
    Answer::Liaison,
    Answer::Contribute,
    Answer::JointWork,
    Answer::Objection,
];

/// What happens in a case: what, by whom, on which day of March, and whether SPCG keeps it to
/// itself.
type Steps = Vec<(usize, usize, u8, bool)>;

fn steps() -> impl Strategy<Value = Steps> {
    proptest::collection::vec((0_usize..9, 0_usize..4, 1_u8..28, any::<bool>()), 0..14)
}

const SECRET: &str = "zebra among ourselves";

fn event(step: (usize, usize, u8, bool), at: usize) -> Event {
    let (what, who, on, hidden) = step;
    let (committee, by) = COMMITTEES[who];
    let on = format!("2031-03-{on:02}");
    let words = if hidden { SECRET } else { "a plain word" };
    let mut event = match what {
        0..6 => {
            let mut event = said(committee, ANSWERS[what], &on, by);
            if let Body::Statement(statement) = &mut event.body {
                statement.aspect = Some(format!("part {at}, {words}"));
            }
            event
        }
        6 => comment(&format!("{words} {at}")),
        7 => {
            let asked = Asked {
                committee: committee.into(),
                suggested_by: SuggestedBy::Machine,
                probability: Some(0.25),
                because: Some(format!("{SECRET} {at}")),
                deadline: None,
            };
            Event::new(day(&on), by, Body::Asked(asked))
        }
        _ => {
            let held = Held { until: day("2031-04-10"), reason: format!("{words} {at}") };
            Event::new(day(&on), by, Body::Held(held))
        }
    };
    if hidden {
        event.visible = Visible::Spcg;
    }
    event
}

/// A register with one case after these steps; those that are refused are left out.
fn case_after(steps: &Steps) -> (tempfile::TempDir, OpenCase) {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::create(folder.path(), &settings()).unwrap();
    let mut case = register.begin(CASE, received("Spare parts", "TS/P 999"), &[]).unwrap();
    case.append(shared("2031-02-02", "2031-03-10")).unwrap();
    for (at, step) in steps.iter().enumerate() {
        let _ = case.append(event(*step, at));
    }
    (folder, case)
}

fn record(folder: &std::path::Path) -> Record {
    let register = Register::open(folder).unwrap();
    let period = (day("2031-01-01"), day("2031-04-01"));
    Record::freeze(register.cases(), &Beside::default(), period).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn a_draft_passes_its_own_check_and_tells_no_interest_without_a_statement(steps in steps()) {
        let (_folder, case) = case_after(&steps);
        let paper = Recommendation::draft(&case, "SPCG-90", None, day("2031-03-28"));
        let text = paper.to_markdown(&case);
        prop_assert_eq!(paper.check_text(&case, &text), vec![]);
        if !paper.items.is_empty() {
            prop_assert!(paper.check(&case).is_ok(), "{:?}", paper.check(&case));
        }
        prop_assert_eq!(Recommendation::from_toml(&paper.to_toml().unwrap()).unwrap(), paper.clone());
        // Whoever stated no interest that may be shared has none in any sentence.
        let stated: BTreeSet<CommitteeRef> = case
            .statements()
            .iter()
            .filter(|one| one.visible == Visible::Boards && one.said.answer.is_interest())
            .filter_map(|one| match &one.voice {
                Voice::Committee(committee) => Some(committee.clone()),
                Voice::Unnamed(_) => None,
            })
            .collect();
        for (committee, _) in COMMITTEES {
            let wrong = format!("{text}\nIt was said in March, and in a letter, that\n{committee}\nis interested.\n");
            let found = paper.check_text(&case, &wrong);
            let unfounded = !stated.contains(&committee.parse().unwrap());
            prop_assert_eq!(found.len(), usize::from(unfounded), "{}: {:?}", committee, found);
            if unfounded {
                prop_assert_eq!(found[0].line, text.lines().count() + 2);
            }
        }
    }

    #[test]
    fn what_is_for_spcg_alone_and_what_the_machine_found_leaves_it_in_nothing(steps in steps()) {
        let (folder, case) = case_after(&steps);
        let paper = Recommendation::draft(&case, "SPCG-90", None, day("2031-03-28"));
        let record = record(folder.path());
        let mut all = vec![
            paper.to_markdown(&case),
            paper.to_toml().unwrap(),
            record.to_json().unwrap(),
            Register::open(folder.path()).unwrap().labels(),
        ];
        for board in Organization::ALL {
            let report = record.report(board, &Free::default(), "", &[]).unwrap();
            all.push(report.to_html());
            // The archive is not compressed: its texts are its bytes.
            all.push(String::from_utf8_lossy(&report.to_word().unwrap()).into_owned());
        }
        for text in all {
            prop_assert!(!text.contains("zebra") && !text.contains("25 %"), "{}", text);
        }
    }

    #[test]
    fn rendering_is_the_same_on_one_and_on_eight_threads(steps in steps()) {
        let (folder, case) = case_after(&steps);
        let paper = Recommendation::draft(&case, "SPCG-90", None, day("2031-03-28"));
        let everything = || {
            let record = record(folder.path());
            let mut all = vec![record.to_json().unwrap().into_bytes()];
            for form in Form::ALL {
                all.push(paper.to_document(&case).to_bytes(form).unwrap());
                for board in Organization::ALL {
                    let report = record.report(board, &Free::default(), "", &[]).unwrap();
                    all.push(report.to_bytes(form).unwrap());
                }
            }
            all
        };
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(everything)
        };
        prop_assert_eq!(on(1), on(8));
    }

    #[test]
    fn appending_changes_and_removes_no_file(steps in steps()) {
        let (folder, mut case) = case_after(&steps);
        let path = folder.path().join("cases").join(CASE);
        let files = || -> BTreeSet<(String, Vec<u8>)> {
            let entries = fs::read_dir(&path).unwrap().map(|entry| entry.unwrap());
            let files = entries.filter(|entry| entry.path().is_file());
            files
                .map(|file| {
                    let name = file.file_name().to_string_lossy().into_owned();
                    (name, fs::read(file.path()).unwrap())
                })
                .collect()
        };
        let before = files();
        case.append(comment("One more word.")).unwrap();
        let after = files();
        prop_assert!(before.is_subset(&after));
        prop_assert_eq!(after.len(), before.len() + 1);
        let read = open(folder.path());
        prop_assert_eq!(case.log(), read.log());
        // The state is one of the events and of the day alone.
        for on in ["2031-02-20", "2031-03-15", "2032-01-01"] {
            prop_assert_eq!(case.status(day(on)), read.status(day(on)));
        }
    }

    #[test]
    fn the_counts_of_a_report_are_those_of_its_cases(
        outcomes in proptest::collection::vec(0_usize..4, 0..12)
    ) {
        let folder = tempfile::tempdir().unwrap();
        let register = Register::create(folder.path(), &settings()).unwrap();
        for (at, outcome) in outcomes.iter().enumerate() {
            let id = format!("2031-02-case-{at}");
            let title = format!("{} of kind {at}", ["Lamps", "Pumps", "Ropes"][at % 3]);
            let Ok(mut case) = register.begin(&id, received(&title, &format!("TS/P {at}")), &[]) else {
                continue;
            };
            case.append(shared("2031-02-02", "2031-03-10")).unwrap();
            let outcome = match outcome {
                0 => continue,
                1 => CaseOutcome::CommentsForwarded,
                _ => CaseOutcome::NothingToAdd,
            };
            case.append(crate::register::proposed(outcome, "2031-03-12", None)).unwrap();
            for by in ["tmb-secretary", "smb-secretary", "tsb-secretary"] {
                let agreed = Agreed { position: Stand::Agree, text: None, paper_sha: None };
                case.append(Event::new(day("2031-03-20"), by, Body::Agreed(agreed))).unwrap();
            }
        }
        let record = record(folder.path());
        let text = record.report(Organization::Iso, &Free::default(), "", &[]).unwrap().to_markdown();
        let line = text.lines().find(|line| line.contains("for new fields were on file"));
        if record.cases.len() > 1 {
            let numbers: Vec<usize> =
                line.unwrap().split_whitespace().filter_map(|word| word.parse().ok()).collect();
            prop_assert_eq!(numbers[0], record.cases.len());
            prop_assert_eq!(numbers[1..].iter().sum::<usize>(), record.cases.len(), "{}", text);
        }
    }
}
