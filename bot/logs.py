"""Logging: a constant event name plus fields, ids only. No names, no texts, never the token.

Two things are kept out because they carry what people wrote: what libraries say below a warning (SQLAlchemy logs rows,
HTTP clients log addresses that hold the token), and the words of exceptions, of which only types and places are told.
"""

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import structlog

OURS: Final = "bot"
"""The package whose loggers obey LOG_LEVEL."""

_HOUSE: Final = Path(__file__).resolve().parent.parent
_QUOTED: Final = re.compile(r"""(["']).*\1""", re.DOTALL)


def set_up_logging(level: str, log_format: str) -> None:
    """Sends structlog's and the libraries' records to stderr in one form."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_words,
    ]
    renderer: structlog.typing.Processor
    if log_format == "json":
        renderer = structlog.processors.JSONRenderer()
    else:
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level.upper()]))
    logging.getLogger(OURS).setLevel(level.upper())
    # PTB tells each 429 as an error with its way through the code; delivery handles it and says so in a line.
    logging.getLogger("telegram.ext.AIORateLimiter").setLevel(logging.CRITICAL)


def without_words(_logger: Any, _method: str, entry: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Takes out of a record what may hold somebody's words.

    An exception becomes its types and places, a reason that Telegram gave loses what it quotes, and of a library's
    message of several lines (asyncio shows the exception in the second) the first line stays.
    """
    error = _error_in(entry.pop("exc_info", None))
    if error is not None:
        entry["exception"] = "\n".join(_told(error))
    if "reason" in entry:
        entry["reason"] = _QUOTED.sub("…", str(entry["reason"]))
    entry["event"] = str(entry["event"]).partition("\n")[0]
    return entry


def _error_in(exc_info: Any) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    found = exc_info if isinstance(exc_info, tuple) else sys.exc_info() if exc_info else ()
    return found[1] if found else None


def _told(error: BaseException) -> Iterator[str]:
    """An exception without its message: its causes first, each with its type and the way it took through the code."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _told(before)
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from _told(part)


def _short(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(_HOUSE)) if path.is_relative_to(_HOUSE) else "/".join(path.parts[-2:])
