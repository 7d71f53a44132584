"""A moto server: SageMaker's resources that only have to be there, and Application Auto Scaling."""

import json
import logging
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from moto.server import ThreadedMotoServer

from .account import ACCOUNT, REGION
from .errors import ServiceError


class MotoServer:
    """A moto server on a free port of this machine, and its callers."""

    def __init__(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        host, port = self._server.get_host_and_port()
        self._endpoint = f"http://{host}:{port}"
        self._clients: dict[str, Any] = {}

    def call(self, service: str, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """Calls an operation with a request that is known to be valid."""
        try:
            answer = self._client(service)._make_api_call(operation, request)
        except ClientError as error:
            raise ServiceError(error.response["Error"]["Code"], error.response["Error"]["Message"]) from error
        return json.loads(json.dumps({k: v for k, v in answer.items() if k != "ResponseMetadata"}, default=_epoch))

    def _client(self, service: str) -> Any:
        if service not in self._clients:
            self._clients[service] = boto3.client(
                service, endpoint_url=self._endpoint, region_name=REGION, aws_access_key_id=ACCOUNT,
                aws_secret_access_key="local", config=Config(retries={"max_attempts": 0}, parameter_validation=False),
            )
        return self._clients[service]


def _epoch(value: Any) -> float:
    """Times are seconds since the epoch in JSON protocols."""
    return value.timestamp()
