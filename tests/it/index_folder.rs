//! An index on disk under everything that can happen to a folder: builds that are killed, damaged,
//! missing and foreign files, readers during builds. An index either opens and answers rightly, or
//! says why not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use spcg::matching::Matcher;
use spcg::standards::{PublicationKind, Status, Work};
use spcg::{Catalogue, Error, Organization, Proposal, Screener};

const MANIFEST: &str = "spcg-index.json";
const LOCK: &str = "spcg-index.lock";
/// Where the child process builds, and what first.
const BUILD_INTO: &str = "SPCG_TEST_BUILD_INTO";
const BUILD_FIRST: &str = "SPCG_TEST_BUILD_FIRST";

const SUBJECTS: [(&str, &str, &str); 6] = [
    ("Smart lifts", "ISO/TC 178", "Lifts that talk to robots, their doors and cars."),
    ("Robots in homes", "ISO/TC 299", "Safety of robots that clean floors and carry goods."),
    (
        "Ledgers for parcels",
        "ISO/TC 307",
        "Distributed ledgers that follow parcels from hand to hand.",
    ),
    ("Hydrogen in sheds", "ISO/TC 197", "Storage of hydrogen in small quantities."),
    ("Cells in toys", "IEC SC 21A", "Lithium cells and batteries that are built into toys."),
    ("Plugs of boats", "IEC TC 23", "Plugs and socket-outlets for boats in harbours."),
];

fn works(first: usize) -> Vec<Work> {
    (0..90)
        .map(|number| {
            let (title, owner, text) = SUBJECTS[number % SUBJECTS.len()];
            let iec = owner.starts_with("IEC");
            let reference = format!("{} {}", if iec { "IEC" } else { "ISO" }, first + number);
            Work {
                references: vec![reference.clone()],
                reference,
                titles: vec![format!("{title} — Part {}: Kind {}", number % 9 + 1, number / 3)],
                abstract_text: format!("{text} Kind {} of {first}.", number / 3),
                owners: vec![owner.parse().unwrap()],
                earlier_owners: Vec::new(),
                organizations: vec![if iec { Organization::Iec } else { Organization::Iso }],
                status: Status::Published,
                replaced_by: Vec::new(),
                first_year: Some(2011),
                latest_year: Some(2017),
                ics: vec!["91.140".to_owned()],
                kind: PublicationKind::InternationalStandard,
                editions: 1,
                supplements: 0,
            }
        })
        .collect()
}

fn build(folder: &Path, first: usize) -> Result<(), Error> {
    Matcher::create(
        folder,
        &Catalogue::builtin(),
        works(first),
        &format!("works from {first}"),
        serde_json::json!({}),
    )
}

/// The whole answer of an index, as bytes. It holds the fingerprint.
fn answer(folder: &Path) -> Result<String, Error> {
    let proposal = Proposal::builder()
        .title("Smart lifts for robots that clean floors")
        .scope("Interfaces between lifts and household robots; hydrogen is left to ISO/TC 197.")
        .organization(Organization::Iso)
        .build();
    let screening = Screener::open(folder)?.screen(&proposal);
    assert!(screening.overlaps.is_some());
    Ok(screening.to_json())
}

fn is_told(error: &Error) -> bool {
    error.is_incompatible_index() || error.is_not_found()
}

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % limit.max(1) as u64).unwrap()
    }
}

/// All files below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn generations(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("generation-")).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}

/// Not a test of its own: what the next tests run in a process that they kill.
#[test]
#[ignore = "run by other tests in a process of its own"]
fn builds_without_end() {
    let Some(folder) = std::env::var_os(BUILD_INTO) else { return };
    let both = if std::env::var_os(BUILD_FIRST).is_some_and(|first| first == "1000") {
        [1000, 5000]
    } else {
        [5000, 1000]
    };
    // The end is for the case that whoever should kill it is gone.
    let end = Instant::now() + Duration::from_secs(60);
    for first in both.into_iter().cycle().take_while(|_| Instant::now() < end) {
        build(Path::new(&folder), first).unwrap();
    }
}

fn builder(folder: &Path, first: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "index_folder::builds_without_end", "--ignored", "--test-threads", "1"])
        .env(BUILD_INTO, folder)
        .env(BUILD_FIRST, first.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_build_that_is_killed_at_any_moment_leaves_a_whole_index() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    build(folder, 5000).unwrap();
    let other = answer(folder).unwrap();
    let start = Instant::now();
    build(folder, 1000).unwrap();
    let one_build = start.elapsed();
    let old = answer(folder).unwrap();
    assert_ne!(old, other);
    let mut numbers = Numbers(2026);
    let (mut orphans, mut replaced) = (0, 0);
    let mut in_force = old.clone();
    for round in 0..10 {
        // The one that is not in force first.
        let child = builder(folder, if in_force == old { 5000 } else { 1000 });
        // From the first file of the first build into the second.
        let most = usize::try_from(one_build.as_micros()).unwrap() * 2 + 20_000;
        std::thread::sleep(Duration::from_micros(numbers.below(most) as u64));
        kill(child);
        let found = answer(folder).unwrap_or_else(|error| panic!("round {round}: {error}"));
        assert!(
            found == old || found == other,
            "round {round}: neither the one nor the other index"
        );
        replaced += usize::from(found != in_force);
        in_force = found;
        orphans += usize::from(generations(folder).len() > 1);
    }
    println!(
        "one build {one_build:?}; of 10 kills {orphans} left an orphan, {replaced} came after a build was complete"
    );
    // Orphans go with the next build.
    fs::create_dir(folder.join("generation-900")).unwrap();
    fs::write(folder.join("generation-900/half"), "half a file").unwrap();
    build(folder, 1000).unwrap();
    assert_eq!(generations(folder).len(), 1);
    assert_eq!(answer(folder).unwrap(), old);
}

#[test]
fn a_reader_during_builds_finds_the_one_index_or_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    build(folder, 5000).unwrap();
    let other = answer(folder).unwrap();
    build(folder, 1000).unwrap();
    let old = answer(folder).unwrap();
    let child = builder(folder, 5000);
    let end = Instant::now() + Duration::from_secs(2);
    let mut result = Ok(());
    while result.is_ok() && Instant::now() < end {
        result = match answer(folder) {
            Ok(found) if found == old || found == other => Ok(()),
            Ok(_) => Err("a mixture".to_owned()),
            Err(error) => Err(error.to_string()),
        };
    }
    kill(child);
    assert_eq!(result, Ok(()));
}

#[test]
fn a_failed_build_leaves_the_old_index_and_a_second_builder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    build(folder, 1000).unwrap();
    let old = answer(folder).unwrap();
    let lock = fs::File::create(folder.join(LOCK)).unwrap();
    lock.lock().unwrap();
    let error = build(folder, 5000).unwrap_err();
    assert!(error.is_unsupported() && error.to_string().contains("another build"), "{error}");
    assert_eq!(answer(folder).unwrap(), old);
    drop(lock);
    build(folder, 5000).unwrap();
    assert_ne!(answer(folder).unwrap(), old);
}

#[test]
fn flipped_bytes_and_cut_files_are_told() {
    let whole = tempfile::tempdir().unwrap();
    build(whole.path(), 1000).unwrap();
    let right = answer(whole.path()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    copy(whole.path(), folder.path());
    let folder = folder.path();
    let mut numbers = Numbers(7);
    let (mut told, mut opened) = (0, 0);
    let mut check = |what: &str| match answer(folder) {
        Ok(found) => {
            assert_eq!(found, right, "{what}: it opens and answers wrongly");
            opened += 1;
        }
        Err(error) => {
            assert!(is_told(&error), "{what}: {error:?}");
            told += 1;
        }
    };
    for path in files(folder).into_iter().filter(|path| !path.ends_with(LOCK)) {
        let bytes = fs::read(&path).unwrap();
        assert!(!bytes.is_empty(), "{}", path.display());
        let last = bytes.len() - 1;
        let mut places =
            vec![0, 1, 7, last / 2, last.saturating_sub(9), last.saturating_sub(1), last];
        places.extend((0..4).map(|_| numbers.below(bytes.len())));
        for place in places.into_iter().filter(|place| *place <= last) {
            let mut damaged = bytes.clone();
            damaged[place] ^= 1 << numbers.below(8);
            fs::write(&path, damaged).unwrap();
            check(&format!("{}, byte {place} flipped", path.display()));
        }
        for length in [0, 1, last / 2, numbers.below(bytes.len()), last] {
            fs::write(&path, &bytes[..length]).unwrap();
            check(&format!("{} cut to {length} bytes", path.display()));
        }
        fs::write(&path, [bytes.as_slice(), b"more"].concat()).unwrap();
        check(&format!("{} with more at its end", path.display()));
        fs::remove_file(&path).unwrap();
        check(&format!("{} removed", path.display()));
        fs::create_dir(&path).unwrap();
        check(&format!("{} is a folder", path.display()));
        fs::remove_dir(&path).unwrap();
        fs::write(&path, &bytes).unwrap();
    }
    println!("{told} damages told, {opened} harmless");
    assert!(told > 50 && opened < told / 10);
    assert_eq!(answer(folder).unwrap(), right);
}

/// A manifest with another body and the checksum that belongs to it.
fn edit_manifest(folder: &Path, edit: impl FnOnce(&mut serde_json::Value)) {
    let path = folder.join(MANIFEST);
    let text = fs::read_to_string(&path).unwrap();
    let (body, _) = text.rsplit_once("\ncrc32 ").unwrap();
    let mut value: serde_json::Value = serde_json::from_str(body).unwrap();
    edit(&mut value);
    let body = serde_json::to_string_pretty(&value).unwrap();
    fs::write(path, format!("{body}\ncrc32 {:08x}\n", crc32fast::hash(body.as_bytes()))).unwrap();
}

#[test]
fn indexes_of_other_versions_and_hostile_manifests_are_refused() {
    let whole = tempfile::tempdir().unwrap();
    build(whole.path(), 1000).unwrap();
    let right = answer(whole.path()).unwrap();
    type Edit = fn(&mut serde_json::Value);
    let edits: [(&str, Edit); 10] = [
        ("format 99", |manifest| manifest["format"] = 99.into()),
        ("no format", |manifest| manifest["format"] = serde_json::Value::Null),
        ("other stems", |manifest| manifest["stems"] = 1.into()),
        ("no generation", |manifest| manifest["generation"] = "".into()),
        ("generation elsewhere", |manifest| manifest["generation"] = "../generation-1".into()),
        ("absolute generation", |manifest| manifest["generation"] = "/tmp".into()),
        ("generation that is not there", |manifest| {
            manifest["generation"] = "generation-77".into()
        }),
        ("fewer fields", |manifest| drop(manifest.as_object_mut().unwrap().remove("files"))),
        ("more works than there are", |manifest| manifest["works"] = 100_000.into()),
        ("more committees than there are", |manifest| manifest["committees"] = u32::MAX.into()),
    ];
    for (what, edit) in edits {
        let folder = tempfile::tempdir().unwrap();
        copy(whole.path(), folder.path());
        edit_manifest(folder.path(), |_| {});
        assert_eq!(answer(folder.path()).unwrap(), right);
        edit_manifest(folder.path(), edit);
        let error = answer(folder.path()).err().unwrap_or_else(|| panic!("{what}: it opens"));
        assert!(is_told(&error), "{what}: {error:?}");
        // It can be built anew over it, and only then is the old one gone.
        let generation = generations(folder.path());
        assert_eq!(generation.len(), 1);
        build(folder.path(), 1000).unwrap();
        assert_eq!(answer(folder.path()).unwrap(), right, "{what}");
        assert_eq!(generations(folder.path()).len(), 1, "{what}");
    }
}

#[test]
fn empty_missing_and_foreign_folders_are_told_and_foreign_ones_are_not_touched() {
    let parent = tempfile::tempdir().unwrap();
    let empty = parent.path().join("empty");
    fs::create_dir(&empty).unwrap();
    for folder in [empty.clone(), parent.path().join("missing")] {
        let error = Screener::open(&folder).unwrap_err();
        assert!(error.is_not_found(), "{error:?}");
    }
    let file = parent.path().join("file");
    fs::write(&file, "text").unwrap();
    assert!(is_told(&Screener::open(&file).unwrap_err()));
    assert!(build(&file, 1000).is_err());

    // Folders with other things, and things with names like ours.
    for name in ["notes.txt", "generation-2024/notes.txt", "generation-next/notes.txt"] {
        let foreign = tempfile::tempdir().unwrap();
        let path = foreign.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "important").unwrap();
        let error = build(foreign.path(), 1000).unwrap_err();
        assert!(error.is_unsupported(), "{name}: {error:?}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "important");
        assert_eq!(files(foreign.path()), [path]);
        assert!(Screener::open(foreign.path()).unwrap_err().is_not_found());
    }

    // More files beside an index harm no reader.
    build(&empty, 1000).unwrap();
    let right = answer(&empty).unwrap();
    fs::write(empty.join("notes.txt"), "mine").unwrap();
    let generation = empty.join(&generations(&empty)[0]);
    fs::write(generation.join("notes.txt"), "mine").unwrap();
    assert_eq!(answer(&empty).unwrap(), right);
    assert!(build(&empty, 5000).unwrap_err().is_unsupported());
    assert_eq!(answer(&empty).unwrap(), right);
}

#[test]
fn reading_changes_nothing_and_needs_no_right_to_write() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), 1000).unwrap();
    let state = || {
        let state = |path: PathBuf| {
            (fs::metadata(&path).unwrap().modified().unwrap(), fs::read(&path).unwrap(), path)
        };
        files(folder.path()).into_iter().map(state).collect::<Vec<_>>()
    };
    let before = state();
    let right = answer(folder.path()).unwrap();
    protect(folder.path(), true);
    let protected = answer(folder.path());
    protect(folder.path(), false);
    assert_eq!(protected.unwrap(), right);
    assert!(before == state());
}

/// Takes the right to write away, or gives it back.
fn protect(folder: &Path, protected: bool) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let (for_files, for_folders) = if protected { (0o444, 0o555) } else { (0o644, 0o755) };
        let set = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap()
        };
        set(folder, 0o755);
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { protect(&path, protected) } else { set(&path, for_files) }
        }
        set(folder, for_folders);
    }
    #[cfg(not(unix))]
    let _ = (folder, protected);
}

#[test]
fn several_readers_at_once_find_the_same() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), 1000).unwrap();
    let first = Screener::open(folder.path()).unwrap();
    let second = Screener::open(folder.path()).unwrap();
    let right = answer(folder.path()).unwrap();
    // A rebuild takes the files from under both, and neither minds.
    build(folder.path(), 5000).unwrap();
    let other = answer(folder.path()).unwrap();
    assert_ne!(right, other);
    let proposal = Proposal::builder()
        .title("Ledgers for lifts")
        .scope("Ledgers that smart lifts keep.")
        .build();
    let expected = first.screen(&proposal).to_json();
    std::thread::scope(|scope| {
        for screener in [&first, &second, &first, &second] {
            let (proposal, expected) = (&proposal, &expected);
            scope.spawn(move || assert_eq!(screener.screen(proposal).to_json(), *expected));
        }
        let folder = folder.path();
        let readers: Vec<_> =
            (0..3).map(|_| scope.spawn(move || answer(folder).unwrap())).collect();
        assert!(readers.into_iter().all(|reader| reader.join().unwrap() == other));
    });
}

#[test]
fn the_same_input_gives_the_same_index_on_any_number_of_threads() {
    let mut answers = Vec::new();
    for threads in [1, 2, 2] {
        let folder = tempfile::tempdir().unwrap();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        // In another order, too: it is not part of the input.
        let mut works = works(1000);
        works.rotate_left(threads * 10);
        let answer = pool.install(|| {
            let data = "works from 1000";
            Matcher::create(
                folder.path(),
                &Catalogue::builtin(),
                works,
                data,
                serde_json::json!({}),
            )
            .unwrap();
            answer(folder.path()).unwrap()
        });
        answers.push(answer);
    }
    assert!(answers[0].contains("index "), "the fingerprint is part of the answer");
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[1], answers[2]);
}
