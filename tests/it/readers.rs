//! Readers of proposals: the same proposal in every format, and what bad files are told.

use spcg::Proposal;
use spcg::proposal::Format;

fn data(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/proposals").join(name)
}

#[test]
fn the_same_proposal_in_every_format_is_the_same_record() {
    let toml = Proposal::from_path(data("robots.toml")).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(data("robots.json"), serde_json::to_string_pretty(&toml).unwrap()).unwrap();
    }
    let json = Proposal::from_path(data("robots.json")).unwrap();
    assert_eq!(json, toml);
    let text = Proposal::from_path(data("robots.md")).unwrap();
    let yaml = Proposal::from_path(data("robots.yaml")).unwrap();
    assert_eq!(yaml, toml);
    let printed = |proposal: &Proposal| toml::to_string_pretty(proposal).unwrap();

    assert_eq!(printed(&text), printed(&toml));
    assert_eq!(text, toml);
}
