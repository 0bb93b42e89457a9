"""Processes one payment and reports it to CloudWatch and X-Ray.

The event is `{"payment_id": …, "type": …, "amount": …}`.

- `amount` is required: a JSON number or decimal text such as `"12.50"`, greater than 0. Anything else is refused, a
  boolean, NaN and infinity too. So is zero: it moves no money and would only pull the statistics of amounts down.
- `type` is `credit_card` where it is missing. It becomes a dimension of the metrics, so it must be text that
  CloudWatch accepts as one.
- `payment_id` is `unknown` where it is missing. It must be text or a whole number: it is logged and annotated.

X-Ray gets the annotations that are named here and never the event, which may carry card data.
"""

import contextlib
import functools
import json
import logging
import os
import re
import time
from typing import Any, NamedTuple

NAMESPACE = "PaymentProcessing/Custom"

# The metrics are sent after the payment is written, so what CloudWatch would refuse must be refused before.
LARGEST_AMOUNT = 2**360
DIMENSION_VALUE = re.compile(r"(?=.*[!-~])[ -~]{1,1024}")

DECIMAL_TEXT = re.compile(r"[0-9]+(\.[0-9]+)?")

logger = logging.getLogger(__name__)
try:
    logger.setLevel(os.environ.get("LOG_LEVEL", "INFO").upper())
except ValueError as error:
    # A misspelt level is no reason to stop taking payments.
    logger.setLevel(logging.INFO)
    logger.warning("LOG_LEVEL is ignored: %s", error)


class UntracedRecorder:
    """Stands in for the X-Ray recorder where the layer with the X-Ray SDK is not attached."""

    def in_subsegment(self, name: str) -> contextlib.AbstractContextManager:
        return contextlib.nullcontext()

    def put_annotation(self, key: str, value: Any) -> None:
        pass


try:
    from aws_xray_sdk.core import patch_all, xray_recorder
except ImportError as error:
    logger.info("payments are not traced: %s", error)
    xray_recorder = UntracedRecorder()
else:
    patch_all()


class PaymentRefused(ValueError):
    """Says why the event is not a payment. Nothing was written and no metric was sent."""


class Payment(NamedTuple):
    payment_id: str | int
    payment_type: str
    amount: float


def lambda_handler(event: dict, context: Any) -> dict:
    return process_payment(event, cloudwatch_client(), xray_recorder)


def process_payment(event: dict, cloudwatch: Any, recorder: Any) -> dict:
    """Validates the payment, writes it and sends its metrics. Every failure is raised to the caller."""
    started = time.perf_counter()
    environment = os.environ.get("ENVIRONMENT", "dev")
    region = os.environ["AWS_REGION"]

    with recorder.in_subsegment("payment_validation"):
        recorder.put_annotation("environment", environment)
        # Before the validation, so that a refused payment can be found by its id.
        recorder.put_annotation("payment_id", payment_id_of(event))
        payment = validate_payment(event)

    with recorder.in_subsegment("payment_processing"):
        recorder.put_annotation("payment_type", payment.payment_type)
        recorder.put_annotation("payment_amount", payment.amount)

        with recorder.in_subsegment("database_write"):
            recorder.put_annotation("database", os.environ.get("DB_INSTANCE", "payments-db"))
            write_payment(payment)

        milliseconds = (time.perf_counter() - started) * 1000
        # Within the segment: the function's own segment, around it, takes no annotations.
        send_metrics(cloudwatch, recorder, payment, metrics_of(payment, milliseconds, environment, region))

    logger.info("payment %r processed in %.1f ms", payment.payment_id, milliseconds)
    return {
        "statusCode": 200,
        "body": json.dumps(
            {
                "message": "Payment processed successfully",
                "payment_id": payment.payment_id,
                "amount": payment.amount,
            }
        ),
    }


def validate_payment(event: dict) -> Payment:
    """Returns the payment of the event or raises `PaymentRefused`. A team's own checks belong here."""
    return Payment(
        payment_id=payment_id_of(event),
        payment_type=checked_type(event.get("type", "credit_card")),
        amount=checked_amount(event.get("amount")),
    )


def write_payment(payment: Payment) -> None:
    """Writes the payment to the database. A team's own write belongs here.

    It must be idempotent by `payment_id`: where the metrics cannot be sent after it, the invocation fails, and the
    caller may send the same event again.
    """


def send_metrics(cloudwatch: Any, recorder: Any, payment: Payment, metrics: list) -> None:
    try:
        cloudwatch.put_metric_data(Namespace=NAMESPACE, MetricData=metrics)
    except Exception as error:
        recorder.put_annotation("metrics_error", str(error))
        logger.error("payment %r is written, but its metrics are not sent: %s", payment.payment_id, error)
        raise
    recorder.put_annotation("metrics_sent", True)


# The messages below do not quote the value: what is not an id, a type or an amount may be anything, card data too.


def payment_id_of(event: dict) -> str | int:
    value = event.get("payment_id", "unknown")
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        raise PaymentRefused("payment_id must be text or a whole number")
    return value


def checked_type(value: Any) -> str:
    if not isinstance(value, str) or not DIMENSION_VALUE.fullmatch(value):
        raise PaymentRefused("type must be text of 1 to 1024 printable ASCII characters, not only spaces")
    return value


def checked_amount(value: Any) -> float:
    if isinstance(value, str) and DECIMAL_TEXT.fullmatch(value):
        value = float(value)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    # NaN compares false with everything, so the range refuses it as well.
    if not (is_number and 0 < value <= LARGEST_AMOUNT):
        raise PaymentRefused("amount must be a number, or decimal text, greater than 0 and at most 2^360")
    return float(value)


def metrics_of(payment: Payment, milliseconds: float, environment: str, region: str) -> list:
    by_type = {"PaymentType": payment.payment_type, "Environment": environment}
    return [
        metric("PaymentAmount", payment.amount, "None", {**by_type, "Region": region}),
        metric("PaymentProcessingTime", milliseconds, "Milliseconds", by_type),
        metric("PaymentSuccess", 1, "Count", by_type),
    ]


def metric(name: str, value: float, unit: str, dimensions: dict) -> dict:
    return {
        "MetricName": name,
        "Value": value,
        "Unit": unit,
        "Dimensions": [{"Name": key, "Value": text} for key, text in dimensions.items()],
    }


@functools.cache
def cloudwatch_client() -> Any:
    # Imported here: boto3 is part of Lambda's runtime, but not of the places where the tests run.
    import boto3

    return boto3.client("cloudwatch")
