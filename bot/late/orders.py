"""What those who draw late screens are given, and what they may answer instead of a screen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dialogs.ports.people import Person
from dialogs.view import View
from knowledge.catalogue import Catalogue
from knowledge.language.messages import Messages


class ScreenNotAllowed(Exception):
    """The person may not see this (any more)."""


class NothingToShow(Exception):
    """There is nothing to say (any more): no message goes out."""


@dataclass(frozen=True, slots=True)
class LateOrder:
    """What is to be drawn: for whom, from what. `at` is when it is drawn, aware."""

    connection: Connection
    person: Person
    values: Mapping[str, Any]
    catalogue: Catalogue
    messages: Messages
    at: datetime


Drawer = Callable[[LateOrder], View]
