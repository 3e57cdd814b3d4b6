"""Conversations and what belongs to them: steps are added by one writer at a time, and one bad row harms no other."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select, update

from bot.storage.schema import conversation, follow_up, waiting
from bot.storage.store import SqlStore
from bot.storage.talks import SecondWriter
from dialogs.conversation.talk import PersonId, Standing, Step, Talk, Trigger, apply
from dialogs.ports.conversations import NoteKind
from dialogs.ports.store import Waiting
from knowledge.taxonomy import PhaseId
from tests.bot.storage.letters import MARKUS, ONE_SECOND, SABINE
from tests.chat import MONDAY_MORNING as NOW
from tests.conftest import join

OWNER = PersonId(SABINE)
STRANGER = PersonId(MARKUS)


@pytest.fixture(autouse=True)
def _members(engine: Engine) -> None:
    join(engine, SABINE, "Sabine")
    join(engine, MARKUS, "Markus")


def begins(connection: Connection, customer: str) -> Talk:
    """A conversation of Sabine's with this customer."""
    store = SqlStore(connection)
    person = store.people.get(OWNER)
    assert person is not None
    found = store.customers.create(OWNER, customer, alias=False, at=NOW)
    first = Step(
        seq=1, at=NOW, actor=OWNER, trigger=Trigger.START, source=None, to=PhaseId.RELATIONSHIP,
        payload={"customer_id": found.id},
    )  # fmt: skip
    return store.conversations.create(OWNER, person.team.id, first)


def goes_on(talk: Talk, trigger: Trigger = Trigger.ADVANCE, to: PhaseId = PhaseId.ANALYSIS, **payload: Any) -> Step:
    return Step(
        seq=talk.seq + 1, at=talk.touched_at + ONE_SECOND, actor=OWNER, trigger=trigger, source=talk.phase, to=to,
        payload=payload,
    )  # fmt: skip


def appended(connection: Connection, talk: Talk, step: Step) -> Talk:
    after = apply(talk, step)
    SqlStore(connection).conversations.append(after, step)
    return after


def test_what_is_loaded_is_what_was_stored(engine: Engine) -> None:
    with engine.begin() as connection:
        talk = begins(connection, "Müller & Söhne")
        step = goes_on(talk, until="2026-12-01", amount="12500.00", currency="EUR")
        after = appended(connection, talk, step)
    with engine.connect() as connection:
        conversations = SqlStore(connection).conversations
        assert conversations.load(OWNER, talk.id) == after
        assert list(conversations.steps(talk.id))[1] == step
        assert [opened.customer for opened in conversations.open(OWNER)] == ["Müller & Söhne"]


def test_a_conversation_is_its_owners_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        talk = begins(connection, "Muster GmbH")
        store = SqlStore(connection)
        note = store.notes.add(OWNER, talk.id, NoteKind.NOTE, "Budget im Mai", NOW)
        assert store.conversations.load(STRANGER, talk.id) is None
        assert store.conversations.open(STRANGER) == []
        assert store.customers.get(STRANGER, talk.customer_id) is None
        assert store.customers.by_name(STRANGER, "Muster GmbH") is None
        assert store.notes.get(STRANGER, note) is None


def test_the_second_writer_is_refused_and_has_changed_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        talk = begins(connection, "Muster GmbH")
    with engine.begin() as connection:
        kept = appended(connection, talk, goes_on(talk))
    with engine.connect() as connection, pytest.raises(SecondWriter), connection.begin():
        appended(connection, talk, goes_on(talk, Trigger.PAUSE, PhaseId.RELATIONSHIP, standing=Standing.PAUSED))
    with engine.connect() as connection:
        conversations = SqlStore(connection).conversations
        assert conversations.load(OWNER, talk.id) == kept
        assert [step.trigger for step in conversations.steps(talk.id)] == [Trigger.START, Trigger.ADVANCE]


@pytest.mark.parametrize(
    "broken", [{}, {"phase": "hypnosis"}, {"started_at": "yesterday"}, {"standing": "levitating"}], ids=str
)
def test_a_state_that_todays_code_does_not_know_hides_no_other(engine: Engine, broken: dict[str, Any]) -> None:
    with engine.begin() as connection:
        old, fine = begins(connection, "Alt AG"), begins(connection, "Neu AG")
        state = {**old.model_dump(mode="json"), **broken} if broken else {}
        connection.execute(update(conversation).where(conversation.c.id == old.id).values(state=state))
    with engine.connect() as connection:
        conversations = SqlStore(connection).conversations
        assert conversations.load(OWNER, old.id) is None
        assert conversations.latest(OWNER, old.customer_id) is None
        assert [opened.id for opened in conversations.open(OWNER)] == [fine.id]
        assert len(conversations.steps(old.id)) == 1, "the steps are there for the day on which it is mended"


def test_open_conversations_come_with_the_last_used_first_and_without_the_finished(engine: Engine) -> None:
    with engine.begin() as connection:
        first, second, third = (begins(connection, name) for name in ("A", "B", "C"))
        appended(connection, first, goes_on(first))
        appended(connection, third, goes_on(third, Trigger.FINISH, standing=Standing.FINISHED))
        conversations = SqlStore(connection).conversations
        assert [opened.id for opened in conversations.open(OWNER)] == [first.id, second.id]
        latest = conversations.latest(OWNER, third.customer_id)
        assert latest is not None
        assert latest.standing is Standing.FINISHED


def test_customers_are_found_by_name_umlauts_and_case_aside(engine: Engine) -> None:
    with engine.begin() as connection:
        customers = SqlStore(connection).customers
        made = customers.create(OWNER, "Österreichische Übersee AG", alias=False, at=NOW)
        customers.create(OWNER, "Gespräch 1", alias=True, at=NOW + ONE_SECOND)
        found = customers.by_name(OWNER, "ÖSTERREICHISCHE übersee ag")
        assert found == made
        assert [customer.name for customer in customers.recent(OWNER, 5)] == [made.name], "an alias is no name to pick"
        assert customers.count(OWNER) == 2


def test_a_draft_becomes_a_note_when_it_is_kept(engine: Engine) -> None:
    with engine.begin() as connection:
        talk = begins(connection, "Muster GmbH")
        notes = SqlStore(connection).notes
        draft = notes.add(OWNER, None, NoteKind.DRAFT, "ruft zurück", NOW)
        notes.keep(STRANGER, draft, talk.id)
        assert notes.of(talk.id) == []
        notes.keep(OWNER, draft, talk.id)
        assert [(note.kind, note.text) for note in notes.of(talk.id)] == [(NoteKind.NOTE, "ruft zurück")]


def test_one_question_waits_with_the_one_before_it(engine: Engine) -> None:
    before = Waiting("order", "amount", 3, {"what": "Anlage"}, NOW)
    question = Waiting("note", "text", 4, asked_at=NOW + timedelta(minutes=5), version=2, before=before)
    with engine.begin() as connection:
        forms = SqlStore(connection).forms
        forms.ask(OWNER, before)
        forms.ask(OWNER, question)
    with engine.begin() as connection:
        forms = SqlStore(connection).forms
        assert forms.waiting(OWNER) == question
        assert forms.waiting(STRANGER) is None
        forms.done(OWNER)
        assert forms.waiting(OWNER) is None


def test_a_question_that_todays_code_can_not_read_is_no_question(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(waiting.insert().values(person_id=OWNER, state={"form": "order"}))
        forms = SqlStore(connection).forms
        assert forms.waiting(OWNER) is None
        forms.ask(OWNER, Waiting("note", "text", 4))
        assert forms.waiting(OWNER) == Waiting("note", "text", 4)


def test_dated_tasks_are_replaced_as_a_whole(engine: Engine) -> None:
    with engine.begin() as connection:
        talk = begins(connection, "Muster GmbH")
        tasks = SqlStore(connection).follow_ups
        tasks.set_due(talk.id, {"thank": NOW.date(), "call": NOW.date()})
        tasks.set_due(talk.id, {"call": NOW.date() + timedelta(days=1)})
        rows = connection.execute(select(follow_up.c.task, follow_up.c.due_on)).all()
        assert [tuple(row) for row in rows] == [("call", NOW.date() + timedelta(days=1))]
        tasks.set_due(talk.id, {})
        assert connection.execute(select(follow_up)).all() == []
