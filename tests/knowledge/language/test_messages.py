"""The sentences of the interface: how they are written down, refused and put together."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from knowledge.language.errors import MessageError, MissingMessage
from knowledge.language.languages import Language
from knowledge.language.messages import Messages
from knowledge.language.money import Money

DE, EN = Language.DE, Language.EN

GERMAN = """
greeting: "Hallo {name}"
braces: "{{so}}"
value: "{x}"
tasks:
  due:
    one: "Eine Aufgabe bei {customer}"
    other: "{n} Aufgaben bei {customer}"
"""
ENGLISH = """
greeting: "Hello {name}"
braces: "{{so}}"
value: "{x}"
tasks:
  due:
    one: "One task with {customer}"
    other: "{n} tasks with {customer}"
"""


def write(folder: Path, german: str, english: str) -> Path:
    for language, text in ((DE, german), (EN, english)):
        (folder / language).mkdir(exist_ok=True)
        (folder / language / "messages.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def messages(tmp_path: Path) -> Messages:
    return Messages.load(write(tmp_path, GERMAN, ENGLISH))


def test_a_sentence_is_found_by_its_dotted_key_in_the_asked_language(messages: Messages) -> None:
    assert messages.text("greeting", DE, name="Sabine") == "Hallo Sabine"
    assert messages.text("greeting", EN, name="Sabine") == "Hello Sabine"
    assert messages.text("braces", DE) == "{so}"


@pytest.mark.parametrize(
    ("n", "german", "english"),
    [
        (1, "Eine Aufgabe bei Muster", "One task with Muster"),
        (0, "0 Aufgaben bei Muster", "0 tasks with Muster"),
        (2, "2 Aufgaben bei Muster", "2 tasks with Muster"),
        (1200, "1.200 Aufgaben bei Muster", "1,200 tasks with Muster"),
    ],
)
def test_the_plural_follows_the_number(messages: Messages, n: int, german: str, english: str) -> None:
    assert messages.text("tasks.due", DE, n=n, customer="Muster") == german
    assert messages.text("tasks.due", EN, n=n, customer="Muster") == english


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        (12500, "12.500", "12,500"),
        (Decimal("12.50"), "12,5", "12.5"),
        (Money(Decimal(12500), "EUR"), "12.500\u00a0€", "€12,500"),
        (date(2026, 11, 20), "Fr., 20.11.2026", "Fri, 20 Nov 2026"),
        (time(9, 5), "09:05", "09:05"),
        ("12500", "12500", "12500"),
        (Language.DE, "de", "de"),
        ("{name}", "{name}", "{name}"),
    ],
)
def test_parameters_are_written_by_their_type(messages: Messages, value: Any, german: str, english: str) -> None:
    assert messages.text("value", DE, x=value) == german
    assert messages.text("value", EN, x=value) == english


@pytest.mark.parametrize("value", [1.5, True, None, datetime(2026, 11, 20, tzinfo=UTC)])
def test_a_parameter_whose_look_is_unclear_is_refused(messages: Messages, value: Any) -> None:
    with pytest.raises(TypeError, match="parameter 'x' of message 'value'"):
        messages.text("value", DE, x=value)


def test_a_missing_key_or_parameter_is_our_mistake_and_names_itself(messages: Messages) -> None:
    with pytest.raises(MissingMessage, match=re.escape("no message 'tasks'")):
        messages.text("tasks", DE)
    with pytest.raises(MissingMessage, match="needs the parameter 'name'"):
        messages.text("greeting", DE)
    with pytest.raises(MissingMessage, match="needs the parameter 'n'"):
        messages.text("tasks.due", DE, customer="Muster")
    with pytest.raises(TypeError, match="'n' of message"):
        messages.text("tasks.due", DE, n="2", customer="Muster")
    with pytest.raises(MissingMessage, match="no message"):
        messages.placeholders("tasks")


def test_keys_and_placeholders_can_be_listed(messages: Messages) -> None:
    assert messages.keys() == {"greeting", "braces", "value", "tasks.due"}
    assert messages.placeholders("tasks.due") == {"n", "customer"}


def test_a_group_may_have_an_entry_named_other(tmp_path: Path) -> None:
    group = 'reason:\n  price: "a"\n  other: "b"\n'
    assert Messages.load(write(tmp_path, group, group)).keys() == {"reason.price", "reason.other"}


@pytest.mark.parametrize(
    ("german", "english", "complaint"),
    [
        ('a: "x"\nb: "y"', 'a: "x"', "en/messages.yaml: b is missing; .*de/messages.yaml has it"),
        ('a: "x"', 'a: "x"\nb: "y"', "de/messages.yaml: b is missing"),
        ('a: "{x}"', 'a: "{y}"', r"a has the placeholders \['y'\], .* has \['x'\]"),
        ("a: 1", 'a: "x"', "de/messages.yaml: a is 1, not a sentence"),
        ("a: {}", 'a: "x"', "a is {}, not a sentence"),
        ('g:\n  yes: "x"', 'g:\n  yes: "x"', "key g.True is no plain name; put it in quotes"),
        ('"a.b": "x"', 'a: "x"', "without a dot"),
        ('a: ""', 'a: "x"', "a is empty"),
        ('a: "{x"', 'a: "x"', "de/messages.yaml: a: .*write {name}"),
        ('a: "{x:>3}"', 'a: "x"', "a placeholder is a plain name"),
        ('a: "{}"', 'a: "x"', "a placeholder is a plain name"),
        ('a: "x"\na: "y"', 'a: "x"', "'a' stands twice"),
        ("a: [", 'a: "x"', "no valid YAML"),
        ("- a", 'a: "x"', "holds no mapping"),
        ('a:\n  one: "x"\n  other: 2', 'a: "x"', "a.other is 2, not a sentence"),
    ],
)
def test_a_wrong_file_is_refused_with_file_key_and_remedy(
    tmp_path: Path, german: str, english: str, complaint: str
) -> None:
    with pytest.raises(MessageError, match=complaint):
        Messages.load(write(tmp_path, german, english))


def test_every_language_needs_its_file(tmp_path: Path) -> None:
    folder = write(tmp_path, 'a: "x"', 'a: "x"')
    (folder / "en" / "messages.yaml").unlink()
    with pytest.raises(MessageError, match="every language needs this file"):
        Messages.load(folder)
