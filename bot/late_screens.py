"""Screens that read over many rows are drawn when they are sent, on a reading connection; the writer never waits.

Their outbox row holds the kind and the complete input, so that drawing one again gives the same. The right to see it
is checked again here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from bot.rendering import Payload, render
from bot.storage.people import SqlPeople
from dialogs.conversation.talk import PersonId
from dialogs.ports import Person
from dialogs.view import View
from knowledge.catalogue import Catalogue
from knowledge.language.messages import Messages

LATER: Final = "later"
"""The key of a payload that is still to be drawn."""


class ScreenNotAllowed(Exception):
    """The person may not see this (any more)."""


@dataclass(frozen=True, slots=True)
class LateOrder:
    """What is to be drawn: for whom, from what."""

    connection: Connection
    person: Person
    values: Mapping[str, Any]
    catalogue: Catalogue
    messages: Messages


Drawer = Callable[[LateOrder], View]

DRAWERS: Final[dict[str, Drawer]] = {}
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

    def draw(self, connection: Connection, waiting: Payload) -> Payload:
        """The finished message. Raises ScreenNotAllowed, KeyError for a kind that nobody draws."""
        person = SqlPeople(connection).get(PersonId(int(waiting["person"])))
        if person is None:
            raise ScreenNotAllowed(waiting[LATER])
        order = LateOrder(connection, person, waiting["values"], self._catalogue, self._messages)
        return render(self._drawers[waiting[LATER]](order), person.language, waiting["screen"])
