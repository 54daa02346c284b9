"""What AWS charges, and what the README computes from it: list prices of us-east-1, on demand, in US dollars, read on
2026-11-24.

Free tiers are left out. `tests/unit/test_cost.py` counts one document's calls and units, and holds the README to the
result.
"""

from collections import Counter
from collections.abc import Mapping

PRICES: Mapping[str, float] = {
    "s3 put": 0.005 / 1_000,  # PUT, COPY, POST and LIST
    "s3 get": 0.0004 / 1_000,  # GET and HEAD
    "s3 delete": 0.0,
    "sqs request": 0.40 / 1_000_000,
    "sns publish": 0.50 / 1_000_000,
    "dynamodb write unit": 0.625 / 1_000_000,
    "dynamodb read unit": 0.125 / 1_000_000,
    "lambda request": 0.20 / 1_000_000,
    "lambda gigabyte second": 0.0000133334,  # arm64
    "logs byte": 0.50 / 1_000_000_000,
}
# US dollars, from the same lists.
PER_EMAIL = 2.00 / 100_000
PER_ALARM_AND_MONTH = 0.10
PER_CUSTOM_METRIC_AND_MONTH = 0.30
PER_DASHBOARD_AND_MONTH = 3.00

# What a queue's message costs beyond its sending: Lambda receives it and deletes it. A full batch shares these calls;
# here it does not.
REQUESTS_OF_A_MESSAGE_TAKEN = 2

# Seconds and gigabytes of each stage's function for a document: decision 9, and for notify its share of the pace of
# alerts (two workers at eight a second).
SECONDS_OF_STAGE: Mapping[str, float] = {"extract": 0.150, "enrich": 0.120, "notify": 0.250}
GIGABYTES_OF_STAGE: Mapping[str, float] = {"extract": 1.0, "enrich": 0.5, "notify": 0.25}
LOG_BYTES_OF_STAGE: Mapping[str, int] = {
    "extract": 900,
    "enrich": 700,
    "notify": 500,
}  # decision 9, mean of 71 invocations

# Waiting is not free: Lambda keeps five pollers a queue, each of which asks every 20 seconds.
POLLERS_A_QUEUE = 5
SECONDS_A_POLL = 20
SECONDS_A_MONTH = 30 * 24 * 3_600


def cost_of(units: Mapping[str, float]) -> float:
    """Dollars for so many of each unit that has a price."""
    return sum(PRICES[name] * number for name, number in units.items())


def units_of_the_functions() -> Counter[str]:
    """What a document costs beside the calls that its stages make: their time, their logs, and the taking of their
    messages.
    """
    units: Counter[str] = Counter()
    for stage, seconds in SECONDS_OF_STAGE.items():
        units["lambda request"] += 1
        units["sqs request"] += REQUESTS_OF_A_MESSAGE_TAKEN
        units["lambda gigabyte second"] += seconds * GIGABYTES_OF_STAGE[stage]  # type: ignore[assignment]
        units["logs byte"] += LOG_BYTES_OF_STAGE[stage]
    units["sqs request"] += 1  # the notification that S3 sends
    return units


def idle_polling_a_month(queues: int) -> float:
    """Dollars for asking so many empty queues."""
    return queues * POLLERS_A_QUEUE * SECONDS_A_MONTH / SECONDS_A_POLL * PRICES["sqs request"]


def reconciling_a_month(pages: int, record_bytes: int) -> float:
    """Dollars for comparing so many stored pages with their records daily, and the records with the pages weekly."""
    lists = pages / 1_000 * PRICES["s3 put"]
    records = pages * -(-record_bytes // 4_096) / 2 * PRICES["dynamodb read unit"]  # eventually consistent: half a unit
    index = (
        pages * 1_000 / 4_096 / 2 * PRICES["dynamodb read unit"]
    )  # a scan reads entries of some 1,000 bytes in a row
    heads = pages * PRICES["s3 get"]
    return 30 * (lists + records) + 30 / 7 * (index + heads)
