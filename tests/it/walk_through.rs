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

/// Runs a page command by command and gives what the commands printed, with their number. Blocks of
/// the page are commands, or files whose name is in their first line. `! ` stands before a command
/// that ends with 1; `SHA` in one is the hash that was printed last.
fn walk(name: &str, page: &str) -> Option<(String, usize)> {
    let program = crate::programs::program(name)?;
    let start = format!("{name} ");
    let folder = tempfile::tempdir().unwrap();
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
        if inside == "toml" || inside == "csv" {
            match (&mut file, line.strip_prefix("# ")) {
                (None, Some(name)) => file = Some((name, String::new())),
                (Some((_, text)), _) => *text += &format!("{line}\n"),
                (None, None) => panic!("a file without a name: {line}"),
            }
            continue;
        }
        let refused = line.strip_prefix("! ");
        let Some(rest) = refused.unwrap_or(line).strip_prefix(&start) else { continue };
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
    Some((told, commands))
}

#[test]
fn the_walk_through_of_the_docs_runs() {
    let page = include_str!("../../docs/register.md");
    let Some((told, commands)) = walk("register", page) else { return };
    assert!(commands >= 20, "{commands}");
    let status = page.lines().find(|line| line.starts_with("2031-02-spare-parts: ")).unwrap();
    assert!(told.contains(status), "{told}");
    assert!(told.contains("ITU-T SG 99 stated on 9 March 2031 that it wishes a liaison"), "{told}");
    assert!(told.contains("IEC TC 999 was asked on 3 February 2031"), "{told}");
    assert!(told.contains("released to ITU-T TSAG as TD 999"), "{told}");
}

/// What stands in a block of the kind `text` is what the commands print.
#[test]
fn the_page_about_outreach_runs() {
    let page = include_str!("../../docs/outreach.md");
    let Some((told, commands)) = walk("landscape", page) else { return };
    assert!(commands >= 8, "{commands}");
    let mut inside = "";
    for line in page.lines() {
        if let Some(kind) = line.strip_prefix("```") {
            inside = kind;
        } else if inside == "text" {
            assert!(told.contains(line), "{line}\nis not in\n{told}");
        }
    }
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

/// Commands that no page shows, each once: what they write is in the log, and what they may not do
/// ends with 1.
#[test]
fn every_other_command_writes_what_it_says() {
    let Some(program) = crate::programs::program("register") else { return };
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, scope: &str| {
        let text =
            format!("title = \"Spare parts\"\norganization = \"ISO\"\nscope = \"{scope}\"\n");
        std::fs::write(folder.path().join(name), text).unwrap();
    };
    write("one.toml", "Marks on parts.");
    write("two.toml", "Marks on parts and tools.");
    let run = |line: &str, status: i32| -> String {
        let mut command = Command::new(&program);
        let output = command.current_dir(folder.path()).args(arguments(line)).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{line}\n{output:?}");
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    };
    let case = "2031-02-spare-parts";
    let by = "--day 2031-02-20 --as tmb-secretary";
    run("init --committee \"ITU-T SG 99\"", 0);
    run(&format!("open {case} --file one.toml --day 2031-02-01 --as tmb-secretary"), 0);
    run(
        &format!(
            "share {case} --with ITU-T --deadline 2031-03-10 --day 2031-02-02 --as tmb-secretary"
        ),
        0,
    );
    let before = run(&format!("log {case}"), 0);
    let dry = run(
        &format!("extend {case} --deadline 2031-03-20 --reason \"Holidays\" {by} --dry-run"),
        0,
    );
    assert!(dry.contains("kind = \"extended\""), "{dry}");
    assert_eq!(run(&format!("log {case}"), 0), before);
    let late = run(
        &format!(
            "extend {case} --deadline 2031-03-20 --reason \"Holidays\" {by} --today 2031-02-10"
        ),
        1,
    );
    assert!(late.contains("2031-02-20 lies after today"), "{late}");
    run(&format!("extend {case} --deadline 2031-03-20 --reason \"Holidays\" {by}"), 0);
    run(&format!("hold {case} --until 2031-03-01 --reason \"Wait for a text\" {by}"), 0);
    run(&format!("lift {case} --reason \"It came\" {by}"), 0);
    let said = run(
        &format!(
            "state {case} \"ITU-T SG 99\" --answer liaison --source LS-1 --day 2031-02-21 --as tsb-secretary"
        ),
        0,
    );
    let id = said.split(' ').next().unwrap();
    let own = "--day 2031-02-22 --as tsb-secretary";
    let corrected = format!("correct {case} {id} --reason \"Misread\" --set answer=inform_us");
    run(&format!("{corrected} {by}"), 1);
    let corrected = run(&format!("{corrected} {own}"), 0);
    assert!(corrected.contains("asks to be kept informed"), "{corrected}");
    run(&format!("correct {case} {id} --reason \"Misread\" --set colour=red {own}"), 2);
    let of = corrected.split(' ').next().unwrap();
    run(&format!("retract {case} {of} --reason \"It was right\" {own}"), 0);
    run(&format!("revise {case} --file one.toml --changes None {by}"), 1);
    run(&format!("revise {case} --file two.toml --changes \"Tools are in\" {by}"), 0);
    run(&format!("link {case} belongs_to --area spare-parts {by}"), 0);
    run(&format!("withdraw {case} --reason \"By the proposer\" {by}"), 0);
    run(&format!("comment {case} \"Late\" --organization ISO {by}"), 1);
    run(&format!("reopen {case} --reason \"In error\" {by}"), 0);
    run(&format!("close {case} --reason \"Done\" {by}"), 0);
    let log = run(&format!("log {case}"), 0);
    assert_eq!(log.matches(": screened").count(), 2, "the new text is screened too: {log}");
    for line in [
        "deadline moved to 2031-03-20: Holidays",
        "held until 2031-03-01: Wait for a text",
        "hold lifted: It came",
        "proposal revised: Tools are in",
        "belongs to spare-parts",
        "withdrawn: By the proposer",
        "reopened: In error",
        "closed: Done",
    ] {
        assert!(log.contains(line), "{line}: {log}");
    }
    let status = run("status --today 2031-04-01 --format json", 0);
    assert!(status.contains("\"state\":\"closed\""), "{status}");
    assert!(run("status", 2).contains("give it with --today"));
    assert!(run("due --today 2031-04-01", 0).contains("Nothing is due."));
    run("report render 2031-04", 2);
    assert!(
        run("report freeze --from 2031-01-01 --to 2031-04-01 --dry-run", 0).contains("\"cases\"")
    );
}
