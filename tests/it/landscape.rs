//! The landscape of coordination areas, by the numbers of its acceptance checks.

use spcg::Catalogue;
use spcg::landscape::{Dismissal, FindSettings, Finds, Landscape, read_dismissals};
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
