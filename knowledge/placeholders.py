"""Placeholders in sentences to say: filled from the open conversation, and never left over.

A wording with a placeholder always has a second one that reads well when nothing is known, because a German
sentence can't be mended by a substitute word (cases, articles).
"""

import re
from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

PLACEHOLDERS = ("customer", "product", "price", "benefit")
"""What a sentence may name: the customer's name, the product, its price with currency, the benefit that counts."""

MAX_SAID = 240
"""Characters of a sentence to say with its placeholders filled (a copy button takes 256)."""

MAX_WORDS = 30
"""Words that a seller says in one breath; a placeholder counts as one."""

_MAX_VALUE = 32
_NAMED = re.compile(r"\{(\w*)\}")
_BRACE = re.compile(r"\{[^{}]*\}?|\}")


def no_braces(text: str) -> str:
    """The text itself; raises ValueError where a placeholder would be left over in it: misspelt, or never filled in."""
    if found := _BRACE.search(text):
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise ValueError(f"{found[0]} would be said as it stands; filled in are {known}, in sentences with 'otherwise'")
    return text


def one_thought(said: str) -> str:
    """The sentence itself; raises ValueError for one that takes more than a breath or asks more than one thing."""
    if (words := len(said.split())) > MAX_WORDS:
        raise ValueError(f"at most {MAX_WORDS} words, these are {words}; nobody says more in one breath")
    if said.count("?") > 1:
        raise ValueError("asks two questions; the customer answers one")
    return said


class Wording(BaseModel):
    """A sentence to say. A plain text in the file, or a mapping of `text` (with placeholders) and `otherwise`."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, str_min_length=1)

    text: str
    otherwise: str = Field(default="", min_length=0, max_length=MAX_SAID)

    @model_validator(mode="before")
    @classmethod
    def _plain_text(cls, data: Any) -> Any:
        return {"text": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _placeholders_are_known_and_optional(self) -> Self:
        named = _NAMED.findall(self.text)
        if unknown := [name for name in named if name not in PLACEHOLDERS]:
            raise ValueError(f"unknown placeholder {{{unknown[0]}}}; expected one of {', '.join(PLACEHOLDERS)}")
        if bool(named) != bool(self.otherwise):
            raise ValueError(
                "expected 'otherwise' (the wording when nothing is known) with placeholders, and only then"
            )
        if _NAMED.search(self.otherwise):
            raise ValueError("'otherwise' reads well without any placeholder")
        no_braces(_NAMED.sub("", self.text))
        no_braces(self.otherwise)
        longest = _NAMED.sub("x" * _MAX_VALUE, self.text)
        if len(longest) > MAX_SAID:
            raise ValueError(f"at most {MAX_SAID} characters with the placeholders filled, these are {len(longest)}")
        return self

    @model_validator(mode="after")
    def _is_one_thought(self) -> Self:
        one_thought(self.text)
        one_thought(self.otherwise)
        return self

    def filled(self, values: Mapping[str, str]) -> str:
        """The sentence with what is known; without one of its values, the wording that needs none."""
        named = _NAMED.findall(self.text)
        if any(not values.get(name) for name in named):
            return self.otherwise
        return _NAMED.sub(lambda match: shortened(values[match[1]]), self.text)


def shortened(value: str) -> str:
    """A name short enough to be said: cut at a word, with an ellipsis."""
    value = " ".join(value.split())
    if len(value) <= _MAX_VALUE:
        return value
    cut = value[: _MAX_VALUE - 1].rsplit(" ", 1)[0] if " " in value[: _MAX_VALUE - 1] else value[: _MAX_VALUE - 1]
    return cut.rstrip(" ,;:-") + "…"
