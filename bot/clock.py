"""The one place that reads the clock."""

import time
from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 (this is the clock)


def monotonic() -> float:
    """Seconds for measuring spans; never set back."""
    return time.monotonic()
