//! The report as a page: one file without scripts, whose reasons open and whose findings lead to
//! their place in the proposal's text. Everything that was sent is escaped by its type.

use std::collections::BTreeMap;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use spcg::checklist::{Evidence, Finding, Outcome, Severity};
use spcg::matching::{Interest, Overlap};
use spcg::{Organization, Proposal, Screening, Verdict};

/// Committees shown for each organization.
const SHOWN: usize = 8;

/// The report.
#[must_use]
pub fn page(screening: &Screening, proposal: &Proposal) -> String {
    let text = Text::of(proposal);
    let title = match screening.proposal.title.as_str() {
        "" => "A proposal without a title",
        title => title,
    };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="icon" href="data:,";
                title { (title) ": report" }
                style { (PreEscaped(include_str!("../page/report.css"))) }
            }
            body {
                header {
                    h1 { (title) }
                    (verdict(screening))
                    nav aria-label="Parts of the report" {
                        a href="#committees" { "Committees" } " "
                        a href="#works" { "Existing work" } " "
                        a href="#findings" { "Findings" } " "
                        a href="#proposal" { "Text of the proposal" }
                    }
                }
                main {
                    (committees(screening, &text))
                    (works(screening))
                    (findings(screening, &text))
                    (text.markup())
                }
                footer { (provenance(screening)) }
            }
        }
    }
    .into_string()
}

/// The texts of the proposal, in its order, each with a place to lead to.
struct Text<'a> {
    parts: Vec<(String, &'a str)>,
    numbers: BTreeMap<String, usize>,
}

impl<'a> Text<'a> {
    fn of(proposal: &'a Proposal) -> Text<'a> {
        let parts: Vec<(String, &str)> = proposal.texts().collect();
        let mut numbers = BTreeMap::new();
        for (number, (field, _)) in parts.iter().enumerate() {
            // A part is found by its own name and by those of what it stands in.
            let mut name = field.as_str();
            loop {
                numbers.entry(name.to_owned()).or_insert(number);
                match name.rfind(['.', '[']) {
                    Some(at) => name = &name[..at],
                    None => break,
                }
            }
        }
        Text { parts, numbers }
    }

    /// A link to where a field stands, where it stands in the text.
    fn link(&self, field: &str) -> Markup {
        let words = words(field);
        match self.numbers.get(field) {
            Some(number) => html! { a href={ "#text-" (number) } { (words) } },
            None => html! { (words) },
        }
    }

    fn markup(&self) -> Markup {
        html! {
            section id="proposal" aria-labelledby="proposal-heading" {
                h2 id="proposal-heading" { "Text of the proposal" }
                dl {
                    @for (number, (field, text)) in self.parts.iter().enumerate() {
                        dt { (words(field)) }
                        dd id={ "text-" (number) } tabindex="-1" { (text) }
                    }
                }
            }
        }
    }
}

/// The name of a field in words: `out_of_scope[0].subject` is "out of scope".
fn words(field: &str) -> String {
    let top = field.split(['.', '[']).next().unwrap_or_default().replace('_', " ");
    let mut letters = top.chars();
    letters.next().map_or(top.clone(), |first| first.to_uppercase().chain(letters).collect())
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn verdict(screening: &Screening) -> Markup {
    let (class, sign) = match screening.verdict {
        Verdict::Ready => ("good", "✓"),
        Verdict::AnswerFirst => ("fair", "!"),
        Verdict::NotReady => ("bad", "✗"),
    };
    let count = |severity| screening.failures(severity).count();
    html! {
        p class={ "verdict " (class) } {
            span aria-hidden="true" { (sign) " " }
            @if screening.verdict == Verdict::NotReady { "This proposal is " } @else { "This proposal " }
            strong { (screening.verdict.sentence()) } "."
        }
        p {
            (count(Severity::Blocker)) " points block it, "
            (count(Severity::Warning)) " are to be answered or noted, "
            (screening.flagged().count()) " committees are likely to be interested."
        }
    }
}

fn committees(screening: &Screening, text: &Text<'_>) -> Markup {
    html! {
        section id="committees" aria-labelledby="committees-heading" {
            h2 id="committees-heading" { "Committees likely to be interested" }
            p { "The probability is calibrated on decisions of the past: of the committees given 70 %, some seven in ten were concerned. Nobody is interested who has not said so." }
            @for organization in Organization::ALL {
                @let ranking: Vec<&Interest> = screening.ranking(organization).filter(|one| one.flagged).take(SHOWN).collect();
                h3 { (organization.name()) }
                @if ranking.is_empty() { p { "None is likely enough to be named." } }
                @for interest in ranking { (committee(interest, text)) }
            }
        }
    }
}

fn committee(interest: &Interest, text: &Text<'_>) -> Markup {
    html! {
        details {
            summary {
                strong { (interest.committee.to_string()) } " " (interest.title) " "
                span class="bar" aria-hidden="true" { span style={ "width:" (format!("{:.0}", interest.probability * 100.0)) "%" } {} }
                " " (percent(interest.probability))
                @if interest.addressee { " (addressed)" }
            }
            p { (interest.because()) }
            @if !interest.mentions.is_empty() {
                ul {
                    @for mention in &interest.mentions {
                        li { "Named as " (mention.named.to_string()) " in " (text.link(&mention.field)) ": " q { (mention.sentence) } }
                    }
                }
            }
            @if !interest.evidence.is_empty() {
                ul { @for one in interest.evidence.iter().filter_map(|one| one.summary()) { li { (one) } } }
            }
        }
    }
}

fn works(screening: &Screening) -> Markup {
    html! {
        section id="works" aria-labelledby="works-heading" {
            h2 id="works-heading" { "Existing work that is close" }
            @match &screening.overlaps {
                None => p { "This cannot be told: the service has no index of published standards." },
                Some(works) if works.is_empty() => p { "None was found." },
                Some(works) => @for work in works.iter().take(10) { (one_work(work)) },
            }
        }
    }
}

fn one_work(work: &Overlap) -> Markup {
    let owners: Vec<String> = work.owners.iter().map(ToString::to_string).collect();
    html! {
        details {
            summary { strong { (work.reference) } " " (work.title) " (" (work.closeness.name()) ")" }
            p { "Owned by " (owners.join(", ")) ". Similarity of the texts " (percent(work.similarity)) ": a reason to ask, no proof of overlap." }
            @if !work.shared_terms.is_empty() {
                p { "Both speak of " (work.shared_terms.iter().map(|term| term.term.as_str()).collect::<Vec<_>>().join(", ")) "." }
            }
        }
    }
}

fn findings(screening: &Screening, text: &Text<'_>) -> Markup {
    let groups = [
        (Severity::Blocker, "What blocks it"),
        (Severity::Warning, "What is to be answered or noted"),
        (Severity::Advice, "Advice"),
    ];
    let untold: Vec<&Finding> = screening.untold().collect();
    html! {
        section id="findings" aria-labelledby="findings-heading" {
            h2 id="findings-heading" { "Findings" }
            @for (severity, title) in groups {
                @let list: Vec<&Finding> = screening.failures(severity).collect();
                @if !list.is_empty() {
                    h3 { (title) }
                    @for one in list { (finding(one, text)) }
                }
            }
            @if !untold.is_empty() {
                h3 { "What could not be told" }
                ul { @for one in untold { li { (one.rule) ": " (one.message) } } }
            }
            p { (screening.count(Outcome::Pass)) " considerations found nothing to complain of." }
        }
    }
}

fn finding(one: &Finding, text: &Text<'_>) -> Markup {
    let places: Vec<&String> = one
        .evidence
        .iter()
        .filter_map(|evidence| match evidence {
            Evidence::Field { field, .. } => Some(field),
            _ => None,
        })
        .collect();
    html! {
        details {
            summary { strong { (one.rule) } " " (one.message) }
            @if let Some(remedy) = &one.remedy { p { "To do: " (remedy) } }
            @if !places.is_empty() {
                p { "Place: " @for (number, field) in places.iter().enumerate() { @if number > 0 { ", " } (text.link(field)) } }
            }
            @if !one.source.is_empty() { p class="quiet" { "Rests on " (one.source) } }
        }
    }
}

fn provenance(screening: &Screening) -> Markup {
    let made = &screening.provenance;
    html! {
        p { "Made with spcg " (made.crate_version) ", " (made.data) "; model " (made.model) "." }
        p { "The checklist is the crate's own, built from public procedures." }
    }
}
