"""A CloudFormation type whose properties are a create call's request."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape
from ministack.core.responses import new_uuid
from ministack.services.cloudformation import provisioners

from ..service_model import input_shape

Call = Callable[[str, dict[str, Any]], dict[str, Any]]
Created = tuple[str, dict[str, str]]

NAME_LENGTH = 63


@dataclass(frozen=True)
class ApiType:
    """How a type is created, changed and deleted by its service's own operations."""

    service: str
    noun: str
    """What follows Create, Update and Delete in the operations' names."""
    name_property: str
    ref: str = "arn"
    """What Ref gives: arn or name."""
    attributes: tuple[str, ...] = ()
    """What GetAtt gives; those that end in Arn are the ARN, the others the name."""
    updatable: tuple[str, ...] = ()
    """Properties that an update call takes; a change of any other replaces the resource."""
    tags_replace: bool = False
    """Whether a change of its tags replaces the resource, too."""
    prepare: Callable[[dict[str, Any]], dict[str, Any]] = field(default=lambda properties: properties)
    """Brings properties into the API's form where the two differ."""

    def handlers(self, call: Call) -> dict[str, Any]:
        """The handlers that ministack wants."""
        def create(logical_id: str, properties: dict[str, Any], stack: str) -> Created:
            request = self._request("Create", properties)
            request.setdefault(self.name_property, provisioners._physical_name(stack, logical_id, max_len=NAME_LENGTH))
            return self._identity(request[self.name_property], call(f"Create{self.noun}", self._once("Create", request)))

        def update(physical_id: str, old: dict[str, Any], new: dict[str, Any], stack: str, logical_id: str) -> Created:
            name = physical_id.rsplit("/", 1)[-1]
            _retag(call, physical_id, old.get("Tags") or [], new.get("Tags") or [])
            changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)} - {"Tags"}
            if changed:
                known = {key: value for key, value in new.items() if key in self.updatable}
                call(f"Update{self.noun}", self._request("Update", known) | {self.name_property: name})
            return self._identity(name, {"Arn": physical_id} if self.ref == "arn" else {})

        def delete(physical_id: str, _properties: dict[str, Any]) -> None:
            call(f"Delete{self.noun}", self._once("Delete", {self.name_property: physical_id.rsplit("/", 1)[-1]}))

        return {"create": create, "update": update, "update_with_logical_id": True, "delete": delete}

    def replacing(self, properties: set[str]) -> tuple[str, ...]:
        """Which of the type's properties replace the resource when they change."""
        return tuple(sorted(properties - set(self.updatable) - (set() if self.tags_replace else {"Tags"})))

    def create_properties(self) -> set[str]:
        """Properties of the type."""
        return set(input_shape(self.service, f"Create{self.noun}").members)

    def _request(self, verb: str, properties: dict[str, Any]) -> dict[str, Any]:
        return coerced(self.prepare(dict(properties)), input_shape(self.service, f"{verb}{self.noun}"))

    def _once(self, verb: str, request: dict[str, Any]) -> dict[str, Any]:
        """The request with a token, where the operation wants one."""
        wants = "ClientRequestToken" in input_shape(self.service, f"{verb}{self.noun}").required_members
        return {"ClientRequestToken": new_uuid(), **request} if wants else request

    def _identity(self, name: str, answer: dict[str, Any]) -> Created:
        arn = next((value for key, value in answer.items() if key.endswith("Arn")), name)
        return (arn if self.ref == "arn" else name), {key: arn if key.endswith("Arn") else name for key in self.attributes}


def _retag(call: Call, resource: str, old: list[dict[str, str]], new: list[dict[str, str]]) -> None:
    if old == new or not resource.startswith("arn:"):
        return
    gone = sorted({tag["Key"] for tag in old} - {tag["Key"] for tag in new})
    if gone:
        call("DeleteTags", {"ResourceArn": resource, "TagKeys": gone})
    if new:
        call("AddTags", {"ResourceArn": resource, "Tags": new})


def coerced(value: Any, shape: Shape) -> Any:
    """A template's value as the API takes it: templates write numbers and booleans as text, too."""
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        return {key: coerced(item, shape.members[key]) if key in shape.members else item for key, item in value.items()}
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [coerced(item, shape.member) for item in value]
    if isinstance(shape, MapShape) and isinstance(value, dict):
        return {key: coerced(item, shape.value) for key, item in value.items()}
    if isinstance(value, str):
        if shape.type_name in ("integer", "long"):
            return int(value)
        if shape.type_name in ("float", "double"):
            return float(value)
        if shape.type_name == "boolean":
            return value == "true"
    return value
