"""How a costing speaks: what it asks for, what was entered, what is wrong; by the names of lines, never of fields."""

from collections.abc import Iterator
from typing import Final

from dialogs.accounting.costing_fields import Ask, asks, value_at
from dialogs.accounting.words import amount, percent
from dialogs.ports.costs import CostingInHand
from dialogs.turn import Turn
from knowledge.accounting.exact import number, share
from knowledge.accounting.faults import AccountingError, Caution, Fault, shown
from knowledge.accounting.scheme import LineId

LONGEST_CAUTION: Final = 110

_SAID_MORE_FULLY: Final = frozenset({"profit_rate", "variable_cost"})
"""Questions of which the name alone leaves open what is meant."""

_BY_ITS_NAME: Final = frozenset({"not_used"})
"""Warnings that say nothing without the name of the line."""


def label(turn: Turn, ask: Ask) -> str:
    """`Fertigungslöhne Fertigung I`."""
    name = turn.say(ask.label)
    return f"{name} {ask.stage}" if ask.stage else name


def asked_words(turn: Turn, ask: Ask) -> str:
    """The question: `Fertigungslöhne Fertigung I?`."""
    if ask.path in _SAID_MORE_FULLY:
        return turn.say(f"costing.ask.{ask.path}")
    return turn.say(f"costing.ask.{'share' if 'share' in ask.form else 'figure'}", label=label(turn, ask))


def so_far(turn: Turn, costing: CostingInHand, ask: Ask) -> str:
    """What stands there already, for somebody who wants to change it; empty where nothing does."""
    value = value_at(costing.fields, ask.path)
    return "" if value is None else turn.say("costing.so_far", value=value_words(turn, ask, value))


def value_words(turn: Turn, ask: Ask, value: str | None) -> str:
    """A figure as it was understood; a dash for none."""
    if value is None:
        return "–"
    if "share" in ask.form:
        return percent(share(value), turn.language)
    return amount(number(value), turn.language)


def caution_words(turn: Turn, costing: CostingInHand, caution: Caution) -> str:
    """A warning as a sentence."""
    words = turn.say(caution.key, **caution.params)
    if caution.code in _BY_ITS_NAME:
        words = turn.say("costing.about", label=_name(turn, costing, caution), words=words)
    return shown(words[:1].upper() + words[1:], LONGEST_CAUTION)


def refusal(turn: Turn, costing: CostingInHand, error: AccountingError) -> str:
    """What leaves no result, in a line for each place."""
    return "\n".join(_refusals(turn, costing, error))


def _refusals(turn: Turn, costing: CostingInHand, error: AccountingError) -> Iterator[str]:
    for fault in error.faults:
        if fault.key == "costing.fault.discount_and_commission":
            yield turn.say("costing.discount_and_commission")
        else:
            words = fault.sentence(turn.messages, turn.language).removeprefix(f"{fault.shown_place}: ")
            yield turn.say("costing.about", label=_name(turn, costing, fault), words=words)


def _name(turn: Turn, costing: CostingInHand, fault: Fault) -> str:
    """The line that a fault is about."""
    asked = next((ask for ask in asks(costing.fields, None) if ask.path == fault.place), None)
    if asked is not None:
        return label(turn, asked)
    return turn.say(f"costing.line.{fault.place}") if fault.place in set(LineId) else turn.say("costing.title")
