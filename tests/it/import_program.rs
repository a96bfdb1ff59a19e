//! The program `import`: what it refuses to replace, and where its words go.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The program, where it was built along with the tests. It says so where it was not.
fn program() -> Option<PathBuf> {
    let tests = std::env::current_exe().unwrap();
    let folder = tests.parent()?.parent()?.join("examples");
    let path = folder.join(format!("import{}", std::env::consts::EXE_SUFFIX));
    if !path.is_file() {
        eprintln!("skipped: the example `import` is not built");
        return None;
    }
    Some(path)
}

fn source(folder: &Path, works: usize) -> PathBuf {
    let path = folder.join(format!("{works}.jsonl"));
    let line = |number: usize| {
        format!(
            "{{\"reference\": \"ISO {}\", \"title\": \"Kites, part {number}\", \
             \"committee\": \"ISO/TC 83\", \"published\": \"2011\"}}\n",
            70_000 + number
        )
    };
    fs::write(&path, (1..=works).map(line).collect::<String>()).unwrap();
    path
}

fn import(program: &Path, index: &Path, source: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg("--out").arg(index).arg("--json-lines").arg(source);
    command
}

fn works(index: &Path) -> usize {
    spcg::matching::Matcher::open(index).unwrap().work_count()
}

#[test]
fn an_index_is_not_replaced_by_nothing_or_by_less_than_half() {
    let Some(program) = program() else { return };
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    let (many, few, none) =
        (source(folder.path(), 20), source(folder.path(), 9), source(folder.path(), 0));
    assert!(import(&program, &index, &many).output().unwrap().status.success());
    for (source, told) in [(&few, "has 20 works, the new one would have 9"), (&none, "no works")] {
        let output = import(&program, &index, source).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(told) && error.contains("--force"), "{error}");
        assert_eq!(works(&index), 20);
    }
    let forced = import(&program, &index, &few).arg("--force").output().unwrap();
    assert!(forced.status.success(), "{}", String::from_utf8_lossy(&forced.stderr));
    assert_eq!(works(&index), 9);
}

#[cfg(target_os = "linux")]
#[test]
fn a_closed_pipe_or_a_full_terminal_does_not_stop_a_build() {
    let Some(program) = program() else { return };
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    let source = source(folder.path(), 3);
    let mut child = import(&program, &index, &source)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    assert!(child.wait().unwrap().success());
    assert_eq!(works(&index), 3);
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let status = import(&program, &index, &source).stdout(full()).stderr(full()).status().unwrap();
    assert!(status.success());
    assert_eq!(works(&index), 3);
}
