//! The program that screens backlogs: stopped, killed, started again.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// The program, where it was built along with the tests, as `cargo test` does. It says so where it
/// was not.
fn program() -> Option<PathBuf> {
    let tests = std::env::current_exe().unwrap();
    let folder = tests.parent()?.parent()?.join("examples");
    let path = folder.join(format!("batch{}", std::env::consts::EXE_SUFFIX));
    if !path.is_file() {
        eprintln!("skipped: the example `batch` is not built");
        return None;
    }
    Some(path)
}

fn run(program: &Path, arguments: &[&Path]) -> Output {
    Command::new(program).args(arguments).output().unwrap()
}

fn lines(path: &Path) -> Vec<Value> {
    fs::read_to_string(path)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn backlog(path: &Path, count: usize) {
    let line = |number| {
        format!(
            "{{\"title\": \"Smart lifts, part {number}\", \"scope\": \"Lifts that talk to robots.\"}}\n"
        )
    };
    fs::write(path, (1..=count).map(line).collect::<String>()).unwrap();
}

#[test]
fn a_folder_is_screened_in_order_and_what_cannot_be_read_becomes_a_line() {
    let Some(program) = program() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("in"), folder.path().join("out.jsonl"));
    fs::create_dir_all(input.join("b/deep")).unwrap();
    fs::write(input.join("c.toml"), "title = \"Smart lifts\"\n").unwrap();
    fs::write(input.join("a.json"), "{\"titel\": \"Smart lifts\"}").unwrap();
    fs::write(input.join("b/deep/one.md"), "# Smart lifts\n\n## Scope\n\nLifts.\n").unwrap();
    fs::write(input.join("b/image.png"), [0x89, b'P', b'N', b'G']).unwrap();
    fs::write(input.join("d.toml"), [0xff, 0xfe, 0x00]).unwrap();
    let arguments = [input.as_path(), "--out".as_ref(), out.as_path()];
    let output = run(&program, &arguments);
    assert_eq!(output.status.code(), Some(2));
    let found = lines(&out);
    let sources: Vec<&str> = found.iter().map(|line| line["source"].as_str().unwrap()).collect();
    let expected = ["a.json", "b/deep/one.md", "c.toml", "d.toml"]
        .map(|name| input.join(name).display().to_string());
    assert_eq!(sources, expected);
    assert!(found[0]["error"].as_str().unwrap().contains("did you mean `title`?"));
    assert!(found[2]["verdict"] == "not_ready" && found[2].get("error").is_none());
    let summary = String::from_utf8(output.stdout).unwrap();
    assert!(
        summary.contains("4 screened") && summary.contains("2  could not be read"),
        "{summary}"
    );

    // Again: nothing is new, and what could not be read is still told.
    let before = fs::read(&out).unwrap();
    let output = run(&program, &arguments);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read(&out).unwrap(), before);

    // A mended one is read anew, and its later line counts.
    fs::write(input.join("a.json"), "{\"title\": \"Smart lifts\"}").unwrap();
    fs::write(input.join("d.toml"), "title = \"Smart lifts\"").unwrap();
    let output = run(&program, &arguments);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(lines(&out).len(), 6);
    let summary = String::from_utf8(output.stdout).unwrap();
    assert!(
        summary.contains("2 screened") && summary.contains("0  could not be read"),
        "{summary}"
    );
    assert!(summary.contains("4  proposals"), "{summary}");
}

#[test]
fn errors_in_a_file_of_lines_name_file_and_line() {
    let Some(program) = program() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("in.jsonl"), folder.path().join("out.jsonl"));
    fs::write(
        &input,
        b"{\"title\": \"A\"}\n\n{\"titel\": \"B\"}\r\nnonsense\n\xff\n{\"title\": \"C\"}",
    )
    .unwrap();
    let output = run(&program, &[&input, "--full".as_ref(), "--out".as_ref(), &out]);
    assert_eq!(output.status.code(), Some(2));
    let found = lines(&out);
    assert_eq!(found.len(), 5);
    for (line, number) in found.iter().zip([1, 3, 4, 5, 6]) {
        let place = format!("{}:{number}", input.display());
        assert_eq!(line["source"], place.as_str());
        if let Some(error) = line["error"].as_str() {
            assert!(error.starts_with(&place), "{error}");
        } else {
            assert_eq!(line["screening"]["format"], 1);
        }
    }
}

#[test]
fn a_run_that_is_killed_goes_on_where_it_was() {
    let Some(program) = program() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("in.jsonl"), folder.path().join("out.jsonl"));
    backlog(&input, 900);
    let whole = folder.path().join("whole.jsonl");
    let one = ["--threads".as_ref(), "1".as_ref()];
    assert!(
        run(&program, &[&[input.as_path(), "--out".as_ref(), &whole], &one[..]].concat())
            .status
            .success()
    );
    let mut cut = 0;
    for round in 0..4 {
        let arguments = [input.as_path(), "--out".as_ref(), out.as_path()];
        let mut child = Command::new(&program)
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Once more of it is written, and a moment later.
        let size = || fs::metadata(&out).map_or(0, |data| data.len());
        let (before, end) = (size(), Instant::now() + Duration::from_secs(20));
        while size() <= before && Instant::now() < end && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(Duration::from_millis(13 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let Ok(bytes) = fs::read(&out) else { continue };
        // As if the machine had stopped within a line.
        if bytes.len() > 500 && round % 2 == 0 {
            fs::write(&out, &bytes[..bytes.len() - 70]).unwrap();
            cut += 1;
        }
    }
    let limited =
        run(&program, &[&input, "--out".as_ref(), &out, "--limit".as_ref(), "3".as_ref()]);
    assert!(limited.status.success());
    let last = run(&program, &[&input, "--out".as_ref(), &out, "--threads".as_ref(), "2".as_ref()]);
    assert!(last.status.success(), "{}", String::from_utf8_lossy(&last.stderr));
    println!("cut {cut} times; {}", String::from_utf8_lossy(&last.stdout));
    assert!(cut > 0, "no kill came in time");
    assert_eq!(fs::read(&out).unwrap(), fs::read(&whole).unwrap());
    let sources: BTreeSet<String> =
        lines(&out).iter().map(|line| line["source"].to_string()).collect();
    assert_eq!(sources.len(), 900);
}

#[test]
fn outputs_of_others_are_left_alone() {
    let Some(program) = program() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("in.jsonl"), folder.path().join("out.jsonl"));
    backlog(&input, 2);
    for foreign in
        ["{\"title\": \"mine\"}\n", "no line", "{\"source\"", "1\n{\"source\":\"a", "{}\n"]
    {
        fs::write(&out, foreign).unwrap();
        let output = run(&program, &[&input, "--out".as_ref(), &out]);
        // The beginning of a line of this program is the one thing that is cut off.
        if foreign == "{\"source\"" {
            assert_eq!(lines(&out).len(), 2);
        } else {
            assert_eq!(output.status.code(), Some(2), "{foreign}");
            assert_eq!(fs::read_to_string(&out).unwrap(), foreign);
        }
    }
    let missing = run(&program, &[folder.path().join("missing.jsonl").as_path()]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stdout).contains("\"error\""));
}
