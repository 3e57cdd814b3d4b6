"""Customers as dialogs know them, and the port to where they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from dialogs.conversation.talk import CustomerId, PersonId
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


class Customers(Protocol):
    """Customers of one seller."""

    def create(self, owner: PersonId, name: str, *, alias: bool, at: datetime) -> Customer: ...
    def get(self, owner: PersonId, customer_id: CustomerId) -> Customer | None: ...
    def by_name(self, owner: PersonId, name: str) -> Customer | None: ...
    def recent(self, owner: PersonId, limit: int) -> Sequence[Customer]: ...
    def count(self, owner: PersonId) -> int: ...
    def save(self, owner: PersonId, customer: Customer) -> None:
        """Stores all that can change; the id says which one."""
