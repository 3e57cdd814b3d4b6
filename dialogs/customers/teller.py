"""Who tells about a customer: a turn, or a job that has no turn because nobody has asked."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from dialogs.ports.people import Person
from dialogs.ports.store import Store
from knowledge.catalogue import Catalogue, Knowledge
from knowledge.language.messages import Language, Messages


class Teller(Protocol):
    """What is needed to put into words what is known; every turn is one."""

    @property
    def store(self) -> Store: ...
    @property
    def person(self) -> Person: ...
    @property
    def language(self) -> Language: ...
    @property
    def knowledge(self) -> Knowledge: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def at(self) -> datetime: ...
    @property
    def today(self) -> date: ...
    def say(self, key: str, **values: Any) -> str: ...


@dataclass(frozen=True, slots=True)
class JobTeller:
    """The same without a turn: for what is pushed, or drawn when it is sent. `at` is aware UTC."""

    store: Store
    person: Person
    catalogue: Catalogue
    messages: Messages
    at: datetime

    @property
    def language(self) -> Language:
        """The person's."""
        return self.person.language

    @property
    def knowledge(self) -> Knowledge:
        """The content in the person's language."""
        return self.catalogue[self.language]

    @property
    def today(self) -> date:
        """The person's day."""
        return self.at.astimezone(ZoneInfo(self.person.zone)).date()

    def say(self, key: str, **values: Any) -> str:
        """A message of the interface in the person's language."""
        return self.messages.text(key, self.language, **values)
