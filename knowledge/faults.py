"""What is wrong with content, in words that the author of a file can act on: file, entry, field, what is expected."""

from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails


class ContentError(Exception):
    """The content can't be used as it is. Each fault names file, entry and field, and what is expected.

    As text it is the first fault, so that a start that is refused says why in one line.
    """

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        return self.faults[0] if self.faults else "the content can't be used"


def refuse(faults: Sequence[str]) -> None:
    """Raises ContentError where something is wrong. Each fault stands there once: languages may share an entry."""
    if faults:
        raise ContentError(*dict.fromkeys(faults))


def place(parts: Sequence[str | int]) -> str:
    """Where in an entry: `answers → no. 2 → say`. Entries of a list are counted from one, as people do."""
    return " → ".join(f"no. {part + 1}" if isinstance(part, int) else part for part in parts)


def plain_words(fault: ErrorDetails, model: type[BaseModel]) -> str:
    """What pydantic found, said to somebody who knows the content and not the program."""
    kind, limits = fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        fields = _model_of(model, fault["loc"][:-1]).model_fields
        return f"there is no such field; expected one of {', '.join(fields)}"
    if kind == "string_too_long":
        return f"at most {limits['max_length']} characters, these are {len(str(fault['input']))}"
    if kind == "string_too_short":
        return f"at least {_number(limits['min_length'], 'character')} expected"
    if kind in ("too_short", "too_long"):
        least = kind == "too_short"
        limit = limits["min_length" if least else "max_length"]
        return f"at {'least' if least else 'most'} {limit} expected, here are {limits['actual_length']}"
    if kind in ("enum", "literal_error"):
        expected = str(limits["expected"]).replace("'", "").replace(" or ", ", ")
        return f"expected one of {expected}, here is {_shown(fault['input'])}"
    if kind == "value_error":
        return str(limits["error"])
    if kind == "model_type" and limits.get("class_name") == "Wording":
        return f"expected a sentence, or the fields text and otherwise, here is {_shown(fault['input'])}"
    if kind in _EXPECTED:
        return _EXPECTED[kind].format(**limits, here=_shown(fault["input"]))
    return f"{fault['msg']}, here is {_shown(fault['input'])}"


_EXPECTED: Final[Mapping[str, str]] = {
    "missing": "is missing",
    "string_type": "expected text, here is {here}",
    "string_pattern_mismatch": "expected small letters, digits and _ that match {pattern}, here is {here}",
    "tuple_type": "expected a list, here is {here}",
    "model_type": "expected fields with their values, here is {here}",
    "int_parsing": "expected a whole number, here is {here}",
    "int_type": "expected a whole number, here is {here}",
    "greater_than_equal": "expected {ge} or more, here is {here}",
    "less_than_equal": "expected {le} or less, here is {here}",
    "bool_parsing": "expected true or false, here is {here}",
    "bool_type": "expected true or false, here is {here}",
    "date_type": "expected a day such as 2027-03-31, here is {here}",
    "date_parsing": "expected a day such as 2027-03-31, here is {here}",
    "date_from_datetime_parsing": "expected a day such as 2027-03-31, here is {here}",
    "date_from_datetime_inexact": "expected a day such as 2027-03-31, here is {here}",
}

_LONGEST_SHOWN: Final = 40


def _shown(value: object) -> str:
    """What stands there, as far as it helps to find it."""
    if value is None:
        return "nothing"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return "a group of fields"
    text = " ".join(str(value).split())
    return f"'{text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + '…'}'"


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _model_of(model: type[BaseModel], parts: Sequence[str | int]) -> type[BaseModel]:
    """The model that a place inside an entry belongs to."""
    for part in parts:
        if isinstance(part, str) and part in model.model_fields:
            model = next(_models_in(model.model_fields[part].annotation), model)
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if get_origin(annotation) in (tuple, list, Union, UnionType):
        for inner in get_args(annotation):
            yield from _models_in(inner)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
