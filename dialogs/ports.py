"""What dialogs know of storage: plain values, and protocols that `bot/storage` fulfils.

All calls are synchronous and belong to the transaction of the turn.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, NewType, Protocol

from dialogs.conversation.talk import ConversationId, CustomerId, PersonId, Step, Talk
from dialogs.cost_records import CostingId, CostingInHand, CostSheet, CostSheetId, Product, ProductId, ReleasedRates
from dialogs.customer_records import Customers
from dialogs.day_records import Appointments, DueCounts, DueItem, Reminders
from knowledge.accounting.summary import Summary
from knowledge.figures.costs import CostEntry
from knowledge.language.messages import Language
from knowledge.ranking import Tally
from knowledge.taxonomy import HardshipTheme, ObjectionId, TechniqueId

TeamId = NewType("TeamId", int)
NoteId = NewType("NoteId", int)


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


class NoteKind(StrEnum):
    """What a note is about. A draft is a text that nobody has asked to keep yet; housekeeping removes it."""

    NOTE = "note"
    DRAFT = "draft"
    ORDER = "order"
    LOSS = "loss"
    MISSING = "missing"
    PRODUCT = "product"
    BENEFIT = "benefit"


@dataclass(frozen=True, slots=True)
class Note:
    """A text or a voice message (`file_id`) of a conversation, which can be emptied."""

    id: NoteId
    kind: NoteKind
    at: datetime
    text: str
    file_id: str | None = None


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


@dataclass(frozen=True, slots=True)
class OpenTalk:
    """A line of the list of conversations."""

    id: ConversationId
    customer: str
    talk: Talk


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


class Conversations(Protocol):
    """Conversations as append-only steps, with the state that they lead to."""

    def create(self, owner: PersonId, team_id: TeamId, first: Step) -> Talk: ...
    def load(self, owner: PersonId, conversation_id: ConversationId) -> Talk | None: ...
    def append(self, talk: Talk, step: Step) -> None:
        """Stores the step and the state `talk` that it led to."""

    def append_all(self, taken: Sequence[tuple[Talk, Step]]) -> None:
        """The same for steps of several conversations at once."""

    def steps(self, conversation_id: ConversationId) -> Sequence[Step]:
        """In their order; none where one of them holds what today's code does not know."""

    def moves(self, conversation_id: ConversationId) -> Sequence[Step]:
        """The same without the records: what moved the talk, in its order."""

    def open(self, owner: PersonId) -> Sequence[OpenTalk]:
        """Not finished ones, the one used last first."""

    def with_customer(self, owner: PersonId, customer_id: CustomerId, limit: int) -> Sequence[Talk]:
        """The conversations with this customer, the one used last first."""

    def latest(self, owner: PersonId, customer_id: CustomerId) -> Talk | None:
        """The conversation with this customer that was used last."""


class Notes(Protocol):
    """Free texts of conversations, in rows of their own."""

    def add(
        self,
        owner: PersonId,
        conversation_id: ConversationId | None,
        kind: NoteKind,
        text: str,
        at: datetime,
        file_id: str | None = None,
        customer_id: CustomerId | None = None,
    ) -> NoteId:
        """Stores a new one; `customer_id` where it belongs to a customer and no conversation."""

    def about(self, owner: PersonId, customer_id: CustomerId, limit: int) -> Sequence[Note]:
        """Notes of a customer and of all conversations with them, drafts aside, the newest first."""

    def get(self, owner: PersonId, note_id: NoteId) -> Note | None: ...
    def keep(self, owner: PersonId, note_id: NoteId, conversation_id: ConversationId) -> None:
        """A draft becomes a note of this conversation."""

    def of(self, conversation_id: ConversationId) -> Sequence[Note]: ...


class Forms(Protocol):
    """The one question that waits for a person's answer."""

    def waiting(self, person_id: PersonId) -> Waiting | None: ...
    def ask(self, person_id: PersonId, waiting: Waiting) -> None: ...
    def done(self, person_id: PersonId) -> None: ...


class Screens(Protocol):
    """Where a named screen stands in the chat."""

    def messages_below(self, chat_id: int, screen: str) -> int | None:
        """How many messages stand below it; None where it was never sent."""


class FollowUps(Protocol):
    """Dated follow-up tasks, due on a day."""

    def set_due(self, conversation_id: ConversationId, due: Mapping[str, date]) -> None:
        """Replaces what is due of this conversation by these tasks with their days."""

    def open(self, owner: PersonId, until: date, limit: int, skip: int = 0) -> Sequence[DueItem]:
        """Dated tasks, postponed conversations and reminders due by that day, the oldest first."""

    def count(self, owner: PersonId, today: date, until: date) -> DueCounts:
        """How many these are: before `today`, on it, and after it up to `until`."""


class WhatHelped(Protocol):
    """Which technique helped against which objection: counted for the team, without who, when and in which talk.

    `token` is of one help screen: what is said there twice counts once, and a changed mind replaces.
    """

    def tallies(self, team_id: TeamId, objection: ObjectionId) -> Mapping[TechniqueId, Tally]:
        """The sums of the team; techniques about which nobody has said anything are missing."""

    def did(self, team_id: TeamId, token: str, objection: ObjectionId, technique: TechniqueId) -> None:
        """This one helped; another one that was said to have helped on this screen did not then."""

    def did_not(
        self, team_id: TeamId, token: str, objection: ObjectionId, techniques: Sequence[TechniqueId]
    ) -> None: ...


class Hardships(Protocol):
    """What made selling hard, counted for the team by theme and month (`2026-11`): without who, and without words.

    `token` is of one answer: another theme for it replaces the first.
    """

    def told_about(self, person_id: PersonId) -> str:
        """The last month about which the person has said something; empty for none. What they said is not known."""

    def tell(self, person_id: PersonId, month: str) -> None: ...
    def count(self, team_id: TeamId, token: str, month: str, theme: HardshipTheme) -> None: ...
    def counts(self, team_id: TeamId, month: str) -> Mapping[HardshipTheme, int]:
        """How many answers there are to each theme; themes without any are missing."""


class Spendings(Protocol):
    """What was spent to win customers, by month, channel and currency; an amount entered again replaces the former."""

    def of(self, team_id: TeamId) -> Sequence[CostEntry]:
        """All of them, the latest month first."""

    def put(self, team_id: TeamId, entry: CostEntry) -> None:
        """Keeps the amount; nought takes the entry away."""


class CostSheets(Protocol):
    """BABs: those in hand belong to a person, saved ones to the team; its released rates are for everybody."""

    def add(
        self, owner: PersonId, team_id: TeamId, text: str, summary: Summary | None, at: datetime,
        name: str = "",
    ) -> CostSheetId: ...  # fmt: skip
    def change(self, sheet_id: CostSheetId, text: str, summary: Summary | None, at: datetime) -> None: ...
    def get(self, person: Person, sheet_id: CostSheetId) -> CostSheet | None:
        """The person's own, or for a manager one that the team has saved."""

    def text(self, sheet_id: CostSheetId) -> str:
        """The sheet as JSON, also an unfinished one."""

    def unfinished(self, owner: PersonId) -> CostSheet | None:
        """The newest that the person has begun to type and not finished."""

    def discard(self, sheet_id: CostSheetId) -> None:
        """Removes one that nobody has saved."""

    def save(self, sheet_id: CostSheetId, team_id: TeamId, period: str, valid_from: date, at: datetime) -> int:
        """The team's next version; a saved one keeps its number. Nothing is valid before it is released."""

    def saved(self, person: Person, limit: int) -> Sequence[CostSheet]:
        """What was saved, the newest first: for a manager all of the team's, for a seller the own ones."""

    def release(self, sheet_id: CostSheetId, by: PersonId, at: datetime | None) -> None:
        """Makes its rates the team's from its day on; `at` None takes that back."""

    def released_rates(self, team_id: TeamId, on: date) -> ReleasedRates | None:
        """Of the released sheets the one that began last, the higher version where two began on one day."""


class Costings(Protocol):
    """Costings that a person works on."""

    def add(self, owner: PersonId, fields: Mapping[str, Any], product: ProductId | None, at: datetime) -> CostingId: ...
    def get(self, owner: PersonId, costing_id: CostingId) -> CostingInHand | None: ...
    def latest(self, owner: PersonId) -> CostingInHand | None:
        """The one that was worked on last."""

    def change(
        self, costing_id: CostingId, fields: Mapping[str, Any], skipped: frozenset[str], at: datetime
    ) -> None: ...


class Products(Protocol):
    """What the team sells, with its costing. What a company's own content lists is there without a row."""

    def all(self, team_id: TeamId) -> Sequence[Product]:
        """By name."""

    def get(self, team_id: TeamId, product_id: ProductId) -> Product | None: ...
    def save(self, team_id: TeamId, product: Product, by: PersonId, at: datetime) -> ProductId:
        """Keeps it under its id; an empty id becomes a new one."""

    def remove(self, team_id: TeamId, product_id: ProductId) -> None: ...


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
