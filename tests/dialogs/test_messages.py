"""The sentences of the interface and the code that says them keep to each other: none is missing, none is left over.

Read from the code itself: each string that is a key or, put together with `f"…"`, may become one. Storage says
nothing; its dotted names are columns.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.language.messages import Messages

HOUSE = Path(__file__).parents[2]
SPEAKING = [
    file
    for room in ("bot", "dialogs", "knowledge")
    for file in sorted((HOUSE / room).rglob("*.py"))
    if HOUSE / "bot" / "storage" not in file.parents
]

_DOTTED = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")
_PART = "[a-z_]+"
"""What stands for a value in a key that is put together."""


def groups_of(keys: list[str]) -> frozenset[str]:
    """The first parts of the keys."""
    return frozenset(key.partition(".")[0] for key in keys)


def said_in(file: Path, groups: frozenset[str]) -> Iterator[tuple[int, str]]:
    """(line, pattern) of every string that reads like the key of a message in one of these groups."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
            sample = "".join("x" if part is None else str(part) for part in parts)
            pattern = "".join(_PART if part is None else re.escape(str(part)) for part in parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            sample, pattern = node.value, re.escape(node.value)
        else:
            continue
        if _DOTTED.fullmatch(sample) and not sample.endswith(".yaml") and sample.partition(".")[0] in groups:
            yield node.lineno, pattern


@pytest.fixture(scope="module")
def keys(messages: Messages) -> list[str]:
    return sorted(messages.keys())


@pytest.mark.parametrize("file", SPEAKING, ids=lambda file: str(file.relative_to(HOUSE)))
def test_every_sentence_that_is_said_stands_in_the_messages(file: Path, keys: list[str]) -> None:
    missing = [
        f"line {line}: {pattern}"
        for line, pattern in said_in(file, groups_of(keys))
        if not any(re.fullmatch(pattern, key) for key in keys)
    ]
    assert missing == []


def test_no_sentence_is_left_that_nobody_says(keys: list[str]) -> None:
    patterns = {pattern for file in SPEAKING for _, pattern in said_in(file, groups_of(keys))}
    said = re.compile("|".join(sorted(patterns)))
    assert [key for key in keys if not said.fullmatch(key)] == []
