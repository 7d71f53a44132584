"""Monitoring schedules, which moto does not know. They are kept, and start nothing."""

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
        self.operations: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "CreateMonitoringSchedule": self._create,
            "DescribeMonitoringSchedule": self._find,
            "UpdateMonitoringSchedule": self._update,
            "DeleteMonitoringSchedule": self._delete,
        }

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
        schedule = self._find(request)
        schedule.update(MonitoringScheduleConfig=request["MonitoringScheduleConfig"], LastModifiedTime=self._clock.now())
        return {"MonitoringScheduleArn": schedule["MonitoringScheduleArn"]}

    def _delete(self, request: dict[str, Any]) -> dict[str, Any]:
        del self._schedules[self._find(request)["MonitoringScheduleName"]]
        return {}
