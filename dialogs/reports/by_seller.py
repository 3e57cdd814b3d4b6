"""Figures of each seller, where a manager has switched them on; every seller sees the same about themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.conversation.talk import PersonId
from dialogs.reports.facts import TeamFacts
from dialogs.reports.summary_view import activity_words
from dialogs.reports.words import Words
from knowledge.figures.activity import Orders, conversations, orders
from knowledge.figures.closing_rate import closing_rate
from knowledge.figures.definitions import Figure
from knowledge.figures.matters import SellerKey, Span, by_seller
from knowledge.figures.share import Share

SELLERS_ON_A_PAGE: Final = 4


@dataclass(frozen=True, slots=True)
class SellerFigures:
    """What is shown of one seller."""

    seller: PersonId
    name: str
    conversations: Figure[int]
    orders: Orders
    closing: Figure[Share]


def figures_by_seller(facts: TeamFacts, names: Mapping[PersonId, str], span: Span) -> list[SellerFigures]:
    """Of each of these members, by name. None for a team under four sellers."""
    if facts.only_sums:
        return []
    own = by_seller(facts.matters)
    listed = []
    for seller, name in names.items():
        matters = own.get(SellerKey(str(seller)), ())
        listed.append(
            SellerFigures(
                seller, name, conversations(matters, span), orders(matters, span), closing_rate(matters, span)
            )
        )
    return sorted(listed, key=lambda one: one.name.casefold())


def seller_lines(words: Words, figures: SellerFigures) -> Sequence[str]:
    """Name, what happened, and the closing rate where something was decided."""
    lines = [
        words.say("report.seller", name=figures.name),
        activity_words(words, figures.conversations.value, figures.orders),
    ]
    if figures.closing.value.cases:
        lines.append(words.say("report.closing_rate", rate=words.share(figures.closing.value)))
    return lines
