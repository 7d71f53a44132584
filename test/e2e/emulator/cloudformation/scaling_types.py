"""AWS::ApplicationAutoScaling::*, by moto."""

from collections.abc import Callable
from typing import Any

from ..moto_server import MotoServer
from ..service_model import input_shape, require_valid
from .api_type import Created, coerced

SERVICE = "application-autoscaling"
TARGET = ("ServiceNamespace", "ResourceId", "ScalableDimension")


def scaling_types(moto: MotoServer) -> dict[str, dict[str, Any]]:
    """Handlers of the types."""
    def call(operation: str, request: dict[str, Any]) -> dict[str, Any]:
        request = coerced(request, input_shape(SERVICE, operation))
        require_valid(SERVICE, operation, request)
        return moto.call(SERVICE, operation, request)

    def put_target(properties: dict[str, Any]) -> Created:
        call("RegisterScalableTarget", properties)
        target = "|".join(properties[name] for name in ("ResourceId", "ScalableDimension", "ServiceNamespace"))
        return target, {"Id": target}

    def put_policy(properties: dict[str, Any]) -> Created:
        target = properties.get("ScalingTargetId", "").split("|")
        named = dict(zip(("ResourceId", "ScalableDimension", "ServiceNamespace"), target)) if len(target) == 3 else {}
        request = {key: value for key, value in properties.items() if key != "ScalingTargetId"} | named
        policy = call("PutScalingPolicy", request)["PolicyARN"]
        return policy, {"Arn": policy}

    def delete_target(physical_id: str, _properties: dict[str, Any]) -> None:
        resource, dimension, namespace = physical_id.split("|")
        call("DeregisterScalableTarget", dict(zip(TARGET, (namespace, resource, dimension))))

    return {
        "AWS::ApplicationAutoScaling::ScalableTarget": _handlers(put_target, delete_target),
        # A policy goes with its target.
        "AWS::ApplicationAutoScaling::ScalingPolicy": _handlers(put_policy, lambda _physical_id, _properties: None),
    }


def _handlers(put: Callable[[dict[str, Any]], Created], delete: Callable[[str, dict[str, Any]], None]) -> dict[str, Any]:
    """Creation and update are the same call."""
    return {
        "create": lambda _logical_id, properties, _stack: put(properties),
        "update": lambda _physical_id, _old, new, _stack: put(new),
        "delete": delete,
    }
