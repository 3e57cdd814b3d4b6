"""How figures of cost accounting stand on a screen: amounts with two places at most, rates in per cent with two."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from dialogs.ports.people import Role
from dialogs.turn import Turn
from knowledge.accounting import readable
from knowledge.accounting.coins import in_cents
from knowledge.accounting.exact import fixed
from knowledge.accounting.summary import OverheadRate
from knowledge.accounting.working import Figure, Kind
from knowledge.language import writing
from knowledge.language.languages import Language

_PLACES: Final = 6
"""Of quantities and prices in a formula, such as 1/3 m²."""


def sees_costs(turn: Turn) -> bool:
    """Whether costs and profits may stand on this person's screens."""
    return turn.person.role is Role.MANAGER or turn.person.team.sellers_see_costs


def amount(value: Fraction, language: Language) -> str:
    """`63.000` or `8.041,50`; cents only where there are some."""
    return _with_minus(readable.amount(value, language))


def money(turn: Turn, value: Fraction) -> str:
    """The same with the team's currency."""
    return _with_minus(writing.money(in_cents(value, turn.person.team.currency), turn.language))


def percent(value: Fraction, language: Language, places: int | None = None) -> str:
    """`8 %`; with `places` exactly so many, without them two at most."""
    return _with_minus(readable.percent(value, language, places))


def rate(turn: Turn, of: OverheadRate) -> str:
    """`12,00 %`, or money per hour."""
    if of.per:
        return turn.say("bab.per_hour", rate=amount(of.exact, turn.language))
    return percent(of.exact, turn.language, 2)


def figure(of: Figure, language: Language) -> str:
    """A number in a formula, by its sort."""
    match of.kind:
        case Kind.SHARE:
            return percent(of.value, language)
        case Kind.AMOUNT:
            return amount(of.value, language)
        case _:
            return _with_minus(writing.number(Decimal(fixed(of.value, _PLACES)), language))


def _with_minus(written: str) -> str:
    """A negative figure with the sign that stands between figures too; a hyphen is lost beside them."""
    return written.replace("-", "−")
