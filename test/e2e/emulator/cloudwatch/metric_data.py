"""What PutMetricData refuses; one bad datum fails the whole call."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

DATA_PER_CALL = 1000
DIMENSIONS = 30
NAME_LENGTH = 255
LARGEST = 2.0**360
PAST = 14 * 24 * 3600
FUTURE = 2 * 3600


def refusals(request: dict[str, Any], now: float) -> Iterator[str]:
    """Why a request is refused, in words."""
    data = request.get("MetricData", [])
    if not data:
        yield "The parameter MetricData is required."
    if len(data) > DATA_PER_CALL:
        yield f"The collection MetricData must not have a size greater than {DATA_PER_CALL}, got {len(data)}."
    for index, datum in enumerate(data, start=1):
        for refusal in _datum(datum, now):
            yield f"MetricData.member.{index} ({datum.get('MetricName')}): {refusal}"


def _datum(datum: dict[str, Any], now: float) -> Iterator[str]:
    if not 1 <= len(datum.get("MetricName") or "") <= NAME_LENGTH:
        yield f"MetricName must have 1 to {NAME_LENGTH} characters"
    yield from _dimensions(datum.get("Dimensions") or [])
    yield from _values(datum)
    yield from _timestamp(datum.get("Timestamp"), now)


def _dimensions(dimensions: list[dict[str, str]]) -> Iterator[str]:
    if len(dimensions) > DIMENSIONS:
        yield f"must not have more than {DIMENSIONS} dimensions"
    for dimension in dimensions:
        for member in ("Name", "Value"):
            text = dimension.get(member) or ""
            if not text.isascii() or not text.isprintable() or text.strip() == "":
                yield f"the dimension's {member} {text!r} must be printable ASCII and not blank"


def _values(datum: dict[str, Any]) -> Iterator[str]:
    given = [name for name in ("Value", "Values", "StatisticValues") if datum.get(name) is not None]
    if len(given) != 1:
        yield f"exactly one of Value, Values and StatisticValues must be given, got {given}"
    numbers = [datum.get("Value"), *(datum.get("Values") or []), *(datum.get("StatisticValues") or {}).values()]
    for number in numbers:
        # JSON protocols send what JSON has no number for as text.
        if number is not None and not abs(float(number)) <= LARGEST:
            yield f"the value {number} is not between -2^360 and 2^360"


def _timestamp(timestamp: Any, now: float) -> Iterator[str]:
    if timestamp is None:
        return
    seconds = timestamp.timestamp() if isinstance(timestamp, datetime) else float(timestamp)
    if not now - PAST <= seconds <= now + FUTURE:
        yield "the timestamp must be between two weeks ago and two hours ahead"
