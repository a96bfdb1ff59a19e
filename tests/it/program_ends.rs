//! How the programs end when something cannot be opened, or not be written to its end.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::programs::{LIFTS, program, run, text, write};

/// A few decisions of the past, an index and cases, for the programs that measure and fit.
fn history(folder: &TempDir) -> [String; 3] {
    let labels: String = (1..=6)
        .map(|number| {
            let line = serde_json::json!({
                "reference": format!("ISO {}", 70_100 + number),
                "title": format!("Lifts for kites, part {number}"),
                "abstract": "Guide rails and ropes of lifts.",
                "organization": "ISO",
                "committee": "ISO/TC 178",
            });
            format!("{line}\n")
        })
        .collect();
    let labels = write(folder, "labels.jsonl", &labels);
    let index = folder.path().join("index");
    let data = "for tests";
    let catalogue = spcg::Catalogue::builtin();
    let report = serde_json::Value::Null;
    spcg::matching::Matcher::create(&index, &catalogue, Vec::new(), data, report).unwrap();
    let cases = folder.path().join("cases");
    fs::create_dir_all(&cases).unwrap();
    fs::write(cases.join("lifts.toml"), LIFTS).unwrap();
    let case = "{\"kind\": \"clean\", \"file\": \"lifts.toml\", \"change\": \"nothing\"}\n";
    fs::write(cases.join("cases.jsonl"), case).unwrap();
    [labels, index.to_str().unwrap().to_owned(), cases.to_str().unwrap().to_owned()]
}

/// Where every write fails, as on a disk that is full.
#[cfg(unix)]
const FULL: &str = "/dev/full";

#[cfg(unix)]
#[test]
fn closed_and_full_outputs_end_with_a_message_and_a_status_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(&folder, "lifts.toml", LIFTS);
    let [labels, index, cases] = history(&folder);
    let out = folder.path().join("out").to_str().unwrap().to_owned();
    let fitted = ["--labels", &labels, "--fitted-on", "six", "--date", "2026-11-25"];
    let runs: [(&str, &[&str]); 12] = [
        ("screen", &[&file]),
        ("screen", &["--format", "json", &file, &file]),
        ("screen", &["--new", "new_field"]),
        ("screen", &["--generate", "man"]),
        ("batch", &[&file]),
        ("rules", &[]),
        ("cases", &[&cases]),
        ("evaluate", &["--labels", &labels]),
        ("fit", &fitted),
        ("fit", &[&fitted[..], &["--out", &out]].concat()),
        ("profile", &["--index", &index, "--provenance", "none", "--out", &out]),
        ("landscape", &["show", "--day", "2026-11-25"]),
    ];
    for (name, arguments) in runs {
        let Some(program) = program(name) else { return };
        if let Ok(full) = fs::OpenOptions::new().write(true).open(FULL) {
            let output = Command::new(&program).args(arguments).stdout(full).output().unwrap();
            let message = text(&output.stderr);
            assert_eq!(output.status.code(), Some(3), "{name}: {message}");
            assert!(message.contains("error: standard output: not all"), "{name}: {message}");
        }
        // The reader goes away before anything is written.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = Command::new(&program).args(arguments).stdout(writer).output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{name}");
        assert!(text(&output.stderr).contains("error: standard output: it was closed"), "{name}");
        // Nobody reads the messages either: no panic.
        if let Ok(full) = fs::OpenOptions::new().write(true).open(FULL) {
            let status = Command::new(&program)
                .args(arguments)
                .stdout(full.try_clone().unwrap())
                .stderr(full)
                .status()
                .unwrap();
            assert_eq!(status.code(), Some(3), "{name}");
        }
    }
}

#[cfg(unix)]
#[test]
fn files_that_cannot_be_written_whole_are_told_and_older_ones_stay() {
    let folder = tempfile::tempdir().unwrap();
    let [labels, index, _] = history(&folder);
    let source =
        write(&folder, "works.jsonl", "{\"reference\": \"ISO 9\", \"title\": \"Kites\"}\n");
    let fitted = ["--labels", &labels, "--fitted-on", "six", "--date", "2026-11-25", "--out"];
    let closeness = [&["--index", &index][..], &fitted].concat();
    let new = folder.path().join("new").to_str().unwrap().to_owned();
    let runs: [(&str, &[&str]); 5] = [
        ("evaluate", &["--labels", &labels, "--report"]),
        ("fit", &fitted),
        ("fit_closeness", &closeness),
        ("profile", &["--index", &index, "--provenance", "none", "--out"]),
        ("import", &["--out", &new, "--json-lines", &source, "--report"]),
    ];
    let older = write(&folder, "older", "older");
    let nowhere = folder.path().join("no/such/folder").to_str().unwrap().to_owned();
    for (name, arguments) in runs {
        let Some(program) = program(name) else { return };
        let mut wrong = vec![nowhere.as_str()];
        wrong.extend(Path::new(FULL).exists().then_some(FULL));
        for place in wrong {
            let output = run(&program, &[arguments, &[place]].concat());
            let message = text(&output.stderr);
            assert_eq!(output.status.code(), Some(3), "{name}: {message}");
            assert!(message.contains(&format!("error: {place}: not all")), "{name}: {message}");
        }
        let output = run(&program, &[arguments, &[older.as_str()]].concat());
        assert!(output.status.success(), "{name}: {}", text(&output.stderr));
        assert_ne!(fs::read_to_string(&older).unwrap_or_default(), "older", "{name}");
        assert!(!Path::new(&format!("{older}.part")).exists(), "{name}");
        fs::write(&older, "older").unwrap();
    }
}

#[test]
fn what_cannot_be_opened_is_an_error_on_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let nothing = folder.path().join("nothing").to_str().unwrap().to_owned();
    let fitted = ["--fitted-on", "six", "--date", "2026-11-25", "--out", "x"];
    let runs: [(&str, &[&str]); 9] = [
        ("screen", &["--index", &nothing, &nothing]),
        ("batch", &["--index", &nothing, &nothing]),
        ("cases", &[&nothing]),
        ("evaluate", &["--labels", &nothing]),
        ("evaluate", &["--index", &nothing, "--labels", &nothing]),
        ("fit", &[&["--labels", &nothing][..], &fitted].concat()),
        ("fit_closeness", &[&["--index", &nothing, "--labels", &nothing][..], &fitted].concat()),
        ("profile", &["--index", &nothing, "--provenance", "none", "--out", "x"]),
        ("import", &["--out", &nothing, "--json-lines", &nothing]),
    ];
    for (name, arguments) in runs {
        let Some(program) = program(name) else { return };
        let output = run(&program, arguments);
        assert_eq!(output.status.code(), Some(2), "{name}");
        let message = text(&output.stderr);
        assert!(message.starts_with("error: ") && message.lines().count() == 1, "{message}");
        assert!(message.contains(&nothing), "{name}: {message}");
        assert!(output.stdout.is_empty(), "{name}");
    }
}
