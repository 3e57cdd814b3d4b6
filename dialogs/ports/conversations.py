"""Conversations with their notes and follow-ups, and the ports to where they are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType, Protocol

from dialogs.conversation.talk import ConversationId, CustomerId, PersonId, Step, Talk
from dialogs.ports.days import DueCounts, DueItem
from dialogs.ports.people import TeamId

NoteId = NewType("NoteId", int)


class NoteKind(StrEnum):
    """What a note is about. A draft is a text that nobody has asked to keep yet; housekeeping removes it.

    A record is no note of the seller's: the bot wrote it down, such as a ground for contact with its day.
    """

    NOTE = "note"
    DRAFT = "draft"
    ORDER = "order"
    LOSS = "loss"
    MISSING = "missing"
    PRODUCT = "product"
    BENEFIT = "benefit"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Note:
    """A text or a voice message (`file_id`) of a conversation, which can be emptied."""

    id: NoteId
    kind: NoteKind
    at: datetime
    text: str
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class OpenTalk:
    """A line of the list of conversations."""

    id: ConversationId
    customer: str
    talk: Talk


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

    def open(
        self, owner: PersonId, limit: int | None = None, customer_id: CustomerId | None = None
    ) -> Sequence[OpenTalk]:
        """Not finished ones, the one used last first; all of them, or those with this customer."""

    def count_open(self, owner: PersonId) -> int:
        """How many are not finished."""

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


class FollowUps(Protocol):
    """Dated follow-up tasks, due on a day."""

    def set_due(self, conversation_id: ConversationId, due: Mapping[str, date]) -> None:
        """Replaces what is due of this conversation by these tasks with their days."""

    def open(self, owner: PersonId, until: date, limit: int, skip: int = 0) -> Sequence[DueItem]:
        """Dated tasks, postponed conversations and reminders due by that day, the oldest first."""

    def count(self, owner: PersonId, today: date, until: date) -> DueCounts:
        """How many these are: before `today`, on it, and after it up to `until`."""
