"""The time that the emulated services live in."""

import time
from types import ModuleType
from typing import Any


HOUR = 3600.0
HALF_HOUR = HOUR / 2


class Clock:
    """Time that a test moves on: an hour of monitoring is not waited for.

    It begins at half past an hour, so that the same schedules are met whenever the tests are run.
    """

    def __init__(self) -> None:
        self._skipped = HALF_HOUR - time.time() % HOUR

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time() + self._skipped

    def skip_to(self, instant: float) -> None:
        """Moves on to an instant; time does not run backwards."""
        self._skipped += max(0.0, instant - self.now())


class ClockedTime(ModuleType):
    """Stands in for the module `time` inside of a service, so that the service lives by the clock."""

    def __init__(self, clock: Clock) -> None:
        super().__init__("time")
        self._clock = clock

    def time(self) -> float:
        """What `time.time()` is there."""
        return self._clock.now()

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)
