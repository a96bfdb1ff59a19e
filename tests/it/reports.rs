//! What people see of a screening: text, Markdown and what else is rendered.

use std::path::Path;

use spcg::checklist::{Evidence, Finding, Outcome, Severity};
use spcg::matching::{Closeness, Elsewhere, Interest, Overlap};
use spcg::report::ReportOptions;
use spcg::{Proposal, Screener, Screening};

fn screener() -> &'static Screener {
    static SCREENER: std::sync::LazyLock<Screener> =
        std::sync::LazyLock::new(|| Screener::builtin().unwrap());
    &SCREENER
}

/// What a terminal obeys, what turns letters around, and what is not seen.
fn acts(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[test]
fn nothing_hostile_reaches_a_report() {
    let hostile = "\u{1b}[2J\u{202e}lift\u{2066}s\u{200b}\u{2028}\u{7}~~x~~ <b> who@example.org";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a\u{202e}b\nc\u{1b}[31m.toml");
    let source = format!("title = {hostile:?}\nscope = {hostile:?}\norganization = \"ISO\"\n")
        .replace("\\u{1b}", "\\u001b")
        .replace("\\u{202e}", "\\u202e")
        .replace("\\u{2066}", "\\u2066")
        .replace("\\u{200b}", "\\u200b")
        .replace("\\u{2028}", "\\u2028")
        .replace("\\u{7}", "\\u0007");
    std::fs::write(&path, &source).unwrap();
    let proposal = Proposal::from_path(&path).unwrap();
    assert!(proposal.title.contains('\u{202e}'), "{source}");
    let screening = screener().screen(&proposal);
    let options = ReportOptions::default();
    let mut shown = vec![screening.to_text(&options), screening.to_markdown(&options)];
    #[cfg(feature = "terminal")]
    shown.push(screening.to_diagnostics(Some(&source), &options));
    std::fs::write(&path, "titel = \"Lifts\"").unwrap();
    shown.push(Proposal::from_path(&path).unwrap_err().to_string());
    for text in shown {
        assert_eq!(text.chars().find(|c| acts(*c)), None, "{text}");
    }
    let markdown = screening.to_markdown(&options);
    for active in ["~~x~~", "<b>", "who@example"] {
        assert!(!markdown.contains(active), "{markdown}");
    }
}

fn sample(name: &str) -> Screening {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/proposals").join(name);
    screener().screen(&Proposal::from_path(path).unwrap())
}

/// A result with a committee of each kind, an existing work and a finding.
fn built() -> Screening {
    let proposal = Proposal::from_toml(
        "title = \"Smart lifts\"\norganization = \"ISO\"\nkind = \"new_field\"\nscope = \"Lifts.\"",
    )
    .unwrap();
    let interest = |committee: &str, probability: f64| {
        let mut interest = Interest::new(committee.parse().unwrap(), "Its title", probability);
        interest.flagged = probability >= 0.2;
        interest
    };
    let interests = vec![
        interest("ISO/TC 178", 0.9),
        interest("ISO/TC 299", 0.3),
        interest("IEC TC 3", 0.1),
        interest("ITU-T SG 20", 0.004),
    ];
    let mut overlap = Overlap::new("ISO 8100-1", "Lifts: safety", 0.5);
    overlap.owners = vec!["ISO/TC 178".parse().unwrap()];
    overlap.closeness = Closeness::Strong;
    let mut finding =
        Finding::new("C18", Outcome::Fail, Severity::Blocker, "nobody there was asked");
    finding.evidence = vec![Evidence::Field {
        field: "contacts_made".to_owned(),
        line: None,
        column: None,
        excerpt: String::new(),
    }];
    finding.remedy = Some("Ask them; a joint work answer counts.".to_owned());
    let mut other = finding.clone();
    other.severity = Severity::Warning;
    other.rule = "C22".to_owned();
    other.remedy = Some("Tell the boards.".to_owned());
    Screening::new(&proposal, vec![finding, other], interests, Some(vec![overlap]))
}

#[test]
fn the_first_page_holds_verdict_committees_and_existing_work() {
    let text = sample("consumer-product-safety-management.toml").to_text(&ReportOptions::default());
    let page: Vec<&str> = text.lines().take(40).collect();
    let at = |wanted: &str| {
        page.iter()
            .position(|line| line.contains(wanted))
            .unwrap_or_else(|| panic!("{wanted}\n{text}"))
    };
    let places = [
        at("=> Not ready to circulate: "),
        at("WHO MAY BE CONCERNED            named  asked  in liaison  owns close work"),
        at("ISO: "),
        at("ISO/TC 292              yes    "),
        at("IEC: "),
        at("ITU-T: "),
        at("EXISTING WORK: not known"),
        at("WHAT BLOCKS IT"),
    ];
    assert!(places.is_sorted(), "{places:?}");
    assert!(page.iter().all(|line| line.chars().count() <= 110), "{text}");
}

#[test]
fn likely_is_said_above_a_half_only() {
    let text = built().to_text(&ReportOptions::default());
    assert!(text.contains("ISO: 1 is likely to be interested, 1 more may be concerned"), "{text}");
    assert!(text.contains("IEC: none is probable enough to be named"), "{text}");
    assert!(text.contains("nearest: ITU-T SG 20 < 1 %"), "{text}");
    let markdown = built().to_markdown(&ReportOptions::default());
    assert!(
        markdown.contains(
            "| ISO/TC 178 | Its title | 90 % | likely to be interested | – | – | – | yes |"
        )
    );
    assert!(
        markdown.contains("| ISO/TC 299 | Its title | 30 % | may be concerned | – |"),
        "{markdown}"
    );
}

#[test]
fn a_blank_field_is_asked_for_once() {
    let text = built().to_text(&ReportOptions::default());
    assert_eq!(text.matches("Contacts made (blocks; C18, C22)\n").count(), 1, "{text}");
    assert!(text.contains("Ask them; a joint work answer counts. Tell the boards."), "{text}");
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = words.join(" ");
    assert!(words.contains("2 of the points are about 1 field that is left blank."), "{text}");
    let mut full = ReportOptions::default();
    full.full = true;
    assert!(built().to_text(&full).contains("nobody there was asked"));
}

/// Words joined by an underscore, beside what is quoted from the proposal.
fn names_of_fields(text: &str) -> Vec<&str> {
    let quoted = text.split(['«', '»']).step_by(2);
    let words =
        quoted.flat_map(|part| part.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')));
    words.filter(|word| word.trim_matches('_').contains('_')).collect()
}

#[test]
fn no_sentence_holds_the_name_of_a_field() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut full = ReportOptions::default();
    full.full = true;
    let mut reports = 0;
    let mut check = |proposal: &Proposal, path: &Path| {
        let mut screening = screener().screen(proposal);
        // Names of files are the user's own.
        screening.proposal.source = None;
        let text = screening.to_text(&full) + &screening.to_markdown(&full).replace('\\', "");
        assert_eq!(names_of_fields(&text), [""; 0], "{}\n{text}", path.display());
        reports += 1;
    };
    for folder in [
        "examples/proposals",
        "tests/data/proposals",
        "tests/data/forms",
        "../shared/data/proposals",
    ] {
        let Ok(files) = std::fs::read_dir(root.join(folder)) else { continue };
        for file in files {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "py") {
                continue; // makes the forms
            }
            if let Ok(proposal) = Proposal::from_path(&path)
                && proposal.ensure_plausible().is_ok()
            {
                check(&proposal, &path);
            }
        }
    }
    assert!(reports > 15, "{reports}");
}

#[test]
fn a_report_tells_how_well_the_file_was_read() {
    let text = "# Smart lifts\n\n## Scope\n\nLifts that talk.\n\n## Purpose\n\nTo ride.\n\n## Colour of the doors\n\nGreen.\n";
    let screening = screener().screen(&Proposal::from_text(text).unwrap());
    let report = screening.to_text(&ReportOptions::default());
    let words: Vec<&str> = report.split_whitespace().collect();
    let wanted = ", 1 was not: «Colour of the doors».";
    assert!(words.join(" ").contains(wanted), "{report}");
    assert!(report.contains("The file was read by its headings: 3 were recognized"), "{report}");
    assert!(report.find("The file was read") < report.find("WHO MAY BE CONCERNED"));
}

#[test]
fn documents_of_other_bodies_stand_apart() {
    let mut screening = built();
    assert!(!screening.to_text(&ReportOptions::default()).contains("OTHER BODIES"));
    let mut one = Elsewhere::new("ETSI", "ETSI EN 399 901", "Talking lifts", 0.4);
    one.year = Some(2011);
    screening.elsewhere = Some(vec![one]);
    let text = screening.to_text(&ReportOptions::default());
    assert!(
        text.contains("  40 %  ETSI EN 399 901 Talking lifts [ETSI, 2011; not named]"),
        "{text}"
    );
    assert!(text.find("EXISTING WORK") < text.find("DOCUMENTS OF OTHER BODIES"));
    let markdown = screening.to_markdown(&ReportOptions::default());
    assert!(
        markdown.contains("| ETSI EN 399 901 | Talking lifts | 40 % | ETSI, 2011 |  | not named |")
    );
}

#[cfg(feature = "docx")]
/// The class of a work rests on its text, the probability on its subject: what is said of the one
/// must not deny the other.
#[test]
fn what_is_said_of_a_work_agrees_with_both_of_its_figures() {
    let told = |closeness: Closeness, similarity: f64, probability: f64| {
        let mut overlap = Overlap::new("ISO 8100-1", "Lifts: safety", similarity);
        (overlap.closeness, overlap.probability) = (closeness, probability);
        let proposal = Proposal::from_toml("title = \"Smart lifts\"").unwrap();
        let screening = Screening::new(&proposal, Vec::new(), Vec::new(), Some(vec![overlap]));
        let options = ReportOptions::default();
        let page = screening.to_html(&proposal, screener().checklist(), &options);
        [screening.to_text(&options), screening.to_markdown(&options), page]
    };
    for (closeness, similarity, probability, words, sentence) in [
        (Closeness::Nearest, 0.1, 0.1, "little alike (10 %)", "works is close; the nearest are"),
        (Closeness::Nearest, 0.1, 0.51, "little alike (10 %)", "1 may be on the subject in other"),
        (Closeness::Moderate, 0.3, 0.07, "alike (30 %)", "1 of 0 works is close"),
        (Closeness::Strong, 0.48, 0.07, "much alike (48 %)", "1 of 0 works is close"),
        (
            Closeness::NearDuplicate,
            0.9,
            0.2,
            "nearly the same text (90 %)",
            "1 of 0 works is close",
        ),
    ] {
        for text in told(closeness, similarity, probability) {
            let text = text.replace('\u{a0}', " ");
            assert!(text.contains(words) && text.contains(sentence), "{words}: {text}");
            assert!(text.contains("the work is the one on this subject"), "{text}");
            assert!(!text.contains("not close") && !text.contains("same subject"), "{text}");
        }
    }
}

#[test]
fn a_word_file_holds_the_report() {
    let bytes = built().to_word(&ReportOptions::default()).unwrap();
    let mut file = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let mut text = String::new();
    let mut part = file.by_name("word/document.xml").unwrap();
    std::io::Read::read_to_string(&mut part, &mut text).unwrap();
    for wanted in
        ["Smart lifts", "ISO/TC 178", "Who may be concerned", "To be filled in", "&lt; 1 %"]
    {
        assert!(text.contains(wanted), "{wanted}");
    }
    assert_eq!(bytes, built().to_word(&ReportOptions::default()).unwrap());
}

#[cfg(feature = "html")]
mod page {
    use super::*;

    /// What stands between two marks, each time.
    fn between<'a>(text: &'a str, from: &str, to: char) -> Vec<&'a str> {
        text.split(from).skip(1).map(|rest| rest.split(to).next().unwrap_or_default()).collect()
    }

    fn page(proposal: &Proposal) -> String {
        let screening = screener().screen(proposal);
        screening.to_html(proposal, screener().checklist(), &ReportOptions::default())
    }

    fn all() -> Vec<Proposal> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/proposals");
        let mut files: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        files.iter().map(|file| Proposal::from_path(file).unwrap()).collect()
    }

    #[test]
    fn every_link_leads_to_one_place_and_nothing_is_loaded() {
        for proposal in all() {
            let page = page(&proposal);
            let mut ids = between(&page, " id=\"", '"');
            for target in between(&page, "href=\"#", '"') {
                assert!(ids.contains(&target), "{}: {target}", proposal.title);
            }
            let number = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), number, "{}: an id stands twice", proposal.title);
            for loads in ["<script", "<img", "<iframe", "@import", "url("] {
                assert!(!page.contains(loads), "{}: {loads}", proposal.title);
            }
            let addresses = between(&page, "href=\"", '"');
            let outside = addresses.iter().find(|one| !one.starts_with('#') && **one != "data:,");
            assert_eq!(outside, None);
        }
    }

    #[test]
    fn findings_committees_and_terms_are_marked_in_the_text() {
        let proposal = Proposal::from_path(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("examples/proposals/consumer-product-safety-management.toml"),
        )
        .unwrap();
        let page = page(&proposal);
        let text = &page[page.find("id=\"proposal\"").unwrap()..];
        for wanted in [
            "<mark class=\"found\">A committee for the ",
            "<mark class=\"term\">ageing societies</mark>",
            "<a class=\"note\" id=\"mark-0-0\" href=\"#finding-0\">[C02]</a>",
        ] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
        let mention = between(text, "<a class=\"mention\" href=\"#", '"')[0];
        let committee = &page[page.find(&format!("id=\"{mention}\"")).unwrap()..];
        assert!(committee.contains("The proposal names it:"));
        assert_eq!(
            names_of_fields(
                &between(&page, "<main>", '\u{0}')[0]
                    .replace("<code>", "«")
                    .replace("</code>", "»")
            ),
            [""; 0]
        );
    }

    #[test]
    fn hostile_text_stays_text() {
        let hostile =
            "</title><script>alert(1)</script><b onclick='x'>\"&amp; \u{202e}lift\u{200b}";
        let proposal = Proposal::builder()
            .title(hostile)
            .scope(hostile.repeat(30))
            .excludes(&format!("{hostile} (ISO/TC 178)"))
            .build();
        let mut screening = screener().screen(&proposal);
        screening.proposal.source = Some(hostile.to_owned());
        let checklist = "name = \"<script>x</script>\"\n\n[rules.C02]\nexplanation = \"\"\"\n## What it asks\n\nAsks <script>x</script> [here](javascript:x).\n\n## Why it matters\n\n<img src=x onerror=x> [here](javascript:x)\n\"\"\"\n";
        let checklist = spcg::checklist::Checklist::from_toml(checklist).unwrap();
        let page = screening.to_html(&proposal, &checklist, &ReportOptions::default());
        for active in ["<script", "<b ", "<img", "javascript:", "\u{202e}", "\u{200b}"] {
            assert!(!page.contains(active), "{active}");
        }
        assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
        assert_eq!(page.matches("<title>").count(), 1);
    }

    #[test]
    fn a_long_text_is_no_long_work() {
        // Every word is a term and every second a committee.
        let scope = "small hydropower plants ISO/TC 339 ".repeat(5000);
        let proposal = Proposal::builder().title("Small hydropower plants").scope(scope).build();
        let screening = screener().screen(&proposal);
        let start = std::time::Instant::now();
        let page = screening.to_html(&proposal, screener().checklist(), &ReportOptions::default());
        // A bound far beyond what it takes, for what grows with the square.
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
        assert!(page.len() > 100_000);
    }
}
