"""Notes at any time: asked for, typed by themselves, or spoken."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.storage.store import SqlStore
from dialogs.conversation.talk import ConversationId, PersonId
from dialogs.ports.conversations import Note, NoteId, NoteKind
from tests.chat import Chat

NASTY = [
    "x" * 4096,
    "🎉🎉🎉",
    "<b>fett</b> & <script>alert(1)</script>",
    "{name} %s \\n",
    "a\u202eb\u0000c",
    "  Leerraum bleibt  ",
]


def notes_of(chat: Chat, conversation: int | None = None) -> list[Note]:
    with chat.engine.connect() as connection:
        return list(SqlStore(connection).notes.of(ConversationId(conversation or chat.talk.id)))


def between_conversations(chat: Chat) -> None:
    """One conversation is open, another one has just been finished: none is active."""
    chat.sends("/gespraech Beispiel AG")
    chat.sends("/gespraech Muster GmbH")
    for label in ("⋯", "Beenden", "Fand nicht statt", "Alle übrigen weglassen", "Weiter"):
        chat.press(label)


def test_a_note_is_one_tap_and_one_text(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("Notiz")
    chat.sees("Was willst du notieren?", buttons=["Abbrechen"])
    chat.types("Entscheidet im Mai")
    assert [(note.kind, note.text) for note in notes_of(chat)] == [(NoteKind.NOTE, "Entscheidet im Mai")]
    assert any("Notiert: Entscheidet im Mai" in message.text for message in chat.new)


@pytest.mark.parametrize("text", NASTY)
def test_any_text_is_stored_as_it_was_typed(chat: Chat, text: str) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("Notiz")
    chat.types(text)
    assert [note.text for note in notes_of(chat)] == [text]


def test_a_voice_message_is_a_note_of_the_active_conversation(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.speaks("file-7")
    (note,) = notes_of(chat)
    assert (note.kind, note.file_id, note.text) == (NoteKind.NOTE, "file-7", "")
    assert any("Sprachnachricht notiert: Muster GmbH" in message.text for message in chat.new)


def test_a_voice_message_answers_the_question_for_a_note(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("Notiz")
    chat.speaks("file-8")
    assert [note.file_id for note in notes_of(chat)] == ["file-8"]
    chat.types("etwas anderes")
    chat.sees("Was war das?")


def test_a_voice_message_belongs_to_the_conversation_whose_note_is_asked_for(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    first = chat.talk.id
    note = chat.data_of("Notiz")
    chat.sends("/gespraech Beispiel AG")
    second = chat.talk.id
    chat.press_data(note)
    chat.speaks("file-9")
    assert [kept.file_id for kept in notes_of(chat, first)] == ["file-9"]
    assert notes_of(chat, second) == []


def test_a_voice_message_without_a_conversation_waits_as_a_draft(chat: Chat) -> None:
    chat.speaks("file-1")
    chat.sees("kein Gespräch offen", buttons=["Als Notiz"])
    chat.press("Als Notiz")
    assert "Öffne zuerst ein Gespräch" in chat.toast
    keep = chat.data_of("Als Notiz")
    chat.sends("/gespraech Muster GmbH")
    chat.press_data(keep)
    assert [note.file_id for note in notes_of(chat)] == ["file-1"]


def test_a_voice_message_between_two_conversations_asks_for_which(chat: Chat) -> None:
    between_conversations(chat)
    chat.speaks("file-1")
    chat.sees("Zu welchem Gespräch gehört das?", buttons=["Als Notiz: Beispiel AG"])
    chat.press("Als Notiz: Beispiel AG")
    chat.sees("Notiz zu Beispiel AG: Sprachnachricht")
    assert [note.file_id for note in notes_of(chat)] == ["file-1"]


def test_a_text_between_two_conversations_can_still_become_a_note(chat: Chat) -> None:
    between_conversations(chat)
    chat.types("Rückruf am Montag")
    chat.sees("Was war das?", buttons=["Preis", "Als Notiz: Beispiel AG"])
    chat.press("Als Notiz: Beispiel AG")
    chat.sees("Notiz zu Beispiel AG: Rückruf am Montag")
    assert [note.text for note in notes_of(chat)] == ["Rückruf am Montag"]


def test_the_list_shows_the_newest_notes_with_their_moment(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    for number in range(12):
        chat.press("Notiz")
        chat.types(f"Gedanke {number}")
        chat.later(minutes=1)
    chat.speaks("file-2")
    chat.press("⋯")
    chat.press("Notizen")
    chat.sees("Notizen zu Muster GmbH", "Sprachnachricht", "Gedanke 11", "heute, 09:11", "Dazu 3 ältere.")
    assert "Gedanke 2" not in chat.screen


def test_the_list_is_drawn_in_its_place(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("⋯")
    notes = chat.data_of("Notizen")
    chat.press_data(notes)
    chat.sees("Noch keine", buttons=["Notiz"])
    messages = len(chat.phone)
    chat.press_data(notes)
    assert len(chat.phone) == messages


def test_keeping_a_draft_twice_keeps_it_once(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.types("Er baut gerade um")
    keep = chat.data_of("Als Notiz")
    chat.press_data(keep)
    chat.sees("Notiz zu Muster GmbH: Er baut gerade um")
    chat.press_data(keep)
    assert [note.text for note in notes_of(chat)] == ["Er baut gerade um"]


def test_a_draft_that_is_gone_gets_a_kind_line(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.types("Er baut gerade um")
    keep = chat.data_of("Als Notiz")
    chat.press_data(keep[: keep.rindex(":") + 1] + "4711")
    assert "nicht mehr da" in chat.toast


def test_a_draft_belongs_to_who_wrote_it(chat: Chat, manager_chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.types("Nur für mich")
    with chat.engine.connect() as connection:
        store = SqlStore(connection)
        assert store.notes.get(PersonId(manager_chat.person_id), NoteId(1)) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=300))
def test_no_text_breaks_a_chat(chat: Chat, text: str) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.types(text)
    assert chat.new
