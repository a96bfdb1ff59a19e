//! The register as its users meet it: the page of the docs command by command, and the worked
//! examples as scripts, with their outputs as they were read.

use std::path::Path;
use std::process::Command;

/// The arguments of a command line; quotes hold one argument together.
fn arguments(line: &str) -> Vec<&str> {
    let mut all = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        if at % 2 == 1 {
            all.push(part);
        } else {
            all.extend(part.split(' ').filter(|one| !one.is_empty()));
        }
    }
    all
}

/// Blocks of the page are commands, or files whose name is in their first line. `! ` stands before
/// a command that is refused; `SHA` in one is the hash that was printed last.
#[test]
fn the_walk_through_of_the_docs_runs() {
    let Some(program) = crate::programs::program("register") else { return };
    let folder = tempfile::tempdir().unwrap();
    let page = include_str!("../../docs/register.md");
    let (mut told, mut sha, mut commands) = (String::new(), String::new(), 0);
    let mut inside = "";
    let mut file: Option<(&str, String)> = None;
    for line in page.lines() {
        if let Some(kind) = line.strip_prefix("```") {
            inside = kind;
            if let Some((name, text)) = file.take() {
                let path = folder.path().join(name);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text).unwrap();
            }
            continue;
        }
        if inside == "toml" {
            match (&mut file, line.strip_prefix("# ")) {
                (None, Some(name)) => file = Some((name, String::new())),
                (Some((_, text)), _) => *text += &format!("{line}\n"),
                (None, None) => panic!("a file without a name: {line}"),
            }
            continue;
        }
        let refused = line.strip_prefix("! ");
        let Some(rest) = refused.unwrap_or(line).strip_prefix("register ") else { continue };
        if inside != "sh" {
            continue;
        }
        let rest = rest.replace("SHA", &sha);
        let mut command = Command::new(&program);
        let output = command.current_dir(folder.path()).args(arguments(&rest)).output().unwrap();
        let status = output.status.code();
        assert_eq!(status, Some(i32::from(refused.is_some())), "{line}\n{output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        if let Some(found) = text.lines().find_map(|one| one.strip_prefix("Hash of this text: ")) {
            sha = found.to_owned();
        }
        told.push_str(&text);
        commands += 1;
    }
    assert!(commands >= 20, "{commands}");
    let status = page.lines().find(|line| line.starts_with("2031-02-spare-parts: ")).unwrap();
    assert!(told.contains(status), "{told}");
    assert!(told.contains("ITU-T SG 99 stated on 9 March 2031 that it wishes a liaison"), "{told}");
    assert!(told.contains("IEC TC 999 was asked on 3 February 2031"), "{told}");
    assert!(told.contains("released to ITU-T TSAG as TD 999"), "{told}");
}

fn worked_example(name: &str) -> Option<String> {
    let program = crate::programs::program("register")?;
    let folder = tempfile::tempdir().unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/register");
    let output = Command::new("sh")
        .current_dir(folder.path())
        .arg("-eu")
        .arg(data.join(name))
        .env("DATA", &data)
        .env("PROGRAM", &program)
        .output();
    let Ok(output) = output else {
        eprintln!("skipped: there is no `sh`");
        return None;
    };
    assert!(output.status.success(), "{output:?}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn worked_example_of_product_safety() {
    let Some(text) = worked_example("product-safety.sh") else { return };
    insta::assert_snapshot!(text);
}

#[test]
fn worked_example_of_artificial_intelligence() {
    let Some(text) = worked_example("artificial-intelligence.sh") else { return };
    insta::assert_snapshot!(text);
}
