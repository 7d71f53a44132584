"""Processing jobs, which really run."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..account import arn
from ..clock import Clock
from ..errors import ServiceError

CREATED_BY_SERVICE = ("Tags",)
"""Members of a create request that a description does not repeat."""


@dataclass(frozen=True)
class ManagedBy:
    """The execution of the managed service that a job is part of."""

    schedule_arn: str
    namespace: str
    """Where the service publishes what the job's container measured."""


@dataclass
class ProcessingJob:
    """A job as it was asked for, and what became of it."""

    request: dict[str, Any]
    creation_time: float
    managed: "ManagedBy | None" = None
    """Who began it, where nobody called the API."""
    status: str = "InProgress"
    start_time: float | None = None
    end_time: float | None = None
    exit_message: str | None = None
    failure_reason: str | None = None
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def name(self) -> str:
        """Its name, unique in the account for ever."""
        return self.request["ProcessingJobName"]

    @property
    def arn(self) -> str:
        """Its ARN."""
        return arn("sagemaker", f"processing-job/{self.name}")

    def describe(self) -> dict[str, Any]:
        """DescribeProcessingJob's answer: the whole request, and the state."""
        known = {
            "ProcessingJobArn": self.arn,
            "MonitoringScheduleArn": self.managed and self.managed.schedule_arn,
            "ProcessingJobStatus": self.status,
            "CreationTime": self.creation_time,
            "LastModifiedTime": self.end_time or self.start_time or self.creation_time,
            "ProcessingStartTime": self.start_time,
            "ProcessingEndTime": self.end_time,
            "ExitMessage": self.exit_message,
            "FailureReason": self.failure_reason,
        }
        request = {name: value for name, value in self.request.items() if name not in CREATED_BY_SERVICE}
        return request | {name: value for name, value in known.items() if value is not None}

    def summary(self) -> dict[str, Any]:
        """Its entry in a list."""
        names = ("ProcessingJobName", "ProcessingJobArn", "CreationTime", "ProcessingEndTime", "LastModifiedTime",
                 "ProcessingJobStatus", "FailureReason", "ExitMessage")
        return {name: value for name, value in self.describe().items() if name in names}


class ProcessingJobs:
    """The account's jobs; each is run in a thread of its own."""

    def __init__(self, clock: Clock, role_exists: Callable[[str], bool], run: Callable[[ProcessingJob], None]) -> None:
        self._clock = clock
        self._role_exists = role_exists
        self._run = run
        self._jobs: dict[str, ProcessingJob] = {}
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self.operations: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "CreateProcessingJob": lambda request: {"ProcessingJobArn": self.begin(request).arn},
            "DescribeProcessingJob": lambda request: self._find(request).describe(),
            "ListProcessingJobs": self._list,
            "StopProcessingJob": self._stop,
        }

    def are_under_way(self) -> bool:
        """Whether a job has not ended yet, or its end has not been told of."""
        return any(thread.is_alive() for thread in list(self._threads))

    def begin(self, request: dict[str, Any], managed: ManagedBy | None = None) -> ProcessingJob:
        """Begins a job, for a caller of the API or for the managed service itself."""
        if not self._role_exists(request["RoleArn"]):
            raise ServiceError("ValidationException", f"Could not assume role {request['RoleArn']}: it does not exist.")
        job = ProcessingJob(request, self._clock.now(), managed)
        with self._lock:
            if job.name in self._jobs:
                raise ServiceError("ResourceInUse", f"Job name must be unique within an AWS account and region, and a job with this name already exists ({job.arn})")
            self._jobs[job.name] = job
        thread = threading.Thread(target=self._run, args=(job,), name=job.name, daemon=True)
        thread.start()
        self._threads.append(thread)
        return job

    def _find(self, request: dict[str, Any]) -> ProcessingJob:
        name = request["ProcessingJobName"]
        if name not in self._jobs:
            raise ServiceError("ValidationException", f"Could not find requested job with name: {name}")
        return self._jobs[name]

    def _list(self, request: dict[str, Any]) -> dict[str, Any]:
        chosen = [
            job.summary() for job in reversed(self._jobs.values())
            if request.get("NameContains", "") in job.name and request.get("StatusEquals", job.status) == job.status
        ]
        first, count = int(request.get("NextToken", 0)), request.get("MaxResults", 10)
        rest = {"NextToken": str(first + count)} if first + count < len(chosen) else {}
        return {"ProcessingJobSummaries": chosen[first:first + count], **rest}

    def _stop(self, request: dict[str, Any]) -> dict[str, Any]:
        job = self._find(request)
        if job.status != "InProgress":
            raise ServiceError("ValidationException", f"The request was rejected because the processing job is in status {job.status}.")
        job.status = "Stopping"
        job.stopped.set()
        return {}
