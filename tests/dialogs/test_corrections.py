"""What was entered at the end can be corrected later: amount, reason, day. Each correction is a step of its own."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from bot.storage.store import SqlStore
from dialogs.conversation.talk import ConversationId, PersonId, Standing, Talk, Trigger
from dialogs.ports.conversations import NoteKind
from dialogs.press import Press, write_press
from knowledge.taxonomy import LossReasonId, OutcomeId
from tests.chat import Chat


def ended(chat: Chat, *labels: str, typed: str = "") -> None:
    """A conversation that was ended with these buttons and this answer."""
    chat.sends("/gespraech Muster GmbH")
    chat.press("⋯")
    chat.press("Beenden")
    for label in labels:
        chat.press(label)
    if typed:
        chat.types(typed)
        chat.press("Stimmt")


def correct(chat: Chat, conversation: int, value: str) -> None:
    chat.press_data(write_press(Press("correct", conversation, value=value), f"card:{conversation}"))


def loaded(chat: Chat, conversation: int) -> Talk:
    with chat.engine.connect() as connection:
        talk = SqlStore(connection).conversations.load(PersonId(chat.person_id), ConversationId(conversation))
    assert talk is not None
    return talk


def test_the_amount_is_corrected_by_a_step_and_read_back(chat: Chat) -> None:
    ended(chat, "Auftrag erhalten", typed="12.500")
    chat.press("⋯")
    chat.press("Betrag ändern")
    chat.types("13.250,50")
    chat.sees("13.250,50\N{NO-BREAK SPACE}€ – stimmt das?")
    chat.press("Stimmt")
    assert chat.talk.amount == Decimal("13250.50")
    assert chat.steps[-1].trigger is Trigger.CORRECT
    chat.sees_card("13.250,50\N{NO-BREAK SPACE}€")


def test_the_reason_is_picked_from_the_list(chat: Chat) -> None:
    ended(chat, "Endgültig nein", "Kein Bedarf")
    chat.press("⋯")
    chat.press("Grund ändern")
    chat.press("Kein Budget")
    assert (chat.talk.loss_reason, chat.talk.outcome) == (LossReasonId.NO_BUDGET, OutcomeId.LOST)
    assert any(message.text == "Grund: Kein Budget" for message in chat.phone)


def test_the_list_of_reasons_can_be_left_without_a_choice(chat: Chat) -> None:
    ended(chat, "Endgültig nein", "Kein Bedarf")
    chat.press("⋯")
    chat.press("Grund ändern")
    chat.press("Abbrechen")
    assert chat.talk.loss_reason is LossReasonId.NO_NEED
    assert any(message.text == "Der Grund bleibt, wie er ist." for message in chat.phone)


def test_another_reason_takes_words(chat: Chat) -> None:
    ended(chat, "Endgültig nein", "Kein Bedarf")
    chat.press("⋯")
    chat.press("Grund ändern")
    chat.press("Anderer Grund")
    chat.types("Der Chef hat gewechselt")
    assert chat.talk.loss_reason is LossReasonId.OTHER
    with chat.engine.connect() as connection:
        (note,) = SqlStore(connection).notes.of(chat.talk.id)
    assert (note.kind, note.text) == (NoteKind.LOSS, "Der Chef hat gewechselt")


def test_the_day_of_a_postponement_is_corrected(chat: Chat) -> None:
    ended(chat, "Vertagt", typed="12.12.")
    chat.press("⋯")
    chat.press("Datum ändern")
    chat.types("20.12.")
    chat.press("Stimmt")
    assert (chat.talk.until, chat.talk.standing) == (date(2026, 12, 20), Standing.POSTPONED)


def test_a_finished_conversation_can_still_be_corrected(chat: Chat) -> None:
    ended(chat, "Auftrag erhalten", typed="12.500")
    conversation = chat.talk.id
    chat.press("Alle übrigen weglassen")
    chat.press("Weiter")
    correct(chat, conversation, "amount")
    chat.types("9.000")
    chat.press("Stimmt")
    talk = loaded(chat, conversation)
    assert (talk.amount, talk.standing) == (Decimal(9000), Standing.FINISHED)


@pytest.mark.parametrize("value", ["reason", "reason=no_need", "date", "amount=7", "nonsense"])
def test_what_the_outcome_does_not_have_cannot_be_corrected(chat: Chat, value: str) -> None:
    ended(chat, "Auftrag erhalten", typed="12.500")
    before = chat.talk
    correct(chat, before.id, value)
    assert chat.talk == before


def test_a_correction_after_the_order_was_undone_changes_nothing(chat: Chat) -> None:
    ended(chat, "Auftrag erhalten", typed="12.500")
    chat.press("⋯")
    chat.press("Betrag ändern")
    chat.types("13.000")
    right = chat.data_of("Stimmt")
    chat.press("Rückgängig")
    chat.press_data(right)
    assert (chat.talk.outcome, chat.talk.amount) == (None, None)


def test_correcting_to_the_same_value_writes_no_step(chat: Chat) -> None:
    ended(chat, "Auftrag erhalten", typed="12.500")
    steps = len(chat.steps)
    chat.press("⋯")
    chat.press("Betrag ändern")
    chat.types("12.500 €")
    chat.press("Stimmt")
    assert len(chat.steps) == steps


def test_steps_hold_no_words_of_a_correction(chat: Chat) -> None:
    ended(chat, "Endgültig nein", "Kein Bedarf")
    correct(chat, chat.talk.id, "reason=other")
    chat.types("Geheimes Wort")
    with chat.engine.connect() as connection:
        rows = connection.execute(text("SELECT payload FROM step")).scalars().all()
    assert "Geheimes" not in str(rows)


def test_words_for_another_reason_do_not_end_a_conversation_that_goes_on_again(chat: Chat) -> None:
    ended(chat, "Endgültig nein", "Kein Bedarf")
    undo = f"card:1|undo:1:{chat.talk.version}:"
    correct(chat, chat.talk.id, "reason=other")
    chat.press_data(undo)
    chat.types("Der Chef hat gewechselt")
    assert chat.talk.outcome is None
    chat.sees_card("Woran lag es?")
