"""What a service answers when it refuses."""

import json


class ServiceError(Exception):
    """A refusal with the code and the words that an SDK shows."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status

    def json_body(self) -> bytes:
        """As services with a JSON protocol send it."""
        return json.dumps({"__type": self.code, "message": self.message}).encode()
