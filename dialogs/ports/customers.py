"""Customers as dialogs know them, and the port to where they are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from dialogs.conversation.talk import CustomerId, PersonId
from knowledge.name_search import Directory
from knowledge.taxonomy import AcquisitionId, FunnelStage, LeadQuality, TargetGroupId


class Potential(StrEnum):
    """What a customer may be worth (A/B/C-Kunde)."""

    A = "A"
    B = "B"
    C = "C"


class Permission(StrEnum):
    """On what ground a customer may be contacted, or that they may not."""

    CONSENT = "consent"
    PRESUMED = "presumed"
    INQUIRY = "inquiry"
    EXISTING = "existing"
    NO_CONTACT = "no_contact"


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer of one seller; `alias` where no name was given. Nothing but the name has to be known.

    `stage` None: it follows from the conversations. `satisfaction` is 1 to 5. `reference_at`: since when the customer
    may be named as a reference.
    """

    id: CustomerId
    name: str
    alias: bool = False
    company: str = ""
    target_group: TargetGroupId | None = None
    potential: Potential | None = None
    quality: LeadQuality | None = None
    acquisition: AcquisitionId | None = None
    stage: FunnelStage | None = None
    first_contact: date | None = None
    contact: str = ""
    interests: str = ""
    permission: Permission | None = None
    permission_at: datetime | None = None
    satisfaction: int | None = None
    satisfaction_at: datetime | None = None
    reference_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Belongings:
    """How much hangs on a customer; it moves when two are joined."""

    conversations: int = 0
    notes: int = 0
    appointments: int = 0
    reminders: int = 0


class Customers(Protocol):
    """Customers of one seller."""

    def create(
        self, owner: PersonId, name: str, *, alias: bool, at: datetime, first_contact: date | None = None
    ) -> Customer: ...
    def get(self, owner: PersonId, customer_id: CustomerId) -> Customer | None: ...
    def by_name(self, owner: PersonId, name: str) -> Customer | None: ...
    def directory(self, owner: PersonId) -> Directory:
        """All of them by name and company, to be searched."""

    def several(self, owner: PersonId, ids: Sequence[CustomerId]) -> Sequence[Customer]:
        """In the order of the ids; who is gone is left out."""

    def page(self, owner: PersonId, start: int, limit: int) -> Sequence[Customer]:
        """The one used last first."""

    def recent(self, owner: PersonId, limit: int) -> Sequence[Customer]: ...
    def count(self, owner: PersonId) -> int: ...
    def save(self, owner: PersonId, customer: Customer) -> None:
        """Stores all that can change; the id says which one."""

    def turnover(self, owner: PersonId, currency: str, since: datetime) -> Mapping[CustomerId, Decimal]:
        """What was won with each customer in conversations that were used since then; others are missing."""

    def belongings(self, owner: PersonId, customer_id: CustomerId) -> Belongings: ...
    def join(self, owner: PersonId, kept: Customer, gone: CustomerId) -> None:
        """Saves `kept` and moves to it all that belongs to `gone`, which is removed.

        The steps of conversations have to name the kept one already, so that replaying them gives the state.
        """
