"""Whether anything still happens."""

import json
import threading
import time
from collections.abc import Callable
from typing import Any

from ministack.services import lambda_svc, sqs

from .clock import Clock

QUIET_SECONDS = 0.4
POLL_SECONDS = 0.05

# What Python throws, and no function of JavaScript: the emulator could not run it, or not find its worker.
OWN_ERROR = "RuntimeError"
# AWS, too, runs a function once more that it failed to run itself.
ATTEMPTS = 3


class Activity:
    """Counts invocations of functions, and looks at jobs and queues."""

    def __init__(self, clock: Clock, jobs_run: Callable[[], bool]) -> None:
        self._clock = clock
        self._jobs_run = jobs_run
        self._invocations = 0
        self._failures: list[str] = []
        self._lock = threading.Lock()
        self._execute = lambda_svc._execute_function
        lambda_svc._execute_function = self._counted

    def wait_for_quiet(self, seconds: float) -> bool:
        """Waits until nothing has happened for a moment; False when it goes on for longer than that."""
        limit, quiet_since = time.monotonic() + seconds, time.monotonic()
        while time.monotonic() < limit:
            if self._busy():
                quiet_since = time.monotonic()
            elif time.monotonic() - quiet_since >= QUIET_SECONDS:
                return True
            time.sleep(POLL_SECONDS)
        return False

    def take_failures(self) -> list[str]:
        """What functions threw since this was last asked; nobody else would hear of it who invokes them by an event."""
        failures, self._failures = self._failures, []
        return failures

    def _busy(self) -> bool:
        return self._invocations > 0 or self._jobs_run() or self._messages_wait() or bool(lambda_svc._esm_inflight)

    def _messages_wait(self) -> bool:
        """Whether a message lies ready that a function will be given."""
        sources = {mapping.get("EventSourceArn") for *_scope, mapping in lambda_svc._iter_all_esms()}
        return any(
            message["visible_at"] <= self._clock.now()
            for queue in list(sqs._queues._data.values()) if queue["attributes"]["QueueArn"] in sources
            for message in queue["messages"]
        )

    def _counted(self, *arguments: Any, **options: Any) -> Any:
        with self._lock:
            self._invocations += 1
        try:
            result = self._run(*arguments, **options)
            if result.get("error"):
                self._failures.append(json.dumps(result.get("body"), default=str))
            return result
        finally:
            with self._lock:
                self._invocations -= 1

    def _run(self, *arguments: Any, **options: Any) -> Any:
        for _ in range(ATTEMPTS):
            result = self._execute(*arguments, **options)
            body = result.get("body")
            if not (result.get("error") and isinstance(body, dict) and body.get("errorType") == OWN_ERROR):
                break
        return result
