"""Questions that wait: left, interrupted, or grown old, they lose nothing of what was entered."""

from dataclasses import replace

import pytest

from bot.storage.store import SqlStore
from dialogs.conversation.talk import ConversationId, PersonId
from dialogs.ports.store import Waiting
from knowledge.taxonomy import OutcomeId, PhaseId
from tests.chat import Chat
from tests.dialogs.given import order_asked


def waiting(chat: Chat) -> Waiting | None:
    with chat.engine.connect() as connection:
        return SqlStore(connection).forms.waiting(PersonId(chat.person_id))


def test_leaving_twice_says_that_a_question_still_waits(chat: Chat) -> None:
    order_asked(chat)
    chat.types("12.500")
    chat.sends("/abbrechen")
    chat.sends("/abbrechen")
    left = next(message for message in reversed(chat.phone) if "keine Frage offen" in message.text)
    assert (left.text, left.buttons) == (
        "Gerade ist keine Frage offen; eine frühere wartet noch.",
        ["Frage fortsetzen"],
    )


def test_cancel_leaves_the_question_and_keeps_what_was_entered(chat: Chat) -> None:
    order_asked(chat)
    chat.types("12.500")
    chat.sends("/abbrechen")
    assert any("Was du eingegeben hast, bleibt" in message.text for message in chat.new)
    chat.press("Frage fortsetzen")
    chat.sees("12.500\N{NO-BREAK SPACE}€ – stimmt das?")
    chat.press("Stimmt")
    assert chat.talk.amount == 12500


def test_cancel_without_entries_drops_the_question(chat: Chat) -> None:
    order_asked(chat)
    chat.press("Abbrechen")
    assert waiting(chat) is None
    chat.types("12.500")
    assert chat.talk.outcome is None


def test_cancel_leaves_the_question_on_the_card_too(chat: Chat) -> None:
    order_asked(chat)
    chat.sends("/abbrechen")
    assert chat.talk.asking is None
    assert chat.message is chat.card_message


def test_cancel_without_a_question_says_so(chat: Chat) -> None:
    chat.sends("/abbrechen")
    chat.sees("Gerade ist keine Frage offen")


def test_a_question_older_than_two_hours_takes_no_text_and_waits_as_a_button(chat: Chat) -> None:
    order_asked(chat)
    chat.types("12.500")
    chat.later(hours=2, minutes=1)
    chat.types("13.000")
    chat.sees("Was war das?", buttons=["Frage fortsetzen"])
    chat.press("Frage fortsetzen")
    chat.sees("12.500\N{NO-BREAK SPACE}€ – stimmt das?")


def test_a_question_takes_a_text_for_two_hours(chat: Chat) -> None:
    order_asked(chat)
    chat.later(hours=2)
    chat.types("12.500")
    chat.sees("12.500\N{NO-BREAK SPACE}€ – stimmt das?")


def test_a_question_whose_talk_has_moved_takes_no_text(chat: Chat) -> None:
    order_asked(chat)
    chat.types("12.500")
    chat.press("Zurück")  # of the question on the card: the talk goes on
    chat.types("Das ist mir zu teuer")
    chat.sees("Was war das?", buttons=["Frage fortsetzen"])


def test_a_side_question_never_loses_what_was_entered(chat: Chat) -> None:
    order_asked(chat)
    chat.types("12.500")
    chat.sends("/einwand")
    chat.sends("/signal")
    chat.types("14.000")
    chat.sees("14.000\N{NO-BREAK SPACE}€ – stimmt das?")


def test_a_note_in_between_leads_back_to_the_question(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    note = chat.data_of("Notiz")
    chat.press("⋯")
    chat.press("Beenden")
    chat.press("Auftrag erhalten")
    chat.types("12.500")
    chat.press_data(note)
    chat.sees("Was willst du notieren?")
    chat.types("Chef ist ab Montag im Urlaub")
    chat.sees("12.500\N{NO-BREAK SPACE}€ – stimmt das?")
    chat.press("Stimmt")
    assert chat.talk.amount == 12500


def test_the_same_question_twice_is_one_question(chat: Chat) -> None:
    order_asked(chat)
    messages = len(chat.phone)
    chat.press("Auftrag erhalten")
    assert len(chat.phone) == messages
    assert chat.toast == "Die Frage steht schon da."


def test_an_answer_for_a_paused_talk_waits_until_it_goes_on(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    pause = chat.data_of("Pause").rsplit(":", 2)[0]
    chat.press("⋯")
    chat.press("Beenden")
    chat.press("Auftrag erhalten")
    chat.types("12.500")
    right = chat.data_of("Stimmt")
    chat.press_data(f"{pause}:{chat.talk.version}:")
    chat.press_data(right)
    assert chat.talk.outcome is None
    assert any("Das Gespräch ruht gerade" in message.text for message in chat.phone)
    chat.press("Fortsetzen")
    chat.press("Frage fortsetzen")
    chat.press("Stimmt")
    assert chat.talk.amount == 12500


def test_a_question_survives_a_restart(chat: Chat) -> None:
    order_asked(chat)
    chat.types("12.500")
    chat = chat.restarted()
    chat.press("Stimmt")
    assert chat.talk.amount == 12500


def test_a_form_that_todays_code_does_not_know_takes_nothing(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    with chat.engine.begin() as connection:
        unknown = Waiting("fax_number", "digits", 1, {"digits": "3"}, chat.now)
        SqlStore(connection).forms.ask(PersonId(chat.person_id), unknown)
    chat.types("12.500")
    chat.sees("Was war das?")


def test_cancel_without_a_question_keeps_the_one_that_was_left(chat: Chat) -> None:
    order_asked(chat)
    chat.types("12.500")
    chat.sends("/abbrechen")
    chat.sends("/abbrechen")
    assert any("Gerade ist keine Frage offen" in message.text for message in chat.new)
    kept = waiting(chat)
    assert kept is not None
    assert kept.values == {"amount": "12.500"}


def test_starting_another_conversation_keeps_what_was_entered(chat: Chat) -> None:
    order_asked(chat)
    chat.types("12.500")
    right = chat.data_of("Stimmt")
    chat.sends("/gespraech")
    chat.press("Neues Gespräch")
    chat.types("Beispiel AG")
    chat.press_data(right)
    with chat.engine.connect() as connection:
        talk = SqlStore(connection).conversations.load(PersonId(chat.person_id), ConversationId(1))
    assert talk is not None
    assert talk.amount == 12500


def test_words_for_a_paused_talk_are_not_lost(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("⋯")
    chat.press("Beenden")
    chat.press("Endgültig nein")
    chat.press("Anderer Grund")
    chat.press_data(f"card:1|pause:1:{chat.talk.version}:")
    with chat.engine.begin() as connection:
        forms = SqlStore(connection).forms
        asked = forms.waiting(PersonId(chat.person_id))
        assert asked is not None
        forms.ask(PersonId(chat.person_id), replace(asked, version=chat.talk.version))
    chat.types("Der Standort wird geschlossen")
    assert any("Das Gespräch ruht gerade" in message.text for message in chat.new)
    chat.press("Fortsetzen")
    chat.press("Frage fortsetzen")
    chat.sees("Der Standort wird geschlossen – stimmt das?")
    chat.press("Stimmt")
    assert chat.talk.outcome is OutcomeId.LOST


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (Waiting("order", "what", 4711, {"amount": "5"}), "Dieses Gespräch gibt es nicht mehr"),
        (Waiting("task_date", "due", 1, {"task": "send_fax", "due": "morgen"}), "schon erledigt"),
    ],
)
def test_an_answer_to_what_is_gone_ends_kindly(chat: Chat, asked: Waiting, says: str) -> None:
    chat.sends("/gespraech Muster GmbH")
    with chat.engine.begin() as connection:
        SqlStore(connection).forms.ask(PersonId(chat.person_id), replace(asked, asked_at=chat.now))
    if asked.form == "order":
        chat.types("Zwei Anlagen")
    else:
        chat.press_data("ask|form_ok:1::task_date=2026-11-17")
    assert any(says in message.text for message in chat.new)
    assert waiting(chat) is None


def test_who_goes_on_with_a_conversation_is_not_taken_for_naming_a_customer(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.sends("/gespraech Mustre")
    chat.sees("Meintest du")
    chat.press("Weiter")
    chat.types("Das ist uns zu teuer")
    chat.sees("Was war das?")
    assert chat.talk.phase is PhaseId.ANALYSIS


def test_an_appointment_s_conversation_ends_the_question_with_whom_one_speaks(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.sends("/termine morgen 9 Uhr Besuch Muster GmbH")
    chat.sends("/gespraech Mustre")
    chat.press("Gespräch beginnen")
    chat.types("Das ist uns zu teuer")
    chat.sees("Was war das?")
    assert waiting(chat) is None


def test_a_place_that_was_being_asked_does_not_take_what_is_said_in_a_conversation(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.sends("/termine morgen 9 Uhr Besuch Muster GmbH")
    chat.press("Ort")
    chat.press("Weiter")
    chat.types("Das ist uns zu teuer")
    chat.sees("Was war das?")
