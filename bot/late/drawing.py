"""Screens that read over many rows are drawn when they are sent, on a reading connection; the writer never waits.

Their outbox row holds the kind and the complete input, so that drawing one again gives the same. The right to see it
is checked again here.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from bot.late import own_numbers, pushed, reports
from bot.late.orders import Drawer, LateOrder, NothingToShow, ScreenNotAllowed
from bot.rendering import Payload, render
from bot.storage.people import SqlPeople
from dialogs.conversation.talk import PersonId
from knowledge.catalogue import Catalogue
from knowledge.language.messages import Messages

__all__ = ["DRAWERS", "LATER", "LateOrder", "LateScreens", "NothingToShow", "ScreenNotAllowed", "payload"]

LATER: Final = "later"
"""The key of a payload that is still to be drawn."""

DRAWERS: Final[dict[str, Drawer]] = {
    "briefing": pushed.briefing,
    "morning": pushed.morning,
    "hardship": pushed.hardship,
    **reports.DRAWERS,
    **own_numbers.DRAWERS,
}
"""Who draws which kind."""


def payload(kind: str, values: Mapping[str, Any], person: PersonId, screen: str) -> Payload:
    """What the outbox keeps of a screen that is drawn later."""
    return {LATER: kind, "values": dict(values), "person": person, "screen": screen}


class LateScreens:
    """Draws screens by their kind."""

    def __init__(self, catalogue: Catalogue, messages: Messages, drawers: Mapping[str, Drawer] = DRAWERS) -> None:
        self._catalogue = catalogue
        self._messages = messages
        self._drawers = drawers

    def draw(self, connection: Connection, waiting: Payload, at: datetime) -> Payload:
        """The finished message. Raises ScreenNotAllowed, NothingToShow, KeyError for a kind that nobody draws."""
        person = SqlPeople(connection).get(PersonId(int(waiting["person"])))
        if person is None:
            raise ScreenNotAllowed(waiting[LATER])
        order = LateOrder(connection, person, waiting["values"], self._catalogue, self._messages, at)
        if waiting[LATER] == pushed.TOGETHER:
            view = pushed.together(order, self._drawers)
        else:
            view = self._drawers[waiting[LATER]](order)
        return render(view, person.language, waiting["screen"])
