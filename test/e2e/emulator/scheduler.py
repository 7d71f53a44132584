"""EventBridge Scheduler by the clock: what is due is delivered when a test moves on."""

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

from ministack.core.responses import new_uuid, set_request_account_id, set_request_region
from ministack.services import eventbridge, scheduler

from .account import ACCOUNT, REGION


class Schedules:
    """Takes over ministack's ticker, which goes by real time and leaves context attributes as they are."""

    def __init__(self) -> None:
        scheduler._tick_schedules = lambda: None

    def due(self, after: float, until: float) -> list[tuple[float, dict[str, Any]]]:
        """What is due in a span of time, in order: the scheduled time and the schedule."""
        enabled = [schedule for schedule in scheduler._schedules._data.values() if schedule.get("State") == "ENABLED"]
        occurrences = [(instant, schedule) for schedule in enabled for instant in _occurrences(schedule, after, until)]
        return sorted(occurrences, key=lambda occurrence: (occurrence[0], occurrence[1]["Arn"]))

    def deliver(self, instant: float, schedule: dict[str, Any]) -> None:
        """Delivers one occurrence to its target, with its context attributes filled in."""
        set_request_account_id(ACCOUNT)
        set_request_region(REGION)
        attributes = {
            "scheduled-time": _iso(instant), "schedule-arn": schedule["Arn"], "execution-id": new_uuid(), "attempt-number": "1",
        }
        target = dict(schedule["Target"])
        for name, value in attributes.items():
            target["Input"] = target.get("Input", "").replace(f"<aws.scheduler.{name}>", value)
        event = {
            "EventId": attributes["execution-id"], "Source": "aws.scheduler", "DetailType": "Scheduled Event", "Detail": "{}",
            "Time": int(instant), "Resources": [schedule["Arn"]], "Account": ACCOUNT, "Region": REGION,
        }
        eventbridge._invoke_target(target, event, schedule)


def _occurrences(schedule: dict[str, Any], after: float, until: float) -> Iterator[float]:
    fields = eventbridge._parse_cron_fields(schedule["ScheduleExpression"])
    if fields is None or schedule.get("ScheduleExpressionTimezone", "UTC") != "UTC":
        raise ValueError(f"The emulator plays cron expressions in UTC, not {schedule['ScheduleExpression']}.")
    instant = eventbridge._cron_next_fire(fields, datetime.fromtimestamp(after, timezone.utc))
    while instant is not None and instant.timestamp() <= until:
        yield instant.timestamp()
        instant = eventbridge._cron_next_fire(fields, instant)


def _iso(instant: float) -> str:
    return datetime.fromtimestamp(instant, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
