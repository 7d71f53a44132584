"""AWS::SageMaker::*"""

import json
from typing import Any

from .api_type import ApiType


def _definition_as_text(properties: dict[str, Any]) -> dict[str, Any]:
    """The type wraps the definition, the API takes its text."""
    definition = properties.get("PipelineDefinition")
    if isinstance(definition, dict):
        properties["PipelineDefinition"] = definition.get("PipelineDefinitionBody") or json.dumps(definition)
    return properties


SAGEMAKER_TYPES = {
    "AWS::SageMaker::Model": ApiType("sagemaker", "Model", "ModelName", attributes=("ModelName",)),
    "AWS::SageMaker::EndpointConfig": ApiType("sagemaker", "EndpointConfig", "EndpointConfigName", attributes=("EndpointConfigName",)),
    "AWS::SageMaker::Endpoint": ApiType(
        "sagemaker", "Endpoint", "EndpointName", attributes=("EndpointArn", "EndpointName"), updatable=("EndpointConfigName",)),
    "AWS::SageMaker::ModelPackageGroup": ApiType(
        "sagemaker", "ModelPackageGroup", "ModelPackageGroupName", attributes=("ModelPackageGroupArn",)),
    "AWS::SageMaker::Pipeline": ApiType(
        "sagemaker", "Pipeline", "PipelineName", ref="name", prepare=_definition_as_text,
        updatable=("PipelineDefinition", "PipelineDescription", "PipelineDisplayName", "RoleArn", "ParallelismConfiguration")),
    "AWS::SageMaker::MonitoringSchedule": ApiType(
        "sagemaker", "MonitoringSchedule", "MonitoringScheduleName", attributes=("MonitoringScheduleArn",),
        updatable=("MonitoringScheduleConfig",)),
    **{
        f"AWS::SageMaker::{kind}JobDefinition": ApiType(
            "sagemaker", f"{kind}JobDefinition", "JobDefinitionName", attributes=("JobDefinitionArn",), tags_replace=True)
        for kind in ("DataQuality", "ModelQuality", "ModelBias", "ModelExplainability")
    },
}
"""How each is made by its API."""
