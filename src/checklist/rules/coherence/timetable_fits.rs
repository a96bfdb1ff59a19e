#![doc = include_str!("../../../../docs/rules/C36.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Need, Principle, Rule, Severity, Support};
use crate::checklist::sentences::{Fault, c36};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{first, listed, phrase_in, work};
use crate::matching::{Closeness, Overlap};
use crate::proposal::{Date, Kind};
use crate::standards::Status;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C36",
    name: "timetable-fits",
    group: Group::Coherence,
    principle: Principle::KeepItWorking,
    severity: Severity::Blocker,
    question: "Is the timetable in order, and does it fit the work of the others?",
    explanation: include_str!("../../../../docs/rules/C36.md"),
    since: "0.1.0",
    support: Support::SupportedAndInference,
    source: "ISO/IEC Directives, Part 1 (2020), 2.3.4 and 2.1.6 (18, 24 and 36 months); ISO Form 4, V01/2025, project plan and 48 months; ITU-T A.1 (10/2016), 1.4.7; ITU-T A.23 Annex A, 5.1 and 5.2 (contents read); comparison with drafts: inference",
    applies_to: &[],
    needs: &[Need::Overlaps],
    check,
};

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let timeline = &context.proposal.timeline;
    let mut review = Review::default();
    let dates: Vec<(&str, Date)> = timeline.dates().collect();
    let item = matches!(
        context.proposal.kind,
        Some(Kind::NewWorkItem | Kind::ItuWorkItem | Kind::ProjectCommittee)
    );
    let planned =
        dates.iter().any(|(name, _)| *name != "submission") || timeline.track_months.is_some();
    if !planned && timeline.note.is_none() {
        review.find(
            if item { Severity::Warning } else { Severity::Advice },
            c36::NoTimetable {},
            vec![context.field("timeline")],
        );
    } else if item && timeline.track_months.is_none() {
        let missing: Vec<&str> = [
            ("start", timeline.start.or(timeline.first_meeting)),
            ("draft", timeline.draft),
            ("approval", timeline.approval.or(timeline.enquiry)),
            ("publication", timeline.publication),
        ]
        .into_iter()
        .filter(|(_, date)| date.is_none())
        .map(|(name, _)| name)
        .collect();
        if !missing.is_empty() && timeline.note.is_none() {
            review.find(
                Severity::Advice,
                c36::DatesMissing { steps: listed(&missing) },
                vec![context.field("timeline")],
            );
        }
    }
    out_of_order(context, &dates, &mut review);
    track(context, &mut review);
    others(context, &mut review);
    review.verdict()
}

/// One failure for each date that is out of order: the fewest dates whose change mends the rest.
fn out_of_order(context: &Context<'_>, dates: &[(&str, Date)], review: &mut Review) {
    let kept = longest_in_order(dates);
    for at in (0..dates.len()).filter(|at| !kept.contains(at)) {
        let (name, date) = dates[at];
        let against = |others: &[(&str, Date)], clashes: &dyn Fn(Date) -> bool| -> Vec<String> {
            others
                .iter()
                .filter(|(_, other)| clashes(*other))
                .map(|(name, other)| format!("{} ({other})", plain(name)))
                .collect()
        };
        let before = against(&dates[..at], &|other| !may_follow(other, date));
        let after = against(&dates[at + 1..], &|other| !may_follow(date, other));
        let (before, after) = (listed(&before), listed(&after));
        let (step, day) = (plain(name), date.to_string());
        let fault: Fault = match (before.is_empty(), after.is_empty()) {
            (false, false) => c36::Between { step, date: day, before, after }.into(),
            (true, _) => c36::TooLate { step, date: day, others: after }.into(),
            (false, true) => c36::TooEarly { step, date: day, others: before }.into(),
        };
        let clashing = dates.iter().enumerate().filter(|(other, (_, theirs))| {
            *other < at && !may_follow(*theirs, date) || *other > at && !may_follow(date, *theirs)
        });
        let mut evidence = vec![context.field(&format!("timeline.{name}"))];
        evidence
            .extend(clashing.map(|(_, (other, _))| context.field(&format!("timeline.{other}"))));
        review.find(Severity::Blocker, fault, evidence);
    }
}

/// True unless the later step is earlier whatever days are meant.
fn may_follow(early: Date, late: Date) -> bool {
    early.first_day() <= late.last_day()
}

/// The places of the most dates that stand in order; of several such choices, the one that keeps
/// the earlier steps.
fn longest_in_order(dates: &[(&str, Date)]) -> Vec<usize> {
    let mut best: Vec<Vec<usize>> = Vec::new();
    for (at, (_, date)) in dates.iter().enumerate() {
        let mut own: Vec<usize> = Vec::new();
        for earlier in &best {
            let fits = earlier.iter().all(|other| may_follow(dates[*other].1, *date));
            if fits && earlier.len() > own.len() {
                own.clone_from(earlier);
            }
        }
        own.push(at);
        best.push(own);
    }
    best.into_iter().rev().max_by_key(Vec::len).unwrap_or_default()
}

fn plain(name: &str) -> String {
    format!("the {}", name.replace('_', " "))
}

/// The track and the dates say the same.
fn track(context: &Context<'_>, review: &mut Review) {
    let timeline = &context.proposal.timeline;
    let start = timeline.start.or(timeline.first_meeting);
    let (Some(months), Some(start), Some(publication)) =
        (timeline.track_months, start, timeline.publication)
    else {
        return;
    };
    // Thirty-one days a month and a quarter of a year of grace.
    if start.last_day().days_until(publication.first_day()) > (i64::from(months) + 3) * 31 {
        review.find(
            Severity::Advice,
            c36::LongerThanTrack {
                start: start.to_string(),
                publication: publication.to_string(),
                months: months.to_string(),
            },
            vec![context.field("timeline.track_months"), context.field("timeline.publication")],
        );
    }
}

/// Words of a relation in which the work needs the other text.
const DEPENDING: &[&str] = &[
    "basis",
    "base",
    "based on",
    "builds on",
    "normative",
    "normative reference",
    "terminology",
    "vocabulary",
    "depends",
    "prerequisite",
    "foundation",
    "reference",
];

/// Drafts that the work needs, and that may come later.
fn others(context: &Context<'_>, review: &mut Review) {
    let Some(overlaps) = review.ask(context.live_overlaps(Closeness::Moderate)) else { return };
    let publication = context.proposal.timeline.publication;
    let clashing: Vec<&Overlap> = overlaps
        .into_iter()
        .filter(|one| one.status == Status::UnderDevelopment && depends_on(context, one))
        .filter(|one| match (one.year, publication) {
            (Some(year), Some(publication)) => year > publication.year(),
            // No date of the draft is known: agreeing on one is the point.
            _ => true,
        })
        .collect();
    if clashing.is_empty() {
        return;
    }
    let list: Vec<String> = clashing.iter().map(|one| work(one)).collect();
    let mut evidence = vec![context.field("timeline")];
    evidence.extend(context.work_evidence(&clashing));
    if let Some(publication) = publication {
        evidence.push(Evidence::fact(format!("planned publication: {publication}")));
    }
    review.find(Severity::Advice, c36::ReadyBeforeDraft { works: first(&list, 3) }, evidence);
}

fn depends_on(context: &Context<'_>, overlap: &Overlap) -> bool {
    context.naming().fields_of_work(overlap).any(|field| {
        let at = field.strip_prefix("related_standards[").and_then(|rest| rest.split(']').next());
        let standard = at
            .and_then(|at| at.parse::<usize>().ok())
            .and_then(|at| context.proposal.related_standards.get(at));
        standard
            .and_then(|one| one.relation.as_deref())
            .is_some_and(|relation| phrase_in(relation, DEPENDING).is_some())
    })
}
