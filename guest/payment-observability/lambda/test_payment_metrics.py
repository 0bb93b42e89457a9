"""Tests of the function, with the standard library alone.

Run with `python3 -m unittest discover -s guest/payment-observability/lambda`.
"""

import contextlib
import importlib
import json
import logging
import os
import sys
import types
import unittest
from unittest import mock

WITHOUT_SDKS = {"boto3": None, "aws_xray_sdk": None}


def import_function():
    """Imports the function anew, as a cold start does."""
    sys.modules.pop("payment_metrics", None)
    return importlib.import_module("payment_metrics")


class FakeCloudWatch:
    def __init__(self, journal, failure=None):
        self.journal = journal
        self.failure = failure
        self.calls = []

    def put_metric_data(self, **call):
        self.journal.append("send metrics")
        if self.failure:
            raise self.failure
        self.calls.append(call)

    def metrics(self):
        return {metric["MetricName"]: metric for call in self.calls for metric in call["MetricData"]}


class FakeRecorder:
    """Refuses what the real recorder refuses in Lambda: annotations outside a subsegment.

    It has no `put_metadata` and no `begin_subsegment`: the function may not use the first, and what the second returns
    is not a context manager.
    """

    def __init__(self, journal):
        self.journal = journal
        self.open = []
        self.annotations = {}

    @contextlib.contextmanager
    def in_subsegment(self, name):
        self.open.append(name)
        self.journal.append("/".join(self.open))
        try:
            yield
        finally:
            self.open.pop()

    def put_annotation(self, key, value):
        self.annotations.setdefault(self.open[-1], {})[key] = value


class FunctionTest(unittest.TestCase):
    def setUp(self):
        self.patch(mock.patch.dict(sys.modules, WITHOUT_SDKS))
        self.patch(mock.patch.dict(os.environ, {"AWS_REGION": "eu-central-1", "ENVIRONMENT": "staging"}))
        os.environ.pop("LOG_LEVEL", None)
        self.function = import_function()
        self.journal = []
        self.cloudwatch = FakeCloudWatch(self.journal)
        self.recorder = FakeRecorder(self.journal)
        self.write = self.patch(mock.patch.object(self.function, "write_payment", side_effect=self.note_write))

    def patch(self, patcher):
        self.addCleanup(patcher.stop)
        return patcher.start()

    def note_write(self, payment):
        self.journal.append("write")

    def process(self, **event):
        return self.function.process_payment(event, self.cloudwatch, self.recorder)

    def assert_refused(self, word, **event):
        with self.assertRaisesRegex(self.function.PaymentRefused, word):
            self.process(**event)
        self.write.assert_not_called()
        self.assertEqual(self.cloudwatch.calls, [])


class Metrics(FunctionTest):
    def dimensions(self, name):
        return {each["Name"]: each["Value"] for each in self.cloudwatch.metrics()[name]["Dimensions"]}

    def test_a_payment_is_answered_with_its_id_and_amount(self):
        response = self.process(payment_id="p-1", amount=12.5)
        self.assertEqual(response["statusCode"], 200)
        self.assertEqual(
            json.loads(response["body"]),
            {"message": "Payment processed successfully", "payment_id": "p-1", "amount": 12.5},
        )

    def test_one_call_sends_the_three_metrics_to_the_namespace_that_the_policy_allows(self):
        self.process(amount=12.5)
        (call,) = self.cloudwatch.calls
        self.assertEqual(call["Namespace"], "PaymentProcessing/Custom")
        self.assertEqual(
            [(metric["MetricName"], metric["Unit"]) for metric in call["MetricData"]],
            [("PaymentAmount", "None"), ("PaymentProcessingTime", "Milliseconds"), ("PaymentSuccess", "Count")],
        )
        self.assertEqual(self.cloudwatch.metrics()["PaymentAmount"]["Value"], 12.5)
        self.assertEqual(self.cloudwatch.metrics()["PaymentSuccess"]["Value"], 1)

    def test_every_metric_names_its_payment_type_and_environment(self):
        self.process(amount=1, type="wire")
        for name in ("PaymentProcessingTime", "PaymentSuccess"):
            self.assertEqual(self.dimensions(name), {"PaymentType": "wire", "Environment": "staging"})

    def test_the_amount_also_names_the_region_that_the_function_runs_in(self):
        self.process(amount=1)
        self.assertEqual(
            self.dimensions("PaymentAmount"),
            {"PaymentType": "credit_card", "Environment": "staging", "Region": "eu-central-1"},
        )

    def test_processing_time_is_measured_up_to_the_end_of_the_write(self):
        now = 100.0

        def slow_write(payment):
            nonlocal now
            now += 0.25

        self.write.side_effect = slow_write
        with mock.patch.object(self.function.time, "perf_counter", side_effect=lambda: now):
            self.process(amount=1)
        self.assertEqual(self.cloudwatch.metrics()["PaymentProcessingTime"]["Value"], 250.0)

    def test_nothing_waits_on_purpose(self):
        with mock.patch.object(self.function.time, "sleep", side_effect=AssertionError("slept")):
            self.process(amount=1)


class Order(FunctionTest):
    def test_success_is_sent_after_the_database_write(self):
        self.process(amount=1)
        self.assertEqual(
            self.journal,
            [
                "payment_validation",
                "payment_processing",
                "payment_processing/database_write",
                "write",
                "send metrics",
            ],
        )

    def test_a_failed_write_is_raised_and_counts_as_no_success(self):
        self.write.side_effect = ConnectionError("database is gone")
        with self.assertRaisesRegex(ConnectionError, "database is gone"):
            self.process(amount=1)
        self.assertNotIn("send metrics", self.journal)

    def test_a_missing_region_is_found_before_the_write(self):
        del os.environ["AWS_REGION"]
        with self.assertRaises(KeyError):
            self.process(amount=1)
        self.write.assert_not_called()


class Amounts(FunctionTest):
    def test_numbers_and_decimal_text_are_amounts(self):
        for given, amount in [(100, 100.0), (0.01, 0.01), ("12.50", 12.5), ("7", 7.0), (2**360, float(2**360))]:
            with self.subTest(given=given):
                self.process(amount=given)
                self.assertEqual(self.write.call_args.args[0].amount, amount)
                self.assertIsInstance(self.cloudwatch.metrics()["PaymentAmount"]["Value"], float)

    def test_a_missing_amount_is_refused_and_not_invented(self):
        self.assert_refused("amount", payment_id="p-1")

    def test_what_is_no_number_is_refused(self):
        texts = ("", "abc", "-5", "1_000", " 5", "1e3", "٣", "nan", "Infinity")
        for amount in (None, True, False, [5], {"value": 5}, *texts):
            with self.subTest(amount=amount):
                self.assert_refused("amount", amount=amount)

    def test_zero_and_less_are_refused(self):
        for amount in (0, 0.0, "0", "0.00", -0.01, -100):
            with self.subTest(amount=amount):
                self.assert_refused("greater than 0", amount=amount)

    def test_nan_and_infinity_are_refused(self):
        # Python's JSON reader lets all three through.
        for text in ("NaN", "Infinity", "-Infinity"):
            with self.subTest(text=text):
                self.assert_refused("amount", amount=json.loads(text))

    def test_what_is_too_large_for_cloudwatch_is_refused_before_the_write(self):
        for amount in (2**360 + 1, 10**400, 1e300, "9" * 400):
            with self.subTest(amount=amount):
                self.assert_refused("at most", amount=amount)

    def test_the_message_does_not_quote_what_was_sent(self):
        with self.assertRaises(self.function.PaymentRefused) as refused:
            self.process(amount="4111 1111 1111 1111")
        self.assertNotIn("4111", str(refused.exception))


class PaymentIds(FunctionTest):
    def test_text_and_whole_numbers_are_ids_and_a_missing_one_is_unknown(self):
        for event, answered in (({"payment_id": "p-1"}, "p-1"), ({"payment_id": 7}, 7), ({}, "unknown")):
            with self.subTest(event=event):
                self.assertEqual(json.loads(self.process(amount=1, **event)["body"])["payment_id"], answered)

    def test_anything_else_is_refused_before_it_is_recorded(self):
        for value in ({"card": "4111111111111111"}, ["4111111111111111"], None, 1.5, True):
            with self.subTest(payment_id=value):
                self.assert_refused("payment_id", amount=1, payment_id=value)
                self.assertNotIn("4111111111111111", repr(vars(self.recorder)))


class PaymentTypes(FunctionTest):
    def test_what_cloudwatch_refuses_as_a_dimension_is_refused_before_the_write(self):
        for value in (None, 7, "", "  ", "überweisung", "a\nb", "x" * 1025):
            with self.subTest(type=value):
                self.assert_refused("type", amount=1, type=value)

    def test_any_other_text_is_a_type(self):
        for value in ("wire", "credit card", "x" * 1024):
            with self.subTest(type=value):
                self.process(amount=1, type=value)


class Tracing(FunctionTest):
    def test_each_segment_keeps_its_annotations(self):
        self.process(payment_id="p-1", amount=12.5, type="wire")
        self.assertEqual(
            self.recorder.annotations,
            {
                "payment_validation": {"environment": "staging", "payment_id": "p-1"},
                "payment_processing": {"payment_type": "wire", "payment_amount": 12.5, "metrics_sent": True},
                "database_write": {"database": "payments-db"},
            },
        )

    def test_the_database_is_the_one_that_is_watched(self):
        with mock.patch.dict(os.environ, {"DB_INSTANCE": "payments-db-staging"}):
            self.process(amount=1)
        self.assertEqual(self.recorder.annotations["database_write"]["database"], "payments-db-staging")

    def test_nothing_else_of_the_event_is_recorded(self):
        self.process(amount=1, card_number="4111111111111111")
        self.assertNotIn("4111111111111111", repr(vars(self.recorder)))

    def test_a_refused_payment_is_found_by_its_id(self):
        self.assert_refused("amount", payment_id="p-1", amount=-1)
        self.assertEqual(self.recorder.annotations["payment_validation"]["payment_id"], "p-1")

    def test_metrics_that_are_not_sent_are_annotated_logged_and_raised(self):
        self.cloudwatch.failure = RuntimeError("Throttling")
        with self.assertLogs("payment_metrics", "ERROR") as logs:
            with self.assertRaisesRegex(RuntimeError, "Throttling"):
                self.process(payment_id="p-1", amount=1)
        annotations = self.recorder.annotations["payment_processing"]
        self.assertEqual(annotations["metrics_error"], "Throttling")
        self.assertNotIn("metrics_sent", annotations)
        self.assertRegex(logs.output[0], "'p-1'.*Throttling")


class ColdStart(FunctionTest):
    """What is imported and read from the environment when Lambda loads the file."""

    def install_boto3(self):
        boto3 = types.ModuleType("boto3")
        boto3.client = mock.Mock(return_value=self.cloudwatch)
        self.patch(mock.patch.dict(sys.modules, {"boto3": boto3}))
        return boto3

    def install_xray(self):
        core = types.ModuleType("aws_xray_sdk.core")
        core.xray_recorder = self.recorder
        core.patch_all = mock.Mock()
        package = types.ModuleType("aws_xray_sdk")
        package.core = core
        self.patch(mock.patch.dict(sys.modules, {"aws_xray_sdk": package, "aws_xray_sdk.core": core}))
        return core

    def test_without_the_layer_payments_are_processed_untraced(self):
        self.install_boto3()
        response = import_function().lambda_handler({"amount": 1}, None)
        self.assertEqual(response["statusCode"], 200)
        self.assertEqual(self.recorder.annotations, {})

    def test_with_the_layer_the_sdk_records_and_is_patched_in(self):
        self.install_boto3()
        core = self.install_xray()
        import_function().lambda_handler({"amount": 1}, None)
        core.patch_all.assert_called_once_with()
        self.assertIn("database_write", self.recorder.annotations)

    def test_one_client_serves_all_invocations(self):
        boto3 = self.install_boto3()
        function = import_function()
        function.lambda_handler({"amount": 1}, None)
        function.lambda_handler({"amount": 2}, None)
        boto3.client.assert_called_once_with("cloudwatch")
        self.assertEqual(len(self.cloudwatch.calls), 2)

    def test_the_log_level_comes_from_the_environment(self):
        for given, level in [("DEBUG", logging.DEBUG), ("warning", logging.WARNING), (None, logging.INFO)]:
            with self.subTest(LOG_LEVEL=given), mock.patch.dict(os.environ, {"LOG_LEVEL": given} if given else {}):
                self.assertEqual(import_function().logger.level, level)

    def test_a_misspelt_log_level_is_reported_and_means_info(self):
        with mock.patch.dict(os.environ, {"LOG_LEVEL": "LOUD"}):
            with self.assertLogs("payment_metrics", "WARNING") as logs:
                self.assertEqual(import_function().logger.level, logging.INFO)
        self.assertIn("LOUD", logs.output[0])


if __name__ == "__main__":
    unittest.main()
