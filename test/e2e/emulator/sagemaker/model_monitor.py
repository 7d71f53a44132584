"""The hands of the managed service: a test decides what an execution does, as the rehearsal would; here it is begun, run and concluded."""

from typing import Any

from ..service_model import require_valid
from .monitoring_schedules import MonitoringSchedules
from .processing_jobs import ManagedBy, ProcessingJobs


class ModelMonitor:
    """Executions and their jobs, which no caller of the API creates."""

    def __init__(self, schedules: MonitoringSchedules, jobs: ProcessingJobs) -> None:
        self._schedules = schedules
        self._jobs = jobs

    def begin(self, schedule: str, scheduled: float) -> dict[str, Any]:
        """Begins an execution of a schedule; without one in the answer, the schedule is stopped or executes already."""
        return {"execution": self._schedules.begin(schedule, scheduled)}

    def run_job(self, execution: str, request: dict[str, Any], namespace: str) -> dict[str, Any]:
        """Begins a job of an execution."""
        require_valid("sagemaker", "CreateProcessingJob", request)
        schedule_arn = self._schedules.schedule_arn(execution)
        job = self._jobs.begin(request, ManagedBy(schedule_arn, namespace))
        self._schedules.note_job(execution, job.arn)
        return {}

    def conclude(self, execution: str, status: str, failure_reason: str | None = None) -> dict[str, Any]:
        """Ends an execution."""
        self._schedules.conclude(execution, status, failure_reason)
        return {}
