"""How an alarm's state follows from its metric.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
"""

from collections.abc import Callable
from typing import Any

Point = dict[str, Any]
"""As ministack stores it: Timestamp, Value and perhaps _stat (a statistic set) or Count."""

LOOK_BACK = 2
"""Periods beyond those asked for that are looked at, so that late points still count."""

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
    "LessThanOrEqualToThreshold": lambda value, threshold: value <= threshold,
}


def alarm_state(alarm: dict[str, Any], points: list[Point], now: float) -> tuple[str, list[float]]:
    """The state at an instant, and the values that decided it, oldest first."""
    wanted = alarm["EvaluationPeriods"]
    needed = alarm.get("DatapointsToAlarm", wanted)
    series = _series(alarm, points, now, wanted + LOOK_BACK)
    values = [value for value in series if value is not None][-wanted:]
    breaching = sum(COMPARISONS[alarm["ComparisonOperator"]](value, alarm["Threshold"]) for value in values)
    missing, treatment = wanted - len(values), alarm["TreatMissingData"]
    if breaching + (missing if treatment == "breaching" else 0) >= needed:
        return "ALARM", values
    if missing == 0 or treatment in ("breaching", "notBreaching") or breaching < len(values):
        return "OK", values
    if treatment == "ignore" or values:
        return alarm["StateValue"], values
    return "INSUFFICIENT_DATA", values


def _series(alarm: dict[str, Any], points: list[Point], now: float, count: int) -> list[float | None]:
    """One value a period, oldest first; the open period counts once it has data."""
    period = alarm["Period"]
    current = int(now // period)
    by_period: dict[int, list[Point]] = {}
    for point in points:
        if point["Timestamp"] <= now:
            by_period.setdefault(int(point["Timestamp"] // period), []).append(point)
    last = current if current in by_period else current - 1
    return [_statistic(alarm["Statistic"], by_period.get(index, [])) for index in range(last - count + 1, last + 1)]


def _statistic(name: str, points: list[Point]) -> float | None:
    if not points:
        return None
    sets = [_statistic_set(point) for point in points]
    total, samples = sum(one["Sum"] for one in sets), sum(one["SampleCount"] for one in sets)
    return {
        "Maximum": max(one["Maximum"] for one in sets),
        "Minimum": min(one["Minimum"] for one in sets),
        "Sum": total,
        "SampleCount": samples,
        "Average": total / samples,
    }[name]


def _statistic_set(point: Point) -> dict[str, float]:
    value, count = point["Value"], point.get("Count", 1.0)
    return point.get("_stat") or {"Sum": value * count, "SampleCount": count, "Minimum": value, "Maximum": value}
