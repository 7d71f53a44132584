"""SageMaker's runtime: an endpoint is asked, and a model of this machine answers."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from urllib.parse import unquote

from ..authorization import require_allowed
from ..errors import ServiceError

PATH = re.compile(r"^/endpoints/([^/]+)/invocations$")


class Runtime:
    """Every endpoint has the same model."""

    def __init__(self, endpoint_exists: Callable[[str], bool]) -> None:
        self._endpoint_exists = endpoint_exists
        self.invocations: str | None = None
        """URL of the model's own server."""

    def invoke(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        """Asks, as far as the caller may."""
        name = self._endpoint_name(path)
        require_allowed(headers, "InvokeEndpoint", {"EndpointName": name})
        if self.invocations is None:
            raise ServiceError("ModelError", "The emulator has no model: tell it where one serves.", 424)
        asked = {header: headers[header] for header in ("content-type", "accept") if header in headers}
        request = urllib.request.Request(self.invocations, data=body, headers=asked, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return 200, {"Content-Type": answer.headers["Content-Type"]}, answer.read()
        except urllib.error.HTTPError as error:
            raise ServiceError("ModelError", f"Received error ({error.code}) from model: {error.read().decode()}", 424) from error

    def _endpoint_name(self, path: str) -> str:
        match = PATH.match(path)
        name = unquote(match.group(1)) if match else path
        if match is None or not self._endpoint_exists(name):
            raise ServiceError("ValidationError", f"Endpoint {name} not found.")
        return name
