"""What stands in storage before a transcript begins: invitations, other teams, a conversation."""

from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import Connection, Engine

from bot.storage.people import SqlPeople, create_team, team_by_name
from bot.storage.store import SqlStore
from bot.turns import House
from dialogs.conversation.talk import PersonId, Standing, Step, Trigger, apply
from dialogs.ports.conversations import NoteKind
from dialogs.ports.people import Person, Role
from dialogs.ports.store import Waiting
from dialogs.turn import Event, Links, Sender, Turn
from knowledge.language.messages import Language
from knowledge.taxonomy import PhaseId
from tests.chat import MONDAY_MORNING, Chat

A_WEEK = timedelta(days=7)


def invite(
    engine: Engine, code: str, *, role: Role = Role.SELLER, team: str = "Team Süd", at: datetime = MONDAY_MORNING
) -> None:
    """An open invitation with this code; the team is made where there is none."""
    with engine.begin() as connection:
        found = team_by_name(connection, team) or create_team(
            connection, team, Language.DE, "Europe/Vienna", "AT", "18:00", at
        )
        SqlPeople(connection).create_invite(found.id, role, code, at, at + A_WEEK)


def member(engine: Engine, person_id: int) -> Person | None:
    """A person as stored; None for somebody who is no member."""
    with engine.connect() as connection:
        return SqlPeople(connection).get(PersonId(person_id))


def has_worked(engine: Engine, chat: Chat) -> None:
    """A conversation with one step and two notes, and a question that waits."""
    owner = PersonId(chat.person_id)
    with engine.begin() as connection:
        store = SqlStore(connection)
        person = store.people.get(owner)
        assert person is not None
        customer = store.customers.create(owner, "Muster GmbH", alias=False, at=chat.now)
        first = Step(
            seq=1, at=chat.now, actor=owner, trigger=Trigger.START, source=None, to=PhaseId.RELATIONSHIP,
            payload={"customer_id": customer.id},
        )  # fmt: skip
        talk = store.conversations.create(owner, person.team.id, first)
        store.people.save(person.with_active(talk.id))
        store.notes.add(owner, talk.id, NoteKind.NOTE, "Budget im Mai", chat.now)
        store.notes.add(owner, talk.id, NoteKind.NOTE, "ruft zurück", chat.now)
        store.forms.ask(owner, Waiting("note", "text", talk.id, asked_at=chat.now))


_LEADS_TO = {
    Standing.PAUSED: Trigger.PAUSE,
    Standing.POSTPONED: Trigger.POSTPONE,
    Standing.FINISHED: Trigger.FINISH,
}


def rests(engine: Engine, chat: Chat, standing: Standing) -> None:
    """The conversation that the person has worked on does not go on for now, or not at all."""
    talk = chat.talk
    step = Step(
        seq=talk.seq + 1, at=chat.now, actor=PersonId(chat.person_id), trigger=_LEADS_TO[standing],
        source=talk.phase, to=talk.phase, payload={"standing": standing},
    )  # fmt: skip
    with engine.begin() as connection:
        SqlStore(connection).conversations.append(apply(talk, step), step)


def turn_of(connection: Connection, house: House, person_id: int, event: Event, *, chat_id: int | None = None) -> Turn:
    """A turn whose dialog the test runs itself, for what a phone does not show."""
    store = SqlStore(connection)
    codes = (f"code-{number}" for number in count(1))
    return Turn(
        sender=Sender(PersonId(person_id), chat_id or person_id, "Sabine", Language.DE),
        event=event,
        at=MONDAY_MORNING,
        catalogue=house.catalogue,
        messages=house.messages,
        store=store,
        links=Links(),
        new_code=lambda: next(codes),
        member=store.people.get(PersonId(person_id)),
    )


def order_asked(chat: Chat) -> None:
    """A conversation, and the question for its order."""
    chat.sends("/gespraech Muster GmbH")
    chat.press("⋯")
    chat.press("Beenden")
    chat.press("Auftrag erhalten")
    chat.sees("Wie hoch ist der Auftrag", buttons=["Ohne Betrag", "Abbrechen"])
