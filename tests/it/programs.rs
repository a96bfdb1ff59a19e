//! The programs as their users meet them: how they end, what they refuse, what they write.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A program, where it was built along with the tests, as `cargo test` does. It says so where it
/// was not.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let tests = std::env::current_exe().unwrap();
    let folder = tests.parent()?.parent()?.join("examples");
    let path = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if !path.is_file() {
        eprintln!("skipped: the example `{name}` is not built");
        return None;
    }
    Some(path)
}

pub(crate) fn run(program: &Path, arguments: &[&str]) -> Output {
    Command::new(program).args(arguments).stdin(Stdio::null()).output().unwrap()
}

/// Runs a program and gives it standard input.
fn fed(program: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let feeder = std::thread::spawn(move || {
        // A program that has seen enough may close its input.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    output
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_owned()).unwrap()
}

pub(crate) fn write(folder: &TempDir, name: &str, content: &str) -> String {
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

pub(crate) const LIFTS: &str =
    "title = \"Smart lifts\"\nscope = \"Lifts that talk to delivery robots.\"\n";

/// All programs that are examples of the crate.
const PROGRAMS: [&str; 11] = [
    "batch",
    "cases",
    "evaluate",
    "fit",
    "fit_closeness",
    "import",
    "landscape",
    "profile",
    "register",
    "rules",
    "screen",
];

#[test]
fn help_tells_the_statuses_and_the_version_is_that_of_the_crate() {
    for name in PROGRAMS {
        let Some(program) = program(name) else { return };
        let help = run(&program, &["--help"]);
        assert!(help.status.success());
        let help = text(&help.stdout);
        for status in ["  0  done", "  2  something could not be read", "  3  the result could not"]
        {
            assert!(help.contains(status), "{name}: {help}");
        }
        let version = text(&run(&program, &["--version"]).stdout);
        assert_eq!(version.trim(), format!("{name} {}", env!("CARGO_PKG_VERSION")));
        let wrong = run(&program, &["--no-such-option"]);
        assert_eq!(wrong.status.code(), Some(2));
        assert!(text(&wrong.stderr).starts_with("error: "));
    }
}

#[test]
fn every_form_is_read_back_as_the_kind_that_it_is_for() {
    let Some(screen) = program("screen") else { return };
    let folder = tempfile::tempdir().unwrap();
    for kind in [
        "new_field",
        "project_committee",
        "new_work_item",
        "preliminary_item",
        "itu_question",
        "itu_work_item",
        "itu_focus_group",
        "joint_group",
    ] {
        for (format, ending) in [("text", "toml"), ("markdown", "md")] {
            let form = run(&screen, &["--new", kind, "--format", format]);
            assert!(form.status.success(), "{kind}");
            let form = text(&form.stdout);
            let path = write(&folder, &format!("form.{ending}"), &form);
            let blank = spcg::Proposal::from_path(&path).unwrap();
            blank.ensure_plausible().unwrap();
            assert_eq!(blank.kind.unwrap().to_string(), kind, "{ending}");
            assert!(blank.title.is_empty() && blank.scope.is_empty(), "{kind} {ending}");
            assert!(blank.unrecognized.is_empty(), "{kind}: {:?}", blank.unrecognized);
            if let Some(reading) = blank.reading() {
                assert!(reading.unrecognized.is_empty(), "{kind}: {:?}", reading.unrecognized);
            }
            // Filled in, it is a proposal.
            let filled = if ending == "toml" {
                form.replacen("title = \"\"", "title = \"Smart lifts\"", 1).replacen(
                    "scope = \"\"\"\n",
                    "scope = \"\"\"\nLifts that talk to robots.",
                    1,
                )
            } else {
                form.replacen("## Title\n", "## Title\n\nSmart lifts\n", 1).replacen(
                    "## Scope\n",
                    "## Scope\n\nLifts that talk to robots.\n",
                    1,
                )
            };
            let path = write(&folder, &format!("filled.{ending}"), &filled);
            let filled = spcg::Proposal::from_path(&path).unwrap();
            assert_eq!(filled.title, "Smart lifts", "{kind} {ending}");
            assert_eq!(filled.scope.trim(), "Lifts that talk to robots.", "{kind} {ending}");
        }
    }
    // The examples in a form are true to the record.
    let form = text(&run(&screen, &["--new", "new_field"]).stdout)
        + &text(&run(&screen, &["--new", "new_work_item"]).stdout);
    let mut examples = 0;
    for line in form.lines().filter_map(|line| line.strip_prefix("#   ")) {
        spcg::Proposal::from_toml(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        examples += 1;
    }
    assert!(examples > 25, "{examples}");
    let refused = run(&screen, &["--new", "newfield2"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("did you mean `new_field`?"));
}

#[test]
fn a_text_that_is_no_proposal_is_refused_with_the_reason() {
    let Some(screen) = program("screen") else { return };
    let folder = tempfile::tempdir().unwrap();
    let texts = [
        (
            "README.md",
            "# robolift\n\nA driver.\n\n## Installation\n\nCopy it.\n\n## Usage\n\nRun it.\n\n## Background\n\nLifts.\n",
        ),
        (
            "notes.md",
            "# Meeting\n\n## Date\n\n2024-05-06\n\n## Present\n\nFive people.\n\n## Tea\n\nGreen.\n",
        ),
        ("letter.txt", "Dear all,\n\nthe lift is out of order again.\n"),
    ];
    for (name, content) in texts {
        let path = write(&folder, name, content);
        for format in ["text", "json", "diagnostics"] {
            let output = run(&screen, &["--format", format, &path]);
            assert_eq!(output.status.code(), Some(2), "{name}");
            assert!(output.stdout.is_empty());
            let message = text(&output.stderr);
            assert!(
                message.contains("no proposal") || message.contains("no headings"),
                "{message}"
            );
            assert!(message.contains("title"), "{message}");
        }
    }
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    assert_eq!(run(&screen, &[readme]).status.code(), Some(2));
    // The least that a proposal can be.
    let path = write(&folder, "least.md", "# Smart lifts\n\n## Scope\n\nLifts that talk.\n");
    assert_eq!(run(&screen, &[&path]).status.code(), Some(1));
}

#[test]
fn several_files_are_named_and_summed_up() {
    let Some(screen) = program("screen") else { return };
    let folder = tempfile::tempdir().unwrap();
    let one = write(&folder, "one.toml", LIFTS);
    let two = write(&folder, "two.toml", "title = \"Smart doors\"\n");
    let broken = write(&folder, "broken.toml", "titel = \"Smart doors\"\n");
    let files = [one.as_str(), &broken, &two];
    let report = run(&screen, &files);
    assert_eq!(report.status.code(), Some(2));
    let report = text(&report.stdout);
    assert!(report.contains(&format!("==== {one} ====")), "{report}");
    let table: Vec<&str> =
        report.lines().skip_while(|line| !line.starts_with("File ")).skip(1).collect();
    assert_eq!(table.len(), 3, "{report}");
    assert!(table[1].contains(&broken) && table[1].contains("no place"), "{report}");
    let markdown = text(&run(&screen, &[&["--format", "markdown"], &files[..]].concat()).stdout);
    assert!(markdown.contains("| File | Result |"), "{markdown}");

    let json = run(&screen, &["--format", "json", &one, &two]);
    let list: Vec<Value> = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(list.len(), 2);
    let json = run(&screen, &["--format", "json", &broken, &broken]);
    assert_eq!((text(&json.stdout).as_str(), json.status.code()), ("[]\n", Some(2)));
    let single: Value =
        serde_json::from_slice(&run(&screen, &["--format", "json", &one]).stdout).unwrap();
    assert_eq!(single, list[0]);
    let lines = text(&run(&screen, &["--format", "json-lines", &one, &two]).stdout);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, list);
}

#[test]
fn checklist_day_and_known_proposals_are_taken_into_account() {
    let Some(screen) = program("screen") else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = write(&folder, "lifts.toml", LIFTS);
    let checklist = write(
        &folder,
        "office.toml",
        "name = \"Our office\"\n\n[[own]]\nid = \"OUR-1\"\nquestion = \"Is there a note?\"\nfield = \"notes\"\nrequired = true\n",
    );
    let known = write(
        &folder,
        "known.jsonl",
        "{\"title\": \"Smart lifts\", \"organization\": \"IEC\", \"reference\": \"PNW 9\"}\n\n",
    );
    let all = ["--format", "json", "--checklist", &checklist, "--known", &known];
    let output = run(&screen, &[&all[..], &["--today", "2026-11-25", &file]].concat());
    let screening = text(&output.stdout);
    assert!(screening.contains("OUR-1"), "{}", text(&output.stderr));
    assert!(screening.contains("PNW 9"), "the known proposal is not told");
    for (option, content, told) in [
        ("--checklist", "[rules.C99]\noff = true\n", ":1:"),
        ("--known", "{\"title\": \"A\"}\n{\"titel\": \"B\"}\n", ":2: "),
        ("--known", "[{\"title\": \" \"}]", "number 1"),
        ("--known", "{\"title\": ", ":1:"),
    ] {
        let wrong = write(&folder, "wrong", content);
        let output = run(&screen, &[option, &wrong, &file]);
        assert_eq!(output.status.code(), Some(2), "{content}");
        let message = text(&output.stderr);
        assert!(message.starts_with("error: ") && message.contains(told), "{message}");
        assert_eq!(message.lines().count(), 1, "{message}");
    }
    let output = run(&screen, &["--today", "yesterday", &file]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("2024-05-17"), "{}", text(&output.stderr));
}

#[cfg(unix)]
#[test]
fn endless_devices_and_pipes_are_refused() {
    let Some(screen) = program("screen") else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = write(&folder, "lifts.toml", LIFTS);
    let pipe = folder.path().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status();
    let mut special = vec!["/dev/zero"];
    if made.is_ok_and(|status| status.success()) {
        special.push(pipe.to_str().unwrap());
    }
    for path in special {
        let runs: [&[&str]; 3] =
            [&[path], &["--checklist", path, &file], &["--known", path, &file]];
        for arguments in runs {
            let output = run(&screen, arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(text(&output.stderr).contains("not a file"), "{}", text(&output.stderr));
        }
    }
    let folder_name = folder.path().to_str().unwrap();
    let output = run(&screen, &[folder_name]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("a folder"));
    // Standard input has the bound of a file.
    let output = fed(&screen, &["-"], &vec![b'x'; (16 << 20) + 5]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("the input has more than"), "{}", text(&output.stderr));
    let output = run(&screen, &["-", "-"]);
    assert!(text(&output.stderr).contains("named twice"));
}

#[cfg(unix)]
#[test]
fn names_of_files_cannot_act_on_the_terminal() {
    let (Some(screen), Some(batch)) = (program("screen"), program("batch")) else { return };
    let folder = tempfile::tempdir().unwrap();
    let name = "a\u{1b}[31m\u{202e}b\u{9b}c.toml";
    let broken = write(&folder, name, "titel = 1");
    for output in [run(&screen, &[&broken, &broken]), run(&batch, &[&broken])] {
        let shown = text(&output.stderr);
        assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{shown:?}");
    }
}

#[test]
fn completions_and_pages_of_the_manual_are_made_on_request() {
    for name in ["screen", "batch"] {
        let Some(program) = program(name) else { return };
        for what in ["bash", "elvish", "fish", "powershell", "zsh", "man"] {
            let output = run(&program, &["--generate", what]);
            assert!(output.status.success(), "{name} {what}");
            let made = text(&output.stdout);
            assert!(made.contains(name) && made.contains("checklist"), "{name} {what}");
        }
    }
}
