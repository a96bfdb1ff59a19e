#![doc = include_str!("../../../../docs/rules/C29.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c29;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{first, has, has_any, listed, phrases_in, spaced};
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
    source: "ISO/IEC Directives, Part 1 (2020), 1.15.1 (\"where appropriate\"); table of triggers: inference",
    applies_to: &[],
    needs: &[],
    check,
};

/// What points to a horizontal subject, and who deals with it.
struct Trigger {
    subject: &'static str,
    /// Whole words in title, scope or programme.
    terms: &'static [&'static str],
    /// Whether a word in the scope counts: every new field speaks of its vocabulary.
    in_scope: bool,
    /// Codes of the classification that they stand under.
    ics: &'static [&'static str],
    /// Who is suggested.
    suggested: &'static [&'static str],
    /// Any one of these will do too.
    committees: &'static [&'static str],
    /// Other bodies and documents that will do, by words of their names.
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
        in_scope: true,
        ics: &["33.100"],
        suggested: &["IEC TC 77", "IEC CISPR", "ITU-T SG 5"],
        committees: &[],
        bodies: &["acec"],
        severity: Severity::Warning,
    },
    Trigger {
        subject: "electrical safety",
        terms: &[
            "electrical safety",
            "electric shock",
            "safety of electrical",
            "safety of electrical equipment",
        ],
        in_scope: true,
        ics: &["13.260", "29.020"],
        suggested: &["IEC TC 64", "IEC TC 61", "IEC TC 108"],
        committees: &["IEC TC 62", "IEC TC 66", "IEC TC 99", "IEC TC 116"],
        bodies: &["acos"],
        severity: Severity::Warning,
    },
    Trigger {
        subject: "functional safety",
        terms: &["functional safety", "safety integrity"],
        in_scope: true,
        ics: &[],
        suggested: &["IEC SC 65A"],
        committees: &["IEC TC 65", "IEC TC 44", "ISO/TC 22/SC 32", "ISO/TC 199"],
        bodies: &["acos", "iec 61508"],
        severity: Severity::Warning,
    },
    Trigger {
        subject: "safety of machinery",
        terms: &["safety of machinery", "machinery safety", "machine safety"],
        in_scope: true,
        ics: &["13.110"],
        suggested: &["ISO/TC 199", "IEC TC 44"],
        committees: &[],
        bodies: &["iso 12100"],
        severity: Severity::Warning,
    },
    Trigger {
        subject: "safety of consumer products",
        terms: &[
            "consumer product safety",
            "product safety",
            "consumer safety",
            "safety of consumer products",
        ],
        in_scope: true,
        ics: &[],
        suggested: &["ISO/COPOLCO", "IEC ACOS"],
        committees: &["IEC TC 61", "IEC TC 108", "ISO/TC 181"],
        bodies: &["copolco", "acos", "guide 51", "guide 50"],
        severity: Severity::Warning,
    },
    Trigger {
        subject: "terminology",
        terms: &["vocabulary", "terminology"],
        in_scope: false,
        ics: &["01.020", "01.040"],
        suggested: &["ISO/TC 37", "IEC TC 1"],
        committees: &[],
        bodies: &[
            "scv",
            "coordination committee for vocabulary",
            "coordination committee for terminology",
        ],
        severity: Severity::Advice,
    },
    Trigger {
        subject: "graphical symbols",
        terms: &[
            "graphical symbols",
            "graphical symbol",
            "pictograms",
            "pictogram",
            "safety signs",
        ],
        in_scope: true,
        ics: &["01.080"],
        suggested: &["ISO/TC 145", "IEC SC 3C"],
        committees: &["IEC TC 3"],
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
        in_scope: true,
        ics: &["35.030"],
        suggested: &["ISO/IEC JTC 1/SC 27", "ITU-T SG 17"],
        committees: &[],
        bodies: &["acsec", "iec 62443"],
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
        in_scope: true,
        ics: &["11.180"],
        suggested: &["ISO/TC 159/SC 4", "ISO/IEC JTC 1/SC 35", "IEC SyC AAL"],
        committees: &["ISO/TC 173", "ISO/TC 314", "ITU-T SG 21"],
        bodies: &["jca ahf", "guide 71", "syc aal"],
        severity: Severity::Advice,
    },
    Trigger {
        subject: "the environment",
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
        in_scope: true,
        ics: &["13.020"],
        suggested: &["ISO/TC 207", "IEC TC 111", "ITU-T SG 5"],
        committees: &["ISO/TC 323"],
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
        in_scope: true,
        ics: &[],
        suggested: &["ISO/IEC JTC 1/SC 42"],
        committees: &["ITU-T SG 21", "ITU-T SG 13"],
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
        in_scope: true,
        ics: &["03.120.20"],
        suggested: &["ISO/CASCO"],
        committees: &[],
        bodies: &["casco", "conformity assessment board"],
        severity: Severity::Advice,
    },
];

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let proposal = context.proposal;
    let mut texts = vec![proposal.title.as_str()];
    texts.extend(proposal.programme.iter().map(String::as_str));
    let named = spaced(&texts.join("\n"));
    texts.push(&proposal.scope);
    let subject = spaced(&texts.join("\n"));
    let mut fired = 0;
    let mut review = Review::default();
    for trigger in TRIGGERS {
        let mut terms: Vec<String> =
            phrases_in(if trigger.in_scope { &subject } else { &named }, trigger.terms)
                .into_iter()
                .map(str::to_owned)
                .collect();
        for code in &proposal.ics_codes {
            let under =
                |one: &str| one.parse::<IcsCode>().is_ok_and(|wanted| wanted.contains(*code));
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
        let mut evidence = vec![place_of(context, trigger)];
        evidence.push(Evidence::fact(format!(
            "points to {}: {}",
            trigger.subject,
            terms.join(", ")
        )));
        let fault = c29::NotThoughtOf {
            subject: trigger.subject.to_owned(),
            terms: first(&terms, 3),
            committees: listed(trigger.suggested),
        };
        review.find(trigger.severity, fault, evidence);
    }
    if fired == 0 {
        return Ok(Verdict::not_applicable(c29::NothingHorizontal {}));
    }
    review.verdict()
}

/// Where the proposal says what points to the subject.
fn place_of(context: &Context<'_>, trigger: &Trigger) -> Evidence {
    let fields = ["title", "scope", "programme"];
    let said = context
        .texts()
        .iter()
        .filter(|text| fields.iter().any(|field| text.field.starts_with(field)))
        .find_map(|text| {
            let term = trigger.terms.iter().find(|term| has(&text.spaced, term))?;
            Some(context.field_saying(&text.field, term))
        });
    said.unwrap_or_else(|| context.field("ics_codes"))
}

/// True when one of the committees is named or addressed, or another body that will do.
fn is_thought_of(context: &Context<'_>, trigger: &Trigger) -> bool {
    let committees = trigger
        .suggested
        .iter()
        .chain(trigger.committees)
        .filter_map(|one| one.parse::<CommitteeRef>().ok());
    committees
        .into_iter()
        .any(|one| context.is_addressee(&one) || !context.mentions(&one).is_empty())
        || context.texts().iter().any(|text| has_any(&text.spaced, trigger.bodies))
}
