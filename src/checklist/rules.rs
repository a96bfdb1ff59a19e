//! The rules of the checklist, one consideration a module, grouped by what they are about.

pub mod contacts;
pub mod cooperation;
pub mod existing_work;
pub mod need;
pub mod subject;

use super::Rule;

/// All rules, in the order of the checklist.
pub static RULES: &[&Rule] = &[
    &subject::title_speaks_for_itself::RULE,
    &subject::scope_has_an_edge::RULE,
    &subject::exclusions_name_their_owner::RULE,
    &subject::widening_a_committee::RULE,
    &existing_work::all_three_searched::RULE,
    &existing_work::every_overlap_named::RULE,
    &existing_work::distinction_from_each_overlap::RULE,
    &existing_work::submitted_elsewhere::RULE,
    &contacts::neighbours_were_asked::RULE,
    &contacts::objections_have_a_level::RULE,
    &cooperation::mode_is_proposed::RULE,
    &cooperation::liaisons_are_named::RULE,
    &need::need_is_shown::RULE,
];
