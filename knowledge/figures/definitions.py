"""What figures there are: id, unit, and the numbers that a figure is made of ('Zahlen erklärt').

Name, formula and source in words are messages; the formula's placeholders are the names of the numbers, so that it
can be shown with them: '5 ÷ (5 + 6 + 3)'.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, Generic, TypeVar

from knowledge.language.money import Money

V_co = TypeVar("V_co", covariant=True)

Number = int | Decimal | Money


class Unit(StrEnum):
    """What a figure is counted in."""

    CONVERSATIONS = "conversations"
    ORDERS = "orders"
    MONEY = "money"  # in the currency of the figure
    DAYS = "days"
    SHARE = "share"  # a fraction of 1, shown in per cent

    @property
    def words(self) -> str:
        """The message that says it."""
        return f"figures.unit.{self}"


class FigureId(StrEnum):
    """The figures. The ids stand in exports: add freely, rename never."""

    CONVERSATIONS = "conversations"
    ORDERS = "orders"
    TURNOVER = "turnover"
    CLOSING_RATE = "closing_rate"
    STAGE_CONVERSION = "stage_conversion"
    CONVERSION = "conversion"
    STALL = "stall"
    SALES_CYCLE = "sales_cycle"
    ACQUISITION_COST = "acquisition_cost"
    LIFETIME_VALUE = "lifetime_value"
    LEAD_QUALITY = "lead_quality"
    LEAD_CONVERSION = "lead_conversion"
    LOSS_REASON = "loss_reason"
    OBJECTION_PHASE = "objection_phase"
    MISSED_SIGNALS = "missed_signals"
    FOLLOW_UPS = "follow_ups"

    @property
    def unit(self) -> Unit:
        """What it is counted in."""
        return UNITS[self]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The names of the numbers that go in."""
        return NUMBERS[self]

    @property
    def name_words(self) -> str:
        """The message with its name."""
        return f"figures.{self}.name"

    @property
    def formula_words(self) -> str:
        """The message with its formula; the placeholders are the numbers."""
        return f"figures.{self}.formula"

    @property
    def source_words(self) -> str:
        """The message that says where the numbers come from and whose rule it is."""
        return f"figures.{self}.source"


F, U = FigureId, Unit

# fmt: off
_DEFINITIONS: Final[tuple[tuple[FigureId, Unit, tuple[str, ...]], ...]] = (
    (F.CONVERSATIONS,    U.CONVERSATIONS, ("opened", "continued")),
    (F.ORDERS,           U.ORDERS,        ("with_amount", "without_amount")),
    (F.TURNOVER,         U.MONEY,         ("orders", "total")),
    (F.CLOSING_RATE,     U.SHARE,         ("won", "lost", "no_decision")),
    (F.STAGE_CONVERSION, U.SHARE,         ("reached", "further")),
    (F.CONVERSION,       U.SHARE,         ("opened", "won", "still_open")),
    (F.STALL,            U.SHARE,         ("visited", "ended", "lingering")),
    (F.SALES_CYCLE,      U.DAYS,          ("orders", "lower", "upper")),
    (F.ACQUISITION_COST, U.MONEY,         ("costs", "customers")),
    (F.LIFETIME_VALUE,   U.MONEY,         ("turnover", "orders", "customers", "years")),
    (F.LEAD_QUALITY,     U.SHARE,         ("leads", "graded")),
    (F.LEAD_CONVERSION,  U.SHARE,         ("leads", "won")),
    (F.LOSS_REASON,      U.SHARE,         ("times", "lost")),
    (F.OBJECTION_PHASE,  U.SHARE,         ("raised", "objections")),
    (F.MISSED_SIGNALS,   U.SHARE,         ("missed", "with_signal")),
    (F.FOLLOW_UPS,       U.SHARE,         ("done", "due")),
)
# fmt: on

UNITS: Final[Mapping[FigureId, Unit]] = {id_: unit for id_, unit, _ in _DEFINITIONS}
NUMBERS: Final[Mapping[FigureId, tuple[str, ...]]] = {id_: numbers for id_, _, numbers in _DEFINITIONS}


@dataclass(frozen=True, slots=True)
class Figure(Generic[V_co]):
    """A figure and the numbers that went in. `about` is the stage, phase, channel, reason or currency it is for.

    `assumed` names the numbers that nobody has counted. Raises ValueError where other numbers went in than defined.
    """

    id: FigureId
    value: V_co
    numbers: Mapping[str, Number]
    about: str | None = None
    assumed: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if set(self.numbers) != set(self.id.numbers):
            raise ValueError(f"{self.id} is made of {self.id.numbers}, not of {tuple(self.numbers)}")

    def count(self, name: str) -> int:
        """How many of what the number of this name counts; raises TypeError for one that is no count."""
        number = self.numbers[name]
        if not isinstance(number, int):
            raise TypeError(f"{name} of {self.id} is no count: {number}")
        return number
