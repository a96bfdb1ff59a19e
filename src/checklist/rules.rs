//! The rules of the checklist, one consideration a module, grouped by what they are about.

pub mod coherence;
pub mod contacts;
pub mod cooperation;
pub mod existing_work;
pub mod need;
pub mod subject;

use super::Rule;

/// All rules, in the order of the checklist: by group, in each the oldest number first.
pub static RULES: &[&Rule] = &[
    &subject::title_speaks_for_itself::RULE,
    &subject::scope_has_an_edge::RULE,
    &subject::exclusions_name_their_owner::RULE,
    &subject::right_organization::RULE,
    &subject::widening_a_committee::RULE,
    &subject::lightest_structure::RULE,
    &subject::classification_fits::RULE,
    &subject::parent_question_is_named::RULE,
    &subject::programme_is_told::RULE,
    &existing_work::all_three_searched::RULE,
    &existing_work::search_can_be_repeated::RULE,
    &existing_work::drafts_were_searched::RULE,
    &existing_work::other_sources_considered::RULE,
    &existing_work::documents_have_a_meaning::RULE,
    &existing_work::every_overlap_named::RULE,
    &existing_work::distinction_from_each_overlap::RULE,
    &existing_work::submitted_elsewhere::RULE,
    &existing_work::alternatives_to_new_work::RULE,
    &existing_work::what_came_before::RULE,
    &contacts::neighbours_were_asked::RULE,
    &contacts::answers_are_recorded::RULE,
    &contacts::time_to_react::RULE,
    &contacts::objections_have_a_level::RULE,
    &contacts::boards_were_told::RULE,
    &contacts::members_speak_as_one::RULE,
    &contacts::other_sectors_of_itu::RULE,
    &contacts::own_leadership_was_asked::RULE,
    &cooperation::mode_is_proposed::RULE,
    &cooperation::joint_work_was_considered::RULE,
    &cooperation::mode_fits_the_closeness::RULE,
    &cooperation::liaisons_are_named::RULE,
    &cooperation::horizontal_committees::RULE,
    &cooperation::lead_is_arranged::RULE,
    &cooperation::rights_are_clear::RULE,
    &need::need_is_shown::RULE,
    &need::stakeholders_are_told::RULE,
    &need::supporters_are_enough::RULE,
    &need::start_is_prepared::RULE,
    &need::proposer_may_propose::RULE,
    &coherence::timetable_fits::RULE,
    &coherence::existing_terms_are_used::RULE,
    &coherence::maintenance_in_step::RULE,
    &coherence::justification_study::RULE,
];
