//! Committees and existing work on a page, with reasons that open.

use maud::{Markup, html};

use super::bar;
use super::proposal_text::ProposalText;
use super::terms::Terms;
use crate::matching::{Evidence, Interest, Signal, WeightedTerm};
use crate::report::ReportOptions;
use crate::report::outline::{Cell, Committee, Document, House, Outline, Work, capital};
use crate::text::display::{one_line, percent};

/// Committees of an organization that stand in the open; the others are folded.
const OPEN: usize = 5;
/// Existing works in the open.
const WORKS: usize = 5;

pub(super) fn committees(
    outline: &Outline<'_>,
    text: &ProposalText<'_>,
    options: &ReportOptions,
) -> Markup {
    html! {
        section id="committees" aria-labelledby="committees-heading" {
            h2 id="committees-heading" { "Who may be concerned" }
            p class="quiet" {
                "The probabilities are calibrated on decisions of the past: of the committees given 70 %, some seven in ten were concerned. \
                 Open a committee to see what speaks for it."
            }
            @for house in &outline.houses { (self::house(house, text, options)) }
        }
    }
}

fn house(house: &House<'_>, text: &ProposalText<'_>, options: &ReportOptions) -> Markup {
    let open = if options.full { usize::MAX } else { OPEN.max(options.top) };
    let folded: Vec<&Committee<'_>> =
        house.committees.iter().skip(open).chain(&house.below).collect();
    html! {
        h3 { (house.organization.name()) ": " (house.sentence) }
        @for one in house.committees.iter().take(open) { (committee(one, text)) }
        @if !folded.is_empty() {
            details class="more" {
                summary { (folded.len()) " more of " (house.organization.name()) ", less probable or below the level" }
                @for one in folded { (committee(one, text)) }
            }
        }
    }
}

fn committee(one: &Committee<'_>, text: &ProposalText<'_>) -> Markup {
    let interest = one.interest;
    let cells = [
        (one.named, "named", "not named"),
        (one.asked, "asked", "not asked"),
        (one.in_liaison, "in liaison", "no liaison"),
        (one.owns_close_work, "owns close work", "no close work"),
    ];
    html! {
        details class="committee" {
            summary {
                span class="share" { (bar(interest.probability)) " " (one.probability) } " "
                strong { (one.reference) } " " (one_line(&interest.title)) " "
                span class="quiet" { "(" (one.standing.words()) ")" }
                span class="cells" {
                    @for (cell, yes, no) in cells {
                        @match cell {
                            Cell::Yes => span class="cell yes" { (yes) },
                            Cell::No => span class="cell" { (no) },
                            Cell::Unknown => span class="cell" { (yes) ": not known" },
                        } " "
                    }
                }
                span class="why" { (one_line(&one.reason)) }
            }
            div id=[text.anchor_of(&one.reference)] {
                (mentions(interest, text))
                @for evidence in &interest.evidence { (self::evidence(evidence)) }
                (contributions(interest))
            }
        }
    }
}

fn mentions(interest: &Interest, text: &ProposalText<'_>) -> Markup {
    html! {
        @if !interest.mentions.is_empty() {
            p { "The proposal names it:" }
            ul {
                @for mention in &interest.mentions {
                    li { (text.link(&mention.field)) ", as " (mention.named.to_string()) ": " q { (one_line(&mention.sentence)) } }
                }
            }
        }
    }
}

fn evidence(evidence: &Evidence) -> Markup {
    match evidence {
        Evidence::Scope { terms, questions } => html! {
            (self::terms("Shared with its title, keywords and scope", terms))
            @if !questions.is_empty() {
                p { "Questions that share them: " (questions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")) "." }
            }
        },
        Evidence::Portfolio { terms } => self::terms("Shared with what it has published", terms),
        Evidence::Neighbours { works } if !works.is_empty() => html! {
            table {
                caption { "Its works that are nearest" }
                thead { tr { th scope="col" { "work" } th scope="col" { "title" } th scope="col" { "likeness" } } }
                tbody {
                    @for work in works {
                        tr { th scope="row" { (one_line(&work.reference)) } td { (one_line(&work.title)) } td { (bar(work.similarity)) " " (percent(work.similarity)) } }
                    }
                }
            }
        },
        other => html! { @if let Some(words) = other.summary() { p { (one_line(&words)) "." } } },
    }
}

fn terms(caption: &str, terms: &[WeightedTerm]) -> Markup {
    html! {
        @if !terms.is_empty() {
            table {
                caption { (caption) }
                thead { tr { th scope="col" { "term" } th scope="col" { "share of the likeness" } } }
                tbody {
                    @for one in terms {
                        tr { th scope="row" { (one_line(&one.term)) } td { (bar(one.weight)) " " (percent(one.weight)) } }
                    }
                }
            }
        }
    }
}

/// What each signal adds to the log-odds.
fn contributions(interest: &Interest) -> Markup {
    let name = |signal: Option<Signal>| match signal {
        None => "what all committees share",
        Some(Signal::Scope) => "its title, keywords and scope",
        Some(Signal::Portfolio) => "the vocabulary of its publications",
        Some(Signal::Neighbours) => "its works that are nearest",
        Some(Signal::Series) => "titles that begin alike",
        Some(Signal::Title) => "likeness of titles",
        Some(Signal::Mention) => "named by the proposal",
        Some(Signal::Citation) => "a work of it is cited",
        Some(Signal::Liaison) => "works with others that may be concerned",
        Some(Signal::Family) => "of the family of others that may be concerned",
        Some(Signal::Classification) => "classification",
        Some(Signal::Prior) => "known before the proposal is read",
    };
    html! {
        @if !interest.contributions.is_empty() {
            details class="more" {
                summary { "How the probability comes about" }
                table {
                    caption { "What each signal adds to the logarithm of the odds; the sum gives the probability" }
                    thead { tr { th scope="col" { "signal" } th scope="col" { "adds" } } }
                    tbody {
                        @for part in &interest.contributions {
                            tr { th scope="row" { (name(part.signal)) } td class="number" { (format!("{:+.2}", part.log_odds)) } }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn works(
    outline: &Outline<'_>,
    text: &ProposalText<'_>,
    options: &ReportOptions,
) -> Markup {
    let works = &outline.nearest.works;
    let open = if options.full { works.len() } else { WORKS.min(works.len()) };
    html! {
        section id="works" aria-labelledby="works-heading" {
            h2 id="works-heading" { "Existing work" }
            p { (capital(&outline.nearest.sentence)) ". " @if let Some(legend) = outline.nearest.legend { (capital(legend)) ". " } "Likeness of texts is a reason to ask, no proof of overlap." }
            @for one in &works[..open] { (work(one, text)) }
            @if works.len() > open {
                details class="more" {
                    summary { (works.len() - open) " more" }
                    @for one in &works[open..] { (work(one, text)) }
                }
            }
        }
    }
}

fn work(one: &Work<'_>, text: &ProposalText<'_>) -> Markup {
    let overlap = one.overlap;
    let shared = Terms::of(overlap.shared_terms.iter().map(|term| term.term.as_str()));
    html! {
        details class="work" {
            summary {
                span class="share" { (bar(overlap.probability)) " " (one.probability) } " "
                strong { (one_line(&overlap.reference)) } " " (one_line(&overlap.title)) " "
                span class="quiet" { "(" (one.likeness) "; " (one_line(&one.owners)) @if !one.state.is_empty() { ", " (one.state) } "; " (one_line(&one.named)) ")" }
            }
            div {
                (sides(overlap.passage.as_deref(), "The work", &overlap.title, &shared))
                p { "Titles alike " (percent(overlap.title_similarity)) ", texts " (one.likeness) "; the one on this subject with a probability of " (one.probability) "." }
                @if overlap.references.len() > 1 { p { "Also known as " (one_line(&overlap.references[1..].join(", "))) "." } }
                @if let Some(field) = &overlap.named_in { p { "Named under " (text.link(field)) "." } }
                (terms("Shared terms", &overlap.shared_terms))
            }
        }
    }
}

pub(super) fn outside(outline: &Outline<'_>) -> Markup {
    html! {
        @if let Some(outside) = &outline.outside {
            section id="outside" aria-labelledby="outside-heading" {
                h2 id="outside-heading" { "Documents of other bodies" }
                p { (capital(&outside.sentence)) "." }
                @for one in &outside.documents { (document(one)) }
            }
        }
    }
}

fn document(document: &Document<'_>) -> Markup {
    let one = document.one;
    let shared = Terms::shared(one.passage.as_deref().unwrap_or_default(), &one.title);
    html! {
        details class="work" {
            summary {
                span class="share" { (bar(one.probability)) " " (document.probability) } " "
                strong { (one_line(&one.reference)) } " " (one_line(&one.title)) " "
                span class="quiet" { "(" (one_line(&document.state)) @if let Some(group) = &one.group { "; " (one_line(group)) } "; " (one_line(&document.named)) ")" }
            }
            (sides(one.passage.as_deref(), "The document", &one.title, &shared))
        }
    }
}

/// A passage of the proposal beside the title of what it is close to, with what they share marked
/// in both.
fn sides(passage: Option<&str>, other: &str, title: &str, shared: &Terms) -> Markup {
    html! {
        div class="sides" {
            div { p class="quiet" { "In the proposal" } p { @match passage { Some(passage) => (shared.mark(passage)), None => "No single sentence stands out." } } }
            div { p class="quiet" { (other) } p { (shared.mark(title)) } }
        }
    }
}
