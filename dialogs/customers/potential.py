"""A, B or C: what a customer may be worth, with a proposal by what was won with them."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from dialogs.conversation.talk import CustomerId
from dialogs.ports.customers import Potential
from dialogs.turn import Turn
from knowledge.figures.customer_value import proposed_class
from knowledge.language.money import Money

LOOKS_BACK: Final = timedelta(days=730)
"""What was ordered longer ago says little about what a customer is worth."""


def proposal(turn: Turn, customer_id: CustomerId) -> tuple[Potential, Money] | None:
    """The class that the turnover of two years speaks for, and that turnover; None where it says nothing."""
    currency = turn.person.team.currency
    won = turn.store.customers.turnover(turn.person.id, currency, turn.at - LOOKS_BACK)
    proposed = proposed_class(won, customer_id)
    return (Potential(proposed), Money(won.get(customer_id, Decimal(0)), currency)) if proposed else None


def proposal_line(turn: Turn, customer_id: CustomerId) -> str | None:
    """The proposal in words, for wherever A, B or C is asked for."""
    proposed = proposal(turn, customer_id)
    if proposed is None:
        return None
    return turn.say("customers.potential_proposed", potential=str(proposed[0]), turnover=proposed[1])
