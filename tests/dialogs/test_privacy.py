"""What is stored about a person: to see, to take along, to delete."""

from sqlalchemy import Engine

from bot.storage.people import SqlPeople
from bot.storage.store import SqlStore
from dialogs.conversation.talk import CustomerId, PersonId
from dialogs.ports.people import Role, StoredCounts
from tests.chat import Chat
from tests.conftest import join
from tests.dialogs.given import has_worked, invite, member


def test_the_overview_counts_what_is_stored_and_shows_no_contents(chat: Chat, engine: Engine) -> None:
    has_worked(engine, chat)
    chat.sends("/daten")
    chat.sees(
        "Name, Sprache, Zeitzone, Team und Rolle", "1 Gespräch\n", "1 Schritt darin", "1 Kunde\n", "2 Notizen",
        "0 Aufgaben mit Datum", "Deine Führungskraft sieht Summen des Teams",
        buttons=["Als Datei (JSON)", "Löschen"],
    )  # fmt: skip
    assert "Muster" not in chat.screen


def test_nobody_counts_what_belongs_to_others(chat: Chat, manager_chat: Chat, engine: Engine) -> None:
    has_worked(engine, chat)
    manager_chat.sends("/daten")
    manager_chat.sees("0 Gespräche", "0 Kunden", "0 Notizen")


def test_the_export_follows_as_a_file(chat: Chat, engine: Engine) -> None:
    has_worked(engine, chat)
    chat.sends("/mydata")
    chat.press("Als Datei (JSON)")
    chat.sees("Deine Daten kommen gleich als Datei (JSON).")
    (file,) = chat.files
    assert file["kind"] == "my_data"
    assert file["person"] == chat.person_id
    assert file["values"] == {"asked_at": chat.now.isoformat()}


def test_deleting_asks_first_and_says_what_goes_and_what_stays(chat: Chat, engine: Engine) -> None:
    has_worked(engine, chat)
    chat.sends("/daten")
    chat.press("Löschen")
    chat.sees(
        "Alles über dich löschen?", "die Namen deiner Kunden", "Die Summen von Team Süd bleiben, ohne dich.",
        "Das lässt sich nicht zurücknehmen.", buttons=["Ja, alles löschen", "Behalten"],
    )  # fmt: skip
    chat.press("Behalten")
    chat.sees("1 Gespräch\n")
    assert member(engine, chat.person_id) is not None


def test_after_deleting_the_person_is_a_stranger_and_nothing_leads_to_them(chat: Chat, engine: Engine) -> None:
    has_worked(engine, chat)
    chat.sends("/daten")
    chat.press("Löschen")
    delete_again = chat.data_of("Ja, alles löschen")
    chat.press("Ja, alles löschen")
    chat.sees("Deine Daten sind gelöscht, du gehörst nicht mehr dazu.")
    assert chat.buttons == []

    gone = PersonId(chat.person_id)
    with engine.connect() as connection:
        store = SqlStore(connection)
        assert store.people.get(gone) is None
        assert store.people.count_stored(gone) == StoredCounts(0, 0, 0, 0, 0)
        assert store.forms.waiting(gone) is None
        assert store.customers.get(gone, CustomerId(1)) is None
        assert "Muster" not in str(store.people.stored_about(gone))

    chat.press_data(delete_again)
    assert chat.toast.startswith("Dieser Bot gehört einem Vertriebsteam.")
    chat.types("Hallo?")
    chat.sees("Dieser Bot gehört einem Vertriebsteam.")


def test_whoever_comes_back_begins_anew(chat: Chat, engine: Engine) -> None:
    has_worked(engine, chat)
    chat.sends("/daten")
    chat.press("Löschen")
    chat.press("Ja, alles löschen")
    invite(engine, "again")
    chat.sends("/start again")
    chat.sends("/daten")
    chat.sees("0 Gespräche", "0 Notizen")


def test_the_team_keeps_its_steps_without_the_person(chat: Chat, engine: Engine) -> None:
    has_worked(engine, chat)
    talk_id = chat.talk.id
    chat.sends("/daten")
    chat.press("Löschen")
    chat.press("Ja, alles löschen")
    with engine.connect() as connection:
        store = SqlStore(connection)
        assert [step.actor for step in store.conversations.steps(talk_id)] == [None]
        assert list(store.notes.of(talk_id)) == []


def test_the_last_manager_may_go_and_is_told_what_that_means(manager_chat: Chat, engine: Engine) -> None:
    manager_chat.sends("/daten")
    manager_chat.press("Löschen")
    manager_chat.sees("Team Süd hat dann keine Führungskraft mehr.")
    manager_chat.press("Ja, alles löschen")
    assert member(engine, manager_chat.person_id) is None


def test_one_of_two_managers_is_told_nothing_of_the_kind(manager_chat: Chat, engine: Engine) -> None:
    join(engine, 1020, "Mira", Role.MANAGER)
    manager_chat.sends("/daten")
    manager_chat.press("Löschen")
    assert "keine Führungskraft mehr" not in manager_chat.screen


def test_english_counts_too(english_chat: Chat, engine: Engine) -> None:
    has_worked(engine, english_chat)
    english_chat.sends("/mydata")
    english_chat.sees("1 conversation\n", "2 notes", buttons=["As a file (JSON)", "Delete"])
    with engine.connect() as connection:
        counts = SqlPeople(connection).count_stored(PersonId(english_chat.person_id))
    assert counts == StoredCounts(conversations=1, steps=1, customers=1, notes=2, tasks=0)
