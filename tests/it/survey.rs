//! Questionnaires, by the number of their acceptance check.

use std::fs;

use proptest::prelude::*;
use spcg::Catalogue;
use spcg::landscape::Landscape;
use spcg::outreach::survey::{Answer, Grouping, Import, Summary, Survey, SurveyFolder, Value};

const SURVEY: &str = r#"
title = "Coordination at work"
respondent = "Response ID"
day = "Submitted"
audience = "You are"
consent = "May we quote you?"
rounds = [
    { name = "first", closes = "2031-11-28" },
    { name = "second", closes = "2032-01-15" },
]

[[questions]]
id = "useful"
text = "How useful are the questions?"
type = "scale"
options = ["1", "2", "3", "4", "5"]

[[questions]]
id = "topics"
text = "Which topics need coordination?"
type = "several"
options = ["Energy", "Smart cities", "Health"]

[[questions]]
id = "hours"
text = "Hours a month"
type = "number"

[[questions]]
id = "words"
text = "In your words"
type = "text"
"#;

fn survey() -> Survey {
    Survey::from_toml(SURVEY).unwrap()
}

fn summary(survey: &Survey, answers: Vec<Answer>) -> Summary {
    Summary::new(survey, answers, &Landscape::builtin(), &Catalogue::builtin())
}

/// Two rows of heads, `;`, a byte order mark. One question is over three columns, and one column
/// is nobody's.
fn table() -> String {
    let mut text = String::from(
        "\u{feff}Response ID;Submitted;You are;May we quote you?;How useful are the questions?;\
         Which topics need coordination?;;;Hours a month;In your words;IP address\r\n\
         ;;Response;Response;Response;Energy;Smart cities;Trains;Open-Ended Response;\
         Open-Ended Response;\r\n",
    );
    let mut row = |id: &str, day: &str, who: &str, rest: &str| {
        text += &format!("{id};{day};{who};{rest};192.0.2.1\r\n");
    };
    for number in 0..6 {
        row(&format!("a{number}"), "2031-11-20 10:15", "members", "yes;4;Energy;;;2,5;");
    }
    for number in 0..5 {
        row(
            &format!("b{number}"),
            "2031-12-01",
            "chairs",
            "no;5;Energy;x;;4;\"Not to be; quoted\"",
        );
    }
    // Three convenors; one text that a spreadsheet would compute, one that names committees.
    row("c0", "2031-12-02", "convenors", "yes;1;;Smart cities;;;\"=HYPERLINK(\"\"http://x\"\")\"");
    row(
        "c1",
        "2031-12-02",
        "convenors",
        "Yes;2;;;Trains;;SG 16 and ISO/IEC JTC 1/SC 42 meet rarely",
    );
    row("c2", "2031-12-02", "convenors", "no;seven;;;;soon;");
    // The same respondent again, and one that is late.
    row("a0", "2031-12-03", "members", "yes;1;;;;;");
    row("z9", "2032-01-16", "members", "yes;1;Energy;;;;");
    text
}

fn import() -> Import {
    survey().import(table().as_bytes()).unwrap()
}

#[test]
fn check_30_a_table_of_a_form_service_is_read_and_every_repair_reported() {
    let Import { answers, report, .. } = import();
    assert_eq!((report.rows, report.separator, report.head_rows), (16, ';', 2));
    assert_eq!(answers.len(), 15, "of the repeated respondent one answer");
    let told = report.to_string();
    for part in [
        "a mark of the encoding UTF-8 is taken off",
        "the head has two rows",
        "columns that are no question, not kept:\n  IP address",
        "topics: «Trains» (1)",
        "useful: «seven» (1)",
        "a0: lines 3, 17",
        "after the last round, kept and not counted:\n  line 18",
        "line 16, «Hours a month / Open-Ended Response»: «soon»: it is no number",
        "free texts without consent, not kept: 5",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    let kept = serde_json::to_string(&answers).unwrap();
    for part in ["192.0.2.1", "Not to be", "\"a0\"", "\"c1\""] {
        assert!(!kept.contains(part), "{part} is kept: {kept}");
    }

    let summary = summary(&survey(), answers);
    assert_eq!((summary.respondents, summary.late, summary.undated), (14, 1, 0));
    let useful = &summary.questions[0];
    let counts: Vec<usize> = useful.options.iter().map(|one| one.count).collect();
    assert_eq!((useful.answered, useful.other, counts), (14, 1, vec![2, 1, 0, 5, 5]));
    assert!((useful.options[3].share - 5.0 / 14.0).abs() < 1e-12);
    let topics = &summary.questions[1];
    let counts: Vec<usize> = topics.options.iter().map(|one| one.count).collect();
    assert_eq!((topics.answered, topics.other, counts), (12, 1, vec![10, 6, 0]));
    let hours = summary.questions[2].number.unwrap();
    assert_eq!((summary.questions[2].answered, hours.median), (10, 3.25));

    // Three convenors are not told apart, and cannot be told from the sums.
    let groups = |by: Grouping| -> Vec<(String, usize)> {
        let own = useful.groups.iter().filter(|group| group.by == by);
        own.map(|group| (group.names.join("+"), group.answered)).collect()
    };
    assert_eq!(groups(Grouping::Round), [("first".into(), 5), ("second".into(), 9)]);
    let audiences = groups(Grouping::Audience);
    assert_eq!(audiences.iter().map(|(_, n)| n).sum::<usize>(), 14);
    assert!(audiences.iter().all(|(names, n)| *n >= 5 && names != "convenors"), "{audiences:?}");

    // The text is quoted where a program would compute it; committees lead to areas.
    let csv = summary.to_csv().unwrap();
    assert!(csv.contains("\"'=HYPERLINK(\"\"http://x\"\")\""), "{csv}");
    let said = summary.said.iter().find(|one| one.text.starts_with("SG 16")).unwrap();
    let names: Vec<String> = said.committees.iter().map(ToString::to_string).collect();
    assert_eq!(names, ["ISO/IEC JTC 1/SC 42", "ITU-T SG 21"]);
    assert!(said.areas.contains(&"artificial-intelligence".to_owned()), "{:?}", said.areas);
    let text = summary.to_document().to_markdown();
    assert!(text.contains("no statement of a committee"), "{text}");
    assert!(!text.contains("Not to be"), "{text}");
    assert!(!text.contains("| convenors (n"), "{text}");
}

#[test]
fn separators_encodings_and_heads_make_no_difference() {
    let survey = survey();
    let head = [
        "Response ID",
        "Submitted",
        "You are",
        "May we quote you?",
        "How useful are the questions?",
        "Which topics need coordination?",
        "Hours a month",
        "In your words",
    ];
    let rows = [
        [
            "r1",
            "2031-11-20",
            "members",
            "yes",
            "4",
            "Energy, Smart cities",
            "3",
            "One, \"two\"\nthree",
        ],
        ["r2", "2031-12-20", "chairs", "no", "2", "Health", "", ""],
    ];
    let written = |separator: &str, heads: usize, mark: &str| {
        let line = |cells: &[&str]| {
            let cells: Vec<String> =
                cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            cells.join(separator) + "\n"
        };
        let second = if heads == 2 {
            line(&["Response ID", "Date", "", "", "Q1", "Q2", "Q3", "Q4"])
        } else {
            String::new()
        };
        format!("{mark}{}{second}{}{}", line(&head), line(&rows[0]), line(&rows[1]))
    };
    let expected = survey.import(written(",", 1, "").as_bytes()).unwrap().answers;
    assert_eq!(expected.len(), 2);
    assert!(
        matches!(&expected[0].values["words"], Value::Text(Some(text)) if text == "One, \"two\"\nthree")
    );
    for separator in [",", ";", "\t"] {
        for heads in [1, 2] {
            for mark in ["", "\u{feff}", "sep=SEPARATOR\n"] {
                let mark = mark.replace("SEPARATOR", separator);
                let text = written(separator, heads, &mark);
                let import = survey.import(text.as_bytes()).unwrap();
                assert_eq!(import.answers, expected, "{text}");
                assert_eq!(import.report.head_rows, heads, "{text}");
                let wide: Vec<u8> = "\u{feff}"
                    .encode_utf16()
                    .chain(text.encode_utf16())
                    .flat_map(u16::to_le_bytes)
                    .collect();
                if !mark.starts_with('\u{feff}') {
                    assert_eq!(survey.import(&wide).unwrap().answers, expected);
                }
            }
        }
    }
}

#[test]
fn a_late_answer_does_not_take_the_place_of_one_in_time() {
    let survey = survey();
    let table = "Response ID,Submitted,How useful are the questions?\n\
                 a,2032-01-15,4\nb,2032-01-14,3\na,2032-02-01,1\n,2032-01-02,5\n,2032-01-02,5\n";
    let import = survey.import(table.as_bytes()).unwrap();
    assert_eq!(import.answers.len(), 4);
    let summary = summary(&survey, import.answers);
    assert_eq!((summary.respondents, summary.late), (4, 0));
    // Four answered: too few to be told apart.
    assert_eq!((summary.questions[0].answered, summary.questions[0].options.len()), (4, 0));
}

#[test]
fn imports_are_kept_and_a_later_one_goes_on_where_the_first_ended() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("survey.toml"), SURVEY).unwrap();
    let folder = SurveyFolder::open(root.path()).unwrap();
    let day = |text: &str| text.parse().unwrap();
    let path = folder.keep(&import(), day("2031-12-05")).unwrap();
    assert_eq!(folder.keep(&import(), day("2031-12-05")).unwrap(), path);
    // The service exports everything once more, with one answer more.
    let later = table() + "d0;2032-01-10;chairs;no;5;;;;;;\r\n";
    folder.keep(&survey().import(later.as_bytes()).unwrap(), day("2032-01-20")).unwrap();
    let sums = summary(folder.survey(), folder.answers().unwrap());
    assert_eq!((sums.respondents, sums.late), (15, 1));
    // What is on file is never changed.
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("members", "chairs", 1)).unwrap();
    let error = folder.answers().unwrap_err();
    assert!(error.is_malformed() && error.path().unwrap() == path, "{error}");
}

#[test]
fn a_definition_with_a_mistake_is_refused_and_says_where() {
    for (from, to, told) in [
        ("id = \"topics\"", "id = \"useful\"", "given twice"),
        ("\"Health\"]", "\"energy\"]", "given twice"),
        ("options = [\"1\", \"2\", \"3\", \"4\", \"5\"]\n", "", "has no options"),
        ("2032-01-15", "2031-01-15", "not in the order"),
        ("text = \"Hours a month\"", "text = \"You are\"", "named twice"),
        ("type = \"number\"", "type = \"colour\"", "unknown variant"),
    ] {
        assert!(SURVEY.contains(from), "{from}");
        let error = Survey::from_toml(&SURVEY.replacen(from, to, 1)).unwrap_err();
        assert!(error.is_malformed() && error.to_string().contains(told), "{told}: {error}");
    }
    let error = Survey::from_toml("title = \"x\"\nquestion = 3\n").unwrap_err();
    assert!(error.to_string().starts_with("line "), "{error}");
}

#[test]
fn what_is_no_such_table_is_refused() {
    let survey = survey();
    assert!(survey.import(b"").unwrap_err().is_malformed());
    assert!(survey.import(b"one,two\n1,2\n").unwrap_err().is_malformed());
    assert!(survey.import(b"In your words\n\xff\xfe\n").unwrap_err().is_malformed());
    let rows = "In your words\n".to_owned() + &"x\n".repeat(10_001);
    assert!(survey.import(rows.as_bytes()).is_err_and(|error| error.is_too_large()));
    let wide = "In your words".to_owned() + &",x".repeat(2_001);
    assert!(survey.import(wide.as_bytes()).is_err_and(|error| error.is_too_large()));
    let long = "In your words\n".to_owned() + &"x".repeat(11 << 20);
    assert!(survey.import(long.as_bytes()).is_err_and(|error| error.is_too_large()));
    // What is as large as it may be is read in one go.
    let full = "In your words,Which topics need coordination?\n".to_owned()
        + &format!("x,\"{}\"\n", "a;".repeat(450)).repeat(10_000);
    let import = survey.import(full.as_bytes()).unwrap();
    assert_eq!((import.answers.len(), import.report.rows), (10_000, 10_000));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    /// Whatever stands in a table: no panic, each row is one answer or told, no group of fewer
    /// than five, and of those counted each is in one group at most.
    #[test]
    fn no_table_tells_a_small_group_apart(
        rows in prop::collection::vec((0..12_u8, 0..5_u8, 0..4_usize, 0..7_u8, ".{0,6}"), 0..40),
        separator in prop::sample::select(vec![',', ';', '\t']),
    ) {
        let survey = survey();
        let mut writer = String::from("Response ID,Submitted,You are,May we quote you?,How useful are the questions?,In your words\n")
            .replace(',', &separator.to_string());
        for (id, month, who, useful, words) in &rows {
            let who = ["members", "chairs", "convenors", ""][*who];
            let words = words.replace('"', "\"\"");
            let cells = [format!("r{id}"), format!("203{}-1{}-02", 1 + month / 3, month % 3),
                who.to_owned(), "yes".to_owned(), useful.to_string(), format!("\"{words}\"")];
            writer += &(cells.join(&separator.to_string()) + "\n");
        }
        let import = survey.import(writer.as_bytes()).unwrap();
        prop_assert_eq!(import.report.rows, rows.len());
        let ids: std::collections::BTreeSet<u8> = rows.iter().map(|row| row.0).collect();
        prop_assert_eq!(import.answers.len(), ids.len());
        let summary = summary(&survey, import.answers);
        prop_assert_eq!(summary.respondents + summary.late, ids.len());
        for question in &summary.questions {
            for by in [Grouping::Round, Grouping::Audience] {
                let own: Vec<_> = question.groups.iter().filter(|group| group.by == by).collect();
                prop_assert!(own.iter().all(|group| group.answered >= 5), "{:?}", own);
                let sum: usize = own.iter().map(|group| group.answered).sum();
                prop_assert!(own.is_empty() || sum == question.answered);
            }
            prop_assert!(question.answered >= 5 || question.options.is_empty());
        }
        prop_assert!(summary.to_csv().is_ok());
        let again = survey.import(writer.as_bytes()).unwrap();
        prop_assert_eq!(self::summary(&survey, again.answers), summary);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "(In your words|,|;|\t|\"|\n|\r|x|sep=|=1|\u{feff}){0,60}") {
        let survey = survey();
        let _ = survey.import(&bytes);
        if let Ok(import) = survey.import(text.as_bytes()) {
            let _ = import.report.to_string();
            let _ = summary(&survey, import.answers).to_document().to_markdown();
        }
        let _ = Survey::from_toml(&text);
    }
}
