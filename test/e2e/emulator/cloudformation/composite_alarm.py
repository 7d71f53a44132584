"""AWS::CloudWatch::CompositeAlarm, by ministack's own PutCompositeAlarm."""

from typing import Any

from ministack.services import cloudwatch
from ministack.services.cloudformation import provisioners

from ..account import arn
from ..service_model import require_valid
from .api_type import Created


def _put(name: str, properties: dict[str, Any]) -> Created:
    request = {key: value for key, value in properties.items() if key != "Tags"} | {"AlarmName": name}
    require_valid("cloudwatch", "PutCompositeAlarm", request)
    status, _headers, body = cloudwatch._put_composite_alarm({}, request, False, True)
    if status != 200:
        raise ValueError(body.decode())
    return name, {"Arn": arn("cloudwatch", f"alarm:{name}")}


def _create(logical_id: str, properties: dict[str, Any], stack: str) -> Created:
    return _put(properties.get("AlarmName") or provisioners._physical_name(stack, logical_id, max_len=255), properties)


def _update(physical_id: str, _old: dict[str, Any], new: dict[str, Any], _stack: str) -> Created:
    return _put(physical_id, new)


def _delete(physical_id: str, _properties: dict[str, Any]) -> None:
    cloudwatch._composite_alarms.pop(physical_id, None)


COMPOSITE_ALARM: dict[str, dict[str, Any]] = {"AWS::CloudWatch::CompositeAlarm": {"create": _create, "update": _update, "delete": _delete}}
"""Its handlers."""
