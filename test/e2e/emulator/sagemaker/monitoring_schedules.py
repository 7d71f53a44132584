"""Monitoring schedules, which moto does not know. They begin no execution by themselves; a test tells when one is under way."""

import time
from collections.abc import Callable
from typing import Any

from ..account import arn
from ..clock import Clock
from ..errors import ServiceError


class MonitoringSchedules:
    """The account's schedules."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._schedules: dict[str, dict[str, Any]] = {}
        self._executions: dict[str, list[tuple[float, float]]] = {}
        self.operations: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "CreateMonitoringSchedule": self._create,
            "DescribeMonitoringSchedule": self._find,
            "UpdateMonitoringSchedule": self._update,
            "DeleteMonitoringSchedule": self._delete,
            "StartMonitoringSchedule": lambda request: self._set_status(request, "Scheduled"),
            "StopMonitoringSchedule": lambda request: self._set_status(request, "Stopped"),
            "ListMonitoringExecutions": self._list_executions,
        }

    def execute(self, seconds: float) -> None:
        """Begins an execution of every schedule that takes so long, by the clock on the wall: nobody moves on while a stack is changed."""
        for name, schedule in self._schedules.items():
            if schedule["MonitoringScheduleStatus"] == "Scheduled":
                self._executions.setdefault(name, []).append((self._clock.now(), time.monotonic() + seconds))

    def _create(self, request: dict[str, Any]) -> dict[str, Any]:
        name = request["MonitoringScheduleName"]
        if name in self._schedules:
            raise ServiceError("ResourceInUse", f"Monitoring schedule {name} already exists.")
        now = self._clock.now()
        self._schedules[name] = {key: value for key, value in request.items() if key != "Tags"} | {
            "MonitoringScheduleArn": arn("sagemaker", f"monitoring-schedule/{name}"),
            "MonitoringScheduleStatus": "Scheduled", "CreationTime": now, "LastModifiedTime": now,
        }
        return {"MonitoringScheduleArn": self._schedules[name]["MonitoringScheduleArn"]}

    def _find(self, request: dict[str, Any]) -> dict[str, Any]:
        name = request["MonitoringScheduleName"]
        if name not in self._schedules:
            raise ServiceError("ResourceNotFound", f"Monitoring schedule {name} does not exist.")
        return self._schedules[name]

    def _update(self, request: dict[str, Any]) -> dict[str, Any]:
        schedule = self._find_idle(request)
        schedule.update(MonitoringScheduleConfig=request["MonitoringScheduleConfig"], LastModifiedTime=self._clock.now())
        return {"MonitoringScheduleArn": schedule["MonitoringScheduleArn"]}

    def _delete(self, request: dict[str, Any]) -> dict[str, Any]:
        del self._schedules[self._find_idle(request)["MonitoringScheduleName"]]
        return {}

    def _set_status(self, request: dict[str, Any], status: str) -> dict[str, Any]:
        self._find(request).update(MonitoringScheduleStatus=status, LastModifiedTime=self._clock.now())
        return {}

    def _find_idle(self, request: dict[str, Any]) -> dict[str, Any]:
        """Neither updates nor deletions wait for an execution: they are refused."""
        schedule = self._find(request)
        if any(summary["MonitoringExecutionStatus"] == "InProgress" for summary in self._summaries(schedule["MonitoringScheduleName"])):
            raise ServiceError("ValidationException", "Monitoring schedule cannot be changed while an execution is in progress.")
        return schedule

    def _list_executions(self, request: dict[str, Any]) -> dict[str, Any]:
        name = self._find(request)["MonitoringScheduleName"]
        return {"MonitoringExecutionSummaries": self._summaries(name)[::-1][:request.get("MaxResults", 10)]}

    def _summaries(self, name: str) -> list[dict[str, Any]]:
        return [
            {
                "MonitoringScheduleName": name, "ScheduledTime": begun, "CreationTime": begun, "LastModifiedTime": begun,
                "MonitoringExecutionStatus": "InProgress" if time.monotonic() < end else "Completed",
            }
            for begun, end in self._executions.get(name, [])
        ]
