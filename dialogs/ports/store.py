"""What dialogs know of storage: plain values, and protocols that `bot/storage` fulfils.

All calls are synchronous and belong to the transaction of the turn.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dialogs.conversation.talk import PersonId
from dialogs.ports.conversations import Conversations, FollowUps, Notes
from dialogs.ports.costs import Costings, CostSheets, Products
from dialogs.ports.customers import Customers
from dialogs.ports.days import Appointments, Reminders
from dialogs.ports.people import People
from dialogs.ports.team_sums import Hardships, Spendings, WhatHelped


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits for its answer: the form, what was entered so far, and where to return.

    `asked_at` None: left for now, waits as a button only. `before`: the question that goes on after this one,
    kept because something had been entered there.
    """

    form: str
    field: str
    subject: int
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    asked_at: datetime | None = None
    version: int = 0
    before: "Waiting | None" = None


class Forms(Protocol):
    """The one question that waits for a person's answer."""

    def waiting(self, person_id: PersonId) -> Waiting | None: ...
    def ask(self, person_id: PersonId, waiting: Waiting) -> None: ...
    def done(self, person_id: PersonId) -> None: ...


class Screens(Protocol):
    """Where a named screen stands in the chat."""

    def messages_below(self, chat_id: int, screen: str) -> int | None:
        """How many messages stand below it; None where it was never sent."""


class Store(Protocol):
    """All ports of one transaction."""

    people: People
    customers: Customers
    conversations: Conversations
    notes: Notes
    forms: Forms
    screens: Screens
    follow_ups: FollowUps
    what_helped: WhatHelped
    hardships: Hardships
    cost_sheets: CostSheets
    costings: Costings
    products: Products
    appointments: Appointments
    reminders: Reminders
    spendings: Spendings
