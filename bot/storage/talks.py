"""Conversations with their steps, notes, questions, dated tasks, and where screens stand."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import structlog
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Insert, Row, Select, bindparam, delete, func, insert, select, update

from bot.storage.due import count_due, due_items
from bot.storage.schema import conversation, customer, follow_up, lane, note, step, waiting
from bot.storage.schema import screen as screens
from bot.storage.upsert import Inserting, made_once
from dialogs.conversation.talk import (
    RECORDS,
    ConversationId,
    CustomerId,
    PersonId,
    Standing,
    Step,
    Talk,
    begin,
)
from dialogs.ports.conversations import Note, NoteId, NoteKind, OpenTalk
from dialogs.ports.days import DueCounts, DueItem
from dialogs.ports.people import TeamId
from dialogs.ports.store import Waiting

log = structlog.get_logger()


# Statements that most turns run are made once: making one costs more than running it.
_CUSTOMER_USED = update(customer).where(customer.c.id == bindparam("key"))
_STATE = select(conversation.c.state).where(
    conversation.c.id == bindparam("key"), conversation.c.owner_id == bindparam("owner")
)
_OWNER = select(conversation.c.owner_id).where(conversation.c.id == bindparam("key"))
_GO_ON = update(conversation).where(conversation.c.id == bindparam("key"), conversation.c.seq == bindparam("before"))
_STEPS = (
    select(
        step.c.seq, step.c.at, step.c.actor_id.label("actor"), step.c.trigger, step.c.source, step.c.target.label("to"),
        step.c.payload,
    )
    .where(step.c.conversation_id == bindparam("key"))
    .order_by(step.c.seq)
)  # fmt: skip
_MOVES = _STEPS.where(step.c.trigger.not_in(sorted(RECORDS)))
_STEP_LIST: Final = TypeAdapter(list[Step])
_OPEN = (
    select(conversation.c.id, conversation.c.state, customer.c.name)
    .join(customer, customer.c.id == conversation.c.customer_id)
    .where(conversation.c.owner_id == bindparam("owner"), conversation.c.standing != Standing.FINISHED)
    .order_by(conversation.c.touched_at.desc(), conversation.c.id.desc())
)
_COUNT_OPEN = select(func.count()).where(
    conversation.c.owner_id == bindparam("owner"), conversation.c.standing != Standing.FINISHED
)
_WITH_CUSTOMER = (
    select(conversation.c.id, conversation.c.state)
    .where(conversation.c.owner_id == bindparam("owner"), conversation.c.customer_id == bindparam("customer"))
    .order_by(conversation.c.touched_at.desc(), conversation.c.id.desc())
)
_QUESTION = select(waiting.c.state).where(waiting.c.person_id == bindparam("person"))
_BELOW = (
    select(lane.c.messages - screens.c.place)
    .join(screens, screens.c.chat_id == lane.c.chat_id)
    .where(lane.c.chat_id == bindparam("chat"), screens.c.name == bindparam("screen"))
)


class SecondWriter(Exception):
    """The conversation has gone on since it was loaded; the turn is tried again."""


class SqlConversations:
    """`dialogs.ports.Conversations` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, owner: PersonId, team_id: TeamId, first: Step) -> Talk:
        customer_id = first.payload["customer_id"]
        key = self._connection.execute(
            insert(conversation)
            .values(
                owner_id=owner, team_id=team_id, customer_id=customer_id, phase=first.to, standing=Standing.OPEN,
                seq=first.seq, state={}, touched_at=first.at,
            )
            .returning(conversation.c.id)
        ).scalar_one()  # fmt: skip
        talk = begin(ConversationId(key), first)
        self._connection.execute(
            update(conversation).where(conversation.c.id == key).values(state=talk.model_dump(mode="json"))
        )
        self._add_steps([(talk, first)])
        return talk

    def load(self, owner: PersonId, conversation_id: ConversationId) -> Talk | None:
        row = self._connection.execute(_STATE, {"key": conversation_id, "owner": owner}).one_or_none()
        return _talk(conversation_id, row.state) if row else None

    def append(self, talk: Talk, step: Step) -> None:
        self.append_all([(talk, step)])

    def append_all(self, taken: Sequence[tuple[Talk, Step]]) -> None:
        if not taken:
            return
        states = [
            {
                "key": talk.id, "before": step.seq - 1, "customer_id": talk.customer_id, "phase": talk.phase,
                "standing": talk.standing, "outcome": talk.outcome, "seq": step.seq,
                "state": talk.model_dump(mode="json"), "touched_at": talk.touched_at,
                "until": talk.until if talk.standing is Standing.POSTPONED else None,
            }
            for talk, step in taken
        ]  # fmt: skip
        if self._connection.execute(_GO_ON, states).rowcount != len(taken):
            numbers = ", ".join(f"{talk.id} at {step.seq - 1}" for talk, step in taken)
            raise SecondWriter(f"conversations have moved on: {numbers}")
        self._add_steps(taken)

    def _add_steps(self, added: Sequence[tuple[Talk, Step]]) -> None:
        self._connection.execute(
            insert(step),
            [
                {
                    "conversation_id": talk.id, "seq": taken.seq, "at": taken.at, "actor_id": taken.actor,
                    "trigger": taken.trigger, "source": taken.source, "target": taken.to,
                    "payload": dict(taken.payload),
                }
                for talk, taken in added
            ],
        )  # fmt: skip
        for talk, taken in added:
            if taken.trigger not in RECORDS:
                self._connection.execute(_CUSTOMER_USED, {"key": talk.customer_id, "used_at": taken.at})

    def steps(self, conversation_id: ConversationId) -> Sequence[Step]:
        return self._read_steps(_STEPS, conversation_id)

    def moves(self, conversation_id: ConversationId) -> Sequence[Step]:
        return self._read_steps(_MOVES, conversation_id)

    def _read_steps(self, statement: Select[*tuple[Any, ...]], conversation_id: ConversationId) -> Sequence[Step]:
        rows = self._connection.execute(statement, {"key": conversation_id})
        names = tuple(rows.keys())
        try:
            return _STEP_LIST.validate_python([dict(zip(names, row, strict=True)) for row in rows])
        except ValidationError as error:
            log.error("steps_unreadable", conversation=conversation_id, faults=error.error_count())
            return []

    def open(
        self, owner: PersonId, limit: int | None = None, customer_id: CustomerId | None = None
    ) -> Sequence[OpenTalk]:
        wanted = _OPEN.limit(limit)
        if customer_id is not None:
            wanted = wanted.where(conversation.c.customer_id == customer_id)
        rows = self._connection.execute(wanted, {"owner": owner})
        talks = [(ConversationId(row.id), row.name, _talk(ConversationId(row.id), row.state)) for row in rows]
        return [OpenTalk(key, name, talk) for key, name, talk in talks if talk is not None]

    def count_open(self, owner: PersonId) -> int:
        found: int = self._connection.execute(_COUNT_OPEN, {"owner": owner}).scalar_one()
        return found

    def with_customer(self, owner: PersonId, customer_id: CustomerId, limit: int) -> Sequence[Talk]:
        rows = self._connection.execute(_WITH_CUSTOMER.limit(limit), {"owner": owner, "customer": customer_id})
        talks = (_talk(ConversationId(row.id), row.state) for row in rows)
        return [talk for talk in talks if talk is not None]

    def latest(self, owner: PersonId, customer_id: CustomerId) -> Talk | None:
        named = {"owner": owner, "customer": customer_id}
        row = self._connection.execute(_WITH_CUSTOMER.limit(1), named).one_or_none()
        return _talk(ConversationId(row.id), row.state) if row else None


def _talk(conversation_id: ConversationId, state: Mapping[str, Any]) -> Talk | None:
    """The stored state; None where it holds what today's code does not know, so that one talk harms no other."""
    try:
        return Talk.model_validate(state)
    except ValidationError as error:
        log.error("conversation_unreadable", conversation=conversation_id, faults=error.error_count())
        return None


class SqlNotes:
    """`dialogs.ports.Notes` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, owner: PersonId, conversation_id: ConversationId | None, kind: NoteKind, text: str, at: datetime,
        file_id: str | None = None, customer_id: CustomerId | None = None,
    ) -> NoteId:  # fmt: skip
        statement = insert(note).values(
            owner_id=owner, conversation_id=conversation_id, kind=kind, at=at, text=text, file_id=file_id,
            customer_id=customer_id,
        )  # fmt: skip
        return NoteId(self._connection.execute(statement.returning(note.c.id)).scalar_one())

    def get(self, owner: PersonId, note_id: NoteId) -> Note | None:
        row = self._connection.execute(select(note).where(note.c.id == note_id, note.c.owner_id == owner)).one_or_none()
        return _note(row) if row else None

    def keep(self, owner: PersonId, note_id: NoteId, conversation_id: ConversationId) -> None:
        self._connection.execute(
            update(note)
            .where(note.c.id == note_id, note.c.owner_id == owner)
            .values(kind=NoteKind.NOTE, conversation_id=conversation_id)
        )

    def about(self, owner: PersonId, customer_id: CustomerId, limit: int) -> Sequence[Note]:
        # Found by what they belong to, never by their owner: that would read all of the seller's notes.
        own = (conversation.c.customer_id == customer_id, conversation.c.owner_id == owner)
        talks = self._connection.execute(select(conversation.c.id).where(*own)).scalars().all()
        found: dict[int, Row[*tuple[Any, ...]]] = {}
        for which in (note.c.customer_id == customer_id, note.c.conversation_id.in_(talks)):
            newest = select(note).where(which, note.c.kind != NoteKind.DRAFT).order_by(note.c.id.desc()).limit(limit)
            found |= {row.id: row for row in self._connection.execute(newest) if row.owner_id == owner}
        return [_note(found[key]) for key in sorted(found, reverse=True)[:limit]]

    def of(self, conversation_id: ConversationId) -> Sequence[Note]:
        rows = self._connection.execute(
            select(note)
            .where(note.c.conversation_id == conversation_id, note.c.kind != NoteKind.DRAFT)
            .order_by(note.c.id)
        )
        return [_note(row) for row in rows]


def _note(row: Row[*tuple[Any, ...]]) -> Note:
    return Note(NoteId(row.id), NoteKind(row.kind), row.at, row.text, row.file_id)


_WAITING: Final = TypeAdapter(Waiting)


class SqlForms:
    """`dialogs.ports.Forms` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(self, person_id: PersonId) -> Waiting | None:
        row = self._connection.execute(_QUESTION, {"person": person_id}).one_or_none()
        if row is None:
            return None
        try:
            return _WAITING.validate_python(row.state)
        except ValidationError as error:
            log.error("question_unreadable", person=person_id, faults=error.error_count())
            return None

    def ask(self, person_id: PersonId, question: Waiting) -> None:
        values = {"person_id": person_id, "state": _WAITING.dump_python(question, mode="json")}
        self._connection.execute(_put_question(self._connection), values)

    def done(self, person_id: PersonId) -> None:
        self._connection.execute(delete(waiting).where(waiting.c.person_id == person_id))


@made_once
def _put_question(insert: Inserting) -> Insert:
    new = insert(waiting)
    return new.on_conflict_do_update(index_elements=["person_id"], set_={"state": new.excluded.state})


class SqlFollowUps:
    """`dialogs.ports.FollowUps` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def set_due(self, conversation_id: ConversationId, due: Mapping[str, date]) -> None:
        self._connection.execute(delete(follow_up).where(follow_up.c.conversation_id == conversation_id))
        if not due:
            return
        owner = self._connection.execute(_OWNER, {"key": conversation_id}).scalar_one_or_none()
        rows = [
            {"conversation_id": conversation_id, "owner_id": owner, "task": task, "due_on": day}
            for task, day in due.items()
        ]
        self._connection.execute(insert(follow_up), rows)

    def open(self, owner: PersonId, until: date, limit: int, skip: int = 0) -> Sequence[DueItem]:
        return due_items(self._connection, owner, until, limit, skip)

    def count(self, owner: PersonId, today: date, until: date) -> DueCounts:
        return count_due(self._connection, owner, today, until)


class SqlScreens:
    """`dialogs.ports.Screens` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def messages_below(self, chat_id: int, screen: str) -> int | None:
        found = self._connection.execute(_BELOW, {"chat": chat_id, "screen": screen}).scalar_one_or_none()
        return None if found is None else int(found)
