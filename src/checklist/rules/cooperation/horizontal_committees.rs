#![doc = include_str!("../../../../docs/rules/C29.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{first, phrases_in};
use crate::proposal::IcsCode;
use crate::reference::CommitteeRef;

/// The rule.
pub static RULE: Rule = Rule {
    id: "C29",
    name: "horizontal-committees",
    group: Group::Cooperation,
    principle: Principle::CoherentContent,
    severity: Severity::Warning,
    question: "Were the horizontal committees for the subject thought of: terms, symbols, safety, EMC, security, accessibility, environment?",
    explanation: include_str!("../../../../docs/rules/C29.md"),
    since: "0.1.0",
    support: Support::SupportedAndInference,
    source: "ISO/IEC Directives, Part 1, 1.15.1 and J.2; table of triggers: inference",
    applies_to: &[],
    needs: &[],
    check,
};

/// What points to a horizontal subject, and who deals with it.
struct Trigger {
    subject: &'static str,
    /// Whole words in title, scope or programme.
    terms: &'static [&'static str],
    /// Codes of the classification that begin so.
    ics: &'static [&'static str],
    /// Any one of them will do. The first is shown first.
    committees: &'static [&'static str],
    /// Other bodies that will do, by words of their names.
    bodies: &'static [&'static str],
    severity: Severity,
}

const TRIGGERS: &[Trigger] = &[
    Trigger {
        subject: "electromagnetic compatibility",
        terms: &[
            "electromagnetic compatibility",
            "emc",
            "electromagnetic interference",
            "electromagnetic disturbances",
            "radio interference",
        ],
        ics: &["33.100"],
        committees: &["IEC TC 77", "IEC CISPR", "ITU-T SG 5"],
        bodies: &["acec"],
        severity: Severity::Warning,
    },
    Trigger {
        subject: "safety",
        terms: &[
            "electrical safety",
            "functional safety",
            "machinery safety",
            "safety of machinery",
            "product safety",
            "safety requirements",
            "safety aspects",
        ],
        ics: &["13.110", "29.020"],
        committees: &[
            "ISO/TC 199",
            "IEC TC 44",
            "IEC SC 65A",
            "IEC TC 64",
            "IEC TC 61",
            "IEC TC 108",
            "IEC TC 66",
            "ISO/TC 262",
        ],
        bodies: &["acos", "guide 51", "copolco"],
        severity: Severity::Warning,
    },
    Trigger {
        subject: "terminology",
        terms: &["vocabulary", "terminology"],
        ics: &["01.020", "01.040"],
        committees: &["ISO/TC 37", "IEC TC 1"],
        bodies: &["scv", "coordination committee for vocabulary", "coordination committee for terminology"],
        severity: Severity::Advice,
    },
    Trigger {
        subject: "graphical symbols",
        terms: &["graphical symbols", "graphical symbol", "pictograms", "pictogram", "safety signs"],
        ics: &["01.080"],
        committees: &["ISO/TC 145", "IEC SC 3C", "IEC TC 3"],
        bodies: &[],
        severity: Severity::Advice,
    },
    Trigger {
        subject: "security and privacy",
        terms: &[
            "cybersecurity",
            "cyber security",
            "information security",
            "data protection",
            "privacy",
            "personal data",
        ],
        ics: &["35.030"],
        committees: &["ISO/IEC JTC 1/SC 27", "ITU-T SG 17", "IEC TC 65"],
        bodies: &["acsec"],
        severity: Severity::Advice,
    },
    Trigger {
        subject: "accessibility",
        terms: &[
            "accessibility",
            "accessible design",
            "persons with disabilities",
            "older persons",
            "assistive products",
            "assistive technology",
        ],
        ics: &["11.180"],
        committees: &[
            "ISO/TC 159/SC 4",
            "ISO/TC 173",
            "ISO/TC 314",
            "ISO/IEC JTC 1/SC 35",
            "IEC SyC AAL",
            "ITU-T SG 21",
        ],
        bodies: &["jca ahf", "guide 71"],
        severity: Severity::Advice,
    },
    Trigger {
        subject: "environment",
        terms: &[
            "life cycle assessment",
            "carbon footprint",
            "greenhouse gas",
            "circular economy",
            "recycling",
            "ecodesign",
            "environmental impact",
            "environmental management",
        ],
        ics: &["13.020"],
        committees: &["ISO/TC 207", "ISO/TC 323", "IEC TC 111", "ITU-T SG 5"],
        bodies: &["acea"],
        severity: Severity::Advice,
    },
    Trigger {
        subject: "artificial intelligence",
        terms: &[
            "artificial intelligence",
            "machine learning",
            "neural network",
            "neural networks",
            "ai systems",
            "ai system",
        ],
        ics: &[],
        committees: &["ISO/IEC JTC 1/SC 42", "ITU-T SG 21", "ITU-T SG 13"],
        bodies: &[],
        severity: Severity::Advice,
    },
    Trigger {
        subject: "conformity assessment",
        terms: &[
            "conformity assessment",
            "certification scheme",
            "certification schemes",
            "product certification",
            "accreditation",
        ],
        ics: &["03.120.20"],
        committees: &[],
        bodies: &["casco", "iso casco", "cab", "conformity assessment board"],
        severity: Severity::Advice,
    },
];

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let proposal = context.proposal;
    let mut texts = vec![proposal.title.as_str(), &proposal.scope];
    texts.extend(proposal.programme.iter().map(String::as_str));
    let subject = texts.join("\n");
    let mut fired = 0;
    let mut review = Review::default();
    for trigger in TRIGGERS {
        let mut terms: Vec<String> = phrases_in(&subject, trigger.terms).into_iter().map(str::to_owned).collect();
        for code in &proposal.ics_codes {
            let under = |one: &str| one.parse::<IcsCode>().is_ok_and(|wanted| wanted.contains(*code));
            if trigger.ics.iter().any(|one| under(one)) {
                terms.push(format!("ICS {code}"));
            }
        }
        if terms.is_empty() {
            continue;
        }
        fired += 1;
        if is_thought_of(context, trigger) {
            continue;
        }
        let who = if trigger.committees.is_empty() { &["ISO/CASCO"][..] } else { trigger.committees };
        let mut evidence =
            vec![context.field(if phrases_in(&proposal.title, trigger.terms).is_empty() { "scope" } else { "title" })];
        evidence.push(Evidence::fact(format!("points to {}: {}", trigger.subject, terms.join(", "))));
        review.fail(
            trigger.severity,
            format!(
                "the subject touches {} ({}), and no horizontal committee for it is named",
                trigger.subject,
                first(&terms, 3)
            ),
            format!("Look at the work of {} and name those that matter.", first(&who[..who.len().min(3)], 3)),
            evidence,
        );
    }
    if fired == 0 {
        return Ok(Verdict::not_applicable("nothing points to a horizontal subject"));
    }
    review.verdict()
}

/// True when one of the committees is named or addressed, or another body that will do.
fn is_thought_of(context: &Context<'_>, trigger: &Trigger) -> bool {
    let committees = trigger.committees.iter().filter_map(|one| one.parse::<CommitteeRef>().ok());
    committees.into_iter().any(|one| context.is_addressee(&one) || !context.mentions(&one).is_empty())
        || context.proposal.texts().any(|(_, text)| !phrases_in(text, trigger.bodies).is_empty())
}
