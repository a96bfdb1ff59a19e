//! The landscape of coordination areas, by the numbers of its acceptance checks.

use spcg::Catalogue;
use std::fs;

use spcg::landscape::{
    Dismissal, Edition, FindSettings, Finds, Folder, Landscape, Sources, read_dismissals,
};
use spcg::matching::Matcher;
use spcg::standards::Work;
use tempfile::TempDir;

/// A work of our own; the committees are real, the works are not.
pub(crate) fn work(reference: &str, title: &str, owner: &str, year: u16) -> Work {
    let organizations = match owner.split([' ', '/']).next() {
        Some("IEC") => "IEC",
        Some("ITU-T") => "ITU-T",
        _ => "ISO",
    };
    serde_json::from_value(serde_json::json!({
        "reference": reference, "references": [reference], "titles": [title], "abstract": "",
        "owners": [owner], "earlier_owners": [], "organizations": [organizations],
        "status": "published", "first_year": year, "latest_year": year, "ics": [],
        "kind": "other", "editions": 1, "supplements": 0
    }))
    .unwrap()
}

/// Three subjects that two organizations share, and fifty that nobody shares.
pub(crate) fn works() -> Vec<Work> {
    let mut works = vec![
        work("IEC 99001", "Arresters for overvoltages in beehives", "IEC TC 81", 2020),
        work("IEC 99002", "Beehives - Arresters against overvoltages, tests", "IEC TC 81", 2019),
        work(
            "ITU-T K.9901",
            "Overvoltages and arresters of networked beehives",
            "ITU-T SG 5",
            2021,
        ),
        work(
            "ISO 99003",
            "Frost footprint of glaciers in marble quarries",
            "ISO/TC 207/SC 7",
            2018,
        ),
        work(
            "ISO 99004",
            "Marble quarries - Frost footprint, verification",
            "ISO/TC 207/SC 7",
            2017,
        ),
        work("ITU-T L.9902", "Frost footprint assessment of marble quarries", "ITU-T SG 5", 2020),
        work("ISO 99005", "Wooden kites over lighthouses", "ISO/TC 291", 2009),
        work("IEC 99006", "Lighthouses and wooden kites", "IEC TC 61", 2010),
        work("IEC 99007", "Kites of wood, for lighthouses", "IEC TC 61", 2012),
    ];
    for number in 0..50 {
        let owner = ["ISO/TC 34", "IEC TC 14", "ITU-T SG 2"][number % 3];
        let body = ["ISO", "IEC", "ITU-T E."][number % 3];
        let blank = if number % 3 == 2 { "" } else { " " };
        let title = format!("Subject{number} with matter{number} and thing{number}");
        works.push(work(&format!("{body}{blank}98{number:03}"), &title, owner, 2020));
    }
    works
}

pub(crate) fn matcher(works: Vec<Work>) -> (TempDir, Matcher) {
    let folder = tempfile::tempdir().unwrap();
    let catalogue = Catalogue::builtin();
    let index = folder.path().join("index");
    Matcher::create(&index, &catalogue, works, "invented", serde_json::Value::Null).unwrap();
    let matcher = Matcher::open(&index).unwrap();
    (folder, matcher)
}

fn finds(matcher: &Matcher, dismissals: &[Dismissal]) -> Finds {
    let settings = FindSettings::default();
    Landscape::builtin().finds(matcher, &settings, None, dismissals).unwrap()
}

#[test]
fn check_26_the_order_of_the_works_and_the_threads_change_no_find() {
    let works = works();
    let (_folder, matcher) = self::matcher(works.clone());
    let found = finds(&matcher, &[]);
    let ids: Vec<&str> = found.finds.iter().map(|find| find.id.as_str()).collect();
    // The third subject has no text of the last five years.
    assert_eq!(ids, ["ISO 99003", "IEC 99001"], "{}", found.to_text(9));
    assert!(found.finds[0].terms.iter().any(|term| term.contains("marble")));
    assert_eq!(found.finds[1].unarranged, 2);
    assert!(found.to_text(9).contains("nothing on record"));

    let without_index = |finds: &Finds| serde_json::to_string(&finds.finds).unwrap();
    let expected = without_index(&found);
    let mut shuffled = works;
    for turn in 1..4 {
        let (middle, by) = (shuffled.len() / 2, 7 * turn);
        shuffled.rotate_left(by);
        shuffled[..middle].reverse();
        let (_folder, matcher) = self::matcher(shuffled.clone());
        for threads in [1, 2, 8] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            assert_eq!(pool.install(|| without_index(&finds(&matcher, &[]))), expected);
        }
    }
}

#[test]
fn check_27_a_dismissed_find_comes_back_when_half_of_its_works_are_new() {
    let mut works = works();
    let (_folder, matcher) = self::matcher(works.clone());
    let found = finds(&matcher, &[]);
    let day = "2031-02-01".parse().unwrap();
    let entry = Dismissal::of(&found.finds[1], "bees \"mind\" themselves", day, "office");
    let (dismissals, refused) = read_dismissals(&entry.to_toml());
    assert_eq!((dismissals.as_slice(), refused.len()), ([entry].as_slice(), 0));

    let again = finds(&matcher, &dismissals);
    assert_eq!((again.finds.len(), again.dismissed), (1, 1));
    assert_eq!(again.finds[0].id, "ISO 99003");

    // Two new ones beside three: still the same ground.
    let new = |number: u16| {
        let title = format!("Beehives, arresters and overvoltages of kind{number}");
        work(&format!("ITU-T K.99{number}"), &title, "ITU-T SG 5", 2021)
    };
    works.extend([new(51)]);
    let (_folder, matcher) = self::matcher(works.clone());
    assert_eq!(finds(&matcher, &dismissals).dismissed, 1);
    works.extend([new(52), new(53), new(54)]);
    let (_folder, matcher) = self::matcher(works);
    let back = finds(&matcher, &dismissals);
    assert_eq!(back.dismissed, 0, "{}", back.to_text(9));
}

#[test]
fn the_check_of_worth_counts_what_was_published_in_common_later() {
    let mut works = works();
    let (_folder, before) = self::matcher(works.clone());
    // The beehives get a common text; the glaciers none.
    for (reference, owner) in [("IEC 99090", "IEC TC 81"), ("ITU-T K.9990", "ITU-T SG 5")] {
        works.push(work(reference, "Protection of networked beehives", owner, 2023));
    }
    let (_folder, after) = self::matcher(works);
    let settings = FindSettings::default();
    let worth = settings.worth(&before, &after).unwrap();
    let later: Vec<String> =
        worth.later.iter().map(|pair| format!("{} {}", pair.first, pair.second)).collect();
    assert_eq!(later, ["IEC TC 81 ITU-T SG 5"]);
    assert_eq!(worth.bands.iter().map(|band| band.common_later).sum::<usize>(), 1);
    let close = worth.bands.iter().filter(|band| band.from >= settings.similarity);
    assert_eq!(close.map(|band| band.pairs).sum::<usize>(), 3, "{worth}");
    // By chance: pairs of works of those two, of all pairs of works of publishers apart.
    assert!((0.0..0.05).contains(&worth.chance_common) && worth.chance_common > 0.0, "{worth}");
    assert_eq!(settings.worth(&after, &after).unwrap().later, []);
    assert!(settings.worth(&Matcher::builtin().unwrap(), &after).is_none());
}

#[test]
fn what_is_on_record_between_the_owners_takes_a_find_from_the_list() {
    let mut works = works();
    // A common text of the owners of the first subject.
    works.push(work("IEC 99008", "Thunder over hen houses", "IEC TC 81", 2015));
    works.push(work("ITU-T K.9908", "Thunder over hen-houses", "ITU-T SG 5", 2015));
    let (_folder, matcher) = self::matcher(works);
    let found = finds(&matcher, &[]);
    let ids: Vec<&str> = found.finds.iter().map(|find| find.id.as_str()).collect();
    assert_eq!((ids, found.arranged), (vec!["ISO 99003"], 1));
}

#[test]
fn without_an_index_nobody_can_tell_what_was_not_listed() {
    let matcher = Matcher::builtin().unwrap();
    let settings = FindSettings::default();
    assert!(Landscape::builtin().finds(&matcher, &settings, None, &[]).is_none());
}

#[test]
fn a_dismissal_without_a_reason_is_refused_with_its_line() {
    let text = "[[dismissed]]\nworks = [\"ISO 1\"]\nreason = \"\"\nday = \"2031-02-01\"\nby = \"a\"\n\
                [[dismissed]]\nworks = []\nwhy = \"\"\n";
    let (dismissals, refused) = read_dismissals(text);
    assert!(dismissals.is_empty());
    assert_eq!(refused.iter().map(|one| one.line).collect::<Vec<_>>(), [1, 6]);
}

fn edition(landscape: &Landscape, matcher: Option<&Matcher>, day: &str) -> Edition {
    let mut sources = Sources::default();
    sources.index = matcher;
    Edition::build(landscape, &sources, day.parse().unwrap())
}

/// A folder with six areas: two share a committee, and one file has a mistake.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let areas = folder.path().join("areas");
    fs::create_dir_all(&areas).unwrap();
    let write = |name: &str, text: &str| fs::write(areas.join(name), text).unwrap();
    write(
        "bees.toml",
        "name = \"overvoltages of beehives\"\nkeywords = [\"beehive\", \"arrester\"]\n\
         committees = [{ ref = \"IEC TC 81\", role = \"lead\" }, \"ITU-T SG 5\"]\n\
         arrangements = [\"bee-group\"]\n",
    );
    write(
        "marble.toml",
        "name = \"frost of marble\"\nkeywords = [\"marble\"]\n\
         committees = [\"ISO/TC 207/SC 7\", \"ITU-T SG 5\"]\n\
         set_priority = { value = \"high\", reason = \"two proposals\", meeting = 40, review_by = \"2032-03-01\" }\n",
    );
    write("broken.toml", "name = \"broken\"\ncommittees = [\"ISO/TC 1\"\n");
    for number in 0..4 {
        let text = format!(
            "name = \"subject{number}\"\nkeywords = [\"subject{number}\"]\ncommittees = [\"ISO/TC 34\"]\n"
        );
        write(&format!("subject{number}.toml"), &text);
    }
    let text = "[[arrangement]]\nid = \"bee-group\"\nname = \"joint group on bees\"\n\
                kind = \"joint_working_group\"\nparties = [\"IEC TC 81\", \"ITU-T SG 5\"]\n\
                begin = \"2030\"\nsource = \"AC/1/2030\"\n";
    fs::write(folder.path().join("arrangements.toml"), text).unwrap();
    folder
}

#[test]
fn check_25_without_an_index_nobody_can_tell_and_a_mistake_stops_nothing() {
    let root = folder();
    let folder = Folder::open(root.path()).unwrap();
    assert_eq!(folder.landscape().areas().len(), 6);
    let problem = folder.problems()[0].to_string();
    assert!(problem.starts_with("areas/broken.toml:2: "), "{problem}");

    let blank = edition(folder.landscape(), None, "2031-02-01").with_problems(folder.problems());
    let bees = blank.area("bees").unwrap();
    assert!(bees.evidence.is_none() && bees.priority.places.is_empty());
    assert_eq!(bees.priority.range(), "1 to 16");
    for shown in [blank.to_document().to_markdown(), blank.to_html(None)] {
        assert!(shown.contains("cannot tell without an index"));
        assert!(shown.contains("no place") && shown.contains("1 to 16 of 21"));
        assert!(shown.contains("areas/broken.toml:2: "));
        assert!(shown.contains("frost of marble"));
    }

    // A committee in two areas counts in each, and once in the totals; so does a work.
    assert_eq!(blank.totals.committees, 4);
    let (_index, matcher) = matcher(works());
    let told = edition(folder.landscape(), Some(&matcher), "2031-02-01");
    let count = |id: &str| told.area(id).unwrap().evidence.as_ref().unwrap().works;
    assert_eq!((count("bees"), count("marble"), count("subject0")), (3, 3, 1));
    assert_eq!((told.totals.committees, told.totals.works), (4, Some(8)));
    let bees = told.area("bees").unwrap();
    assert_eq!(bees.priority.places.len(), 3);
    let evidence = bees.evidence.as_ref().unwrap();
    assert_eq!((evidence.pair_count, evidence.recent_works), (2, 3));

    let Some(program) = crate::programs::program("landscape") else { return };
    let run = std::process::Command::new(program)
        .arg("--landscape")
        .arg(root.path())
        .args(["show", "--day", "2031-02-01"])
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&run.stderr).contains("areas/broken.toml:2: "));
    assert!(String::from_utf8_lossy(&run.stdout).contains("frost of marble"));
}

#[test]
fn check_28_the_difference_of_two_editions_lists_what_changed_with_its_reason() {
    let root = folder();
    let (_index, matcher) = matcher(works());
    let folder = Folder::open(root.path()).unwrap();
    let first = edition(folder.landscape(), Some(&matcher), "2031-02-01");
    folder.release(&first, "2031-02").unwrap();
    // Again the same is no change; another content under the same month is refused.
    folder.release(&first, "2031-02").unwrap();
    let other = edition(folder.landscape(), None, "2031-02-02");
    assert_eq!(
        folder.release(&other, "2031-02").unwrap_err().refusal(),
        Some(spcg::Refusal::WouldRewrite)
    );
    assert!(folder.release(&first, "../2031-02").is_err());

    let areas = root.path().join("areas");
    let change = |name: &str, from: &str, to: &str| {
        let text = fs::read_to_string(areas.join(name)).unwrap();
        assert!(text.contains(from));
        fs::write(areas.join(name), text.replace(from, to)).unwrap();
    };
    change("marble.toml", "\"high\", reason = \"two proposals\"", "\"low\", reason = \"calm\"");
    change("bees.toml", ", \"ITU-T SG 5\"", ", \"ITU-T SG 15\"");
    change("subject0.toml", "name =", "state = \"ended\"\nname =");
    change("subject1.toml", "name =", "state = { merged = { into = \"bees\" } }\nname =");
    fs::write(
        areas.join("kites.toml"),
        "name = \"kites\"\nkeywords = [\"kite\"]\ncommittees = [\"IEC TC 61\"]\n",
    )
    .unwrap();
    let path = root.path().join("arrangements.toml");
    let text = fs::read_to_string(&path).unwrap().replace("begin =", "end = \"2031-05\"\nbegin =");
    fs::write(&path, text).unwrap();

    let folder = Folder::open(root.path()).unwrap();
    let second = edition(folder.landscape(), Some(&matcher), "2031-08-01");
    folder.release(&second, "2031-08").unwrap();
    let (old, new) = (folder.edition("2031-02").unwrap(), folder.edition("2031-08").unwrap());
    let changes: Vec<String> = new.changes_since(&old).iter().map(ToString::to_string).collect();
    for expected in [
        "new area: kites",
        "subject0: was active, now ended",
        "subject1: was active, now merged into bees",
        "overvoltages of beehives: ITU-T SG 15 came",
        "overvoltages of beehives: ITU-T SG 5 went",
        "arrangement ended on 2031-05: joint group on bees",
        "frost of marble: priority set from high to low, since calm (meeting 40)",
    ] {
        assert!(changes.iter().any(|change| change == expected), "{expected}: {changes:#?}");
    }
    assert!(
        changes
            .iter()
            .any(|change| change.starts_with("overvoltages of beehives: the data propose")
                && change.contains("arrangement missing: ")),
        "{changes:#?}"
    );
    assert!(new.changes_since(&new).is_empty());
    assert!(changes.iter().all(|change| !change.starts_with("subject2")), "{changes:#?}");
}

#[test]
fn an_edition_is_the_same_bytes_on_any_number_of_threads() {
    let (_index, matcher) = matcher(works());
    let root = folder();
    let folder = Folder::open(root.path()).unwrap();
    let render = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let edition = edition(folder.landscape(), Some(&matcher), "2031-02-01");
            let found = finds(&matcher, &[]);
            edition.to_json()
                + &edition.to_html(Some(&found))
                + &edition.to_document().to_markdown()
        })
    };
    let expected = render(1);
    assert!(render(2) == expected && render(8) == expected);
}

#[test]
fn the_areas_of_the_crate_are_written_and_read_back() {
    let root = tempfile::tempdir().unwrap();
    let folder = Folder::create(root.path().join("landscape")).unwrap();
    assert!(folder.problems().is_empty(), "{:?}", folder.problems());
    let mut expected: Vec<_> = Landscape::builtin().areas().to_vec();
    expected.sort_by(|a, b| a.id.cmp(&b.id));
    assert_eq!(folder.landscape().areas(), expected);
    assert_eq!(folder.landscape().arrangements(), Landscape::builtin().arrangements());
}

#[test]
fn a_set_priority_runs_out_and_hostile_texts_stay_texts() {
    let text = "[[area]]\nname = \"<script>alert(1)</script>\\u202e\"\nid = \"bad\"\nkeywords = [\"x1\"]\n\
                committees = [\"ISO/TC 34\"]\n\
                set_priority = { value = \"high\", reason = \"\\\"><img src=x>\", meeting = 1, review_by = \"2031-03-01\" }\n";
    let (landscape, refused) = Landscape::from_toml(text);
    assert!(refused.is_empty(), "{refused:?}");
    let standing = edition(&landscape, None, "2031-03-01");
    assert!(standing.areas[0].set_on(standing.day).is_some());
    let past = edition(&landscape, None, "2031-03-02");
    assert_eq!(past.areas[0].setting(past.day), "ran out on 2031-03-01: was high");
    let page = standing.to_html(None);
    assert!(
        !page.contains("<script>alert") && !page.contains("<img") && !page.contains('\u{202e}')
    );
    assert!(page.contains("&lt;script&gt;alert"));
    assert!(!standing.to_document().to_markdown().contains("<script>"));
}

#[test]
fn an_arrangement_counts_for_its_parties_alone() {
    let text = "[[arrangement]]\nid = \"one\"\nname = \"one\"\nkind = \"liaison\"\n\
                parties = [\"ITU\", \"ISO/TC 999\"]\nsource = \"AC/1\"\n";
    let (landscape, refused) = Landscape::from_toml(text);
    assert!(refused.is_empty(), "{refused:?}");
    let is_between = |one: &str, other: &str| {
        landscape.arrangements()[0].is_between(&one.parse().unwrap(), &other.parse().unwrap())
    };
    assert!(is_between("ITU-T SG 5", "ISO/TC 999") && is_between("ISO/TC 999/SC 1", "ITU-T SG 5"));
    assert!(!is_between("ITU-T SG 5", "IEC TC 111") && !is_between("ISO/TC 998", "ITU-T SG 5"));
}
