"""The sentences of the interface and the code that says them keep to each other: none is missing, none is left over.

Read from the code itself: each string that is a key or, put together with `f"…"`, may become one. Storage says
nothing; its dotted names are columns.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.language.messages import Language, Messages

HOUSE = Path(__file__).parents[2]
SPEAKING = [
    file
    for room in ("bot", "dialogs", "knowledge")
    for file in sorted((HOUSE / room).rglob("*.py"))
    if HOUSE / "bot" / "storage" not in file.parents
]

ALIKE_OR_NEVER_ONE = {
    "bab.line.too_many", "customers.list.found", "export.picture.weeks", "form.centres_too_many", "form.name_too_long",
    "form.words_too_long", "hardship.without_who", "objection_help.helped", "opening.name_too_long", "privacy.costings",
}  # fmt: skip
"""Their noun is the same for one and for many, or their number is a limit of ours."""

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


def test_a_noun_behind_a_number_has_a_singular(messages: Messages, keys: list[str]) -> None:
    """German nouns are seen by their capital; 'Verkaufszyklus: 1 Tage' would be one without."""
    same = set()
    for key in keys:
        values: dict[str, str | int] = dict.fromkeys(messages.placeholders(key), "x")
        if "n" in values:
            one, two = (messages.text(key, Language.DE, **{**values, "n": n}) for n in (1, 2))
            if set(re.findall(r"\b1 ([A-ZÄÖÜ]\w+)", one)) & set(re.findall(r"\b2 ([A-ZÄÖÜ]\w+)", two)):
                same.add(key)
    assert same == ALIKE_OR_NEVER_ONE
