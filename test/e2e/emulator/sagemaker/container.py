"""A job's container: its files come from S3, its process is the analyzer itself or plays AWS' image, its outputs go to S3."""

import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlparse

from .processing_jobs import ProcessingJob

MOUNT = PurePosixPath("/opt/ml")
EXIT_MESSAGE_BYTES = 1024
POLL_SECONDS = 0.05
METRICS_PER_CALL = 1000


@dataclass(frozen=True)
class ContainerEnd:
    """How a container ended."""

    status: str
    exit_message: str | None = None
    failure_reason: str | None = None


@dataclass(frozen=True)
class Commands:
    """What runs in a container."""

    analyzer: list[str]
    managed: list[str]
    """Of the managed service's jobs."""


class Container:
    """Runs the program of a job, on files in a folder that stands for /opt/ml."""

    def __init__(
        self, client_of_role: Callable[[str, str, str], Any], credentials_of_role: Callable[[str, str], dict[str, str]], commands: Commands,
    ) -> None:
        self._client_of_role = client_of_role
        self._credentials_of_role = credentials_of_role
        self._commands = commands
        # The service lays a manifest's objects by their whole key or by what follows the prefix: tests meet both in turn.
        self._whole_key = itertools.cycle((False, True))

    def run(self, job: ProcessingJob) -> ContainerEnd:
        """Runs it to its end."""
        root = Path(tempfile.mkdtemp(prefix="processing-job-"))
        try:
            s3 = self._client_of_role("s3", job.request["RoleArn"], job.name)
            self._download(s3, job.request, root)
            end = self._execute(job, root)
            _upload(s3, job.request, root)
            if job.managed is not None and end.status == "Completed":
                _publish(self._client_of_role("cloudwatch", job.request["RoleArn"], job.name), job.managed.namespace, root)
            return end
        finally:
            shutil.rmtree(root, ignore_errors=True)

    def _download(self, s3: Any, request: dict[str, Any], root: Path) -> None:
        _write(root / "config" / "processingjobconfig.json", json.dumps(request).encode())
        whole_key = next(self._whole_key)
        for item in request.get("ProcessingInputs", []):
            source = item["S3Input"]
            folder = _local(root, source["LocalPath"])
            folder.mkdir(parents=True, exist_ok=True)
            for bucket, key, relative in _objects(s3, source, whole_key):
                _write(folder / relative, s3.get_object(Bucket=bucket, Key=key)["Body"].read())

    def _execute(self, job: ProcessingJob, root: Path) -> ContainerEnd:
        log = root / "container.log"
        command = self._commands.analyzer if job.managed is None else self._commands.managed
        limit = time.monotonic() + job.request.get("StoppingCondition", {}).get("MaxRuntimeInSeconds", 86400)
        with log.open("wb") as stderr:
            process = subprocess.Popen(
                [*command, "--root", str(root)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stderr,
                env={"PATH": os.environ["PATH"], **self._credentials(job), **job.request.get("Environment", {})},
            )
            while process.poll() is None and not job.stopped.is_set() and time.monotonic() < limit:
                time.sleep(POLL_SECONDS)
            overdue = process.poll() is None
            if overdue:
                process.kill()
                process.wait()
        message = _exit_message(root)
        if job.stopped.is_set():
            return ContainerEnd("Stopped", message)
        if overdue:
            return ContainerEnd("Stopped", message, "ClientError: MaxRuntimeExceeded")
        if process.returncode == 0:
            return ContainerEnd("Completed", message)
        last = (log.read_text(errors="replace").strip().splitlines() or [""])[-1]
        return ContainerEnd("Failed", message, f"AlgorithmError: {last}, exit code: {process.returncode}")

    def _credentials(self, job: ProcessingJob) -> dict[str, str]:
        """An isolated container reaches nobody."""
        isolated = job.request.get("NetworkConfig", {}).get("EnableNetworkIsolation", False)
        return {} if isolated else self._credentials_of_role(job.request["RoleArn"], job.name)


def _objects(s3: Any, source: dict[str, Any], whole_key: bool) -> Iterator[tuple[str, str, str]]:
    """Bucket, key and local path of each object of an input."""
    bucket, key = _location(source["S3Uri"])
    if source["S3DataType"] == "ManifestFile":
        head, *names = json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
        bucket, prefix = _location(head["prefix"])
        for name in names:
            yield bucket, f"{prefix}{name}", f"{prefix}{name}" if whole_key else name
        return
    found = False
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=key):
        for item in page.get("Contents", []):
            found = True
            yield bucket, item["Key"], item["Key"].removeprefix(key).lstrip("/") or PurePosixPath(key).name
    if not found:
        raise FileNotFoundError(f"No S3 objects found under S3 URL \"{source['S3Uri']}\"")


def _upload(s3: Any, request: dict[str, Any], root: Path) -> None:
    config = request.get("ProcessingOutputConfig", {})
    key = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": config["KmsKeyId"]} if "KmsKeyId" in config else {}
    for output in config.get("Outputs", []):
        target = output["S3Output"]
        bucket, prefix = _location(target["S3Uri"])
        folder = _local(root, target["LocalPath"])
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            s3.put_object(Bucket=bucket, Key=f"{prefix}/{file.relative_to(folder).as_posix()}", Body=file.read_bytes(), **key)


def _publish(cloudwatch: Any, namespace: str, root: Path) -> None:
    """What the container measured, the managed service publishes in the name of the job's role."""
    files = sorted((root / "output" / "metrics" / "cloudwatch").glob("*"))
    records = [json.loads(line) for file in files for line in file.read_text().splitlines()]
    for first in range(0, len(records), METRICS_PER_CALL):
        cloudwatch.put_metric_data(Namespace=namespace, MetricData=records[first:first + METRICS_PER_CALL])


def _location(uri: str) -> tuple[str, str]:
    parts = urlparse(uri)
    return parts.netloc, parts.path.lstrip("/")


def _local(root: Path, container_path: str) -> Path:
    return root / PurePosixPath(container_path).relative_to(MOUNT)


def _write(file: Path, body: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)


def _exit_message(root: Path) -> str | None:
    file = root / "output" / "message"
    return file.read_text()[:EXIT_MESSAGE_BYTES] if file.is_file() else None
