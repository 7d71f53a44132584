"""Executions of pipelines: they take their time, and end as a test says."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..account import arn
from ..clock import Clock
from ..errors import ServiceError
from .events import StateChanges

DURATION_SECONDS = 20 * 60


@dataclass
class PipelineExecution:
    """One start of a pipeline."""

    arn: str
    pipeline_arn: str
    request: dict[str, Any]
    start_time: float
    outcome: str
    status: str = "Executing"

    def describe(self) -> dict[str, Any]:
        """What is told of it."""
        return {
            "PipelineArn": self.pipeline_arn,
            "PipelineExecutionArn": self.arn,
            "PipelineExecutionStatus": self.status,
            "CreationTime": self.start_time,
            **{name: self.request[name] for name in ("PipelineExecutionDisplayName", "PipelineExecutionDescription") if name in self.request},
        }


class PipelineExecutions:
    """Starts and lists executions of the pipelines that moto keeps."""

    def __init__(self, clock: Clock, describe_pipeline: Callable[[str], dict[str, Any]], events: StateChanges) -> None:
        self._clock = clock
        self._describe_pipeline = describe_pipeline
        self._events = events
        self._executions: list[PipelineExecution] = []
        self._lock = threading.Lock()
        self.next_outcome = "Succeeded"
        self.operations: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "StartPipelineExecution": self._start,
            "ListPipelineExecutions": self._list,
            "DescribePipelineExecution": lambda request: self._find(request).describe(),
            "ListPipelineParametersForExecution": lambda request: {"PipelineParameters": self._find(request).request.get("PipelineParameters", [])},
        }

    def settle(self) -> None:
        """Ends the executions whose time is up."""
        for execution in self._executions:
            if execution.status == "Executing" and execution.start_time + DURATION_SECONDS <= self._clock.now():
                execution.status = execution.outcome
                self._events.execution_changed(execution, "Executing")

    def _start(self, request: dict[str, Any]) -> dict[str, Any]:
        name = request["PipelineName"]
        definition = json.loads(self._describe_pipeline(name)["PipelineDefinition"])
        declared = {parameter["Name"] for parameter in definition.get("Parameters", [])}
        unknown = [item["Name"] for item in request.get("PipelineParameters", []) if item["Name"] not in declared]
        if unknown:
            raise ServiceError("ValidationException", f"Unknown parameters: [{', '.join(unknown)}]")
        with self._lock:
            execution = self._find_by_token(request) or self._add(name, request)
        if execution.request is request:
            self._events.execution_changed(execution, None)
        return {"PipelineExecutionArn": execution.arn}

    def _find_by_token(self, request: dict[str, Any]) -> PipelineExecution | None:
        for execution in self._executions:
            if execution.request["ClientRequestToken"] != request["ClientRequestToken"]:
                continue
            if execution.request != request:
                raise ServiceError("ConflictException", "The client request token was used with other parameters.")
            return execution
        return None

    def _add(self, name: str, request: dict[str, Any]) -> PipelineExecution:
        pipeline = arn("sagemaker", f"pipeline/{name}")
        execution = PipelineExecution(
            f"{pipeline}/execution/{len(self._executions) + 1:012x}", pipeline, request, self._clock.now(), self.next_outcome,
        )
        self.next_outcome = "Succeeded"
        self._executions.append(execution)
        return execution

    def _list(self, request: dict[str, Any]) -> dict[str, Any]:
        pipeline = self._describe_pipeline(request["PipelineName"])["PipelineArn"]
        after, before = request.get("CreatedAfter", 0), request.get("CreatedBefore", float("inf"))
        chosen = [
            {**{k: v for k, v in execution.describe().items() if k not in ("PipelineArn", "CreationTime")}, "StartTime": execution.start_time}
            for execution in self._executions if execution.pipeline_arn == pipeline and after < execution.start_time < before
        ]
        if request.get("SortOrder", "Descending") == "Descending":
            chosen.reverse()
        first, count = int(request.get("NextToken", 0)), request.get("MaxResults", 10)
        rest = {"NextToken": str(first + count)} if first + count < len(chosen) else {}
        return {"PipelineExecutionSummaries": chosen[first:first + count], **rest}

    def _find(self, request: dict[str, Any]) -> PipelineExecution:
        for execution in self._executions:
            if execution.arn == request["PipelineExecutionArn"]:
                return execution
        raise ServiceError("ResourceNotFound", f"Pipeline execution {request['PipelineExecutionArn']} does not exist.")
