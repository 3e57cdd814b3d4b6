"""Members and invites, what is stored about a person, and how all of it goes."""

import json
from datetime import timedelta

from sqlalchemy import Connection, Engine, func, select

from bot.storage import inbox, outbox
from bot.storage.outbox import Ended, Kind
from bot.storage.people import SqlPeople, create_team, mark_blocked, team_by_name
from bot.storage.schema import conversation, customer, metadata, person, step
from bot.storage.store import SqlStore
from bot.storage.work import open_storage
from dialogs.conversation.talk import PersonId
from dialogs.ports.conversations import NoteKind
from dialogs.ports.people import Role, TeamId
from dialogs.ports.store import Waiting
from knowledge.language.messages import Language
from tests.bot.storage.databases import ONLY_SQLITE, Database
from tests.bot.storage.letters import MARKUS, SABINE, arrival
from tests.chat import MONDAY_MORNING as NOW
from tests.chat import Chat
from tests.conftest import join

A_WEEK = timedelta(days=7)
SECRETS = ("Geheimkunde", "Vertrauliches", "Sabinchen")
"""Words that stand in customers' names, in texts, and in the person's name."""


def invite(connection: Connection, code: str, role: Role = Role.SELLER) -> None:
    team = team_by_name(connection, "Team Süd")
    assert team is not None
    SqlPeople(connection).create_invite(team.id, role, code, NOW, NOW + A_WEEK)


def test_an_invite_is_good_once_and_for_a_time(engine: Engine) -> None:
    with engine.begin() as connection:
        people = SqlPeople(connection)
        invite(connection, "secret-code", Role.MANAGER)
        assert people.find_invite("another-code", NOW) is None
        assert people.find_invite("secret-code", NOW + A_WEEK) is None
        found = people.find_invite("secret-code", NOW)
        assert found is not None
        assert (found.role, found.team.name) == (Role.MANAGER, "Team Süd")
        assert people.find_invite_by_id(found.id, NOW) == found
        assert people.use_invite(found, PersonId(SABINE), NOW)
        assert not people.use_invite(found, PersonId(MARKUS), NOW), "another one was quicker"
        assert people.find_invite("secret-code", NOW) is None


def test_the_code_itself_is_nowhere_in_the_database(engine: Engine) -> None:
    with engine.begin() as connection:
        invite(connection, "secret-code")
        assert "secret-code" not in everything_in(connection)


def test_a_removed_member_is_a_stranger_until_invited_again(engine: Engine) -> None:
    join(engine, SABINE, "Sabine")
    with engine.begin() as connection:
        people = SqlPeople(connection)
        people.remove(PersonId(SABINE), NOW)
        assert people.get(PersonId(SABINE)) is None
        assert people.members(team_id(connection)) == []
    join(engine, SABINE, "Sabine", Role.MANAGER)
    with engine.begin() as connection:
        (member,) = SqlPeople(connection).members(team_id(connection))
        assert (member.id, member.role) == (SABINE, Role.MANAGER)


def test_who_changes_the_team_or_the_role_is_new_there(engine: Engine) -> None:
    join(engine, SABINE, "Sabine")
    later = NOW + A_WEEK
    with engine.begin() as connection:
        invite(connection, "lead", Role.MANAGER)
        found = SqlPeople(connection).find_invite("lead", NOW)
        assert found is not None
        SqlPeople(connection).join(found, PersonId(SABINE), SABINE, "Sabine", Language.DE, later)
        assert connection.execute(select(person.c.joined_at)).scalar_one() == later, "no summary from before is made up"


def test_the_currency_follows_the_region(engine: Engine) -> None:
    with engine.begin() as connection:
        made = [
            create_team(connection, region, Language.DE, "Europe/Zurich", region, "18:00", NOW).currency
            for region in ("CH-ZH", "AT-9", "DE-BY")
        ]
    assert made == ["CHF", "EUR", "EUR"]


def test_a_team_is_found_by_its_name_umlauts_and_case_aside(engine: Engine) -> None:
    with engine.begin() as connection:
        made = create_team(connection, "Team Übersee", Language.DE, "Europe/Berlin", "DE", "18:00", NOW)
        for name in ("Team Übersee", "team übersee", "TEAM ÜBERSEE"):
            assert team_by_name(connection, name) == made
        assert team_by_name(connection, "Team Uebersee") is None


def test_who_blocked_the_bot_is_marked_and_the_mark_taken_back(engine: Engine) -> None:
    join(engine, SABINE, "Sabine")
    with engine.begin() as connection:
        mark_blocked(connection, SABINE, NOW)
        assert connection.execute(select(person.c.blocked_at)).scalar_one() == NOW
        mark_blocked(connection, SABINE, None)
        assert connection.execute(select(person.c.blocked_at)).scalar_one() is None


def test_what_is_stored_about_a_person_is_json_and_complete(chat: Chat, engine: Engine) -> None:
    has_written_everywhere(chat, engine)
    with engine.connect() as connection:
        stored = SqlPeople(connection).stored_about(PersonId(SABINE))
        counts = SqlPeople(connection).count_stored(PersonId(SABINE))
    again = json.loads(json.dumps(stored))
    assert again == stored
    written = json.dumps(stored, ensure_ascii=False)
    assert all(word in written for word in SECRETS)
    assert [len(stored[name]) for name in ("conversations", "steps", "customers", "notes", "follow_ups")] == [
        counts.conversations, counts.steps, counts.customers, counts.notes, counts.tasks,
    ]  # fmt: skip
    assert len(stored["question"]) == 1


def test_erasing_leaves_the_teams_sums_and_nothing_that_leads_to_the_person(chat: Chat, engine: Engine) -> None:
    has_written_everywhere(chat, engine)
    with engine.connect() as connection:
        before = [count(connection, table) for table in ("conversation", "step", "customer")]
    with engine.begin() as connection:
        SqlPeople(connection).erase(PersonId(SABINE))
    with engine.connect() as connection:
        assert [count(connection, table) for table in ("conversation", "step", "customer")] == before
        assert {count(connection, table) for table in ("person", "note", "follow_up", "waiting")} == {0}
        assert set(connection.execute(select(customer.c.name)).scalars()) == {""}
        for column in (conversation.c.owner_id, step.c.actor_id, customer.c.owner_id):
            assert set(connection.execute(select(column)).scalars()) == {None}
        left = everything_in(connection)
    assert [word for word in SECRETS if word in left] == []


def test_erasing_one_person_leaves_the_others_alone(chat: Chat, manager_chat: Chat, engine: Engine) -> None:
    has_written_everywhere(chat, engine)
    manager_chat.sends("/gespraech Nachbar AG")
    manager_chat.types("Notiz von Markus")
    with engine.connect() as connection:
        before = SqlPeople(connection).stored_about(PersonId(MARKUS))
    with engine.begin() as connection:
        SqlPeople(connection).erase(PersonId(SABINE))
    with engine.connect() as connection:
        assert SqlPeople(connection).stored_about(PersonId(MARKUS)) == before


@ONLY_SQLITE
async def test_no_erased_word_is_left_in_the_file(chat: Chat, database: Database) -> None:
    """Not even where the database has long put something else: `secure_delete` writes over what it frees."""
    has_written_everywhere(chat, database.engine)
    storage = open_storage(database.engine)
    await storage.write(many_more_rows)
    storage.close()
    assert words_in_the_file(database) == set(SECRETS)
    storage = open_storage(database.engine)
    await storage.write(lambda connection: SqlPeople(connection).erase(PersonId(SABINE)))
    storage.close()
    assert words_in_the_file(database) == set()


def has_written_everywhere(chat: Chat, engine: Engine) -> None:
    """A conversation with all that hangs on it, and updates and messages that were put aside."""
    chat.sends("/gespraech Geheimkunde GmbH")
    chat.press("Notiz")
    chat.types("Vertrauliches aus dem Termin")
    talk = chat.talk
    with engine.begin() as connection:
        store = SqlStore(connection)
        owner = PersonId(SABINE)
        connection.execute(person.update().where(person.c.id == SABINE).values(name="Sabinchen"))
        store.notes.add(owner, None, NoteKind.DRAFT, "Vertrauliches, nur getippt", NOW)
        store.forms.ask(owner, Waiting("order", "what", talk.id, {"what": "Vertrauliches"}, NOW))
        store.follow_ups.set_due(talk.id, {"thank": NOW.date()})
        (letter,) = inbox.put(connection, [arrival(99_001, raw='{"text": "Vertrauliches"}')])
        inbox.put_aside(connection, letter.id, letter.raw, "KeyError")
        parcel = outbox.add(connection, SABINE, Kind.SEND, "", {"text": "Geheimkunde GmbH"}, NOW)
        outbox.end(connection, parcel.id, Ended.ASIDE, NOW, "chat not found")


def many_more_rows(connection: Connection) -> None:
    """Enough for the tables' pages to be split and moved."""
    store = SqlStore(connection)
    for number in range(400):
        store.customers.create(PersonId(SABINE), f"Geheimkunde {number} " + "x" * (number % 90), alias=False, at=NOW)
        store.notes.add(PersonId(SABINE), None, NoteKind.NOTE, f"Vertrauliches {number} " * (1 + number % 60), NOW)


def words_in_the_file(database: Database) -> set[str]:
    """Which of the secrets the database's files hold, after the journal was written back."""
    engine = database.reopened()
    raw = engine.raw_connection()
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    engine.dispose()
    content = b"".join(file.read_bytes() for file in database.file.parent.glob(database.file.name + "*"))
    return {word for word in SECRETS if word.encode() in content}


def everything_in(connection: Connection) -> str:
    """All rows of all tables, as text."""
    rows = (connection.execute(table.select()).all() for table in metadata.sorted_tables)
    return "\n".join(map(str, rows))


def count(connection: Connection, table: str) -> int:
    return connection.execute(select(func.count()).select_from(metadata.tables[table])).scalar_one()


def team_id(connection: Connection) -> TeamId:
    team = team_by_name(connection, "Team Süd")
    assert team is not None
    return team.id
