"""What a test asks of the emulator itself: `POST /_emulator/<what>`."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from .activity import Activity
from .clock import Clock
from .cloudwatch.alarms import Alarms
from .faults import Faults
from .sagemaker.model_monitor import ModelMonitor
from .sagemaker.pipeline_executions import PipelineExecutions
from .sagemaker.runtime import Runtime
from .scheduler import Schedules

PREFIX = "/_emulator/"


class Control:
    """Moves the clock, plans refusals and outcomes."""

    def __init__(
        self, clock: Clock, schedules: Schedules, alarms: Alarms, executions: PipelineExecutions, faults: Faults, activity: Activity,
        runtime: Runtime, model_monitor: ModelMonitor,
    ) -> None:
        self._clock = clock
        self._schedules = schedules
        self._alarms = alarms
        self._executions = executions
        self._faults = faults
        self._activity = activity
        self._runtime = runtime
        self._commands: dict[str, Callable[..., dict[str, Any]]] = {
            "now": self._now, "skip": self._skip, "fault": self._fault, "outcome": self._outcome, "settle": self._settle,
            "serve": self._serve,
            "begin-execution": model_monitor.begin, "run-job": model_monitor.run_job, "conclude-execution": model_monitor.conclude,
        }

    async def handle(self, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
        """Does what is asked."""
        command = self._commands.get(path.removeprefix(PREFIX))
        if command is None:
            return 404, {"message": f"The emulator knows {', '.join(self._commands)}."}
        return 200, await asyncio.to_thread(command, **json.loads(body or b"{}"))

    def _now(self) -> dict[str, Any]:
        return {"now": self._clock.now()}

    def _skip(self, to: float) -> dict[str, Any]:
        """Moves on; what is due on the way happens at its time."""
        for instant, schedule in self._schedules.due(self._clock.now(), to):
            self._pass(instant)
            self._schedules.deliver(instant, schedule)
        self._pass(to)
        return self._now()

    def _settle(self, seconds: float) -> dict[str, Any]:
        """Waits until everything that was set off has come to its end, and tells what failed of it."""
        return {"quiet": self._activity.wait_for_quiet(seconds), "failures": self._activity.take_failures()}

    def _pass(self, instant: float) -> None:
        self._clock.skip_to(instant)
        self._alarms.evaluate()
        self._executions.settle()

    def _fault(self, operation: str, code: str, message: str, times: int) -> dict[str, Any]:
        self._faults.plan(operation, code, message, times)
        return {}

    def _serve(self, invocations: str) -> dict[str, Any]:
        """Where the model of all endpoints serves."""
        self._runtime.invocations = invocations
        return {}

    def _outcome(self, status: str) -> dict[str, Any]:
        """How the next pipeline execution ends."""
        self._executions.next_outcome = status
        return {}


def with_control(app: Callable[..., Awaitable[None]], control: Control) -> Any:
    """An ASGI application that answers for the control, and hands everything else on."""
    async def answer(scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            # The loopback stands for TLS, which the buckets' policies demand.
            await app({**scope, "scheme": "https"}, receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        status, content = await control.handle(scope["path"], body)
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": json.dumps(content).encode()})
    return answer
