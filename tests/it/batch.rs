//! The program that screens backlogs: stopped, killed, started again.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

fn program() -> Option<PathBuf> {
    crate::programs::program("batch")
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

#[test]
fn what_is_no_proposal_is_told_and_counted() {
    let Some(program) = program() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("in"), folder.path().join("out.jsonl"));
    fs::create_dir(&input).unwrap();
    fs::write(input.join("README.md"), "# lifts\n\n## Usage\n\nNone.\n").unwrap();
    let arguments = [input.as_path(), "--out".as_ref(), out.as_path()];
    let output = run(&program, &arguments);
    assert_eq!(output.status.code(), Some(2), "nothing was found");
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing of what was found"));
    fs::write(input.join("lifts.toml"), "title = \"Smart lifts\"").unwrap();
    for screened in ["1 screened", "0 screened"] {
        let output = run(&program, &arguments);
        assert_eq!(output.status.code(), Some(0));
        let summary = String::from_utf8(output.stdout).unwrap();
        assert!(summary.contains(screened), "{summary}");
        assert!(summary.contains("1  proposals\n"), "{summary}");
        assert!(summary.contains("1  are no proposals\n"), "{summary}");
        assert!(summary.contains("0  could not be read\n"), "{summary}");
    }
    let found = lines(&out);
    assert_eq!(found[0]["not_a_proposal"], true);
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let output = run(&program, &[empty.as_path()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing to screen"));
}

#[test]
fn an_input_that_shrank_or_grew_is_told_right() {
    let Some(program) = program() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("in.jsonl"), folder.path().join("out.jsonl"));
    let arguments = [input.as_path(), "--out".as_ref(), out.as_path()];
    let summary = |count| {
        backlog(&input, count);
        let output = run(&program, &arguments);
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(summary(5).contains("5  proposals\n"));
    let shrunk = summary(2);
    assert!(shrunk.contains("0 screened") && shrunk.contains("2 were there already"), "{shrunk}");
    assert!(shrunk.contains("2  proposals\n"), "{shrunk}");
    assert!(shrunk.contains("3  in the output are no longer in the input"), "{shrunk}");
    let grown = summary(7);
    assert!(grown.contains("2 screened") && grown.contains("5 were there already"), "{grown}");
    assert!(grown.contains("7  proposals\n") && !grown.contains("no longer"), "{grown}");
}

#[test]
fn the_parts_of_a_backlog_are_together_the_whole() {
    let Some(program) = program() else { return };
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.jsonl");
    backlog(&input, 120);
    let whole = folder.path().join("whole.jsonl");
    assert!(run(&program, &[&input, "--out".as_ref(), &whole]).status.success());
    let text = |path: &Path| fs::read_to_string(path).unwrap();
    let whole: BTreeSet<String> = text(&whole).lines().map(str::to_owned).collect();
    for of in [1, 2, 5] {
        let mut together = Vec::new();
        for part in 1..=of {
            let out = folder.path().join(format!("{part}-{of}.jsonl"));
            let shard = format!("{part}/{of}");
            let output = run(
                &program,
                &[&input, "--shard".as_ref(), shard.as_ref(), "--out".as_ref(), &out],
            );
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let lines: Vec<String> = text(&out).lines().map(str::to_owned).collect();
            // No machine does all the work.
            assert!(lines.len() * of < 2 * 120, "{} in part {shard}", lines.len());
            together.extend(lines);
        }
        assert_eq!(together.len(), 120, "{of} parts");
        assert_eq!(together.into_iter().collect::<BTreeSet<_>>(), whole, "{of} parts");
    }
    for wrong in ["0/2", "3/2", "1", "1/0", "a/b"] {
        let output = run(&program, &[&input, "--shard".as_ref(), wrong.as_ref()]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
    }
}

#[cfg(unix)]
#[test]
fn standard_input_is_read_once_and_irregular_outputs_are_refused() {
    let Some(program) = program() else { return };
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.jsonl");
    backlog(&input, 3);
    for name in ["-", "/dev/stdin"] {
        // Of a pipe, not of a file.
        let mut feeder = Command::new("cat").arg(&input).stdout(Stdio::piped()).spawn().unwrap();
        let pipe = feeder.stdout.take().unwrap();
        let output = Command::new(&program).arg(name).stdin(pipe).output().unwrap();
        feeder.wait().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 3, "{name}");
    }
    for out in ["/dev/full", "/dev/stdout", folder.path().to_str().unwrap()] {
        let output = run(&program, &[&input, "--out".as_ref(), out.as_ref()]);
        assert_eq!(output.status.code(), Some(2), "{out}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("not a file"), "{out}");
    }
    let output = run(&program, &[&input, "--out".as_ref(), &input]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("one of the inputs"));
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_print_alike_stay_apart() {
    use std::os::unix::ffi::OsStrExt as _;
    let Some(program) = program() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("in"), folder.path().join("out.jsonl"));
    fs::create_dir(&input).unwrap();
    for name in [&b"a\xfe.toml"[..], b"a\xff.toml", "a\u{fffd}.toml".as_bytes()] {
        let path = input.join(std::ffi::OsStr::from_bytes(name));
        fs::write(path, "title = \"Smart lifts\"").unwrap();
    }
    let arguments = [input.as_path(), "--out".as_ref(), out.as_path()];
    assert!(run(&program, &arguments).status.success());
    let before = fs::read(&out).unwrap();
    let found: BTreeSet<String> =
        lines(&out).iter().map(|line| line["source_bytes"].to_string()).collect();
    assert_eq!(found.len(), 3);
    // One of them changes: the others are left as they are.
    fs::write(input.join(std::ffi::OsStr::from_bytes(b"a\xff.toml")), "title = \"Lifts\"").unwrap();
    let summary = String::from_utf8(run(&program, &arguments).stdout).unwrap();
    assert!(summary.contains("1 screened") && summary.contains("3  proposals"), "{summary}");
    assert!(fs::read(&out).unwrap().starts_with(&before));
}

#[test]
fn an_output_made_with_another_checklist_is_not_gone_on_with() {
    let Some(program) = program() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("in.jsonl"), folder.path().join("out.jsonl"));
    backlog(&input, 2);
    let checklist = folder.path().join("office.toml");
    fs::write(&checklist, "name = \"Our office\"\n[rules.C31]\nseverity = \"advice\"\n").unwrap();
    assert!(run(&program, &[&input, "--out".as_ref(), &out]).status.success());
    let arguments =
        [input.as_path(), "--checklist".as_ref(), &checklist, "--out".as_ref(), out.as_path()];
    let output = run(&program, &arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("another index, model, checklist"));
}
