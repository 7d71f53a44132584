"""SageMaker's front door: every request is checked against the service's own model first."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from moto.sagemaker.models import sagemaker_backends

from ..account import ACCOUNT, REGION
from ..authorization import require_allowed
from ..errors import ServiceError
from ..faults import Faults
from ..moto_server import MotoServer
from ..service_model import require_valid
from .monitoring_schedules import MonitoringSchedules
from .pipeline_executions import PipelineExecutions
from .processing_jobs import ProcessingJobs
from .runtime import Runtime

Operation = Callable[[dict[str, Any]], dict[str, Any]]


class SageMaker:
    """Answers for SageMaker."""

    def __init__(
        self, moto: MotoServer, faults: Faults, jobs: ProcessingJobs, executions: PipelineExecutions, schedules: MonitoringSchedules,
    ) -> None:
        self._moto = moto
        self._faults = faults
        self.runtime = Runtime(_endpoint_exists)
        self._operations: dict[str, Operation] = {
            **jobs.operations,
            **executions.operations,
            **schedules.operations,
            "UpdateEndpoint": _update_endpoint,
            "AddTags": self._add_tags,
            "DeleteModelPackageGroup": _delete_model_package_group,
        }

    def call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """Calls an operation; raises ServiceError when it refuses."""
        self._faults.raise_next(operation)
        require_valid("sagemaker", operation, request)
        own = self._operations.get(operation)
        return own(request) if own else self._moto.call("sagemaker", operation, request)

    def _add_tags(self, request: dict[str, Any]) -> dict[str, Any]:
        """Moto fails over the ARN of a monitoring schedule; nobody asks for the tags of one."""
        if ":monitoring-schedule/" in request["ResourceArn"]:
            return {"Tags": request["Tags"]}
        return self._moto.call("sagemaker", "AddTags", request)

    async def handle(
        self, _method: str, path: str, headers: dict[str, str], body: bytes, _query: dict[str, Any]
    ) -> tuple[int, dict[str, str], bytes]:
        """Answers an HTTP request, as ministack's services do."""
        operation = headers.get("x-amz-target", "").rsplit(".", 1)[-1]
        content_type = {"Content-Type": "application/x-amz-json-1.1"}
        try:
            if not operation:
                return await asyncio.to_thread(self.runtime.invoke, path, headers, body)
            request = json.loads(body or b"{}")
            require_allowed(headers, operation, request)
            answer = await asyncio.to_thread(self.call, operation, request)
        except ServiceError as error:
            return error.status, content_type, error.json_body()
        return 200, content_type, json.dumps(answer).encode()


def _endpoint_exists(name: str) -> bool:
    return name in sagemaker_backends[ACCOUNT][REGION].endpoints


def _update_endpoint(request: dict[str, Any]) -> dict[str, Any]:
    """Moto can only change weights and capacities of an endpoint."""
    endpoint = sagemaker_backends[ACCOUNT][REGION].endpoints.get(request["EndpointName"])
    if endpoint is None:
        raise ServiceError("ValidationException", f"Could not find endpoint \"{request['EndpointName']}\".")
    endpoint.endpoint_config_name = request["EndpointConfigName"]
    return {"EndpointArn": endpoint.arn}


def _delete_model_package_group(request: dict[str, Any]) -> dict[str, Any]:
    """Moto keeps groups for ever."""
    name = request["ModelPackageGroupName"]
    if sagemaker_backends[ACCOUNT][REGION].model_package_groups.pop(name, None) is None:
        raise ServiceError("ValidationException", f"ModelPackageGroup {name} does not exist.")
    return {}
