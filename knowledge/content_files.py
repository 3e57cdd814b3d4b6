"""Reads content files. Every value is text, a list or a mapping; what it shall be is for the models to say.

So `off:` is a key and `No` a word (YAML 1.1 takes both for truth values), `12:30` is no number of minutes, and no
tag makes anything else of it. What a content file never needs is refused: links inside a file, deep nesting, a
second document.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from knowledge.faults import ContentError

MAX_BYTES: Final = 1_000_000
"""Of one file."""

_DEEPEST: Final = 12
"""Levels of nesting; the content needs six. libyaml itself ends the process at some hundred thousand."""

_NOTHING: Final = frozenset({"", "~", "null"})

# The one written in C is seven times as fast, and content is read at each start.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(file: Path) -> Any:
    """What stands in a file: text, None, lists and mappings. Raises ContentError naming the file and the line."""
    text = read_text(file)
    try:
        return _value(text)
    except _Unreadable as error:
        raise ContentError(f"{file}, line {error.line}: {error.reason}") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = " ".join(str(part) for part in (error.context, error.problem) if part)
        raise ContentError(f"{file}{f', line {mark.line + 1}' if mark else ''}: is no valid YAML: {reason}") from error
    except yaml.YAMLError as error:
        raise ContentError(f"{file}: is no valid YAML: {' '.join(str(error).split())}") from error


def read_text(file: Path) -> str:
    """A text file as UTF-8, with or without a byte order mark. Raises ContentError."""
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise ContentError(f"{file}: is larger than {MAX_BYTES // 1_000_000} MB; spread it over several files")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise ContentError(f"{file}: can't be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ContentError(f"{file}: is no UTF-8 text") from error


class _Unreadable(Exception):
    def __init__(self, event: yaml.Event, reason: str) -> None:
        super().__init__(reason)
        self.line = event.start_mark.line + 1 if event.start_mark else 0
        self.reason = reason


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read, with the key whose value comes next."""

    value: dict[str, Any] | list[Any]
    key: str | None = None

    def expects_key(self) -> bool:
        return isinstance(self.value, dict) and self.key is None

    def take(self, value: Any) -> None:
        if isinstance(self.value, list):
            self.value.append(value)
        elif self.key is not None:
            self.value[self.key], self.key = value, None


def _value(text: str) -> Any:
    """Builds from the stream of events: no recursion, nothing is built that a link could multiply."""
    documents_read: list[Any] = []
    stack = [_Open(documents_read)]
    documents = 0
    for event in yaml.parse(text, _LOADER):
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _Unreadable(event, "a second document (---) begins; expected one")
        elif isinstance(event, yaml.AliasEvent):
            raise _Unreadable(event, f"*{event.anchor} stands for other text; write that text out")
        elif isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            _take(event, stack)
    return documents_read[0] if documents_read else None


def _take(event: yaml.ScalarEvent | yaml.CollectionStartEvent, stack: list[_Open]) -> None:
    inner = stack[-1]
    if event.tag not in (None, "!"):
        raise _Unreadable(event, f"the tag {event.tag} is not used here; take it out")
    if inner.expects_key():
        if not isinstance(event, yaml.ScalarEvent):
            raise _Unreadable(event, "expected a name before the colon")
        if event.value in inner.value:
            raise _Unreadable(event, f"'{event.value}' stands twice; keep one")
        inner.key = event.value
    elif isinstance(event, yaml.ScalarEvent):
        plain = event.implicit[0]  # not in quotes
        inner.take(None if plain and event.value in _NOTHING else event.value)
    else:
        if len(stack) > _DEEPEST:
            raise _Unreadable(event, f"is nested more than {_DEEPEST} levels deep")
        made: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        inner.take(made)
        stack.append(_Open(made))
