"""'So gerechnet': how a result came about, as data that chat and workbook both draw from.

A step is one line of the textbook: what comes out, the formula, and the numbers in it. Its pattern is written with
`+ - * / ( )` and names in braces, so that the chat can put numbers in and the workbook the cells they stand in:

    step("rates.mat", "accounting.working.rate", "{overheads} / {base}",
         {"overheads": amount(63), "base": amount(525)}, share(Fraction(3, 25)), centre="Material")
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final

from knowledge.accounting.exact import percent, written


class Kind(StrEnum):
    """What sort of number stands there; it decides how it is written."""

    AMOUNT = "amount"
    SHARE = "share"  # a fraction of 1, shown in per cent
    QUANTITY = "quantity"  # hours, m², pieces
    PRICE = "price"  # money per hour, per m², per piece


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a formula: its value, its sort, and the step or the field that it comes from, where there is one."""

    value: Fraction
    kind: Kind = Kind.AMOUNT
    source: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line: `label` is a message's key with `params`; `id` names the result in sheets and JSON."""

    id: str
    label: str
    pattern: str
    operands: Mapping[str, Figure]
    result: Figure
    params: Mapping[str, str] = field(default_factory=dict)

    def formula(self, write: Callable[[Figure], str] | None = None) -> str:
        """The formula with the numbers in it: `63 ÷ 525`; numbers in machine notation unless told how."""
        put = write or machine_written
        return filled(_typeset(self.pattern), {name: _bracketed(put(figure)) for name, figure in self.operands.items()})


Working = tuple[Step, ...]


def step(id_: str, label: str, pattern: str, operands: Mapping[str, Figure], result: Figure, **params: str) -> Step:
    """A line of working; `params` go into its label."""
    return Step(id_, label, pattern, operands, result, params)


def total(id_: str, label: str, terms: Sequence[Figure], result: Figure, **params: str) -> Step:
    """A line that adds up: `a + b + c`; without a term it is `0`."""
    operands = {f"term{place}": term for place, term in enumerate(terms, 1)}
    return Step(id_, label, " + ".join(f"{{{name}}}" for name in operands) or "0", operands, result, params)


def amount(value: Fraction, source: str = "") -> Figure:
    """Money in the sheet's unit."""
    return Figure(value, Kind.AMOUNT, source)


def share(value: Fraction, source: str = "") -> Figure:
    """A rate: a fraction of 1."""
    return Figure(value, Kind.SHARE, source)


def quantity(value: Fraction, source: str = "") -> Figure:
    """Hours, m², pieces."""
    return Figure(value, Kind.QUANTITY, source)


def price(value: Fraction, source: str = "") -> Figure:
    """Money per hour, per m², per piece."""
    return Figure(value, Kind.PRICE, source)


def machine_written(figure: Figure) -> str:
    """Exact; shares in per cent with two places, as they are read."""
    return f"{percent(figure.value)}%" if figure.kind is Kind.SHARE else written(figure.value)


def filled(pattern: str, operands: Mapping[str, str]) -> str:
    """The pattern with texts (numbers, cells) for its names."""
    return _NAME.sub(lambda name: operands[name[1]], pattern)


_NAME: Final = re.compile(r"\{(\w+)\}")
_SIGNS: Final = str.maketrans({"*": "×", "/": "÷", "-": "−"})


def _typeset(pattern: str) -> str:
    return pattern.translate(_SIGNS)


def _bracketed(text: str) -> str:
    """A negative number or a fraction in brackets, so that the line can be read in one way only."""
    return f"({text})" if text[:1] in "-−" or "/" in text else text
