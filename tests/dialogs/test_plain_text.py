"""Plain text goes to the first that takes it: the waiting question, the card that asks, else 'Was war das?'."""

import pytest

from bot.storage.store import SqlStore
from dialogs.conversation.talk import PersonId
from dialogs.ports.conversations import NoteId, NoteKind
from knowledge.taxonomy import PhaseId
from tests.chat import Chat


def test_a_text_that_nobody_takes_is_kept_as_a_draft_and_asked_about(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.types("findet er zu teuer")
    chat.sees("Was war das?", "findet er zu teuer", buttons=["Preis", "Zeit", "Als Notiz"])
    with chat.engine.connect() as connection:
        note = SqlStore(connection).notes.get(PersonId(chat.person_id), NoteId(1))
    assert note is not None
    assert (note.kind, note.text) == (NoteKind.DRAFT, "findet er zu teuer")


def test_without_a_conversation_there_is_no_note_to_make(chat: Chat) -> None:
    chat.types("findet er zu teuer")
    chat.sees("Was war das?", buttons=["Preis"])
    assert "Als Notiz" not in chat.buttons


def test_a_group_opens_its_objections(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.types("findet er zu teuer")
    chat.press("Preis")
    assert any("Kein Budget" in button for message in chat.new for button in message.buttons)


def test_a_waiting_question_comes_before_everything_else(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("Abschluss")
    chat.press("Trotzdem weiter")
    note = chat.data_of("Notiz")
    chat.press("Noch nicht")
    chat.press_data(note)
    chat.types("Freigabe fehlt")
    still_asked = chat.talk
    assert still_asked.phase is PhaseId.CLOSING
    chat.types("Freigabe fehlt")
    assert chat.talk.phase is PhaseId.NEGOTIATION


@pytest.mark.parametrize("text", ["x" * 4096, "🎉", "<b>&</b>", "„Zitat“\nin zwei Zeilen"])
def test_long_or_odd_texts_are_quoted_within_telegrams_limits(chat: Chat, text: str) -> None:
    chat.types(text)
    chat.sees("Was war das?")


def test_a_text_of_nothing_but_space_gets_a_sentence(chat: Chat) -> None:
    chat.types("   ")
    chat.sees("Da steht noch nichts")


def test_pictures_are_not_read_yet(chat: Chat) -> None:
    chat.attaches("photo")
    chat.sees("lese ich noch nicht")


def test_in_english(english_chat: Chat) -> None:
    english_chat.types("he says it is too expensive")
    english_chat.sees("What was that?", buttons=["Price"])
