//! The report as a page: one file that needs nothing else and no script. The proposal's own text
//! stands beside what was found, reasons open, findings lead to their place and to the explanation
//! of their consideration. Everything is escaped by its type.

mod findings;
mod proposal_text;
mod reasons;
mod terms;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::ReportOptions;
use super::outline::{CAVEAT, Outline, Suggestion};
use crate::checklist::Checklist;
use crate::proposal::Proposal;
use crate::screening::{Screening, Verdict};
use crate::text::display::one_line;
use proposal_text::ProposalText;

pub(super) fn write(
    screening: &Screening,
    proposal: &Proposal,
    checklist: &Checklist,
    options: &ReportOptions,
) -> String {
    let outline = Outline::of(screening);
    let text = ProposalText::of(proposal, &outline);
    let title = one_line(outline.title);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="icon" href="data:,";
                title { (title) ": report" }
                style { (PreEscaped(include_str!("html/report.css"))) }
            }
            body {
                header {
                    h1 { (title) }
                    (head(&outline))
                    nav aria-label="Parts of the report" {
                        a href="#committees" { "Who may be concerned" } " "
                        a href="#works" { "Existing work" } " "
                        a href="#findings" { "Findings" } " "
                        @if !outline.fill_in.is_empty() { a href="#fill-in" { "To be filled in" } " " }
                        @if !outline.cooperation.is_empty() { a href="#together" { "Working together" } " " }
                        a href="#proposal" { "Text of the proposal" }
                    }
                }
                div class="columns" {
                    main {
                        (reasons::committees(&outline, &text, options))
                        (reasons::works(&outline, &text, options))
                        (reasons::outside(&outline))
                        (findings::findings(&outline, &text))
                        (findings::fill_in(&outline))
                        (together(&outline.cooperation))
                        (areas(&outline))
                        (findings::untold(&outline))
                        (findings::considerations(screening, checklist))
                    }
                    (text.markup())
                }
                footer { (made_with(&outline)) }
            }
        }
    }
    .into_string()
}

fn head(outline: &Outline<'_>) -> Markup {
    let (class, sign) = match outline.verdict {
        Verdict::Ready => ("good", "✓"),
        Verdict::AnswerFirst => ("fair", "!"),
        Verdict::NotReady => ("bad", "✗"),
    };
    let (verdict, rest) = outline.sentence.split_once(':').unwrap_or((&outline.sentence, ""));
    html! {
        p class={ "verdict " (class) } { span aria-hidden="true" { (sign) " " } strong { (verdict) } @if !rest.is_empty() { ":" (rest) } }
        @if let Some(reading) = &outline.reading { p { (reading) } }
        @if !outline.facts.is_empty() {
            dl class="facts" {
                @for (name, value) in &outline.facts { div { dt { (name) } dd { (one_line(value)) } } }
            }
        }
    }
}

fn together(suggestions: &[Suggestion]) -> Markup {
    html! {
        @if !suggestions.is_empty() {
            section id="together" aria-labelledby="together-heading" {
                h2 id="together-heading" { "How the work could be done together" }
                ul {
                    @for one in suggestions {
                        li { strong { (one_line(&one.with)) } ": " (one.mode) span class="quiet" { " (" (one_line(&one.reason)) ")" } }
                    }
                }
            }
        }
    }
}

fn areas(outline: &Outline<'_>) -> Markup {
    html! {
        @if !outline.areas.is_empty() {
            section aria-labelledby="areas-heading" {
                h2 id="areas-heading" { "Areas of coordination" }
                ul {
                    @for (area, because) in &outline.areas {
                        li { (one_line(area)) span class="quiet" { " (" (one_line(because)) ")" } }
                    }
                }
            }
        }
    }
}

fn made_with(outline: &Outline<'_>) -> Markup {
    html! {
        h2 { "Made with" }
        dl class="facts" {
            @for (name, value) in &outline.made_with { div { dt { (name) } dd { (one_line(value)) } } }
        }
        p { (CAVEAT) }
    }
}

/// A bar as long as a share of one.
fn bar(share: f64) -> Markup {
    let width = (share.clamp(0.0, 1.0) * 100.0).round();
    html! { span class="bar" aria-hidden="true" { span style={ "width:" (width) "%" } {} } }
}
