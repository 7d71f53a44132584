"""Refusals that a test has asked for."""

from collections import defaultdict, deque

from .errors import ServiceError


class Faults:
    """For each operation the errors that its next calls get."""

    def __init__(self) -> None:
        self._planned: dict[str, deque[ServiceError]] = defaultdict(deque)

    def plan(self, operation: str, code: str, message: str, times: int) -> None:
        """Makes the next calls of an operation fail."""
        self._planned[operation].extend(ServiceError(code, message) for _ in range(times))

    def raise_next(self, operation: str) -> None:
        """Raises what is planned for this call."""
        if self._planned[operation]:
            raise self._planned[operation].popleft()
