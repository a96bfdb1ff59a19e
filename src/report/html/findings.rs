//! Findings on a page, what is to be filled in, and the explanations of the considerations.

use maud::{Markup, PreEscaped, html};

use super::proposal_text::ProposalText;
use crate::checklist::{Checklist, Consideration, HEADINGS, Outcome, Severity};
use crate::proposal::in_words;
use crate::report::outline::{Entry, Outline, capital};
use crate::screening::Screening;
use crate::text::display::one_line;

const fn class_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocker => "bad",
        Severity::Warning => "fair",
        Severity::Advice => "good",
    }
}

pub(super) fn findings(outline: &Outline<'_>, text: &ProposalText<'_>) -> Markup {
    html! {
        section id="findings" aria-labelledby="findings-heading" {
            h2 id="findings-heading" { "Findings" }
            @if outline.groups.is_empty() { p { "Nothing to complain of." } }
            @for group in &outline.groups {
                h3 { (group.heading) }
                @if !group.blank.is_empty() {
                    p { "Blank fields: " (group.blank.join(", ")) ". See " a href="#fill-in" { "what is to be filled in" } "." }
                }
                @for entry in &group.entries {
                    (self::entry(entry, group.severity, text))
                }
            }
        }
    }
}

fn entry(entry: &Entry<'_>, severity: Severity, text: &ProposalText<'_>) -> Markup {
    let number = entry.number;
    html! {
        article class={ "finding " (class_of(severity)) } id={ "finding-" (number) } tabindex="-1" {
            p class="message" { (rule(&entry.finding.rule)) " " (capital(&one_line(&entry.message))) "." }
            @if let Some(remedy) = &entry.remedy { p { strong { "To do: " } (one_line(remedy)) } }
            @if !entry.places.is_empty() {
                ul {
                    @for place in &entry.places {
                        li {
                            (text.link_to_finding(number, place))
                            @if !place.excerpt.is_empty() { ": " q { (one_line(place.excerpt)) } }
                        }
                    }
                }
            }
            @if !entry.evidence.is_empty() || !entry.finding.source.is_empty() {
                details class="more" {
                    summary { "What it rests on" }
                    ul {
                        @for line in &entry.evidence { li { (one_line(line)) } }
                        @if !entry.finding.source.is_empty() { li { (one_line(&entry.finding.source)) } }
                    }
                }
            }
        }
    }
}

/// The number of a consideration, as a link to its explanation.
fn rule(rule: &str) -> Markup {
    html! { a class="rule" href={ "#rule-" (anchor(rule)) } { (rule) } }
}

/// A number as a part of an address within the page.
fn anchor(rule: &str) -> String {
    rule.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect()
}

pub(super) fn fill_in(outline: &Outline<'_>) -> Markup {
    html! {
        @if !outline.fill_in.is_empty() {
            section id="fill-in" aria-labelledby="fill-in-heading" {
                h2 id="fill-in-heading" { "To be filled in" }
                dl class="fields" {
                    @for field in &outline.fill_in {
                        dt class=(class_of(field.severity)) {
                            (field.name)
                            @if field.severity == Severity::Blocker { " (blocks)" }
                        }
                        dd {
                            p { @if field.remedies.is_empty() { (field.asks) } @else { (one_line(&field.remedies.join(" "))) } }
                            details class="more" {
                                summary { "Who asks, and why" }
                                @if !field.asks.is_empty() { p { "A form asks: " (field.asks) } }
                                ul { @for message in &field.messages { li { (capital(&one_line(message))) "." } } }
                                p { "Asked by " @for (at, one) in field.rules.iter().enumerate() { @if at > 0 { ", " } (rule(one)) } "." }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn untold(outline: &Outline<'_>) -> Markup {
    html! {
        @if !outline.untold.is_empty() {
            section aria-labelledby="untold-heading" {
                h2 id="untold-heading" { "What could not be told" }
                ul {
                    @for (why, rules) in &outline.untold {
                        li {
                            @for (at, one) in rules.iter().enumerate() {
                                @if at > 0 { ", " }
                                @match one.split_once(' ') { Some((number, part)) => { (rule(number)) " " (part) }, None => (rule(one)) }
                            }
                            ": " (one_line(why)) "."
                        }
                    }
                }
            }
        }
    }
}

/// What the considerations ask that found something or could not tell.
pub(super) fn considerations(screening: &Screening, checklist: &Checklist) -> Markup {
    let is_shown = |one: &&Consideration| {
        screening.findings.iter().any(|finding| {
            finding.rule == one.id()
                && matches!(finding.outcome, Outcome::Fail | Outcome::CannotTell)
        })
    };
    let shown: Vec<&Consideration> = checklist.considerations().iter().filter(is_shown).collect();
    html! {
        @if !shown.is_empty() {
            section id="considerations" aria-labelledby="considerations-heading" {
                h2 id="considerations-heading" { "What the considerations ask" }
                p class="quiet" { (one_line(checklist.name())) " " (one_line(checklist.version())) "." }
                @for one in shown { (consideration(one)) }
            }
        }
    }
}

fn consideration(one: &Consideration) -> Markup {
    html! {
        details {
            summary { strong { (one.id()) } " " (one_line(one.question())) }
            div id={ "rule-" (anchor(one.id())) } tabindex="-1" {
                @for heading in HEADINGS.iter().skip(1) {
                    @if let Some(text) = one.section(heading) {
                        p class="label" { (heading) }
                        (markdown(text))
                    }
                }
                @if one.section(HEADINGS[HEADINGS.len() - 1]).is_none() { p { "Rests on " (one_line(one.source())) "." } }
            }
        }
    }
}

/// Explanations are Markdown, of this crate or of an office. Tags in them are left out, and links
/// lead to pages only.
fn markdown(text: &str) -> Markup {
    let words: Vec<String> = text.lines().map(in_words).collect();
    PreEscaped(comrak::markdown_to_html(&words.join("\n"), &comrak::Options::default()))
}
