"""Plays a job from its creation to its events."""

from ..clock import Clock
from .container import Container, ContainerEnd
from .events import StateChanges
from .processing_jobs import ProcessingJob


class JobRunner:
    """Runs jobs, and tells of each change."""

    def __init__(self, clock: Clock, container: Container, events: StateChanges) -> None:
        self._clock = clock
        self._container = container
        self._events = events

    def run(self, job: ProcessingJob) -> None:
        """Runs a job to its end."""
        job.start_time = self._clock.now()
        self._events.job_changed(job)
        end = self._end(job)
        job.exit_message, job.failure_reason, job.end_time = end.exit_message, end.failure_reason, self._clock.now()
        job.status = end.status
        self._events.job_changed(job)

    def _end(self, job: ProcessingJob) -> ContainerEnd:
        try:
            return self._container.run(job)
        except Exception as error:  # pylint: disable=broad-exception-caught
            # Whatever keeps a container from running fails the job, not the service.
            return ContainerEnd("Failed", failure_reason=f"ClientError: Data download failed: {error}")
