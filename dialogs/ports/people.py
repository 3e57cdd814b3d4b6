"""Members and their teams, and the port to where they are kept.

All calls of a port are synchronous and belong to the transaction of the turn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, NewType, Protocol

from dialogs.conversation.talk import ConversationId, PersonId
from knowledge.language.messages import Language

TeamId = NewType("TeamId", int)


class Role(StrEnum):
    """What a member may do; a manager can do all that a seller can."""

    SELLER = "seller"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Team:
    """A team of the company with its settings."""

    id: TeamId
    name: str
    language: Language
    zone: str
    region: str
    currency: str
    sellers_see_costs: bool = False
    """Whether sellers see costs and profits, not only lights; a manager switches it on."""
    summary_time: time = time(18)
    """When the daily summary is due, in the team's zone."""
    working_days: frozenset[int] = frozenset(range(1, 6))
    """By ISO: 1 is Monday."""
    half_holidays_off: bool = True
    """Whether 24 and 31 December are free."""
    quiet_line: bool = True
    """Whether a day without activity gets a line; else nothing is sent."""
    shows_sellers: bool = False
    """Whether managers see figures of each seller; each of them is told first."""


@dataclass(frozen=True, slots=True)
class PushTimes:
    """When a person is written to without having asked, in their zone.

    `morning` None and `briefing` nought: not at all. `quiet_from` may be later in the day than `quiet_until`.
    """

    morning: time | None = time(7, 30)
    briefing: timedelta = timedelta(minutes=15)
    quiet_from: time = time(20)
    quiet_until: time = time(7)


@dataclass(frozen=True, slots=True)
class Person:
    """A member. `zone` is None while the team's zone holds."""

    id: PersonId
    chat_id: int
    name: str
    language: Language
    role: Role
    team: Team
    own_zone: str | None = None
    active: ConversationId | None = None
    pushes: PushTimes = PushTimes()

    @property
    def zone(self) -> str:
        """The zone (IANA name) in which times are shown and read."""
        return self.own_zone or self.team.zone

    def with_active(self, conversation_id: ConversationId | None) -> "Person":
        """The same person with another conversation to which typed texts belong."""
        return replace(self, active=conversation_id)


@dataclass(frozen=True, slots=True)
class Invite:
    """A single-use invitation that was found to be valid."""

    id: int
    team: Team
    role: Role
    proof: str = ""
    """The first hex digits (at most 24) of the code's stored hash. A button that carries them was made for somebody who
    knew the code; empty proves nothing."""


@dataclass(frozen=True, slots=True)
class StoredCounts:
    """How many rows of each kind are stored of a person; `tasks` are dated follow-up tasks, `costings` also BABs."""

    conversations: int
    steps: int
    customers: int
    notes: int
    tasks: int
    costings: int = 0
    appointments: int = 0


class People(Protocol):
    """Members and their teams."""

    def get(self, person_id: PersonId) -> Person | None: ...
    def save(self, person: Person) -> None: ...
    def join(
        self, invite: Invite, person_id: PersonId, chat_id: int, name: str, language: Language, at: datetime
    ) -> Person: ...
    def members(self, team_id: TeamId) -> Sequence[Person]: ...
    def show_costs(self, team_id: TeamId, shown: bool) -> None:
        """Whether the team's sellers see costs and profits."""

    def change_team(self, changed: Team) -> None:
        """Stores the settings of the summary and of who sees what."""

    def days_off(self, team_id: TeamId) -> frozenset[date]:
        """The team's own free days, beside weekends and holidays."""

    def set_day_off(self, team_id: TeamId, day: date, off: bool) -> None: ...
    def remove(self, person_id: PersonId, at: datetime) -> None:
        """The person is no member any more; what they entered stays. Their open invites end."""

    def find_invite(self, code: str, at: datetime) -> Invite | None: ...
    def find_invite_by_id(self, invite_id: int, at: datetime) -> Invite | None:
        """The same invite after a question in between; None where it was used or ran out meanwhile."""

    def use_invite(self, invite: Invite, person_id: PersonId, at: datetime) -> bool:
        """False where another one was quicker."""

    def create_invite(
        self,
        team_id: TeamId,
        role: Role,
        code: str,
        at: datetime,
        expires_at: datetime,
        by: PersonId | None = None,
    ) -> None:
        """Keeps the code's hash. `by` is the manager; None for the operator's command line."""

    def stored_about(self, person_id: PersonId) -> Mapping[str, Any]:
        """Everything stored about a person, for the export: JSON values."""

    def count_stored(self, person_id: PersonId) -> StoredCounts:
        """How much that is, counted and not read."""

    def erase(self, person_id: PersonId) -> None:
        """Empties the texts and cuts the link from the person to their steps; the team's sums stay."""
