"""Calls are judged by the policies of who makes them; ministack does it for its services, this for what we add."""

import json
from typing import Any

import boto3
import cbor2
from botocore.config import Config
from ministack.core import iam_actions, lambda_runtime
from ministack.core.iam_evaluator import AuthError, enforce
from ministack.core.responses import set_request_account_id, set_request_region
from ministack.core.router import extract_access_key_id

from .account import ACCOUNT, REGION, arn
from .errors import ServiceError

RESOURCES = {"ProcessingJobName": "processing-job", "PipelineName": "pipeline", "EndpointName": "endpoint", "EndpointConfigName": "endpoint-config",
             "ModelName": "model", "ModelPackageGroupName": "model-package-group", "MonitoringScheduleName": "monitoring-schedule"}
"""Members of SageMaker's requests that name the resource, the first of them, and its kind in an ARN."""


def require_allowed(headers: dict[str, str], operation: str, request: dict[str, Any]) -> None:
    """Refuses a call to SageMaker that its caller's policies do not allow, or that passes a role which they do not let it pass."""
    caller = extract_access_key_id(headers, {})
    _require(caller, f"sagemaker:{operation}", _resource(request), {})
    if operation.startswith("Create") and "RoleArn" in request:
        _require(caller, "iam:PassRole", request["RoleArn"], {"iam:PassedToService": "sagemaker.amazonaws.com"})


def know_cloudwatch() -> None:
    """Makes ministack know the condition key `cloudwatch:namespace`, and the resource that DescribeAlarms is judged by."""
    tag_context, resource_arn = iam_actions.request_tag_context, iam_actions.extract_resource_arn

    def context(service: str, action: str, body: bytes, parameters: dict[str, Any]) -> dict[str, Any]:
        keys = tag_context(service, action, body, parameters)
        if action != "cloudwatch:PutMetricData":
            return keys
        request = json.loads(body) if body[:1] == b"{" else cbor2.loads(body)
        return {**keys, "cloudwatch:namespace": request.get("Namespace", "")}

    def resource(service: str, method: str, path: str, headers: dict[str, str], body: bytes, *rest: Any) -> str:
        if iam_actions.extract_iam_action(service, method, path, headers, body, rest[0]) == "cloudwatch:DescribeAlarms":
            return arn("cloudwatch", "alarm:*")
        return resource_arn(service, method, path, headers, body, *rest)

    iam_actions.request_tag_context = context
    iam_actions.extract_resource_arn = resource


def credentials_of_role(endpoint: str, role_arn: str, session: str) -> dict[str, str]:
    """Environment of a process that calls as a role."""
    set_request_account_id(ACCOUNT)
    set_request_region(REGION)
    # A function's credentials are a session of its role, and so are a job's.
    credentials = lambda_runtime.execution_credentials(
        {"FunctionArn": arn("lambda", f"function:{session}"), "FunctionName": session, "Role": role_arn})
    return {**credentials, "AWS_ENDPOINT_URL": endpoint, "AWS_REGION": REGION}


def client_of_role(endpoint: str, service: str, role_arn: str, session: str) -> Any:
    """A client of a service that calls as a role."""
    credentials = credentials_of_role(endpoint, role_arn, session)
    return boto3.client(
        service, endpoint_url=endpoint, region_name=REGION, config=Config(s3={"addressing_style": "path"}),
        aws_access_key_id=credentials["AWS_ACCESS_KEY_ID"], aws_secret_access_key=credentials["AWS_SECRET_ACCESS_KEY"],
        aws_session_token=credentials["AWS_SESSION_TOKEN"],
    )


def _require(caller: str, action: str, resource: str, conditions: dict[str, str]) -> None:
    denied = enforce(caller, action, "sagemaker", REGION, resource_arn=resource, service_context=conditions)
    if isinstance(denied, AuthError):
        raise ServiceError(denied.code, denied.message, 403)
    if denied is not None:
        raise ServiceError("AccessDeniedException", f"User: {denied.principal_arn} is not authorized to perform: {action} on resource: {resource}")


def _resource(request: dict[str, Any]) -> str:
    """Operations of executions name them by ARN; the action knows no resource when there is no name at all."""
    for member, kind in RESOURCES.items():
        if member in request:
            return arn("sagemaker", f"{kind}/{request[member]}")
    return next((value for name, value in request.items() if name.endswith("Arn") and name != "RoleArn"), "*")
