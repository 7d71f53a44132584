"""The services' own models of their requests: what botocore knows, and does not check itself."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import botocore.session
import regex
from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape

from .errors import ServiceError


@cache
def input_shape(service: str, operation: str) -> StructureShape:
    """Shape of an operation's request.

    Raises ServiceError when the service has no such operation.
    """
    model = botocore.session.get_session().get_service_model(service)
    if operation not in model.operation_names:
        raise ServiceError("UnknownOperationException", f"{service} has no operation {operation}")
    return model.operation_model(operation).input_shape


def require_valid(service: str, operation: str, request: dict[str, Any]) -> None:
    """Refuses a request as the service would: members, types, lengths, bounds, patterns, enumerations."""
    problems = list(violations(input_shape(service, operation), request, ""))
    if problems:
        raise ServiceError("ValidationException", f"{len(problems)} validation error(s) detected: {'; '.join(problems)}")


def violations(shape: Shape, value: Any, path: str) -> Iterator[str]:
    """What is wrong with a value, in words."""
    if not isinstance(value, _PYTHON_TYPES.get(shape.type_name, object)) or (
        isinstance(value, bool) and shape.type_name != "boolean"
    ):
        yield f"Value at '{path}' must be a {shape.type_name}, got {type(value).__name__}"
        return
    yield from _bounds(shape, value, path)
    if isinstance(shape, StructureShape):
        yield from _members(shape, value, path)
    elif isinstance(shape, ListShape):
        for index, item in enumerate(value):
            yield from violations(shape.member, item, f"{path}.{index + 1}.member")
    elif isinstance(shape, MapShape):
        for key, item in value.items():
            yield from violations(shape.key, key, f"{path}.{key} (key)")
            yield from violations(shape.value, item, f"{path}.{key}")
    elif isinstance(shape, StringShape):
        yield from _text(shape, value, path)


SURROGATES = (r"\uD800\uDC00-\uDBFF\uDFFF", r"\U00010000-\U0010FFFF")
"""The models' patterns are Java's, which writes what lies beyond the basic plane in pairs."""

_PYTHON_TYPES: dict[str, Any] = {
    "structure": dict, "map": dict, "list": list, "string": str, "boolean": bool,
    "integer": int, "long": int, "float": (int, float), "double": (int, float),
}


def _members(shape: StructureShape, value: dict[str, Any], path: str) -> Iterator[str]:
    prefix = f"{path}." if path else ""
    for name in shape.required_members:
        if value.get(name) is None:
            yield f"Value at '{prefix}{name}' must not be null"
    for name, item in value.items():
        if name not in shape.members:
            yield f"'{prefix}{name}' is unknown to {shape.name}"
        elif item is not None:
            yield from violations(shape.members[name], item, f"{prefix}{name}")


def _bounds(shape: Shape, value: Any, path: str) -> Iterator[str]:
    size = len(value) if shape.type_name in ("string", "list", "map", "blob") else value
    noun = "have length" if shape.type_name in ("string", "list", "map", "blob") else "be"
    if not isinstance(size, (int, float)) or isinstance(size, bool):
        return
    minimum, maximum = shape.metadata.get("min"), shape.metadata.get("max")
    if minimum is not None and size < minimum:
        yield f"Value at '{path}' must {noun} at least {minimum}, got {size}"
    if maximum is not None and size > maximum:
        yield f"Value at '{path}' must {noun} at most {maximum}, got {size}"


def _text(shape: StringShape, value: str, path: str) -> Iterator[str]:
    if shape.enum and value not in shape.enum:
        yield f"Value '{value}' at '{path}' is none of its {len(shape.enum)} values"
    pattern = shape.metadata.get("pattern")
    if pattern is not None and not regex.fullmatch(pattern.replace(*SURROGATES), value):
        yield f"Value '{value}' at '{path}' does not match {pattern}"
