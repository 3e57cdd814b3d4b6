"""What Telegram says no to: one exception, with the code and the words of the real Bot API."""

from __future__ import annotations

from typing import Any, Final


class Refused(Exception):
    """The Bot API's answer `{"ok": false, ...}`: error code (also the HTTP status) and description."""

    def __init__(self, error_code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.error_code = error_code
        self.description = description
        self.retry_after = retry_after

    @property
    def parameters(self) -> dict[str, Any] | None:
        """The `parameters` of the answer: the seconds to wait, or nothing."""
        return None if self.retry_after is None else {"retry_after": self.retry_after}

    def as_answer(self) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.error_code,
            "description": self.description,
        }
        if self.parameters is not None:
            answer["parameters"] = self.parameters
        return answer


PREFIXES: Final = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


def bad_request(reason: str) -> Refused:
    """A call that is wrong in itself: repeating it never helps."""
    return Refused(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refused:
    """A call that the other side does not want: blocked, never started."""
    return Refused(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refused:
    """Two ways of getting updates at once."""
    return Refused(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> Refused:
    """Flood control; `retry_after` in whole seconds."""
    return Refused(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def unauthorized() -> Refused:
    """A token that no bot has."""
    return Refused(401, "Unauthorized")


def not_found() -> Refused:
    """A method (or a page of the server) that does not exist."""
    return Refused(404, "Not Found")
