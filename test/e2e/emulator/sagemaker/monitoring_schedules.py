"""Monitoring schedules, which moto does not know, and their executions, which whoever plays the service begins and concludes."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..account import arn
from ..clock import Clock
from ..errors import ServiceError


@dataclass
class MonitoringExecution:
    """An execution; one without an end is under way."""

    schedule: str
    scheduled_time: float
    creation_time: float
    last_modified_time: float
    status: str = "InProgress"
    failure_reason: str | None = None
    processing_job_arn: str | None = None
    """Of its newest job; there is none where there was nothing to analyse."""

    def summary(self) -> dict[str, Any]:
        """Its entry in a list."""
        known = {"ProcessingJobArn": self.processing_job_arn, "FailureReason": self.failure_reason}
        return {
            "MonitoringScheduleName": self.schedule, "ScheduledTime": self.scheduled_time, "CreationTime": self.creation_time,
            "LastModifiedTime": self.last_modified_time, "MonitoringExecutionStatus": self.status,
            **{name: value for name, value in known.items() if value is not None},
        }


class MonitoringSchedules:
    """The account's schedules."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._schedules: dict[str, dict[str, Any]] = {}
        self._executions: dict[str, MonitoringExecution] = {}
        self._ids = (f"execution-{number}" for number in itertools.count(1))
        self.operations: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "CreateMonitoringSchedule": self._create,
            "DescribeMonitoringSchedule": self._find,
            "ListMonitoringSchedules": self._list,
            "UpdateMonitoringSchedule": self._update,
            "DeleteMonitoringSchedule": self._delete,
            "StartMonitoringSchedule": lambda request: self._set_status(request, "Scheduled"),
            "StopMonitoringSchedule": lambda request: self._set_status(request, "Stopped"),
            "ListMonitoringExecutions": self._list_executions,
        }

    def begin(self, schedule: str, scheduled: float) -> str | None:
        """Begins an execution; none while the schedule is stopped, and while another is under way."""
        if self._schedules[schedule]["MonitoringScheduleStatus"] != "Scheduled" or self._is_executing(schedule):
            return None
        identity, now = next(self._ids), self._clock.now()
        self._executions[identity] = MonitoringExecution(schedule, scheduled, now, now)
        return identity

    def schedule_arn(self, execution: str) -> str:
        """ARN of the schedule of an execution."""
        return self._schedules[self._executions[execution].schedule]["MonitoringScheduleArn"]

    def note_job(self, execution: str, job_arn: str) -> None:
        """Notes the newest job of an execution."""
        self._executions[execution].processing_job_arn = job_arn

    def conclude(self, execution: str, status: str, failure_reason: str | None) -> None:
        """Ends an execution."""
        ended = self._executions[execution]
        ended.status, ended.failure_reason, ended.last_modified_time = status, failure_reason, self._clock.now()

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

    def _list(self, request: dict[str, Any]) -> dict[str, Any]:
        members = ("MonitoringScheduleName", "MonitoringScheduleArn", "MonitoringScheduleStatus", "CreationTime", "LastModifiedTime")
        summaries = [
            {member: schedule[member] for member in members} for name, schedule in self._schedules.items() if request.get("NameContains", "") in name
        ]
        return _page("MonitoringScheduleSummaries", summaries, request)

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
        if self._is_executing(schedule["MonitoringScheduleName"]):
            raise ServiceError("ValidationException", "Monitoring schedule cannot be changed while an execution is in progress.")
        return schedule

    def _list_executions(self, request: dict[str, Any]) -> dict[str, Any]:
        name = self._find(request)["MonitoringScheduleName"]
        summaries = [execution.summary() for execution in self._of(name)]
        return _page("MonitoringExecutionSummaries", summaries if request.get("SortOrder") == "Ascending" else summaries[::-1], request)

    def _is_executing(self, schedule: str) -> bool:
        return any(execution.status == "InProgress" for execution in self._of(schedule))

    def _of(self, schedule: str) -> Iterator[MonitoringExecution]:
        return (execution for execution in list(self._executions.values()) if execution.schedule == schedule)


def _page(member: str, items: list[dict[str, Any]], request: dict[str, Any]) -> dict[str, Any]:
    first, count = int(request.get("NextToken", 0)), request.get("MaxResults", 10)
    rest = {"NextToken": str(first + count)} if first + count < len(items) else {}
    return {member: items[first:first + count], **rest}
