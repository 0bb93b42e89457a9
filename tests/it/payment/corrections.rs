//! What was wrong in the program that the guest replaces, and is right: each correction is a function over the emitted configuration. It
//! passes on the guest's output, and fails on that output with the older program's form put back, so that it sees what it is about.
//!
//! Number 4 is about the function's code: `code` runs its tests in the same two ways. What the README must say stands in `readme`.

use super::{
    accounts, alarms, canary, code, compliance, dashboard, emitted, encryption, function, latency, order, outputs, settings, tags,
};
use serde_json::Value;
use std::collections::BTreeSet;

/// Tells what is wrong with a configuration.
type Correction = fn(&Value) -> Result<(), String>;
/// Puts the older program's form back.
type SeedForm = fn(&mut Value);

#[rustfmt::skip] // A table.
const CORRECTIONS: &[(u8, Correction, SeedForm)] = &[
    (1, accounts::are_asked_for, accounts::without_data_sources),
    (1, accounts::are_asked_for, accounts::without_partition),
    (1, accounts::no_arn_names_a_partition, accounts::managed_policy_of_one_partition),
    (1, accounts::no_arn_names_a_partition, accounts::key_policy_of_one_partition),
    (2, tags::default_tags_arrive, tags::default_tags_without_tags),
    (3, code::function_has_a_zip, code::function_with_inline_code),
    (3, code::function_has_a_zip, code::function_in_s3_as_well),
    (3, code::canary_has_a_zip, code::canary_with_inline_code),
    (3, code::canary_has_a_zip, code::canary_zip_without_digest),
    (5, alarms::api_alarm_is_about_a_ratio, alarms::api_threshold_of_five),
    (5, alarms::api_alarm_is_about_a_ratio, alarms::deployed_api_alarm),
    (5, alarms::function_alarm_is_about_a_rate, alarms::deployed_function_alarm),
    (5, alarms::function_alarm_is_about_a_rate, alarms::queries_beside_a_metric),
    (5, alarms::function_alarm_is_about_a_rate, alarms::queries_that_return_nothing),
    (5, alarms::composite_refers_to_both, alarms::deployed_composite),
    (6, alarms::name_what_they_watch, alarms::deployed_api_alarm),
    (6, alarms::name_what_they_watch, alarms::deployed_function_alarm),
    (6, alarms::name_what_they_watch, alarms::queries_without_dimensions),
    (6, dashboard::names_what_it_shows, dashboard::deployed),
    (6, dashboard::names_what_it_shows, dashboard::searches_of_all_environments),
    (6, dashboard::names_what_it_shows, dashboard::searches_by_other_dimensions),
    (7, latency::filters_have_no_default, latency::default_of_zero),
    (7, latency::is_plotted_by_percentile, latency::plotted_by_average),
    (7, latency::is_plotted_by_percentile, dashboard::deployed),
    (8, encryption::key_is_for_log_groups_of_the_account, encryption::deployed_policy),
    (8, encryption::key_is_for_log_groups_of_the_account, encryption::grants),
    (8, encryption::key_is_for_log_groups_of_the_account, encryption::any_context),
    (9, order::function_waits_for_log_group_and_attachments, order::function_waits_for_nothing),
    (9, order::function_waits_for_log_group_and_attachments, order::function_does_not_wait_for_its_log_group),
    (9, order::canary_waits_for_attachments, order::canary_waits_for_nothing),
    (10, canary::role_may_what_synthetics_asks, canary::deployed_policy),
    (10, canary::role_may_what_synthetics_asks, canary::any_namespace),
    (10, canary::is_traced_and_cleans_up, canary::keeps_its_function),
    (10, canary::is_traced_and_cleans_up, canary::untraced),
    (10, canary::bucket_is_private_encrypted_and_expires, canary::public_bucket),
    (10, canary::bucket_is_private_encrypted_and_expires, canary::plain_bucket),
    (10, canary::bucket_is_private_encrypted_and_expires, canary::bucket_for_ever),
    (11, function::role_may_only_send_its_metrics_and_traces, function::deployed_policy),
    (11, function::role_may_only_send_its_metrics_and_traces, function::any_namespace),
    (11, function::role_may_only_send_its_metrics_and_traces, function::untraced),
    (12, dashboard::points_are_a_minute, dashboard::deployed),
    (13, settings::state_is_locked_in_s3, settings::any_terraform),
    (13, settings::state_is_locked_in_s3, settings::unlocked_state),
    (13, settings::provider_is_aws_6, settings::any_provider),
    (14, outputs::say_where_logs_must_go, outputs::none),
    (14, outputs::say_where_logs_must_go, outputs::without_log_group),
    (15, compliance::log_groups_are_encrypted, compliance::plain_log_group),
    (15, compliance::log_groups_are_kept_90_days, compliance::log_group_for_ever),
    (15, compliance::what_can_be_tagged_is, tags::default_tags_without_tags),
    (15, compliance::function_is_traced, compliance::untraced_function),
    (15, compliance::canary_is_traced, canary::untraced),
];

#[test]
fn every_correction_holds_and_sees_what_it_is_about() {
    let stack = emitted(&["environment_suffix=dev"]);
    for (row, (number, correction, seed_form)) in CORRECTIONS.iter().enumerate() {
        if let Err(message) = correction(&stack) {
            panic!("correction {number} (row {row}): {message}");
        }
        let mut older = stack.clone();
        seed_form(&mut older);
        assert_ne!(older, stack, "correction {number} (row {row}): the older form is the new one");
        assert!(correction(&older).is_err(), "correction {number} (row {row}) does not see the older form");
    }
}

#[test]
fn every_correction_holds_for_other_inputs() {
    let stack = emitted(&[
        "environment_suffix=qa-2",
        "canary_bucket=canary-artifacts-qa",
        "aws_region=eu-west-1",
        "api_name=Checkout API",
    ]);
    for (row, (number, correction, _)) in CORRECTIONS.iter().enumerate() {
        if let Err(message) = correction(&stack) {
            panic!("correction {number} (row {row}): {message}");
        }
    }
}

#[test]
fn no_correction_is_missing() {
    let mut numbers: BTreeSet<u8> = CORRECTIONS.iter().map(|(number, ..)| *number).collect();
    numbers.insert(code::TESTED_CORRECTION);
    assert_eq!(numbers, (1..=15).collect());
}

/// Fails with a message unless something holds.
pub(super) fn check(holds: bool, message: impl Into<String>) -> Result<(), String> {
    if holds { Ok(()) } else { Err(message.into()) }
}

/// Fails unless a value is the expected one.
pub(super) fn equal(what: &str, found: &Value, expected: impl Into<Value>) -> Result<(), String> {
    let expected = expected.into();
    check(*found == expected, format!("{what} is {found}, not {expected}"))
}

/// Returns what the older program deployed: `guest/payment-observability/tests/deployed`.
pub(super) fn deployed() -> Value {
    super::configuration(&super::guest().join("tests/deployed"))
}
