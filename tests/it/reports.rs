//! What people see of a screening: text, Markdown and what else is rendered.

use spcg::report::ReportOptions;
use spcg::{Proposal, Screener};

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
