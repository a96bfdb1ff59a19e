//! A synthetic corpus of any size, for the benches.

use std::path::Path;

use spcg::Catalogue;
use spcg::matching::Matcher;
use spcg::standards::Work;

/// Works with titles of 8 and abstracts of 60 words. Each committee has a vocabulary of its own,
/// mixed with a common one.
pub fn build(folder: &Path, count: usize) {
    let catalogue = Catalogue::builtin();
    let owners: Vec<_> = catalogue.active().filter(|one| !one.reference().is_question()).collect();
    let common: Vec<&str> = owners
        .iter()
        .flat_map(|owner| owner.keywords())
        .flat_map(|keyword| keyword.split_whitespace())
        .filter(|word| word.len() > 3)
        .collect();
    let mut state = 0x5eed_u64;
    let mut random = move |bound: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    let works: Vec<Work> = (0..count)
        .map(|number| {
            let owner = owners[random(owners.len())];
            let own: Vec<&str> =
                owner.keywords().iter().flat_map(|keyword| keyword.split_whitespace()).collect();
            let mut words = |length: usize| -> String {
                let mut text = String::new();
                for _ in 0..length {
                    // A third are the committee's own; of the others the first are drawn more
                    // often, as in a language.
                    let word = if !own.is_empty() && random(3) == 0 {
                        own[random(own.len())]
                    } else {
                        let most = random(common.len()) + 1;
                        common[random(most)]
                    };
                    text.push_str(word);
                    text.push(' ');
                }
                text
            };
            let json = serde_json::json!({
                "reference": format!("ISO {}", 100_000 + number),
                "references": [format!("ISO {}", 100_000 + number)],
                "titles": [words(8)],
                "abstract": words(60),
                "owners": [owner.reference()],
                "earlier_owners": [],
                "organizations": ["ISO"],
                "status": "published",
                "first_year": 2000, "latest_year": 2020,
                "ics": [],
                "kind": "international_standard",
                "editions": 1, "supplements": 0
            });
            serde_json::from_value(json).expect("a work")
        })
        .collect();
    Matcher::create(folder, &catalogue, works, "synthetic", serde_json::Value::Null)
        .expect("an index");
}
