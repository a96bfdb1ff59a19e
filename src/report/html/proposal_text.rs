//! The proposal's own text on a page, with what was found in it marked in place.

use std::collections::BTreeMap;
use std::ops::Range;

use maud::{Markup, html};

use super::terms::{MARKED, Terms, shown};
use crate::checklist::Evidence as FindingEvidence;
use crate::matching::{Evidence, WeightedTerm};
use crate::proposal::{Proposal, field_label};
use crate::reference::{CommitteeRef, Reference, find_references};
use crate::report::outline::{Entry, Outline, Place};

/// Committees of an organization whose terms are marked, and terms of each: a text in which every
/// other word is marked shows nothing.
const COMMITTEES: usize = 5;
const TERMS: usize = 4;
/// The texts of a proposal, in its order.
pub(super) struct ProposalText<'a> {
    proposal: &'a Proposal,
    /// What places are counted in.
    unit: &'static str,
    parts: Vec<(String, &'a str)>,
    /// Fields and what they stand in, with the number of the first text of each.
    numbers: BTreeMap<String, usize>,
    /// Committees of the report, in its order.
    committees: Vec<&'a CommitteeRef>,
    /// Terms that matched.
    terms: Terms,
    /// For each finding the places where it is marked: the number of the text, and the bytes.
    findings: Vec<Vec<(usize, Range<usize>)>>,
    /// The considerations of the findings.
    rules: Vec<&'a str>,
    /// The same for each text: the finding, the number of its place, and the bytes.
    marks: BTreeMap<usize, Vec<(usize, usize, Range<usize>)>>,
}

impl<'a> ProposalText<'a> {
    pub(super) fn of(proposal: &'a Proposal, outline: &Outline<'a>) -> ProposalText<'a> {
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
        let committees = outline
            .houses
            .iter()
            .flat_map(|house| house.committees.iter().chain(&house.below))
            .map(|one| &one.interest.committee)
            .collect();
        let mut text = ProposalText {
            proposal,
            unit: outline.unit,
            parts,
            numbers,
            committees,
            terms: terms(outline),
            findings: Vec::new(),
            rules: Vec::new(),
            marks: BTreeMap::new(),
        };
        let entries = outline.groups.iter().flat_map(|group| &group.entries);
        text.rules = entries.clone().map(|entry| entry.finding.rule.as_str()).collect();
        text.findings = entries.map(|entry| text.places(entry)).collect();
        for (finding, places) in text.findings.iter().enumerate() {
            for (at, (part, span)) in places.iter().enumerate() {
                text.marks.entry(*part).or_default().push((finding, at, span.clone()));
            }
        }
        text
    }

    /// Where the text of a finding's evidence stands.
    fn places(&self, entry: &Entry<'_>) -> Vec<(usize, Range<usize>)> {
        let mut places = Vec::new();
        for evidence in &entry.finding.evidence {
            if let FindingEvidence::Field { field, excerpt, .. } = evidence
                && let Some(&number) = self.numbers.get(field)
                && !excerpt.is_empty()
            {
                let whole = 0..self.parts[number].1.len();
                places.push((number, located(self.parts[number].1, excerpt).unwrap_or(whole)));
            }
        }
        places
    }

    /// The address of a committee within the page.
    pub(super) fn anchor_of(&self, reference: &str) -> Option<String> {
        let at = self.committees.iter().position(|one| one.to_string() == reference)?;
        Some(format!("committee-{at}"))
    }

    /// A link to where a field stands, where it stands in the text.
    pub(super) fn link(&self, field: &str) -> Markup {
        let name = field_label(field);
        match self.numbers.get(field) {
            Some(number) => html! { a href={ "#text-" (number) } { (name) } },
            None => html! { (name) },
        }
    }

    /// A link from a finding to its place.
    pub(super) fn link_to_finding(&self, finding: usize, place: &Place<'_>) -> Markup {
        let marked = self.findings.get(finding).into_iter().flatten();
        let wanted = self.numbers.get(place.field);
        let mut marked = marked.enumerate().filter(|(_, (number, _))| Some(number) == wanted);
        match (marked.next(), wanted) {
            (Some((at, _)), _) => {
                html! { a href={ "#mark-" (finding) "-" (at) } { (place.name) } }
            }
            (None, Some(number)) => html! { a href={ "#text-" (number) } { (place.name) } },
            (None, None) => html! { (place.name) },
        }
    }

    pub(super) fn markup(&self) -> Markup {
        html! {
            section id="proposal" aria-labelledby="proposal-heading" tabindex="0" {
                h2 id="proposal-heading" { "Text of the proposal" }
                p class="legend quiet" {
                    "Marked: " mark class="term" { "terms that matched" } ", " span class="mention" { "committees that are named" } ", "
                    mark class="found" { "places of findings" } "."
                }
                @if self.parts.is_empty() { p { "There is no text." } }
                dl {
                    @for (number, (field, text)) in self.parts.iter().enumerate() {
                        dt { (field_label(field)) (self.line(field)) }
                        dd id={ "text-" (number) } tabindex="-1" { (self.part(number, text)) }
                    }
                }
            }
        }
    }

    fn line(&self, field: &str) -> Markup {
        html! { @if let Some(place) = self.proposal.place(field) { span class="quiet" { " (" (self.unit) " " (place.line) ")" } } }
    }

    /// A text with everything marked. Where marks lie within each other, the text is cut at all
    /// their ends, and each piece carries its own.
    fn part(&self, number: usize, text: &str) -> Markup {
        let terms = self.terms.spans(text);
        let mentions = self.mention_spans(text);
        let found = self.marks.get(&number).map(Vec::as_slice).unwrap_or_default();
        let mut cuts: Vec<usize> = vec![0, text.len()];
        let spans = terms.iter().chain(mentions.iter().map(|(_, span)| span));
        cuts.extend(spans.flat_map(|span| [span.start, span.end]));
        cuts.extend(found.iter().flat_map(|(.., span)| [span.start, span.end]));
        cuts.sort_unstable();
        cuts.dedup();
        // Spans of one kind are in order and none overlap.
        let is_term = |at: usize| {
            let next = terms.partition_point(|span| span.start <= at);
            next > 0 && terms[next - 1].contains(&at)
        };
        let mention = |at: usize| {
            let next = mentions.partition_point(|(_, span)| span.start <= at);
            let (committee, span) = mentions.get(next.checked_sub(1)?)?;
            span.contains(&at).then_some(*committee)
        };
        html! {
            @for pair in cuts.windows(2) {
                @let at = pair[0];
                @for (finding, place, _) in found.iter().filter(|(.., span)| span.start == at) {
                    a class="note" id={ "mark-" (finding) "-" (place) } href={ "#finding-" (finding) } { "[" (self.rules[*finding]) "]" } " "
                }
                (piece(
                    &text[pair[0]..pair[1]],
                    found.iter().any(|(.., span)| span.contains(&at)),
                    mention(at),
                    is_term(at),
                ))
            }
        }
    }

    /// Where committees are named, with their number in the report, if they stand there.
    fn mention_spans(&self, text: &str) -> Vec<(Option<usize>, Range<usize>)> {
        if text.len() > MARKED {
            return Vec::new();
        }
        find_references(text, self.proposal.organization)
            .filter_map(|found| match found.reference {
                Reference::Committee(named) => {
                    let at = self.committees.iter().position(|one| one.contains(&named));
                    Some((at, found.span))
                }
                Reference::Standard(_) => None,
            })
            .collect()
    }
}

fn piece(text: &str, is_found: bool, mention: Option<Option<usize>>, is_term: bool) -> Markup {
    let text = shown(text);
    let inner = match (mention, is_term) {
        (Some(Some(committee)), _) => {
            html! { a class="mention" href={ "#committee-" (committee) } { (text) } }
        }
        (Some(None), _) => html! { span class="mention" { (text) } },
        (None, true) => html! { mark class="term" { (text) } },
        (None, false) => html! { (text) },
    };
    if is_found {
        html! { mark class="found" { (inner) } }
    } else {
        inner
    }
}

/// The terms by which committees and close works matched.
fn terms(outline: &Outline<'_>) -> Terms {
    let mut shared: Vec<&WeightedTerm> = Vec::new();
    let first = outline.houses.iter().flat_map(|house| house.committees.iter().take(COMMITTEES));
    for committee in first {
        for evidence in &committee.interest.evidence {
            if let Evidence::Scope { terms, .. } | Evidence::Portfolio { terms } = evidence {
                shared.extend(terms.iter().take(TERMS));
            }
        }
    }
    for work in outline.nearest.works.iter().filter(|work| work.is_close()) {
        shared.extend(&work.overlap.shared_terms);
    }
    Terms::of(shared.into_iter().map(|term| term.term.as_str()))
}

/// Where the words of an excerpt stand in a text, whatever white space is between them.
fn located(text: &str, excerpt: &str) -> Option<Range<usize>> {
    let wanted: Vec<&str> = excerpt.trim_end_matches(['…', ' ']).split_whitespace().collect();
    let first = *wanted.first()?;
    text.match_indices(first).find_map(|(start, _)| {
        let mut at = start;
        for word in &wanted {
            let rest = &text[at..];
            at += rest.len() - rest.trim_start().len();
            if !text[at..].starts_with(word) {
                return None;
            }
            at += word.len();
        }
        Some(start..at)
    })
}

#[cfg(test)]
mod tests {
    use super::located;

    #[test]
    fn an_excerpt_is_found_whatever_the_lines() {
        let text = "Lifts that\n  talk to robots. Lifts that sing.";
        assert_eq!(located(text, "Lifts that talk …"), Some(0..17));
        let sing = located(text, "Lifts that sing.").unwrap();
        assert_eq!(&text[sing], "Lifts that sing.");
        assert_eq!(located(text, "Stairs"), None);
        assert_eq!(located(text, ""), None);
    }
}
