#![doc = include_str!("../../../../docs/rules/C24.md")]

use crate::checklist::context::Context;
use crate::checklist::evidence::Evidence;
use crate::checklist::rule::{Group, Principle, Rule, Severity, Support};
use crate::checklist::sentences::c24;
use crate::checklist::verdict::{CannotTell, Review, Verdict};
use crate::checklist::wording::{external, first, has_any, phrases_in, spaced};

/// The rule.
pub static RULE: Rule = Rule {
    id: "C24",
    name: "other-sectors-of-itu",
    group: Group::Contacts,
    principle: Principle::RightPlace,
    severity: Severity::Warning,
    question: "Does the work touch radio spectrum or development, the business of the other Sectors of ITU?",
    explanation: include_str!("../../../../docs/rules/C24.md"),
    since: "0.1.0",
    support: Support::Known,
    source: "WTSA Resolution 18 (2012), considering; Resolution ITU-R 9 (2015), title; the procedures of both were not read",
    applies_to: &[],
    needs: &[],
    check,
};

/// Words of the use of radio spectrum. «Radio» alone is none: half of all products have a radio
/// inside.
const RADIO: &[&str] = &[
    "radio spectrum",
    "frequency spectrum",
    "spectrum management",
    "spectrum sharing",
    "radio frequency",
    "radio frequencies",
    "radio frequency allocation",
    "frequency allocation",
    "frequency bands",
    "frequency band",
    "radiocommunication",
    "radiocommunications",
    "satellite",
    "satellites",
    "unlicensed spectrum",
    "licensed spectrum",
    "spectrum use",
    "use of spectrum",
    "use of the spectrum",
    "spectrum access",
    "sharing the spectrum",
    "sharing of spectrum",
    "sharing of the spectrum",
    "spectrum allocation",
    "spectrum band",
    "spectrum bands",
    "radio services",
    "radio service",
    "radio waves",
    "radio interference",
    "broadcasting",
    "radiolocation",
    "radionavigation",
    "microwave link",
    "terrestrial radio",
];

/// Words of sound and vibration, which have frequency bands too.
const SOUND: &[&str] = &[
    "octave",
    "acoustic",
    "acoustics",
    "noise",
    "sound",
    "vibration",
    "vibrations",
    "ultrasound",
    "ultrasonic",
];

/// Systems whose radio side is the business of ITU-R.
const MOBILE: &[&str] = &["imt 2020", "imt 2030", "imt advanced", "imt"];

/// Words of the radio side of a system.
const AIR: &[&str] = &[
    "radio interface",
    "air interface",
    "radio access",
    "antenna",
    "antennas",
    "base station",
    "base stations",
    "radio",
    "spectrum",
];

const DEVELOPMENT: &[&str] = &[
    "digital divide",
    "developing countries",
    "least developed countries",
    "rural connectivity",
    "unconnected areas",
];

fn check(context: &Context<'_>) -> Result<Verdict, CannotTell> {
    let proposal = context.proposal;
    let subject = spaced(&[proposal.title.as_str(), &proposal.scope].join("\n"));
    let mut terms = phrases_in(&subject, RADIO);
    if has_any(&subject, SOUND) {
        terms.retain(|term| !term.starts_with("frequency band"));
    }
    // A network of the next generation is subject of many things; of radio with one of its words.
    if has_any(&subject, MOBILE) && has_any(&subject, AIR) {
        terms.extend(phrases_in(&subject, MOBILE));
    }
    // A frequency beside the word for the whole.
    if has_any(&subject, &["spectrum"]) && has_any(&subject, &["mhz", "ghz", "khz"]) {
        terms.push("spectrum");
    }
    let mut radio: Vec<String> = terms.into_iter().map(str::to_owned).collect();
    // Radiocommunications stand under ICS 33.060 and 33.070.
    for code in &proposal.ics_codes {
        if code.field() == 33 && matches!(code.group(), Some(60 | 70)) {
            radio.push(format!("ICS {code}"));
        }
    }
    // A document of ITU-R on the subject says so by itself.
    radio.extend(context.close_elsewhere().filter(|one| one.body == "ITU-R").take(3).map(external));
    let development = phrases_in(&subject, DEVELOPMENT);
    if radio.is_empty() && development.is_empty() {
        return Ok(Verdict::not_applicable(c24::NoOtherSector {}));
    }
    let fields = ["contacts_made", "liaisons", "related_committees", "out_of_scope"];
    let told = |names: &[&str]| {
        context.texts().iter().any(|text| {
            fields.iter().any(|one| text.field.starts_with(one)) && has_any(&text.spaced, names)
        })
    };
    let mut review = Review::default();
    if !radio.is_empty()
        && !told(&["itu r", "radiocommunication sector", "radiocommunication bureau"])
    {
        review.find(
            Severity::Warning,
            c24::Radio { terms: first(&radio, 4) },
            vec![context.field("scope"), Evidence::fact(format!("terms: {}", radio.join(", ")))],
        );
    }
    if !development.is_empty()
        && !told(&["itu d", "development sector", "telecommunication development bureau", "bdt"])
    {
        review.find(
            Severity::Advice,
            c24::Development { terms: first(&development, 4) },
            vec![
                context.field("scope"),
                Evidence::fact(format!("terms: {}", development.join(", "))),
            ],
        );
    }
    review.verdict()
}
