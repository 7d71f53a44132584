"""State changes of jobs and pipeline executions, as EventBridge carries them."""

from typing import TYPE_CHECKING, Any

from ..clock import Clock
from ..events import send_event

if TYPE_CHECKING:
    from .pipeline_executions import PipelineExecution
    from .processing_jobs import ProcessingJob

DATA_TYPES = {"ManifestFile": "MANIFEST_FILE", "S3Prefix": "S3_PREFIX"}
FINAL = ("Completed", "Failed", "Stopped")


class StateChanges:
    """Sends them; SageMaker may send one several times, and here it always does."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def job_changed(self, job: "ProcessingJob") -> None:
        """Tells of a job's state; of its end twice."""
        for _ in range(2 if job.status in FINAL else 1):
            send_event(self._clock, "aws.sagemaker", "SageMaker Processing Job State Change", job.arn, _job_detail(job))

    def execution_changed(self, execution: "PipelineExecution", previous: str | None) -> None:
        """Tells of a pipeline execution's state."""
        send_event(
            self._clock, "aws.sagemaker", "SageMaker Model Building Pipeline Execution Status Change", execution.arn,
            {
                "pipelineArn": execution.pipeline_arn,
                "pipelineExecutionArn": execution.arn,
                "pipelineExecutionDisplayName": execution.request.get("PipelineExecutionDisplayName"),
                "pipelineExecutionDescription": execution.request.get("PipelineExecutionDescription"),
                "currentPipelineExecutionStatus": execution.status,
                "previousPipelineExecutionStatus": previous,
            },
        )


def _job_detail(job: "ProcessingJob") -> dict[str, Any]:
    """No environment, tags or exit message; times in epoch milliseconds."""
    description = job.describe()
    times = ("CreationTime", "LastModifiedTime", "ProcessingStartTime", "ProcessingEndTime")
    names = ("ProcessingJobName", "ProcessingJobArn", "ProcessingJobStatus", "ProcessingOutputConfig", "ProcessingResources",
             "StoppingCondition", "AppSpecification", "RoleArn", "FailureReason")
    inputs = [
        {**item, "S3Input": {**item["S3Input"], "S3DataType": DATA_TYPES[item["S3Input"]["S3DataType"]]}}
        for item in description.get("ProcessingInputs", [])
    ]
    return {
        "ProcessingInputs": inputs,
        **{name: description[name] for name in names if name in description},
        **{name: int(description[name] * 1000) for name in times if name in description},
    }
