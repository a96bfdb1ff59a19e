#![doc = include_str!("../../../../docs/rules/C01.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::sentences::{Fault, c01};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{likeness, listed, percent, words};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C01",
    name: "title-speaks-for-itself",
    group: Group::Subject,
    principle: Principle::RightPlace,
    severity: Severity::Blocker,
    question: "Would someone in another organization know from the title alone what the work is about?",
    explanation: include_str!("../../../../docs/rules/C01.md"),
    since: "0.1.0",
    support: Support::Supported,
    source: "ISO/IEC Directives, Part 1 (2020), C.4.2; ITU-T A.1 (10/2016), Annex A; WTSA Resolution 1 (2016), Appendix I",
    applies_to: &[],
    needs: &[Need::Interests, Need::Overlaps],
    check,
};

/// Short names that every reader of such proposals knows.
const KNOWN: &[&str] = &[
    "ISO", "IEC", "ITU", "ITU-T", "ITU-R", "JTC", "TC", "SC", "SG", "WG", "PC", "CISPR", "CASCO",
    "COPOLCO", "SI", "IT", "ICT", "II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII", "AC",
    "DC", "USA", "UN", "EU", "3D", "2D", "DNA",
];

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let title = context.proposal.title.trim();
    let mut review = Review::default();
    if title.is_empty() {
        review.find(Severity::Blocker, c01::NoTitle {}, vec![context.field("title")]);
        return review.verdict();
    }
    let length = title.chars().count();
    if length > context.thresholds.title_length {
        review.find(
            Severity::Advice,
            c01::TooLong {
                characters: length.to_string(),
                most: context.thresholds.title_length.to_string(),
            },
            vec![context.field("title")],
        );
    }
    abbreviations(context, title, &mut review);
    equal_titles(context, title, &mut review);
    review.verdict()
}

fn abbreviations(context: &Context<'_>, title: &str, review: &mut Review) {
    // In a title all in capitals they cannot be told from words.
    if !title.chars().any(char::is_lowercase) {
        return;
    }
    let proposal = context.proposal;
    let texts = [title, &proposal.scope, &proposal.purpose, &proposal.justification].join(" \n ");
    let mut unexplained: Vec<&str> = Vec::new();
    for word in title.split(|c: char| !c.is_alphanumeric() && c != '-') {
        let word = word.trim_matches('-');
        if is_abbreviation(word) && !unexplained.contains(&word) && !is_spelled_out(word, &texts) {
            unexplained.push(word);
        }
    }
    if !unexplained.is_empty() {
        review.find(
            Severity::Advice,
            c01::NotSpelledOut { abbreviations: listed(&unexplained) },
            vec![context.field("title"), context.field("scope")],
        );
    }
}

/// Two or more capitals and no other letters but a plural `s`.
fn is_abbreviation(word: &str) -> bool {
    let stem = word.strip_suffix('s').unwrap_or(word);
    let capitals = stem.chars().filter(char::is_ascii_uppercase).count();
    let digits = stem.chars().filter(char::is_ascii_digit).count();
    (2..=7).contains(&capitals)
        // `ISO-9001`, `X509` and the like are references.
        && digits < 3
        && stem.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-')
        && !KNOWN.contains(&stem)
}

/// True when the text explains it: `life cycle assessment`, `assessment of the life cycle (LCA)` or
/// `LCA (life …)`.
fn is_spelled_out(abbreviation: &str, text: &str) -> bool {
    let stem = abbreviation.strip_suffix('s').unwrap_or(abbreviation);
    for form in [stem, abbreviation] {
        let explained =
            [format!("({form})"), format!("({form},"), format!("({form};"), format!("{form} (")];
        if explained.iter().any(|one| text.contains(one.as_str())) {
            return true;
        }
    }
    let letters: Vec<char> =
        stem.chars().filter(|c| c.is_ascii_alphabetic()).map(|c| c.to_ascii_lowercase()).collect();
    let words: Vec<String> = words(text).filter(|word| *word != stem.to_lowercase()).collect();
    let initials = |small: bool| -> String {
        words
            .iter()
            .filter(|word| {
                small
                    || !matches!(
                        word.as_str(),
                        "of" | "and" | "the" | "for" | "in" | "to" | "a" | "on" | "with"
                    )
            })
            .filter_map(|word| word.chars().next())
            .collect()
    };
    let wanted: String = letters.iter().collect();
    initials(true).contains(&wanted) || initials(false).contains(&wanted)
}

fn equal_titles(context: &Context<'_>, title: &str, review: &mut Review) {
    let equal = context.thresholds.title_equal;
    if let Some(interests) = review.ask(context.interests()) {
        let found: Vec<_> = interests
            .iter()
            .filter(|one| context.title().is_like(&one.title, equal))
            .filter(|one| !one.addressee && !context.is_addressee(&one.committee))
            .collect();
        let (later, found): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|one| context.came_later(one).is_some());
        for one in later {
            review.note(c01::CommitteeCameLater {
                committee: one.committee.to_string(),
                title: one.title.clone(),
                year: context.came_later(one).map_or(String::new(), |year| year.to_string()),
            });
        }
        if let Some(first) = found.first() {
            let (committee, theirs) = (first.committee.to_string(), first.title.clone());
            review.find(
                Severity::Advice,
                match likeness(title, &first.title) >= 1.0 {
                    true => Fault::from(c01::TitleOfCommittee { committee, title: theirs }),
                    false => c01::NearlyTitleOfCommittee { committee, title: theirs }.into(),
                },
                std::iter::once(context.field("title"))
                    .chain(context.committee_evidence(&found))
                    .collect(),
            );
        }
    }
    if let Some(overlaps) = review.ask(context.overlaps()) {
        let found: Vec<_> = overlaps
            .iter()
            .filter(|one| one.title_similarity >= equal && likeness(title, &one.title) >= equal)
            .collect();
        if let Some(first) = found.first() {
            let (work, likeness) =
                (first.reference.clone(), percent(likeness(title, &first.title)));
            review.find(
                Severity::Advice,
                c01::TitleOfWork { work, likeness }.of(found.len()),
                std::iter::once(context.field("title"))
                    .chain(context.work_evidence(&found))
                    .collect::<Vec<Evidence>>(),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_and_their_explanations() {
        for word in ["QKD", "BDC", "OTNs", "MPEG-4"] {
            assert!(is_abbreviation(word), "{word}");
        }
        for word in ["ISO", "Smart", "IoT", "X509", "A", "ITU-T"] {
            assert!(!is_abbreviation(word), "{word}");
        }
        assert!(is_spelled_out("LCA", "This is about life cycle assessment of lifts"));
        assert!(is_spelled_out("QOS", "The quality of service"));
        assert!(is_spelled_out("DLT", "ledgers shared by many (DLT)"));
        assert!(!is_spelled_out("DLT", "ledgers shared by many"));
    }
}
