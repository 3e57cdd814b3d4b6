"""The list of outcomes: customer or alias, amount, reason. Without seller, time of day or notes."""

from dataclasses import dataclass
from typing import Final

from dialogs.reports.facts import TeamFacts
from dialogs.reports.words import Words
from knowledge.figures.matters import Ending, Span
from knowledge.language import writing
from knowledge.taxonomy import OutcomeId

OUTCOMES_ON_A_PAGE: Final = 10


@dataclass(frozen=True, slots=True)
class ListedOutcome:
    """How a conversation ended, and with whom; an empty name where it was deleted."""

    customer: str
    ending: Ending


def outcomes_of(facts: TeamFacts, span: Span) -> list[ListedOutcome]:
    """The endings of the span: orders first, then losses, then the others; by name. Small teams list none.

    Neither the day nor the order of the rows tells who it was.
    """
    if facts.only_sums:
        return []
    order = list(OutcomeId)
    listed = [
        ListedOutcome(facts.customers.get(matter.id, ""), matter.ending)
        for matter in facts.matters
        if matter.ending is not None and matter.ending.day in span
    ]
    return sorted(listed, key=lambda one: (order.index(one.ending.outcome), one.customer.casefold()))


def outcome_words(words: Words, listed: ListedOutcome) -> str:
    """'Muster GmbH: Auftrag erhalten, 12.000 €'."""
    ending = listed.ending
    parts = [words.knowledge.outcomes[ending.outcome].label]
    if ending.amount is not None:
        parts.append(writing.money(ending.amount, words.language))
    if ending.loss_reason is not None:
        parts.append(words.knowledge.loss_reasons[ending.loss_reason].label)
    return words.say("report.outcome", customer=listed.customer or words.say("report.nameless"), what=", ".join(parts))
